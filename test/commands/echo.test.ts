/** `sockscope echo`, client and server, against socat, against itself, and against peers that misbehave. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import { PROGRAM, hasTool, isRoot, sockscope } from '../run.js'

const hasSocat = hasTool('socat', ['-V'])
const ENV = { ...process.env, NODE_EXTRA_CA_CERTS: '' }
const started: ChildProcess[] = []
const opened: { close(): void }[] = []
afterEach(async () => {
  for (const one of opened.splice(0)) one.close()
  for (const child of started.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  }
})

const start = (file: string, args: readonly string[]): ChildProcess => {
  const child = spawn(file, [...args], { stdio: ['pipe', 'pipe', 'pipe'], env: ENV })
  child.stdin!.on('error', () => {}) // it may end without reading
  started.push(child)
  return child
}
const echo = (...args: string[]): ChildProcess => start(process.execPath, [PROGRAM, 'echo', ...args])

/** Waits until its standard error matches; what matched. */
async function says(child: ChildProcess, what: RegExp): Promise<RegExpExecArray> {
  let text = ''
  for await (const chunk of child.stderr!.iterator({ destroyOnReturn: false })) {
    text += String(chunk)
    const match = what.exec(text)
    if (match !== null) return match
  }
  throw new Error(`it ended with: ${text}`)
}

async function server(...args: string[]): Promise<{ child: ChildProcess; port: string }> {
  const child = echo('--listen', '0', ...args)
  return { child, port: (await says(child, /listening on .* port (\d+) /))[1]! }
}

