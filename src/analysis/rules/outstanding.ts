/**
 * Segments that were sent and are not acknowledged yet, a list for each direction, in the order of their sequence numbers, all out of one pool. From it come
 * RTT samples, the packet that a retransmission repeats, and what is a gap. A direction has at most MOST of them and all together at most
 * POOL: beyond that the oldest of the direction are forgotten. An entry is the index of its first word; rows hold it + 1.
 */
import { allocate, d, u } from './memory'
import { LIST_COUNT, LIST_FIRST, LIST_LAST } from '../record.js'
import * as seq from './seq'

/** Segments of one direction: 64 MB in segments of 1448 bytes would be 46000; few captures have more than this in flight. */
const MOST = 4096
/** All together, 48 bytes each. */
const POOL = 1 << 21
/** Entries that are asked for at once. */
const CHUNK = 4096

const WORDS = 12
/** Offsets in an entry: one past its last byte; the packet that first sent it; entry + 1 behind it; TSval of the first and last sending; and the times of both, doubles. */
const SEQ = 0, END = 1, PACKET = 2, NEXT = 3, TS_FIRST = 4, TS_LAST = 5, MARKS = 6
const TIME_FIRST = 4, TIME_LAST = 5

/** Bits of an entry's marks; above them the IP identification. */
export namespace Mark {
  export const SACKED = 1
  export const AGAIN = 2
  export const TIMESTAMP = 4
  export const FILLED = 16
}
const ID_SHIFT = 16

let chunk = 0
let used = CHUNK
let all = 0
let free = 0
/** Of what `acknowledge` took off. */
export let acknowledgedMarks = 0

export function seqOf(entry: i32): i32 {
  return u[entry + SEQ]
}

export function endOf(entry: i32): i32 {
  return u[entry + END]
}

export function packetOf(entry: i32): i32 {
  return u[entry + PACKET]
}

/** The entry behind it, -1 at the end. */
export function after(entry: i32): i32 {
  return u[entry + NEXT] - 1
}

export function marksOf(entry: i32): i32 {
  return u[entry + MARKS]
}

export function idOf(entry: i32): i32 {
  return u[entry + MARKS] >>> ID_SHIFT
}

export function mark(entry: i32, bits: i32): void {
  u[entry + MARKS] |= bits
}

export function firstTimestampOf(entry: i32): i32 {
  return u[entry + TS_FIRST]
}

export function lastTimestampOf(entry: i32): i32 {
  return u[entry + TS_LAST]
}

export function firstTimeOf(entry: i32): f64 {
  return d[(entry >> 1) + TIME_FIRST]
}

export function lastTimeOf(entry: i32): f64 {
  return d[(entry >> 1) + TIME_LAST]
}

/** It was sent again. */
export function again(entry: i32, timestamp: i32, now: f64): void {
  u[entry + TS_LAST] = timestamp
  d[(entry >> 1) + TIME_LAST] = now
  u[entry + MARKS] |= Mark.AGAIN
}

/** Adds a segment behind all others (`previous` -1) or behind `previous`; at the front with -2. `side` is the row of the list. */
export function add(side: i32, previous: i32, sequence: i32, end: i32, packet: i32, timestamp: i32, id: i32, marks: i32, now: f64): void {
  if (u[side + LIST_COUNT] >= MOST) {
    if (previous == u[side + LIST_FIRST] - 1) previous = -2
    dropFirst(side)
  }
  const entry = take(side)
  if (entry < 0) return
  u[entry + SEQ] = sequence
  u[entry + END] = end
  u[entry + PACKET] = packet
  u[entry + TS_FIRST] = timestamp
  u[entry + TS_LAST] = timestamp
  u[entry + MARKS] = marks | (id << ID_SHIFT)
  d[(entry >> 1) + TIME_FIRST] = now
  d[(entry >> 1) + TIME_LAST] = now
  const last = u[side + LIST_LAST]
  u[side + LIST_COUNT]++
  if (previous == -2) {
    u[entry + NEXT] = u[side + LIST_FIRST]
    u[side + LIST_FIRST] = entry + 1
    if (last == 0) u[side + LIST_LAST] = entry + 1
    return
  }
  if (previous == -1 || previous + 1 == last) {
    u[entry + NEXT] = 0
    if (last == 0) u[side + LIST_FIRST] = entry + 1
    else u[last - 1 + NEXT] = entry + 1
    u[side + LIST_LAST] = entry + 1
    return
  }
  u[entry + NEXT] = u[previous + NEXT]
  u[previous + NEXT] = entry + 1
}

function dropFirst(side: i32): void {
  const entry = u[side + LIST_FIRST] - 1
  const behind = u[entry + NEXT]
  u[side + LIST_FIRST] = behind
  if (behind == 0) u[side + LIST_LAST] = 0
  u[side + LIST_COUNT]--
  u[entry + NEXT] = free
  free = entry + 1
}

/** A free entry; -1 when the pool is used up and the list has none to give. */
function take(side: i32): i32 {
  if (free == 0 && used == CHUNK && !more()) {
    if (u[side + LIST_COUNT] < 2) return -1
    dropFirst(side)
  }
  if (free > 0) {
    const entry = free - 1
    free = u[entry + NEXT]
    return entry
  }
  return chunk + used++ * WORDS
}

/** Another chunk: false when there is none. */
function more(): bool {
  if (all >= POOL) return false
  const another = allocate(CHUNK * WORDS)
  if (another == 0) return false
  chunk = another
  used = 0
  all += CHUNK
  return true
}

/**
 * Takes all entries off that lie before `ack`. The last of them, -1 for none; what it was is still readable until the next `add`. `acknowledgedMarks` are the
 * marks of all.
 */
export function acknowledge(side: i32, ack: i32): i32 {
  const first = u[side + LIST_FIRST]
  let last = 0, behind = first, marks = 0, count = 0
  while (behind != 0) {
    const at = behind - 1
    if (seq.before(ack, u[at + END])) break
    marks |= u[at + MARKS]
    last = behind
    behind = u[at + NEXT]
    count++
  }
  if (last == 0) return -1
  acknowledgedMarks = marks
  u[side + LIST_FIRST] = behind
  if (behind == 0) u[side + LIST_LAST] = 0
  u[side + LIST_COUNT] -= count
  u[last - 1 + NEXT] = free
  free = first
  return last - 1
}
