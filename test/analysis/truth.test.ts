/**
 * Counts against the truth: connections of this kernel over a path that drops, repeats and holds back chosen segments (impaired-path.py), captured at both
 * ends of it. What the path did and what the kernel says of itself must be what `flows` says.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasTool, isRoot, run, sockscope } from '../run.js'

const canRun = isRoot() && hasTool('unshare') && hasTool('python3') && hasTool('ip', ['-V']) && hasTool('ethtool') && hasTool('nsenter')

interface Point {
  readonly packets: number
  readonly bytes: number
  readonly retransmissions: number
  readonly twice: number
  readonly out_of_order: number
  readonly zero_windows: number
  readonly resets: number
}
interface Outcome {
  readonly truth: Readonly<Record<'a' | 'b', Readonly<Record<'a' | 'b', Point>>>>
  /** Seconds from the last SYN to the ACK of its answer, at both points. */
  readonly handshake: Readonly<Record<'a' | 'b', number>>
  readonly kernel: Readonly<Record<'a' | 'b', {
    readonly total_retrans?: number
    readonly min_rtt?: number
    readonly state?: number
    readonly error?: string
    /** TcpExt of /proc/net/netstat. */
    readonly counters: Counters
  }>>
}
interface Side {
  readonly packets: number
  readonly payload_bytes: number
  readonly flag_packets: Readonly<Record<string, number>>
  readonly findings: Readonly<Record<string, number>>
  readonly state: string
  readonly rtt: { readonly min_seconds: number } | null
}
interface Flow {
  readonly originator: Side
  readonly responder: Side
  readonly verdict: { readonly code: string; readonly side: string | null; readonly text: string; readonly evidence_packets: readonly number[] }
  readonly handshake_rtt_seconds: number
  readonly stalls: number
}

const action = (what: 'data' | 'syn' | 'ack', nth: number, act: 'drop' | 'twice' | 'hold', more: object = {}): object => ({ from: 'a', what, nth, do: act, ...more })
const usual = { bytes: 60_000, write: 1400, pause: 0.002, delay: 0.02, server: 'sink' }
const random = (seed: number): (() => number) => () => (seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff) / 0x80000000

/** Losses, repetitions and exchanges of neighbours all over a transfer. */
function mixture(seed: number): object[] {
  const next = random(seed), actions: object[] = []
  for (let nth = 5; nth < 60; nth += 4 + Math.floor(next() * 5)) {
    const which = next()
    actions.push(action('data', nth, which < 0.4 ? 'drop' : which < 0.7 ? 'twice' : 'hold'))
  }
  return actions
}

type Counters = Readonly<Record<string, number>>
/** How often each kind; where the kernel has the choice, by its counters. */
type Kinds = (counters: Counters) => Readonly<Record<string, number>>

const SCENARIOS: readonly { readonly why: string; readonly scenario: object; readonly kinds?: Kinds; readonly kindsAtB?: Kinds; readonly verdict?: string }[] = [
  { why: 'nothing happens', scenario: usual },
  { why: 'a segment in the middle is lost', scenario: { ...usual, actions: [action('data', 12, 'drop')] }, kinds: () => ({ fast: 1 }) },
  { why: 'three in a row are lost', scenario: { ...usual, actions: [12, 13, 14].map((nth) => action('data', nth, 'drop')) } },
  { why: 'the same is lost three times', scenario: { ...usual, actions: [action('data', 20, 'drop', { times: 3 })] } },
  { why: 'the only one in flight is lost', scenario: { ...usual, bytes: 5000, write: 1000, pause: 0.3, actions: [action('data', 3, 'drop')] }, kinds: () => ({ rto: 1 }) },
  { why: 'neighbours are exchanged', scenario: { ...usual, actions: [8, 20, 30].map((nth) => action('data', nth, 'hold')) } },
  { why: 'segments come twice', scenario: { ...usual, actions: [action('data', 6, 'twice'), action('data', 25, 'twice'), { from: 'b', what: 'ack', nth: 9, do: 'twice' }] } },
  // after the probe, a kernel whose processor is busy sends the other one by its timer, and not as a fast one
  { why: 'the end of a burst is lost', scenario: { ...usual, bytes: 7000, write: 7000, before_close: 0.8, actions: [4, 5].map((nth) => action('data', nth, 'drop')) }, kinds: ({ TCPFastRetrans: fast }) => ({ tail: 1, fast: fast!, rto: 1 - fast! }) },
  { why: 'the only ACK is lost', scenario: { ...usual, bytes: 1000, write: 1000, before_close: 0.8, actions: [{ from: 'b', what: 'ack', nth: 1, do: 'drop' }] }, kindsAtB: () => ({ spurious: 1 }) },
  { why: 'the SYN is lost', scenario: { ...usual, bytes: 3000, actions: [action('syn', 1, 'drop')] }, kinds: () => ({ syn_again: 1 }) },
  { why: 'the SYN-ACK is lost', scenario: { ...usual, bytes: 3000, actions: [{ from: 'b', what: 'syn', nth: 1, do: 'drop' }] } },
  { why: 'the receiver does not read', scenario: { ...usual, bytes: 40_000, pause: 0, server: 'stall', stall: 1.2 }, verdict: 'receiver_window' },
  { why: 'the server resets', scenario: { ...usual, server: 'reset' }, verdict: 'reset' },
  { why: 'requests and answers, one lost on each way', scenario: { ...usual, bytes: 6000, write: 500, server: 'echo', actions: [action('data', 4, 'drop'), { from: 'b', what: 'data', nth: 7, do: 'drop' }] } },
  { why: 'a mixture', scenario: { ...usual, bytes: 90_000, actions: mixture(1) } },
  { why: 'another mixture', scenario: { ...usual, bytes: 90_000, actions: mixture(7) } },
]

