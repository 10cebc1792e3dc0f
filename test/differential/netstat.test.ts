/** Whole output against net-tools 2.10's netstat, over a zoo of sockets; and what it does worse: churn, hostile names. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasTool, PROGRAM, type Ran } from '../run.js'
import { Zoo, canHaveZoo, nobodyCanRun } from './zoo.js'

const OURS = [process.execPath, PROGRAM, 'netstat', '--raw']
const tools = canHaveZoo() && hasTool('netstat', ['-V'], /net-tools 2\.10/)

/** Seconds of a running timer are not the same in two runs. */
const still = (output: Buffer): string => output.toString('latin1').replaceAll(/ (on|keepalive|timewait|probe) \(\d+\.\d\d\//g, ' $1 (T/')

describe.skipIf(!tools)('net-tools 2.10 (needs root, netstat, python3, ip)', () => {
  let zoo: Zoo
  beforeAll(async () => {
    zoo = await Zoo.open()
  })
  afterAll(async () => {
    await zoo.close()
  })

  it.each([
    '', '-a', '-l', '-n', '-an', '-ln', '-tan', '-tln', '-tl', '-t', '-uan', '-uln', '-u', '-wan', '-wln', '-xan', '-xln', '-x', '-xa', '-xanp', '-anp', '-tanp', '-tulpn', '-tane', '-tae',
    '-uane', '-wane', '-xane', '-tano', '-uano', '-wano', '-tanop', '-tanope', '-tanW', '-tuaW', '-wanW', '-tlpnW', '-tan -4', '-tan -6', '-4an', '-6an', '-A unix -a', '-A inet,unix -an',
    '--protocol=inet6 -ln', '--unix --listening --numeric', '--tcp --all --numeric-ports', '-ta --numeric-hosts', '-tae --numeric-users', '-Uan', '-tuUwan', '-al', '-San', '-tS', '--num-h', '--list -t',
    '-r', '-rn', '-rne', '-rnee', '-6rn', '-6r', '-rnC', '-i', '-ia', '-ie', '-g', '-gn', '-6gn', '-gt', '-st', '-su', '-sw', '-s6', '-M',
    '-Q', '--nosuch', '-A foo', '-ir', '-A', '--tcp=1', '-A ipx', '-A bluetooth', 'extra words', '-h', '-rA unix',
  ])('netstat %s', (text) => {
    const args = text.split(' ').filter((word) => word !== '')
    const ask = (argv: readonly string[]): Ran => zoo.run([...argv, ...args])
    for (let tries = 3; ; tries--) {
      const before = ask(['netstat'])
      const ours = ask(OURS)
      const after = ask(['netstat'])
      // Counters and queues move on: what two runs of netstat disagree on is asked again.
      if (still(before.stdout) !== still(after.stdout) && tries > 1) continue
      expect(still(ours.stdout)).toBe(still(before.stdout))
      expect(ours.status).toBe(before.status)
      if (before.status !== 0) expect(ours.stderr).toBe(before.stderr)
      return
    }
  })

  it.skipIf(!nobodyCanRun(PROGRAM))('nobody sees the rows and is told once what is missing', () => {
    for (const args of [['-tanp'], ['-anp'], ['-tan']]) {
      const theirs = zoo.run(['netstat', ...args], { uid: 65534 })
      const ours = zoo.run([...OURS, ...args], { uid: 65534 })
      expect(ours.stdout.toString('latin1')).toBe(theirs.stdout.toString('latin1'))
      expect(ours.stderr).toBe(theirs.stderr)
    }
  })
})

describe.skipIf(!canHaveZoo())('what strangers put into names (needs root, python3, ip)', () => {
  let zoo: Zoo
  beforeAll(async () => {
    zoo = await Zoo.open()
  })
  afterAll(async () => {
    await zoo.close()
  })
  const ours = (...args: readonly string[]): Ran => zoo.run([process.execPath, PROGRAM, 'netstat', ...args])

  it.each(['-tuan', '-tuanU', '-tuane', '-tunl', '-tun'])('%s is the same from socket diagnosis and from /proc', (options) => {
    // Without what counts down, and without the SYN_RECV rows, whose retransmissions the two count differently (-o only).
    const [diag, proc] = ['diag', 'proc'].map((source) => ours(options, '--source', source).stdout.toString())
    expect(diag!.split('\n').length).toBeGreaterThan(5)
    expect(diag).toBe(proc)
  })

  it.each([['-anp'], ['-anpW'], ['-an', '--table', '-p'], ['-an', '--json'], ['-x', '--columns', 'path,program'], ['--summary']])('reaches no terminal: %s', (...args) => {
    const { stdout, status } = ours(...args)
    expect(status).toBe(0)
    // eslint-disable-next-line no-control-regex -- control bytes are what this looks for
    expect(stdout.toString('latin1')).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f\xff\xfe]/)
    expect(Buffer.from(stdout.toString('utf8')).equals(stdout)).toBe(true)
  })
  it('forges no row', () => {
    const { stdout } = ours('-xan')
    expect(stdout.toString()).toMatch(/@x\\x0a0{16}: .*4242 \/run\/forged\.sock$/m)
    expect(stdout.toString()).not.toMatch(/LISTENING +4242 /)
  })
  it('shows every owner in the wide form and in JSON', () => {
    expect(ours('-tlnpW').stdout.toString()).toMatch(/ \d+\/python3,\d+\/ *$/m)
    const rows = ours('-tln', '--json').stdout.toString().trim().split('\n').map((line) => JSON.parse(line) as { owners: { pid: number; fd: number }[] })
    expect(rows.some(({ owners }) => owners.length === 2)).toBe(true)
    expect(rows.every(({ owners }) => owners.every(({ pid, fd }) => pid > 1 && fd >= 0))).toBe(true)
  })
})

describe.skipIf(!canHaveZoo())('churn (needs root, python3, ip)', () => {
  it('a hundred runs: no row twice, none garbled, none of the stable ones missing', async () => {
    const zoo = await Zoo.open('--churn', '4000')
    try {
      for (let round = 0; round < 100; round++) {
        const { stdout, status } = zoo.run([process.execPath, PROGRAM, 'netstat', round % 4 === 0 ? '-tanp' : '-tan', '-4'])
        expect(status).toBe(0)
        const rows = stdout.toString().trimEnd().split('\n').slice(2)
        const pairs = new Set<string>()
        let stable = 0
        for (const row of rows) {
          expect(row).toMatch(/^tcp +\d+ +\d+ [\d.]+:\d+ +[\d.]+:[\d*]+ +[A-Z_0-9]+/)
          const [, , , local = '', remote = ''] = row.split(/ +/)
          if (!remote.endsWith('*')) expect(pairs.has(`${local} ${remote}`), row).toBe(false)
          pairs.add(`${local} ${remote}`)
          if (local.startsWith('127.0.0.3:') && !remote.endsWith('*')) stable++
        }
        expect(stable).toBe(2000)
      }
    } finally {
      await zoo.close()
    }
  }, 180_000)
})
