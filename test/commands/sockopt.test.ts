import { readFileSync, rmSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { afterEach, describe, expect, it } from 'vitest'
import { run } from '../../src/commands/sockopt.js'
import { KINDS, withFresh } from '../../src/socket/kinds.js'
import { appliesTo, OPTIONS } from '../../src/socket/options.js'
import { readOption } from '../../src/socket/read-options.js'
import { loadSyscalls } from '../../src/socket/syscalls.js'
import { installed, MemoryIo, python, sockscope, type Helper } from '../socket/helper.js'

const isRoot = process.getuid?.() === 0
const helpers: Helper[] = []
async function helper(script: string): Promise<Helper> {
  const one = python(script)
  helpers.push(one)
  expect(await one.line()).toBe('ready')
  return one
}
afterEach(async () => {
  for (const one of helpers.splice(0)) await one.end()
})

interface Shown {
  readonly socket: string
  readonly fd: number
  readonly local_address?: string
  readonly peer_port?: number
  readonly options: Record<string, { readonly value: unknown; readonly default?: unknown; readonly changed?: boolean; readonly error?: string; readonly unit: string | null }>
}

async function shown(...args: string[]): Promise<Shown[]> {
  const io = new MemoryIo()
  expect(await run([...args, '--json'], io), io.stderr).toBe(0)
  return io.stdout.trim().split('\n').map((line) => JSON.parse(line) as Shown)
}

async function refusal(...args: string[]): Promise<string> {
  try {
    await run(args, new MemoryIo())
  } catch (error) {
    return (error as Error).message
  }
  return '(not refused)'
}

/** Python's view of an option that is an int, by level and number. */
const KEEP = ['tcp', 'tcp6', 'udp', 'udp6', 'unix', 'unix-dgram', 'unix-seqpacket', ...(isRoot ? ['raw', 'raw6', 'packet'] : []), 'netlink']

describe('values', () => {
  it.each(KEEP)('of a fresh %s socket are those that python reads', async (name) => {
    const kind = KINDS.find((one) => one.name === name)!
    const sys = await loadSyscalls()
    const other = await helper(`
def opts(family, kind, proto, wanted):
  s=socket.socket(family, kind, proto); out=[]
  for level, number, size in wanted:
    try: out.append(s.getsockopt(level, number, size).hex())
    except OSError as e: out.append(e.errno)
  s.close()
  return out
`)
    // cookies and clocks differ between any two sockets
    const wanted = OPTIONS.filter((option) => option.access.startsWith('r') && option.disturbs === undefined && option.onlyNamed !== true && appliesTo(option, kind.groups) &&
      !['SO_COOKIE', 'TCP_TIMESTAMP', 'TCP_INFO', 'SO_INCOMING_CPU', 'SO_PEERGROUPS', 'SO_PEERCRED', 'TCP_CC_INFO'].includes(option.name) && option.codec.size <= 1024)
    const theirs = JSON.parse(await other.ask(`opts(${kind.family},${kind.type},${kind.protocol},${JSON.stringify(wanted.map(({ level, number, codec }) => [level, number, codec.size]))})`)) as (string | number)[]
    const ours = withFresh(sys, kind, (fd) => wanted.map((option) => {
      try {
        return Buffer.from(readOption(sys, fd, option)).toString('hex')
      } catch (error) {
        return (error as { errno: number }).errno
      }
    }))
    expect(Object.fromEntries(wanted.map(({ name: option }, i) => [option, ours[i]]))).toEqual(Object.fromEntries(wanted.map(({ name: option }, i) => [option, theirs[i]])))
    expect(ours.filter((value) => typeof value === 'string').length).toBeGreaterThan(name === 'tcp' ? 90 : 30)
  })

  it('that a process has set are seen from outside, all of them', async () => {
    // option, python's level and number, what it sets (int or bytes), and what JSON must say
    const tcp: [string, number, number, number | string, unknown][] = [
      ['SO_DEBUG', 1, 1, 0, false], ['SO_REUSEADDR', 1, 2, 1, true], ['SO_DONTROUTE', 1, 5, 1, true], ['SO_BROADCAST', 1, 6, 1, true], ['SO_SNDBUF', 1, 7, 30000, 60000],
      ['SO_RCVBUF', 1, 8, 20000, 40000], ['SO_KEEPALIVE', 1, 9, 1, true], ['SO_OOBINLINE', 1, 10, 1, true], ['SO_NO_CHECK', 1, 11, 1, true], ['IP_TOS', 0, 1, 0x10, 0x10], ['SO_PRIORITY', 1, 12, 4, 4],
      ['SO_LINGER', 1, 13, '010000002a000000', { on: true, seconds: 42 }], ['SO_REUSEPORT', 1, 15, 1, true], ['SO_RCVLOWAT', 1, 18, 77, 77],
      ['SO_RCVTIMEO', 1, 20, '0200000000000000400d030000000000', 2.2], ['SO_SNDTIMEO', 1, 21, '07000000000000000000000000000000', 7],
      ['SO_TIMESTAMPNS', 1, 35, 1, true], ['SO_LOCK_FILTER', 1, 44, 0, false], ['SO_MAX_PACING_RATE', 1, 47, 123456, 123456], ['SO_ZEROCOPY', 1, 60, 1, true], ['SO_RCVMARK', 1, 75, 1, true],
      ['SO_SELECT_ERR_QUEUE', 1, 45, 1, true], ['SO_PEEK_OFF', 1, 42, 3, 3],
      ['IP_TTL', 0, 2, 33, 33], ['IP_PKTINFO', 0, 8, 1, true], ['IP_MTU_DISCOVER', 0, 10, 2, 2], ['IP_RECVERR', 0, 11, 1, true],
      ['IP_RECVTTL', 0, 12, 1, true], ['IP_RECVTOS', 0, 13, 1, true], ['IP_FREEBIND', 0, 15, 1, true], ['IP_MINTTL', 0, 21, 9, 9], ['IP_BIND_ADDRESS_NO_PORT', 0, 24, 1, true],
      ['TCP_NODELAY', 6, 1, 1, true], ['TCP_MAXSEG', 6, 2, 1000, 1000], ['TCP_CORK', 6, 3, 1, true], ['TCP_KEEPIDLE', 6, 4, 61, 61], ['TCP_KEEPINTVL', 6, 5, 11, 11], ['TCP_KEEPCNT', 6, 6, 5, 5],
      ['TCP_SYNCNT', 6, 7, 3, 3], ['TCP_LINGER2', 6, 8, 30, 30], ['TCP_WINDOW_CLAMP', 6, 10, 65000, 65000], ['TCP_CONGESTION', 6, 13, '72656e6f', 'reno'],
      ['TCP_THIN_LINEAR_TIMEOUTS', 6, 16, 1, true], ['TCP_USER_TIMEOUT', 6, 18, 12345, 12345], ['TCP_NOTSENT_LOWAT', 6, 25, 16384, 16384], ['TCP_SAVE_SYN', 6, 27, 1, 1], ['TCP_INQ', 6, 36, 1, true],
    ]
    const udp6: [string, number, number, number | string, unknown][] = [
      ['IPV6_V6ONLY', 41, 26, 1, true], ['IPV6_UNICAST_HOPS', 41, 16, 44, 44], ['IPV6_MULTICAST_HOPS', 41, 18, 7, 7], ['IPV6_MULTICAST_LOOP', 41, 19, 0, false], ['IPV6_RECVPKTINFO', 41, 49, 1, true],
      ['IPV6_RECVHOPLIMIT', 41, 51, 1, true], ['IPV6_RECVTCLASS', 41, 66, 1, true], ['IPV6_TCLASS', 41, 67, 0x20, 0x20], ['IPV6_DONTFRAG', 41, 62, 1, true], ['IPV6_RECVERR', 41, 25, 1, true],
      ['IPV6_MTU_DISCOVER', 41, 23, 3, 3], ['UDP_CORK', 17, 1, 1, true], ['UDP_SEGMENT', 17, 103, 1200, 1200], ['UDP_GRO', 17, 104, 1, true], ['UDP_NO_CHECK6_TX', 17, 101, 1, true], ['SO_RXQ_OVFL', 1, 40, 1, true],
    ]
    const unix: [string, number, number, number | string, unknown][] = [['SO_PASSCRED', 1, 16, 1, true], ['SO_SNDBUF', 1, 7, 10000, 20000], ['SO_PEEK_OFF', 1, 42, 0, 0], ['SO_RCVLOWAT', 1, 18, 5, 5]]
    const list = (rows: readonly [string, number, number, number | string, unknown][]): string => JSON.stringify(rows.map(([, level, number, value]) => [level, number, value]))
    const other = await helper(`
def sets(s, rows):
  for level, number, value in rows: s.setsockopt(level, number, value if isinstance(value,int) else bytes.fromhex(value))
  return s
t=sets(socket.socket(), ${list(tcp)}); u=sets(socket.socket(socket.AF_INET6, socket.SOCK_DGRAM), ${list(udp6)}); x=sets(socket.socket(socket.AF_UNIX), ${list(unix)})
`)
    // 0 to 2 are the socket pairs that node makes as its pipes
    const sockets = (await shown('--pid', String(other.pid))).filter(({ fd }) => fd > 2)
    expect(sockets.map(({ socket }) => socket)).toEqual(['tcp', 'udp6', 'unix'])
    let compared = 0
    for (const [i, rows] of [tcp, udp6, unix].entries()) {
      for (const [name, , , , value] of rows) {
        expect({ [name]: sockets[i]!.options[name]?.value }).toEqual({ [name]: value })
        compared++
      }
    }
    expect(compared).toBeGreaterThanOrEqual(60)
    // what was set, and only that, is changed
    const changed = Object.entries(sockets[2]!.options).filter(([, option]) => option.changed === true).map(([name]) => name)
    expect(changed).toEqual(expect.arrayContaining(['SO_PASSCRED', 'SO_SNDBUF', 'SO_PEEK_OFF', 'SO_RCVLOWAT']))
    const text = new MemoryIo()
    await run(['--pid', String(other.pid), '--fd', String(sockets[2]!.fd), '--changed'], text)
    expect(text.stdout).toMatch(/^unix \(unnamed\), pid \d+ fd \d+, socket \d+\nOption +Level +Unit +Fresh +Value\n/)
    expect(text.stdout).toMatch(/\nSO_PASSCRED +SOL_SOCKET +off +on\n/)
    expect(text.stdout).not.toMatch(/SO_BROADCAST|SO_COOKIE/)
    expect(text.stdout).not.toContain('\x1b')
  })
})

describe('looking does not disturb', () => {
  const CONNECTION = `
l=socket.socket(); l.bind(('127.0.0.1',0)); l.listen(); c=socket.socket(); c.connect(l.getsockname()); a,_=l.accept()
u=socket.socket(socket.AF_INET,socket.SOCK_DGRAM); u.connect(('127.0.0.1',1)); u.send(b'x'); time.sleep(0.05)
a.send(b'unread'); c.setblocking(False)
`
  it('leaves a pending error, O_NONBLOCK and unread data as they are', async () => {
    const other = await helper(CONNECTION)
    const before = await other.ask('[fcntl.fcntl(s, 3) for s in (l,c,a,u)]')
    for (let i = 0; i < 3; i++) await shown('--pid', String(other.pid))
    expect(await other.ask('[fcntl.fcntl(s, 3) for s in (l,c,a,u)]')).toBe(before)
    expect(await other.ask('u.getsockopt(1,4)')).toBe('111') // ECONNREFUSED was still there
    expect(await other.ask('c.recv(100).decode()')).toBe('"unread"')
  })

  it('takes the error only when that was asked for', async () => {
    const other = await helper(CONNECTION)
    const fd = await other.ask('u.fileno()')
    expect(await refusal('--pid', String(other.pid), '--fd', fd, 'SO_ERROR')).toMatch(/^SO_ERROR: reading it clears the pending error.*--disturb/)
    expect((await shown('--pid', String(other.pid), '--fd', fd, 'SO_ERROR', '--disturb'))[0]!.options['SO_ERROR']!.value).toBe(111)
    expect(await other.ask('u.getsockopt(1,4)')).toBe('0')
  })

  it('lets a close be a close', async () => {
    const other = await helper(CONNECTION)
    const pid = String(other.pid)
    // closes while it is looked at again and again: the peer must see the end
    const answer = other.ask('(c.recv(100), time.sleep(0.15), c.close(), a.settimeout(5), a.recv(10).decode())[4]')
    for (const until = Date.now() + 400; Date.now() < until; ) await run(['--pid', pid, '--json'], new MemoryIo())
    expect(await answer).toBe('""')
  })

  it.skipIf(!installed('strace'))('calls nothing but getsockopt, getsockname, getpeername and close on the duplicate', async () => {
    const other = await helper(CONNECTION)
    const trace = `/tmp/sockscope-strace-${process.pid}`
    try {
      const { status, stderr } = spawnSync('strace', ['-f', '-y', '-o', trace, process.execPath, 'bin/sockscope.js', 'sockopt', '--pid', String(other.pid), '--fd', await other.ask('c.fileno()')], {
        encoding: 'utf8', env: { ...process.env, NODE_EXTRA_CA_CERTS: '' },
      })
      expect(status, stderr).toBe(0)
      const inode = await other.ask('os.fstat(c.fileno()).st_ino')
      const lines = readFileSync(trace, 'utf8').split('\n')
      const got = lines.findIndex((line) => line.includes('pidfd_getfd('))
      expect(lines[got]).toContain(`socket:[${inode}]`)
      const calls = lines.slice(got + 1).filter((line) => /^\d+ +\w+\(\d+</.test(line) && (line.includes(`socket:[${inode}]`) || /\(\d+<TCP/.test(line))).map((line) => /^\d+ +(\w+)\(/.exec(line)![1]!)
      expect(new Set(calls)).toEqual(new Set(['getsockopt', 'getsockname', 'getpeername', 'close']))
      expect(calls.filter((call) => call === 'close')).toHaveLength(1)
      expect(calls.at(-1)).toBe('close')
      // none of the options whose reading disturbs
      const dup = lines.slice(got).filter((line) => line.includes(`socket:[${inode}]`) && line.includes('getsockopt('))
      expect(dup.filter((line) => /SO_ERROR|TCP_ZEROCOPY_RECEIVE|TCP_REPAIR|TCP_FASTOPEN_KEY|TCP_SAVED_SYN|SO_ATTACH_FILTER/.test(line))).toEqual([])
      expect(dup.length).toBeGreaterThan(80)
    } finally {
      rmSync(trace, { force: true })
    }
  })

  it('closes the duplicate after an error too', async () => {
    const other = await helper(CONNECTION)
    // The test runner opens and closes some of its own meanwhile; a duplicate left open each time would be twenty.
    const count = (): number => spawnSync('ls', ['-l', `/proc/${process.pid}/fd`], { encoding: 'utf8' }).stdout.split('socket:[').length
    await refusal('--pid', String(other.pid), '--fd', await other.ask('c.fileno()'), 'UDP_CORK')
    const before = count()
    for (let i = 0; i < 20; i++) await refusal('--pid', String(other.pid), '--fd', await other.ask('c.fileno()'), 'UDP_CORK')
    expect(count()).toBeLessThan(before + 10)
  })
})

describe('refusals', () => {
  it('are one clear line each', async () => {
    const other = await helper('s=socket.socket(); f=open("/dev/null")')
    const pid = String(other.pid)
    const fd = await other.ask('s.fileno()')
    expect(await refusal('--pid', '4194303')).toBe('pid 4194303: no such process')
    expect(await refusal('--pid', pid, '--fd', '999')).toMatch(/^pid \d+ fd 999: no such descriptor/)
    expect(await refusal('--pid', pid, '--fd', await other.ask('f.fileno()'))).toMatch(/^pid \d+ fd \d+: not a socket \(it is \/dev\/null\)$/)
    expect(await refusal('--fd', '999')).toMatch(/^pid \d+ fd 999: no such descriptor/)
    expect(await refusal('--pid', pid, '--fd', fd, 'UDP_CORK')).toMatch(/^UDP_CORK: not an option of a tcp socket \(it is for: udp, udplite\)$/)
    expect(await refusal('--set', 'TCP_INFO=1', '--pid', pid)).toBe('--set TCP_INFO: read-only')
    expect(await refusal('--set', 'TCP_KEEPIDLE=99999', '--pid', pid)).toBe('--set TCP_KEEPIDLE: 99999: out of range (1 to 32767)')
    expect(await refusal('--set', 'SO_KEEPALIVE=perhaps', '--pid', pid)).toMatch(/not a flag \(give on or off\)/)
    expect(await refusal('--set', 'SO_KEEPALIVE=on')).toMatch(/^--set: no target/)
    expect(await refusal('--set', 'nope=1', '--pid', pid)).toMatch(/^--set nope=1: no such socket option/)
    expect(await refusal('--set', 'TCP_CONGESTION=nosuch', '--pid', pid, '--fd', fd)).toMatch(/TCP_CONGESTION: ENOENT$/)
    expect(await refusal('SO_RCVBUFF')).toMatch(/^SO_RCVBUFF: no such socket option \(perhaps .*SO_RCVBUF/)
    expect(await refusal('SO_USELOOPBACK')).toMatch(/not on Linux/)
    expect(await refusal('--type', 'nope')).toMatch(/^--type nope: no such kind of socket/)
    expect(await refusal('--level', 'nope')).toMatch(/^--level nope: no such level/)
    expect(await refusal('--nope')).toMatch(/unknown option '--nope' \(Did you mean --type\?\) \(see sockscope sockopt --help\)/)
  })

  it.skipIf(!isRoot)('of another user and without the right to look', async () => {
    const other = await helper('s=socket.socket()')
    const run1 = (...before: string[]): string => spawnSync('setpriv', [...before, process.execPath, 'bin/sockscope.js', 'sockopt', '--pid', String(other.pid)], { encoding: 'utf8', env: { ...process.env, NODE_EXTRA_CA_CERTS: '' } }).stderr
    const line = new RegExp(`^sockscope sockopt: pid ${other.pid}: another user's process, or one that may not be looked into \\(run with sudo; it needs CAP_SYS_PTRACE\\)\\n$`)
    expect(run1('--reuid', '65534', '--regid', '65534', '--clear-groups')).toMatch(line)
    expect(run1('--bounding-set', '-sys_ptrace', '--inh-caps', '-sys_ptrace')).toMatch(line)
  })
})

describe('setting', () => {
  it('says old, asked and now; a dry run sets nothing; one socket or --all', async () => {
    const other = await helper('s=socket.socket(); t=socket.socket()')
    const pid = String(other.pid)
    const [fd] = (JSON.parse(await other.ask('[s.fileno(), t.fileno()]')) as number[]).map(String) as [string]
    const io = new MemoryIo()
    expect(await run(['--pid', pid, '--fd', fd, '--dry-run', '--set', 'rcvbuf=64k'], io)).toBe(0)
    expect(io.stdout).toMatch(/: SO_RCVBUF: 131072 -> asked 64k \(dry run: nothing was set\)\n$/)
    expect(await other.ask('s.getsockopt(1,8)')).toBe('131072')
    const set = new MemoryIo()
    expect(await run(['--pid', pid, '--fd', fd, '--set', 'rcvbuf=64k', '--set', 'SO_LINGER=on,0', '--set', 'TCP_CONGESTION=reno'], set)).toBe(0)
    expect(set.stdout.split('\n').slice(0, 3).map((line) => line.replace(/^pid \d+ fd \d+: /, ''))).toEqual([
      'SO_RCVBUF: 131072 -> asked 64k -> now 131072', 'SO_LINGER: off, 0 s -> asked on,0 -> now on, 0 s', expect.stringMatching(/^TCP_CONGESTION: \w+ -> asked reno -> now reno$/) as string,
    ])
    expect(await other.ask('s.getsockopt(1,13,8).hex()')).toBe('"0100000000000000"')
    expect(await refusal('--pid', pid, '--set', 'SO_KEEPALIVE=on')).toMatch(/^--set: 5 sockets are meant: pid \d+ fd 0, pid \d+ fd 1, pid \d+ fd 2, pid \d+ fd \d+… \(give --fd N for one, or --all\)$/)
    expect(await run(['--pid', pid, '--all', '--set', 'SO_KEEPALIVE=on'], new MemoryIo())).toBe(0)
    expect(await other.ask('[s.getsockopt(1,9), t.getsockopt(1,9)]')).toBe('[1, 1]')
  })
})

describe('the rest', () => {
  it('explains, with every field of TCP_INFO and its unit', async () => {
    const io = new MemoryIo()
    await run(['--explain', 'tcp_info'], io)
    expect(io.stdout).toMatch(/^TCP_INFO: level IPPROTO_TCP, number 11, tcp_info\n/)
    expect(io.stdout).toMatch(/\n {2}rtt +us +Smoothed/)
    const buffer = new MemoryIo()
    await run(['--explain', 'SO_RCVBUF'], buffer)
    expect(buffer.stdout).toMatch(/DOUBLES[^]*listen|LISTENING/i)
    const usual = new MemoryIo()
    await run(['--explain', 'SO_USELOOPBACK'], usual)
    expect(usual.stdout).toMatch(/^SO_USELOOPBACK: not on Linux/)
  })

  it('compares two sockets', async () => {
    const other = await helper('s=socket.socket(); t=socket.socket(); s.setsockopt(1,9,1)')
    const fds = JSON.parse(await other.ask('[s.fileno(), t.fileno()]')) as number[]
    const io = new MemoryIo()
    await run(['keepalive', 'nodelay', '--diff', `${other.pid}:${fds[0]}`, `${other.pid}:${fds[1]}`], io)
    expect(io.stdout.split('\n').slice(2)).toEqual(['Option        A   B    Unit', 'SO_KEEPALIVE  on  off', ''])
  })

  it('takes an inherited descriptor, a filter and a terminal', async () => {
    const other = await helper('l=socket.socket(); l.bind(("127.0.0.1",0)); l.listen()')
    const port = await other.ask('l.getsockname()[1]')
    if (isRoot) expect((await shown('reuseaddr', 'port', port))[0]).toMatchObject({ socket: 'tcp', local_address: '127.0.0.1', options: { SO_REUSEADDR: { value: false } } })
    const { stdout } = spawnSync('python3', ['-c', 'import socket,subprocess,sys\ns=socket.socket(socket.AF_INET,socket.SOCK_DGRAM); s.bind(("127.0.0.1",0))\nsubprocess.run([sys.argv[1],"bin/sockscope.js","sockopt","--fd",str(s.fileno()),"SO_TYPE"],pass_fds=[s.fileno()])', process.execPath], { encoding: 'utf8' })
    expect(stdout).toMatch(/^udp 127\.0\.0\.1:\d+, fd \d+, socket \d+\n[^]*SO_TYPE +SOL_SOCKET +SOCK_DGRAM \(2\)/)
    const terminal = new MemoryIo(true)
    await run(['--type', 'udp', 'rcvbuf'], terminal)
    expect(terminal.stdout).toContain('│ SO_RCVBUF')
  })

  it('watches as often as it is told, until the socket goes', async () => {
    const other = await helper('l=socket.socket(); l.bind(("127.0.0.1",0)); l.listen(); c=socket.socket(); c.connect(l.getsockname())')
    const io = new MemoryIo()
    expect(await run(['--pid', String(other.pid), '--fd', await other.ask('c.fileno()'), '--watch', '0.05', '--count', '2', '--json'], io)).toBe(0)
    const lines = io.stdout.trim().split('\n').map((line) => JSON.parse(line) as Shown)
    expect(lines).toHaveLength(2)
    expect(lines[0]!.options['TCP_INFO']!.value).toMatchObject({ state: 1, snd_mss: expect.any(Number) as number })
    expect(lines[0]!.options['SO_MEMINFO']!.value).toMatchObject({ drops: 0 })
  })

  it('as a program: usage and exit status', () => {
    expect(sockscope('sockopt', '--help').stdout).toMatch(/^Usage: sockopt/)
    expect(sockscope('sockopt', '--pid', '4194303')).toMatchObject({ status: 1, stderr: 'sockscope sockopt: pid 4194303: no such process\n' })
    expect(sockscope('sockopt', '--set', 'SO_TYPE=1', '--type', 'tcp')).toMatchObject({ status: 2, stderr: 'sockscope sockopt: --set SO_TYPE: read-only\n' })
    expect(sockscope('sockopt', '--type', 'udp', 'SO_TYPE').status).toBe(0)
  })
})
