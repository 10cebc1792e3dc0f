/** CLNS */
import type { Printer } from './printer.js'

export function printIsoClns(p: Printer, at: number, length: number): void {
  void [at, length]
  p.protocol = 'isoclns'
  p.truncated()
}
