/**
 * Path attributes of BGP as tcpdump prints them — RFC 4271 §4.3, RFC 4456 (route reflection), RFC 4760 (other families),
 * RFC 6793 (AS numbers of four bytes), RFC 6514 (PMSI), RFC 7311 (AIGP), RFC 6368 (attribute sets).
 */
import { printCommunities, printExtendedCommunities, printLargeCommunities } from './bgp-community.js'
import { asText, printFamily, printNextHops, printRoutes } from './bgp-route.js'
import { hex, ip4, named, say, writeUnknownData, type Words } from './fields.js'
import type { Printer } from './printer.js'
import { bits } from './tables.js'

const Attribute = {
  ORIGIN: 1, AS_PATH: 2, NEXT_HOP: 3, EXIT_DISCRIMINATOR: 4, LOCAL_PREFERENCE: 5, ATOMIC_AGGREGATE: 6, AGGREGATOR: 7, COMMUNITIES: 8, ORIGINATOR: 9,
  CLUSTERS: 10, REACH: 14, UNREACH: 15, EXTENDED_COMMUNITIES: 16, AS4_PATH: 17, AGGREGATOR4: 18, PMSI: 22, AIGP: 26, LARGE_COMMUNITIES: 32, SET: 128,
} as const
const ATTRIBUTES: Words = {
  1: 'Origin', 2: 'AS Path', 3: 'Next Hop', 4: 'Multi Exit Discriminator', 5: 'Local Preference', 6: 'Atomic Aggregate', 7: 'Aggregator', 8: 'Community',
  9: 'Originator ID', 10: 'Cluster List', 11: 'DPA', 12: 'Advertisers', 13: 'RCID Path / Cluster ID', 14: 'Multi-Protocol Reach NLRI',
  15: 'Multi-Protocol Unreach NLRI', 16: 'Extended Community', 17: 'AS4 Path', 18: 'Aggregator4', 22: 'PMSI Tunnel', 23: 'Tunnel Encapsulation',
  24: 'Traffic Engineering', 25: 'IPv6 Extended Community', 26: 'Accumulated IGP Metric', 27: 'PE Distinguisher Label', 28: 'Entropy Label',
  32: 'Large Community', 128: 'Attribute Set', 255: 'Reserved for development',
}
const ORIGINS: Words = { 0: 'IGP', 1: 'EGP', 2: 'Incomplete' }
/** Sets of attributes within sets. */
const MAX_NESTING = 10

const FLAG_LETTERS = [[0x80, 'O'], [0x40, 'T'], [0x20, 'P'], [0x10, 'E']] as const
/** The length takes two bytes. */
const FLAG_EXTENDED = 0x10

/** A header's figures; `size`: its own bytes. */
interface Header {
  readonly flags: number
  readonly type: number
  readonly length: number
  readonly size: number
}

/** The header at `at`, of which two bytes were captured; 'cut' where the length was not, 'short' where it does not fit into `left`. */
export function readHeader(p: Printer, at: number, left: number): Header | 'cut' | 'short' {
  const flags = p.u8(at)
  const size = flags & FLAG_EXTENDED ? 4 : 3
  if (!p.has(at, size)) return 'cut'
  if (left < size) return 'short'
  return { flags, type: p.u8(at + 1), length: size === 4 ? p.u16(at + 2) : p.u8(at + 2), size }
}

/** `Origin (1), length: 1, Flags [T]`. */
export function writeHeader(p: Printer, lead: string, { flags, type, length }: Header): void {
  say(p, `${lead}${named(ATTRIBUTES, type, 'Unknown Attribute')} (${type}), length: ${length}`)
  if (flags === 0) return
  say(p, `, Flags [${bits(FLAG_LETTERS, flags, '', '')}${flags & 15 ? `+${hex(flags & 15)}` : ''}]`)
}

/** False where the attribute is cut short. */
export function printAttribute(p: Printer, type: number, at: number, length: number, depth = 0): boolean {
  const dumped = printValue(p, type, at, length, depth)
  if (dumped < 0) return false
  if (p.options.verbose < 2 || dumped === 0) return true
  if (!p.has(at, dumped)) return false
  writeUnknownData(p, at, '\n\t    ', dumped)
  return true
}

const CUT = -1

