/**
 * Internet sockets by NETLINK_SOCK_DIAG: the rows of /proc/net/{tcp,udp,…}, in the same order, and what those files do not tell. Sources:
 * sock_diag(7), <linux/inet_diag.h>, net/ipv4/inet_diag.c, tcp_diag.c, udp_diag.c. It sees one's own network namespace only.
 *
 * Where it differs from the file: SYN_RECV rows carry no uid here, so it is taken from their listener; the retransmission and probe counts share
 * one field, so both are right only with `info`, and of SYN_RECV it counts SYN-ACKs sent again where the file counts timeouts; a listener's second queue is the limit of its backlog, which the file shows as 0.
 */
import { u16, u16le, u32le, u64le } from '../bytes.js'
import { Family, Protocol } from './constants.js'
import { SyscallError } from './errno.js'
import { attribute, attributes, Netlink } from './netlink.js'
import type { Syscalls } from './syscalls.js'
import { tcpInfo, tcpInfoValue, TCP_INFO_FIELDS } from './tcp-info.js'

const NETLINK_SOCK_DIAG = 4
const SOCK_DIAG_BY_FAMILY = 20
const SOCK_DESTROY = 21
/** Bytes of struct inet_diag_sockid, inet_diag_req_v2 and inet_diag_msg. */
const SOCKID = 48
const REQUEST = 8 + SOCKID
const MESSAGE = 4 + SOCKID + 20
const INET_DIAG_REQ_PROTOCOL = 3
const TCP_LISTEN = 10
const SYN_RECV = 3
const NEW_SYN_RECV = 12

/** Attributes of an answer; those up to 8 are asked for by bit number minus one. */
const Attr = { MEMINFO: 1, INFO: 2, CONG: 4, TOS: 5, TCLASS: 6, SKMEMINFO: 7, SHUTDOWN: 8, SKV6ONLY: 11, MARK: 15, CLASS_ID: 17, ULP_INFO: 19, CGROUP_ID: 21, SOCKOPT: 22 } as const
const ask = (...types: readonly number[]): number => types.reduce((mask, type) => mask | (1 << (type - 1)), 0)

/** Every state of the file: 1 to 12. Bit 13 asks for TCP sockets that are bound and neither listen nor are connected (Linux 6.8). */
const FILE_STATES = 0x1ffe
const BOUND_INACTIVE = 1 << 13

/** What `InetRow` of procnet has: the same names and units, so that a reader of the file takes these rows too. */
export interface InetFields {
  local: Uint8Array
  localPort: number
  remote: Uint8Array
  remotePort: number
  state: number
  sendQueue: number
  receiveQueue: number
  timer: number
  timerCentis: number
  retransmits: number
  uid: number
  probes: number
  inode: number
}

export type DiagProto = 'tcp' | 'udp' | 'udplite' | 'raw' | 'sctp' | 'dccp' | 'mptcp'
const NUMBER: Readonly<Record<DiagProto, number>> = {
  tcp: Protocol.TCP, udp: Protocol.UDP, udplite: Protocol.UDPLITE, raw: Protocol.RAW, sctp: Protocol.SCTP, dccp: Protocol.DCCP, mptcp: Protocol.MPTCP,
}

export interface DumpOptions {
  /** Bound TCP sockets that neither listen nor are connected too (state 7, between the listeners and the rest). */
  readonly bound?: boolean
  /** TCP_INFO, congestion control, memory, TOS: for `InetExtras`. */
  readonly info?: boolean
  /** Only these states, a bit each. */
  readonly states?: number
}

/** What the file does not tell. A field is undefined where this kernel, or this socket, does not have it. */
export interface InetExtras {
  readonly cookie: bigint
  /** Index of the interface the socket is bound to, or of a link-local address's; 0 none. */
  readonly interfaceIndex: number
  /** Of a TCP listener: how many connections may wait in its accept queue. */
  readonly backlogLimit: number | undefined
  readonly tcpInfo: ReadonlyMap<string, number | bigint> | undefined
  readonly congestion: string | undefined
  /** rmem_alloc rcvbuf wmem_alloc sndbuf fwd_alloc wmem_queued optmem backlog drops: bytes, the last packets. */
  readonly memory: readonly number[] | undefined
  readonly tos: number | undefined
  readonly trafficClass: number | undefined
  /** 1 receiving was shut down, 2 sending. */
  readonly shutdown: number | undefined
  readonly v6only: boolean | undefined
  /** SO_MARK; told only to CAP_NET_ADMIN. */
  readonly mark: number | undefined
  /** Id (inode) of the control group, as a directory below /sys/fs/cgroup has it. */
  readonly cgroupId: bigint | undefined
  /** The two bytes of struct inet_diag_sockopt. */
  readonly sockopt: number | undefined
}

