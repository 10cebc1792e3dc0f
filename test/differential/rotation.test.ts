/** -C, -G, -W and -z over files that are read: the same files as the installed tcpdump makes, byte for byte. Live: live-writing.test.ts. */
import { createHash } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasTool, run, sockscope } from '../run.js'

let dir = ''
let big = ''

/** Frames of three lengths, 6 MB of them. */
function capture(): Buffer {
  const records = [Buffer.from('d4c3b2a1020004000000000000000000' + '0000040001000000', 'hex')]
  for (let n = 0; n < 9000; n++) {
    const length = [60, 500, 1400][n % 3]!
    const record = Buffer.alloc(16 + length, n & 0xff)
    for (const [at, word] of [1_700_000_000 + Math.floor(n / 100), (n % 100) * 10_000, length, length].entries()) record.writeUInt32LE(word, at * 4)
    records.push(record)
  }
  return Buffer.concat(records)
}

const contents = (folder: string): [string, string][] => readdirSync(folder).sort().map((name) => [name, createHash('sha256').update(readFileSync(join(folder, name))).digest('hex')])
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'sockscope-rotation-'))
  chmodSync(dir, 0o777)
  big = join(dir, 'big.pcap')
  writeFileSync(big, capture())
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

describe.skipIf(!hasTool('tcpdump', ['--version'], /tcpdump version 4\.99\.3/))('rotation as tcpdump 4.99.3 (apt-get install tcpdump)', () => {
  it.each([
    { args: '-C 1', files: ['f', 'f1', 'f2', 'f3', 'f4', 'f5', 'f6'] },
    { args: '-C 1 -W 3', files: ['f0', 'f1', 'f2'] },
    { args: '-C 1 -W 7', files: ['f0', 'f1', 'f2', 'f3', 'f4', 'f5', 'f6'] },
    { args: '-C 1 -W 12', files: ['f00', 'f01', 'f02', 'f03', 'f04', 'f05', 'f06'] },
    { args: '-C 1 -W 1', files: ['f'] },
    { args: '-C 7', files: ['f'] },
    { args: '-W 2', files: ['f'] },
    { args: '-G 3600', files: ['f'] },
    { args: '-G 3600 -W 1', files: ['f'] },
    { args: '-G 3600 -C 2', files: ['f', 'f1', 'f2', 'f3'] },
    { args: '-G 3600 -C 2 -W 2', files: ['f0', 'f1'] },
    { args: '-C 1 -W 100 -c 2000', files: ['f00', 'f01'] },
    { args: '-U -C 2 less 100', files: ['f'] },
  ])('$args', ({ args, files }) => {
    const made = args.replaceAll(/\W/g, '_')
    const [theirs, ours] = ['theirs', 'ours'].map((who) => mkdtempSync(join(dir, `${who}${made}`)))
    expect(run('tcpdump', ['-Z', 'root', '-r', big, '-w', join(theirs!, 'f'), ...args.split(' ')]).status).toBe(0)
    expect(sockscope(['tcpdump', '-r', big, '-w', join(ours!, 'f'), ...args.split(' ')])).toMatchObject({ status: 0 })
    expect(readdirSync(ours!).sort()).toEqual(files)
    expect(contents(ours!)).toEqual(contents(theirs!))
  })

  it('strftime names are filled in with -G only', () => {
    const time = String(Math.floor(Date.now() / 1000)).slice(0, 6) // of the same weeks
    for (const [args, name] of [['-G 3600 -C 3', new RegExp(`^%f-${time}\\d+-.1?$`)], ['-C 3', /^%%f-%s-\.1?$/]] as const) {
      const folders = ['theirs', 'ours'].map((who) => mkdtempSync(join(dir, `${who}-names`)))
      run('tcpdump', ['-Z', 'root', '-r', big, '-w', join(folders[0]!, '%%f-%s-.'), ...args.split(' ')])
      expect(sockscope(['tcpdump', '-r', big, '-w', join(folders[1]!, '%%f-%s-.'), ...args.split(' ')])).toMatchObject({ status: 0 })
      for (const folder of folders) {
        expect(readdirSync(folder).length).toBe(3)
        for (const made of readdirSync(folder)) expect(made.replace(/2$/, '1')).toMatch(name)
      }
    }
  })

  it('-z runs on each file that a rotation closed, by both', async () => {
    const note = join(dir, 'note.sh')
    writeFileSync(note, '#!/bin/sh\nprintf "%s %s\\n" "$(basename "$1")" "$(wc -c < "$1")" >> "$(dirname "$1")/log"\n')
    chmodSync(note, 0o755)
    const logs = []
    for (const who of ['theirs', 'ours']) {
      const folder = mkdtempSync(join(dir, `${who}-z`)), args = ['-r', big, '-w', join(folder, 'f'), '-C', '2', '-z', note]
      if (who === 'theirs') run('tcpdump', ['-Z', 'root', ...args])
      else expect(sockscope(['tcpdump', ...args])).toMatchObject({ status: 0 })
      for (let tries = 0; tries < 100 && readFileSync(join(folder, 'log'), { encoding: 'utf8', flag: 'a+' }).split('\n').length < 4; tries++) await sleep(20)
      await sleep(100)
      logs.push(readFileSync(join(folder, 'log'), 'utf8').split('\n').sort())
    }
    expect(logs[0]).toHaveLength(4)
    expect(logs[1]).toEqual(logs[0])
  })
})

