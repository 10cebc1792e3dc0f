/** Tables for people: plain aligned columns in a pipe, a box on a terminal (cli-table3 and chalk, read only then). Cells are escaped by who makes them. */
export interface Column {
  readonly title: string
  readonly right?: true
}

/** Characters that a terminal shows two wide make a column ragged, no more; names of options and numbers are ASCII. */
const pad = (text: string, width: number, right: boolean): string => (right ? text.padStart(width) : text.padEnd(width))

/** Rows under their titles, two blanks apart, no blank at the end of a line. */
export function plainColumns(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ title }, i) => rows.reduce((width, row) => Math.max(width, (row[i] ?? '').length), title.length))
  return [columns.map(({ title }) => title), ...rows]
    .map((row) => `${columns.map(({ right }, i) => pad(row[i] ?? '', widths[i]!, right === true)).join('  ').trimEnd()}\n`)
    .join('')
}

/** As `plainColumns`, or a box where stdout is a terminal, its titles bold where there are colours. */
export async function table({ isTerminal, isColored }: { readonly isTerminal: boolean; readonly isColored: boolean }, columns: readonly Column[], rows: readonly (readonly string[])[]): Promise<string> {
  if (!isTerminal) return plainColumns(columns, rows)
  const [{ default: Table }, { Chalk }] = await Promise.all([import('cli-table3'), import('chalk')])
  const chalk = new Chalk({ level: isColored ? 1 : 0 })
  // cli-table3 colours by itself, terminal or not: it is told not to, and the titles are made bold here
  const box = new Table({
    head: columns.map(({ title }) => chalk.bold(title)),
    colAligns: columns.map(({ right }) => (right === true ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
  })
  for (const row of rows) box.push([...row])
  return `${box.toString()}\n`
}
