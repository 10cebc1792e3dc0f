/**
 * What a TCP segment is, told from the segments before it: the rules of docs/analysis.md, for the segment that stands in `s` and `t` (segment.ts), of a connection
 * whose row is `u[row …]` and `d[row / 2 …]`.
 */
import { Took, afterReceiving, afterSending } from './endpoint-states'
import { note } from './history'
import { d, u } from './memory'
import * as list from './outstanding'
import { Mark } from './outstanding'
import * as recent from './recent'
import * as rtts from './rtt'
import { find, s, t } from './segment'
import * as seq from './seq'
import { between, exactlyBetween } from './times'
import * as transitions from './transitions'
import { Flag } from '../../decode/tcp.js'
import { TcpState } from '../../procnet/tcp-state.js'
import { Finding } from '../findings.js'
import { Letter } from '../history.js'
import * as R from '../record.js'
import { Has, Scale, Seen } from '../record.js'
import * as S from '../segment-fields.js'

const MS: f64 = 1e6
const SYN = Flag.SYN, FIN = Flag.FIN, RST = Flag.RST, ACK = Flag.ACK
const SFR = SYN | FIN | RST
const RARE = 0xff & ~(ACK | Flag.PSH)

/** An equal packet is the same packet for so long: where IP identification tells it from a sending anew, and where nothing does. */
const TWICE: f64 = 50 * MS
const TWICE_WITHOUT_ID: f64 = 3 * MS
const TWICE_BIT = ctz(Finding.CAPTURED_TWICE)
const FAST_BIT = ctz(Finding.FAST)
/** Data of such is none that an application has just given. */
const NO_NEW_DATA = Finding.RETRANSMISSION | Finding.OUT_OF_ORDER | Finding.KEEP_ALIVE | Finding.ZERO_WINDOW_PROBE | Finding.CAPTURED_TWICE
/** Wireshark's: an ACK may be so old for a fast retransmission; a segment out of order comes so soon where the handshake was not seen. */
const FAST_WITHIN: f64 = 20 * MS
const REORDERED_WITHIN: f64 = 3 * MS
/** The shortest retransmission timeout in use: Linux' TCP_RTO_MIN. */
const LEAST_RTO: f64 = 200 * MS
/** A timer is rarely exact. */
const TIMER_SLACK: f64 = 10 * MS
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

/** The row at hand, and the sides of the sender and the receiver in it; in doubles too. */
let theRow = 0
let theSender = 0
let theReceiver = 0
let theRowD = 0
let theSenderD = 0
let theReceiverD = 0
/** The segment's numbers; one past its last sequence number; its IP identification. */
let theSeq = 0
let theAck = 0
let theEnd = 0
let theId = 0
/** What `overlap` found: bytes seen before, the first segment that holds some, the last that begins before, the first that begins behind. */
let seenBytes = 0
let theOriginal = -1
let thePrevious = -2
let theFollower = -1
let allSacked = false

function point(row: i32): void {
  const isBack = s[S.DIRECTION] == 1, a = row + R.SIDE_AT, b = a + R.SIDE_SIZE
  theRow = row
  theSender = isBack ? b : a
  theReceiver = isBack ? a : b
  theRowD = row >> 1
  theSenderD = theSender >> 1
  theReceiverD = theReceiver >> 1
  if (s[S.IS_FIRST]) begin()
}

function begin(): void {
  const row = theRow
  u[row + R.FIRST_PACKET] = s[S.PACKET]
  if (s[S.DIRECTION] == 1) note(row, 1, Letter.FLIPPED)
  d[theRowD + R.FIRST_TIME] = d[theRowD + R.LAST_TIME] = t[S.TIME]
  d[theRowD + R.HANDSHAKE_RTT] = d[theRowD + R.SYN_RTT] = d[theRowD + R.SYN_ACK_RTT] = -1
  beginSide(theSender, theSenderD)
  beginSide(theReceiver, theReceiverD)
}

function beginSide(side: i32, sideD: i32): void {
  u[side + R.SCALE] = Scale.UNKNOWN
  u[side + R.WINDOW] = NO_WINDOW
  u[side + R.MIN_WINDOW] = 0x7fffffff
  d[sideD + R.ZERO_SINCE] = -1
  d[sideD + R.RTT_MIN] = Infinity
  d[sideD + R.RTT_MAX] = -1
  d[sideD + R.SIDE_FIRST_TIME] = d[sideD + R.FIRST_DATA_TIME] = -1
}

/** Whether a SYN on known addresses and ports begins another connection: it has other numbers. */
export function isReuse(row: i32, reversed: bool, sequence: i32): bool {
  const isBack = (u[row + R.REVERSED] == 1) != reversed
  const me = row + R.SIDE_AT + (isBack ? R.SIDE_SIZE : 0)
  return (u[me + R.HAS] & Has.ISN) != 0 && u[me + R.ISN] != sequence
}

/** Counts a packet of any protocol. */
export function count(row: i32): void {
  point(row)
  const gap = t[S.TIME] - d[theRowD + R.LAST_TIME]
  t[S.GAP] = gap
  const seen = u[theRow + R.SEEN]
  if (s[S.DIRECTION] == 1 && (seen & Seen.ANSWER) == 0) d[theRowD + R.SYN_RTT] = t[S.TIME] - d[theRowD + R.FIRST_TIME]
  countPacket()
  if (s[S.LENGTH] > 0) note(theRow, s[S.DIRECTION], Letter.DATA)
  if (u[theSender + R.TTL] == 0) u[theSender + R.TTL] = s[S.TTL]
}

function countPacket(): void {
  const me = theSender, meD = theSenderD, time = t[S.TIME]
  if (u[me + R.PACKETS]++ == 0) d[meD + R.SIDE_FIRST_TIME] = time
  u[me + R.SIDE_LAST_PACKET] = s[S.PACKET]
  u[theRow + R.LAST_PACKET] = s[S.PACKET]
  d[meD + R.WIRE_BYTES] += s[S.WIRE_LENGTH]
  d[meD + R.SIDE_LAST_TIME] = time
  if (time > d[theRowD + R.LAST_TIME]) d[theRowD + R.LAST_TIME] = time
  else if (time < d[theRowD + R.FIRST_TIME]) d[theRowD + R.FIRST_TIME] = time
  if (s[S.LENGTH] > 0) countData()
  if (s[S.DIRECTION] == 1) u[theRow + R.SEEN] |= Seen.ANSWER
}

function countData(): void {
  const me = theSender, meD = theSenderD, length = s[S.LENGTH]
  if (u[me + R.DATA_PACKETS]++ == 0) d[meD + R.FIRST_DATA_TIME] = t[S.TIME]
  d[meD + R.BYTES] += length
  if (length > u[me + R.MAX_LENGTH]) u[me + R.MAX_LENGTH] = length
  d[meD + R.LAST_DATA_TIME] = t[S.TIME]
}

/**
 * Judges the segment, whose direction, numbers, flags, length and options stand in `s`, and fills the rest of it.
 * @param row its connection's
 * @param former the connection that had its addresses and ports before, and that one's row; -1
 * @returns false for a packet captured twice that is left out
 */
