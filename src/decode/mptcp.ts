/** The MPTCP option of TCP — RFC 8684 §3 (version 1) and RFC 6824 §3 (version 0). `at`: the option's kind byte. */
import { u8 } from '../bytes.js'

/** Subtypes: the top four bits of the third byte. */
export const Subtype = { CAPABLE: 0, JOIN: 1, DSS: 2, ADD_ADDR: 3, REMOVE_ADDR: 4, PRIO: 5, FAIL: 6, FAST_CLOSE: 7 } as const

/** Flags of a data sequence signal (fourth byte) — RFC 8684 §3.3. */
export const Dss = { ACK: 0x01, ACK_8: 0x02, MAP: 0x04, SEQ_8: 0x08, FIN: 0x10 } as const

/** Third byte, low bit: the subflow is a backup (JOIN, PRIO). */
export const BACKUP = 0x01
/** Fourth byte of CAPABLE: checksums are wanted. */
export const CHECKSUM = 0x80

export const subtype = (b: Uint8Array, at: number): number => u8(b, at + 2) >> 4
/** Low four bits of the third byte: version of CAPABLE, flags of ADD_ADDR, JOIN and PRIO. */
export const low = (b: Uint8Array, at: number): number => u8(b, at + 2) & 15
