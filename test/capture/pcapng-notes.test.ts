/** What a pcapng file says beside its packets: in both byte orders, of damaged and hostile blocks too; and not a byte more is read than the block has. */
import { writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openCapture } from '../../src/capture/file.js'
import { MergedFiles } from '../../src/capture/merged-files.js'
import type { CaptureNotes } from '../../src/capture/pcapng-notes.js'
import { newFrame, type FrameSource } from '../../src/capture/source.js'
import { hasTool, run } from '../run.js'
import { block, enhanced, join, networkInterface, numbers, oldPacket, option, payload, simple, type Order } from './build.js'
import { temporary } from './read.js'

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text))
const text = (b: Uint8Array): string => Buffer.from(b).toString()

/** All that files say, in order. */
async function saidBy(...paths: readonly string[]): Promise<string[]> {
  const said: string[] = [], frame = newFrame()
  const notes: CaptureNotes = {
    text: (of, number, kind, value) => void said.push(`${of} ${number} ${kind}: ${text(value)}`),
    dropped: (number, packets) => void said.push(`interface ${number} dropped ${packets}`),
    name: (address, name) => void said.push(`${address.join('.')}: ${text(name)}`),
  }
  const sources: FrameSource[] = []
  for (const path of paths) sources.push(await openCapture(path, notes))
  const source = sources.length === 1 ? sources[0]! : new MergedFiles(sources)
  let packet = 0
  try {
    do {
      while (source.next(frame)) {
        packet++
        for (const comment of source.commentsOf?.(frame) ?? []) said.push(`packet ${packet}: ${text(comment)}`)
      }
    } while (await source.more())
  } catch {
    // damage: what was whole is what is asked for
  }
  return said
}

const section = (order: Order, ...options: readonly Uint8Array[]): Uint8Array => block(order, 0x0a0d0d0a, numbers(order, [4, 0x1a2b3c4d], [2, 1], [2, 0], [8, -1]), ...options)

function file(order: Order): Uint8Array {
  const o = (code: number, value: string): Uint8Array => option(order, code, bytes(value))
  return join([
    section(order, o(1, 'one'), o(1, 'two'), o(2, 'x86'), o(3, 'Linux'), o(4, 'dumpcap')),
    networkInterface({ order, options: [o(2, 'eth0'), o(3, 'the wire'), o(1, 'in the rack')] }),
    block(order, 4, option(order, 1, join([Uint8Array.of(10, 0, 0, 1), bytes('a\0bb\0')])), option(order, 2, join([new Uint8Array(15), Uint8Array.of(1), bytes('six\0')])), option(order, 9, bytes('?')), numbers(order, [4, 0])),
    enhanced(payload(5), { order, options: [option(order, 2, new Uint8Array(4)), o(1, 'first'), o(1, 'again'), numbers(order, [4, 0]), o(1, 'behind the end')] }),
    enhanced(payload(4), { order }),
    simple(payload(7), { order }),
    block(order, 2, oldPacket(payload(3), { order }).subarray(8, -4), o(1, 'old')),
    networkInterface({ order, options: [o(2, 'eth1')] }),
    block(order, 5, numbers(order, [4, 1], [8, 0]), option(order, 4, numbers(order, [8, 900])), option(order, 5, numbers(order, [8, 12])), option(order, 7, numbers(order, [8, 2n ** 40n]))),
    block(order, 5, numbers(order, [4, 1], [8, 0]), option(order, 4, numbers(order, [8, 900])), option(order, 5, numbers(order, [4, 1]))),
    block(order, 5, numbers(order, [4, 1])),
    section(order, o(1, 'later')),
    networkInterface({ order, options: [o(2, 'lo')] }),
    block(order, 5, numbers(order, [4, 0], [8, 0]), option(order, 5, numbers(order, [8, 0]))),
  ])
}

const SAID = [
  'section 0 comment: one', 'section 0 comment: two', 'section 0 hardware: x86', 'section 0 system: Linux', 'section 0 application: dumpcap',
  'interface 0 name: eth0', 'interface 0 description: the wire', 'interface 0 comment: in the rack', '10.0.0.1: a', '10.0.0.1: bb', '0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1: six',
  'packet 1: first', 'packet 1: again', 'packet 4: old', 'interface 1 name: eth1', 'interface 1 dropped 1099511627788', 'section 1 comment: later', 'interface 2 name: lo', 'interface 2 dropped 0',
]

describe('what a pcapng file says', () => {
  it.each(['little', 'big'] as const)('%s-endian', async (order) => {
    const path = temporary(`notes-${order}`)
    writeFileSync(path, file(order))
    expect(await saidBy(path)).toEqual(SAID)
  })

  it('of several files, with the packets in their merged order', async () => {
    const paths = ['little', 'big'].map((order) => temporary(`notes-${order}`))
    const said = await saidBy(...paths)
    expect(said.filter((one) => !one.startsWith('packet')).toSorted()).toEqual([...SAID, ...SAID].filter((one) => !one.startsWith('packet')).toSorted())
    expect(said.filter((one) => /: (first|old)$/.test(one))).toHaveLength(4)
    expect(new Set(said.filter((one) => one.endsWith(': first'))).size).toBe(2)
  })

  it('a simple packet has no options, whatever stands behind its bytes', async () => {
    const path = temporary('notes-simple')
    writeFileSync(path, join([section('little'), networkInterface({ snapLength: 4 }), simple(join([payload(4), option('little', 1, bytes('not said'))]))]))
    expect(await saidBy(path)).toEqual([])
  })

  it('cut at every length: the beginning of it; bytes changed: no throw, nothing from other blocks', async () => {
    const whole = file('little'), path = temporary('notes-cut')
    for (let length = 0; length < whole.length; length += 3) {
      writeFileSync(path, whole.subarray(0, length))
      const said = await saidBy(path).catch(() => [])
      expect(said).toEqual(SAID.slice(0, said.length))
    }
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }), async (changes) => {
      const b = whole.slice()
      for (const [at, byte] of changes) b[at] = byte
      writeFileSync(path, b)
      for (const one of await saidBy(path).catch(() => [])) expect(one.length).toBeLessThan(whole.length + 40)
    }), { numRuns: 300 })
  })

  it.skipIf(!hasTool('tshark'))('the comments that tshark reads', async () => {
    const path = 'test/fixtures/pcap/comments.pcapng'
    const { stdout } = run('tshark', ['-r', path, '-T', 'fields', '-e', 'frame.number', '-e', 'frame.comment', '-Y', 'frame.comment'])
    const said = (await saidBy(path)).filter((one) => one.startsWith('packet'))
    expect(said).toEqual(stdout.toString().trim().split('\n').map((line) => `packet ${line.replace('\t', ': ')}`))
    expect(said.length).toBeGreaterThan(0)
  })
})
