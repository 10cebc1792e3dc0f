/** What became of one connection or conversation, read out of its row as an object: for tables, reports and JSON. Times are nanoseconds. */
import { Protocol } from '../decode/ip-protocol.js'
import type { Conversations } from './conversations.js'
import { Finding, bitOf } from './findings.js'
import { history } from './history.js'
import * as R from './record.js'
import { FINDINGS, Has, Records, Scale, Seen } from './record.js'
import { between } from './times.js'
import type { Transition } from './transitions.js'
import { connState } from './conn-state.js'
import { type Verdict, verdictOf } from './verdict.js'

/** RTT samples of the data that one side sent, taken where the capture was made. */
export interface RttSummary {
  readonly samples: number
  readonly min: number
  readonly avg: number
  /** Exact up to 16 samples, else at most 4.5 % off. */
  readonly p95: number
  readonly max: number
  /** The ACK that gave the largest. */
  readonly maxPacket: number
}

export interface SideSummary {
  readonly address: Uint8Array
  readonly port: number
  readonly packets: number
  readonly dataPackets: number
  readonly pureAcks: number
  /** Packets with FIN, SYN, RST, PSH, ACK, URG, ECE, CWR. */
  readonly flagPackets: readonly number[]
  /** Bytes of frames on the wire; of data; of data sent before; of data in packets captured twice. */
  readonly wireBytes: number
  readonly bytes: number
  readonly bytesAgain: number
  readonly bytesTwice: number
  /** Of data, each byte once. */
  readonly uniqueBytes: number
  /** 0: not known. */
  readonly mss: number
  /** Shift; -1: its SYN was not seen, or had none. */
  readonly windowScale: number
  readonly sackPermitted: boolean
  readonly timestamps: boolean
  readonly maxLength: number
  readonly maxWindow: number
  readonly minWindow: number
  readonly zeroWindowTime: number
  readonly maxInFlight: number
  readonly maxInFlightPacket: number
  readonly ttl: number
  /** Number of TcpState; 0: not known. */
  readonly state: number
  readonly isAssumed: boolean
  readonly hasFin: boolean
  readonly finPacket: number
  readonly isFinAcked: boolean
  /** Segments that are not acknowledged at the end. */
  readonly outstanding: number
  readonly rtt: RttSummary | undefined
  /** How often each finding, by the number of its bit, and the first packet that had it. */
  readonly counts: ArrayLike<number>
  readonly firsts: ArrayLike<number>
  /** Data segments that found less than a segment's room in the other side's window; the first of them. */
  readonly windowLimited: number
  readonly windowLimitedPacket: number
  /** Nothing of it was under way, and then it sent: in all, and the packet that ended the longest. */
  readonly restTime: number
  readonly restPacket: number
  /** The same, but acknowledgments were on their way to it. */
  readonly waitTime: number
  readonly recoveryTime: number
  /** From its first data to its last. */
  readonly dataTime: number
  /** Since `baseSeconds`; -1: sent nothing. */
  readonly firstTime: number
  readonly lastTime: number
  readonly lastPacket: number
}

export interface Summary {
  readonly connection: number
  readonly protocol: number
  readonly ipVersion: 4 | 6
  readonly originator: SideSummary
  readonly responder: SideSummary
  readonly firstPacket: number
  readonly lastPacket: number
  readonly firstTime: number
  readonly lastTime: number
  readonly duration: number
  /** From the SYN to the ACK that ends the handshake; SYN to SYN-ACK; SYN-ACK to that ACK. -1: not seen. Of other protocols than TCP `synRtt` is the time to the first answer. */
  readonly handshakeRtt: number
  readonly synRtt: number
  readonly synAckRtt: number
  readonly synPacket: number
  readonly synAckPacket: number
  readonly handshakePacket: number
  readonly rstPacket: number
  readonly isRstByResponder: boolean
  readonly icmpPacket: number
  /** Type << 8 | code */
  readonly icmpCode: number
  /** ICMP echo requests and replies. */
  readonly isEcho: boolean
  readonly hasSyn: boolean
  readonly hasSynAck: boolean
  readonly stalls: number
  readonly stallTime: number
  readonly longestStall: number
  readonly longestStallPacket: number
  readonly history: string
  readonly connState: string
  /** tshark's completeness: SYN 1, SYN-ACK 2, an ACK without data and SYN 4, data 8, FIN 16, RST 32. */
  readonly completeness: number
  /** Retransmissions that were needed, for each 100 segments with data; a SYN counts as one. */
  readonly lossPercent: number
  readonly retransmissions: number
  /** Unique bytes a second in each direction, from its first data to its last; -1: all came at one time. */
  readonly goodput: readonly [number, number]
  readonly former: number
  /** Which end the capture was made near to, by how the handshake's time is shared; undefined: not known. */
  readonly nearTo: 'originator' | 'responder' | 'middle' | undefined
  readonly transitions: readonly Transition[]
  /** What cannot be: numbers of IMPOSSIBLE_REASONS, each with the first packet, of each side. */
  readonly impossible: readonly { readonly reason: number; readonly packet: number }[]
  readonly verdict: Verdict
}

