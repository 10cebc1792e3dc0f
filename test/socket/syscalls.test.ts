import { closeSync, mkdtempSync, openSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Family, Fcntl, FD_CLOEXEC, Ioctl, Level, Msg, O_NONBLOCK, Poll, Protocol, SCM_CREDENTIALS, SCM_RIGHTS, Shut, SockType, SOCK_NONBLOCK } from '../../src/socket/constants.js'
import { errnoText, SyscallError } from '../../src/socket/errno.js'
import { Libc, loadLibc } from '../../src/socket/libc.js'
import { ip4, parseIp, unixAddress, type SocketAddress } from '../../src/socket/sockaddr.js'
import { decodeControl, encodeControl, loadSyscalls, type Syscalls } from '../../src/socket/syscalls.js'
import { python } from './helper.js'

let sys: Syscalls
const open: number[] = []
const kept = (fd: number): number => {
  open.push(fd)
  return fd
}
const ANY: SocketAddress = { family: 'inet', address: ip4('127.0.0.1'), port: 0 }
const SO_REUSEADDR = 2
const SO_LINGER = 13
const SO_PASSCRED = 16

/** What `call` throws; a call that does not throw fails the test. */
function thrown(call: () => unknown): SyscallError {
  try {
    call()
  } catch (error) {
    if (error instanceof SyscallError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

beforeAll(async () => {
  sys = await loadSyscalls()
})
afterEach(() => {
  for (const fd of open.splice(0)) sys.close(fd)
})

function connected(): { listener: number; client: number; server: number } {
  const listener = kept(sys.socket(Family.INET, SockType.STREAM))
  sys.bind(listener, ANY)
  sys.listen(listener, 5)
  const client = kept(sys.socket(Family.INET, SockType.STREAM))
  sys.connect(client, sys.getsockname(listener))
  return { listener, client, server: kept(sys.accept4(listener).fd) }
}

describe('calls', () => {
  it('tells the processor time of this thread: waiting takes none', async () => {
    const idle = sys.threadTime()
    await new Promise((resolve) => setTimeout(resolve, 100))
    const began = performance.now(), busy = sys.threadTime()
    expect(busy - idle).toBeLessThan(80e6)
    while (sys.threadTime() - busy < 5e6) expect(performance.now() - began).toBeLessThan(5000)
    expect(performance.now() - began).toBeGreaterThan(4)
  })

  it('connects, names both ends, sends, receives, shuts down', () => {
    const { listener, client, server } = connected()
    expect(sys.getpeername(client)).toEqual(sys.getsockname(listener))
    expect(sys.getpeername(server)).toEqual(sys.getsockname(client))
    expect(sys.send(client, Buffer.from('hello'), Msg.NOSIGNAL)).toBe(5)
    const into = Buffer.alloc(16)
    expect(sys.recv(server, into, Msg.PEEK)).toBe(5)
    expect(sys.recv(server, into)).toBe(5)
    expect(into.toString('latin1', 0, 5)).toBe('hello')
    expect(thrown(() => sys.recv(server, into, Msg.DONTWAIT)).code).toBe('EAGAIN')
    sys.send(client, Buffer.from('!'), Msg.OOB)
    sys.shutdown(client, Shut.WR)
    expect(sys.recv(server, into, Msg.OOB)).toBe(1)
    expect(sys.recv(server, into)).toBe(0)
  })

  it('works over IPv6 and for datagrams', () => {
    const a = kept(sys.socket(Family.INET6, SockType.DGRAM))
    sys.bind(a, { family: 'inet6', address: parseIp('::1')!, port: 0, flowInfo: 0, scopeId: 0 })
    const b = kept(sys.socket(Family.INET6, SockType.DGRAM))
    expect(sys.sendto(b, Buffer.from('x'), 0, sys.getsockname(a))).toBe(1)
    const got = sys.recvmsg(a, [Buffer.alloc(1)])
    expect(got).toMatchObject({ length: 1, from: { family: 'inet6', address: parseIp('::1') } })
  })

  it('reads and sets options', () => {
    const fd = kept(sys.socket(Family.INET, SockType.STREAM))
    expect(sys.getsockoptInt(fd, Level.SOCKET, SO_REUSEADDR)).toBe(0)
    sys.setsockoptInt(fd, Level.SOCKET, SO_REUSEADDR, 1)
    expect(sys.getsockoptInt(fd, Level.SOCKET, SO_REUSEADDR)).toBe(1)
    const linger = Buffer.alloc(8)
    linger.writeInt32LE(1, 0)
    linger.writeInt32LE(7, 4)
    sys.setsockopt(fd, Level.SOCKET, SO_LINGER, linger)
    const back = Buffer.alloc(8)
    expect(sys.getsockopt(fd, Level.SOCKET, SO_LINGER, back)).toBe(8)
    expect(back).toEqual(linger)
  })

  it('passes a descriptor in a control message', () => {
    const [a, b] = sys.socketpair(Family.UNIX, SockType.STREAM).map(kept) as [number, number]
    const directory = mkdtempSync(join(tmpdir(), 'sockscope-'))
    try {
      const path = join(directory, 'f')
      writeFileSync(path, 'content')
      const file = openSync(path, 'r')
      const right = Buffer.alloc(4)
      right.writeInt32LE(file)
      expect(sys.sendmsg(a, [Buffer.from('ab'), Buffer.from('c')], [{ level: Level.SOCKET, type: SCM_RIGHTS, data: right }])).toBe(3)
      closeSync(file)
      const pieces = [Buffer.alloc(1), Buffer.alloc(10)]
      const got = sys.recvmsg(b, pieces, 64, Msg.CMSG_CLOEXEC)
      expect(got.length).toBe(3)
      expect(pieces.map((piece) => piece.toString('latin1').replaceAll('\0', ''))).toEqual(['a', 'bc'])
      const [message] = got.control
      const received = kept(Buffer.from(message!.data).readInt32LE(0))
      expect(readlinkSync(`/proc/self/fd/${received}`)).toBe(path)
      // the same file again, by sendfile at an offset
      expect(sys.sendfile(a, received, 100, 3)).toBe(4)
      expect(sys.recv(b, pieces[1]!)).toBe(4)
      expect(pieces[1]!.toString('latin1', 0, 4)).toBe('tent')
    } finally {
      rmSync(directory, { recursive: true })
    }
  })

  it('makes close-on-exec descriptors, dups them and reads their flags', () => {
    const fd = kept(sys.socket(Family.INET, SockType.DGRAM | SOCK_NONBLOCK))
    expect(sys.fcntl(fd, Fcntl.GETFD)).toBe(FD_CLOEXEC)
    expect(sys.fcntl(fd, Fcntl.GETFL) & O_NONBLOCK).toBe(O_NONBLOCK)
    const copy = kept(sys.dup(fd))
    expect(readlinkSync(`/proc/self/fd/${copy}`)).toBe(readlinkSync(`/proc/self/fd/${fd}`))
  })

  it('knows the mark of urgent data and the bytes in the queues', () => {
    const { client, server } = connected()
    sys.send(client, Buffer.from('ab'))
    sys.send(client, Buffer.from('c'), Msg.OOB)
    expect(sys.poll([{ fd: server, events: Poll.IN | Poll.PRI }], 1000)).toEqual([Poll.IN | Poll.PRI])
    expect(sys.sockatmark(server)).toBe(false)
    expect(sys.recv(server, Buffer.alloc(10))).toBe(2) // stops at the mark
    expect(sys.sockatmark(server)).toBe(true)
    expect(thrown(() => sys.sockatmark(9999)).message).toBe('ioctl(fd 9999, 0x8905): EBADF')
    sys.send(server, Buffer.from('xyz'))
    expect(sys.poll([{ fd: client, events: Poll.IN }], 1000)).toEqual([Poll.IN])
    expect(sys.ioctlInt(client, Ioctl.SIOCINQ)).toBe(3)
    expect(sys.ioctlInt(client, Ioctl.SIOCOUTQ)).toBe(0)
  })

  it('sends and receives several datagrams in one call each', () => {
    const a = kept(sys.socket(Family.INET, SockType.DGRAM))
    sys.bind(a, ANY)
    const b = kept(sys.socket(Family.INET, SockType.DGRAM))
    sys.connect(b, sys.getsockname(a))
    expect(sys.sendmmsg(b, [[Buffer.from('one')], [Buffer.from('tw'), Buffer.from('o!')], [], [Buffer.from('three')]])).toEqual([3, 4, 0, 5])
    const into = Array.from({ length: 6 }, () => Buffer.alloc(4))
    expect(sys.recvmmsg(a, into, Msg.WAITFORONE)).toEqual([{ length: 3, flags: 0 }, { length: 4, flags: 0 }, { length: 0, flags: 0 }, { length: 4, flags: Msg.TRUNC }])
    expect(into.map((each) => each.toString('latin1').replaceAll('\0', ''))).toEqual(['one', 'two!', '', 'thre', '', ''])
    expect(thrown(() => sys.recvmmsg(a, into, Msg.DONTWAIT)).code).toBe('EAGAIN')
  })

  it('makes pipes, reads, writes and splices', () => {
    const [from, to] = sys.pipe(O_NONBLOCK).map(kept) as [number, number]
    expect(sys.fcntl(from, Fcntl.GETFD)).toBe(FD_CLOEXEC)
    expect(thrown(() => sys.read(from, Buffer.alloc(1))).code).toBe('EAGAIN')
    expect(sys.write(to, Buffer.from('hello'))).toBe(5)
    const { client, server } = connected()
    expect(sys.splice(from, client, 100)).toBe(5)
    const into = Buffer.alloc(10)
    expect(sys.read(server, into)).toBe(5)
    expect(into.toString('latin1', 0, 5)).toBe('hello')
    sys.close(open.splice(open.indexOf(from), 1)[0]!)
    expect(thrown(() => sys.write(to, into))).toMatchObject({ call: 'write', code: 'EPIPE' })
  })

  it('sets and gets the owner and the signal of a socket', () => {
    const fd = kept(sys.socket(Family.INET, SockType.STREAM))
    expect([sys.fcntl(fd, Fcntl.GETOWN), sys.fcntl(fd, Fcntl.GETSIG)]).toEqual([0, 0])
    sys.fcntl(fd, Fcntl.SETOWN, process.pid)
    sys.fcntl(fd, Fcntl.SETSIG, 10)
    expect([sys.fcntl(fd, Fcntl.GETOWN), sys.fcntl(fd, Fcntl.GETSIG), sys.ioctlInt(fd, Ioctl.SIOCGPGRP)]).toEqual([process.pid, 10, process.pid])
    const copy = kept(sys.fcntl(fd, Fcntl.DUPFD_CLOEXEC, 100))
    expect(copy).toBeGreaterThanOrEqual(100)
    expect(sys.fcntl(copy, Fcntl.GETFD)).toBe(FD_CLOEXEC)
  })

  it('passes credentials', () => {
    const [a, b] = sys.socketpair(Family.UNIX, SockType.DGRAM).map(kept) as [number, number]
    sys.setsockoptInt(b, Level.SOCKET, SO_PASSCRED, 1)
    const ucred = Buffer.alloc(12)
    ucred.writeInt32LE(process.pid, 0)
    ucred.writeUInt32LE(process.getuid!(), 4)
    ucred.writeUInt32LE(process.getgid!(), 8)
    sys.sendmsg(a, [Buffer.from('x')], [{ level: Level.SOCKET, type: SCM_CREDENTIALS, data: ucred }])
    const got = sys.recvmsg(b, [Buffer.alloc(1)], 64)
    expect(got.control).toEqual([{ level: Level.SOCKET, type: SCM_CREDENTIALS, data: new Uint8Array(ucred) }])
  })

  it('polls, here and on another thread', async () => {
    const [a, b] = sys.socketpair(Family.UNIX, SockType.STREAM).map(kept) as [number, number]
    expect(sys.poll([{ fd: a, events: Poll.IN }], 0)).toEqual([0])
    sys.send(b, Buffer.from('x'))
    expect(sys.poll([{ fd: a, events: Poll.IN | Poll.OUT }, { fd: b, events: Poll.OUT }], 0)).toEqual([Poll.IN | Poll.OUT, Poll.OUT])
    expect(await sys.pollAsync([{ fd: a, events: Poll.IN }], 200)).toEqual([Poll.IN])
    await expect(sys.pollAsync([{ fd: a, events: Poll.IN }], 5000)).rejects.toThrow(/250 ms/)
  })

  it('keeps the buffers of asynchronous calls alive', async () => {
    const libc = await loadLibc()
    const collect = (globalThis as { gc?: () => void }).gc
    const [a, b] = sys.socketpair(Family.UNIX, SockType.STREAM).map(kept) as [number, number]
    const started = Array.from({ length: 20 }, () => libc.callAsync([], 'send', 'test', b, Buffer.alloc(1000, 7), 1000, 0))
    collect?.()
    const garbage = Array.from({ length: 200 }, () => Buffer.alloc(10_000, 9))
    expect(await Promise.all(started)).toEqual(started.map(() => 1000))
    expect(garbage).toHaveLength(200)
    const into = Buffer.alloc(20_000)
    expect(sys.recv(a, into, Msg.WAITALL)).toBe(20_000)
    expect(into.every((byte) => byte === 7)).toBe(true)
    await expect(libc.callAsync([], 'close', 'fd 99999', 99999)).rejects.toMatchObject({ code: 'EBADF' })
  })

  it('takes a socket out of another process', async () => {
    const child = python('s=socket.socket()\ns.bind(("127.0.0.1",0))\ns.listen()')
    try {
      await child.line()
      const [fd, port] = JSON.parse(await child.ask('[s.fileno(), s.getsockname()[1]]')) as [number, number]
      const pidfd = kept(sys.pidfdOpen(child.pid))
      const copy = kept(sys.pidfdGetfd(pidfd, fd))
      expect(sys.getsockname(copy)).toEqual({ family: 'inet', address: ip4('127.0.0.1'), port })
      expect(thrown(() => sys.pidfdGetfd(pidfd, 4000))).toMatchObject({ call: 'pidfd_getfd', code: 'EBADF' })
    } finally {
      await child.end()
    }
    expect(thrown(() => sys.pidfdOpen(child.pid))).toMatchObject({ message: `pidfd_open(${child.pid}, 0): ESRCH` })
  })

  it('binds abstract names', () => {
    const fd = kept(sys.socket(Family.UNIX, SockType.DGRAM))
    const address = unixAddress(`@sockscope-test-${process.pid}`)
    sys.bind(fd, address)
    expect(sys.getsockname(fd)).toEqual(address)
    const other = kept(sys.socket(Family.UNIX, SockType.DGRAM))
    expect(thrown(() => sys.bind(other, address)).code).toBe('EADDRINUSE')
  })
})

describe('failures', () => {
  it.each<[string, () => unknown]>([
    ['getsockname(fd 9999): EBADF', () => sys.getsockname(9999)],
    ['getsockopt(fd 9999, level 1, option 2): EBADF', () => sys.getsockoptInt(9999, 1, 2)],
    ['socket(2, 1, 250): EPROTONOSUPPORT', () => sys.socket(Family.INET, SockType.STREAM, 250)],
    ['listen(fd 9999, 1): EBADF', () => sys.listen(9999, 1)],
    ['fcntl(fd 9999, 3, 0): EBADF', () => sys.fcntl(9999, Fcntl.GETFL)],
    ['close(fd 9999): EBADF', () => {
      sys.close(9999)
    }],
  ])('%s', (message, call) => expect(thrown(call).message).toBe(message))

  it('keeps errno whatever happens between', () => {
    const error = thrown(() => sys.getpeername(9999))
    readFileSync('/proc/self/stat')
    expect(error).toMatchObject({ call: 'getpeername', args: 'fd 9999', errno: 9, code: 'EBADF' })
  })

  it('names errno as errno(3) does', () => {
    expect([2, 11, 92, 94, 95, 108, 4000].map(errnoText)).toEqual(['ENOENT', 'EAGAIN', 'ENOPROTOOPT', 'ESOCKTNOSUPPORT', 'EOPNOTSUPP', 'ESHUTDOWN', 'errno 4000'])
  })

  it('says in one line that koffi is not there', async () => {
    const { loadLibc: fresh } = (await import('../../src/socket/libc.js?fresh' as string)) as { loadLibc: typeof loadLibc }
    await expect(fresh(() => Promise.reject(new Error("Cannot find module 'koffi'\nRequire stack: …")))).rejects.toThrow(
      "system calls need koffi, which cannot be loaded: Cannot find module 'koffi' (npm install koffi@3)",
    )
  })

  it('tries the names of libc in turn, and says in one line that none loads', () => {
    const tried: (string | null)[] = []
    const koffi = {
      load: (name: string | null) => {
        tried.push(name)
        throw new Error('Failed to load shared library')
      },
      errno: () => 0,
      address: () => 0n,
    }
    expect(() => new Libc(koffi)).toThrow('the C library cannot be called: Failed to load shared library')
    expect(tried.slice(0, 2)).toEqual([null, 'libc.so.6'])
    expect(tried.at(-1)).toMatch(/^libc\.musl-/)
  })
})

describe('control messages', () => {
  it('both ways, padded', () => {
    const messages = [
      { level: 1, type: 1, data: Uint8Array.of(3, 0, 0, 0) },
      { level: Protocol.IP, type: 8, data: new Uint8Array(12).fill(1) },
    ]
    const b = encodeControl(messages)
    expect(b.length).toBe(24 + 32)
    expect(decodeControl(b)).toEqual(messages)
    for (let end = 0; end <= b.length; end++) expect(() => decodeControl(b.subarray(0, end))).not.toThrow()
  })

  it('any bytes end', () => fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (b) => {
    expect(decodeControl(b).length).toBeLessThanOrEqual(b.length)
  })))
})
