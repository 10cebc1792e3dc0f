/**
 * libpcap on live interfaces, through koffi: opening, batches of packets, counts. No call into JavaScript is made for a packet: libpcap's
 * own pcap_dump writes each into a stream in memory, and what one pcap_dispatch wrote there is read as a savefile is.
 * Source: pcap(3PCAP) and the man pages it names; packet(7); open_memstream(3).
 */
import { UserError } from '../errors.js'
import type { Instruction } from './bpf.js'
import { ERROR_BUFFER, cString, decodeProgram, firstLibrary, loadKoffi, type Koffi, type Native, type Pointer } from './libpcap.js'
import { FILE_HEADER, readHeader, type PcapHeader } from './pcap.js'

const PCAP = {
  pcap_create: 'void *pcap_create(str device, void *errbuf)',
  pcap_set_snaplen: 'int pcap_set_snaplen(void *handle, int snaplen)',
  pcap_set_promisc: 'int pcap_set_promisc(void *handle, int on)',
  pcap_set_rfmon: 'int pcap_set_rfmon(void *handle, int on)',
  pcap_set_timeout: 'int pcap_set_timeout(void *handle, int ms)',
  pcap_set_buffer_size: 'int pcap_set_buffer_size(void *handle, int bytes)',
  pcap_set_immediate_mode: 'int pcap_set_immediate_mode(void *handle, int on)',
  pcap_set_tstamp_type: 'int pcap_set_tstamp_type(void *handle, int type)',
  pcap_set_tstamp_precision: 'int pcap_set_tstamp_precision(void *handle, int precision)',
  pcap_activate: 'int pcap_activate(void *handle)',
  pcap_geterr: 'str pcap_geterr(void *handle)',
  pcap_statustostr: 'str pcap_statustostr(int status)',
  pcap_setdirection: 'int pcap_setdirection(void *handle, int direction)',
  pcap_datalink: 'int pcap_datalink(void *handle)',
  pcap_set_datalink: 'int pcap_set_datalink(void *handle, int linktype)',
  pcap_list_datalinks: 'int pcap_list_datalinks(void *handle, void *list)',
  pcap_free_datalinks: 'void pcap_free_datalinks(void *list)',
  pcap_datalink_name_to_val: 'int pcap_datalink_name_to_val(str name)',
  pcap_datalink_val_to_name: 'str pcap_datalink_val_to_name(int linktype)',
  pcap_datalink_val_to_description: 'str pcap_datalink_val_to_description(int linktype)',
  pcap_list_tstamp_types: 'int pcap_list_tstamp_types(void *handle, void *list)',
  pcap_free_tstamp_types: 'void pcap_free_tstamp_types(void *list)',
  pcap_tstamp_type_name_to_val: 'int pcap_tstamp_type_name_to_val(str name)',
  pcap_tstamp_type_val_to_name: 'str pcap_tstamp_type_val_to_name(int type)',
  pcap_tstamp_type_val_to_description: 'str pcap_tstamp_type_val_to_description(int type)',
  pcap_findalldevs: 'int pcap_findalldevs(void *list, void *errbuf)',
  pcap_freealldevs: 'void pcap_freealldevs(void *list)',
  pcap_lookupnet: 'int pcap_lookupnet(str device, void *net, void *mask, void *errbuf)',
  pcap_compile: 'int pcap_compile(void *handle, void *program, str expression, int optimize, uint32_t netmask)',
  pcap_setfilter: 'int pcap_setfilter(void *handle, void *program)',
  pcap_freecode: 'void pcap_freecode(void *program)',
  pcap_dump_fopen: 'void *pcap_dump_fopen(void *handle, void *file)',
  pcap_dump_close: 'void pcap_dump_close(void *dumper)',
  pcap_dispatch: 'int pcap_dispatch(void *handle, int count, void *callback, void *user)',
  pcap_breakloop: 'void pcap_breakloop(void *handle)',
  pcap_setnonblock: 'int pcap_setnonblock(void *handle, int on, void *errbuf)',
  pcap_stats: 'int pcap_stats(void *handle, void *stats)',
  pcap_fileno: 'int pcap_fileno(void *handle)',
  pcap_close: 'void pcap_close(void *handle)',
} as const

