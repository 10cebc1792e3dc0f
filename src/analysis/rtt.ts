/**
 * Quantiles of RTT samples in bounded memory: the first FEW of a direction as they are, more in a histogram whose buckets grow by the eighth part of an
 * octave, so that a quantile is at most 4.5 % off.
 */

const FEW = 16
/** From 1 µs to 2²⁸ µs, 268 s. */
const OCTAVES = 28
const PARTS = 8
const BUCKETS = OCTAVES * PARTS

/** Pages in a chunk. */
const CHUNK = 256

export class RttStore {
  readonly #few: Float32Array[] = []
  readonly #many: Uint32Array[] = []
  #fewUsed = 0
  #manyUsed = 0

  /**
   * Adds a sample (nanoseconds) to a direction's, of which there are `count` already, kept in `store` (0 at first).
   * @returns the store from now on
   */
  add(store: number, count: number, nanos: number): number {
    if (count < FEW) {
      if (store === 0) {
        if (this.#fewUsed % CHUNK === 0) this.#few.push(new Float32Array(CHUNK * FEW))
        store = ++this.#fewUsed
      }
      this.#few[Math.floor((store - 1) / CHUNK)]![((store - 1) % CHUNK) * FEW + count] = nanos
      return store
    }
    if (count === FEW) {
      const few = this.#fewOf(store, FEW)
      if (this.#manyUsed % CHUNK === 0) this.#many.push(new Uint32Array(CHUNK * BUCKETS))
      store = ++this.#manyUsed
      for (const one of few) this.#count(store, one)
    }
    this.#count(store, nanos)
    return store
  }

  /** The `quantile` (0 to 1) of `count` samples, nanoseconds. */
  quantile(store: number, count: number, quantile: number): number {
    const rank = Math.max(0, Math.ceil(quantile * count) - 1)
    if (count <= FEW) return this.#fewOf(store, count).sort()[rank] ?? 0
    const page = this.#many[Math.floor((store - 1) / CHUNK)]!, from = ((store - 1) % CHUNK) * BUCKETS
    let before = 0
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      before += page[from + bucket]!
      if (before > rank) return 1000 * 2 ** ((bucket + 0.5) / PARTS)
    }
    return 1000 * 2 ** OCTAVES
  }

  #fewOf(store: number, count: number): Float32Array {
    if (store === 0) return new Float32Array(0)
    const from = ((store - 1) % CHUNK) * FEW
    return this.#few[Math.floor((store - 1) / CHUNK)]!.slice(from, from + count)
  }

  #count(store: number, nanos: number): void {
    const bucket = Math.min(BUCKETS - 1, Math.max(0, Math.floor(Math.log2(nanos / 1000) * PARTS)))
    this.#many[Math.floor((store - 1) / CHUNK)]![((store - 1) % CHUNK) * BUCKETS + bucket]!++
  }
}
