/** Overlay Transport Virtualization as tcpdump prints it — draft-hasmit-otv-04: an Ethernet frame behind eight bytes. */
import { printEthernet } from './link/ethernet.js'
import { printInvalid } from './packet-text.js'
import type { Printer } from './printer.js'

const HEADER = 8
const HAS_INSTANCE = 0x08

export function printOtv(p: Printer, at: number, length: number): void {
  const { out } = p
  p.protocol = 'otv'
  out.text('OTV, ')
  if (length < HEADER) {
    out.text('[length ').dec(length).text(' < 8]')
    return printInvalid(p, at + length)
  }
  const flags = p.u8(at)
  out.text('flags [').text(flags & HAS_INSTANCE ? 'I' : '.').text('] (0x').hex(flags, 2).text('), ')
  const overlay = p.u24(at + 1)
  out.text('overlay ').dec(overlay).text(', ')
  const instance = p.u24(at + 4)
  out.text('instance ').dec(instance).byte(10)
  p.need(at + 7, 1)
  printEthernet(p, at + HEADER, length - HEADER)
}
