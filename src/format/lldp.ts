/**
 * Link Layer Discovery Protocol as tcpdump prints it — IEEE 802.1AB §9, its 802.1 and 802.3 TLVs (802.1AB annexes E, F),
 * and those of TIA (ANSI/TIA-1057) and IANA (RFC 8520 §11).
 */
import { writeIp4, writeIp6, writeLinkAddress } from './address.js'
import { writeHex } from './dump.js'
import { ouiName } from './oui.js'
import { printTextToZero } from './packet-text.js'
import type { Printer } from './printer.js'
import { bits, tableOf, word, writeVisible } from './tables.js'

const Tlv = {
  END: 0, CHASSIS_ID: 1, PORT_ID: 2, TTL: 3, PORT_DESCRIPTION: 4, SYSTEM_NAME: 5, SYSTEM_DESCRIPTION: 6, CAPABILITIES: 7, MANAGEMENT: 8,
  ORGANIZATION: 127,
} as const
const TLVS = tableOf({
  0: 'End', 1: 'Chassis ID', 2: 'Port ID', 3: 'Time to Live', 4: 'Port Description', 5: 'System Name', 6: 'System Description',
  7: 'System Capabilities', 8: 'Management Address', 127: 'Organization specific',
})
const CHASSIS = tableOf({
  1: 'Chassis component', 2: 'Interface alias', 3: 'Port component', 4: 'MAC address', 5: 'Network address', 6: 'Interface name', 7: 'Local',
})
const PORTS = tableOf({
  1: 'Interface alias', 2: 'Port component', 3: 'MAC address', 4: 'Network Address', 5: 'Interface Name', 6: 'Agent circuit ID', 7: 'Local',
})
const CAPABILITIES = [
  [0x01, 'Other'], [0x02, 'Repeater'], [0x04, 'Bridge'], [0x08, 'WLAN AP'], [0x10, 'Router'], [0x20, 'Telephone'], [0x40, 'Docsis'],
  [0x80, 'Station Only'],
] as const
const NUMBERINGS = tableOf({ 2: 'Interface Index', 3: 'System Port Number' })
/** Address families — IANA "Address Family Numbers". */
const Family = { IPV4: 1, IPV6: 2, MAC: 6 } as const
const FAMILIES = tableOf({
  0: 'Reserved', 1: 'IPv4', 2: 'IPv6', 3: 'NSAP', 4: 'HDLC', 5: 'BBN 1822', 6: '802', 7: 'E.163', 8: 'E.164', 9: 'F.69', 10: 'X.121', 11: 'Novell IPX',
  12: 'Appletalk', 13: 'Decnet IV', 14: 'Banyan Vines', 15: 'E.164 with NSAP subaddress', 16: 'DNS', 17: 'Distinguished name', 18: 'AS Number',
  19: 'XTP over IP4', 20: 'XTP over IP6', 21: 'XTP', 22: 'Fibre Channel World-Wide Port Name', 23: 'Fibre Channel World-Wide Node Name', 24: 'GWIS',
  25: 'L2VPN',
})

export function printLldp(p: Printer, at: number, length: number): void {
  const { out, b, options } = p
  p.protocol = 'lldp'
  out.text('LLDP, length ').dec(length)
  for (let left = length; left >= 2; ) {
    const head = p.u16(at)
    const type = head >> 9
    const size = head & 0x1ff
    at += 2
    left -= 2
    if (options.verbose > 0) out.text('\n\t').text(word(TLVS, type, 'Unknown')).text(' TLV (').dec(type).text('), length ').dec(size)
    // an empty one ends the list, whatever it is: nothing else could
    if (type === Tlv.END || size === 0) return
    if (left < size) return p.truncated()
    p.need(at, size)
    const isKnown = options.verbose > 0 ? printTlv(p, type, at, size) : type !== Tlv.SYSTEM_NAME || writeSystemName(p, at, size)
    if (isKnown === undefined) return p.truncated()
    if (options.verbose > 1 || (options.verbose > 0 && !isKnown)) writeHex(out, b, at, at + size, '\n\t  ')
    at += size
    left -= size
  }
}

/** `: host.example`, which is all that is printed without -v. */
function writeSystemName(p: Printer, at: number, size: number): boolean {
  p.out.text(': ')
  printTextToZero(p, at, size)
  return true
}

