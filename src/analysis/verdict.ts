/**
 * What held a connection back, or what ended it, with the packets that show it. The rules and their limits are in docs/analysis.md, "Verdicts".
 */
import { Protocol } from '../decode/ip-protocol.js'
import { TcpState } from '../procnet/tcp-state.js'
import { span } from '../quantity.js'
import { Finding, bitOf } from './findings.js'
import type { SideSummary, Summary } from './summary.js'

/** Worst first: the order of `flows`. */
export const VERDICTS = [
  'refused', 'unreachable', 'no_answer', 'handshake_unfinished', 'peer_silent', 'reset', 'half_closed', 'network_loss', 'network_delay', 'receiver_window', 'sender', 'application', 'not_ended', 'one_way', 'ok',
] as const
export type VerdictCode = (typeof VERDICTS)[number]

export interface Verdict {
  readonly code: VerdictCode
  /** 0 the originator, 1 the responder: who refused, reset, is silent, sends or receives too slowly; undefined where it is nobody. */
  readonly side: 0 | 1 | undefined
  /** One sentence. */
  readonly text: string
  /** Packet numbers, at most four, in order. */
  readonly evidence: readonly number[]
}

type Facts = Omit<Summary, 'verdict'>

const S = 1e9
/** Shares of the connection's time, and of its segments, from which something is said to limit it. */
const MUCH = 0.2
const LOSS_PERCENT = 1
/** A connection that is shorter and smaller is not judged by its speed. */
const SHORT = 50e6
const FEW_BYTES = 100_000
/** No answer for so long is no answer. */
const PATIENCE = 3 * S
/** A half-closed connection is idle after. */
const IDLE = 10 * S

const names = ['originator', 'responder'] as const

/** @param end time at which the capture ended */
export function verdictOf(f: Facts, end: number): Verdict {
  const found = f.protocol === Protocol.TCP ? (beginning(f, end) ?? ending(f, end) ?? speed(f)) : datagrams(f)
  return { ...found, evidence: [...new Set(found.evidence)].filter((packet) => packet > 0).sort((a, b) => a - b).slice(0, 4) }
}

