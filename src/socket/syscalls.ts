/**
 * The socket calls, typed. Sources: socket(2), bind(2), …, pidfd_open(2), pidfd_getfd(2), cmsg(3). Each is one call and no more: no retry, no
 * flag of its own, except that new descriptors are close-on-exec. A failed one throws SyscallError. Every length that comes back is checked.
 */
import { u32le } from '../bytes.js'
import { Level, Ioctl, Poll, SOCK_CLOEXEC } from './constants.js'
import { Libc, loadLibc } from './libc.js'
import { MAX_ADDRESS, copy, decodeSockaddr, encodeSockaddr, type SocketAddress } from './sockaddr.js'

/** One number on every architecture (asm-generic/unistd.h). */
const SYS_PIDFD_OPEN = 434
const SYS_PIDFD_GETFD = 438

/** Bytes of struct msghdr and struct iovec where a pointer has 8. */
const MSGHDR = 56
const IOVEC = 16
/** Bytes of struct cmsghdr; the data behind it is padded to a multiple of 8. */
const CMSGHDR = 16
/** Bytes of struct mmsghdr: a msghdr, and how many bytes came or went with it. */
const MMSGHDR = 64
const POLLFD = 8
/** Bytes of struct timespec. */
const TIMESPEC = 16
const CLOCK_THREAD_CPUTIME_ID = 3
/** Bytes of struct ifreq, and its request of ethtool. */
const IFREQ = 40
const SIOCETHTOOL = 0x8946
const ETHTOOL_GLINK = 0x0a
const SO_ATTACH_FILTER = 26
const NOTHING = new Uint8Array(0)

export interface ControlMessage {
  readonly level: number
  readonly type: number
  readonly data: Uint8Array
}

export interface ReceivedMessage {
  /** Bytes received, into the buffers in order. */
  readonly length: number
  /** MSG_TRUNC, MSG_CTRUNC, MSG_OOB, MSG_EOR… */
  readonly flags: number
  readonly control: readonly ControlMessage[]
  readonly from: SocketAddress | undefined
}

export interface PollEntry {
  readonly fd: number
  /** Poll.IN… */
  readonly events: number
}

export class Syscalls {
  readonly #libc: Libc
  readonly #address = Buffer.alloc(MAX_ADDRESS)
  readonly #length = Buffer.alloc(4)

  constructor(libc: Libc) {
    this.#libc = libc
  }

  socket(family: number, type: number, protocol = 0): number {
    return this.#libc.call('socket', `${family}, ${type}, ${protocol}`, family, type | SOCK_CLOEXEC, protocol)
  }

  socketpair(family: number, type: number, protocol = 0): readonly [number, number] {
    const pair = Buffer.alloc(8)
    this.#libc.call('socketpair', `${family}, ${type}, ${protocol}`, family, type | SOCK_CLOEXEC, protocol, pair)
    return [pair.readInt32LE(0), pair.readInt32LE(4)]
  }

  bind(fd: number, address: SocketAddress): void {
    const b = encodeSockaddr(address)
    this.#libc.call('bind', `fd ${fd}`, fd, b, b.length)
  }

  connect(fd: number, address: SocketAddress): void {
    const b = encodeSockaddr(address)
    this.#libc.call('connect', `fd ${fd}`, fd, b, b.length)
  }

  listen(fd: number, backlog: number): void {
    this.#libc.call('listen', `fd ${fd}, ${backlog}`, fd, backlog)
  }

