/** The segment at hand: src/analysis/segment-fields.ts says what stands where. */
import { Doubles, Words } from './memory'
import * as S from '../segment-fields.js'

const AT = memory.data(S.SIZE * 4, 64)
export const s = changetype<Words>(AT)
export const t = changetype<Doubles>(AT)

/** Notes what the segment is found to be, and the packet that this refers to. */
export function find(finding: i32, packet: i32): void {
  s[S.FINDINGS] |= finding
  s[S.REFERS + ctz(finding)] = packet
}

/** Address of its fields, bytes. */
export function segmentAt(): usize {
  return AT
}
