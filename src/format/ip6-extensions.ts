/** IPv6 extension headers as tcpdump prints them — RFC 8200 §4, RFC 8754 (segment routing), RFC 4302 (AH). */
import { u8 } from '../bytes.js'
import { Protocol } from '../decode/ip-protocol.js'
import * as ip6 from '../decode/ip6.js'
import * as extension from '../decode/ip6-extension.js'
import { Option } from '../decode/ip6-extension.js'
import { printMobility } from './mobility.js'
import type { Printer } from './printer.js'

/** What `printIp6Extension` found, when it is no length. */
export const ExtensionKind = {
  /** The packet ends with this header. */
  LAST: -1,
  /** `next` is no extension header: it is the payload. */
  NONE: 0,
} as const

/**
 * Prints the extension header at `at` if `next` names one.
 * @param ip the IPv6 header
 * @param length bytes from `at` to the end of the packet, as the header says
 * @returns bytes of the header (more than 0), or one of ExtensionKind
 */
export function printIp6Extension(p: Printer, at: number, next: number, ip: number, length: number): number {
  switch (next) {
    case Protocol.HOPOPTS:
      return printOptionsHeader(p, at, ip, 'hbhopt', 'HBH ')
    case Protocol.DSTOPTS:
      return printOptionsHeader(p, at, ip, 'dstopt', 'DSTOPT ')
    case Protocol.FRAGMENT:
      return printFragment(p, at, length)
    case Protocol.ROUTING:
      return printRouting(p, at)
    case Protocol.MOBILITY:
    case Protocol.MOBILITY_OLD:
      printMobility(p, at)
      return ExtensionKind.LAST
    default:
      return ExtensionKind.NONE
  }
}

function printOptionsHeader(p: Printer, at: number, ip: number, protocol: string, title: string): number {
  p.protocol = protocol
  p.need(at, 2)
  const length = extension.headerLength(Protocol.HOPOPTS, p.b, at)
  const whole = p.has(at, length)
  if (whole) p.out.text(title)
  // Without -v those of a destination header are not looked at.
  const look = p.options.verbose > 0 || protocol === 'hbhopt'
  if (!whole || (look && !printOptions(p, at + 2, length - 2, ip, protocol))) {
    p.truncated()
    return ExtensionKind.LAST
  }
  if (p.options.verbose > 0) p.out.byte(32)
  return length
}

/** The options, at -v; what is wrong with one always. False when one cannot be right. */
function printOptions(p: Printer, at: number, length: number, ip: number, protocol: string): boolean {
  const { out, b } = p
  const verbose = p.options.verbose > 0
  let jumbo = false
  for (let n = 0; n < length; ) {
    const kind = u8(b, at + n)
    if (kind !== Option.PAD1 && n + 1 >= length) return false
    const size = kind === Option.PAD1 ? 1 : u8(b, at + n + 1) + 2
    if (n + size > length) return false
    switch (kind) {
      case Option.PAD1:
        if (verbose) out.text('(pad1)')
        break
      case Option.PADN:
        if (verbose) out.text('(padn)')
        break
      case Option.ROUTER_ALERT:
        if (length - n < 4) return fails(p, '(rtalert: trunc)')
        if (size !== 4) return fails(p, `(rtalert: invalid len ${size - 2})`)
        if (verbose) out.text('(rtalert: 0x').hex(p.u16(at + n + 2), 4).text(') ')
        break
      case Option.JUMBO: {
        if (length - n < 6) return fails(p, '(jumbo: trunc)')
        if (size !== 6) return fails(p, `(jumbo: invalid len ${size - 2})`)
        const total = p.u32(at + n + 2)
        if (!verbose) break
        out.text('(jumbo: ').dec(total)
        if (jumbo) {
          out.text(' - already seen) ')
          break
        }
        jumbo = true
        if (protocol !== 'hbhopt') {
          out.text(' - not a hop-by-hop option) ')
          break
        }
        if (ip6.payloadLength(b, ip) !== 0) out.text(' - payload len != 0')
        else if (total < 65536) out.text(' - < 65536')
        out.text(') ')
        break
      }
      case Option.HOME_ADDRESS:
        if (length - n < 18) return fails(p, '(homeaddr: trunc)')
        if (size < 18) return fails(p, `(homeaddr: invalid len ${size - 2})`)
        if (verbose) {
          out.text('(homeaddr: ')
          p.ip6(at + n + 2)
          if (!printSubOptions(p, at + n + 18, size - 18)) return false
          out.byte(41)
        }
        break
      default:
        if (verbose) out.text('(opt_type 0x').hex(kind, 2).text(': len=').dec(size - 2).byte(41)
    }
    n += size
  }
  return true
}

