/** What a TCP segment carries, by port or by -T. One line a protocol; the printers are a file each. */
import type { Printer } from './printer.js'

/** `length` bytes of payload at `at`, by the header's figure (more than 0), behind `length N`. */
export function printTcpPayload(p: Printer, at: number, length: number, sport: number, dport: number, flags: number): void {
  void [p, at, length, sport, dport, flags]
}