describe('what -C, -G, -W and -z are given', () => {
  it.each([
    { args: '-C 0', says: '-C 0: invalid file size (give a number from 1 to 1000000000)' },
    { args: '-C 10k', says: '-C 10k: invalid file size (give a number from 1 to 1000000000)' },
    { args: '-G 0', says: '-G 0: invalid number of seconds (give a number from 1 to 1000000000)' },
    { args: '-W -1', says: '-W -1: invalid number of output files (give a number from 1 to 1000000000)' },
  ])('$args', ({ args, says }) => {
    const { status, stderr, stdout } = sockscope(['tcpdump', '-r', big, '-w', join(dir, 'none'), ...args.split(' ')])
    expect([status, stderr, stdout.length]).toEqual([1, `sockscope tcpdump: ${says}\n`, 0])
    expect(readdirSync(dir)).not.toContain('none')
  })

  it('standard output cannot be followed by another file', () => {
    expect(sockscope(['tcpdump', '-r', big, '-w', '-', '-C', '1'])).toMatchObject({ status: 1, stderr: 'sockscope tcpdump: -w -: standard output cannot be followed by another file (leave out -C and -G, or name a file)\n' })
  })

  it('a -z that cannot be run is said each time, and the files are there', () => {
    const folder = mkdtempSync(join(dir, 'no-z'))
    const { status, stderr } = sockscope(['tcpdump', '-r', big, '-w', join(folder, 'f'), '-C', '3', '-z', '/nonexistent/command'])
    expect([status, stderr.replace(/^reading.*\n/, '')]).toEqual([0, 'sockscope tcpdump: -z /nonexistent/command: no such file or directory\n'.repeat(2)])
    expect(readdirSync(folder)).toHaveLength(3)
  })

  it('each pcapng file of a row can be read by itself, and together they are the capture', () => {
    const folder = mkdtempSync(join(dir, 'ng'))
    expect(sockscope(['tcpdump', '-r', big, '--pcapng', '-w', join(folder, 'f'), '-C', '2'])).toMatchObject({ status: 0 })
    const print = (path: string): string => sockscope(['tcpdump', '-nn', '-tt', '-e', '-r', path]).stdout.toString()
    const files = readdirSync(folder).sort()
    expect(files).toEqual(['f', 'f1', 'f2', 'f3'])
    expect(files.map((name) => print(join(folder, name))).join('')).toBe(print(big))
  })
})
