/** Apple's packets with the process they belong to, before a frame of another link type, as tcpdump prints them. Little-endian. */
import { printDataUnlessQuiet } from '../data.js'
import type { Printer } from '../printer.js'
import { dataLinkName, nestedPrinter } from './link.js'

const HEADER = 108
const IN = { LENGTH: 0, RECORD: 4, LINK_TYPE: 8 } as const
const NO_PACKET = 0
const PACKET = 1

export function printPktap(p: Printer, at: number, length: number): number {
  const { out, options } = p
  p.protocol = 'pktap'
  if (length < HEADER) return refuse(p, ` (packet too short, ${length} < ${HEADER})`)
  const linkType = p.u32le(at + IN.LINK_TYPE)
  const size = p.u32le(at + IN.LENGTH)
  if (size < HEADER) return refuse(p, ` (pkt_len too small, ${size} < ${HEADER})`)
  if (size > length) return refuse(p, ` (pkt_len too big, ${size} > ${length})`)
  p.need(at, size)
  if (options.link) writeHeader(p, linkType, size, length)
  const record = p.u32le(at + IN.RECORD)
  if (record === NO_PACKET) out.text('no data')
  if (record !== PACKET) return size
  const print = nestedPrinter(linkType)
  // tcpdump counts the inner header twice
  if (print !== undefined) return size + 2 * print(p, at + size, length - size)
  if (!options.link) writeHeader(p, linkType, size, length)
  printDataUnlessQuiet(p, at + size, p.end - at - size)
  return size
}

function refuse(p: Printer, why: string): number {
  p.out.text(why)
  p.invalid()
  return 0
}

/** `DLT EN10MB (1) len 108, length 162: ` */
function writeHeader(p: Printer, linkType: number, size: number, length: number): void {
  const { out } = p
  const name = dataLinkName(linkType) ?? 'UNKNOWN'
  if (p.options.quiet > 0) out.text(name)
  else out.text('DLT ').text(name).text(' (').dec(linkType).text(') len ').dec(size)
  out.text(', length ').dec(length).text(': ')
}