/** Reads connection `c`. `end`: the time at which the capture ended, as far as it is known. */
export function summarize(all: Conversations, c: number, end: number): Summary {
  const u = all.records.words(c), d = all.records.doubles(c), row = Records.at(c), rowD = Records.doublesAt(c)
  const seen = u[row + R.SEEN]!, protocol = u[row + R.PROTOCOL]!
  const originator = side(all, c, 0, end), responder = side(all, c, 1, end)
  const firstTime = d[rowD + R.FIRST_TIME]!, lastTime = d[rowD + R.LAST_TIME]!
  const of = (finding: number): number => originator.counts[bitOf(finding)]! + responder.counts[bitOf(finding)]!
  const retransmissions = of(Finding.RETRANSMISSION), sent = originator.dataPackets + responder.dataPackets + of(Finding.SYN_AGAIN)
  const facts = {
    connection: c,
    protocol,
    ipVersion: originator.address.length === 4 ? 4 : 6,
    originator,
    responder,
    firstPacket: u[row + R.FIRST_PACKET]!,
    lastPacket: u[row + R.LAST_PACKET]!,
    firstTime,
    lastTime,
    duration: between(firstTime, lastTime),
    handshakeRtt: d[rowD + R.HANDSHAKE_RTT]!,
    synRtt: d[rowD + R.SYN_RTT]!,
    synAckRtt: d[rowD + R.SYN_ACK_RTT]!,
    synPacket: u[row + R.SYN_PACKET]!,
    synAckPacket: u[row + R.SYN_ACK_PACKET]!,
    handshakePacket: u[row + R.HANDSHAKE_PACKET]!,
    rstPacket: u[row + R.RST_PACKET]!,
    isRstByResponder: (seen & Seen.RST_BY_RESPONDER) !== 0,
    icmpPacket: u[row + R.ICMP_PACKET]!,
    icmpCode: u[row + R.ICMP_CODE]!,
    isEcho: (seen & Seen.ECHO) !== 0,
    hasSyn: (seen & Seen.SYN) !== 0,
    hasSynAck: (seen & Seen.SYN_ACK) !== 0,
    stalls: u[row + R.STALLS]!,
    stallTime: d[rowD + R.STALL_TIME]!,
    longestStall: d[rowD + R.STALL_MAX]!,
    longestStallPacket: u[row + R.STALL_PACKET]!,
    history: history(u, row),
    connState: connState(protocol, seen, originator, responder),
    completeness: (seen & (63 & ~Seen.HANDSHAKE_ACK)) | ((seen & Seen.LAST_ACK) !== 0 || originator.pureAcks + responder.pureAcks > 0 ? Seen.HANDSHAKE_ACK : 0),
    // a FIN without data that is sent again has no share in `sent`
    lossPercent: sent === 0 ? 0 : Math.min(100, (100 * Math.max(0, retransmissions - of(Finding.SPURIOUS))) / sent),
    retransmissions,
    goodput: [rate(d, rowD + R.SIDE_DOUBLES_AT, originator), rate(d, rowD + R.SIDE_DOUBLES_AT + R.SIDE_DOUBLES_SIZE, responder)],
    former: u[row + R.FORMER]! - 1,
    nearTo: nearTo(d[rowD + R.SYN_RTT]!, d[rowD + R.SYN_ACK_RTT]!),
    transitions: all.tcp.transitions.of(u, row),
    impossible: [0, 1].flatMap((which) => {
      const at = row + R.SIDE_AT + which * R.SIDE_SIZE, packet = u[at + R.FIRSTS + bitOf(Finding.IMPOSSIBLE)]!
      return packet === 0 ? [] : [{ reason: u[at + R.IMPOSSIBLE]!, packet }]
    }),
  } as const
  return { ...facts, verdict: verdictOf(facts, end) }
}

/** Four times longer is another end of the path. */
function nearTo(synRtt: number, synAckRtt: number): Summary['nearTo'] {
  if (synRtt < 0 || synAckRtt < 0) return undefined
  if (synRtt > 4 * synAckRtt) return 'originator'
  return synAckRtt > 4 * synRtt ? 'responder' : 'middle'
}

