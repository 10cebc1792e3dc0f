/**
 * pcap savefiles: a 24-byte header, then records of a header and the captured bytes.
 * Sources: pcap-savefile(5); draft-ietf-opsawg-pcap; measured against libpcap 1.10.3.
 * All numbers are in the byte order of the writer, which the magic number shows.
 */

import { i32, i32le, u16, u16le, u32, u32le } from '../bytes.js'
import { UserError } from '../errors.js'
import type { Frame, SourceInterface } from './source.js'
import { type Damage, maxSnapLength, type Walker, type Window } from './walker.js'

/** Bytes of a savefile's header. */
export const FILE_HEADER = 24

const MAGIC_MICROS = 0xa1b2c3d4
const MAGIC_NANOS = 0xa1b23c4d
const MAGIC_MODIFIED = 0xa1b2cd34

/** Where the two lengths of a record stand: as documented, exchanged, or exchanged by some writers only (the larger is the wire's). */
export type LengthOrder = 'captured-first' | 'wire-first' | 'unsure'

/** What a savefile's header says. */
export interface PcapHeader {
  readonly littleEndian: boolean
  /** Fractions of a second are nanoseconds, else microseconds. */
  readonly nanoseconds: boolean
  /** Bytes of a record's header: 16; 24 in Kuznetzov's modified format, which adds interface, protocol and packet type. */
  readonly recordHeader: 16 | 24
  readonly lengthOrder: LengthOrder
  /** LINKTYPE_ number: the low 16 bits of the field; those above hold the length of a frame check sequence. */
  readonly linkType: number
  /** Longest frame, bytes; where the file says 0 or more than 2³¹-1, the most that the link type has. */
  readonly snapLength: number
}

/** Whether the four bytes at `at` open a pcap savefile of any kind. */
export function isPcap(b: Uint8Array, at: number): boolean {
  return isMagic(u32(b, at)) || isMagic(u32le(b, at))
}

const isMagic = (magic: number): boolean => magic === MAGIC_MICROS || magic === MAGIC_NANOS || magic === MAGIC_MODIFIED

/**
 * Reads the 24 bytes at `at`, of which isPcap held.
 * @throws UserError when the version is none of 2.0 to 2.4 and 543.0, those that libpcap reads; `label` names the file in it
 */
export function readHeader(b: Uint8Array, at: number, label: string): PcapHeader {
  const littleEndian = isMagic(u32le(b, at))
  const word = littleEndian ? u32le : u32
  const half = littleEndian ? u16le : u16
  const magic = word(b, at), major = half(b, at + 4), minor = half(b, at + 6)
  if (!((major === 2 && minor <= 4) || (major === 543 && minor === 0))) {
    throw new UserError(`${label}: pcap version ${major}.${minor} at byte 4: expected 2.0 to 2.4 (convert it with the program that wrote it)`)
  }
  const modified = magic === MAGIC_MODIFIED, linkType = word(b, at + 20) & 0x03ff_ffff
  return {
    littleEndian,
    nanoseconds: magic === MAGIC_NANOS,
    recordHeader: modified ? 24 : 16,
    lengthOrder: major === 543 || minor < 3 ? 'wire-first' : minor === 3 ? 'unsure' : 'captured-first',
    linkType,
    snapLength: snapLength(word(b, at + 16), linkType, modified),
  }
}

/** The modified format's snapshot length leaves the 14 bytes of the Ethernet header out. */
function snapLength(said: number, linkType: number, modified: boolean): number {
  const length = modified && said !== 0 ? said + 14 : said
  return length === 0 || length > 0x7fff_ffff ? maxSnapLength(linkType) : length
}

/** Walks the records after a savefile's header. Also for records that never were in a file: give the header they would have had. */
export class PcapWalker implements Walker {
  readonly interfaces: readonly SourceInterface[]
  packets = 0
  need = 16
  damage: Damage | undefined
  readonly #littleEndian: boolean
  readonly #scale: number
  readonly #header: number
  readonly #order: LengthOrder
  readonly #linkType: number
  readonly #snapLength: number
  readonly #maxLength: number

  constructor(header: PcapHeader) {
    this.#littleEndian = header.littleEndian
    this.#scale = header.nanoseconds ? 1 : 1000
    this.#header = header.recordHeader
    this.#order = header.lengthOrder
    this.#linkType = header.linkType
    this.#snapLength = header.snapLength
    this.#maxLength = maxSnapLength(header.linkType)
    this.need = header.recordHeader
    this.interfaces = [{ linkType: header.linkType, snapLength: header.snapLength, nanoseconds: header.nanoseconds }]
  }

  /** A record longer than the file's snapshot length is handed out cut to that length, as libpcap does. */
  next(w: Window, frame: Frame): boolean {
    const b = w.b, at = w.at, data = at + this.#header
    if (data > w.end) {
      this.need = this.#header
      return false
    }
    const little = this.#littleEndian
    let captured = little ? u32le(b, at + 8) : u32(b, at + 8)
    let wire = little ? u32le(b, at + 12) : u32(b, at + 12)
    if (this.#order !== 'captured-first' && (this.#order === 'wire-first' || captured > wire)) {
      const first = captured
      captured = wire
      wire = first
    }
    if (captured > this.#maxLength) return this.#badLength(w, captured)
    const end = data + captured
    if (end > w.end) {
      this.need = end - at
      return false
    }
    frame.b = b
    frame.at = data
    frame.end = captured > this.#snapLength ? data + this.#snapLength : end
    frame.wireLength = wire
    frame.seconds = little ? u32le(b, at) : u32(b, at)
    frame.nanos = (little ? i32le(b, at + 4) : i32(b, at + 4)) * this.#scale
    frame.linkType = this.#linkType
    frame.interfaceId = 0
    w.at = end
    this.packets++
    return true
  }

  skip(w: Window, most: number): number {
    const { b, end } = w
    const little = this.#littleEndian, header = this.#header, max = this.#maxLength
    let at = w.at, count = 0
    while (this.#order === 'captured-first' && count < most && at + header <= end) {
      const captured = little ? u32le(b, at + 8) : u32(b, at + 8)
      if (captured > max || at + header + captured > end) break
      at += header + captured
      count++
    }
    w.at = at
    this.packets += count
    return count
  }

  cut(w: Window): string {
    const left = w.end - w.at, number = this.packets + 1
    if (left < this.#header) return `expected ${this.#header} bytes of packet ${number}'s header, found ${left}`
    return `expected ${this.need - this.#header} bytes of packet ${number}'s data, found ${left - this.#header}`
  }

  #badLength(w: Window, captured: number): false {
    this.damage ??= {
      offset: w.base + w.at,
      text: `expected packet ${this.packets + 1} with at most ${this.#maxLength} captured bytes, found a length of ${captured}`,
    }
    return false
  }
}
