/** LLDP's TLVs for media endpoints as tcpdump prints them — ANSI/TIA-1057 §10.2. A TLV that is too short is not printed further. */
import { writeUnknownData } from './fields.js'
import { writeSubtype, writeToZero } from './lldp-parts.js'
import type { Printer } from './printer.js'
import { bits, tableOf, word } from './tables.js'

const SUBTYPES = tableOf({
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
const DEVICES = tableOf({ 1: 'endpoint class 1', 2: 'endpoint class 2', 3: 'endpoint class 3', 4: 'network connectivity' })
const APPLICATIONS = tableOf({
  1: 'voice', 2: 'voice signaling', 3: 'guest voice', 4: 'guest voice signaling', 5: 'softphone voice', 6: 'video conferencing', 7: 'streaming video',
  8: 'video signaling',
})
const POLICY = [
  [0x80, 'Unknown'], [0x40, 'Tagged'], [0x20, 'reserved'],
] as const

/** The TLV of `size` captured bytes; false: it is unknown. */
export function printTia(p: Printer, at: number, size: number): boolean {
  const { out } = p
  const subtype = writeSubtype(p, SUBTYPES, at, size)
  switch (subtype) {
    case -1:
      return true
    case 1:
      if (size < 7) return true
      out.text('\n\t    Media capabilities [').text(bits(MEDIA, p.u16(at + 4), 'none')).text('] (0x').hex(p.u16(at + 4), 4)
      out.text(')\n\t    Device type [').text(word(DEVICES, p.u8(at + 6), 'unknown')).text('] (0x').hex2(p.u8(at + 6)).byte(41)
      return true
    case 2:
      if (size < 8) return true
      out.text('\n\t    Application type [').text(word(APPLICATIONS, p.u8(at + 4), 'none')).text('] (0x').hex2(p.u8(at + 4))
      out.text('), Flags [').text(bits(POLICY, p.u8(at + 5), 'none')).text(']\n\t    Vlan id ').dec((p.u16(at + 5) & 0x1ffe) >> 1)
      out.text(', L2 priority ').dec((p.u16(at + 6) & 0x1ff) >> 6).text(', DSCP value ').dec(p.u16(at + 6) & 0x3f)
      return true
    case 3:
      if (size >= 5) printLocation(p, at, size)
      return true
    case 4:
      if (size >= 7) printPower(p, at)
      return true
    default:
      if (subtype < 5 || subtype > 11) return false
      out.text('\n\t  ').text(INVENTORY[subtype - 5]!).byte(32)
      writeToZero(p, at + 4, size - 4)
      return true
  }
}

const FORMATS = tableOf({ 1: 'coordinate-based LCI', 2: 'civic address LCI', 3: 'ECS ELIN' })
const ALTITUDES = tableOf({ 1: 'meters', 2: 'floors' })
const DATUMS = tableOf({ 1: 'World Geodesic System 1984', 2: 'North American Datum 1983 (NAVD88)', 3: 'North American Datum 1983 (MLLW)' })

function printLocation(p: Printer, at: number, size: number): void {
  const { out } = p
  const format = p.u8(at + 4)
  out.text('\n\t    Location data format ').text(word(FORMATS, format, 'unknown')).text(' (0x').hex2(format).byte(41)
  switch (format) {
    case 1:
      if (size >= 21) printCoordinates(p, at)
      return
    case 2:
      if (size >= 6) printCivicAddress(p, at, size)
      return
    case 3:
      out.text('\n\t    ECS ELIN id ')
      return writeToZero(p, at + 5, size - 5)
    default:
      out.text('\n\t    Location ID ')
      writeUnknownData(p, at + 5, '\n\t      ', size - 5)
  }
}

/** RFC 6225 §2 */
function printCoordinates(p: Printer, at: number): void {
  const { out } = p
  for (const [name, place] of [['Latitude', at + 5], ['Longitude', at + 10]] as const) {
    const head = p.u8(place)
    const value = (head & 3) * 2 ** 32 + p.u32(place + 1)
    out.text('\n\t    ').text(name).text(' resolution ').dec(head >> 2).byte(44).byte(32).text(name.toLowerCase()).text(' value ').text(String(value))
  }
  const kind = p.u8(at + 15) >> 4
  out.text('\n\t    Altitude type ').text(word(ALTITUDES, kind, 'unknown')).text(' (').dec(kind)
  out.text(')\n\t    Altitude resolution ').dec((p.u16(at + 15) >> 6) & 0x3f).text(', altitude value 0x').hex(p.u32(at + 16) & 0x3fffffff)
  out.text('\n\t    Datum ').text(word(DATUMS, p.u8(at + 20), 'unknown')).text(' (0x').hex2(p.u8(at + 20)).byte(41)
}

const LOCATED = tableOf({
  0: 'location of DHCP server', 1: 'location of the network element believed to be closest to the client', 2: 'location of the client',
})
const CIVIC = tableOf({
  1: 'national subdivisions (state,canton,region,province,prefecture)', 2: 'county, parish, gun, district', 3: 'city, township, shi',
  4: 'city division, borough, city district, ward chou', 5: 'neighborhood, block', 6: 'street',
})

/** RFC 4776 §3 */
function printCivicAddress(p: Printer, at: number, size: number): void {
  const { out } = p
  const length = p.u8(at + 5)
  if (length < 3 || size < 7 + length) return
  out.text('\n\t    LCI length ').dec(length).text(', LCI what ').text(word(LOCATED, p.u8(at + 6), 'unknown')).text(' (0x').hex2(p.u8(at + 6))
  out.text('), Country-code ')
  writeToZero(p, at + 7, 2)
  let here = at + 9
  for (let left = length - 3; left >= 2; ) {
    const type = p.u8(here)
    const elementSize = p.u8(here + 1)
    here += 2
    left -= 2
    out.text("\n\t      CA type '").text(word(CIVIC, type, 'unknown')).text("' (").dec(type).text('), length ').dec(elementSize).text(': ')
    if (type === 0 || elementSize === 0 || left < elementSize) return
    writeToZero(p, here, elementSize)
    here += elementSize
    left -= elementSize
  }
}

const SOURCES = tableOf({ 1: 'PSE - primary power source', 2: 'local - backup power source', 3: 'PSE+local - reserved' })
const PRIORITIES = tableOf({ 1: 'critical', 2: 'high', 3: 'low' })
const MAX_POWER = 1024

function printPower(p: Printer, at: number): void {
  const { out } = p
  const head = p.u8(at + 4)
  const power = p.u16(at + 5)
  // tcpdump looks for the type in the lowest bits
  out.text('\n\t    Power type [').text(head & 3 ? 'PD device' : 'PSE device').text('], Power source [').text(word(SOURCES, (head >> 4) & 3, 'none'))
  out.text(']\n\t    Power priority [').text(word(PRIORITIES, head & 15, 'none')).text('] (0x').hex2(head & 15).text('), Power ')
  if (power < MAX_POWER) out.text((power / 10).toFixed(1)).text(' Watts')
  else out.dec(power).text(' (Reserved)')
}
