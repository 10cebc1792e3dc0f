/** What the experiments say they observed, held against others that look at the same: strace, tcpdump, ss, /proc/net, and Python doing the same again. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClaimEvent, FrameEvent, ProbeEvent } from '../../src/format/probe-events.js'
import { experiment } from '../../src/probe/experiment.js'
import { segmentOf } from '../../src/probe/segments.js'
import { optionNamed } from '../../src/socket/options.js'
import { hasTool, isRoot, PROGRAM, run } from '../run.js'
import { runHere } from './run.js'

const root = isRoot()
let directory = ''
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'sockscope-test-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

interface Worked {
  readonly events: readonly ProbeEvent[]
  readonly claim: (id: string) => ClaimEvent
  readonly frames: readonly FrameEvent[]
  /** What strace wrote of the main thread and those beside it. */
  readonly strace: readonly string[]
}

/** Runs experiments as the supervisor's worker does, under strace if asked for: `calls` as -e takes it. */
function work(names: readonly string[], calls?: string): Worked {
  const env = { SOCKSCOPE_PROBE_WORKER: join(directory, 'made') }
  const trace = join(directory, 'strace')
  const program = [process.execPath, PROGRAM, 'probe', ...names]
  const [command, ...args] = calls === undefined ? program : ['strace', '-f', '-qq', '--seccomp-bpf', '-T', '-s', '64', '-e', `trace=${calls}`, '-o', trace, ...program]
  const { stdout, stderr, status } = run(command!, args, { env })
  expect(status, stderr).toBe(0)
  const events = stdout.toString().trim().split('\n').map((line) => JSON.parse(line) as ProbeEvent)
  return {
    events,
    claim: (id) => events.find((event) => event.event === 'claim' && event.claim === id) as ClaimEvent,
    frames: events.filter((event) => event.event === 'frame'),
    strace: calls === undefined ? [] : joined(readFileSync(trace, 'latin1').trim().split('\n')),
  }
}

/** Calls that strace wrote in two parts, as another thread came between, made whole; one blank before each result. */
function joined(lines: readonly string[]): string[] {
  const open = new Map<string, string>()
  const whole: string[] = []
  for (const padded of lines) {
    const line = padded.replace(/\)\s+= /, ') = ')
    const thread = line.split(' ')[0]!
    if (line.includes('<unfinished ...>')) open.set(thread, line.replace(/\s*<unfinished \.\.\.>.*/, ''))
    else if (line.includes(' resumed>')) whole.push((open.get(thread) ?? '') + line.replace(/^.* resumed>/, ''))
    else whole.push(line)
  }
  return whole
}

interface Line {
  readonly flags: string
  readonly seq: number
  readonly ack: number | undefined
  readonly length: number
  readonly text: string
}

/** The frames as the real tcpdump reads them. */
function tcpdump(frames: readonly FrameEvent[]): Line[] {
  const header = Buffer.alloc(24)
  header.writeUInt32LE(0xa1b23c4d, 0)
  header.writeUInt16LE(2, 4)
  header.writeUInt16LE(4, 6)
  header.writeUInt32LE(262144, 16)
  header.writeUInt32LE(1, 20)
  const records = frames.map(({ seconds, nanos, wireLength, bytes }) => {
    const b = Buffer.from(bytes, 'base64')
    const record = Buffer.alloc(16)
    for (const [i, n] of [seconds, nanos, b.length, wireLength].entries()) record.writeUInt32LE(n, i * 4)
    return Buffer.concat([record, b])
  })
  const file = join(directory, 'frames.pcap')
  writeFileSync(file, Buffer.concat([header, ...records]))
  const { stdout } = run('tcpdump', ['-nn', '-S', '-t', '-r', file])
  return stdout.toString('latin1').trim().split('\n').map((text) => ({
    text,
    flags: /Flags \[([^\]]*)\]/.exec(text)?.[1]?.replace('none', '') ?? '',
    seq: Number(/seq (\d+)/.exec(text)?.[1] ?? Number.NaN),
    ack: /, ack (\d+)/.exec(text) === null ? undefined : Number(/, ack (\d+)/.exec(text)![1]),
    length: Number(/length (\d+)$/.exec(text)?.[1] ?? Number.NaN),
  }))
}