async function all(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

const md5 = (b: Buffer): string => createHash('md5').update(b).digest('hex')

async function ended(child: ChildProcess): Promise<{ status: number | null; stdout: Buffer; stderr: string }> {
  const [stdout, stderr] = await Promise.all([all(child.stdout!), all(child.stderr!), child.exitCode ?? once(child, 'exit')])
  return { status: child.exitCode, stdout, stderr: stderr.toString() }
}

async function answer(client: ChildProcess, input: Buffer): Promise<{ status: number | null; stdout: Buffer; stderr: string }> {
  client.stdin!.end(input)
  return ended(client)
}

/** A server made of what `serve` does with each connection. */
async function peer(serve: (socket: Socket) => void, options: { allowHalfOpen?: boolean } = {}): Promise<string> {
  const listener = createServer({ allowHalfOpen: true, ...options }, (socket) => {
    socket.on('error', () => {})
    serve(socket)
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  opened.push(listener)
  return String((listener.address() as AddressInfo).port)
}

const MANY = randomBytes(100_000_000)

describe('100 MB, there and back', () => {
  it.each(['127.0.0.1', '::1'])('client to server over %s', async (host) => {
    const { child, port } = await server()
    const { stdout, status, stderr } = await answer(echo(host, port, '-v'), MANY)
    expect([status, stdout.length, md5(stdout)]).toEqual([0, MANY.length, md5(MANY)])
    expect(stderr).toMatch(/100000000 bytes sent, 100000000 received in [\d.]+ s\n$/)
    child.kill('SIGINT')
    const done = await ended(child)
    expect([done.status, done.stderr]).toEqual([0, 'sockscope echo: 1 connection, 100000000 bytes echoed\n'])
  })

  it.skipIf(!hasSocat)('socat to our server', async () => {
    const { port } = await server()
    const { stdout } = await answer(start('socat', ['-t', '60', '-', `TCP:127.0.0.1:${port}`]), MANY)
    expect([stdout.length, md5(stdout)]).toEqual([MANY.length, md5(MANY)])
  })

  it.skipIf(!hasSocat)('our client to socat', async () => {
    const socat = start('socat', ['-d', '-d', 'TCP-LISTEN:0,bind=127.0.0.1', 'EXEC:cat'])
    const [, port] = await says(socat, /listening on AF=2 127\.0\.0\.1:(\d+)/)
    const { stdout, status } = await answer(echo('localhost', port!), MANY)
    expect([status, stdout.length, md5(stdout)]).toEqual([0, MANY.length, md5(MANY)])
  })
})

describe('half-close', () => {
  it('ends what it sends with a FIN, and still gets all that comes after', async () => {
    const port = await peer((socket) => {
      let got = 0
      socket.on('data', (chunk) => (got += chunk.length))
      socket.on('end', () => setTimeout(() => socket.end(`got ${got}, and ${'x'.repeat(1_000_000)}`), 100))
    })
    const { stdout, status } = await answer(echo('127.0.0.1', port), Buffer.alloc(70_000))
    expect(status).toBe(0)
    expect(stdout.toString()).toBe(`got 70000, and ${'x'.repeat(1_000_000)}`)
  })

  it('goes on sending when the peer has ended its side', async () => {
    let got = ''
    const port = await peer((socket) => {
      socket.end('bye')
      socket.on('data', (chunk) => (got += chunk.toString()))
    })
    const client = echo('127.0.0.1', port)
    const [first] = (await once(client.stdout!, 'data')) as [Buffer]
    expect(first.toString()).toBe('bye')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(client.exitCode).toBeNull()
    expect((await answer(client, Buffer.from('later'))).status).toBe(0)
    expect(got).toBe('later')
  })

  it('the server ends its side only when the client has', async () => {
    const { port } = await server()
    const socket = connect({ host: '127.0.0.1', port: Number(port), allowHalfOpen: true })
    socket.write('one')
    expect(String((await once(socket, 'data'))[0])).toBe('one')
    let isEnded = false
    socket.on('end', () => (isEnded = true))
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(isEnded).toBe(false)
    socket.end('two')
    expect(String((await once(socket, 'data'))[0])).toBe('two')
    await once(socket, 'end')
  })
})

describe('slow readers', () => {
  const residentKb = (child: ChildProcess): number => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'latin1'))![1])

  it('neither end gathers what is not read', { timeout: 30_000 }, async () => {
    const { child, port } = await server()
    const client = echo('127.0.0.1', port)
    client.stdin!.write(MANY)
    client.stdin!.end()
    client.stdout!.pause()
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(residentKb(client)).toBeLessThan(100_000)
    expect(residentKb(child)).toBeLessThan(100_000)
    const { stdout, status } = await ended(client)
    expect([status, md5(stdout)]).toEqual([0, md5(MANY)])
  })

  it('a full standard output does not hold up what is sent', async () => {
    let got = 0
    const port = await peer((socket) => {
      socket.write(Buffer.alloc(20_000_000))
      socket.on('data', (chunk) => (got += chunk.length))
      socket.on('end', () => socket.end())
    })
    const client = echo('127.0.0.1', port)
    client.stdout!.pause()
    await new Promise((resolve) => setTimeout(resolve, 500))
    client.stdin!.end(Buffer.alloc(1_000_000))
    await expect.poll(() => got, { timeout: 10_000 }).toBe(1_000_000)
    expect((await ended(client)).stdout.length).toBe(20_000_000)
  })
})

it.skipIf(!hasTool('script', ['--version']))('a terminal is read line by line, and Ctrl-D ends it', async () => {
  const { port } = await server()
  const terminal = start('script', ['-qec', `"${process.execPath}" "${PROGRAM}" echo 127.0.0.1 ${port}`, '/dev/null'])
  let text = ''
  terminal.stdout!.setEncoding('latin1').on('data', (more: string) => (text += more))
  await new Promise((resolve) => setTimeout(resolve, 500))
  terminal.stdin!.write('hello\n')
  await expect.poll(() => text.match(/hello/g)?.length, { timeout: 10_000 }).toBe(2) // the terminal's echo, and ours
  const exit = once(terminal, 'exit')
  terminal.stdin!.write('\x04')
  expect(await exit).toEqual([0, null])
})

