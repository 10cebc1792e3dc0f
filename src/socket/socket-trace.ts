/**
 * Sockets told by the kernel as they come to be used: small BPF programs at a control group see each socket made and bound in it, in the process
 * that does it, and each first packet that leaves a socket, before any capture sees it. So no socket lives too short a time to be known, which no
 * repeated look at tables could do. Sources: <linux/bpf.h> (struct bpf_sock, helpers); Documentation/bpf/prog_cgroup_sockopt.rst and its neighbours.
 */
import { closeSync, constants, openSync, statSync } from 'node:fs'
import { u16, u32le } from '../bytes.js'
import { Assembler, AttachType, Bpf, MapType, ProgramType } from './bpf.js'
import { Family, Level, Protocol, SockType } from './constants.js'
import type { Libc } from './libc.js'
import type { Syscalls } from './syscalls.js'

/** Helper functions, by number. */
const Helper = {
  MAP_LOOKUP: 1, MAP_UPDATE: 2, MAP_DELETE: 3, CURRENT_PID: 14, CURRENT_NAME: 16, LOAD_BYTES: 26, SOCKET_COOKIE: 46, MAP_PUSH: 87,
  LOAD_BYTES_RELATIVE: 68,
  CURRENT_PID_IN_NAMESPACE: 120, NAMESPACE_COOKIE: 122,
} as const
/** struct bpf_sock, all 32 bits wide; the port is in host order. */
const Sock = { TYPE: 8, PROTOCOL: 12, IP4: 24, IP6: 28, PORT: 44 } as const
const SO_NETNS_COOKIE = 71
const SO_ATTACH_BPF = 50
/** struct __sk_buff: EtherType, in network order. */
const SKB_PROTOCOL = 16
/** Offsets of bpf_skb_load_bytes_relative are from the IP header — enum bpf_hdr_start_off. */
const FROM_NETWORK_HEADER = 1
/** EtherTypes as a little-endian machine reads them. */
const IPV4_TYPE = 0x0008, IPV6_TYPE = 0xdd86, ARP_TYPE = 0x0608
/** Inode of the pid namespace that the kernel began with — <linux/proc_ns.h>. */
const FIRST_PID_NAMESPACE = 0xeffffffc

const COOKIE = 8
/** Protocol and IP version, a byte each; from 4 own and peer's port; from 8 and 24 own and peer's address. Network order. */
const KEY = 40
const Key = { VERSION: 1, LOCAL_PORT: 4, REMOTE_PORT: 6, LOCAL: 8, REMOTE: 24 } as const
/** Process id, and from 8 its name. */
const PROCESS = 24
const NAME = 16
const EVENT = KEY + PROCESS
/** Protocol, a zero, an own port in network order. */
const PORT = 4
const SOCKETS = 65_536
/** Events that may wait to be taken. Where they do not fit, the next packet of the socket tells it again. */
const WAITING = 16_384

const ICMP_ECHO = 8, ICMPV6_ECHO = 128
const IPV4_HEADER = 20, IPV6_HEADER = 40

export interface TracedSocket {
  readonly protocol: number
  /** Four or sixteen bytes; all 0 of a socket bound to no address. */
  readonly local: Uint8Array
  /** Of an ICMP echo, its identifier. */
  readonly localPort: number
  /** undefined: the socket was bound and has no peer yet */
  readonly remote: Uint8Array | undefined
  readonly remotePort: number
  /** 0: not known: the socket came from accept(2), or was not made in the control group */
  readonly pid: number
  /** The name of the thread (comm), at most 15 bytes. */
  readonly name: Uint8Array
}

export class SocketTrace {
  readonly #bpf: Bpf
  readonly #fds: number[] = []
  readonly #queue: number
  readonly #maps: Maps
  readonly #sys: Syscalls
  readonly #event = Buffer.alloc(128)

