/**
 * Capture files, written: pcap in micro- or nanoseconds, and pcapng. Sources: pcap-savefile(5); draft-ietf-opsawg-pcapng.
 * A file belongs to whoever runs us, nobody else may read it, and it holds whole records only, also where the disk is full.
 */
import { closeSync, ftruncateSync, writeSync } from 'node:fs'
import { errnoName, reason, UserError } from '../errors.js'
import { openOwnFile } from './own-file.js'
import type { Frame, SourceInterface } from './source.js'

/** How records look in bytes. Numbers are little-endian, whatever the machine. */
export interface RecordFormat {
  /** What a file begins with. */
  header(): Uint8Array
  /** What must stand in the file before this frame: the interface that it came from, when that is new. Empty for nothing. */
  before(frame: Frame): Uint8Array
  /** Bytes that the record of this frame takes. */
  size(frame: Frame, comment: string): number
  /** Writes that record into `b` at `at`. */
  write(b: Buffer, at: number, frame: Frame, comment: string): void
}

const RECORD_HEADER = 16

export class PcapFormat implements RecordFormat {
  readonly #interface: SourceInterface
  readonly #nanoseconds: boolean

  constructor(from: SourceInterface, nanoseconds: boolean) {
    this.#interface = from
    this.#nanoseconds = nanoseconds
  }