export function take(row: i32, former: i32, formerRow: i32, dedup: bool): bool {
  point(row)
  theId = s[S.IP_ID]
  theSeq = s[S.SEQUENCE]
  theAck = s[S.ACKNOWLEDGMENT]
  t[S.GAP] = t[S.TIME] - d[theRowD + R.LAST_TIME]
  t[S.RTT] = -1
  t[S.SINCE_SENT] = -1
  s[S.DUP_ACK_NUMBER] = 0
  s[S.ACKNOWLEDGES] = 0
  s[S.SACK_COUNT] = 0
  s[S.IMPOSSIBLE] = 0
  const original = capturedBefore()
  if (original == 0 && former < 0 && !s[S.IS_FIRST] && ordinary()) return true
  return takeOther(original, former, formerRow, dedup)
}

function takeOther(original: i32, former: i32, formerRow: i32, dedup: bool): bool {
  if (original > 0 && dedup) return false
  const me = theSender
  if (former >= 0) {
    u[theRow + R.FORMER] = former + 1
    find(Finding.PORT_REUSE, u[formerRow + R.LAST_PACKET])
  }
  if (original > 0) {
    find(Finding.CAPTURED_TWICE, original)
    relate()
    // tshark counts the handshake from the last sight of the SYN.
    if ((s[S.FLAGS] & (SYN | ACK)) == SYN) {
      d[theRowD + R.SYN_TIME] = t[S.TIME]
      d[theRowD + R.SYN_NANOS] = t[S.NANOS]
    }
    beforeStates()
    d[theSenderD + R.BYTES_TWICE] += s[S.LENGTH]
  } else judge()
  countPacket()
  countFlags(s[S.FLAGS], s[S.LENGTH])
  if (s[S.FINDINGS] != 0) countFindings()
  if (original == 0) u[me + R.LAST_FINDINGS] = s[S.FINDINGS]
  if (u[theReceiver + R.HAS] & Has.ACK) noteInFlight(seq.distance(u[me + R.NEXT_SEQ], u[theReceiver + R.LAST_ACK]))
  else s[S.IN_FLIGHT] = -1
  return true
}

function noteInFlight(bytes: i32): void {
  const me = theSender
  s[S.IN_FLIGHT] = max(0, bytes)
  if (bytes <= u[me + R.MAX_IN_FLIGHT]) return
  u[me + R.MAX_IN_FLIGHT] = bytes
  u[me + R.MAX_IN_FLIGHT_PACKET] = s[S.PACKET]
}

/** The packet that this one is another sight of; 0: none. */
function capturedBefore(): i32 {
  const me = theSender, id = theId
  const where = (theRow + s[S.DIRECTION]) ^ (((s[S.FLAGS] << 16) | s[S.RAW_WINDOW]) * <i32>0x9e3779b1) ^ (s[S.LENGTH] << 8)
  const found = recent.remember(where, theSeq, theAck, (id << 16) | s[S.CHECKSUM], s[S.PACKET], t[S.TIME])
  const step = (id - u[me + R.LAST_IP_ID]) & 0xffff
  if (step != 0) {
    u[me + R.IP_ID_CHANGES]++
    if (step < NEAR_ID) u[me + R.IP_ID_STEPS]++
    u[me + R.LAST_IP_ID] = id
  }
  if (found == 0) return 0
  const age = t[S.TIME] - recent.time
  // Where no identification tells, equal ACKs and RSTs are more likely sent twice, and an answer of the other side between the two speaks for data sent again.
  const occupies = s[S.LENGTH] > 0 || (s[S.FLAGS] & (SYN | FIN)) != 0 || u[me + R.COUNTS + TWICE_BIT] > 0
  // One that never changes tells nothing. (Linux' SYN-ACK has 0, whatever follows; and that may have been captured more than once.)
  const tells = id != 0 && (u[me + R.IP_ID_CHANGES] > 1 || u[me + R.PACKETS] < 4)
  const isSame = tells ? age <= TWICE : age <= TWICE_WITHOUT_ID && occupies && u[theReceiver + R.SIDE_LAST_PACKET] < found
  if (isSame && age >= 0) return found
  recent.replace(s[S.PACKET], t[S.TIME])
  return 0
}

/** Sets the initial numbers that are known now, and the relative ones in `s`. */
function relate(): void {
  const me = theSender, peer = theReceiver
  const has = u[me + R.HAS]
  if ((has & Has.ISN) == 0) {
    u[me + R.HAS] = has | Has.ISN
    u[me + R.ISN] = s[S.FLAGS] & SYN ? theSeq : theSeq - 1
  }
  if ((u[peer + R.HAS] & Has.ISN) == 0 && s[S.FLAGS] & ACK) {
    u[peer + R.HAS] |= Has.ISN
    u[peer + R.ISN] = theAck - 1
  }
  s[S.INITIAL] = u[me + R.ISN]
  s[S.PEER_INITIAL] = u[peer + R.ISN]
  const scale = u[me + R.SCALE]
  s[S.IS_SCALE_KNOWN] = scale != Scale.UNKNOWN
  s[S.WINDOW] = scale >= Scale.NONE || s[S.FLAGS] & SYN ? s[S.RAW_WINDOW] : s[S.RAW_WINDOW] << scale
}

/**
 * A segment of the kind that most are: data in order, an ACK that goes on or comes again, or both, on a connection where nothing is missing, no window shut and no
 * state about to change. It comes to the same as `judge` and the counting behind it, which are for all others, in a fraction of the time: nearly all segments
 * of any capture come this way. False: it is not of that kind, and nothing was done.
 */
