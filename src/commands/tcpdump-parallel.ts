/**
 * A large capture file printed by several threads. The first reads the file, looks up what the lines of TCP segments depend
 * on, and publishes blocks of frames; each thread, the first too, reads and prints the blocks that it claims. The
 * first writes them in order. Frames that must be printed in turn it prints itself as it meets them (format/advance.ts), and
 * puts their lines between the others'. So every line is the one that a single thread would print.
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

/** The threads that print the capture at `path`; they start while the first opens it and compiles the filter. */
export class PrintingThreads {
  readonly #options: TcpdumpOptions
  readonly #io: Io
  readonly #path: string
  readonly #memory: SharedMemory
  readonly #workers: Worker[] = []
  readonly #ports: MessagePort[] = []

  constructor(options: TcpdumpOptions, io: Io, path: string) {
    this.#options = options
    this.#io = io
    this.#path = path
    this.#memory = newSharedMemory(options.threads)
    for (let n = 1; n < options.threads; n++) this.#start()
  }

  #start(): void {
    const { port1, port2 } = new MessageChannel()
    const work: Work = { options: this.#options, path: this.#path, memory: this.#memory, port: port2 }
    const worker = new Worker('const { workerData } = require("node:worker_threads"); require(workerData.loader)("tcpdump").work(workerData.work)', {
      eval: true,
      workerData: { loader: this.#io.loader, work },
      transferList: [port2],
      stdout: true,
      stderr: true,
    })
    worker.unref()
    this.#workers.push(worker)
    this.#ports.push(port1)
  }

  /**
   * Prints the whole of `source`, which has just been opened from the path; the filter is ready for it.
   * @throws what reading throws, after everything before it has been written
   */
  async print(source: FrameSource, filter: FrameFilter | undefined): Promise<void> {
    const first = new FirstThread(this.#options, this.#io, this.#path, new Blocks(this.#memory), this.#ports, await frameWriter(this.#options), filter)
    await first.print(source)
  }

  async end(): Promise<void> {
    for (const port of this.#ports) port.close()
    await Promise.all(this.#workers.map((worker) => worker.terminate()))
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

/** Blocks that may wait for each of the other threads before the first prints one itself. */
const AHEAD = 8

const NOTHING = new Uint8Array(0)

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
  readonly #blocks: Blocks
  readonly #ports: readonly MessagePort[]
  readonly #filter: FrameFilter | undefined
  readonly #write: WriteFrame
  readonly #free: BlockPrinter
  /** Frames printed in turn go here. */
  readonly #inTurn: LineWriter
  #inTurnText = new Uint8Array(0)
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
  /** The block being filled, and its number. */
  #block: Block | undefined
  #number = 0
  #inRun = false
  #packets = 0
  /** Writing failed, or a thread: nothing more can be written in order. */
  #broken = false

  constructor(options: TcpdumpOptions, io: Io, path: string, blocks: Blocks, ports: readonly MessagePort[], write: WriteFrame, filter: FrameFilter | undefined) {
    this.#options = options
    this.#io = io
    this.#blocks = blocks
    this.#ports = ports
    this.#write = write
    this.#filter = filter
    this.#free = new BlockPrinter(options, path, blocks, write)
    this.#inTurn = new LineWriter((chunk) => (this.#inTurnText = chunk.slice()), Infinity)
    this.#printer = new Printer(this.#inTurn, options.print, undefined, this.#flows4, this.#flows6)
    this.#joined = new LineWriter((chunk) => this.#send(chunk), Infinity)
    this.#times = new Timestamps(options.print)
  }

  async print(source: FrameSource): Promise<void> {
    try {
      await this.#readAll(source)
    } finally {
      if (!this.#broken) {
        this.#publish()
        this.#blocks.close()
        while (this.#blocks.written < this.#number) this.#help()
      }
      this.#free.close()
    }
  }

  async #readAll(source: FrameSource): Promise<void> {
    const frame = newFrame()
    do {
      while (source.next(frame)) {
        if (this.#filter !== undefined && !this.#filter.passes(frame)) continue
        this.#packets++
        this.#add(frame, source.offsetOf?.(frame) ?? -1)
      }
    } while (await source.more())
  }

  /** `offset`: where in the file the frame is; -1: it cannot be read again. */
  #add(frame: Frame, offset: number): void {
    if (this.#block !== undefined && offset - this.#block.offset > SPAN) this.#publish()
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
    this.#inTurnText = new Uint8Array(0)
    this.#inTurn.flush()
    const runs = this.#runs.get(this.#number)
    if (runs === undefined) this.#runs.set(this.#number, [this.#inTurnText])
    else runs.push(this.#inTurnText)
  }

  /** Hands the block being filled to whichever thread is free; helps printing when the others have enough to do. */
  #publish(): void {
    if (this.#block === undefined) return
    if (this.#inRun) this.#endRun()
    this.#block = undefined
    this.#number++
    this.#blocks.publish()
    while (this.#blocks.published - this.#blocks.claimed > this.#ports.length * AHEAD) this.#help()
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
    const printed = this.#free.print(number, this.#blocks.written === number ? straight : undefined)
    if (isWritten) this.#blocks.setWritten(number + 1)
    else if (printed !== undefined) this.#printed.set(number, printed)
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
    }
  }

  #send(chunk: Uint8Array): void {
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
    for (const port of this.#ports) {
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
