/** LLDP's TLVs of IEEE 802.1 as tcpdump prints them — IEEE 802.1Q annex D. A TLV that is too short is not printed further. */
import { printAggregation, writeSubtype, writeToZero } from './lldp-parts.js'
import type { Printer } from './printer.js'
import { bits, tableOf } from './tables.js'

const SUBTYPES = tableOf({
  1: 'Port VLAN Id', 2: 'Port and Protocol VLAN ID', 3: 'VLAN name', 4: 'Protocol Identity', 7: 'Link aggregation', 8: 'Congestion Notification',
  9: 'ETS Configuration', 10: 'ETS Recommendation', 11: 'Priority Flow Control Configuration', 12: 'Application Priority', 13: 'EVB', 14: 'CDCP',
})
const PROTOCOL_VLAN = [
  [0x02, 'supported'],
  [0x04, 'enabled'],
] as const

/** The TLV of `size` captured bytes; false: it is unknown. */
export function print8021(p: Printer, at: number, size: number): boolean {
  const { out } = p
  switch (writeSubtype(p, SUBTYPES, at, size)) {
    case -1:
      return true
    case 1:
      if (size >= 6) out.text('\n\t    port vlan id (PVID): ').dec(p.u16(at + 4))
      return true
    case 2:
      if (size < 7) return true
      out.text('\n\t    port and protocol vlan id (PPVID): ').dec(p.u16(at + 5)).text(', flags [')
      out.text(bits(PROTOCOL_VLAN, p.u8(at + 4), 'none')).text('] (0x').hex2(p.u8(at + 4)).byte(41)
      return true
    case 3:
      if (size < 6) return true
      out.text('\n\t    vlan id (VID): ').dec(p.u16(at + 4))
      writeName(p, '\n\t    vlan name: ', at + 6, size - 6)
      return true
    case 4:
      writeName(p, '\n\t    protocol identity: ', at + 4, size - 4)
      return true
    case 7:
      printAggregation(p, at, size)
      return true
    case 8:
      printCongestion(p, at, size)
      return true
    case 9:
    case 10:
      printSelection(p, at, size)
      return true
    case 11:
      printFlowControl(p, at, size)
      return true
    case 12:
      printApplications(p, at, size)
      return true
    case 13:
      printEdgeBridging(p, at, size)
      return true
    case 14:
      printChannels(p, at, size)
      return true
    default:
      return false
  }
}

/** A byte of length and as much text. */
function writeName(p: Printer, title: string, at: number, left: number): void {
  if (left < 1 || left < 1 + p.u8(at)) return
  p.out.text(title)
  writeToZero(p, at + 1, p.u8(at))
}

/** Eight bits, the first for priority 0. */
function writeBits(p: Printer, value: number): void {
  p.out.text('\n\t     Priority : 0  1  2  3  4  5  6  7\n\t     Value    : ')
  for (let i = 0; i < 8; i++) p.out.dec((value >> i) & 1).text('  ')
}

/** §D.2.7 */
function printCongestion(p: Printer, at: number, size: number): void {
  if (size < 6) return
  p.out.text('\n\t    Pre-Priority CNPV Indicator')
  writeBits(p, p.u8(at + 4))
  p.out.text('\n\t    Pre-Priority Ready Indicator')
  writeBits(p, p.u8(at + 5))
}

const RECOMMENDATION = 10

/** Enhanced transmission selection — §D.2.8, §D.2.9. */
function printSelection(p: Printer, at: number, size: number): void {
  const { out } = p
  if (size < 25) return
  const head = p.u8(at + 4)
  if (p.u8(at + 3) === RECOMMENDATION) out.text('\n\t    RES: ').dec(head)
  else {
    // the second bit of the shifted byte is the first of the unshifted: so tcpdump has it
    out.text('\n\t    Willing:').dec(head >> 7).text(', CBS:').dec((head >> 6) & 2).text(', RES:').dec((head >> 3) & 7).text(', Max TCs:').dec(head & 7)
  }
  out.text('\n\t    Priority Assignment Table\n\t     Priority : 0   1   2   3   4   5   6   7\n\t     Value    :')
  for (let i = 0; i < 4; i++) {
    writeCell(p, p.u8(at + 5 + i) >> 4)
    writeCell(p, p.u8(at + 5 + i) & 15)
  }
  out.text('\n\t    TC Bandwidth Table\n\t     TC%   : 0   1   2   3   4   5   6   7\n\t     Value :')
  for (let i = 0; i < 8; i++) writeCell(p, p.u8(at + 9 + i))
  out.text('\n\t    TSA Assignment Table\n\t     Traffic Class: 0   1   2   3   4   5   6   7\n\t     Value        :')
  for (let i = 0; i < 8; i++) writeCell(p, p.u8(at + 17 + i))
}

