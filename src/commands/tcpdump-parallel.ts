/**
 * A large capture file printed by several threads. The first reads the file, looks up what the lines of TCP segments depend
 * on, and publishes blocks of frames, which the others claim, read again and print. While they have enough to do it prints what it
 * meets itself, in own runs; so it does, in midst of a block, with frames that must be printed in turn (format/advance.ts). It
 * writes everything in order, so every line is the one that a single thread would print.
 */
import { closeSync, openSync, readSync } from 'node:fs'
import { MessageChannel, Worker, receiveMessageOnPort, type MessagePort } from 'node:worker_threads'
import { GivenNumbers, RelativeNumbers } from '../analysis/relative.js'
import type { FrameFilter } from '../capture/frame-filter.js'
import type { FrameSource } from '../capture/source.js'
import * as tcp from '../decode/tcp.js'
import { UserError } from '../errors.js'
import { newFrame, type Frame } from '../frame.js'
import { Turn, advance, found } from '../format/advance.js'
import { LineWriter } from '../format/line.js'
import { isInvalid, writePacket } from '../format/packet.js'
import { Printer } from '../format/printer.js'
import { Timestamps } from '../format/timestamp.js'
import type { Io } from '../io.js'
import { type Block, Blocks, FRAMES, Kind, SPAN, type SharedMemory, newSharedMemory } from './tcpdump-blocks.js'
import type { TcpdumpOptions } from './tcpdump-options.js'

/** What a thread needs to know. All of it can be cloned. */
export interface Work {
  readonly options: TcpdumpOptions
  readonly path: string
  readonly memory: SharedMemory
  readonly port: MessagePort
}

/** The lines of a block's free frames where shared memory cannot have them, and how many bytes of them stand before each run of frames printed in turn. */
interface Printed {
  readonly block: number
  readonly text: Uint8Array
  readonly runs: readonly number[]
  /** What a bug of ours threw in that thread. */
  readonly failure?: unknown
}

type WriteFrame = (p: Printer, times: Timestamps, frame: Frame, number: number) => void

async function frameWriter(options: TcpdumpOptions): Promise<WriteFrame> {
  if (!options.json) return writePacket
  const { writePacketJson } = await import('../format/json.js')
  return (p, _times, frame, number) => writePacketJson(p, frame, number)
}

/**
 * Prints the whole of `source`, which has just been opened from `path`; the filter is ready for it.
 * @throws what reading throws, after everything before it has been written
 */
export async function printInParallel(options: TcpdumpOptions, io: Io, path: string, source: FrameSource, filter: FrameFilter | undefined): Promise<void> {
  const others = new OtherThreads(options, io, path)
  try {
    const first = new FirstThread(options, io, path, others, await frameWriter(options), filter)
    await first.print(source)
  } finally {
    others.end()
  }
}

/** The threads besides the first, once they are started, and the blocks shared with them: until then there is room for none. */
class OtherThreads {
  blocks = new Blocks(newSharedMemory(0))
  readonly ports: MessagePort[] = []
  readonly #options: TcpdumpOptions
  readonly #io: Io
  readonly #path: string
  readonly #workers: Worker[] = []

  constructor(options: TcpdumpOptions, io: Io, path: string) {
    this.#options = options
    this.#io = io
    this.#path = path
  }

