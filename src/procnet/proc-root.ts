/**
 * Reading files under /proc: tables in big pieces of whole lines, small files at once, directories of numbers. Nothing here
 * knows what a table means. A file that is absent is undefined; any other failure is a UserError that names it.
 */
import { closeSync, openSync, readFileSync, readSync, readdirSync, readlinkSync, statSync } from 'node:fs'
import { UserError, errnoName, reason } from '../errors.js'

/** Bytes gathered before lines are handed on. A read of a seq_file gives at most a page of whole lines. */
const PIECE = 1 << 16
/** A line longer than this is not one of the kernel's: its rest is passed over. */
const MAX_LINE = 1 << 15

const NEWLINE = 10

/** What takes the lines `b[at] … b[end - 1]`, each ended by a newline but perhaps the last of the file. Lent, as ever. */
export type TakeLines = (b: Uint8Array, at: number, end: number) => void

export class ProcRoot {
  /** `/proc`, or a tree that stands in for it. */
  readonly path: string
  /** Directory of the network tables: `net`, or `PID/net` for another network namespace. */
  readonly net: string

  constructor(path = '/proc', net = 'net') {
    this.path = path
    this.net = net
  }

  /** The same root, seen from another network namespace. */
  of(pid: number): ProcRoot {
    return new ProcRoot(this.path, `${pid}/net`)
  }

  /** Throws a UserError when there is no directory of tables at all. */
  check(): void {
    const path = `${this.path}/${this.net}`
    try {
      if (statSync(path).isDirectory()) return
    } catch (error) {
      throw new UserError(`${path}: ${reason(error)} (is proc mounted?)`)
    }
    throw new UserError(`${path}: not a directory (is proc mounted?)`)
  }

  /** A table's path, as messages name it. */
  table(name: string): string {
    return `${this.path}/${this.net}/${name}`
  }

  /** Hands on every line of a table; false when there is no such file. The buffer is one per call and is refilled. */
  lines(name: string, take: TakeLines): boolean {
    const reader = this.open(name)
    if (reader === undefined) return false
    try {
      while (reader.next()) take(reader.b, reader.at, reader.end)
    } finally {
      reader.close()
    }
    return true
  }

  /** A reader of the table's lines in pieces, or undefined when there is no such file. */
  open(name: string, piece = PIECE): LineReader | undefined {
    const path = this.table(name)
    let fd: number
    try {
      fd = openSync(path, 'r')
    } catch (error) {
      if (absent(error)) return undefined
      throw new UserError(`${path}: ${reason(error)}`)
    }
    return new LineReader(fd, path, piece)
  }

  /** A small file of /proc/net, whole. */
  file(name: string): Uint8Array | undefined {
    const path = this.table(name)
    try {
      return readFileSync(path)
    } catch (error) {
      if (absent(error)) return undefined
      throw new UserError(`${path}: ${reason(error)}`)
    }
  }

  /** The process ids in the root, ascending, as the kernel lists them. */
  pids(): number[] {
    return numbers(this.path)
  }
}

const absent = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(errnoName(error) ?? '')

/** Entries of a directory whose names are numbers, ascending; none when it cannot be read. */
export function numbers(directory: string): number[] {
  let names: string[]
  try {
    names = readdirSync(directory)
  } catch {
    return []
  }
  const found: number[] = []
  for (const name of names) {
    const n = Number(name)
    if (n > 0 && Number.isSafeInteger(n)) found.push(n)
  }
  return found.sort((a, b) => a - b)
}

/** Where a symbolic link points; undefined when it is gone or may not be read. */
export function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}

export class LineReader {
  /** Whole lines: `b[at] … b[end - 1]`. */
  b: Uint8Array
  at = 0
  end = 0
  readonly #path: string
  #fd: number
  /** One past the last byte read: what lies between `end` and it is the start of a line. */
  #filled = 0
  #ended = false
  #skipping = false

  constructor(fd: number, path: string, piece: number) {
    this.#fd = fd
    this.#path = path
    this.b = new Uint8Array(piece)
  }

  /** Reads on; false at the end of the file. */
  next(): boolean {
    const { b } = this
    if (this.end > 0) b.copyWithin(0, this.end, this.#filled)
    let filled = this.#filled - this.end
    this.at = this.end = 0
    for (;;) {
      // A page is the most that one read gives: stop where one more might not fit.
      while (!this.#ended && filled + 4096 <= b.length) {
        const got = this.#read(filled)
        if (got === 0) this.#ended = true
        filled += got
      }
      let end = filled
      if (!this.#ended || this.#skipping) end = b.lastIndexOf(NEWLINE, filled - 1) + 1
      if (this.#skipping) {
        const newline = b.indexOf(NEWLINE)
        if (newline < 0 || newline >= filled) {
          filled = 0
          if (this.#ended) return false
          continue
        }
        this.#skipping = false
        this.at = newline + 1
        end = this.#ended ? filled : end
      }
      if (end === 0 && filled >= MAX_LINE) {
        // No newline in all of it: hand on what there is as a line (it will be found wanting) and pass over the rest.
        this.#skipping = true
        end = filled
      }
      this.#filled = filled
      this.end = end
      if (this.at < end) return true
      if (this.#ended) return false
    }
  }

  #read(filled: number): number {
    try {
      return readSync(this.#fd, this.b, filled, this.b.length - filled, null)
    } catch (error) {
      throw new UserError(`${this.#path}: ${reason(error)}`)
    }
  }

  close(): void {
    if (this.#fd >= 0) closeSync(this.#fd)
    this.#fd = -1
  }
}
