/** DCCP — RFC 4340 §5. `at` is the header's first byte. */
import { u16, u32, u8 } from '../bytes.js'

/** Bytes of the header with short sequence numbers, which an Ack may have, and with long ones. */
export const SHORT_HEADER = 12
export const LONG_HEADER = 16

export const Type = { REQUEST: 0, RESPONSE: 1, DATA: 2, ACK: 3, DATA_ACK: 4, CLOSE_REQ: 5, CLOSE: 6, RESET: 7, SYNC: 8, SYNC_ACK: 9 } as const

export const sourcePort = (b: Uint8Array, at: number): number => u16(b, at)
export const destinationPort = (b: Uint8Array, at: number): number => u16(b, at + 2)
/** Bytes from the header's start to the data. */
export const dataOffset = (b: Uint8Array, at: number): number => u8(b, at + 4) * 4
export const ccval = (b: Uint8Array, at: number): number => u8(b, at + 5) >> 4
/** 0: the checksum covers everything; else the header and this less one words of data — RFC 4340 §9.2. */
export const coverage = (b: Uint8Array, at: number): number => u8(b, at + 5) & 15
export const checksum = (b: Uint8Array, at: number): number => u16(b, at + 6)
export const type = (b: Uint8Array, at: number): number => (u8(b, at + 8) >> 1) & 15
/** Sequence numbers have 48 bits, else 24. */
export const isLong = (b: Uint8Array, at: number): boolean => (u8(b, at + 8) & 1) !== 0
export const sequence = (b: Uint8Array, at: number): number => (isLong(b, at) ? long(b, at + 10) : u32(b, at + 8) & 0xffffff)
/** The acknowledged number in what follows the header. */
export const acknowledged = (b: Uint8Array, at: number): number => (isLong(b, at) ? long(b, at + LONG_HEADER + 2) : u32(b, at + SHORT_HEADER) & 0xffffff)

/** 48 bits. */
const long = (b: Uint8Array, at: number): number => u16(b, at) * 0x100000000 + u32(b, at + 2)