/** Prints a TLV that was captured; false: it is unknown, undefined: it is too short for what it says. */
function printTlv(p: Printer, type: number, at: number, size: number): boolean | undefined {
  const { out } = p
  switch (type) {
    case Tlv.CHASSIS_ID:
      return size < 2 ? undefined : printId(p, CHASSIS, 4, 5, at, size)
    case Tlv.PORT_ID:
      return size < 2 ? undefined : printId(p, PORTS, 3, 4, at, size)
    case Tlv.TTL:
      if (size < 2) return undefined
      out.text(': TTL ').dec(p.u16(at)).byte(115)
      return true
    case Tlv.PORT_DESCRIPTION:
    case Tlv.SYSTEM_NAME:
      if (size > 0) writeSystemName(p, at, size)
      return true
    case Tlv.SYSTEM_DESCRIPTION:
      if (size > 0) {
        out.text('\n\t  ')
        printTextToZero(p, at, size)
      }
      return true
    case Tlv.CAPABILITIES:
      if (size < 4) return undefined
      out.text('\n\t  System  Capabilities [').text(bits(CAPABILITIES, p.u16(at), 'none')).text('] (0x').hex(p.u16(at), 4)
      out.text(')\n\t  Enabled Capabilities [').text(bits(CAPABILITIES, p.u16(at + 2), 'none')).text('] (0x').hex(p.u16(at + 2), 4).byte(41)
      return true
    case Tlv.MANAGEMENT:
      return printManagement(p, at, size)
    case Tlv.ORGANIZATION:
      return printOrganization(p, at, size)
    default:
      return false
  }
}

/** A chassis or port; `mac` and `network` are the subtypes that are addresses. */
function printId(p: Printer, names: ReadonlyMap<number, string>, mac: number, network: number, at: number, size: number): boolean | undefined {
  const { out, b } = p
  const subtype = p.u8(at)
  out.text('\n\t  Subtype ').text(word(names, subtype, 'Unknown')).text(' (').dec(subtype).text('): ')
  if (subtype === mac) {
    if (size < 7) return undefined
    writeLinkAddress(out, b, at + 1)
  } else if (subtype === network) return printNetwork(p, at + 1, size - 1) ? true : undefined
  else if (names.has(subtype)) writeToZero(p, at + 1, size - 1)
  else writeHex(out, b, at, at + size, '\n\t  ')
  return true
}

/** Captured text that a zero byte ends. */
function writeToZero(p: Printer, at: number, length: number): void {
  let end = at
  while (end < at + length && p.b[end] !== 0) end++
  writeVisible(p.out, p.b, at, end)
}

/** `AFI IPv4 (1): 1.2.3.4`; false where the address is too short. */
function printNetwork(p: Printer, at: number, length: number): boolean {
  const { out, b } = p
  if (length < 1) return false
  const family = p.u8(at)
  const size = family === Family.IPV4 ? 4 : family === Family.IPV6 ? 16 : family === Family.MAC ? 6 : 0
  if (length < size + 1) return false
  out.text('AFI ').text(word(FAMILIES, family, 'Unknown')).text(' (').dec(family).byte(41)
  if (size === 0) {
    out.text(', no AF printer !')
    return true
  }
  out.text(': ')
  if (family === Family.IPV4) writeIp4(out, b, at + 1)
  else if (family === Family.IPV6) writeIp6(out, b, at + 1)
  else writeLinkAddress(out, b, at + 1)
  return true
}

function printManagement(p: Printer, at: number, size: number): true | undefined {
  const { out } = p
  if (size < 1) return undefined
  const length = p.u8(at)
  if (length === 0 || size < 1 + length) return undefined
  at++
  size--
  const start = out.length
  out.text('\n\t  Management Address length ').dec(length).text(', ')
  if (!printNetwork(p, at, length)) {
    out.rewind(start)
    return undefined
  }
  at += length
  size -= length
  if (size < 5) return undefined
  const numbering = p.u8(at)
  out.text('\n\t  ').text(word(NUMBERINGS, numbering, 'Unknown')).text(' Interface Numbering (').dec(numbering).text('): ').dec(p.u32(at + 1))
  at += 5
  size -= 5
  if (size < 1) return true
  const oid = p.u8(at)
  if (size < 1 + oid) return undefined
  if (oid > 0) {
    out.text('\n\t  OID length ').dec(oid)
    writeToZero(p, at + 1, oid)
  }
  return true
}

const Oui = { IEEE_802_1: 0x0080c2, IEEE_802_3: 0x00120f, TIA: 0x0012bb, IANA: 0x00005e } as const