/** A row of the answer, lent: `fields` fills the caller's row, `extras` decodes the attributes when they are wanted. */
export interface DiagRow {
  extras(): InetExtras
  /** What `destroy` takes. A copy. */
  id(): Uint8Array
}

export class SockDiag {
  readonly #netlink: Netlink

  constructor(sys: Syscalls) {
    this.#netlink = new Netlink(sys, NETLINK_SOCK_DIAG)
  }

  close(): void {
    this.#netlink.close()
  }

  /** The kernel says of the last dump that the table changed under it. */
  get interrupted(): boolean {
    return this.#netlink.interrupted
  }

  /**
   * Fills `row` with each socket of a protocol and family, in the order of /proc/net, and calls `take`. False where the kernel has no such dump
   * (raw without INET_RAW_DIAG, sctp without its module): read the file instead.
   */
  inet(proto: DiagProto, family: 4 | 6, row: InetFields, take: (row: DiagRow) => void, options: DumpOptions = {}): boolean {
    const decoder = new Decoder(row, family)
    const errno = this.#netlink.dump(SOCK_DIAG_BY_FAMILY, request(proto, family, options), (b, at, end) => {
      if (decoder.fill(b, at, end)) take(decoder)
    })
    if (errno === 2) return false
    if (errno !== 0) throw new SyscallError('sock_diag', `${proto}, IPv${family}`, errno)
    return true
  }

  /** The payload of every answer to a request that is made elsewhere (unix-diag.ts); as `inet`, false where there is no such dump. */
  dump(payload: Uint8Array, what: string, take: (b: Uint8Array, at: number, end: number) => void): boolean {
    const errno = this.#netlink.dump(SOCK_DIAG_BY_FAMILY, payload, take)
    if (errno === 2) return false
    if (errno !== 0) throw new SyscallError('sock_diag', what, errno)
    return true
  }

  /**
   * Closes a socket under its owner (SOCK_DESTROY, Linux 4.9 with INET_DIAG_DESTROY): its calls fail with ECONNABORTED, a TCP peer gets a reset.
   * The id holds the cookie, so a socket that took its place meanwhile is not meant. 0, or errno: 1 EPERM, 2 ENOENT gone, 95 EOPNOTSUPP.
   */
  destroy(proto: DiagProto, family: 4 | 6, id: Uint8Array): number {
    if (id.length !== SOCKID) throw new RangeError(`a socket id has ${SOCKID} bytes, not ${id.length}`)
    const payload = request(proto, family, { states: 0xffffffff })
    payload.set(id, 8)
    return this.#netlink.act(SOCK_DESTROY, payload)
  }
}

function request(proto: DiagProto, family: 4 | 6, { bound, info, states }: DumpOptions): Buffer {
  const b = Buffer.alloc(REQUEST)
  const number = NUMBER[proto]
  b[0] = family === 4 ? Family.INET : Family.INET6
  b[1] = number > 255 ? 0 : number
  b[2] = info === true ? ask(Attr.INFO, Attr.CONG, Attr.TOS, Attr.TCLASS, Attr.SKMEMINFO) : 0
  b.writeUInt32LE((states ?? (bound === true ? FILE_STATES | BOUND_INACTIVE : FILE_STATES)) >>> 0, 4)
  if (number <= 255) return b
  // a protocol of more than eight bits (MPTCP) goes into an attribute
  const value = Buffer.alloc(4)
  value.writeUInt32LE(number)
  return Buffer.concat([b, attribute(INET_DIAG_REQ_PROTOCOL, value)])
}

interface Listener {
  readonly address: Uint8Array
  readonly uid: number
}

const TCPI_RETRANSMITS = TCP_INFO_FIELDS.find(({ name }) => name === 'retransmits')!
const TCPI_PROBES = TCP_INFO_FIELDS.find(({ name }) => name === 'probes')!

/** Reads struct inet_diag_msg at `b[at]`, and its attributes when they are asked for. */
class Decoder implements DiagRow {
  readonly #row: InetFields
  readonly #addressBytes: 4 | 16
  /** By port: whose connections in SYN_RECV have no uid of their own. */
  readonly #listeners = new Map<number, Listener[]>()
  #b: Uint8Array = new Uint8Array(0)
  #at = 0
  #end = 0

  constructor(row: InetFields, family: 4 | 6) {
    this.#row = row
    this.#addressBytes = family === 4 ? 4 : 16
  }

