/** Unidirectional Link Detection as tcpdump prints it — RFC 5171. */
import { printInvalid, printText, printTextToZero } from './packet-text.js'
import type { Printer } from './printer.js'
import { bits, tableOf, word } from './tables.js'

const HEADER = 4
const TLV_HEADER = 4
const CODES = tableOf({ 0: 'Reserved', 1: 'Probe message', 2: 'Echo message', 3: 'Flush message' })
const FLAGS = [
  [0x01, 'RT'], [0x02, 'RSY'], [0x04, 'MBZ-2'], [0x08, 'MBZ-3'], [0x10, 'MBZ-4'], [0x20, 'MBZ-5'], [0x40, 'MBZ-6'], [0x80, 'MBZ-7'],
] as const
const Tlv = { DEVICE_ID: 1, PORT_ID: 2, ECHO: 3, MESSAGE_INTERVAL: 4, TIMEOUT_INTERVAL: 5, DEVICE_NAME: 6, SEQUENCE_NUMBER: 7 } as const
const TLVS = tableOf({
  1: 'Device-ID TLV', 2: 'Port-ID TLV', 3: 'Echo TLV', 4: 'Message Interval TLV', 5: 'Timeout Interval TLV', 6: 'Device Name TLV',
  7: 'Sequence Number TLV',
})

export function printUdld(p: Printer, at: number, length: number): void {
  const { out } = p
  p.protocol = 'udld'
  if (length < HEADER) return printInvalid(p, at + length)
  const first = p.u8(at)
  const flags = p.u8(at + 1)
  const code = first & 0x1f
  out.text('UDLDv').dec(first >> 5).text(', Code ').text(word(CODES, code, 'Reserved')).text(' (').hex(code)
  out.text('), Flags [').text(bits(FLAGS, flags, 'none')).text('] (0x').hex(flags, 2).text('), length ').dec(length)
  const end = at + length
  if (p.options.verbose === 0) return p.need(at, length)
  const checksum = p.u16(at + 2)
  out.text('\n\tChecksum 0x').hex(checksum, 4).text(' (unverified)')
  at += HEADER
  for (let left = length - HEADER; left > 0; ) {
    if (left < TLV_HEADER) return printInvalid(p, end)
    const type = p.u16(at)
    const size = p.u16(at + 2)
    out.text('\n\t').text(word(TLVS, type, 'Unknown')).text(' (0x').hex(type, 4).text(') TLV, length ').dec(size)
    if (size <= TLV_HEADER || size > left || !printTlv(p, type, at + TLV_HEADER, size - TLV_HEADER)) {
      return printInvalid(p, end)
    }
    at += size
    left -= size
  }
}

/** The value of a TLV; false when its length is wrong. */
function printTlv(p: Printer, type: number, at: number, length: number): boolean {
  const { out } = p
  switch (type) {
    case Tlv.DEVICE_ID:
    case Tlv.PORT_ID:
    case Tlv.DEVICE_NAME:
      out.text(', ')
      printTextToZero(p, at, length)
      return true
    case Tlv.ECHO:
      out.text(', ')
      printText(p, at, length)
      return true
    case Tlv.MESSAGE_INTERVAL:
    case Tlv.TIMEOUT_INTERVAL: {
      if (length !== 1) return false
      const seconds = p.u8(at)
      out.text(', ').dec(seconds).byte(115)
      return true
    }
    case Tlv.SEQUENCE_NUMBER: {
      if (length !== 4) return false
      const number = p.u32(at)
      out.text(', ').dec(number)
      return true
    }
    default:
      p.need(at, length)
      return true
  }
}
