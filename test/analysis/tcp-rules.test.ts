/** The rules of docs/analysis.md on segments by hand: which finding, and which packet it refers to. */
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Conversations } from '../../src/analysis/conversations.js'
import { Finding } from '../../src/analysis/findings.js'
import { summarize } from '../../src/analysis/row-summary.js'
import { openCapture } from '../../src/capture/file.js'
import { readCaptures } from '../../src/commands/captures.js'
import { flowObject } from '../../src/format/flows-json.js'
import type { Frame } from '../../src/frame.js'
import { TcpState } from '../../src/procnet/tcp-state.js'
import { findingsOf, frameOf, type By } from './segments.js'

/** A handshake with window scales and MSS, at 0, 10 and 20 ms; data begins at 1001 and 5001. */
const HANDSHAKE: readonly By[] = [
  { from: '>', flags: 'S', seq: 1000, at: 0, id: 1, mss: 1460, scale: 2 },
  { from: '<', flags: 'SA', seq: 5000, ack: 1001, at: 10, id: 0, mss: 1460, scale: 2 },
  { from: '>', flags: 'A', seq: 1001, ack: 5001, at: 20, id: 2 },
]
const data = (seq: number, at: number, id: number, more: Partial<By> = {}): By => ({ from: '>', flags: 'PA', seq, ack: 5001, length: 100, at, id, ...more })
const answer = (ack: number, at: number, id: number, more: Partial<By> = {}): By => ({ from: '<', flags: 'A', seq: 5001, ack, at, id, ...more })

