/** One segment and what is known after it. One object is refilled for every segment: nothing in it may be kept. */
import { Flag } from '../decode/tcp.js'
import { bitOf } from './findings.js'
import { FINDINGS } from './record.js'
import * as seq from './seq.js'

/** What of a state is said in `stateChanges` and a transition's `why`. */
export const Side = { ORIGINATOR: 0, RESPONDER: 1 } as const

/** What a field begins with that will hold numbers beyond 31 bits: V8 then keeps it as a double from the start, and no code is compiled twice. */
const LARGE = Number.NaN

export class Segment {
  /** Connection or conversation, from 0, in the order of their first packets. */
  connection = 0
  /** The first packet of that connection. */
  isFirst = false
  /** 0: sent by the originator (who sent the SYN, else the first packet); 1: by the responder. */
  direction: 0 | 1 = 0
  /** Packet number in the capture, from 1. */
  packet = 0
  /** Nanoseconds since `Conversations.baseSeconds`. */
  time = LARGE
  /** Nanoseconds since the connection's packet before; 0 for the first. */
  gap = LARGE
  /** IP protocol number: 6 TCP, 17 UDP, 1 ICMP, 58 ICMPv6. What follows is only set for TCP, but for `length` and `wireLength`. */
  protocol = 0
  /** Bits of `tcp.Flag`. */
  flags = 0
  /** @internal As sent, and the two directions' initial numbers, as 32-bit integers: `absoluteSeq`, `seq` … are reckoned from them when somebody asks. */
  sequence = 0
  acknowledgment = 0
  initial = 0
  peerInitial = 0
  /** Bytes of data, by the IP header. */
  length = 0
  /** Bytes of the frame on the wire. */
  wireLength = 0
  /** Of its time, the nanoseconds behind the whole second. */
  nanos = 0
  /** The window as sent, and in bytes: scaled where the scale is known (both SYNs seen). */
  rawWindow = 0
  window = 0
  isScaleKnown = false
  /** SACK blocks, and their edges (left, right, left, …) counted like `ack`. */
  sackCount = 0
  readonly sack = new Uint32Array(8)
  /** Bits of Finding. */
  findings = 0
  /** For each bit that is set in `findings`, by its number: the packet it refers to; 0 when there is none. Bits that are not set hold leftovers. */
  readonly refers = new Uint32Array(FINDINGS)
  /** Dup ACK #n: the n. */
  dupAckNumber = 0
  /** An ACK that gives an RTT sample: nanoseconds, and the packet that it acknowledges; -1 and 0 without one. */
  rtt = LARGE
  acknowledges = 0
  /** For a retransmission: nanoseconds since the segment was last sent; -1 when that was not seen. */
  sinceSent = LARGE
  /** Bytes that the sender has sent and not seen acknowledged, after this segment; -1 before the first ACK. */
  inFlight = -1
  /** Numbers of TcpState (src/procnet/tcp-state.ts) after this segment, as sent by one side and received by the other; 0: not known. */
  originatorState = 0
  responderState = 0
  /** Before it. */
  originatorStateBefore = 0
  responderStateBefore = 0
  /** The state rests on segments that were not seen: the handshake was not captured. */
  isOriginatorAssumed = false
  isResponderAssumed = false
  /** With IMPOSSIBLE: why, a number of IMPOSSIBLE_REASONS. */
  impossible = 0

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

  /** @internal */
  find(finding: number, packet: number): void {
    this.findings |= finding
    this.refers[bitOf(finding)] = packet
  }
}
