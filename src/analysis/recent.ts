/**
 * Packets of the last milliseconds, to tell one that was captured twice (on several interfaces, a mirror port, a bond, `any`) from one that was sent twice. A
 * bounded table: each packet has one place, by its hash, and drives out who stood there.
 */

const SIZE = 1 << 12
/** A packet's row: sequence number, acknowledgment number and the like, IP identification and checksum, packet number; and its time, a double. */
const WORDS = 8
const DOUBLES = WORDS / 2
const TIME = 2

export class RecentPackets {
  readonly #keys = new Int32Array(SIZE * WORDS)
  /** The same bytes. */
  readonly #times = new Float64Array(this.#keys.buffer)

  /** The hash of each row, to tell at a glance that it is another packet's: these stand in the nearest cache, the rows do not. */
  readonly #tags = new Int32Array(SIZE)

  /** Time of the packet that `remember` found. */
  time = Number.NaN
  /** Time of the packet that is looked up: to be set before. */
  now = Number.NaN
  #slot = 0

  /**
   * Notes a segment; the number of an equal packet before it, at whatever time, or 0. Equal: connection and direction, sequence and acknowledgment number, IP
   * identification and checksum (which covers all else of the segment).
   */
  remember(where: number, sequence: number, ack: number, idAndChecksum: number, packet: number): number {
    let hash = Math.imul(where ^ Math.imul(sequence, 0x9e3779b1), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 15) ^ ack, 0xc2b2ae35)
    hash = Math.imul(hash ^ (hash >>> 13) ^ idAndChecksum, 0x27d4eb2f)
    hash ^= hash >>> 16
    const slot = (this.#slot = hash & (SIZE - 1)), at = slot * WORDS, keys = this.#keys, tags = this.#tags
    const mixed = Math.imul(where, 0x9e3779b1) ^ ack
    const former = tags[slot] === hash && keys[at] === sequence && keys[at + 1] === mixed && keys[at + 2] === idAndChecksum ? keys[at + 3]! : 0
    if (former > 0) {
      this.time = this.#times[slot * DOUBLES + TIME]!
      return former
    }
    tags[slot] = hash
    keys[at] = sequence
    keys[at + 1] = mixed
    keys[at + 2] = idAndChecksum
    keys[at + 3] = packet
    this.#times[slot * DOUBLES + TIME] = this.now
    return 0
  }

  /** What `remember` found was another packet with the same content: the new one takes its place. */
  replace(packet: number): void {
    this.#keys[this.#slot * WORDS + 3] = packet
    this.#times[this.#slot * DOUBLES + TIME] = this.now
  }
}
