/** One segment and what is known after it. One object is refilled for every segment: nothing in it may be kept. */
import { Flag } from '../decode/tcp.js'
import { bitOf } from './findings.js'
import { FINDINGS } from './record.js'
import * as S from './segment-fields.js'
import * as seq from './seq.js'

export class Segment {
  /** The fields as segment-fields.ts has them: for the hot path, which writes what a frame says. */
  readonly words: Int32Array
  readonly doubles: Float64Array
  /** SACK blocks' edges (left, right, left, …) counted like `ack`. */
  readonly sack: Uint32Array
  /** For each bit that is set in `findings`, by its number: the packet it refers to; 0 when there is none. Bits that are not set hold leftovers. */
  readonly refers: Uint32Array

  /** @param words in the rules' memory; without, of its own */
  constructor(words: Int32Array = new Int32Array(S.SIZE), doubles: Float64Array = new Float64Array(words.buffer, words.byteOffset, S.SIZE >> 1)) {
    this.words = words
    this.doubles = doubles
    this.sack = new Uint32Array(words.buffer, words.byteOffset + S.SACK * 4, 8)
    this.refers = new Uint32Array(words.buffer, words.byteOffset + S.REFERS * 4, FINDINGS)
  }

  /** Connection or conversation, from 0, in the order of their first packets. */
  get connection(): number { return this.words[S.CONNECTION]! }
  set connection(to) { this.words[S.CONNECTION] = to }
  /** The first packet of that connection. */
  get isFirst(): boolean { return this.words[S.IS_FIRST] === 1 }
  set isFirst(is) { this.words[S.IS_FIRST] = Number(is) }
  /** 0: sent by the originator (who sent the SYN, else the first packet); 1: by the responder. */
  get direction(): 0 | 1 { return this.words[S.DIRECTION] as 0 | 1 }
  set direction(to) { this.words[S.DIRECTION] = to }
  /** Packet number in the capture, from 1. */
  get packet(): number { return this.words[S.PACKET]! }
  set packet(to) { this.words[S.PACKET] = to }
  /** Nanoseconds since `Conversations.baseSeconds`. */
  get time(): number { return this.doubles[S.TIME]! }
  set time(to) { this.doubles[S.TIME] = to }
  /** Nanoseconds since the connection's packet before; 0 for the first. */
  get gap(): number { return this.doubles[S.GAP]! }
  set gap(to) { this.doubles[S.GAP] = to }
  /** IP protocol number: 6 TCP, 17 UDP, 1 ICMP, 58 ICMPv6. What follows is only set for TCP, but for `length` and `wireLength`. */
  get protocol(): number { return this.words[S.PROTOCOL]! }
  set protocol(to) { this.words[S.PROTOCOL] = to }
  /** Bits of `tcp.Flag`. */
  get flags(): number { return this.words[S.FLAGS]! }
  set flags(to) { this.words[S.FLAGS] = to }
  /** @internal As sent, and the two directions' initial numbers, as 32-bit integers: `absoluteSeq`, `seq` … are reckoned from them when somebody asks. */
  get sequence(): number { return this.words[S.SEQUENCE]! }
  set sequence(to) { this.words[S.SEQUENCE] = to }
  get acknowledgment(): number { return this.words[S.ACKNOWLEDGMENT]! }
  set acknowledgment(to) { this.words[S.ACKNOWLEDGMENT] = to }
  get initial(): number { return this.words[S.INITIAL]! }
  set initial(to) { this.words[S.INITIAL] = to }
  get peerInitial(): number { return this.words[S.PEER_INITIAL]! }
  set peerInitial(to) { this.words[S.PEER_INITIAL] = to }
  /** Bytes of data, by the IP header. */
  get length(): number { return this.words[S.LENGTH]! }
  set length(to) { this.words[S.LENGTH] = to }
  /** Bytes of the frame on the wire. */
  get wireLength(): number { return this.words[S.WIRE_LENGTH]! }
  set wireLength(to) { this.words[S.WIRE_LENGTH] = to }
  /** Of its time, the nanoseconds behind the whole second. */
  get nanos(): number { return this.doubles[S.NANOS]! }
  set nanos(to) { this.doubles[S.NANOS] = to }
  /** The window as sent, and in bytes: scaled where the scale is known (both SYNs seen). */
  get rawWindow(): number { return this.words[S.RAW_WINDOW]! }
  set rawWindow(to) { this.words[S.RAW_WINDOW] = to }
  get window(): number { return this.words[S.WINDOW]! }
  set window(to) { this.words[S.WINDOW] = to }
  get isScaleKnown(): boolean { return this.words[S.IS_SCALE_KNOWN] === 1 }
  set isScaleKnown(is) { this.words[S.IS_SCALE_KNOWN] = Number(is) }
  /** SACK blocks. */
  get sackCount(): number { return this.words[S.SACK_COUNT]! }
  set sackCount(to) { this.words[S.SACK_COUNT] = to }
  /** Bits of Finding. */
  get findings(): number { return this.words[S.FINDINGS]! }
  set findings(to) { this.words[S.FINDINGS] = to }
  /** Dup ACK #n: the n. */
  get dupAckNumber(): number { return this.words[S.DUP_ACK_NUMBER]! }
  set dupAckNumber(to) { this.words[S.DUP_ACK_NUMBER] = to }
  /** An ACK that gives an RTT sample: nanoseconds, and the packet that it acknowledges; -1 and 0 without one. */
  get rtt(): number { return this.doubles[S.RTT]! }
  set rtt(to) { this.doubles[S.RTT] = to }
  get acknowledges(): number { return this.words[S.ACKNOWLEDGES]! }
  set acknowledges(to) { this.words[S.ACKNOWLEDGES] = to }
  /** For a retransmission: nanoseconds since the segment was last sent; -1 when that was not seen. */
  get sinceSent(): number { return this.doubles[S.SINCE_SENT]! }
  set sinceSent(to) { this.doubles[S.SINCE_SENT] = to }
  /** Bytes that the sender has sent and not seen acknowledged, after this segment; -1 before the first ACK. */
  get inFlight(): number { return this.words[S.IN_FLIGHT]! }
  set inFlight(to) { this.words[S.IN_FLIGHT] = to }
  /** Numbers of TcpState (src/procnet/tcp-state.ts) after this segment, as sent by one side and received by the other; 0: not known. */
  get originatorState(): number { return this.words[S.ORIGINATOR_STATE]! }
  set originatorState(to) { this.words[S.ORIGINATOR_STATE] = to }
  get responderState(): number { return this.words[S.RESPONDER_STATE]! }
  set responderState(to) { this.words[S.RESPONDER_STATE] = to }
  /** Before it. */
  get originatorStateBefore(): number { return this.words[S.ORIGINATOR_STATE_BEFORE]! }
  set originatorStateBefore(to) { this.words[S.ORIGINATOR_STATE_BEFORE] = to }
  get responderStateBefore(): number { return this.words[S.RESPONDER_STATE_BEFORE]! }
  set responderStateBefore(to) { this.words[S.RESPONDER_STATE_BEFORE] = to }
  /** The state rests on segments that were not seen: the handshake was not captured. */
  get isOriginatorAssumed(): boolean { return this.words[S.IS_ORIGINATOR_ASSUMED] === 1 }
  set isOriginatorAssumed(is) { this.words[S.IS_ORIGINATOR_ASSUMED] = Number(is) }
  get isResponderAssumed(): boolean { return this.words[S.IS_RESPONDER_ASSUMED] === 1 }
  set isResponderAssumed(is) { this.words[S.IS_RESPONDER_ASSUMED] = Number(is) }
  /** With IMPOSSIBLE: why, a number of IMPOSSIBLE_REASONS. */
  get impossible(): number { return this.words[S.IMPOSSIBLE]! }
  set impossible(to) { this.words[S.IMPOSSIBLE] = to }

  /** As sent. */
  get absoluteSeq(): number {
    return this.sequence >>> 0
  }

  get absoluteAck(): number {
    return this.acknowledgment >>> 0
  }

  /** Counted from each direction's initial number: 0 is the SYN, 1 the first byte. Where the SYN was not seen the first byte seen is 1. */
  get seq(): number {
    return seq.minus(this.sequence, this.initial)
  }

  /** Counted likewise; 0 without the ACK flag. */
  get ack(): number {
    return this.flags & Flag.ACK ? seq.minus(this.acknowledgment, this.peerInitial) : 0
  }

  /** Whether all bits of `finding` are set. */
  has(finding: number): boolean {
    return (this.findings & finding) === finding
  }

  /** The packet that `finding` (one bit, set) refers to; 0: none. */
  referenceOf(finding: number): number {
    return this.refers[bitOf(finding)]!
  }
}
