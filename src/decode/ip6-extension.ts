/** IPv6 extension headers — RFC 8200 §4; AH: RFC 4302 §2 (in IPv4 too); routing types: RFC 5095, RFC 6275 §6.4, RFC 8754 §2. */
import { u16, u32, u8 } from '../bytes.js'
import { Protocol } from './ip-protocol.js'

/** Bytes of a fragment header. */
export const FRAGMENT_HEADER = 8

/** `next` is a header behind which another one stands. ESP is none: what it holds is not readable. */
export function isExtension(next: number): boolean {
  switch (next) {
    case Protocol.HOPOPTS:
    case Protocol.ROUTING:
    case Protocol.FRAGMENT:
    case Protocol.AH:
    case Protocol.DSTOPTS:
    case Protocol.MOBILITY:
      return true
    default:
      return false
  }
}

/** What stands behind the extension header at `at`. */
export const nextHeader = (b: Uint8Array, at: number): number => u8(b, at)

/** Bytes of the extension header `kind` at `at`; its first two bytes are captured. */
export function headerLength(kind: number, b: Uint8Array, at: number): number {
  if (kind === Protocol.FRAGMENT) return FRAGMENT_HEADER
  return kind === Protocol.AH ? (u8(b, at + 1) + 2) * 4 : (u8(b, at + 1) + 1) * 8
}

/** Bytes of the datagram before this fragment. */
export const fragmentOffset = (b: Uint8Array, at: number): number => u16(b, at + 2) & 0xfff8
export const moreFragments = (b: Uint8Array, at: number): boolean => (u8(b, at + 3) & 1) !== 0
export const fragmentId = (b: Uint8Array, at: number): number => u32(b, at + 4)

/**
 * Where a routing header holds the address the packet ends at, which is what a transport checksum covers (RFC 8200
 * §8.1): -1 when it is the one in the IPv6 header. `length`: bytes of the header, all captured.
 */
export function finalDestination(b: Uint8Array, at: number, length: number): number {
  const type = u8(b, at + 2)
  const segmentsLeft = u8(b, at + 3)
  if (segmentsLeft === 0 || length < 24) return -1
  if (type === 0 || type === 2) return at + 8 + (Math.floor((length - 8) / 16) - 1) * 16
  // Segment routing lists the path backwards: the first is the last.
  return type === 4 ? at + 8 : -1
}
