/**
 * Unix sockets by NETLINK_SOCK_DIAG: names as bytes, so that none can forge a row; peers; queues. Sources: sock_diag(7), <linux/unix_diag.h>,
 * net/unix/diag.c. It lacks what /proc/net/unix has of the rest: reference counts, and connections that nobody has accepted yet.
 */
import { u32le } from '../bytes.js'
import { Family } from './constants.js'
import type { SockDiag } from './diag.js'
import { attributes } from './netlink.js'
import { copy } from './sockaddr.js'

const MESSAGE = 16
const REQUEST = 24
const SHOW = { NAME: 0x1, VFS: 0x2, PEER: 0x4, ICONS: 0x8, RQLEN: 0x10, MEMINFO: 0x20, UID: 0x40 } as const
const Attr = { NAME: 0, VFS: 1, PEER: 2, ICONS: 3, RQLEN: 4, MEMINFO: 5, SHUTDOWN: 6, UID: 7 } as const

export interface UnixSocket {
  readonly inode: number
  /** SockType.… */
  readonly type: number
  /** As of TCP: 1 connected, 7 not, 10 listening. */
  readonly state: number
  /** Bytes of the name, without the NUL that ends a path or begins an abstract name; NULs and newlines inside are kept. */
  readonly name: Uint8Array
  readonly kind: 'path' | 'abstract' | 'unnamed'
  /** Inode of the socket on the other end; 0 none. */
  readonly peer: number
  /** Of a path: the inode and device that bind() made, to tell a socket whose path another now has. */
  readonly file: { readonly inode: number; readonly device: number } | undefined
  /** Bytes that wait to be read; of a listener, connections that wait. */
  readonly receiveQueue: number
  /** Bytes sent and not yet read; of a listener, the limit of its backlog. */
  readonly sendQueue: number
  readonly uid: number | undefined
  readonly shutdown: number
}

/** Every unix socket of the namespace, in the kernel's order. False where the kernel has no unix_diag: read the file instead. */
export function unixSockets(diag: SockDiag, take: (socket: UnixSocket) => void): boolean {
  const payload = Buffer.alloc(REQUEST)
  payload[0] = Family.UNIX
  payload.writeUInt32LE(0xffffffff, 4) // every state
  payload.writeUInt32LE(SHOW.NAME | SHOW.VFS | SHOW.PEER | SHOW.RQLEN | SHOW.UID, 12)
  return diag.dump(payload, 'unix', (b, at, end) => {
    const socket = decodeUnixSocket(b, at, end)
    if (socket !== undefined) take(socket)
  })
}

export function decodeUnixSocket(b: Uint8Array, at: number, end: number): UnixSocket | undefined {
  if (end - at < MESSAGE) return undefined
  const found: { -readonly [K in keyof UnixSocket]: UnixSocket[K] } = {
    inode: u32le(b, at + 4), type: b[at + 1]!, state: b[at + 2]!, name: new Uint8Array(0), kind: 'unnamed', peer: 0, file: undefined,
    receiveQueue: 0, sendQueue: 0, uid: undefined, shutdown: 0,
  }
  attributes(b, at + MESSAGE, end, (type, from, to) => {
    const length = to - from
    if (type === Attr.NAME && length > 0) {
      const isAbstract = b[from] === 0
      found.kind = isAbstract ? 'abstract' : 'path'
      // a path is sent with the NUL that ends it, when bind() was given one
      found.name = isAbstract ? copy(b, from + 1, to) : copy(b, from, b[to - 1] === 0 ? to - 1 : to)
    } else if (type === Attr.PEER && length >= 4) found.peer = u32le(b, from)
    else if (type === Attr.VFS && length >= 8) found.file = { inode: u32le(b, from), device: u32le(b, from + 4) }
    else if (type === Attr.RQLEN && length >= 8) {
      found.receiveQueue = u32le(b, from)
      found.sendQueue = u32le(b, from + 4)
    } else if (type === Attr.UID && length >= 4) found.uid = u32le(b, from)
    else if (type === Attr.SHUTDOWN && length >= 1) found.shutdown = b[from]!
  })
  return found
}

/** Exact names and peers by inode, for rows of /proc/net/unix: a row of another name, or whose inode is not here, is not to be believed. */
export function unixByInode(diag: SockDiag): ReadonlyMap<number, UnixSocket> | undefined {
  const sockets = new Map<number, UnixSocket>()
  return unixSockets(diag, (socket) => sockets.set(socket.inode, socket)) ? sockets : undefined
}
