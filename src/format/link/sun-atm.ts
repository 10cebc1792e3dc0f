/** ATM frames of Solaris as tcpdump prints them — pcap-linktype(7), LINKTYPE_SUNATM. */
import type { Printer } from '../printer.js'
import { printAtmFrame } from './atm.js'

const HEADER = 4
const SENT = 0x80
/** What the lower half of the first byte says the frame holds. */
const LANE = 1

export function printSunAtm(p: Printer, at: number, length: number): number {
  p.protocol = 'sunatm'
  const first = p.u8(at)
  if (p.options.link) p.out.text(first & SENT ? 'Tx: ' : 'Rx: ')
  const path = p.u8(at + 1)
  const circuit = p.u16(at + 2)
  printAtmFrame(p, path, circuit, (first & 0x0f) === LANE, at + HEADER, length - HEADER)
  return HEADER
}
