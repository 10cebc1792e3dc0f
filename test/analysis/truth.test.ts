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
  readonly kernel: Readonly<Record<'a' | 'b', { readonly total_retrans?: number; readonly min_rtt?: number; readonly state?: number; readonly error?: string }>>
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
  readonly verdict: { readonly code: string }
  readonly stalls: number
}

const action = (what: 'data' | 'syn' | 'ack', nth: number, act: 'drop' | 'twice' | 'hold', more: object = {}): object => ({ from: 'a', what, nth, do: act, ...more })
const usual = { bytes: 60_000, write: 1400, pause: 0.002, delay: 0.01, server: 'sink' }
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

const SCENARIOS: readonly { readonly why: string; readonly scenario: object; readonly kinds?: Readonly<Record<string, number>>; readonly verdict?: string }[] = [
  { why: 'nothing happens', scenario: usual },
  { why: 'a segment in the middle is lost', scenario: { ...usual, actions: [action('data', 12, 'drop')] }, kinds: { fast: 1 } },
  { why: 'three in a row are lost', scenario: { ...usual, actions: [12, 13, 14].map((nth) => action('data', nth, 'drop')) } },
  { why: 'the same is lost three times', scenario: { ...usual, actions: [action('data', 20, 'drop', { times: 3 })] } },
  { why: 'the only one in flight is lost', scenario: { ...usual, bytes: 5000, write: 1000, pause: 0.3, actions: [action('data', 3, 'drop')] }, kinds: { rto: 1 } },
  { why: 'neighbours are exchanged', scenario: { ...usual, actions: [8, 20, 30].map((nth) => action('data', nth, 'hold')) } },
  { why: 'segments come twice', scenario: { ...usual, actions: [action('data', 6, 'twice'), action('data', 25, 'twice'), { from: 'b', what: 'ack', nth: 9, do: 'twice' }] } },
  { why: 'the SYN is lost', scenario: { ...usual, bytes: 3000, actions: [action('syn', 1, 'drop')] }, kinds: { syn_again: 1 } },
  { why: 'the SYN-ACK is lost', scenario: { ...usual, bytes: 3000, actions: [{ from: 'b', what: 'syn', nth: 1, do: 'drop' }] } },
  { why: 'the receiver does not read', scenario: { ...usual, bytes: 40_000, pause: 0, server: 'stall', stall: 1.2 }, verdict: 'receiver_window' },
  { why: 'the server resets', scenario: { ...usual, server: 'reset' }, verdict: 'reset' },
  { why: 'requests and answers, one lost on each way', scenario: { ...usual, bytes: 6000, write: 500, server: 'echo', actions: [action('data', 4, 'drop'), { from: 'b', what: 'data', nth: 7, do: 'drop' }] } },
  { why: 'a mixture', scenario: { ...usual, bytes: 90_000, actions: mixture(1) } },
  { why: 'another mixture', scenario: { ...usual, bytes: 90_000, actions: mixture(7) } },
]

describe.skipIf(!canRun)('flows says what the path did (root, python3, ethtool)', () => {
  let dir = ''
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'sockscope-truth-'))
  })
  afterAll(() => {
    rmSync(dir, { recursive: true })
  })

  it.each(SCENARIOS)('$why', ({ scenario, kinds, verdict }) => {
    const { stdout, stderr, status } = run('unshare', ['-n', 'python3', resolve(import.meta.dirname, 'impaired-path.py'), dir, JSON.stringify(scenario)])
    expect(status, stderr).toBe(0)
    const { truth, kernel } = JSON.parse(stdout.toString()) as Outcome
    expect(kernel.a.error ?? kernel.b.error).toBeUndefined()
    for (const point of ['a', 'b'] as const) {
      const read = sockscope(['flows', '--json', join(dir, `${point}.pcap`)])
      const [flow] = read.stdout.toString().trim().split('\n').map((line) => JSON.parse(line) as Flow)
      for (const [sender, side] of [['a', flow!.originator], ['b', flow!.responder]] as const) {
        const { findings } = side
        const ours = {
          packets: side.packets, bytes: side.payload_bytes, retransmissions: findings['retransmission'], twice: findings['captured_twice'], out_of_order: findings['out_of_order'],
          zero_windows: findings['zero_window'], resets: side.flag_packets['rst'],
        }
        expect(ours, `captured at ${point}, sent by ${sender}`).toEqual(truth[point][sender])
        if (point !== sender) continue
        const { total_retrans: retransmitted, min_rtt: rtt } = kernel[sender]
        // the kernel's own count, by who sent them
        if (retransmitted !== undefined) expect(findings['retransmission'], `as the kernel of ${sender} counts`).toBe(retransmitted)
        if (rtt !== undefined && sender === 'a') expect(Math.abs(side.rtt!.min_seconds - rtt)).toBeLessThan(0.05 * rtt + 0.0005)
      }
      if (kinds !== undefined && point === 'a') for (const [kind, n] of Object.entries(kinds)) expect(flow!.originator.findings[kind], kind).toBe(n)
      if (verdict !== undefined) expect(flow!.verdict.code).toBe(verdict)
    }
  }, 60_000)
})
