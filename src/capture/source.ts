/** The contract of everything frames come from: files, standard input, live interfaces. */

import type { Frame } from '../frame.js'
export { newFrame, type Frame } from '../frame.js'

/** An interface that a source has frames of. */
export interface SourceInterface {
  readonly linkType: number
  /** Most bytes kept of a frame. */
  readonly snapLength: number
  /** As the source names it; undefined when it does not. From strangers: escape before printing. */
  readonly name?: string | undefined
  /** The source's clock gives nanoseconds rather than microseconds. */
  readonly nanoseconds: boolean
}

export interface FrameSource {
  /** How to name it to a person: the path, or `standard input`. */
  readonly label: string
  /** The interfaces met so far; the first is known once the source is open, except in a pcapng file that opens without one. */
  readonly interfaces: readonly SourceInterface[]
  /** Frames come as they happen (a pipe): what there is should be printed before more is waited for. */
  readonly isStream: boolean
  /** Fills `frame` with the next frame already in memory: false when more must be read (or all was). Allocates nothing. */
  next(frame: Frame): boolean
  /** Where in the file the bytes of the frame that `next` filled last stand; absent or undefined where it cannot be read there again. */
  offsetOf?(frame: Frame): number | undefined
  /** Comments on the frame that `next` filled last, as bytes from strangers, lent until its next call. Absent where there can be none. */
  commentsOf?(frame: Frame): readonly Uint8Array[]
  /** Passes over frames in memory, at most `most`, and returns how many; `next` may still find more. Absent where it would not be sooner than `next`. */
  skip?(most: number): number
  /**
   * Reads more: false at the end. Everything whole that came before a damage is handed out by `next` first; then this
   * throws a UserError that names the byte offset and what was expected there.
   */
  more(): Promise<boolean>
  close(): void
}
