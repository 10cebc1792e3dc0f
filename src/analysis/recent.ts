/**
 * Packets of the last milliseconds, to tell one that was captured twice (on several interfaces, a mirror port, a bond, `any`) from one that was sent twice. A
 * bounded table: each packet has one place, by its hash, and drives out who stood there.
 */

const SIZE = 1 << 12
const WORDS = 4

export class RecentPackets {
  readonly #keys = new Int32Array(SIZE * WORDS)
  readonly #times = new Float64Array(SIZE)

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
    hash ^= hash >>> 15
    hash = Math.imul(hash ^ ack, 0xc2b2ae35)
    hash ^= hash >>> 13
    hash = Math.imul(hash ^ idAndChecksum, 0x27d4eb2f)
    hash ^= hash >>> 16
    const slot = (this.#slot = hash & (SIZE - 1)), at = slot * WORDS, keys = this.#keys
    const mixed = Math.imul(where, 0x9e3779b1) ^ ack
    const former = keys[at] === sequence && keys[at + 1] === mixed && keys[at + 2] === idAndChecksum ? keys[at + 3]! : 0
    if (former > 0) {
      this.time = this.#times[slot]!
      return former
    }
    keys[at] = sequence
    keys[at + 1] = mixed
    keys[at + 2] = idAndChecksum
    keys[at + 3] = packet
    this.#times[slot] = this.now
    return 0
  }

  /** What `remember` found was another packet with the same content: the new one takes its place. */
  replace(packet: number): void {
    this.#keys[this.#slot * WORDS + 3] = packet
    this.#times[this.#slot] = this.now
  }
}
