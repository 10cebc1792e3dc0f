/** `sockscope tcpdump` as a user meets it: the built program, files good and bad, pipes, options. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateCapture } from '../../bench/generate-capture.mjs'
import { PROGRAM, ROOT, run, sockscope } from '../run.js'

const fixture = (name: string): string => join(ROOT, 'test/fixtures/pcap', name)
const BOOK = fixture('book-exchange.pcap')
const linesOf = (text: Buffer): string[] => text.toString().split('\n').filter((line) => line !== '')

let dir = ''
beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'sockscope-'))))
afterAll(() => rmSync(dir, { recursive: true }))

describe('one line on stderr and exit 1 for', () => {
  const cases: { why: string; args: () => string[]; input?: Buffer; says: RegExp }[] = [
    { why: 'a missing file', args: () => ['-r', join(dir, 'nope')], says: /nope: no such file or directory/ },
    { why: 'a directory', args: () => ['-r', dir], says: /is a directory/ },
    { why: 'an empty file', args: () => ['-r', file('empty', '')], says: /is empty/ },
    { why: 'a text file', args: () => ['-r', file('text', 'once upon a time\n'.repeat(99))], says: /not a pcap or pcapng file: it is text/ },
    { why: 'a file name with an escape sequence', args: () => ['-r', join(dir, '\x1b[2Jx')], says: /\\x1b\[2Jx/ },
    { why: 'nothing on standard input', args: () => ['-r', '-'], says: /standard input: is empty/ },
    { why: 'half a header on standard input', args: () => ['-r', '-'], input: readFileSync(BOOK).subarray(0, 11), says: /cut at byte 11/ },
    { why: 'a wrong option', args: () => ['--nonesuch'], says: /unknown option '--nonesuch'/ },
    { why: 'an ambiguous option', args: () => ['--n', '-r', BOOK], says: /ambiguous: .*--nano/ },
    { why: '-c 0', args: () => ['-c', '0', '-r', BOOK], says: /-c 0: invalid packet count/ },
    { why: 'six t', args: () => ['-tttttt', '-r', BOOK], says: /only -t, -tt/ },
    { why: 'a wrong packet type', args: () => ['-T', 'x', '-r', BOOK], says: /-T x: unknown packet type/ },
    { why: '-V and -r', args: () => ['-V', 'x', '-r', BOOK], says: /mutually exclusive/ },
    { why: 'a file of secrets that is not there', args: () => ['-E', `file ${join(dir, 'nope')}`, '-r', BOOK], says: /-E: .*nope: no such file or directory/ },
    { why: 'a key with a letter too many', args: () => ['-E', 'aes128:0x00zz', '-r', BOOK], says: /-E: a key has a character that is no hexadecimal digit/ },
    { why: 'files of secrets that name each other', args: () => ['-E', `file ${file('round', `file ${join(dir, 'round')}\n`)}`, '-r', BOOK], says: /too many files that name each other/ },
    { why: 'a snapshot length too large', args: () => ['-s', '400000', '-r', BOOK], says: /invalid snapshot length/ },
  ]
  const file = (name: string, content: string): string => {
    writeFileSync(join(dir, name), content)
    return join(dir, name)
  }

  it.each(cases)('$why', ({ args, input, says }) => {
    const { stdout, stderr, status } = sockscope(['tcpdump', '-n', ...args()], input === undefined ? {} : { input })
    expect(stderr).toMatch(/^sockscope tcpdump: [^\n]+\n$/)
    expect(stderr).toMatch(says)
    expect(stderr).not.toContain('\x1b')
    expect(stdout.length).toBe(0)
    expect(status).toBe(1)
  })
})

describe('a damaged capture', () => {
  const whole = readFileSync(BOOK)
  const all = linesOf(sockscope(['tcpdump', '-nn', '-r', BOOK]).stdout)

  // Each cut is a run of the program: some of them here, all of them in test/capture over the readers.
  it.each([24, 25, 39, 40, 41, 100, whole.length - 1, whole.length])('cut at byte %i prints what is whole', (length) => {
    const { stdout, stderr, status } = sockscope(['tcpdump', '-nn', '-r', '-'], { input: whole.subarray(0, length) })
    const printed = linesOf(stdout)
    expect(printed).toEqual(all.slice(0, printed.length))
    const [banner, ...rest] = stderr.trim().split('\n')
    expect(banner).toMatch(/^reading from file -, link-type EN10MB \(Ethernet\), snapshot length \d+$/)
    if (length === 24 || length === whole.length) {
      expect(rest).toEqual([])
      expect(status).toBe(0)
    } else {
      expect(rest).toHaveLength(1)
      expect(rest[0]).toContain(`cut at byte ${length}: expected`)
      expect(status).toBe(1)
    }
  })
})

describe('pipes', () => {
  it('ends quietly when the reader goes away', () => {
    const large = join(dir, 'large.pcap')
    generateCapture(large, 20_000, 10)
    const { stdout, stderr } = run('bash', ['-c', `"$0" "$1" tcpdump -nn -r "$2" 2>"$3" | head -1; echo "\${PIPESTATUS[0]}"`, process.execPath, PROGRAM, large, join(dir, 'err')])
    expect(stderr).toBe('')
    expect(readFileSync(join(dir, 'err'), 'latin1')).toMatch(/^reading from file [^\n]+\n$/)
    expect(linesOf(stdout).at(-1)).toBe('141')
  })

  it('says it when stdout is full', () => {
    const { stderr, status } = run('bash', ['-c', '"$0" "$1" tcpdump -nn -r "$2" >/dev/full', process.execPath, PROGRAM, BOOK])
    expect(stderr).toContain('sockscope tcpdump: standard output: no space left on device')
    expect(status).toBe(1)
  })

  it('prints what a stalled pipe has delivered', async () => {
    const whole = readFileSync(BOOK)
    const child = spawn(process.execPath, [PROGRAM, 'tcpdump', '-nn', '-r', '-'], { stdio: ['pipe', 'pipe', 'ignore'] })
    child.stdin.write(whole.subarray(0, 24 + 16 + 74 + 5))
    const first = await new Promise<Buffer>((done) => child.stdout.once('data', done))
    expect(linesOf(first)).toHaveLength(1)
    child.stdin.end(whole.subarray(24 + 16 + 74 + 5))
    const rest: Buffer[] = []
    for await (const chunk of child.stdout) rest.push(chunk as Buffer)
    expect(linesOf(Buffer.concat(rest))).toEqual(linesOf(sockscope(['tcpdump', '-nn', '-r', BOOK]).stdout).slice(1))
  })

  it('reads gzip, whatever the name', () => {
    const packed = join(dir, 'capture.txt')
    writeFileSync(packed, gzipSync(readFileSync(BOOK)))
    expect(sockscope(['tcpdump', '-nn', '-r', packed]).stdout).toEqual(sockscope(['tcpdump', '-nn', '-r', BOOK]).stdout)
  })
})

describe('options', () => {
  it('bundle, repeat, stand behind the expression and may be cut short', () => {
    const plain = sockscope(['tcpdump', '-n', '-v', '-v', '-X', '-#', '-r', BOOK, 'tcp']).stdout
    expect(plain.length).toBeGreaterThan(0)
    expect(sockscope(['tcpdump', 'tcp', '-nvvX#r', BOOK]).stdout).toEqual(plain)
    expect(sockscope(['tcpdump', '-nvvX', 'tcp', '--num', `-r${BOOK}`]).stdout).toEqual(plain)
  })

  it('a link called tcpdump is the subcommand', () => {
    const link = join(dir, 'tcpdump')
    symlinkSync(PROGRAM, link)
    expect(run(link, ['-nn', '-c', '1', '-r', BOOK]).stdout).toEqual(sockscope(['tcpdump', '-nn', '-c1', '-r', BOOK]).stdout)
  })

  it('--help names every option that is taken, on stdout', () => {
    const { stdout, status } = sockscope(['tcpdump', '--help'])
    expect(status).toBe(0)
    for (const option of ['-r', '-V', '-c', '--count', '-S', '-ttt', '--nano', '-vv', '-q', '-e', '-XX', '-#', '-K', '-T', '--style', '--json', '-F', '-d', '-O']) expect(stdout.toString()).toContain(option)
  })
})

describe('a newcomer without libpcap, compilers or root', () => {
  it('reads a capture; nothing native is loaded', () => {
    const { stdout, status, stderr } = spawnSync(process.execPath, ['-e', `
      const load = process.dlopen
      process.dlopen = () => { throw new Error('native code was loaded') }
      process.argv = [process.argv[0], ${JSON.stringify(PROGRAM)}, 'tcpdump', '-nn', '-r', ${JSON.stringify(BOOK)}]
      require(${JSON.stringify(PROGRAM)})`], { encoding: 'utf8' })
    expect(stderr).toMatch(/^reading from file/)
    expect(stdout.split('\n').length).toBeGreaterThan(10)
    expect(status).toBe(0)
  })
})
