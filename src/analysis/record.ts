/**
 * What the rules keep of a connection: a row of 32-bit numbers and doubles, a fixed size whatever the connection does. A row is: what both directions share, then
 * the originator's side, then the responder's.
 */

/** Connections in a chunk of rows. */
export const CHUNK = 1024

/*
 * Offsets are sums of constants, one after the other, which the build folds into numbers (as long as this file imports nothing). 32-bit numbers and doubles of a row
 * share its bytes, so that what each segment touches stands in few cache lines.
 */

/** How many findings there are: findings.ts names them. */
export const FINDINGS = 23

/** What both directions share; 32-bit numbers, by their offset in the row. What every segment touches stands first. */
/** Bits of Seen. */
export const SEEN = 0
/** 1 when the originator is the second of the key's two endpoints. */
export const REVERSED = SEEN + 1
export const LAST_PACKET = REVERSED + 1
/** Bits: letters that the history has, the originator's below the responder's. */
export const HISTORY_HAS = LAST_PACKET + 1
export const PROTOCOL = HISTORY_HAS + 1
/** Entry of the key table, shifted left, and in bit 0 whether its addresses are of 16 bytes. */
export const ENTRY = PROTOCOL + 1
export const FIRST_PACKET = ENTRY + 1
export const STALLS = FIRST_PACKET + 1
/** Doubles, by their offset in doubles: times are nanoseconds since `baseSeconds`. */
export const LAST_TIME = (STALLS + 1) / 2
export const FIRST_TIME = LAST_TIME + 1
export const SYN_TIME = FIRST_TIME + 1
export const SYN_ACK_TIME = SYN_TIME + 1
/** The nanoseconds of their seconds, which a time far from the first packet does not hold exactly. */
export const SYN_NANOS = SYN_ACK_TIME + 1
export const SYN_ACK_NANOS = SYN_NANOS + 1
/** From the SYN to the ACK that ends the handshake, and its two halves; -1: not seen. */
export const HANDSHAKE_RTT = SYN_ACK_NANOS + 1
export const SYN_RTT = HANDSHAKE_RTT + 1
export const SYN_ACK_RTT = SYN_RTT + 1
export const STALL_MAX = SYN_ACK_RTT + 1
export const STALL_TIME = STALL_MAX + 1
/** Letters of Zeek's history, six to a word, five bits each: bit 4 responder, bits 0 to 3 the letter. */
export const HISTORY = (STALL_TIME + 1) * 2
export const HISTORY_COUNT = HISTORY + 4
/** The list of transitions: entry + 1; how many. */
export const TRANSITION_FIRST = HISTORY_COUNT + 1
export const TRANSITION_LAST = TRANSITION_FIRST + 1
export const TRANSITION_COUNT = TRANSITION_LAST + 1
/** Packets: the last SYN before the answer, the SYN-ACK, the ACK that ended the handshake, the first RST, an ICMP error about it. */
export const SYN_PACKET = TRANSITION_COUNT + 1
export const SYN_ACK_PACKET = SYN_PACKET + 1
export const HANDSHAKE_PACKET = SYN_ACK_PACKET + 1
export const RST_PACKET = HANDSHAKE_PACKET + 1
export const ICMP_PACKET = RST_PACKET + 1
/** Type and code of that ICMP error. */
export const ICMP_CODE = ICMP_PACKET + 1
/** Packet after the longest stall. */
export const STALL_PACKET = ICMP_CODE + 1
/** Connection + 1 that had these addresses and ports before. */
export const FORMER = STALL_PACKET + 1
const SHARED = (FORMER + 16) & ~15

/** 32-bit numbers of a side; add the side's base. First a cache line that tells what is expected of the next segment. */
/** Bits of Has. */
export const HAS = 0
export const ISN = HAS + 1
/** One past the highest byte sent. */
export const NEXT_SEQ = ISN + 1
/** One past the highest byte that may be acknowledged: the end of what was seen without a gap. */
export const ACKABLE = NEXT_SEQ + 1
/** The last ACK sent, and the packet that first had it; the last window (as sent) and its scale (shift, or a Scale). */
export const LAST_ACK = ACKABLE + 1
export const ACK_PACKET = LAST_ACK + 1
export const WINDOW = ACK_PACKET + 1
export const SCALE = WINDOW + 1
/** As announced in its SYN; 0: not known. */
export const MSS = SCALE + 1
export const STATE = MSS + 1
/** The last packet's findings. */
export const LAST_FINDINGS = STATE + 1
export const DUP_ACKS = LAST_FINDINGS + 1
/** The first unacknowledged segment + 1 in Outstanding, the last, and how many there are. */
export const LIST_FIRST = DUP_ACKS + 1
export const LIST_LAST = LIST_FIRST + 1
export const LIST_COUNT = LIST_LAST + 1
/** Samples of the RTT of what this side sent; where they are. */
export const RTT_COUNT = LIST_COUNT + 1

/** A second one: what is counted. */
export const RTT_STORE = RTT_COUNT + 1
/** The packet that sent the highest byte, its IP identification and timestamp. */
export const NEXT_SEQ_PACKET = RTT_STORE + 1
export const NEXT_SEQ_ID = NEXT_SEQ_PACKET + 1
export const NEXT_SEQ_TIMESTAMP = NEXT_SEQ_ID + 1
/** The last packet of this side. */
export const SIDE_LAST_PACKET = NEXT_SEQ_TIMESTAMP + 1
export const PACKETS = SIDE_LAST_PACKET + 1
export const DATA_PACKETS = PACKETS + 1
/** Packets with nothing but an ACK; with PSH; with ACK. */
export const PURE_ACKS = DATA_PACKETS + 1
export const PSH_PACKETS = PURE_ACKS + 1
export const ACK_PACKETS = PSH_PACKETS + 1
export const MAX_LENGTH = ACK_PACKETS + 1
/** The IP identification of its last packet, how often it changed, and how often by a small step upwards. */
export const LAST_IP_ID = MAX_LENGTH + 1
export const IP_ID_CHANGES = LAST_IP_ID + 1
export const IP_ID_STEPS = IP_ID_CHANGES + 1
export const MAX_IN_FLIGHT = IP_ID_STEPS + 1
/** Packet with the largest RTT sample. */
export const RTT_MAX_PACKET = MAX_IN_FLIGHT + 1