const say = (code: VerdictCode, side: 0 | 1 | undefined, text: string, ...evidence: number[]): Verdict => ({ code, side, text, evidence })
const count = (side: SideSummary, finding: number): number => side.counts[bitOf(finding)]!
const first = (side: SideSummary, finding: number): number => side.firsts[bitOf(finding)]!
const times = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`

/** Connections that never came about. */
function beginning(f: Facts, end: number): Verdict | undefined {
  const { originator: o, responder: r } = f
  if (!f.hasSyn || f.handshakePacket > 0 || r.dataPackets > 0 || f.completeness & 8) return undefined
  const again = count(o, Finding.SYN_AGAIN), last = f.synPacket
  if (!f.hasSynAck && f.rstPacket > 0 && f.isRstByResponder) {
    return say('refused', 1, `refused: the responder answered the SYN with RST${again > 0 ? ` (${times(again + 1, 'attempt')})` : ''}`, f.firstPacket, f.rstPacket)
  }
  if (f.icmpPacket > 0 && !f.hasSynAck) return say('unreachable', undefined, `unreachable: ${icmpText(f)}`, f.firstPacket, f.icmpPacket)
  if (!f.hasSynAck) {
    if (f.rstPacket > 0) return say('no_answer', 1, 'given up: the originator reset its SYN before any answer', f.firstPacket, f.rstPacket)
    if (r.packets > 0) return undefined
    const waited = end - f.firstTime
    if (again === 0 && waited < PATIENCE) return say('not_ended', 1, `no answer to the SYN when the capture ended, ${span(waited)} later`, f.firstPacket)
    return say('no_answer', 1, `timed out: ${times(again + 1, 'SYN')} and no answer in ${span(waited)}`, f.firstPacket, last)
  }
  if (f.rstPacket > 0) {
    return f.isRstByResponder
      ? say('reset', 1, 'reset by the responder before the handshake ended', f.synAckPacket, f.rstPacket)
      : say('handshake_unfinished', 0, 'half-open: the originator answered the SYN-ACK with RST', f.synAckPacket, f.rstPacket)
  }
  const synAcks = 1 + count(r, Finding.SYN_AGAIN)
  return say('handshake_unfinished', 0, `half-open: ${times(synAcks, 'SYN-ACK')} and no ACK of it`, f.firstPacket, f.synAckPacket)
}

/** Connections that ended badly, or stand half closed. */
function ending(f: Facts, end: number): Verdict | undefined {
  const { originator: o, responder: r } = f
  const isClosed = o.hasFin && r.hasFin
  if (f.rstPacket > 0 && !isClosed) {
    const by = f.isRstByResponder ? 1 : 0, closer = o.hasFin ? o : r.hasFin ? r : undefined
    const after = closer === undefined ? '' : `, after the ${closer === o ? 'originator' : 'responder'}'s FIN`
    return say('reset', by, `reset by the ${names[by]} ${span(rstTime(f))} after the start${after}`, closer?.finPacket ?? 0, f.rstPacket)
  }
  for (const [who, side, other] of [[0, o, r], [1, r, o]] as const) {
    const again = count(side, Finding.RTO) + count(side, Finding.TAIL)
    const silence = side.lastTime - other.lastTime
    if (side.outstanding > 0 && again > 1 && other.lastTime >= 0 && silence > 1 * S && !isClosed) {
      return say('peer_silent', who === 0 ? 1 : 0, `timed out: the ${names[1 - who]} fell silent, ${times(again, 'retransmission')} in ${span(silence)} unanswered`,
        other.lastPacket, first(side, Finding.RTO) || first(side, Finding.TAIL), side.lastPacket)
    }
  }
  if (isClosed) return undefined
  for (const [who, side, other] of [[0, o, r], [1, r, o]] as const) {
    if (!side.hasFin) continue
    const idle = end - f.lastTime
    const where = other.state === TcpState.CLOSE_WAIT ? `, the ${names[1 - who]} in CLOSE_WAIT` : ''
    if (idle > IDLE) return say('half_closed', who === 0 ? 1 : 0, `half-closed by the ${names[who]} and idle for ${span(idle)}${where}`, side.finPacket, f.lastPacket)
    return say('not_ended', who === 0 ? 1 : 0, `half-closed by the ${names[who]} when the capture ended${where}`, side.finPacket)
  }
  return undefined
}

function rstTime(f: Facts): number {
  const transition = f.transitions.find(({ packet }) => packet === f.rstPacket)
  return (transition?.time ?? f.lastTime) - f.firstTime
}