  /** @param flags SOCK_NONBLOCK or 0 */
  accept4(fd: number, flags = 0): { readonly fd: number; readonly peer: SocketAddress } {
    this.#length.writeUInt32LE(MAX_ADDRESS)
    const accepted = this.#libc.call('accept4', `fd ${fd}`, fd, this.#address, this.#length, flags | SOCK_CLOEXEC)
    return { fd: accepted, peer: this.#decoded() }
  }

  /** accept(2), without any flag: not even close-on-exec. */
  accept(fd: number): { readonly fd: number; readonly peer: SocketAddress } {
    this.#length.writeUInt32LE(MAX_ADDRESS)
    const accepted = this.#libc.call('accept4', `fd ${fd}`, fd, this.#address, this.#length, 0)
    return { fd: accepted, peer: this.#decoded() }
  }

  shutdown(fd: number, how: number): void {
    this.#libc.call('shutdown', `fd ${fd}, ${how}`, fd, how)
  }

  getsockname(fd: number): SocketAddress {
    this.#length.writeUInt32LE(MAX_ADDRESS)
    this.#libc.call('getsockname', `fd ${fd}`, fd, this.#address, this.#length)
    return this.#decoded()
  }

  getpeername(fd: number): SocketAddress {
    this.#length.writeUInt32LE(MAX_ADDRESS)
    this.#libc.call('getpeername', `fd ${fd}`, fd, this.#address, this.#length)
    return this.#decoded()
  }

  #decoded(): SocketAddress {
    return decodeSockaddr(this.#address, Math.min(u32le(this.#length, 0), MAX_ADDRESS))
  }

  /** Reads an option into `value`, asking for all of it; returns how many bytes it has. */
  getsockopt(fd: number, level: number, name: number, value: Uint8Array): number {
    this.#length.writeUInt32LE(value.length)
    this.#libc.call('getsockopt', () => `fd ${fd}, level ${level}, option ${name}`, fd, level, name, value, this.#length)
    // a few options report how long the whole would be, which may be more than was given
    return Math.min(u32le(this.#length, 0), value.length)
  }

  /** An option that is an int. */
  getsockoptInt(fd: number, level: number, name: number): number {
    const value = Buffer.alloc(4)
    const length = this.getsockopt(fd, level, name, value)
    return length === 1 ? value[0]! : value.readInt32LE(0)
  }

  setsockopt(fd: number, level: number, name: number, value: Uint8Array): void {
    this.#libc.call('setsockopt', () => `fd ${fd}, level ${level}, option ${name}, ${value.length} bytes`, fd, level, name, value, value.length)
  }

  setsockoptInt(fd: number, level: number, name: number, value: number): void {
    const b = Buffer.alloc(4)
    b.writeInt32LE(value | 0)
    this.setsockopt(fd, level, name, b)
  }

  /** Attaches a classic BPF program of 8 bytes an instruction (struct sock_fprog points to it). */
  attachFilter(fd: number, program: Uint8Array): void {
    const held = Buffer.from(program)
    const description = Buffer.alloc(16)
    description.writeUInt16LE(program.length >> 3, 0)
    description.writeBigUInt64LE(this.#libc.address(held), 8)
    this.#libc.callHolding([held], 'setsockopt', `fd ${fd}, SO_ATTACH_FILTER`, fd, Level.SOCKET, SO_ATTACH_FILTER, description, description.length)
  }

  /** @param flags Msg.… */
  send(fd: number, bytes: Uint8Array, flags = 0): number {
    return this.#libc.call('send', `fd ${fd}, ${bytes.length} bytes`, fd, bytes, bytes.length, flags)
  }

  sendto(fd: number, bytes: Uint8Array, flags: number, to: SocketAddress): number {
    const address = encodeSockaddr(to)
    return this.#libc.call('sendto', `fd ${fd}, ${bytes.length} bytes`, fd, bytes, bytes.length, flags, address, address.length)
  }

  /** Bytes received; with Msg.TRUNC it may be more than `into` holds. */
  recv(fd: number, into: Uint8Array, flags = 0): number {
    return this.#libc.call('recv', `fd ${fd}, ${into.length} bytes`, fd, into, into.length, flags)
  }

  /** As `recv`, on another thread: for experiments in a process of their own, where nothing else waits for one of the four. */
  recvAsync(fd: number, into: Uint8Array, flags = 0): Promise<number> {
    return this.#libc.callAsync([], 'recv', `fd ${fd}, ${into.length} bytes`, fd, into, into.length, flags)
  }

  sendAsync(fd: number, bytes: Uint8Array, flags = 0): Promise<number> {
    return this.#libc.callAsync([], 'send', `fd ${fd}, ${bytes.length} bytes`, fd, bytes, bytes.length, flags)
  }

  closeAsync(fd: number): Promise<number> {
    return this.#libc.callAsync([], 'close', `fd ${fd}`, fd)
  }

  sendmsg(fd: number, pieces: readonly Uint8Array[], control: readonly ControlMessage[] = [], flags = 0, to?: SocketAddress): number {
    const message = this.#message(pieces, encodeControl(control), to === undefined ? undefined : encodeSockaddr(to))
    return this.#libc.callHolding(message.held, 'sendmsg', `fd ${fd}`, fd, message.header, flags)
  }

  /** @param controlRoom bytes for control messages; descriptors that arrive in them belong to the caller */
  recvmsg(fd: number, pieces: readonly Uint8Array[], controlRoom = 0, flags = 0): ReceivedMessage {
    const control = Buffer.alloc(controlRoom)
    const address = Buffer.alloc(MAX_ADDRESS)
    const message = this.#message(pieces, control, address)
    const length = this.#libc.callHolding(message.held, 'recvmsg', `fd ${fd}`, fd, message.header, flags)
    const addressLength = Math.min(message.header.readUInt32LE(8), MAX_ADDRESS)
    return {
      length,
      flags: message.header.readInt32LE(48),
      control: decodeControl(control.subarray(0, Math.min(message.header.readUInt32LE(40), controlRoom))),
      from: addressLength === 0 ? undefined : decodeSockaddr(address, addressLength),
    }
  }

  /** Sends each of `messages` (pieces of one datagram) to the peer in one call; returns the bytes sent of those that were. sendmmsg(2) */
  sendmmsg(fd: number, messages: readonly (readonly Uint8Array[])[], flags = 0): number[] {
    const vector = this.#vector(messages.map((pieces) => this.#message(pieces, NOTHING, undefined)))
    const sent = this.#libc.callHolding(vector.held, 'sendmmsg', `fd ${fd}, ${messages.length} messages`, fd, vector.bytes, messages.length, flags)
    return messages.slice(0, sent).map((_, i) => vector.bytes.readUInt32LE(i * MMSGHDR + MSGHDR))
  }

  /** Receives one message into each of `into` that there is one for; flags and length of each. Without Msg.DONTWAIT or WAITFORONE it waits for all. recvmmsg(2) */
  recvmmsg(fd: number, into: readonly Uint8Array[], flags = 0): { readonly length: number; readonly flags: number }[] {
    const vector = this.#vector(into.map((buffer) => this.#message([buffer], NOTHING, undefined)))
    const received = this.#libc.callHolding(vector.held, 'recvmmsg', `fd ${fd}, ${into.length} messages`, fd, vector.bytes, into.length, flags, null)
    return into.slice(0, received).map((_, i) => ({ length: vector.bytes.readUInt32LE(i * MMSGHDR + MSGHDR), flags: vector.bytes.readInt32LE(i * MMSGHDR + 48) }))
  }

  /** An array of struct mmsghdr. */
  #vector(messages: readonly { readonly header: Buffer; readonly held: readonly Uint8Array[] }[]): { readonly bytes: Buffer; readonly held: readonly Uint8Array[] } {
    const bytes = Buffer.alloc(Math.max(MMSGHDR * messages.length, 1))
    messages.forEach(({ header }, i) => bytes.set(header, i * MMSGHDR))
    return { bytes, held: [bytes, ...messages.flatMap(({ held }) => held)] }
  }

  /** struct msghdr and what it points to. */
  #message(pieces: readonly Uint8Array[], control: Uint8Array, address: Uint8Array | undefined): { readonly header: Buffer; readonly held: readonly Uint8Array[] } {
    const iov = Buffer.alloc(Math.max(IOVEC * pieces.length, 1))
    pieces.forEach((piece, i) => {
      iov.writeBigUInt64LE(piece.length === 0 ? 0n : this.#libc.address(piece), i * IOVEC)
      iov.writeBigUInt64LE(BigInt(piece.length), i * IOVEC + 8)
    })
    const header = Buffer.alloc(MSGHDR)
    if (address !== undefined) {
      header.writeBigUInt64LE(this.#libc.address(address), 0)
      header.writeUInt32LE(address.length, 8)
    }
    header.writeBigUInt64LE(this.#libc.address(iov), 16)
    header.writeUInt32LE(pieces.length, 24)
    if (control.length > 0) {
      header.writeBigUInt64LE(this.#libc.address(control), 32)
      header.writeUInt32LE(control.length, 40)
    }
    return { header, held: [header, iov, control, ...pieces, ...(address === undefined ? [] : [address])] }
  }

  /** sendfile(2) from an offset, which it moves on; the file's own position stays. */
  sendfileAt(outFd: number, inFd: number, offset: number, count: number): { readonly sent: number; readonly offset: number } {
    const at = Buffer.alloc(8)
    at.writeBigInt64LE(BigInt(offset))
    const sent = this.#libc.call('sendfile', `fd ${outFd}, fd ${inFd}, ${count} bytes`, outFd, inFd, at, count)
    return { sent, offset: Number(at.readBigInt64LE(0)) }
  }

  /** @param offset where to read in `inFd`; undefined reads at, and moves, its own position */
  sendfile(outFd: number, inFd: number, count: number, offset?: number): number {
    let at: Buffer | null = null
    if (offset !== undefined) {
      at = Buffer.alloc(8)
      at.writeBigInt64LE(BigInt(offset))
    }
    return this.#libc.call('sendfile', `fd ${outFd}, fd ${inFd}, ${count} bytes`, outFd, inFd, at, count)
  }

  /** The two ends of a pipe: read from the first, write to the second. @param flags O_NONBLOCK or 0 */
  pipe(flags = 0): readonly [number, number] {
    const pair = Buffer.alloc(8)
    this.#libc.call('pipe2', `${flags}`, pair, flags | SOCK_CLOEXEC)
    return [pair.readInt32LE(0), pair.readInt32LE(4)]
  }

  read(fd: number, into: Uint8Array): number {
    return this.#libc.call('read', `fd ${fd}, ${into.length} bytes`, fd, into, into.length)
  }

  /** Node ignores SIGPIPE, so that a peer that is gone gives EPIPE. */
  write(fd: number, bytes: Uint8Array): number {
    return this.#libc.call('write', `fd ${fd}, ${bytes.length} bytes`, fd, bytes, bytes.length)
  }

  /** Moves bytes between a pipe and another descriptor inside the kernel; one of the two is the pipe. */
  splice(inFd: number, outFd: number, count: number, flags = 0): number {
    return this.#libc.call('splice', `fd ${inFd}, fd ${outFd}, ${count} bytes`, inFd, null, outFd, null, count, flags)
  }

  /** @param argument the structure that the request reads or fills */
  ioctl(fd: number, request: number, argument: Uint8Array): number {
    return this.#libc.ioctl(fd, request, argument)
  }

  /** The int that a request answers with: Ioctl.SIOCINQ, SIOCOUTQ… */
  ioctlInt(fd: number, request: number): number {
    const value = Buffer.alloc(4)
    this.#libc.ioctl(fd, request, value)
    return value.readInt32LE(0)
  }

  /** Whether an interface has a carrier (ETHTOOL_GLINK, <linux/ethtool.h>). The kernel first does what it had put off about its link: it carries frames from then on. */
  hasCarrier(fd: number, name: string): boolean {
    const value = Buffer.alloc(8) // struct ethtool_value
    value.writeUInt32LE(ETHTOOL_GLINK, 0)
    const request = Buffer.alloc(IFREQ)
    request.write(name, 0, 15, 'latin1')
    request.writeBigUInt64LE(this.#libc.address(value), 16)
    this.#libc.callHolding([value], 'ioctl', `fd ${fd}, SIOCETHTOOL ${name}`, fd, SIOCETHTOOL, 'void *', request)
    return value.readUInt32LE(4) !== 0
  }

  /** Whether the next byte to read is the one that urgent data followed. sockatmark(3), which is this ioctl */
  sockatmark(fd: number): boolean {
    return this.ioctlInt(fd, Ioctl.SIOCATMARK) !== 0
  }

  /** Which of `entries` are ready, in their order (0 for none). Blocks the whole process: 0 or a few milliseconds. */
  poll(entries: readonly PollEntry[], timeoutMillis: number): number[] {
    const fds = pollfds(entries)
    this.#libc.call('poll', `${entries.length} descriptors, ${timeoutMillis} ms`, fds, entries.length, timeoutMillis)
    return entries.map((_, i) => fds.readUInt16LE(i * POLLFD + 6))
  }

  /** As `poll`, on another thread; longer than 250 ms is refused because four such calls stop all file reading and process.exit(). */
  async pollAsync(entries: readonly PollEntry[], timeoutMillis: number): Promise<number[]> {
    if (!(timeoutMillis >= 0 && timeoutMillis <= 250)) throw new RangeError('poll at most 250 ms at a time')
    const fds = pollfds(entries)
    await this.#libc.callAsync([], 'poll', `${entries.length} descriptors, ${timeoutMillis} ms`, fds, entries.length, timeoutMillis)
    return entries.map((_, i) => fds.readUInt16LE(i * POLLFD + 6))
  }

  close(fd: number): void {
    this.#libc.call('close', `fd ${fd}`, fd)
  }

  dup(fd: number): number {
    return this.#libc.call('dup', `fd ${fd}`, fd)
  }

  /** Processor time that the calling thread has used, ns: clock_gettime(2). */
  threadTime(): number {
    const time = Buffer.alloc(TIMESPEC)
    this.#libc.call('clock_gettime', 'CLOCK_THREAD_CPUTIME_ID', CLOCK_THREAD_CPUTIME_ID, time)
    return Number(time.readBigInt64LE(0)) * 1e9 + Number(time.readBigInt64LE(8))
  }

  /** @param command Fcntl.…; never SETFL on a descriptor that another process shares */
  fcntl(fd: number, command: number, argument = 0): number {
    return this.#libc.fcntl(fd, command, argument)
  }

  /** A descriptor that stands for the process, whoever gets its number later. Linux 5.3. */
  pidfdOpen(pid: number): number {
    return this.#libc.numbered('pidfd_open', SYS_PIDFD_OPEN, pid, 0)
  }

  /** A duplicate of the process's descriptor: the same open file, not a copy. Linux 5.6, ptrace rights. */
  pidfdGetfd(pidfd: number, targetFd: number): number {
    return this.#libc.numbered('pidfd_getfd', SYS_PIDFD_GETFD, pidfd, targetFd, 0)
  }
}

function pollfds(entries: readonly PollEntry[]): Buffer {
  const fds = Buffer.alloc(Math.max(entries.length, 1) * POLLFD)
  entries.forEach(({ fd, events }, i) => {
    fds.writeInt32LE(fd, i * POLLFD)
    fds.writeUInt16LE(events & (Poll.RDHUP | 0xff), i * POLLFD + 4)
  })
  return fds
}

/** CMSG_ALIGN: a multiple of size_t. */
const aligned = (n: number): number => (n + 7) & ~7

export function encodeControl(messages: readonly ControlMessage[]): Uint8Array {
  const b = Buffer.alloc(messages.reduce((sum, { data }) => sum + aligned(CMSGHDR + data.length), 0))
  let at = 0
  for (const { level, type, data } of messages) {
    b.writeUInt32LE(CMSGHDR + data.length, at)
    b.writeInt32LE(level, at + 8)
    b.writeInt32LE(type, at + 12)
    b.set(data, at + CMSGHDR)
    at += aligned(CMSGHDR + data.length)
  }
  return b
}

/** Walks control messages; one whose length cannot be right ends the walk. */
export function decodeControl(b: Uint8Array): ControlMessage[] {
  const messages: ControlMessage[] = []
  for (let at = 0; at + CMSGHDR <= b.length; ) {
    const length = u32le(b, at)
    if (length < CMSGHDR || length > b.length - at) break
    messages.push({ level: u32le(b, at + 8) | 0, type: u32le(b, at + 12) | 0, data: copy(b, at + CMSGHDR, at + length) })
    at += aligned(length)
  }
  return messages
}

/** The system calls of this machine, or a UserError that says why there are none. */
export const loadSyscalls = async (): Promise<Syscalls> => new Syscalls(await loadLibc())