  /**
   * @param group directory of the control group
   * @param all only sockets of this network namespace whose process is known are told; else every packet that leaves the group
   * @throws SyscallError where the kernel does not let us, or is older than 6.1
   */
  constructor(libc: Libc, sys: Syscalls, group: string, all: boolean) {
    this.#bpf = new Bpf(libc)
    this.#sys = sys
    try {
      const births = this.#keep(this.#bpf.map(MapType.LRU_HASH, COOKIE, PROCESS, SOCKETS))
      const seen = this.#keep(this.#bpf.map(MapType.LRU_HASH, KEY, COOKIE, SOCKETS))
      this.#queue = this.#keep(this.#bpf.map(MapType.QUEUE, 0, EVENT, WAITING))
      const ports = this.#keep(this.#bpf.map(MapType.LRU_HASH, PORT, PORT, SOCKETS))
      const maps = (this.#maps = { births, seen, ports, queue: this.#queue })
      const namespace = all ? namespaceCookie(sys) : undefined
      const fd = this.#keep(openSync(group, constants.O_RDONLY | constants.O_DIRECTORY))
      const attach = (type: number, attachType: number, code: Assembler): void => {
        this.#keep(this.#bpf.attach(this.#keep(this.#bpf.program(type, attachType, code.bytes())), fd, attachType))
      }
      attach(ProgramType.CGROUP_SOCK, AttachType.CGROUP_INET_SOCK_CREATE, onCreate(maps, namespace))
      attach(ProgramType.CGROUP_SOCK, AttachType.CGROUP_INET4_POST_BIND, onBind(maps, 4, namespace))
      attach(ProgramType.CGROUP_SOCK, AttachType.CGROUP_INET6_POST_BIND, onBind(maps, 6, namespace))
      attach(ProgramType.CGROUP_SKB, AttachType.CGROUP_INET_EGRESS, onEgress(maps, all))
    } catch (error) {
      this.close()
      throw error
    }
  }

  #keep(fd: number): number {
    this.#fds.push(fd)
    return fd
  }

  /** What happened since the last call, at most as much as may wait. */
  take(): TracedSocket[] {
    const sockets: TracedSocket[] = [], b = this.#event
    while (sockets.length < WAITING && this.#bpf.pop(this.#queue, b)) {
      const size = b[Key.VERSION] === 4 ? 4 : 16, remotePort = u16(b, Key.REMOTE_PORT)
      const remote = new Uint8Array(b.subarray(Key.REMOTE, Key.REMOTE + size)), name = b.subarray(KEY + 8, KEY + 8 + NAME), nul = name.indexOf(0)
      sockets.push({
        protocol: b[0]!,
        local: new Uint8Array(b.subarray(Key.LOCAL, Key.LOCAL + size)),
        localPort: u16(b, Key.LOCAL_PORT),
        remote: remote.every((byte) => byte === 0) ? undefined : remote,
        remotePort,
        pid: u32le(b, KEY),
        name: new Uint8Array(name.subarray(0, nul < 0 ? NAME : nul)),
      })
    }
    return sockets
  }

  /**
   * Has a packet socket pass over TCP and UDP of others than those traced here, before they take room in its ring: a superset of what is wanted
   * stays. It takes the place of a filter that the socket has.
   * @param keep bytes of a packet that are kept
   * @throws SyscallError
   */
  filter(packetSocket: number, keep: number): void {
    const program = this.#bpf.program(ProgramType.SOCKET_FILTER, 0, ofTraced(this.#maps, keep).bytes())
    try {
      this.#sys.setsockoptInt(packetSocket, Level.SOCKET, SO_ATTACH_BPF, program)
    } finally {
      closeSync(program)
    }
  }

