/** What the printers of LLDP's organization specific TLVs share. */
import type { Printer } from './printer.js'
import { type NumberTable, bits, word, writeVisible } from './tables.js'

/** `\n\t  Port VLAN Id Subtype (1)`; -1 where there is none. */
export function writeSubtype(p: Printer, names: NumberTable, at: number, size: number): number {
  if (size < 4) return -1
  const subtype = p.u8(at + 3)
  p.out.text('\n\t  ').text(word(names, subtype, 'unknown')).text(' Subtype (').dec(subtype).byte(41)
  return subtype
}

/** Captured text that a zero byte ends. */
export function writeToZero(p: Printer, at: number, length: number): void {
  let end = at
  while (end < at + length && p.b[end] !== 0) end++
  writeVisible(p.out, p.b, at, end)
}

const AGGREGATION = [
  [0x01, 'supported'],
  [0x02, 'enabled'],
] as const

/** IEEE 802.1AX, in the TLVs of 802.1 and of 802.3. */
export function printAggregation(p: Printer, at: number, size: number): void {
  if (size < 9) return
  p.out.text('\n\t    aggregation status [').text(bits(AGGREGATION, p.u8(at + 4), 'none')).text('], aggregation port ID ').dec(p.u32(at + 5))
}
