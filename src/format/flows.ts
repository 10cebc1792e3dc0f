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

/** So many rows are kept between finding the widths and writing. */
const KEPT = 1 << 13

/** Columns padded to their widest, two blanks apart. More rows than KEPT are gone through twice, so that memory does not grow with them. */
export function writePlainFlows(out: LineWriter, columns: readonly FlowColumn[], rows: Rows, context: FlowContext): void {
  const many = columns.length, last = many - 1, widths = columns.map(({ head }) => head.length), isRight = columns.map(({ right }) => right)
  // A row is one text: to encode each cell, of which there are thirty, takes longer than to make it.
  const line: string[] = columns.map(() => '')
  const write = (cells: readonly string[], from: number): void => {
    for (let i = 0; i < many; i++) {
      const cell = cells[from + i]!, width = widths[i]!
      line[i] = isRight[i] ? cell.padStart(width) : i === last ? cell : cell.padEnd(width)
    }
    out.utf8(line.join('  ')).endLine()
  }
  // one behind the other
  const kept: string[] = []
  let isKept = true
  for (const s of rows()) {
    if (kept.length >= KEPT * many) isKept = false
    for (let i = 0; i < many; i++) {
      const cell = columns[i]!.text(s, context)
      if (cell.length > widths[i]!) widths[i] = cell.length
      if (isKept) kept.push(cell)
    }
  }
  write(columns.map(({ head }) => head), 0)
  if (isKept) for (let n = 0; n < kept.length; n += many) write(kept, n)
  else for (const s of rows()) write(columns.map(({ text }) => text(s, context)), 0)
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
