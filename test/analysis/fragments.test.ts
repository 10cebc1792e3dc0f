import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Conversations } from '../../src/analysis/conversations.js'
import type { Frame } from '../../src/frame.js'
import { ethernet, fragmentsOf, frameOf, hex, ip4, segment } from '../decode/frames.js'

/** For each frame the bytes of data in the segment that it completes; -1: none. */
const lengths = (frames: readonly Frame[], all = new Conversations()): number[] => frames.map((frame, i) => all.take(frame, i + 1)?.length ?? -1)

describe('TCP segments in fragments', () => {
  it.each([
    { why: 'two', frames: fragmentsOf(segment(1000), 800), expected: [-1, 1000] },
    { why: 'the header in three', frames: fragmentsOf(segment(4), 8), expected: [-1, -1, 4] },
    { why: 'in IPv6', frames: fragmentsOf(segment(1000), 800, { version: 6 }), expected: [-1, 1000] },
    { why: 'out of order', frames: fragmentsOf(segment(1000), 400).toReversed(), expected: [-1, -1, 1000] },
    { why: 'each twice', frames: fragmentsOf(segment(1000), 800).flatMap((frame) => [frame, frame]), expected: [-1, -1, 1000, -1] },
    { why: 'one missing', frames: fragmentsOf(segment(1000), 400).slice(1), expected: [-1, -1] },
    { why: 'of two segments by turns', frames: [0, 1].flatMap((i) => [fragmentsOf(segment(1000), 800)[i]!, fragmentsOf(segment(900), 800, { id: 2 })[i]!]), expected: [-1, -1, 1000, 900] },
    { why: 'the largest', frames: fragmentsOf(segment(65515), 32760), expected: [-1, -1, 65495 + 20] },
    { why: 'too large', frames: fragmentsOf(segment(65530), 32760), expected: [-1, -1, -1] },
    { why: 'behind destination options', frames: fragmentsOf(`0600010400000000${segment(1000)}`, 800, { version: 6, protocol: 60 }), expected: [-1, 1000] },
    { why: 'behind AH', frames: fragmentsOf(`060400000000000900000001${'00'.repeat(12)}${segment(1000)}`, 800, { protocol: 51 }), expected: [-1, 1000] },
    { why: 'what follows is a segment of its own', frames: [...fragmentsOf(segment(1000), 800), ...fragmentsOf(segment(4), 800)], expected: [-1, 1000, 4] },
  ])('$why', ({ frames, expected }) => expect(lengths(frames)).toEqual(expected))

  it('a first fragment that was not captured whole goes on alone', () => {
    const [first, last] = fragmentsOf(segment(1000), 800) as [Frame, Frame]
    expect(lengths([{ ...first, end: 100 }, last])).toEqual([780, -1])
  })

  it('a fragment that comes after a minute belongs to another segment', () => {
    const [first, last] = fragmentsOf(segment(1000), 800) as [Frame, Frame]
    expect(lengths([first, { ...last, seconds: 61 }, { ...first, seconds: 62 }])).toEqual([-1, -1, 1000])
  })

  it('waits for a few only', () => {
    const first = Array.from({ length: 100 }, (_, id) => fragmentsOf(segment(1000), 800, { id })[0]!)
    const last = Array.from({ length: 100 }, (_, id) => fragmentsOf(segment(1000), 800, { id })[1]!)
    const all = new Conversations()
    lengths(first, all)
    // the newest 64 are there
    expect(lengths(last.slice(36), all)).toEqual(Array.from({ length: 64 }, () => 1000))
    expect(lengths(last.slice(0, 36), all)).toEqual(Array.from({ length: 36 }, () => -1))
  })

  it('tells where its bytes are', () => {
    const all = new Conversations()
    lengths(fragmentsOf(segment(1000), 800), all)
    const { b, payload, payloadLength } = all.layout
    expect(Buffer.from(b.subarray(payload, payload + payloadLength)).equals(Buffer.alloc(1000, 0xab))).toBe(true)
  })
})

/** The Ethernet frame of each in a VXLAN datagram. */
const inVxlan = (frames: readonly Frame[]): Frame[] => frames.map(({ b }) => frameOf(`${ethernet('0800')} ${ip4(17, b.length + 16)} 9c40 12b5 ${hex(b.length + 16, 2)} 0000 08000000 00000100 ${Buffer.from(b).toString('hex')}`))

describe('fragments in tunnels', () => {
  it('of TCP', () => expect(lengths(inVxlan(fragmentsOf(segment(1000), 400)))).toEqual([-1, -1, 1000]))
  it('of UDP: a later one is in the conversation of the tunnel', () => {
    const all = new Conversations()
    expect(lengths(inVxlan(fragmentsOf(`9c40003503f0 0000${'00'.repeat(1000)}`.replaceAll(' ', ''), 800, { protocol: 17 })), all)).toEqual([1000, 14 + 20 + 208 + 8])
    expect([all.count, all.portOf(1, 1)]).toEqual([2, 4789])
  })
})

describe('what says its length in the first fragment', () => {
  it('UDP', () => expect(lengths(fragmentsOf(`9c40003507d8 0000${'00'.repeat(2000)}`.replaceAll(' ', ''), 1480, { protocol: 17 }))).toEqual([2000, -1]))
  it('UDP in IPv6', () => expect(lengths(fragmentsOf(`9c40003507d8 0000${'00'.repeat(2000)}`.replaceAll(' ', ''), 1480, { protocol: 17, version: 6 }))).toEqual([2000, -1]))
  it('a segment in a tunnel', () => {
    const inner = `${ethernet('0800')} ${ip4(6, 1420)} ${segment(1400)}`.replaceAll(' ', ''), length = inner.length / 2 + 16
    const whole = `9c4012b5${hex(length, 2)}0000 08000000 00000100${inner}`.replaceAll(' ', '')
    expect(lengths(fragmentsOf(whole, 1200, { protocol: 17 }))).toEqual([1400, -1])
    expect(lengths(fragmentsOf(`00006558${inner}`, 1200, { protocol: 47 }))).toEqual([1400, -1])
  })
})

describe('any fragments', () => {
  it('whatever the order, at the last of them', () => fc.assert(fc.property(fc.nat(3000), fc.integer({ min: 1, max: 100 }), fc.infiniteStream(fc.nat()), fc.constantFrom(4, 6), (data, units, random, version) => {
    const frames = fragmentsOf(segment(data), units * 8, { version }).map((frame) => ({ frame, key: random.next().value as number })).toSorted((a, b) => a.key - b.key)
    const found = lengths(frames.map(({ frame }) => frame))
    expect(found.slice(0, -1).every((length) => length === -1)).toBe(true)
    expect(found.at(-1)).toBe(data)
  }), { numRuns: 200 }))

  it('never throws', () => {
    const all = new Conversations()
    fc.assert(fc.property(fc.nat(0xffff), fc.nat(3), fc.uint8Array({ maxLength: 100 }), (fragment, id, b) => {
      const frame = frameOf(`${ethernet('0800')} ${ip4(6, b.length, { fragment }).replace(' 0001 ', ` ${hex(id, 2)} `)} ${Buffer.from(b).toString('hex')}`)
      all.take(frame, 1)
    }), { numRuns: 3000 })
  })
})
