/** Apple's IP over IEEE 1394 as tcpdump prints it — pcap-linktype(7): two EUI-64 addresses and an EtherType. */
import { u16 } from '../../bytes.js'
import { printDataUnlessQuiet } from '../data.js'
import { etherTypeName, printEtherType, writeEtherType } from '../ethertype.js'
import type { Printer } from '../printer.js'

const ADDRESS = 8
const TYPE_AT = 2 * ADDRESS
const HEADER = 18

export function printFirewire(p: Printer, at: number, length: number): number {
  p.protocol = 'ap1394'
  p.need(at, HEADER)
  const isOurs = (address: number): boolean => address === at || address === at + ADDRESS
  p.addressWriter = (address) => (isOurs(address) ? writeAddress(p, address) : p.mac(address))
  try {
    if (p.options.link) writeHeader(p, at, length)
    const inside = at + HEADER
    if (!printEtherType(p, u16(p.b, at + TYPE_AT), inside, length - HEADER, at + ADDRESS, at)) {
      if (!p.options.link) writeHeader(p, at, length)
      printDataUnlessQuiet(p, inside, p.end - inside)
    }
    return HEADER
  } finally {
    p.addressWriter = undefined
  }
}

function writeAddress(p: Printer, at: number): void {
  p.out.hex2(p.b[at]!)
  for (let i = 1; i < ADDRESS; i++) p.out.byte(58).hex2(p.b[at + i]!)
}

/** `00:… > 00:…, ethertype IPv4 (0x0800), length 54: ` */
function writeHeader(p: Printer, at: number, length: number): void {
  const { out } = p
  const type = u16(p.b, at + TYPE_AT)
  p.linkAddress(at + ADDRESS)
  out.text(' > ')
  p.linkAddress(at)
  out.text(', ')
  writeType(p, type)
  out.text(', length ').dec(length).text(': ')
}

/** `ethertype IPv4 (0x0800)`; with -q the name alone. */
export function writeType(p: Printer, type: number): void {
  const name = etherTypeName(type)
  if (p.options.quiet === 0) writeEtherType(p, type)
  else if (name === undefined) p.out.text('Unknown Ethertype (0x').hex(type, 4).byte(41)
  else p.out.text(name)
}