describe('ends', () => {
  it('says that the peer reset the connection, though standard input is silent', async () => {
    const port = await peer((socket) => socket.once('data', () => socket.resetAndDestroy()))
    const client = echo('127.0.0.1', port)
    client.stdin!.write('x')
    expect(await ended(client)).toMatchObject({ status: 1, stderr: `sockscope echo: 127.0.0.1 port ${port}: connection lost: reset by the peer\n` })
  })

  it('quietly with 141 when its reader goes away', async () => {
    const { port } = await server()
    const { stdout } = spawnSync('bash', ['-c', `yes | "${process.execPath}" "${PROGRAM}" echo 127.0.0.1 ${port} | head -c 4; echo "\${PIPESTATUS[1]}"`], { encoding: 'utf8', env: ENV, timeout: 20_000 })
    expect(stdout).toBe('y\ny\n141\n')
  })

  it('says that standard output is full', async () => {
    const { port } = await server()
    const { stderr, status } = spawnSync('sh', ['-c', `echo x | "${process.execPath}" "${PROGRAM}" echo 127.0.0.1 ${port} >/dev/full`], { encoding: 'utf8', env: ENV, timeout: 20_000 })
    expect([status, stderr]).toEqual([1, 'sockscope echo: standard output: no space left on device (nothing more was written)\n'])
  })

  it('a signal ends the client at once', async () => {
    const { port } = await server()
    const client = echo('127.0.0.1', port)
    client.stdin!.write('x')
    await once(client.stdout!, 'data')
    client.kill('SIGINT')
    expect((await once(client, 'exit')) as unknown[]).toEqual([null, 'SIGINT'])
  })

  it('a signal ends the server, whatever is connected, and it says what it did', async () => {
    const { child, port } = await server('-v')
    const client = connect(Number(port), '127.0.0.1')
    client.on('error', () => {})
    client.write('12345')
    await once(client, 'data')
    child.kill('SIGTERM')
    const { status, stderr } = await ended(child)
    expect(status).toBe(0)
    expect(stderr).toMatch(/^sockscope echo: 1 connection, 5 bytes echoed$/m)
    client.destroy()
  })

  it('a connection that is reset does not hurt the server', async () => {
    const { port } = await server()
    for (let i = 0; i < 20; i++) {
      const socket = connect(Number(port), '127.0.0.1')
      await once(socket, 'connect')
      socket.write('x'.repeat(100_000))
      socket.resetAndDestroy()
    }
    expect((await answer(echo('127.0.0.1', port), Buffer.from('still there'))).stdout.toString()).toBe('still there')
  })

  it('turns away more connections than it may hold', async () => {
    const { child, port } = await server('--max-connections', '2')
    const two = [connect(Number(port), '127.0.0.1'), connect(Number(port), '127.0.0.1')]
    for (const socket of two) {
      socket.write('x')
      await once(socket, 'data')
    }
    const third = connect(Number(port), '127.0.0.1')
    third.on('error', () => {})
    third.resume()
    await once(third, 'close')
    for (const socket of two) socket.destroy()
    await expect.poll(() => {
      const { stdout } = sockscope(['echo', '127.0.0.1', port], { input: 'y' })
      return stdout.toString()
    }).toBe('y')
    child.kill('SIGINT')
    expect((await ended(child)).stderr).toMatch(/\b1 connections? turned away\n$/)
  })
})