function printOrganization(p: Printer, at: number, size: number): boolean | undefined {
  const { out } = p
  if (size < 3) return undefined
  const oui = p.u24(at)
  out.text(': OUI ').text(ouiName(oui)).text(' (0x').hex(oui, 6).byte(41)
  switch (oui) {
    case Oui.IEEE_802_1:
      return print8021(p, at, size)
    case Oui.IEEE_802_3:
      return print8023(p, at, size)
    case Oui.IANA:
      return printIana(p, at, size)
    case Oui.TIA:
      return printTia(p, at, size)
    default:
      return false
  }
}

/** `\n\t  Port VLAN Id Subtype (1)`; -1 where there is none. */
function writeSubtype(p: Printer, names: ReadonlyMap<number, string>, at: number, size: number): number {
  if (size < 4) return -1
  const subtype = p.u8(at + 3)
  p.out.text('\n\t  ').text(word(names, subtype, 'unknown')).text(' Subtype (').dec(subtype).byte(41)
  return subtype
}

const SUBTYPES_8021 = tableOf({
  1: 'Port VLAN Id', 2: 'Port and Protocol VLAN ID', 3: 'VLAN name', 4: 'Protocol Identity', 7: 'Link aggregation', 8: 'Congestion Notification',
  9: 'ETS Configuration', 10: 'ETS Recommendation', 11: 'Priority Flow Control Configuration', 12: 'Application Priority', 13: 'EVB', 14: 'CDCP',
})
const SUPPORTED = [
  [0x02, 'supported'],
  [0x04, 'enabled'],
] as const
const AGGREGATION = [
  [0x01, 'supported'],
  [0x02, 'enabled'],
] as const

function print8021(p: Printer, at: number, size: number): boolean | undefined {
  const { out } = p
  const subtype = writeSubtype(p, SUBTYPES_8021, at, size)
  switch (subtype) {
    case -1:
      return true
    case 1:
      if (size >= 6) out.text('\n\t    port vlan id (PVID): ').dec(p.u16(at + 4))
      return true
    case 2:
      if (size < 7) return true
      out.text('\n\t    port and protocol vlan id (PPVID): ').dec(p.u16(at + 5)).text(', flags [').text(bits(SUPPORTED, p.u8(at + 4), 'none'))
      out.text('] (0x').hex(p.u8(at + 4), 2).byte(41)
      return true
    case 3: {
      if (size < 6) return true
      out.text('\n\t    vlan id (VID): ').dec(p.u16(at + 4))
      if (size < 7) return true
      const length = p.u8(at + 6)
      if (size < 7 + length) return true
      out.text('\n\t    vlan name: ')
      writeToZero(p, at + 7, length)
      return true
    }
    case 4: {
      if (size < 5) return true
      const length = p.u8(at + 4)
      if (size < 5 + length) return true
      out.text('\n\t    protocol identity: ')
      writeToZero(p, at + 5, length)
      return true
    }
    case 7:
      return printAggregation(p, at, size)
    case 8:
      return printCongestion(p, at, size)
    case 11:
      return printFlowControl(p, at, size)
    case 12:
      return printApplications(p, at, size)
    default:
      return SUBTYPES_8021.has(subtype)
  }
}

function printAggregation(p: Printer, at: number, size: number): true {
  if (size < 9) return true
  p.out.text('\n\t    aggregation status [').text(bits(AGGREGATION, p.u8(at + 4), 'none')).text('], aggregation port ID ').dec(p.u32(at + 5))
  return true
}

/** `\n\t      Value    : 0  1 …` of eight bits, the first for priority 0. */
function writeBits(p: Printer, label: string, value: number): void {
  p.out.text('\n\t     ').text(label)
  for (let i = 0; i < 8; i++) p.out.dec((value >> i) & 1).text('  ')
}

/** 802.1Qau annex D.2.4. */
function printCongestion(p: Printer, at: number, size: number): true {
  if (size < 6) return true
  p.out.text('\n\t    Pre-Priority CNPV Indicator\n\t     Priority : 0  1  2  3  4  5  6  7')
  writeBits(p, 'Value    : ', p.u8(at + 4))
  p.out.text('\n\t    Pre-Priority Ready Indicator\n\t     Priority : 0  1  2  3  4  5  6  7')
  writeBits(p, 'Value    : ', p.u8(at + 5))
  return true
}

