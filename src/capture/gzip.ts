/** Captures under gzip — RFC 1952 — unpacked as they are read. */

import { createGunzip, type Gunzip } from 'node:zlib'
import { errnoName, UserError } from '../errors.js'
import type { ByteReader } from './input.js'

/** Packed bytes taken at a time: what stands behind a damage in the same piece is lost, so it is short. */
const PACKED = 16 * 1024
/** Unpacked bytes made at a time. */
const UNPACKED = 64 * 1024

/**
 * Unpacks a gzip stream, all its members, no faster than it is read. Of a damaged stream, up to UNPACKED bytes before the
 * damage may be lost; of one that is cut, none.
 */
export class GzipReader implements ByteReader {
  readonly #from: ByteReader
  readonly #label: string
  readonly #packed = new Uint8Array(PACKED)
  readonly #gunzip: Gunzip = createGunzip({ chunkSize: UNPACKED })
  #taken = 0
  #rest: Uint8Array = new Uint8Array(0)
  #failure: Error | undefined
  #ended = false
  #busy = false
  #inputEnded = false
  #wake: () => void = () => {}

  constructor(from: ByteReader, label: string) {
    this.#from = from
    this.#label = label
    this.#gunzip.on('readable', () => this.#wake())
    this.#gunzip.on('end', () => {
      this.#ended = true
      this.#wake()
    })
    this.#gunzip.on('error', (error) => {
      this.#failure = error
      this.#wake()
    })
  }

  async read(b: Uint8Array, at: number): Promise<number> {
    while (this.#rest.length === 0) {
      const chunk = this.#gunzip.read() as Uint8Array | null
      if (chunk !== null) this.#rest = chunk
      else if (this.#failure !== undefined) throw this.#damage(this.#failure)
      else if (this.#ended) return 0
      else await this.#step()
    }
    const taken = this.#rest.subarray(0, b.length - at)
    b.set(taken, at)
    this.#rest = this.#rest.subarray(taken.length)
    return taken.length
  }

  close(): void {
    this.#gunzip.destroy()
    this.#from.close()
  }

  /** Hands on the next packed bytes if the last are used up, then waits until something came of it. */
  async #step(): Promise<void> {
    if (!this.#busy && !this.#inputEnded) {
      const got = await this.#from.read(this.#packed, 0)
      this.#taken += got
      this.#busy = got > 0
      this.#inputEnded = got === 0
      if (got === 0) this.#gunzip.end()
      else {
        this.#gunzip.write(this.#packed.subarray(0, got), () => {
          this.#busy = false
          this.#wake()
        })
      }
    }
    await new Promise<void>((resolve) => (this.#wake = resolve))
  }

  #damage(error: Error): UserError {
    if (this.#inputEnded && errnoName(error) === 'Z_BUF_ERROR') {
      return new UserError(`${this.#label}: gzip data is cut at byte ${this.#taken}: expected the rest of the packed stream, found the end (copy or compress the capture again)`)
    }
    const near = Math.max(0, this.#taken - PACKED)
    return new UserError(`${this.#label}: gzip data is damaged between bytes ${near} and ${this.#taken}: ${error.message} (copy or compress the capture again)`)
  }
}