/** After the handshake, whose three segments have no finding. */
const CASES: readonly { readonly why: string; readonly segments: readonly By[]; readonly found: readonly string[] }[] = [
  { why: 'in order', segments: [data(1001, 30, 3), data(1101, 31, 4), answer(1201, 40, 1)], found: ['', '', ''] },
  { why: 'a timer ran out', segments: [data(1001, 30, 3), data(1001, 260, 4), answer(1101, 270, 1)], found: ['', 'retransmission#4 rto#4', ''] },
  { why: 'again too soon for a timer: a tail probe', segments: [data(1001, 30, 3), data(1101, 31, 4), data(1101, 90, 5)], found: ['', '', 'retransmission#5 tail#5'] },
  {
    why: 'after three duplicate ACKs',
    segments: [data(1001, 30, 3), data(1101, 31, 4), answer(1001, 40, 1), answer(1001, 41, 2), answer(1001, 42, 3), data(1001, 43, 5)],
    // the first ACK of these repeats none: it is the responder's first after its SYN-ACK, with the same number
    found: ['', '', 'dup_ack#2', 'dup_ack#2', 'dup_ack#2', 'retransmission#4 fast#4'],
  },
  {
    why: 'a hole that a SACK block shows',
    segments: [data(1001, 30, 3), data(1101, 31, 4), answer(1001, 40, 1, { sack: [[1101, 1201]] }), data(1001, 41, 5)],
    found: ['', '', 'dup_ack#2 sack', 'retransmission#4 fast#4'],
  },
  {
    why: 'what a SACK block has is sent again for nothing',
    segments: [data(1001, 30, 3), data(1101, 31, 4), answer(1001, 40, 1, { sack: [[1101, 1201]] }), data(1101, 290, 5)],
    found: ['', '', 'dup_ack#2 sack', 'retransmission#5 spurious#5'],
  },
  { why: 'acknowledged already', segments: [data(1001, 30, 3), answer(1101, 40, 1), data(1001, 260, 4)], found: ['', '', 'retransmission#5 spurious#5'] },
  { why: 'bytes received twice are reported', segments: [data(1001, 30, 3), answer(1101, 40, 1), answer(1101, 50, 2, { sack: [[1001, 1101]] })], found: ['', '', 'dup_ack#5 sack dsack'] },
  { why: 'overtaken, by the IP identification', segments: [data(1001, 30, 3), data(1201, 31, 5), data(1101, 90, 4)], found: ['', 'lost_previous#4', 'out_of_order#5'] },
  { why: 'sent later than what overtook it', segments: [data(1001, 30, 3), data(1201, 31, 4), data(1101, 32, 5)], found: ['', 'lost_previous#4', 'retransmission'] },
  {
    why: 'overtaken, by the timestamp',
    segments: [data(1001, 30, 0, { times: [10, 1] }), data(1201, 31, 0, { times: [30, 1] }), data(1101, 90, 0, { times: [20, 1] })], found: ['', 'lost_previous#4', 'out_of_order#5'],
  },
  { why: 'the same packet twice', segments: [data(1001, 30, 3), data(1001, 30.1, 3), answer(1101, 40, 7), answer(1101, 40.2, 7)], found: ['', 'captured_twice#4', '', 'captured_twice#6'] },
  {
    why: 'an identification that never changes tells no packet from another',
    segments: [...[5001, 5011, 5021, 5031].map((seq, i) => answer(1001, 21 + i, 9, { seq, length: 10 })), answer(1001, 34, 9, { seq: 5031, length: 10 })],
    found: ['', '', '', '', 'retransmission#7 tail#7'],
  },
  { why: 'an equal segment with another identification is sent twice', segments: [data(1001, 30, 3), data(1001, 30.1, 4)], found: ['', 'retransmission#4 tail#4'] },
  { why: 'an ACK of what was not captured', segments: [data(1001, 30, 3), answer(1301, 40, 1)], found: ['', 'acked_unseen#4'] },
  { why: 'beyond all that was seen, told once', segments: [data(1001, 30, 3), answer(1301, 40, 1), answer(1401, 50, 2), data(1601, 60, 4), answer(1701, 70, 3)], found: ['', 'acked_unseen#4', '', 'lost_previous#4', 'acked_unseen#7'] },
  {
    why: 'several holes below the highest byte seen, told once',
    segments: [data(1001, 30, 3), data(1201, 31, 5), data(1391, 32, 7), answer(1151, 40, 1), answer(1301, 50, 2), answer(1491, 60, 3), answer(1591, 70, 4)],
    found: ['', 'lost_previous#4', 'lost_previous#5', 'acked_unseen#6', '', '', 'acked_unseen#6'],
  },
  { why: 'what was captured in an earlier file is no data that was overtaken', segments: [data(1001, 30, 3), data(1201, 40, 5), data(1101, 25, 4)], found: ['', 'lost_previous#4', 'retransmission'] },
  { why: 'new data from the number that the SYN took', segments: [data(1000, 30, 3)], found: [''] },
  { why: 'one byte again with others behind it', segments: [data(1001, 30, 3, { length: 1 }), data(1001, 300, 4)], found: ['', 'retransmission#4 rto#4'] },
  {
    why: 'a keep-alive captured twice, and its answer', segments: [data(1001, 30, 3), answer(1101, 40, 1), data(1100, 5000, 4, { length: 1 }), data(1100, 5001, 4, { length: 1 }), answer(1101, 5010, 2)],
    found: ['', '', 'keep_alive#4', 'captured_twice#6', 'keep_alive_ack#7'],
  },
  { why: 'a keep-alive and its answer', segments: [data(1001, 30, 3), answer(1101, 40, 1), data(1100, 5000, 4, { length: 1 }), answer(1101, 5010, 2)], found: ['', '', 'keep_alive#4', 'keep_alive_ack#6'] },
  {
    why: 'a shut window, a probe, its answer, and the window open',
    segments: [data(1001, 30, 3), answer(1101, 40, 1, { window: 0 }), data(1101, 300, 4, { length: 1 }), answer(1101, 310, 2, { window: 0 }), answer(1101, 900, 3, { window: 400 }), data(1101, 910, 5)],
    found: ['', 'zero_window', 'zero_window_probe#5', 'zero_window zero_window_probe_ack#6', 'window_update#7', ''],
  },
  { why: 'Linux probes with the byte before', segments: [data(1001, 30, 3), answer(1101, 40, 1, { window: 0 }), data(1100, 300, 4, { length: 0 })], found: ['', 'zero_window', 'zero_window_probe#5'] },
  {
    why: 'a probe whose byte is taken', segments: [data(1001, 30, 3), answer(1101, 40, 1, { window: 0 }), data(1101, 300, 4, { length: 1 }), answer(1102, 310, 2, { window: 400 }), data(1102, 320, 5)],
    found: ['', 'zero_window', 'zero_window_probe#5', '', ''],
  },
  { why: 'the window filled', segments: [answer(1001, 25, 1, { window: 25 }), data(1001, 30, 3)], found: ['window_update#2', 'window_full#4'] },
  { why: 'longer than the MSS', segments: [data(1001, 30, 3, { length: 2920 })], found: ['over_mss'] },
  { why: 'ports used again', segments: [data(1001, 30, 3), { from: '>', flags: 'S', seq: 90000, at: 60000, id: 9 }], found: ['', 'port_reuse#4'] },
  { why: 'a SYN again', segments: [{ from: '>', flags: 'S', seq: 1000, at: 1000, id: 9 }], found: ['retransmission#1 syn_again#1'] },
  {
    why: 'data beyond its own FIN', segments: [data(1001, 30, 3, { flags: 'FA', length: 0 }), data(1002, 40, 4)], found: ['', 'impossible#4'],
  },
]

