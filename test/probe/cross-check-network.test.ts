/** Claims about what goes over the network, against tcpdump and ss in the experiment's namespace, and against Python on the same kernel. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { ClaimEvent } from '../../src/format/probe-events.js'
import { PROGRAM, hasTool, isRoot, run } from '../run.js'

const root = isRoot()
const ENV = { ...process.env, NODE_EXTRA_CA_CERTS: '' }
const claimsOf = (text: string): ReadonlyMap<string, ClaimEvent> => new Map(text.trim().split('\n').map((line) => JSON.parse(line) as ClaimEvent).map((claim) => [claim.claim, claim]))
const probe = (name: string): ReadonlyMap<string, ClaimEvent> => claimsOf(run(process.execPath, [PROGRAM, 'probe', '--json', name]).stdout.toString())

/** The path of a worker's network namespace, once it has one of its own. */
async function namespaceOf(supervisor: ChildProcess): Promise<string> {
  const home = readlinkSync('/proc/self/ns/net')
  for (let i = 0; i < 500; i++) {
    await new Promise((resolve) => setTimeout(resolve, 5))
    try {
      const [worker] = readFileSync(`/proc/${supervisor.pid}/task/${supervisor.pid}/children`, 'latin1').trim().split(' ')
      const path = `/proc/${worker}/ns/net`
      if (worker !== '' && readlinkSync(path) !== home) return path
    } catch {
      // not yet
    }
  }
  throw new Error('the worker has no namespace')
}

it.skipIf(!root || !hasTool('tcpdump') || !hasTool('ss', ['-V']) || !hasTool('nsenter'))('keepalive: the probes, answers and resets that tcpdump sees, and the timers that ss shows', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sockscope-keepalive-'))
  const supervisor = spawn(process.execPath, [PROGRAM, 'probe', '--json', 'keepalive'], { stdio: ['ignore', 'pipe', 'inherit'], env: ENV })
  let stdout = ''
  supervisor.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  const ended = once(supervisor, 'close')
  const namespace = await namespaceOf(supervisor)
  const file = join(directory, 'seen.pcap')
  const capture = spawn('nsenter', [`--net=${namespace}`, 'tcpdump', '-i', 'lo', '-nn', '-U', '--immediate-mode', '-w', file, '-Z', 'root', 'tcp'], { stdio: ['ignore', 'ignore', 'pipe'] })
  try {
    await once(capture.stderr!, 'data')
    await new Promise((resolve) => setTimeout(resolve, 400))
    const timers = run('nsenter', [`--net=${namespace}`, 'ss', '-tnoH', 'state', 'established']).stdout.toString().trim().split('\n')
    await ended
    capture.kill('SIGINT')
    await once(capture, 'close')
    const claims = claimsOf(stdout)
    for (const { claim, verdict } of claims.values()) expect([claim, verdict]).toEqual([claim, 'holds'])

    // five ends that send probes or might: alive, forgotten, dead (client sides); those without keepalive have no timer
    expect(timers.filter((line) => line.includes('timer:(keepalive,'))).toHaveLength(3)

    const lines = run('tcpdump', ['-nn', '-S', '-tt', '-r', file]).stdout.toString('latin1').trim().split('\n')
    const segments = lines.map((line) => /^([\d.]+) IP 127\.0\.0\.1\.(\d+) > 127\.0\.0\.1\.(\d+): Flags \[([^\]]+)\]/.exec(line)!).map(([, time, from, to, flags]) => ({ time: Number(time) * 1000, from: from!, to: to!, flags: flags! }))
    // tcpdump may have been there when they connected
    const connected = segments.findLast(({ flags }) => flags.includes('S'))?.time ?? 0
    const broken = segments.filter(({ time }) => time > connected + 500)
    // the dead connection: one side alone, ended by its own reset; then the experiment is over and closes what is left
    const last = broken.find(({ flags }) => flags === 'R.')!
    const probing = broken.slice(0, broken.indexOf(last) + 1)
    const dead = probing.filter(({ from, to }) => from === last.from && to === last.to)
    expect(probing.filter(({ from }) => from === last.to)).toEqual([])
    expect(dead.filter(({ flags }) => flags === '.')).toHaveLength(claims.get('deadProbes')!.observed as number)
    expect(dead.at(-1)!.flags).toBe(claims.get('givenUp')!.observed)
    // the forgotten one: a probe, and a reset back
    const forgotten = probing.find(({ flags }) => flags === 'R')!
    expect(probing.filter(({ from, to }) => from === forgotten.to && to === forgotten.from).map(({ flags }) => flags)).toEqual(['.'])
    // the living one: as many answers as probes
    const others = probing.filter(({ from, to }) => ![last.from, last.to, forgotten.from, forgotten.to].includes(from) && ![last.from, last.to].includes(to))
    const [probeOf] = others
    const probes = others.filter(({ from }) => from === probeOf!.from)
    expect(others).toHaveLength(2 * probes.length)
    const told = Number(/^(\d+) probes$/.exec(claims.get('answered')!.detail!)![1])
    expect([probes.length, probes.length + 1]).toContain(told) // the last one is due when the dead peer is given up
  } finally {
    capture.kill('SIGKILL')
    supervisor.kill('SIGINT')
    rmSync(directory, { recursive: true })
  }
})