/** What limited the speed of a connection that worked. */
function speed(f: Facts): Verdict {
  const { originator: o, responder: r } = f, duration = Math.max(1, f.duration)
  const isOver = (o.hasFin && r.hasFin) || f.rstPacket > 0
  const sender = o.uniqueBytes > r.uniqueBytes ? o : r, receiver = sender === o ? r : o, who = sender === o ? 0 : 1
  const found: { readonly share: number; readonly verdict: Verdict }[] = []
  for (const [which, side] of [[0, o], [1, r]] as const) {
    const again = count(side, Finding.RETRANSMISSION) - count(side, Finding.SPURIOUS)
    if (again <= 0) continue
    const share = side.recoveryTime / duration, percent = Math.min(100, (100 * again) / Math.max(1, side.dataPackets))
    if (share < MUCH && percent < LOSS_PERCENT) continue
    found.push({
      share: Math.max(share, Math.min(1, percent / 20)),
      verdict: say('network_loss', which, `network: ${times(again, 'segment')} of the ${names[which]} lost (${percent.toFixed(1)} %)${side.recoveryTime > 0 ? `, ${span(side.recoveryTime)} waiting for them` : ''}`,
        first(side, Finding.RETRANSMISSION), first(side, Finding.RTO), first(side, Finding.FAST), f.longestStallPacket),
    })
  }
  for (const [which, side, other] of [[0, o, r], [1, r, o]] as const) {
    const share = side.zeroWindowTime / duration
    const limited = other.windowLimited / Math.max(1, other.dataPackets)
    if (share >= MUCH / 2) {
      found.push({ share, verdict: say('receiver_window', which, `receiver: the ${names[which]} kept its window shut for ${span(side.zeroWindowTime)}`, first(side, Finding.ZERO_WINDOW), first(other, Finding.WINDOW_FULL)) })
    } else if (other.uniqueBytes > FEW_BYTES && limited >= MUCH && other === sender) {
      found.push({
        share: limited * 0.9,
        verdict: say('receiver_window', which, `receiver: ${Math.round(limited * 100)} % of the segments filled the ${names[which]}'s window (${side.maxWindow} bytes at most)`, other.windowLimitedPacket, first(other, Finding.WINDOW_FULL)),
      })
    }
  }
  const rtt = sender.rtt
  if (rtt !== undefined && rtt.samples > 16 && rtt.p95 > 4 * rtt.min && rtt.p95 - rtt.min > 50e6) {
    found.push({ share: 0.5, verdict: say('network_delay', undefined, `network: RTT grew from ${span(rtt.min)} to ${span(rtt.p95)}, a queue on the way`, rtt.maxPacket) })
  }
  const rest = o.restTime + r.restTime
  if (rest / duration >= 0.5 && duration > SHORT) {
    const slow = o.restTime > r.restTime ? 0 : 1
    found.push({ share: (rest / duration) * 0.8, verdict: say('application', slow, `application: the ${names[slow]} had nothing to send for ${span(slow === 0 ? o.restTime : r.restTime)} of ${span(duration)}`, (slow === 0 ? o : r).lastPacket) })
  }
  const worst = found.sort((a, b) => b.share - a.share)[0]
  if (worst !== undefined) return worst.verdict
  if (sender.uniqueBytes > FEW_BYTES && duration > SHORT && receiver.maxWindow > 0 && sender.maxInFlight < receiver.maxWindow / 2) {
    return say('sender', who, `sender: at most ${sender.maxInFlight} bytes in flight, the window had room for ${receiver.maxWindow}`, 0)
  }
  return isOver ? say('ok', undefined, 'closed in order', 0) : say('not_ended', undefined, 'open when the capture ended', 0)
}

function datagrams(f: Facts): Verdict {
  if (f.icmpPacket > 0) {
    const isRefused = f.icmpCode === 0x0303 || f.icmpCode === 0x10104
    return say(isRefused ? 'refused' : 'unreachable', 1, `${isRefused ? 'refused' : 'unreachable'}: ${icmpText(f)}`, f.firstPacket, f.icmpPacket)
  }
  if (f.responder.packets === 0) {
    if (isMulticast(f.responder.address)) return say('one_way', undefined, 'to a group', 0)
    // Many use UDP to tell and not to ask; ICMP asks with echo requests only.
    if (!f.isEcho) return say('one_way', undefined, `one way: ${times(f.originator.packets, 'packet')}`, 0)
    return say('no_answer', 1, `${times(f.originator.packets, 'packet')} and no answer`, f.firstPacket, f.lastPacket)
  }
  if (f.isEcho && f.responder.packets < f.originator.packets) {
    const lost = f.originator.packets - f.responder.packets
    return say('network_loss', undefined, `network: ${lost} of ${f.originator.packets} requests unanswered`, f.firstPacket)
  }
  return say('ok', undefined, 'answered', 0)
}

/** Multicast, and the broadcast addresses that can be told without a netmask. */
const isMulticast = (address: Uint8Array): boolean => (address.length === 4 ? address[0]! >= 224 || address[3] === 255 : address[0] === 0xff)

/** What an ICMP error said: by type and code. */
const ICMP_TEXTS: Readonly<Record<number, string>> = {
  0x0300: 'ICMP network unreachable', 0x0301: 'ICMP host unreachable', 0x0302: 'ICMP protocol unreachable', 0x0303: 'ICMP port unreachable',  0x0309: 'ICMP network prohibited', 0x030a: 'ICMP host prohibited', 0x030d: 'ICMP administratively prohibited', 0x0b00: 'ICMP time to live exceeded',
  0x10100: 'ICMPv6 no route', 0x10101: 'ICMPv6 prohibited', 0x10103: 'ICMPv6 address unreachable', 0x10104: 'ICMPv6 port unreachable', 0x10300: 'ICMPv6 hop limit exceeded',
}

const icmpText = (f: Facts): string => ICMP_TEXTS[f.icmpCode] ?? `ICMP type ${(f.icmpCode >> 8) & 255} code ${f.icmpCode & 255}`