describe('findings', () => {
  it.each(CASES)('$why', ({ segments, found }) => {
    expect(findingsOf([...HANDSHAKE, ...segments]).found.slice(HANDSHAKE.length)).toEqual(found)
  })

  it.each(CASES)('across 2^32: $why', ({ segments, found }) => {
    const shift = 0x100000000 - 1150
    const shifted = [...HANDSHAKE, ...segments].map((by) => ({
      ...by,
      seq: by.from === '>' ? by.seq + shift : by.seq, ack: by.from === '<' && by.ack !== undefined ? by.ack + shift : (by.ack ?? 0),
      ...(by.sack === undefined ? {} : { sack: by.sack.map(([left, right]) => [left + shift, right + shift] as const) }),
    }))
    expect(findingsOf(shifted).found.slice(HANDSHAKE.length)).toEqual(found)
  })

  it('packets captured twice can be left out', () => {
    const { all, found } = findingsOf([...HANDSHAKE, data(1001, 30, 3), data(1001, 30.1, 3)], { dedup: true })
    expect(found.at(-1)).toBe('left out')
    expect(summarize(all, 0, 0).originator.packets).toBe(3)
  })
})

describe('states', () => {
  const through = (segments: readonly By[]): string[] => {
    const { all } = findingsOf(segments)
    return summarize(all, 0, 0).transitions.map(({ side, to, packet, isAssumed }) => `${side === 0 ? 'o' : 'r'} ${Object.keys(TcpState).find((name) => TcpState[name as keyof typeof TcpState] === to)} #${packet}${isAssumed ? ' assumed' : ''}`)
  }
  const OPEN = ['o SYN_SENT #1', 'r SYN_RECV #2', 'o ESTABLISHED #2', 'r ESTABLISHED #3']

  it.each([
    {
      why: 'the originator closes',
      segments: [data(1001, 30, 3, { flags: 'FA', length: 0 }), answer(1002, 31, 1), answer(1002, 32, 2, { flags: 'FA' }), data(1002, 33, 4, { flags: 'A', length: 0, ack: 5002 })],
      states: ['o FIN_WAIT1 #4', 'r CLOSE_WAIT #4', 'o FIN_WAIT2 #5', 'r LAST_ACK #6', 'o TIME_WAIT #6', 'r CLOSE #7'],
    },
    {
      why: 'both close at once',
      segments: [data(1001, 30, 3, { flags: 'FA', length: 0 }), answer(1001, 30.5, 1, { flags: 'FA' }), data(1002, 33, 4, { flags: 'A', length: 0, ack: 5002 }), answer(1002, 34, 2, { seq: 5002 })],
      states: ['o FIN_WAIT1 #4', 'r FIN_WAIT1 #5', 'o CLOSING #5', 'r CLOSING #5', 'r TIME_WAIT #6', 'o TIME_WAIT #7'],
    },
    { why: 'reset', segments: [answer(1001, 30, 1, { flags: 'RA' })], states: ['r CLOSE #4', 'o CLOSE #4'] },
    {
      why: 'a FIN with bytes missing before it is taken when it is acknowledged',
      segments: [data(1101, 30, 3, { flags: 'FA', length: 0 }), data(1001, 300, 4), answer(1102, 310, 1)],
      states: ['o FIN_WAIT1 #4', 'o FIN_WAIT2 #6', 'r CLOSE_WAIT #6'],
    },
  ])('$why', ({ segments, states }) => {
    expect(through([...HANDSHAKE, ...segments])).toEqual([...OPEN, ...states])
  })

  it('are assumed where the handshake was not seen', () => {
    expect(through([data(1001, 30, 3), answer(1101, 40, 1)])).toEqual(['o ESTABLISHED #1 assumed', 'r ESTABLISHED #1 assumed'])
  })
})

