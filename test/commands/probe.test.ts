/** `sockscope probe` as a user starts it: what it prints, its exit statuses, and that nothing is left behind whatever happens to it. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { EXPERIMENTS } from '../../src/probe/registry.js'
import { hasTool, isRoot, PROGRAM, run, sockscope } from '../run.js'

const root = isRoot()
const NOBODY = 65534
interface Claim {
  readonly experiment: string
  readonly claim: string
  readonly verdict: string
  readonly expected: unknown
  readonly observed: unknown
  readonly reason?: string
  readonly optional?: true
}
const claimsOf = (stdout: Buffer): Claim[] => stdout.toString().trim().split('\n').map((line) => JSON.parse(line) as Claim)
const asNobody = (args: readonly string[], path = process.env['PATH']!): ReturnType<typeof run> => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [PROGRAM, ...args], { uid: NOBODY, gid: NOBODY, env: { ...process.env, PATH: path } })
  return { stdout, stderr: stderr.toString(), status }
}

describe('the command line', () => {
  it('--list names every experiment with a line', () => {
    const { stdout, status } = sockscope(['probe', '--list'])
    expect(status).toBe(0)
    const lines = stdout.toString().trimEnd().split('\n')
    expect(lines.map((line) => line.split(' ')[0])).toEqual([...EXPERIMENTS.keys()])
    for (const line of lines) expect(line).toMatch(/^\S+ {2,}\S.{20}/)
    const json = sockscope(['probe', '--list', '--json']).stdout.toString().trim().split('\n').map((line) => JSON.parse(line) as { experiment: string; summary: string })
    expect(json.map(({ experiment }) => experiment)).toEqual([...EXPERIMENTS.keys()])
  })

  it.each([
    { args: [], says: 'no experiment named (give names, or all; sockscope probe --list shows them)' },
    { args: ['nonesuch'], says: 'nonesuch: no such experiment (sockscope probe --list shows them)' },
    { args: ['names', '--style', 'baroque'], says: /--style <style>.*baroque/ },
    { args: ['--nonesuch'], says: /unknown option '--nonesuch'/ },
  ])('$args: status 2 and one line', ({ args, says }) => {
    const { stdout, stderr, status } = sockscope(['probe', ...args])
    expect([status, stdout.toString()]).toEqual([2, ''])
    expect(stderr).toMatch(/^sockscope probe: .*\n$/)
    if (typeof says === 'string') expect(stderr).toBe(`sockscope probe: ${says}\n`)
    else expect(stderr).toMatch(says)
  })

  it('--help tells the exit statuses', () => {
    const { stdout, status } = sockscope(['probe', '--help'])
    expect(status).toBe(0)
    for (const word of ['--list', '--json', '--trace', '--style', '-v, --verbose', 'Exit status: 0 all claims hold; 1 one differs; 2']) expect(stdout.toString()).toContain(word)
  })

  it('runs an experiment named twice once', () => {
    const names = claimsOf(sockscope(['probe', '--json', 'names', 'names']).stdout)
    expect(new Set(names.map(({ claim }) => claim)).size).toBe(names.length)
  })
})

describe.skipIf(!root)('what it prints', () => {
  it('claims with expectation, observation, verdict and source', () => {
    const { stdout, status, stderr } = sockscope(['probe', 'names'])
    expect([status, stderr]).toEqual([0, ''])
    const lines = stdout.toString().trimEnd().split('\n')
    expect(lines[0]).toMatch(/^names: implicit bind/)
    expect(lines.at(-1)).toMatch(/^(\d+) claims: \1 hold, 0 differ, 0 could not be looked at$/)
    for (const line of lines.slice(1, -1)) expect(line).toMatch(/^ {2}holds {4}\S.*: expected .*, observed .* \[.*\]$/)
  })

  it('--trace: segments between the steps, and both ends as netstat has them', () => {
    const text = sockscope(['probe', 'close', '--trace']).stdout.toString()
    expect(text).toMatch(/-- the client calls close\(\)\n {4}\d\d:\d\d:\d\d\.\d{6} IP 127\.0\.0\.1\.\d+ > 127\.0\.0\.1\.\d+: Flags \[F\.\], seq 1, ack 1, win \d+, options \[.*\], length 0\n/)
    expect(text).toMatch(/ {4}client {3}tcp {6}0 {6}0 127\.0\.0\.1:\d+ +127\.0\.0\.1:\d+ +FIN_WAIT2\n {4}server {3}tcp {6}0 {6}0 127\.0\.0\.1:\d+ +127\.0\.0\.1:\d+ +CLOSE_WAIT\n/)
    expect(text).not.toContain('\x1b') // no terminal, no colours
    const classic = sockscope(['probe', 'close', '--trace', '--style', 'classic']).stdout.toString()
    expect(classic).toMatch(/IP 127\.0\.0\.1\.\d+ > 127\.0\.0\.1\.\d+: S \d+:\d+\(0\) win \d+ <mss \d+,sackOK/)
  })

  it('-v: every call with its result', () => {
    const text = sockscope(['probe', 'names', '-v']).stdout.toString()
    expect(text).toMatch(/-- a second bind\(\)\n {4}bind\(\d+, 127\.0\.0\.1:0\) = -1 EINVAL\n/)
    expect(text).toMatch(/ {4}sendto\(\d+, "x", 0, 127\.0\.0\.1:\d+\) = 1\n/)
    expect(text).not.toContain('--trace')
  })

  it('--json: one object a claim on stdout; calls and segments go to stderr', () => {
    const { stdout, stderr, status } = sockscope(['probe', '--json', '-v', '--trace', 'names', 'reset'])
    expect(status).toBe(0)
    const claims = claimsOf(stdout)
    expect(new Set(claims.map(({ experiment }) => experiment))).toEqual(new Set(['names', 'reset']))
    for (const claim of claims) expect(Object.keys(claim)).toEqual(expect.arrayContaining(['experiment', 'claim', 'says', 'source', 'expected', 'observed', 'verdict']))
    expect(stderr).toMatch(/Flags \[S\]/)
    expect(stderr).toMatch(/connect\(\d+, 127/)
    expect(stderr).not.toContain('holds')
  })
})

/** In a namespace whose settings are changed first; probe carries them into those of the experiments. */
const withSetting = (name: string, value: string, experiment: string): { readonly status: number | null; readonly claims: readonly Claim[] } => {
  const { stdout, status, stderr } = run('unshare', ['-n', 'sh', '-c', `ip link set lo up && echo "$1" > "/proc/sys/${name}" && exec "$0" "$2" probe --json "$3"`, process.execPath, value, PROGRAM, experiment])
  expect(stderr).toBe('')
  return { status, claims: claimsOf(stdout) }
}

