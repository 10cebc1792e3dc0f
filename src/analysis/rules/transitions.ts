/** The states that the endpoints of each connection went through, a list a connection: src/analysis/transitions.ts reads it. An entry is the index of its first word; rows hold it + 1. */
import { allocate, d, u } from './memory'
import { TRANSITION_COUNT, TRANSITION_FIRST, TRANSITION_LAST } from '../record.js'
import { ASSUMED, FROM, NEXT, PACKET, STATE, TIME, TO, WHAT, WORDS } from '../transitions.js'

/** Kept of one connection: a whole life has at most 12. */
const MOST = 32
/** Entries that are asked for at once. */
const CHUNK = 4096

let chunk = 0
let used = CHUNK

/** Notes one; beyond MOST the connection's later ones are passed over. */
export function add(row: i32, side: i32, from: i32, to: i32, packet: i32, time: f64, isAssumed: bool): void {
  if (u[row + TRANSITION_COUNT] >= MOST) return
  if (used == CHUNK) {
    const another = allocate(CHUNK * WORDS)
    if (another == 0) return
    chunk = another
    used = 0
  }
  const at = chunk + used++ * WORDS
  u[at + WHAT] = side | (from << FROM) | (to << TO) | (isAssumed ? ASSUMED : 0)
  u[at + PACKET] = packet
  u[at + NEXT] = 0
  d[(at >> 1) + TIME] = time
  const last = u[row + TRANSITION_LAST]
  if (last == 0) u[row + TRANSITION_FIRST] = at + 1
  else u[last - 1 + NEXT] = at + 1
  u[row + TRANSITION_LAST] = at + 1
  u[row + TRANSITION_COUNT]++
}

/** Puts right the last transition of a side, which was taken for one into `to`: it went to `rightly`, and a later segment shows it. */
export function correct(row: i32, side: i32, to: i32, rightly: i32, packet: i32, time: f64): void {
  let found = -1
  for (let at = u[row + TRANSITION_FIRST] - 1; at >= 0; at = u[at + NEXT] - 1) {
    if ((u[at + WHAT] & 1) == side && ((u[at + WHAT] >> TO) & STATE) == to) found = at
  }
  if (found < 0) return
  u[found + WHAT] = (u[found + WHAT] & ~(STATE << TO)) | (rightly << TO)
  u[found + PACKET] = packet
  d[(found >> 1) + TIME] = time
}
