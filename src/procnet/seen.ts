/**
 * Which sockets of a table were met: under churn the kernel starts each read of a table anew inside a hash bucket and may show
 * a socket twice. A socket is known by its inode; one without (TIME_WAIT, SYN_RECV, orphans, not yet accepted) by its four
 * addresses, which in TCP no two such sockets share.
 */
import type { InetRow } from './inet.js'

const EMPTY = 0

export class SeenInodes {
  #slots = new Float64Array(1 << 10)
  #count = 0

  /** Notes `inode` (not 0); false when it was noted before. */
  add(inode: number): boolean {
    if (this.#count * 2 >= this.#slots.length) this.#grow()
    return this.#put(this.#slots, inode)
  }

  #put(slots: Float64Array, inode: number): boolean {
    const mask = slots.length - 1
    for (let at = Math.imul(inode | 0, 0x9e3779b1) >>> 7; ; at++) {
      const found = slots[at & mask]!
      if (found === inode) return false
      if (found !== EMPTY) continue
      slots[at & mask] = inode
      this.#count++
      return true
    }
  }

  #grow(): void {
    const old = this.#slots
    const slots = new Float64Array(old.length * 4)
    this.#count = 0
    for (const inode of old) if (inode !== EMPTY) this.#put(slots, inode)
    this.#slots = slots
  }
}

/** 32-bit words of a row's addresses and ports. */
const WORDS = 9

export class SeenRows {
  readonly #inodes = new SeenInodes()
  /** Slots of indexes into #keys, plus one. */
  #slots = new Int32Array(1 << 8)
  #keys = new Int32Array(WORDS << 7)
  #count = 0
  readonly #key = new Int32Array(WORDS)

  /**
   * Rows that were met before: where there are some, connections come and go while the table is read, and the kernel, which
   * counts its way back into a bucket at each read, may as well have left a row out.
   */
  repeats = 0

  /** Notes the row; false when the same socket was met before. */
  add(row: InetRow): boolean {
    const isNew = this.#note(row)
    if (!isNew) this.repeats++
    return isNew
  }

  #note(row: InetRow): boolean {
    if (row.inode !== 0) {
      if (!this.#inodes.add(row.inode)) return false
      // The same connection may have been met while it waited to be accepted.
      return row.proto !== 'tcp' || this.#count === 0 || this.#find(row) < 0
    }
    if (row.proto !== 'tcp') return true
    if (this.#find(row) >= 0) return false
    this.#insert()
    return true
  }

  /** Index of the row's addresses in #keys, or -1; #key holds them after. */
  #find(row: InetRow): number {
    const key = this.#key
    const { local, remote } = row
    if (row.family === 4) {
      key.fill(0)
      key[0] = word(local, 0)
      key[4] = word(remote, 0)
    } else {
      for (let i = 0; i < 4; i++) {
        key[i] = word(local, i * 4)
        key[i + 4] = word(remote, i * 4)
      }
    }
    key[8] = (row.localPort << 16) | row.remotePort
    const mask = this.#slots.length - 1
    for (let at = hash(key, 0); ; at++) {
      const slot = this.#slots[at & mask]!
      if (slot === EMPTY) return -1
      const from = (slot - 1) * WORDS
      let i = 0
      while (i < WORDS && this.#keys[from + i] === key[i]) i++
      if (i === WORDS) return slot - 1
    }
  }

  #insert(): void {
    if (this.#count * 2 >= this.#slots.length) {
      this.#slots = new Int32Array(this.#slots.length * 4)
      const keys = new Int32Array(this.#keys.length * 4)
      keys.set(this.#keys)
      this.#keys = keys
      for (let i = 0; i < this.#count; i++) this.#link(hash(keys, i * WORDS), i)
    }
    this.#keys.set(this.#key, this.#count * WORDS)
    this.#link(hash(this.#key, 0), this.#count)
    this.#count++
  }

  #link(at: number, index: number): void {
    const mask = this.#slots.length - 1
    while (this.#slots[at & mask] !== EMPTY) at++
    this.#slots[at & mask] = index + 1
  }
}

const word = (b: Uint8Array, at: number): number => (b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!

function hash(words: Int32Array, at: number): number {
  let h = 0
  for (let i = 0; i < WORDS; i++) h = Math.imul(h ^ words[at + i]!, 0x9e3779b1) + (h >>> 15)
  return (h ^ (h >>> 16)) >>> 1
}