const flagsOf = (lines: readonly Line[]): string => lines.map(({ flags }) => flags).join(' ')

describe.skipIf(!root || !hasTool('tcpdump'))('tcpdump', () => {
  it('reads every segment as the experiments do', () => {
    const { frames } = work(['handshake', 'close', 'reset', 'send-flags', 'shutdown', 'cork'])
    const lines = tcpdump(frames)
    expect(lines).toHaveLength(frames.length)
    let compared = 0
    for (const [i, frame] of frames.entries()) {
      const segment = segmentOf({ ...frame, bytes: Buffer.from(frame.bytes, 'base64') })
      const line = lines[i]!
      if (!line.text.includes('Flags [')) {
        expect(segment, line.text).toBeUndefined()
        continue
      }
      compared++
      expect({ flags: segment!.flags, length: segment!.length }, line.text).toEqual({ flags: line.flags, length: line.length })
      if (!Number.isNaN(line.seq)) expect(segment!.seq, line.text).toBe(line.seq)
      if (line.ack !== undefined) expect(segment!.ack, line.text).toBe(line.ack)
    }
    expect(compared).toBeGreaterThan(80)
  })

  it('handshake: flags, numbers, options', () => {
    const { frames, claim } = work(['handshake'])
    const [syn, synAck, ack] = tcpdump(frames)
    expect(flagsOf([syn!, synAck!, ack!])).toBe(claim('segments').observed)
    expect(synAck!.ack! - syn!.seq).toBe(claim('synNumber').observed)
    expect(ack!.ack! - synAck!.seq).toBe(claim('synAckNumber').observed)
    for (const [id, option] of [['offersMss', /mss \d/], ['offersSack', /sackOK/], ['offersScale', /wscale/], ['offersTimestamps', /TS val/]] as const) expect(claim(id).observed, id).toBe(option.test(syn!.text))
  })

  it('close and simultaneous-close: the order of flags, and a number for each FIN', () => {
    const one = work(['close'])
    const fins = tcpdump(one.frames).filter(({ flags }) => flags.includes('F'))
    const onLoopback = tcpdump(one.frames).filter(({ text }) => text.includes('127.0.0.1'))
    expect(flagsOf(onLoopback.slice(3, 7))).toBe(one.claim('segments').observed)
    expect(flagsOf(onLoopback.slice(10))).toBe(one.claim('piggyback').observed)
    expect(fins.length).toBe(6)
    const two = work(['simultaneous-close'])
    const lines = tcpdump(two.frames).slice(3)
    expect(flagsOf(lines)).toBe(two.claim('segments').observed)
    expect(new Set(lines.slice(2).map(({ ack }) => ack! - 1))).toEqual(new Set(lines.slice(0, 2).map(({ seq }) => seq)))
  })

  it('reset and cork: which segments there are, and how long', () => {
    const { frames, claim } = work(['reset'])
    expect(flagsOf(tcpdump(frames).slice(0, 2))).toBe(claim('refusedSegments').observed)
    const cork = work(['cork'])
    const data = tcpdump(cork.frames).filter(({ length, text }) => length > 0 && text.includes('127.0.0.1')).map(({ length }) => length).join(' ')
    const told = ['plain', 'corked', 'more'].map((id) => cork.claim(id).observed).join(' ')
    expect(data).toBe(`${told} 4 4 4 4`)
  })
})

