/**
 * Fields of a packet as text. tcpdump reads every number of a phrase before it prints the first letter of it, so a printer
 * of many fields builds its phrase from these in one template: where the capture stops inside it, none of it is written.
 * Strings cost what the hot path must not pay; these are for protocols that are not on it.
 */
import { writeIp6 } from './address.js'
import { writeHex } from './dump.js'
import { LineWriter } from './line.js'
import type { Printer } from './printer.js'

/** Words of numbers. */
export type Words = Readonly<Record<number, string>>

/** A number's word; `%` in `unknown` stands for the number in decimal. */
export const named = (words: Words, n: number, unknown: string): string => words[n] ?? unknown.replace('%', String(n))

/** Lower-case hexadecimal with zeros in front up to `width`. */
export const hex = (n: number, width = 1): string => n.toString(16).padStart(width, '0')

/** `s` behind every number but one. */
export const plural = (n: number): string => (n === 1 ? '' : 's')

/** Writes what is wanted as a string; made with the first. */
let scratch: LineWriter | undefined
let scratched = ''

function written(write: (out: LineWriter) => void): string {
  scratch ??= new LineWriter((chunk) => { scratched = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1') }, 0)
  write(scratch)
  scratch.flush()
  return scratched
}

/** The four bytes at `b[at]` as `10.0.0.1`; nothing is checked, nothing is looked up. */
export const dotted = (b: Uint8Array, at = 0): string => `${b[at]!}.${b[at + 1]!}.${b[at + 2]!}.${b[at + 3]!}`

/** The sixteen bytes at `b[at]` as `fe80::1`; nothing is checked, nothing is looked up. */
export const coloned = (b: Uint8Array, at = 0): string => written((out) => writeIp6(out, b, at))

/** Address of a host in the packet, by name unless -n. */
export function ip4(p: Printer, at: number): string {
  p.need(at, 4)
  return hostOf4(p, p.b, at)
}

export function ip6(p: Printer, at: number): string {
  p.need(at, 16)
  return hostOf6(p, p.b, at)
}

/** Address of a host that stands in `b`, a copy completed by the printer, by name unless -n. */
export const hostOf4 = (p: Printer, b: Uint8Array, at = 0): string => p.names?.ip4(b, at) ?? dotted(b, at)
export const hostOf6 = (p: Printer, b: Uint8Array, at = 0): string => p.names?.ip6(b, at) ?? coloned(b, at)

/** A phrase, whose parts were read before. */
export const say = (p: Printer, phrase: string): void => { p.out.utf8(phrase) }

/** A dump of bytes nobody knows, as far as they were captured; false where they begin behind the end of the capture. */
export function writeUnknownData(p: Printer, at: number, lead: string, length: number): boolean {
  if (at > p.end) {
    say(p, `${lead}Dissector error: print_unknown_data called with pointer past end of packet`)
    return false
  }
  writeHex(p.out, p.b, at, Math.min(at + length, p.end), lead)
  return true
}
