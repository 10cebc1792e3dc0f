/** Parts of IEEE 802.15.4 frames that stand in several places — IEEE 802.15.4-2015 §7.2 and §7.3. */
import type { Printer } from '../printer.js'

/** `none`, two bytes in hexadecimal, or eight with colons, the last byte first. */
export function writeAddress(p: Printer, at: number, size: number): void {
  const { out } = p
  if (size === 0) out.text('none')
  else if (size === 2) out.hex(p.u16le(at), 4)
  else {
    p.need(at, size)
    for (let i = size - 1; i >= 0; i--) {
      out.hex2(p.b[at + i]!)
      if (i > 0) out.byte(58)
    }
  }
}

/** §7.3.1.3 */
export function printSuperframe(p: Printer, value: number): void {
  const { out } = p
  if (p.options.verbose < 1) return
  out.text('\n\tBeacon order = ').dec(value & 15).text(', Superframe order = ').dec((value >> 4) & 15).text(', Final CAP Slot = ').dec((value >> 8) & 15)
  if (value & 0x1000) out.text(', BLE enabled')
  if (value & 0x4000) out.text(', PAN Coordinator')
  if (value & 0x8000) out.text(', Association Permit')
}

/** Addresses for which data waits — §7.3.1.5. Returns their bytes, negative when `left` bytes are not enough. */
export function printPending(p: Printer, at: number, left: number): number {
  const { out, options } = p
  const counts = p.u8(at)
  const shorts = counts & 7
  const longs = (counts >> 4) & 7
  const size = 1 + 2 * shorts + 8 * longs
  if (options.verbose > 0) out.text('\n\tPending address list, # short addresses = ').dec(shorts).text(', # extended addresses = ').dec(longs)
  if (left < size) {
    out.text(' [ERROR: Pending address list truncated]')
    return -1
  }
  if (options.verbose < 2) return size
  writeList(p, ', Short address list = [ ', at + 1, shorts, 2)
  writeList(p, ', Extended address list = [ ', at + 1 + 2 * shorts, longs, 8)
  return size
}

function writeList(p: Printer, title: string, at: number, count: number, size: number): void {
  if (count === 0) return
  p.out.text(title)
  for (let i = 0; i < count; i++) {
    writeAddress(p, at + i * size, size)
    p.out.byte(32)
  }
  p.out.byte(93)
}

/** §7.2.10: the polynomial of ITU-T V.41, bits reversed, from 0. */
export function crc16(b: Uint8Array, at: number, length: number): number {
  let crc = 0
  for (let i = 0; i < length; i++) {
    crc ^= b[at + i]!
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x8408 : crc >>> 1
  }
  return crc
}

/** §7.2.10: the polynomial of Ethernet, bits reversed, from 0 and not inverted. */
export function crc32(b: Uint8Array, at: number, length: number): number {
  let crc = 0
  for (let i = 0; i < length; i++) {
    crc ^= b[at + i]!
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return crc >>> 0
}