describe.skipIf(!root || !hasTool('unshare') || !hasTool('ip', ['-V']))('a setting that is changed turns the verdicts that speak of it, and no other', () => {
  it.each([
    { name: 'net/ipv4/tcp_sack', value: '0', experiment: 'handshake', turned: ['agreedSack', 'offersSack'] },
    { name: 'net/ipv4/tcp_window_scaling', value: '0', experiment: 'handshake', turned: ['agreedScale', 'offersScale'] },
    { name: 'net/ipv4/tcp_timestamps', value: '0', experiment: 'handshake', turned: ['agreedTimestamps', 'offersTimestamps'] },
    { name: 'net/ipv4/tcp_ecn', value: '1', experiment: 'handshake', turned: ['agreedEcn', 'asksNoEcn'] },
    { name: 'net/ipv4/tcp_ecn', value: '1', experiment: 'reset', turned: [] },
    { name: 'net/ipv4/tcp_fin_timeout', value: '20', experiment: 'close', turned: ['finTimeout'] },
    { name: 'net/ipv4/ip_local_port_range', value: '9000 9900', experiment: 'names', turned: ['connectPort'] },
    { name: 'net/ipv4/tcp_stdurg', value: '1', experiment: 'send-flags', turned: ['oobByte', 'oobStream'] },
    { name: 'net/ipv4/tcp_timestamps', value: '0', experiment: 'time-wait', turned: ['sameName'] },
    { name: 'net/ipv4/tcp_rmem', value: '4096 65536 6291456', experiment: 'buffers', turned: ['receiveDefault'] },
    { name: 'net/ipv4/tcp_rmem', value: '4096 131072 1000000', experiment: 'buffers', turned: ['path'] },
    { name: 'net/ipv4/tcp_wmem', value: '4096 32768 4194304', experiment: 'buffers', turned: ['sendDefault'] },
    { name: 'net/ipv4/tcp_window_scaling', value: '0', experiment: 'buffers', turned: ['inTimeWindow', 'scale'] },
    { name: 'net/ipv4/tcp_moderate_rcvbuf', value: '0', experiment: 'buffers', turned: ['grows'] },
    { name: 'net/ipv4/tcp_notsent_lowat', value: '2000', experiment: 'buffers', turned: ['unsentWithout'] },
    { name: 'net/ipv4/tcp_keepalive_time', value: '60', experiment: 'keepalive', turned: ['idle'] },
    { name: 'net/ipv4/tcp_keepalive_intvl', value: '5', experiment: 'keepalive', turned: ['interval'] },
    { name: 'net/ipv4/tcp_keepalive_probes', value: '3', experiment: 'keepalive', turned: ['count'] },
    { name: 'net/ipv4/tcp_stdurg', value: '1', experiment: 'oob', turned: ['after', 'oneByte', 'stops'] },
  ])('$name = $value: $experiment $turned', ({ name, value, experiment, turned }) => {
    const { status, claims } = withSetting(name, value, experiment)
    expect(claims.filter(({ verdict }) => verdict !== 'holds' && verdict !== 'unavailable').map(({ claim }) => claim).sort((a, b) => (a < b ? -1 : 1))).toEqual(turned)
    expect(status).toBe(turned.length > 0 ? 1 : 0)
  })
})

