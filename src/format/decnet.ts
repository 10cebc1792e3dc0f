/** DECnet Phase IV routing — "DNA Phase IV Routing Layer Functional Specification" (1983) — as tcpdump prints it. Fields are little-endian. */
import { printNsp } from './decnet-nsp.js'
import { say } from './fields.js'
import { writeUnknown } from './packet.js'
import type { Printer } from './printer.js'
import { bits } from './tables.js'

const LENGTH_FIELD = 2
const SHORT_HEADER = 6
const LONG_HEADER = 21
const Flag = { CONTROL: 0x01, FUTURE: 0x40, PADDING: 0x80 } as const
const ROUTE_FLAGS = [[0x08, 'RQR '], [0x10, 'RTS '], [0x20, 'IE ']] as const
const Format = { SHORT: 2, LONG: 6 } as const
const Control = { INIT: 1, VERIFICATION: 3, TEST: 5, LEVEL1: 7, LEVEL2: 9, ROUTER_HELLO: 11, NODE_HELLO: 13 } as const
/** Bytes of each control message's fixed part. */
const Size = { INIT: 12, VERIFICATION: 4, ROUTING: 4, ROUTER_HELLO: 18, NODE_HELLO: 32 } as const
const NODES = ['reserved-ntype? ', 'l2rout ', 'l1rout ', 'endnode ']
const INIT_FLAGS = [[0x04, 'verif '], [0x08, 'blo ']] as const
const HELLO_FLAGS = [[0x04, 'verif '], [0x20, 'nomcast '], [0x40, 'blo ']] as const
/** A segment of more nodes than this is taken for damage. */
const MAX_SEGMENT = 1024

const le16 = (p: Printer, at: number): number => {
  const word = p.u16(at)
  return (word >> 8) | ((word & 0xff) << 8)
}

/** `1.13`: area and node. */
const address = (p: Printer, at: number): string => {
  const word = le16(p, at)
  return `${word >> 10}.${word & 0x3ff}`
}

export function printDecnet(p: Printer, at: number, length: number): void {
  p.protocol = 'decnet'
  if (!printPacket(p, at, length)) p.invalid()
}

/** False where it is invalid; so do the next. */
function printPacket(p: Printer, at: number, length: number): boolean {
  if (length < SHORT_HEADER) return short(p, 'length', length, SHORT_HEADER)
  const whole = le16(p, at)
  if (whole < SHORT_HEADER) return short(p, 'pktlen', whole, SHORT_HEADER)
  if (whole > length) {
    say(p, ` (pktlen ${whole} > ${length})`)
    return false
  }
  let start = at
  let rest = whole
  let flags = p.u8(start + LENGTH_FIELD)
  if (flags & Flag.PADDING) {
    const padding = flags & 0x7f
    if (p.options.verbose > 0) say(p, `[pad:${padding}] `)
    if (rest < padding + 2) return short(p, 'length', rest, padding + 2)
    p.need(start + LENGTH_FIELD, padding)
    start += padding
    rest -= padding
    flags = p.u8(start + LENGTH_FIELD)
  }
  if (flags & Flag.FUTURE) {
    say(p, 'future-version-decnet')
    dump(p, start, rest)
    return true
  }
  const header = start + LENGTH_FIELD
  if (flags & Flag.CONTROL) return printControl(p, header, rest, start)
  let source: string
  let destination: string
  let hops: number
  let size: number
  switch (flags & 7) {
    case Format.LONG:
      if (rest < LONG_HEADER) return short(p, 'length', rest, LONG_HEADER)
      p.need(header, LONG_HEADER)
      destination = address(p, header + 7)
      source = address(p, header + 15)
      hops = p.u8(header + 18)
      size = LONG_HEADER
      break
    case Format.SHORT:
      destination = address(p, header + 1)
      source = address(p, header + 3)
      hops = (p.u8(header + 5) & 0x3f) + 1
      size = SHORT_HEADER
      break
    default:
      say(p, 'unknown message flags under mask')
      dump(p, start, rest)
      return true
  }
  say(p, `${source} > ${destination} ${whole} `)
  if (p.options.verbose > 0) say(p, `${bits(ROUTE_FLAGS, flags, '', '')}${hops} hops `)
  // behind padding less may be left than the header: a huge length, as in tcpdump
  return printNsp(p, header + size, (rest - size) >>> 0)
}