const LIBC = {
  open_memstream: 'void *open_memstream(void *pointer, void *size)',
  fflush: 'int fflush(void *file)',
  ftell: 'long ftell(void *file)',
  fseek: 'int fseek(void *file, long offset, int whence)',
  fputc: 'int fputc(int byte, void *file)',
  free: 'void free(void *memory)',
  setsockopt: 'int setsockopt(int fd, int level, int name, void *value, uint32_t length)',
  if_nameindex: 'void *if_nameindex()',
  if_freenameindex: 'void if_freenameindex(void *list)',
} as const

type Functions = Readonly<Record<keyof typeof PCAP | keyof typeof LIBC, Native>>

/** What pcap_activate and pcap_dispatch return — <pcap/pcap.h>. */
const Status = {
  WARNING: 1, PROMISC_NOTSUP: 2, TSTAMP_TYPE_NOTSUP: 3, ERROR: -1, BREAK: -2, NO_SUCH_DEVICE: -5, RFMON_NOTSUP: -6, PERM_DENIED: -8,
  IFACE_NOT_UP: -9, TSTAMP_TYPE_CANTSET: -10, PROMISC_PERM_DENIED: -11, TSTAMP_PRECISION_NOTSUP: -12,
} as const
const DLT_LINUX_SLL2 = 276
const SOL_SOCKET = 1, SO_ATTACH_FILTER = 26, SO_DETACH_FILTER = 27
const SOL_PACKET = 263, PACKET_IGNORE_OUTGOING = 23
/** struct pcap_if: next, name, description, addresses, flags. */
const PCAP_IF_SIZE = 40
const PCAP_IF_FLAGS = 32
/** Bytes of a new stream. */
const FIRST_STREAM = 1 << 20

export type Direction = 'in' | 'out' | 'inout'
const DIRECTIONS: Readonly<Record<Direction, number>> = { inout: 0, in: 1, out: 2 }

/** What `open` is told. */
export interface LiveSettings {
  readonly device: string
  readonly snapLength: number
  readonly promiscuous: boolean
  readonly monitor: boolean
  /** Longest time that a packet waits in the kernel for others, ms. */
  readonly timeout: number
  /** Bytes of the kernel's ring. */
  readonly bufferSize: number
  /** Each packet is handed over by itself: no waiting, and far less room in the ring. */
  readonly immediate: boolean
  readonly nanoseconds: boolean
  readonly timeStampType: string | undefined
  readonly direction: Direction
  readonly linkType: string | undefined
  readonly expression: string
  readonly optimize: boolean
  /** Nothing is let in before `letIn`, or before another filter takes the place of the one that is there till then. */
  readonly waits: boolean
}

/** An interface as pcap_findalldevs has it; `flags` are PCAP_IF_…. */
export interface Device {
  readonly name: string
  readonly description: string | undefined
  readonly flags: number
}

/** A link type or a time stamp type: its name and what it is. */
export interface Named {
  readonly name: string
  readonly description: string
}

/** What the kernel counts: `received` passed the filter, of which `dropped` found no room. */
export interface Counts {
  readonly received: number
  readonly dropped: number
  /** Lost by the interface itself, where it says so. */
  readonly droppedByInterface: number
}

export class LivePcap {
  readonly #koffi: Koffi
  readonly #c: Functions
  readonly #dump: Pointer

