/** The contract of everything frames come from: files, standard input, live interfaces. */

/**
 * One captured frame, lent: a source refills the same object, and `b` is its input buffer, so nothing of it may be
 * kept past the next call of the source.
 */
export interface Frame {
  /** Input buffer; the frame's bytes are `b[at] … b[end - 1]`. */
  b: Uint8Array
  at: number
  end: number
  /** Length on the wire, bytes; more than `end - at` when the capture kept only the start. */
  wireLength: number
  /** Time of capture: whole seconds since 1970 (as the file has it, unsigned 32-bit in pcap) and nanoseconds into that second. */
  seconds: number
  nanos: number
  /** Link type (LINKTYPE_ number of the file format) of the interface it came from. */
  linkType: number
  /** Which interface of the source it came from, from 0. */
  interfaceId: number
}

/** An empty Frame to hand to a source. */
export const newFrame = (): Frame => ({ b: new Uint8Array(0), at: 0, end: 0, wireLength: 0, seconds: 0, nanos: 0, linkType: 0, interfaceId: 0 })

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
  /** Fills `frame` with the next frame already in memory: false when more must be read (or all was). Allocates nothing. */
  next(frame: Frame): boolean
  /**
   * Reads more: false at the end. Everything whole that came before a damage is handed out by `next` first; then this
   * throws a UserError that names the byte offset and what was expected there.
   */
  more(): Promise<boolean>
  close(): void
}
