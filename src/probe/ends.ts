/** The ends of an experiment's connections, followed by their addresses: so they are still known when their descriptor is closed (TIME_WAIT). */
import type { EndState } from '../format/probe-events.js'
import { addressText } from '../format/socket-address.js'
import { InetRow, parseInet } from '../procnet/inet.js'
import { ProcRoot } from '../procnet/proc-root.js'
import { TCP_STATES } from '../procnet/tcp-state.js'
import { Family, Level, SockType } from '../socket/constants.js'
import { SockDiag } from '../socket/diag.js'
import { failedWith } from '../socket/errno.js'
import type { SocketAddress } from '../socket/sockaddr.js'
import type { Syscalls } from '../socket/syscalls.js'

const SO_TYPE = 3
const SO_DOMAIN = 39

interface End {
  readonly name: string
  readonly proto: 'tcp' | 'udp'
  readonly family: 4 | 6
  /** -1: closed. */
  fd: number
  local: string
  remote: string
  readonly inside: Inside
}

export interface EndRow extends EndState {
  /** 0 none, 1 retransmission, 2 keepalive, 3 TIME_WAIT, 4 zero-window probe. */
  readonly timer: number
  readonly timerMillis: number
  /** 0: no process holds it. */
  readonly inode: number
}

/** Runs `act` in the network namespace of a socket. */
export type Inside = <T>(act: () => T) => T

const here: Inside = (act) => act()

export class Ends {
  readonly #sys: Syscalls
  #ends: End[] = []

  /** @param sys untraced: what looks on is no part of the experiment */
  constructor(sys: Syscalls) {
    this.#sys = sys
  }

  /** Follows a TCP or UDP socket under a name; the name's former socket is followed no more. */
  watch(name: string, fd: number, inside: Inside = here): void {
    const type = this.#sys.getsockoptInt(fd, Level.SOCKET, SO_TYPE)
    const domain = this.#sys.getsockoptInt(fd, Level.SOCKET, SO_DOMAIN)
    this.#ends = this.#ends.filter((end) => end.name !== name)
    const end: End = { name, proto: type === SockType.STREAM ? 'tcp' : 'udp', family: domain === Family.INET6 ? 6 : 4, fd, local: '', remote: '', inside }
    this.#ends.push(end)
    this.#learn(end)
  }

  /** Follows a TCP connection that has no descriptor (yet, or any more) by its addresses, `10.0.0.1:80`. */
  follow(name: string, local: string, remote: string, inside: Inside = here): void {
    this.#ends = this.#ends.filter((end) => end.name !== name)
    this.#ends.push({ name, proto: 'tcp', family: 4, fd: -1, local, remote, inside })
  }

  forget(names: readonly string[]): void {
    this.#ends = this.#ends.filter(({ name }) => !names.includes(name))
  }

  forgetAll(): void {
    this.#ends = []
  }

  /** Notes the addresses of a descriptor that is about to be closed. */
  closing(fd: number): void {
    for (const end of this.#ends.filter((one) => one.fd === fd)) {
      this.#learn(end)
      end.fd = -1
    }
  }

  /** Every end followed, in the order in which they were named. */
  states(): EndRow[] {
    for (const end of this.#ends) this.#learn(end)
    const rows = new Map<string, EndRow>()
    for (const inside of new Set(this.#ends.map((end) => end.inside))) {
      const tables = new Set(this.#ends.filter((end) => end.inside === inside).map(({ proto, family }) => `${proto}${family}` as const))
      inside(() => {
        for (const table of tables) this.#read(table, rows)
      })
    }
    return this.#ends.map(({ name, proto, local, remote }) => {
      const row = rows.get(key(proto, local, remote))
      return row === undefined ? { name, proto, receiveQueue: 0, sendQueue: 0, local, remote, state: '', timer: 0, timerMillis: 0, inode: 0 } : { ...row, name }
    })
  }

  #learn(end: End): void {
    if (end.fd < 0) return
    const { fd } = end
    const local = named(() => this.#sys.getsockname(fd))
    if (local !== '') end.local = local
    const remote = named(() => this.#sys.getpeername(fd))
    // after a reset or the end of a connection there is no peer any more: the last one is what its row, if any, has
    if (remote !== '') end.remote = remote
    else if (end.remote === '') end.remote = end.family === 4 ? '0.0.0.0:0' : '[::]:0'
  }

  #read(table: `${'tcp' | 'udp'}${4 | 6}`, into: Map<string, EndRow>): void {
    const proto = table.startsWith('tcp') ? 'tcp' : 'udp'
    const family = table.endsWith('4') ? 4 : 6
    const row = new InetRow()
    row.proto = proto
    row.family = family
    const note = (): void => {
      const local = endText(row.local, row.localPort, family)
      const remote = endText(row.remote, row.remotePort, family)
      into.set(key(proto, local, remote), { name: '', proto, receiveQueue: row.receiveQueue, sendQueue: row.sendQueue, local, remote, state: TCP_STATES[row.state]?.word ?? String(row.state), timer: row.timer, timerMillis: row.timerCentis * 10, inode: row.inode })
    }
    if (!this.#dump(proto, family, row, note)) this.#scan(`${proto}${family === 6 ? '6' : ''}`, row, note)
  }

  /** By sock_diag(7); false where this kernel has none. */
  #dump(proto: 'tcp' | 'udp', family: 4 | 6, row: InetRow, note: () => void): boolean {
    let diag: SockDiag
    try {
      diag = new SockDiag(this.#sys)
    } catch (error) {
      if (failedWith(error, 'EPROTONOSUPPORT', 'EAFNOSUPPORT')) return false
      throw error
    }
    try {
      return diag.inet(proto, family, row, note, { bound: proto === 'tcp' })
    } finally {
      diag.close()
    }
  }

  /** By the file of /proc/net, this thread's: it has all but sockets that are bound and do nothing yet. */
  #scan(table: string, row: InetRow, note: () => void): void {
    new ProcRoot('/proc', 'thread-self/net').lines(table, (b, at, end) => {
      for (let line = at; line < end; ) {
        const newline = b.indexOf(10, line)
        const stop = newline < 0 || newline > end ? end : newline
        if (parseInet(b, line, stop, row)) note()
        line = stop + 1
      }
    })
  }
}

const key = (proto: string, local: string, remote: string): string => `${proto} ${local} ${remote}`

function endText(address: Uint8Array, port: number, family: 4 | 6): string {
  return addressText(family === 4 ? { family: 'inet', address: address.subarray(0, 4), port } : { family: 'inet6', address, port, flowInfo: 0, scopeId: 0 })
}

/** An address as text; '' where there is none. */
function named(read: () => SocketAddress): string {
  try {
    return addressText(read())
  } catch (error) {
    if (failedWith(error, 'ENOTCONN', 'EINVAL')) return ''
    throw error
  }
}
