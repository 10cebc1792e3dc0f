/** The table of `sockscope flows`: plain and whole for a pipe, in a box on a terminal, or CSV (RFC 4180). */
import type { Summary } from '../analysis/summary.js'
import { FLOW_COLUMNS, MORE_COLUMNS, columnsFor, type FlowColumn, type FlowContext } from './flows-columns.js'
import type { LineWriter } from './line.js'
import { writeBox } from './netstat-table.js'

/** Hands out connections one by one, in order: summaries are made anew each time, so that none is kept. */
export type Rows = () => Iterable<Summary>

/** A column by its name; undefined: there is none. */
export const columnNamed = (name: string): FlowColumn | undefined => [...FLOW_COLUMNS, ...MORE_COLUMNS].find((column) => column.name === name)

export const COLUMN_NAMES: readonly string[] = [...FLOW_COLUMNS, ...MORE_COLUMNS].map(({ name }) => name)

/** Columns when none are asked for. */
export const usualColumns = (isTerminal: boolean, width: number): readonly FlowColumn[] => (isTerminal ? columnsFor(width).map((name) => columnNamed(name)!) : FLOW_COLUMNS)

/** So many rows are kept between finding the widths and writing; of more the texts are made twice, so that memory does not grow with them. */
const KEPT = 1 << 15

/** Columns padded to their widest, two blanks apart. */
export function writePlainFlows(out: LineWriter, columns: readonly FlowColumn[], rows: Rows, context: FlowContext): void {
  const many = columns.length, widths = columns.map(({ head }) => head.length), isRight = columns.map(({ right }) => right), texts = new Texts()
  let kept = 0, more = 0
  for (const s of rows()) {
    if (kept === KEPT) more++
    else kept++
    for (let i = 0; i < many; i++) {
      const text = columns[i]!.text(s, context)
      if (text.length > widths[i]!) widths[i] = text.length
      if (more === 0) texts.add(text)
    }
  }
  const line = new PlainLine(out, widths, isRight)
  const titles = new Texts()
  for (const { head } of columns) titles.add(head)
  line.write(titles, 0)
  for (let row = 0; row < kept; row++) line.write(texts, row * many)
  if (more === 0) return
  let row = 0
  for (const s of rows()) {
    if (row++ < kept) continue
    texts.clear()
    for (let i = 0; i < many; i++) texts.add(columns[i]!.text(s, context))
    line.write(texts, 0)
  }
}

/** Short texts, one behind the other in one array: as strings, thirty a row, each collection of garbage would move them all about. */
class Texts {
  units = new Uint16Array(1 << 14)
  /** Where each ends. */
  ends = new Uint32Array(1 << 10)
  #count = 0
  #used = 0

