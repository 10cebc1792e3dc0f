/** CALM FAST, messages of vehicles without IP, as tcpdump prints it — ISO 29281. */
import { printData } from './data.js'
import { printInvalid } from './packet-text.js'
import type { Printer } from './printer.js'

/** @param source where the link-layer address of the sender stands, -1 when there is none */
export function printCalmFast(p: Printer, at: number, length: number, source: number): void {
  const { out } = p
  p.protocol = 'calm_fast'
  out.text('CALM FAST')
  if (source >= 0) {
    out.text(' src:')
    p.linkAddress(source)
  }
  out.text('; ')
  if (length < 2) {
    out.text(' (length ').dec(length).text(' < 2)')
    return printInvalid(p, at + length)
  }
  const from = p.u8(at)
  out.text('SrcNwref:').dec(from).text('; ')
  const to = p.u8(at + 1)
  out.text('DstNwref:').dec(to).text('; ')
  if (p.options.verbose > 0) printData(p, at + 2, length - 2)
}
