/**
 * Quantiles of RTT samples in bounded memory, as the rules keep them (rules/rtt.ts): the first FEW of a direction as they are, 32-bit floats; more in a page, a
 * histogram whose buckets are an eighth of their octave of microseconds, so that a quantile, taken by its rank within the bucket, is at most a few per cent off.
 */

export const FEW = 16
/** Microseconds below this have a bucket each; then each octave has so many, up to TOP µs (268 s). */
export const PARTS = 8
export const PART_BITS = 3
const TOP_OCTAVE = 28
export const TOP = 2 ** TOP_OCTAVE
export const BUCKETS = (TOP_OCTAVE - PART_BITS + 1) * PARTS
/**
 * Numbers of buckets, one byte each, that wait at the front of a page until there are so many: a page is a kilobyte, of which each sample would want another
 * cache line, and the pages of a thousand connections stand in no near cache.
 */
export const WAITING = 64
/** Words. */
export const PAGE = WAITING / 4 + BUCKETS

/** The `quantile` (0 to 1) of `count` samples at `u[store …]`, nanoseconds. */
export function quantileOf(u: Int32Array, store: number, count: number, quantile: number): number {
  const rank = Math.max(0, Math.ceil(quantile * count) - 1)
  if (count <= FEW) return new Float32Array(u.buffer, store * 4, count).slice().sort()[rank] ?? 0
  const from = store + WAITING / 4
  const page = u.slice(from, from + BUCKETS), waiting = new Uint8Array(u.buffer, store * 4, (count - FEW - 1) & (WAITING - 1))
  for (const bucket of waiting) page[bucket]!++
  let before = 0
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const here = page[bucket]!
    if (before + here > rank) return 1000 * (lowest(bucket) + (lowest(bucket + 1) - lowest(bucket)) * ((rank - before + 0.5) / here))
    before += here
  }
  return 1000 * TOP
}

/** The fewest microseconds of a bucket. */
function lowest(bucket: number): number {
  if (bucket < PARTS) return bucket
  const octave = bucket >> PART_BITS
  return (PARTS + (bucket & (PARTS - 1))) * 2 ** (octave - 1)
}
