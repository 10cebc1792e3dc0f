/**
 * What a TCP segment is, told from the segments before it: the rules of docs/analysis.md. One object serves all connections; `take` points it at the row of one.
 */
import { i32 } from '../bytes.js'
import * as ip4 from '../decode/ip4.js'
import type { Layout } from '../decode/layout.js'
import * as tcp from '../decode/tcp.js'
import { TcpState } from '../procnet/tcp-state.js'
import { Took, afterReceiving, afterSending } from './endpoint-states.js'
import { Finding, bitOf } from './findings.js'
import { Letter, note } from './history.js'
import { Mark, Outstanding } from './outstanding.js'
import { RecentPackets } from './recent.js'
import type { Place } from './place.js'
import * as R from './record.js'
import { Has, Records, Scale, Seen } from './record.js'
import { RttStore } from './rtt.js'
import { SegmentOptions } from './segment-options.js'
import type { Segment } from './segment.js'
import * as seq from './seq.js'
import { between, exactlyBetween } from './times.js'
import { Transitions } from './transitions.js'

const MS = 1e6
const { SYN, FIN, RST, ACK } = tcp.Flag
const SFR = SYN | FIN | RST
const RARE = 0xff & ~(ACK | tcp.Flag.PSH)

/** An equal packet is the same packet for so long: where IP identification tells it from a sending anew, and where nothing does. */
const TWICE = 50 * MS
const TWICE_WITHOUT_ID = 3 * MS
const TWICE_BIT = bitOf(Finding.CAPTURED_TWICE)
const FAST_BIT = bitOf(Finding.FAST)
/** Data of such is none that an application has just given. */
const NO_NEW_DATA = Finding.RETRANSMISSION | Finding.OUT_OF_ORDER | Finding.KEEP_ALIVE | Finding.ZERO_WINDOW_PROBE | Finding.CAPTURED_TWICE
/** Wireshark's: an ACK may be so old for a fast retransmission; a segment out of order comes so soon where the handshake was not seen. */
const FAST_WITHIN = 20 * MS
const REORDERED_WITHIN = 3 * MS
/** The shortest retransmission timeout in use: Linux' TCP_RTO_MIN. */
const LEAST_RTO = 200 * MS
/** A timer is rarely exact. */
const TIMER_SLACK = 10 * MS
/** Two IP identifications of one counter are so near when their packets are. */
const NEAR_ID = 1024
/** What is known of both sides of a connection under way. */
const SETTLED = Has.ISN | Has.NEXT | Has.ACKABLE | Has.ACK
/** What was seen when nothing of the handshake is waited for. */
const SHAKEN = Seen.HANDSHAKE_ACK | Seen.TIMED
const SHAKING = Seen.SYN_ACK | Seen.HANDSHAKE_ACK
/** States that sending, or taking in, a segment without SYN, FIN and RST leaves as they are: bits by number. */
const CALM_RECEIVER = (1 << TcpState.ESTABLISHED) | (1 << TcpState.CLOSE_WAIT) | (1 << TcpState.FIN_WAIT2) | (1 << TcpState.TIME_WAIT) | (1 << TcpState.CLOSE)
const CALM_SENDER = CALM_RECEIVER | (1 << TcpState.SYN_RECV) | (1 << TcpState.FIN_WAIT1) | (1 << TcpState.CLOSING) | (1 << TcpState.LAST_ACK)
/** No window yet. */
const NO_WINDOW = -1

export class TcpRules {
  readonly outstanding = new Outstanding()
  readonly transitions = new Transitions()
  readonly rtts = new RttStore()
  readonly #recent = new RecentPackets()
  readonly #options = new SegmentOptions()
  readonly #records: Records
  /** The row at hand: words, doubles, where it begins in each, and the sides of the sender and the receiver. */
  #u: Int32Array = new Int32Array(0)
  #d: Float64Array = new Float64Array(0)
  #row = 0
  #rowD = 0
  #me = 0
  #peer = 0
  #meD = 0
  #peerD = 0
  /** The segment's numbers as 32-bit integers, as all rows have them; one past its last sequence number; its IP identification. */
  #seq = 0
  #ack = 0
  #end = 0
  #id = 0
  /** What `#overlap` found: bytes seen before, the first segment that holds some, the last that begins before, the first that begins behind. */
  #seenBytes = 0
  #original = -1
  #previous = -2
  #follower = -1
  #allSacked = false

  constructor(records: Records) {
    this.#records = records
  }

  #point(s: Segment): void {
    const c = s.connection, isBack = s.direction === 1
    this.#u = this.#records.words(c)
    this.#d = this.#records.doubles(c)
    const row = (this.#row = Records.at(c)), rowD = (this.#rowD = Records.doublesAt(c))
    const a = row + R.SIDE_AT, aD = rowD + R.SIDE_DOUBLES_AT
    this.#me = isBack ? a + R.SIDE_SIZE : a
    this.#peer = isBack ? a : a + R.SIDE_SIZE
    this.#meD = isBack ? aD + R.SIDE_DOUBLES_SIZE : aD
    this.#peerD = isBack ? aD : aD + R.SIDE_DOUBLES_SIZE
    if (s.isFirst) this.#begin(s)
  }

  #begin(s: Segment): void {
    const u = this.#u, d = this.#d, row = this.#row
    u[row + R.FIRST_PACKET] = s.packet
    if (s.direction === 1) note(u, row, 1, Letter.FLIPPED)
    d[this.#rowD + R.FIRST_TIME] = d[this.#rowD + R.LAST_TIME] = s.time
    d[this.#rowD + R.HANDSHAKE_RTT] = d[this.#rowD + R.SYN_RTT] = d[this.#rowD + R.SYN_ACK_RTT] = -1
    this.#beginSide(this.#me, this.#meD)
    this.#beginSide(this.#peer, this.#peerD)
  }

  #beginSide(side: number, sideD: number): void {
    const u = this.#u, d = this.#d
    u[side + R.SCALE] = Scale.UNKNOWN
    u[side + R.WINDOW] = NO_WINDOW
    u[side + R.MIN_WINDOW] = 0x7fffffff
    d[sideD + R.ZERO_SINCE] = -1
    d[sideD + R.RTT_MIN] = Infinity
    d[sideD + R.RTT_MAX] = -1
    d[sideD + R.SIDE_FIRST_TIME] = d[sideD + R.FIRST_DATA_TIME] = -1
  }

  /** Whether a SYN on known addresses and ports begins another connection: it has other numbers. */
  isReuse(connection: number, reversed: boolean, sequence: number): boolean {
    const u = this.#records.words(connection), row = Records.at(connection)
    const isBack = (u[row + R.REVERSED] === 1) !== reversed
    const me = row + R.SIDE_AT + (isBack ? R.SIDE_SIZE : 0)
    return (u[me + R.HAS]! & Has.ISN) !== 0 && u[me + R.ISN] !== (sequence | 0)
  }

