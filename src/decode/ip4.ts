/** IPv4 header — RFC 791 §3.1; ECN bits of the TOS byte: RFC 3168 §5. `b` is the captured frame, `at` the header's first byte. */
import { u16, u32, u8 } from '../bytes.js'

/** Bytes of the fixed header. */
export const MIN_HEADER = 20

/** Bits of the flags and fragment offset word. */
export const Fragment = { RESERVED: 0x8000, DONT: 0x4000, MORE: 0x2000, OFFSET: 0x1fff } as const

export const version = (b: Uint8Array, at: number): number => u8(b, at) >> 4
/** Bytes, options included: the field counts 32-bit words. */
export const headerLength = (b: Uint8Array, at: number): number => (u8(b, at) & 15) * 4
export const tos = (b: Uint8Array, at: number): number => u8(b, at + 1)
/** Bytes of the whole packet, header included, as the header says. */
export const totalLength = (b: Uint8Array, at: number): number => u16(b, at + 2)
export const id = (b: Uint8Array, at: number): number => u16(b, at + 4)
/** Flags in the top three bits, offset in units of eight bytes below them. */
export const fragment = (b: Uint8Array, at: number): number => u16(b, at + 6)
/** Bytes of the datagram before this fragment. */
export const fragmentOffset = (b: Uint8Array, at: number): number => (fragment(b, at) & Fragment.OFFSET) * 8
export const ttl = (b: Uint8Array, at: number): number => u8(b, at + 8)
export const protocol = (b: Uint8Array, at: number): number => u8(b, at + 9)
export const checksum = (b: Uint8Array, at: number): number => u16(b, at + 10)
/** The address as a number, network order. */
export const source = (b: Uint8Array, at: number): number => u32(b, at + 12)
export const destination = (b: Uint8Array, at: number): number => u32(b, at + 16)
/** Where the two addresses stand. */
export const SOURCE_AT = 12
export const DESTINATION_AT = 16
