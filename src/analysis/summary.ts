/** What became of one connection or conversation: for tables, reports and JSON. Times are nanoseconds. */
import type { Transition } from './transitions.js'
import type { Verdict } from './verdict.js'

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
  readonly synPackets: number
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
