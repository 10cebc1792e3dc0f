/** PPP frames as tcpdump prints them: which protocol they carry — RFC 1661 §2, RFC 1662. */
import { printIp4 } from './ip4.js'
import { printIp6 } from './ip6.js'
import { printIpx } from './ipx.js'
import { printIsoClns } from './iso-clns.js'
import { writeHex } from './dump.js'
import { printMpls } from './mpls.js'
import { printBap, printChap, printControl, printPap } from './ppp-control.js'
import { pppProtocolName } from './ppp-names.js'
import type { Printer } from './printer.js'
import { bits } from './tables.js'

/** HDLC address and control field, left out where both ends agreed on that; the address may be a direction instead. */
const ADDRESS_CONTROL = 0xff03
const DIRECTION_IN = 0x0003
const DIRECTION_OUT = 0x0103
const MULTILINK_FLAGS = [
  [0x80, 'begin'],
  [0x40, 'end'],
] as const

/** A PPP frame of `length` bytes at `at`; returns the bytes of its header, 0 when it is cut. */
export function printPpp(p: Printer, at: number, length: number): number {
  const { out } = p
  p.protocol = 'ppp'
  if (length < 2) {
    p.truncated()
    return 0
  }
  const whole = length
  let here = at
  const start = p.u16(here)
  if (start === ADDRESS_CONTROL || start === DIRECTION_IN || start === DIRECTION_OUT) {
    if (p.options.link && start === DIRECTION_IN) out.text('In  ')
    if (p.options.link && start === DIRECTION_OUT) out.text('Out ')
    here += 2
    length -= 2
  }
  if (length < 2) {
    p.truncated()
    return 0
  }
  // protocol numbers are odd; one byte is enough for those below 256
  const isShort = (p.u8(here) & 1) !== 0
  const protocol = isShort ? p.u8(here) : p.u16(here)
  here += isShort ? 1 : 2
  length -= isShort ? 1 : 2
  if (p.options.link) {
    const name = pppProtocolName(protocol)
    out.text(name ?? 'unknown').text(' (0x').hex(protocol, 4).text('), length ').dec(whole)
    if (name === undefined) return 0
    out.text(': ')
  }
  printPppProtocol(p, protocol, here, length)
  return here - at
}

/** What `protocol` names, at `at`; a control protocol is printed from its number on. */
export function printPppProtocol(p: Printer, protocol: number, at: number, length: number): void {
  const { out } = p
  switch (protocol) {
    case 0xc021:
    case 0x8021:
    case 0x8023:
    case 0x8281:
    case 0x8057:
    case 0x80fd:
    case 0xc02b:
      return printControl(p, protocol, at, length)
    case 0x003d:
      return printMultilink(p, at, length)
    case 0xc223:
      return printChap(p, at, length)
    case 0xc023:
      return printPap(p, at, length)
    case 0xc02d:
      return printBap(p, at, length)
    case 0x0021:
    case 0x002f:
    case 0x0800:
      return printIp4(p, at, length)
    case 0x0057:
    case 0x86dd:
      return printIp6(p, at, length)
    case 0x002b:
    case 0x8137:
      return printIpx(p, at, length)
    case 0x0023:
      return printIsoClns(p, at, length)
    case 0x0281:
    case 0x0283:
      return printMpls(p, at, length)
    case 0x00fd:
      out.text('compressed PPP data')
      return
    default: {
      const name = pppProtocolName(protocol)
      if (name === undefined) out.text('unknown PPP protocol (0x').hex(protocol, 4).text(') ')
      else out.text(name).byte(32)
      writeHex(out, p.b, at, Math.min(at + length, p.end), '\n\t')
    }
  }
}

/** RFC 1990 §3, with short sequence numbers. */
function printMultilink(p: Printer, at: number, length: number): void {
  const { out } = p
  p.protocol = 'mlppp'
  out.text('MLPPP, ')
  if (length < 2) {
    out.text('[|mlppp]')
    return
  }
  if (!p.has(at, 2)) {
    out.text('[|mlppp]')
    return
  }
  const word = p.u16(at)
  out.text('seq 0x').hex(word & 0xfff, 3).text(', Flags [').text(bits(MULTILINK_FLAGS, word >> 8, 'none')).text('], length ').dec(length)
}
