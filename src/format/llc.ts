/** IEEE 802.2 LLC and SNAP headers as tcpdump prints them, and what follows them. */
import { printCdp } from './cdp.js'
import { printDtp } from './dtp.js'
import { etherTypeName, printEtherType } from './ethertype.js'
import { printIp4 } from './ip4.js'
import { printIpx } from './ipx.js'
import { printIsoClns } from './iso-clns.js'
import { printEthernet } from './link/ethernet.js'
import { printFddi } from './link/fddi.js'
import { printTokenRing } from './link/token-ring.js'
import { ouiName } from './oui.js'
import { writeUnknown } from './packet.js'
import type { Printer } from './printer.js'
import { printStp } from './stp.js'
import { tableOf } from './tables.js'
import { printUdld } from './udld.js'
import { printVtp } from './vtp.js'

/** Service access points; the low bit of a DSAP says group, of an SSAP response. */
const Sap = { IP: 0x06, STP: 0x42, SNAP: 0xaa, IPX: 0xe0, OSI: 0xfe, GLOBAL: 0xff } as const
const SAPS = tableOf({
  0x00: 'Null', 0x02: '802.1B I', 0x04: 'SNA', 0x06: 'IP', 0x0e: 'ProWay NM', 0x42: 'STP', 0x4e: 'RS511', 0x7e: 'ISO8208', 0x8e: 'ProWay',
  0xaa: 'SNAP', 0xe0: 'IPX', 0xf0: 'NetBeui', 0xfe: 'OSI',
})

/** Control field of an unnumbered frame: the low bits 11, and the poll bit. */
const UNNUMBERED = 0x03
const POLL_UNNUMBERED = 0x10
const POLL_NUMBERED = 0x0100
const UI = 0x03
const XID = 0xaf
const COMMANDS = tableOf({ 0x03: 'ui', 0x0f: 'dm', 0x43: 'disc', 0x63: 'ua', 0x6f: 'sabme', 0x87: 'frmr', 0xaf: 'xid', 0xe3: 'test' })
const SUPERVISORY = ['Receiver Ready', 'Receiver not Ready', 'Reject', '?'] as const
/** By response bit and poll bit. */
const FLAGS = ['Command', 'Response', 'Poll', 'Final'] as const
/** First byte of the XID information field of LLC — ISO 8802-2 §5.4.1.1.2. */
const XID_FORMAT = 0x81

/**
 * @param length bytes at `at` on the wire
 * @param source,destination where the link-layer addresses stand, -1 when there are none
 * @returns bytes of LLC and SNAP header; negative (of the same size) when the payload is unknown and is to be dumped
 */
export function printLlc(p: Printer, at: number, length: number, source: number, destination: number): number {
  const { b, out, options } = p
  p.protocol = 'llc'
  if (p.end - at < 3 || length < 3) return truncatedAt(p, at, 0)
  const dsap = b[at]!
  const ssap = b[at + 1]!
  const isUnnumbered = (b[at + 2]! & 3) === UNNUMBERED
  if (!isUnnumbered && (p.end - at < 4 || length < 4)) return truncatedAt(p, at, 0)
  const control = isUnnumbered ? b[at + 2]! : b[at + 2]! | (b[at + 3]! << 8)
  const header = isUnnumbered ? 3 : 4
  if (dsap === Sap.GLOBAL && ssap === Sap.GLOBAL) {
    // Novell's IPX straight on 802.3: these two are its checksum
    if (options.link) out.text('IPX 802.3: ')
    printIpx(p, at, length)
    return 0
  }
  const to = dsap & ~1
  const from = ssap & ~1
  if (options.link) {
    out.text('LLC, dsap ').text(SAPS.get(to) ?? 'Unknown').text(' (0x').hex(to, 2).text(dsap & 1 ? ') Group, ssap ' : ') Individual, ssap ')
    out.text(SAPS.get(from) ?? 'Unknown').text(' (0x').hex(from, 2).text(ssap & 1 ? ') Response, ctrl 0x' : ') Command, ctrl 0x')
    out.hex(control, isUnnumbered ? 2 : 4).text(': ')
  }
  const inside = at + header
  const rest = length - header
  if (control === UI) {
    if (to === Sap.SNAP && from === Sap.SNAP) {
      const snap = printSnap(p, inside, rest, source, destination, 2)
      return snap < 0 ? snap - header : snap + header
    }
    if (to === Sap.STP && from === Sap.STP) {
      printStp(p, inside, rest)
      return header
    }
    if (to === Sap.IP && from === Sap.IP) {
      printIp4(p, inside, rest)
      return header
    }
    if (to === Sap.IPX && from === Sap.IPX) {
      if (options.link) out.text('IPX 802.2: ')
      printIpx(p, inside, rest)
      return header
    }
    if ((dsap === Sap.OSI || dsap === Sap.GLOBAL) && (ssap === Sap.OSI || ssap === Sap.GLOBAL)) {
      printIsoClns(p, inside, rest)
      return header
    }
  }
  if (!options.link) writeSaps(p, to, from, source, destination)
  return isUnnumbered ? printUnnumbered(p, at, length, control, ssap) : printNumbered(p, control, length, ssap)
}

