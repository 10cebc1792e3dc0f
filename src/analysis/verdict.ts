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

const S = 1e9, MS = 1e6
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
/** Round trip between the capture point and a sender, and its share of the whole, from which on what the sender has in flight cannot be seen there. */
const FAR = 2e6
const FAR_SHARE = 0.2

const names = ['originator', 'responder'] as const

/** @param end time at which the capture ended */
export function verdictOf(f: Facts, end: number): Verdict {
  const found = f.protocol === Protocol.TCP ? (beginning(f, end) ?? ending(f, end) ?? speed(f)) : datagrams(f)
  return { code: found.code, side: found.side, text: found.text, evidence: found.evidence.filter(isOnce).sort(byNumber).slice(0, 4) }
}

const isOnce = (packet: number, i: number, all: readonly number[]): boolean => packet > 0 && all.indexOf(packet) === i
const byNumber = (a: number, b: number): number => a - b

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
  const isClosed = o.hasFin && r.hasFin, synAcks = r.synPackets
  if (synAcks > 1 && synAcks === r.packets && f.handshakePacket > 0 && f.rstPacket === 0) {
    return say('handshake_unfinished', 0, `half-open: ${times(synAcks, 'SYN-ACK')}, for the responder never took the originator's ACK`, f.synAckPacket, f.handshakePacket, r.lastPacket)
  }
  if (f.rstPacket > 0 && !isClosed) {
    const by = f.isRstByResponder ? 1 : 0, closer = o.hasFin ? o : r.hasFin ? r : undefined
    const after = closer === undefined ? '' : `, after the ${closer === o ? 'originator' : 'responder'}'s FIN`
    return say('reset', by, `reset by the ${names[by]} ${span(rstTime(f))} after the start${after}`, closer?.finPacket ?? 0, f.rstPacket)
  }
  if (isClosed) return undefined
  return silent(0, o, r) ?? silent(1, r, o) ?? halfClosed(f, 0, o, r, end) ?? halfClosed(f, 1, r, o, end)
}

/** @param who sends and hears nothing from `other` */
function silent(who: 0 | 1, side: SideSummary, other: SideSummary): Verdict | undefined {
  const silence = side.lastTime - other.lastTime
  if (side.outstanding === 0 || silence <= 1 * S || other.lastTime < 0) return undefined
  const again = count(side, Finding.RTO) + count(side, Finding.TAIL)
  if (again <= 1) return undefined
  return say('peer_silent', who === 0 ? 1 : 0, `timed out: the ${names[1 - who]} fell silent, ${times(again, 'retransmission')} in ${span(silence)} unanswered`,
    other.lastPacket, first(side, Finding.RTO) || first(side, Finding.TAIL), side.lastPacket)
}

/** @param who sent its FIN, and `other` none */
function halfClosed(f: Facts, who: 0 | 1, side: SideSummary, other: SideSummary, end: number): Verdict | undefined {
  if (!side.hasFin) return undefined
  const idle = end - f.lastTime
  const where = other.state === TcpState.CLOSE_WAIT ? `, the ${names[1 - who]} in CLOSE_WAIT` : ''
  if (idle > IDLE) return say('half_closed', who === 0 ? 1 : 0, `half-closed by the ${names[who]} and idle for ${span(idle)}${where}`, side.finPacket, f.lastPacket)
  return say('not_ended', who === 0 ? 1 : 0, `half-closed by the ${names[who]} when the capture ended${where}`, side.finPacket)
}

function rstTime(f: Facts): number {
  const transition = f.transitions.find(({ packet }) => packet === f.rstPacket)
  return (transition?.time ?? f.lastTime) - f.firstTime
}

/** One of several things that held a connection back, and the share of its time. */
interface Cause {
  readonly share: number
  readonly verdict: Verdict
}

/** What limited the speed of a connection that worked. */
function speed(f: Facts): Verdict {
  const { originator: o, responder: r } = f, duration = Math.max(1, f.duration)
  const sender = o.uniqueBytes > r.uniqueBytes ? o : r
  const flight = flightOf(sender, sender === o ? r : o)
  let worst = worse(loss(f, 0, duration), loss(f, 1, duration))
  worst = worse(worst, worse(window(f, 0, flight, duration), window(f, 1, flight, duration)))
  worst = worse(worse(worst, delay(sender)), rest(f, duration))
  if (worst !== undefined) return worst.verdict
  const { room, bytes, isWaiting } = flight
  if (sender.uniqueBytes > FEW_BYTES && duration > SHORT && isWaiting && room > 0 && bytes < room / 2) {
    const words = flight.isFar ? `about ${Math.round(bytes)} bytes each round trip` : `at most ${bytes} bytes in flight`
    return say('sender', sender === o ? 0 : 1, `sender: ${words}, the window had room for ${room}`, sender.maxInFlightPacket)
  }
  const isOver = (o.hasFin && r.hasFin) || f.rstPacket > 0
  return isOver ? say('ok', undefined, 'closed in order', o.finPacket, r.finPacket) : say('not_ended', undefined, 'open when the capture ended', f.lastPacket)
}

