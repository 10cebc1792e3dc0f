/** ICMP messages as tcpdump prints them — RFC 792. */
import type { Printer } from './printer.js'

export function printIcmp4(p: Printer, at: number, length: number, ip: number, fragmented: boolean): void {
  p.protocol = 'icmp'
  void [at, ip, fragmented]
  p.out.text('ICMP, length ').dec(length)
}