/** Runs Python in a fresh namespace; what it printed, as JSON. */
function pythonSays(script: string): unknown {
  const { stdout, stderr } = spawnSync('unshare', ['-n', 'sh', '-c', 'ip link set lo up && exec python3 -c "$0"', script], { encoding: 'utf8', timeout: 30_000 })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as unknown
}
const canPython = root && hasTool('python3') && hasTool('unshare') && hasTool('ip', ['-V'])

it.skipIf(!canPython)('oob: flags and urgent pointer on the wire', () => {
  const claims = probe('oob')
  expect([claims.get('flags')!.observed, claims.get('pointer')!.observed]).toEqual(pythonSays(`
import json, socket, struct, time
tap = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0800)); tap.bind(('lo', 0)); tap.setblocking(False)
l = socket.socket(); l.bind(('127.0.0.1', 0)); l.listen(); c = socket.socket(); c.connect(l.getsockname()); s, _ = l.accept()
c.send(b'abc', socket.MSG_OOB); time.sleep(0.1)
while True:
    b = tap.recv(2000)
    t = b[14 + (b[14] & 15) * 4:]
    if t[13] & 0x20: print(json.dumps([''.join(x for bit, x in ((1, 'F'), (2, 'S'), (4, 'R'), (8, 'P'), (16, '.'), (32, 'U')) if t[13] & bit), struct.unpack('!H', t[18:20])[0]])); break
`))
})

it.skipIf(!canPython)('buffers: scales and windows', () => {
  const claims = probe('buffers')
  const [scale, small, listener, synWindow, smallWindow] = pythonSays(`
import json, socket, struct
tap = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0800)); tap.bind(('lo', 0)); tap.setblocking(False)
def syn():
    window = None
    while True:
        try: b = tap.recv(2000)
        except BlockingIOError: return window
        t = b[14 + (b[14] & 15) * 4:]
        if t[13] & 0x3f == 2: window = struct.unpack('!H', t[14:16])[0]
def pair(client=None, listener=None):
    l = socket.socket(); c = socket.socket()
    if listener: l.setsockopt(1, 8, listener)
    if client: c.setsockopt(1, 8, client)
    l.bind(('127.0.0.1', 0)); l.listen(); c.connect(l.getsockname()); s, _ = l.accept()
    return c, s, syn()
def scale(s): return s.getsockopt(6, 11, 104)[6] >> 4
a = pair(); b = pair(4096); d = pair(None, 4096)
print(json.dumps([scale(a[0]), scale(b[0]), '%d B, scale %d' % (d[1].getsockopt(1, 8), scale(d[1])), a[2], b[2]]))
`) as [number, number, string, number, number]
  expect(claims.get('scale')!.detail).toContain(`scale ${scale},`)
  expect([claims.get('beforeScale')!.observed, claims.get('listener')!.observed, claims.get('synWindow')!.observed, claims.get('beforeWindow')!.observed]).toEqual([small, listener, synWindow, smallWindow])
})

it.skipIf(!canPython).each([
  { name: 'sctp', listed: 'SCTP', socket: 'socket.socket(2, 1, 132)' },
  { name: 'dccp', listed: 'DCCP', socket: 'socket.socket(2, 6, 33)' },
])('$name: in this kernel or not', ({ name, listed, socket }) => {
  const there = pythonSays(`
import json, socket
try: ${socket}; there = True
except OSError: there = False
listed = any(line.split()[0] == '${listed}' for line in open('/proc/net/protocols'))
print(json.dumps([there, listed]))
`) as [boolean, boolean]
  const claims = probe(name)
  expect(claims.get('presence')!.detail).toMatch(there[0] ? /^present: .*has/ : /^absent: .*does not have/)
  expect(claims.get('presence')!.observed).toBe(there[0] === there[1] ? 'agrees' : 'does not agree')
  for (const { claim, verdict } of claims.values()) if (claim !== 'presence') expect(verdict).toBe(there[0] ? 'holds' : 'unavailable')
})
