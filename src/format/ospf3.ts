/** OSPF version 3 as tcpdump prints it — RFC 5340 §A, RFC 5613 (link-local signalling), RFC 7166 (authentication trailer). */
import { hex, hostOf6, ip4, ip6, named, say, writeUnknownData, type Words } from './fields.js'
import { printGrace, printTrafficEngineering } from './ospf-opaque.js'
import { TYPES } from './ospf2.js'
import type { Printer } from './printer.js'
import { bits } from './tables.js'

const HEADER = 16
const LSA_HEADER = 20
const Type = { HELLO: 1, DESCRIPTION: 2, REQUEST: 3, UPDATE: 4, ACK: 5 } as const
const OPTIONS = [
  [0x01, 'V6'], [0x02, 'External'], [0x04, 'Deprecated'], [0x08, 'NSSA'], [0x10, 'Router'], [0x20, 'Demand Circuit'], [0x0100, 'AFs Support'], [0x0200, 'LLS'],
  [0x0400, 'Authentication Trailer'],
] as const
const OPTION_LLS = 0x0200
const DESCRIPTION_FLAGS = [[0x04, 'Init'], [0x02, 'More'], [0x01, 'Master'], [0x10, 'IPv6 MTU']] as const

/** Type with its scope. */
const Lsa = { ROUTER: 0x2001, NETWORK: 0x2002, INTER_PREFIX: 0x2003, EXTERNAL: 0x4005, LINK: 0x0008, INTRA_PREFIX: 0x2009, INTRA_TE: 0x000a, GRACE: 0x000b } as const
const LSAS: Words = {
  1: 'Router', 2: 'Network', 3: 'Inter-Area Prefix', 4: 'Inter-Area Router', 5: 'External', 6: 'Deprecated', 7: 'NSSA', 8: 'Link', 9: 'Intra-Area Prefix',
  10: 'Intra-Area TE', 11: 'Grace', 12: 'Router Information', 13: 'Inter-AS-TE', 14: 'Layer 1 VPN',
}
const SCOPES: Words = { 0: 'Link Local', 0x2000: 'Area Local', 0x4000: 'Domain Wide' }
const ROUTER_FLAGS = [[0x01, 'ABR'], [0x02, 'External'], [0x04, 'Virtual-Link Endpoint'], [0x08, 'Deprecated'], [0x10, 'NSSA Translator']] as const
const LINKS: Words = { 1: 'Neighbor Router-ID', 2: 'Neighbor Network-ID', 4: 'Virtual Link: Neighbor Router-ID' }
const External = { FORWARDING: 0x02000000, TAG: 0x01000000 } as const
const EXTERNAL_FLAGS = [[0x80000000, 'External Type 2'], [External.FORWARDING, 'Forwarding'], [External.TAG, 'Tag']] as const
const PREFIX_OPTIONS = [[0x01, 'No Unicast'], [0x02, 'Local address'], [0x04, 'Deprecated'], [0x08, 'Propagate'], [0x10, 'Down'], [0x20, 'N-bit']] as const

export function printOspf3(p: Printer, at: number, length: number): void {
  p.protocol = 'ospf3'
  const type = p.u8(at + 1)
  const version = p.u8(at)
  say(p, `OSPFv${version}, ${named(TYPES, type, 'unknown packet type (%)')}, length ${length}`)
  if (TYPES[type] === undefined || p.options.verbose === 0) return
  const own = p.u16(at + 2)
  if (own > length) return say(p, ` [len ${own}]`)
  say(p, `\n\tRouter-ID ${ip4(p, at + 4)}`)
  say(p, p.u32(at + 8) === 0 ? ', Backbone Area' : `, Area ${ip4(p, at + 8)}`)
  const instance = p.u8(at + 14)
  if (instance !== 0) say(p, `, Instance ${instance}`)
  if (version !== 3) return
  if (!printBody(p, at + HEADER, type, at + own) || !printTrailer(p, at, type, at + own, length - own)) p.truncated()
}

/** This and what it calls: false where the packet ends too soon. */
function printBody(p: Printer, at: number, type: number, end: number): boolean {
  const inDetail = p.options.verbose > 1
  switch (type) {
    case Type.HELLO:
      printHello(p, at, end)
      return true
    case Type.DESCRIPTION:
      say(p, `\n\tOptions [${bits(OPTIONS, p.u32(at), 'none')}]`)
      say(p, `, DD Flags [${bits(DESCRIPTION_FLAGS, p.u8(at + 7), 'none')}]`)
      say(p, `, MTU ${p.u16(at + 4)}, DD-Sequence 0x${hex(p.u32(at + 8), 8)}`)
      return !inDetail || printLsaHeaders(p, at + 12, end)
    case Type.REQUEST:
      for (let here = at; inDetail && here < end; here += 12) {
        if (!p.has(here, 12)) return false
        say(p, `\n\t  Advertising Router ${ip4(p, here + 8)}`)
        writeLsaType(p, here + 2, here + 4)
      }
      return true
    case Type.UPDATE:
      return !inDetail || printUpdate(p, at, end)
    case Type.ACK:
      return !inDetail || printLsaHeaders(p, at, end)
  }
  return true
}