function ordinary(): bool {
  const row = theRow, me = theSender, peer = theReceiver, length = s[S.LENGTH], flags = s[S.FLAGS]
  const has = u[me + R.HAS], peerHas = u[peer + R.HAS]
  if ((flags & ~Flag.PSH) != ACK || (has & peerHas & SETTLED) != SETTLED) return false
  const here = theSeq, ack = theAck, window = s[S.RAW_WINDOW], ownWindow = u[me + R.WINDOW], peerWindow = u[peer + R.WINDOW]
  if (here != u[me + R.NEXT_SEQ] || here != u[me + R.ACKABLE] || window == 0 || peerWindow == 0 || ownWindow == 0) return false
  const forward = ack - u[me + R.LAST_ACK]
  if (forward < 0 || ((u[peer + R.ACKABLE] - ack) < 0 && (peerHas & Has.BEYOND) == 0) || u[peer + R.LAST_FINDINGS] & (Finding.KEEP_ALIVE | Finding.ZERO_WINDOW_PROBE)) return false
  const seen = u[row + R.SEEN]
  if (seen & Seen.SYN && (seen & SHAKEN) != SHAKEN) return false
  const mine = u[me + R.STATE], theirs = u[peer + R.STATE]
  if (((CALM_SENDER >> mine) & (CALM_RECEIVER >> theirs) & 1) == 0) return false
  if (isFinUnderWay(has, peerHas)) return false
  const end = (here + length) | 0, mss = u[peer + R.MSS], peerAck = u[peer + R.LAST_ACK]
  if ((length > mss && mss > 0) || (peerAck - here) > 0) return false
  const scale = u[peer + R.SCALE], room = windowOf(peer)
  if (length > 0 && scale != Scale.UNKNOWN && end == (peerAck + room)) return false
  if (!s[S.IS_USUAL]) return false

  const packet = s[S.PACKET]
  relate()
  if (t[S.GAP] >= MS) rest()
  if (length > 0 && u[me + R.LIST_FIRST] == 0) rested()
  if (forward > 0) {
    u[me + R.DUP_ACKS] = 0
    u[me + R.ACK_PACKET] = packet
    u[me + R.LAST_ACK] = ack
  } else if (length == 0) sameAck(window != ownWindow)
  // An ACK that comes again too: the data may have come to the capture point behind the first.
  if (u[peer + R.LIST_FIRST] != 0) takeAcknowledged()
  d[theSenderD + R.LAST_ACK_TIME] = t[S.TIME]
  if (length > 0) {
    list.add(me, -1, here, end, packet, s[S.TIMESTAMP], theId, s[S.HAS_TIMESTAMP] ? Mark.TIMESTAMP : 0, t[S.TIME])
    u[me + R.NEXT_SEQ] = end
    u[me + R.ACKABLE] = end
    noteHighest()
    if (scale != Scale.UNKNOWN && room - (end - peerAck) < (mss || length)) noteLimited()
    u[row + R.SEEN] = seen | Seen.DATA
  }
  u[me + R.HAS] = (has & ~Has.WINDOW_PLAIN) | (s[S.HAS_TIMESTAMP] ? Has.TIMESTAMPS : 0)
  if (window != ownWindow || has & Has.WINDOW_PLAIN) {
    u[me + R.WINDOW] = window
    noteWindow()
  }
  note(row, s[S.DIRECTION], length > 0 ? Letter.DATA : Letter.ACK)
  beforeStates()
  if (has & (Has.FIN | Has.RST) && (mine != TcpState.ESTABLISHED || theirs != TcpState.ESTABLISHED)) {
    theEnd = end
    possible()
  }
  countPacket()
  countFlags(flags, length)
  if (s[S.FINDINGS] != 0) countFindings()
  u[me + R.LAST_FINDINGS] = s[S.FINDINGS]
  noteInFlight(end - peerAck)
  return true
}

/** An ordinary segment that has nothing but the acknowledgment of the one before: a window update, or a duplicate ACK. */
function sameAck(hasOtherWindow: bool): void {
  const me = theSender
  if (hasOtherWindow) find(Finding.WINDOW_UPDATE, u[me + R.SIDE_LAST_PACKET])
  else {
    s[S.DUP_ACK_NUMBER] = ++u[me + R.DUP_ACKS]
    find(Finding.DUP_ACK, u[me + R.ACK_PACKET])
  }
  if (u[theReceiver + R.LIST_FIRST] != 0) takeAcknowledged()
  noteWindow()
}

function judge(): void {
  const flags = s[S.FLAGS]
  if (flags & SYN) {
    if (flags & ACK) otherNumbers()
    synOptions(flags)
  }
  relate()
  if (s[S.HAS_TIMESTAMP]) u[theSender + R.HAS] |= Has.TIMESTAMPS
  theEnd = theSeq + s[S.LENGTH] + (flags & (SYN | FIN) ? 1 : 0)
  handshake()
  findings()
  rest()
  if (s[S.LENGTH] > 0 && u[theSender + R.LIST_FIRST] == 0) rested()
  if (flags & ACK) takeAck()
  if (s[S.LENGTH] > 0 || flags & (SYN | FIN)) takeData()
  else if ((flags & RST) == 0) takePlace()
  takeWindow()
  letters()
  states()
}

/** A SYN-ACK with other numbers than its side had: what came before, without a SYN, was of an earlier connection on these ports. */
function otherNumbers(): void {
  const me = theSender, has = u[me + R.HAS]
  if ((has & Has.ISN) == 0 || u[me + R.ISN] == theSeq || u[me + R.PACKETS] == 0) return
  find(Finding.PORT_REUSE, u[me + R.SIDE_LAST_PACKET])
  if ((has & Has.SYN) == 0) u[me + R.ISN] = theSeq
}

/** Options that hold for the whole connection. */
function synOptions(flags: i32): void {
  const me = theSender, peer = theReceiver
  u[me + R.MSS] = s[S.MSS]
  u[me + R.SCALE] = s[S.SCALE] < 0 ? Scale.NONE : s[S.SCALE]
  u[me + R.HAS] |= Has.SYN | (s[S.IS_SACK_PERMITTED] ? Has.SACK_OK : 0) | (s[S.HAS_TIMESTAMP] ? Has.TIMESTAMPS : 0)
  // Both must want it: RFC 7323 §2.2
  if (flags & ACK && u[peer + R.SCALE] != Scale.UNKNOWN && (s[S.SCALE] < 0 || u[peer + R.SCALE] == Scale.NONE)) u[me + R.SCALE] = u[peer + R.SCALE] = Scale.NONE
}

function handshake(): void {
  const row = theRow, rowD = theRowD, flags = s[S.FLAGS]
  const seen = u[row + R.SEEN]
  if (flags & SYN) {
    if (flags & ACK) {
      u[row + R.SEEN] = seen | Seen.SYN_ACK
      if (u[row + R.SYN_ACK_PACKET] == 0) u[row + R.SYN_ACK_PACKET] = s[S.PACKET]
      d[rowD + R.SYN_ACK_TIME] = t[S.TIME]
      d[rowD + R.SYN_ACK_NANOS] = t[S.NANOS]
      if (seen & Seen.SYN && d[rowD + R.SYN_RTT] < 0) d[rowD + R.SYN_RTT] = since(R.SYN_TIME, R.SYN_NANOS)
    } else {
      // what it says it has is nothing
      u[theSender + R.HAS] &= ~Has.ACK
      u[row + R.SEEN] = seen | Seen.SYN
      u[row + R.SYN_PACKET] = s[S.PACKET]
      d[rowD + R.SYN_TIME] = t[S.TIME]
      d[rowD + R.SYN_NANOS] = t[S.NANOS]
    }
  } else if (flags & ACK && seen & Seen.SYN) {
    // What tshark calls the initial RTT: to the first ACK of any kind, be it a refusal; where the capture's clock stood still since the SYN, to the first one later.
    const isGivenUp = (flags & RST) != 0 && (s[S.DIRECTION] == 0) == ((seen & Seen.ANSWER) == 0)
    if ((seen & Seen.TIMED) == 0 && t[S.TIME] > d[rowD + R.SYN_TIME] && !isGivenUp) {
      d[rowD + R.HANDSHAKE_RTT] = since(R.SYN_TIME, R.SYN_NANOS)
      u[row + R.SEEN] |= Seen.TIMED
    }
    if ((seen & SHAKING) == Seen.SYN_ACK && (flags & RST) == 0) {
      u[row + R.SEEN] |= Seen.HANDSHAKE_ACK
      u[row + R.HANDSHAKE_PACKET] = s[S.PACKET]
      d[rowD + R.SYN_ACK_RTT] = since(R.SYN_ACK_TIME, R.SYN_ACK_NANOS)
    }
  }
  if (flags & FIN) u[row + R.SEEN] |= Seen.FIN
  if (flags & (FIN | RST) && (flags & (SYN | ACK)) == ACK && s[S.LENGTH] == 0) u[row + R.SEEN] |= Seen.LAST_ACK
  if (s[S.LENGTH] > 0) u[row + R.SEEN] |= Seen.DATA
  if (flags & RST && (seen & Seen.RST) == 0) {
    u[row + R.SEEN] |= Seen.RST | (s[S.DIRECTION] == 1 ? Seen.RST_BY_RESPONDER : 0)
    u[row + R.RST_PACKET] = s[S.PACKET]
  }
}

