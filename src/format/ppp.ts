/** PPP frames as tcpdump prints them: which protocol they carry — RFC 1661 §2, RFC 1662. */
import { printIp4 } from './ip4.js'
import { printIp6 } from './ip6.js'
import { printIpx } from './ipx.js'
import { printIsoClns } from './iso-clns.js'
import { writeUnknownData } from './fields.js'
import { printMpls } from './mpls.js'
import { printChap, printPap } from './ppp-auth.js'
import { printControl } from './ppp-control.js'
import { pppProtocolName } from './ppp-names.js'
import { MAX_DEPTH, type Printer } from './printer.js'
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
    if (name === undefined) return here - at
    out.text(': ')
  }
  printPppProtocol(p, protocol, here, length)
  return here - at
}

/** What `protocol` names, at `at`; a control protocol is printed from its number on. */
export function printPppProtocol(p: Printer, protocol: number, at: number, length: number): void {
  const { out } = p
  if (protocol >> 8 === FLAG) return printEscaped(p, at - 1, length)
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
      // nothing of BAP is ever printed
      return
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
      writeUnknownData(p, at, '\n\t', length)
    }
  }
}

/** RFC 1990 §3, with short sequence numbers. */
function printMultilink(p: Printer, at: number, length: number): void {
  const { out } = p
  if (!p.options.link) out.text('MLPPP, ')
  if (length < 2 || !p.has(at, 2)) {
    out.text('[|mlppp]')
    return
  }
  const word = p.u16(at)
  out.text('seq 0x').hex(word & 0xfff, 3).text(', Flags [').text(bits(MULTILINK_FLAGS, word >> 8, 'none')).text('], length ').dec(length)
}

/** Frames in octet-stuffed HDLC begin with a flag, and bytes that would be taken for one are escaped — RFC 1662 §4.2. */
const FLAG = 0x7e
const ESCAPE = 0x7d
const ESCAPED = 0x20
const IP4 = 0x21
const IP6 = 0x57

/** Prints what a stuffed frame holds, guessing how much of its header was left away. */
function printEscaped(p: Printer, at: number, length: number): void {
  if (at >= p.end || length === 0) return
  if (p.depth >= MAX_DEPTH) {
    p.out.text('[nested too deeply]')
    return
  }
  const { b, end } = p
  const plain = unescape(b, at, end)
  p.b = plain
  p.end = plain.length
  p.depth++
  try {
    if (!printPlain(p, plain.length)) {
      p.b = b
      p.end = end
      p.truncated()
    }
  } finally {
    p.b = b
    p.end = end
    p.depth--
  }
}

function unescape(b: Uint8Array, at: number, end: number): Uint8Array {
  const plain = new Uint8Array(end - at)
  let length = 0
  while (at < end) {
    let c = b[at++]!
    if (c === ESCAPE) {
      if (at >= end) break
      c = b[at++]! ^ ESCAPED
    }
    plain[length++] = c
  }
  return plain.subarray(0, length)
}

/** false when the frame is too short. */
function printPlain(p: Printer, length: number): boolean {
  const { b } = p
  if (length < 1) return false
  if (b[0] === IP4) printIp4(p, 1, length - 1)
  else if (b[0] === IP6) printIp6(p, 1, length - 1)
  else {
    if (length < 2) return false
    const isFramed = p.u16(0) === ADDRESS_CONTROL
    if (isFramed && length < 4) return false
    const at = isFramed ? 2 : 0
    const protocol = p.u16(at)
    if (protocol >> 8 === FLAG) p.out.text('(protocol 0x').hex(protocol, 4).text(' invalid)')
    else printPppProtocol(p, protocol, at + 2, length - at - 2)
  }
  return true
}
