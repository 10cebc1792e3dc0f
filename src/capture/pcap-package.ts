/**
 * Frames of a live interface through the npm package `pcap` (3.1.0), the engine that libpcap-live.ts does not need: for machines where koffi
 * cannot be had. It calls back for each packet with buffers that it uses again, knows microseconds only, and does not return to the event loop
 * while packets keep coming. Source: the package's pcap.d.ts and README.
 */
import { UserError } from '../errors.js'
import type { Counts, LiveSettings } from './libpcap-live.js'
import type { LiveSource } from './live.js'
import { FILE_HEADER, PcapWalker, readHeader } from './pcap.js'
import type { Frame, SourceInterface } from './source.js'
import type { Window } from './walker.js'

/** A packet: its header is 16 bytes in the host's order, as of a savefile's record. Both buffers are lent until the callback ends. */
interface Packet {
  readonly buf: Buffer
  readonly header: Buffer
}

/** The native session behind a Session; undocumented, so each use of it may find it missing. */
interface Binding {
  dispatch?: (...buffers: unknown[]) => unknown
}

interface Session {
  /** `LINKTYPE_ETHERNET`, or `Unknown linktype 276` */
  readonly link_type: string
  readonly session?: Binding
  on(event: 'packet', take: (packet: Packet) => void): unknown
  stats(): { readonly ps_recv: number; readonly ps_drop: number; readonly ps_ifdrop: number }
  close(): void
}

/** The part of the package that is used here. */
export interface PcapModule {
  createSession(device: string, options: Readonly<Record<string, unknown>>): Session
  findalldevs(): readonly { readonly name: string }[]
  warningHandler?: (text: unknown) => void
}

const LINK_TYPES: Readonly<Record<string, number>> = { LINKTYPE_NULL: 0, LINKTYPE_ETHERNET: 1, LINKTYPE_RAW: 101, LINKTYPE_LINUX_SLL: 113, LINKTYPE_IEEE802_11_RADIO: 127 }
const HOW = 'leave --engine out, or that'

export class PcapPackage {
  readonly #module: PcapModule

  constructor(module: PcapModule) {
    this.#module = module
  }

  /** Names of what could be captured on, in the order whose numbers -i takes. */
  devices(): readonly { readonly name: string }[] {
    return this.#module.findalldevs()
  }

  /** Opens an interface; packets are caught from here on. @throws UserError */
  open(settings: LiveSettings, warn: (line: string) => void): LiveSource {
    refuse(settings)
    const { device, snapLength, bufferSize, expression, timeout, immediate, monitor } = settings
    if (settings.nanoseconds) warn(`${device}: --engine pcap has no nanoseconds (--nano only adds zeros)`)
    this.#module.warningHandler = () => {} // it warns of interfaces without an IPv4 address, which is no fault
    try {
      const session = this.#module.createSession(device, {
        filter: expression,
        buffer_size: bufferSize,
        snap_length: snapLength,
        monitor,
        buffer_timeout: immediate ? 0 : timeout,
        promiscuous: settings.promiscuous && device !== 'any', // `any` has no promiscuous mode, and the package takes a warning for an error
      })
      return new PackageSource(session, settings)
    } catch (error) {
      throw new UserError(refusal(error, settings))
    }
  }
}

/** @throws UserError for what the package cannot do */
function refuse({ direction, timeStampType, linkType, optimize }: LiveSettings): void {
  const option = direction !== 'inout' ? '-Q' : timeStampType !== undefined ? '-j' : linkType !== undefined ? '-y' : optimize ? undefined : '-O'
  if (option !== undefined) throw new UserError(`${option}: --engine pcap cannot do it (${HOW})`)
}

function refusal(error: unknown, { device, expression }: LiveSettings): string {
  const why = error instanceof Error ? error.message : String(error)
  if (/No such device/i.test(why)) return `${device}: no such interface (sockscope tcpdump -D lists them)`
  if (/permission|not permitted/i.test(why)) return `${device}: no permission to capture on it (run it with sudo, or with the capability CAP_NET_RAW: docs/live.md)`
  if (/is not up/i.test(why)) return `${device}: the interface is not up (ip link set ${device} up)`
  if (expression !== '' && /filter|syntax|expression/i.test(why)) return `filter '${expression}': ${why.replace(/^can't parse filter expression: /, '')} (see pcap-filter(7) for the language)`
  return `${device}: ${why}`
}

/** Bytes that may wait to be taken: the package does not stop while we print, so what comes on top is lost, and counted. */
const MOST = 64 << 20
const FIRST = 1 << 20
const RECORD_HEADER = 16
const MAGIC = 0xa1b2c3d4
/** What a dispatch returns: libpcap failed; the session was closed (PCAP_ERROR_BREAK). */
const FAILED = -1, CLOSED = -2

class PackageSource implements LiveSource {
  readonly label: string
  readonly interfaces: readonly SourceInterface[]
  readonly isStream = true
  readonly #session: Session
  readonly #walker: PcapWalker
  readonly #window: Window = { b: new Uint8Array(0), at: 0, end: 0, base: 0 }
  /** Records that came, and what is used of it. */
  #filling = Buffer.alloc(FIRST)
  #filled = 0
  #spare = Buffer.alloc(FIRST)
  #taken = 0
  #lost = 0
  #arrived: (() => void) | undefined
  /** Longest time that a packet waits in the kernel, ms. */
  readonly #hold: number
  /** Microseconds since 1970: packets after it are not let in. */
  #stopTime = Infinity
  #stoppedAt = Infinity
  #failure = false
  #counts: Counts = { received: 0, dropped: 0, droppedByInterface: 0 }
  #final: Counts | undefined
  #isClosed = false
  staysOpen = false