/** Nanoseconds since a time of the row. */
function since(time: i32, nanos: i32): f64 {
  return exactlyBetween(d[theRowD + time], d[theRowD + nanos], t[S.TIME], t[S.NANOS])
}

/** The rules for windows, probes, keep-alives, duplicate ACKs; then those for repeated data. */
function findings(): void {
  const me = theSender, peer = theReceiver, flags = s[S.FLAGS], length = s[S.LENGTH]
  const hasNext = (u[me + R.HAS] & Has.NEXT) != 0, next = u[me + R.NEXT_SEQ]
  const isAtNext = hasNext && theSeq == next, isPlain = (flags & SFR) == 0
  const peerIsShut = u[peer + R.WINDOW] == 0
  const peerFound = u[peer + R.LAST_FINDINGS]
  let isTold = false
  if (isPlain && s[S.RAW_WINDOW] == 0) find(Finding.ZERO_WINDOW, 0)
  if (length == 1 && isAtNext && peerIsShut) {
    find(Finding.ZERO_WINDOW_PROBE, u[peer + R.SIDE_LAST_PACKET])
    isTold = true
  } else {
    if (hasNext && seq.before(next, theSeq) && (flags & RST) == 0) {
      find(Finding.LOST_PREVIOUS, u[me + R.NEXT_SEQ_PACKET])
      u[me + R.HAS] &= ~Has.BEYOND
    }
    if (length <= 1 && isPlain && hasNext && (theSeq + 1) == next) {
      // Linux probes a shut window with the byte before.
      if (peerIsShut) find(Finding.ZERO_WINDOW_PROBE, u[peer + R.SIDE_LAST_PACKET])
      else find(Finding.KEEP_ALIVE, u[me + R.SIDE_LAST_PACKET])
    }
    if (length > 0 && isPlain) windowFull()
  }
  if (length == 0 && isPlain && !isTold && (u[me + R.HAS] & Has.ACK) != 0) pureAck(isAtNext, peerFound)
  if (flags & ACK && ((u[me + R.HAS] & Has.ACK) == 0 || theAck != u[me + R.LAST_ACK])) {
    u[me + R.DUP_ACKS] = 0
    u[me + R.ACK_PACKET] = s[S.PACKET]
  }
  if (flags & ACK && (u[peer + R.HAS] & (Has.ACKABLE | Has.BEYOND)) == Has.ACKABLE && seq.before(u[peer + R.ACKABLE], theAck)) ackedUnseen()
  const isAcked = length > 0 && (u[peer + R.HAS] & Has.ACK) != 0 && !seq.before(u[peer + R.LAST_ACK], theEnd)
  if (hasNext && (length > 0 || flags & (SYN | FIN)) && (isAcked || (seq.before(theSeq, next) && !isNewButOne(length, next))) && (s[S.FINDINGS] & (Finding.KEEP_ALIVE | Finding.ZERO_WINDOW_PROBE)) == 0) repeated()
  if (length > 0 && length > u[peer + R.MSS] && u[peer + R.MSS] > 0) find(Finding.OVER_MSS, 0)
}

/**
 * Only the first byte's number was used before, and not for a byte that is known to be under way: a probe's, which the receiver may have dropped, or a SYN's or FIN's,
 * which programs that make up segments do not count. The rest is new.
 */
function isNewButOne(length: i32, next: i32): bool {
  if (length <= 1 || (theSeq + 1) != next) return false
  const me = theSender, last = u[me + R.LIST_LAST] - 1
  const isOneByte = last >= 0 && list.seqOf(last) == theSeq && list.endOf(last) == next
  return !isOneByte || theSeq == u[me + R.ISN] || ((u[me + R.HAS] & Has.FIN) != 0 && u[me + R.FIN_END] == next)
}

function windowFull(): void {
  const peer = theReceiver, scale = u[peer + R.SCALE]
  if (scale == Scale.UNKNOWN || (u[peer + R.HAS] & Has.ACK) == 0) return
  if (theEnd == ((u[peer + R.LAST_ACK] + windowOf(peer)))) find(Finding.WINDOW_FULL, u[peer + R.SIDE_LAST_PACKET])
}

/** The window that a side last announced, bytes. */
function windowOf(side: i32): i32 {
  const scale = u[side + R.SCALE]
  // What a SYN announces is never scaled: WINDOW_PLAIN is set by it.
  return scale >= Scale.NONE || (u[side + R.HAS] & Has.WINDOW_PLAIN) != 0 ? u[side + R.WINDOW] : u[side + R.WINDOW] << scale
}

/** A segment without data, SYN, FIN or RST, on a direction that has acknowledged before. */
function pureAck(isAtNext: bool, peerFound: i32): void {
  const me = theSender, window = s[S.RAW_WINDOW], isSameWindow = window == u[me + R.WINDOW]
  if (!isAtNext) return
  const isSameAck = theAck == u[me + R.LAST_ACK]
  if (window == 0 && peerFound & Finding.ZERO_WINDOW_PROBE && (isSameAck || theAck == (u[me + R.LAST_ACK] + 1))) {
    find(Finding.ZERO_WINDOW_PROBE_ACK, u[theReceiver + R.SIDE_LAST_PACKET])
    return
  }
  if (!isSameAck) return
  const reportsGap = s[S.BLOCKS] > (s[S.IS_DUPLICATE_SACK] ? 1 : 0)
  if (window > 0 && !isSameWindow) find(Finding.WINDOW_UPDATE, u[me + R.SIDE_LAST_PACKET])
  else if (window > 0 && isSameWindow && peerFound & Finding.KEEP_ALIVE) find(Finding.KEEP_ALIVE_ACK, u[theReceiver + R.SIDE_LAST_PACKET])
  else if ((window > 0 && isSameWindow) || reportsGap) {
    s[S.DUP_ACK_NUMBER] = ++u[me + R.DUP_ACKS]
    find(Finding.DUP_ACK, u[me + R.ACK_PACKET])
  }
}

