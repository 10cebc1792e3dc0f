/** DTP */
import type { Printer } from './printer.js'

export function printDtp(p: Printer, at: number, length: number): void {
  void [at, length]
  p.protocol = 'dtp'
  p.truncated()
}