describe('ports used again, by a SYN-ACK', () => {
  const stale: readonly By[] = [
    { from: '>', flags: 'S', seq: 1000, at: 0, id: 1 }, { from: '<', flags: 'A', seq: 777, ack: 4242, at: 10, id: 1 },
    { from: '>', flags: 'S', seq: 1000, at: 1000, id: 2 }, { from: '<', flags: 'SA', seq: 5000, ack: 1001, at: 1010, id: 0 },
  ]
  it('where an ACK of the connection before came between', () => {
    const all = new Conversations()
    const last = stale.map((by, i) => all.take(frameOf(by), i + 1)!).at(-1)!
    expect([last.connection, last.seq, last.has(Finding.PORT_REUSE), last.referenceOf(Finding.PORT_REUSE)]).toEqual([0, 0, true, 2])
  })
  it('not where its number is the one that was acknowledged', () => {
    expect(findingsOf([{ from: '>', flags: 'A', seq: 1001, ack: 5001, at: 0, id: 1 }, { from: '<', flags: 'SA', seq: 5000, ack: 1001, at: 10, id: 0 }]).found).toEqual(['', ''])
  })
})

describe('completeness, as tshark counts it', () => {
  it.each([
    { why: 'refused', segments: [{ from: '>', flags: 'S', seq: 1000 }, { from: '<', flags: 'RA', seq: 0, ack: 1001, at: 1 }], is: 1 + 4 + 32 },
    { why: 'no ACK without data', segments: [...HANDSHAKE.slice(0, 2), data(1001, 30, 3)], is: 1 + 2 + 8 },
    { why: 'ACKs without a handshake', segments: [data(1001, 30, 3), answer(1101, 40, 1)], is: 4 + 8 },
    { why: 'FINs alone', segments: [data(1001, 30, 3, { flags: 'FA', length: 0 })], is: 4 + 16 },
    { why: 'a FIN with data', segments: [data(1001, 30, 3, { flags: 'FA' })], is: 8 + 16 },
  ] as readonly { readonly why: string; readonly segments: readonly By[]; readonly is: number }[])('$why', ({ segments, is }) => {
    expect(summarize(findingsOf(segments).all, 0, 0).completeness).toBe(is)
  })
})

describe('history', () => {
  const historyOf = (segments: readonly By[]): string => summarize(findingsOf(segments).all, 0, 0).history
  it.each([
    { why: 'a gap is in what the other side sent', segments: [...HANDSHAKE, data(1001, 30, 3), answer(1301, 40, 1)], history: 'ShADaG' },
    { why: 'the responder was seen first', segments: HANDSHAKE.slice(1), history: '^hA' },
  ])('$why', ({ segments, history }) => expect(historyOf(segments)).toBe(history))
})