function ackedUnseen(): void {
  const peer = theReceiver
  // The byte of a probe was taken after all.
  if (u[peer + R.LAST_FINDINGS] & Finding.ZERO_WINDOW_PROBE && theAck == (u[peer + R.ACKABLE] + 1)) {
    u[peer + R.ACKABLE] = theAck
    if (u[peer + R.NEXT_SEQ] == (theAck - 1)) u[peer + R.NEXT_SEQ] = theAck
    return
  }
  find(Finding.ACKED_UNSEEN, u[peer + R.SIDE_LAST_PACKET])
  // What is missing is told once; beyond the highest byte seen, nothing more until the peer is seen again.
  u[peer + R.ACKABLE] = u[peer + R.NEXT_SEQ]
  if (seq.before(u[peer + R.NEXT_SEQ], theAck)) u[peer + R.HAS] |= Has.BEYOND
}

/** A segment that begins before the highest byte sent. */
function repeated(): void {
  const me = theSender, peer = theReceiver, peerHasAck = (u[peer + R.HAS] & Has.ACK) != 0
  overlap()
  const acked = u[peer + R.LAST_ACK], original = theOriginal
  if (s[S.FLAGS] & SYN) return sentAgain(Finding.SYN_AGAIN)
  const isCovered = peerHasAck && !seq.before(acked, theEnd)
  if (isCovered && s[S.LENGTH] > 0) return sentAgain(Finding.SPURIOUS)
  if (allSacked) return sentAgain(Finding.SPURIOUS)
  if (seenBytes == 0 && !isCovered && s[S.LENGTH] > 0) {
    const order = sendingOrder()
    const sinceAck = t[S.TIME] - d[theReceiverD + R.LAST_ACK_TIME]
    const isAsked = u[peer + R.DUP_ACKS] >= 2 && acked == theSeq && sinceAck >= 0 && sinceAck < FAST_WITHIN
    const handshake = d[theRowD + R.HANDSHAKE_RTT]
    const sinceHighest = t[S.TIME] - d[theSenderD + R.NEXT_SEQ_TIME]
    // Before that one in time: captures stand one behind the other, and nothing was overtaken.
    const isSoon = sinceHighest < (handshake > 0 ? handshake : REORDERED_WITHIN)
    if (sinceHighest >= 0 && (order < 0 || (order == 0 && !isAsked && isSoon))) {
      find(Finding.OUT_OF_ORDER, theFollower >= 0 ? list.packetOf(theFollower) : u[me + R.NEXT_SEQ_PACKET])
      return
    }
  }
  sentAgain(kind(original))
}

/** What the sender's counters say of when a segment that fills a gap was sent: -1 before the one that overtook it, 1 after it, 0 nothing. */
function sendingOrder(): i32 {
  const me = theSender, follower = theFollower
  // An ACK without data may have overtaken it too.
  const id = follower >= 0 ? list.idOf(follower) : u[me + R.NEXT_SEQ_ID]
  // Some hosts count, for each connection or for all; others draw lots.
  if (id != 0 && theId != 0 && u[me + R.IP_ID_STEPS] * 4 >= u[me + R.IP_ID_CHANGES] * 3) {
    const after = ((theId - id) << 16) >> 16
    if (after != 0 && abs(after) < NEAR_ID) return after > 0 ? 1 : -1
  }
  if (!s[S.HAS_TIMESTAMP] || (u[me + R.HAS] & Has.TIMESTAMPS) == 0) return 0
  const after = s[S.TIMESTAMP] - (follower >= 0 ? list.firstTimestampOf(follower) : u[me + R.NEXT_SEQ_TIMESTAMP])
  return after == 0 ? 0 : after > 0 ? 1 : -1
}

function sentAgain(kind: i32): void {
  const original = theOriginal
  // What was acknowledged is no longer in the list: then the acknowledgment is named.
  const packet = original >= 0 ? list.packetOf(original) : kind == Finding.SYN_AGAIN ? u[theRow + (s[S.DIRECTION] == 0 ? R.FIRST_PACKET : R.SYN_ACK_PACKET)] : kind == Finding.SPURIOUS ? u[theReceiver + R.ACK_PACKET] : 0
  if (original >= 0) t[S.SINCE_SENT] = t[S.TIME] - list.lastTimeOf(original)
  find(Finding.RETRANSMISSION, packet)
  if (kind != 0) find(kind, packet)
  d[theSenderD + R.BYTES_AGAIN] += min(s[S.LENGTH], kind == Finding.SPURIOUS ? s[S.LENGTH] : seenBytes)
}

/** RTO, fast, or tail; 0 where the first sending was not seen and nothing tells. */
function kind(original: i32): i32 {
  const me = theSender, peer = theReceiver, peerHas = u[peer + R.HAS]
  const srtt = d[theSenderD + R.SRTT]
  const timeout = Math.max(LEAST_RTO, srtt + 4 * d[theSenderD + R.RTT_VARIATION]) - TIMER_SLACK
  const isAsked = (u[peer + R.DUP_ACKS] >= 2 && u[peer + R.LAST_ACK] == theSeq) || ((peerHas & Has.SACK) != 0 && seq.before(theSeq, u[peer + R.SACK_HIGH]))
  const since = original >= 0 ? t[S.TIME] - list.lastTimeOf(original) : theFollower >= 0 ? t[S.TIME] - list.firstTimeOf(theFollower) : 0
  if (isAsked && since < timeout) return recovering()
  if (isRecovering() && since < Math.min(timeout, LEAST_RTO - TIMER_SLACK)) return recovering()
  if (original < 0 && since < LEAST_RTO - TIMER_SLACK) return 0
  const isHighest = !seq.before(theEnd, u[me + R.NEXT_SEQ]), isFirst = original == u[me + R.LIST_FIRST] - 1
  const wasAgain = original >= 0 && (list.marksOf(original) & Mark.AGAIN) != 0
  if (isHighest && !isAsked && !wasAgain && (!isFirst || since < LEAST_RTO - TIMER_SLACK)) return Finding.TAIL
  return Finding.RTO
}

function recovering(): i32 {
  u[theSender + R.RECOVER] = u[theSender + R.NEXT_SEQ]
  return Finding.FAST
}

/** An ACK in the middle of a recovery made it send this, no timer: a partial one (RFC 6582), or one that tells of what was sent later (RFC 8985). */
function isRecovering(): bool {
  const peer = theReceiver
  if (u[theSender + R.FIRSTS + FAST_BIT] == 0 || !seq.before(theSeq, u[theSender + R.RECOVER])) return false
  const back = u[peer + R.RTT_COUNT] > 0 ? d[theReceiverD + R.RTT_MIN] : 0
  return t[S.TIME] - d[theReceiverD + R.LAST_ACK_TIME] < FAST_WITHIN + back
}

/** Looks at what of the segment was seen before: sets seenBytes, theOriginal, thePrevious, theFollower, allSacked. */
function overlap(): void {
  const from = theSeq, end = theEnd
  seenBytes = 0
  theOriginal = theFollower = -1
  thePrevious = -2
  let sacked = 0
  for (let entry = u[theSender + R.LIST_FIRST] - 1; entry >= 0; entry = list.after(entry)) {
    const begin = list.seqOf(entry), stop = list.endOf(entry)
    if (!seq.before(begin, end)) {
      theFollower = entry
      break
    }
    if (!seq.before(from, begin)) thePrevious = entry
    if (!seq.before(from, stop)) continue
    if (theOriginal < 0) theOriginal = entry
    const both = seq.distance(seq.before(stop, end) ? stop : end, seq.before(begin, from) ? from : begin)
    seenBytes += both
    if (list.marksOf(entry) & Mark.SACKED) sacked += both
  }
  allSacked = sacked > 0 && sacked >= seq.distance(end, from)
}

