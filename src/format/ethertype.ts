/** What an EtherType says comes next. One line a protocol; the printers are a file each. */
import { printAarp } from './aarp.js'
import { printAoe } from './aoe.js'
import { printAppleTalk } from './appletalk.js'
import { printArp } from './arp.js'
import { printCalmFast } from './calm-fast.js'
import { printCfm } from './cfm.js'
import { printDecnet } from './decnet.js'
import { printEapol } from './eap.js'
import { printGeoNet } from './geonet.js'
import { printIp4 } from './ip4.js'
import { printIp6 } from './ip6.js'
import { printIpx } from './ipx.js'
import { printIsoClns } from './iso-clns.js'
import { printLldp } from './lldp.js'
import { printLoopback } from './loopback.js'
import { printMpcp } from './mpcp.js'
import { printMpls } from './mpls.js'
import { printMsNlb } from './msnlb.js'
import { printNsh } from './nsh.js'
import { printPpp } from './ppp.js'
import { printPppoe } from './pppoe.js'
import type { Printer } from './printer.js'
import { printPtp } from './ptp.js'
import { printRealtek } from './realtek.js'
import { printSlow } from './slow.js'
import { word, tableOf } from './tables.js'
import { printTipc } from './tipc.js'

/** EtherType names in `ethertype IPv4 (0x0800)`, as tcpdump -e has them. */
const NAMES = tableOf({
  0x00fe: 'GRE-OSI',
  0x0200: 'PUP',
  0x0500: 'Sprite',
  0x0600: 'NS',
  0x0707: 'GeoNet (old)',
  0x0800: 'IPv4',
  0x0806: 'ARP',
  0x1000: 'Trail',
  0x1111: 'CALM FAST',
  0x6001: 'MOP DL',
  0x6002: 'MOP RC',
  0x6003: 'DN',
  0x6004: 'LAT',
  0x6007: 'SCA',
  0x6558: 'TEB',
  0x8035: 'Reverse ARP',
  0x8038: 'Lanbridge',
  0x803c: 'DEC DNS',
  0x803e: 'DEC DTS',
  0x805b: 'VEXP',
  0x805c: 'VPROD',
  0x809b: 'Appletalk',
  0x80f3: 'Appletalk ARP',
  0x8100: '802.1Q',
  0x8137: 'IPX',
  0x86dd: 'IPv6',
  0x8808: 'MPCP',
  0x8809: 'Slow Protocols',
  0x880b: 'PPP',
  0x8847: 'MPLS unicast',
  0x8848: 'MPLS multicast',
  0x8863: 'PPPoE D',
  0x8864: 'PPPoE S',
  0x886f: 'MS NLB heartbeat',
  0x8870: 'Jumbo',
  0x888e: 'EAPOL',
  0x8899: 'Realtek protocols',
  0x88a2: 'AoE',
  0x88a8: '802.1Q-QinQ',
  0x88ca: 'TIPC',
  0x88cc: 'LLDP',
  0x88e5: '802.1AE MACsec',
  0x88f7: 'PTP',
  0x8902: 'CFM',
  0x893a: 'IEEE1905.1',
  0x8947: 'GeoNet',
  0x894f: 'NSH',
  0x9000: 'Loopback',
  0x9100: '802.1Q-9100',
  0x9200: '802.1Q-9200',
  0xabcd: 'CFM (old)',
  0xd28b: 'Arista Vendor Specific Protocol',
  0xfefe: 'OSI',
})

/** undefined: unknown. */
export const etherTypeName = (type: number): string | undefined => NAMES.get(type)

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
    case 0x8137:
      p.out.text('(NOV-ETHII) ')
      printIpx(p, at, length)
      return true
    case 0x809b:
      if (p.options.verbose > 0) p.out.text('et1 ')
      printAppleTalk(p, at, length)
      return true
    case 0x80f3:
      printAarp(p, at, length)
      return true
    case 0x6003:
      printDecnet(p, at, length)
      return true
    case 0x88a2:
      printAoe(p, at, length)
      return true
    case 0x894f:
      printNsh(p, at, length)
      return true
    case 0x8847:
    case 0x8848:
      printMpls(p, at, length)
      return true
    case 0x8863:
    case 0x8864:
    case 0x3c12:
    case 0x3c13:
      printPppoe(p, at, length)
      return true
    case 0x8809:
      printSlow(p, at, length)
      return true
    case 0x888e:
      printEapol(p, at)
      return true
    case 0x9000:
      printLoopback(p, at, length)
      return true
    case 0x8808:
      printMpcp(p, at, length)
      return true
    case 0x8902:
    case 0xabcd:
      printCfm(p, at, length)
      return true
    case 0x0707:
    case 0x8947:
      printGeoNet(p, at, length, source)
      return true
    case 0x1111:
      printCalmFast(p, at, length, source)
      return true
    case 0x886f:
      printMsNlb(p, at)
      return true
    case 0x8899:
      printRealtek(p, at, source, destination)
      return true
    case 0x88f7:
      printPtp(p, at, length)
      return true
    case 0x88ca:
      printTipc(p, at)
      return true
    case 0x88cc:
      printLldp(p, at, length)
      return true
    case 0x880b:
      if (length > 0) {
        p.out.text(': ')
        printPpp(p, at, length)
      }
      return true
    case 0xfefe:
      p.protocol = 'isoclns'
      // one byte stands before the packet
      if (length <= 0 || !p.has(at, 1)) p.truncated()
      else printIsoClns(p, at + 1, length - 1)
      return true
    default:
      return false
  }
}
