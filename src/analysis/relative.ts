/**
 * The bases that relative sequence numbers count from, a conversation at a time, both directions in one entry: the
 * rules that tcpdump shows (docs/output.md, "Relative numbers"). Bounded: see FLOWS_PER_GENERATION.
 */
import { i32 } from '../bytes.js'
import * as seq from './seq.js'

/**
 * Conversations held in one generation. When it is full it becomes the old one and a new one begins; a conversation
 * still in use moves over. So the one longest unseen goes first, memory is bounded at two generations, and no line
 * changes while fewer conversations than this are alive.
 */
const FLOWS_PER_GENERATION = 1 << 20

/** Chosen anew each run, so that no capture can be made in which every conversation hashes alike. */
const seed = Math.floor(Math.random() * 2 ** 32)

/** A hash table of fixed-width keys: entries stand in order of arrival, `#slots` finds them by open addressing. */
class Generation {
  readonly #words: number
  #slots = new Int32Array(1 << 11)
  #keys: Int32Array
  #bases = new Int32Array(1 << 11)
  count = 0

  constructor(words: number) {
    this.#words = words
    this.#keys = new Int32Array((1 << 10) * words)
  }

  /** The slot where `key` stands or would stand. */
  #slotOf(key: Int32Array, from: number): number {
    const mask = this.#slots.length - 1
    const words = this.#words
    let hash = seed
    for (let i = 0; i < words; i++) {
      hash = Math.imul(hash ^ key[from + i]!, 0x9e3779b1)
      hash ^= hash >>> 15
    }
    hash = Math.imul(hash ^ (hash >>> 13), 0x85ebca6b)
    let slot = (hash ^ (hash >>> 16)) & mask
    for (;;) {
      const entry = this.#slots[slot]!
      if (entry === 0) return slot
      let at = (entry - 1) * words
      let same = true
      for (let i = 0; i < words; i++) {
        if (this.#keys[at++] !== key[from + i]) {
          same = false
          break
        }
      }
      if (same) return slot
      slot = (slot + 1) & mask
    }
  }

  /** The entry of `key`, or -1. */
  find(key: Int32Array): number {
    return this.#slots[this.#slotOf(key, 0)]! - 1
  }

  /** Adds `key`, which is not there, and returns its entry. */
  add(key: Int32Array): number {
    const words = this.#words
    if ((this.count + 1) * 2 > this.#slots.length) this.#grow()
    const entry = this.count++
    for (let i = 0; i < words; i++) this.#keys[entry * words + i] = key[i]!
    this.#slots[this.#slotOf(key, 0)] = entry + 1
    return entry
  }

  #grow(): void {
    const words = this.#words
    const keys = new Int32Array(this.#slots.length * words)
    keys.set(this.#keys)
    this.#keys = keys
    const bases = new Int32Array(this.#slots.length * 2)
    bases.set(this.#bases)
    this.#bases = bases
    this.#slots = new Int32Array(this.#slots.length * 2)
    for (let entry = 0; entry < this.count; entry++) this.#slots[this.#slotOf(keys, entry * words)] = entry + 1
  }

  lowBase(entry: number): number {
    return this.#bases[entry * 2]!
  }

  highBase(entry: number): number {
    return this.#bases[entry * 2 + 1]!
  }

  setBases(entry: number, low: number, high: number): void {
    this.#bases[entry * 2] = low
    this.#bases[entry * 2 + 1] = high
  }
}

/** What printers ask for a segment's numbers. Unsigned 32-bit. */
export interface ConversationNumbers {
  /** The segment's numbers, relative when its conversation is known. */
  readonly seq: number
  readonly ack: number
  /** SACK edges in this segment count from here: the other side's base. */
  readonly sackBase: number
  look(b: Uint8Array, from: number, to: number, sourcePort: number, destinationPort: number, sequence: number, ack: number, isSyn: boolean): void
}

/** Numbers of segments that another thread has looked up: it says what each counts from. */
export class GivenNumbers implements ConversationNumbers {
  /** To be set before the segment is printed. */
  sequenceBase = 0
  ackBase = 0
  sackBase = 0
  seq = 0
  ack = 0

  look(_b: Uint8Array, _from: number, _to: number, _sourcePort: number, _destinationPort: number, sequence: number, ack: number): void {
    this.seq = seq.minus(sequence, this.sequenceBase)
    this.ack = seq.minus(ack, this.ackBase)
  }
}

/**
 * The table for one IP version. A lookup fills `seq`, `ack`, `sackBase`: what to print for a segment, and what its SACK
 * edges count from.
 */
export class RelativeNumbers implements ConversationNumbers {
  readonly #addressWords: number
  readonly #key: Int32Array
  #now: Generation
  #old: Generation | undefined

  seq = 0
  ack = 0
  sackBase = 0

  /** @param addressWords 32-bit words in an address: 1 or 4 */
  constructor(addressWords: 1 | 4) {
    this.#addressWords = addressWords
    this.#key = new Int32Array(addressWords * 2 + 1)
    this.#now = new Generation(addressWords * 2 + 1)
  }

  /**
   * Looks a segment with ACK up, or enters it. `sequence` and `ack` may be given signed (`n | 0`), which spares heap numbers. `b[from]` and `b[to]` are its source and destination address; the side
   * with the lower port (equal ports: the lower address) is the first of the pair. A SYN begins the conversation anew.
   */
  look(b: Uint8Array, from: number, to: number, sourcePort: number, destinationPort: number, sequence: number, ack: number, isSyn: boolean): void {
    const words = this.#addressWords
    const key = this.#key
    for (let i = 0; i < words; i++) {
      key[i] = i32(b, from + i * 4)
      key[words + i] = i32(b, to + i * 4)
    }
    let reversed = sourcePort > destinationPort
    if (sourcePort === destinationPort) {
      for (let i = 0; i < words; i++) {
        if (key[i] === key[words + i]) continue
        reversed = key[i]! >>> 0 > key[words + i]! >>> 0
        break
      }
    }
    if (reversed) {
      for (let i = 0; i < words; i++) {
        const source = key[i]!
        key[i] = key[words + i]!
        key[words + i] = source
      }
      key[words * 2] = (destinationPort << 16) | sourcePort
    } else key[words * 2] = (sourcePort << 16) | destinationPort

    const entry = this.#entry(key)
    if (isSyn || entry < 0) {
      const own = sequence
      const other = (ack - 1) | 0
      const at = entry < 0 ? this.#now.add(key) : entry
      if (reversed) this.#now.setBases(at, other, own)
      else this.#now.setBases(at, own, other)
      this.seq = sequence >>> 0
      this.ack = ack >>> 0
      this.sackBase = other >>> 0
      return
    }
    const low = this.#now.lowBase(entry)
    const high = this.#now.highBase(entry)
    this.seq = seq.minus(sequence, reversed ? high : low)
    this.ack = seq.minus(ack, reversed ? low : high)
    this.sackBase = (reversed ? low : high) >>> 0
  }

  /** The entry in the present generation, moved there when it stands in the old one; -1 when it is new. */
  #entry(key: Int32Array): number {
    const entry = this.#now.find(key)
    if (entry >= 0) return entry
    if (this.#now.count >= FLOWS_PER_GENERATION) {
      this.#old = this.#now
      this.#now = new Generation(key.length)
    }
    const former = this.#old?.find(key) ?? -1
    if (former < 0 || this.#old === undefined) return -1
    const moved = this.#now.add(key)
    this.#now.setBases(moved, this.#old.lowBase(former), this.#old.highBase(former))
    return moved
  }
}


