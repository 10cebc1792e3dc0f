/** A connection as one JSON object: docs/flows.schema.json, whose words test/format/flows-json.test.ts compares with ours. Numbers are numbers, units stand in the names, what is not known is null. */
import { IMPOSSIBLE_REASONS } from '../analysis/impossible.js'
import { FINDING_NAMES } from '../analysis/findings.js'
import type { SideSummary, Summary } from '../analysis/summary.js'
import { restNanos, wholeSeconds } from '../analysis/times.js'
import { Protocol } from '../decode/ip-protocol.js'
import { FLAG_NAMES } from '../decode/tcp.js'
import { TCP_STATES } from '../procnet/tcp-state.js'
import { isoTime, protocolName, type FlowContext } from './flows-columns.js'
import { ipText } from './socket-address.js'

export const FLOW_SCHEMA = 'sockscope-flow-1'

const seconds = (nanos: number): number | null => (nanos < 0 ? null : nanos / 1e9)
const rate = (bytesPerSecond: number): number | null => (bytesPerSecond < 0 ? null : bytesPerSecond)
const known = (n: number): number | null => (n > 0 ? n : null)
const stateKey = (state: number): string | null => TCP_STATES[state]?.key ?? null

function sideObject(s: SideSummary, isTcp: boolean): object {
  const plain = {
    address: ipText(s.address),
    port: s.port,
    packets: s.packets,
    data_packets: s.dataPackets,
    wire_bytes: s.wireBytes,
    payload_bytes: s.bytes,
    first_seconds: s.packets === 0 ? null : s.firstTime / 1e9,
  }
  if (!isTcp) return plain
  return {
    ...plain,
    unique_bytes: s.uniqueBytes,
    retransmitted_bytes: s.bytesAgain,
    captured_twice_bytes: s.bytesTwice,
    pure_acks: s.pureAcks,
    flag_packets: Object.fromEntries(s.flagPackets.map((n, bit) => [FLAG_NAMES[bit]!.toLowerCase(), n])),
    mss: known(s.mss),
    window_scale: s.windowScale < 0 ? null : s.windowScale,
    sack_permitted: s.sackPermitted,
    timestamps: s.timestamps,
    max_segment_bytes: s.maxLength,
    max_window_bytes: s.maxWindow,
    min_window_bytes: s.minWindow,
    zero_window_seconds: s.zeroWindowTime / 1e9,
    window_limited_segments: s.windowLimited,
    max_in_flight_bytes: s.maxInFlight,
    outstanding_segments: s.outstanding,
    rest_seconds: s.restTime / 1e9,
    recovery_seconds: s.recoveryTime / 1e9,
    rtt: s.rtt === undefined ? null : {
      samples: s.rtt.samples, min_seconds: s.rtt.min / 1e9, avg_seconds: s.rtt.avg / 1e9, p95_seconds: s.rtt.p95 / 1e9, max_seconds: s.rtt.max / 1e9, max_packet: s.rtt.maxPacket,
    },
    state: stateKey(s.state),
    state_assumed: s.isAssumed,
    fin_packet: known(s.finPacket),
    findings: Object.fromEntries(FINDING_NAMES.map((name, bit) => [name, s.counts[bit]!])),
  }
}

/** The object. No text from strangers is in it: numbers, addresses, and words of ours. */
export function flowObject(s: Summary, context: FlowContext): object {
  const isTcp = s.protocol === Protocol.TCP
  return {
    schema: FLOW_SCHEMA,
    connection: s.connection,
    protocol: protocolName(s.protocol),
    ip_version: s.ipVersion,
    originator: sideObject(s.originator, isTcp),
    responder: sideObject(s.responder, isTcp),
    first_packet: s.firstPacket,
    last_packet: s.lastPacket,
    start: isoTime(s.firstTime, context) || null,
    start_seconds: startSeconds(s.firstTime, context),
    duration_seconds: s.duration / 1e9,
    goodput_out_bytes_per_second: rate(s.goodput[0]),
    goodput_in_bytes_per_second: rate(s.goodput[1]),
    ...(isTcp ? tcpMembers(s) : { first_answer_seconds: seconds(s.synRtt) }),
    icmp_error_packet: known(s.icmpPacket),
    history: s.history,
    conn_state: s.connState,
    verdict: { code: s.verdict.code, side: s.verdict.side === undefined ? null : s.verdict.side === 0 ? 'originator' : 'responder', text: s.verdict.text, evidence_packets: s.verdict.evidence },
  }
}

/** Seconds since 1970 as a string, exact to the nanosecond; before 1970 with a minus sign. */
function startSeconds(nanos: number, { baseSeconds }: FlowContext): string {
  const seconds = baseSeconds + wholeSeconds(nanos), rest = restNanos(nanos)
  const text = (whole: number, fraction: number): string => `${whole}.${String(fraction).padStart(9, '0')}`
  if (seconds >= 0) return text(seconds, rest)
  return rest === 0 ? text(seconds, 0) : `-${text(-seconds - 1, 1e9 - rest)}`
}

const tcpMembers = (s: Summary): object => ({
  handshake_rtt_seconds: seconds(s.handshakeRtt),
  syn_rtt_seconds: seconds(s.synRtt),
  syn_ack_rtt_seconds: seconds(s.synAckRtt),
  captured_near: s.nearTo ?? null,
  syn_packet: known(s.synPacket),
  syn_ack_packet: known(s.synAckPacket),
  handshake_packet: known(s.handshakePacket),
  rst_packet: known(s.rstPacket),
  rst_by: s.rstPacket === 0 ? null : s.isRstByResponder ? 'responder' : 'originator',
  completeness: s.completeness,
  loss_percent: s.lossPercent,
  retransmissions: s.retransmissions,
  stalls: s.stalls,
  stall_seconds: s.stallTime / 1e9,
  longest_stall_seconds: s.longestStall / 1e9,
  longest_stall_packet: known(s.longestStallPacket),
  former_connection: s.former < 0 ? null : s.former,
  transitions: s.transitions.map(({ side, from, to, packet, time, isAssumed }) => ({
    side: side === 0 ? 'originator' : 'responder', from: stateKey(from), to: stateKey(to), packet, seconds: (time - s.firstTime) / 1e9, assumed: isAssumed,
  })),
  impossible: s.impossible.map(({ reason, packet }) => ({ reason: IMPOSSIBLE_REASONS[reason] ?? '', packet })),
})
