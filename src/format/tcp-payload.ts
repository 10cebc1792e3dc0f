/** What a TCP segment carries, by port or by -T. One line a protocol; the printers are a file each. */
import { printDnsTcp } from './dns.js'
import type { Printer } from './printer.js'

/** `length` bytes of payload at `at`, by the header's figure (more than 0), behind `length N`. */
export function printTcpPayload(p: Printer, at: number, length: number, sport: number, dport: number, flags: number): void {
  void flags
  if (p.options.type === 'domain' || sport === 53 || dport === 53) return printDnsTcp(p, at, length)
}