describe("the handshake's RTT", () => {
  const syn = (at: number, id = 1): By => ({ from: '>', flags: 'S', seq: 1000, at, id, mss: 1460 })
  const synAck = (at: number): By => ({ from: '<', flags: 'SA', seq: 5000, ack: 1001, at, id: 0, mss: 1460 })
  const ack = (at: number): By => ({ from: '>', flags: 'A', seq: 1001, ack: 5001, at, id: 2 })
  const reset = (from: '>' | '<', at: number): By => ({ from, flags: 'RA', seq: from === '>' ? 1001 : 0, ack: from === '>' ? 5001 : 1001, at })
  it.each([
    { why: 'to the ACK', segments: [syn(0), synAck(10), ack(20)], rtt: 20 },
    { why: 'from the last SYN', segments: [syn(0), syn(1000, 2), synAck(1010), ack(1020)], rtt: 20 },
    { why: 'from the last sight of it', segments: [syn(0), syn(1), synAck(10), ack(20)], rtt: 19 },
    { why: 'to a refusal', segments: [syn(0), reset('<', 10)], rtt: 10 },
    { why: 'to the first ACK that the clock tells from the SYN', segments: [syn(5), synAck(5), ack(5), data(1001, 30, 3), answer(1101, 40, 1)], rtt: 25 },
    { why: 'none where the clock stands still', segments: [syn(5), synAck(5), ack(5)], rtt: undefined },
    { why: 'none where the originator gives up', segments: [syn(0), syn(1000, 2), reset('>', 60000)], rtt: undefined },
    { why: 'none where the responder does', segments: [syn(0), synAck(10), reset('<', 60000)], rtt: undefined },
    { why: 'exact years behind the first packet', segments: [{ ...syn(-3e11), seq: 9 }, syn(999.99999), synAck(1010.123), ack(1020.456789)], connection: 1, rtt: 20.456799 },
  ])('$why', ({ segments, rtt, connection }) => {
    const { all } = findingsOf(segments)
    const { handshakeRtt } = summarize(all, connection ?? 0, 0)
    expect(handshakeRtt < 0 ? undefined : handshakeRtt).toBe(rtt === undefined ? undefined : Math.round(rtt * 1e6))
  })
})

describe('times', () => {
  it('span the earliest and the latest, in whatever order packets stand', () => {
    const { all } = findingsOf([data(1001, 30, 3), data(1101, 20, 4), data(1201, 25, 5)])
    const s = summarize(all, 0, 0)
    expect([s.firstTime, s.lastTime, s.duration]).toEqual([20e6, 30e6, 10e6])
  })

  it('are written to the microsecond, years behind the first packet', () => {
    const { all } = findingsOf([{ from: '>', flags: 'S', seq: 9, at: -3e11 }, { from: '>', flags: 'S', seq: 1000, at: 10.123 }])
    expect(flowObject(summarize(all, 1, 0), { baseSeconds: all.baseSeconds })).toMatchObject({ start_seconds: '1700000000.010123000', start: '2023-11-14T22:13:20.010123Z' })
  })
})

describe('RTT', () => {
  it('is sampled as Karn says: not from a segment that was sent twice', () => {
    const { all } = findingsOf([...HANDSHAKE, data(1001, 30, 3), answer(1101, 45, 1), data(1101, 50, 4), data(1101, 300, 5), answer(1201, 301, 2)])
    const { rtt } = summarize(all, 0, 0).originator
    expect([rtt?.samples, rtt?.min, rtt?.max]).toEqual([2, 10e6, 15e6]) // the SYN, and the first data
  })

  it('but with timestamps, which say which sending is answered', () => {
    const { all } = findingsOf([data(1001, 30, 3, { times: [100, 1] }), data(1001, 300, 4, { times: [370, 1] }), answer(1101, 312, 2, { times: [9, 370] })])
    expect(summarize(all, 0, 0).originator.rtt?.max).toBe(12e6)
  })
})

