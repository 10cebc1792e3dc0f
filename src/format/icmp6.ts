/** ICMPv6 messages as tcpdump prints them — RFC 4443. */
import type { Printer } from './printer.js'

export function printIcmp6(p: Printer, at: number, length: number, ip: number, fragmented: boolean): void {
  p.protocol = 'icmp6'
  void [at, ip, fragmented]
  p.out.text('ICMP6, length ').dec(length)
}
