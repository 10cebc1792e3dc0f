/** STP */
import type { Printer } from './printer.js'

export function printStp(p: Printer, at: number, length: number): void {
  void [at, length]
  p.protocol = 'stp'
  p.truncated()
}
