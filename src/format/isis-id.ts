/** Identifiers of IS-IS — ISO/IEC 10589 §7.1 — as tcpdump prints them. */
import type { Printer } from './printer.js'

const SYSTEM_ID = 6
const NODE_ID = 7
const LSP_ID = 8

/** `1921.6800.1001`, with `.00` of a pseudonode (7 bytes) and `-00` of a fragment (8); ends the packet where it was not captured. */
export function writeSystemId(p: Printer, at: number, length: number): void {
  p.need(at, length)
  for (let i = 0; i < SYSTEM_ID; i++) {
    if (i === 2 || i === 4) p.out.byte(46)
    p.out.hex2(p.b[at + i]!)
  }
  if (length >= NODE_ID) p.out.byte(46).hex2(p.b[at + 6]!)
  if (length === LSP_ID) p.out.byte(45).hex2(p.b[at + 7]!)
}
