/** The columns of `sockscope flows`: their names on the command line and in CSV, their titles, and how a connection fills them. */
import { FINDING_NAMES, Finding, bitOf } from '../analysis/findings.js'
import type { RttSummary, SideSummary, Summary } from '../analysis/summary.js'
import { restNanos, wholeSeconds } from '../analysis/times.js'
import { Protocol } from '../decode/ip-protocol.js'
import { TCP_STATES, type StateColor } from '../procnet/tcp-state.js'
import { bytesText, span } from '../quantity.js'
import { ipText } from './socket-address.js'

export interface FlowContext {
  /** Seconds since 1970 that times count from. */
  readonly baseSeconds: number
}

export interface FlowColumn {
  /** On the command line. */
  readonly name: string
  /** In CSV: with its unit. */
  readonly field: string
  readonly head: string
  readonly right: boolean
  /** For people. */
  readonly text: (s: Summary, context: FlowContext) => string
  /** For CSV and for sorting; '' where there is none. */
  readonly value: (s: Summary, context: FlowContext) => number | string
  readonly color?: (s: Summary) => StateColor | undefined
}

const PROTOCOLS: Readonly<Record<number, string>> = { [Protocol.TCP]: 'tcp', [Protocol.UDP]: 'udp', [Protocol.ICMP]: 'icmp', [Protocol.ICMPV6]: 'icmp6' }

/** `tcp`, `udp`, `icmp`, `icmp6`. */
export const protocolName = (protocol: number): string => PROTOCOLS[protocol] ?? String(protocol)

const hasPorts = (protocol: number): boolean => protocol === Protocol.TCP || protocol === Protocol.UDP

/** `10.0.0.1:80`, `[fe80::1]:80`, `10.0.0.1` */
export function endpointText(side: Pick<SideSummary, 'address' | 'port'>, protocol: number): string {
  const { address: b } = side
  const address = b.length === 4 ? `${b[0]!}.${b[1]!}.${b[2]!}.${b[3]!}` : ipText(b)
  if (!hasPorts(protocol)) return address
  return b.length === 4 ? `${address}:${side.port}` : `[${address}]:${side.port}`
}

/** ISO 8601 in UTC with microseconds; '' where a date cannot say it. */
export function isoTime(nanos: number, { baseSeconds }: FlowContext): string {
  const seconds = baseSeconds + wholeSeconds(nanos)
  if (seconds !== isoSeconds) {
    const date = new Date(seconds * 1000)
    isoText = Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 || date.getUTCFullYear() < 0 ? '' : date.toISOString().slice(0, 20)
    isoSeconds = seconds
  }
  return isoText === '' ? '' : `${isoText}${String(Math.floor(restNanos(nanos) / 1000)).padStart(6, '0')}Z`
}
/** The second that was written last: many connections begin in one. */
let isoSeconds = Number.NaN
let isoText = ''

const seconds = (nanos: number): number | string => (nanos < 0 ? '' : nanos / 1e9)
const spanText = (nanos: number): string => (nanos < 0 ? '-' : nanos === 0 ? '0' : span(nanos))
const numberText = (n: number): string => (n === 0 ? '-' : String(n))
const rateText = (bytesPerSecond: number): string => (bytesPerSecond <= 0 ? '-' : `${bytesText(bytesPerSecond)}/s`)
const sum = (s: Summary, finding: number): number => s.originator.counts[bitOf(finding)]! + s.responder.counts[bitOf(finding)]!

/** Of the two directions' RTTs the longer: the other is from the capture point to the near end. */
export function pathRtt({ originator, responder }: Summary): RttSummary | undefined {
  if (originator.rtt === undefined || responder.rtt === undefined) return originator.rtt ?? responder.rtt
  return originator.rtt.avg >= responder.rtt.avg ? originator.rtt : responder.rtt
}

/** The word of netstat's table; `?` not known; `~` before it: assumed, the handshake was not seen. */
export const stateText = ({ state, isAssumed }: SideSummary): string => `${isAssumed ? '~' : ''}${TCP_STATES[state]?.word ?? '?'}`