/** Time in which the connection stood still, by what ended it. */
function rest(): void {
  const gap = t[S.GAP]
  if (gap < MS) return
  const isUnderWay = u[theSender + R.LIST_FIRST] != 0 || u[theReceiver + R.LIST_FIRST] != 0
  if (s[S.FINDINGS] & Finding.RETRANSMISSION) d[theSenderD + R.RECOVERY_TIME] += gap
  const isShut = u[theSender + R.WINDOW] == 0 || u[theReceiver + R.WINDOW] == 0
  if (gap < LEAST_RTO || gap < 3 * Math.max(d[theSenderD + R.SRTT], d[theReceiverD + R.SRTT]) || !(isUnderWay || isShut)) return
  u[theRow + R.STALLS]++
  d[theRowD + R.STALL_TIME] += gap
  if (gap > d[theRowD + R.STALL_MAX]) {
    d[theRowD + R.STALL_MAX] = gap
    u[theRow + R.STALL_PACKET] = s[S.PACKET]
  }
}

/**
 * Data while nothing of its side is under way: since the other side's last packet, or its own last data, its application had nothing to say. What is sent upon a
 * packet of the other side comes to the capture point a round trip later; so long it waited for that packet.
 */
function rested(): void {
  const me = theSender, peer = theReceiver, meD = theSenderD, peerD = theReceiverD
  if (s[S.FINDINGS] & NO_NEW_DATA || u[peer + R.WINDOW] == 0 || u[peer + R.PACKETS] == 0) return
  const before = d[peerD + R.SIDE_LAST_TIME], own = u[me + R.DATA_PACKETS] > 0 ? d[meD + R.LAST_DATA_TIME] : before
  const gap = t[S.TIME] - Math.max(before, own)
  if (gap < MS) return
  const back = own <= before && u[peer + R.RTT_COUNT] > 0 ? d[peerD + R.RTT_MIN] : 0
  if (gap > back / 2) d[meD + R.WAIT_TIME] += Math.min(gap, back)
  const rest = Math.max(0, gap - back)
  d[meD + R.REST_TIME] += rest
  if (rest <= d[meD + R.REST_MAX]) return
  d[meD + R.REST_MAX] = rest
  u[me + R.REST_PACKET] = s[S.PACKET]
}

/** Takes what the segment acknowledges off the peer's list, and an RTT sample of it. */
function takeAck(): void {
  const me = theSender, ack = theAck
  takeAcknowledged()
  if (s[S.BLOCKS] > 0) takeSack()
  u[me + R.HAS] |= Has.ACK
  u[me + R.LAST_ACK] = ack
  d[theSenderD + R.LAST_ACK_TIME] = t[S.TIME]
}

function takeAcknowledged(): void {
  const last = list.acknowledge(theReceiver, theAck)
  if (last >= 0 && list.endOf(last) == theAck) sample(last, (list.acknowledgedMarks & (Mark.AGAIN | Mark.FILLED)) == 0)
}

/** Karn: no sample from a segment that was sent twice, unless the timestamp says which sending is answered. */
function sample(entry: i32, isClean: bool): void {
  const marks = list.marksOf(entry)
  let sent = list.firstTimeOf(entry)
  if (marks & Mark.SACKED) return
  if (!isClean) {
    if (!s[S.HAS_TIMESTAMP] || (marks & Mark.TIMESTAMP) == 0) return
    const first = list.firstTimestampOf(entry), again = list.lastTimestampOf(entry)
    if ((marks & Mark.AGAIN) == 0 ? s[S.ECHO] != first : first == again) return
    if (marks & Mark.AGAIN && s[S.ECHO] == again) sent = list.lastTimeOf(entry)
    else if (s[S.ECHO] != first) return
  }
  const rtt = between(sent, t[S.TIME])
  if (rtt < 0) return
  t[S.RTT] = rtt
  s[S.ACKNOWLEDGES] = list.packetOf(entry)
  addRtt()
}

function addRtt(): void {
  const rtt = t[S.RTT], packet = s[S.PACKET]
  const peer = theReceiver, peerD = theReceiverD, count = u[peer + R.RTT_COUNT]
  const store = rtts.add(u[peer + R.RTT_STORE], count, rtt)
  if (store == 0) return
  u[peer + R.RTT_STORE] = store
  u[peer + R.RTT_COUNT] = count + 1
  d[peerD + R.RTT_SUM] += rtt
  if (rtt < d[peerD + R.RTT_MIN]) d[peerD + R.RTT_MIN] = rtt
  if (rtt > d[peerD + R.RTT_MAX]) {
    d[peerD + R.RTT_MAX] = rtt
    u[peer + R.RTT_MAX_PACKET] = packet
  }
  if (count == 0) {
    d[peerD + R.SRTT] = rtt
    d[peerD + R.RTT_VARIATION] = rtt / 2
    return
  }
  d[peerD + R.RTT_VARIATION] = 0.75 * d[peerD + R.RTT_VARIATION] + 0.25 * Math.abs(d[peerD + R.SRTT] - rtt)
  d[peerD + R.SRTT] = 0.875 * d[peerD + R.SRTT] + 0.125 * rtt
}

function takeSack(): void {
  const me = theSender, peer = theReceiver, base = u[peer + R.ISN]
  s[S.SACK_COUNT] = s[S.BLOCKS]
  find(Finding.SACK, 0)
  for (let i = 0; i < s[S.BLOCKS]; i++) {
    const left = s[S.EDGES + i * 2], right = s[S.EDGES + i * 2 + 1]
    s[S.SACK + i * 2] = left - base
    s[S.SACK + i * 2 + 1] = right - base
    if (i == 0 && s[S.IS_DUPLICATE_SACK]) {
      find(Finding.DSACK, 0)
      continue
    }
    if (!seq.before(left, right)) continue
    if ((u[me + R.HAS] & Has.SACK) == 0 || seq.before(u[me + R.SACK_HIGH], right)) {
      u[me + R.HAS] |= Has.SACK
      u[me + R.SACK_HIGH] = right
    }
    u[me + R.SACK_PACKET] = s[S.PACKET]
    for (let entry = u[peer + R.LIST_FIRST] - 1; entry >= 0; entry = list.after(entry)) {
      if (!seq.before(list.seqOf(entry), right)) break
      if (!seq.before(list.seqOf(entry), left) && !seq.before(right, list.endOf(entry))) list.mark(entry, Mark.SACKED)
    }
  }
}

