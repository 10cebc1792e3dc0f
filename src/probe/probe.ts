/** What an experiment gets: traced system calls, connections, the segments and states of its steps, and a place to say what it observed. */
import { performance } from 'node:perf_hooks'
import { escapeBytes } from '../escape.js'
import type { Observed, ProbeEvent } from '../format/probe-events.js'
import { Family, Level, Msg, SockType } from '../socket/constants.js'
import { SyscallError } from '../socket/errno.js'
import type { Libc } from '../socket/libc.js'
import { parseIp, type SocketAddress } from '../socket/sockaddr.js'
import type { Syscalls } from '../socket/syscalls.js'
import { tcpInfo } from '../socket/tcp-info.js'
import { traced } from './calls.js'
import { Ends, type EndRow, type Inside } from './ends.js'
import type { Need } from './experiment.js'
import { KEEP_NOTHING } from './needs.js'
import { DEFAULT_PATH, type Path } from './path.js'
import { Resources, type ResourceHost } from './resources.js'
import { segmentOf, type Segment } from './segments.js'
import { setSysctl, sysctl } from './sysctls.js'
import type { Tap, TappedFrame } from './tap.js'
import { Wire, type WireOptions } from './wire.js'

const TCP_INFO = 11
const SO_DETACH_FILTER = 27

/** A step of an experiment took longer than its limit. */
export class TooLate extends Error {
  constructor(what: string, millis: number) {
    super(`${what}: not within ${millis} ms`)
    this.name = 'TooLate'
  }
}

export interface Connection {
  readonly listener: number
  readonly client: number
  readonly server: number
  readonly port: number
  readonly clientPort: number
}

export interface Host extends ResourceHost {
  readonly libc: Libc
  readonly emit: (event: ProbeEvent) => void
  readonly missing: (need: Need) => string | undefined
  readonly tap: Tap | undefined
  /** Calls are told. */
  readonly verbose: boolean
  /** What --rtt and --rate say. */
  readonly path?: Path
}

export class Probe<Id extends string = string> extends Resources {
  /** Traced: told with -v; what they open is closed at the end. */
  readonly sys: Syscalls
  /** Untraced: for what looks on. */
  readonly quiet: Syscalls
  readonly #host: Host
  readonly #ends: Ends
  readonly #observe: (claim: Id, observed: Observed, detail: string | undefined) => void
  readonly #cannot: (claim: Id, reason: string) => void
  #segments: Segment[] = []
  /** The row of each end that was told last, in this step. */
  readonly #told = new Map<string, string>()

  constructor(host: Host, observe: (claim: Id, observed: Observed, detail: string | undefined) => void, cannot: (claim: Id, reason: string) => void) {
    super(host)
    this.#host = host
    this.#observe = observe
    this.#cannot = cannot
    this.quiet = host.sys
    this.#ends = new Ends(host.sys)
    this.sys = traced(host.sys, {
      call: host.verbose ? (text, result, micros) => host.emit({ event: 'call', text, result, micros }) : undefined,
      opened: (fd) => this.own(fd),
      closed: (fd) => this.disown(fd),
      closing: (fd) => this.#ends.closing(fd),
    })
  }

  /** Says what a claim's observation was; the last word holds. `detail`: what was seen in full. */
  observe(claim: Id, observed: Observed, detail?: string): void {
    this.#observe(claim, observed, detail)
  }

  /** Says why a claim could not be looked at: this kernel lacks something that no need names. */
  cannot(claim: Id, reason: string): void {
    this.#cannot(claim, reason)
  }

  /** Whether a need is met here: an experiment leaves out what it cannot look at, and its claims that name the need are `unavailable`. */
  can(need: Need): boolean {
    return this.#host.missing(need) === undefined
  }

  /** Begins a step: what the former one did is told (segments, states of the ends that are watched). */
  step(title: string): void {
    this.endStep()
    this.#told.clear()
    this.#host.emit({ event: 'step', title })
  }

  /** Tells what the present step did. */
  endStep(): void {
    this.#drain()
    this.#tell(this.#ends.states())
  }

  /** Tells of ends what was not told in this step. */
  #tell(rows: readonly EndRow[]): void {
    const ends = rows.map(({ name, proto, receiveQueue, sendQueue, local, remote, state }) => ({ name, proto, receiveQueue, sendQueue, local, remote, state })).filter((end) => {
      const text = JSON.stringify(end)
      if (this.#told.get(end.name) === text) return false
      this.#told.set(end.name, text)
      return true
    })
    if (ends.length > 0) this.#host.emit({ event: 'states', ends })
  }

  note(text: string): void {
    this.#host.emit({ event: 'note', text })
  }

