/** CDP */
import type { Printer } from './printer.js'

export function printCdp(p: Printer, at: number, length: number): void {
  void [at, length]
  p.protocol = 'cdp'
  p.truncated()
}