/** These are the whole machine's: changed only where it is ours alone. */
it.skipIf(!root || process.env['CI'] !== 'true')('net/core/rmem_max below what is asked for turns what is granted', () => {
  const file = '/proc/sys/net/core/rmem_max'
  const before = readFileSync(file)
  try {
    writeFileSync(file, '150000')
    const claims = claimsOf(sockscope(['probe', '--json', 'buffers']).stdout)
    expect(claims.filter(({ verdict }) => verdict !== 'holds').map(({ claim }) => claim)).toEqual(['granted', 'tooLate'])
  } finally {
    writeFileSync(file, before)
  }
})

describe.skipIf(!root)('who may what', () => {
  it('an unprivileged user gets a namespace of a user namespace, and the same answers', () => {
    const { stdout, stderr, status } = asNobody(['probe', '--json', 'handshake', 'simultaneous-close', 'reset'])
    expect([stderr, status]).toEqual(['', 0])
    expect(claimsOf(stdout).map(({ verdict }) => verdict)).not.toContain('unavailable')
  })

  it('without the right to any namespace: status 2, with what is missing; what needs none runs', () => {
    const { stdout, status } = asNobody(['probe', '--json', 'names', 'simultaneous-close'], '/nonexistent')
    expect(status).toBe(2)
    for (const { experiment, verdict, reason } of claimsOf(stdout)) {
      if (experiment === 'names') expect(verdict).toBe('holds')
      else expect([verdict, reason]).toEqual(['unavailable', 'needs a network namespace of its own (run with sudo)'])
    }
  })
})

/** Processes that belong to a run: the program itself, or one that it gave its mark. */
function processes(mark: string): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`PROBE_TEST=${mark}`)
    } catch {
      return false // gone meanwhile
    }
  })
}

function namespaces(): Set<string> {
  const found = new Set<string>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      found.add(readlinkSync(`/proc/${name}/ns/net`))
    } catch {
      // gone meanwhile
    }
  }
  return found
}

/** Files of a run; others may run at the same time. */
const made = (pid: number): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith(`sockscope-probe-${pid}-`))

function start(mark: string, names: readonly string[], user = 0): ChildProcess {
  return spawn(process.execPath, [PROGRAM, 'probe', ...names], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PROBE_TEST: mark }, ...(user === 0 ? {} : { uid: user, gid: user }) })
}

async function until(what: string, look: () => boolean, millis = 3000): Promise<void> {
  for (const limit = Date.now() + millis; !look(); await new Promise((resolve) => setTimeout(resolve, 10))) if (Date.now() > limit) throw new Error(`${what}: not within ${millis} ms`)
}

/** Its worker: the process that is not the program itself and runs the program too. */
const workerOf = (mark: string, pid: number): number | undefined => processes(mark).find((one) => one !== pid && readFileSync(`/proc/${one}/cmdline`, 'latin1').includes('\0probe\0'))

