/** The arrows of docs/architecture.md, held: which folder of src may import from which. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const SRC = resolve(import.meta.dirname, '../src')

/** For each folder (or file at the top), what it may import besides itself. `errors`, `bytes`, `escape` and `quantity` are open to all. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'errors.ts': [],
  'bytes.ts': [],
  'escape.ts': [],
  // verdicts are said in analysis, tables and pictures in format, with the same figures
  'quantity.ts': [],
  'frame.ts': [],
  'io.ts': [],
  'stdio.ts': ['io.ts'],
  'leave.ts': ['socket'],
  'cli.ts': ['io.ts', 'stdio.ts', 'leave.ts', 'commands'],
  commands: ['io.ts', 'frame.ts', 'format', 'analysis', 'decode', 'capture', 'procnet', 'socket', 'names', 'filter', 'probe'],
  format: ['frame.ts', 'analysis', 'decode', 'procnet', 'socket', 'filter'],
  // procnet for tcp-state.ts: one table of states for netstat and for captures
  analysis: ['frame.ts', 'decode', 'procnet'],
  decode: ['frame.ts'],
  capture: ['frame.ts'],
  procnet: ['filter'],
  socket: ['procnet', 'filter'],
  names: [],
  filter: [],
  probe: ['socket', 'capture', 'procnet', 'format', 'analysis', 'decode', 'frame.ts'],
}
const OPEN_TO_ALL = ['errors.ts', 'bytes.ts', 'escape.ts', 'quantity.ts']

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))
const partOf = (path: string): string => path.split('/')[0]!
const codeOf = (path: string): string => readFileSync(join(SRC, path), 'utf8').replace(/\/\*[^]*?\*\/|\/\/.*/g, '')
const importsOf = (path: string): string[] =>
  [...readFileSync(join(SRC, path), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]!)

describe('imports follow the arrows', () => {
  it.each(files)('%s', (path) => {
    const part = partOf(path)
    const allowed = MAY_IMPORT[part]
    expect(allowed, `${part} has no place in the architecture`).toBeDefined()
    for (const target of importsOf(path)) {
      if (!target.startsWith('.') || target.endsWith('.json')) continue
      const other = partOf(relative(SRC, resolve(SRC, dirname(path), target.replace(/\.js$/, '.ts'))))
      if (other === part || OPEN_TO_ALL.includes(other)) continue
      expect(allowed, `${path} imports ${target}`).toContain(other)
    }
  })

  it('only commands and cli know commander', () => {
    const knowing = files.filter((path) => importsOf(path).includes('commander'))
    expect(knowing.filter((path) => !path.startsWith('commands/') && path !== 'cli.ts')).toEqual([])
  })

  it('only cli, leave and stdio end the process or touch its streams', () => {
    const knowing = files.filter((path) => /\bprocess\.(argv|exit|exitCode|stdout|stderr|stdin|on|once)\b/.test(codeOf(path)))
    expect(knowing.filter((path) => !['cli.ts', 'leave.ts', 'stdio.ts'].includes(path))).toEqual([])
  })

  it('nothing is a barrel', () => {
    expect(files.filter((path) => path.endsWith('/index.ts'))).toEqual([])
  })
})