/** Returns how many bytes of it -vv dumps besides, or CUT. */
function printValue(p: Printer, type: number, at: number, length: number, depth: number): number {
  const end = at + length
  if (!fits(type, length)) {
    say(p, 'invalid len')
    return length
  }
  switch (type) {
    case Attribute.ORIGIN:
      say(p, named(ORIGINS, p.u8(at), 'Unknown Origin Typecode'))
      return length
    case Attribute.AS_PATH:
    case Attribute.AS4_PATH:
      return printPath(p, type, at, length) ? length : CUT
    case Attribute.NEXT_HOP:
    case Attribute.ORIGINATOR:
      say(p, ip4(p, at))
      return length
    case Attribute.EXIT_DISCRIMINATOR:
    case Attribute.LOCAL_PREFERENCE:
      say(p, String(p.u32(at)))
      return length
    case Attribute.ATOMIC_AGGREGATE:
      return length
    case Attribute.AGGREGATOR:
      if (!p.has(at, length)) return CUT
      say(p, ` AS #${asText(p, length === 6 ? p.u16(at) : p.u32(at))}, origin ${ip4(p, end - 4)}`)
      return length
    case Attribute.AGGREGATOR4:
      say(p, ` AS #${asText(p, p.u32(at))}, origin ${ip4(p, at + 4)}`)
      return length
    case Attribute.COMMUNITIES:
      printCommunities(p, at, end)
      return length
    case Attribute.CLUSTERS:
      for (let here = at; here < end; here += 4) say(p, `${ip4(p, here)}${end - here > 4 ? ', ' : ''}`)
      return length
    case Attribute.REACH:
      return printReach(p, at, length) ? length : CUT
    case Attribute.UNREACH:
      return printUnreach(p, at, length) ? length : CUT
    case Attribute.EXTENDED_COMMUNITIES:
      return printExtendedCommunities(p, at, end) ? length : CUT
    case Attribute.PMSI:
      return printTunnel(p, at, length) ? length : CUT
    case Attribute.AIGP:
      return printAigp(p, at, length) ? length : CUT
    case Attribute.SET:
      return printSet(p, at, length, depth)
    case Attribute.LARGE_COMMUNITIES:
      printLargeCommunities(p, at, end)
      // Counted down to nothing by tcpdump: not dumped.
      return 0
  }
  if (!p.has(at, length)) return CUT
  say(p, `\n\t    no Attribute ${type} decoder`)
  if (p.options.verbose <= 1) writeUnknownData(p, at, '\n\t    ', length)
  return length
}

/** The attribute may have this length. */
function fits(type: number, length: number): boolean {
  switch (type) {
    case Attribute.ORIGIN:
      return length === 1
    case Attribute.AS_PATH:
    case Attribute.AS4_PATH:
      return length % 2 === 0
    case Attribute.NEXT_HOP:
    case Attribute.ORIGINATOR:
    case Attribute.EXIT_DISCRIMINATOR:
    case Attribute.LOCAL_PREFERENCE:
      return length === 4
    case Attribute.ATOMIC_AGGREGATE:
      return length === 0
    case Attribute.AGGREGATOR:
      return length === 6 || length === 8
    case Attribute.AGGREGATOR4:
      return length === 8
    case Attribute.COMMUNITIES:
    case Attribute.CLUSTERS:
      return length % 4 === 0
    case Attribute.EXTENDED_COMMUNITIES:
      return length % 8 === 0
    case Attribute.LARGE_COMMUNITIES:
      return length !== 0 && length % 12 === 0
  }
  return true
}

const SEGMENT_OPEN: Words = { 1: '{ ', 2: '', 3: '( ', 4: '({ ' }
const SEGMENT_CLOSE: Words = { 1: '}', 2: '', 3: ')', 4: '})' }

function printPath(p: Printer, type: number, at: number, length: number): boolean {
  if (length === 0) say(p, 'empty')
  const width = type === Attribute.AS4_PATH ? 4 : asWidth(p, at, length)
  for (let here = at; here < at + length; ) {
    const segment = p.u8(here)
    say(p, named(SEGMENT_OPEN, segment, '?'))
    const count = p.u8(here + 1)
    here += 2
    for (let n = 0; n < count; n++, here += width) {
      if (!p.has(here, width)) return false
      say(p, `${asText(p, width === 2 ? p.u16(here) : p.u32(here))} `)
    }
    say(p, named(SEGMENT_CLOSE, segment, '?'))
  }
  return true
}

/** Nothing tells an AS of two bytes from one of four: it is two when the segments then end where the path ends. */
function asWidth(p: Printer, at: number, length: number): 2 | 4 {
  let here = at
  while (here < at + length) {
    if (SEGMENT_OPEN[p.u8(here)] === undefined) return 4
    here += 2 + p.u8(here + 1) * 2
  }
  return here === at + length ? 2 : 4
}

