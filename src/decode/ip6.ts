/** IPv6 header — RFC 8200 §3. `b` is the captured frame, `at` the header's first byte. */
import { u16, u32, u8 } from '../bytes.js'

/** Bytes of the fixed header. */
export const HEADER = 40

export const version = (b: Uint8Array, at: number): number => u8(b, at) >> 4
export const trafficClass = (b: Uint8Array, at: number): number => (u16(b, at) >> 4) & 0xff
/** 20 bits. */
export const flowLabel = (b: Uint8Array, at: number): number => u32(b, at) & 0xfffff
/** Bytes after the fixed header, extension headers included; 0 with a jumbo payload option. */
export const payloadLength = (b: Uint8Array, at: number): number => u16(b, at + 4)
export const nextHeader = (b: Uint8Array, at: number): number => u8(b, at + 6)
export const hopLimit = (b: Uint8Array, at: number): number => u8(b, at + 7)
/** Where the two addresses, 16 bytes each, stand. */
export const SOURCE_AT = 8
export const DESTINATION_AT = 24