  /** False for a message too short to be one. */
  fill(b: Uint8Array, at: number, end: number): boolean {
    if (end - at < MESSAGE) return false
    this.#b = b
    this.#at = at
    this.#end = end
    const row = this.#row
    const kernelState = b[at + 1]!
    // request sockets are 12 inside the kernel, and SYN_RECV everywhere else
    const state = kernelState === NEW_SYN_RECV ? SYN_RECV : kernelState
    const retries = b[at + 3]!
    row.state = state
    row.timer = b[at + 2]!
    row.localPort = u16(b, at + 4)
    row.remotePort = u16(b, at + 6)
    const { local, remote } = row
    for (let i = 0; i < this.#addressBytes; i++) {
      local[i] = b[at + 8 + i]!
      remote[i] = b[at + 24 + i]!
    }
    const tail = at + 4 + SOCKID
    row.timerCentis = Math.floor(u32le(b, tail) / 10)
    row.receiveQueue = u32le(b, tail + 4)
    row.sendQueue = state === TCP_LISTEN ? 0 : u32le(b, tail + 8)
    row.uid = u32le(b, tail + 12)
    row.inode = u32le(b, tail + 16)
    row.retransmits = row.timer === 1 ? retries : 0
    row.probes = row.timer === 1 ? 0 : retries
    if (state === TCP_LISTEN) this.#noteListener()
    else if (state === SYN_RECV) row.uid = this.#listenerUid()
    if (end - at > MESSAGE) this.#exactCounts()
    return true
  }

  #noteListener(): void {
    const { localPort, local, uid } = this.#row
    const known = this.#listeners.get(localPort)
    const listener = { address: new Uint8Array(local.subarray(0, this.#addressBytes)), uid }
    if (known === undefined) this.#listeners.set(localPort, [listener])
    else known.push(listener)
  }

  /** Of the listener on the very address, or else on the wildcard one. */
  #listenerUid(): number {
    const { localPort, local } = this.#row
    const known = this.#listeners.get(localPort) ?? []
    const exact = known.find(({ address }) => address.every((byte, i) => byte === local[i])) ?? known.find(({ address }) => address.every((byte) => byte === 0))
    return exact?.uid ?? 0
  }

  /** With TCP_INFO there are two counts in place of one. */
  #exactCounts(): void {
    const b = this.#b
    for (let at = this.#at + MESSAGE; at + 4 <= this.#end; ) {
      const size = u16le(b, at)
      if (size < 4 || size > this.#end - at) return
      if (u16le(b, at + 2) === Attr.INFO) {
        this.#row.retransmits = Number(tcpInfoValue(b, TCPI_RETRANSMITS, at + 4, at + size) ?? 0)
        this.#row.probes = Number(tcpInfoValue(b, TCPI_PROBES, at + 4, at + size) ?? 0)
        return
      }
      at += (size + 3) & ~3
    }
  }

  id(): Uint8Array {
    return new Uint8Array(this.#b.subarray(this.#at + 4, this.#at + 4 + SOCKID))
  }

  extras(): InetExtras {
    const b = this.#b
    const found: { -readonly [K in keyof InetExtras]: InetExtras[K] } = {
      cookie: u64le(b, this.#at + 4 + 40),
      interfaceIndex: u32le(b, this.#at + 4 + 36),
      backlogLimit: this.#row.state === TCP_LISTEN ? u32le(b, this.#at + 4 + SOCKID + 8) : undefined,
      tcpInfo: undefined, congestion: undefined, memory: undefined, tos: undefined, trafficClass: undefined, shutdown: undefined,
      v6only: undefined, mark: undefined, cgroupId: undefined, sockopt: undefined,
    }
    attributes(b, this.#at + MESSAGE, this.#end, (type, at, end) => {
      const length = end - at
      if (type === Attr.INFO) found.tcpInfo = tcpInfo(b, at, end)
      else if (type === Attr.CONG) found.congestion = textOf(b, at, end)
      else if (type === Attr.SKMEMINFO) found.memory = Array.from({ length: length >> 2 }, (_, i) => u32le(b, at + i * 4))
      else if (type === Attr.TOS && length >= 1) found.tos = b[at]!
      else if (type === Attr.TCLASS && length >= 1) found.trafficClass = b[at]!
      else if (type === Attr.SHUTDOWN && length >= 1) found.shutdown = b[at]!
      else if (type === Attr.SKV6ONLY && length >= 1) found.v6only = b[at] !== 0
      else if (type === Attr.MARK && length >= 4) found.mark = u32le(b, at)
      else if (type === Attr.CGROUP_ID && length >= 8) found.cgroupId = u64le(b, at)
      else if (type === Attr.SOCKOPT && length >= 2) found.sockopt = u16le(b, at)
    })
    return found
  }
}

const textOf = (b: Uint8Array, at: number, end: number): string => {
  const nul = b.indexOf(0, at)
  return Buffer.from(b.subarray(at, nul < 0 || nul > end ? end : nul)).toString()
}

/** Names of the bits of `InetExtras.sockopt`. */
export const SOCKOPT_BITS: readonly string[] = ['recverr', 'is_icsk', 'freebind', 'hdrincl', 'mc_loop', 'transparent', 'mc_all', 'nodefrag', 'bind_address_no_port', 'recverr_rfc4884', 'defer_connect']