function printHello(p: Printer, at: number, end: number): void {
  say(p, `\n\tOptions [${bits(OPTIONS, p.u32(at + 4), 'none')}]`)
  say(p, `\n\t  Hello Timer ${p.u16(at + 8)}s, Dead Timer ${p.u16(at + 10)}s, Interface-ID ${ip4(p, at)}, Priority ${p.u8(at + 4)}`)
  if (p.u32(at + 12) !== 0) say(p, `\n\t  Designated Router ${ip4(p, at + 12)}`)
  if (p.u32(at + 16) !== 0) say(p, `, Backup Designated Router ${ip4(p, at + 16)}`)
  if (p.options.verbose < 2) return
  say(p, '\n\t  Neighbor List:')
  for (let here = at + 20; here < end; here += 4) say(p, `\n\t    ${ip4(p, here)}`)
}

function printLsaHeaders(p: Printer, at: number, end: number): boolean {
  for (let here = at; here < end; here += LSA_HEADER) if (!printLsaHeader(p, here, end)) return false
  return true
}

function printUpdate(p: Printer, at: number, end: number): boolean {
  const count = p.u32(at)
  let here = at + 4
  for (let n = 0; here < end && n < count; n++) {
    if (!printLsa(p, here, end)) return false
    here += p.u16(here + 18)
  }
  return true
}

function printLsaHeader(p: Printer, at: number, end: number): boolean {
  if (at + LSA_HEADER > end) return false
  // A length below that of the header wraps around in tcpdump's 64 bits.
  const length = BigInt.asUintN(64, BigInt(p.u16(at + 18) - LSA_HEADER))
  say(p, `\n\t  Advertising Router ${ip4(p, at + 8)}, seq 0x${hex(p.u32(at + 12), 8)}, age ${p.u16(at)}s, length ${length}`)
  writeLsaType(p, at + 2, at + 4)
  return true
}

function writeLsaType(p: Printer, typeAt: number, idAt: number): void {
  const type = p.u16(typeAt)
  const name = named(LSAS, type & 0x1fff, 'Unknown')
  const scope = named(SCOPES, type & 0x6000, 'Unknown')
  say(p, `\n\t    ${name} LSA (${type & 0x1fff}), ${scope} Scope${type & 0x8000 ? ', transitive' : ''}, LSA-ID ${ip4(p, idAt)}`)
}

function printLsa(p: Printer, at: number, end: number): boolean {
  if (!printLsaHeader(p, at, end)) return false
  const length = p.u16(at + 18)
  if (length < LSA_HEADER || at + length > end) return false
  const body = at + LSA_HEADER
  const left = length - LSA_HEADER
  switch (p.u16(at + 2)) {
    case Lsa.ROUTER:
      return left >= 4 && printLinks(p, body, left - 4)
    case Lsa.NETWORK:
      return left >= 4 && printNetwork(p, body, left - 4)
    case Lsa.INTER_PREFIX: {
      if (left < 4) return false
      say(p, `, metric ${p.u32(body) & 0xffffff}`)
      for (let here = body + 4; here < body + left; ) {
        const size = printPrefix(p, here, body + left - here)
        if (size < 0) return false
        here += size
      }
      return true
    }
    case Lsa.EXTERNAL:
      return left >= 4 && printExternal(p, body, left - 4)
    case Lsa.LINK:
      return printLinkLsa(p, body, left)
    case Lsa.INTRA_PREFIX:
      return printIntraPrefix(p, body, left)
    case Lsa.GRACE:
      return printGrace(p, body, left)
    case Lsa.INTRA_TE:
      return printTrafficEngineering(p, body, left)
  }
  return writeUnknownData(p, body, '\n\t      ', left)
}

/** `left`, here and below: bytes of the LSA behind the words at `at` that are printed first. */
function printLinks(p: Printer, at: number, left: number): boolean {
  say(p, `\n\t      Options [${bits(OPTIONS, p.u32(at), 'none')}]`)
  say(p, `, RLA-Flags [${bits(ROUTER_FLAGS, p.u8(at), 'none')}]`)
  for (let here = at + 4; left !== 0; here += 16) {
    if (left < 16 || !p.has(here, 16)) return false
    left -= 16
    const link = LINKS[p.u8(here)]
    if (link === undefined) {
      say(p, `\n\t      Unknown Router Links Type 0x${hex(p.u8(here), 2)}`)
      return true
    }
    say(p, `\n\t      ${link} ${ip4(p, here + 12)}\n\t      Neighbor Interface-ID ${ip4(p, here + 8)}, Interface ${ip4(p, here + 4)}`)
    say(p, `, metric ${p.u16(here + 2)}`)
  }
  return true
}

function printNetwork(p: Printer, at: number, left: number): boolean {
  say(p, `\n\t      Options [${bits(OPTIONS, p.u32(at), 'none')}]`)
  say(p, '\n\t      Connected Routers:')
  for (let here = at + 4; left !== 0; here += 4) {
    if (left < 4) return false
    left -= 4
    say(p, `\n\t\t${ip4(p, here)}`)
  }
  return true
}

