/** AppleTalk over LocalTalk as tcpdump prints it — pcap-linktype(7), LINKTYPE_LTALK. */
import { printLlap } from '../appletalk.js'
import type { Printer } from '../printer.js'

export function printLocalTalk(p: Printer, at: number, length: number): number {
  const header = printLlap(p, at, length)
  // a frame that is cut short is all header
  return header === 0 ? p.end - at : header
}
