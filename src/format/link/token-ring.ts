/** TR */
import type { Printer } from '../printer.js'

export function printTokenRing(p: Printer, at: number, length: number): number {
  void [at, length]
  p.protocol = 'token-ring'
  p.truncated()
  return 0
}
