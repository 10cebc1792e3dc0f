/**
 * pcapng: sections of blocks, each `type, total length, body, total length`; numbers in the byte order of their section.
 * Source: draft-ietf-opsawg-pcapng. Interfaces may differ in link type, snapshot length and clock, which libpcap refuses;
 * blocks we have no use for are stepped over.
 */

import { u16, u16le, u32, u32le, u64, u64le } from '../bytes.js'
import { noteDrops, noteNames, noteTexts, packetComments, type CaptureNotes } from './pcapng-notes.js'
import type { Frame, SourceInterface } from './source.js'
import { type Damage, MAX_RECORD, maxSnapLength, type Walker, type Window } from './walker.js'

const Block = { SECTION: 0x0a0d0d0a, INTERFACE: 1, OLD_PACKET: 2, SIMPLE_PACKET: 3, NAMES: 4, STATISTICS: 5, ENHANCED_PACKET: 6 } as const
const Option = { END: 0, NAME: 2, RESOLUTION: 9, OFFSET: 14 } as const

/** The byte-order magic at byte 8 of a section header, read in the section's own order. */
const ORDER_MAGIC = 0x1a2b3c4d
/** Type, length, length again. */
const MIN_BLOCK = 12
/** Bytes of a section header and of an interface block before their options; of the others, before their records. */
const SECTION_OPTIONS = 24, INTERFACE_OPTIONS = 16, STATISTICS_OPTIONS = 20, RECORDS = 8
/** No block type: those are 0 to 2³²-1. */
const NONE = -1
/** Bytes before the packet's data, and length after it. */
const ENHANCED_HEADER = 28, OLD_HEADER = 28, SIMPLE_HEADER = 12, TRAILER = 4
/** Most interfaces of all sections together: a file of nothing else must not fill the memory. */
const MAX_INTERFACES = 65_536

const NONE_SAID: Uint8Array[] = []

/** Whether the four bytes at `at` open a pcapng file: a section header, which reads the same in both byte orders. */
export const isPcapng = (b: Uint8Array, at: number): boolean => u32(b, at) === Block.SECTION

/** One interface and its clock. */
interface Interface extends SourceInterface {
  /** Ticks a second where the timestamp divides in plain numbers, else 0: then `exact` does it. */
  readonly ticks: number
  /** Nanoseconds are `rest * multiply / divide` of the ticks left over. */
  readonly multiply: number
  readonly divide: number
  readonly exactTicks: bigint
  /** Seconds to add to each timestamp. */
  readonly offset: number
}

/** Walks the blocks of a pcapng file from its first byte. */
export class PcapngWalker implements Walker {
  readonly interfaces: Interface[] = []
  packets = 0
  need = MIN_BLOCK
  damage: Damage | undefined
  #littleEndian = false
  #sections = 0
  /** Index of the section's interface 0: ids start again in each section. */
  #firstInterface = 0
  /** Total length of the checked block at `at`, trailer and padding included. */
  #size = 0
  readonly #notes: CaptureNotes | undefined

  /** @param notes takes what the file says beside its packets; without it nothing of that is read */
  constructor(notes?: CaptureNotes) {
    this.#notes = notes
  }

