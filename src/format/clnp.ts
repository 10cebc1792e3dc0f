/** Connectionless-mode Network Protocol — ISO/IEC 8473-1 (ITU-T X.233) — as tcpdump prints it. */
import { u16, u8 } from '../bytes.js'
import { writeUnknownData } from './fields.js'
import { Nlpid, nsapText, writeHeaderChecksum, writeShortHeader } from './osi.js'
import { MAX_DEPTH, type Printer } from './printer.js'
import { bits, tableOf, word } from './tables.js'

const VERSION = 1
const HEADER = 9
const SEGMENTATION = 6
const Pdu = { ERROR_REPORT: 1, ECHO_RESPONSE: 31 } as const
const PDUS = tableOf({ 1: 'Error Report', 28: 'Data', 29: 'MD', 30: 'Echo Request', 31: 'Echo Response' })
const SEGMENTATION_PERMITTED = 0x80
const FLAGS = [[0x80, 'Segmentation permitted'], [0x40, 'more Segments'], [0x20, 'request Error Report']] as const

const Option = { DISCARD_REASON: 193, QOS: 195, SECURITY: 197, SOURCE_ROUTING: 200, ROUTE_RECORDING: 203, PADDING: 204, PRIORITY: 205 } as const
const OPTIONS = tableOf({
  193: 'Discard Reason', 195: 'QoS Maintenance', 197: 'Security', 200: 'Source Routing', 203: 'Route Recording', 204: 'Padding', 205: 'Priority',
})
const SCOPE = 0xc0
const SCOPES = tableOf({ 0x40: 'Source Address Specific', 0x80: 'Destination Address Specific', 0xc0: 'Globally unique' })
const QOS_FLAGS = [
  [0x20, 'reserved'], [0x10, 'sequencing vs. delay'], [0x08, 'congested'], [0x04, 'delay vs. cost'], [0x02, 'error vs. delay'], [0x01, 'error vs. cost'],
] as const
/** Why a packet was discarded, by class (upper half of the byte) and reason — §7.9.6. */
const DISCARD_CLASSES: ReadonlyMap<number, { readonly name: string; readonly reasons: readonly string[] }> = new Map([
  [0x0, {
    name: 'General',
    reasons: [
      'Reason not specified', 'Protocol procedure error', 'Incorrect checksum', 'PDU discarded due to congestion', 'Header syntax error (cannot be parsed)',
      'Segmentation needed but not permitted', 'Incomplete PDU received', 'Duplicate option',
    ],
  }],
  [0x8, { name: 'Address', reasons: ['Destination address unreachable', 'Destination address unknown'] }],
  [0x9, {
    name: 'Source Routeing',
    reasons: [
      'Unspecified source routeing error', 'Syntax error in source routeing field', 'Unknown address in source routeing field', 'Path not acceptable',
    ],
  }],
  [0xa, { name: 'Lifetime', reasons: ['Lifetime expired while data unit in transit', 'Lifetime expired during reassembly'] }],
  [0xb, {
    name: 'PDU Discarded',
    reasons: [
      'Unsupported option not specified', 'Unsupported protocol version', 'Unsupported security option', 'Unsupported source routeing option',
      'Unsupported recording of route option',
    ],
  }],
  [0xc, { name: 'Reassembly', reasons: ['Reassembly interference'] }],
])

/** Where the parts of a header stand; `rest` bytes of it are left behind the addresses. */
interface Header {
  readonly start: number
  readonly length: number
  readonly pdu: number
  readonly flags: number
  readonly source: number
  readonly sourceLength: number
  readonly destination: number
  readonly destinationLength: number
}

