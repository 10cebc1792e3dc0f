/** The program over trees that stand in for /proc, its options, and its behaviour on a terminal. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { getopt, type Grammar } from '../../src/commands/getopt.js'
import { fit } from '../../src/format/netstat-table.js'
import { PROGRAM, hasTool, run, sockscope, type Ran } from '../run.js'
import { Terminal } from '../terminal.js'

const base = mkdtempSync(join(tmpdir(), 'sockscope-netstat-'))
afterAll(() => {
  rmSync(base, { recursive: true })
}, 120_000)

const TITLES = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'
const row = (i: number, state = '01', local = '0100007F'): string =>
  `${String(i).padStart(4)}: ${local}:${((i % 60000) + 1).toString(16).toUpperCase().padStart(4, '0')} 0200007F:${(Math.floor(i / 60000) + 80).toString(16).toUpperCase().padStart(4, '0')} ${state} 00000000:00000000 00:00000000 00000000     0        0 ${i + 1} 1 0 20 4 30 10 -1`.padEnd(149)
let trees = 0
function tree(files: Readonly<Record<string, string | Buffer>>): string {
  const root = join(base, String(trees++))
  mkdirSync(join(root, 'net'), { recursive: true })
  for (const [name, content] of Object.entries(files)) writeFileSync(join(root, 'net', name), content)
  return root
}
const netstat = (root: string, ...args: readonly string[]): Ran => sockscope(['netstat', '--proc-root', root, ...args])
const rows = ({ stdout }: Ran): string[] => stdout.toString('latin1').trimEnd().split('\n').slice(2)
const oneLine = /^[^\n]{1,300}\n$/

describe('trees in the place of /proc', () => {
  it('none at all: one line', () => {
    const { stderr, status, stdout } = netstat(join(base, 'nowhere'), '-tan')
    expect([status, stdout.length]).toEqual([1, 0])
    expect(stderr).toMatch(oneLine)
    expect(stderr).toContain('nowhere/net: no such file or directory')
  })
  it('without the table asked for: what net-tools says', () => {
    const { stderr, status } = netstat(tree({}), '-tan')
    expect([status, stderr]).toEqual([1, "netstat: no support for `AF INET (tcp)' on this system.\n"])
  })
  it('without tables, nothing asked for: no rows and no complaint', () => {
    expect(netstat(tree({}), '-an')).toMatchObject({ status: 0, stderr: '' })
  })
  it.each([['-tan'], ['-tan', '--json']])('an empty table: %s', (...args) => {
    expect(netstat(tree({ tcp: '' }), ...args)).toMatchObject({ status: 0, stderr: '' })
  })
  it('a directory in a table’s place: one line', () => {
    const root = tree({})
    mkdirSync(join(root, 'net/tcp'))
    const { stderr, status } = netstat(root, '-tan')
    expect(status).toBe(1)
    expect(stderr).toMatch(oneLine)
    expect(stderr).toContain('is a directory')
  })
  it('cut anywhere in its last line: whole rows, and one line about the rest', () => {
    const text = `${TITLES}\n${row(1)}\n${row(2)}\n${row(3)}\n`
    for (const cut of [1, 60, 100, 150, 151, 200, 301, 350]) {
      const ran = netstat(tree({ tcp: text.slice(0, text.length - cut) }), '-tan')
      expect(ran.status).toBe(0)
      expect(rows(ran).filter((line) => line !== '').every((line) => /^tcp +0 +0 127\.0\.0\.1:\d+ +127\.0\.0\.2:80 +ESTABLISHED$/.test(line))).toBe(true)
      expect(ran.stderr).toMatch(/^(sockscope netstat: .*1 line of a form .*\n)?$/)
    }
  })
  it('over-long lines, garbage, states and addresses that are none: the right rows', () => {
    const ran = netstat(
      tree({ tcp: Buffer.concat([Buffer.from(`${TITLES}\n${row(1)}\n${'A'.repeat(2_000_000)}\n`), Buffer.from(Array.from({ length: 5000 }, (_, i) => i & 255)), Buffer.from(`\n${row(2, '7F')}\n${row(3, '01', '00007F')}\n${row(4, '01', '000100007F')}\n${row(5)}`)]) }),
      '-tan',
    )
    expect(ran.status).toBe(0)
    expect(rows(ran).map((line) => line.split(/ +/)[3])).toEqual(['127.0.0.1:2', '127.0.0.1:3', '127.0.0.1:6'])
    expect(rows(ran)[1]).toContain('UNKNOWN')
    expect(ran.stderr).toMatch(/^sockscope netstat: .*lines of a form the kernel does not write/)
  })
  it('200,000 rows, each once', () => {
    const ran = netstat(tree({ tcp: `${TITLES}\n${Array.from({ length: 200_000 }, (_, i) => row(i)).join('\n')}\n` }), '-tan')
    expect(ran.status).toBe(0)
    expect(new Set(rows(ran)).size).toBe(200_000)
  })
  it('a row the kernel repeats is printed once', () => {
    const timeWait = row(8, '06').replace(/ 9 1 0 20/, ' 0 1 0 20')
    expect(rows(netstat(tree({ tcp: `${TITLES}\n${[row(1), row(2), timeWait, row(1), timeWait, row(3)].join('\n')}\n` }), '-tan'))).toHaveLength(4)
  })
  it('20,000 processes, hostile names, owners that vanish', () => {
    const root = tree({ tcp: `${TITLES}\n${Array.from({ length: 100 }, (_, i) => row(i)).join('\n')}\n` })
    for (let pid = 1; pid <= 20_000; pid++) {
      mkdirSync(join(root, `${pid}${pid % 3 === 0 ? '/fd' : ''}`), { recursive: true })
      if (pid > 90 || pid % 3 !== 0) continue
      symlinkSync(`socket:[${pid}]`, join(root, `${pid}/fd/5`))
      if (pid !== 33) writeFileSync(join(root, `${pid}/cmdline`), pid === 30 ? '__proto__\0' : Buffer.from('e\x1b[31m\nx\xff\0', 'latin1'))
    }
    const plain = netstat(root, '-tanp')
    expect(plain.status).toBe(0)
    expect(rows(plain)[2]).toContain(' 3/e\\x1b[31m\\x0ax\\xff')
    expect(rows(plain)[29]).toContain(' 30/__proto__ ')
    expect(rows(plain)[32]).toContain(' 33/ ')
    expect(rows(netstat(root, '-tanp', '--raw'))[2]).toContain(' 3/e\x1b[31m')
    const owned = netstat(root, '-tan', '--json', 'prog', '__proto__').stdout.toString()
    expect(JSON.parse(owned)).toMatchObject({ inode: 30, pid: 30, program_name: '__proto__' })
  }, 180_000)
  it('announces to root a tree that the environment sets', () => {
    const root = tree({ tcp: `${TITLES}\n` })
    const { stderr } = sockscope(['netstat', '-tan'], { env: { SOCKSCOPE_PROC_ROOT: root } })
    expect(stderr).toBe(process.getuid?.() === 0 ? `sockscope netstat: reading ${root} in place of /proc (SOCKSCOPE_PROC_ROOT is set)\n` : '')
  })
})

describe('options of ours', () => {
  const root = tree({ tcp: `${TITLES}\n${row(1)}\n${row(2, '08')}\n${row(3, '0A').replace('0200007F:0050', '00000000:0000')}\n` })
  it('sorts, picks columns and leaves the titles out', () => {
    const { stdout } = netstat(root, '-tan', '--columns', 'local-port,state', '--sort', 'local-port:desc', '--no-header')
    expect(stdout.toString()).toBe('4  LISTEN\n3  CLOSE_WAIT\n2  ESTABLISHED\n')
  })
  it('filters', () => {
    expect(rows(netstat(root, '-tan', 'state close-wait,listen and not port 4'))).toHaveLength(1)
    expect(rows(netstat(root, '-tan', 'listening'))).toHaveLength(1)
  })
  it('says where a filter is wrong', () => {
    expect(netstat(root, '-tan', 'state', 'clse')).toMatchObject({ status: 3, stderr: expect.stringMatching(/^sockscope netstat: filter, at 7: `clse`: expected a state.*\n$/) as string })
  })
  it('counts', () => {
    expect(netstat(root, '-t', '--summary').stdout.toString()).toBe('Proto  Count  State\ntcp        1  ESTABLISHED\ntcp        1  CLOSE_WAIT\ntcp        1  LISTEN\n')
  })
  it('waits: 0 when a socket matches, 1 when the time is over', () => {
    expect(netstat(root, '-t', '--wait', 'close-wait').status).toBe(0)
    expect(netstat(root, '-t', '--wait', 'port 9', '--timeout', '0.2').status).toBe(1)
  })
  it('waits until a server listens', async () => {
    const waiting = spawn(process.execPath, [PROGRAM, 'netstat', '-t', '--wait', 'listening and port 45871', '--timeout', '20'])
    const ended = new Promise<number | null>((resolve) => waiting.once('exit', resolve))
    await new Promise((resolve) => setTimeout(resolve, 300))
    const server = createServer().listen(45871, '127.0.0.1')
    expect(await ended).toBe(0)
    server.close()
  })
  it.each([
    [['--columns', 'nope'], /no column `nope'/],
    [['--sort', 'local:up'], /expected COLUMN/],
    [['-c', '0', '-t'], /-c 0: not a number of seconds/],
    [['--netns', 'nosuch-name'], /no such namespace/],
  ])('%s is refused in one line', (args, message) => {
    const { stderr, status } = netstat(root, ...args)
    expect(status).not.toBe(0)
    expect(stderr).toMatch(oneLine)
    expect(stderr).toMatch(message)
  })
  it('--table in a pipe has no colour and cuts nothing', () => {
    expect(netstat(root, '-tan', '--table').stdout.toString()).toMatch(/^Proto +Recv-Q +Send-Q +Local Address +Foreign Address +State\ntcp /)
  })
  it('fits columns to a width, the widest giving first', () => {
    expect(fit([5, 40, 10], 80)).toEqual([5, 40, 10])
    const widths = fit([5, 60, 50, 10], 80)
    expect(widths.reduce((sum, width) => sum + width + 3, 1)).toBeLessThanOrEqual(80)
    expect(widths[0]).toBe(5)
  })
})

describe('getopt', () => {
  const grammar: Grammar = {
    short: 'ab:c',
    long: [{ name: 'all', is: 'a', argument: 'none' }, { name: 'also', is: 'z', argument: 'none' }, { name: 'bytes', is: 'b', argument: 'required' }],
    more: [{ name: 'bytes-too', is: 'bt', argument: 'none' }],
  }
  const read = (...args: readonly string[]): unknown => {
    const { options, words, error } = getopt(args, grammar, (is, word) => is === 'c' && /^\d+$/.test(word))
    return [options.map(({ is, value }) => (value === undefined ? is : `${is}=${value}`)).join(' '), words.join(' '), error]
  }
  it.each([
    [['-ab5', 'word', '-a'], ['a b=5 a', 'word', undefined]],
    [['-b', '5', '--', '-a'], ['b=5', '-a', undefined]],
    [['--byt=7', '--bytes', '8', '--all'], ['b=7 b=8 a', '', undefined]],
    [['-c', '3', '-c', 'x'], ['c=3 c', 'x', undefined]],
    [['--al'], ['', '', "option '--al' is ambiguous; possibilities: '--all' '--also'"]],
    [['--all=1'], ['', '', "option '--all' doesn't allow an argument"]],
    [['--bytes'], ['', '', "option '--bytes' requires an argument"]],
    [['-ax'], ['a', '', "invalid option -- 'x'"]],
    [['-b'], ['', '', "option requires an argument -- 'b'"]],
    [['--nope'], ['', '', "unrecognized option '--nope'"]],
  ])('%s', (args, expected) => {
    expect(read(...args)).toEqual(expected)
  })
})

describe.skipIf(!hasTool('tmux', ['-V']))('on a terminal (needs tmux)', () => {
  const root = tree({ tcp: `${TITLES}\n${row(1)}\n${row(2, '08')}\n` })
  const command = (...args: readonly string[]): string => [process.execPath, PROGRAM, 'netstat', '--proc-root', root, ...args].join(' ')

  it.each([80, 200])('--table fits %i columns, coloured by state unless NO_COLOR', async (columns) => {
    const colored = await new Terminal(columns, 40, command('-tanp', '--table')).screen(/status 0/, true)
    expect(colored).toContain('[31mCLOSE_WAIT')
    const lines = stripVTControlCharacters(colored).split('\n')
    expect(lines.some((line) => line.startsWith('┌') && line.trimEnd().endsWith('┐'))).toBe(true)
    expect(lines.filter((line) => line.startsWith('│')).length).toBe(3)
    const plain = await new Terminal(columns, 40, `NO_COLOR=1 ${command('-tan', '--table')}`).screen(/status 0/, true)
    expect(plain).toContain('CLOSE_WAIT')
    expect(plain).not.toContain('[31m')
  })
  it('-c goes on until Ctrl-C', async () => {
    const terminal = new Terminal(80, 40, command('-tan', '-c', '0.2'))
    await terminal.screen(/(Active Internet[^]*){3}/)
    terminal.type('C-c')
    await terminal.screen(/status 130/)
  })
})

it('ends quietly when its reader goes away', () => {
  const root = tree({ tcp: `${TITLES}\n${Array.from({ length: 50_000 }, (_, i) => row(i)).join('\n')}\n` })
  const { stdout, stderr } = run('bash', ['-c', `"$0" "$1" netstat --proc-root "$2" -tan | head -1; echo "\${PIPESTATUS[0]}"`, process.execPath, PROGRAM, root])
  expect(stdout.toString()).toBe('Active Internet connections (servers and established)\n141\n')
  expect(stderr).toBe('')
})
