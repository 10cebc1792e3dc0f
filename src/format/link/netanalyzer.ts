/** Ethernet frames behind the header of Hilscher's netANALYZER as tcpdump prints them — pcap-linktype(7). */
import type { Printer } from '../printer.js'
import { printEthernet } from './ethernet.js'

const HEADER = 4
/** With the preamble and the start frame delimiter. */
const TRANSPARENT_HEADER = 12

export function printNetanalyzer(p: Printer, at: number, length: number): number {
  p.protocol = 'netanalyzer'
  p.need(at, HEADER)
  return HEADER + printEthernet(p, at + HEADER, length - HEADER)
}

export function printNetanalyzerTransparent(p: Printer, at: number, length: number): number {
  p.protocol = 'netanalyzer_transparent'
  p.need(at, TRANSPARENT_HEADER)
  return TRANSPARENT_HEADER + printEthernet(p, at + TRANSPARENT_HEADER, length - TRANSPARENT_HEADER)
}
