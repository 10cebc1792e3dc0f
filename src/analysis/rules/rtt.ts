/** RTT samples in bounded memory: src/analysis/rtt.ts says how they stand, and reads them. */
import { allocate, u } from './memory'
import { FEW, PAGE, PARTS, PART_BITS, TOP, WAITING } from '../rtt.js'

/**
 * Adds a sample to a direction's, of which there are `count` already, kept at `kept` (0 at first).
 * @returns where they are kept from now on; 0 when there is no more memory, and the sample was not taken
 */
export function add(kept: i32, count: i32, rtt: f64): i32 {
  if (count < FEW) {
    if (kept == 0) kept = allocate(FEW)
    if (kept != 0) store<f32>((<usize>(kept + count)) << 2, <f32>rtt)
    return kept
  }
  if (count == FEW) {
    const page = allocate(PAGE)
    if (page == 0) return 0
    for (let i = 0; i < FEW; i++) countIn(page, bucketOf(load<f32>((<usize>(kept + i)) << 2)))
    countIn(page, bucketOf(rtt))
    return page
  }
  const n = (count - FEW - 1) & (WAITING - 1), from = (<usize>kept) << 2
  store<u8>(from + n, bucketOf(rtt))
  if (n == WAITING - 1) for (let i = 0; i < WAITING; i++) countIn(kept, load<u8>(from + i))
  return kept
}

function countIn(page: i32, bucket: i32): void {
  u[page + WAITING / 4 + bucket]++
}

function bucketOf(nanos: f64): i32 {
  const micros = nanos >= 1000 * TOP ? TOP - 1 : <i32>(nanos / 1000)
  const octave = 31 - clz(micros | (PARTS - 1))
  return micros < PARTS ? micros : ((octave - PART_BITS) << PART_BITS) + (micros >> (octave - PART_BITS))
}
