/**
 * Quantiles of RTT samples in bounded memory: the first FEW of a direction as they are, more in a histogram whose buckets are an eighth of their octave of
 * microseconds, so that a quantile, taken by its rank within the bucket, is at most a few per cent off.
 */

const FEW = 16
/** Microseconds below this have a bucket each; then each octave has so many, up to 2^TOP_OCTAVE µs (268 s). */
const PARTS = 8
const PART_BITS = 3
const TOP_OCTAVE = 28
const BUCKETS = (TOP_OCTAVE - PART_BITS + 1) * PARTS
/**
 * Numbers of buckets, one byte each, that wait at the front of a page until there are so many: a page is a kilobyte, of which each sample would want another
 * cache line, and the pages of a thousand connections stand in no near cache.
 */
const WAITING = 64
const PAGE = WAITING / 4 + BUCKETS

/** Pages in a chunk. */
const CHUNK_BITS = 8
const CHUNK = 1 << CHUNK_BITS

export interface RttState {
  readonly few: readonly Float32Array[]
  readonly many: readonly Uint32Array[]
}

export class RttStore {
  readonly #few: Float32Array[] = []
  readonly #many: Uint32Array[] = []
  /** The same bytes. */
  readonly #waiting: Uint8Array[] = []
  #fewUsed = 0
  #manyUsed = 0

  /**
   * Adds the sample of a segment to a direction's, of which there are `count` already, kept in `store` (0 at first).
   * @returns the store from now on
   */
  add(store: number, count: number, s: { readonly rtt: number }): number {
    if (count < FEW) {
      if (store === 0) {
        if (this.#fewUsed % CHUNK === 0) this.#few.push(new Float32Array(CHUNK * FEW))
        store = ++this.#fewUsed
      }
      this.#few[(store - 1) >> CHUNK_BITS]![((store - 1) & (CHUNK - 1)) * FEW + count] = s.rtt
      return store
    }
    if (count === FEW) {
      const few = this.#fewOf(store, FEW)
      if (this.#manyUsed % CHUNK === 0) this.#addPages()
      store = ++this.#manyUsed
      for (const one of few) this.#count(store, bucketOf(one))
      this.#count(store, bucketOf(s.rtt))
      return store
    }
    this.#wait(store, (count - FEW - 1) & (WAITING - 1), bucketOf(s.rtt))
    return store
  }

  #addPages(): void {
    const pages = new Uint32Array(CHUNK * PAGE)
    this.#many.push(pages)
    this.#waiting.push(new Uint8Array(pages.buffer))
  }

  /** Puts a sample into place `n` of those that wait; when that is the last, all are counted. */
  #wait(store: number, n: number, bucket: number): void {
    const waiting = this.#waiting[(store - 1) >> CHUNK_BITS]!, from = ((store - 1) & (CHUNK - 1)) * (PAGE * 4)
    waiting[from + n] = bucket
    if (n === WAITING - 1) for (let i = 0; i < WAITING; i++) this.#count(store, waiting[from + i]!)
  }

  state(): RttState {
    return { few: this.#few, many: this.#many }
  }

  /** Takes samples over that can only be read from then on. */
  restore({ few, many }: RttState): void {
    this.#few.push(...few)
    for (const pages of many) {
      this.#many.push(pages)
      this.#waiting.push(new Uint8Array(pages.buffer))
    }
  }

  /** The `quantile` (0 to 1) of `count` samples, nanoseconds. */
  quantile(store: number, count: number, quantile: number): number {
    const rank = Math.max(0, Math.ceil(quantile * count) - 1)
    if (count <= FEW) return this.#fewOf(store, count).sort()[rank] ?? 0
    const chunk = (store - 1) >> CHUNK_BITS, at = ((store - 1) & (CHUNK - 1)) * PAGE, from = at + WAITING / 4
    const page = this.#many[chunk]!.slice(from, from + BUCKETS), waiting = this.#waiting[chunk]!
    for (let i = 0; i < ((count - FEW - 1) & (WAITING - 1)); i++) page[waiting[at * 4 + i]!]!++
    let before = 0
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const here = page[bucket]!
      if (before + here > rank) return 1000 * (lowest(bucket) + (lowest(bucket + 1) - lowest(bucket)) * ((rank - before + 0.5) / here))
      before += here
    }
    return 1000 * 2 ** TOP_OCTAVE
  }

  #fewOf(store: number, count: number): Float32Array {
    if (store === 0) return new Float32Array(0)
    const from = ((store - 1) & (CHUNK - 1)) * FEW
    return this.#few[(store - 1) >> CHUNK_BITS]!.slice(from, from + count)
  }

  #count(store: number, bucket: number): void {
    this.#many[(store - 1) >> CHUNK_BITS]![((store - 1) & (CHUNK - 1)) * PAGE + WAITING / 4 + bucket]!++
  }
}

function bucketOf(nanos: number): number {
  const micros = nanos >= 1000 * 2 ** TOP_OCTAVE ? 2 ** TOP_OCTAVE - 1 : (nanos / 1000) | 0
  const octave = 31 - Math.clz32(micros | (PARTS - 1))
  return micros < PARTS ? micros : ((octave - PART_BITS) << PART_BITS) + (micros >> (octave - PART_BITS))
}

/** The fewest microseconds of a bucket. */
function lowest(bucket: number): number {
  if (bucket < PARTS) return bucket
  const octave = bucket >> PART_BITS
  return (PARTS + (bucket & (PARTS - 1))) * 2 ** (octave - 1)
}