/** Notes what was sent: the highest byte, the list, what may be acknowledged. */
function takeData(): void {
  const me = theSender, end = theEnd, from = theSeq
  if (s[S.FINDINGS] & (Finding.ZERO_WINDOW_PROBE | Finding.KEEP_ALIVE)) return
  const has = u[me + R.HAS], next = u[me + R.NEXT_SEQ], isNew = (has & Has.NEXT) == 0
  const marks = s[S.HAS_TIMESTAMP] ? Mark.TIMESTAMP : 0
  // what is acknowledged before it is seen is not waited for
  const isAcked = (u[theReceiver + R.HAS] & Has.ACK) != 0 && !seq.before(u[theReceiver + R.LAST_ACK], end)
  if (isAcked && (isNew || !seq.before(from, next))) theOriginal = -1
  else if (isNew || !seq.before(from, next)) list.add(me, -1, from, end, s[S.PACKET], s[S.TIMESTAMP], theId, marks, t[S.TIME])
  else listAgain(next, marks)
  if (isNew || seq.before(next, end)) {
    if (from != next) u[me + R.HAS] &= ~Has.BEYOND
    u[me + R.HAS] |= Has.NEXT
    u[me + R.NEXT_SEQ] = end
    noteHighest()
  }
  if ((has & Has.ACKABLE) == 0) {
    u[me + R.HAS] |= Has.ACKABLE
    u[me + R.ACKABLE] = end
  } else if (!seq.before(u[me + R.ACKABLE], from) && seq.before(u[me + R.ACKABLE], end)) {
    u[me + R.ACKABLE] = end
    if (end != u[me + R.NEXT_SEQ]) extendAckable(me)
  }
  const peer = theReceiver
  if (s[S.LENGTH] > 0 && u[peer + R.SCALE] != Scale.UNKNOWN && (u[peer + R.HAS] & Has.ACK) != 0) {
    const room = windowOf(peer) - seq.distance(u[me + R.NEXT_SEQ], u[peer + R.LAST_ACK])
    if (room < (u[peer + R.MSS] || s[S.LENGTH])) noteLimited()
  }
}

/** The segment leaves less than another's room in the window. */
function noteLimited(): void {
  const me = theSender
  u[me + R.WINDOW_LIMITED]++
  if (u[me + R.WINDOW_LIMITED_PACKET] == 0) u[me + R.WINDOW_LIMITED_PACKET] = s[S.PACKET]
}

/** The segment is the one that showed NEXT_SEQ. */
function noteHighest(): void {
  const me = theSender
  u[me + R.NEXT_SEQ_PACKET] = s[S.PACKET]
  u[me + R.NEXT_SEQ_ID] = theId
  u[me + R.NEXT_SEQ_TIMESTAMP] = s[S.TIMESTAMP]
  d[theSenderD + R.NEXT_SEQ_TIME] = t[S.TIME]
}

/** A segment without data shows where its sender is: beyond what was seen of it, the rest was not captured. */
function takePlace(): void {
  const me = theSender, has = u[me + R.HAS], here = theSeq
  if ((has & Has.NEXT) != 0 && !seq.before(u[me + R.NEXT_SEQ], here)) return
  u[me + R.HAS] |= Has.NEXT
  u[me + R.NEXT_SEQ] = here
  noteHighest()
  if (has & Has.ACKABLE) return
  u[me + R.HAS] |= Has.ACKABLE
  u[me + R.ACKABLE] = here
}

/** The list after a segment that begins before the highest byte sent. `overlap` was called unless it is a probe. */
function listAgain(next: i32, marks: i32): void {
  const me = theSender, end = theEnd
  if (s[S.FINDINGS] & Finding.RETRANSMISSION) {
    for (let entry = theOriginal; entry >= 0 && seq.before(list.seqOf(entry), end); entry = list.after(entry)) list.again(entry, s[S.TIMESTAMP], t[S.TIME])
  }
  const peer = theReceiver, isAcked = (u[peer + R.HAS] & Has.ACK) != 0 && !seq.before(u[peer + R.LAST_ACK], end)
  if (seq.before(next, end)) list.add(me, -1, next, end, s[S.PACKET], s[S.TIMESTAMP], theId, marks, t[S.TIME])
  else if (seenBytes == 0 && !isAcked && end != theSeq) {
    list.add(me, thePrevious, theSeq, end, s[S.PACKET], s[S.TIMESTAMP], theId, marks | Mark.FILLED, t[S.TIME])
  }
}

/** Bytes behind a gap that is closed now may be acknowledged too. */
function extendAckable(side: i32): void {
  for (let entry = u[side + R.LIST_FIRST] - 1; entry >= 0; entry = list.after(entry)) {
    if (seq.before(u[side + R.ACKABLE], list.seqOf(entry))) return
    if (seq.before(u[side + R.ACKABLE], list.endOf(entry))) u[side + R.ACKABLE] = list.endOf(entry)
  }
}

function takeWindow(): void {
  const me = theSender, meD = theSenderD
  if (s[S.FLAGS] & RST) return
  u[me + R.WINDOW] = s[S.RAW_WINDOW]
  if (s[S.FLAGS] & SYN) u[me + R.HAS] |= Has.WINDOW_PLAIN
  else u[me + R.HAS] &= ~Has.WINDOW_PLAIN
  noteWindow()
  const since = d[meD + R.ZERO_SINCE]
  if (s[S.RAW_WINDOW] == 0 && (s[S.FLAGS] & SFR) == 0) {
    if (since < 0) d[meD + R.ZERO_SINCE] = t[S.TIME]
  } else if (since >= 0) {
    d[meD + R.ZERO_TIME] += Math.max(0, t[S.TIME] - since) // clocks go back
    d[meD + R.ZERO_SINCE] = -1
  }
}

/** The largest and the smallest window; a SYN's is not scaled. */
function noteWindow(): void {
  const me = theSender, window = s[S.WINDOW]
  if (window > u[me + R.MAX_WINDOW]) u[me + R.MAX_WINDOW] = window
  if ((s[S.FLAGS] & SYN) == 0 && window < u[me + R.MIN_WINDOW]) u[me + R.MIN_WINDOW] = window
}

function letters(): void {
  const row = theRow, direction = s[S.DIRECTION], flags = s[S.FLAGS]
  if (flags & SYN) {
    if (flags & (FIN | RST)) note(row, direction, Letter.MANY_FLAGS)
    else note(row, direction, flags & ACK ? Letter.SYN_ACK : Letter.SYN)
  }
  if (s[S.LENGTH] > 0) note(row, direction, Letter.DATA)
  else if (flags & ACK && (flags & SFR) == 0) note(row, direction, Letter.ACK)
  if ((flags & FIN) != 0 && (flags & SYN) == 0) note(row, direction, flags & RST ? Letter.INCONSISTENT : Letter.FIN)
  if ((flags & RST) != 0 && (flags & (SYN | FIN)) == 0) note(row, direction, Letter.RESET)
  if (s[S.FINDINGS] == 0) return
  if (s[S.FINDINGS] & Finding.RETRANSMISSION && s[S.LENGTH] > 0) note(row, direction, Letter.AGAIN)
  if (s[S.FINDINGS] & Finding.ZERO_WINDOW) note(row, direction, Letter.ZERO_WINDOW)
  // the gap is in what the other side sent
  if (s[S.FINDINGS] & Finding.ACKED_UNSEEN) note(row, direction == 0 ? 1 : 0, Letter.GAP)
}

