/**
 * Sockets of other processes: found in /proc/PID/fd, borrowed with pidfd_getfd(2). A duplicate is the same open file as the owner's: while it is
 * open, the owner's close() sends no FIN. So it is held only inside `borrow`, which closes it whatever happens, and nothing is called on it here.
 */
import { readdirSync, readlinkSync } from 'node:fs'
import { errnoName, UserError } from '../errors.js'
import { failedWith } from './errno.js'
import type { Syscalls } from './syscalls.js'

export interface OpenSocket {
  readonly pid: number
  readonly fd: number
  readonly inode: number
}

const SOCKET_LINK = /^socket:\[(\d+)\]$/

/** What a descriptor link stands for: a socket's inode, or undefined. */
const inodeOf = (link: string): number | undefined => {
  const match = SOCKET_LINK.exec(link)
  return match === null ? undefined : Number(match[1])
}

const ANOTHER_USER = 'another user\'s process, or one that may not be looked into (run with sudo; it needs CAP_SYS_PTRACE)'

/** The sockets that a process holds, by descriptor. */
export function socketsOf(pid: number): OpenSocket[] {
  let fds: string[]
  try {
    fds = readdirSync(`/proc/${pid}/fd`)
  } catch (error) {
    throw refusedLink(error, `pid ${pid}`)
  }
  const sockets: OpenSocket[] = []
  for (const name of fds) {
    let link: string
    try {
      link = readlinkSync(`/proc/${pid}/fd/${name}`)
    } catch (error) {
      if (errnoName(error) === 'ENOENT') continue // closed since the directory was read
      throw refusedLink(error, `pid ${pid}`)
    }
    const inode = inodeOf(link)
    if (inode !== undefined) sockets.push({ pid, fd: Number(name), inode })
  }
  return sockets.sort((a, b) => a.fd - b.fd)
}

/** The socket at one descriptor. */
export function socketAt(pid: number, fd: number): OpenSocket {
  let link: string
  try {
    link = readlinkSync(`/proc/${pid}/fd/${fd}`)
  } catch (error) {
    if (errnoName(error) === 'ENOENT' && processExists(pid)) throw new UserError(`pid ${pid} fd ${fd}: no such descriptor (ls -l /proc/${pid}/fd shows them)`)
    throw refusedLink(error, `pid ${pid}`)
  }
  const inode = inodeOf(link)
  if (inode === undefined) throw new UserError(`pid ${pid} fd ${fd}: not a socket (it is ${link})`)
  return { pid, fd, inode }
}

function processExists(pid: number): boolean {
  try {
    readlinkSync(`/proc/${pid}/ns/net`)
    return true
  } catch (error) {
    return errnoName(error) !== 'ENOENT'
  }
}

function refusedLink(error: unknown, what: string): Error {
  const code = errnoName(error)
  if (code === 'ENOENT' || code === 'ESRCH') return new UserError(`${what}: no such process`)
  if (code === 'EACCES' || code === 'EPERM') return new UserError(`${what}: ${ANOTHER_USER}`)
  return error instanceof Error ? error : new Error(String(error))
}

/**
 * Hands a duplicate of the socket to `use`, synchronously, after checking that it is the socket meant: its process may have closed the
 * descriptor and opened another in its place, and a pid may have gone to another process.
 */
export function borrow<T>(sys: Syscalls, { pid, fd, inode }: OpenSocket, use: (duplicate: number) => T): T {
  let pidfd: number
  try {
    pidfd = sys.pidfdOpen(pid)
  } catch (error) {
    throw refusedCall(error, pid, fd)
  }
  try {
    let duplicate: number
    try {
      duplicate = sys.pidfdGetfd(pidfd, fd)
    } catch (error) {
      throw refusedCall(error, pid, fd)
    }
    try {
      // by its link in /proc, so that not even fstat() is called on it
      const link = readlinkSync(`/proc/self/fd/${duplicate}`)
      if (inodeOf(link) !== inode) throw new UserError(`pid ${pid} fd ${fd}: not the socket that was meant any more (it was socket:[${inode}] and is ${link})`)
      return use(duplicate)
    } finally {
      sys.close(duplicate)
    }
  } finally {
    sys.close(pidfd)
  }
}

function refusedCall(error: unknown, pid: number, fd: number): unknown {
  if (failedWith(error, 'ESRCH', 'EINVAL')) return new UserError(`pid ${pid}: no such process`)
  if (failedWith(error, 'EBADF')) return new UserError(`pid ${pid} fd ${fd}: closed meanwhile`)
  if (failedWith(error, 'EPERM', 'EACCES')) return new UserError(`pid ${pid}: ${ANOTHER_USER}`)
  if (failedWith(error, 'ENOSYS')) return new UserError('kernel too old: looking into another process needs pidfd_getfd, which came with Linux 5.6')
  return error
}