/** Runs the scenario, and reads what was captured at both ends of its path. */
function pass(dir: string, scenario: object): Outcome & { readonly flows: Readonly<Record<'a' | 'b', Flow | undefined>> } {
  const { stdout, stderr, status } = run('unshare', ['-n', 'python3', resolve(import.meta.dirname, 'impaired-path.py'), dir, JSON.stringify(scenario)])
  expect(status, stderr).toBe(0)
  const read = (point: string): Flow | undefined => {
    const [line = ''] = sockscope(['flows', '--json', join(dir, `${point}.pcap`)]).stdout.toString().split('\n')
    return line === '' ? undefined : (JSON.parse(line) as Flow)
  }
  return { ...(JSON.parse(stdout.toString()) as Outcome), flows: { a: read('a'), b: read('b') } }
}

const within = (measured: number, truth: number, what: string): void => expect(Math.abs(measured - truth) / truth, `${what}: ${measured}, in truth ${truth}`).toBeLessThan(0.05)

describe.skipIf(!canRun)('flows says what the path did (root, python3, ethtool)', () => {
  let dir = ''
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'sockscope-truth-'))
  })
  afterAll(() => {
    rmSync(dir, { recursive: true })
  })

  it.each(SCENARIOS)('$why', ({ scenario, kinds, kindsAtB, verdict }) => {
    const { truth, handshake, kernel, flows } = pass(dir, scenario)
    expect(kernel.a.error ?? kernel.b.error).toBeUndefined()
    for (const point of ['a', 'b'] as const) {
      const flow = flows[point]!
      for (const [sender, side] of [['a', flow.originator], ['b', flow.responder]] as const) {
        const { findings } = side
        const ours = {
          packets: side.packets, bytes: side.payload_bytes, retransmissions: findings['retransmission'], twice: findings['captured_twice'], out_of_order: findings['out_of_order'],
          zero_windows: findings['zero_window'], resets: side.flag_packets['rst'],
        }
        expect(ours, `captured at ${point}, sent by ${sender}`).toEqual(truth[point][sender])
        if (point !== sender) continue
        const { total_retrans: retransmitted, min_rtt: rtt, counters } = kernel[sender]
        // the kernel's own counts, by who sent them
        if (retransmitted !== undefined) expect(findings['retransmission'], `as the kernel of ${sender} counts`).toBe(retransmitted)
        if (rtt !== undefined && sender === 'a') within(side.rtt!.min_seconds, rtt, 'RTT')
        // A probe for a tail of one segment goes out when the timer would: on the wire the two are one. Some timers of SYNs are counted among these, too.
        const timed = findings['syn_again']! > 0 ? 0 : counters['TCPTimeouts']! + counters['TCPLossProbes']!
        // What is acknowledged in the microseconds in which the kernel makes up its mind is spurious on the wire, and fast to the kernel.
        const fast = Math.min(counters['TCPFastRetrans']!, findings['fast']! + findings['spurious']!)
        const found = { fast, syn: findings['syn_again'], timed: findings['rto']! + findings['tail']! }
        expect(found, `kinds, as the kernel of ${sender} counts`).toEqual({ fast: counters['TCPFastRetrans'], syn: counters['TCPSynRetrans'], timed })
        expect(findings['fast'], `no more fast ones than the kernel of ${sender} counts`).toBeLessThanOrEqual(counters['TCPFastRetrans']!)
      }
      for (const [kind, n] of Object.entries((point === 'a' ? kinds : kindsAtB)?.(kernel.a.counters) ?? {})) expect(flow.originator.findings[kind], `${kind} at ${point}`).toBe(n)
      if (verdict !== undefined) expect(flow.verdict.code).toBe(verdict)
    }
    for (const point of ['a', 'b'] as const) within(flows[point]!.handshake_rtt_seconds, handshake[point], `handshake at ${point}`)
  }, 60_000)
})

