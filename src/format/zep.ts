/** ZigBee Encapsulation Protocol as tcpdump prints it: IEEE 802.15.4 frames in UDP, and what the radio said of them. */
import { printIeee802154 } from './link/ieee802154.js'
import { writeHexAndText } from './dump.js'
import { TRUNCATED, type Printer } from './printer.js'
import { civil, systemTimeZone } from './time-zone.js'
import { writeVisibleByte } from './tables.js'

const HEADER_1 = 16
const HEADER_2 = 32
const ACK = 8
const ACK_TYPE = 2
/** Seconds from 1900, where NTP counts from, to 1970. */
const TO_UNIX = 2208988800

export function printZep(p: Printer, at: number, length: number): void {
  const { out } = p
  p.protocol = 'zep'
  out.text('ZEP')
  if (p.u8(at) !== 0x45 || p.u8(at + 1) !== 0x58) {
    out.text(' [Preamble Code: ')
    writeVisibleByte(out, p.u8(at))
    writeVisibleByte(out, p.u8(at + 1))
    out.byte(93)
    return p.invalid()
  }
  const version = p.u8(at + 2)
  out.text(`v${version} `)
  const isAck = version !== 1 && p.u8(at + 3) === ACK_TYPE
  const header = version === 1 ? HEADER_1 : isAck ? ACK : HEADER_2
  if (length < header) {
    out.text(` [len ${length} < ${header}]`)
    return p.invalid()
  }
  let inner = 0
  if (version === 1) {
    const device = p.u16(at + 4)
    out.text(`Channel ID ${p.u8(at + 3)}, Device ID 0x${hex4(device)}, `)
    writeQuality(p, at + 6)
    inner = p.u8(at + 15)
    out.text(`inner len = ${inner}`)
  } else if (isAck) {
    const sequence = p.u32(at + 4)
    out.text(`ACK, seq# = ${sequence}`)
  } else {
    const device = p.u16(at + 5)
    out.text(`Type ${p.u8(at + 3)}, Channel ID ${p.u8(at + 4)}, Device ID 0x${hex4(device)}, `)
    writeQuality(p, at + 7)
    writeTime(p, at + 9)
    const sequence = p.u32(at + 17)
    inner = p.u8(at + 31)
    out.text(`, seq# = ${sequence}, inner len = ${inner}`)
  }
  printFrame(p, at + header, length - header, inner)
}

const hex4 = (n: number): string => n.toString(16).padStart(4, '0')

/** Whether the frame's check was right, or how good the link was. */
function writeQuality(p: Printer, at: number): void {
  if (p.u8(at) !== 0) p.out.text('CRC, ')
  else {
    const quality = p.u8(at + 1)
    p.out.text(`LQI ${quality}, `)
  }
}

/** Seconds since 1900 with a fraction in single precision, as tcpdump works it out, and the local time. */
function writeTime(p: Printer, at: number): void {
  const { out } = p
  const seconds = p.u32(at)
  const fraction = Math.fround(Math.fround(p.u32(at + 4)) / 2 ** 32)
  out.text(`${seconds}.${String(Math.floor(fraction * 1e9)).padStart(9, '0')}`)
  if (seconds === 0) return
  const unix = (seconds - TO_UNIX) >>> 0
  const zone = systemTimeZone()
  zone.look(unix)
  const local = unix + zone.offset
  const day = Math.floor(local / 86400)
  const { year, month, day: ofMonth } = civil(day)
  const rest = local - day * 86400
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0')
  out.text(` (${year}/${two(month)}/${two(ofMonth)} ${two(rest / 3600)}:${two((rest / 60) % 60)}:${two(rest % 60)})`)
}

/** The frame of `inner` bytes, and a dump of `length` bytes where it is not known. */
function printFrame(p: Printer, at: number, length: number, inner: number): void {
  const { out, b, options } = p
  if (inner > 0) {
    out.text('\n\t')
    p.protocol = '802.15.4'
    p.need(at, Math.min(inner, 2))
    const former = p.narrow(at + inner)
    const known = printIeee802154(p, at)
    p.end = former
    if (known > 0) {
      if (!p.has(at, length)) throw TRUNCATED
      return
    }
  }
  if (options.dump !== 'none' && options.dump !== 'A' && options.dump !== 'AA') return
  writeHexAndText(out, b, at, Math.min(at + length, p.end))
  if (!p.has(at, length)) throw TRUNCATED
}