/** `02:… Unknown SSAP 0x62 > 02:… SNA `; one name alone when both are the same. */
function writeSaps(p: Printer, to: number, from: number, source: number, destination: number): void {
  const { out } = p
  const hasAddresses = source >= 0 && destination >= 0
  if (hasAddresses) p.linkAddress(source)
  if (from !== to) {
    if (hasAddresses) out.byte(32)
    writeSap(p, from, 'Unknown SSAP 0x')
  }
  if (hasAddresses || from !== to) out.text(' > ')
  if (hasAddresses) {
    p.linkAddress(destination)
    out.byte(32)
  }
  writeSap(p, to, 'Unknown DSAP 0x')
  out.byte(32)
}

function writeSap(p: Printer, sap: number, unknown: string): void {
  const name = SAPS.get(sap)
  if (name === undefined) p.out.text(unknown).hex(sap, 2)
  else p.out.text(name)
}

function printUnnumbered(p: Printer, at: number, length: number, control: number, ssap: number): number {
  const { b, out } = p
  const command = control & ~POLL_UNNUMBERED
  const name = COMMANDS.get(command)
  out.text('Unnumbered, ')
  if (name === undefined) out.hex(command, 2)
  else out.text(name)
  out.text(', Flags [').text(FLAGS[(ssap & 1) | (control & POLL_UNNUMBERED ? 2 : 0)]!).text('], length ').dec(length)
  if (command !== XID) return -3
  const inside = at + 3
  if (length === 3) return 3
  if (inside < p.end && b[inside] !== XID_FORMAT) return -3
  if (inside + 3 > p.end || length < 6) {
    truncatedAt(p, inside, 3)
    return 3
  }
  out.text(': ').hex(b[inside + 1]!, 2).byte(32).hex(b[inside + 2]!, 2)
  return 3
}

function printNumbered(p: Printer, control: number, length: number, ssap: number): number {
  const { out } = p
  const isSupervisory = (control & 3) === 1
  if (isSupervisory) out.text('Supervisory, ').text(SUPERVISORY[(control >> 2) & 3]!)
  else out.text('Information, send seq ').dec((control >> 1) & 0x7f)
  out.text(', rcv seq ').dec((control >> 9) & 0x7f)
  out.text(', Flags [').text(FLAGS[(ssap & 1) | (control & POLL_NUMBERED ? 2 : 0)]!).text('], length ').dec(length)
  return isSupervisory ? 4 : -4
}

/** ` [|llc]`, and a dump of the rest, which then counts as header. */
function truncatedAt(p: Printer, at: number, header: number): number {
  p.truncated()
  if (at >= p.end) return header
  writeUnknown(p, at, p.end)
  return header + p.end - at
}

const SNAP_HEADER = 5
/** Organisations whose protocol numbers are known here. */
const Oui = { ETHERTYPE: 0, CISCO: 0x00000c, CISCO_BRIDGED: 0x0000f8, BRIDGED: 0x0080c2, APPLETALK: 0x080007 } as const
const CISCO_PROTOCOLS = tableOf({ 0x010b: 'PVST', 0x010c: 'VLAN Bridge', 0x0111: 'UDLD', 0x2000: 'CDP', 0x2003: 'VTP', 0x2004: 'DTP' })
/** RFC 2684 §5.2 */
const BRIDGED_PROTOCOLS = tableOf({
  0x01: 'Ethernet + FCS', 0x02: '802.4 + FCS', 0x03: 'Token Ring + FCS', 0x04: 'FDDI + FCS', 0x05: '802.6 + FCS', 0x07: 'Ethernet w/o FCS',
  0x08: '802.4 w/o FCS', 0x09: 'Token Ring w/o FCS', 0x0a: 'FDDI w/o FCS', 0x0b: '802.6 w/o FCS', 0x0e: 'BPDU',
})
const APPLETALK_ETHERTYPE = 0x809b

