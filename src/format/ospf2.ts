/** OSPF version 2 as tcpdump prints it — RFC 2328 §A, RFC 5250 (opaque), RFC 3101 (NSSA), RFC 5613 (link-local signalling). */
import { hex, ip4, named, plural, say, writeUnknownData, type Words } from './fields.js'
import { printGrace, printRouterInformation, printTrafficEngineering } from './ospf-opaque.js'
import { TRUNCATED, type Printer } from './printer.js'
import { bits, textEnd, writeVisible } from './tables.js'

const HEADER = 24
const LSA_HEADER = 20
const Type = { HELLO: 1, DESCRIPTION: 2, REQUEST: 3, UPDATE: 4, ACK: 5 } as const
export const TYPES: Words = { 1: 'Hello', 2: 'Database Description', 3: 'LS-Request', 4: 'LS-Update', 5: 'LS-Ack' }
const OPTIONS = [
  [0x01, 'MultiTopology'], [0x02, 'External'], [0x04, 'Multicast'], [0x08, 'NSSA'], [0x10, 'LLS'], [0x20, 'Demand Circuit'], [0x40, 'Opaque'],
  [0x80, 'Up/Down'],
] as const
const OPTION_LLS = 0x10
const Auth = { NONE: 0, PASSWORD: 1, MD5: 2 } as const
const AUTHENTICATIONS: Words = { 0: 'none', 1: 'simple', 2: 'MD5' }
const PASSWORD_LENGTH = 8
/** Bytes of digest behind the packet, which its length does not count. */
const MD5_LENGTH = 16
const DESCRIPTION_FLAGS = [[0x04, 'Init'], [0x02, 'More'], [0x01, 'Master'], [0x08, 'OOBResync']] as const

const Lsa = { ROUTER: 1, NETWORK: 2, SUMMARY: 3, ASBR_SUMMARY: 4, EXTERNAL: 5, GROUP: 6, NSSA: 7, OPAQUE_LINK: 9, OPAQUE_DOMAIN: 11 } as const
const LSAS: Words = {
  1: 'Router', 2: 'Network', 3: 'Summary', 4: 'ASBR Summary', 5: 'External', 6: 'Multicast Group', 7: 'NSSA', 9: 'Link Local Opaque', 10: 'Area Local Opaque',
  11: 'Domain Wide Opaque',
}
const Opaque = { TRAFFIC_ENGINEERING: 1, GRACE: 3, ROUTER_INFORMATION: 4 } as const
const OPAQUES: Words = { 1: 'Traffic Engineering', 3: 'Graceful restart', 4: 'Router Information' }
const ROUTER_FLAGS = [[0x01, 'ABR'], [0x02, 'ASBR'], [0x04, 'Virtual'], [0x08, 'Wildcard'], [0x10, 'Nt'], [0x80, 'Host']] as const
const TOPOLOGIES: Words = { 0: 'default', 1: 'multicast', 2: 'management' }

const isOpaque = (type: number): boolean => type >= Lsa.OPAQUE_LINK && type <= Lsa.OPAQUE_DOMAIN

export function printOspf2(p: Printer, at: number, length: number): void {
  p.protocol = 'ospf2'
  const authentication = p.u16(at + 14)
  if (authentication === Auth.MD5) {
    length = (length - MD5_LENGTH) >>> 0
    p.end -= MD5_LENGTH
  }
  const type = p.u8(at + 1)
  const version = p.u8(at)
  say(p, `OSPFv${version}, ${named(TYPES, type, 'unknown LS-type %')}, length ${length}`)
  if (TYPES[type] === undefined || p.options.verbose === 0) return
  const own = p.u16(at + 2)
  if (length !== own) say(p, ` [len ${own}]`)
  say(p, `\n\tRouter-ID ${ip4(p, at + 4)}`)
  say(p, p.u32(at + 8) === 0 ? ', Backbone Area' : `, Area ${ip4(p, at + 8)}`)
  if (!printAuthentication(p, at, authentication)) return
  if (version !== 2) return say(p, ` ospf [version ${version}]`)
  printBody(p, at, type, at + Math.min(length, own))
  if (length > own) printSignalling(p, at, type, length, own, authentication)
}

