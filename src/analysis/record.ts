/**
 * What is kept of a connection: a row of 32-bit numbers and a row of doubles, a fixed size whatever the connection does. Rows stand in chunks, so
 * that nothing is copied when there are more. A row is: what both directions share, then the originator's side, then the responder's.
 */
import { FINDINGS } from './findings.js'

/** Connections in a chunk. */
const SHIFT = 10
const MASK = (1 << SHIFT) - 1

let n = 0
const next = (many = 1): number => {
  const at = n
  n += many
  return at
}

/** 32-bit numbers that both directions share. */
export const PROTOCOL = next()
/** Entry of the key table, shifted left, and in bit 0 whether its addresses are of 16 bytes. */
export const ENTRY = next()
/** 1 when the originator is the second of the key's two endpoints. */
export const REVERSED = next()
export const FIRST_PACKET = next()
export const LAST_PACKET = next()
/** Bits of Seen. */
export const SEEN = next()
/** Letters of Zeek's history, six to a word, five bits each: bit 4 responder, bits 0 to 3 the letter. */
export const HISTORY = next(4)
export const HISTORY_COUNT = next()
/** Bits: letters that the history has, the originator's below the responder's. */
export const HISTORY_HAS = next()
/** The list of transitions: entry + 1; how many. */
export const TRANSITION_FIRST = next()
export const TRANSITION_LAST = next()
export const TRANSITION_COUNT = next()
/** Packets: the last SYN before the answer, the SYN-ACK, the ACK that ended the handshake, the first RST, an ICMP error about it. */
export const SYN_PACKET = next()
export const SYN_ACK_PACKET = next()
export const HANDSHAKE_PACKET = next()
export const RST_PACKET = next()
export const ICMP_PACKET = next()
/** Type and code of that ICMP error. */
export const ICMP_CODE = next()
/** Packet after the longest stall. */
export const STALL_PACKET = next()
export const STALLS = next()
/** Connection + 1 that had these addresses and ports before. */
export const FORMER = next()
/** The data sender of the last data segment: direction + 1. */
export const LAST_DATA_DIRECTION = next()
// a side begins where a cache line does
n = (n + 15) & ~15
const SHARED = n

n = 0
/** 32-bit numbers of a side; add the side's base. Those that every segment touches stand first, together. */
/** Bits of Has. */
export const HAS = next()
export const ISN = next()
/** One past the highest byte sent, and the packet that sent it. */
export const NEXT_SEQ = next()
export const NEXT_SEQ_PACKET = next()
/** Its IP identification and timestamp. */
export const NEXT_SEQ_ID = next()
export const NEXT_SEQ_TIMESTAMP = next()
/** One past the highest byte that may be acknowledged: the end of what was seen without a gap. */
export const ACKABLE = next()
/** The last ACK sent, and the packet that first had it; the last window (as sent) and its scale (shift, or a Scale). */
export const LAST_ACK = next()
export const ACK_PACKET = next()
export const WINDOW = next()
export const SCALE = next()
export const DUP_ACKS = next()
/** The last packet of this side, its findings. */
export const SIDE_LAST_PACKET = next()
export const LAST_FINDINGS = next()
/** The first unacknowledged segment + 1 in Outstanding, the last, and how many there are. */
export const LIST_FIRST = next()
export const LIST_LAST = next()
export const LIST_COUNT = next()
export const STATE = next()
export const PACKETS = next()
export const DATA_PACKETS = next()
/** Packets with nothing but an ACK; with PSH; with ACK. */
export const PURE_ACKS = next()
export const PSH_PACKETS = next()
export const ACK_PACKETS = next()
export const MAX_LENGTH = next()
/** The IP identification of its last packet, how often it changed, and how often by a small step upwards. */
export const LAST_IP_ID = next()
export const IP_ID_CHANGES = next()
export const IP_ID_STEPS = next()
/** Largest and smallest window announced, bytes. */
export const MAX_WINDOW = next()
export const MIN_WINDOW = next()
export const MAX_IN_FLIGHT = next()
/** As announced in its SYN; 0: not known. */
export const MSS = next()
export const RTT_COUNT = next()
export const RTT_STORE = next()
/** Segments with data that found the window (nearly) full, and the packet of the first. */
export const WINDOW_LIMITED = next()
export const WINDOW_LIMITED_PACKET = next()
/** Packets with each of the lowest eight flag bits, but PSH and ACK. */
export const FLAG_PACKETS = next(8)
/** One past its FIN, and the FIN's packet. */
export const FIN_END = next()
export const FIN_PACKET = next()
/** Highest right edge of its SACK blocks, and the packet of that block. */
export const SACK_HIGH = next()
export const SACK_PACKET = next()
export const TTL = next()
/** Packet with the largest RTT sample. */
export const RTT_MAX_PACKET = next()
/** Why its first impossible segment is: IMPOSSIBLE_REASONS. */
export const IMPOSSIBLE = next()
/** For each finding: how often, and the first packet. */
export const COUNTS = next(FINDINGS)
export const FIRSTS = next(FINDINGS)
n = (n + 15) & ~15
const SIDE = n

