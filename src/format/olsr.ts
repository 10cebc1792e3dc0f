/** Optimized Link State Routing — RFC 3626, with the extensions of olsr.org — as tcpdump prints it. */
import { version } from '../decode/ip4.js'
import { hex, ip4, ip6, named, say, writeUnknownData } from './fields.js'
import type { Printer } from './printer.js'
import { writeVisible } from './tables.js'

const HEADER = 4
const Message = { HELLO: 1, TC: 2, MID: 3, HNA: 4, NAMES: 130, HELLO_QUALITY: 201, TC_QUALITY: 202 } as const
const MESSAGES = { 1: 'Hello', 2: 'TC', 3: 'MID', 4: 'HNA', 128: 'Powerinfo', 130: 'Nameservice', 201: 'Hello-LQ', 202: 'TC-LQ' }
const LINKS = ['Unspecified', 'Asymmetric', 'Symmetric', 'Lost']
const NEIGHBORS = ['Not-Neighbor', 'Symmetric', 'Symmetric-MPR']
const LINK_HEADER = 4
const MAX_GATEWAY_SPEED = 320000000
const GATEWAY_FLAGS = [[0x01, ' LINKSPEED'], [0x02, ' IPV4'], [0x04, ' IPV4-NAT'], [0x08, ' IPV6'], [0x10, ' IPv6-PREFIX']] as const

const isIp6 = (p: Printer, ip: number): boolean => version(p.b, ip) === 6

/** Bytes of an address, and its text. */
interface Family {
  readonly size: number
  readonly text: (p: Printer, at: number) => string
}
const IP4: Family = { size: 4, text: ip4 }
const IP6: Family = { size: 16, text: ip6 }

/** `ip`: the IP header, whose version is that of the addresses inside. */
export function printOlsr(p: Printer, at: number, length: number, _sport: number, _dport: number, ip: number): void {
  p.protocol = 'olsr'
  const family = isIp6(p, ip) ? IP6 : IP4
  say(p, `OLSRv${family === IP6 ? 6 : 4}`)
  if (length < HEADER || !p.has(at, HEADER)) return p.truncated()
  const present = Math.min(length, p.u16(at))
  say(p, `, seq 0x${hex(p.u16(at + 2), 4)}, length ${present}`)
  if (p.options.verbose === 0) return
  for (let here = at + HEADER; here < at + present; ) {
    const size = printMessage(p, here, present, family)
    if (size === 0) return
    here += size
  }
}

/** Returns its size, 0 when nothing more is to be said of the packet, which has `length` bytes. */
function printMessage(p: Printer, at: number, length: number, family: Family): number {
  const header = 8 + family.size
  if (!p.has(at, header)) return cut(p)
  const type = p.u8(at)
  const size = p.u16(at + 2)
  if (type === 0 || size === 0) return 0
  const isRight = size >= header && size <= length
  const behind = at + 4 + family.size
  say(p, `\n\t${named(MESSAGES, type, 'Unknown')} Message (0x${hex(type, 2)}), originator ${family.text(p, at + 4)}, ttl ${p.u8(behind)}, hop ${p.u8(behind + 1)}` +
    `\n\t  vtime ${time(p.u8(at + 1))}s, msg-seq 0x${hex(p.u16(behind + 2), 4)}, length ${size}${isRight ? '' : ' (invalid)'}`)
  if (!isRight) return 0
  return printBody(p, at + header, size - header, type, family) ? size : cut(p)
}

/** ` [|olsr]`, and nothing more of the packet. */
function cut(p: Printer): 0 {
  p.truncated()
  return 0
}

/** RFC 3626 §18.3: a mantissa in the upper half, an exponent in the lower, to 1/16 s; in seconds, ties to even as in C. */
function time(code: number): string {
  const scaled = ((16 + (code >> 4)) << (code & 15)) * 125
  let thousandths = Math.floor(scaled / 32)
  const rest = scaled % 32
  if (rest > 16 || (rest === 16 && thousandths % 2 === 1)) thousandths++
  return `${Math.floor(thousandths / 1000)}.${String(thousandths % 1000).padStart(3, '0')}`
}

/** False where it is cut; so do the next. */
function printBody(p: Printer, at: number, length: number, type: number, family: Family): boolean {
  switch (type) {
    case Message.HELLO:
    case Message.HELLO_QUALITY:
      return printHello(p, at, length, type, family)
    case Message.TC:
    case Message.TC_QUALITY:
      if (length < 4 || !p.has(at, 4)) return false
      say(p, `\n\t    advertised neighbor seq 0x${hex(p.u16(at), 4)}`)
      return printNeighbors(p, at + 4, length - 4, type === Message.TC_QUALITY, family)
    case Message.MID:
      for (let here = at; here + family.size <= at + length; here += family.size) {
        if (!p.has(here, family.size)) return false
        say(p, `\n\t  interface address ${family.text(p, here)}`)
      }
      return true
    case Message.HNA:
      return family === IP6 ? printNetworks6(p, at, length) : printNetworks4(p, at, length)
    case Message.NAMES:
      return printNames(p, at, length, family)
    default:
      writeUnknownData(p, at, '\n\t    ', length)
      return true
  }
}

