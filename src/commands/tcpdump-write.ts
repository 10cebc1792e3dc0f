/** -w: packets into one file, or into a row of files by size (-C) and by time (-G), named as tcpdump(1) names them. */
import { spawn } from 'node:child_process'
import type { FrameSource } from '../capture/source.js'
import { CaptureWriter, PcapFormat, type CaptureFacts, type RecordFormat } from '../capture/writer.js'
import { UserError } from '../errors.js'
import type { Frame } from '../frame.js'
import { strftime } from '../format/strftime.js'
import type { Io } from '../io.js'
import type { WriteOptions } from './tcpdump-live-options.js'
import type { Consumer } from './tcpdump-print.js'

/** What goes with files from outside: standard output, the clocks, what is told. */
export interface WriteSurroundings {
  readonly toStdout: (chunk: Uint8Array) => void
  readonly say: (line: string) => void
  /** What a file ends with; empty for none. */
  readonly ending: () => Uint8Array
}

export class RotatingWriter {
  readonly #options: WriteOptions
  readonly #format: RecordFormat
  readonly #around: WriteSurroundings
  #writer: CaptureWriter
  #path: string
  /** Number of the present file: by -C since the last change of time, and by -G. */
  #bySize = 0
  #byTime = 0
  /** Monotonic: a clock that is set does not move the end of a file. */
  #began = performance.now()
  #former = 0
  /** -W files by -G are full: the capture ends. */
  isOver = false

  /** Opens the first file. @throws UserError */
  constructor(options: WriteOptions, format: RecordFormat, around: WriteSurroundings) {
    this.#options = options
    this.#format = format
    this.#around = around
    this.#path = this.#name()
    this.#writer = this.#open()
  }

  /** Records whole in all files. */
  get records(): number {
    return this.#former + this.#writer.records
  }

  /** False: the last file is full, this frame was not taken and none will be. */
  write(frame: Frame, comment = ''): boolean {
    const { fileBytes, fileSeconds, fileCount } = this.#options
    if (fileSeconds < Infinity && performance.now() - this.#began >= fileSeconds * 1000) {
      this.#byTime++
      if (fileCount > 0 && fileBytes === Infinity && this.#byTime >= fileCount) {
        this.#around.say(`Maximum file limit reached: ${fileCount}`)
        this.isOver = true
        return false
      }
      const late = Math.floor((performance.now() - this.#began) / (fileSeconds * 1000))
      this.#began += late * fileSeconds * 1000
      this.#bySize = 0
      this.#next()
    } else if (this.#writer.bytes > fileBytes) {
      this.#bySize++
      if (fileCount > 0 && this.#bySize >= fileCount) this.#bySize = 0
      this.#next()
    }
    this.#writer.write(frame, comment)
    return true
  }

  flush(): void {
    this.#writer.flush()
  }

  close(): void {
    this.#end()
    if (this.#options.fileBytes < Infinity || this.#options.fileSeconds < Infinity) this.#closed(this.#path)
  }

  #end(): void {
    const ending = this.#around.ending()
    if (ending.length > 0) this.#writer.append(ending)
    this.#writer.close()
  }

  #next(): void {
    const former = this.#writer, path = this.#path
    this.#path = this.#name()
    this.#end()
    this.#former += former.records
    this.#closed(path)
    this.#writer = this.#open()
  }

  #open(): CaptureWriter {
    return new CaptureWriter(this.#path, this.#format, this.#around.toStdout)
  }

  /** `FILE`, `FILE1` … by -C; `FILE00` … with -W; strftime(3) forms are filled in with -G only. */
  #name(): string {
    const { path, fileBytes, fileSeconds, fileCount } = this.#options
    const base = fileSeconds < Infinity ? strftime(path, new Date()) : path
    if (fileBytes === Infinity) return base
    if (fileCount > 0) return base + String(this.#bySize).padStart(String(fileCount - 1).length, '0')
    return this.#bySize === 0 ? base : `${base}${this.#bySize}`
  }

  /** -z: COMMAND FILE, without a shell and without waiting. */
  #closed(path: string): void {
    const { command } = this.#options
    if (command === undefined) return
    const child = spawn(command, [path], { stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('error', (error) => this.#around.say(`-z ${command}: ${error.message}`))
  }
}

/** Opens what -w asks for, in the form that `source` needs. @throws UserError */
export function openWriter(options: WriteOptions, source: FrameSource, nanoseconds: boolean, facts: CaptureFacts, io: Io): RotatingWriter {
  void facts // for pcapng
  const [first] = source.interfaces
  if (first === undefined) throw new UserError(`-w ${options.path}: ${source.label} has no interface, so a file of it has no link type (read another)`)
  const format = new PcapFormat(first, nanoseconds)
  return new RotatingWriter(options, format, { toStdout: io.out, say: io.err, ending: () => nothing })
}

const nothing = new Uint8Array(0)

/** Writes each frame, and prints it as well where `printing` is there. What was taken is in the file when it settles. */
export function writingConsumer(files: RotatingWriter, printing: Consumer | undefined): Consumer {
  return {
    take: (frame) => {
      if (files.write(frame)) printing?.take(frame)
    },
    isFull: () => printing?.isFull() ?? false,
    settle: () => {
      files.flush()
      return printing?.settle()
    },
  }
}
