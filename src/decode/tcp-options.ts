/**
 * TCP options — RFC 9293 §3.2 and the RFCs named at each kind. `b` is the captured frame, `at` the option's kind byte.
 * `optionEnd` before any reader: no option is read before its end is known to be inside header and capture.
 */
import { u16, u32, u8 } from '../bytes.js'

/** Option kinds — IANA "TCP Option Kind Numbers". */
export const Option = {
  EOL: 0,
  NOP: 1,
  MSS: 2,
  /** RFC 7323 §2 */
  WINDOW_SCALE: 3,
  /** RFC 2018 §2 */
  SACK_PERMITTED: 4,
  /** RFC 2018 §3 */
  SACK: 5,
  ECHO: 6,
  ECHO_REPLY: 7,
  /** RFC 7323 §3 */
  TIMESTAMPS: 8,
  CC: 11,
  CC_NEW: 12,
  CC_ECHO: 13,
  /** RFC 2385 */
  MD5: 19,
  SCPS: 20,
  /** RFC 5482 */
  USER_TIMEOUT: 28,
  /** RFC 5925 §2.2 */
  TCP_AO: 29,
  /** RFC 8684 §3 */
  MPTCP: 30,
  /** RFC 7413 §4.1.1 */
  FAST_OPEN: 34,
  /** RFC 6994 */
  EXPERIMENT_1: 253,
  EXPERIMENT_2: 254,
} as const

/** `optionEnd`: the capture stops inside the option. */
export const CUT = -1
/** `optionEnd`: its length byte cannot be right. */
export const BAD = -2

/** An option of one byte, which has no length byte. */
export const isSingle = (kind: number): boolean => kind === Option.EOL || kind === Option.NOP

/** Offset just past the option at `at`; CUT where the capture stops inside it, BAD where its length byte cannot be right. */
export function optionEnd(b: Uint8Array, at: number, headerEnd: number, end: number): number {
  if (at >= headerEnd) return BAD
  if (at < end && isSingle(u8(b, at))) return at + 1
  if (at + 2 > end) return CUT
  const next = at + u8(b, at + 1)
  if (next < at + 2 || next > headerEnd) return BAD
  return next > end ? CUT : next
}

/** Largest segment the sender takes, bytes (kind 2). */
export const mss = (b: Uint8Array, at: number): number => u16(b, at + 2)
/** Shift count of the window (kind 3); RFC 7323 caps its use at 14. */
export const windowScale = (b: Uint8Array, at: number): number => u8(b, at + 2)
/** The sender's clock (kind 8). */
export const timestampValue = (b: Uint8Array, at: number): number => u32(b, at + 2)
/** The peer's clock as last heard (kind 8). */
export const timestampEcho = (b: Uint8Array, at: number): number => u32(b, at + 6)
/** Left edge of the n-th SACK block (kind 5). */
export const sackLeft = (b: Uint8Array, at: number, n: number): number => u32(b, at + 2 + n * 8)
/** Right edge, one past the block's last byte. */
export const sackRight = (b: Uint8Array, at: number, n: number): number => u32(b, at + 6 + n * 8)
/** User timeout in seconds (kind 28): the top bit of the field chooses minutes — RFC 5482 §2. */
export const userTimeoutSeconds = (b: Uint8Array, at: number): number => {
  const word = u16(b, at + 2)
  return word & 0x8000 ? (word & 0x7fff) * 60 : word
}
