/** Netlink sockets: one request, and the messages of its answer. Sources: netlink(7), <linux/netlink.h>. Host byte order, little-endian here. */
import { u16le, u32le } from '../bytes.js'
import { Family, Level, Msg, SockType } from './constants.js'
import { SyscallError } from './errno.js'
import type { Syscalls } from './syscalls.js'

const NLMSG_HEADER = 16
const NLMSG_ERROR = 2
const NLMSG_DONE = 3
const NLM_F_REQUEST = 0x1
const NLM_F_ACK = 0x4
const NLM_F_DUMP = 0x300
const NLM_F_EXCL = 0x200
const NLM_F_CREATE = 0x400
/** A dump during which the table changed so that it may not be whole. */
const NLM_F_DUMP_INTR = 0x10
const NLA_HEADER = 4
const SO_RCVTIMEO = 20
const NETLINK_EXT_ACK = 11
/** The kernel fills at most 32 KiB for a dump, whatever the buffer. */
const RECEIVE = 1 << 16

const aligned = (n: number): number => (n + 3) & ~3

/** What takes one message's payload, `b[at] … b[end - 1]`. Lent: gone with the next message. */
export type TakeMessage = (b: Uint8Array, at: number, end: number) => void

export class Netlink {
  readonly #sys: Syscalls
  readonly #fd: number
  readonly #buffer = Buffer.alloc(RECEIVE)
  #sequence = 0
  /** A dump was interrupted: the kernel says it may lack or repeat entries. */
  interrupted = false

  constructor(sys: Syscalls, protocol: number) {
    this.#sys = sys
    this.#fd = sys.socket(Family.NETLINK, SockType.RAW, protocol)
    // an answer is made while it is read, so this only ends a wait that could never end
    const limit = Buffer.alloc(16)
    limit.writeBigInt64LE(5n, 0)
    sys.setsockopt(this.#fd, Level.SOCKET, SO_RCVTIMEO, limit)
    sys.setsockoptInt(this.#fd, Level.NETLINK, NETLINK_EXT_ACK, 0)
  }

  close(): void {
    this.#sys.close(this.#fd)
  }

  /** Asks for a table. 0, or the errno with which the kernel ended it (2, ENOENT: it has no such table). */
  dump(type: number, payload: Uint8Array, take: TakeMessage): number {
    return this.#ask(type, NLM_F_REQUEST | NLM_F_DUMP, payload, take)
  }

  /** Asks for one thing to be done. 0, or an errno. */
  act(type: number, payload: Uint8Array, take: TakeMessage = () => {}): number {
    return this.#ask(type, NLM_F_REQUEST | NLM_F_ACK, payload, take)
  }

  /** Asks for a new thing to be made. 0, or an errno (17, EEXIST). */
  create(type: number, payload: Uint8Array): number {
    return this.#ask(type, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL, payload, () => {})
  }

  #ask(type: number, flags: number, payload: Uint8Array, take: TakeMessage): number {
    const sequence = ++this.#sequence
    const request = Buffer.alloc(NLMSG_HEADER + payload.length)
    request.writeUInt32LE(request.length, 0)
    request.writeUInt16LE(type, 4)
    request.writeUInt16LE(flags, 6)
    request.writeUInt32LE(sequence, 8)
    request.set(payload, NLMSG_HEADER)
    this.interrupted = false
    this.#sys.send(this.#fd, request)
    for (;;) {
      const length = this.#receive()
      const errno = this.#messages(length, sequence, take)
      if (errno !== undefined) return errno
    }
  }

  #receive(): number {
    for (;;) {
      try {
        const length = this.#sys.recv(this.#fd, this.#buffer, Msg.TRUNC)
        if (length > this.#buffer.length) throw new SyscallError('recv', `netlink message of ${length} bytes`, 90)
        return length
      } catch (error) {
        if (!(error instanceof SyscallError && error.code === 'EINTR')) throw error
      }
    }
  }

  /** The messages of one read; the errno where they end the answer, else undefined. */
  #messages(length: number, sequence: number, take: TakeMessage): number | undefined {
    const b = this.#buffer
    for (let at = 0; at + NLMSG_HEADER <= length; ) {
      const size = u32le(b, at)
      if (size < NLMSG_HEADER || size > length - at) throw new SyscallError('recv', `netlink message that says ${size} of ${length - at} bytes`, 74)
      const end = at + size
      const type = u16le(b, at + 4)
      if ((u16le(b, at + 6) & NLM_F_DUMP_INTR) !== 0) this.interrupted = true
      if (u32le(b, at + 8) === sequence) {
        // an error is a negative number; a dump that found no such table says so in the payload of its end
        if (type === NLMSG_DONE) return size >= NLMSG_HEADER + 4 ? -(u32le(b, at + NLMSG_HEADER) | 0) : 0
        if (type === NLMSG_ERROR) return size >= NLMSG_HEADER + 4 ? -(u32le(b, at + NLMSG_HEADER) | 0) : 71
        take(b, at + NLMSG_HEADER, end)
      }
      at += aligned(size)
    }
    return undefined
  }
}

/** Walks attributes from `at`: each its type, and where its value begins and ends. One whose length cannot be right ends the walk. */
export function attributes(b: Uint8Array, at: number, end: number, take: (type: number, at: number, end: number) => void): void {
  while (at + NLA_HEADER <= end) {
    const size = u16le(b, at)
    if (size < NLA_HEADER || size > end - at) return
    take(u16le(b, at + 2) & 0x3fff, at + NLA_HEADER, at + size)
    at += aligned(size)
  }
}

/** An attribute to send. */
export function attribute(type: number, value: Uint8Array): Buffer {
  const b = Buffer.alloc(aligned(NLA_HEADER + value.length))
  b.writeUInt16LE(NLA_HEADER + value.length, 0)
  b.writeUInt16LE(type, 2)
  b.set(value, NLA_HEADER)
  return b
}
