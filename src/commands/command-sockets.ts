/** The sockets of a command and its children, by looking at them again and again: where the kernel cannot tell (socket/socket-trace.ts). */
import { UserError } from '../errors.js'
import { borrow, socketsOf, type OpenSocket } from '../socket/borrow.js'
import { Level } from '../socket/constants.js'
import { failedWith } from '../socket/errno.js'
import type { SocketAddress } from '../socket/sockaddr.js'
import type { Syscalls } from '../socket/syscalls.js'
import { content, nameOf, programOf } from './program-name.js'
import { plain, socketKey, TCP, UDP } from './socket-key.js'
import type { Said } from './socket-watch.js'

/** A look at a socket costs three system calls: one that waits for a peer is not looked at every time. */
const LOOKS = 200
const SELDOM = 64
const SO_PROTOCOL = 38

/**
 * The sockets of a command and its children, which may live for two milliseconds: each is borrowed for the time of asking its addresses
 * (pidfd_getfd), as soon as its descriptor is there and until it has a peer.
 */
export class CommandSockets {
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
