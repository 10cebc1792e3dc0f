/**
 * Bytes of a file, a pipe or a gzip stream in one reused buffer, with their offsets. Memory stays flat whatever the size:
 * the buffer grows only as far as one record needs, and only as its bytes arrive.
 */

import { closeSync, constants, fstatSync, openSync, readSync, statSync, type Stats } from 'node:fs'
import { errnoName, reason, UserError } from '../errors.js'
import type { Window } from './walker.js'

/** Where an Input gets its bytes. */
export interface ByteReader {
  /** Writes at least one byte into `b` from `at` on, waiting for it if need be: how many, 0 at the end. Throws UserError. */
  read(b: Uint8Array, at: number): Promise<number>
  close(): void
}

/** Half of what a processor core's own cache has today: bytes just read are still there when they are looked at. */
const BUFFER = 512 * 1024

/**
 * The first read, bytes; each further one may be twice as long, up to the buffer's end. Soon at the end of the buffer a few times, V8 knows that path before it
 * compiles the loops over packets: met later, it would have them compiled again.
 */
const FIRST_READ = 1 << 12

/** A Window that slides over everything a ByteReader gives. */
export class Input implements Window {
  b: Uint8Array = new Uint8Array(BUFFER)
  at = 0
  end = 0
  base = 0
  readonly #reader: ByteReader
  #most = FIRST_READ

  constructor(reader: ByteReader) {
    this.#reader = reader
  }

  /**
   * Reads once: false at the end of the bytes. What stands before `at` is given up and the rest moves to the front, so
   * offsets into `b` are void. The buffer doubles when it is full of one record, as that record's bytes arrive.
   */
  async more(): Promise<boolean> {
    if (this.at > 0) {
      this.b.copyWithin(0, this.at, this.end)
      this.base += this.at
      this.end -= this.at
      this.at = 0
    }
    if (this.end === this.b.length) {
      const larger = new Uint8Array(this.b.length * 2)
      larger.set(this.b)
      this.b = larger
    }
    const got = await this.#reader.read(this.b.subarray(0, this.end + this.#most), this.end)
    if (this.#most < BUFFER) this.#most *= 2 // a record larger than the buffer is read in steps of its size
    this.end += got
    return got > 0
  }

  /** Reads until `size` bytes from `at` on are in memory: false when they end before. */
  async atLeast(size: number): Promise<boolean> {
    while (this.end - this.at < size) if (!(await this.more())) return false
    return true
  }

  close(): void {
    this.#reader.close()
  }
}

/** An open file: how to read it, and whether its bytes come as they happen (a pipe or socket, not a file). */
export interface Opened {
  readonly reader: ByteReader
  readonly isStream: boolean
}

/**
 * Opens the file at `path` to read; never waits for a FIFO's writer to open it, never takes a terminal over.
 * @throws UserError when it is missing, not ours to read, a directory or a device
 */
export function openPath(path: string): Opened {
  let fd = -1
  try {
    refuse(path, statSync(path)) // before open: that alone sets some devices going
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
    const stats = fstatSync(fd)
    refuse(path, stats)
    return stats.isFIFO() ? { reader: new PipeReader(fd, path, true), isStream: true } : { reader: new FileReader(fd, path), isStream: false }
  } catch (error) {
    if (fd >= 0) closeSync(fd)
    if (error instanceof UserError) throw error
    const hint = errnoName(error) === 'EACCES' ? ' (read it as a user who may, or copy it to where you may)' : ''
    throw new UserError(`${path}: ${reason(error)}${hint}`)
  }
}

function refuse(path: string, stats: Stats): void {
  if (stats.isDirectory()) throw new UserError(`${path}: is a directory, not a capture file`)
  if (stats.isCharacterDevice()) throw new UserError(`${path}: is a device, not a capture file (to capture live, name an interface with -i)`)
  if (stats.isSocket()) throw new UserError(`${path}: is a socket, not a capture file`)
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
/** Longest that signals wait while a file is read, seconds. */
const MAX_HOLD = 0.005
const sleep = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis))

/** Reads what never makes us wait long: regular files. Descriptor 0 is left open, it is not ours. */
export class FileReader implements ByteReader {
  #fd: number
  readonly #label: string
  /** When signals were last let in, by process.uptime(): a clock that only goes forward. (`performance` takes a millisecond to load.) */
  #turned = process.uptime()

  constructor(fd: number, label: string) {
    this.#fd = fd
    this.#label = label
  }

  async read(b: Uint8Array, at: number): Promise<number> {
    if (process.uptime() - this.#turned > MAX_HOLD) {
      await turn()
      this.#turned = process.uptime()
    }
    return this.#fd < 0 ? 0 : readNow(this.#fd, b, at, this.#label)
  }

  close(): void {
    if (this.#fd > 0) closeSync(this.#fd)
    this.#fd = -1
  }
}

/** Bytes read, 0 at the end, WAIT when there are none yet. */
function readNow(fd: number, b: Uint8Array, at: number, label: string): number {
  try {
    return readSync(fd, b, at, b.length - at, null)
  } catch (error) {
    if (errnoName(error) === 'EAGAIN') return WAIT
    throw new UserError(`${label}: reading failed: ${reason(error)}`)
  }
}

const WAIT = -1
/** Longest sleep between two looks at a silent pipe, milliseconds: what a stalled sender's next packet is late by at most. */
const MAX_SLEEP = 10
/** How long a FIFO may have no writer, milliseconds: its writer is often started just after its reader. */
export const WRITER_WAIT = 2000

/** Reads a non-blocking pipe; a short read is handed out at once. Between looks the event loop runs, so signals and close work. */
export class PipeReader implements ByteReader {
  #fd: number
  #mayLackWriter: boolean
  readonly #label: string

  constructor(fd: number, label: string, mayLackWriter: boolean) {
    this.#fd = fd
    this.#label = label
    this.#mayLackWriter = mayLackWriter
  }

  async read(b: Uint8Array, at: number): Promise<number> {
    await turn()
    const start = performance.now()
    for (let tries = 0; this.#fd >= 0; tries++) {
      const got = readNow(this.#fd, b, at, this.#label)
      if (got !== 0) this.#mayLackWriter = false
      if (got > 0) return got
      if (got === 0 && !this.#mayLackWriter) return 0
      if (got === 0 && performance.now() - start > WRITER_WAIT) {
        throw new UserError(`${this.#label}: is a FIFO that no program writes into: waited ${WRITER_WAIT / 1000} s (start the writer first)`)
      }
      await (tries < 50 ? turn() : sleep(Math.min(MAX_SLEEP, tries - 49)))
    }
    return 0
  }

  close(): void {
    if (this.#fd >= 0) closeSync(this.#fd)
    this.#fd = -1
  }
}

/** Whether these bytes open a gzip member (RFC 1952 §2.3.1). */
export const isGzip = (b: Uint8Array, at: number): boolean => b[at] === 0x1f && b[at + 1] === 0x8b

/** `reader` with `bytes`, which were read from it, put back before the rest. */
export function before(bytes: Uint8Array, reader: ByteReader): ByteReader {
  let rest = bytes
  return {
    read: async (b, at) => {
      if (rest.length === 0) return reader.read(b, at)
      const taken = rest.subarray(0, b.length - at)
      b.set(taken, at)
      rest = rest.subarray(taken.length)
      return taken.length
    },
    close: () => reader.close(),
  }
}