  /** The path that advice is for. */
  get path(): Path {
    return this.#host.path ?? DEFAULT_PATH
  }

  /** A setting of this namespace, `net/ipv4/tcp_sack`; '' where there is none. */
  sysctl(name: string): string {
    return sysctl(name) ?? ''
  }

  /** Changes a setting of this experiment's own namespace; false where it may not be written. */
  setSysctl(name: string, value: string): boolean {
    return setSysctl(name, value)
  }

  /** Closes every descriptor there is now, last opened first; the ends of the former step are followed no more. */
  async closeAll(): Promise<void> {
    this.endStep()
    await this.closeDescriptors((fd) => this.#ends.closing(fd))
    this.#ends.forgetAll()
  }

  // Waiting

  pause(millis: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, millis))
  }

  /** Waits until `look` gives something else than undefined and false. @throws TooLate */
  async until<T>(what: string, look: () => T | undefined | false, millis = 1000): Promise<T> {
    const limit = performance.now() + millis
    for (let wait = 1; ; wait = Math.min(wait * 2, 16)) {
      const found = look()
      if (found !== undefined && found !== false) return found
      if (performance.now() > limit) throw new TooLate(what, millis)
      this.#drain()
      this.#host.emit({ event: 'alive' })
      await this.pause(wait)
    }
  }

  /** A promise that must be kept within a time. @throws TooLate */
  async within<T>(what: string, promise: Promise<T>, millis = 2000): Promise<T> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new TooLate(what, millis)), millis)
    })
    try {
      return await Promise.race([promise, late])
    } finally {
      clearTimeout(timer)
    }
  }

  /** What a call gave, or the name of its errno: `EAGAIN`. */
  attempt<T>(act: () => T): T | string {
    try {
      return act()
    } catch (error) {
      if (error instanceof SyscallError) return error.code
      throw error
    }
  }

  /** How long an act took, ms. */
  async took(act: () => unknown): Promise<number> {
    const begin = performance.now()
    await act()
    return Math.round((performance.now() - begin) * 10) / 10
  }

  /** What MSG_DONTWAIT finds on a socket: its bytes, `''` at the end of the stream, or the errno name. */
  read(fd: number, room = 65536): Buffer | string {
    const b = Buffer.alloc(room)
    return this.attempt(() => b.subarray(0, this.sys.recv(fd, b, Msg.DONTWAIT)))
  }

  /** The same in words: `abc`, `end of file`, `EAGAIN`. */
  readText(fd: number, room = 65536): string {
    const got = this.read(fd, room)
    return typeof got === 'string' ? got : got.length === 0 ? 'end of file' : escapeBytes(got)
  }

  /** TCP_INFO of a socket, by the names of struct tcp_info without `tcpi_`. */
  tcpInfo(fd: number): ReadonlyMap<string, number | bigint> {
    const b = Buffer.alloc(512)
    return tcpInfo(b.subarray(0, this.quiet.getsockopt(fd, Level.TCP, TCP_INFO, b)))
  }

  /** From now on every segment that comes for this socket is lost before TCP sees it: a classic filter (socket(7), SO_ATTACH_FILTER) that keeps nothing. Needs 'filter'. */
  deafen(fd: number): void {
    this.sys.attachFilter(fd, KEEP_NOTHING)
  }

  /** Ends what `deafen` began. */
  undeafen(fd: number): void {
    this.sys.setsockoptInt(fd, Level.SOCKET, SO_DETACH_FILTER, 0)
  }

  // Segments and states

  /** The segments captured so far, both directions, in order; none where there is no capture. */
  segments(): readonly Segment[] {
    this.#drain()
    return this.#segments
  }

  /** The segments of one connection. */
  segmentsOf({ port, clientPort }: Pick<Connection, 'port' | 'clientPort'>): Segment[] {
    return this.segments().filter(({ sourcePort: s, destinationPort: d }) => (s === port && d === clientPort) || (s === clientPort && d === port))
  }

  #drain(): void {
    for (const frame of this.#host.tap?.take() ?? []) this.#saw(frame)
  }

  readonly #saw = (frame: TappedFrame): void => {
    const segment = segmentOf(frame)
    if (segment !== undefined) this.#segments.push(segment)
    const { seconds, nanos, wireLength, linkType, bytes } = frame
    this.#host.emit({ event: 'frame', seconds, nanos, wireLength, linkType, bytes: bytes.toString('base64') })
  }

  /** A cable to a second namespace that delays and drops (wire.ts): for what loopback is too fast and too faithful for. Needs 'veth'. */
  wire(options: WireOptions = {}): Wire {
    const wire = new Wire(this.#host.libc, this.quiet, this.#saw, options)
    this.atEnd(() => wire.close())
    return wire
  }

  /** Follows a TCP or UDP socket: its state is told after each step, also when it is closed. `inside`: of one in another namespace (`wire.atRight`). */
  watch(name: string, fd: number, inside?: Inside): void {
    this.#ends.watch(name, fd, inside)
  }

  /** Follows the TCP connection of these ends, `10.0.0.1:80`, that nobody has accepted yet. */
  follow(name: string, local: string, remote: string, inside?: Inside): void {
    this.#ends.follow(name, local, remote, inside)
  }

  /** Follows these no more. */
  forget(...names: readonly string[]): void {
    this.#ends.forget(names)
  }

  /** What the kernel says of a watched socket: queues, timer, inode. */
  row(name: string): EndRow {
    const end = this.#ends.states().find((one) => one.name === name)
    if (end === undefined) throw new Error(`${name} is not watched`)
    return end
  }

  /** net-tools' word for the state of a watched socket: `TIME_WAIT`; `CLOSED` where the kernel has no such row any more. */
  state(name: string): string {
    const { state } = this.row(name)
    return state === '' ? 'CLOSED' : state
  }

  /** From now on notes and tells every state of watched sockets, looked at each two milliseconds; the function gives the sequence of one so far: `ESTABLISHED FIN_WAIT1`. */
  record(...names: readonly string[]): (name: string) => string {
    const seen = new Map(names.map((name): [string, string[]] => [name, []]))
    const look = (): void => {
      const ends = this.#ends.states()
      for (const [name, states] of seen) {
        const state = ends.find((end) => end.name === name)?.state ?? ''
        const word = state === '' ? 'CLOSED' : state
        if (states.at(-1) === word) continue
        states.push(word)
        this.#tell(ends.filter((end) => end.name === name)) // between the segments that made it so
      }
    }
    look()
    const timer = setInterval(look, 2)
    this.atEnd(() => clearInterval(timer))
    return (name) => {
      look()
      return seen.get(name)!.join(' ')
    }
  }

  /** Waits for a state; returns it, or the one it had when the time was over. */
  async reaches(name: string, state: string, millis = 1000): Promise<string> {
    try {
      await this.until(`${name} in ${state}`, () => this.state(name) === state, millis)
    } catch (error) {
      if (!(error instanceof TooLate)) throw error
    }
    return this.state(name)
  }

  // Sockets

  tcp(): number {
    return this.sys.socket(Family.INET, SockType.STREAM)
  }

  udp(): number {
    return this.sys.socket(Family.INET, SockType.DGRAM)
  }

  /** A listening socket on 127.0.0.1. */
  listen(options: { readonly port?: number | undefined; readonly backlog?: number; readonly prepare?: ((fd: number) => void) | undefined } = {}): { readonly fd: number; readonly port: number } {
    const fd = this.tcp()
    options.prepare?.(fd)
    this.sys.bind(fd, inet('127.0.0.1', options.port ?? 0))
    this.sys.listen(fd, options.backlog ?? 5)
    return { fd, port: portOf(this.quiet.getsockname(fd)) }
  }

  /** A connection over loopback, its ends watched as `client` and `server`. `prepare…` are called before listen() and connect(). */
  connect(options: { readonly prepareClient?: (fd: number) => void; readonly prepareListener?: (fd: number) => void; readonly port?: number } = {}): Connection {
    const { fd: listener, port } = this.listen({ prepare: options.prepareListener, port: options.port })
    return { listener, port, ...this.join({ listener, port, prepare: options.prepareClient }) }
  }

  /** Connects to a listener and accepts. */
  join({ listener, port, prepare }: { readonly listener: number; readonly port: number; readonly prepare?: ((fd: number) => void) | undefined }): { readonly client: number; readonly server: number; readonly clientPort: number } {
    const client = this.tcp()
    prepare?.(client)
    this.sys.connect(client, inet('127.0.0.1', port))
    const { fd: server } = this.sys.accept4(listener)
    this.watch('client', client)
    this.watch('server', server)
    return { client, server, clientPort: portOf(this.quiet.getsockname(client)) }
  }
}

/** A probe for what helps experiments and observes no claim itself. */
export type Tools = Omit<Probe, 'observe' | 'cannot'>

/** `inet('127.0.0.1', 80)`, `inet('::1', 80)`. */
export function inet(address: string, port: number): SocketAddress {
  const bytes = parseIp(address)
  if (bytes === undefined) throw new RangeError(`${address} is no IP address`)
  return bytes.length === 4 ? { family: 'inet', address: bytes, port } : { family: 'inet6', address: bytes, port, flowInfo: 0, scopeId: 0 }
}

/** The port of an internet address; 0 for another. */
export const portOf = (address: SocketAddress): number => ('port' in address ? address.port : 0)
