/** UDLD */
import type { Printer } from './printer.js'

export function printUdld(p: Printer, at: number, length: number): void {
  void [at, length]
  p.protocol = 'udld'
  p.truncated()
}