  start(): void {
    const memory = newSharedMemory(this.#options.threads)
    this.blocks = new Blocks(memory)
    for (let n = 1; n < this.#options.threads; n++) {
      const { port1, port2 } = new MessageChannel()
      const work: Work = { options: this.#options, path: this.#path, memory, port: port2 }
      const worker = new Worker('const { workerData } = require("node:worker_threads"); require(workerData.loader)("packets").work(workerData.work)', {
        eval: true,
        workerData: { loader: this.#io.loader, work },
        transferList: [port2],
        stdout: true,
        stderr: true,
      })
      worker.unref()
      this.#workers.push(worker)
      this.ports.push(port1)
    }
  }

  end(): void {
    for (const port of this.ports) port.close()
    for (const worker of this.#workers) void worker.terminate() // one that V8 keeps (leave.ts) would be waited for in vain
  }
}

/** A thread besides the first: prints the blocks that it claims, and posts them. */
export async function work({ options, path, memory, port }: Work): Promise<void> {
  const blocks = new Blocks(memory)
  try {
    const thread = new BlockPrinter(options, path, blocks, await frameWriter(options))
    for (let number = blocks.claimOrWait(); number >= 0; number = blocks.claimOrWait()) {
      const printed = thread.print(number)
      if (printed !== undefined) port.postMessage(printed, [printed.text.buffer as ArrayBuffer])
      blocks.ring()
    }
  } catch (failure) {
    port.postMessage({ block: -1, text: new Uint8Array(0), runs: [], failure } satisfies Printed)
    blocks.ring()
  }
}

/** Blocks that wait for each of the other threads at most; while so many do, the first prints what it meets itself. */
const AHEAD = 2
/** Frames that it then prints before it looks again whether the others want more, and bytes of their text that may wait for earlier blocks. */
const OWN_RUN = 1024
const MAX_OWN_TEXT = 1 << 24
/** With a filter, the others are started once so many frames are read, if at least every second passed: else reading and filtering, which the first does, is most of the work. */
const SAMPLE = 1 << 16

const NOTHING: Uint8Array = new Uint8Array(0)

/** Prints the free frames of blocks. */
class BlockPrinter {
  readonly #fd: number
  #bytes = new Uint8Array(SPAN * 2)
  readonly #blocks: Blocks
  readonly #numbers = new GivenNumbers()
  readonly #out: LineWriter
  readonly #printer: Printer
  readonly #times: Timestamps
  readonly #write: WriteFrame
  readonly #frame = newFrame()
  /** Takes the text of a block once it is printed. */
  #sink: (chunk: Uint8Array) => void = () => {}

  constructor(options: TcpdumpOptions, path: string, blocks: Blocks, write: WriteFrame) {
    this.#fd = openSync(path, 'r')
    this.#blocks = blocks
    this.#write = write
    this.#out = new LineWriter((chunk) => this.#sink(chunk), Infinity)
    this.#printer = new Printer(this.#out, options.print, undefined, this.#numbers, this.#numbers)
    this.#times = new Timestamps(options.print)
  }

  /**
   * Prints a block and hands its text over in shared memory; or returns it, where it does not fit or has others' lines in between.
   * @param write what takes the text instead, where that is possible: the block is the next to be written
   */
  print(number: number, write?: (chunk: Uint8Array) => void): Printed | undefined {
    const block = this.#blocks.block(number)
    const frame = this.#frame
    const runs: number[] = []
    frame.b = this.#read(block)
    this.#times.resume(block.referenceSeconds, block.referenceFraction)
    for (let i = 0; i < block.count; i++) {
      const kind = block.read(i, frame)
      if (kind === Kind.FREE) this.#printFree(block, i)
      else {
        if (!isInvalid(frame)) this.#times.pass(frame.seconds, frame.nanos)
        if (kind === Kind.OPENS) runs.push(this.#out.length)
      }
    }
    let text: Uint8Array | undefined
    this.#sink = (chunk) => {
      if (runs.length > 0) text = chunk.slice()
      else if (write !== undefined) write(chunk)
      else if (!this.#blocks.putText(number, chunk)) text = chunk.slice()
    }
    if (this.#out.length === 0) this.#sink(NOTHING)
    else this.#out.flush()
    return text === undefined ? undefined : { block: number, text, runs }
  }

  /** The bytes of a block, which the first thread has found in the file. @throws when the file was cut meanwhile */
  #read(block: Block): Uint8Array {
    const { offset, span } = block
    if (span > this.#bytes.length) this.#bytes = new Uint8Array(span * 2)
    for (let at = 0; at < span; ) {
      const got = readSync(this.#fd, this.#bytes, at, span - at, offset + at)
      if (got === 0) throw new UserError('the capture became shorter while it was read (copy it first)')
      at += got
    }
    return this.#bytes
  }

  close(): void {
    closeSync(this.#fd)
  }

  #printFree(block: Block, i: number): void {
    const numbers = this.#numbers
    numbers.sequenceBase = block.sequenceBase(i)
    numbers.ackBase = block.ackBase(i)
    numbers.sackBase = block.sackBase(i) >>> 0
    this.#write(this.#printer, this.#times, this.#frame, block.first + i)
  }
}

/** Reads, judges and publishes; prints when the others have enough to do; writes. */
class FirstThread {
  readonly #options: TcpdumpOptions
  readonly #io: Io
  readonly #path: string
  readonly #others: OtherThreads
  readonly #filter: FrameFilter | undefined
  readonly #write: WriteFrame
  #free: BlockPrinter | undefined
  /** Frames printed in turn go here. */
  readonly #inTurn: LineWriter
  #takeInTurn: (chunk: Uint8Array) => void = () => {}
  readonly #printer: Printer
  /** Puts lines printed in turn between those of another thread. */
  readonly #joined: LineWriter
  readonly #times: Timestamps
  readonly #flows4 = new RelativeNumbers(1)
  readonly #flows6 = new RelativeNumbers(4)
  /** Printed blocks that wait for those before them. */
  readonly #printed = new Map<number, Printed>()
  /** Lines of runs printed in turn, by block. */
  readonly #runs = new Map<number, Uint8Array[]>()
  /** Lines of own runs that wait for earlier blocks, and the number of the block that follows them. In order. */
  readonly #own: { readonly before: number; readonly memory: Uint8Array; readonly length: number }[] = []
  #ownText = 0
  /** Memory of texts that have been written, to be used again: new memory costs more than the text that goes there. */
  readonly #spare: Uint8Array[] = []
  /** Frames left of the own run. */
  #ownLeft = 0
  /** The block being filled, and its number. */
  #block: Block | undefined
  #number = 0
  #inRun = false
  /** Frames read, and those of them that passed the filter. */
  #frames = 0
  #packets = 0
  readonly #frame = newFrame()
  /** Writing failed, or a thread: nothing more can be written in order. */
  #broken = false

  constructor(options: TcpdumpOptions, io: Io, path: string, others: OtherThreads, write: WriteFrame, filter: FrameFilter | undefined) {
    this.#options = options
    this.#io = io
    this.#others = others
    this.#write = write
    this.#filter = filter
    this.#path = path
    this.#inTurn = new LineWriter((chunk) => this.#takeInTurn(chunk), Infinity)
    this.#printer = new Printer(this.#inTurn, options.print, undefined, this.#flows4, this.#flows6)
    this.#joined = new LineWriter((chunk) => this.#send(chunk), Infinity)
    this.#times = new Timestamps(options.print)
  }

  async print(source: FrameSource): Promise<void> {
    try {
      await this.#readAll(source)
    } finally {
      if (!this.#broken) {
        if (this.#ownLeft > 0) this.#endOwn()
        this.#publish()
        this.#blocks.close()
        while (this.#blocks.written < this.#number) this.#help()
      }
      this.#free?.close()
    }
  }

  async #readAll(source: FrameSource): Promise<void> {
    if (this.#filter === undefined) this.#others.start()
    let isSampling = this.#filter !== undefined
    do {
      this.#readOn(source)
      if (isSampling && this.#frames >= SAMPLE) {
        isSampling = false
        if (this.#packets * 2 >= this.#frames) this.#others.start()
      }
    } while (await source.more())
  }

  #readOn(source: FrameSource): void {
    const frame = this.#frame
    while (source.next(frame)) {
      this.#frames++
      if (this.#filter !== undefined && !this.#filter.passes(frame)) continue
      this.#packets++
      if (this.#ownLeft > 0) this.#printOwn(frame)
      else this.#add(frame, source.offsetOf?.(frame) ?? -1)
    }
  }

  get #blocks(): Blocks {
    return this.#others.blocks
  }

  /** The others have enough to do. */
  #haveEnough(): boolean {
    return this.#blocks.published - this.#blocks.claimed >= this.#others.ports.length * AHEAD
  }

  /** As a single thread does: the frame is neither looked at nor read twice. */
  #printOwn(frame: Frame): void {
    this.#write(this.#printer, this.#times, frame, this.#packets)
    if (--this.#ownLeft > 0) return
    this.#endOwn()
    if (this.#haveEnough()) this.#ownLeft = OWN_RUN
  }

  #endOwn(): void {
    this.#ownLeft = 0
    this.#writePrinted()
    this.#takeInTurn = this.#blocks.written === this.#number ? this.#send : this.#keepOwn
    this.#inTurn.flush()
    while (this.#ownText > MAX_OWN_TEXT) this.#help()
  }

  readonly #keepOwn = (chunk: Uint8Array): void => {
    const spare = this.#spare.pop()
    const memory = spare !== undefined && spare.length >= chunk.length ? spare : new Uint8Array(chunk.length * 2)
    memory.set(chunk)
    this.#own.push({ before: this.#number, memory, length: chunk.length })
    this.#ownText += chunk.length
  }

  #writeOwn(): void {
    for (let [first] = this.#own; first !== undefined && first.before === this.#blocks.written; [first] = this.#own) {
      this.#own.shift()
      this.#ownText -= first.length
      this.#send(first.memory.subarray(0, first.length))
      this.#spare.push(first.memory)
    }
  }

  /** `offset`: where in the file the frame is; -1: it cannot be read again. */
  #add(frame: Frame, offset: number): void {
    if (this.#block !== undefined && offset - this.#block.offset > SPAN) this.#publish()
    if (this.#block === undefined && this.#haveEnough()) {
      this.#ownLeft = OWN_RUN
      this.#printOwn(frame)
      return
    }
    const block = (this.#block ??= this.#begin(offset))
    const turn = offset < 0 ? Turn.KEEPS : advance(this.#options.print, this.#flows4, this.#flows6, frame)
    const at = offset - block.offset
    if (turn === Turn.KEEPS) {
      block.add(frame, at, this.#inRun ? Kind.GOES_ON : Kind.OPENS, 0, 0, 0)
      this.#inRun = true
      this.#write(this.#printer, this.#times, frame, this.#packets)
    } else {
      if (this.#inRun) this.#endRun()
      if (!isInvalid(frame)) this.#times.pass(frame.seconds, frame.nanos)
      this.#addFree(block, frame, at, turn)
    }
    if (block.count === FRAMES) this.#publish()
  }

  /** With what its numbers count from: 0 where they were shown as they are. */
  #addFree(block: Block, frame: Frame, at: number, turn: number): void {
    if (turn === Turn.FREE) return block.add(frame, at, Kind.FREE, 0, 0, 0)
    const { segment } = found
    const flows = found.isIp4 ? this.#flows4 : this.#flows6
    block.add(frame, at, Kind.FREE, (tcp.signedSeq(frame.b, segment) - flows.seq) | 0, (tcp.signedAck(frame.b, segment) - flows.ack) | 0, flows.sackBase | 0)
  }

  #begin(offset: number): Block {
    while (this.#number - this.#blocks.written >= this.#blocks.room) this.#help()
    const block = this.#blocks.block(this.#number)
    block.begin(this.#packets, offset, this.#times.reference())
    return block
  }

  #endRun(): void {
    this.#inRun = false
    let lines = NOTHING
    this.#takeInTurn = (chunk) => {
      lines = chunk.slice()
    }
    this.#inTurn.flush()
    const runs = this.#runs.get(this.#number)
    if (runs === undefined) this.#runs.set(this.#number, [lines])
    else runs.push(lines)
  }

  /** Hands the block being filled to whichever thread is free. */
  #publish(): void {
    if (this.#block === undefined) return
    if (this.#inRun) this.#endRun()
    this.#block = undefined
    this.#number++
    this.#blocks.publish()
    this.#writePrinted()
  }

  /** Prints a block, or waits until another thread has. */
  #help(): void {
    const bell = this.#blocks.bell
    const number = this.#blocks.claim()
    if (number >= 0) this.#print(number)
    else if (!this.#writePrinted()) this.#blocks.listen(bell)
    this.#writePrinted()
  }

  /** Straight to the output, when it is this block's turn. */
  #print(number: number): void {
    let isWritten = false
    const straight = (chunk: Uint8Array): void => {
      this.#send(chunk)
      isWritten = true
    }
    this.#free ??= new BlockPrinter(this.#options, this.#path, this.#blocks, this.#write)
    const printed = this.#free.print(number, this.#blocks.written === number ? straight : undefined)
    if (isWritten) {
      this.#blocks.setWritten(number + 1)
      this.#writeOwn()
    } else if (printed !== undefined) this.#printed.set(number, printed)
  }

  /** Writes what can be written in order; whether there was anything. */
  #writePrinted(): boolean {
    this.#collect()
    const before = this.#blocks.written
    let written = before
    for (;;) {
      const printed = this.#printed.get(written)
      const text = printed === undefined ? this.#blocks.text(written) : undefined
      if (printed === undefined && text === undefined) return written > before
      this.#printed.delete(written)
      if (text !== undefined) this.#send(text)
      else this.#writeJoined(printed!)
      this.#blocks.setWritten(++written)
      this.#writeOwn()
    }
  }

  readonly #send = (chunk: Uint8Array): void => {
    this.#broken = true
    if (chunk.length > 0) this.#io.out(chunk)
    this.#broken = false
  }

  #writeJoined({ block, text, runs }: Printed): void {
    const inTurn = this.#runs.get(block) ?? []
    this.#runs.delete(block)
    let from = 0
    for (const [i, to] of runs.entries()) {
      this.#joined.raw(text, from, to).raw(inTurn[i]!)
      from = to
    }
    this.#joined.raw(text, from)
    this.#joined.flush()
  }

  #collect(): void {
    for (const port of this.#others.ports) {
      for (let message = receiveMessageOnPort(port); message !== undefined; message = receiveMessageOnPort(port)) {
        const printed = message.message as Printed
        if (printed.failure !== undefined) {
          this.#broken = true
          throw printed.failure
        }
        this.#printed.set(printed.block, printed)
      }
    }
  }
}