/** 802.1Qbb annex D.2.11. */
function printFlowControl(p: Printer, at: number, size: number): true {
  if (size < 6) return true
  const head = p.u8(at + 4)
  p.out.text('\n\t    Willing: ').dec(head >> 7).text(', MBC: ').dec((head >> 6) & 1).text(', RES: ').dec((head >> 4) & 3).text(', PFC cap:').dec(head & 15)
  p.out.text(' \n\t    PFC Enable\n\t     Priority : 0  1  2  3  4  5  6  7')
  writeBits(p, 'Value    : ', p.u8(at + 5))
  return true
}

/** 802.1Qaz annex D.2.12. */
function printApplications(p: Printer, at: number, size: number): true {
  const { out } = p
  if (size < 5) return true
  out.text('\n\t    RES: ').dec(p.u8(at + 4))
  const entries = (size - 5) / 3
  if (entries === 0 || !Number.isInteger(entries)) return true
  out.text('\n\t    Application Priority Table')
  for (let i = 0; i < entries; i++) {
    const entry = p.u8(at + 5 + i * 3)
    out.text('\n\t      Priority: ').dec(entry >> 5).text(', RES: ').dec((entry >> 3) & 3).text(', Sel: ').dec(entry & 7)
    out.text(', Protocol ID: ').dec(p.u16(at + 6 + i * 3))
  }
  return true
}

const SUBTYPES_8023 = tableOf({ 1: 'MAC/PHY configuration/status', 2: 'Power via MDI', 3: 'Link aggregation', 4: 'Max frame size' })
const NEGOTIATION = [
  [0x01, 'supported'],
  [0x02, 'enabled'],
] as const
/** Bits of ifMauAutoNegCapAdvertisedBits — RFC 4836. */
const NEGOTIABLE = [
  [0x4000, '10BASE-T hdx'], [0x2000, '10BASE-T fdx'], [0x1000, '100BASE-T4'], [0x0800, '100BASE-TX hdx'],
  [0x0400, '100BASE-TX fdx'], [0x0200, '100BASE-T2 hdx'], [0x0100, '100BASE-T2 fdx'], [0x0080, 'Pause for fdx links'], [0x0040, 'Asym PAUSE for fdx'],
  [0x0020, 'Sym PAUSE for fdx'], [0x0010, 'Asym and Sym PAUSE for fdx'], [0x0008, '1000BASE-{X LX SX CX} hdx'], [0x0004, '1000BASE-{X LX SX CX} fdx'],
  [0x0002, '1000BASE-T hdx'], [0x0001, '1000BASE-T fdx'],
] as const
/** dot3MauType numbers — RFC 4836. */
const MAU_TYPES = [
  'Unknown', 'AUI', '10BASE_5', 'FOIRL', '10BASE2', '10BASET duplex mode unknown', '10BASEFP', '10BASEFB', '10BASEFL duplex mode unknown', '10BROAD36',
  '10BASET hdx', '10BASET fdx', '10BASEFL hdx', '10BASEFL fdx', '100BASET4', '100BASETX hdx', '100BASETX fdx', '100BASEFX hdx', '100BASEFX fdx',
  '100BASET2 hdx', '100BASET2 fdx', '1000BASEX hdx', '1000BASEX fdx', '1000BASELX hdx', '1000BASELX fdx', '1000BASESX hdx', '1000BASESX fdx',
  '1000BASECX hdx', '1000BASECX fdx', '1000BASET hdx', '1000BASET fdx', '10GBASEX', '10GBASELX4', '10GBASER', '10GBASEER', '10GBASELR', '10GBASESR',
  '10GBASEW', '10GBASEEW', '10GBASELW', '10GBASESW',
] as const
const MDI = [
  [0x01, 'PSE'], [0x02, 'supported'], [0x04, 'enabled'], [0x08, 'can be controlled'],
] as const
const PAIRS = tableOf({ 1: 'signal', 2: 'spare' })
const POWER_CLASSES = tableOf({ 1: 'class0', 2: 'class1', 3: 'class2', 4: 'class3', 5: 'class4' })

