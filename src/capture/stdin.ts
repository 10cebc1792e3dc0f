/** Standard input as a source of bytes: a file, a pipe or a socket. */

import { constants, fstatSync, openSync, type Stats } from 'node:fs'
import { Socket } from 'node:net'
import { isatty } from 'node:tty'
import { reason, UserError } from '../errors.js'
import { FileReader, PipeReader, type ByteReader, type Opened } from './input.js'

/** @throws UserError when standard input is closed, a directory or a terminal */
export function openStdin(label: string): Opened {
  if (isatty(0)) throw new UserError(`${label}: is a terminal, not a capture (pipe or redirect one into it)`)
  let stats: Stats
  try {
    stats = fstatSync(0)
  } catch (error) {
    throw new UserError(`${label}: ${reason(error)}`)
  }
  if (stats.isDirectory()) throw new UserError(`${label}: is a directory, not a capture`)
  if (stats.isFIFO()) return { reader: stdinPipe(label), isStream: true }
  if (stats.isSocket()) return { reader: new SocketReader(0, label), isStream: true }
  return { reader: new FileReader(0, label), isStream: false }
}

/**
 * A blocked read would keep signals waiting, and O_NONBLOCK set on descriptor 0 would hold for every process that shares
 * it; so the pipe is opened once more.
 */
function stdinPipe(label: string): ByteReader {
  try {
    return new PipeReader(openSync('/proc/self/fd/0', constants.O_RDONLY | constants.O_NONBLOCK), label, false)
  } catch {
    return new SocketReader(0, label) // no /proc, or the pipe is another user's
  }
}

/** Reads a socket that is standard input (a parent in Node.js or sshd gives one), without blocking. */
class SocketReader implements ByteReader {
  readonly #socket: Socket
  readonly #label: string
  #rest: Uint8Array = new Uint8Array(0)
  #failure: Error | undefined
  #ended = false
  #wake: () => void = () => {}

  constructor(fd: number, label: string) {
    this.#label = label
    this.#socket = new Socket({ fd, readable: true, writable: false })
    this.#socket.on('readable', () => this.#wake())
    this.#socket.on('end', () => this.#finish())
    this.#socket.on('close', () => this.#finish())
    this.#socket.on('error', (error) => {
      this.#failure = error
      this.#finish()
    })
  }

  async read(b: Uint8Array, at: number): Promise<number> {
    while (this.#rest.length === 0) {
      const chunk = this.#socket.read() as Uint8Array | null
      if (chunk !== null) this.#rest = chunk
      else if (this.#failure !== undefined) throw new UserError(`${this.#label}: reading failed: ${reason(this.#failure)}`)
      else if (this.#ended) return 0
      else await new Promise<void>((resolve) => (this.#wake = resolve))
    }
    const taken = this.#rest.subarray(0, b.length - at)
    b.set(taken, at)
    this.#rest = this.#rest.subarray(taken.length)
    return taken.length
  }

  close(): void {
    this.#socket.destroy()
  }

  #finish(): void {
    this.#ended = true
    this.#wake()
  }
}
