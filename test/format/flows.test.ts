import { describe, expect, it } from 'vitest'
import type { Summary } from '../../src/analysis/summary.js'
import type { FlowColumn } from '../../src/format/flows-columns.js'
import { writePlainFlows } from '../../src/format/flows.js'
import { LineWriter } from '../../src/format/line.js'

const column = (head: string, right: boolean, text: (n: number) => string): FlowColumn => ({
  name: head, field: head, head, right, text: (s) => text(s.connection), value: (s) => text(s.connection),
})
const COLUMNS = [
  column('#', true, (n) => String(n)), column('TIME', true, (n) => `${n % 700} µs`), column('WORDS', false, (n) => ['', 'é', 'a longer one', '… €', 'two 😀'][n % 5]!), column('LAST', false, (n) => 'x'.repeat(n % 7)),
]

describe('writePlainFlows', () => {
  it.each([{ rows: 0 }, { rows: 3 }, { rows: 2000 }, { rows: (1 << 15) + 2000 }])('$rows rows, padded to the widest, whatever their characters', ({ rows }) => {
    const chunks: Buffer[] = []
    const out = new LineWriter((chunk) => chunks.push(Buffer.from(chunk)))
    writePlainFlows(out, COLUMNS, function* () {
      for (let connection = 0; connection < rows; connection++) yield { connection } as Summary
    }, { baseSeconds: 0 })
    out.flush()
    const cells = [COLUMNS.map(({ head }) => head), ...Array.from({ length: rows }, (_, connection) => COLUMNS.map(({ text }) => text({ connection } as Summary, { baseSeconds: 0 })))]
    const widths = COLUMNS.map((_, i) => cells.reduce((width, row) => Math.max(width, row[i]!.length), 0))
    const lines = cells.map((row) => row.map((text, i) => (COLUMNS[i]!.right ? text.padStart(widths[i]!) : i === row.length - 1 ? text : text.padEnd(widths[i]!))).join('  '))
    expect(Buffer.concat(chunks).toString('utf8') === lines.map((line) => `${line}\n`).join('')).toBe(true)
  })
})