/** The one with the larger share, the first of equals. */
const worse = (a: Cause | undefined, b: Cause | undefined): Cause | undefined => (a === undefined || (b !== undefined && b.share > a.share) ? b : a)

/** What a sender has in flight, as far as the capture tells. */
interface Flight {
  readonly sender: SideSummary
  /** The sender is far from the capture point: `bytes` is reckoned, from its rate and the round trip. */
  readonly isFar: boolean
  readonly bytes: number
  /** The largest window that it was offered. */
  readonly room: number
  readonly roundTrip: number
  /** It sends and then waits for acknowledgments. */
  readonly isWaiting: boolean
}

function flightOf(sender: SideSummary, receiver: SideSummary): Flight {
  const toSender = receiver.rtt?.min ?? 0, roundTrip = toSender + (sender.rtt?.min ?? 0)
  const isFar = toSender >= FAR && toSender > FAR_SHARE * roundTrip, active = Math.max(1, sender.dataTime - sender.restTime)
  return {
    sender,
    isFar,
    bytes: isFar ? (sender.uniqueBytes / active) * roundTrip : sender.maxInFlight,
    room: receiver.maxWindow,
    roundTrip,
    isWaiting: !isFar || sender.waitTime >= MUCH * sender.dataTime,
  }
}

function loss({ originator: o, responder: r, longestStallPacket }: Facts, which: 0 | 1, duration: number): Cause | undefined {
  const side = which === 0 ? o : r, syns = count(side, Finding.SYN_AGAIN)
  const again = count(side, Finding.RETRANSMISSION) - count(side, Finding.SPURIOUS)
  if (again <= 0) return undefined
  const share = side.recoveryTime / duration, percent = Math.min(100, (100 * again) / Math.max(1, side.dataPackets + syns))
  if (share < MUCH && percent < LOSS_PERCENT) return undefined
  const what = syns >= again ? `${times(again, 'SYN')} of the ${names[which]} lost` : `${times(again, 'segment')} of the ${names[which]} lost (${percent.toFixed(1)} %)`
  const waiting = side.recoveryTime >= MS ? `, ${span(side.recoveryTime)} waiting for ${again === 1 ? 'it' : 'them'}` : ''
  return {
    // of two sides that lost as much, the one that was waited for
    share: Math.max(share, Math.min(1, percent / 20)) + share / 1e6,
    verdict: say('network_loss', which, `network: ${what}${waiting}`, first(side, Finding.RETRANSMISSION), first(side, Finding.RTO), first(side, Finding.FAST), longestStallPacket),
  }
}

/** @param which whose window it is */
function window({ originator: o, responder: r }: Facts, which: 0 | 1, flight: Flight, duration: number): Cause | undefined {
  const side = which === 0 ? o : r, other = which === 0 ? r : o
  const share = side.zeroWindowTime / duration, limited = other.windowLimited / Math.max(1, other.dataPackets)
  if (share >= MUCH / 2) {
    return { share, verdict: say('receiver_window', which, `receiver: the ${names[which]} kept its window shut for ${span(side.zeroWindowTime)}`, first(other, Finding.WINDOW_FULL), first(side, Finding.ZERO_WINDOW)) }
  }
  if (other !== flight.sender || other.uniqueBytes <= FEW_BYTES) return undefined
  if (limited >= MUCH) {
    return {
      share: limited * 0.9,
      verdict: say('receiver_window', which, `receiver: ${Math.round(limited * 100)} % of the segments filled the ${names[which]}'s window (${side.maxWindow} bytes at most)`, other.windowLimitedPacket, first(other, Finding.WINDOW_FULL)),
    }
  }
  const waiting = other.waitTime / Math.max(1, other.dataTime)
  if (!flight.isFar || waiting < MUCH || flight.bytes < 0.7 * flight.room) return undefined
  return {
    share: waiting * 0.9,
    verdict: say('receiver_window', which, `receiver: each round trip of ${span(flight.roundTrip)} took as much as the ${names[which]}'s window (${side.maxWindow} bytes at most)`, other.maxInFlightPacket),
  }
}

