/** The manual pages: each option of --help is in the page and none besides; groff finds nothing to say. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
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
  it('sockscope-tcpdump.1 has the options that --help has', () => {
    expect(optionsOfHelp('tcpdump').length).toBeGreaterThan(80)
    expect(optionsOfPage('tcpdump')).toEqual(optionsOfHelp('tcpdump'))
  })

  it.skipIf(!hasTool('groff')).each(PAGES)('groff reads sockscope-%s.1 without a warning (apt-get install groff-base)', (command) => {
    const { status, stderr } = run('groff', ['-man', '-ww', '-z', join(ROOT, 'man', `sockscope-${command}.1`)])
    expect([status, stderr]).toEqual([0, ''])
  })
})