/** What a home address option may hold behind the address. */
function printSubOptions(p: Printer, at: number, length: number): boolean {
  const { out, b } = p
  for (let n = 0; n < length; ) {
    const kind = u8(b, at + n)
    if (kind !== Option.PAD1 && n + 1 >= length) return false
    const size = kind === Option.PAD1 ? 1 : u8(b, at + n + 1) + 2
    if (n + size > length) return false
    if (kind === Option.PAD1) out.text(', pad1')
    else if (kind === Option.PADN) out.text(', padn')
    else out.text(', sopt_type 0x').hex(kind, 2).text(': len=').dec(size - 2)
    n += size
  }
  return true
}

function fails(p: Printer, text: string): false {
  p.out.text(text)
  return false
}

function printFragment(p: Printer, at: number, length: number): number {
  const { out, b } = p
  p.protocol = 'frag6'
  p.need(at, 4)
  if (p.options.verbose > 0) {
    const id = p.u32(at + 4)
    out.text('frag (0x').hex(id, 8).byte(58)
  } else out.text('frag (')
  const offset = extension.fragmentOffset(b, at)
  // Below 0, which a length of 0 in the IPv6 header makes it, as C's size_t.
  out.dec(offset).byte(124).big(BigInt.asUintN(64, BigInt(length - extension.FRAGMENT_HEADER))).byte(41)
  if (offset !== 0) return ExtensionKind.LAST
  out.byte(32)
  return at + extension.FRAGMENT_HEADER < p.end ? extension.FRAGMENT_HEADER : ExtensionKind.LAST
}

/** Routing types — IANA "Routing Types". */
const SOURCE_ROUTE = 0
const MOBILE = 2
const SEGMENTS = 4

function printRouting(p: Printer, at: number): number {
  const { out } = p
  // The next header's number is read by the caller, in whose name a cut there is reported.
  p.protocol = 'ip6'
  if (!p.has(at, 1)) {
    p.truncated()
    return ExtensionKind.LAST
  }
  p.protocol = 'rt6'
  out.text('RT6')
  const words = p.u8(at + 1)
  out.text(' (len=').dec(words)
  const type = p.u8(at + 2)
  out.text(', type=').dec(type)
  if (type === SOURCE_ROUTE) out.text(' [Deprecated]')
  const left = p.u8(at + 3)
  out.text(', segleft=').dec(left)
  const verbose = p.options.verbose > 0
  if (type === SOURCE_ROUTE || type === MOBILE) {
    const reserved = p.u32(at + 4)
    if (reserved !== 0 || verbose) out.text(', rsv=0x').hex(reserved)
  } else if (type === SEGMENTS) {
    const last = p.u8(at + 4)
    out.text(', last-entry=').dec(last)
    const flags = p.u8(at + 5)
    if (flags !== 0 || verbose) out.text(', flags=0x').hex(flags)
    const tag = p.u16(at + 6)
    out.text(', tag=').hex(tag)
  } else {
    out.text(' (unknown type)')
    p.invalid()
    return ExtensionKind.LAST
  }
  if (words % 2 !== 0) {
    out.text(' (invalid length ').dec(words).byte(41)
    p.invalid()
    return ExtensionKind.LAST
  }
  for (let n = 0; n < words / 2; n++) {
    p.need(at + 8 + n * 16, 16)
    out.text(', [').dec(n).byte(93)
    p.ip6(at + 8 + n * 16)
  }
  out.text(') ')
  return (words + 1) * 8
}
