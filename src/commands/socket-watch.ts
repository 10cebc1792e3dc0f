/**
 * A process of its own that says which programs own which sockets of its network namespace. A capture starts it before it gives root up, since
 * /proc/PID/fd of others is read here; it is told nothing but "look now", so that whoever takes the capture over gains no right by it.
 * Lines on descriptor 3: in, a number; out, JSON: `[[key, pid, name, isOurs], …]` of sockets that are new, or the number back once it has looked.
 */
import { readFileSync } from 'node:fs'
import { Socket } from 'node:net'
import { UserError } from '../errors.js'
import { escapeBytes } from '../escape.js'
import { InetRow, isAny, isMapped, parseInet } from '../procnet/inet.js'
import { Owners, type Process } from '../procnet/owners.js'
import { ProcRoot } from '../procnet/proc-root.js'
import { eachLine } from '../procnet/route.js'
import { INET_TABLES } from '../procnet/tables.js'
import { borrow, socketsOf, type OpenSocket } from '../socket/borrow.js'
import { Level } from '../socket/constants.js'
import { failedWith } from '../socket/errno.js'
import type { SocketAddress } from '../socket/sockaddr.js'
import { loadSyscalls, type Syscalls } from '../socket/syscalls.js'
import { socketKey, TCP, UDP } from './socket-key.js'

export type Said = readonly [key: string, pid: number, name: string, isOurs: boolean]

/** What the watch is told at its start. */
export interface WatchSettings {
  /** Milliseconds between two looks. */
  readonly every: number
  /** The process whose sockets, and whose children's, are `isOurs`; 0: none. */
  readonly tree: number
}

/** Milliseconds without a pause after a command has started, and after each of its sockets. */
const BUSY = 1000
/** Looks for an owner before a socket is taken to have none (the kernel's own). */
const TRIES = 4

export async function watch({ every, tree }: WatchSettings): Promise<void> {
  const link = new Socket({ fd: 3, readable: true, writable: true })
  const eye: { look(): Said[] } = tree > 0 ? new Family(tree, await loadSyscalls()) : new SocketTables()
  const look = (): void => {
    const found = eye.look()
    if (found.length === 0) return
    link.write(`${JSON.stringify(found)}\n`)
    busyUntil = performance.now() + BUSY
  }
  // A command's sockets come and go within two milliseconds, most of them soon after its start or after one another.
  let busyUntil = performance.now() + (tree > 0 ? BUSY : 0), isOver = false
  const again = (): void => {
    if (isOver) return
    look()
    if (tree > 0 && performance.now() < busyUntil) setImmediate(again)
    else setTimeout(again, every)
  }
  again()
  link.on('data', (asked) => {
    look()
    for (const number of asked.toString('latin1').split('\n')) if (number !== '') link.write(`${Number(number)}\n`)
  })
  for (const event of ['end', 'error', 'close']) {
    link.on(event, () => {
      isOver = true
      link.destroy()
    })
  }
}

/** All sockets of the network namespace: a look costs some 10 ms, most of it the kernel's walk through its tables. */
class SocketTables {
  readonly #root = new ProcRoot()
  /** Inode last said of a key. */
  #said = new Map<string, number>()
  readonly #owners = new Map<number, Process>()
  readonly #tries = new Map<number, number>()

