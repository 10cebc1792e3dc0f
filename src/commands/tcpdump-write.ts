/** -w: packets into one file, or into a row of files by size (-C) and by time (-G), named as tcpdump(1) names them. */
import { spawn } from 'node:child_process'
import { constants, release, setPriority } from 'node:os'
import packageJson from '../../package.json' with { type: 'json' }
import type { Counts } from '../capture/libpcap-live.js'
import type { FrameSource, SourceInterface } from '../capture/source.js'
import { CaptureWriter, PcapFormat, PcapngFormat, type RecordFormat } from '../capture/writer.js'
import { UserError, reason } from '../errors.js'
import type { Frame } from '../frame.js'
import { strftime } from '../format/strftime.js'
import type { Io } from '../io.js'
import type { WriteOptions } from './tcpdump-live-options.js'
import type { TcpdumpOptions } from './tcpdump-options.js'
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

  /** The last file is not one that -z is for: no rotation closed it. */
  close(): void {
    this.#end()
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

  /** `FILE`, `FILE1` … by -C; `FILE00` … with -W (of one file no number); strftime(3) forms are filled in with -G only. */
  #name(): string {
    const { path, fileBytes, fileSeconds, fileCount } = this.#options
    const base = fileSeconds < Infinity ? strftime(path, new Date()) : path
    if (fileBytes === Infinity) return base
    if (fileCount > 1) return base + String(this.#bySize).padStart(String(fileCount - 1).length, '0')
    return this.#bySize === 0 ? base : `${base}${this.#bySize}`
  }

  /** -z: COMMAND FILE, without a shell, without waiting, and where nothing else wants the processor. */
  #closed(path: string): void {
    const { command } = this.#options
    if (command === undefined) return
    const child = spawn(command, [path], { stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('error', (error) => this.#around.say(`-z ${command}: ${reason(error)}`))
    child.unref()
    if (child.pid === undefined) return
    try {
      setPriority(child.pid, constants.priority.PRIORITY_LOW)
    } catch {
      // it has ended already
    }
  }
}

/**
 * Opens what -w asks for.
 * @param interfaces those that frames come from: one for pcap, and there may be more later for pcapng
 * @param counts what was received and dropped at each interface, for the end of a pcapng file; undefined where nobody counted
 * @throws UserError
 */
export function openWriter(options: WriteOptions, interfaces: readonly SourceInterface[], print: { readonly nano: boolean }, filter: string, io: Io, counts?: () => readonly Counts[]): RotatingWriter {
  const around = { toStdout: io.out, say: (line: string) => io.err(`sockscope tcpdump: ${line}`), ending: (): Uint8Array => nothing }
  if (!options.pcapng) {
    const [first] = interfaces
    if (first === undefined) throw new UserError(`-w ${options.path}: no interface, so a pcap file has no link type (write it with --pcapng)`)
    return new RotatingWriter(options, new PcapFormat(first, print.nano), around)
  }
  const facts = { application: `sockscope ${packageJson.version}`, system: `Linux ${release()}`, filter }
  const format = new PcapngFormat(interfaces, print.nano, facts)
  const ending = (): Uint8Array => Buffer.concat((counts?.() ?? []).map(({ received, dropped }, id) => format.statistics(id, received, dropped, Date.now())))
  return new RotatingWriter(options, format, { ...around, ending })
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

/** Captures that are read, copied into what -w names: one file after the other, each with interfaces of its own. */
export class Copy {
  readonly #interfaces: SourceInterface[] = []
  readonly #options: TcpdumpOptions
  readonly #filter: string
  readonly #io: Io
  #files: RotatingWriter | undefined
  #source: FrameSource | undefined
  /** Where the interfaces of the present source begin among all. */
  #base = 0

  constructor(options: TcpdumpOptions, filter: string, io: Io) {
    this.#options = options
    this.#filter = filter
    this.#io = io
  }

  /** Makes what is read next come from `source`; opens the file at the first. @throws UserError */
  from(source: FrameSource, printing: Consumer | undefined): Consumer {
    this.#source = source
    this.#base = this.#interfaces.length
    this.#meet()
    const files = (this.#files ??= openWriter(this.#options.write!, this.#interfaces, this.#options.print, this.#filter, this.#io))
    const writing = writingConsumer(files, undefined)
    return {
      take: (frame) => {
        printing?.take(frame)
        frame.interfaceId += this.#base
        if (frame.interfaceId >= this.#interfaces.length) this.#meet()
        writing.take(frame)
      },
      isFull: () => printing?.isFull() ?? false,
      settle: () => printing?.settle(), // files are written as they fill up
    }
  }

  #meet(): void {
    this.#interfaces.push(...this.#source!.interfaces.slice(this.#interfaces.length - this.#base))
  }

  flush(): void {
    this.#files?.flush()
  }

  close(): void {
    this.#files?.close()
  }
}
