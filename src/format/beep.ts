/** The kind of a BEEP frame — RFC 3080 §2.2.1 — as tcpdump prints it. */
import { type Printer } from './printer.js'

/** Not MSG and END: so it is in tcpdump. */
const KINDS: ReadonlySet<string> = new Set(['RPY ', 'ERR ', 'ANS ', 'SEQ ', 'NUL '])

export function printBeep(p: Printer, at: number, length: number): void {
  p.protocol = 'beep'
  const word = length >= 4 && p.has(at, 4) ? String.fromCharCode(...p.b.subarray(at, at + 4)) : ''
  p.out.text(KINDS.has(word) ? ` BEEP ${word.trim()}` : ' BEEP (payload or undecoded)')
}