describe('a segment is found', () => {
  const plain = frameOf({ from: '>', flags: 'S', seq: 1 }), packet = plain.b.subarray(14)
  const inFrame = (type: number, ...before: readonly number[]): Uint8Array => Uint8Array.from([...plain.b.subarray(0, 12), type >> 8, type & 255, ...before, ...packet])
  const gre = (flags: number, ...fields: readonly number[]): Uint8Array => {
    const outer = Uint8Array.from([0x45, 0, 0, 24 + fields.length + packet.length, 0, 0, 0, 0, 64, 47, 0, 0, 9, 9, 9, 1, 9, 9, 9, 2])
    return Uint8Array.from([...plain.b.subarray(0, 14), ...outer, flags, 0, 8, 0, ...fields, ...packet])
  }
  const zeroLength = Uint8Array.from(plain.b)
  zeroLength[16] = zeroLength[17] = 0

  it.each([
    { why: 'behind VLAN tags', b: inFrame(0x88a8, 0, 5, 0x81, 0, 0, 6, 8, 0) },
    { why: 'behind MPLS labels', b: inFrame(0x8847, 0, 1, 0, 64, 0, 2, 1, 64) },
    { why: 'in a PPPoE session', b: inFrame(0x8864, 0x11, 0, 0, 7, 0, packet.length + 2, 0, 0x21) },
    { why: 'in GRE', b: gre(0) },
    { why: 'in GRE with a key and a sequence number', b: gre(0x30, 0, 0, 0, 1, 0, 0, 0, 2) },
    { why: 'where segmentation offload left the length 0', b: zeroLength },
  ])('$why', ({ b }) => {
    const all = new Conversations()
    expect(all.take({ ...plain, b, end: b.length, wireLength: b.length }, 1)?.connection).toBe(0)
    expect([all.portOf(0, 0), all.portOf(0, 1)]).toEqual([1000, 80])
    // and nothing is read beyond a cut
    for (let end = 1; end < b.length; end++) new Conversations().take({ ...plain, b: b.slice(0, end), end, wireLength: b.length }, 1)
  })
})