const KIND_WORDS: readonly (readonly [number, string])[] = [[Finding.RTO, 'RTO'], [Finding.FAST, 'fast'], [Finding.TAIL, 'tail'], [Finding.SYN_AGAIN, 'SYN'], [Finding.SPURIOUS, 'spurious']]

function retransmissionsText(s: Summary): string {
  if (s.retransmissions === 0) return '-'
  return `${s.retransmissions}: ${KIND_WORDS.filter(([kind]) => sum(s, kind) > 0).map(([kind, word]) => `${sum(s, kind)} ${word}`).join(', ')}`
}

/** Red what failed, yellow what was slow, green what is well. */
export function verdictColor({ verdict: { code } }: Summary): StateColor | undefined {
  switch (code) {
    case 'ok': return 'green'
    case 'not_ended':
    case 'one_way': return 'gray'
    case 'application':
    case 'sender': return 'cyan'
    case 'network_loss':
    case 'network_delay':
    case 'receiver_window':
    case 'half_closed': return 'yellow'
    default: return 'red'
  }
}

const column = (name: string, field: string, head: string, right: boolean, text: FlowColumn['text'], value: FlowColumn['value'], color?: FlowColumn['color']): FlowColumn =>
  ({ name, field, head, right, text, value, ...(color === undefined ? {} : { color }) })
const counted = (name: string, head: string, value: (s: Summary) => number): FlowColumn => column(name, name.replaceAll('-', '_'), head, true, (s) => numberText(value(s)), value)
const timed = (name: string, head: string, value: (s: Summary) => number): FlowColumn =>
  column(name, `${name.replaceAll('-', '_')}_seconds`, head, true, (s) => spanText(value(s)), (s) => seconds(value(s)))
const finding = (name: string, head: string, bit: number): FlowColumn => counted(name, head, (s) => sum(s, bit))