describe.skipIf(!root)('nothing is left behind', () => {
  // moments from the first millisecond to the middle of the longest experiment, another each time
  it.each(
    (['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const).flatMap((signal) => [0, NOBODY].map((user) => ({ signal, user, after: 150 + Math.random() * 6000 }))),
  )('$signal after $after ms as $user', async ({ signal, user, after }) => {
    const mark = `${signal}-${user}-${after}`
    const child = start(mark, ['sendfile', 'shutdown', 'recv-flags', 'fd-passing', 'oob', 'detect', 'linger', 'handshake', 'close'], user)
    const ended = once(child, 'exit') as Promise<[number | null, string | null]>
    child.stdout!.resume()
    child.stderr!.resume()
    await Promise.race([new Promise((resolve) => setTimeout(resolve, after)), ended])
    const inside = new Set(processes(mark).flatMap((pid) => {
      try {
        return [readlinkSync(`/proc/${pid}/ns/net`)]
      } catch {
        return []
      }
    }))
    const home = readlinkSync('/proc/self/ns/net')
    child.kill(signal)
    const [status] = await ended
    const expected = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129, SIGKILL: null }[signal]
    expect([expected, 0, null]).toContain(status) // 0: it was done before; null: killed before it had begun, on a busy machine
    const stay = (): string[] => [...inside].filter((namespace) => namespace !== home && namespaces().has(namespace))
    // a supervisor that is killed cannot wait: its worker follows it at once, which loses its environment first, and its namespaces last
    if (signal === 'SIGKILL') await until('the worker is gone', () => processes(mark).length === 0 && stay().length === 0)
    expect([processes(mark), stay()]).toEqual([[], []])
    expect(made(child.pid!)).toEqual([])
  })

  it('when nobody reads its output any more', async () => {
    const mark = `pipe-${process.pid}`
    const child = start(mark, ['all'])
    const ended = once(child, 'exit') as Promise<[number | null]>
    await once(child.stdout!, 'data')
    child.stdout!.destroy()
    expect((await ended)[0]).toBe(141)
    expect(processes(mark)).toEqual([])
  })

  it('a worker that hangs is killed, its claims could not be looked at, and the next experiment runs', async () => {
    const mark = `stop-${process.pid}`
    const child = start(mark, ['--json', 'linger', 'names'])
    let text = ''
    child.stdout!.setEncoding('utf8').on('data', (more: string) => (text += more))
    const ended = once(child, 'close') as Promise<[number | null]>
    await until('the worker', () => workerOf(mark, child.pid!) !== undefined)
    await new Promise((resolve) => setTimeout(resolve, 500))
    process.kill(workerOf(mark, child.pid!)!, 'SIGSTOP')
    expect((await ended)[0]).toBe(2)
    const claims = claimsOf(Buffer.from(text))
    expect(claims.filter(({ experiment }) => experiment === 'linger').every(({ verdict, reason }) => verdict === 'unavailable' && /^no answer within 6 s(, at the step: .*)?$/.test(reason!))).toBe(true)
    expect(claims.filter(({ experiment, verdict }) => experiment === 'names' && verdict === 'holds').length).toBeGreaterThan(10)
    expect(processes(mark)).toEqual([])
  })

  it('a worker that is killed is said so', async () => {
    const mark = `kill-${process.pid}`
    const child = start(mark, ['--json', 'linger', 'names'])
    let text = ''
    child.stdout!.setEncoding('utf8').on('data', (more: string) => (text += more))
    const ended = once(child, 'close') as Promise<[number | null]>
    await until('the worker', () => workerOf(mark, child.pid!) !== undefined)
    await new Promise((resolve) => setTimeout(resolve, 300))
    process.kill(workerOf(mark, child.pid!)!, 'SIGKILL')
    expect((await ended)[0]).toBe(2)
    expect(claimsOf(Buffer.from(text)).find(({ experiment }) => experiment === 'linger')?.reason).toBe('its process was ended by SIGKILL')
  })
})

it.skipIf(!root)('all of them are done within a minute, and hold here', () => {
  const begin = Date.now()
  const { stdout, status, stderr } = sockscope(['probe', 'all', '--json'])
  const claims = claimsOf(stdout)
  expect(claims.filter(({ verdict, optional }) => verdict === 'differs' || (verdict === 'unavailable' && optional !== true))).toEqual([])
  expect([status, stderr]).toEqual([0, ''])
  expect(new Set(claims.map(({ experiment }) => experiment))).toEqual(new Set(EXPERIMENTS.keys()))
  expect(Date.now() - begin).toBeLessThan(60_000)
})