/** False where the packet is not printed further. */
function printAuthentication(p: Printer, at: number, type: number): boolean {
  const data = at + 16
  p.need(data, 8)
  say(p, `, Authentication Type: ${named(AUTHENTICATIONS, type, 'unknown')} (${type})`)
  if (type === Auth.PASSWORD) {
    say(p, '\n\tSimple text password: ')
    writeVisible(p.out, p.b, data, textEnd(p.b, data, data + PASSWORD_LENGTH))
  } else if (type === Auth.MD5) {
    say(p, `\n\tKey-ID: ${p.u8(data + 2)}, Auth-Length: ${p.u8(data + 3)}, Crypto Sequence Number: 0x${hex(p.u32(data + 4), 8)}`)
  }
  return type <= Auth.MD5
}

function printBody(p: Printer, at: number, type: number, end: number): void {
  const body = at + HEADER
  switch (type) {
    case Type.HELLO:
      return printHello(p, body, end)
    case Type.DESCRIPTION:
      return printDescription(p, body, end)
    case Type.REQUEST:
      for (let here = body; here < end; here += 12) printRequest(p, here)
      return
    case Type.UPDATE: {
      const count = p.u32(body)
      say(p, `, ${count} LSA${plural(count)}`)
      let here = body + 4
      for (let n = 1; n <= count; n++) {
        say(p, `\n\t  LSA #${n}`)
        here += printLsa(p, here)
      }
      return
    }
    case Type.ACK:
      // The end of the packet does not count: the headers go on until one is wrong or was not captured.
      for (let here = body; printLsaHeader(p, here) >= 0; here += LSA_HEADER);
  }
}

function printHello(p: Printer, at: number, end: number): void {
  say(p, `\n\tOptions [${bits(OPTIONS, p.u8(at + 6), 'none')}]`)
  say(p, `\n\t  Hello Timer ${p.u16(at + 4)}s, Dead Timer ${p.u32(at + 8)}s, Mask ${ip4(p, at)}, Priority ${p.u8(at + 7)}`)
  if (p.u32(at + 12) !== 0) say(p, `\n\t  Designated Router ${ip4(p, at + 12)}`)
  if (p.u32(at + 16) !== 0) say(p, `, Backup Designated Router ${ip4(p, at + 16)}`)
  if (at + 20 < end) say(p, '\n\t  Neighbor List:')
  for (let here = at + 20; here < end; here += 4) say(p, `\n\t    ${ip4(p, here)}`)
}

function printDescription(p: Printer, at: number, end: number): void {
  say(p, `\n\tOptions [${bits(OPTIONS, p.u8(at + 2), 'none')}]`)
  say(p, `, DD Flags [${bits(DESCRIPTION_FLAGS, p.u8(at + 3), 'none')}]`)
  if (p.u16(at) !== 0) say(p, `, MTU: ${p.u16(at)}`)
  say(p, `, Sequence: 0x${hex(p.u32(at + 4), 8)}`)
  for (let here = at + 8; here < end && printLsaHeader(p, here) >= 0; here += LSA_HEADER);
}

function printRequest(p: Printer, at: number): void {
  p.need(at, 12)
  const type = p.u32(at)
  say(p, `\n\t  Advertising Router: ${ip4(p, at + 8)}, ${named(LSAS, type, 'unknown')} LSA (${type})`)
  if (!isOpaque(type)) return say(p, `, LSA-ID: ${ip4(p, at + 4)}`)
  say(p, `, Opaque-Type: ${named(OPAQUES, p.u8(at + 4), 'unknown')} LSA (${p.u8(at + 4)}), Opaque-ID: ${p.u24(at + 5)}`)
}