  constructor(koffi: Koffi) {
    this.#koffi = koffi
    const libc = koffi.load(null), pcap = firstLibrary(koffi)
    this.#c = Object.fromEntries([
      ...Object.entries(PCAP).map(([name, prototype]) => [name, pcap.func(prototype)]),
      ...Object.entries(LIBC).map(([name, prototype]) => [name, libc.func(prototype)]),
    ]) as Functions
    this.#dump = pcap.symbol('pcap_dump')
  }

  /** What could be captured on, in the order whose numbers -i takes. @throws UserError */
  devices(): Device[] {
    const message = Buffer.alloc(ERROR_BUFFER), list = Buffer.alloc(8), devices: Device[] = []
    if (Number(this.#c.pcap_findalldevs(list, message)) !== 0) throw new UserError(`interfaces: ${cString(message)}`)
    const first = list.readBigUInt64LE(0)
    for (let at = first; at !== 0n; ) {
      const entry = Buffer.from(this.#koffi.view(at, PCAP_IF_SIZE))
      const name = this.#koffi.decode(at + 8n, 'str') ?? '', description = this.#koffi.decode(at + 16n, 'str') ?? undefined
      devices.push({ name, description, flags: entry.readUInt32LE(PCAP_IF_FLAGS) })
      at = entry.readBigUInt64LE(0)
    }
    this.#c.pcap_freealldevs(first)
    return devices
  }

  /** Names of the interfaces of this network namespace by their index. */
  interfaceNames(): Map<number, string> {
    const names = new Map<number, string>()
    const list = this.#c.if_nameindex() as Pointer
    if (list === null || list === 0n) return names
    for (let at = list; ; at += 16n) {
      const index = Buffer.from(this.#koffi.view(at, 16)).readUInt32LE(0)
      if (index === 0) break
      names.set(index, this.#koffi.decode(at + 8n, 'str') ?? '')
    }
    this.#c.if_freenameindex(list)
    return names
  }

  /** The link types that an interface can be captured with. @throws UserError */
  linkTypes(device: string, monitor: boolean): Named[] {
    const handle = this.#create(device)
    try {
      if (monitor) this.#c.pcap_set_rfmon(handle, 1)
      this.#activate(handle, device, [])
      return this.#list(handle, 'datalink')
    } finally {
      this.#c.pcap_close(handle)
    }
  }

  /** The clocks that an interface can stamp with; only `host` when it has no choice. @throws UserError */
  timeStampTypes(device: string): Named[] {
    const handle = this.#create(device)
    try {
      return this.#list(handle, 'tstamp')
    } finally {
      this.#c.pcap_close(handle)
    }
  }

  #list(handle: Pointer, what: 'datalink' | 'tstamp'): Named[] {
    const c = this.#c, list = Buffer.alloc(8)
    const count = Number((what === 'datalink' ? c.pcap_list_datalinks : c.pcap_list_tstamp_types)(handle, list))
    if (count < 0) throw new UserError(`libpcap: ${String(c.pcap_geterr(handle))}`)
    if (count === 0) return []
    const at = list.readBigUInt64LE(0)
    const numbers = Buffer.from(this.#koffi.view(at, count * 4))
    const named = Array.from({ length: count }, (_, n): Named => {
      const value = numbers.readInt32LE(n * 4)
      const name = (what === 'datalink' ? c.pcap_datalink_val_to_name : c.pcap_tstamp_type_val_to_name)(value)
      const description = (what === 'datalink' ? c.pcap_datalink_val_to_description : c.pcap_tstamp_type_val_to_description)(value)
      return { name: typeof name === 'string' ? name : `DLT ${value}`, description: typeof description === 'string' ? description : '' }
    })
    ;(what === 'datalink' ? c.pcap_free_datalinks : c.pcap_free_tstamp_types)(at)
    return named
  }

  /**
   * Opens an interface; packets are caught from here on.
   * @param warn told what libpcap could not do as asked, though it went on
   * @throws UserError
   */
  open(settings: LiveSettings, warn: (line: string) => void): LiveHandle {
    const { device } = settings, c = this.#c
    const handle = this.#create(device)
    try {
      c.pcap_set_snaplen(handle, settings.snapLength)
      c.pcap_set_promisc(handle, settings.promiscuous ? 1 : 0)
      c.pcap_set_timeout(handle, settings.timeout)
      c.pcap_set_buffer_size(handle, settings.bufferSize)
      if (settings.monitor) c.pcap_set_rfmon(handle, 1)
      if (settings.immediate) c.pcap_set_immediate_mode(handle, 1)
      if (settings.nanoseconds && Number(c.pcap_set_tstamp_precision(handle, 1)) !== 0) warn(`${device}: its times have no nanoseconds (--nano only adds zeros)`)
      const warnings: string[] = []
      this.#timeStampType(handle, settings, warnings)
      this.#activate(handle, device, warnings)
      for (const line of warnings) warn(line)
      this.#linkType(handle, settings)
      if (settings.direction !== 'inout' && Number(c.pcap_setdirection(handle, DIRECTIONS[settings.direction])) !== 0) {
        throw new UserError(`-Q ${settings.direction}: ${device}: ${String(c.pcap_geterr(handle))} (leave -Q out)`)
      }
      const live = new LiveHandle(this.#koffi, c, this.#dump, handle, device)
      live.select(settings)
      return live
    } catch (error) {
      c.pcap_close(handle)
      throw error
    }
  }

  /** The program that `open` would select with. @throws UserError */
  compile(settings: LiveSettings, warn: (line: string) => void): Instruction[] {
    const live = this.open({ ...settings, expression: '' }, warn)
    try {
      return live.program(settings)
    } finally {
      live.close()
    }
  }

  #create(device: string): Pointer {
    const message = Buffer.alloc(ERROR_BUFFER)
    const handle = this.#c.pcap_create(device, message) as Pointer
    if (handle === null || handle === 0n) throw new UserError(`${device}: ${cString(message)}`)
    return handle
  }

  #timeStampType(handle: Pointer, { device, timeStampType }: LiveSettings, warnings: string[]): void {
    if (timeStampType === undefined) return
    const type = Number(this.#c.pcap_tstamp_type_name_to_val(timeStampType))
    if (type < 0) throw new UserError(`-j ${timeStampType}: invalid time stamp type (sockscope tcpdump -J lists them)`)
    const status = Number(this.#c.pcap_set_tstamp_type(handle, type))
    if (status === 0) return
    if (status < 0) throw new UserError(`${device}: time stamp type ${timeStampType}: ${String(this.#c.pcap_statustostr(status))}`)
    warnings.push(`${device}: no time stamps of type ${timeStampType}, those of the host are taken (sockscope tcpdump -J -i ${device} lists what it has)`)
  }

  #activate(handle: Pointer, device: string, warnings: string[]): void {
    const status = Number(this.#c.pcap_activate(handle))
    if (status < 0) throw new UserError(this.#refusal(handle, device, status))
    if (status === Status.TSTAMP_TYPE_NOTSUP) return // said above
    if (status === Status.PROMISC_NOTSUP) warnings.push(`${device}: has no promiscuous mode, only packets for this host are seen`)
    else if (status > 0) warnings.push(`${device}: ${String(this.#c.pcap_geterr(handle)) || String(this.#c.pcap_statustostr(status))}`)
  }

  #refusal(handle: Pointer, device: string, status: number): string {
    switch (status) {
      case Status.NO_SUCH_DEVICE:
        return `${device}: no such interface (sockscope tcpdump -D lists them)`
      case Status.PERM_DENIED:
      case Status.PROMISC_PERM_DENIED:
        return `${device}: no permission to capture on it (run it with sudo, or with the capability CAP_NET_RAW: docs/live.md)`
      case Status.IFACE_NOT_UP:
        return `${device}: the interface is not up (ip link set ${device} up)`
      case Status.RFMON_NOTSUP:
        return `${device}: has no monitor mode (leave -I out)`
      default:
        return `${device}: ${status === Status.ERROR ? String(this.#c.pcap_geterr(handle)) : String(this.#c.pcap_statustostr(status))}`
    }
  }

  /** `any` has two cooked forms; the later one keeps each packet's interface. */
  #linkType(handle: Pointer, { device, linkType }: LiveSettings): void {
    const c = this.#c
    if (linkType === undefined) {
      if (device === 'any') c.pcap_set_datalink(handle, DLT_LINUX_SLL2) // an old libpcap keeps the first form
      return
    }
    const number = Number(c.pcap_datalink_name_to_val(linkType))
    if (number < 0) throw new UserError(`-y ${linkType}: invalid data link type (sockscope tcpdump -L -i ${device} lists what it has)`)
    if (Number(c.pcap_set_datalink(handle, number)) !== 0) {
      throw new UserError(`-y ${linkType}: not a data link type of ${device} (sockscope tcpdump -L -i ${device} lists what it has)`)
    }
  }
}

/** An open interface. Only one `dispatch` may be under way; `breakLoop` and `counts` may be called meanwhile. */
export class LiveHandle {
  readonly device: string
  /** What a savefile of this capture would say. */
  readonly header: PcapHeader
  /** The kernel alone selects, so that it counts no packet which is not delivered. */
  countsAreExact = true
  readonly #koffi: Koffi
  readonly #c: Functions
  readonly #callback: Pointer
  readonly #handle: Pointer
  readonly #fd: number
  /** What `letIn` lets in. */
  #selection: { readonly program: Buffer | undefined; readonly expression: string } = { program: undefined, expression: '' }
  #before: Counts = { received: 0, dropped: 0, droppedByInterface: 0 }
  #closed = false

  constructor(koffi: Koffi, c: Functions, callback: Pointer, handle: Pointer, device: string) {
    this.#koffi = koffi
    this.#c = c
    this.#callback = callback
    this.#handle = handle
    this.#fd = Number(c.pcap_fileno(handle))
    this.device = device
    const stream = this.stream()
    this.header = readHeader(stream.header, 0, device)
    stream.close()
  }

  /** Of its packet socket; -1: it has none. */
  get descriptor(): number {
    return this.#fd
  }

  /** A stream for the packets of one batch. */
  stream(): PacketStream {
    return new PacketStream(this.#koffi, this.#c, this.#handle, this.device)
  }

  /**
   * Has the kernel select: the filter, and no copy of what goes out where libpcap would pass over it. Packets caught before are passed
   * over, so that those counted and those delivered are the same.
   * @throws UserError with libpcap's reason
   */
  select({ device, direction, expression, optimize, waits }: LiveSettings): void {
    const program = expression === '' ? undefined : this.#compile(device, expression, optimize)
    const ignoresOutgoing = device === 'lo' || direction === 'in'
    try {
      if (program === undefined && !ignoresOutgoing && !waits) {
        this.countsAreExact = device !== 'any' && direction === 'inout'
        return
      }
      const dropping = this.dropAll()
      const isDeaf = ignoresOutgoing && device !== 'any' && this.#option(SOL_PACKET, PACKET_IGNORE_OUTGOING, one)
      this.countsAreExact = dropping && device !== 'any' && (direction === 'inout' ? !ignoresOutgoing || isDeaf : direction === 'in' && isDeaf)
      if (dropping) this.#before = this.counts()
      if (dropping && this.#before.received > 0) this.#passOver()
    } catch (error) {
      if (program !== undefined) this.#c.pcap_freecode(program)
      throw error
    }
    this.#selection = { program, expression }
    if (!waits) this.letIn()
  }

  /** The filter as this interface has it. @throws UserError with libpcap's reason */
  program({ device, expression, optimize }: LiveSettings): Instruction[] {
    const program = this.#compile(device, expression, optimize)
    try {
      return decodeProgram(this.#koffi, program)
    } finally {
      this.#c.pcap_freecode(program)
    }
  }

  #compile(device: string, expression: string, optimize: boolean): Buffer {
    const net = Buffer.alloc(4), mask = Buffer.alloc(4), program = Buffer.alloc(16)
    if (Number(this.#c.pcap_lookupnet(device, net, mask, Buffer.alloc(ERROR_BUFFER))) !== 0) mask.fill(0) // no IPv4 address: as tcpdump does
    if (Number(this.#c.pcap_compile(this.#handle, program, expression, optimize ? 1 : 0, mask.readUInt32LE(0))) !== 0) {
      throw new UserError(`filter '${expression}': ${this.error().replace(/^can't parse filter expression: /, '')} (see pcap-filter(7) for the language)`)
    }
    return program
  }

  /** Takes out what was caught before the filter: a block of the ring is handed over when its time is up. */
  #passOver(): void {
    const stream = this.stream()
    this.setNonBlocking(true)
    const until = Date.now() + PASS_OVER_MS
    let seen = 0
    while (seen < this.#before.received - this.#before.dropped && Date.now() < until) {
      const got = this.dispatchNow(stream, 4096)
      stream.take()
      if (got < 0) break
      if (got === 0) Atomics.wait(pause, 0, 0, 1)
      seen += got
    }
    this.setNonBlocking(false)
    stream.close()
  }

  /** Lets in what the filter selects. @throws UserError with libpcap's reason */
  letIn(): void {
    const { program, expression } = this.#selection
    if (program === undefined) this.#option(SOL_SOCKET, SO_DETACH_FILTER, one)
    else {
      const isSet = Number(this.#c.pcap_setfilter(this.#handle, program)) === 0
      this.#c.pcap_freecode(program)
      if (!isSet) throw new UserError(`filter '${expression}': ${this.error()}`)
    }
    this.#selection = { program: undefined, expression: '' }
  }

  /** No further packet is let in; those inside can still be taken out. False where this is no packet socket. */
  dropAll(): boolean {
    const program = Buffer.alloc(16), instruction = Buffer.from(Uint8Array.of(6, 0, 0, 0, 0, 0, 0, 0).buffer) // ret #0, in memory that V8 does not move
    program.writeUInt16LE(1, 0)
    program.writeBigUInt64LE(this.#koffi.address(instruction), 8)
    const done = this.#option(SOL_SOCKET, SO_ATTACH_FILTER, program)
    return done && instruction.length > 0 // named here so that it lives through the call
  }

  #option(level: number, name: number, value: Buffer): boolean {
    return this.#fd >= 0 && Number(this.#c.setsockopt(this.#fd, level, name, value, value.length)) === 0
  }

  /**
   * Waits, on a thread of libuv's pool, for packets and writes at most `count` of them into `stream`.
   * @returns how many; -1: failed, `error` says why; -2: `breakLoop` was called (what had come is in the stream)
   */
  dispatch(stream: PacketStream, count: number): Promise<number> {
    return new Promise((resolve, reject) => {
      // All arguments are addresses of C's own memory: no buffer needs to be kept alive.
      this.#c.pcap_dispatch.async(this.#handle, count, this.#callback, stream.file, (error: unknown, result: unknown) => {
        if (error === null) resolve(Number(result))
        else reject(error instanceof Error ? error : new Error('pcap_dispatch could not be called'))
      })
    })
  }

  /** The same at once, on this thread: for a handle set non-blocking. */
  dispatchNow(stream: PacketStream, count: number): number {
    return Number(this.#c.pcap_dispatch(this.#handle, count, this.#callback, stream.file))
  }

  /** Has the `dispatch` under way return, or the next one. */
  breakLoop(): void {
    if (!this.#closed) this.#c.pcap_breakloop(this.#handle)
  }

  setNonBlocking(on: boolean): void {
    this.#c.pcap_setnonblock(this.#handle, on ? 1 : 0, Buffer.alloc(ERROR_BUFFER))
  }

  /** Since the filter was set. The kernel's counters are 32 bits wide. */
  counts(): Counts {
    const stats = Buffer.alloc(16), before = this.#before
    if (this.#closed || Number(this.#c.pcap_stats(this.#handle, stats)) !== 0) return before
    return {
      received: (stats.readUInt32LE(0) - before.received) >>> 0,
      dropped: (stats.readUInt32LE(4) - before.dropped) >>> 0,
      droppedByInterface: (stats.readUInt32LE(8) - before.droppedByInterface) >>> 0,
    }
  }

  /** What the last call that failed said. */
  error(): string {
    return String(this.#c.pcap_geterr(this.#handle))
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#c.pcap_close(this.#handle)
  }
}

const one = Buffer.from([1, 0, 0, 0])
const pause = new Int32Array(new SharedArrayBuffer(4))
/** A block of the ring is closed after the timeout of 100 ms at most. */
const PASS_OVER_MS = 250

/** A stream in memory that pcap_dump writes savefile records to. */
export class PacketStream {
  /** The 24 bytes of the savefile's header. */
  readonly header: Uint8Array
  readonly file: Pointer
  readonly #koffi: Koffi
  readonly #c: Functions
  /** char * and size_t, kept up to date by fflush: held here as long as the stream is open. */
  readonly #slot = Buffer.from(new ArrayBuffer(16)) // memory that V8 does not move
  #view = new Uint8Array(0)
  #address = 0n

  /** @throws UserError when libpcap cannot write the handle's link type */
  constructor(koffi: Koffi, c: Functions, handle: Pointer, device: string) {
    this.#koffi = koffi
    this.#c = c
    const slot = koffi.address(this.#slot)
    this.file = c.open_memstream(slot, slot + 8n) as Pointer
    if (this.file === null || this.file === 0n) throw new UserError('libpcap: out of memory')
    const dumper = c.pcap_dump_fopen(handle, this.file) as Pointer
    if (dumper === null || dumper === 0n) throw new UserError(`${device}: ${String(c.pcap_geterr(handle))}`)
    this.#grow(FIRST_STREAM)
    this.header = this.#view.slice(0, FILE_HEADER)
    c.fseek(this.file, 0, 0)
  }

  /** The records written since the last call, lent until the next dispatch into this stream. */
  take(): { readonly b: Uint8Array; readonly end: number } {
    const c = this.#c
    c.fflush(this.file)
    const end = Number(c.ftell(this.file))
    if (this.#slot.readBigUInt64LE(0) !== this.#address || end > this.#view.length) this.#grow(Math.max(end * 2, FIRST_STREAM))
    c.fseek(this.file, 0, 0)
    return { b: this.#view, end }
  }

  /** Makes the memory `size` bytes and looks at all of it, so that a larger batch seldom needs another view. */
  #grow(size: number): void {
    const c = this.#c
    c.fseek(this.file, size - 1, 0)
    c.fputc(0, this.file)
    c.fflush(this.file)
    this.#address = this.#slot.readBigUInt64LE(0)
    this.#view = new Uint8Array(this.#koffi.view(this.#address, size))
  }

  close(): void {
    this.#view = new Uint8Array(0)
    this.#c.pcap_dump_close(this.file)
    this.#c.free(this.#slot.readBigUInt64LE(0))
  }
}

let loaded: LivePcap | undefined

/** Loads libpcap for live use, once. @throws UserError that says what to install */
export async function loadLivePcap(): Promise<LivePcap> {
  return (loaded ??= new LivePcap(await loadKoffi()))
}
