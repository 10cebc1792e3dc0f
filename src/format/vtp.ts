/** VTP */
import type { Printer } from './printer.js'

export function printVtp(p: Printer, at: number, length: number): void {
  void [at, length]
  p.protocol = 'vtp'
  p.truncated()
}
