/**
 * The memory that the threads of one run share: buffers that the file is read into, and blocks that say which frames stand
 * there. A block is published by the first thread, claimed and printed by any, and forgotten once it is written.
 */
import type { Frame } from '../frame.js'

/** Bytes of one buffer. */
export const BUFFER = 1 << 20
/** Frames in a block. */
export const FRAMES = 4096

/** Words of the control array: blocks published, claimed, written; a bell that a finished block rings; no more blocks will come. */
const Slot = { PUBLISHED: 0, CLAIMED: 1, WRITTEN: 2, BELL: 3, CLOSED: 4, SIZE: 5 } as const

/** Words at the head of a block: frames, number of the first, which buffer, and what a time difference counts from. */
const Head = { COUNT: 0, FIRST: 1, BUFFER: 2, REFERENCE_SECONDS: 3, REFERENCE_FRACTION: 4, SIZE: 5 } as const
/** Words of a frame. */
const Word = { KIND: 0, AT: 1, END: 2, WIRE_LENGTH: 3, LINK_TYPE: 4, INTERFACE: 5, SEQUENCE_BASE: 6, ACK_BASE: 7, SACK_BASE: 8, SIZE: 9 } as const
/** Its time: seconds, nanoseconds. */
const TIMES = 2

/** What is said of a frame. */
export const Kind = {
  /** It is to be printed. */
  FREE: 0,
  /** The first thread has printed it; it opens a run of such frames. */
  OPENS: 1,
  /** It goes on such a run. */
  GOES_ON: 2,
} as const

/** What the threads share; all of it can be sent to a worker. */
export interface SharedMemory {
  readonly control: SharedArrayBuffer
  readonly buffers: readonly SharedArrayBuffer[]
  readonly words: readonly SharedArrayBuffer[]
  readonly times: readonly SharedArrayBuffer[]
}

/** Memory for so many threads. It bounds how far reading runs ahead of writing. */
export function newSharedMemory(threads: number): SharedMemory {
  const blocks = threads * 4
  const many = (count: number, bytes: number): SharedArrayBuffer[] => Array.from({ length: count }, () => new SharedArrayBuffer(bytes))
  return {
    control: new SharedArrayBuffer(Slot.SIZE * 4),
    buffers: many(blocks, BUFFER),
    words: many(blocks, (Head.SIZE + FRAMES * Word.SIZE) * 4),
    times: many(blocks, FRAMES * TIMES * 8),
  }
}

/** One thread's view of the shared memory. */
export class Blocks {
  readonly buffers: readonly Uint8Array[]
  readonly #control: Int32Array
  readonly #words: readonly Uint32Array[]
  readonly #times: readonly Float64Array[]

  constructor(memory: SharedMemory) {
    this.#control = new Int32Array(memory.control)
    this.buffers = memory.buffers.map((shared) => new Uint8Array(shared))
    this.#words = memory.words.map((shared) => new Uint32Array(shared))
    this.#times = memory.times.map((shared) => new Float64Array(shared))
  }