/** A number in a column of three. */
function writeCell(p: Printer, value: number): void {
  p.out.byte(32).left(String(value), 3)
}

/** §D.2.10 */
function printFlowControl(p: Printer, at: number, size: number): void {
  if (size < 6) return
  const head = p.u8(at + 4)
  p.out.text('\n\t    Willing: ').dec(head >> 7).text(', MBC: ').dec((head >> 6) & 1).text(', RES: ').dec((head >> 4) & 3).text(', PFC cap:').dec(head & 15)
  p.out.text(' \n\t    PFC Enable')
  writeBits(p, p.u8(at + 5))
}

/** §D.2.11 */
function printApplications(p: Printer, at: number, size: number): void {
  const { out } = p
  if (size < 5) return
  out.text('\n\t    RES: ').dec(p.u8(at + 4))
  const entries = (size - 5) / 3
  if (entries === 0 || !Number.isInteger(entries)) return
  out.text('\n\t    Application Priority Table')
  for (let i = 0; i < entries; i++) {
    const entry = p.u8(at + 5 + i * 3)
    out.text('\n\t      Priority: ').dec(entry >> 5).text(', RES: ').dec((entry >> 3) & 3).text(', Sel: ').dec(entry & 7)
    out.text(', Protocol ID: ').dec(p.u16(at + 6 + i * 3))
  }
}

const MODES = ['Not Supported', 'EVB Bridge', 'EVB Station', 'Reserved for future Standardization'] as const

/** Edge virtual bridging — §D.2.12. */
function printEdgeBridging(p: Printer, at: number, size: number): void {
  const { out } = p
  if (size < 9) return
  const bridge = p.u8(at + 4)
  const station = p.u8(at + 5)
  const retries = p.u8(at + 6)
  const mode = p.u8(at + 7)
  const keep = p.u8(at + 8)
  out.text('\n\t    EVB Bridge Status\n\t      RES: ').dec(bridge >> 3).text(', BGID: ').dec((bridge >> 2) & 1).text(', RRCAP: ').dec((bridge >> 1) & 1)
  out.text(', RRCTR: ').dec(bridge & 1)
  out.text('\n\t    EVB Station Status\n\t      RES: ').dec(station >> 4).text(', SGID: ').dec((station >> 3) & 1).text(', RRREQ: ').dec((station >> 2) & 1)
  out.text(',RRSTAT: ').dec(station & 3)
  out.text('\n\t    R: ').dec(retries >> 5).text(', RTE: ').dec(retries & 31).text(', EVB Mode: ').text(MODES[mode >> 6]!).text(' [').dec(mode >> 6).byte(93)
  out.text('\n\t    ROL: ').dec((mode >> 5) & 1).text(', RWD: ').dec(mode & 31)
  out.text(', RES: ').dec(keep >> 6).text(', ROL: ').dec((keep >> 5) & 1).text(', RKA: ').dec(keep & 31)
}

/** S-channels — §D.2.13. */
function printChannels(p: Printer, at: number, size: number): void {
  const { out } = p
  if (size < 8) return
  const head = p.u8(at + 4)
  out.text('\n\t    Role: ').dec(head >> 7).text(', RES: ').dec((head >> 4) & 7).text(', Scomp: ').dec((head >> 3) & 1)
  out.text(' ChnCap: ').dec(p.u16(at + 6) & 0xfff)
  const pairs = (size - 8) / 3
  if (!Number.isInteger(pairs)) return
  for (let i = 0; i < pairs; i++) {
    const pair = p.u24(at + 8 + 3 * i)
    out.text('\n\t    SCID: ').dec(pair >> 12).text(', SVID: ').dec(pair & 0xfff)
  }
}