function print8023(p: Printer, at: number, size: number): boolean | undefined {
  const { out } = p
  const subtype = writeSubtype(p, SUBTYPES_8023, at, size)
  switch (subtype) {
    case -1:
      return true
    case 1: {
      if (size < 9) return true
      const status = p.u8(at + 4)
      out.text('\n\t    autonegotiation [').text(bits(NEGOTIATION, status, 'none')).text('] (0x').hex(status, 2).byte(41)
      const capability = p.u16(at + 5)
      out.text('\n\t    PMD autoneg capability [').text(bits(NEGOTIABLE, capability, 'unknown')).text('] (0x').hex(capability, 4).byte(41)
      const mau = p.u16(at + 7)
      out.text('\n\t    MAU type ').text(MAU_TYPES[mau] ?? 'unknown').text(' (0x').hex(mau, 4).byte(41)
      return true
    }
    case 2:
      if (size < 7) return true
      out.text('\n\t    MDI power support [').text(bits(MDI, p.u8(at + 4), 'none')).text('], power pair ').text(word(PAIRS, p.u8(at + 5), 'unknown'))
      out.text(', power class ').text(word(POWER_CLASSES, p.u8(at + 6), 'unknown'))
      return true
    case 3:
      return printAggregation(p, at, size)
    case 4:
      if (size >= 6) out.text('\n\t    MTU size ').dec(p.u16(at + 4))
      return true
    default:
      return false
  }
}

const SUBTYPES_IANA = tableOf({ 1: 'MUD-URL' })

function printIana(p: Printer, at: number, size: number): boolean | undefined {
  const subtype = writeSubtype(p, SUBTYPES_IANA, at, size)
  if (subtype === -1) return true
  if (subtype !== 1) return false
  p.out.text('\n\t  MUD-URL=')
  writeVisible(p.out, p.b, at + 4, at + size)
  return true
}

const SUBTYPES_TIA = tableOf({
  1: 'LLDP-MED Capabilities', 2: 'Network policy', 3: 'Location identification', 4: 'Extended power-via-MDI', 5: 'Inventory - hardware revision',
  6: 'Inventory - firmware revision', 7: 'Inventory - software revision', 8: 'Inventory - serial number', 9: 'Inventory - manufacturer name',
  10: 'Inventory - model name', 11: 'Inventory - asset ID',
})
/** What an inventory TLV is called again before its text, from subtype 5. */
const INVENTORY = ['Hardware revision', 'Firmware revision', 'Software revision', 'Serial number', 'Manufacturer name', 'Model name', 'Asset ID'] as const
const MEDIA = [
  [0x01, 'LLDP-MED capabilities'], [0x02, 'network policy'], [0x04, 'location identification'], [0x08, 'extended power via MDI-PSE'],
  [0x10, 'extended power via MDI-PD'], [0x20, 'Inventory'],
] as const
const DEVICES = tableOf({ 0: 'not defined', 1: 'endpoint class 1', 2: 'endpoint class 2', 3: 'endpoint class 3', 4: 'network connectivity' })
const APPLICATIONS = tableOf({
  1: 'voice', 2: 'voice signaling', 3: 'guest voice', 4: 'guest voice signaling', 5: 'softphone voice', 6: 'video conferencing', 7: 'streaming video',
  8: 'video signaling',
})
const POLICY = [
  [0x8000, 'Unknown'], [0x4000, 'Tagged'], [0x2000, 'reserved'],
] as const

/** ANSI/TIA-1057 §10.2. */
function printTia(p: Printer, at: number, size: number): boolean | undefined {
  const { out } = p
  const subtype = writeSubtype(p, SUBTYPES_TIA, at, size)
  switch (subtype) {
    case -1:
      return true
    case 1:
      if (size < 7) return true
      out.text('\n\t    Media capabilities [').text(bits(MEDIA, p.u16(at + 4), 'none')).text('] (0x').hex(p.u16(at + 4), 4)
      out.text(')\n\t    Device type [').text(word(DEVICES, p.u8(at + 6), 'unknown')).text('] (0x').hex(p.u8(at + 6), 2).byte(41)
      return true
    case 2: {
      if (size < 8) return true
      const flags = p.u16(at + 5)
      out.text('\n\t    Application type [').text(word(APPLICATIONS, p.u8(at + 4), 'none')).text('] (0x').hex(p.u8(at + 4), 2)
      out.text('), Flags [').text(bits(POLICY, flags, 'none')).text(']\n\t    Vlan id ').dec((flags & 0x1ffe) >> 1)
      out.text(', L2 priority ').dec((p.u16(at + 6) & 0x01c0) >> 6).text(', DSCP value ').dec(p.u16(at + 6) & 0x3f)
      return true
    }
    default:
      if (subtype >= 5 && subtype <= 11) {
        out.text('\n\t  ').text(INVENTORY[subtype - 5]!).byte(32)
        writeToZero(p, at + 4, size - 4)
        return true
      }
      return SUBTYPES_TIA.has(subtype)
  }
}
