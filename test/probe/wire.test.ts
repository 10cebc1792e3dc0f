/** The cable between two namespaces: it delays, drops what it is told to, keeps every byte, and leaves nothing. */
import { createHash } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { experiment } from '../../src/probe/experiment.js'
import { inet, portOf, type Tools } from '../../src/probe/probe.js'
import { readn, writen } from '../../src/probe/transfer.js'
import { connectOver } from '../../src/probe/wire-connection.js'
import { LEFT_ADDRESS, RIGHT_ADDRESS, type Side } from '../../src/probe/wire.js'
import { isRoot } from '../run.js'
import { runHere } from './run.js'

/** Runs `act` as an experiment; what it throws is the test's. */
async function within(act: (p: Tools) => Promise<void>): Promise<void> {
  const done = experiment({
    needs: ['veth'],
    claims: { done: { says: 'x', source: 'x', expected: true } },
    run: async (p) => {
      await act(p)
      p.observe('done', true)
    },
  })
  const claim = (await runHere('wire', done)).claims.get('done')!
  expect(claim.reason ?? claim.verdict).toBe('holds')
}

describe.skipIf(!isRoot())('a wire', () => {
  it('delays each way by as much as it is told', () => within(async (p) => {
    const wire = p.wire({ delay: 60 })
    const right = wire.atRight(() => {
      const fd = p.udp()
      p.sys.bind(fd, inet(RIGHT_ADDRESS, 0))
      return fd
    })
    const left = p.udp()
    p.sys.bind(left, inet(LEFT_ADDRESS, 0))
    const there = await p.took(async () => {
      p.sys.sendto(left, Buffer.from('there'), 0, inet(RIGHT_ADDRESS, portOf(p.sys.getsockname(right))))
      expect(p.readText(right)).toBe('EAGAIN')
      await p.until('the datagram', () => p.readText(right) === 'there')
    })
    expect(there).toBeGreaterThanOrEqual(60)
    wire.delay = 0
    const back = await p.took(async () => {
      p.sys.sendto(right, Buffer.from('back'), 0, inet(LEFT_ADDRESS, portOf(p.sys.getsockname(left))))
      await p.until('the datagram', () => p.readText(left) === 'back')
    })
    expect(back).toBeLessThan(there)
  }))

  it('drops what it is told to, and tells of it all the same', () => within(async (p) => {
    const dropped: [Side, string][] = []
    const wire = p.wire({ delay: 1 })
    const { left, right } = await connectOver(p, wire)
    wire.passes = (from, segment) => {
      if (segment === undefined || segment.length === 0 || dropped.length > 0) return true
      dropped.push([from, segment.flags])
      return false
    }
    const before = p.segments().length
    p.sys.send(left, Buffer.from('again'))
    await p.until('the data, sent twice', () => p.readText(right) === 'again', 3000)
    expect(dropped).toEqual([['left', 'P.']])
    expect(p.segments().slice(before).filter(({ length }) => length === 5).length).toBeGreaterThanOrEqual(2)
  }))

  it('keeps a megabyte as it is, in segments larger than the wire too', () => within(async (p) => {
    const wire = p.wire()
    const { left, right } = await connectOver(p, wire)
    const data = Buffer.from(Uint8Array.from({ length: 1 << 20 }, (_, i) => (i * 7 + (i >> 9)) & 255))
    const into = Buffer.alloc(data.length)
    const [sent, got] = await Promise.all([writen(p, left, data), readn(p, right, into)])
    expect([sent.bytes, got.bytes]).toEqual([data.length, data.length])
    expect(createHash('sha256').update(into).digest('hex')).toBe(createHash('sha256').update(data).digest('hex'))
  }))

  it('leaves no interface and no namespace, and the thread where it was', async () => {
    const home = readlinkSync('/proc/thread-self/ns/net')
    const interfaces = readFileSync('/proc/thread-self/net/dev', 'latin1').split('\n').length
    await within(async (p) => {
      const inside = readlinkSync('/proc/thread-self/ns/net')
      const wire = p.wire()
      expect(readlinkSync('/proc/thread-self/ns/net')).toBe(inside)
      const right = wire.atRight(() => readlinkSync('/proc/thread-self/ns/net'))
      expect(new Set([home, inside, right]).size).toBe(3)
      expect(() => wire.atRight(() => { throw new Error('inside') })).toThrow('inside')
      expect(readlinkSync('/proc/thread-self/ns/net')).toBe(inside)
      wire.close()
      expect(readFileSync('/proc/thread-self/net/dev', 'latin1')).not.toMatch(/left|right/)
      await p.pause(1)
    })
    expect(readlinkSync('/proc/thread-self/ns/net')).toBe(home)
    expect(readFileSync('/proc/thread-self/net/dev', 'latin1').split('\n').length).toBe(interfaces)
  })
})