/** A third: doubles of a side, by their offset in doubles from the side's base; times as above. */
export const BYTES = (RTT_MAX_PACKET + 1) / 2
export const WIRE_BYTES = BYTES + 1
export const SIDE_LAST_TIME = WIRE_BYTES + 1
export const LAST_DATA_TIME = SIDE_LAST_TIME + 1
export const NEXT_SEQ_TIME = LAST_DATA_TIME + 1
export const LAST_ACK_TIME = NEXT_SEQ_TIME + 1
/** Since when its window is zero (-1: it is not), and how long it was in all. */
export const ZERO_SINCE = LAST_ACK_TIME + 1
export const ZERO_TIME = ZERO_SINCE + 1

/** And what its peer's ACKs touch. */
export const RTT_SUM = ZERO_TIME + 1
export const RTT_MIN = RTT_SUM + 1
export const RTT_MAX = RTT_MIN + 1
/** RFC 6298's smoothed RTT and its variation. */
export const SRTT = RTT_MAX + 1
export const RTT_VARIATION = SRTT + 1

/** The rest is seldom touched. Data bytes that were sent before; data bytes in packets captured twice. */
export const BYTES_AGAIN = RTT_VARIATION + 1
export const BYTES_TWICE = BYTES_AGAIN + 1
export const SIDE_FIRST_TIME = BYTES_TWICE + 1
export const FIRST_DATA_TIME = SIDE_FIRST_TIME + 1
/** Time in which nothing of this side was under way, before data of it: its application was at rest; and the longest. */
export const REST_TIME = FIRST_DATA_TIME + 1
export const REST_MAX = REST_TIME + 1
/** Time in which nothing was under way at the capture point, but acknowledgments to this side were, for which it waited. */
export const WAIT_TIME = REST_MAX + 1
/** Time in which data was under way, ended by a retransmission of this side. */
export const RECOVERY_TIME = WAIT_TIME + 1

/** 32-bit numbers again. Segments with data that found the window (nearly) full, and the packet of the first. */
export const WINDOW_LIMITED = (RECOVERY_TIME + 1) * 2
export const WINDOW_LIMITED_PACKET = WINDOW_LIMITED + 1
/** The packet with the most bytes in flight; the one that ended the longest rest. */
export const MAX_IN_FLIGHT_PACKET = WINDOW_LIMITED_PACKET + 1
export const REST_PACKET = MAX_IN_FLIGHT_PACKET + 1
/** NEXT_SEQ at its last fast retransmission: recovery lasts until that is acknowledged (RFC 6582 §3.2). */
export const RECOVER = REST_PACKET + 1
/** Highest right edge of its SACK blocks. */
export const SACK_HIGH = RECOVER + 1
/** What duplicate ACKs touch. One past its FIN. */
export const FIN_END = SACK_HIGH + 1
/** Why its first impossible segment is: IMPOSSIBLE_REASONS. */
export const IMPOSSIBLE = FIN_END + 1
/** Largest and smallest window announced, bytes. */
export const MAX_WINDOW = IMPOSSIBLE + 1
export const MIN_WINDOW = MAX_WINDOW + 1
/** For each finding: how often, and the first packet. */
export const COUNTS = MIN_WINDOW + 1
export const FIRSTS = COUNTS + FINDINGS
/** Packets with each of the lowest eight flag bits, but PSH and ACK. */
export const FLAG_PACKETS = FIRSTS + FINDINGS
export const FIN_PACKET = FLAG_PACKETS + 8
/** The packet of the highest right edge. */
export const SACK_PACKET = FIN_PACKET + 1
export const TTL = SACK_PACKET + 1
const SIDE = (TTL + 16) & ~15

export const ROW = SHARED + 2 * SIDE
export const ROW_DOUBLES = ROW / 2
/** Bases of the originator's side; the responder's is SIDE_SIZE behind. */
export const SIDE_AT = SHARED
export const SIDE_SIZE = SIDE
export const SIDE_DOUBLES_AT = SHARED / 2
export const SIDE_DOUBLES_SIZE = SIDE / 2

/** What was seen of a connection. */
export const Seen = {
  SYN: 1, SYN_ACK: 2, HANDSHAKE_ACK: 4, DATA: 8, FIN: 16, RST: 32,
  /** The first RST came from the responder. */
  RST_BY_RESPONDER: 64,
  /** The responder sent anything. */
  ANSWER: 128,
  /** An ICMP echo. */
  ECHO: 256,
  /** HANDSHAKE_RTT is known. */
  TIMED: 512,
  /** A FIN or RST without data acknowledged something. */
  LAST_ACK: 1024,
} as const

/** What is known of a side. BEYOND: more of it was acknowledged than was seen. */
export const Has = { ISN: 1, NEXT: 2, ACKABLE: 4, ACK: 8, FIN: 16, RST: 32, SACK_OK: 64, TIMESTAMPS: 128, SACK: 256, SYN: 512, ASSUMED: 1024, WINDOW_PLAIN: 2048, TOOK_FIN: 4096, BEYOND: 8192 } as const

/** SCALE of a side: no SYN was seen; its SYN had none. */
export const Scale = { UNKNOWN: 255, NONE: 254 } as const
