/**
 * TCP segment header — RFC 9293 §3.1; the only reader of TCP headers and flags. `b` is the captured frame, `at` the
 * header's first byte. `check` before any other reader: in JavaScript a read past the end is a quiet wrong number.
 */
import { u16, i32, u32, u8 } from '../bytes.js'

/** Where the two numbers stand. */
export const SEQ_AT = 4
export const ACK_AT = 8
/** Bytes of the fixed header. */
export const MIN_HEADER = 20

/** The flag bits. AE (once NS) is the low bit of the byte before the other eight: RFC 9768 §3. */
export const Flag = { FIN: 0x01, SYN: 0x02, RST: 0x04, PSH: 0x08, ACK: 0x10, URG: 0x20, ECE: 0x40, CWR: 0x80, AE: 0x100 } as const

/** Flag names in the order of their bits, lowest first. */
export const FLAG_NAMES: readonly string[] = Object.keys(Flag)

export type Verdict = 'ok' | 'truncated' | 'malformed'

/** Judges the fixed header at `at`; `end` is one past the last captured byte. */
export function check(b: Uint8Array, at: number, end: number): Verdict {
  if (end - at < MIN_HEADER) return 'truncated'
  return headerLength(b, at) < MIN_HEADER ? 'malformed' : 'ok'
}

export const sourcePort = (b: Uint8Array, at: number): number => u16(b, at)
export const destinationPort = (b: Uint8Array, at: number): number => u16(b, at + 2)
export const seq = (b: Uint8Array, at: number): number => u32(b, at + 4)
/** Means something only with the ACK flag. */
export const ack = (b: Uint8Array, at: number): number => u32(b, at + 8)
/** The same two signed, for hot paths: a number above 2^31 would be put on the heap. Modulo 2^32 they reckon alike. */
export const signedSeq = (b: Uint8Array, at: number): number => i32(b, at + 4)
export const signedAck = (b: Uint8Array, at: number): number => i32(b, at + 8)
/** Bytes, options included: the data offset counts 32-bit words. */
export const headerLength = (b: Uint8Array, at: number): number => (u8(b, at + 12) >> 4) * 4
/** Nine bits, see Flag. */
export const flags = (b: Uint8Array, at: number): number => u16(b, at + 12) & 0x1ff
/** As sent: not scaled. */
export const window = (b: Uint8Array, at: number): number => u16(b, at + 14)
export const checksum = (b: Uint8Array, at: number): number => u16(b, at + 16)
export const urgent = (b: Uint8Array, at: number): number => u16(b, at + 18)
