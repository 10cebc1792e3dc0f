/** One segment and what is known after it. One object is refilled for every segment: nothing in it may be kept. */
import { Flag } from '../decode/tcp.js'
import { bitOf } from './findings.js'
import { FINDINGS } from './record.js'
import * as S from './segment-fields.js'
import * as seq from './seq.js'

export class Segment {
  /** The fields as segment-fields.ts has them: Conversations writes what a frame says there, the rules what they find. */
  readonly words: Int32Array
  readonly doubles: Float64Array
  /** SACK blocks' edges (left, right, left, …) counted like `ack`. */
  readonly sack: Uint32Array
  /** For each bit that is set in `findings`, by its number: the packet it refers to; 0 when there is none. Bits that are not set hold leftovers. */
  readonly refers: Uint32Array

  /** @param at where its fields begin, bytes */
  constructor(buffer: ArrayBufferLike, at: number) {
    this.words = new Int32Array(buffer, at, S.SIZE)
    this.doubles = new Float64Array(buffer, at, S.SIZE >> 1)
    this.sack = new Uint32Array(buffer, at + S.SACK * 4, 8)
    this.refers = new Uint32Array(buffer, at + S.REFERS * 4, FINDINGS)
  }

  /** Connection or conversation, from 0, in the order of their first packets. */
  get connection(): number { return this.words[S.CONNECTION]! }
  /** The first packet of that connection. */
  get isFirst(): boolean { return this.words[S.IS_FIRST] === 1 }
  /** 0: sent by the originator (who sent the SYN, else the first packet); 1: by the responder. */
  get direction(): 0 | 1 { return this.words[S.DIRECTION] as 0 | 1 }
  /** Packet number in the capture, from 1. */
  get packet(): number { return this.words[S.PACKET]! }
  /** Nanoseconds since `Conversations.baseSeconds`. */
  get time(): number { return this.doubles[S.TIME]! }
  /** Nanoseconds since the connection's packet before; 0 for the first. */
  get gap(): number { return this.doubles[S.GAP]! }
  /** IP protocol number: 6 TCP, 17 UDP, 1 ICMP, 58 ICMPv6. What follows is only set for TCP, but for `length` and `wireLength`. */
  get protocol(): number { return this.words[S.PROTOCOL]! }
  /** Bits of `tcp.Flag`. */
  get flags(): number { return this.words[S.FLAGS]! }
  /** @internal As sent, and the two directions' initial numbers, as 32-bit integers: `absoluteSeq`, `seq` … are reckoned from them when somebody asks. */
  get sequence(): number { return this.words[S.SEQUENCE]! }
  get acknowledgment(): number { return this.words[S.ACKNOWLEDGMENT]! }
  get initial(): number { return this.words[S.INITIAL]! }
  get peerInitial(): number { return this.words[S.PEER_INITIAL]! }
  /** Bytes of data, by the IP header. */
  get length(): number { return this.words[S.LENGTH]! }
  /** Bytes of the frame on the wire. */
  get wireLength(): number { return this.words[S.WIRE_LENGTH]! }
  /** Of its time, the nanoseconds behind the whole second. */
  get nanos(): number { return this.doubles[S.NANOS]! }
  /** The window as sent, and in bytes: scaled where the scale is known (both SYNs seen). */
  get rawWindow(): number { return this.words[S.RAW_WINDOW]! }
  get window(): number { return this.words[S.WINDOW]! }
  get isScaleKnown(): boolean { return this.words[S.IS_SCALE_KNOWN] === 1 }
  /** SACK blocks. */
  get sackCount(): number { return this.words[S.SACK_COUNT]! }
  /** Bits of Finding. */
  get findings(): number { return this.words[S.FINDINGS]! }
  /** Dup ACK #n: the n. */
  get dupAckNumber(): number { return this.words[S.DUP_ACK_NUMBER]! }
  /** An ACK that gives an RTT sample: nanoseconds, and the packet that it acknowledges; -1 and 0 without one. */
  get rtt(): number { return this.doubles[S.RTT]! }
  get acknowledges(): number { return this.words[S.ACKNOWLEDGES]! }
  /** For a retransmission: nanoseconds since the segment was last sent; -1 when that was not seen. */
  get sinceSent(): number { return this.doubles[S.SINCE_SENT]! }
  /** Bytes that the sender has sent and not seen acknowledged, after this segment; -1 before the first ACK. */
  get inFlight(): number { return this.words[S.IN_FLIGHT]! }
  /** Numbers of TcpState (src/procnet/tcp-state.ts) after this segment, as sent by one side and received by the other; 0: not known. */
  get originatorState(): number { return this.words[S.ORIGINATOR_STATE]! }
  get responderState(): number { return this.words[S.RESPONDER_STATE]! }
  /** Before it. */
  get originatorStateBefore(): number { return this.words[S.ORIGINATOR_STATE_BEFORE]! }
  get responderStateBefore(): number { return this.words[S.RESPONDER_STATE_BEFORE]! }
  /** The state rests on segments that were not seen: the handshake was not captured. */
  get isOriginatorAssumed(): boolean { return this.words[S.IS_ORIGINATOR_ASSUMED] === 1 }
  get isResponderAssumed(): boolean { return this.words[S.IS_RESPONDER_ASSUMED] === 1 }
  /** With IMPOSSIBLE: why, a number of IMPOSSIBLE_REASONS. */
  get impossible(): number { return this.words[S.IMPOSSIBLE]! }

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
