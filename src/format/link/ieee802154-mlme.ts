/** Elements within the MLME element of IEEE 802.15.4 frames as tcpdump prints them — IEEE 802.15.4-2015 §7.4.4. */
import type { Printer } from '../printer.js'
import { printVendor, writeBytes } from './ieee802154-elements.js'
import { longElement, shortElement } from './ieee802154-names.js'

const LONG = 0x8000

export function printNestedElements(p: Printer, at: number, left: number): void {
  const { out } = p
  do {
    if (left < 2) {
      out.text('[ERROR: Truncated MLME IE]')
      return
    }
    const element = p.u16le(at)
    const isLong = (element & LONG) !== 0
    const size = element & (isLong ? 0x3ff : 0xff)
    const id = isLong ? (element >> 11) & 15 : (element >> 8) & 0x7f
    out.text('\n\t\t').text(isLong ? longElement(id) : shortElement(id)).text(' [ length = ').dec(size).text(', ')
    if (left < 2 + size) {
      out.text('[ERROR: Truncated IE data]')
      return
    }
    if (size > 0) printElement(p, id, at + 2, size)
    out.text('] ')
    at += 2 + size
    left -= 2 + size
  } while (left > 0)
}

/** The numbers of long and short elements do not meet. */
function printElement(p: Printer, id: number, at: number, size: number): void {
  const { out } = p
  switch (id) {
    case 0x08:
      return printVendor(p, at, size)
    case 0x09:
      return printHopping(p, at, size)
    case 0x1a:
      if (size < 6) out.text('[ERROR: Length != 6]')
      p.need(at, 6)
      out.text('ASN = ').hex(p.u8(at + 4), 2).hex(p.u32le(at), 8).text(', Join Metric = ').dec(p.u8(at + 5)).byte(32)
      return
    case 0x1b:
      return printSlotframes(p, at, size)
    case 0x1c:
      return printTimeslot(p, at, size)
    default:
      out.text('IE Data = ')
      writeBytes(p, at, size)
  }
}

/** §7.4.4.31 */
function printHopping(p: Printer, at: number, size: number): void {
  const { out } = p
  const end = at + size
  const cut = (lead = ''): void => {
    out.text(lead).text('[ERROR: IE truncated]')
  }
  out.text('Hopping Sequence ID = ').dec(p.u8(at))
  if (size === 1) return
  let here = at + 1
  if (here + 7 > end) return cut()
  const page = p.u8(here)
  const channels = p.u16le(here + 1)
  out.text('Channel Page = ').dec(page).text(', Number of Channels = ').dec(channels)
  out.text(', Phy Configuration = 0x').hex(p.u32le(here + 3), 8).text(', ')
  here += 7
  if (page === 9 || page === 10) {
    const bitmap = ((channels + 7) >> 3) & 0xffff
    if (here + bitmap > end) return cut()
    out.text('Extended bitmap = 0x')
    for (let i = 0; i < bitmap; i++) out.hex2(p.u8(here + i))
    out.text(', ')
    here += bitmap
  }
  if (here + 2 > end) return cut()
  const count = p.u16le(here)
  here += 2
  out.text('Hopping Seq length = ').dec(count).text(' [ ')
  if (here + 2 * count > end) return cut(' ')
  for (let i = 0; i < count; i++) out.hex(p.u16le(here + 2 * i), 2).byte(32)
  out.byte(93)
  here += 2 * count
  if (here + 2 > end) return cut()
  out.text('Current hop = ').dec(p.u16le(here))
}

const LINK_OPTIONS = [[0x01, 'TX '], [0x02, 'RX '], [0x04, 'Shared '], [0x08, 'Timekeeping '], [0x10, 'Priority ']] as const

/** §7.4.4.3 */
function printSlotframes(p: Printer, at: number, size: number): void {
  const { out } = p
  const end = at + size
  const frames = p.u8(at)
  out.text('Slotframes = ').dec(frames).byte(32)
  let here = at + 1
  for (let i = 0; i < frames; i++) {
    if (here + 4 > end) {
      out.text('[ERROR: Truncated IE before slotframes]')
      return
    }
    const links = p.u8(here + 3)
    out.text('\n\t\t\t[ Handle ').dec(p.u8(here)).text(', size = ').dec(p.u16le(here + 1)).text(', links = ').dec(links).byte(32)
    here += 4
    for (let j = 0; j < links; j++) {
      if (here + 5 > end) {
        out.text('[ERROR: Truncated IE links]')
        break
      }
      out.text('\n\t\t\t\t[ Timeslot =  ').dec(p.u16le(here)).text(', Offset = ').dec(p.u16le(here + 2)).text(', Options = ')
      const options = p.u8(here + 4)
      for (const [bit, name] of LINK_OPTIONS) if (options & bit) out.text(name)
      out.text('] ')
      here += 5
    }
    out.text('] ')
  }
}

const TIMES = [
  'CCA Offset', 'CCA', 'TX Offset', 'RX Offset', 'RX Ack Delay', 'TX Ack Delay', 'RX Wait', 'Ack Wait', 'RX TX', 'Max Ack', 'Max TX', 'Time slot Length',
] as const

/** §7.4.4.4: in the longer form the last two times have three bytes. */
function printTimeslot(p: Printer, at: number, size: number): void {
  const { out } = p
  if (size !== 1 && size !== 25 && size !== 27) {
    out.text('[ERROR: Length not 1, 25, or 27]\n\t\t\tIE Data = ')
    return writeBytes(p, at, size)
  }
  p.need(at, size)
  out.text('Time slot ID = ').dec(p.b[at]!)
  if (size > 1) {
    TIMES.forEach((name, i) => {
      const isLong = size === 27 && i >= 10
      const time = isLong ? at + 21 + 3 * (i - 10) : at + 1 + 2 * i
      out.text(', ').text(name).text(' = ').dec(isLong ? p.u16le(time) + p.b[time + 2]! * 0x10000 : p.u16le(time))
    })
  }
  out.byte(32)
}
