/** 802.11 frames behind a radiotap header as tcpdump prints them. */
import type { Printer } from '../printer.js'

export function printRadiotap(p: Printer, at: number, length: number): number {
  void [at, length]
  p.protocol = '802.11_radio'
  p.truncated()
  return 0
}
