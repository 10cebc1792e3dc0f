/** End System to Intermediate System routing — ISO 9542 — as tcpdump prints it. */
import { u16, u8 } from '../bytes.js'
import { writeLinkAddress } from './address.js'
import { writeUnknownData } from './fields.js'
import { nsapText, writeHeaderChecksum, writeNlpids, writeShortHeader } from './osi.js'
import type { Printer } from './printer.js'
import { tableOf } from './tables.js'

const VERSION = 1
const HEADER = 9
const MAC_LENGTH = 6
/** tcpdump 4.99.3 forgets to count the last length byte of a redirect: the header seems longer from there on. */
const UNCOUNTED = 1
const Pdu = { ESH: 2, ISH: 4, REDIRECT: 6 } as const
const PDUS = tableOf({ 2: 'ESH', 4: 'ISH', 6: 'redirect' })
const Option = { PROTOCOLS: 129, CONFIGURATION_TIME: 198 } as const
const OPTIONS = tableOf({
  129: 'Protocols supported', 195: 'QoS Maintenance', 197: 'Security', 198: 'ES Configuration Time', 205: 'Priority', 225: 'Addressk Mask', 226: 'SNPA Mask',
})

export function printEsIs(p: Printer, at: number, length: number): void {
  const { b, out, options } = p
  p.protocol = 'esis'
  if (!options.link) out.text('ES-IS')
  if (length <= 2) {
    out.text(options.quiet > 0 ? 'bad pkt!' : 'no header at all!')
    return
  }
  if (!p.has(at, HEADER)) return p.truncated()
  const headerLength = u8(b, at + 1)
  const version = u8(b, at + 2)
  if (version !== VERSION) {
    out.text(' version ').dec(version).text(' packet not supported')
    return
  }
  if (headerLength > length) {
    out.text(' length indicator(').dec(headerLength).text(') > PDU size (').dec(length).text(')!')
    return
  }
  if (headerLength < HEADER + 2) return writeShortHeader(p, at, headerLength)
  const pdu = u8(b, at + 4) & 0x1f
  const name = PDUS.get(pdu)
  if (!options.link) out.text(', ')
  if (options.verbose === 0) {
    out.text(name ?? `unknown type (${pdu})`).text(', length ').dec(length)
    return
  }
  out.text('length ').dec(length).text('\n\t').text(name ?? `unknown type: ${pdu}`).text(' (').dec(pdu).text('), v: ').dec(version)
  writeHeaderChecksum(p, at, headerLength)
  out.text(', holding time: ').dec(u16(b, at + 5)).text('s, length indicator: ').dec(headerLength)
  if (options.verbose > 1) writeUnknownData(p, at, '\n\t', HEADER)
  printBody(p, pdu, at + HEADER, at + headerLength)
}

/** `end` is the end of the header by its own length. */
function printBody(p: Printer, pdu: number, at: number, end: number): void {
  const { out } = p
  let here: number | undefined
  switch (pdu) {
    case Pdu.REDIRECT:
      here = printRedirect(p, at, end)
      end += UNCOUNTED
      break
    case Pdu.ESH:
      here = printSources(p, at, end)
      break
    case Pdu.ISH: {
      const net = field(p, at, end, ', bad ish/li')
      if (net === undefined) return
      out.text('\n\t  NET (length: ').dec(net.length).text('): ').text(nsapText(p, net.at, net.length))
      here = net.at + net.length
      break
    }
    default:
      if (p.options.verbose <= 1 && p.has(at, 1)) writeUnknownData(p, at, '\n\t  ', p.end - at)
  }
  if (here !== undefined) printOptions(p, here, end)
}

interface Field {
  readonly at: number
  readonly length: number
}

/** A field behind its length byte; undefined, and said so, where the capture or the header ends in it. */
function field(p: Printer, at: number, end: number, complaint: string): Field | undefined {
  if (!p.has(at, 1)) p.truncated()
  else if (at >= end) p.out.text(complaint)
  else {
    const length = u8(p.b, at)
    if (!p.has(at + 1, length)) p.truncated()
    else if (at + 1 + length > end) p.out.text(complaint)
    else return { at: at + 1, length }
  }
  return undefined
}

/** Returns the offset behind it, undefined when it ended the packet; so does the next. */
function printRedirect(p: Printer, at: number, end: number): number | undefined {
  const { b, out } = p
  const COMPLAINT = ', bad redirect/li'
  const destination = field(p, at, end, COMPLAINT)
  if (destination === undefined) return undefined
  out.text('\n\t  ').text(nsapText(p, destination.at, destination.length))
  const snpa = field(p, destination.at + destination.length, end, COMPLAINT)
  if (snpa === undefined) return undefined
  const last = snpa.at + snpa.length
  const net = field(p, last, p.has(last, 1) && last >= end ? end : end + UNCOUNTED, COMPLAINT)
  if (net === undefined) return undefined
  out.text('\n\t  SNPA (length: ').dec(snpa.length).text('): ')
  if (snpa.length === MAC_LENGTH) p.mac(snpa.at)
  else if (snpa.length === 0) out.text('<empty>')
  else writeLinkAddress(out, b, snpa.at, snpa.length)
  if (net.length > 0) out.text('\n\t  NET (length: ').dec(net.length).text(') ').text(nsapText(p, net.at, net.length))
  return net.at + net.length
}

function printSources(p: Printer, at: number, end: number): number | undefined {
  const { b, out } = p
  const COMPLAINT = ', bad esh/li'
  if (!p.has(at, 1)) {
    p.truncated()
    return undefined
  }
  if (at >= end) {
    out.text(COMPLAINT)
    return undefined
  }
  const count = u8(b, at)
  out.text('\n\t  Number of Source Addresses: ').dec(count)
  let here = at + 1
  for (let i = 0; i < count; i++) {
    const net = field(p, here, end, COMPLAINT)
    if (net === undefined) return undefined
    out.text('\n\t  NET (length: ').dec(net.length).text('): ').text(nsapText(p, net.at, net.length))
    here = net.at + net.length
  }
  return here
}

function printOptions(p: Printer, at: number, end: number): void {
  const { out } = p
  for (let here = at; here < end; ) {
    if (end - here < 2) {
      out.text(', bad opts/li')
      return
    }
    const option = p.u8(here)
    const size = p.u8(here + 1)
    here += 2
    if (here + size > end) {
      out.text(', opt (').dec(option).text(') too long')
      return
    }
    out.text('\n\t  ').text(OPTIONS.get(option) ?? 'Unknown').text(' Option #').dec(option).text(', length ').dec(size).text(', value: ')
    if (option === Option.CONFIGURATION_TIME) {
      if (size !== 2) out.text('(bad length)')
      else if (!p.has(here, 2)) return p.truncated()
      else out.dec(u16(p.b, here)).byte(115)
    } else if (option === Option.PROTOCOLS) writeNlpids(p, here, size)
    else writeUnknownData(p, here, '\n\t  ', size)
    // the list of protocols was counted down while it was printed
    if (p.options.verbose > 1 && option !== Option.PROTOCOLS) writeUnknownData(p, here, '\n\t  ', size)
    here += option === Option.PROTOCOLS ? 0 : size
    if (option === Option.PROTOCOLS) end -= size
  }
}