describe('refusals, in one line', () => {
  it.each([
    { args: ['127.0.0.1', '1'], status: 1, line: '127.0.0.1 port 1: connection refused (nothing listens there)' },
    { args: ['no-such-host.invalid', '80'], status: 1, line: /^no-such-host\.invalid: (unknown host|its address could not be looked up: the name servers do not answer)/ },
    { args: ['127.0.0.1', 'no-such-service'], status: 2, line: 'no-such-service: unknown service (/etc/services names them)' },
    { args: ['127.0.0.1', '0'], status: 2, line: '0: not a port (1 to 65535)' },
    { args: ['127.0.0.1', '65536'], status: 2, line: '65536: not a port (1 to 65535)' },
    { args: [], status: 2, line: 'no host (sockscope echo HOST [SERVICE], or --listen to be the server)' },
    { args: ['a', 'b', 'c'], status: 2, line: 'too many arguments. Expected 2 arguments but got 3. (see sockscope echo --help)' },
    { args: ['-4', '-6', 'a'], status: 2, line: '-4 and -6: only one of them' },
    { args: ['-4', '::1', '80'], status: 2, line: '::1: not an IPv4 address' },
    { args: ['--listen', '0', '--bind', 'localhost'], status: 2, line: '--bind localhost: not an IP address' },
    { args: ['--listen', '0', '-4', '--bind', '::1'], status: 2, line: '--bind ::1: not an IPv4 address' },
    { args: ['--listen', '0', '--bind', '192.0.2.7'], status: 1, line: '192.0.2.7: this host has no such address' },
    { args: ['--listen', 'nope'], status: 2, line: 'nope: unknown service (/etc/services names them)' },
    { args: ['--bind', '::1', 'a'], status: 2, line: '--bind: only with --listen' },
    { args: ['--wrong'], status: 2, line: "unknown option '--wrong' (see sockscope echo --help)" },
  ])('$args', ({ args, status, line }) => {
    const ran = sockscope(['echo', ...args])
    expect([ran.status, ran.stderr.split('\n').length]).toEqual([status, 2])
    expect(ran.stderr.slice('sockscope echo: '.length, -1)).toEqual(typeof line === 'string' ? line : expect.stringMatching(line))
  })

  it('port in use', async () => {
    const { port } = await server()
    expect(sockscope(['echo', '--listen', port])).toMatchObject({ status: 1, stderr: `sockscope echo: port ${port}: in use (sudo sockscope netstat -tlnp shows by whom; 0 lets the kernel pick a free one)\n` })
  })

  it.skipIf(!isRoot())('privileged port', () => {
    const { status, stderr } = spawnSync('setpriv', ['--reuid', '65534', '--clear-groups', '--bounding-set=-all', process.execPath, PROGRAM, 'echo', '--listen'], { encoding: 'utf8', env: ENV })
    expect([status, stderr]).toEqual([1, 'sockscope echo: port 7: privileged (run with sudo, or take one from 1024 on)\n'])
  })

  it.skipIf(!isRoot() || !hasTool('ip', ['-V']))('a host that does not answer, after --timeout', () => {
    const script = `ip link set lo up; ip link add v0 type veth peer name v1; ip addr add 10.9.0.1/24 dev v0; ip link set v0 up arp off; ip link set v1 up; exec "$0" "$1" echo 10.9.0.2 80 --timeout 0.3`
    const { status, stderr } = spawnSync('unshare', ['-n', 'sh', '-c', script, process.execPath, PROGRAM], { encoding: 'utf8', env: ENV, timeout: 20_000 })
    expect([status, stderr]).toEqual([1, 'sockscope echo: 10.9.0.2 port 80: no answer (timed out)\n'])
  })

  it('a host without IPv6 listens on IPv4 alone', () => {
    if (!isRoot()) return
    const script = `ip link set lo up; echo 1 >/proc/sys/net/ipv6/conf/lo/disable_ipv6; timeout -s INT 1 "$0" "$1" echo --listen 5007`
    const { stderr } = spawnSync('unshare', ['-n', 'sh', '-c', script, process.execPath, PROGRAM], { encoding: 'utf8', env: ENV, timeout: 20_000 })
    expect(stderr.split('\n')[0]).toBe('sockscope echo: listening on 127.0.0.1 port 5007 (end with Ctrl-C)')
  })
})

it('--help says all, and loads neither sockets nor koffi', () => {
  const { stdout, status } = sockscope(['echo', '--help'])
  expect(status).toBe(0)
  for (const word of ['--listen [port]', '--bind', '--timeout', '--max-connections', '-4, --ipv4', '-6, --ipv6', 'Exit status']) expect(stdout.toString()).toContain(word)
})