  /** A simple packet has no time: 0. */
  next(w: Window, frame: Frame): boolean {
    for (;;) {
      const type = this.#block(w)
      switch (type) {
        case Block.ENHANCED_PACKET:
        case Block.OLD_PACKET:
          return this.#packet(w, frame, type)
        case Block.SIMPLE_PACKET:
          return this.#simplePacket(w, frame)
        case NONE:
          return false
        default:
          if (!this.#other(w, type)) return false
      }
    }
  }

  /** Walks what stands before the first packet, so that its interfaces are known: false when more bytes are needed for that. */
  open(w: Window): boolean {
    while (this.interfaces.length === 0) {
      const type = this.#block(w)
      if (type === NONE) return this.damage !== undefined
      if (type === Block.ENHANCED_PACKET || type === Block.OLD_PACKET || type === Block.SIMPLE_PACKET) return true
      if (!this.#other(w, type)) return true
    }
    return true
  }

  cut(w: Window): string {
    const left = w.end - w.at
    if (left < MIN_BLOCK) return `expected ${MIN_BLOCK} bytes of a block header, found ${left}`
    const type = this.#u32(w.b, w.at)
    const isPacket = type === Block.ENHANCED_PACKET || type === Block.OLD_PACKET || type === Block.SIMPLE_PACKET
    return `expected ${this.need} bytes of ${isPacket ? `packet ${this.packets + 1}'s block` : blockName(type)}, found ${left}`
  }

  /** The type of the block at `at` once it is whole in memory and its lengths are sound, else NONE. */
  #block(w: Window): number {
    const b = w.b, at = w.at, left = w.end - at
    if (left < MIN_BLOCK) {
      this.need = MIN_BLOCK
      return NONE
    }
    const type = this.#u32(b, at)
    if (type === Block.SECTION && !this.#startSection(w)) return NONE
    const length = this.#u32(b, at + 4)
    const least = leastLength(type)
    if (length < least) return this.#fail(at + 4, w, `expected ${blockName(type)} of at least ${least} bytes, found a length of ${length}`)
    if (length > MAX_RECORD) return this.#fail(at + 4, w, `expected ${blockName(type)} of at most ${MAX_RECORD} bytes, found a length of ${length}`)
    // Some writers do not count the padding; of the section header that opens the file libpcap reads just what it says.
    const size = type === Block.SECTION && this.#sections === 0 ? length : (length + 3) & ~3
    if (size > left) {
      this.need = size
      return NONE
    }
    const again = this.#u32(b, at + size - TRAILER)
    // Of the section header that opens the file, libpcap does not look at it.
    if (again !== length && !(type === Block.SECTION && this.packets === 0 && this.interfaces.length === 0)) return this.#fail(at + size - TRAILER, w, `expected the length ${length} of ${blockName(type)} again, found ${again}`)
    this.#size = size
    return type
  }

  /** Takes the byte order of the section header at `at`. */
  #startSection(w: Window): boolean {
    if (u32(w.b, w.at + 8) === ORDER_MAGIC) this.#littleEndian = false
    else if (u32le(w.b, w.at + 8) === ORDER_MAGIC) this.#littleEndian = true
    else this.#fail(w.at + 8, w, `expected the byte-order magic 0x1a2b3c4d, found 0x${hex(u32(w.b, w.at + 8))}`)
    return this.damage === undefined
  }

  /** Takes in a block that holds no packet and steps over it: false at a damage. */
  #other(w: Window, type: number): boolean {
    const { b, at } = w
    if (type === Block.SECTION) {
      const half = this.#littleEndian ? u16le : u16
      const major = half(b, at + 12), minor = half(b, at + 14)
      if (major !== 1 || (this.#sections === 0 && minor !== 0 && minor !== 2)) { // libpcap minds the first section's minor version only
        this.#fail(at + 12, w, `expected pcapng version 1.0 or 1.2, found ${major}.${minor}`)
        return false
      }
      this.#sections++
      this.#firstInterface = this.interfaces.length
    } else if (type === Block.INTERFACE) {
      if (this.interfaces.length >= MAX_INTERFACES) {
        this.#fail(at, w, `expected at most ${MAX_INTERFACES} interfaces, found one more`)
        return false
      }
      const read = readInterface(b, at, at + this.#size - TRAILER, this.#littleEndian)
      if ('fault' in read) {
        this.#fail(read.at, w, read.fault)
        return false
      }
      this.interfaces.push(read)
    }
    if (this.#notes !== undefined) this.#note(b, at, type, this.#notes)
    w.at = at + this.#size
    return true
  }

  #note(b: Uint8Array, at: number, type: number, notes: CaptureNotes): void {
    const end = at + this.#size - TRAILER
    if (type === Block.SECTION) noteTexts(b, at + SECTION_OPTIONS, end, this.#littleEndian, 'section', this.#sections - 1, notes)
    else if (type === Block.INTERFACE) noteTexts(b, at + INTERFACE_OPTIONS, end, this.#littleEndian, 'interface', this.interfaces.length - 1, notes)
    else if (type === Block.STATISTICS && this.#size >= STATISTICS_OPTIONS + TRAILER) noteDrops(b, at + STATISTICS_OPTIONS, end, this.#littleEndian, this.#firstInterface + this.#u32(b, at + 8), notes)
    else if (type === Block.NAMES) noteNames(b, at + RECORDS, end, this.#littleEndian, notes)
  }

  /** What `next` filled last is followed by the block's options, which end where the next block begins. */
  comments(w: Window, frame: Frame): Uint8Array[] {
    const at = frame.end + (-(frame.end - frame.at) & 3), end = w.at - TRAILER
    if (end - at < 4) return NONE_SAID
    const type = this.#u32(w.b, w.at - ((this.#u32(w.b, end) + 3) & ~3))
    return type === Block.SIMPLE_PACKET ? NONE_SAID : packetComments(w.b, at, end, this.#littleEndian)
  }

  /** An enhanced packet block, or the obsolete packet block: that one has a 16-bit interface id and a count of drops. */
  #packet(w: Window, frame: Frame, type: number): boolean {
    const b = w.b, at = w.at
    const id = type === Block.ENHANCED_PACKET ? this.#u32(b, at + 8) : this.#littleEndian ? u16le(b, at + 8) : u16(b, at + 8)
    const from = this.#interface(w, at + 8, id)
    if (from === undefined) return false
    const captured = this.#u32(b, at + 20), data = at + ENHANCED_HEADER
    if (!this.#fits(w, at + 20, captured, data, from)) return false
    frame.b = b
    frame.at = data
    frame.end = data + captured
    frame.wireLength = this.#u32(b, at + 24)
    frame.linkType = from.linkType
    frame.interfaceId = this.#firstInterface + id
    setTime(frame, this.#u32(b, at + 12), this.#u32(b, at + 16), from)
    w.at = at + this.#size
    this.packets++
    return true
  }

  /** A simple packet block has no captured length: it is the wire's, or the snapshot length of interface 0 if that is less. */
  #simplePacket(w: Window, frame: Frame): boolean {
    const b = w.b, at = w.at, from = this.#interface(w, at, 0)
    if (from === undefined) return false
    const wire = this.#u32(b, at + 8), data = at + SIMPLE_HEADER
    const captured = Math.min(wire, from.snapLength)
    if (!this.#fits(w, at + 8, captured, data, from)) return false
    frame.b = b
    frame.at = data
    frame.end = data + captured
    frame.wireLength = wire
    frame.seconds = 0
    frame.nanos = 0
    frame.linkType = from.linkType
    frame.interfaceId = this.#firstInterface
    w.at = at + this.#size
    this.packets++
    return true
  }

  #interface(w: Window, at: number, id: number): Interface | undefined {
    const known = this.interfaces.length - this.#firstInterface
    if (id < known) return this.interfaces[this.#firstInterface + id]
    this.#fail(at, w, `expected packet ${this.packets + 1} of an interface that the section describes (it has ${known} so far), found interface ${id}`)
    return undefined
  }

  #fits(w: Window, at: number, captured: number, data: number, from: Interface): boolean {
    const room = Math.min(w.at + this.#size - TRAILER - data, from.snapLength)
    if (captured <= room) return true
    this.#fail(at, w, `expected packet ${this.packets + 1} with at most ${room} captured bytes, found a length of ${captured}`)
    return false
  }

  #u32(b: Uint8Array, at: number): number {
    return this.#littleEndian ? u32le(b, at) : u32(b, at)
  }

  #fail(at: number, w: Window, text: string): typeof NONE {
    this.damage ??= { offset: w.base + at, text }
    return NONE
  }
}

function leastLength(type: number): number {
  switch (type) {
    case Block.SECTION:
      return 28
    case Block.INTERFACE:
      return 20
    case Block.ENHANCED_PACKET:
      return ENHANCED_HEADER + TRAILER
    case Block.OLD_PACKET:
      return OLD_HEADER + TRAILER
    case Block.SIMPLE_PACKET:
      return SIMPLE_HEADER + TRAILER
    default:
      return MIN_BLOCK
  }
}

function blockName(type: number): string {
  switch (type) {
    case Block.SECTION:
      return 'a section header block'
    case Block.INTERFACE:
      return 'an interface block'
    case Block.ENHANCED_PACKET:
    case Block.OLD_PACKET:
    case Block.SIMPLE_PACKET:
      return 'a packet block'
    default:
      return `a block of type 0x${hex(type)}`
  }
}

const hex = (n: number): string => n.toString(16).padStart(8, '0')

/** What is wrong with an option, and where. */
interface Fault {
  readonly at: number
  readonly fault: string
}

/** The interface block at `at`; `end` is one past its options. Those must end where the block does; a clock's may stand once. */
function readInterface(b: Uint8Array, at: number, end: number, littleEndian: boolean): Interface | Fault {
  const half = littleEndian ? u16le : u16
  const linkType = half(b, at + 8), snap = (littleEndian ? u32le : u32)(b, at + 12)
  let resolution: number | undefined, name: string | undefined, offset: number | undefined
  for (let option = at + 16; option < end; ) {
    if (option + 4 > end) return { at: option, fault: `expected an option of an interface block or its end, found ${end - option} bytes` }
    const code = half(b, option), length = half(b, option + 2), value = option + 4, padded = (length + 3) & ~3
    if (padded > end - value) return { at: option + 2, fault: `expected an interface's option of at most ${end - value} bytes, found a length of ${length}` }
    const right = code === Option.END ? 0 : code === Option.RESOLUTION ? 1 : code === Option.OFFSET ? 8 : length
    if (length !== right) return { at: option + 2, fault: `expected an interface's option ${code} of ${right} bytes, found a length of ${length}` }
    if (code === Option.END) break
    if ((code === Option.RESOLUTION && resolution !== undefined) || (code === Option.OFFSET && offset !== undefined)) {
      return { at: option, fault: `expected an interface's option ${code} once, found it again` }
    }
    if (code === Option.NAME) name ??= nameText(b.subarray(value, value + Math.min(length, 256)))
    else if (code === Option.RESOLUTION) resolution = b[value]!
    else if (code === Option.OFFSET) offset = Number(BigInt.asIntN(64, (littleEndian ? u64le : u64)(b, value)))
    option = value + padded
  }
  return {
    linkType,
    snapLength: snap === 0 || snap > 0x7fff_ffff ? maxSnapLength(linkType) : snap,
    name,
    ...clock(resolution ?? 6),
    offset: offset ?? 0,
  }
}

/** A name as text: up to its first NUL, which some writers count in. */
function nameText(bytes: Uint8Array): string {
  const nul = bytes.indexOf(0)
  return new TextDecoder().decode(nul < 0 ? bytes : bytes.subarray(0, nul))
}

/** if_tsresol: ticks a second are 10 to that power, or 2 to it when bit 7 is set. Plain numbers hold 10⁹ and 2²³ without loss. */
function clock(resolution: number): Pick<Interface, 'nanoseconds' | 'ticks' | 'multiply' | 'divide' | 'exactTicks'> {
  const binary = (resolution & 0x80) !== 0, power = resolution & 0x7f
  const exactTicks = (binary ? 2n : 10n) ** BigInt(power)
  const plain = power <= (binary ? 23 : 9)
  return {
    nanoseconds: exactTicks > 1_000_000n,
    ticks: plain ? Number(exactTicks) : 0,
    multiply: plain && !binary ? 10 ** (9 - power) : 1e9,
    divide: plain && !binary ? 1 : Number(exactTicks),
    exactTicks,
  }
}

/**
 * Splits a timestamp of `high * 2³² + low` ticks by long division in base 2¹⁶: each dividend stays under 2⁵³, so it is
 * exact over all 64 bits without a BigInt.
 */
function setTime(frame: Frame, high: number, low: number, from: Interface): void {
  const ticks = from.ticks
  if (ticks === 0) return setTimeExactly(frame, high, low, from)
  const upper = high * 0x10000 + (low >>> 16)
  const quotient = Math.floor(upper / ticks)
  const lower = (upper - quotient * ticks) * 0x10000 + (low & 0xffff)
  const units = Math.floor(lower / ticks)
  frame.seconds = quotient * 0x10000 + units + from.offset
  frame.nanos = Math.floor(((lower - units * ticks) * from.multiply) / from.divide)
}

/** The same for clocks finer than plain numbers hold, cut to nanoseconds. */
function setTimeExactly(frame: Frame, high: number, low: number, from: Interface): void {
  const time = (BigInt(high) << 32n) | BigInt(low), ticks = from.exactTicks
  frame.seconds = Number(time / ticks) + from.offset
  frame.nanos = Number(((time % ticks) * 1_000_000_000n) / ticks)
}
