/** The memory in which the rules keep connections, and in which another thread can read them. */

/** Pages of 64 KiB: what it has at first and at most, 4 GiB. */
export const FIRST_PAGES = 64
export const MOST_PAGES = 1 << 16

/** All of it: 32-bit numbers and doubles of the same bytes. */
export class RulesMemory {
  words: Int32Array
  doubles: Float64Array

  constructor(buffer: ArrayBufferLike) {
    this.words = new Int32Array(buffer)
    this.doubles = new Float64Array(buffer)
  }

  /** Makes `words` and `doubles` hold what was added since. */
  look(): void {}
}
