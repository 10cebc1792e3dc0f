/** LLDP's TLVs of IEEE 802.3 as tcpdump prints them — IEEE 802.3 §79.3. A TLV that is too short is not printed further. */
import { printAggregation, writeSubtype } from './lldp-parts.js'
import type { Printer } from './printer.js'
import { bits, tableOf, word } from './tables.js'

const SUBTYPES = tableOf({ 1: 'MAC/PHY configuration/status', 2: 'Power via MDI', 3: 'Link aggregation', 4: 'Max frame size' })
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

/** The TLV of `size` captured bytes; false: it is unknown. */
export function print8023(p: Printer, at: number, size: number): boolean {
  const { out } = p
  const subtype = writeSubtype(p, SUBTYPES, at, size)
  switch (subtype) {
    case -1:
      return true
    case 1: {
      if (size < 9) return true
      const status = p.u8(at + 4)
      out.text('\n\t    autonegotiation [').text(bits(NEGOTIATION, status, 'none')).text('] (0x').hex2(status).byte(41)
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
      printAggregation(p, at, size)
      return true
    case 4:
      if (size >= 6) out.text('\n\t    MTU size ').dec(p.u16(at + 4))
      return true
    default:
      return false
  }
}
