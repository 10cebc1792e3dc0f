/**
 * The memory that the threads of one run share: blocks that say where in the file frames stand, and the text that was made of
 * them. A block is published by the first thread, claimed and printed by any, and forgotten once it is written.
 */
import { LinkType } from '../decode/link/link-type.js'
import type { Frame } from '../frame.js'

/** Frames in a block, and bytes of the file from its first frame to its last, but for the last frame itself. */
export const FRAMES = 2048
export const SPAN = 1 << 19
/** Looks at the counter before a thread goes to sleep. */
const SPINS = 5000
/** Bytes of text that a finished block hands over in shared memory; more of it is posted. */
const TEXT = 1 << 22

/** Words of the control array: blocks published, claimed, written; a bell that a finished block rings; no more blocks will come. */
const Slot = { PUBLISHED: 0, CLAIMED: 1, WRITTEN: 2, BELL: 3, CLOSED: 4, SIZE: 5 } as const

/** Words at the head of a block: frames, number of the first, bytes of the file that they span, and what a time difference counts from. */
const Head = { COUNT: 0, FIRST: 1, SPAN: 2, REFERENCE_SECONDS: 3, REFERENCE_FRACTION: 4, SIZE: 5 } as const
/** Words of a frame. Those that are free are of one link type, Ethernet's. Signed: a number above 2^31 would be put on the heap. */
const Word = { KIND: 0, AT: 1, END: 2, WIRE_LENGTH: 3, INTERFACE: 4, SEQUENCE_BASE: 5, ACK_BASE: 6, SACK_BASE: 7, SIZE: 8 } as const
/** Words that tell of a block's text: its number plus one once it is there, and its bytes. */
const Done = { NUMBER: 0, LENGTH: 1, SIZE: 2 } as const
/** Its time: seconds, nanoseconds. Before all, where in the file the block begins. */
const TIMES = 2
const TIMES_HEAD = 1

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
  readonly words: readonly SharedArrayBuffer[]
  readonly times: readonly SharedArrayBuffer[]
  readonly texts: readonly SharedArrayBuffer[]
  readonly done: SharedArrayBuffer
}

/** Memory for so many threads. It bounds how far reading runs ahead of writing. */
export function newSharedMemory(threads: number): SharedMemory {
  const blocks = threads * 4
  const many = (count: number, bytes: number): SharedArrayBuffer[] => Array.from({ length: count }, () => new SharedArrayBuffer(bytes))
  return {
    control: new SharedArrayBuffer(Slot.SIZE * 4),
    words: many(blocks, (Head.SIZE + FRAMES * Word.SIZE) * 4),
    times: many(blocks, (TIMES_HEAD + FRAMES * TIMES) * 8),
    texts: many(blocks, TEXT),
    done: new SharedArrayBuffer(blocks * Done.SIZE * 4),
  }
}

/** One thread's view of the shared memory. */
export class Blocks {
  readonly #control: Int32Array
  readonly #words: readonly Int32Array[]
  readonly #times: readonly Float64Array[]
  readonly #texts: readonly Uint8Array[]
  readonly #done: Int32Array

  constructor(memory: SharedMemory) {
    this.#control = new Int32Array(memory.control)
    this.#words = memory.words.map((shared) => new Int32Array(shared))
    this.#times = memory.times.map((shared) => new Float64Array(shared))
    this.#texts = memory.texts.map((shared) => new Uint8Array(shared))
    this.#done = new Int32Array(memory.done)
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
      // Going to sleep and being woken takes longer than most waits do.
      for (let i = 0; i < SPINS && published === this.published; i++);
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

  /** Hands the text of a printed block over; false when there is too much of it. */
  putText(number: number, text: Uint8Array): boolean {
    if (text.length > TEXT) return false
    const slot = number % this.room
    this.#texts[slot]!.set(text)
    this.#done[slot * Done.SIZE + Done.LENGTH] = text.length
    Atomics.store(this.#done, slot * Done.SIZE + Done.NUMBER, number + 1)
    return true
  }

  /** That text, lent until the block is written; undefined when it is not there yet, or was posted. */
  text(number: number): Uint8Array | undefined {
    if (number >= this.published) return undefined
    const slot = number % this.room
    if (Atomics.load(this.#done, slot * Done.SIZE + Done.NUMBER) !== number + 1) return undefined
    return this.#texts[slot]!.subarray(0, this.#done[slot * Done.SIZE + Done.LENGTH])
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

/** A number as a small integer where it is one, as it is in the reader's frames: V8 would take frames of others for another kind of object, and compile all that prints anew. */
const small = (n: number): number => (n === (n | 0) ? n | 0 : n)

/** What is said of the frames of one block. */
export class Block {
  readonly #words: Int32Array
  readonly #times: Float64Array

  constructor(words: Int32Array, times: Float64Array) {
    this.#words = words
    this.#times = times
  }

  /** Empties it. `first`: number of its first frame; `offset`: where in the file that begins; `reference`: what the time of its line counts from. */
  begin(first: number, offset: number, reference: { readonly seconds: number; readonly fraction: number }): void {
    const words = this.#words
    words[Head.COUNT] = 0
    words[Head.FIRST] = first
    words[Head.SPAN] = 0
    this.#times[0] = offset
    words[Head.REFERENCE_SECONDS] = reference.seconds
    words[Head.REFERENCE_FRACTION] = reference.fraction
  }

  get count(): number {
    return this.#words[Head.COUNT]!
  }

  get first(): number {
    return this.#words[Head.FIRST]!
  }

  /** Where in the file it begins, and how many bytes it spans. */
  get offset(): number {
    return this.#times[0]!
  }

  get span(): number {
    return this.#words[Head.SPAN]!
  }

  get referenceSeconds(): number {
    return this.#words[Head.REFERENCE_SECONDS]!
  }

  get referenceFraction(): number {
    return this.#words[Head.REFERENCE_FRACTION]!
  }

  /** Adds a frame, which begins `at` bytes behind the block's beginning in the file. The bases are those of GivenNumbers, signed. */
  add(frame: Frame, at: number, kind: number, sequenceBase: number, ackBase: number, sackBase: number): void {
    const index = this.#words[Head.COUNT]!++
    const words = this.#words
    const to = Head.SIZE + index * Word.SIZE
    words[to] = kind
    words[to + Word.AT] = at
    words[to + Word.END] = words[Head.SPAN] = at + frame.end - frame.at
    words[to + Word.WIRE_LENGTH] = frame.wireLength
    words[to + Word.INTERFACE] = frame.interfaceId
    words[to + Word.SEQUENCE_BASE] = sequenceBase
    words[to + Word.ACK_BASE] = ackBase
    words[to + Word.SACK_BASE] = sackBase
    this.#times[TIMES_HEAD + index * TIMES] = frame.seconds
    this.#times[TIMES_HEAD + index * TIMES + 1] = frame.nanos
  }

  /** Fills `frame` but for its bytes, and returns its kind. */
  read(index: number, frame: Frame): number {
    const words = this.#words
    const from = Head.SIZE + index * Word.SIZE
    frame.at = words[from + Word.AT]!
    frame.end = words[from + Word.END]!
    frame.wireLength = words[from + Word.WIRE_LENGTH]! >>> 0
    frame.linkType = LinkType.ETHERNET
    frame.interfaceId = words[from + Word.INTERFACE]!
    frame.seconds = small(this.#times[TIMES_HEAD + index * TIMES]!)
    frame.nanos = small(this.#times[TIMES_HEAD + index * TIMES + 1]!)
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