function printExternal(p: Printer, at: number, left: number): boolean {
  const flags = p.u32(at)
  say(p, `\n\t     Flags [${bits(EXTERNAL_FLAGS, flags, 'none')}]`)
  say(p, ` metric ${flags & 0xffffff}`)
  const prefix = at + 4
  const size = printPrefix(p, prefix, left)
  if (size < 0) return false
  left -= size
  let here = prefix + size
  if (flags & External.FORWARDING) {
    if (left < 16) return false
    left -= 16
    say(p, ` forward ${ip6(p, here)}`)
    here += 16
  }
  if (flags & External.TAG) {
    if (left < 4) return false
    left -= 4
    say(p, ` tag ${ip4(p, here)}`)
    here += 4
  }
  if (p.u8(prefix + 2) === 0) return true
  if (left < 4) return false
  say(p, ` RefLSID: ${ip4(p, here)}`)
  return true
}

function printLinkLsa(p: Printer, at: number, left: number): boolean {
  if (left < 4 || !p.has(at, 4)) return false
  say(p, `\n\t      Options [${bits(OPTIONS, p.u32(at), 'none')}]`)
  if (left < 24) return false
  const count = p.u32(at + 20)
  say(p, `\n\t      Priority ${p.u8(at)}, Link-local address ${ip6(p, at + 4)}, Prefixes ${count}:`)
  return printPrefixes(p, at + 24, left - 24, count)
}

function printIntraPrefix(p: Printer, at: number, left: number): boolean {
  if (left < 4 || !p.has(at + 8, 4)) return false
  writeLsaType(p, at + 2, at + 4)
  if (left < 6) return false
  const count = p.u16(at)
  say(p, `\n\t      Prefixes ${count}:`)
  // tcpdump takes six of the twelve bytes before the prefixes from what is left.
  return printPrefixes(p, at + 12, left - 6, count)
}

function printPrefixes(p: Printer, at: number, left: number, count: number): boolean {
  for (let n = 0; n < count; n++) {
    const size = printPrefix(p, at, left)
    if (size < 0) return false
    at += size
    left -= size
  }
  return true
}

/** Returns the bytes of the prefix, or -1. */
function printPrefix(p: Printer, at: number, left: number): number {
  if (left < 4 || !p.has(at, 4)) return -1
  const length = p.u8(at)
  const size = Math.ceil(length / 32) * 4
  if (size > 16) {
    say(p, ` bogus prefixlen /${length}`)
    return -1
  }
  if (left - 4 < size) return -1
  p.need(at + 4, size)
  const prefix = new Uint8Array(16)
  prefix.set(p.b.subarray(at + 4, at + 4 + size))
  say(p, `\n\t\t${hostOf6(p, prefix)}/${length}`)
  const options = p.u8(at + 1)
  if (options !== 0) say(p, `, Options [${bits(PREFIX_OPTIONS, options, 'none')}]`)
  say(p, `, metric ${p.u16(at + 2)}`)
  return 4 + size
}

const SIGNALLING_HEADER = 4
const AUTHENTICATION_HEADER = 16

/** Link-local signalling, where a Hello or a Database Description says so, and authentication: `left` bytes behind the packet. */
function printTrailer(p: Printer, at: number, type: number, trailer: number, left: number): boolean {
  const options = type === Type.HELLO ? p.u32(at + HEADER + 4) : type === Type.DESCRIPTION ? p.u32(at + HEADER) : 0
  const size = options & OPTION_LLS ? printSignalling(p, trailer, left) : 0
  return size >= 0 && printAuthentication(p, trailer + size, left - size)
}

/** Returns its bytes, or -1. */
function printSignalling(p: Printer, at: number, left: number): number {
  if (left === 0) return 0
  if (left < SIGNALLING_HEADER) return -1
  say(p, `\n\tLLS Checksum 0x${hex(p.u16(at), 4)}`)
  const length = p.u16(at + 2)
  say(p, `, Data Length ${length}`)
  if (length < SIGNALLING_HEADER || length > left) return -1
  return p.has(at + SIGNALLING_HEADER, length - SIGNALLING_HEADER) ? length : -1
}

function printAuthentication(p: Printer, at: number, left: number): boolean {
  if (left === 0) return true
  if (left < AUTHENTICATION_HEADER) return false
  const type = p.u16(at)
  say(p, `\n\tAuthentication Type ${type === 1 ? 'HMAC' : `unknown (0x${hex(type, 4)})`}`)
  const length = p.u16(at + 2)
  say(p, `, Length ${length}`)
  if (length < AUTHENTICATION_HEADER || length > left) return false
  say(p, `, SAID ${p.u16(at + 6)}`)
  say(p, `, CSN 0x${hex(p.u32(at + 8), 8)}`)
  say(p, `:${hex(p.u32(at + 12), 8)}`)
  const data = at + AUTHENTICATION_HEADER
  if (!p.has(data, length - AUTHENTICATION_HEADER)) return false
  if (p.options.verbose > 1) writeUnknownData(p, data, '\n\tAuthentication Data ', length - AUTHENTICATION_HEADER)
  return true
}
