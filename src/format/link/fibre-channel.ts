/** IP over Fibre Channel as tcpdump prints it — RFC 2625: two network addresses, the lower six bytes of each a MAC address. */
import { printDataUnlessQuiet } from '../data.js'
import { printLlc } from '../llc.js'
import type { Printer } from '../printer.js'

const HEADER = 16
const DESTINATION_AT = 2
const SOURCE_AT = 10

export function printIpOverFibreChannel(p: Printer, at: number, length: number): number {
  const { out } = p
  p.protocol = 'ipfc'
  p.need(at, HEADER)
  if (p.options.link) {
    p.mac(at + SOURCE_AT)
    out.text(' > ')
    p.mac(at + DESTINATION_AT)
    out.text(', length ').dec(length).text(': ')
  }
  const inside = at + HEADER
  const llc = printLlc(p, inside, length - HEADER, at + SOURCE_AT, at + DESTINATION_AT)
  if (llc < 0) printDataUnlessQuiet(p, inside, p.end - inside)
  return HEADER + Math.abs(llc)
}