/** Returns the length of the LSA, its header included, or -1 for one that cannot be. */
function printLsaHeader(p: Printer, at: number): number {
  const length = p.u16(at + 18)
  if (length < LSA_HEADER) {
    say(p, `\n\t    Bogus length ${length} < header (${LSA_HEADER})`)
    return -1
  }
  say(p, `\n\t  Advertising Router ${ip4(p, at + 8)}, seq 0x${hex(p.u32(at + 12), 8)}, age ${p.u16(at)}s, length ${length - LSA_HEADER}`)
  const type = p.u8(at + 3)
  const name = `\n\t    ${named(LSAS, type, 'unknown')} LSA (${type}), `
  if (!isOpaque(type)) say(p, `${name}LSA-ID: ${ip4(p, at + 4)}`)
  else say(p, `${name}Opaque-Type ${named(OPAQUES, p.u8(at + 4), 'unknown')} LSA (${p.u8(at + 4)}), Opaque-ID ${p.u24(at + 5)}`)
  say(p, `\n\t    Options: [${bits(OPTIONS, p.u8(at + 2), 'none')}]`)
  return length
}

/** Returns the length of the LSA. */
function printLsa(p: Printer, at: number): number {
  const length = printLsaHeader(p, at)
  if (length < 0) throw TRUNCATED
  const body = at + LSA_HEADER
  const rest = length - LSA_HEADER
  // With -vv what was decoded is dumped besides.
  if (printLsaBody(p, at, body, at + length, rest) && p.options.verbose > 1) writeUnknownData(p, body, '\n\t    ', rest)
  return length
}

/** False where an LSA is not printed further, nor dumped. */
function printLsaBody(p: Printer, at: number, body: number, end: number, rest: number): boolean {
  switch (p.u8(at + 3)) {
    case Lsa.ROUTER:
      return printLinks(p, body)
    case Lsa.NETWORK:
      say(p, `\n\t    Mask ${ip4(p, body)}\n\t    Connected Routers:`)
      for (let here = body + 4; here < end; here += 4) say(p, `\n\t      ${ip4(p, here)}`)
      return true
    case Lsa.SUMMARY:
      say(p, `\n\t    Mask ${ip4(p, body)}`)
      printSummaryMetrics(p, body + 4, end)
      return true
    case Lsa.ASBR_SUMMARY:
      printSummaryMetrics(p, body + 4, end)
      return true
    case Lsa.EXTERNAL:
    case Lsa.NSSA:
      say(p, `\n\t    Mask ${ip4(p, body)}`)
      p.need(body + 4, 4)
      for (let here = body + 4; here < end; here += 12) printExternalMetric(p, here)
      return true
    case Lsa.GROUP:
      for (let here = body; here < end; here += 8) printVertex(p, here)
      return true
    case Lsa.OPAQUE_LINK:
    case Lsa.OPAQUE_LINK + 1:
    case Lsa.OPAQUE_DOMAIN:
      return printOpaque(p, p.u8(at + 4), body, rest)
  }
  return true
}

function printOpaque(p: Printer, type: number, at: number, length: number): boolean {
  switch (type) {
    case Opaque.ROUTER_INFORMATION:
      return printRouterInformation(p, at, length)
    case Opaque.GRACE:
      return printGrace(p, at, length)
    case Opaque.TRAFFIC_ENGINEERING:
      return printTrafficEngineering(p, at, length)
  }
  return p.options.verbose > 1 || writeUnknownData(p, at, '\n\t    ', length)
}

function printLinks(p: Printer, at: number): boolean {
  say(p, `\n\t    Router LSA Options: [${bits(ROUTER_FLAGS, p.u8(at), 'none')}]`)
  const count = p.u16(at + 2)
  p.need(at + 4, 12)
  let here = at + 4
  for (let n = 0; n < count; n++) {
    p.need(here, 12)
    const id = ip4(p, here)
    const data = ip4(p, here + 4)
    const type = p.u8(here + 8)
    switch (type) {
      case 1:
        say(p, `\n\t      Neighbor Router-ID: ${id}, Interface Address: ${data}`)
        break
      case 2:
        say(p, `\n\t      Neighbor Network-ID: ${id}, Interface Address: ${data}`)
        break
      case 3:
        say(p, `\n\t      Stub Network: ${id}, Mask: ${data}`)
        break
      case 4:
        say(p, `\n\t      Virtual Link: Neighbor Router-ID: ${id}, Interface Address: ${data}`)
        break
      default:
        say(p, `\n\t      Unknown Router Link Type (${type})`)
        return false
    }
    const more = p.u8(here + 9)
    printTopologies(p, here + 8, more)
    here += 12 + more * 4
  }
  return true
}

