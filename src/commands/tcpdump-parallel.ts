/**
 * A large capture file printed by several threads. Each walks the whole file and keeps the state that lines depend on
 * (relative numbers, the time of the line before), but prints only the blocks of packets that it claims; the first thread
 * writes the blocks in order. So every line is the one that a single thread would print.
 */
import { statSync } from 'node:fs'
import { MessageChannel, Worker, receiveMessageOnPort, type MessagePort } from 'node:worker_threads'
import { openCapture } from '../capture/file.js'
import type { FrameFilter } from '../capture/frame-filter.js'
import type { FrameSource } from '../capture/source.js'
import { UserError } from '../errors.js'
import { newFrame, type Frame } from '../frame.js'
import { advancePlainSegment } from '../format/advance.js'
import { LineWriter } from '../format/line.js'
import { writePacket } from '../format/packet.js'
import { Printer } from '../format/printer.js'
import { Timestamps } from '../format/timestamp.js'
import type { Io } from '../io.js'
import { filterOf } from './tcpdump-filter.js'
import type { TcpdumpOptions } from './tcpdump-options.js'

/** Packets in a block. */
const BLOCK = 2048
/** Blocks that a thread may be ahead of what has been written: bounds memory. */
const AHEAD = 16
/** A record takes at least this many bytes of the file: bounds the number of blocks. */
const MIN_RECORD = 16

/** What a thread needs to know. All of it can be cloned. */
export interface Work {
  readonly options: TcpdumpOptions
  readonly path: string
  readonly shared: SharedArrayBuffer
  readonly port: MessagePort
}

/** A printed block; or what a bug of ours threw in that thread. */
interface Block {
  readonly block: number
  readonly text: Uint8Array
  readonly failure?: unknown
}

type WriteJson = (p: Printer, frame: Frame, number: number) => void
const jsonWriter = async (options: TcpdumpOptions): Promise<WriteJson | undefined> =>
  options.json ? (await import('../format/json.js')).writePacketJson : undefined

/** Slots of the shared words before the claims: how many blocks have been written, and a bell that a finished block rings. */
const Slot = { WRITTEN: 0, BELL: 1, CLAIMS: 2 } as const

/**
 * Prints the whole of `source`, which has just been opened from `options.readFile`.
 * @throws what reading throws, after everything before it has been written
 */
