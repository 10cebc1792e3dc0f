/** ARP packets as tcpdump prints them — RFC 826. */
import type { Printer } from './printer.js'

/** `length`: bytes at `at` on the wire, padding included. */
export function printArp(p: Printer, at: number, length: number): void {
  p.protocol = 'arp'
  void at
  p.out.text('ARP, length ').dec(length)
}
