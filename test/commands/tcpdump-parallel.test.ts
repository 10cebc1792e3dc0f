/** Large files printed by several threads: each line as a single thread prints it. */
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateCapture } from '../../bench/generate-capture.mjs'
import { samples } from '../fuzz/damage.js'
import { PROGRAM, ROOT, run, sockscope } from '../run.js'
import { writeMixedCapture } from './mixed-capture.js'

/** 27 MB: above the size from which several threads print. */
const PACKETS = 100_000

let dir = ''
let large = ''
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'sockscope-'))
  large = join(dir, 'large.pcap')
  generateCapture(large, PACKETS, 300)
  // Packets of other kinds among them, and a clock that goes back: what one thread must not print out of turn.
  const fd = openSync(large, 'a')
  for (const name of ['icmp-errors', 'tcp6-exchange', 'ip4-fragments', 'tcp-out-of-order', 'arp', 'udp-exchange']) {
    const b = readFileSync(join(ROOT, `test/fixtures/pcap/${name}.pcap`))
    if (b.readUInt32LE(0) === 0xa1b2c3d4 && b.readUInt32LE(20) === 1) for (let n = 0; n < 200; n++) writeSync(fd, b.subarray(24))
  }
  closeSync(fd)
})
afterAll(() => rmSync(dir, { recursive: true }))

describe('several threads print what one does', () => {
  it.each(['-nn', '-nn -v -e', '-nn -ttt', '-nn -ttttt', '-nn -tttt -#', '-nn -S', '-nn -q', '-nn -X', '--json'])('%s', (flags) => {
    const args = ['tcpdump', ...flags.split(' '), '-r', large]
    const one = sockscope([...args, '--threads', '1'])
    const three = sockscope([...args, '--threads', '3'])
    expect(one.stdout.length).toBeGreaterThan(PACKETS * 60)
    expect(three.stdout.equals(one.stdout)).toBe(true)
    expect(three.stderr).toBe(one.stderr)
    expect(three.status).toBe(0)
  })

  // Most pass, and the threads are started; few do, and the first prints alone.
  it.each([['tcp', 0.9], ['ip and tcp dst port 443', 0.05], ['src net 10.0.128.0/17 or arp or icmp', 0.1]] as const)('-nn -ttt, %s', (expression, share) => {
    const args = ['tcpdump', '-nn', '-ttt', '-#', '-r', large, expression]
    const [one, three] = [1, 3].map((threads) => sockscope([...args, '--threads', String(threads)]))
    expect(one!.stdout.length).toBeGreaterThan(PACKETS * 60 * share)
    expect(three!.stdout.equals(one!.stdout)).toBe(true)
    expect(three!.status).toBe(0)
  })

  it('of a file that is cut, the whole packets and then the message', () => {
    const cut = join(dir, 'cut.pcap')
    writeFileSync(cut, readFileSync(large))
    truncateSync(cut, 20_000_001)
    const [one, three] = [1, 3].map((threads) => sockscope(['tcpdump', '-nn', '-r', cut, '--threads', String(threads)]))
    expect(three!.stdout.equals(one!.stdout)).toBe(true)
    expect(three!.stderr).toBe(one!.stderr)
    expect(three!.stderr).toMatch(/cut at byte 20000001: expected/)
    expect(three!.status).toBe(1)
  })

  it('and end at once when the reader goes away', () => {
    const { stdout } = run('bash', ['-c', `"$0" "$1" tcpdump -nn --threads 3 -r "$2" 2>/dev/null | head -1; echo "\${PIPESTATUS[0]}"`, process.execPath, PROGRAM, large])
    expect(stdout.toString().split('\n')[1]).toBe('141')
  })
})

describe('a capture of everything, damaged, with packets that depend on others', () => {
  let mixed = ''
  beforeAll(async () => {
    mixed = join(dir, 'mixed.pcap')
    writeMixedCapture(mixed, await samples(), 17 << 20)
  })

  it.each(['-nn', '-nn -vvv', '-nn -ttt -e', '-nn -S -q', '--json -n'])('%s', (flags) => {
    const args = ['tcpdump', ...flags.split(' '), '-r', mixed]
    const one = sockscope([...args, '--threads', '1'])
    const three = sockscope([...args, '--threads', '3'])
    expect(one.status).toBe(0)
    expect(one.stdout.length).toBeGreaterThan(5_000_000)
    if (!three.stdout.equals(one.stdout)) {
      const [of1, of3] = [one, three].map(({ stdout }) => stdout.toString('latin1').split('\n'))
      const at = of1!.findIndex((line, i) => line !== of3![i])
      expect(of3!.slice(at, at + 2)).toEqual(of1!.slice(at, at + 2))
    }
    expect(three.stderr).toBe(one.stderr)
    expect(three.status).toBe(0)
  })
})