/** Bytes a second; -1 where all came at one time, which tells nothing. */
function rate(d: Float64Array, at: number, { uniqueBytes }: SideSummary): number {
  const nanos = d[at + R.LAST_DATA_TIME]! - d[at + R.FIRST_DATA_TIME]!
  if (uniqueBytes === 0) return 0
  return nanos > 0 ? (uniqueBytes * 1e9) / nanos : -1
}

function side(all: Conversations, c: number, which: 0 | 1, end: number): SideSummary {
  const u = all.records.words(c), d = all.records.doubles(c), row = Records.at(c)
  const at = row + R.SIDE_AT + which * R.SIDE_SIZE, atD = Records.doublesAt(c) + R.SIDE_DOUBLES_AT + which * R.SIDE_DOUBLES_SIZE
  const peer = row + R.SIDE_AT + (1 - which) * R.SIDE_SIZE
  const has = u[at + R.HAS]!, scale = u[at + R.SCALE]!, bytes = d[atD + R.BYTES]!, again = d[atD + R.BYTES_AGAIN]!, twice = d[atD + R.BYTES_TWICE]!
  const address = new Uint8Array(16), length = all.addressOf(c, which, address)
  const samples = u[at + R.RTT_COUNT]!, since = d[atD + R.ZERO_SINCE]!
  const isTcp = u[row + R.PROTOCOL] === Protocol.TCP
  return {
    address: address.subarray(0, length),
    port: all.portOf(c, which),
    packets: u[at + R.PACKETS]!,
    dataPackets: u[at + R.DATA_PACKETS]!,
    pureAcks: u[at + R.PURE_ACKS]!,
    flagPackets: Array.from({ length: 8 }, (_, bit) => u[at + (bit === 3 ? R.PSH_PACKETS : bit === 4 ? R.ACK_PACKETS : R.FLAG_PACKETS + bit)]!),
    wireBytes: d[atD + R.WIRE_BYTES]!,
    bytes,
    bytesAgain: again,
    bytesTwice: twice,
    uniqueBytes: bytes - again - twice,
    mss: u[at + R.MSS]!,
    windowScale: isTcp && scale < Scale.NONE ? scale : -1,
    sackPermitted: (has & Has.SACK_OK) !== 0,
    timestamps: (has & Has.TIMESTAMPS) !== 0,
    maxLength: u[at + R.MAX_LENGTH]!,
    maxWindow: u[at + R.MAX_WINDOW]!,
    minWindow: u[at + R.MIN_WINDOW] === 0x7fffffff || !isTcp ? 0 : u[at + R.MIN_WINDOW]!,
    zeroWindowTime: d[atD + R.ZERO_TIME]! + (isTcp && since >= 0 ? Math.max(0, end - since) : 0),
    maxInFlight: u[at + R.MAX_IN_FLIGHT]!,
    maxInFlightPacket: u[at + R.MAX_IN_FLIGHT_PACKET]!,
    ttl: u[at + R.TTL]!,
    state: u[at + R.STATE]!,
    isAssumed: (has & Has.ASSUMED) !== 0,
    hasFin: (has & Has.FIN) !== 0,
    finPacket: u[at + R.FIN_PACKET]!,
    isFinAcked: (u[peer + R.HAS]! & Has.TOOK_FIN) !== 0,
    outstanding: u[at + R.LIST_COUNT]!,
    rtt: samples === 0 ? undefined : {
      samples,
      min: d[atD + R.RTT_MIN]!,
      avg: d[atD + R.RTT_SUM]! / samples,
      p95: Math.min(d[atD + R.RTT_MAX]!, Math.max(d[atD + R.RTT_MIN]!, all.tcp.rtts.quantile(u[at + R.RTT_STORE]!, samples, 0.95))),
      max: d[atD + R.RTT_MAX]!,
      maxPacket: u[at + R.RTT_MAX_PACKET]!,
    },
    counts: u.subarray(at + R.COUNTS, at + R.COUNTS + FINDINGS),
    firsts: u.subarray(at + R.FIRSTS, at + R.FIRSTS + FINDINGS),
    windowLimited: u[at + R.WINDOW_LIMITED]!,
    windowLimitedPacket: u[at + R.WINDOW_LIMITED_PACKET]!,
    restTime: d[atD + R.REST_TIME]!,
    restPacket: u[at + R.REST_PACKET]!,
    waitTime: d[atD + R.WAIT_TIME]!,
    recoveryTime: d[atD + R.RECOVERY_TIME]!,
    dataTime: d[atD + R.LAST_DATA_TIME]! - d[atD + R.FIRST_DATA_TIME]!,
    firstTime: d[atD + R.SIDE_FIRST_TIME]!,
    lastTime: d[atD + R.SIDE_LAST_TIME]!,
    lastPacket: u[at + R.SIDE_LAST_PACKET]!,
  }
}
