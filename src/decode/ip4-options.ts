/** IPv4 options — RFC 791 §3.1. A kind byte, and for all but EOL and NOP a length byte that covers both. */
import { u8 } from '../bytes.js'

/** Option kinds — IANA "IP Option Numbers". */
export const Option = { EOL: 0, NOP: 1, RR: 7, TIMESTAMP: 68, LSRR: 131, SSRR: 137, ROUTER_ALERT: 148 } as const

/** What a timestamp option records: the low four bits of its fourth byte — RFC 781. */
export const Timestamp = { ONLY: 0, WITH_ADDRESS: 1, PRESPECIFIED: 3 } as const

/** Shortest source route: kind, length, pointer, one address. */
const ROUTE_MIN = 7

/** Where in the options up to `end`, all captured, the last address of a source route stands that is not yet at its end; -1 without one. Its pointer counts from 1, at the option's kind. */
export function routeDestination(b: Uint8Array, at: number, end: number): number {
  while (at + 1 < end) {
    const kind = u8(b, at), length = kind === Option.NOP ? 1 : u8(b, at + 1)
    if (kind === Option.EOL || length === 0 || (length === 1 && kind !== Option.NOP) || at + length > end) return -1
    if (kind === Option.LSRR || kind === Option.SSRR) return length >= ROUTE_MIN && u8(b, at + 2) <= length - 3 ? at + length - 4 : -1
    at += length
  }
  return -1
}

/**
 * Where the destination stands that the checksum behind the header at `ip` covers: the last address of the first source
 * route (RFC 1122 §4.1.3.3), whatever its pointer says (tcpdump's reading), else that of the header. The header was captured.
 */
export function checksumDestination4(b: Uint8Array, ip: number): number {
  const end = ip + (u8(b, ip) & 15) * 4
  for (let at = ip + 20; at < end; ) {
    const kind = u8(b, at)
    if (kind === Option.EOL) break
    const length = kind === Option.NOP ? 1 : at + 1 < b.length ? u8(b, at + 1) : 0
    if (length === 0 || (length === 1 && kind !== Option.NOP) || at + length > end) break
    if ((kind === Option.LSRR || kind === Option.SSRR) && length >= ROUTE_MIN) return at + length - 4
    at += length
  }
  return ip + 16
}
