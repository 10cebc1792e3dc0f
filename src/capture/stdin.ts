/** Standard input as a source of bytes: a file, a pipe or a socket. */

import { constants, fstatSync, openSync, type Stats } from 'node:fs'
import { Socket } from 'node:net'
import { isatty, ReadStream } from 'node:tty'
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
  if (stats.isDirectory()) throw new UserError(`${label}: is a directory (give a file, a pipe or a socket)`)
  if (stats.isFIFO()) return { reader: stdinPipe(label), isStream: true }
  if (stats.isSocket()) return { reader: new SocketReader(socketOn(0), label), isStream: true }
  return { reader: new FileReader(0, label), isStream: false }
}

/** Whatever standard input is, a terminal too. Descriptor 0 stays open after close(). @throws UserError when it is closed or a directory */
export function stdinReader(label: string): ByteReader {
  return isatty(0) ? new SocketReader(new ReadStream(0), label) : openStdin(label).reader
}

/**
 * A blocked read would keep signals waiting, and O_NONBLOCK set on descriptor 0 would hold for every process that shares
 * it; so the pipe is opened once more.
 */
function stdinPipe(label: string): ByteReader {
  try {
    return new PipeReader(openSync('/proc/self/fd/0', constants.O_RDONLY | constants.O_NONBLOCK), label, false)
  } catch {
    return new SocketReader(socketOn(0), label) // no /proc, or the pipe is another user's
  }
}

const socketOn = (fd: number): Socket => new Socket({ fd, readable: true, writable: false })

/** Reads a terminal, or a socket that is standard input (a parent in Node.js or sshd gives one), without blocking. */
class SocketReader implements ByteReader {
  readonly #socket: Socket
  readonly #label: string
  #rest: Uint8Array = new Uint8Array(0)
  #failure: Error | undefined
  #ended = false
  #wake: () => void = () => {}

  constructor(socket: Socket, label: string) {
    this.#label = label
    this.#socket = socket
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
