/** Numbers as words, from tables. */
import type { LineWriter } from './line.js'

/** Words by number. */
export interface NumberTable {
  get(n: number): string | undefined
  has(n: number): boolean
}

/** A number's word; `%` in `unknown` stands for the number in decimal, as in `unknown-%`. */
export function word(table: NumberTable, n: number, unknown: string): string {
  return table.get(n) ?? unknown.replace('%', String(n))
}

/** A table from an object literal whose keys are decimal or `0x…` numbers. */
export const tableOf = (entries: Readonly<Record<number, string>>): NumberTable => new LiteralTable(entries)

/** There are hundreds, most of them never looked at: nothing is made of the literal when the program starts. */
class LiteralTable implements NumberTable {
  readonly #entries: Readonly<Record<number, string>>

  constructor(entries: Readonly<Record<number, string>>) {
    this.#entries = entries
  }

  get(n: number): string | undefined {
    return this.#entries[n]
  }

  has(n: number): boolean {
    return this.#entries[n] !== undefined
  }
}

/** The words of the bits set in `value`, in the table's order, joined by `separator`; `none` when there is none. */
export function bits(table: ReadonlyArray<readonly [bit: number, name: string]>, value: number, none: string, separator = ', '): string {
  let text = ''
  for (const [bit, name] of table) {
    if ((value & bit) >>> 0 === bit && bit !== 0) text += text === '' ? name : separator + name
  }
  return text === '' ? none : text
}

/**
 * Bytes of a packet as text that is safe on a terminal, in the way of vis(3) that tcpdump uses: `M-` before a byte with the
 * top bit, `^X` for a control.
 */
export function writeVisible(out: LineWriter, b: Uint8Array, at: number, end: number): void {
  for (; at < end; at++) writeVisibleByte(out, b[at]!)
}

export function writeVisibleByte(out: LineWriter, c: number): void {
  if (c >= 0x80) {
    out.text('M-')
    c &= 0x7f
  }
  if (c < 0x20 || c === 0x7f) out.byte(94).byte(c ^ 0x40)
  else out.byte(c)
}

/** Where the text in `b[at] … b[end - 1]` ends: at its first NUL, or at `end`. */
export function textEnd(b: Uint8Array, at: number, end: number): number {
  while (at < end && b[at] !== 0) at++
  return at
}