describe.skipIf(!root || !hasTool('tcpdump'))('tcpdump, of single segments', () => {
  it('send-flags: URG, its pointer, and how the bytes are divided', () => {
    const { frames, claim } = work(['send-flags'])
    const data = tcpdump(frames).filter(({ length, text }) => length > 0 && text.includes('Flags'))
    expect(data.slice(0, 1).map(({ length }) => String(length))).toEqual([claim('moreTcp').observed])
    expect(data.slice(1, 4).map(({ length }) => length).join(' ')).toBe(claim('plainTcp').observed)
    const urgent = data.filter(({ flags }) => flags.includes('U'))
    expect(urgent).toHaveLength(1)
    expect(urgent[0]!.text).toContain(`, urg ${String(claim('oobPointer').observed)},`)
  })

  it('shutdown: the FIN, and nothing for SHUT_RD', () => {
    const { frames, claim } = work(['shutdown'])
    const lines = tcpdump(frames)
    // handshake, request, its acknowledgement
    const fin = lines.findIndex(({ flags }) => flags.includes('F'))
    expect(lines[fin]!.flags).toBe(claim('fin').observed)
    expect(lines.slice(0, fin).filter(({ length }) => length > 0).map(({ length }) => length)).toEqual(['request'.length])
  })

  it('time-wait: the FIN that came again, and its second acknowledgement', () => {
    const { frames, claim } = work(['time-wait'])
    const wire = tcpdump(frames).filter(({ text }) => text.includes('10.0.0.2'))
    expect(flagsOf(wire.slice(-4))).toBe(claim('acknowledges').observed)
    expect(wire.at(-2)!.seq).toBe(wire.at(-4)!.seq)
    expect(wire.at(-1)!.ack).toBe(wire.at(-3)!.ack)
  })
})