function printReach(p: Printer, at: number, length: number): boolean {
  const end = at + length
  if (length < 3 || !p.has(at, 3)) return false
  const kind = printFamily(p, at, length)
  if (kind === 'cut') return false
  if (kind === undefined) return true
  let here = at + 3
  if (!p.has(here, 1) || end - here < 1) return false
  const hopLength = p.u8(here++)
  if (hopLength > 0) {
    if (end - here < hopLength || !printNextHops(p, kind, here, hopLength)) return false
    here += hopLength
  }
  say(p, `, nh-length: ${hopLength}`)
  if (end - here < 1) return false
  const points = p.u8(here++)
  say(p, points === 0 ? ', no SNPA' : `\n\t    ${points} SNPA`)
  for (let n = 0; n < points; n++) {
    if (end - here < 1) return false
    const size = p.u8(here++)
    say(p, `\n\t      ${size} bytes`)
    if (end - here < size || !p.has(here, size)) return false
    here += size
  }
  return printRoutes(p, kind, here, end, length)
}

function printUnreach(p: Printer, at: number, length: number): boolean {
  if (!p.has(at, 3)) return false
  const kind = printFamily(p, at, length)
  if (kind === 'cut') return false
  if (kind === undefined) return true
  if (length === 3) say(p, '\n\t      End-of-Rib Marker (empty NLRI)')
  return printRoutes(p, kind, at + 3, at + length, length)
}

const Tunnel = { RSVP: 1, LDP_P2MP: 2, PIM_SSM: 3, PIM_SM: 4, PIM_BIDIR: 5, INGRESS: 6, LDP_MP2MP: 7 } as const
const TUNNELS: Words = {
  1: 'RSVP-TE P2MP LSP', 2: 'LDP P2MP LSP', 3: 'PIM-SSM Tree', 4: 'PIM-SM Tree', 5: 'PIM-Bidir Tree', 6: 'Ingress Replication', 7: 'LDP MP2MP LSP',
}

/** RFC 6514 §5. */
function printTunnel(p: Printer, at: number, length: number): boolean {
  if (length < 5 || !p.has(at, 5)) return false
  const flags = p.u8(at) & 1 ? 'Leaf Information required' : 'none'
  const type = p.u8(at + 1)
  say(p, `\n\t    Tunnel-type ${named(TUNNELS, type, 'Unknown')} (${type}), Flags [${flags}], MPLS Label ${p.u24(at + 2) >> 4}`)
  const id = at + 5
  switch (type) {
    case Tunnel.PIM_SM:
    case Tunnel.PIM_BIDIR:
      say(p, `\n\t      Sender ${ip4(p, id)}, P-Group ${ip4(p, id + 4)}`)
      break
    case Tunnel.PIM_SSM:
      say(p, `\n\t      Root-Node ${ip4(p, id)}, P-Group ${ip4(p, id + 4)}`)
      break
    case Tunnel.INGRESS:
      say(p, `\n\t      Tunnel-Endpoint ${ip4(p, id)}`)
      break
    case Tunnel.LDP_P2MP:
    case Tunnel.LDP_MP2MP:
      say(p, `\n\t      Root-Node ${ip4(p, id)}, LSP-ID 0x${hex(p.u32(id + 4), 8)}`)
      break
    case Tunnel.RSVP:
      say(p, `\n\t      Extended-Tunnel-ID ${ip4(p, id)}, P2MP-ID 0x${hex(p.u32(id + 4), 8)}`)
      break
    default:
      if (p.options.verbose <= 1) writeUnknownData(p, id, '\n\t      ', length - 5)
  }
  return true
}

function printAigp(p: Printer, at: number, left: number): boolean {
  while (left >= 3) {
    const type = p.u8(at)
    const length = p.u16(at + 1)
    at += 3
    left -= 3
    say(p, `\n\t    ${type === 1 ? 'AIGP' : 'Unknown'} TLV (${type}), length ${length}`)
    const rest = length - 3
    if (rest < 0 || left < rest) return false
    if (type === 1) {
      if (rest < 8) return false
      say(p, `, metric ${p.u64(at)}`)
    } else if (p.options.verbose <= 1) writeUnknownData(p, at, '\n\t      ', rest)
    at += rest
    left -= rest
  }
  return true
}

/** Returns as printValue: the bytes that were left over. */
function printSet(p: Printer, at: number, left: number, depth: number): number {
  if (left < 4 || !p.has(at, 4)) return CUT
  say(p, `\n\t    Origin AS: ${asText(p, p.u32(at))}`)
  at += 4
  left -= 4
  while (left > 0) {
    if (!p.has(at, 2)) return CUT
    const header = left < 2 ? 'short' : readHeader(p, at, left)
    if (header === 'cut') return CUT
    if (header === 'short') {
      say(p, ' [path attr too short]')
      return left < 2 ? left : left - 2
    }
    at += header.size
    left -= header.size
    writeHeader(p, '\n\t      ', header)
    say(p, ': ')
    if (left < header.length) {
      say(p, ' [path attr too short]')
      return left
    }
    if (depth === MAX_NESTING) say(p, '(too many nested levels, not recursing)')
    else if (!printAttribute(p, header.type, at, header.length, depth + 1)) return CUT
    at += header.length
    left -= header.length
  }
  return 0
}
