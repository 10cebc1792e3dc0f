/** Whole output of the installed tcpdump 4.99.3 against ours, over every fixture, flag set and cut. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cutRecords } from '../capture/cut.js'
import { ROOT, hasTool, run, sockscope } from '../run.js'

const there = hasTool('tcpdump', ['--version'], /tcpdump version 4\.99\.3/)
const FIXTURES = join(ROOT, 'test/fixtures/pcap')
const captures = readdirSync(FIXTURES).filter((name) => /\.pcap(ng)?$/.test(name))

/** Captures that libpcap refuses and we read: docs/output.md, "Capture files". */
const REFUSED_BY_LIBPCAP = /^(mixed-links|late-link|two-byte-orders)/

const FLAG_SETS = [
  '-nn', '-n -v', '-nn -vv', '-n -vvv', '-nn -e', '-nn -S', '-nn -q', '-nn -qq', '-nn -qv', '-nn -t', '-nn -tt', '-nn -ttt', '-nn -tttt', '-nn -ttttt',
  '-nn -x', '-nn -xx', '-nn -X', '-nn -XX', '-nn -A', '-nn -AA', '-nn -#', '-nn -c 3', '--count -nn', '-nn -K -v', '-nn -tt --micro',
  '-nnveXX', '-nnSvvve#', '-nn -l', '-nn -U', '-nn -e -q', '-nn -vv -A -tttt', '-nn -N -t', '-n -M secret -v', '-nn -T domain',
]

/** A message about the file itself is worded differently (docs/output.md): only stdout and the status are compared. */
function compare(path: string, flags: string): void {
  const args = [...flags.split(' '), '-r', path]
  const theirs = run('tcpdump', args)
  const ours = sockscope(['tcpdump', ...args])
  expect(ours.stdout.toString('latin1')).toBe(theirs.stdout.toString('latin1'))
  expect(ours.status).toBe(theirs.status)
}

describe.skipIf(!there)('tcpdump 4.99.3 (apt-get install tcpdump)', () => {
  const readable = captures.filter((name) => !REFUSED_BY_LIBPCAP.test(name))

  it('has fixtures to compare', () => expect(readable.length).toBeGreaterThan(20))

  // All fixtures in one run each side (-V) keep a flag set to two processes; one that differs is then found by name.
  let dir = ''
  beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'sockscope-'))))
  afterAll(() => rmSync(dir, { recursive: true }))

  it.each(FLAG_SETS)('%s', (flags) => {
    const list = join(dir, 'list')
    writeFileSync(list, readable.map((name) => `${join(FIXTURES, name)}\n`).join(''))
    const args = [...flags.split(' '), '-V', list]
    const theirs = run('tcpdump', args)
    const ours = sockscope(['tcpdump', ...args])
    if (!ours.stdout.equals(theirs.stdout) || ours.status !== theirs.status) {
      for (const name of readable) compare(join(FIXTURES, name), flags)
      expect(ours.stdout.toString('latin1')).toBe(theirs.stdout.toString('latin1'))
    }
    expect(ours.stderr).toBe(theirs.stderr)
  })

  it.each(readable)('%s, alone', (name) => {
    compare(join(FIXTURES, name), '-nn -e -vv')
    compare(join(FIXTURES, name), '-nn --nano -x') // with -V tcpdump reads later files in microseconds
  })

  it.each(readable.filter((name) => name.endsWith('.pcap') && name !== 'kuznetzov.pcap'))('%s, every record cut at every length', (name) => {
    const cut = join(dir, 'cut.pcap')
    writeFileSync(cut, cutRecords(readFileSync(join(FIXTURES, name))))
    compare(cut, '-nn')
    compare(cut, '-nn -vvv -e')
  })
})
