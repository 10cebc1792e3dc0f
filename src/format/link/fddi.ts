/** FDDI */
import type { Printer } from '../printer.js'

export function printFddi(p: Printer, at: number, length: number): number {
  void [at, length]
  p.protocol = 'fddi'
  p.truncated()
  return 0
}
