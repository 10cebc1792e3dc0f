/** GRE as tcpdump prints it — RFC 2784, RFC 2890, RFC 1701 (routing), RFC 2637 (version 1, PPTP). */
import { u16 } from '../bytes.js'
import { Flag, Protocol } from '../decode/gre.js'
import { printAppleTalk } from './appletalk.js'
import { etherTypeName } from './ethertype.js'
import { printIp4 } from './ip4.js'
import { printIp6 } from './ip6.js'
import { printIsoClns } from './iso-clns.js'
import { printEthernet } from './link/ethernet.js'
import { printMpls } from './mpls.js'
import { printPpp } from './ppp.js'
import { TRUNCATED, type Printer } from './printer.js'
import { bits } from './tables.js'

const FLAGS = [
  [Flag.CHECKSUM, 'checksum present'], [Flag.ROUTING, 'routing present'], [Flag.KEY, 'key present'], [Flag.SEQUENCE, 'sequence# present'],
  [Flag.STRICT, 'source routing present'], [Flag.ACK, 'ack present'],
] as const

/** Address family of a source route by AS number — RFC 1701. */
const AS_NUMBERS = 0xfffe

/** `length` bytes at `at`. */
export function printGre(p: Printer, at: number, length: number): void {
  const { out } = p
  p.protocol = 'gre'
  const flags = p.u16(at)
  const version = flags & Flag.VERSION
  out.text('GREv').dec(version)
  if (version === 0) printVersion0(p, at, length, flags)
  else if (version === 1) printVersion1(p, at, length, flags)
  else out.text(' ERROR: unknown-version')
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

function printVersion0(p: Printer, at: number, length: number, flags: number): void {
  const { out } = p
  writeFlags(p, flags)
  const protocol = p.u16(at + 2)
  let here = at + 4
  if (flags & (Flag.CHECKSUM | Flag.ROUTING)) {
    const sum = p.u16(here)
    if (p.options.verbose > 0) out.text(', sum 0x').hex(sum)
    const offset = p.u16(here + 2)
    out.text(', off 0x').hex(offset)
    here += 4
  }
  if (flags & Flag.KEY) {
    const key = p.u32(here)
    out.text(', key=0x').hex(key)
    here += 4
  }
  if (flags & Flag.SEQUENCE) {
    const sequence = p.u32(here)
    out.text(', seq ').dec(sequence)
    here += 4
  }
  if (flags & Flag.ROUTING) {
    for (;;) {
      p.need(here, 4)
      const family = u16(p.b, here)
      const offset = p.b[here + 2]!
      const size = p.b[here + 3]!
      here += 4
      if (family === 0 && size === 0) break
      printRoute(p, here, family, offset, size)
      here += size
    }
  }
  writeProtocol(p, protocol, length)
  writeLead(p)
  printPayload(p, protocol, here, at + length - here)
}

/** Source route entry: addresses, a star before the one that is next. */
function printRoute(p: Printer, at: number, family: number, offset: number, size: number): void {
  const { out } = p
  out.text(', (rtaf=')
  let whole = true
  if (family === Protocol.IP4) {
    out.text('ip')
    whole = printRouteEntries(p, at, offset, size, 4)
  } else if (family === AS_NUMBERS) {
    out.text('asn')
    whole = printRouteEntries(p, at, offset, size, 2)
  } else out.text('0x').hex(family)
  out.byte(41)
  if (!whole) throw TRUNCATED
}

/** Addresses of four bytes, or AS numbers of two; false where the capture stops. */
function printRouteEntries(p: Printer, at: number, offset: number, size: number, width: 2 | 4): boolean {
  const { out, b } = p
  if (offset % width !== 0) out.text(', badoffset=').dec(offset)
  else if (size % width !== 0) out.text(', badlength=').dec(size)
  else if (offset >= size) out.text(', badoff/len=').dec(offset).byte(47).dec(size)
  else {
    for (let n = 0; n < size; n += width) {
      if (!p.has(at + n, width)) return false
      out.text(n === offset ? ' *' : ' ')
      if (width === 4) p.ip4(at + n)
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
    case Protocol.MPLS_MULTICAST:
      return printMpls(p, at, length)
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

function printVersion1(p: Printer, at: number, length: number, flags: number): void {
  const { out } = p
  writeFlags(p, flags)
  const protocol = p.u16(at + 2)
  let here = at + 4
  if (flags & Flag.KEY) {
    // The upper half is the payload's length.
    const key = p.u32(here)
    out.text(', call ').dec(key & 0xffff)
    here += 4
  }
  if (flags & Flag.SEQUENCE) {
    const sequence = p.u32(here)
    out.text(', seq ').dec(sequence)
    here += 4
  }
  if (flags & Flag.ACK) {
    const acknowledged = p.u32(here)
    out.text(', ack ').dec(acknowledged)
    here += 4
  }
  if ((flags & Flag.SEQUENCE) === 0) out.text(', no-payload')
  writeProtocol(p, protocol, length)
  if ((flags & Flag.SEQUENCE) === 0) return
  writeLead(p)
  if (protocol === Protocol.PPP) printPpp(p, here, at + length - here)
  else out.text('gre-proto-0x').hex(protocol)
}