describe.skipIf(!root || !hasTool('strace'))('strace', () => {
  it('names: every address and every refusal is what the kernel said', () => {
    const { strace, events } = work(['names'], 'getsockname,getpeername,bind')
    const addresses = strace.flatMap((line) => {
      const match = /get(?:sock|peer)name\(.*sin_port=htons\((\d+)\), sin_addr=inet_addr\("([\d.]+)"\).* = 0/.exec(line)
      return match === null ? [] : [`${match[2]}:${match[1]}`]
    })
    const said = events.filter((event) => event.event === 'claim').flatMap(({ observed, detail }) => `${observed} ${detail ?? ''}`.match(/\d+\.\d+\.\d+\.\d+:\d+/g) ?? [])
    expect(said.length).toBeGreaterThan(7)
    for (const address of said) expect(addresses).toContain(address)
    const claims = events.filter((event) => event.event === 'claim')
    expect(strace.filter((line) => / = -1 ENOTCONN/.test(line) && line.includes('getpeername')).length).toBeGreaterThanOrEqual(claims.filter(({ observed }) => observed === 'ENOTCONN').length)
    expect(strace.filter((line) => line.includes('bind(') && line.includes('= -1 EINVAL'))).toHaveLength(1)
  })

  it('reuseaddr: as many refusals as it says', () => {
    const { strace, events } = work(['reuseaddr'], 'bind,listen')
    const refused = events.filter((event) => event.event === 'claim' && event.observed === 'EADDRINUSE')
    expect(strace.filter((line) => / = -1 EADDRINUSE/.test(line))).toHaveLength(refused.length)
  })

  it('linger: how long close() took', () => {
    const { strace, claim } = work(['linger'], 'close,setsockopt')
    const slow = strace.filter((line) => line.includes(' close(')).map((line) => Number(/<([\d.]+)>$/.exec(line)?.[1]) * 1000).filter((millis) => millis > 50)
    // acknowledged, and the two whose time ran out
    expect(slow).toHaveLength(3)
    const late = slow.filter((millis) => millis > 900)
    expect(late).toHaveLength(2)
    for (const id of ['timedLate', 'nonblockingTook']) expect(Math.min(...late.map((millis) => Math.abs(millis - Number(claim(id).observed)))), id).toBeLessThan(100)
    expect(strace.filter((line) => line.includes('SO_LINGER, {l_onoff=1, l_linger=0}'))).toHaveLength(1)
  })

  it('shutdown: SIGPIPE killed the writer, and no one else', () => {
    const { strace, claim } = work(['shutdown'], 'shutdown,write')
    expect(claim('sigpipe').observed).toBe('killed by SIGPIPE')
    expect(strace.filter((line) => line.includes('killed by SIGPIPE'))).toHaveLength(1)
    expect(strace.filter((line) => line.includes('SHUT_WR) = 0')).length).toBeGreaterThanOrEqual(2)
    expect(strace.filter((line) => line.includes('= -1 ENOTCONN'))).toHaveLength(1)
  })

  it('recv-flags: what each recv() gave', () => {
    const { strace, claim } = work(['recv-flags'], 'recvfrom')
    const waitall = strace.filter((line) => line.includes('MSG_WAITALL'))
    expect(waitall.filter((line) => line.includes('"abcdef", 6, MSG_WAITALL')).length).toBe(1)
    // the end, the timeout, the signal, the mark, the datagram, MSG_DONTWAIT: each gave three of six
    expect(waitall.filter((line) => /"abc", 6, MSG_\S*WAITALL.* = 3 /.test(line.replace('MSG_DONTWAIT|', 'MSG_DONTWAIT'))).length).toBe(6)
    expect(strace.some((line) => /"u", 1, MSG_OOB.* = 1 /.test(line))).toBe(claim('oob').observed === 'u')
    expect(strace.some((line) => / 4, MSG_\S*TRUNC.* = 10 /.test(line))).toBe(claim('peekTruncDatagram').observed === 10)
  })

  it('partial-io and sendfile: how many bytes each call moved', () => {
    const io = work(['partial-io'], 'sendto,recvfrom')
    const partial = /^some of it$/.test(String(io.claim('partialWrite').observed)) ? Number(io.claim('partialWrite').detail!.split(' ')[0]) : 0
    expect(io.strace.some((line) => line.includes('1048576, MSG_DONTWAIT') && line.includes(`= ${partial} `))).toBe(true)
    expect(io.strace.filter((line) => line.includes(', 1048576, 0, NULL, 0) = 1048576'))).toHaveLength(1)
    const file = work(['sendfile'], 'sendfile')
    expect(file.strace.filter((line) => line.includes(', 8388608) = 8388608')).length).toBe(6)
    expect(file.strace.filter((line) => line.includes('= -1 EINVAL'))).toHaveLength(1)
    expect(file.strace.some((line) => line.includes('[20] => [30], 10) = 10'))).toBe(file.claim('offsetMoves').observed === 30)
  })
})

describe.skipIf(!root || !hasTool('ss', ['-V']))('ss and /proc/net/tcp', () => {
  /** `ESTAB 127.0.0.1:1 127.0.0.1:2` as ss says it, in net-tools' words. */
  const WORDS: Readonly<Record<string, string>> = { ESTAB: 'ESTABLISHED', 'FIN-WAIT-2': 'FIN_WAIT2', 'CLOSE-WAIT': 'CLOSE_WAIT', 'TIME-WAIT': 'TIME_WAIT', LISTEN: 'LISTEN' }
  const ss = (): string[] => spawnSync('ss', ['-tanoH'], { encoding: 'latin1' }).stdout.trim().split('\n').map((line) => line.trim().split(/\s+/)).map((f) => `${WORDS[f[0]!] ?? f[0]} ${f[3]} ${f[4]} ${f[5] ?? ''}`)

  it('show the same states, and the same TIME_WAIT', async () => {
    const checks: { readonly ours: string; readonly ss: readonly string[]; readonly proc: string }[] = []
    let millis = 0
    const states = experiment({
      claims: { x: { says: 'x', source: 'x', expected: 1 } },
      run: async (p) => {
        const look = (name: string): void => {
          const { state, local, remote } = p.row(name)
          checks.push({ ours: `${state} ${local} ${remote}`, ss: ss(), proc: readFileSync('/proc/thread-self/net/tcp', 'latin1') })
        }
        const { client, server } = p.connect()
        look('client')
        look('server')
        p.sys.close(client)
        await p.reaches('client', 'FIN_WAIT2')
        look('client')
        look('server')
        p.sys.close(server)
        await p.reaches('client', 'TIME_WAIT')
        look('client')
        millis = p.row('client').timerMillis
      },
    })
    const told = await runHere('states', states)
    expect(told.claims.get('x')?.reason).toBe('the experiment did not look at it')
    expect(checks.map(({ ours }) => ours.split(' ')[0])).toEqual(['ESTABLISHED', 'ESTABLISHED', 'FIN_WAIT2', 'CLOSE_WAIT', 'TIME_WAIT'])
    const STATE: Readonly<Record<string, string>> = { ESTABLISHED: '01', FIN_WAIT2: '05', CLOSE_WAIT: '08', TIME_WAIT: '06' }
    for (const { ours, ss: theirs, proc } of checks) {
      expect(theirs.some((line) => line.startsWith(`${ours} `)), `${ours}\n${theirs.join('\n')}`).toBe(true)
      const [state, local, remote] = ours.split(' ')
      const word = (address: string): string => {
        const [host, port] = address.split(':')
        return `${Buffer.from(host!.split('.').map(Number).reverse()).toString('hex').toUpperCase()}:${Number(port).toString(16).toUpperCase().padStart(4, '0')}`
      }
      expect(proc).toContain(` ${word(local!)} ${word(remote!)} ${STATE[state!]} `)
    }
    // ss prints the timer: `timer:(timewait,59sec,0)` or `,1min,`
    expect(checks.at(-1)!.ss.some((line) => /timer:\(timewait,(59sec|1min|59)/.test(line)), checks.at(-1)!.ss.join('\n')).toBe(true)
    expect(millis).toBeGreaterThan(58_000)
  })
})

/** The same again with the socket module of Python, in a namespace of its own. */
const python = (script: string, input: unknown): unknown => {
  const { status, stdout, stderr } = run('unshare', ['-n', 'sh', '-c', 'ip link set lo up && exec python3 -c "$0"', script], { input: JSON.stringify(input) })
  expect(status, stderr).toBe(0)
  return JSON.parse(stdout.toString())
}

describe.skipIf(!root || !hasTool('python3') || !hasTool('unshare') || !hasTool('ip', ['-V']))('Python', () => {
  it('reuseaddr: gets every cell of the matrix', () => {
    const { events } = work(['reuseaddr'])
    const cells = events.filter((event) => event.event === 'claim').filter(({ claim }) => claim.includes('/'))
    expect(cells).toHaveLength(63)
    const theirs = python(`
import socket, json, errno
O = {'none': 0, 'SO_REUSEADDR': socket.SO_REUSEADDR, 'SO_REUSEPORT': socket.SO_REUSEPORT}
def make(o, kind=socket.SOCK_STREAM):
    s = socket.socket(socket.AF_INET, kind)
    if o: s.setsockopt(socket.SOL_SOCKET, o, 1)
    return s
def bound(host, port, o, listens, kind=socket.SOCK_STREAM):
    s = make(o, kind); s.bind((host, port))
    if listens: s.listen()
    return s
def begin(case, o):
    if case in ('time-wait', 'child'):
        l = bound('127.0.0.1', 0, o, True); a = l.getsockname(); c = socket.create_connection(a); s, _ = l.accept()
        if case == 'time-wait': s.close(); c.close(); l.close(); return [], a[1]
        l.close(); return [c, s], a[1]
    host = '0.0.0.0' if case.startswith('wildcard') else '127.0.0.1'
    s = bound(host, 0, o, case.endswith('listens'), socket.SOCK_DGRAM if case == 'udp' else socket.SOCK_STREAM)
    return [s], s.getsockname()[1]
out = {}
for case in ['time-wait', 'child', 'wildcard-listens', 'wildcard-bound', 'same-listens', 'same-bound', 'udp']:
    for a in O:
        for b in O:
            held, port = begin(case, O[a])
            try: x = bound('127.0.0.1', port, O[b], case in ('time-wait', 'child') or case.endswith('listens'), socket.SOCK_DGRAM if case == 'udp' else socket.SOCK_STREAM); r = 'bound'; x.close()
            except OSError as e: r = errno.errorcode[e.errno]
            for s in held: s.close()
            out['%s/%s/%s' % (case, a, b)] = r
print(json.dumps(out))
`, null)
    expect(Object.fromEntries(cells.map(({ claim, observed }) => [claim, observed]))).toEqual(theirs)
  })

  it('accept-inherit: finds the same options inherited', () => {
    const { events } = work(['accept-inherit'])
    const seen = events.filter((event) => event.event === 'claim').filter(({ claim, observed }) => optionNamed(claim) !== undefined && observed !== undefined && !['TCP_DEFER_ACCEPT'].includes(claim))
    expect(seen.length).toBeGreaterThan(50)
    const asked = seen.map(({ claim, detail }) => {
      const option = optionNamed(claim)!
      return { name: claim, level: option.level, number: option.number, size: Math.min(option.codec.size, 256), detail }
    })
    // values that a fresh socket does not have: python tries some, and takes the first that changes what is read
    const theirs = python(`
import socket, struct, json, sys
out = {}
for o in json.load(sys.stdin):
    L, N, S = o['level'], o['number'], o['size']
    read = lambda s: s.getsockopt(L, N, S)
    fresh = None; tries = [struct.pack('i', v) for v in (1, 0, 3, 900, 40000, 20000, 5000, 61, 4096, 100000)] + [struct.pack('ii', 1, 7), struct.pack('qq', 2, 0), b'reno', b'lo\\0', struct.pack('HH', 40000, 50000), struct.pack('>i', 1), struct.pack('I', 16)]
    for v in tries:
        l = socket.socket(); fresh = read(l)
        try: l.setsockopt(L, N, v)
        except OSError: l.close(); continue
        wanted = read(l)
        if wanted == fresh: l.close(); continue
        l.bind(('127.0.0.1', 0)); l.listen()
        c = socket.socket(); c.connect(l.getsockname()); s, _ = l.accept()
        got = read(s)
        out[o['name']] = 'inherited' if got == wanted else 'not inherited' if got == fresh else 'changed'
        for x in (s, c, l): x.close()
        break
print(json.dumps(out))
`, asked) as Record<string, string>
    const ours = Object.fromEntries(seen.map(({ claim, observed }) => [claim, observed]))
    const shared = Object.keys(theirs)
    expect(shared.length).toBeGreaterThan(45)
    expect(Object.fromEntries(shared.map((name) => [name, ours[name]]))).toEqual(theirs)
  })

  it('accept-inherit: finds the same flags inherited', () => {
    const { claim } = work(['accept-inherit'])
    const theirs = python(`
import socket, fcntl, os, json
l = socket.socket(); l.bind(('127.0.0.1', 0)); l.listen()
fcntl.fcntl(l, fcntl.F_SETFD, fcntl.FD_CLOEXEC); fcntl.fcntl(l, 10, 23)
fcntl.fcntl(l, fcntl.F_SETFL, os.O_NONBLOCK | os.O_ASYNC); fcntl.fcntl(l, fcntl.F_SETOWN, os.getpid())
c = socket.socket(); c.connect(l.getsockname())
import ctypes
fd = ctypes.CDLL(None).accept(l.fileno(), None, None)
word = lambda yes: 'inherited' if yes else 'not inherited'
print(json.dumps({'O_NONBLOCK': word(fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_NONBLOCK), 'O_ASYNC': word(fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_ASYNC), 'FD_CLOEXEC': word(fcntl.fcntl(fd, fcntl.F_GETFD) & 1), 'F_SETOWN': word(fcntl.fcntl(fd, fcntl.F_GETOWN)), 'F_SETSIG': word(fcntl.fcntl(fd, 11))}))
`, null) as Record<string, string>
    for (const [id, word] of Object.entries(theirs)) expect(claim(id).observed, id).toBe(word)
  })
})
