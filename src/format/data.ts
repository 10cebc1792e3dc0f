/** Bytes that no printer knows, or that a printer leaves as they are. */
import { writeHex, writeHexAndText } from './dump.js'
import { TRUNCATED, type Printer } from './printer.js'

/** `length` bytes in hexadecimal and as text; the packet ends as cut behind those that were captured. */
export function printData(p: Printer, at: number, length: number): void {
  if (length <= 0) return
  const end = Math.min(at + length, p.end)
  writeHexAndText(p.out, p.b, at, end)
  if (at + length > p.end) throw TRUNCATED
}

/** The same where -q, -x and -X leave it away. */
export function printDataUnlessQuiet(p: Printer, at: number, length: number): void {
  const { quiet, dump } = p.options
  if (quiet === 0 && (dump === 'none' || dump === 'A' || dump === 'AA')) printData(p, at, length)
}

/** `length` bytes in hexadecimal; the packet ends as cut behind those that were captured. */
export function printHex(p: Printer, at: number, length: number, lead = '\n\t'): void {
  writeHex(p.out, p.b, at, Math.min(at + length, p.end), lead)
  if (at + length > p.end) throw TRUNCATED
}