/** Verdicts at both ends of the path: what the scenario is, and each end can know. */
const VERDICTS: readonly { readonly why: string; readonly scenario: object; readonly a: readonly [code: string, side: string | null] | undefined; readonly b?: readonly [code: string, side: string | null] | null }[] = [
  { why: 'nobody listens', scenario: { ...usual, server: 'none' }, a: ['refused', 'responder'] },
  { why: 'nothing arrives', scenario: { ...usual, hole: { after: -1, from: 'a' }, patience: 4 }, a: ['no_answer', 'responder'], b: null },
  { why: 'the ACK of the handshake never arrives', scenario: { ...usual, bytes: 3000, hole: { after: 0.03, from: 'a' }, patience: 5 }, a: ['handshake_unfinished', 'originator'] },
  { why: 'the path breaks', scenario: { ...usual, pause: 0.05, hole: { after: 0.5, from: 'ab' }, close: 'none', patience: 5 }, a: ['peer_silent', 'responder'], b: ['not_ended', null] },
  { why: 'the client resets', scenario: { ...usual, bytes: 10_000, close: 'reset' }, a: ['reset', 'originator'] },
  { why: 'the server resets', scenario: { ...usual, bytes: 10_000, server: 'reset' }, a: ['reset', 'responder'] },
  { why: 'one side closes', scenario: { ...usual, bytes: 10_000, server: 'hold' }, a: ['not_ended', 'responder'] },
  { why: 'neither closes', scenario: { ...usual, bytes: 10_000, close: 'none', patience: 3 }, a: ['not_ended', null] },
  { why: 'the window is shut for good', scenario: { ...usual, server: 'stall', stall: 6, close: 'none', patience: 4 }, a: ['receiver_window', 'responder'] },
  { why: 'the window is small', scenario: { ...usual, bytes: 300_000, pause: 0, rcvbuf: 9000 }, a: ['receiver_window', 'responder'] },
  { why: 'the send buffer is small', scenario: { ...usual, bytes: 300_000, pause: 0, sndbuf: 9000 }, a: ['sender', 'originator'] },
  { why: 'the server sends, as fast as it may', scenario: { ...usual, bytes: 600_000, pause: 0, write: 1, server: 'source' }, a: ['sender', 'responder'] },
  { why: 'three segments of a hundred are lost', scenario: { ...usual, bytes: 400_000, pause: 0, loss: 0.03 }, a: ['network_loss', 'originator'] },
  // how long data waits before the capture point cannot be seen behind it
  { why: 'a queue grows on the way', scenario: { ...usual, bytes: 1_000_000, pause: 0, delay: 0.005, rate: 400_000 }, a: ['network_delay', null], b: ['ok', null] },
  { why: 'the client thinks', scenario: { ...usual, bytes: 10_000, pause: 0.2 }, a: ['application', 'originator'] },
  { why: 'the client thinks before each request', scenario: { ...usual, bytes: 10_000, pause: 0.2, server: 'echo' }, a: ['application', 'originator'] },
]

describe.skipIf(!canRun)('verdicts are those of the path and the ends (root, python3, ethtool)', () => {
  let dir = ''
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'sockscope-verdicts-'))
  })
  afterAll(() => {
    rmSync(dir, { recursive: true })
  })

  it.each(VERDICTS)('$why → $a', ({ scenario, a, b }) => {
    const { flows } = pass(dir, scenario)
    const said = (flow: Flow | undefined): unknown => (flow === undefined ? null : [flow.verdict.code, flow.verdict.side])
    expect([said(flows.a), said(flows.b)], `${flows.a?.verdict.text}; ${flows.b?.verdict.text}`).toEqual([a, b === undefined ? a : b])
    for (const flow of [flows.a, flows.b]) if (flow !== undefined) expect(flow.verdict.evidence_packets.length, flow.verdict.text).toBeGreaterThan(0)
  }, 60_000)
})