  get published(): number {
    return Atomics.load(this.#control, Slot.PUBLISHED)
  }

  get claimed(): number {
    return Atomics.load(this.#control, Slot.CLAIMED)
  }

  get written(): number {
    return Atomics.load(this.#control, Slot.WRITTEN)
  }

  /** A block that no thread has claimed yet, now ours; -1 when there is none at present. */
  claim(): number {
    for (;;) {
      const next = this.claimed
      if (next >= this.published) return -1
      if (Atomics.compareExchange(this.#control, Slot.CLAIMED, next, next + 1) === next) return next
    }
  }

  /** As `claim`, but waits for a block; -1 when no more will come. */
  claimOrWait(): number {
    for (;;) {
      const published = this.published
      const block = this.claim()
      if (block >= 0) return block
      if (Atomics.load(this.#control, Slot.CLOSED) !== 0 && published === this.published) return -1
      Atomics.wait(this.#control, Slot.PUBLISHED, published, 100)
    }
  }

  /** Says that a block has been printed. */
  ring(): void {
    Atomics.add(this.#control, Slot.BELL, 1)
    Atomics.notify(this.#control, Slot.BELL)
  }

  get bell(): number {
    return Atomics.load(this.#control, Slot.BELL)
  }

  /** Returns when the bell has rung since it stood at `since`. */
  listen(since: number): void {
    Atomics.wait(this.#control, Slot.BELL, since)
  }

  setWritten(blocks: number): void {
    Atomics.store(this.#control, Slot.WRITTEN, blocks)
  }

  publish(): void {
    Atomics.add(this.#control, Slot.PUBLISHED, 1)
    Atomics.notify(this.#control, Slot.PUBLISHED)
  }

  close(): void {
    Atomics.store(this.#control, Slot.CLOSED, 1)
    Atomics.notify(this.#control, Slot.PUBLISHED)
  }

  /** Blocks that can be under way at once. */
  get room(): number {
    return this.#words.length
  }

  /** The frames of a block; the object stays valid for that block's time. */
  block(number: number): Block {
    const slot = number % this.room
    return new Block(this.#words[slot]!, this.#times[slot]!)
  }
}

/** What is said of the frames of one block. */
export class Block {
  readonly #words: Uint32Array
  readonly #times: Float64Array

  constructor(words: Uint32Array, times: Float64Array) {
    this.#words = words
    this.#times = times
  }

  /** Empties it. `first`: number of its first frame; `reference`: what the time of that frame's line counts from. */
  begin(first: number, buffer: number, reference: { readonly seconds: number; readonly fraction: number }): void {
    const words = this.#words
    words[Head.COUNT] = 0
    words[Head.FIRST] = first
    words[Head.BUFFER] = buffer
    words[Head.REFERENCE_SECONDS] = reference.seconds
    words[Head.REFERENCE_FRACTION] = reference.fraction
  }

  get count(): number {
    return this.#words[Head.COUNT]!
  }

  get first(): number {
    return this.#words[Head.FIRST]!
  }

  get buffer(): number {
    return this.#words[Head.BUFFER]!
  }

  /** Signed, as Timestamps has it. */
  get referenceSeconds(): number {
    return this.#words[Head.REFERENCE_SECONDS]! | 0
  }

  get referenceFraction(): number {
    return this.#words[Head.REFERENCE_FRACTION]! | 0
  }

  /** Adds a frame. The bases are those of GivenNumbers. */
  add(frame: Frame, kind: number, sequenceBase: number, ackBase: number, sackBase: number): void {
    const index = this.#words[Head.COUNT]!++
    const words = this.#words
    const to = Head.SIZE + index * Word.SIZE
    words[to] = kind
    words[to + Word.AT] = frame.at
    words[to + Word.END] = frame.end
    words[to + Word.WIRE_LENGTH] = frame.wireLength
    words[to + Word.LINK_TYPE] = frame.linkType
    words[to + Word.INTERFACE] = frame.interfaceId
    words[to + Word.SEQUENCE_BASE] = sequenceBase
    words[to + Word.ACK_BASE] = ackBase
    words[to + Word.SACK_BASE] = sackBase
    this.#times[index * TIMES] = frame.seconds
    this.#times[index * TIMES + 1] = frame.nanos
  }

  /** Fills `frame` but for its bytes, and returns its kind. */
  read(index: number, frame: Frame): number {
    const words = this.#words
    const from = Head.SIZE + index * Word.SIZE
    frame.at = words[from + Word.AT]!
    frame.end = words[from + Word.END]!
    frame.wireLength = words[from + Word.WIRE_LENGTH]!
    frame.linkType = words[from + Word.LINK_TYPE]!
    frame.interfaceId = words[from + Word.INTERFACE]!
    frame.seconds = this.#times[index * TIMES]!
    frame.nanos = this.#times[index * TIMES + 1]!
    return words[from]!
  }

  sequenceBase(index: number): number {
    return this.#words[Head.SIZE + index * Word.SIZE + Word.SEQUENCE_BASE]!
  }

  ackBase(index: number): number {
    return this.#words[Head.SIZE + index * Word.SIZE + Word.ACK_BASE]!
  }

  sackBase(index: number): number {
    return this.#words[Head.SIZE + index * Word.SIZE + Word.SACK_BASE]!
  }
}