function delay({ rtt }: SideSummary): Cause | undefined {
  if (rtt === undefined || rtt.samples <= 16 || rtt.p95 <= 4 * rtt.min || rtt.p95 - rtt.min <= 50e6) return undefined
  return { share: 0.5, verdict: say('network_delay', undefined, `network: RTT grew from ${span(rtt.min)} to ${span(rtt.p95)}, a queue on the way`, rtt.maxPacket) }
}

function rest({ originator: o, responder: r }: Facts, duration: number): Cause | undefined {
  const all = o.restTime + r.restTime
  if (all / duration < 0.5 || duration <= SHORT) return undefined
  const which = o.restTime > r.restTime ? 0 : 1, slow = which === 0 ? o : r
  return { share: (all / duration) * 0.8, verdict: say('application', which, `application: the ${names[which]} had nothing to send for ${span(slow.restTime)} of ${span(duration)}`, slow.restPacket) }
}

function datagrams(f: Facts): Verdict {
  const ends = [f.firstPacket, f.lastPacket] as const
  if (f.icmpPacket > 0 && f.responder.packets === 0) {
    const isRefused = f.icmpCode === 0x0303 || f.icmpCode === 0x10104
    return say(isRefused ? 'refused' : 'unreachable', 1, `${isRefused ? 'refused' : 'unreachable'}: ${icmpText(f)}`, f.firstPacket, f.icmpPacket)
  }
  if (f.responder.packets === 0) {
    if (isMulticast(f.responder.address)) return say('one_way', undefined, 'to a group', ...ends)
    // Many use UDP to tell and not to ask; ICMP asks with echo requests only.
    if (!f.isEcho) return say('one_way', undefined, `one way: ${times(f.originator.packets, 'packet')}`, ...ends)
    return say('no_answer', 1, `${times(f.originator.packets, 'packet')} and no answer`, ...ends)
  }
  if (f.isEcho && f.responder.packets < f.originator.packets) {
    const lost = f.originator.packets - f.responder.packets
    return say('network_loss', undefined, `network: ${lost} of ${f.originator.packets} requests unanswered`, ...ends)
  }
  // An error after answers is about one datagram: an end that had closed its socket, most often.
  return f.icmpPacket > 0 ? say('ok', undefined, `answered; ${icmpText(f)} too`, f.firstPacket, f.icmpPacket) : say('ok', undefined, 'answered', ...ends)
}

/** Multicast, and the broadcast addresses that can be told without a netmask. */
const isMulticast = (address: Uint8Array): boolean => (address.length === 4 ? address[0]! >= 224 || address[3] === 255 : address[0] === 0xff)

/** What an ICMP error said: by type and code. */
const ICMP_TEXTS: Readonly<Record<number, string>> = {
  0x0300: 'ICMP network unreachable', 0x0301: 'ICMP host unreachable', 0x0302: 'ICMP protocol unreachable', 0x0303: 'ICMP port unreachable', 0x0304: 'ICMP fragmentation needed',
  0x0305: 'ICMP source route failed', 0x0306: 'ICMP network unknown', 0x0307: 'ICMP host unknown', 0x0309: 'ICMP network prohibited', 0x030a: 'ICMP host prohibited',
  0x030d: 'ICMP administratively prohibited', 0x0b00: 'ICMP time to live exceeded', 0x0b01: 'ICMP reassembly time exceeded',
  0x10100: 'ICMPv6 no route', 0x10101: 'ICMPv6 prohibited', 0x10102: 'ICMPv6 beyond the scope of the source', 0x10103: 'ICMPv6 address unreachable', 0x10104: 'ICMPv6 port unreachable',
  0x10105: 'ICMPv6 source address refused', 0x10106: 'ICMPv6 route rejected', 0x10200: 'ICMPv6 packet too big', 0x10300: 'ICMPv6 hop limit exceeded', 0x10301: 'ICMPv6 reassembly time exceeded',
}

const icmpText = (f: Facts): string => ICMP_TEXTS[f.icmpCode] ?? `ICMP${f.icmpCode >> 16 ? 'v6' : ''} type ${(f.icmpCode >> 8) & 255} code ${f.icmpCode & 255}`