/** A metric for each topology; the first is that of all, and its first byte the type of the link. */
function printTopologies(p: Printer, at: number, more: number): void {
  for (let n = 0; n <= more; n++) {
    const here = at + n * 4
    const topology = n === 0 ? 0 : p.u8(here)
    p.need(here, 1)
    say(p, `\n\t\ttopology ${named(TOPOLOGIES, topology, 'Unknown')} (${topology}), metric ${p.u16(here + 2)}`)
  }
}

function printSummaryMetrics(p: Printer, at: number, end: number): void {
  p.need(at, 4)
  for (let here = at; here < end; here += 4) {
    const topology = p.u8(here) & 0x7f
    const metric = p.u24(here + 1)
    say(p, `\n\t\ttopology ${named(TOPOLOGIES, topology, 'Unknown')} (${topology}) metric ${metric}`)
  }
}

const INFINITE = 0xffffff

function printExternalMetric(p: Printer, at: number): void {
  const topology = p.u8(at) & 0x7f
  const metric = p.u24(at + 1)
  say(p, `\n\t\ttopology ${named(TOPOLOGIES, topology, 'Unknown')} (${topology}), type ${p.u8(at) & 0x80 ? 2 : 1}, metric`)
  say(p, metric === INFINITE ? ' infinite' : ` ${metric}`)
  if (p.u32(at + 4) !== 0) say(p, `, forward ${ip4(p, at + 4)}`)
  if (p.u32(at + 8) !== 0) say(p, `, tag ${ip4(p, at + 8)}`)
}

function printVertex(p: Printer, at: number): void {
  const type = p.u32(at)
  if (type === 1) say(p, `\n\t    Router Router-ID ${ip4(p, at + 4)}`)
  else if (type === 2) say(p, `\n\t    Network Designated Router ${ip4(p, at + 4)}`)
  else say(p, `\n\t    unknown VertexType (${type})`)
}

const Signal = { OPTIONS: 1, MD5: 2 } as const
const SIGNALS: Words = { 1: 'Extended Options', 2: 'MD5 Authentication' }
const SIGNAL_OPTIONS = [[0x01, 'LSDB resync'], [0x02, 'Restart']] as const

/** Link-local signalling behind the packet and its digest — RFC 5613 §2. `own`: the length in the packet's header. */
function printSignalling(p: Printer, at: number, type: number, length: number, own: number, authentication: number): void {
  if (type !== Type.HELLO && type !== Type.DESCRIPTION) return
  const options = type === Type.HELLO ? at + HEADER + 6 : at + HEADER + 2
  if ((p.u8(options) & OPTION_LLS) === 0) return
  const offset = own + (authentication === Auth.MD5 ? p.u8(at + 19) : 0)
  if (offset >= length) return say(p, '\n\t[LLS truncated]')
  let here = at + offset
  say(p, `\n\t  LLS: checksum: 0x${hex(p.u16(here), 4)}`)
  say(p, `, length: ${p.u16(here + 2)}`)
  here += 4
  while (here < at + length) here = printSignal(p, here)
}

/** Returns the offset behind it. */
function printSignal(p: Printer, at: number): number {
  const type = p.u16(at)
  say(p, `\n\t    ${named(SIGNALS, type, 'Unknown TLV')} (${type})`)
  let length = p.u16(at + 2)
  say(p, `, length: ${length}`)
  const value = at + 4
  if (type === Signal.OPTIONS) {
    if (length !== 4) say(p, ' [should be 4]')
    length = 4
    say(p, `\n\t      Options: 0x${hex(p.u32(value), 8)} [${bits(SIGNAL_OPTIONS, p.u32(value), '?')}]`)
  } else if (type === Signal.MD5) {
    if (length !== 20) say(p, ' [should be 20]')
    length = 20
    say(p, `\n\t      Sequence number: 0x${hex(p.u32(value), 8)}`)
  }
  return value + length
}
