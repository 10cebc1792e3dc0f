/** The manual pages: each option of --help is in the page and none besides; groff finds nothing to say. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { VERDICTS } from '../src/analysis/verdict.js'
import { COLUMN_NAMES } from '../src/format/flows.js'
import { ROOT, hasTool, run, sockscope } from './run.js'

const PAGES = readdirSync(join(ROOT, 'man')).map((name) => name.replace(/^sockscope-|\.1$/g, ''))
const OPTION = /(?<![\w-])-(?:-[a-z][a-z\d-]*[a-z\d]|[A-Za-z#])(?![\w-])/g

/** Options that begin an entry of --help, by all their names. */
function optionsOfHelp(command: string): string[] {
  const help = sockscope([command, '--help']).stdout.toString()
  return [...new Set([...help.matchAll(/^ {2}(-[^ ].*?)(?: {2}|$)/gm)].flatMap(([, entry]) => entry!.match(OPTION) ?? []))].sort()
}

/** Options that begin an entry of the page. */
function optionsOfPage(command: string): string[] {
  const page = readFileSync(join(ROOT, 'man', `sockscope-${command}.1`), 'utf8').replaceAll('\\-', '-')
  return [...new Set([...page.matchAll(/^\.TP\n(.*)$/gm)].flatMap(([, entry]) => entry!.match(OPTION) ?? []))].sort()
}

describe('man', () => {
  it.each([['tcpdump', 80], ['flows', 12], ['ladder', 12], ['plot', 8], ['report', 5]])('sockscope-%s.1 has the options that --help has', (command, least) => {
    expect(optionsOfHelp(command).length).toBeGreaterThan(least)
    expect(optionsOfPage(command)).toEqual(optionsOfHelp(command))
  })

  it('sockscope-flows.1 has the columns and verdicts that there are', () => {
    const page = readFileSync(join(ROOT, 'man', 'sockscope-flows.1'), 'utf8')
    const section = (title: string): string[] => page.split(`.SH ${title}\n`)[1]!.split(/\n\.(?:P|SH)/)[0]!.match(/[a-z]+[-_a-z0-9]*/g) ?? []
    const columns = section('COLUMNS')
    for (const name of COLUMN_NAMES) expect(columns).toContain(name)
    for (const name of VERDICTS) expect(section('VERDICTS')).toContain(name)
  })

  it.skipIf(!hasTool('groff')).each(PAGES)('groff reads sockscope-%s.1 without a warning (apt-get install groff-base)', (command) => {
    const { status, stderr } = run('groff', ['-man', '-ww', '-z', join(ROOT, 'man', `sockscope-${command}.1`)])
    expect([status, stderr]).toEqual([0, ''])
  })
})
