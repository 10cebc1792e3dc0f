/** IPv4 options — RFC 791 §3.1. A kind byte, and for all but EOL and NOP a length byte that covers both. */
import { u8 } from '../bytes.js'

/** Option kinds — IANA "IP Option Numbers". */
export const Option = { EOL: 0, NOP: 1, RR: 7, TIMESTAMP: 68, LSRR: 131, SSRR: 137, ROUTER_ALERT: 148 } as const

/** What a timestamp option records: the low four bits of its fourth byte — RFC 781. */
export const Timestamp = { ONLY: 0, WITH_ADDRESS: 1, PRESPECIFIED: 3 } as const

/** Shortest source route: kind, length, pointer, one address. */
const ROUTE_MIN = 7

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