function short(p: Printer, what: string, length: number, wanted: number): false {
  say(p, ` (${what} ${length} < ${wanted})`)
  return false
}

/** As much as both length and capture have of it (counted from `from`). */
function dump(p: Printer, at: number, length: number, from = at): void {
  const size = Math.min(length, p.end - from)
  writeUnknown(p, at, at + size)
  p.need(at, size)
}

function printControl(p: Printer, at: number, length: number, start: number): boolean {
  switch (p.u8(at) & 15) {
    case Control.INIT: {
      say(p, 'init ')
      if (length < Size.INIT) return false
      p.need(at, Size.INIT)
      const info = p.u8(at + 3)
      say(p, `${NODES[info & 3]!}${bits(INIT_FLAGS, info, '', '')}src ${address(p, at + 1)}blksize ${le16(p, at + 4)} ${versions(p, at + 6)} hello ${le16(p, at + 9)}`)
      return true
    }
    case Control.VERIFICATION:
      say(p, 'verification ')
      if (length < Size.VERIFICATION) return false
      say(p, `src ${address(p, at + 1)} fcnval ${p.u8(at + 3).toString(8)}`)
      return true
    case Control.TEST:
      say(p, 'test ')
      if (length < Size.VERIFICATION) return false
      say(p, `src ${address(p, at + 1)} data ${p.u8(at + 3).toString(8)}`)
      return true
    case Control.LEVEL1:
      return printRouting(p, at, length, 'lev-1-routing ', 'ids')
    case Control.LEVEL2:
      return printRouting(p, at, length, 'lev-2-routing ', 'areas')
    case Control.ROUTER_HELLO: {
      say(p, 'router-hello ')
      if (length < Size.ROUTER_HELLO) return false
      p.need(at, Size.ROUTER_HELLO)
      writeNode(p, p.u8(at + 10))
      say(p, `${versions(p, at + 1)} src ${address(p, at + 8)} blksize ${le16(p, at + 11)} pri ${p.u8(at + 13)} hello ${le16(p, at + 15)}`)
      return true
    }
    case Control.NODE_HELLO: {
      say(p, 'endnode-hello ')
      if (length < Size.NODE_HELLO) return false
      p.need(at, Size.NODE_HELLO)
      writeNode(p, p.u8(at + 10))
      const router = address(p, at + 26)
      say(p, `${versions(p, at + 1)} src ${address(p, at + 8)} blksize ${le16(p, at + 11)} rtr ${router} hello ${le16(p, at + 28)} data ${p.u8(at + 31).toString(8)}`)
      return true
    }
    default:
      say(p, 'unknown control message')
      dump(p, at, length, start)
      return true
  }
}

const versions = (p: Printer, at: number): string => `vers ${p.u8(at)} eco ${p.u8(at + 1)} ueco ${p.u8(at + 2)}`

function writeNode(p: Printer, info: number): void {
  say(p, NODES[info & 3]! + bits(HELLO_FLAGS, info, '', ''))
}

/** Segments of nodes or areas, up to a checksum. */
function printRouting(p: Printer, at: number, length: number, name: string, unit: string): boolean {
  const SEGMENT = 6
  say(p, name)
  if (length < Size.ROUTING) return false
  p.need(at, Size.ROUTING)
  say(p, `src ${address(p, at + 1)} `)
  const end = at + length
  for (let here = at + Size.ROUTING; end - here > SEGMENT; here += SEGMENT) {
    p.need(here, SEGMENT)
    const count = le16(p, here)
    if (count > MAX_SEGMENT) return true
    const first = le16(p, here + 2)
    const info = le16(p, here + 4)
    say(p, `{${unit} ${first}-${first + count} cost ${info & 0x1ff} hops ${(info >> 10) & 31}} `)
  }
  return true
}