/** A SNAP header (organisation, protocol) at `at`; `bridgePad` bytes stand before a bridged frame. Returns as `printLlc`. */
export function printSnap(p: Printer, at: number, length: number, source: number, destination: number, bridgePad: number): number {
  const { out, options } = p
  p.protocol = 'snap'
  if (p.end - at < SNAP_HEADER || length < SNAP_HEADER) {
    p.truncated()
    return SNAP_HEADER
  }
  const oui = p.u24(at)
  const protocol = p.u16(at + 3)
  const inside = at + SNAP_HEADER
  const rest = length - SNAP_HEADER
  if (options.link) writeSnap(p, oui, protocol, rest, true)
  switch (oui) {
    case Oui.ETHERTYPE:
    case Oui.CISCO_BRIDGED:
      if (printEtherType(p, protocol, inside, rest, source, destination)) return SNAP_HEADER
      break
    case Oui.APPLETALK:
      if (protocol !== APPLETALK_ETHERTYPE) break
      printEtherType(p, protocol, inside, rest, source, destination)
      return SNAP_HEADER
    case Oui.CISCO:
      if (printCisco(p, protocol, inside, rest)) return SNAP_HEADER
      break
    case Oui.BRIDGED:
      if (isBridged(protocol) && !p.has(inside, isFddi(protocol) ? bridgePad + 1 : bridgePad)) {
        p.protocol = 'snap'
        p.truncated()
        return SNAP_HEADER
      }
      if (printBridged(p, protocol, inside + bridgePad, rest - bridgePad)) return SNAP_HEADER
      if (protocol === 0x0e) {
        printStp(p, inside, rest)
        return SNAP_HEADER
      }
      break
    default:
  }
  if (!options.link) {
    if (source >= 0 && destination >= 0) {
      p.linkAddress(source)
      out.text(' > ')
      p.linkAddress(destination)
      out.byte(32)
    }
    out.text('SNAP, ')
    writeSnap(p, oui, protocol, rest, oui !== Oui.ETHERTYPE)
  }
  return -SNAP_HEADER
}

/** `oui Ethernet (0x000000), ethertype IPv4 (0x0800), length 46: ` */
function writeSnap(p: Printer, oui: number, protocol: number, length: number, withOui: boolean): void {
  const { out } = p
  if (withOui) out.text('oui ').text(ouiName(oui)).text(' (0x').hex(oui, 6).text('), ')
  out.text(oui === Oui.ETHERTYPE ? 'ethertype ' : 'pid ')
  out.text(protocolName(oui, protocol) ?? 'Unknown').text(' (0x').hex(protocol, 4).text('), length ').dec(length).text(': ')
}

function protocolName(oui: number, protocol: number): string | undefined {
  switch (oui) {
    case Oui.ETHERTYPE:
    case Oui.CISCO_BRIDGED:
    case Oui.APPLETALK:
      return etherTypeName(protocol)
    case Oui.CISCO:
      return CISCO_PROTOCOLS.get(protocol)
    case Oui.BRIDGED:
      return BRIDGED_PROTOCOLS.get(protocol)
    default:
      return undefined
  }
}

function printCisco(p: Printer, protocol: number, at: number, length: number): boolean {
  switch (protocol) {
    case 0x010b:
    case 0x010c:
      printStp(p, at, length)
      return true
    case 0x0111:
      printUdld(p, at, length)
      return true
    case 0x2000:
      printCdp(p, at, length)
      return true
    case 0x2003:
      printVtp(p, at, length)
      return true
    case 0x2004:
      printDtp(p, at, length)
      return true
    default:
      return false
  }
}

/** Ethernet, token ring and FDDI, with and without frame check sequence. */
const isBridged = (protocol: number): boolean =>
  protocol === 1 || protocol === 3 || protocol === 7 || protocol === 9 || isFddi(protocol)
const isFddi = (protocol: number): boolean => protocol === 4 || protocol === 10

/** A frame of another medium behind RFC 2684 bridging. */
function printBridged(p: Printer, protocol: number, at: number, length: number): boolean {
  switch (protocol) {
    case 0x01:
    case 0x07:
      printEthernet(p, at, length)
      return true
    case 0x03:
    case 0x09:
      printTokenRing(p, at, length)
      return true
    case 0x04:
    case 0x0a:
      // the frame control byte stands behind one more byte of padding
      printFddi(p, at + 1, length - 1)
      return true
    default:
      return false
  }
}