  /** Counts a packet of any protocol. */
  count(s: Segment, l: Layout): void {
    this.#point(s)
    const gap = s.time - this.#d[this.#rowD + R.LAST_TIME]!
    s.gap = gap
    const seen = this.#u[this.#row + R.SEEN]!
    if (s.direction === 1 && (seen & Seen.ANSWER) === 0) this.#d[this.#rowD + R.SYN_RTT] = s.time - this.#d[this.#rowD + R.FIRST_TIME]!
    this.#count(s)
    if (s.length > 0) note(this.#u, this.#row, s.direction, Letter.DATA)
    this.#u[this.#me + R.TTL] ||= l.b[l.network + (l.ipVersion === 4 ? 8 : 7)]!
  }

  #count(s: Segment): void {
    const u = this.#u, d = this.#d, me = this.#me, meD = this.#meD, time = s.time
    if (u[me + R.PACKETS]!++ === 0) d[meD + R.SIDE_FIRST_TIME] = time
    u[me + R.SIDE_LAST_PACKET] = s.packet
    u[this.#row + R.LAST_PACKET] = s.packet
    d[meD + R.WIRE_BYTES]! += s.wireLength
    d[meD + R.SIDE_LAST_TIME] = time
    if (time > d[this.#rowD + R.LAST_TIME]!) d[this.#rowD + R.LAST_TIME] = time
    else if (time < d[this.#rowD + R.FIRST_TIME]!) d[this.#rowD + R.FIRST_TIME] = time
    if (s.length > 0) this.#countData(s)
    if (s.direction === 1) u[this.#row + R.SEEN]! |= Seen.ANSWER
  }

  #countData(s: Segment): void {
    const u = this.#u, d = this.#d, me = this.#me, meD = this.#meD, length = s.length
    if (u[me + R.DATA_PACKETS]!++ === 0) d[meD + R.FIRST_DATA_TIME] = s.time
    d[meD + R.BYTES]! += length
    if (length > u[me + R.MAX_LENGTH]!) u[me + R.MAX_LENGTH] = length
    d[meD + R.LAST_DATA_TIME] = s.time
  }

  /**
   * Judges the segment, whose connection, direction, numbers, flags and length stand in `s`, and fills the rest of it.
   * @param former the connection that had its addresses and ports before; -1
   * @returns false for a packet captured twice that is left out
   */
  take(s: Segment, l: Place, former: number, dedup: boolean): boolean {
    this.#point(s)
    this.#id = l.ipVersion === 4 ? ip4.id(l.b, l.network) : 0
    s.sequence = this.#seq = i32(l.b, l.transport + tcp.SEQ_AT)
    s.acknowledgment = this.#ack = i32(l.b, l.transport + tcp.ACK_AT)
    this.outstanding.now = this.#recent.now = s.time
    s.gap = s.time - this.#d[this.#rowD + R.LAST_TIME]!
    s.dupAckNumber = 0
    s.rtt = s.sinceSent = -1
    s.acknowledges = 0
    s.sackCount = 0
    s.impossible = 0
    s.rawWindow = tcp.window(l.b, l.transport)
    const original = this.#capturedBefore(s, l)
    if (original === 0 && former < 0 && !s.isFirst && this.#ordinary(s, l)) return true
    return this.#takeOther(s, l, original, former, dedup)
  }

  /** What is not ordinary: apart, so that V8 need not give the code of `take` up whenever something comes for the first time. */
  #takeOther(s: Segment, l: Place, original: number, former: number, dedup: boolean): boolean {
    if (original > 0 && dedup) return false
    const u = this.#u, d = this.#d, me = this.#me
    if (former >= 0) {
      u[this.#row + R.FORMER] = former + 1
      const of = this.#records.words(former)
      s.find(Finding.PORT_REUSE, of[Records.at(former) + R.LAST_PACKET]!)
    }
    if (original > 0) {
      s.find(Finding.CAPTURED_TWICE, original)
      this.#relate(s)
      // tshark counts the handshake from the last sight of the SYN.
      if ((s.flags & (SYN | ACK)) === SYN) {
        d[this.#rowD + R.SYN_TIME] = s.time
        d[this.#rowD + R.SYN_NANOS] = s.nanos
      }
      this.#beforeStates(s)
      d[this.#meD + R.BYTES_TWICE]! += s.length
    } else this.#judge(s, l)
    this.#count(s)
    this.#countFlags(s.flags, s.length)
    if (s.findings !== 0) this.#countFindings(s)
    if (original === 0) u[me + R.LAST_FINDINGS] = s.findings
    s.inFlight = (u[this.#peer + R.HAS]! & Has.ACK) === 0 ? -1 : Math.max(0, seq.distance(u[me + R.NEXT_SEQ]!, u[this.#peer + R.LAST_ACK]!))
    if (s.inFlight > u[me + R.MAX_IN_FLIGHT]!) {
      u[me + R.MAX_IN_FLIGHT] = s.inFlight
      u[me + R.MAX_IN_FLIGHT_PACKET] = s.packet
    }
    return true
  }

  /** The packet that this one is another sight of; 0: none. */
  #capturedBefore(s: Segment, l: Place): number {
    const u = this.#u, me = this.#me, id = this.#id
    const where = (s.connection * 2 + s.direction) ^ Math.imul((s.flags << 16) | s.rawWindow, 0x9e3779b1) ^ (s.length << 8)
    const found = this.#recent.remember(where, this.#seq, this.#ack, (id << 16) | tcp.checksum(l.b, l.transport), s.packet)
    const step = (id - u[me + R.LAST_IP_ID]!) & 0xffff
    if (step !== 0) {
      u[me + R.IP_ID_CHANGES]!++
      if (step < NEAR_ID) u[me + R.IP_ID_STEPS]!++
      u[me + R.LAST_IP_ID] = id
    }
    if (found === 0) return 0
    const age = s.time - this.#recent.time
    // Where no identification tells, equal ACKs and RSTs are more likely sent twice, and an answer of the other side between the two speaks for data sent again.
    const occupies = s.length > 0 || (s.flags & (SYN | FIN)) !== 0 || u[me + R.COUNTS + TWICE_BIT]! > 0
    // One that never changes tells nothing. (Linux' SYN-ACK has 0, whatever follows; and that may have been captured more than once.)
    const tells = id !== 0 && (u[me + R.IP_ID_CHANGES]! > 1 || u[me + R.PACKETS]! < 4)
    const isSame = tells ? age <= TWICE : age <= TWICE_WITHOUT_ID && occupies && u[this.#peer + R.SIDE_LAST_PACKET]! < found
    if (isSame && age >= 0) return found
    this.#recent.replace(s.packet)
    return 0
  }

  /** Sets the initial numbers that are known now, and the relative ones in `s`. */
  #relate(s: Segment): void {
    const u = this.#u, me = this.#me, peer = this.#peer
    const has = u[me + R.HAS]!
    if ((has & Has.ISN) === 0) {
      u[me + R.HAS] = has | Has.ISN
      u[me + R.ISN] = s.flags & SYN ? this.#seq : (this.#seq - 1) | 0
    }
    if ((u[peer + R.HAS]! & Has.ISN) === 0 && s.flags & ACK) {
      u[peer + R.HAS]! |= Has.ISN
      u[peer + R.ISN] = (this.#ack - 1) | 0
    }
    s.initial = u[me + R.ISN]!
    s.peerInitial = u[peer + R.ISN]!
    const scale = u[me + R.SCALE]!
    s.isScaleKnown = scale !== Scale.UNKNOWN
    s.window = scale >= Scale.NONE || s.flags & SYN ? s.rawWindow : s.rawWindow << scale
  }

  /**
   * A segment of the kind that most are: data in order, an ACK that goes on or comes again, or both, on a connection where nothing is missing, no window shut and no
   * state about to change. It comes to the same as `#judge` and the counting behind it, which are for all others, in a fraction of the time: nearly all segments
   * of any capture come this way. False: it is not of that kind, and nothing was done.
   */
  #ordinary(s: Segment, l: Place): boolean {
    const u = this.#u, row = this.#row, me = this.#me, peer = this.#peer, length = s.length, flags = s.flags
    const has = u[me + R.HAS]!, peerHas = u[peer + R.HAS]!
    if ((flags & ~tcp.Flag.PSH) !== ACK || (has & peerHas & SETTLED) !== SETTLED) return false
    const here = this.#seq, ack = this.#ack, window = s.rawWindow, ownWindow = u[me + R.WINDOW]!, peerWindow = u[peer + R.WINDOW]!
    if (here !== u[me + R.NEXT_SEQ] || here !== u[me + R.ACKABLE] || window === 0 || peerWindow === 0 || ownWindow === 0) return false
    const forward = (ack - u[me + R.LAST_ACK]!) | 0
    if (forward < 0 || (((u[peer + R.ACKABLE]! - ack) | 0) < 0 && (peerHas & Has.BEYOND) === 0) || u[peer + R.LAST_FINDINGS]! & (Finding.KEEP_ALIVE | Finding.ZERO_WINDOW_PROBE)) return false
    const seen = u[row + R.SEEN]!
    if (seen & Seen.SYN && (seen & SHAKEN) !== SHAKEN) return false
    const mine = u[me + R.STATE]!, theirs = u[peer + R.STATE]!
    if (((CALM_SENDER >> mine) & (CALM_RECEIVER >> theirs) & 1) === 0) return false
    if ((peerHas & Has.FIN && (has & Has.TOOK_FIN) === 0) || (has & Has.FIN && (peerHas & Has.TOOK_FIN) === 0)) return false
    const end = (here + length) | 0, mss = u[peer + R.MSS]!, peerAck = u[peer + R.LAST_ACK]!
    if ((length > mss && mss > 0) || ((peerAck - here) | 0) > 0) return false
    const scale = u[peer + R.SCALE]!
    const room = scale >= Scale.NONE || peerHas & Has.WINDOW_PLAIN ? peerWindow : peerWindow << scale
    if (length > 0 && scale !== Scale.UNKNOWN && end === ((peerAck + room) | 0)) return false
    const o = this.#options, header = l.payload - l.transport
    if (header === tcp.MIN_HEADER) o.none()
    else if (header !== tcp.MIN_HEADER + 12 || !o.readUsual(l.b, l.transport + tcp.MIN_HEADER, l.end)) return false

    const d = this.#d, meD = this.#meD, packet = s.packet
    s.initial = u[me + R.ISN]!
    s.peerInitial = u[peer + R.ISN]!
    const ownScale = u[me + R.SCALE]!
    s.isScaleKnown = ownScale !== Scale.UNKNOWN
    s.window = ownScale >= Scale.NONE ? window : window << ownScale
    if (s.gap >= MS) this.#rest(s)
    if (length > 0 && u[me + R.LIST_FIRST] === 0) this.#rested(s)
    if (forward > 0) {
      u[me + R.DUP_ACKS] = 0
      u[me + R.ACK_PACKET] = packet
      u[me + R.LAST_ACK] = ack
    } else if (length === 0) this.#sameAck(s, window !== ownWindow)
    // An ACK that comes again too: the data may have come to the capture point behind the first.
    if (u[peer + R.LIST_FIRST] !== 0) this.#takeAcknowledged(s)
    d[meD + R.LAST_ACK_TIME] = s.time
    if (length > 0) {
      this.outstanding.add(u, me, -1, here, end, packet, o.timestamp, this.#id, o.hasTimestamp ? Mark.TIMESTAMP : 0)
      u[me + R.NEXT_SEQ] = end
      u[me + R.ACKABLE] = end
      this.#noteHighest(s)
      if (scale !== Scale.UNKNOWN && room - ((end - peerAck) | 0) < (mss || length)) this.#noteLimited(s)
      this.#countData(s)
    }
    u[me + R.HAS] = (has & ~Has.WINDOW_PLAIN) | (o.hasTimestamp ? Has.TIMESTAMPS : 0)
    if (window !== ownWindow || has & Has.WINDOW_PLAIN) {
      u[me + R.WINDOW] = window
      this.#noteWindow(s)
    }
    note(u, row, s.direction, length > 0 ? Letter.DATA : Letter.ACK)
    this.#beforeStates(s)
    if (has & (Has.FIN | Has.RST) && (mine !== TcpState.ESTABLISHED || theirs !== TcpState.ESTABLISHED)) {
      this.#end = end
      this.#possible(s)
    }

    u[me + R.PACKETS]!++
    u[me + R.SIDE_LAST_PACKET] = packet
    u[row + R.LAST_PACKET] = packet
    u[row + R.SEEN] = seen | (length > 0 ? Seen.DATA : 0) | (s.direction === 1 ? Seen.ANSWER : 0)
    d[meD + R.WIRE_BYTES]! += s.wireLength
    d[meD + R.SIDE_LAST_TIME] = s.time
    if (s.gap > 0) d[this.#rowD + R.LAST_TIME] = s.time
    if (s.time < d[this.#rowD + R.FIRST_TIME]!) d[this.#rowD + R.FIRST_TIME] = s.time
    u[me + R.ACK_PACKETS]!++
    u[me + R.PSH_PACKETS]! += (flags >> 3) & 1
    if (length === 0) u[me + R.PURE_ACKS]!++
    const findings = s.findings
    if (findings !== 0) this.#countFindings(s)
    u[me + R.LAST_FINDINGS] = findings
    const inFlight = Math.max(0, (end - peerAck) | 0)
    s.inFlight = inFlight
    if (inFlight > u[me + R.MAX_IN_FLIGHT]!) {
      u[me + R.MAX_IN_FLIGHT] = inFlight
      u[me + R.MAX_IN_FLIGHT_PACKET] = packet
    }
    return true
  }

  /** An ordinary segment that has nothing but the acknowledgment of the one before: a window update, or a duplicate ACK. */
  #sameAck(s: Segment, hasOtherWindow: boolean): void {
    const u = this.#u, me = this.#me
    if (hasOtherWindow) s.find(Finding.WINDOW_UPDATE, u[me + R.SIDE_LAST_PACKET]!)
    else {
      s.dupAckNumber = ++u[me + R.DUP_ACKS]!
      s.find(Finding.DUP_ACK, u[me + R.ACK_PACKET]!)
    }
    if (u[this.#peer + R.LIST_FIRST] !== 0) this.#takeAcknowledged(s)
    this.#noteWindow(s)
  }

  #judge(s: Segment, l: Place): void {
    const { flags } = s, o = this.#options, u = this.#u, { b, transport: at } = l
    const headerEnd = l.payload
    o.read(b, at + tcp.MIN_HEADER, headerEnd, l.end, this.#ack)
    if (flags & SYN) {
      if (flags & ACK) this.#otherNumbers(s)
      this.#synOptions(flags)
    }
    this.#relate(s)
    if (o.hasTimestamp) u[this.#me + R.HAS]! |= Has.TIMESTAMPS
    this.#end = (this.#seq + s.length + (flags & (SYN | FIN) ? 1 : 0)) | 0
    this.#handshake(s)
    this.#findings(s)
    this.#rest(s)
    if (s.length > 0 && u[this.#me + R.LIST_FIRST] === 0) this.#rested(s)
    if (flags & ACK) this.#takeAck(s)
    if (s.length > 0 || flags & (SYN | FIN)) this.#takeData(s)
    else if ((flags & RST) === 0) this.#takePlace(s)
    this.#takeWindow(s)
    this.#letters(s)
    this.#states(s)
  }

  /** A SYN-ACK with other numbers than its side had: what came before, without a SYN, was of an earlier connection on these ports. */
  #otherNumbers(s: Segment): void {
    const u = this.#u, me = this.#me, has = u[me + R.HAS]!
    if ((has & Has.ISN) === 0 || u[me + R.ISN] === this.#seq || u[me + R.PACKETS] === 0) return
    s.find(Finding.PORT_REUSE, u[me + R.SIDE_LAST_PACKET]!)
    if ((has & Has.SYN) === 0) u[me + R.ISN] = this.#seq
  }

  /** Options that hold for the whole connection. */
  #synOptions(flags: number): void {
    const u = this.#u, me = this.#me, peer = this.#peer, o = this.#options
    u[me + R.MSS] = o.mss
    u[me + R.SCALE] = o.scale < 0 ? Scale.NONE : o.scale
    u[me + R.HAS]! |= Has.SYN | (o.sackPermitted ? Has.SACK_OK : 0) | (o.hasTimestamp ? Has.TIMESTAMPS : 0)
    // Both must want it: RFC 7323 §2.2
    if (flags & ACK && u[peer + R.SCALE] !== Scale.UNKNOWN && (o.scale < 0 || u[peer + R.SCALE] === Scale.NONE)) u[me + R.SCALE] = u[peer + R.SCALE] = Scale.NONE
  }

  #handshake(s: Segment): void {
    const u = this.#u, d = this.#d, row = this.#row, rowD = this.#rowD, flags = s.flags
    const seen = u[row + R.SEEN]!
    if (flags & SYN) {
      if (flags & ACK) {
        u[row + R.SEEN] = seen | Seen.SYN_ACK
        u[row + R.SYN_ACK_PACKET] ||= s.packet
        d[rowD + R.SYN_ACK_TIME] = s.time
        d[rowD + R.SYN_ACK_NANOS] = s.nanos
        if (seen & Seen.SYN && d[rowD + R.SYN_RTT]! < 0) d[rowD + R.SYN_RTT] = this.#since(R.SYN_TIME, R.SYN_NANOS, s)
      } else {
        // what it says it has is nothing
        u[this.#me + R.HAS]! &= ~Has.ACK
        u[row + R.SEEN] = seen | Seen.SYN
        u[row + R.SYN_PACKET] = s.packet
        d[rowD + R.SYN_TIME] = s.time
        d[rowD + R.SYN_NANOS] = s.nanos
      }
    } else if (flags & ACK && seen & Seen.SYN) {
      // What tshark calls the initial RTT: to the first ACK of any kind, be it a refusal; where the capture's clock stood still since the SYN, to the first one later.
      const isGivenUp = (flags & RST) !== 0 && (s.direction === 0) === ((seen & Seen.ANSWER) === 0)
      if ((seen & Seen.TIMED) === 0 && s.time > d[rowD + R.SYN_TIME]! && !isGivenUp) {
        d[rowD + R.HANDSHAKE_RTT] = this.#since(R.SYN_TIME, R.SYN_NANOS, s)
        u[row + R.SEEN]! |= Seen.TIMED
      }
      if ((seen & SHAKING) === Seen.SYN_ACK && (flags & RST) === 0) {
        u[row + R.SEEN]! |= Seen.HANDSHAKE_ACK
        u[row + R.HANDSHAKE_PACKET] = s.packet
        d[rowD + R.SYN_ACK_RTT] = this.#since(R.SYN_ACK_TIME, R.SYN_ACK_NANOS, s)
      }
    }
    if (flags & FIN) u[row + R.SEEN]! |= Seen.FIN
    if (flags & (FIN | RST) && (flags & (SYN | ACK)) === ACK && s.length === 0) u[row + R.SEEN]! |= Seen.LAST_ACK
    if (s.length > 0) u[row + R.SEEN]! |= Seen.DATA
    if (flags & RST && (seen & Seen.RST) === 0) {
      u[row + R.SEEN]! |= Seen.RST | (s.direction === 1 ? Seen.RST_BY_RESPONDER : 0)
      u[row + R.RST_PACKET] = s.packet
    }
  }

  /** Nanoseconds since a time of the row. */
  #since(time: number, nanos: number, s: Segment): number {
    return exactlyBetween(this.#d[this.#rowD + time]!, this.#d[this.#rowD + nanos]!, s.time, s.nanos)
  }

  /** The rules for windows, probes, keep-alives, duplicate ACKs; then those for repeated data. */
  #findings(s: Segment): void {
    const u = this.#u, me = this.#me, peer = this.#peer, flags = s.flags, length = s.length
    const hasNext = (u[me + R.HAS]! & Has.NEXT) !== 0, next = u[me + R.NEXT_SEQ]!
    const isAtNext = hasNext && this.#seq === next, isPlain = (flags & SFR) === 0
    const peerIsShut = u[peer + R.WINDOW] === 0
    const peerFound = u[peer + R.LAST_FINDINGS]!
    let isTold = false
    if (isPlain && s.rawWindow === 0) s.find(Finding.ZERO_WINDOW, 0)
    if (length === 1 && isAtNext && peerIsShut) {
      s.find(Finding.ZERO_WINDOW_PROBE, u[peer + R.SIDE_LAST_PACKET]!)
      isTold = true
    } else {
      if (hasNext && seq.before(next, this.#seq) && (flags & RST) === 0) {
        s.find(Finding.LOST_PREVIOUS, u[me + R.NEXT_SEQ_PACKET]!)
        u[me + R.HAS]! &= ~Has.BEYOND
      }
      if (length <= 1 && isPlain && hasNext && ((this.#seq + 1) | 0) === next) {
        // Linux probes a shut window with the byte before.
        if (peerIsShut) s.find(Finding.ZERO_WINDOW_PROBE, u[peer + R.SIDE_LAST_PACKET]!)
        else s.find(Finding.KEEP_ALIVE, u[me + R.SIDE_LAST_PACKET]!)
      }
      if (length > 0 && isPlain) this.#windowFull(s)
    }
    if (length === 0 && isPlain && !isTold && (u[me + R.HAS]! & Has.ACK) !== 0) this.#pureAck(s, isAtNext, peerFound)
    if (flags & ACK && ((u[me + R.HAS]! & Has.ACK) === 0 || this.#ack !== u[me + R.LAST_ACK])) {
      u[me + R.DUP_ACKS] = 0
      u[me + R.ACK_PACKET] = s.packet
    }
    if (flags & ACK && (u[peer + R.HAS]! & (Has.ACKABLE | Has.BEYOND)) === Has.ACKABLE && seq.before(u[peer + R.ACKABLE]!, this.#ack)) this.#ackedUnseen(s)
    const isAcked = length > 0 && (u[peer + R.HAS]! & Has.ACK) !== 0 && !seq.before(u[peer + R.LAST_ACK]!, this.#end)
    if (hasNext && (length > 0 || flags & (SYN | FIN)) && (isAcked || (seq.before(this.#seq, next) && !this.#isNewButOne(length, next))) && (s.findings & (Finding.KEEP_ALIVE | Finding.ZERO_WINDOW_PROBE)) === 0) this.#repeated(s)
    if (length > 0 && length > u[peer + R.MSS]! && u[peer + R.MSS]! > 0) s.find(Finding.OVER_MSS, 0)
  }

  /**
   * Only the first byte's number was used before, and not for a byte that is known to be under way: a probe's, which the receiver may have dropped, or a SYN's or FIN's,
   * which programs that make up segments do not count. The rest is new.
   */
  #isNewButOne(length: number, next: number): boolean {
    if (length <= 1 || ((this.#seq + 1) | 0) !== next) return false
    const u = this.#u, me = this.#me, last = u[me + R.LIST_LAST]! - 1
    const isOneByte = last >= 0 && this.outstanding.seqOf(last) === this.#seq && this.outstanding.endOf(last) === next
    return !isOneByte || this.#seq === u[me + R.ISN] || ((u[me + R.HAS]! & Has.FIN) !== 0 && u[me + R.FIN_END] === next)
  }

  #windowFull(s: Segment): void {
    const u = this.#u, peer = this.#peer, scale = u[peer + R.SCALE]!
    if (scale === Scale.UNKNOWN || (u[peer + R.HAS]! & Has.ACK) === 0) return
    if (this.#end === ((u[peer + R.LAST_ACK]! + this.#windowOf(peer)) | 0)) s.find(Finding.WINDOW_FULL, u[peer + R.SIDE_LAST_PACKET]!)
  }

  /** The window that a side last announced, bytes. */
  #windowOf(side: number): number {
    const u = this.#u, scale = u[side + R.SCALE]!
    // What a SYN announces is never scaled: WINDOW_PLAIN is set by it.
    return scale >= Scale.NONE || (u[side + R.HAS]! & Has.WINDOW_PLAIN) !== 0 ? u[side + R.WINDOW]! : u[side + R.WINDOW]! << scale
  }

  /** A segment without data, SYN, FIN or RST, on a direction that has acknowledged before. */
  #pureAck(s: Segment, isAtNext: boolean, peerFound: number): void {
    const u = this.#u, me = this.#me, window = s.rawWindow, isSameWindow = window === u[me + R.WINDOW]
    if (!isAtNext) return
    const isSameAck = this.#ack === u[me + R.LAST_ACK]
    if (window === 0 && peerFound & Finding.ZERO_WINDOW_PROBE && (isSameAck || this.#ack === ((u[me + R.LAST_ACK]! + 1) | 0))) {
      s.find(Finding.ZERO_WINDOW_PROBE_ACK, u[this.#peer + R.SIDE_LAST_PACKET]!)
      return
    }
    if (!isSameAck) return
    const reportsGap = this.#options.sackCount > (this.#options.isDuplicateSack ? 1 : 0)
    if (window > 0 && !isSameWindow) s.find(Finding.WINDOW_UPDATE, u[me + R.SIDE_LAST_PACKET]!)
    else if (window > 0 && isSameWindow && peerFound & Finding.KEEP_ALIVE) s.find(Finding.KEEP_ALIVE_ACK, u[this.#peer + R.SIDE_LAST_PACKET]!)
    else if ((window > 0 && isSameWindow) || reportsGap) {
      s.dupAckNumber = ++u[me + R.DUP_ACKS]!
      s.find(Finding.DUP_ACK, u[me + R.ACK_PACKET]!)
    }
  }

  #ackedUnseen(s: Segment): void {
    const u = this.#u, peer = this.#peer
    // The byte of a probe was taken after all.
    if (u[peer + R.LAST_FINDINGS]! & Finding.ZERO_WINDOW_PROBE && this.#ack === ((u[peer + R.ACKABLE]! + 1) | 0)) {
      u[peer + R.ACKABLE] = this.#ack
      if (u[peer + R.NEXT_SEQ] === ((this.#ack - 1) | 0)) u[peer + R.NEXT_SEQ] = this.#ack
      return
    }
    s.find(Finding.ACKED_UNSEEN, u[peer + R.SIDE_LAST_PACKET]!)
    // What is missing is told once; beyond the highest byte seen, nothing more until the peer is seen again.
    u[peer + R.ACKABLE] = u[peer + R.NEXT_SEQ]!
    if (seq.before(u[peer + R.NEXT_SEQ]!, this.#ack)) u[peer + R.HAS]! |= Has.BEYOND
  }

  /** A segment that begins before the highest byte sent. */
  #repeated(s: Segment): void {
    const u = this.#u, d = this.#d, me = this.#me, peer = this.#peer, peerHasAck = (u[peer + R.HAS]! & Has.ACK) !== 0
    this.#overlap()
    const acked = u[peer + R.LAST_ACK]!, original = this.#original
    if (s.flags & SYN) return this.#sentAgain(s, Finding.SYN_AGAIN)
    const isCovered = peerHasAck && !seq.before(acked, this.#end)
    if (isCovered && s.length > 0) return this.#sentAgain(s, Finding.SPURIOUS)
    if (this.#allSacked) return this.#sentAgain(s, Finding.SPURIOUS)
    if (this.#seenBytes === 0 && !isCovered && s.length > 0) {
      const order = this.#order()
      const sinceAck = s.time - d[this.#peerD + R.LAST_ACK_TIME]!
      const isAsked = u[peer + R.DUP_ACKS]! >= 2 && acked === this.#seq && sinceAck >= 0 && sinceAck < FAST_WITHIN
      const handshake = d[this.#rowD + R.HANDSHAKE_RTT]!
      const sinceHighest = s.time - d[this.#meD + R.NEXT_SEQ_TIME]!
      // Before that one in time: captures stand one behind the other, and nothing was overtaken.
      const isSoon = sinceHighest < (handshake > 0 ? handshake : REORDERED_WITHIN)
      if (sinceHighest >= 0 && (order < 0 || (order === 0 && !isAsked && isSoon))) {
        s.find(Finding.OUT_OF_ORDER, this.#follower >= 0 ? this.outstanding.packetOf(this.#follower) : u[me + R.NEXT_SEQ_PACKET]!)
        return
      }
    }
    this.#sentAgain(s, this.#kind(s, original))
  }

  /** What the sender's counters say of when a segment that fills a gap was sent: -1 before the one that overtook it, 1 after it, 0 nothing. */
  #order(): -1 | 0 | 1 {
    const u = this.#u, me = this.#me, follower = this.#follower, list = this.outstanding
    // An ACK without data may have overtaken it too.
    const id = follower >= 0 ? list.idOf(follower) : u[me + R.NEXT_SEQ_ID]!
    // Some hosts count, for each connection or for all; others draw lots.
    if (id !== 0 && this.#id !== 0 && u[me + R.IP_ID_STEPS]! * 4 >= u[me + R.IP_ID_CHANGES]! * 3) {
      const after = ((this.#id - id) << 16) >> 16
      if (after !== 0 && Math.abs(after) < NEAR_ID) return after > 0 ? 1 : -1
    }
    if (!this.#options.hasTimestamp || (u[me + R.HAS]! & Has.TIMESTAMPS) === 0) return 0
    const after = (this.#options.timestamp - (follower >= 0 ? list.firstTimestampOf(follower) : u[me + R.NEXT_SEQ_TIMESTAMP]!)) | 0
    return after === 0 ? 0 : after > 0 ? 1 : -1
  }

  #sentAgain(s: Segment, kind: number): void {
    const u = this.#u, list = this.outstanding, original = this.#original
    // What was acknowledged is no longer in the list: then the acknowledgment is named.
    const packet = original >= 0 ? list.packetOf(original) : kind === Finding.SYN_AGAIN ? u[this.#row + (s.direction === 0 ? R.FIRST_PACKET : R.SYN_ACK_PACKET)]! : kind === Finding.SPURIOUS ? u[this.#peer + R.ACK_PACKET]! : 0
    if (original >= 0) s.sinceSent = s.time - list.lastTimeOf(original)
    s.find(Finding.RETRANSMISSION, packet)
    if (kind !== 0) s.find(kind, packet)
    this.#d[this.#meD + R.BYTES_AGAIN]! += Math.min(s.length, kind === Finding.SPURIOUS ? s.length : this.#seenBytes)
  }

  /** RTO, fast, or tail; 0 where the first sending was not seen and nothing tells. */
  #kind(s: Segment, original: number): number {
    const u = this.#u, d = this.#d, me = this.#me, peer = this.#peer, list = this.outstanding, peerHas = u[peer + R.HAS]!
    const srtt = d[this.#meD + R.SRTT]!
    const timeout = Math.max(LEAST_RTO, srtt + 4 * d[this.#meD + R.RTT_VARIATION]!) - TIMER_SLACK
    const isAsked = (u[peer + R.DUP_ACKS]! >= 2 && u[peer + R.LAST_ACK] === this.#seq) || ((peerHas & Has.SACK) !== 0 && seq.before(this.#seq, u[peer + R.SACK_HIGH]!))
    const since = original >= 0 ? s.time - list.lastTimeOf(original) : this.#follower >= 0 ? s.time - list.firstTimeOf(this.#follower) : 0
    if (isAsked && since < timeout) return this.#recovering()
    if (this.#isRecovering(s) && since < Math.min(timeout, LEAST_RTO - TIMER_SLACK)) return this.#recovering()
    if (original < 0 && since < LEAST_RTO - TIMER_SLACK) return 0
    const isHighest = !seq.before(this.#end, u[me + R.NEXT_SEQ]!), isFirst = original === u[me + R.LIST_FIRST]! - 1
    const wasAgain = original >= 0 && (list.marksOf(original) & Mark.AGAIN) !== 0
    if (isHighest && !isAsked && !wasAgain && (!isFirst || since < LEAST_RTO - TIMER_SLACK)) return Finding.TAIL
    return Finding.RTO
  }

  #recovering(): number {
    this.#u[this.#me + R.RECOVER] = this.#u[this.#me + R.NEXT_SEQ]!
    return Finding.FAST
  }

  /** An ACK in the middle of a recovery made it send this, no timer: a partial one (RFC 6582), or one that tells of what was sent later (RFC 8985). */
  #isRecovering(s: Segment): boolean {
    const u = this.#u, d = this.#d, peer = this.#peer
    if (u[this.#me + R.FIRSTS + FAST_BIT] === 0 || !seq.before(this.#seq, u[this.#me + R.RECOVER]!)) return false
    const back = u[peer + R.RTT_COUNT]! > 0 ? d[this.#peerD + R.RTT_MIN]! : 0
    return s.time - d[this.#peerD + R.LAST_ACK_TIME]! < FAST_WITHIN + back
  }

  /** Looks at what of the segment was seen before: sets #seenBytes, #original, #previous, #follower, #allSacked. */
  #overlap(): void {
    const list = this.outstanding, u = this.#u, from = this.#seq, end = this.#end
    this.#seenBytes = 0
    this.#original = this.#follower = -1
    this.#previous = -2
    let sacked = 0
    for (let entry = u[this.#me + R.LIST_FIRST]! - 1; entry >= 0; entry = list.after(entry)) {
      const begin = list.seqOf(entry), stop = list.endOf(entry)
      if (!seq.before(begin, end)) {
        this.#follower = entry
        break
      }
      if (!seq.before(from, begin)) this.#previous = entry
      if (!seq.before(from, stop)) continue
      if (this.#original < 0) this.#original = entry
      const both = seq.distance(seq.before(stop, end) ? stop : end, seq.before(begin, from) ? from : begin)
      this.#seenBytes += both
      if (list.marksOf(entry) & Mark.SACKED) sacked += both
    }
    this.#allSacked = sacked > 0 && sacked >= seq.distance(end, from)
  }

  /** Time in which the connection stood still, by what ended it. */
  #rest(s: Segment): void {
    const u = this.#u, d = this.#d, gap = s.gap
    if (gap < MS) return
    const isUnderWay = u[this.#me + R.LIST_FIRST] !== 0 || u[this.#peer + R.LIST_FIRST] !== 0
    if (s.findings & Finding.RETRANSMISSION) d[this.#meD + R.RECOVERY_TIME]! += gap
    const isShut = u[this.#me + R.WINDOW] === 0 || u[this.#peer + R.WINDOW] === 0
    if (gap < LEAST_RTO || gap < 3 * Math.max(d[this.#meD + R.SRTT]!, d[this.#peerD + R.SRTT]!) || !(isUnderWay || isShut)) return
    u[this.#row + R.STALLS]!++
    d[this.#rowD + R.STALL_TIME]! += gap
    if (gap > d[this.#rowD + R.STALL_MAX]!) {
      d[this.#rowD + R.STALL_MAX] = gap
      u[this.#row + R.STALL_PACKET] = s.packet
    }
  }

  /**
   * Data while nothing of its side is under way: since the other side's last packet, or its own last data, its application had nothing to say. What is sent upon a
   * packet of the other side comes to the capture point a round trip later; so long it waited for that packet.
   */
  #rested(s: Segment): void {
    const u = this.#u, d = this.#d, me = this.#me, peer = this.#peer, meD = this.#meD, peerD = this.#peerD
    if (s.findings & NO_NEW_DATA || u[peer + R.WINDOW] === 0 || u[peer + R.PACKETS] === 0) return
    const before = d[peerD + R.SIDE_LAST_TIME]!, own = u[me + R.DATA_PACKETS]! > 0 ? d[meD + R.LAST_DATA_TIME]! : before
    const gap = s.time - Math.max(before, own)
    if (gap < MS) return
    const back = own <= before && u[peer + R.RTT_COUNT]! > 0 ? d[peerD + R.RTT_MIN]! : 0
    if (gap > back / 2) d[meD + R.WAIT_TIME]! += Math.min(gap, back)
    const rest = Math.max(0, gap - back)
    d[meD + R.REST_TIME]! += rest
    if (rest <= d[meD + R.REST_MAX]!) return
    d[meD + R.REST_MAX] = rest
    u[me + R.REST_PACKET] = s.packet
  }

  /** Takes what the segment acknowledges off the peer's list, and an RTT sample of it. */
  #takeAck(s: Segment): void {
    const u = this.#u, d = this.#d, me = this.#me, ack = this.#ack
    this.#takeAcknowledged(s)
    if (this.#options.sackCount > 0) this.#takeSack(s)
    u[me + R.HAS]! |= Has.ACK
    u[me + R.LAST_ACK] = ack
    d[this.#meD + R.LAST_ACK_TIME] = s.time
  }

  #takeAcknowledged(s: Segment): void {
    const list = this.outstanding, last = list.acknowledge(this.#u, this.#peer, this.#ack)
    if (last >= 0 && list.endOf(last) === this.#ack) this.#sample(s, last, (list.acknowledgedMarks & (Mark.AGAIN | Mark.FILLED)) === 0)
  }

  /** Karn: no sample from a segment that was sent twice, unless the timestamp says which sending is answered. */
  #sample(s: Segment, entry: number, isClean: boolean): void {
    const list = this.outstanding, o = this.#options, marks = list.marksOf(entry)
    let sent = list.firstTimeOf(entry)
    if (marks & Mark.SACKED) return
    if (!isClean) {
      if (!o.hasTimestamp || (marks & Mark.TIMESTAMP) === 0) return
      const first = list.firstTimestampOf(entry), again = list.lastTimestampOf(entry)
      if ((marks & Mark.AGAIN) === 0 ? o.echo !== first : first === again) return
      if (marks & Mark.AGAIN && o.echo === again) sent = list.lastTimeOf(entry)
      else if (o.echo !== first) return
    }
    const rtt = between(sent, s.time)
    if (rtt < 0) return
    s.rtt = rtt
    s.acknowledges = list.packetOf(entry)
    this.#addRtt(s)
  }

  #addRtt(s: Segment): void {
    const { rtt, packet } = s
    const u = this.#u, d = this.#d, peer = this.#peer, peerD = this.#peerD, count = u[peer + R.RTT_COUNT]!
    u[peer + R.RTT_STORE] = this.rtts.add(u[peer + R.RTT_STORE]!, count, s)
    u[peer + R.RTT_COUNT] = count + 1
    d[peerD + R.RTT_SUM]! += rtt
    if (rtt < d[peerD + R.RTT_MIN]!) d[peerD + R.RTT_MIN] = rtt
    if (rtt > d[peerD + R.RTT_MAX]!) {
      d[peerD + R.RTT_MAX] = rtt
      u[peer + R.RTT_MAX_PACKET] = packet
    }
    if (count === 0) {
      d[peerD + R.SRTT] = rtt
      d[peerD + R.RTT_VARIATION] = rtt / 2
      return
    }
    d[peerD + R.RTT_VARIATION] = 0.75 * d[peerD + R.RTT_VARIATION]! + 0.25 * Math.abs(d[peerD + R.SRTT]! - rtt)
    d[peerD + R.SRTT] = 0.875 * d[peerD + R.SRTT]! + 0.125 * rtt
  }

  #takeSack(s: Segment): void {
    const u = this.#u, me = this.#me, peer = this.#peer, o = this.#options, list = this.outstanding, base = u[peer + R.ISN]!
    s.sackCount = o.sackCount
    s.find(Finding.SACK, 0)
    for (let i = 0; i < o.sackCount; i++) {
      const left = o.sack[i * 2]!, right = o.sack[i * 2 + 1]!
      s.sack[i * 2] = seq.minus(left, base)
      s.sack[i * 2 + 1] = seq.minus(right, base)
      if (i === 0 && o.isDuplicateSack) {
        s.find(Finding.DSACK, 0)
        continue
      }
      if (!seq.before(left, right)) continue
      if ((u[me + R.HAS]! & Has.SACK) === 0 || seq.before(u[me + R.SACK_HIGH]!, right)) {
        u[me + R.HAS]! |= Has.SACK
        u[me + R.SACK_HIGH] = right
      }
      u[me + R.SACK_PACKET] = s.packet
      for (let entry = u[peer + R.LIST_FIRST]! - 1; entry >= 0; entry = list.after(entry)) {
        if (!seq.before(list.seqOf(entry), right)) break
        if (!seq.before(list.seqOf(entry), left) && !seq.before(right, list.endOf(entry))) list.mark(entry, Mark.SACKED)
      }
    }
  }

  /** Notes what was sent: the highest byte, the list, what may be acknowledged. */
  #takeData(s: Segment): void {
    const u = this.#u, me = this.#me, end = this.#end, from = this.#seq, list = this.outstanding, o = this.#options
    if (s.findings & (Finding.ZERO_WINDOW_PROBE | Finding.KEEP_ALIVE)) return
    const has = u[me + R.HAS]!, next = u[me + R.NEXT_SEQ]!, isNew = (has & Has.NEXT) === 0
    const marks = o.hasTimestamp ? Mark.TIMESTAMP : 0
    // what is acknowledged before it is seen is not waited for
    const isAcked = (u[this.#peer + R.HAS]! & Has.ACK) !== 0 && !seq.before(u[this.#peer + R.LAST_ACK]!, end)
    if (isAcked && (isNew || !seq.before(from, next))) this.#original = -1
    else if (isNew || !seq.before(from, next)) list.add(u, me, -1, from, end, s.packet, o.timestamp, this.#id, marks)
    else this.#listAgain(s, next, marks)
    if (isNew || seq.before(next, end)) {
      if (from !== next) u[me + R.HAS]! &= ~Has.BEYOND
      u[me + R.HAS]! |= Has.NEXT
      u[me + R.NEXT_SEQ] = end
      this.#noteHighest(s)
    }
    if ((has & Has.ACKABLE) === 0) {
      u[me + R.HAS]! |= Has.ACKABLE
      u[me + R.ACKABLE] = end
    } else if (!seq.before(u[me + R.ACKABLE]!, from) && seq.before(u[me + R.ACKABLE]!, end)) {
      u[me + R.ACKABLE] = end
      if (end !== u[me + R.NEXT_SEQ]) this.#extendAckable(me)
    }
    const peer = this.#peer
    if (s.length > 0 && u[peer + R.SCALE] !== Scale.UNKNOWN && (u[peer + R.HAS]! & Has.ACK) !== 0) {
      const room = this.#windowOf(peer) - seq.distance(u[me + R.NEXT_SEQ]!, u[peer + R.LAST_ACK]!)
      if (room < (u[peer + R.MSS]! || s.length)) this.#noteLimited(s)
    }
  }

  /** The segment leaves less than another's room in the window. */
  #noteLimited(s: Segment): void {
    const u = this.#u, me = this.#me
    u[me + R.WINDOW_LIMITED]!++
    u[me + R.WINDOW_LIMITED_PACKET] ||= s.packet
  }

  /** The segment is the one that showed NEXT_SEQ. */
  #noteHighest(s: Segment): void {
    const u = this.#u, me = this.#me
    u[me + R.NEXT_SEQ_PACKET] = s.packet
    u[me + R.NEXT_SEQ_ID] = this.#id
    u[me + R.NEXT_SEQ_TIMESTAMP] = this.#options.timestamp
    this.#d[this.#meD + R.NEXT_SEQ_TIME] = s.time
  }

  /** A segment without data shows where its sender is: beyond what was seen of it, the rest was not captured. */
  #takePlace(s: Segment): void {
    const u = this.#u, me = this.#me, has = u[me + R.HAS]!, here = this.#seq
    if ((has & Has.NEXT) !== 0 && !seq.before(u[me + R.NEXT_SEQ]!, here)) return
    u[me + R.HAS]! |= Has.NEXT
    u[me + R.NEXT_SEQ] = here
    this.#noteHighest(s)
    if (has & Has.ACKABLE) return
    u[me + R.HAS]! |= Has.ACKABLE
    u[me + R.ACKABLE] = here
  }

  /** The list after a segment that begins before the highest byte sent. `#overlap` was called unless it is a probe. */
  #listAgain(s: Segment, next: number, marks: number): void {
    const u = this.#u, me = this.#me, list = this.outstanding, o = this.#options, end = this.#end
    if (s.findings & Finding.RETRANSMISSION) {
      for (let entry = this.#original; entry >= 0 && seq.before(list.seqOf(entry), end); entry = list.after(entry)) list.again(entry, o.timestamp)
    }
    const peer = this.#peer, isAcked = (u[peer + R.HAS]! & Has.ACK) !== 0 && !seq.before(u[peer + R.LAST_ACK]!, end)
    if (seq.before(next, end)) list.add(u, me, -1, next, end, s.packet, o.timestamp, this.#id, marks)
    else if (this.#seenBytes === 0 && !isAcked && end !== this.#seq) {
      list.add(u, me, this.#previous, this.#seq, end, s.packet, o.timestamp, this.#id, marks | Mark.FILLED)
    }
  }

  /** Bytes behind a gap that is closed now may be acknowledged too. */
  #extendAckable(side: number): void {
    const u = this.#u, list = this.outstanding
    for (let entry = u[side + R.LIST_FIRST]! - 1; entry >= 0; entry = list.after(entry)) {
      if (seq.before(u[side + R.ACKABLE]!, list.seqOf(entry))) return
      if (seq.before(u[side + R.ACKABLE]!, list.endOf(entry))) u[side + R.ACKABLE] = list.endOf(entry)
    }
  }

  #takeWindow(s: Segment): void {
    const u = this.#u, d = this.#d, me = this.#me, meD = this.#meD
    if (s.flags & RST) return
    u[me + R.WINDOW] = s.rawWindow
    if (s.flags & SYN) u[me + R.HAS]! |= Has.WINDOW_PLAIN
    else u[me + R.HAS]! &= ~Has.WINDOW_PLAIN
    this.#noteWindow(s)
    const since = d[meD + R.ZERO_SINCE]!
    if (s.rawWindow === 0 && (s.flags & SFR) === 0) {
      if (since < 0) d[meD + R.ZERO_SINCE] = s.time
    } else if (since >= 0) {
      d[meD + R.ZERO_TIME]! += Math.max(0, s.time - since) // clocks go back
      d[meD + R.ZERO_SINCE] = -1
    }
  }

  /** The largest and the smallest window; a SYN's is not scaled. */
  #noteWindow(s: Segment): void {
    const u = this.#u, me = this.#me, window = s.window
    if (window > u[me + R.MAX_WINDOW]!) u[me + R.MAX_WINDOW] = window
    if ((s.flags & SYN) === 0 && window < u[me + R.MIN_WINDOW]!) u[me + R.MIN_WINDOW] = window
  }

  #letters(s: Segment): void {
    const u = this.#u, row = this.#row, direction = s.direction, flags = s.flags
    if (flags & SYN) {
      if (flags & (FIN | RST)) note(u, row, direction, Letter.MANY_FLAGS)
      else note(u, row, direction, flags & ACK ? Letter.SYN_ACK : Letter.SYN)
    }
    if (s.length > 0) note(u, row, direction, Letter.DATA)
    else if (flags & ACK && (flags & SFR) === 0) note(u, row, direction, Letter.ACK)
    if ((flags & FIN) !== 0 && (flags & SYN) === 0) note(u, row, direction, flags & RST ? Letter.INCONSISTENT : Letter.FIN)
    if ((flags & RST) !== 0 && (flags & (SYN | FIN)) === 0) note(u, row, direction, Letter.RESET)
    if (s.findings === 0) return
    if (s.findings & Finding.RETRANSMISSION && s.length > 0) note(u, row, direction, Letter.AGAIN)
    if (s.findings & Finding.ZERO_WINDOW) note(u, row, direction, Letter.ZERO_WINDOW)
    // the gap is in what the other side sent
    if (s.findings & Finding.ACKED_UNSEEN) note(u, row, direction === 0 ? 1 : 0, Letter.GAP)
  }

  #beforeStates(s: Segment): void {
    const u = this.#u, a = this.#row + R.SIDE_AT, b = a + R.SIDE_SIZE
    s.originatorState = s.originatorStateBefore = u[a + R.STATE]!
    s.responderState = s.responderStateBefore = u[b + R.STATE]!
    s.isOriginatorAssumed = (u[a + R.HAS]! & Has.ASSUMED) !== 0
    s.isResponderAssumed = (u[b + R.HAS]! & Has.ASSUMED) !== 0
  }

  #states(s: Segment): void {
    this.#beforeStates(s)
    const u = this.#u, me = this.#me, peer = this.#peer, flags = s.flags
    const mine = u[me + R.STATE]!, theirs = u[peer + R.STATE]!
    if (mine === TcpState.ESTABLISHED && theirs === TcpState.ESTABLISHED && (flags & SFR) === 0) return
    this.#possible(s)
    if ((flags & SFR) === 0 && (CALM_SENDER >> mine) & (CALM_RECEIVER >> theirs) & 1) {
      const mineHas = u[me + R.HAS]!, theirsHas = u[peer + R.HAS]!
      const isWaited = (theirsHas & Has.FIN && (mineHas & Has.TOOK_FIN) === 0) || (mineHas & Has.FIN && (theirsHas & Has.TOOK_FIN) === 0)
      if (!isWaited) return
    }
    const hasCrossed = mine === TcpState.CLOSE_WAIT && (flags & (FIN | ACK)) === (FIN | ACK) && seq.before(this.#ack, u[peer + R.FIN_END]!)
    if (hasCrossed) return this.#crossed(s)
    const sent = afterSending(mine, flags)
    // Connected without a SYN that we saw answered.
    if (sent !== mine) this.#enter(s, me, mine, sent, (flags & (SYN | RST)) === 0 && (mine === 0 || mine === TcpState.SYN_SENT))
    if (flags & FIN && (u[me + R.HAS]! & Has.FIN) === 0) {
      u[me + R.HAS]! |= Has.FIN
      u[me + R.FIN_END] = this.#end
      u[me + R.FIN_PACKET] = s.packet
    }
    if (flags & RST) u[me + R.HAS]! |= Has.RST
    const took = this.#took(s)
    const after = afterReceiving(theirs, took)
    if (after !== theirs) this.#enter(s, peer, theirs, after, theirs === 0 && (flags & RST) === 0)
    // An ACK of the peer's FIN shows that the sender has taken it, whatever was missing when the FIN came.
    const peerHas = u[peer + R.HAS]!
    if (flags & ACK && peerHas & Has.FIN && !seq.before(this.#ack, u[peer + R.FIN_END]!)) {
      const now = u[me + R.STATE]!, then = afterReceiving(now, Took.FIN)
      if ((u[me + R.HAS]! & Has.TOOK_FIN) === 0 && then !== now) this.#enter(s, me, now, then, false)
      u[me + R.HAS]! |= Has.TOOK_FIN
    }
    const a = this.#row + R.SIDE_AT, b = a + R.SIDE_SIZE
    s.originatorState = u[a + R.STATE]!
    s.responderState = u[b + R.STATE]!
    s.isOriginatorAssumed = (u[a + R.HAS]! & Has.ASSUMED) !== 0
    s.isResponderAssumed = (u[b + R.HAS]! & Has.ASSUMED) !== 0
  }

  /**
   * A FIN whose ACK does not cover the other's FIN was sent before that one came: both sides close at once. Its sender never was in CLOSE_WAIT, it went to
   * FIN_WAIT1, and by now to CLOSING (RFC 9293 §3.6, case 3).
   */
  #crossed(s: Segment): void {
    const u = this.#u, me = this.#me
    const side = me === this.#row + R.SIDE_AT ? 0 : 1
    this.transitions.correct(u, this.#row, side, TcpState.CLOSE_WAIT, TcpState.FIN_WAIT1, s.packet, s.time)
    u[me + R.STATE] = TcpState.FIN_WAIT1
    this.#states(s)
    this.#enter(s, me, TcpState.FIN_WAIT1, TcpState.CLOSING, false)
    if (side === 0) s.originatorState = TcpState.CLOSING
    else s.responderState = TcpState.CLOSING
  }

  /** What the segment does to the one who takes it in, if it comes through. */
  #took(s: Segment): number {
    const u = this.#u, me = this.#me, peer = this.#peer, flags = s.flags, peerHas = u[peer + R.HAS]!
    if (flags & RST) return Took.RST
    let took = flags & SYN ? Took.SYN : Took.OTHER
    if (flags & ACK && peerHas & Has.SYN && seq.before(u[peer + R.ISN]!, this.#ack)) took |= Took.ACK_OF_SYN
    if (flags & ACK && peerHas & Has.FIN && !seq.before(this.#ack, u[peer + R.FIN_END]!)) took |= Took.ACK_OF_FIN
    if (flags & FIN && (peerHas & Has.TOOK_FIN) === 0 && !seq.before(u[me + R.ACKABLE]!, u[me + R.FIN_END]!)) {
      u[peer + R.HAS]! |= Has.TOOK_FIN
      took |= Took.FIN
    }
    return took
  }

  #enter(s: Segment, side: number, from: number, to: number, isAssumed: boolean): void {
    const u = this.#u
    u[side + R.STATE] = to
    if (isAssumed) u[side + R.HAS]! |= Has.ASSUMED
    const which = side === this.#row + R.SIDE_AT ? 0 : 1
    this.transitions.add(u, this.#row, which, from, to, s.packet, s.time, (u[side + R.HAS]! & Has.ASSUMED) !== 0)
  }

  /** IMPOSSIBLE_REASONS, by number. */
  #possible(s: Segment): void {
    const u = this.#u, me = this.#me, flags = s.flags, has = u[me + R.HAS]!
    let why = 0
    if (flags & SYN && flags & FIN) why = 4
    else if (flags & SYN && flags & RST) why = 5
    else if (has & Has.RST && (flags & RST) === 0) why = 2
    else if (has & Has.FIN && s.length > 0 && seq.before(u[me + R.FIN_END]!, this.#end)) why = 1
    else if (flags & SYN && has & Has.SYN && u[me + R.ISN] !== this.#seq) why = 3
    if (why === 0) return
    s.impossible = why
    u[me + R.IMPOSSIBLE] ||= why
    s.find(Finding.IMPOSSIBLE, why === 2 ? u[this.#row + R.RST_PACKET]! : why === 1 ? u[me + R.FIN_PACKET]! : 0)
  }

  #countFlags(flags: number, length: number): void {
    const u = this.#u, me = this.#me, at = me + R.FLAG_PACKETS
    u[me + R.ACK_PACKETS]! += (flags >> 4) & 1
    u[me + R.PSH_PACKETS]! += (flags >> 3) & 1
    if (length === 0 && (flags & (SFR | ACK)) === ACK) u[me + R.PURE_ACKS]!++
    if (flags & RARE) for (let left = flags & RARE; left !== 0; left &= left - 1) u[at + 31 - Math.clz32(left & -left)]!++
  }

  #countFindings(s: Segment): void {
    const u = this.#u, me = this.#me
    for (let left = s.findings; left !== 0; left &= left - 1) {
      const bit = 31 - Math.clz32(left & -left)
      if (u[me + R.COUNTS + bit]!++ === 0) u[me + R.FIRSTS + bit] = s.packet
    }
  }
}
