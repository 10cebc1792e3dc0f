/** The TCP options that the analysis needs of one segment, read into one object that is refilled. */
import { i32 } from '../bytes.js'
import * as option from '../decode/tcp-options.js'
import * as seq from './seq.js'

/** NOP, NOP, timestamps, length 10: how nearly every segment begins its options (RFC 7323 appendix A). */
const USUAL = 0x0101080a

export class SegmentOptions {
  hasTimestamp = false
  /** As 32-bit integers, signed. */
  timestamp = 0
  echo = 0
  /** 0: none. */
  mss = 0
  /** -1: none. */
  scale = -1
  sackPermitted = false
  /** SACK blocks, and their edges as sent. */
  sackCount = 0
  /** The first block reports bytes that came twice, not bytes behind a gap: RFC 2883. */
  isDuplicateSack = false
  readonly sack = new Int32Array(8)

  /** There are none. */
  none(): void {
    this.sackCount = 0
    this.isDuplicateSack = this.hasTimestamp = this.sackPermitted = false
    this.timestamp = this.echo = this.mss = 0
    this.scale = -1
  }

  /** Reads the twelve bytes at `b[at]` when they are a timestamp as nearly every segment has it, and were captured; false: they are not, and nothing was read. */
  readUsual(b: Uint8Array, at: number, end: number): boolean {
    if (at + 12 > end || i32(b, at) !== USUAL) return false
    this.none()
    this.hasTimestamp = true
    this.timestamp = i32(b, at + 4)
    this.echo = i32(b, at + 8)
    return true
  }

  /** Reads the options in `b[at] … b[headerEnd - 1]`, of which those before `end` were captured; `ack` is the segment's. */
  read(b: Uint8Array, at: number, headerEnd: number, end: number, ack: number): void {
    if (headerEnd - at === 12 && headerEnd <= end && this.readUsual(b, at, end)) return
    this.none()
    for (let next; at < headerEnd && (next = option.optionEnd(b, at, headerEnd, end)) > 0; at = next) {
      const kind = b[at]!, length = next - at
      if (kind === option.Option.EOL) return
      if (kind === option.Option.TIMESTAMPS && length === 10) {
        this.hasTimestamp = true
        this.timestamp = option.timestampValue(b, at) | 0
        this.echo = option.timestampEcho(b, at) | 0
      } else if (kind === option.Option.SACK) {
        this.sackCount = Math.min(4, (length - 2) >> 3)
        for (let i = 0; i < this.sackCount; i++) {
          this.sack[i * 2] = option.sackLeft(b, at, i) | 0
          this.sack[i * 2 + 1] = option.sackRight(b, at, i) | 0
        }
        const { sack } = this
        const isInside = this.sackCount > 1 && !seq.before(sack[0]!, sack[2]!) && !seq.before(sack[3]!, sack[1]!)
        this.isDuplicateSack = this.sackCount > 0 && (seq.before(sack[0]!, ack) || isInside)
      } else if (kind === option.Option.MSS && length === 4) this.mss = option.mss(b, at)
      else if (kind === option.Option.WINDOW_SCALE && length === 3) this.scale = Math.min(14, option.windowScale(b, at))
      else if (kind === option.Option.SACK_PERMITTED) this.sackPermitted = true
    }
  }
}