  header(): Uint8Array {
    const b = Buffer.alloc(24)
    b.writeUInt32LE(this.#nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4, 0)
    b.writeUInt16LE(2, 4)
    b.writeUInt16LE(4, 6)
    b.writeUInt32LE(this.#interface.snapLength, 16)
    b.writeUInt32LE(this.#interface.linkType, 20)
    return b
  }

  before(): Uint8Array {
    return none
  }

  size(frame: Frame): number {
    return RECORD_HEADER + frame.end - frame.at
  }

  /** @throws UserError for a frame of another link type: the file has only one */
  write(b: Buffer, at: number, frame: Frame): void {
    if (frame.linkType !== this.#interface.linkType) {
      throw new UserError(`-w: packets of link types ${this.#interface.linkType} and ${frame.linkType}: a pcap file has one (write them with --pcapng)`)
    }
    b.writeUInt32LE(frame.seconds >>> 0, at)
    // What is no fraction of a second is kept as it is, as far as 32 bits go.
    b.writeInt32LE((this.#nanoseconds ? frame.nanos : Math.trunc(frame.nanos / 1000)) | 0, at + 4)
    b.writeUInt32LE(frame.end - frame.at, at + 8)
    b.writeUInt32LE(frame.wireLength, at + 12)
    b.set(frame.b.subarray(frame.at, frame.end), at + RECORD_HEADER)
  }
}

const Block = { SECTION: 0x0a0d0d0a, INTERFACE: 1, STATISTICS: 5, ENHANCED_PACKET: 6 } as const
const Option = { END: 0, COMMENT: 1, OS: 3, APPLICATION: 4, IF_NAME: 2, IF_RESOLUTION: 9, IF_FILTER: 11, IF_RECEIVED: 4, IF_DROPPED: 5 } as const
const ENHANCED_HEADER = 28

/** What a pcapng file says of the capture, apart from the packets. */
export interface CaptureFacts {
  readonly application: string
  readonly system: string
  /** As the person gave it; '' for none. */
  readonly filter: string
}

export class PcapngFormat implements RecordFormat {
  readonly #interfaces: readonly SourceInterface[]
  readonly #nanoseconds: boolean
  readonly #facts: CaptureFacts

  /** How many interfaces the present file describes. */
  #described = 0

  /** @param interfaces those that frames may come from; there may be more of them later */
  constructor(interfaces: readonly SourceInterface[], nanoseconds: boolean, facts: CaptureFacts) {
    this.#interfaces = interfaces
    this.#nanoseconds = nanoseconds
    this.#facts = facts
  }

  header(): Uint8Array {
    const { application, system } = this.#facts
    const fixed = Buffer.alloc(16)
    fixed.writeUInt32LE(0x1a2b3c4d, 0)
    fixed.writeUInt16LE(1, 4)
    fixed.writeBigInt64LE(-1n, 8)
    this.#described = 0
    return Buffer.concat([block(Block.SECTION, fixed, option(Option.OS, system), option(Option.APPLICATION, application)), this.#describe()])
  }

  before(frame: Frame): Uint8Array {
    return frame.interfaceId < this.#described ? none : this.#describe()
  }

  /** Blocks of the interfaces that the file does not describe yet. */
  #describe(): Uint8Array {
    const { filter } = this.#facts
    const blocks = this.#interfaces.slice(this.#described).map(({ linkType, snapLength, name }) => {
      const head = Buffer.alloc(8)
      head.writeUInt16LE(linkType, 0)
      head.writeUInt32LE(snapLength, 4)
      const options = [name === undefined ? none : option(Option.IF_NAME, name), option(Option.IF_RESOLUTION, Uint8Array.of(this.#nanoseconds ? 9 : 6))]
      // A filter option begins with a byte that says which kind it is: 0, a string as libpcap reads it.
      if (filter !== '') options.push(option(Option.IF_FILTER, Buffer.concat([Uint8Array.of(0), Buffer.from(filter)])))
      return block(Block.INTERFACE, head, ...options)
    })
    this.#described = this.#interfaces.length
    return Buffer.concat(blocks)
  }

  size(frame: Frame, comment: string): number {
    const options = comment === '' ? 0 : 4 + padded(Buffer.byteLength(comment)) + 4
    return ENHANCED_HEADER + padded(frame.end - frame.at) + options + 4
  }

  write(b: Buffer, at: number, frame: Frame, comment: string): void {
    const size = this.size(frame, comment), captured = frame.end - frame.at
    const perSecond = this.#nanoseconds ? 1e9 : 1e6
    // seconds * 10⁹ is past 2⁵³: split by 2³² in two steps, each exact.
    const fraction = this.#nanoseconds ? frame.nanos : Math.floor(frame.nanos / 1000)
    // a fraction of a pcap file may be negative
    const seconds = Math.max(0, frame.seconds + Math.floor(fraction / perSecond))
    const low16 = (seconds & 0xffff) * perSecond + (fraction - Math.floor(fraction / perSecond) * perSecond)
    const high = Math.floor(seconds / 65536) * perSecond + Math.floor(low16 / 65536)
    b.writeUInt32LE(Block.ENHANCED_PACKET, at)
    b.writeUInt32LE(size, at + 4)
    b.writeUInt32LE(frame.interfaceId, at + 8)
    b.writeUInt32LE(Math.floor(high / 65536), at + 12)
    b.writeUInt32LE((((high % 65536) << 16) | (low16 % 65536)) >>> 0, at + 16)
    b.writeUInt32LE(captured, at + 20)
    b.writeUInt32LE(frame.wireLength, at + 24)
    b.set(frame.b.subarray(frame.at, frame.end), at + ENHANCED_HEADER)
    let next = at + ENHANCED_HEADER + captured
    b.fill(0, next, at + size)
    next = at + ENHANCED_HEADER + padded(captured)
    if (comment !== '') {
      b.writeUInt16LE(Option.COMMENT, next)
      b.writeUInt16LE(b.write(comment, next + 4), next + 2)
    }
    b.writeUInt32LE(size, at + size - 4)
  }

  /** An interface statistics block: what the kernel received and dropped there until `millis` since 1970. */
  statistics(interfaceId: number, received: number, dropped: number, millis: number): Uint8Array {
    const head = Buffer.alloc(12), time = BigInt(Math.round(millis)) * (this.#nanoseconds ? 1_000_000n : 1000n)
    head.writeUInt32LE(interfaceId, 0)
    head.writeUInt32LE(Number(time >> 32n), 4)
    head.writeUInt32LE(Number(time & 0xffff_ffffn), 8)
    return block(Block.STATISTICS, head, option(Option.IF_RECEIVED, u64(received)), option(Option.IF_DROPPED, u64(dropped)))
  }
}

const none = new Uint8Array(0)
const padded = (length: number): number => (length + 3) & ~3

function u64(value: number): Uint8Array {
  const b = Buffer.alloc(8)
  b.writeBigUInt64LE(BigInt(value))
  return b
}

function option(code: number, value: Uint8Array | string): Uint8Array {
  const bytes = Buffer.from(value).subarray(0, 0xffff)
  const b = Buffer.alloc(4 + padded(bytes.length))
  b.writeUInt16LE(code, 0)
  b.writeUInt16LE(bytes.length, 2)
  b.set(bytes, 4)
  return b
}

function block(type: number, ...body: readonly Uint8Array[]): Uint8Array {
  const bytes = Buffer.concat([...body, new Uint8Array(4)]) // the end of the options
  const b = Buffer.alloc(bytes.length + 12)
  b.writeUInt32LE(type, 0)
  b.writeUInt32LE(b.length, 4)
  b.set(bytes, 8)
  b.writeUInt32LE(b.length, b.length - 4)
  return b
}

/** Where bytes go: a file that we opened, or standard output. */
interface Target {
  readonly name: string
  /** Writes all of it. On an error as many bytes as `keep` allows of those written stay. */
  write(chunk: Uint8Array, keep: (written: number) => number): void
  close(): void
}

function openTarget(path: string): Target {
  const { fd, isMemory } = openOwnFile('-w', path, 'write to a pipe with -w -')
  return new FileTarget(fd, `-w ${path}`, isMemory)
}

class FileTarget implements Target {
  readonly name: string
  readonly #fd: number
  readonly #isMemory: boolean
  #size = 0

  constructor(fd: number, name: string, isMemory: boolean) {
    this.#fd = fd
    this.name = name
    this.#isMemory = isMemory
  }

  write(chunk: Uint8Array, keep: (written: number) => number): void {
    let at = 0
    try {
      while (at < chunk.length) at += writeSync(this.#fd, chunk, at, chunk.length - at)
      this.#size += at
    } catch (error) {
      this.#size += keep(at)
      if (!this.#isMemory) ftruncateSync(this.#fd, this.#size)
      throw error
    }
  }

  close(): void {
    closeSync(this.#fd)
  }
}

/** Bytes gathered before they are written. */
const GATHER = 1 << 18

/** One capture being written. */
export class CaptureWriter {
  /** Records that stand whole in the file, or wait to be written. */
  records = 0
  readonly #target: Target
  readonly #format: RecordFormat
  #b = Buffer.alloc(GATHER)
  #length = 0
  /** Where each gathered record ends. */
  #ends: number[] = []
  #written = 0
  #failed = false

  /** @param toStdout writes a chunk to standard output; it is used when `path` is `-` */
  constructor(path: string, format: RecordFormat, toStdout: (chunk: Uint8Array) => void) {
    this.#target = path === '-' ? { name: '-w -', write: toStdout, close: () => {} } : openTarget(path)
    this.#format = format
    const header = format.header()
    this.#b.set(header)
    this.#length = header.length
  }

  /** Bytes of the file, those that wait included. */
  get bytes(): number {
    return this.#written + this.#length
  }

  /** @throws UserError when it cannot be written; `records` is then what the file holds */
  write(frame: Frame, comment = ''): void {
    const before = this.#format.before(frame)
    if (before.length > 0) this.append(before)
    const size = this.#format.size(frame, comment)
    if (this.#length + size > this.#b.length) this.#makeRoom(size)
    this.#format.write(this.#b, this.#length, frame, comment)
    this.#length += size
    this.#ends.push(this.#length)
    this.records++
  }

  /** A block that is no packet. */
  append(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#b.length) this.#makeRoom(bytes.length)
    this.#b.set(bytes, this.#length)
    this.#length += bytes.length
  }

  #makeRoom(size: number): void {
    this.flush()
    if (size > this.#b.length) this.#b = Buffer.alloc(size * 2)
  }

  flush(): void {
    if (this.#length === 0 || this.#failed) return
    let whole = 0
    try {
      this.#target.write(this.#b.subarray(0, this.#length), (written) => {
        while (whole < this.#ends.length && this.#ends[whole]! <= written) whole++
        return whole === 0 ? 0 : this.#ends[whole - 1]!
      })
      this.#written += this.#length
    } catch (error) {
      this.#failed = true
      this.records -= this.#ends.length - whole
      if (errnoName(error) === undefined) throw error // standard output has said it all
      throw new UserError(`${this.#target.name}: ${reason(error)} (${this.records === 1 ? '1 packet is' : `${this.records} packets are`} whole in it)`)
    } finally {
      this.#length = 0
      this.#ends = []
    }
  }

  /** @throws UserError when the rest cannot be written */
  close(): void {
    try {
      this.flush()
    } finally {
      this.#target.close()
    }
  }
}