  /** Detaches everything. */
  close(): void {
    for (const fd of this.#fds.splice(0).reverse()) closeSync(fd)
  }
}

interface Maps {
  /** Who made the socket, by its cookie. */
  readonly births: number
  /** The socket that last used a key. */
  readonly seen: number
  /** Ports that sockets are bound to. */
  readonly ports: number
  readonly queue: number
}

/** Number by which programs know this thread's network namespace. Linux 5.14. */
function namespaceCookie(sys: Syscalls): bigint {
  const fd = sys.socket(Family.INET, SockType.DGRAM)
  try {
    const value = Buffer.alloc(8)
    sys.getsockopt(fd, Level.SOCKET, SO_NETNS_COOKIE, value)
    return value.readBigUInt64LE(0)
  } finally {
    sys.close(fd)
  }
}

/** Leaves with R6 the context; a socket of another namespace is passed over. */
function begin(namespace: bigint | undefined): Assembler {
  const a = new Assembler().move(6, 1)
  if (namespace !== undefined) a.call(Helper.NAMESPACE_COOKIE).set64(1, namespace).ifDiffer(0, 1, 'out')
  return a
}

/** Always lets it pass: these programs only look. */
const end = (a: Assembler): Assembler => a.label('out').set(0, 1).exit()

/** Stores who runs, PROCESS bytes at `at` of the stack. In a pid namespace that is not the first, by the ids that /proc has there (Linux 6.10). */
function whoRuns(a: Assembler, at: number): void {
  const { dev, ino } = statSync('/proc/self/ns/pid', { bigint: true })
  if (ino === BigInt(FIRST_PID_NAMESPACE)) a.call(Helper.CURRENT_PID).shiftRight(0, 32).store(4, 10, at, 0)
  else {
    a.storeValue(8, 10, at, 0)
    a.set64(1, dev).set64(2, ino).stack(3, at).set(4, 8).call(Helper.CURRENT_PID_IN_NAMESPACE)
    a.load(4, 1, 10, at + 4).store(4, 10, at, 1) // of the two numbers the second is the process's
  }
  a.storeValue(4, 10, at + 4, 0)
  a.stack(1, at + 8).set(2, NAME).call(Helper.CURRENT_NAME)
}

function onCreate({ births }: Maps, namespace: bigint | undefined): Assembler {
  const cookie = -COOKIE, process = cookie - PROCESS
  const a = begin(namespace)
  a.move(1, 6).call(Helper.SOCKET_COOKIE).store(8, 10, cookie, 0)
  whoRuns(a, process)
  a.map(1, births).stack(2, cookie).stack(3, process).set(4, 0).call(Helper.MAP_UPDATE)
  return end(a)
}

/** A TCP or UDP socket that was given an own port. */
function onBind({ ports, queue }: Maps, version: 4 | 6, namespace: bigint | undefined): Assembler {
  const event = -EVENT
  const a = begin(namespace)
  for (let at = event; at < event + KEY; at += 8) a.storeValue(8, 10, at, 0)
  a.load(4, 7, 6, Sock.PROTOCOL).load(4, 1, 6, Sock.TYPE)
  a.ifEqual(1, SockType.STREAM, 'stream').ifNot(1, SockType.DGRAM, 'out').ifEqual(7, Protocol.UDP, 'ours').goto('out')
  a.label('stream').ifNot(7, Protocol.TCP, 'out')
  a.label('ours').store(1, 10, event, 7).storeValue(1, 10, event + Key.VERSION, version)
  a.load(4, 1, 6, Sock.PORT).bigEndian16(1).store(2, 10, event + Key.LOCAL_PORT, 1)
  for (let n = 0; n < (version === 4 ? 1 : 4); n++) a.load(4, 1, 6, (version === 4 ? Sock.IP4 : Sock.IP6) + n * 4).store(4, 10, event + Key.LOCAL + n * 4, 1)
  const port = event - 8
  a.storeValue(4, 10, port, 0).store(1, 10, port, 7).load(2, 1, 10, event + Key.LOCAL_PORT).store(2, 10, port + 2, 1)
  a.map(1, ports).stack(2, port).stack(3, port).set(4, 0).call(Helper.MAP_UPDATE)
  whoRuns(a, event + KEY)
  a.map(1, queue).stack(2, event).set(3, 0).call(Helper.MAP_PUSH)
  return end(a)
}

/** A packet that leaves a socket; it begins with the IP header. Told once for each key and socket. */
function onEgress({ births, seen, queue }: Maps, all: boolean): Assembler {
  const cookie = -COOKIE, key = cookie - KEY, packet = key - IPV6_HEADER, event = packet - EVENT
  const a = begin(undefined)
  a.move(1, 6).call(Helper.SOCKET_COOKIE).store(8, 10, cookie, 0)
  for (let at = key; at < key + KEY; at += 8) a.storeValue(8, 10, at, 0)
  const loadPacket = (bytes: number): void => {
    a.move(1, 6).set(2, 0).stack(3, packet).set(4, bytes).call(Helper.LOAD_BYTES).ifNot(0, 0, 'out')
  }
  loadPacket(IPV4_HEADER)
  a.load(1, 1, 10, packet).move(7, 1).shiftRight(1, 4).ifEqual(1, 6, 'ip6').ifNot(1, 4, 'out')
  a.load(2, 1, 10, packet + 6).bigEndian16(1).and(1, 0x1fff).ifNot(1, 0, 'out') // a later fragment has no ports
  a.and(7, 0xf).shiftLeft(7, 2).load(1, 8, 10, packet + 9).storeValue(1, 10, key + Key.VERSION, 4)
  a.load(4, 1, 10, packet + 12).store(4, 10, key + Key.LOCAL, 1).load(4, 1, 10, packet + 16).store(4, 10, key + Key.REMOTE, 1)
  a.goto('transport').label('ip6')
  loadPacket(IPV6_HEADER)
  a.set(7, IPV6_HEADER).load(1, 8, 10, packet + 6).storeValue(1, 10, key + Key.VERSION, 6)
  for (let n = 0; n < 32; n += 8) a.load(8, 1, 10, packet + 8 + n).store(8, 10, key + Key.LOCAL + n, 1)
  a.label('transport').store(1, 10, key, 8)
  const loadTransport = (to: number, bytes: number): void => {
    a.move(1, 6).move(2, 7).stack(3, to).set(4, bytes).call(Helper.LOAD_BYTES).ifNot(0, 0, 'out')
  }
  a.ifEqual(8, Protocol.ICMP, 'echo').ifEqual(8, Protocol.ICMPV6, 'echo').ifEqual(8, Protocol.TCP, 'ports').ifNot(8, Protocol.UDP, 'out')
  a.label('ports')
  loadTransport(key + Key.LOCAL_PORT, 4)
  a.goto('known').label('echo')
  loadTransport(packet, 8)
  a.load(1, 1, 10, packet).ifEqual(8, Protocol.ICMPV6, 'echo6').ifNot(1, ICMP_ECHO, 'out').goto('identifier')
  a.label('echo6').ifNot(1, ICMPV6_ECHO, 'out')
  a.label('identifier').load(2, 1, 10, packet + 4).store(2, 10, key + Key.LOCAL_PORT, 1)
  a.label('known').map(1, seen).stack(2, key).call(Helper.MAP_LOOKUP).move(9, 0).ifEqual(0, 0, 'new')
  a.load(8, 1, 0, 0).load(8, 2, 10, cookie).ifSame(1, 2, 'out')
  a.label('new').map(1, births).stack(2, cookie).call(Helper.MAP_LOOKUP).move(7, 0).ifNot(0, 0, 'made here')
  // A socket from accept(2) is nobody's: the SYN-ACK, sent in the name of its listener, has told the key.
  if (all) a.goto('out')
  else {
    a.ifNot(9, 0, 'out')
    for (let at = event + KEY; at < event + EVENT; at += 8) a.storeValue(8, 10, at, 0)
    a.goto('tell')
  }
  a.label('made here')
  for (let n = 0; n < PROCESS; n += 8) a.load(8, 1, 7, n).store(8, 10, event + KEY + n, 1)
  a.label('tell').map(1, seen).stack(2, key).stack(3, cookie).set(4, 0).call(Helper.MAP_UPDATE)
  for (let n = 0; n < KEY; n += 8) a.load(8, 1, 10, key + n).store(8, 10, event + n, 1)
  a.map(1, queue).stack(2, event).set(3, 0).call(Helper.MAP_PUSH).ifEqual(0, 0, 'out')
  a.map(1, seen).stack(2, key).call(Helper.MAP_DELETE)
  return end(a)
}

/** Passes what may be of a traced socket: a known key in either direction, a bound port at either end, and all that is not plain TCP or UDP, but ARP. */
function ofTraced({ seen, ports }: Maps, keep: number): Assembler {
  const key = -KEY, packet = key - IPV6_HEADER, back = packet - KEY, port = back - 8
  const a = new Assembler().move(6, 1)
  const load = (to: number, bytes: number): void => {
    a.stack(3, to).set(4, bytes).set(5, FROM_NETWORK_HEADER).move(1, 6).call(Helper.LOAD_BYTES_RELATIVE).ifNot(0, 0, 'pass')
  }
  for (let at = key; at < 0; at += 8) a.storeValue(8, 10, at, 0)
  a.load(4, 1, 6, SKB_PROTOCOL).ifEqual(1, IPV4_TYPE, 'ip4').ifEqual(1, IPV6_TYPE, 'ip6').ifEqual(1, ARP_TYPE, 'drop').goto('pass')
  a.label('ip4').set(2, 0)
  load(packet, IPV4_HEADER)
  a.load(2, 1, 10, packet + 6).bigEndian16(1).and(1, 0x1fff).ifNot(1, 0, 'pass') // a later fragment
  a.load(1, 7, 10, packet).and(7, 0xf).shiftLeft(7, 2).load(1, 8, 10, packet + 9).storeValue(1, 10, key + Key.VERSION, 4)
  a.load(4, 1, 10, packet + 12).store(4, 10, key + Key.LOCAL, 1).load(4, 1, 10, packet + 16).store(4, 10, key + Key.REMOTE, 1)
  a.goto('transport').label('ip6').set(2, 0)
  load(packet, IPV6_HEADER)
  a.set(7, IPV6_HEADER).load(1, 8, 10, packet + 6).storeValue(1, 10, key + Key.VERSION, 6)
  for (let n = 0; n < 32; n += 8) a.load(8, 1, 10, packet + 8 + n).store(8, 10, key + Key.LOCAL + n, 1)
  a.label('transport').store(1, 10, key, 8).ifEqual(8, Protocol.TCP, 'ports').ifNot(8, Protocol.UDP, 'pass')
  a.label('ports').move(2, 7)
  load(key + Key.LOCAL_PORT, 4)
  a.map(1, seen).stack(2, key).call(Helper.MAP_LOOKUP).ifNot(0, 0, 'pass')
  a.load(4, 1, 10, key).store(4, 10, back, 1)
  a.load(2, 1, 10, key + Key.LOCAL_PORT).store(2, 10, back + Key.REMOTE_PORT, 1).load(2, 1, 10, key + Key.REMOTE_PORT).store(2, 10, back + Key.LOCAL_PORT, 1)
  for (let n = 0; n < 16; n += 8) {
    a.load(8, 1, 10, key + Key.LOCAL + n).store(8, 10, back + Key.REMOTE + n, 1)
    a.load(8, 1, 10, key + Key.REMOTE + n).store(8, 10, back + Key.LOCAL + n, 1)
  }
  a.map(1, seen).stack(2, back).call(Helper.MAP_LOOKUP).ifNot(0, 0, 'pass')
  for (const own of [Key.REMOTE_PORT, Key.LOCAL_PORT]) {
    a.storeValue(4, 10, port, 0).store(1, 10, port, 8).load(2, 1, 10, key + own).store(2, 10, port + 2, 1)
    a.map(1, ports).stack(2, port).call(Helper.MAP_LOOKUP).ifNot(0, 0, 'pass')
  }
  a.label('drop').set(0, 0).exit()
  return a.label('pass').set(0, keep).exit()
}