  add(text: string): void {
    const { length } = text
    if (this.#used + length > this.units.length) {
      const units = new Uint16Array(Math.max(this.units.length * 2, this.#used + length))
      units.set(this.units)
      this.units = units
    }
    if (this.#count === this.ends.length) {
      const ends = new Uint32Array(this.#count * 2)
      ends.set(this.ends)
      this.ends = ends
    }
    for (let i = 0; i < length; i++) this.units[this.#used + i] = text.charCodeAt(i)
    this.ends[this.#count++] = this.#used += length
  }

  clear(): void {
    this.#count = this.#used = 0
  }
}

/** Writes rows of texts as UTF-8, each text padded to the width of its column. */
class PlainLine {
  readonly #out: LineWriter
  readonly #widths: readonly number[]
  readonly #isRight: readonly boolean[]
  readonly #bytes: Uint8Array

  constructor(out: LineWriter, widths: readonly number[], isRight: readonly boolean[]) {
    this.#out = out
    this.#widths = widths
    this.#isRight = isRight
    this.#bytes = new Uint8Array(widths.reduce((sum, width) => sum + 3 * width + 2, 0)) // a UTF-16 unit has three bytes at most
  }

  /** @param first number of the row's first text. The last is not padded, but for one that stands on the right */
  write({ units, ends }: Texts, first: number): void {
    const widths = this.#widths, isRight = this.#isRight, b = this.#bytes, many = widths.length
    let at = 0, from = first === 0 ? 0 : ends[first - 1]!
    for (let i = 0; i < many; i++) {
      const end = ends[first + i]!, blanks = widths[i]! - (end - from), isLast = i === many - 1
      if (isRight[i]) for (let n = 0; n < blanks; n++) b[at++] = BLANK
      for (; from < end; from++) {
        const unit = units[from]!
        if (unit < 0x80) b[at++] = unit
        else {
          if (unit < 0x800) b[at++] = 0xc0 | (unit >> 6)
          else {
            b[at++] = 0xe0 | (unit >> 12)
            b[at++] = 0x80 | ((unit >> 6) & 0x3f)
          }
          b[at++] = 0x80 | (unit & 0x3f)
        }
      }
      if (isLast) break
      if (!isRight[i]) for (let n = 0; n < blanks; n++) b[at++] = BLANK
      b[at++] = BLANK
      b[at++] = BLANK
    }
    this.#out.raw(b, 0, at).endLine()
  }
}

const BLANK = 0x20

/** What a narrow terminal does without, first these: last the number, by which ladder and plot find the connection. Endpoints stay. */
const DISPENSABLE = ['states', 'conn-state', 'packets-out', 'packets-in', 'rtt-p95', 'stalls', 'handshake', 'protocol', 'duration', 'retransmissions', 'rtt-avg', 'bytes-out', 'bytes-in', 'loss', 'evidence', 'connection']
/** Places that are left of a verdict at least; a quarter of a wide terminal. */
const LEAST_VERDICT = 22

/** @param chosen the columns were named on the command line: all are shown */
export async function writeFlowBox(out: LineWriter, columns: readonly FlowColumn[], rows: Rows, context: FlowContext, options: { readonly room: number; readonly color: boolean; readonly chosen: boolean }): Promise<void> {
  const all = [...rows()].map((s) => columns.map((column) => ({ text: column.text(s, context), color: column.color?.(s) })))
  const natural = columns.map(({ head }, i) => all.reduce((width, row) => Math.max(width, row[i]!.text.length), head.length))
  const verdict = columns.findIndex(({ name }) => name === 'verdict')
  const shown = new Set(columns.keys())
  // a border before each column and after the last, a blank on both sides of each text
  const rest = (): number => options.room - 1 - [...shown].reduce((sum, i) => sum + 3 + (i === verdict ? 0 : natural[i]!), 0)
  const least = verdict < 0 ? 0 : Math.min(Math.max(LEAST_VERDICT, options.room >> 2), natural[verdict]!)
  for (const name of options.chosen ? [] : DISPENSABLE) {
    if (rest() >= least) break
    shown.delete(columns.findIndex((column) => column.name === name))
  }
  const room = Math.max(least, rest())
  const cells = all.map((row) => [...shown].map((i) => (i === verdict && row[i]!.text.length > room ? { ...row[i]!, text: `${row[i]!.text.slice(0, room - 1)}…` } : row[i]!)))
  await writeBox(out, [...shown].map((i) => columns[i]!), cells, { header: true, room: options.room, color: options.color })
}

const quoted = (value: number | string): string => {
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * RFC 4180, UTF-8 without a mark: titles, then a row a connection, each ended by CRLF. All values are numbers, addresses and words of ours, none of which begins with a
 * character that spreadsheets take for a formula's (= + - @, tab); nothing from a packet's data is among them.
 */
export function writeFlowsCsv(out: LineWriter, columns: readonly FlowColumn[], rows: Rows, context: FlowContext): void {
  out.utf8(`${columns.map(({ field }) => field).join(',')}\r`).endLine()
  for (const s of rows()) out.utf8(`${columns.map((column) => quoted(column.value(s, context))).join(',')}\r`).endLine()
}
