/** The TCP options that the analysis needs of one segment, read into its fields (segment-fields.ts). */
import { i32 } from '../bytes.js'
import * as option from '../decode/tcp-options.js'
import * as tcp from '../decode/tcp.js'
import * as S from './segment-fields.js'
import * as seq from './seq.js'

/** NOP, NOP, timestamps, length 10: how nearly every segment begins its options (RFC 7323 appendix A). */
const USUAL = 0x0101080a
const USUAL_HEADER = tcp.MIN_HEADER + 12

/**
 * Reads the options of the segment at `b[at]`, whose header ends at `headerEnd`; those before `end` were captured. Edges of SACK blocks are as sent, and numbers
 * signed; without an MSS it is 0, without a window scale -1.
 */
export function readOptions(w: Int32Array, b: Uint8Array, at: number, headerEnd: number, end: number): void {
  const length = headerEnd - at
  w[S.IS_USUAL] = 1
  w[S.HAS_TIMESTAMP] = w[S.TIMESTAMP] = w[S.ECHO] = 0
  w[S.MSS] = w[S.IS_SACK_PERMITTED] = w[S.BLOCKS] = w[S.IS_DUPLICATE_SACK] = 0
  w[S.SCALE] = -1
  if (length === tcp.MIN_HEADER) return
  if (length === USUAL_HEADER && headerEnd <= end && i32(b, at + tcp.MIN_HEADER) === USUAL) {
    w[S.HAS_TIMESTAMP] = 1
    w[S.TIMESTAMP] = i32(b, at + tcp.MIN_HEADER + 4)
    w[S.ECHO] = i32(b, at + tcp.MIN_HEADER + 8)
    return
  }
  w[S.IS_USUAL] = 0
  readOthers(w, b, at + tcp.MIN_HEADER, headerEnd, end)
}

function readOthers(w: Int32Array, b: Uint8Array, at: number, headerEnd: number, end: number): void {
  for (let next; at < headerEnd && (next = option.optionEnd(b, at, headerEnd, end)) > 0; at = next) {
    const kind = b[at]!, length = next - at
    if (kind === option.Option.EOL) return
    if (kind === option.Option.TIMESTAMPS && length === 10) {
      w[S.HAS_TIMESTAMP] = 1
      w[S.TIMESTAMP] = option.timestampValue(b, at)
      w[S.ECHO] = option.timestampEcho(b, at)
    } else if (kind === option.Option.SACK) readSack(w, b, at, length)
    else if (kind === option.Option.MSS && length === 4) w[S.MSS] = option.mss(b, at)
    else if (kind === option.Option.WINDOW_SCALE && length === 3) w[S.SCALE] = Math.min(14, option.windowScale(b, at))
    else if (kind === option.Option.SACK_PERMITTED) w[S.IS_SACK_PERMITTED] = 1
  }
}

/** The first block reports bytes that came twice, not bytes behind a gap, where it is acknowledged or lies in the second: RFC 2883. */
function readSack(w: Int32Array, b: Uint8Array, at: number, length: number): void {
  const blocks = Math.min(4, (length - 2) >> 3)
  for (let i = 0; i < blocks; i++) {
    w[S.EDGES + i * 2] = option.sackLeft(b, at, i)
    w[S.EDGES + i * 2 + 1] = option.sackRight(b, at, i)
  }
  const isInside = blocks > 1 && !seq.before(w[S.EDGES]!, w[S.EDGES + 2]!) && !seq.before(w[S.EDGES + 3]!, w[S.EDGES + 1]!)
  w[S.BLOCKS] = blocks
  w[S.IS_DUPLICATE_SACK] = blocks > 0 && (seq.before(w[S.EDGES]!, w[S.ACKNOWLEDGMENT]!) || isInside) ? 1 : 0
}