function printHello(p: Printer, at: number, length: number, type: number, family: Family): boolean {
  if (length < 4 || !p.has(at, 4)) return false
  say(p, `\n\t  hello-time ${time(p.u8(at + 2))}s, MPR willingness ${p.u8(at + 3)}`)
  const end = at + length
  for (let here = at + 4; end - here >= LINK_HEADER; ) {
    if (!p.has(here, LINK_HEADER)) return false
    const code = p.u8(here)
    const size = p.u16(here + 2)
    const isRight = size >= LINK_HEADER && here + size <= end
    say(p, `\n\t    link-type ${LINKS[code & 3]!}, neighbor-type ${NEIGHBORS[code >> 2] ?? 'Unknown'}, len ${size}${isRight ? '' : ' (invalid)'}`)
    if (!isRight) break
    const first = here + LINK_HEADER
    if (!p.has(first, size - LINK_HEADER)) return false
    if (!printNeighbors(p, first, size - LINK_HEADER, type === Message.HELLO_QUALITY, family)) return false
    here += size
  }
  return true
}

/** Without qualities tcpdump 4.99.3 takes all addresses for IPv4. */
function printNeighbors(p: Printer, at: number, length: number, hasQuality: boolean, family: Family): boolean {
  const end = at + length
  if (!hasQuality) {
    say(p, '\n\t      neighbor\n\t\t')
    for (let here = at; here + 4 <= end; here += 4) say(p, `${ip4(p, here)} `)
    return true
  }
  const size = family.size + 4
  for (let here = at; here + size <= end; here += size) {
    if (!p.has(here, size)) return false
    const quality = (where: number): string => (p.u8(where) / 2.55).toFixed(2)
    const behind = here + family.size
    say(p, `\n\t      neighbor ${family.text(p, here)}, link-quality ${quality(behind)}%, neighbor-link-quality ${quality(behind + 1)}%`)
  }
  return true
}

/** Bits of a mask byte by byte, up to the first that is not full; a byte that is no mask counts nothing. */
function maskLength6(p: Printer, at: number): number {
  const BYTES = [0x00, 0x80, 0xc0, 0xe0, 0xf0, 0xf8, 0xfc, 0xfe, 0xff]
  let length = 0
  for (let i = 0; i < 16; i++) {
    const byte = p.u8(at + i)
    length += Math.max(0, BYTES.indexOf(byte))
    if (byte !== 0xff) break
  }
  return length
}

function printNetworks6(p: Printer, at: number, length: number): boolean {
  const SIZE = 32
  say(p, `\n\t  Advertised networks (total ${Math.floor(length / SIZE)})`)
  for (let here = at; here + SIZE <= at + length; here += SIZE) {
    if (!p.has(here, SIZE)) return false
    say(p, `\n\t    #0: ${ip6(p, here)}/${maskLength6(p, here + 16)}`)
  }
  return true
}

/** Bits of a mask; 4294967295, as tcpdump has it, when they are not together at its top. */
function maskLength4(mask: number): number {
  const length = Math.clz32(~mask)
  return length === 32 || mask << length === 0 ? length : 0xffffffff
}

function printNetworks4(p: Printer, at: number, length: number): boolean {
  const SIZE = 8
  say(p, `\n\t  Advertised networks (total ${Math.floor(length / SIZE)})`)
  let column = 0
  for (let here = at; here + SIZE <= at + length; here += SIZE) {
    if (!p.has(here, SIZE)) return false
    const isGateway = p.u32(here) === 0 && p.u8(here + 4) === 0 && p.u8(here + 5) !== 0
    say(p, column === 0 ? '\n\t    ' : ', ')
    say(p, isGateway ? gatewayText(p, here + 4) : `${ip4(p, here)}/${maskLength4(p.u32(here + 4))}`)
    column = (column + 1) % 4
  }
  return true
}

/** A gateway that tells of itself in a mask: flags, uplink, downlink. */
function gatewayText(p: Printer, at: number): string {
  const flags = p.u8(at + 1)
  const hasSpeed = (flags & 1) !== 0
  const names = GATEWAY_FLAGS.map(([bit, name]) => (flags & bit ? name : '')).join('')
  return `Smart-Gateway:${names} ${hasSpeed ? speed(p.u8(at + 2)) : 0}/${hasSpeed ? speed(p.u8(at + 3)) : 0}`
}

/** kbit/s of five bits of mantissa and three of exponent. */
const speed = (code: number): number => (code === 0 ? 0 : code === 255 ? MAX_GATEWAY_SPEED : ((code >> 3) + 1) * 10 ** (code & 7))

function printNames(p: Printer, at: number, length: number, family: Family): boolean {
  if (length < 4) return false
  const count = p.u16(at + 2)
  const isRight = count > 0 && count * (4 + family.size) <= length
  say(p, `\n\t  Version ${p.u16(at)}, Entries ${count}${isRight ? '' : ' (invalid)'}`)
  if (!isRight) return true
  const end = at + length
  for (let n = 0, here = at + 4; n < count && end - here >= 4; n++) {
    const type = p.u16(here)
    const size = p.u16(here + 2)
    here += 4
    const fits = size > 0 && here + family.size + size <= end
    // C's %#06x has no 0x before a zero
    say(p, `\n\t    #${n}: type ${type === 0 ? '000000' : `0x${hex(type, 4)}`}, length ${size}${fits ? '' : ' (invalid)'}`)
    if (!fits) return true
    const padded = family.size + ((size + 3) & ~3)
    if (here + padded > end || !p.has(here, padded)) return false
    say(p, `, address ${family.text(p, here)}, name "`)
    writeVisible(p.out, p.b, here + family.size, here + family.size + size)
    say(p, '"')
    here += padded
  }
  return true
}
