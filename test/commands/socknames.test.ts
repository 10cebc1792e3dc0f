import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { run } from '../../src/commands/socknames.js'
import { installed, MemoryIo, python, sockscope, type Helper } from '../socket/helper.js'

const isRoot = process.getuid?.() === 0
const ENV = { ...process.env, NODE_EXTRA_CA_CERTS: '' }
const helpers: Helper[] = []
afterEach(async () => {
  for (const one of helpers.splice(0)) await one.end()
})

async function printed(...args: string[]): Promise<string> {
  const io = new MemoryIo()
  expect(await run(args, io), io.stderr).toBe(0)
  return io.stdout
}

async function refusal(...args: string[]): Promise<string> {
  try {
    await run(args, new MemoryIo())
  } catch (error) {
    return (error as Error).message
  }
  return '(not refused)'
}

describe('the experiment', () => {
  it('prints the book\'s four lines', async () => {
    const text = await printed('0', '--hold', '0')
    const match = /^getsockname\(connFd\): {3}\((\S+), (\d+)\)\ngetsockname\(acceptFd\): \((\S+), (\d+)\)\ngetpeername\(connFd\): {3}\((\S+), (\d+)\)\ngetpeername\(acceptFd\): \((\S+), (\d+)\)\n$/.exec(text)
    expect(match, text).not.toBeNull()
    const [, host, conn, , accept, , connPeer, , acceptPeer] = match!
    expect(host).toBe('localhost')
    expect(connPeer).toBe(accept)
    expect(acceptPeer).toBe(conn)
    expect(conn).not.toBe(accept)
  })

  it('over IPv6, in numbers, as JSON', async () => {
    expect(await printed('-6', '-n', '--hold', '0')).toMatch(/^getsockname\(connFd\): {3}\(::1, \d+\)\ngetsockname\(acceptFd\): \(::1, \d+\)\n/)
    const lines = (await printed('-n', '--json', '--hold', '0')).trim().split('\n').map((line) => JSON.parse(line) as { call: string; fd: string; address: string; port: number })
    expect(lines.map(({ call, fd }) => `${call}(${fd})`)).toEqual(['getsockname(connFd)', 'getsockname(acceptFd)', 'getpeername(connFd)', 'getpeername(acceptFd)'])
    expect(lines[0]).toMatchObject({ address: '127.0.0.1', port: lines[3]!.port })
  })

  it('listens without bind (exercise 61-4)', async () => {
    const text = await printed('--unbound-listen', '-n', '--hold', '0')
    const port = /^getsockname\(listenFd\): \(0\.0\.0\.0, (\d+)\)\n/.exec(text)![1]!
    expect(Number(port)).toBeGreaterThan(1023)
    expect(text).toContain(`getpeername(connFd):   (127.0.0.1, ${port})`)
  })

  it('prints the three rows itself', async () => {
    const lines = (await printed('0', '-n', '--netstat', '--hold', '0')).split('\n').slice(4)
    expect(lines[0]).toMatch(/^Proto Recv-Q Send-Q Local Address/)
    expect(lines.slice(1, 4).map((line) => line.trim().split(/\s+/).at(-1)!).sort((a, b) => (a < b ? -1 : 1))).toEqual(['ESTABLISHED', 'ESTABLISHED', 'LISTEN'])
    expect(lines[4]).toBe('')
  })

  it.skipIf(!(installed('netstat') && installed('unshare')) || !isRoot)('beside the real netstat -a gives the picture of the book', async () => {
    // a namespace of its own, so that 55555 is free in it
    const holder = spawn('unshare', ['-n', 'sh', '-c', 'ip link set lo up && exec "$0" bin/sockscope.js socknames 55555 --hold 20', process.execPath], { stdio: ['ignore', 'pipe', 'pipe'], env: ENV })
    try {
      const lines: string[] = []
      for await (const line of createInterface({ input: holder.stdout })) {
        lines.push(line)
        if (lines.length === 4) break
      }
      const port = /, (\d+)\)/.exec(lines[0]!)![1]!
      expect(lines).toEqual([`getsockname(connFd):   (localhost, ${port})`, 'getsockname(acceptFd): (localhost, 55555)', 'getpeername(connFd):   (localhost, 55555)', `getpeername(acceptFd): (localhost, ${port})`])
      const { stdout } = spawnSync('nsenter', [`--net=/proc/${holder.pid}/ns/net`, 'sh', '-c', "netstat -a | egrep '(Address|55555)'"], { encoding: 'utf8' })
      const rows = stdout.trimEnd().split('\n').map((line) => line.trim().split(/\s+/))
      expect(rows[0]!.slice(0, 2)).toEqual(['Proto', 'Recv-Q'])
      expect(rows.slice(1).map((row) => row.join(' ')).sort()).toEqual([
        'tcp 0 0 0.0.0.0:55555 0.0.0.0:* LISTEN', `tcp 0 0 localhost:${port} localhost:55555 ESTABLISHED`, `tcp 0 0 localhost:55555 localhost:${port} ESTABLISHED`,
      ].sort())
    } finally {
      holder.kill('SIGINT')
      await once(holder, 'exit')
    }
  })

  it('refuses in one clear line', async () => {
    const other = python('l=socket.socket(); l.bind(("0.0.0.0",0)); l.listen()')
    helpers.push(other)
    await other.line()
    const port = await other.ask('l.getsockname()[1]')
    expect(await refusal(port)).toMatch(new RegExp(`^port ${port}: in use \\(`))
    expect(await refusal('nosuchservice')).toMatch(/^nosuchservice: unknown service \(/)
    expect(await refusal('70000')).toBe('70000: not a port (0 to 65535)')
    expect(await refusal('--pid', '4194303')).toBe('pid 4194303: no such process')
    expect(await refusal('80', '--unbound-listen')).toMatch(/takes no port/)
    if (isRoot) {
      const { stderr, status } = spawnSync('setpriv', ['--reuid', '65534', '--clear-groups', '--bounding-set=-all', process.execPath, 'bin/sockscope.js', 'socknames', '80'], { encoding: 'utf8', env: ENV })
      expect(stderr).toMatch(/^sockscope socknames: port 80: privileged \([^\n]*\n$/)
      expect(status).toBe(1)
    }
    expect(sockscope('socknames', '--hold', 'x')).toMatchObject({ status: 2 })
  })
})

describe('sockets of other processes', () => {
  it('has every family, unix with its peer', async () => {
    const other = python(`
l=socket.socket(); l.bind(('127.0.0.1',0)); l.listen(); c=socket.socket(); c.connect(l.getsockname()); a,_=l.accept()
s6=socket.socket(socket.AF_INET6,socket.SOCK_DGRAM); s6.bind(('::1',0))
p,q=socket.socketpair(); ab=socket.socket(socket.AF_UNIX); ab.bind('\\0abc\\ndef'); n=socket.socket(16,3,0); n.bind((0,0))
v=socket.socket(40,1,0); v.bind((0xffffffff, 0xffffffff))
k=None
try: k=socket.socket(17,3,0)
except PermissionError: pass
`)
    helpers.push(other)
    expect(await other.line()).toBe('ready')
    const lines = (await printed('--pid', String(other.pid), '--json')).trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ fd }) => Number(fd) > 2)
    const [port, peer] = JSON.parse(await other.ask('[l.getsockname()[1], c.getsockname()[1]]')) as [number, number]
    expect(lines.map(({ socket }) => socket)).toEqual(['tcp', 'tcp', 'tcp', 'udp6', 'unix', 'unix', 'unix', 'netlink', 'vsock', ...(isRoot ? ['packet'] : [])])
    expect(lines[0]).toMatchObject({ local_address: '127.0.0.1', local_port: port, peer_address: null })
    expect(lines[1]).toMatchObject({ local_port: peer, peer_port: port })
    expect(lines[3]).toMatchObject({ local_address: '::1' })
    expect(lines[4]).toMatchObject({ local_path: null, peer_inode: lines[5]!['inode'] })
    expect(lines[6]).toMatchObject({ local_path: '@abc\\x0adef' })
    expect(Number(lines[7]!['local_port_id'])).toBeGreaterThan(0)
    expect(Object.keys(lines[8]!)).toContain('local_cid')
    const fd = String(lines[1]!['fd'])
    const text = await printed('-n', '--pid', String(other.pid), '--fd', fd)
    expect(text).toBe(`pid ${other.pid} fd ${fd}, tcp, socket ${String(lines[1]!['inode'])}\n  getsockname(fd ${fd}): (127.0.0.1, ${peer})\n  getpeername(fd ${fd}): (127.0.0.1, ${port})\n`)
    if (isRoot) expect(await printed('-n', 'port', String(port), 'and', 'state', 'listen')).toContain(`getsockname(fd ${String(lines[0]!['fd'])}): (127.0.0.1, ${port})\n  getpeername(fd ${String(lines[0]!['fd'])}): (not connected)`)
  })
})