/** False when the header cannot be read on: the caller dumps the packet. */
export function printClnp(p: Printer, at: number, length: number): boolean {
  const { b, out, options } = p
  p.protocol = 'clnp'
  if (!p.has(at, HEADER)) return cut(p)
  const headerLength = u8(b, at + 1)
  if (!options.link) out.text('CLNP')
  if (u8(b, at + 2) !== VERSION) {
    out.text('version ').dec(u8(b, at + 2)).text(' packet not supported')
    return false
  }
  if (headerLength > length) {
    out.text(' length indicator(').dec(headerLength).text(') > PDU size (').dec(length).text(')!')
    return false
  }
  if (headerLength < HEADER) {
    writeShortHeader(p, at, headerLength)
    return false
  }
  const header = readAddresses(p, at, headerLength)
  if (typeof header === 'boolean') return header
  const source = nsapText(p, header.source, header.sourceLength)
  const destination = nsapText(p, header.destination, header.destinationLength)
  const pdu = word(PDUS, header.pdu, 'unknown (%)')
  if (!options.link) out.text(', ')
  if (options.verbose === 0) {
    out.text(source).text(' > ').text(destination).text(', ').text(pdu).text(', length ').dec(length)
    return true
  }
  const lifetime = u8(b, at + 3)
  out.text('length ').dec(length).text('\n\t').text(pdu).text(' PDU, hlen: ').dec(headerLength).text(', v: ').dec(VERSION)
  out.text(', lifetime: ').dec(lifetime >> 1).byte(46).dec((lifetime & 1) * 5).text('s, Segment PDU length: ').dec(u16(b, at + 5))
  writeHeaderChecksum(p, at, headerLength)
  out.text('\n\tFlags [').text(bits(FLAGS, header.flags, 'none')).byte(93)
  out.text('\n\tsource address (length ').dec(header.sourceLength).text('): ').text(source)
  out.text('\n\tdest   address (length ').dec(header.destinationLength).text('): ').text(destination)
  return printRest(p, header, length)
}

/** ` [|clnp]`: nothing further is said of the packet. */
function cut(p: Printer): true {
  p.truncated()
  return true
}

/** A boolean is what `printClnp` is to return. */
function readAddresses(p: Printer, at: number, headerLength: number): Header | boolean {
  const TOO_SHORT = 'li < size of fixed part of CLNP header and addresses'
  const end = at + headerLength
  const lengths = [0, 0]
  const starts = [0, 0]
  let here = at + HEADER
  for (let i = 0; i < 2; i++) {
    const size = here < end ? p.u8(here) : Infinity
    if (here + 1 + size > end) {
      p.out.text(TOO_SHORT)
      return false
    }
    if (!p.has(here + 1, size)) return cut(p)
    starts[i] = here + 1
    lengths[i] = size
    here += 1 + size
  }
  const type = u8(p.b, at + 4)
  return {
    start: at, length: headerLength, pdu: type & 0x1f, flags: type & 0xe0,
    destination: starts[0]!, destinationLength: lengths[0]!, source: starts[1]!, sourceLength: lengths[1]!,
  }
}

/** Segmentation part, options, and what is carried. */
function printRest(p: Printer, header: Header, length: number): boolean {
  const { b, out } = p
  const end = header.start + header.length
  let here = header.source + header.sourceLength
  if (header.flags & SEGMENTATION_PERMITTED) {
    if (here + SEGMENTATION > end) {
      out.text('li < size of fixed part of CLNP header, addresses, and segment part')
      return false
    }
    if (!p.has(here, SEGMENTATION)) return cut(p)
    out.text('\n\tData Unit ID: 0x').hex(u16(b, here), 4).text(', Segment Offset: ').dec(u16(b, here + 2)).text(', Total PDU Length: ').dec(u16(b, here + 4))
    here += SEGMENTATION
  }
  while (here < end) {
    if (end - here < 2) {
      out.text(', bad opts/li')
      return false
    }
    const option = p.u8(here)
    const size = p.u8(here + 1)
    here += 2
    if (here + size > end) {
      out.text(', opt (').dec(option).text(') too long')
      return false
    }
    if (!p.has(here, size)) return cut(p)
    out.text('\n\t  ').text(OPTIONS.get(option) ?? 'Unknown').text(' Option #').dec(option).text(', length ').dec(size).text(', value: ')
    if (!printOption(p, here, option, size)) {
      out.text(', bad opt len')
      return false
    }
    if (p.options.verbose > 1) writeUnknownData(p, here, '\n\t  ', size)
    here += size
  }
  printPayload(p, header, here, length)
  return true
}

