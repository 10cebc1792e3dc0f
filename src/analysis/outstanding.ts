/**
 * Segments that were sent and are not acknowledged yet, a list for each direction, in the order of their sequence numbers, all out of one pool. From it come
 * RTT samples, the packet that a retransmission repeats, and what is a gap. A direction has at most MOST of them and all together at most
 * POOL: beyond that the oldest of the direction are forgotten.
 */
import { LIST_COUNT, LIST_FIRST, LIST_LAST } from './record.js'
import * as seq from './seq.js'

/** Segments of one direction: 64 MB in segments of 1448 bytes would be 46000; few captures have more than this in flight. */
const MOST = 4096
/** All together, 48 bytes each. */
const POOL = 1 << 21

const WORDS = 12
const DOUBLES = WORDS / 2
/** Offsets in an entry: one past its last byte; the packet that first sent it; entry + 1 behind it; TSval of the first and last sending; and the times of both, doubles. */
const SEQ = 0, END = 1, PACKET = 2, NEXT = 3, TS_FIRST = 4, TS_LAST = 5, MARKS = 6
const TIME_FIRST = 4, TIME_LAST = 5

/** Bits of an entry's marks; above them the IP identification. */
export const Mark = { SACKED: 1, AGAIN: 2, TIMESTAMP: 4, ID: 8, FILLED: 16 } as const
const ID_SHIFT = 16

export class Outstanding {
  #words = new Int32Array(WORDS << 12)
  /** The same bytes. */
  #times = new Float64Array(this.#words.buffer)
  #used = 0
  /** Time of the segment at hand: to be set before `add` and `again` (a number that is no integer is passed on the heap). */
  now = Number.NaN
  #free = 0
  /** Of what `acknowledge` took off. */
  acknowledgedMarks = 0

  seqOf(entry: number): number {
    return this.#words[entry * WORDS + SEQ]!
  }

  endOf(entry: number): number {
    return this.#words[entry * WORDS + END]!
  }

  packetOf(entry: number): number {
    return this.#words[entry * WORDS + PACKET]!
  }

  /** The entry behind it, -1 at the end. */
  after(entry: number): number {
    return this.#words[entry * WORDS + NEXT]! - 1
  }

  marksOf(entry: number): number {
    return this.#words[entry * WORDS + MARKS]!
  }

  idOf(entry: number): number {
    return this.#words[entry * WORDS + MARKS]! >>> ID_SHIFT
  }

  mark(entry: number, bits: number): void {
    this.#words[entry * WORDS + MARKS]! |= bits
  }

  firstTimestampOf(entry: number): number {
    return this.#words[entry * WORDS + TS_FIRST]!
  }

  lastTimestampOf(entry: number): number {
    return this.#words[entry * WORDS + TS_LAST]!
  }

  firstTimeOf(entry: number): number {
    return this.#times[entry * DOUBLES + TIME_FIRST]!
  }

  lastTimeOf(entry: number): number {
    return this.#times[entry * DOUBLES + TIME_LAST]!
  }

  /** It was sent again. */
  again(entry: number, timestamp: number): void {
    this.#words[entry * WORDS + TS_LAST] = timestamp
    this.#times[entry * DOUBLES + TIME_LAST] = this.now
    this.#words[entry * WORDS + MARKS]! |= Mark.AGAIN
  }

  /** Adds a segment behind all others (`previous` -1) or behind `previous`; at the front with -2. `u[side …]` is the row of the list. */
  add(u: Int32Array, side: number, previous: number, sequence: number, end: number, packet: number, timestamp: number, id: number, marks: number): void {
    if (u[side + LIST_COUNT]! >= MOST) {
      if (previous === u[side + LIST_FIRST]! - 1) previous = -2
      this.#dropFirst(u, side)
    }
    const entry = this.#take(u, side)
    if (entry < 0) return
    const words = this.#words, at = entry * WORDS
    words[at + SEQ] = sequence
    words[at + END] = end
    words[at + PACKET] = packet
    words[at + TS_FIRST] = timestamp
    words[at + TS_LAST] = timestamp
    words[at + MARKS] = marks | (id << ID_SHIFT)
    const times = this.#times, now = this.now
    times[entry * DOUBLES + TIME_FIRST] = now
    times[entry * DOUBLES + TIME_LAST] = now
    const last = u[side + LIST_LAST]!
    u[side + LIST_COUNT]!++
    if (previous === -2) {
      words[at + NEXT] = u[side + LIST_FIRST]!
      u[side + LIST_FIRST] = entry + 1
      if (last === 0) u[side + LIST_LAST] = entry + 1
      return
    }
    if (previous === -1 || previous + 1 === last) {
      words[at + NEXT] = 0
      if (last === 0) u[side + LIST_FIRST] = entry + 1
      else words[(last - 1) * WORDS + NEXT] = entry + 1
      u[side + LIST_LAST] = entry + 1
      return
    }
    words[at + NEXT] = words[previous * WORDS + NEXT]!
    words[previous * WORDS + NEXT] = entry + 1
  }

  #dropFirst(u: Int32Array, side: number): void {
    const entry = u[side + LIST_FIRST]! - 1
    const behind = this.#words[entry * WORDS + NEXT]!
    u[side + LIST_FIRST] = behind
    if (behind === 0) u[side + LIST_LAST] = 0
    u[side + LIST_COUNT]!--
    this.#words[entry * WORDS + NEXT] = this.#free
    this.#free = entry + 1
  }

  /** A free entry; -1 when the pool is used up and the list has none to give. */
  #take(u: Int32Array, side: number): number {
    if (this.#free === 0 && this.#used >= POOL) {
      if (u[side + LIST_COUNT]! < 2) return -1
      this.#dropFirst(u, side)
    }
    if (this.#free > 0) {
      const entry = this.#free - 1
      this.#free = this.#words[entry * WORDS + NEXT]!
      return entry
    }
    const entry = this.#used++
    if (entry * WORDS === this.#words.length) this.#grow()
    return entry
  }

  #grow(): void {
    const words = new Int32Array(this.#words.length * 2)
    words.set(this.#words)
    this.#words = words
    this.#times = new Float64Array(words.buffer)
  }

  /**
   * Takes all entries off that lie before `ack`. The last of them, -1 for none; what it was is still readable until the next `add`. `acknowledgedMarks` are the
   * marks of all.
   */
  acknowledge(u: Int32Array, side: number, ack: number): number {
    const words = this.#words, first = u[side + LIST_FIRST]!
    let last = 0, behind = first, marks = 0, count = 0
    while (behind !== 0) {
      const at = (behind - 1) * WORDS
      if (seq.before(ack, words[at + END]!)) break
      marks |= words[at + MARKS]!
      last = behind
      behind = words[at + NEXT]!
      count++
    }
    if (last === 0) return -1
    this.acknowledgedMarks = marks
    u[side + LIST_FIRST] = behind
    if (behind === 0) u[side + LIST_LAST] = 0
    u[side + LIST_COUNT]! -= count
    words[(last - 1) * WORDS + NEXT] = this.#free
    this.#free = first
    return last - 1
  }

  /** Frees the whole list. */
  clear(u: Int32Array, side: number): void {
    while (u[side + LIST_FIRST]! !== 0) this.#dropFirst(u, side)
  }
}
