/** Ends of connections, looked at through sock_diag and, where a kernel has none, through /proc/net. */
import { describe, expect, it } from 'vitest'
import { Ends } from '../../src/probe/ends.js'
import { inet, portOf } from '../../src/probe/probe.js'
import { Family, SockType } from '../../src/socket/constants.js'
import { SyscallError } from '../../src/socket/errno.js'
import { loadSyscalls, type Syscalls } from '../../src/socket/syscalls.js'

const sys = await loadSyscalls()
/** As a kernel without CONFIG_INET_DIAG. */
const withoutDiag = new Proxy(sys, {
  get: (target, name) => {
    if (name === 'socket') {
      return (family: number, type: number, protocol: number): number => {
        if (family === Family.NETLINK) throw new SyscallError('socket', 'netlink', 93)
        return target.socket(family, type, protocol)
      }
    }
    const method: unknown = Reflect.get(target, name, target)
    return typeof method === 'function' ? method.bind(target) : method
  },
})

describe.each([['sock_diag', sys], ['/proc/net', withoutDiag]] as const)('by %s', (_, by: Syscalls) => {
  it.each([['127.0.0.1', Family.INET], ['::1', Family.INET6]] as const)('a connection over %s, from LISTEN to its end', (address, family) => {
    const open: number[] = []
    const socket = (): number => {
      open.push(sys.socket(family, SockType.STREAM))
      return open.at(-1)!
    }
    try {
      const ends = new Ends(by)
      const listener = socket()
      sys.bind(listener, inet(address, 0))
      sys.listen(listener, 5)
      ends.watch('listener', listener)
      const client = socket()
      sys.connect(client, inet(address, portOf(sys.getsockname(listener))))
      ends.watch('client', client)
      const { fd: server } = sys.accept4(listener)
      ends.watch('server', server)
      expect(ends.states().map(({ name, state }) => `${name} ${state}`)).toEqual(['listener LISTEN', 'client ESTABLISHED', 'server ESTABLISHED'])
      sys.send(client, Buffer.from('abc'))
      const row = (name: string): string => {
        const { state, receiveQueue, inode } = ends.states().find((end) => end.name === name)!
        return `${state} ${receiveQueue} ${inode === 0 ? 'nobody' : 'held'}`
      }
      expect(row('server')).toBe('ESTABLISHED 3 held')
      sys.recv(server, Buffer.alloc(10))
      ends.closing(client)
      sys.close(open.pop()!)
      ends.closing(server)
      sys.close(server)
      expect([row('client'), row('server')]).toEqual(['TIME_WAIT 0 nobody', ' 0 nobody'])
    } finally {
      for (const fd of open) sys.close(fd)
    }
  })

  it('a UDP socket', () => {
    const fd = sys.socket(Family.INET, SockType.DGRAM)
    try {
      sys.bind(fd, inet('127.0.0.1', 0))
      const ends = new Ends(by)
      ends.watch('udp', fd)
      expect(ends.states()).toMatchObject([{ name: 'udp', proto: 'udp', local: `127.0.0.1:${portOf(sys.getsockname(fd))}`, remote: '0.0.0.0:0' }])
      expect(ends.states()[0]!.inode).toBeGreaterThan(0)
    } finally {
      sys.close(fd)
    }
  })
})