/** A side has sent its FIN, and the other has not taken it yet. */
function isFinUnderWay(has: i32, peerHas: i32): bool {
  return (peerHas & Has.FIN && (has & Has.TOOK_FIN) == 0) || (has & Has.FIN && (peerHas & Has.TOOK_FIN) == 0)
}

function beforeStates(): void {
  noteStates()
  s[S.ORIGINATOR_STATE_BEFORE] = s[S.ORIGINATOR_STATE]
  s[S.RESPONDER_STATE_BEFORE] = s[S.RESPONDER_STATE]
}

function noteStates(): void {
  const a = theRow + R.SIDE_AT, b = a + R.SIDE_SIZE
  s[S.ORIGINATOR_STATE] = u[a + R.STATE]
  s[S.RESPONDER_STATE] = u[b + R.STATE]
  s[S.IS_ORIGINATOR_ASSUMED] = (u[a + R.HAS] & Has.ASSUMED) != 0
  s[S.IS_RESPONDER_ASSUMED] = (u[b + R.HAS] & Has.ASSUMED) != 0
}

function states(): void {
  beforeStates()
  const me = theSender, peer = theReceiver, flags = s[S.FLAGS]
  const mine = u[me + R.STATE], theirs = u[peer + R.STATE]
  if (mine == TcpState.ESTABLISHED && theirs == TcpState.ESTABLISHED && (flags & SFR) == 0) return
  possible()
  if ((flags & SFR) == 0 && (CALM_SENDER >> mine) & (CALM_RECEIVER >> theirs) & 1 && !isFinUnderWay(u[me + R.HAS], u[peer + R.HAS])) return
  const hasCrossed = mine == TcpState.CLOSE_WAIT && (flags & (FIN | ACK)) == (FIN | ACK) && seq.before(theAck, u[peer + R.FIN_END])
  if (hasCrossed) return crossed()
  const sent = afterSending(mine, flags)
  // Connected without a SYN that we saw answered.
  if (sent != mine) enter(me, mine, sent, (flags & (SYN | RST)) == 0 && (mine == 0 || mine == TcpState.SYN_SENT))
  if (flags & FIN && (u[me + R.HAS] & Has.FIN) == 0) {
    u[me + R.HAS] |= Has.FIN
    u[me + R.FIN_END] = theEnd
    u[me + R.FIN_PACKET] = s[S.PACKET]
  }
  if (flags & RST) u[me + R.HAS] |= Has.RST
  const took = effect()
  const after = afterReceiving(theirs, took)
  if (after != theirs) enter(peer, theirs, after, theirs == 0 && (flags & RST) == 0)
  // An ACK of the peer's FIN shows that the sender has taken it, whatever was missing when the FIN came.
  const peerHas = u[peer + R.HAS]
  if (flags & ACK && peerHas & Has.FIN && !seq.before(theAck, u[peer + R.FIN_END])) {
    const now = u[me + R.STATE], then = afterReceiving(now, Took.FIN)
    if ((u[me + R.HAS] & Has.TOOK_FIN) == 0 && then != now) enter(me, now, then, false)
    u[me + R.HAS] |= Has.TOOK_FIN
  }
  noteStates()
}

/**
 * A FIN whose ACK does not cover the other's FIN was sent before that one came: both sides close at once. Its sender never was in CLOSE_WAIT, it went to
 * FIN_WAIT1, and by now to CLOSING (RFC 9293 §3.6, case 3).
 */
function crossed(): void {
  const me = theSender
  const side = me == theRow + R.SIDE_AT ? 0 : 1
  transitions.correct(theRow, side, TcpState.CLOSE_WAIT, TcpState.FIN_WAIT1, s[S.PACKET], t[S.TIME])
  u[me + R.STATE] = TcpState.FIN_WAIT1
  states()
  enter(me, TcpState.FIN_WAIT1, TcpState.CLOSING, false)
  if (side == 0) s[S.ORIGINATOR_STATE] = TcpState.CLOSING
  else s[S.RESPONDER_STATE] = TcpState.CLOSING
}

/** What the segment does to the one who takes it in, if it comes through. */
function effect(): i32 {
  const me = theSender, peer = theReceiver, flags = s[S.FLAGS], peerHas = u[peer + R.HAS]
  if (flags & RST) return Took.RST
  let took = flags & SYN ? Took.SYN : Took.OTHER
  if (flags & ACK && peerHas & Has.SYN && seq.before(u[peer + R.ISN], theAck)) took |= Took.ACK_OF_SYN
  if (flags & ACK && peerHas & Has.FIN && !seq.before(theAck, u[peer + R.FIN_END])) took |= Took.ACK_OF_FIN
  if (flags & FIN && (peerHas & Has.TOOK_FIN) == 0 && !seq.before(u[me + R.ACKABLE], u[me + R.FIN_END])) {
    u[peer + R.HAS] |= Has.TOOK_FIN
    took |= Took.FIN
  }
  return took
}

function enter(side: i32, from: i32, to: i32, isAssumed: bool): void {
  u[side + R.STATE] = to
  if (isAssumed) u[side + R.HAS] |= Has.ASSUMED
  const which = side == theRow + R.SIDE_AT ? 0 : 1
  transitions.add(theRow, which, from, to, s[S.PACKET], t[S.TIME], (u[side + R.HAS] & Has.ASSUMED) != 0)
}

/** IMPOSSIBLE_REASONS, by number. */
function possible(): void {
  const me = theSender, flags = s[S.FLAGS], has = u[me + R.HAS]
  let why = 0
  if (flags & SYN && flags & FIN) why = 4
  else if (flags & SYN && flags & RST) why = 5
  else if (has & Has.RST && (flags & RST) == 0) why = 2
  else if (has & Has.FIN && s[S.LENGTH] > 0 && seq.before(u[me + R.FIN_END], theEnd)) why = 1
  else if (flags & SYN && has & Has.SYN && u[me + R.ISN] != theSeq) why = 3
  if (why == 0) return
  s[S.IMPOSSIBLE] = why
  if (u[me + R.IMPOSSIBLE] == 0) u[me + R.IMPOSSIBLE] = why
  find(Finding.IMPOSSIBLE, why == 2 ? u[theRow + R.RST_PACKET] : why == 1 ? u[me + R.FIN_PACKET] : 0)
}

function countFlags(flags: i32, length: i32): void {
  const me = theSender, at = me + R.FLAG_PACKETS
  u[me + R.ACK_PACKETS] += (flags >> 4) & 1
  u[me + R.PSH_PACKETS] += (flags >> 3) & 1
  if (length == 0 && (flags & (SFR | ACK)) == ACK) u[me + R.PURE_ACKS]++
  if (flags & RARE) for (let left = flags & RARE; left != 0; left &= left - 1) u[at + ctz(left)]++
}

function countFindings(): void {
  const me = theSender
  for (let left = s[S.FINDINGS]; left != 0; left &= left - 1) {
    const bit = ctz(left)
    if (u[me + R.COUNTS + bit]++ == 0) u[me + R.FIRSTS + bit] = s[S.PACKET]
  }
}
