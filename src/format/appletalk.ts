/** AppleTalk. */
import type { Printer } from './printer.js'

export function printAppleTalk(p: Printer, at: number, length: number): void {
  void [at, length]
  p.protocol = 'ddp'
  p.truncated()
}
