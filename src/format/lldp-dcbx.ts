/** Data Center Bridging Capability Exchange in LLDP as tcpdump prints it — DCBX 1.01 §3. */
import { writeUnknownData } from './fields.js'
import { writeSubtype } from './lldp-parts.js'
import type { Printer } from './printer.js'
import { tableOf } from './tables.js'

const SUBTYPES = tableOf({ 1: 'DCB Capability Exchange Protocol Rev 1', 2: 'DCB Capability Exchange Protocol Rev 1.01' })
const REVISION_1 = 1
const Tlv = { CONTROL: 1, GROUPS: 2, FLOW_CONTROL: 3, APPLICATION: 4 } as const
/** A TLV shorter than this ends all. */
const MIN_SIZES: Readonly<Record<number, number>> = { 1: 10, 2: 17, 3: 6, 4: 4 }

/** The TLV of `size` captured bytes; false: it is unknown, or its last part is. */
export function printDcbx(p: Printer, at: number, size: number): boolean {
  const { options } = p
  const subtype = writeSubtype(p, SUBTYPES, at, size)
  if (subtype === -1) return true
  if (subtype === REVISION_1) return false
  let here = at + 4
  let isKnown = true
  for (let left = size - 4; left >= 2; ) {
    const head = p.u16(here)
    const type = head >> 9
    const length = head & 0x1ff
    here += 2
    left -= 2
    isKnown = true
    if (type === 0 || length === 0) break
    if (!p.has(here, length) || left < length || length < (MIN_SIZES[type] ?? 0)) break
    isKnown = MIN_SIZES[type] !== undefined
    if (isKnown) printTlv(p, type, here, length)
    if (options.verbose > 1 || !isKnown) writeUnknownData(p, here, '\n\t    ', length)
    here += length
    left -= length
  }
  return isKnown
}

function printTlv(p: Printer, type: number, at: number, length: number): void {
  const { out } = p
  switch (type) {
    case Tlv.CONTROL:
      writeTitle(p, 'Control - Protocol Control', type, at, length)
      out.text('\n\t      Sequence Number: ').dec(p.u32(at + 2)).text('\n\t      Acknowledgement Number: ').dec(p.u32(at + 6))
      return
    case Tlv.GROUPS:
      writeFeature(p, 'Feature - Priority Group', type, at, length)
      return printGroups(p, at)
    case Tlv.FLOW_CONTROL:
      writeFeature(p, 'Feature - Priority Flow Control', type, at, length)
      out.text('\n\t      PFC Config (0x').text(upper(p.u8(at + 4))).byte(41)
      for (let i = 0; i < 8; i++) {
        out.text('\n\t          Priority Bit ').dec(i).text(p.u8(at + 4) & (1 << i) ? ': Enabled' : ': Disabled')
      }
      out.text('\n\t      NumTCPFCSupported: ').dec(p.u8(at + 5))
      return
    default:
      writeFeature(p, 'Feature - Application', type, at, length)
      for (let here = at + 4; here + 6 <= at + length; here += 6) printApplication(p, here)
  }
}

const upper = (n: number): string => n.toString(16).toUpperCase().padStart(2, '0')

function writeTitle(p: Printer, title: string, type: number, at: number, length: number): void {
  p.out.text('\n\t    ').text(title).text(' (type 0x').hex(type).text(', length ').dec(length)
  p.out.text(')\n\t      Oper_Version: ').dec(p.u8(at)).text('\n\t      Max_Version: ').dec(p.u8(at + 1))
}

function writeFeature(p: Printer, title: string, type: number, at: number, length: number): void {
  writeTitle(p, title, type, at, length)
  const info = p.u8(at + 2)
  p.out.text('\n\t      Info block(0x').text(upper(info)).text('): Enable bit: ').dec(info >> 7).text(', Willing bit: ').dec((info >> 6) & 1)
  p.out.text(', Error Bit: ').dec((info >> 5) & 1).text('\n\t      SubType: ').dec(p.u8(at + 3))
}

function printGroups(p: Printer, at: number): void {
  const { out } = p
  out.text('\n\t      Priority Allocation')
  const groups = p.u32(at + 4)
  for (let i = 0; i < 8; i++) out.text('\n\t          PgId_').dec(i).text(': ').dec((groups >>> (28 - 4 * i)) & 15)
  out.text('\n\t      Priority Group Allocation')
  for (let i = 0; i < 8; i++) out.text('\n\t          Pg percentage[').dec(i).text(']: ').dec(p.u8(at + 8 + i))
  out.text('\n\t      NumTCsSupported: ').dec(p.u8(at + 16))
}

function printApplication(p: Printer, at: number): void {
  const { out } = p
  const selector = p.u24(at + 2)
  out.text('\n\t      Application Value\n\t          Application Protocol ID: 0x').hex(p.u16(at), 4)
  out.text('\n\t          SF (0x').hex(selector >> 22).text(') Application Protocol ID is ').text(selector >> 22 ? 'Socket Number' : 'L2 EtherType')
  out.text('\n\t          OUI: 0x').hex(selector & 0x3fffff, 6).text('\n\t          User Priority Map: 0x').hex2(p.u8(at + 5))
}
