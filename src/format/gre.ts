/** GRE as tcpdump prints it — RFC 2784, RFC 2890, RFC 1701 (routing), RFC 2637 (version 1, PPTP). */
import { u16, u32 } from '../bytes.js'
import { Flag, Protocol } from '../decode/gre.js'
import { printAppleTalk } from './appletalk.js'
import { etherTypeName } from './ethertype.js'
import { printIp4 } from './ip4.js'
import { printIp6 } from './ip6.js'
import { printIpx } from './ipx.js'
import { printIsoClns } from './iso-clns.js'
import { printEthernet } from './link/ethernet.js'
import { printMpls } from './mpls.js'
import { printPpp } from './ppp.js'
import type { Printer } from './printer.js'
import { bits } from './tables.js'

const FLAGS = [
  [Flag.CHECKSUM, 'checksum present'], [Flag.ROUTING, 'routing present'], [Flag.KEY, 'key present'], [Flag.SEQUENCE, 'sequence# present'],
  [Flag.STRICT, 'source routing present'], [Flag.ACK, 'ack present'],
] as const

/** Address family of a source route by AS number — RFC 1701. */
const AS_NUMBERS = 0xfffe

/** Thrown, always this one object, where the header ends early: of the capture, or of the packet. */
const CUT: { readonly cut: true } = { cut: true }

/** Fields of the header in turn: each must be captured, and be inside the packet. */
class Fields {
  readonly p: Printer
  at: number
  left: number

  constructor(p: Printer, at: number, left: number) {
    this.p = p
    this.at = at
    this.left = left
  }

  /** Where the next `n` bytes stand. */
  take(n: number): number {
    if (this.left < n || !this.p.has(this.at, n)) throw CUT
    const at = this.at
    this.at += n
    this.left -= n
    return at
  }

  u16(): number {
    return u16(this.p.b, this.take(2))
  }

  u32(): number {
    return u32(this.p.b, this.take(4))
  }
}

/** `length` bytes at `at`. */
export function printGre(p: Printer, at: number, length: number): void {
  const { out } = p
  p.protocol = 'gre'
  try {
    const fields = new Fields(p, at, length)
    const flags = fields.u16()
    const version = flags & Flag.VERSION
    out.text('GREv').dec(version)
    if (version === 0) printVersion0(p, fields, length, flags)
    else if (version === 1) printVersion1(p, fields, length, flags)
    else out.text(' ERROR: unknown-version')
  } catch (thrown) {
    if (thrown !== CUT) throw thrown
    p.truncated()
  }
}

function writeFlags(p: Printer, flags: number): void {
  if (p.options.verbose > 0) p.out.text(', Flags [').text(bits(FLAGS, flags, 'none')).byte(93)
}

/** With -e the protocol, then the length and what leads over to the payload. */
function writeProtocol(p: Printer, protocol: number, length: number): void {
  const { out } = p
  if (p.options.link) {
    const name = protocol === Protocol.OSI ? 'GRE-OSI' : protocol === Protocol.BRIDGED ? 'TEB' : (etherTypeName(protocol) ?? 'unknown')
    out.text(', proto ').text(name).text(' (0x').hex(protocol, 4).byte(41)
  }
  out.text(', length ').dec(length)
}

function writeLead(p: Printer): void {
  p.out.text(p.options.verbose === 0 ? ': ' : '\n\t')
}

function printVersion0(p: Printer, fields: Fields, length: number, flags: number): void {
  const { out } = p
  writeFlags(p, flags)
  const protocol = fields.u16()
  if (flags & (Flag.CHECKSUM | Flag.ROUTING)) {
    const sum = fields.u16()
    if (p.options.verbose > 0) out.text(', sum 0x').hex(sum)
    const offset = fields.u16()
    out.text(', off 0x').hex(offset)
  }
  if (flags & Flag.KEY) {
    const key = fields.u32()
    out.text(', key=0x').hex(key)
  }
  if (flags & Flag.SEQUENCE) {
    const sequence = fields.u32()
    out.text(', seq ').dec(sequence)
  }
  if (flags & Flag.ROUTING) printRoutes(p, fields)
  writeProtocol(p, protocol, length)
  writeLead(p)
  printPayload(p, protocol, fields.at, fields.left)
}

/** Source routes up to an empty one. */
function printRoutes(p: Printer, fields: Fields): void {
  for (;;) {
    const at = fields.take(4)
    const family = u16(p.b, at)
    const size = p.b[at + 3]!
    if (family === 0 && size === 0) return
    printRoute(p, fields.at, fields.left, family, p.b[at + 2]!, size)
    if (fields.left < size) throw CUT
    fields.at += size
    fields.left -= size
  }
}

/** Source route entry: addresses, a star before the one that is next. */
function printRoute(p: Printer, at: number, left: number, family: number, offset: number, size: number): void {
  const { out } = p
  out.text(', (rtaf=')
  let whole = true
  if (family === Protocol.IP4) {
    out.text('ip')
    whole = printRouteEntries(p, at, left, offset, size, 4)
  } else if (family === AS_NUMBERS) {
    out.text('asn')
    whole = printRouteEntries(p, at, left, offset, size, 2)
  } else out.text('0x').hex(family)
  out.byte(41)
  if (!whole) throw CUT
}

/** Addresses of four bytes, or AS numbers of two; false where the capture or the packet stops. */
function printRouteEntries(p: Printer, at: number, left: number, offset: number, size: number, width: 2 | 4): boolean {
  const { out, b } = p
  if (offset % width !== 0) out.text(', badoffset=').dec(offset)
  else if (size % width !== 0) out.text(', badlength=').dec(size)
  else if (offset >= size) out.text(', badoff/len=').dec(offset).byte(47).dec(size)
  else {
    for (let n = 0; n < size; n += width) {
      if (!p.has(at + n, width) || left - n < width) return false
      out.text(n === offset ? ' *' : ' ')
      if (width === 4) out.ip4(b, at + n)
      else out.hex(u16(b, at + n))
    }
  }
  return true
}

function printPayload(p: Printer, protocol: number, at: number, length: number): void {
  switch (protocol) {
    case Protocol.IP4:
      return printIp4(p, at, length)
    case Protocol.IP6:
      return printIp6(p, at, length)
    case Protocol.MPLS:
      return printMpls(p, at, length)
    case Protocol.IPX:
      return printIpx(p, at, length)
    case Protocol.OSI:
      return printIsoClns(p, at, length)
    case Protocol.APPLETALK:
      return printAppleTalk(p, at, length)
    case Protocol.BRIDGED:
      printEthernet(p, at, length)
      return
    default:
      p.out.text('gre-proto-0x').hex(protocol)
  }
}

function printVersion1(p: Printer, fields: Fields, length: number, flags: number): void {
  const { out } = p
  writeFlags(p, flags)
  const protocol = fields.u16()
  if (flags & Flag.KEY) {
    // The upper half is the payload's length.
    const key = fields.u32()
    out.text(', call ').dec(key & 0xffff)
  }
  if (flags & Flag.SEQUENCE) {
    const sequence = fields.u32()
    out.text(', seq ').dec(sequence)
  }
  if (flags & Flag.ACK) {
    const acknowledged = fields.u32()
    out.text(', ack ').dec(acknowledged)
  }
  if ((flags & Flag.SEQUENCE) === 0) out.text(', no-payload')
  writeProtocol(p, protocol, length)
  if ((flags & Flag.SEQUENCE) === 0) return
  writeLead(p)
  if (protocol === Protocol.PPP) printPpp(p, fields.at, fields.left)
  else out.text('gre-proto-0x').hex(protocol)
}