export async function printInParallel(options: TcpdumpOptions, io: Io, source: FrameSource): Promise<void> {
  const path = options.readFile ?? '-'
  const blocks = Math.ceil(statSync(path).size / MIN_RECORD / BLOCK) + 1
  const shared = new SharedArrayBuffer((Slot.CLAIMS + blocks) * 4)
  const workers: Worker[] = []
  const ports: MessagePort[] = []
  for (let n = 1; n < options.threads; n++) {
    const { port1, port2 } = new MessageChannel()
    const work: Work = { options, path, shared, port: port2 }
    const worker = new Worker('const { workerData } = require("node:worker_threads"); require(workerData.loader)("tcpdump").work(workerData.work)', {
      eval: true,
      workerData: { loader: io.loader, work },
      transferList: [port2],
      stdout: true,
      stderr: true,
    })
    worker.unref()
    workers.push(worker)
    ports.push(port1)
  }
  try {
    await new Writer(io, shared, ports).print(options, source)
  } finally {
    for (const port of ports) port.close()
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

/** A thread besides the first: prints the blocks that it claims, and posts them. */
export async function work({ options, path, shared, port }: Work): Promise<void> {
  const words = new Int32Array(shared)
  const source = await openCapture(path)
  const thread = new Thread(options, words, await jsonWriter(options))
  const finish = (block: number): void => {
    const text = thread.take()
    port.postMessage({ block, text } satisfies Block, [text.buffer as ArrayBuffer])
    Atomics.add(words, Slot.BELL, 1)
    Atomics.notify(words, Slot.BELL)
  }
  const wait = (block: number): void => {
    for (let written = Atomics.load(words, Slot.WRITTEN); block > written + AHEAD; written = Atomics.load(words, Slot.WRITTEN)) {
      Atomics.wait(words, Slot.WRITTEN, written)
    }
  }
  try {
    await thread.print(source, await filterOf(options), wait, finish)
  } catch (error) {
    // The first thread reads the same file: it meets the same damage and reports it.
    if (!(error instanceof UserError)) {
      port.postMessage({ block: -1, text: new Uint8Array(0), failure: error } satisfies Block)
      Atomics.add(words, Slot.BELL, 1)
      Atomics.notify(words, Slot.BELL)
    }
  } finally {
    source.close()
    port.close()
  }
}

/** Walks the whole capture, prints the blocks that it claims, and only learns from the others. */
class Thread {
  readonly #words: Int32Array
  readonly #out: LineWriter
  readonly #printer: Printer
  readonly #times: Timestamps
  readonly #json: WriteJson | undefined
  #text = new Uint8Array(0)
  /** Packets that passed the filter. */
  packets = 0

  constructor(options: TcpdumpOptions, words: Int32Array, json: WriteJson | undefined) {
    this.#words = words
    this.#out = new LineWriter((chunk) => (this.#text = chunk.slice()), Infinity)
    this.#printer = new Printer(this.#out, options.print, undefined)
    this.#times = new Timestamps(options.print)
    this.#json = json
  }

  /** The lines printed since the last call. */
  take(): Uint8Array {
    this.#text = new Uint8Array(0)
    this.#out.flush()
    return this.#text
  }

  /** @param wait called before a block is printed; `finish` after it */
  async print(source: FrameSource, filter: FrameFilter | undefined, wait: (block: number) => void, finish: (block: number) => void): Promise<void> {
    const frame = newFrame()
    let mine = false
    let block = -1
    try {
      do {
        while (source.next(frame)) {
          if (filter !== undefined && !filter.passes(frame)) continue
          if (this.packets % BLOCK === 0) {
            if (mine) finish(block)
            block++
            mine = this.#claim(block)
            if (mine) wait(block)
          }
          this.packets++
          if (mine) this.#print(frame)
          else this.#advance(frame)
        }
      } while (await source.more())
    } finally {
      if (mine) finish(block)
    }
  }

  #claim(block: number): boolean {
    return Atomics.compareExchange(this.#words, Slot.CLAIMS + block, 0, 1) === 0
  }

  #print(frame: Frame): void {
    if (this.#json === undefined) writePacket(this.#printer, this.#times, frame, this.packets)
    else this.#json(this.#printer, frame, this.packets)
  }

  #advance(frame: Frame): void {
    if (advancePlainSegment(this.#printer, frame)) {
      this.#times.pass(frame.seconds, frame.nanos)
      return
    }
    this.#print(frame)
    this.#out.rewind(0)
  }
}

/** The first thread: prints like the others, and writes all blocks in order. */
class Writer {
  readonly #io: Io
  readonly #words: Int32Array
  readonly #ports: readonly MessagePort[]
  readonly #arrived = new Map<number, Uint8Array>()
  #next = 0

  constructor(io: Io, shared: SharedArrayBuffer, ports: readonly MessagePort[]) {
    this.#io = io
    this.#words = new Int32Array(shared)
    this.#ports = ports
  }

  async print(options: TcpdumpOptions, source: FrameSource): Promise<void> {
    const thread = new Thread(options, this.#words, await jsonWriter(options))
    try {
      await thread.print(source, await filterOf(options), () => {}, (block) => {
        this.#arrived.set(block, thread.take())
        this.#write(block + 1)
      })
    } finally {
      this.#write(Math.ceil(thread.packets / BLOCK))
    }
  }

  /** Writes all blocks before `end`, waiting for those that other threads still print. */
  #write(end: number): void {
    for (; this.#next < end; this.#next++) {
      let text = this.#arrived.get(this.#next)
      while (text === undefined) {
        const bell = Atomics.load(this.#words, Slot.BELL)
        this.#collect()
        text = this.#arrived.get(this.#next)
        if (text === undefined) Atomics.wait(this.#words, Slot.BELL, bell)
      }
      this.#arrived.delete(this.#next)
      this.#io.out(text)
      Atomics.store(this.#words, Slot.WRITTEN, this.#next + 1)
      Atomics.notify(this.#words, Slot.WRITTEN)
    }
  }

  #collect(): void {
    for (const port of this.#ports) {
      for (let message = receiveMessageOnPort(port); message !== undefined; message = receiveMessageOnPort(port)) {
        const { block, text, failure } = message.message as Block
        if (failure !== undefined) throw failure
        this.#arrived.set(block, text)
      }
    }
  }
}
