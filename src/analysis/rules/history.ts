/** Zeek's history: what each side did, a letter at its first time. */
import { MOST, PER_WORD } from '../history.js'
import { u } from './memory'
import * as R from '../record.js'

/** Notes `letter` of a side once. */
export function note(row: i32, direction: i32, letter: i32): void {
  const bit = 1 << (letter + direction * 16)
  if (u[row + R.HISTORY_HAS] & bit) return
  u[row + R.HISTORY_HAS] |= bit
  const count = u[row + R.HISTORY_COUNT]
  if (count >= MOST) return
  u[row + R.HISTORY + count / PER_WORD] |= (letter | (direction << 4)) << ((count % PER_WORD) * 5)
  u[row + R.HISTORY_COUNT] = count + 1
}
