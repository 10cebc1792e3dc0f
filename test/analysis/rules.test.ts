/** The memory of the rules: bounded, and what happens at its end. What they say: tcp-rules.test.ts. */
import { describe, expect, it } from 'vitest'
import { Conversations } from '../../src/analysis/conversations.js'
import { FIRST_PAGES } from '../../src/analysis/rules-memory.js'
import { Rules } from '../../src/analysis/rules.js'
import { CHUNK } from '../../src/analysis/record.js'
import { FEW } from '../../src/analysis/rtt.js'
import { summarize } from '../../src/analysis/row-summary.js'
import * as S from '../../src/analysis/segment-fields.js'
import type { Frame } from '../../src/frame.js'
import { ROOT, run } from '../run.js'
import { DOUBLES, frameOf, type By } from './segments.js'

/** The segment, of the connection from the originator's n-th port. */
function of(n: number, by: By): Frame {
  const frame = frameOf(by)
  frame.b.set([n >> 8, n & 255], by.from === '>' ? 34 : 36)
  return frame
}

it('each field of a segment stands where none of another does', () => {
  const places = Object.values(S), words = Object.entries(S).filter(([name]) => !DOUBLES.includes(name)).map(([, at]) => at)
  expect(new Set(places).size).toBe(places.length)
  expect(Math.min(...words)).toBeGreaterThanOrEqual((S.NANOS + 1) * 2)
  expect(Math.max(...words)).toBe(S.SIZE)
})

describe('at the end of its memory', () => {
  /** So many connections, then data and its ACK on each `rounds` times: for each, whether all its packets were taken. */
  function follow(connections: number, rounds: number): { readonly all: Conversations; readonly taken: readonly number[] } {
    const all = new Conversations({}, new Rules(FIRST_PAGES)), taken = Array.from({ length: connections }, () => 0)
    let packet = 0
    const take = (n: number, by: By): void => {
      if (all.take(of(n, { ...by, at: packet }), ++packet) !== null) taken[n]!++
    }
    for (let n = 0; n < connections; n++) take(n, { from: '>', flags: 'S', seq: 99 })
    for (let round = 0; round < rounds; round++) {
      for (let n = 0; n < connections; n++) {
        take(n, { from: '>', flags: 'PA', seq: 100 + round * 10, ack: 1, length: 10 })
        take(n, { from: '<', flags: 'A', seq: 1, ack: 110 + round * 10 })
      }
    }
    return { all, taken }
  }

  it('packets of further connections are passed over, and told', () => {
    const { all, taken } = follow(4 * CHUNK, 1)
    expect(all.count % CHUNK).toBe(0)
    expect([all.count > 0, all.count < 4 * CHUNK]).toEqual([true, true])
    expect(taken.every((packets, n) => packets === (n < all.count ? 3 : 0))).toBe(true)
    expect(all.passedOver).toBe((4 * CHUNK - all.count) * 3)
  })

  it('what is under way, and samples of it, are lost for some connections and never a packet', () => {
    const { all, taken } = follow(2 * CHUNK, FEW + 4)
    expect(taken.every((packets) => packets === 1 + 2 * (FEW + 4))).toBe(true)
    const samples = Array.from(taken, (_, c) => summarize(all, c, all.end).originator.rtt?.samples ?? 0)
    expect([Math.max(...samples), Math.min(...samples)]).toEqual([FEW + 4, FEW])
    expect(Array.from(taken, (_, c) => summarize(all, c, all.end).originator.bytes).every((bytes) => bytes === 10 * (FEW + 4))).toBe(true)
  })
})

it('without address space, says what to do', () => {
  const { status, stderr, stdout } = run('sh', ['-c', 'ulimit -v 4000000; exec "$0" bin/sockscope.js flows test/fixtures/pcap/http.pcap', process.execPath], { cwd: ROOT })
  expect([status, stderr, stdout.length]).toEqual([1, 'sockscope flows: no address space for the analysis (raise ulimit -v, or set NODE_OPTIONS=--disable-wasm-trap-handler)\n', 0])
})

it('keeps nanoseconds beyond 31 bits, which only damage makes', () => {
  const all = new Conversations()
  all.take(frameOf({ from: '>', flags: 'S', seq: 0 }), 1)
  all.take({ ...frameOf({ from: '<', flags: 'SA', seq: 5, ack: 1 }), seconds: 4e9, nanos: 4e12 }, 2)
  expect(summarize(all, 0, 0).synRtt).toBe(2_300_000_000e9 + 4e12)
})