/** All, in the order of the widest table. */
export const FLOW_COLUMNS: readonly FlowColumn[] = [
  column('connection', 'connection', '#', true, (s) => String(s.connection), (s) => s.connection),
  column('protocol', 'protocol', 'PROTO', false, (s) => protocolName(s.protocol), (s) => protocolName(s.protocol)),
  column('originator', 'originator', 'ORIGINATOR', false, (s) => endpointText(s.originator, s.protocol), (s) => endpointText(s.originator, s.protocol)),
  column('responder', 'responder', 'RESPONDER', false, (s) => endpointText(s.responder, s.protocol), (s) => endpointText(s.responder, s.protocol)),
  column('start', 'start', 'START', false, (s, c) => isoTime(s.firstTime, c), (s, c) => isoTime(s.firstTime, c)),
  timed('duration', 'DURATION', (s) => s.duration),
  counted('packets-out', 'PKTS>', (s) => s.originator.packets),
  counted('packets-in', 'PKTS<', (s) => s.responder.packets),
  column('bytes-out', 'bytes_out', 'BYTES>', true, (s) => bytesText(s.originator.bytes), (s) => s.originator.bytes),
  column('bytes-in', 'bytes_in', 'BYTES<', true, (s) => bytesText(s.responder.bytes), (s) => s.responder.bytes),
  column('goodput-out', 'goodput_out_bytes_per_second', 'RATE>', true, (s) => rateText(s.goodput[0]), (s) => (s.goodput[0] < 0 ? '' : Math.round(s.goodput[0]))),
  column('goodput-in', 'goodput_in_bytes_per_second', 'RATE<', true, (s) => rateText(s.goodput[1]), (s) => (s.goodput[1] < 0 ? '' : Math.round(s.goodput[1]))),
  timed('handshake', 'HANDSHAKE', (s) => s.handshakeRtt),
  timed('rtt-min', 'RTT-MIN', (s) => pathRtt(s)?.min ?? -1),
  timed('rtt-avg', 'RTT-AVG', (s) => pathRtt(s)?.avg ?? -1),
  timed('rtt-p95', 'RTT-P95', (s) => pathRtt(s)?.p95 ?? -1),
  timed('rtt-max', 'RTT-MAX', (s) => pathRtt(s)?.max ?? -1),
  column('loss', 'loss_percent', 'LOSS', true, (s) => (s.lossPercent === 0 ? '-' : `${s.lossPercent.toFixed(s.lossPercent < 10 ? 1 : 0)}%`), (s) => Math.round(s.lossPercent * 1000) / 1000),
  column('retransmissions', 'retransmissions', 'RETRANSMISSIONS', false, retransmissionsText, (s) => s.retransmissions),
  finding('out-of-order', 'OOO', Finding.OUT_OF_ORDER),
  finding('dup-acks', 'DUPACK', Finding.DUP_ACK),
  finding('lost-previous', 'GAPS', Finding.LOST_PREVIOUS),
  finding('captured-twice', 'TWICE', Finding.CAPTURED_TWICE),
  column('stalls', 'stalls', 'STALLS', false, (s) => (s.stalls === 0 ? '-' : `${s.stalls}, ${span(s.longestStall)}`), (s) => s.stalls),
  timed('zero-window', 'ZEROWIN', (s) => s.originator.zeroWindowTime + s.responder.zeroWindowTime),
  column('states', 'states', 'STATES', false, (s) => (s.protocol === Protocol.TCP ? `${stateText(s.originator)} ${stateText(s.responder)}` : '-'), (s) => (s.protocol === Protocol.TCP ? `${stateText(s.originator)} ${stateText(s.responder)}` : ''),
    (s) => TCP_STATES[s.responder.state]?.color),
  column('history', 'history', 'HISTORY', false, (s) => s.history, (s) => s.history),
  column('conn-state', 'conn_state', 'CONN', false, (s) => s.connState, (s) => s.connState),
  column('verdict', 'verdict', 'VERDICT', false, (s) => s.verdict.text, (s) => s.verdict.text, verdictColor),
  column('evidence', 'evidence_packets', 'EVIDENCE', false, (s) => s.verdict.evidence.map((packet) => `#${packet}`).join(' ') || '-', (s) => s.verdict.evidence.join(' ')),
]

/** Only when asked for by name. */
export const MORE_COLUMNS: readonly FlowColumn[] = [
  column('verdict-code', 'verdict_code', 'CODE', false, (s) => s.verdict.code, (s) => s.verdict.code, verdictColor),
  ...(['rto', 'fast', 'tail', 'spurious', 'syn-again', 'acked-unseen', 'window-full', 'keep-alive', 'over-mss', 'impossible'] as const).map((name) =>
    finding(name, name.toUpperCase(), 1 << FINDING_NAMES.indexOf(name === 'syn-again' ? 'syn_again' : name.replaceAll('-', '_')))),
  counted('packets', 'PACKETS', (s) => s.originator.packets + s.responder.packets),
  column('bytes', 'bytes', 'BYTES', true, (s) => bytesText(s.originator.bytes + s.responder.bytes), (s) => s.originator.bytes + s.responder.bytes),
  counted('first-packet', 'FIRST', (s) => s.firstPacket),
  counted('last-packet', 'LAST', (s) => s.lastPacket),
]

/** For a terminal of some width: names. */
export function columnsFor(width: number): readonly string[] {
  const least = ['connection', 'originator', 'responder', 'bytes-out', 'bytes-in', 'verdict', 'evidence']
  if (width < 110) return least
  const more = ['connection', 'protocol', 'originator', 'responder', 'duration', 'bytes-out', 'bytes-in', 'rtt-avg', 'loss', 'verdict', 'evidence']
  if (width < 170) return more
  return ['connection', 'protocol', 'originator', 'responder', 'duration', 'packets-out', 'packets-in', 'bytes-out', 'bytes-in', 'handshake', 'rtt-avg', 'rtt-p95', 'loss', 'retransmissions', 'stalls', 'states', 'conn-state', 'verdict', 'evidence']
}