  /** Sockets that are new, with owners. */
  look(): Said[] {
    const seen = new Map<string, number>()
    const fresh: [key: string, inode: number][] = []
    let mustScan = false
    this.#rows((key, inode) => {
      seen.set(key, inode)
      if (this.#said.get(key) === inode) return
      fresh.push([key, inode])
      if (!this.#owners.has(inode) && (this.#tries.get(inode) ?? 0) < TRIES) mustScan = true
    })
    const scan = mustScan ? Owners.scan(this.#root) : undefined
    const found: Said[] = []
    for (const [key, inode] of fresh) {
      const owner = this.#owners.get(inode) ?? scan?.first(inode)
      if (owner === undefined) {
        const tries = (this.#tries.get(inode) ?? 0) + 1
        this.#tries.set(inode, tries)
        if (tries < TRIES) seen.delete(key) // a socket is in the table a little before its descriptor is
        continue
      }
      this.#owners.set(inode, owner)
      found.push([key, owner.pid, nameOf(owner.name), false])
    }
    this.#said = seen
    const alive = new Set(seen.values())
    for (const inode of this.#owners.keys()) if (!alive.has(inode)) this.#owners.delete(inode)
    for (const inode of this.#tries.keys()) if (!alive.has(inode) && this.#tries.size > 4096) this.#tries.delete(inode)
    return found
  }

  #rows(take: (key: string, inode: number) => void): void {
    const row = new InetRow()
    for (const { file, proto, family } of INET_TABLES) {
      if (proto !== 'tcp' && proto !== 'udp') continue
      row.proto = proto
      row.family = family
      const line = (b: Uint8Array, at: number, end: number): void => {
        if (!parseInet(b, at, end, row) || row.inode === 0) return // the titles, or a socket that nobody holds any more
        const mapped = family === 6 && isMapped(row.local)
        const from = mapped ? 12 : 0, size = family === 4 || mapped ? 4 : 16
        const local = isAny(row.local, family) ? undefined : row.local.subarray(from, from + size)
        const remote = row.remotePort === 0 ? undefined : row.remote.subarray(from, from + size)
        take(socketKey(proto === 'tcp' ? TCP : UDP, local, row.localPort, remote, row.remotePort), row.inode)
      }
      this.#root.lines(file, (b, at, end) => eachLine(b, at, end, (from, to) => line(b, from, to)))
    }
  }
}

/** A look at a socket costs three system calls: one that waits for a peer is not looked at every time. */
const LOOKS = 200
const SELDOM = 64
const SO_PROTOCOL = 38

/**
 * The sockets of a command and its children, which may live for two milliseconds: each is borrowed for the time of asking its addresses
 * (pidfd_getfd), as soon as its descriptor is there and until it has a peer.
 */
class Family {
  readonly #pids: Set<number>
  readonly #sys: Syscalls
  /** How often each socket was looked at; Infinity: it is known. */
  readonly #looks = new Map<number, number>()

  constructor(root: number, sys: Syscalls) {
    this.#pids = new Set([root])
    this.#sys = sys
  }

  look(): Said[] {
    const found: Said[] = []
    // Each process brings its children behind it; one whose parent has ended stays in the set.
    for (const pid of this.#pids) {
      for (const child of content(`/proc/${pid}/task/${pid}/children`).toString('latin1').split(' ')) if (child !== '') this.#pids.add(Number(child))
      try {
        for (const socket of socketsOf(pid)) this.#ask(socket, found)
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        if (content(`/proc/${pid}/stat`).length === 0) this.#pids.delete(pid) // it has ended
      }
    }
    return found
  }

  #ask(socket: OpenSocket, found: Said[]): void {
    const looks = (this.#looks.get(socket.inode) ?? 0) + 1
    this.#looks.set(socket.inode, looks)
    if (looks > LOOKS && looks % SELDOM !== 0) return
    const key = borrow(this.#sys, socket, (fd) => this.#key(fd))
    if (key === undefined) return
    if (key.includes(' ', 3)) this.#looks.set(socket.inode, Infinity)
    found.push([key, socket.pid, nameOf(programOf(socket.pid)), true])
  }

  /** Own and peer's address of a duplicate; undefined: no TCP or UDP, or not bound yet. */
  #key(fd: number): string | undefined {
    const local = this.#sys.getsockname(fd)
    if ((local.family !== 'inet' && local.family !== 'inet6') || local.port === 0) return undefined
    const protocol = this.#sys.getsockoptInt(fd, Level.SOCKET, SO_PROTOCOL)
    if (protocol !== TCP && protocol !== UDP) return undefined
    let peer: SocketAddress | undefined
    try {
      peer = this.#sys.getpeername(fd)
    } catch (error) {
      if (!failedWith(error, 'ENOTCONN')) throw error
    }
    const own = plain(local.address)
    if (peer === undefined || (peer.family !== 'inet' && peer.family !== 'inet6')) return socketKey(protocol, own.some((byte) => byte !== 0) ? own : undefined, local.port, undefined, 0)
    return socketKey(protocol, own, local.port, plain(peer.address), peer.port)
  }
}

/** An IPv4 address that an IPv6 socket uses, as the packets have it. */
const plain = (address: Uint8Array): Uint8Array => (address.length === 16 && isMapped(address) ? address.subarray(12) : address)

/** The file's bytes; none when the process has ended. */
function content(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    return Buffer.alloc(0)
  }
}

/** argv[0] without its directory. */
function programOf(pid: number): Uint8Array {
  const line = content(`/proc/${pid}/cmdline`), nul = line.indexOf(0)
  const first = nul < 0 ? line : line.subarray(0, nul)
  return first.subarray(first.lastIndexOf(0x2f) + 1)
}

/** First word of argv[0], safe to print, at most 32 characters. */
const nameOf = (name: Uint8Array): string => escapeBytes(name).split(' ')[0]!.replace(/:$/, '').slice(0, 32) || '?'
