/** Linux cooked frames, versions 1 and 2, as tcpdump prints them. */
import { u16 } from '../../bytes.js'
import * as ethernet from '../../decode/link/ethernet.js'
import * as sll from '../../decode/link/sll.js'
import * as sll2 from '../../decode/link/sll2.js'
import { etherTypeName, printEtherType, writeEtherType } from '../ethertype.js'
import { printIpx } from '../ipx.js'
import { printLlc } from '../llc.js'
import { writeUnlessQuiet } from '../packet.js'
import type { Printer } from '../printer.js'
import { writeTag } from './ethernet.js'
import { interfaceName } from './interface-names.js'
import { printRadiotap } from './radiotap.js'

/** To whom the frame went; anything above is `?`. */
const PACKET_TYPES = ['In', 'B', 'M', 'P', 'Out'] as const
/** ARPHRD_IEEE80211_RADIOTAP — <linux/if_arp.h>: an 802.11 frame follows, whatever the protocol field says. */
const RADIOTAP = 803
/** Protocol fields that are no EtherType — <linux/if_ether.h>: ETH_P_802_3 and ETH_P_802_2. */
const NOVELL_802_3 = 1
const LLC_802_2 = 4
const VLAN = 0x8100
const VLAN_TAG = 4
/** An address of another length is not printed. */
const MAC_LENGTH = 6

export function printSll(p: Printer, at: number, length: number): number {
  const { b } = p
  p.protocol = 'sll'
  if (p.end - at < sll.HEADER) {
    p.truncated()
    return 0
  }
  if (p.options.link) writeHeader(p, at, length)
  return sll.HEADER + printInside(p, at, sll.HEADER, length, sll.hardwareType(b, at), sll.protocol(b, at), writeHeader)
}

export function printSll2(p: Printer, at: number, length: number): number {
  const { b, out } = p
  p.protocol = 'sll2'
  if (p.end - at < sll2.HEADER) {
    p.truncated()
    return 0
  }
  out.left(interfaceName(sll2.interfaceIndex(b, at)), 5).byte(32)
  out.left(PACKET_TYPES[sll2.packetType(b, at)] ?? '?', 3).byte(32)
  if (p.options.link) writeHeader2(p, at, length)
  return sll2.HEADER + printInside(p, at, sll2.HEADER, length, sll2.hardwareType(b, at), sll2.protocol(b, at), writeHeader2)
}

/** `Out 02:… ethertype IPv4 (0x0800), length 76: ` */
function writeHeader(p: Printer, at: number, length: number): void {
  const { b, out } = p
  out.right(PACKET_TYPES[sll.packetType(b, at)] ?? '?', 3).byte(32)
  if (sll.addressLength(b, at) === MAC_LENGTH) {
    p.mac(at + sll.ADDRESS_AT)
    out.byte(32)
  }
  if (p.options.quiet === 0) writeProtocol(p, sll.protocol(b, at), length)
}

/** `ifindex 2 02:… ethertype IPv4 (0x0800), length 76: ` */
function writeHeader2(p: Printer, at: number, length: number): void {
  const { b, out } = p
  out.text('ifindex ').dec(sll2.interfaceIndex(b, at)).byte(32)
  if (sll2.addressLength(b, at) === MAC_LENGTH) {
    p.mac(at + sll2.ADDRESS_AT)
    out.byte(32)
  }
  if (p.options.quiet === 0) writeProtocol(p, sll2.protocol(b, at), length)
}

function writeProtocol(p: Printer, protocol: number, length: number): void {
  if (protocol === NOVELL_802_3) p.out.text('802.3')
  else if (protocol === LLC_802_2) p.out.text('802.2')
  // numbers up to 1500 are Linux's own for frames without an EtherType
  else if (protocol <= ethernet.MAX_LENGTH) p.out.text('ethertype Unknown (0x').hex(protocol, 4).byte(41)
  else writeEtherType(p, protocol)
  p.out.text(', length ').dec(length).text(': ')
}

/** What follows the header of `header` bytes; returns the bytes of further link-layer headers. */
function printInside(
  p: Printer, at: number, header: number, length: number, hardwareType: number, protocol: number, writeAnyHeader: typeof writeHeader,
): number {
  const { b, out, options } = p
  if (hardwareType === RADIOTAP) return printRadiotap(p, at + header, length - header)
  let here = at + header
  let type = protocol
  length -= header
  while (type === VLAN) {
    if (here + VLAN_TAG > p.end) {
      p.protocol = 'vlan'
      p.truncated()
      return p.end - at - header
    }
    if (options.link) {
      writeTag(p, u16(b, here))
      out.text(', ')
    }
    type = u16(b, here + 2)
    if (type <= ethernet.MAX_LENGTH) type = LLC_802_2
    if (options.quiet === 0) out.text('ethertype ').text(etherTypeName(type) ?? 'Unknown').text(', ')
    here += VLAN_TAG
    length -= VLAN_TAG
  }
  if (type === NOVELL_802_3) {
    printIpx(p, here, length)
    return here - at - header
  }
  if (type === LLC_802_2) {
    const llc = printLlc(p, here, length, -1, -1)
    if (llc >= 0) return here - at - header + llc
    writeUnlessQuiet(p, here, p.end)
    return here - at - header
  }
  if (type <= ethernet.MAX_LENGTH) writeUnlessQuiet(p, here, p.end)
  else if (!printEtherType(p, type, here, length, -1, -1)) {
    if (!options.link) writeAnyHeader(p, at, length + header)
    writeUnlessQuiet(p, here, p.end)
  }
  return here - at - header
}
