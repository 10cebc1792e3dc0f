/** Fields of OpenFlow messages, one behind the other, in network order — OpenFlow Switch Specification 1.0.0 and 1.3.5. */
import { hex, say } from './fields.js'
import { writeHexAndText } from './dump.js'
import { ouiName } from './oui.js'
import type { Printer } from './printer.js'
import { bits, textEnd, writeVisible } from './tables.js'

export type Bits = ReadonlyArray<readonly [bit: number, name: string]>

/** Experimenters that the Open Networking Foundation has numbered; other vendors go by their OUI. */
const EXPERIMENTERS: Readonly<Record<number, string>> = {
  0x4f4e4600: 'ONF Extensions', 0xff000001: 'Budapest University of Technology and Economics', 0xff000002: 'NoviFlow',
  0xff000003: 'L3+ Extensions, Vendor Neutral', 0xff000004: 'L4-L7 Extensions', 0xff000005: 'Wireless and Mobility Extensions',
  0xff000006: 'Forwarding Abstractions Extensions', 0xff000007: 'Optical Transport Extensions', 0xff000008: 'Network Benchmarking Lab, NCTU',
  0xff000009: 'Mobile Packet Core Extensions', 0xff00000a: 'MPLS-TP OpenFlow Extensions for SPTN',
}

export function vendorName(vendor: number): string {
  if (vendor > 0xffffff) return EXPERIMENTERS[vendor] ?? 'unknown'
  const name = ouiName(vendor)
  return name === 'Unknown' ? 'unknown' : name
}

/** Reads on from where the last field ended. `left` bytes of the structure remain by its own figure; the capture may end before. */
export class OpenFlowFields {
  readonly p: Printer
  #at: number
  #left: number

  constructor(p: Printer, at: number, length: number) {
    this.p = p
    this.#at = at
    this.#left = length
  }

  get at(): number {
    return this.#at
  }

  get left(): number {
    return this.#left
  }

  get verbose(): number {
    return this.p.options.verbose
  }

  say(phrase: string): void {
    say(this.p, phrase)
  }

  /** Passes over bytes that nobody looks at. */
  skip(size: number): void {
    this.#at += size
    this.#left -= size
  }

  /** The same of bytes that must be captured. */
  pass(size: number): void {
    this.p.need(this.#at, size)
    this.skip(size)
  }

  /** The next `size` bytes for themselves. */
  part(size: number): OpenFlowFields {
    const part = new OpenFlowFields(this.p, this.#at, size)
    this.skip(size)
    return part
  }

  u8(): number {
    const n = this.p.u8(this.#at)
    this.skip(1)
    return n
  }

  u16(): number {
    const n = this.p.u16(this.#at)
    this.skip(2)
    return n
  }

  u32(): number {
    const n = this.p.u32(this.#at)
    this.skip(4)
    return n
  }

  u64(): bigint {
    const n = this.p.u64(this.#at)
    this.skip(8)
    return n
  }

  /** A number of 64 bits as `0x0000000000000001`. */
  hex64(): string {
    return `0x${this.u64().toString(16).padStart(16, '0')}`
  }

  mac(label: string): void {
    const { p } = this
    p.need(this.#at, 6)
    say(p, label)
    p.mac(this.#at)
    this.skip(6)
  }

  ip4(label: string): void {
    const { p } = this
    p.need(this.#at, 4)
    say(p, label)
    p.ip4(this.#at)
    this.skip(4)
  }

  /** `label'text'`: a field of `size` bytes, padded with NUL. */
  text(label: string, size: number): void {
    const { p } = this
    say(p, `${label}'`)
    const end = textEnd(p.b, this.#at, Math.min(this.#at + size, p.end))
    writeVisible(p.out, p.b, this.#at, end)
    if (end < this.#at + size) p.need(end, 1)
    say(p, "'")
    this.skip(size)
  }

  /** `label'…'`: all that is left, whatever it holds. */
  rest(label: string): void {
    const { p } = this
    say(p, `${label}'`)
    writeVisible(p.out, p.b, this.#at, Math.min(this.#at + this.#left, p.end))
    p.need(this.#at, this.#left)
    say(p, "'")
  }

  /** `label0x00000003 (A, B) (bogus)`: the names of a bit map of 32 bits; bits of `unassigned` are bogus. */
  bitmap(label: string, names: Bits, unassigned: number): void {
    const value = this.u32()
    this.say(`${label}0x${hex(value, 8)}${bitsText(names, value, unassigned)}`)
  }

  /** What remains must be captured. */
  check(): void {
    this.p.need(this.#at, this.#left)
  }

  /** ` (invalid)`, and the rest is passed over. */
  invalid(): void {
    this.p.invalid()
    this.check()
  }

  /** What remains, in hexadecimal with -vv. */
  data(): void {
    if (this.#left === 0) return
    const { p } = this
    this.say(`\n\t data (${this.#left} octets)`)
    if (this.verbose > 1) writeHexAndText(p.out, p.b, this.#at, Math.min(this.#at + this.#left, p.end), '\n\t  ')
    this.check()
  }
}

/** ` (A, B)` of the bits that are assigned, ` (bogus)` when others are set. */
export const bitsText = (names: Bits, value: number, unassigned: number): string =>
  `${value & ~unassigned ? ` (${bits(names, value, '')})` : ''}${value & unassigned ? ' (bogus)' : ''}`

/** The names of a map's first bits, from bit 0, as its table; empty ones are nobody's. */
export const bitNames = (names: readonly string[]): Bits =>
  names.map((name, i) => [2 ** i, name] as const).filter(([, name]) => name !== '')

/** The bits that a table does not name. */
export const unnamed = (names: Bits): number => ~names.reduce((all, [bit]) => all | bit, 0)
