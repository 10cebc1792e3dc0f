/** UDP datagram header — RFC 768. `b` is the captured frame, `at` the header's first byte. */
import { u16 } from '../bytes.js'

/** Bytes of the header. */
export const HEADER = 8

export const sourcePort = (b: Uint8Array, at: number): number => u16(b, at)
export const destinationPort = (b: Uint8Array, at: number): number => u16(b, at + 2)
/** Bytes of header and payload; 0 in an IPv6 jumbogram. */
export const length = (b: Uint8Array, at: number): number => u16(b, at + 4)
/** 0: the sender made none. */
export const checksum = (b: Uint8Array, at: number): number => u16(b, at + 6)
