/** Text inside packets, made safe for a terminal, up to where the capture stops. */
import { TRUNCATED, type Printer } from './printer.js'
import { writeVisible } from './tables.js'

/** `n` bytes at `at`; those that were captured are printed before the packet ends as cut. */
export function printText(p: Printer, at: number, n: number): void {
  writeVisible(p.out, p.b, at, Math.min(at + n, p.end))
  if (at + n > p.end) throw TRUNCATED
}

/** The same, but a zero byte ends the text before its `n` bytes are over. */
export function printTextToZero(p: Printer, at: number, n: number): void {
  const end = Math.min(at + n, p.end)
  let zero = at
  while (zero < end && p.b[zero] !== 0) zero++
  writeVisible(p.out, p.b, at, zero)
  if (zero >= p.end && zero < at + n) throw TRUNCATED
}

/** ` (invalid)`, and ` [|…]` behind it where the capture does not hold all of the packet, which ends at `end`. */
export function printInvalid(p: Printer, end: number): void {
  p.invalid()
  if (end > p.end) throw TRUNCATED
}
