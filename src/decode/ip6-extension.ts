/** IPv6 extension headers — RFC 8200 §4; AH: RFC 4302 §2 (in IPv4 too); routing types: RFC 5095, RFC 6275 §6.4, RFC 8754 §2. */
import { u16, u32, u8 } from '../bytes.js'
import { DESTINATION_AT, HEADER, nextHeader as ip6NextHeader } from './ip6.js'
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
 * The destination that the checksum of the transport header at `at` covers — RFC 8200 §8.1: that of the first routing
 * header between, whatever its segments-left field says (tcpdump's reading), else the one of the IPv6 header at `ip`.
 */
export function checksumDestination(b: Uint8Array, ip: number, at: number, end: number): number {
  let next = ip6NextHeader(b, ip)
  for (let here = ip + HEADER; here + 2 <= at && isExtension(next) && next !== Protocol.MOBILITY; ) {
    const length = headerLength(next, b, here)
    if (next === Protocol.ROUTING) {
      const type = u8(b, here + 2)
      if (length >= 24 && (type === 0 || type === 2) && here + length <= end) return here + length - 16
      if (type === 4 && here + 24 <= end) return here + 8
      break
    }
    next = nextHeader(b, here)
    here += length
  }
  return ip + DESTINATION_AT
}

/** Options of hop-by-hop and destination headers — RFC 8200 §4.2, RFC 2711, RFC 2675, RFC 6275 §6.3. */
export const Option = { PAD1: 0, PADN: 1, ROUTER_ALERT: 5, JUMBO: 0xc2, HOME_ADDRESS: 0xc9 } as const

/** Bytes behind the IPv6 header by the jumbo option in the hop-by-hop header at `at`; -1 when no valid one comes before a fault. */
export function jumboLength(b: Uint8Array, at: number, length: number): number {
  for (let here = at + 2; here + 1 < at + length; ) {
    const kind = u8(b, here)
    if (kind === Option.PAD1) {
      here++
      continue
    }
    const size = u8(b, here + 1)
    if (kind === Option.ROUTER_ALERT && size !== 2) break
    if (kind === Option.HOME_ADDRESS && size < 16) break
    if (kind === Option.JUMBO) {
      if (size !== 4 || here + 6 > at + length) break
      return u32(b, here + 2) > 0xffff ? u32(b, here + 2) : -1
    }
    here += size + 2
  }
  return -1
}

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