n = 0
/** Doubles that both directions share: times are nanoseconds since `baseSeconds`. */
export const FIRST_TIME = next()
export const LAST_TIME = next()
export const SYN_TIME = next()
export const SYN_ACK_TIME = next()
/** From the SYN to the ACK that ends the handshake, and its two halves; -1: not seen. */
export const HANDSHAKE_RTT = next()
export const SYN_RTT = next()
export const SYN_ACK_RTT = next()
export const STALL_MAX = next()
export const STALL_TIME = next()
n = (n + 7) & ~7
const SHARED_DOUBLES = n

n = 0
/** Doubles of a side, in the same order. */
export const BYTES = next()
export const WIRE_BYTES = next()
export const SIDE_LAST_TIME = next()
export const LAST_DATA_TIME = next()
export const NEXT_SEQ_TIME = next()
export const LAST_ACK_TIME = next()
/** Since when its window is zero (-1: it is not), and how long it was in all. */
export const ZERO_SINCE = next()
export const RTT_SUM = next()
export const RTT_MIN = next()
export const RTT_MAX = next()
/** RFC 6298's smoothed RTT and its variation. */
export const SRTT = next()
export const RTT_VARIATION = next()
export const ZERO_TIME = next()
/** Data bytes that were sent before; data bytes in packets captured twice. */
export const BYTES_AGAIN = next()
export const BYTES_TWICE = next()
export const SIDE_FIRST_TIME = next()
export const FIRST_DATA_TIME = next()
/** Time in which nothing was under way, before data of this side: its application was at rest. */
export const REST_TIME = next()
/** Time in which data was under way, ended by a retransmission of this side. */
export const RECOVERY_TIME = next()
n = (n + 7) & ~7
const SIDE_DOUBLES = n

export const ROW = SHARED + 2 * SIDE
export const ROW_DOUBLES = SHARED_DOUBLES + 2 * SIDE_DOUBLES
/** Bases of the originator's side; the responder's is SIDE_SIZE behind. */
export const SIDE_AT = SHARED
export const SIDE_SIZE = SIDE
export const SIDE_DOUBLES_AT = SHARED_DOUBLES
export const SIDE_DOUBLES_SIZE = SIDE_DOUBLES

/** What was seen of a connection. */
export const Seen = {
  SYN: 1, SYN_ACK: 2, HANDSHAKE_ACK: 4, DATA: 8, FIN: 16, RST: 32,
  /** The first RST came from the responder. */
  RST_BY_RESPONDER: 64,
  /** The responder sent anything. */
  ANSWER: 128,
  /** An ICMP echo. */
  ECHO: 256,
} as const

/** What is known of a side. */
export const Has = { ISN: 1, NEXT: 2, ACKABLE: 4, ACK: 8, FIN: 16, RST: 32, SACK_OK: 64, TIMESTAMPS: 128, SACK: 256, SYN: 512, ASSUMED: 1024, WINDOW_PLAIN: 2048, TOOK_FIN: 4096 } as const

/** SCALE of a side: no SYN was seen; its SYN had none. */
export const Scale = { UNKNOWN: 255, NONE: 254 } as const

export interface RecordsState {
  readonly count: number
  readonly words: readonly Int32Array[]
  readonly doubles: readonly Float64Array[]
}

export class Records {
  count = 0
  readonly #words: Int32Array[] = []
  readonly #doubles: Float64Array[] = []

  /** A new row of zeros; its number. */
  add(): number {
    if ((this.count & MASK) === 0) {
      this.#words.push(new Int32Array(ROW << SHIFT))
      this.#doubles.push(new Float64Array(ROW_DOUBLES << SHIFT))
    }
    return this.count++
  }

  state(): RecordsState {
    return { count: this.count, words: this.#words, doubles: this.#doubles }
  }

  restore({ count, words, doubles }: RecordsState): void {
    this.count = count
    this.#words.push(...words)
    this.#doubles.push(...doubles)
  }

  words(connection: number): Int32Array {
    return this.#words[connection >> SHIFT]!
  }

  doubles(connection: number): Float64Array {
    return this.#doubles[connection >> SHIFT]!
  }

  /** Where the row begins in `words`. */
  static at(connection: number): number {
    return (connection & MASK) * ROW
  }

  /** Where it begins in `doubles`. */
  static doublesAt(connection: number): number {
    return (connection & MASK) * ROW_DOUBLES
  }
}
