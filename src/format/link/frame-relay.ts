/** Frame Relay as tcpdump prints it — RFC 2427 and Cisco's own framing, and fragments of it (FRF.12, FRF.15). */
import { u16 } from '../../bytes.js'
import { printData, printDataUnlessQuiet } from '../data.js'
import { etherTypeName, printEtherType } from '../ethertype.js'
import { printIp4 } from '../ip4.js'
import { printIp6 } from '../ip6.js'
import { printIsoClns } from '../iso-clns.js'
import { printSnap } from '../llc.js'
import { Nlpid, NLPIDS } from '../osi.js'
import { printPpp } from '../ppp.js'
import type { Printer } from '../printer.js'
import { Q922Flag, readQ922 } from '../q922.js'
import { printQ933 } from '../q933.js'
import { bits, word } from '../tables.js'

const MIN_HEADER = 4
/** Unnumbered information: the control field of all data. */
const UI = 0x03
const ETHERTYPE = 2
const FLAGS = [
  [Q922Flag.COMMAND, 'C!'], [Q922Flag.DISCARD, 'DE'], [Q922Flag.BACKWARD, 'BECN'], [Q922Flag.FORWARD, 'FECN'], [Q922Flag.CONTROL, 'sdlcore'],
] as const

/** What the header line says, beside the length. */
interface Header {
  readonly size: number
  readonly dlci: number
  readonly flags: number
  readonly protocol: number
}

export function printFrameRelayLink(p: Printer, at: number, length: number): number {
  p.protocol = 'fr'
  if (p.end - at < MIN_HEADER) {
    p.truncated()
    return p.end - at
  }
  return printFrameRelay(p, at, length)
}

/** A frame of `length` bytes at `at`; returns the bytes of its header, 0 for one that is cut or wrong. */
export function printFrameRelay(p: Printer, at: number, length: number): number {
  const { b, out, options } = p
  p.protocol = 'fr'
  const address = readQ922(p, at, length)
  if (address === 'invalid') {
    out.text('Q.922, invalid address')
    return 0
  }
  if (address === 'cut') return cut(p)
  const { size, dlci, flags } = address
  if (!p.has(at, size + 1) || length < size + 1) return cut(p)
  const control = b[at + size]!
  if (control !== UI && dlci !== 0) {
    if (printCisco(p, at, length, { size, dlci, flags, protocol: 0 })) return size + ETHERTYPE
    out.text('UI ').hex2(control).text('! ')
  }
  if (!p.has(at, size + 2) || length < size + 2) return cut(p)
  const isPadded = b[at + size + 1] === 0
  if (isPadded && size !== 3) out.text('Pad! ')
  if (!isPadded && size === 3) out.text('No pad! ')
  const header = size + (isPadded ? 3 : 2)
  if (!p.has(at, header) || length < header) return cut(p)
  const protocol = b[at + header - 1]!
  if (options.link) writeHeader(p, length, { size, dlci, flags, protocol })
  printProtocol(p, at, length, header, { size, dlci, flags, protocol })
  return header
}

function cut(p: Printer): number {
  p.truncated()
  return 0
}

/** Cisco's framing has an EtherType behind the address; false when it is none that is known. */
function printCisco(p: Printer, at: number, length: number, header: Header): boolean {
  const type = at + header.size
  if (!p.has(type, ETHERTYPE) || length < header.size + ETHERTYPE) return false
  const protocol = u16(p.b, type)
  if (p.options.link) writeHeader(p, length, { ...header, protocol })
  return printEtherType(p, protocol, type + ETHERTYPE, length - header.size - ETHERTYPE, -1, -1)
}

/** What stands behind `size` bytes of header, the last of which names it. */
function printProtocol(p: Printer, at: number, length: number, size: number, header: Header): void {
  const { options } = p
  const inside = at + size
  const rest = length - size
  switch (header.protocol) {
    case Nlpid.IP:
      return printIp4(p, inside, rest)
    case Nlpid.IP6:
      return printIp6(p, inside, rest)
    case Nlpid.CLNP:
    case Nlpid.ES_IS:
    case Nlpid.IS_IS:
      return printIsoClns(p, inside - 1, rest + 1)
    case Nlpid.SNAP:
      if (printSnap(p, inside, rest, -1, -1, 0) >= 0) return
      if (!options.link) writeHeader(p, length, { ...header, size })
      return printDataUnlessQuiet(p, at, length)
    case Nlpid.Q933:
      return printQ933(p, inside, rest)
    case Nlpid.FRF15:
      return printFragment(p, inside, rest)
    case Nlpid.PPP:
      printPpp(p, inside, rest)
      return
    default:
      if (!options.link) writeHeader(p, length, header)
      if (options.dump[0] !== 'x') printData(p, inside, rest)
  }
}

/** `Q.922, hdr-len 2, DLCI 100, Flags [DE], NLPID IPv4 (0xcc), length 48: ` */
function writeHeader(p: Printer, length: number, { size, dlci, flags, protocol }: Header): void {
  const { out } = p
  out.text('Q.922, ')
  if (p.options.quiet > 0) out.text('DLCI ').dec(dlci)
  else {
    out.text('hdr-len ').dec(size).text(', DLCI ').dec(dlci).text(', Flags [').text(bits(FLAGS, flags, 'none')).text('], ')
    if (protocol <= 0xff) out.text('NLPID ').text(word(NLPIDS, protocol, 'unknown')).text(' (0x').hex(protocol, 2).byte(41)
    else out.text('cisco-ethertype ').text(etherTypeName(protocol) ?? 'unknown').text(' (0x').hex(protocol, 4).byte(41)
  }
  out.text(', length ').dec(length).text(': ')
}

/** Flags and sequence number of a fragment — FRF.12 §5, FRF.15, FRF.16 §3.2. */
export const FRAGMENT_FLAGS = [[0x80, 'Begin'], [0x40, 'End'], [0x20, 'Control']] as const
export const FRAGMENT_MASK = 0xe0
export const fragmentSequence = (first: number, second: number): number => ((first & 0x1e) << 7) | second

function printFragment(p: Printer, at: number, length: number): void {
  if (length < 2) {
    p.truncated()
    return
  }
  const first = p.u8(at)
  const sequence = fragmentSequence(first, p.u8(at + 1))
  p.out.text('FRF.15, seq 0x').hex(sequence, 3).text(', Flags [').text(bits(FRAGMENT_FLAGS, first & FRAGMENT_MASK, 'none')).text('],')
  p.out.text(first & 1 ? 'Interface' : 'End-to-End').text(' Fragmentation, length ').dec(length)
}
