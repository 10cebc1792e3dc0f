/**
 * PPP control protocols as tcpdump prints them: LCP (RFC 1661), IPCP (1332), IPv6CP (5072), CCP (1962), OSICP (1377), MPLSCP (3032),
 * BACP (2125).
 */
import { writeUnknownData } from './fields.js'
import { ouiName } from './oui.js'
import { pppProtocolName } from './ppp-names.js'
import { optionPrinter } from './ppp-options.js'
import type { Printer } from './printer.js'
import { tableOf, word, writeVisibleByte } from './tables.js'

const Code = {
  VENDOR: 0, REQUEST: 1, ACK: 2, NACK: 3, REJECT: 4, TERMINATE_REQUEST: 5, TERMINATE_ACK: 6, CODE_REJECT: 7, PROTOCOL_REJECT: 8, ECHO_REQUEST: 9,
  ECHO_REPLY: 10, DISCARD: 11, IDENTIFICATION: 12, TIME_REMAINING: 13,
} as const
const CODES = tableOf({
  0: 'Vendor-Extension', 1: 'Conf-Request', 2: 'Conf-Ack', 3: 'Conf-Nack', 4: 'Conf-Reject', 5: 'Term-Request', 6: 'Term-Ack', 7: 'Code-Reject',
  8: 'Prot-Reject', 9: 'Echo-Request', 10: 'Echo-Reply', 11: 'Disc-Req', 12: 'Ident', 13: 'Time-Rem', 14: 'Reset-Req', 15: 'Reset-Ack',
})
const HEADER = 4
/** The protocol's number, which stands before the packet and is dumped with it. */
const NUMBER = 2

/** `LCP, Conf-Request (0x01), id 1, length 18`, and with -v what it holds. */
export function printControl(p: Printer, protocol: number, at: number, length: number): void {
  const { out, options } = p
  const name = pppProtocolName(protocol) ?? 'unknown'
  out.text(name).text(', ')
  if (length < HEADER || !p.has(at, 2)) return closeCut(p, name)
  const code = p.u8(at)
  const id = p.u8(at + 1)
  out.text(word(CODES, code, 'Unknown Opcode')).text(' (0x').hex2(code).text('), id ').dec(id).text(', length ').dec(length + NUMBER)
  if (options.verbose === 0) return
  const size = p.u16(at + 2)
  out.text('\n\tencoded length ').dec(size)
  if (size < HEADER) {
    out.text(' (< 4))')
    return
  }
  if (size > length) {
    out.text(' (> packet length ').dec(length).text('))')
    return
  }
  out.text(' (=Option(s) length ').dec(size - HEADER).byte(41)
  if (size === HEADER) return
  if (options.verbose > 1) writeUnknownData(p, at - NUMBER, '\n\t', 6)
  printBody(p, protocol, name, code, at, size)
}

const closeCut = (p: Printer, name: string): void => {
  p.out.text('[|').text(name).byte(93)
}

/** What stands behind the header of a packet of `size` bytes. */
function printBody(p: Printer, protocol: number, name: string, code: number, packet: number, size: number): void {
  const { out } = p
  const at = packet + HEADER
  switch (code) {
    case Code.VENDOR:
      if (size >= 11) {
        writeMagic(p, at)
        const vendor = p.u24(at + 4)
        out.text(' Vendor: ').text(ouiName(vendor)).text(' (').dec(vendor).byte(41)
      }
      return
    case Code.REQUEST:
    case Code.ACK:
    case Code.NACK:
    case Code.REJECT:
      return printOptions(p, protocol, at, size)
    case Code.TERMINATE_REQUEST:
    case Code.TERMINATE_ACK:
    case Code.CODE_REJECT:
      return
    case Code.PROTOCOL_REJECT:
      return printRejected(p, at, size)
    case Code.ECHO_REQUEST:
    case Code.ECHO_REPLY:
    case Code.DISCARD:
      if (size < 8) return
      writeMagic(p, at)
      if (size === 8) return
      out.text('\n\t  -----trailing data-----')
      if (!p.has(at + 4, size - 8)) return closeCut(p, name)
      writeUnknownData(p, at + 4, '\n\t  ', size - 8)
      return
    case Code.IDENTIFICATION:
      if (size < 8) return
      writeMagic(p, at)
      if (size === 8) return
      out.text('\n\t  Message\n\t    ')
      // four bytes more than the message has
      if (!writeMessage(p, at + 4, size - 4)) closeCut(p, name)
      return
    case Code.TIME_REMAINING: {
      if (size < 12) return
      writeMagic(p, at)
      const seconds = p.u32(at + 4)
      out.text(', Seconds-Remaining ').dec(seconds).byte(115)
      return
    }
    default:
      if (p.options.verbose <= 1) writeUnknownData(p, packet - NUMBER, '\n\t  ', size + NUMBER)
  }
}

function writeMagic(p: Printer, at: number): void {
  const magic = p.u32(at)
  p.out.text('\n\t  Magic-Num 0x').hex(magic, 8)
}

/** Text; false when it was cut. */
function writeMessage(p: Printer, at: number, length: number): boolean {
  for (let i = at; i < at + length; i++) {
    if (i >= p.end) return false
    writeVisibleByte(p.out, p.b[i]!)
  }
  return true
}

function printRejected(p: Printer, at: number, size: number): void {
  const { out } = p
  if (size < 6) return
  const rejected = p.u16(at)
  out.text('\n\t  Rejected ').text(pppProtocolName(rejected) ?? 'unknown').text(' Protocol (0x').hex(rejected, 4).byte(41)
  if (size === 6) return
  out.text('\n\t  Rejected Packet')
  // four bytes more than the packet has
  writeUnknownData(p, at + 2, '\n\t    ', size - 2)
}

/** Options one behind the other; each may be as long as the packet, but there must be as much left of it. */
function printOptions(p: Printer, protocol: number, at: number, size: number): void {
  const print = optionPrinter(protocol)
  let left = size - HEADER
  while (print !== undefined && left > 0) {
    const used = print(p, at, size)
    if (used === 0) return
    if (used > left) {
      p.out.text(' [remaining options length ').dec(left).text(' < ').dec(used).byte(93)
      return p.invalid()
    }
    at += used
    left -= used
  }
}