function printPayload(p: Printer, header: Header, at: number, length: number): void {
  const { out } = p
  const isAnswer = header.pdu === Pdu.ERROR_REPORT || header.pdu === Pdu.ECHO_RESPONSE
  if (isAnswer && p.u8(at) === Nlpid.CLNP) {
    out.text('\n\t-----original packet-----\n\t')
    if (p.depth >= MAX_DEPTH) {
      out.text('[nested too deeply]')
      return
    }
    p.depth++
    printClnp(p, at, length - header.length)
    p.depth--
    return
  }
  const rest = length - (at - header.start)
  if (rest <= 0) return
  out.text('\n\t  undecoded non-header data, length ').dec(length - header.length)
  writeUnknownData(p, at, '\n\t  ', rest)
}

/** All of it is captured. False when the option is too short. */
function printOption(p: Printer, at: number, option: number, size: number): boolean {
  const { b, out } = p
  switch (option) {
    case Option.SOURCE_ROUTING:
    case Option.ROUTE_RECORDING:
      if (size < 2) return false
      printRoute(p, at, option, size)
      return true
    case Option.PRIORITY:
      if (size < 1) return false
      out.text('0x').hex(u8(b, at) & 0x0f)
      return true
    case Option.QOS: {
      if (size < 1) return false
      const scope = u8(b, at) & SCOPE
      out.text('\n\t    Format Code: ').text(SCOPES.get(scope) ?? 'Reserved')
      if (scope === SCOPE) out.text('\n\t    QoS Flags [').text(bits(QOS_FLAGS, u8(b, at) & 0x3f, 'none')).byte(93)
      return true
    }
    case Option.SECURITY:
      if (size < 2) return false
      out.text('\n\t    Format Code: ').text(SCOPES.get(u8(b, at) & SCOPE) ?? 'Reserved').text(', Security-Level ').dec(u8(b, at + 1))
      return true
    case Option.DISCARD_REASON: {
      if (size < 1) return false
      const major = u8(b, at) >> 4
      const minor = u8(b, at) & 15
      const known = DISCARD_CLASSES.get(major)
      out.text('\n\t    Class: ').text(known?.name ?? 'Unknown').text(' Error (0x').hex(major).text('), ')
      out.text(known?.reasons[minor] ?? 'Unknown').text(' (0x').hex(minor).byte(41)
      return true
    }
    case Option.PADDING:
      out.text('padding data')
      return true
    default:
      writeUnknownData(p, at, '\n\t  ', size)
      return true
  }
}

/** A list of addresses that has been travelled up to an offset (from 1). */
function printRoute(p: Printer, at: number, option: number, size: number): void {
  const { b, out } = p
  const kind = u8(b, at)
  out.text(kind === 0 ? 'partial' : kind === 1 ? 'complete' : 'Unknown')
  out.text(option === Option.SOURCE_ROUTING ? ' source routing' : ' recording of route in progress')
  const offset = u8(b, at + 1)
  if (offset === 0) {
    out.text(' Bad NSAP offset (0)')
    return
  }
  if (offset - 1 > size) {
    out.text(' Bad NSAP offset (past end of option)')
    return
  }
  const list = at + offset - 1
  // tcpdump 4.99.3 steps through the list by its lengths but reads the first address each time
  for (let rest = size - (offset - 1); rest > 0; ) {
    const length = p.u8(list)
    if (rest < length + 1) {
      out.text('\n\t    NSAP address goes past end of option')
      return
    }
    if (length > 0) out.text('\n\t    NSAP address (length ').dec(length).text('): ').text(nsapText(p, list + 1, length))
    rest -= length + 1
  }
}
