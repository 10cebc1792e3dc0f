/** Rows of text in columns: plain and whole for a pipe, in a box fitted to the width for a terminal. */
import type { LineWriter } from './line.js'
import type { StateColor } from '../procnet/tcp-state.js'

export interface TableColumn {
  readonly head: string
  readonly right: boolean
}

export interface Cell {
  readonly text: string
  readonly color: StateColor | undefined
}

/** Columns padded to their widest, two blanks apart, nothing cut. */
export function writePlain(out: LineWriter, columns: readonly TableColumn[], rows: readonly (readonly Cell[])[], header: boolean): void {
  const widths = columns.map((column, i) => rows.reduce((width, row) => Math.max(width, row[i]!.text.length), header ? column.head.length : 0))
  const line = (cells: readonly string[]): void => {
    const text = cells.map((cell, i) => (columns[i]!.right ? cell.padStart(widths[i]!) : i === cells.length - 1 ? cell : cell.padEnd(widths[i]!))).join('  ')
    out.utf8(text).endLine()
  }
  if (header) line(columns.map(({ head }) => head))
  for (const row of rows) line(row.map(({ text }) => text))
}

/** The least that is left of a column. */
const LEAST = 5

/** Places for the text of each column so that all of the table is at most `room` wide: the widest give first. */
export function fit(natural: readonly number[], room: number): number[] {
  const widths = [...natural]
  // A border before each column and after the last, a blank on both sides of each text.
  let excess = widths.reduce((sum, width) => sum + width + 3, 1) - room
  while (excess > 0) {
    const widest = Math.max(...widths)
    if (widest <= LEAST) break
    const second = Math.max(LEAST, ...widths.filter((width) => width < widest))
    const many = widths.filter((width) => width === widest).length
    const step = Math.max(1, Math.min(widest - second, Math.ceil(excess / many)))
    for (let i = 0; i < widths.length && excess > 0; i++) {
      if (widths[i] !== widest) continue
      widths[i] = widest - step
      excess -= step
    }
  }
  return widths
}

/** The box. cli-table3 and chalk are loaded for it alone. */
export async function writeBox(
  out: LineWriter, columns: readonly TableColumn[], rows: readonly (readonly Cell[])[], options: { readonly header: boolean; readonly room: number; readonly color: boolean },
): Promise<void> {
  const [{ default: Table }, { Chalk }] = await Promise.all([import('cli-table3'), import('chalk')])
  const chalk = new Chalk({ level: options.color ? 1 : 0 })
  const natural = columns.map((column, i) => rows.reduce((width, row) => Math.max(width, row[i]!.text.length), options.header ? column.head.length : 1))
  const widths = fit(natural, options.room)
  const cut = (text: string, i: number): string => (text.length > widths[i]! ? `${text.slice(0, widths[i]! - 1)}…` : text)
  const table = new Table({
    head: options.header ? columns.map(({ head }, i) => chalk.bold(cut(head, i))) : [],
    // It colours heads and borders even into a pipe unless told not to.
    style: { head: [], border: [], compact: true },
    colWidths: widths.map((width) => width + 2),
    colAligns: columns.map(({ right }) => (right ? 'right' : 'left')),
  })
  for (const row of rows) table.push(row.map(({ text, color }, i) => (color === undefined ? cut(text, i) : chalk[color](cut(text, i)))))
  out.utf8(table.toString()).endLine()
}
