/** Cisco Dynamic Trunking Protocol as tcpdump prints it. */
import { printInvalid, printTextToZero } from './packet-text.js'
import type { Printer } from './printer.js'
import { tableOf, word } from './tables.js'

const HEADER = 1
const TLV_HEADER = 4
const Tlv = { DOMAIN: 1, STATUS: 2, TYPE: 3, NEIGHBOR: 4 } as const
const TLVS = tableOf({ 1: 'Domain', 2: 'Status', 3: 'DTP type', 4: 'Neighbor' })

export function printDtp(p: Printer, at: number, length: number): void {
  const { out } = p
  p.protocol = 'dtp'
  if (length < HEADER) {
    out.text('[zero packet length]')
    return p.invalid()
  }
  const version = p.u8(at)
  out.text('DTPv').dec(version).text(', length ').dec(length)
  if (p.options.verbose === 0) return
  const end = at + length
  at += HEADER
  for (let left = length - HEADER; left > 0; ) {
    if (left < TLV_HEADER) {
      out.byte(91).dec(left).text(' bytes remaining]')
      return printInvalid(p, end)
    }
    const type = p.u16(at)
    const size = p.u16(at + 2)
    if (type === 0) return
    out.text('\n\t').text(word(TLVS, type, 'Unknown')).text(' (0x').hex(type, 4).text(') TLV, length ').dec(size)
    if (size < TLV_HEADER || size > left) {
      out.text('[invalid TLV length ').dec(size).byte(93)
      return printInvalid(p, end)
    }
    if (!printTlv(p, type, at + TLV_HEADER, size - TLV_HEADER)) return printInvalid(p, end)
    at += size
    left -= size
  }
}

/** The value of a TLV; false when its length is wrong. */
function printTlv(p: Printer, type: number, at: number, length: number): boolean {
  const { out } = p
  switch (type) {
    case Tlv.DOMAIN:
      out.text(', ')
      printTextToZero(p, at, length)
      return true
    case Tlv.STATUS:
    case Tlv.TYPE: {
      if (length !== 1) return false
      const value = p.u8(at)
      out.text(', 0x').hex(value)
      return true
    }
    case Tlv.NEIGHBOR:
      if (length !== 6) return false
      p.need(at, 6)
      out.text(', ')
      p.mac(at)
      return true
    default:
      p.need(at, length)
      return true
  }
}
