/** Heartbeats of Microsoft's Network Load Balancing as tcpdump prints them. */
import type { Printer } from './printer.js'

export function printMsNlb(p: Printer, at: number): void {
  const { out } = p
  p.protocol = 'msnlb'
  out.text('MS NLB heartbeat')
  const priority = p.u32le(at + 8)
  out.text(', host priority: ').dec(priority)
  p.need(at + 12, 4)
  out.text(', cluster IP: ')
  p.ip4(at + 12)
  p.need(at + 16, 4)
  out.text(', host IP: ')
  p.ip4(at + 16)
}
