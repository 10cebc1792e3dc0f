/** One rule of colours for all commands. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { isColored, painter } from '../../src/commands/colors.js'
import { ROOT } from '../run.js'

it.each([
  { env: {}, terminal: true, pipe: false },
  { env: { TERM: 'xterm' }, terminal: true, pipe: false },
  { env: { TERM: 'dumb' }, terminal: false, pipe: false },
  { env: { NO_COLOR: '1' }, terminal: false, pipe: false },
  { env: { NO_COLOR: '0' }, terminal: false, pipe: false },
  { env: { NO_COLOR: '' }, terminal: true, pipe: false },
  { env: { NO_COLOR: '1', FORCE_COLOR: '1', CLICOLOR_FORCE: '1' }, terminal: false, pipe: false },
  { env: { FORCE_COLOR: '1' }, terminal: true, pipe: true },
  { env: { FORCE_COLOR: '0' }, terminal: true, pipe: false },
  { env: { FORCE_COLOR: '' }, terminal: true, pipe: false },
  { env: { CLICOLOR_FORCE: '1', TERM: 'dumb' }, terminal: true, pipe: true },
  { env: { CLICOLOR_FORCE: '0' }, terminal: true, pipe: false },
  { env: { CLICOLOR: '0' }, terminal: false, pipe: false },
  { env: { CLICOLOR: '1' }, terminal: true, pipe: false },
  { env: { CLICOLOR: '0', CLICOLOR_FORCE: '1' }, terminal: true, pipe: true },
])('$env: on a terminal $terminal, in a pipe $pipe', async ({ env, terminal, pipe }) => {
  expect([isColored({ env, isTerminal: true }), isColored({ env, isTerminal: false })]).toEqual([terminal, pipe])
  expect((await painter({ env, isTerminal: false }))('red', 'x')).toBe(pipe ? '\u001b[31mx\u001b[39m' : 'x')
})

it('is written in one place', () => {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))
  expect(files.filter((path) => /'(NO_COLOR|FORCE_COLOR|CLICOLOR\w*)'|NO_COLOR:/.test(readFileSync(join(ROOT, 'src', path), 'utf8')))).toEqual(['commands/colors.ts'])
})
