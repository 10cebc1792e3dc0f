/**
 * Packets of the last milliseconds, to tell one that was captured twice (on several interfaces, a mirror port, a bond, `any`) from one that was sent twice. A
 * bounded table: each packet has one place, by its hash, and drives out who stood there.
 */
import { allocate, d, u } from './memory'

const SIZE = 1 << 12
/** A packet's row: sequence number, acknowledgment number and the like, IP identification and checksum, packet number; and its time, a double. */
const WORDS = 8
const DOUBLES = WORDS / 2
const TIME = 2

const KEYS = allocate(SIZE * WORDS)
const TIMES = KEYS >> 1
/** The hash of each row, to tell at a glance that it is another packet's: these stand in the nearest cache, the rows do not. */
const TAGS = allocate(SIZE)

/** Time of the packet that `remember` found. */
export let time: f64 = 0
let place = 0

/**
 * Notes a segment; the number of an equal packet before it, at whatever time, or 0. Equal: connection and direction, sequence and acknowledgment number, IP
 * identification and checksum (which covers all else of the segment).
 */
export function remember(where: i32, sequence: i32, ack: i32, idAndChecksum: i32, packet: i32, now: f64): i32 {
  let hash = (where ^ (sequence * <i32>0x9e3779b1)) * <i32>0x85ebca6b
  hash = (hash ^ (hash >>> 15) ^ ack) * <i32>0xc2b2ae35
  hash = (hash ^ (hash >>> 13) ^ idAndChecksum) * <i32>0x27d4eb2f
  hash ^= hash >>> 16
  const slot = hash & (SIZE - 1), at = KEYS + slot * WORDS
  place = slot
  const mixed = where * <i32>0x9e3779b1 ^ ack
  const former = u[TAGS + slot] == hash && u[at] == sequence && u[at + 1] == mixed && u[at + 2] == idAndChecksum ? u[at + 3] : 0
  if (former > 0) {
    time = d[TIMES + slot * DOUBLES + TIME]
    return former
  }
  u[TAGS + slot] = hash
  u[at] = sequence
  u[at + 1] = mixed
  u[at + 2] = idAndChecksum
  u[at + 3] = packet
  d[TIMES + slot * DOUBLES + TIME] = now
  return 0
}

/** What `remember` found was another packet with the same content: the new one takes its place. */
export function replace(packet: i32, now: f64): void {
  u[KEYS + place * WORDS + 3] = packet
  d[TIMES + place * DOUBLES + TIME] = now
}
