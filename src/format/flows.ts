/** The table of `sockscope flows`: plain and whole for a pipe, in a box on a terminal, or CSV (RFC 4180). */
import type { Summary } from '../analysis/summary.js'
import { FLOW_COLUMNS, MORE_COLUMNS, columnsFor, type FlowColumn, type FlowContext } from './flows-columns.js'
import { LineWriter } from './line.js'
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
  const many = columns.length, widths = columns.map(({ head }) => head.length), texts = new Texts()
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
  texts.close()
  const one = new Texts()
  for (const { head } of columns) one.add(head)
  one.close()
  writePlainRow(out, columns, widths, one, 0)
  for (let row = 0; row < kept; row++) writePlainRow(out, columns, widths, texts, row * many)
  if (more === 0) return
  let row = 0
  for (const s of rows()) {
    if (row++ < kept) continue
    for (let i = 0; i < many; i++) one.add(columns[i]!.text(s, context))
    one.close()
    writePlainRow(out, columns, widths, one, 0)
  }
}

/** @param first number of the row's first text. The last is not padded, but for one that stands on the right */
function writePlainRow(out: LineWriter, columns: readonly FlowColumn[], widths: readonly number[], texts: Texts, first: number): void {
  const { bytes, ends, lengths } = texts, many = columns.length
  for (let i = 0; i < many; i++) {
    const text = first + i, blanks = widths[i]! - lengths[text]!, { right } = columns[i]!
    if (right) out.blanks(blanks)
    out.raw(bytes, text === 0 ? 0 : ends[text - 1]!, ends[text]!)
    if (i < many - 1) out.blanks(right ? 2 : blanks + 2)
  }
  out.endLine()
}

/** Short texts as UTF-8, one behind the other: as strings, thirty a row, each collection of garbage would move them all about. */
class Texts {
  /** The texts that were there when `close` was called, until the next is added. */
  bytes: Uint8Array = new Uint8Array(0)
  /** Where each ends, and how long it was as a string. */
  ends: Uint32Array = new Uint32Array(1 << 10)
  lengths: Uint32Array = new Uint32Array(1 << 10)
  #count = 0
  readonly #store = new LineWriter((chunk) => {
    this.bytes = chunk
  }, Infinity)

  add(text: string): void {
    if (this.#count === this.ends.length) {
      this.ends = twice(this.ends)
      this.lengths = twice(this.lengths)
    }
    this.lengths[this.#count] = text.length
    this.ends[this.#count++] = this.#store.utf8(text).length
  }

  /** What is added from now on takes the place of what there is. */
  close(): void {
    this.#store.flush()
    this.#count = 0
  }
}

function twice(a: Uint32Array): Uint32Array {
  const b = new Uint32Array(a.length * 2)
  b.set(a)
  return b
}

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