describe('whatever the bytes', () => {
  const segment = fc.record({
    from: fc.constantFrom<'>' | '<'>('>', '<'),
    flags: fc.constantFrom('S', 'SA', 'A', 'PA', 'FA', 'F', 'R', 'RA', 'SF', 'SR', ''),
    seq: fc.oneof(fc.integer({ min: 0xfffffff0, max: 0xffffffff }), fc.integer({ min: 0, max: 40 })),
    ack: fc.oneof(fc.integer({ min: 0xfffffff0, max: 0xffffffff }), fc.integer({ min: 0, max: 40 })),
    length: fc.integer({ min: 0, max: 30 }),
    window: fc.constantFrom(0, 1, 20, 500),
    id: fc.integer({ min: 0, max: 6 }),
    at: fc.integer({ min: 0, max: 2000 }),
    sack: fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 })), { minLength: 1, maxLength: 3 }),
  })

  it('takes any segments; counts add up; the summary can be made', () => {
    fc.assert(fc.property(fc.array(segment, { maxLength: 60 }), (segments) => {
      const { all } = findingsOf(segments)
      let packets = 0
      for (let c = 0; c < all.count; c++) {
        const s = summarize(all, c, 5e9)
        packets += s.originator.packets + s.responder.packets
        for (const side of [s.originator, s.responder]) {
          expect(side.uniqueBytes).toBeGreaterThanOrEqual(0)
          expect(side.maxInFlight).toBeGreaterThanOrEqual(0)
          expect(side.outstanding).toBeLessThanOrEqual(side.packets)
        }
        expect(s.verdict.text).not.toBe('')
      }
      expect(packets).toBe(segments.length)
    }), { numRuns: 300 })
  })

  /** What both sides of a conversation do in turn: nearly always what comes next in order, now and then anything. */
  const turn = fc.record({
    from: fc.constantFrom<'>' | '<'>('>', '<'),
    flags: fc.constantFrom('A', 'A', 'A', 'PA', 'PA', 'PA', 'FA', 'RA', 'S'),
    length: fc.constantFrom(0, 0, 1, 10, 100),
    window: fc.constantFrom(500, 500, 500, 500, 400, 0, 10),
    isBack: fc.integer({ min: 0, max: 20 }),
    acksAll: fc.integer({ min: 0, max: 3 }),
    after: fc.constantFrom(0, 1, 1, 1, 30, 400),
    id: fc.nat(3),
  })

  it('the short way for ordinary segments comes to what the long way, which options of another kind take, comes to', () => {
    fc.assert(fc.property(fc.array(turn, { minLength: 20, maxLength: 80 }), fc.boolean(), (turns, hasHandshake) => {
      const next = { '>': 1, '<': 1 }, acked = { '>': 1, '<': 1 }
      let at = 0
      const segments: By[] = hasHandshake ? [
        { from: '>', flags: 'S', seq: 0, mss: 90, scale: 2 }, { from: '<', flags: 'SA', seq: 0, ack: 1, mss: 100, scale: 1 }, { from: '>', flags: 'A', seq: 1, ack: 1 },
      ] : []
      for (const { from, flags, length, window, isBack, acksAll, after, id } of turns) {
        const to = from === '>' ? '<' : '>', seq = isBack === 0 ? next[from] - 1 : isBack === 1 ? next[from] + 5 : next[from]
        if (acksAll > 0) acked[from] = next[to]
        segments.push({ from, flags, seq, ack: acked[from], length, window, at: (at += after), id: id === 0 ? 0 : segments.length + 1 })
        next[from] = Math.max(next[from], seq + length + (/[SF]/.test(flags) ? 1 : 0))
      }
      const results = [0, 4].map((nops) => {
        const { all, found } = findingsOf(segments.map((by, i) => (hasHandshake && i < 2 ? by : { ...by, nops })))
        const flow = JSON.stringify(flowObject(summarize(all, 0, 5e9), { baseSeconds: 0 }))
        return { found, flow: flow.replaceAll(/"wire_bytes":\d+/g, '') }
      })
      expect(results[0]).toEqual(results[1])
    }), { numRuns: 500 })
  })

  /** The first ACK has the number that stands there before any. */
  const bare = { window: 0, id: 0, at: 0, sack: [[0, 0] as [number, number]] }
  const FIRST_ACK_IS_0 = [
    { from: '>' as const, flags: 'S', seq: 0, ack: 0, length: 0, ...bare }, { from: '<' as const, flags: 'PA', seq: 0xfffffff0, ack: 0, length: 0, ...bare },
    { from: '>' as const, flags: 'R', seq: 0xfffffff0, ack: 0xfffffff0, length: 1, ...bare },
  ]

  it('findings do not depend on where the sequence numbers begin', () => {
    fc.assert(fc.property(fc.array(segment, { maxLength: 40 }), fc.integer({ min: 0, max: 0xffffffff }), (segments, shift) => {
      const moved = segments.map((by) => ({ ...by, seq: by.seq + shift, ack: by.ack + shift, sack: by.sack.map(([left, right]) => [left + shift, right + shift] as const) }))
      expect(findingsOf(moved).found).toEqual(findingsOf(segments).found)
    }), { numRuns: 200, examples: [[FIRST_ACK_IS_0, 1]] })
  })

  it.each(['tcp-sack-holes', 'tcp-zero-window', 'tcp-simultaneous-close', 'tcp6-extension-headers', 'icmp-errors', 'qinq'])('%s with bytes changed', async (name) => {
    const source = await openCapture(resolve(import.meta.dirname, `../fixtures/pcap/${name}.pcap`))
    const frames: Frame[] = []
    await readCaptures(source, undefined, (frame) => void frames.push({ ...frame, b: frame.b.slice(frame.at, frame.end), at: 0, end: frame.end - frame.at }))
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(frames.length - 1), fc.nat(80), fc.nat(255)), { minLength: 1, maxLength: 12 }), (changes) => {
      const changed = frames.map((frame) => ({ ...frame, b: Uint8Array.from(frame.b) }))
      for (const [frame, at, byte] of changes) changed[frame]!.b[Math.min(at, changed[frame]!.end - 1)] = byte
      const all = new Conversations()
      changed.forEach((frame, i) => all.take(frame, i + 1))
      for (let c = 0; c < all.count; c++) JSON.stringify(flowObject(summarize(all, c, 1e12), { baseSeconds: all.baseSeconds }))
    }), { numRuns: 100 })
  })

  it('a frame of any bytes is taken or passed over', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 120 }), fc.constantFrom(1, 0, 101, 113, 276), fc.nat(200), (bytes, linkType, more) => {
      const all = new Conversations()
      const frame = { ...frameOf({ from: '>', flags: 'S', seq: 1 }), b: bytes, end: bytes.length, wireLength: bytes.length + more, linkType }
      all.take(frame, 1)
      for (let c = 0; c < all.count; c++) summarize(all, c, 0)
    }), { numRuns: 500 })
  })
})
