/** What the printers of ForCES messages share: lengths of TLVs and ILVs (RFC 5810 §6.2, §6.3), their names, lines set in. */
import { writeHex } from './dump.js'
import { hex, say } from './fields.js'
import type { Printer } from './printer.js'

export const TLV_HEADER = 4
export const ILV_HEADER = 8
const TLVS: Readonly<Record<number, string>> = {
  0x0000: 'Invalid TLV', 0x0001: 'REDIRECT TLV', 0x0010: 'ASResult TLV', 0x0011: 'ASTreason TLV', 0x0110: 'PATH-DATA TLV', 0x0111: 'KEYINFO TLV',
  0x0112: 'FULLDATA TLV', 0x0113: 'SPARSEDATA TLV', 0x0114: 'RESULT TLV', 0x0115: 'METADATA TLV', 0x0116: 'REDIRECTDATA TLV', 0x1000: 'LFBselect TLV',
}

export const tlvName = (type: number): string => TLVS[type] ?? `#${type}`

/** A name unless no TLV of this type is known. */
export const topTlvName = (type: number): string | undefined => (type === 0 ? undefined : TLVS[type])

/** What is wrong with the length of a TLV (or, with a header of 8, an ILV) of which `left` bytes may be. */
export function tlvFault(length: number, left: number, header = TLV_HEADER): string | undefined {
  if (left < header) return 'Invalid total length'
  if (length < header) return 'xLV too short'
  if (length > left) return 'xLV too long'
  return left < padded(length) ? 'data padding missing' : undefined
}

/** A length with what pads it to whole words; up to 2^32. */
export const padded = (length: number): number => Math.ceil(length / 4) * 4

/** Blanks that set a line in; with -vvv only. */
export const indent = (width: number): string => ' '.repeat(Math.max(0, Math.min(width, 255)))

/** A dump whose lines begin with `lead`; where the capture stops in it the packet ends. */
export function forcesDump(p: Printer, lead: string, at: number, length: number): void {
  writeHex(p.out, p.b, at, Math.min(at + length, p.end), lead)
  if (length > 0) p.need(at, length)
}

export const isDetailed = (p: Printer): boolean => p.options.verbose > 2

export function fails(p: Printer, what: string): false {
  say(p, what)
  return false
}

/** ` … excess of N Bytes `: what cannot be a TLV stands behind the others. */
export function messy(p: Printer, what: string, at: number, left: number): false {
  return fails(p, `\n\t\tMessy ${what} TLV header, type (0x${hex(p.u16(at))})\n\t\texcess of ${(left - p.u16(at + 2)) >>> 0} Bytes `)
}

/** The same as `tlvFault` of a type and length of 32 bits each, which are read where there is room for them. */
export const ilvFault = (p: Printer, at: number, left: number): string | undefined =>
  left < ILV_HEADER ? tlvFault(0, left, ILV_HEADER) : tlvFault(p.u32(at + 4), left, ILV_HEADER)
