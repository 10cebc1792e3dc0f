/** IP payload compression as tcpdump prints it — RFC 3173 §3. What is compressed is not looked into. */
import type { Printer } from './printer.js'

export function printIpcomp(p: Printer, at: number): void {
  p.protocol = 'ipcomp'
  const { out } = p
  p.need(at, 4)
  out.text('IPComp(')
  const cpi = p.u16(at + 2)
  out.text('cpi=0x').hex(cpi, 4).byte(41)
}
