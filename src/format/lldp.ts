/** Link Layer Discovery Protocol as tcpdump prints it — IEEE 802.1AB §9. */
import { writeHex } from './dump.js'
import { FAMILIES } from './address-family.js'
import { named } from './fields.js'
import { print8021 } from './lldp-8021.js'
import { print8023 } from './lldp-8023.js'
import { printDcbx } from './lldp-dcbx.js'
import { writeSubtype, writeToZero } from './lldp-parts.js'
import { printTia } from './lldp-tia.js'
import { ouiName } from './oui.js'
import { printTextToZero } from './packet-text.js'
import type { Printer } from './printer.js'
import { type NumberTable, bits, tableOf, word, writeVisible } from './tables.js'

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
const Family = { IPV4: 1, IPV6: 2, MAC: 6 } as const

export function printLldp(p: Printer, at: number, length: number): void {
  const { out, b, options } = p
  p.protocol = 'lldp'
  out.text('LLDP, length ').dec(length)
  for (let left = length; left >= 2; ) {
    if (!p.has(at, 2)) return p.truncated()
    const head = p.u16(at)
    const type = head >> 9
    const size = head & 0x1ff
    at += 2
    left -= 2
    if (options.verbose > 0) out.text('\n\t').text(word(TLVS, type, 'Unknown')).text(' TLV (').dec(type).text('), length ').dec(size)
    // an empty one ends the list, whatever it is: nothing else could
    if (type === Tlv.END || size === 0) return
    if (left < size || !p.has(at, size)) return p.truncated()
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
      return writeSystemName(p, at, size)
    case Tlv.SYSTEM_DESCRIPTION:
      out.text('\n\t  ')
      printTextToZero(p, at, size)
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
function printId(p: Printer, names: NumberTable, mac: number, network: number, at: number, size: number): boolean | undefined {
  const { out } = p
  const subtype = p.u8(at)
  out.text('\n\t  Subtype ').text(word(names, subtype, 'Unknown')).text(' (').dec(subtype).text('): ')
  if (subtype === mac) {
    if (size < 7) return undefined
    p.mac(at + 1)
  } else if (subtype === network) return printNetwork(p, at + 1, size - 1) ? true : undefined
  else if (names.has(subtype)) writeToZero(p, at + 1, size - 1)
  else return false
  return true
}

/** `AFI IPv4 (1): 1.2.3.4`; false where the address is too short. */
function printNetwork(p: Printer, at: number, length: number): boolean {
  const { out } = p
  if (length < 1) return false
  const family = p.u8(at)
  const size = family === Family.IPV4 ? 4 : family === Family.IPV6 ? 16 : family === Family.MAC ? 6 : 0
  if (length < size + 1) return false
  out.text('AFI ').text(named(FAMILIES, family, 'Unknown')).text(' (').dec(family).byte(41)
  if (size === 0) {
    out.text(', no AF printer !')
    return true
  }
  out.text(': ')
  if (family === Family.IPV4) p.ip4(at + 1)
  else if (family === Family.IPV6) p.ip6(at + 1)
  else p.mac(at + 1)
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

const Oui = { IEEE_802_1: 0x0080c2, IEEE_802_3: 0x00120f, TIA: 0x0012bb, IANA: 0x00005e, DCBX: 0x001b21 } as const

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
    case Oui.DCBX:
      return printDcbx(p, at, size)
    default:
      return false
  }
}

const SUBTYPES_IANA = tableOf({ 1: 'MUD-URL' })

/** RFC 8520 §11 */
function printIana(p: Printer, at: number, size: number): boolean {
  if (size < 8) return true
  if (writeSubtype(p, SUBTYPES_IANA, at, size) !== 1) return false
  p.out.text('\n\t  MUD-URL=')
  writeVisible(p.out, p.b, at + 4, at + size)
  return true
}
