/** The states that the endpoints of each connection went through, a list a connection, out of one pool. */
import { TRANSITION_COUNT, TRANSITION_FIRST, TRANSITION_LAST } from './record.js'

/** Kept of one connection: a whole life has at most 12. */
const MOST = 32

export interface Transition {
  /** 0 the originator, 1 the responder. */
  readonly side: 0 | 1
  /** Numbers of TcpState; 0: not known. */
  readonly from: number
  readonly to: number
  /** The segment that shows it. */
  readonly packet: number
  /** Nanoseconds since `baseSeconds`. */
  readonly time: number
  /** It rests on segments that were not seen. */
  readonly isAssumed: boolean
}

const WORDS = 3

export interface TransitionsState {
  readonly words: Int32Array
  readonly times: Float64Array
}

export class Transitions {
  #words: Int32Array = new Int32Array(WORDS << 12)
  #times: Float64Array = new Float64Array(1 << 12)
  #used = 0

  /** Notes one; beyond MOST the connection's later ones are passed over. */
  add(u: Int32Array, row: number, side: 0 | 1, from: number, to: number, packet: number, time: number, isAssumed: boolean): void {
    if (u[row + TRANSITION_COUNT]! >= MOST) return
    if (this.#used === this.#times.length) this.#grow()
    const at = this.#used++
    this.#words[at * WORDS] = side | (from << 4) | (to << 8) | (isAssumed ? 1 << 12 : 0)
    this.#words[at * WORDS + 1] = packet
    this.#words[at * WORDS + 2] = 0
    this.#times[at] = time
    const last = u[row + TRANSITION_LAST]!
    if (last === 0) u[row + TRANSITION_FIRST] = at + 1
    else this.#words[(last - 1) * WORDS + 2] = at + 1
    u[row + TRANSITION_LAST] = at + 1
    u[row + TRANSITION_COUNT]!++
  }

  #grow(): void {
    const words = new Int32Array(this.#words.length * 2)
    words.set(this.#words)
    this.#words = words
    const times = new Float64Array(this.#times.length * 2)
    times.set(this.#times)
    this.#times = times
  }

  state(): TransitionsState {
    return { words: this.#words, times: this.#times }
  }

  /** Takes transitions over that can only be read from then on. */
  restore({ words, times }: TransitionsState): void {
    this.#words = words
    this.#times = times
  }

  /** Puts right the last transition of a side, which was taken for one into `to`: it went to `rightly`, and a later segment shows it. */
  correct(u: Int32Array, row: number, side: 0 | 1, to: number, rightly: number, packet: number, time: number): void {
    let found = -1
    for (let at = u[row + TRANSITION_FIRST]! - 1; at >= 0; at = this.#words[at * WORDS + 2]! - 1) {
      if ((this.#words[at * WORDS]! & 1) === side && ((this.#words[at * WORDS]! >> 8) & 15) === to) found = at
    }
    if (found < 0) return
    this.#words[found * WORDS] = (this.#words[found * WORDS]! & ~(15 << 8)) | (rightly << 8)
    this.#words[found * WORDS + 1] = packet
    this.#times[found] = time
  }

  /** All of a connection, in order. */
  of(u: Int32Array, row: number): Transition[] {
    const all: Transition[] = []
    for (let at = u[row + TRANSITION_FIRST]! - 1; at >= 0; at = this.#words[at * WORDS + 2]! - 1) {
      const word = this.#words[at * WORDS]!
      all.push({
        side: (word & 1) as 0 | 1, from: (word >> 4) & 15, to: (word >> 8) & 15, packet: this.#words[at * WORDS + 1]!, time: this.#times[at]!, isAssumed: (word & (1 << 12)) !== 0,
      })
    }
    return all.toSorted((x, y) => x.packet - y.packet)
  }
}
