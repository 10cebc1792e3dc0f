/** Token ring frames as tcpdump prints them — IEEE 802.5, with the source routing of IEEE 802.1D Annex C. */
import { u16 } from '../../bytes.js'
import { printDataUnlessQuiet } from '../data.js'
import { printLlc } from '../llc.js'
import type { Printer } from '../printer.js'

const HEADER = 14
const DESTINATION_AT = 2
const SOURCE_AT = 8
/** The top bit of the source address: routing information follows the header. */
const ROUTED = 0x80
const LLC = 1
const BROADCASTS = [
  'Non-Broadcast', 'Non-Broadcast', 'Non-Broadcast', 'Non-Broadcast', 'All-routes', 'All-routes', 'Single-route', 'Single-route',
] as const
const LARGEST = ['516', '1500', '2052', '4472', '8144', '11407', '17800', '??'] as const

export function printTokenRing(p: Printer, at: number, length: number): number {
  p.protocol = 'token-ring'
  if (p.end - at < HEADER) {
    p.truncated()
    return HEADER
  }
  if ((p.b[at + SOURCE_AT]! & ROUTED) === 0) return printFrame(p, at, length, false)
  const source = p.b.slice(at + SOURCE_AT, at + HEADER)
  source[0]! &= ~ROUTED
  p.addressWriter = (address) => (address === at + SOURCE_AT ? writeFrom(p, source) : p.mac(address))
  try {
    return printFrame(p, at, length, true)
  } finally {
    p.addressWriter = undefined
  }
}

/** An address that stands in no packet. */
function writeFrom(p: Printer, address: Uint8Array): void {
  const { b, end } = p
  p.b = address
  p.end = address.length
  p.mac(0)
  p.b = b
  p.end = end
}

function printFrame(p: Printer, at: number, length: number, isRouted: boolean): number {
  const { b, options } = p
  if (options.link) writeHeader(p, at, length)
  let header = HEADER
  if (isRouted) {
    if (!p.has(at, HEADER + 2)) {
      p.truncated()
      return header
    }
    header += b[at + HEADER]! & 0x1f
    if (!p.has(at, header)) {
      p.truncated()
      return header
    }
    writeRoute(p, at + HEADER)
  }
  const inside = at + header
  if (b[at + 1]! >> 6 === LLC) {
    const llc = printLlc(p, inside, length - header, at + SOURCE_AT, at + DESTINATION_AT)
    if (llc < 0) printDataUnlessQuiet(p, inside, p.end - inside)
    return header + Math.abs(llc)
  }
  if (!options.link) writeHeader(p, at, length)
  printDataUnlessQuiet(p, inside, p.end - inside)
  return header
}

/** `10 40 02:… > 02:…, length 60: ` */
function writeHeader(p: Printer, at: number, length: number): void {
  const { out, b } = p
  if (p.options.quiet === 0) out.hex2(b[at]!).byte(32).hex2(b[at + 1]!).byte(32)
  p.linkAddress(at + SOURCE_AT)
  out.text(' > ')
  p.linkAddress(at + DESTINATION_AT)
  out.text(', length ').dec(length).text(': ')
}

/** The control word, and a word for each ring passed: twelve bits of ring, four of bridge. */
function writeRoute(p: Printer, at: number): void {
  const { out, b } = p
  const control = u16(b, at)
  const segments = (((control >> 8) & 0x1f) - 2) >> 1
  if (p.options.verbose > 0) {
    out.text(BROADCASTS[control >> 13]!).text(control & 0x80 ? ' Backward' : ' Forward')
    for (let i = 1; i <= segments; i++) {
      const segment = u16(b, at + 2 * i)
      out.text(' [').dec(segment >> 4).byte(58).dec(segment & 15).byte(93)
    }
  } else {
    out.text('rt = ').hex(control)
    for (let i = 1; i <= segments; i++) out.byte(58).hex(u16(b, at + 2 * i))
  }
  out.text(' (').text(LARGEST[(control >> 4) & 7]!).text(') ')
}
