/** A row for each connection: src/analysis/record.ts says what stands where in it. Rows stand in chunks, so that nothing is copied when there are more. */
import { allocate } from './memory'
import * as R from '../record.js'

let chunk = 0
let used = 0

/** A new row of zeros: the index of its first word, 0 when there is no more memory. */
export function addRow(): i32 {
  if (chunk == 0 || used == R.CHUNK) {
    const another = allocate(R.CHUNK * R.ROW)
    if (another == 0) return 0
    chunk = another
    used = 0
  }
  return chunk + used++ * R.ROW
}
