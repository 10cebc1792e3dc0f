/** What an EtherType says comes next. One line a protocol; the printers are a file each. */
import { printArp } from './arp.js'
import { printIp4 } from './ip4.js'
import { printIp6 } from './ip6.js'
import type { Printer } from './printer.js'
import { word, tableOf } from './tables.js'

/** EtherType names in `ethertype IPv4 (0x0800)`, as tcpdump -e has them. */
const NAMES = tableOf({ 0x0800: 'IPv4', 0x0806: 'ARP', 0x8100: '802.1Q', 0x86dd: 'IPv6', 0x8035: 'Reverse ARP' })

/** `ethertype IPv4 (0x0800)` */
export function writeEtherType(p: Printer, type: number): void {
  p.out.text('ethertype ').text(word(NAMES, type, 'Unknown')).text(' (0x').hex(type, 4).byte(41)
}

/**
 * @param length bytes at `at` on the wire
 * @param source,destination where the link-layer addresses stand, -1 when there are none
 * @returns false when nothing is known of this type: the caller prints its header and a dump
 */
export function printEtherType(p: Printer, type: number, at: number, length: number, source: number, destination: number): boolean {
  void [source, destination]
  switch (type) {
    case 0x0800:
      printIp4(p, at, length)
      return true
    case 0x86dd:
      printIp6(p, at, length)
      return true
    case 0x0806:
    case 0x8035:
      printArp(p, at, length)
      return true
    default:
      return false
  }
}