  constructor(session: Session, { device, snapLength, timeout }: LiveSettings) {
    this.label = device
    this.#session = session
    this.#hold = timeout + 50
    const header = Buffer.alloc(FILE_HEADER)
    header.writeUInt32LE(MAGIC, 0)
    header.writeUInt16LE(2, 4)
    header.writeUInt16LE(4, 6)
    header.writeUInt32LE(snapLength, 16)
    header.writeUInt32LE(LINK_TYPES[session.link_type] ?? (Number(/\d+$/.exec(session.link_type)?.[0] ?? 0)), 20)
    this.#walker = new PcapWalker(readHeader(header, 0, device))
    this.interfaces = this.#walker.interfaces.map((one) => ({ ...one, name: device }))
    session.on('packet', (packet) => this.#take(packet))
    this.#watchForFailure()
  }

  /** The package says nothing when libpcap fails, which it does once the interface is gone; its binding's result shows it. */
  #watchForFailure(): void {
    const binding = this.#session.session, dispatch = binding?.dispatch
    if (binding === undefined || dispatch === undefined) return
    binding.dispatch = (...buffers) => {
      const result = dispatch.apply(binding, buffers)
      if (result === FAILED) {
        this.#failure = true
        this.stop()
      }
      return result
    }
  }

  #take({ buf, header }: Packet): void {
    if (header.readUInt32LE(0) * 1e6 + header.readUInt32LE(4) > this.#stopTime) return
    const length = Math.min(header.readUInt32LE(8), buf.length), end = this.#filled + RECORD_HEADER + length
    if (end > this.#filling.length && !this.#grow(end)) {
      this.#lost++
      return
    }
    this.#filling.set(header.subarray(0, RECORD_HEADER), this.#filled)
    this.#filling.writeUInt32LE(length, this.#filled + 8)
    this.#filling.set(buf.subarray(0, length), this.#filled + RECORD_HEADER)
    this.#filled = end
    this.#taken++
    this.#arrived?.()
  }

  #grow(size: number): boolean {
    if (size > MOST) return false
    const larger = Buffer.alloc(Math.min(MOST, Math.max(size, this.#filling.length * 2)))
    larger.set(this.#filling.subarray(0, this.#filled))
    this.#filling = larger
    return true
  }

  next(frame: Frame): boolean {
    return this.#walker.next(this.#window, frame)
  }

  /** @throws UserError when the interface is gone; what came before was handed out */
  async more(): Promise<boolean> {
    while (this.#filled === 0) {
      if (this.#final !== undefined) return false
      const left = this.#stoppedAt + this.#hold - performance.now()
      if (left <= 0) {
        this.#finish()
        if (this.#failure) throw new UserError(`${this.label}: the interface is gone (the packets before that are complete)`)
        return false
      }
      await new Promise<void>((resolve) => {
        this.#arrived = resolve
        if (left < Infinity) setTimeout(resolve, left)
      })
    }
    const window = this.#window
    window.base += window.end
    window.b = this.#filling
    window.at = 0
    window.end = this.#filled
    ;[this.#filling, this.#spare] = [this.#spare, this.#filling]
    this.#filled = 0
    return true
  }

  #finish(): void {
    if (this.#final !== undefined) return
    const { dropped, droppedByInterface } = this.counts()
    this.#final = { received: this.#taken + dropped, dropped, droppedByInterface } // packets after the end, too, are among those received
    this.#session.close()
    // It is closed by its next dispatch, which comes with a packet, or never. In what libpcap makes of a close without one, versions differ.
    this.staysOpen = this.#session.session?.dispatch?.(Buffer.alloc(RECORD_HEADER), Buffer.alloc(RECORD_HEADER)) !== CLOSED
  }

  stop(): void {
    if (this.#stoppedAt < Infinity) return
    this.#stoppedAt = performance.now()
    this.#stopTime = Date.now() * 1000 + 999
    this.#arrived?.()
  }

  counts(): Counts {
    if (this.#final !== undefined) return this.#final
    try {
      const { ps_recv: received, ps_drop: dropped, ps_ifdrop: droppedByInterface } = this.#session.stats()
      return (this.#counts = { received: received >>> 0, dropped: (dropped >>> 0) + this.#lost, droppedByInterface: droppedByInterface >>> 0 })
    } catch {
      return this.#counts // the interface is gone, and its counts with it
    }
  }

  countsByInterface(): readonly Counts[] {
    return [this.counts()]
  }

  halt(): Promise<void> {
    this.#finish()
    return Promise.resolve()
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#finish()
    this.#window.b = this.#filling = this.#spare = Buffer.alloc(0)
    this.#window.at = this.#window.end = this.#filled = 0
  }
}

/** A name that the compiler does not look up: the package may not be there, and its types are of another Node. */
const PACKAGE: string = 'pcap'

/** @param load what gives the package; a test gives another. @throws UserError that says what to install */
export async function loadPcapPackage(load: () => Promise<unknown> = () => import(PACKAGE)): Promise<PcapPackage> {
  try {
    const module = (await load()) as { readonly default?: PcapModule } & PcapModule
    return new PcapPackage(module.default ?? module)
  } catch (error) {
    const why = (error instanceof Error ? error.message : String(error)).split('\n')[0]!
    const isMissing = why.includes(`'${PACKAGE}'`)
    throw new UserError(
      isMissing ?
        '--engine pcap: needs the package pcap (apt-get install libpcap-dev g++ make python3; npm install pcap@3)'
      : `--engine pcap: the package pcap cannot be loaded: ${why} (apt-get install libpcap-dev g++ make python3; npm rebuild pcap)`,
    )
  }
}
