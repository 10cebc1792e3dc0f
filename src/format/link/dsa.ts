/** Ethernet frames with the tags of switch chips, as tcpdump prints them: Marvell DSA and EDSA, Broadcom. */
import { u16, u32 } from '../../bytes.js'
import { etherTypeName } from '../ethertype.js'
import type { Printer } from '../printer.js'
import { tableOf } from '../tables.js'
import { printEthernet, printSwitched } from './ethernet.js'

const DSA = 4
const EDSA = 8
/** The upper two bits of a DSA tag. */
const Mode = { TO_CPU: 0, FROM_CPU: 1, TO_SNIFFER: 2, FORWARD: 3 } as const
const CODES = ['BPDU (MGMT) Trap', 'Frame2Reg', 'IGMP/MLD Trap', 'Policy Trap', 'ARP Mirror', 'Policy Mirror', 'reserved', 'reserved'] as const

export function printDsa(p: Printer, at: number, length: number): number {
  return printSwitched(p, at, length, DSA, writeDsa, 'dsa')
}

export function printEdsa(p: Printer, at: number, length: number): number {
  return printSwitched(p, at, length, EDSA, writeEdsa, 'edsa')
}

function writeDsa(p: Printer, at: number): void {
  if (p.options.link) {
    p.out.text('Marvell DSA mode ')
    writeTag(p, at)
  } else {
    p.out.text('DSA ')
    writeShortTag(p, at)
  }
}

/** An EDSA tag has a type of its own, two bytes in reserve, and a DSA tag. */
function writeEdsa(p: Printer, at: number): void {
  const { out, b } = p
  const type = u16(b, at)
  if (p.options.link) {
    out.text('Marvell EDSA ethertype 0x').hex(type, 4).text(' (').text(etherTypeName(type) ?? 'Unknown').text('), rsvd ').dec(b[at + 2]!)
    out.byte(32).dec(b[at + 3]!).text(', mode ')
    writeTag(p, at + EDSA - DSA)
  } else {
    out.text('EDSA 0x').hex(type, 4).text(', ')
    writeShortTag(p, at + EDSA - DSA)
  }
}

const isTrunk = (b: Uint8Array, at: number): boolean => (b[at + 1]! & 4) !== 0
/** `24.31`: device and port. */
function writePort(p: Printer, at: number): void {
  p.out.dec(p.b[at]! & 0x1f).byte(46).dec(p.b[at + 1]! >> 3)
}

/** `Forward port 0.2, VLAN 1337u, ` */
function writeShortTag(p: Printer, at: number): void {
  const { out, b } = p
  switch (b[at]! >> 6) {
    case Mode.TO_CPU:
      out.text('port ')
      writePort(p, at)
      out.text(' > CPU, ')
      break
    case Mode.FROM_CPU:
      out.text('CPU > port ')
      writePort(p, at)
      out.text(', ')
      break
    case Mode.TO_SNIFFER:
      out.text('port ')
      writePort(p, at)
      out.text(isTrunk(b, at) ? ' > Rx Sniffer, ' : ' > Tx Sniffer, ')
      break
    default:
      out.text(isTrunk(b, at) ? 'Forward trunk ' : 'Forward port ')
      writePort(p, at)
      out.text(', ')
  }
  out.text('VLAN ').dec(u16(b, at + 2) & 0xfff).text(b[at]! & 0x20 ? 't, ' : 'u, ')
}

function writeTag(p: Printer, at: number): void {
  const { out, b } = p
  const device = b[at]! & 0x1f
  const port = b[at + 1]! >> 3
  switch (b[at]! >> 6) {
    case Mode.TO_CPU:
      out.text('To CPU, source dev ').dec(device).text(', port ').dec(port).text(', code ').text(CODES[(b[at + 1]! & 6) | ((b[at + 2]! >> 4) & 1)]!)
      break
    case Mode.FROM_CPU:
      out.text('From CPU, target dev ').dec(device).text(', port ').dec(port)
      break
    case Mode.TO_SNIFFER:
      out.text('To Sniffer, source dev ').dec(device).text(', port ').dec(port).text(isTrunk(b, at) ? ', ingress sniff' : ', egress sniff')
      break
    default:
      out.text('Forward, dev ').dec(device).text(isTrunk(b, at) ? ', trunk ' : ', port ').dec(port)
  }
  out.text(b[at]! & 0x20 ? ', tagged' : ', untagged')
  if (b[at + 1]! & 1) out.text(', CFI')
  out.text(', VID ').dec(u16(b, at + 2) & 0xfff).text(', FPri ').dec(b[at + 2]! >> 5).text(', ')
}

const BROADCOM = 4
const INGRESS = 0x20000000
const TAG_ENFORCEMENT = ['None', 'Untag', 'Header', 'Reserved'] as const
const REASONS = tableOf({ 1: 'mirror', 2: 'MAC learning', 4: 'switching', 8: 'prot term', 16: 'prot snoop', 32: 'exception' })

export function printBroadcom(p: Printer, at: number, length: number): number {
  return printSwitched(p, at, length, BROADCOM, writeBroadcom, 'brcm-tag')
}

/** The tag before the whole frame: shown only with -e. */
export function printBroadcomPrepended(p: Printer, at: number, length: number): number {
  p.protocol = 'brcm-tag-prepend'
  if (p.end - at < BROADCOM || length < BROADCOM) {
    p.truncated()
    return 0
  }
  if (p.options.link) writeBroadcom(p, at)
  return BROADCOM + printEthernet(p, at + BROADCOM, length - BROADCOM)
}

/** `BRCM tag OP: EG, CID: 0, RC: reserved, TC: 0, port: 0, ` */
function writeBroadcom(p: Printer, at: number): void {
  const { out } = p
  const tag = u32(p.b, at)
  out.text(tag >>> 24 === 0 ? 'BRCM tag OP: EG, ' : 'BRCM tag OP: IG, ')
  if (tag & INGRESS) {
    out.text('TC: ').dec((tag >>> 18) & 7).text(', TE: ').text(TAG_ENFORCEMENT[(tag >>> 16) & 3]!).text(', TS: ').dec((tag >>> 23) & 1)
    out.text(', DST map: 0x').hex(tag & 0x1ff, 4).text(', ')
  } else {
    out.text('CID: ').dec((tag >>> 16) & 0xff).text(', RC: ').text(REASONS.get((tag >>> 8) & 0xff) ?? 'reserved').text(', TC: ')
    out.dec((tag >>> 5) & 7).text(', port: ').dec(tag & 0x1f).text(', ')
  }
}
