/**
 * Which sockets of a table were met: under churn the kernel starts each read of a table anew inside a hash bucket, and at its end counts
 * its way there from the beginning, and may show a socket twice or leave one out. A socket is known by its inode; one without
 * (TIME_WAIT, SYN_RECV, orphans, not yet accepted) by its four addresses, which in TCP no two such sockets share.
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

/** Pairs of address and port. */
class Addresses {
  /** Slots of indexes into #keys, plus one. */
  #slots = new Int32Array(1 << 8)
  #keys = new Int32Array(WORDS << 7)
  #count = 0
  readonly #key = new Int32Array(WORDS)

  /** Notes those of a row; false when they were noted before. */
  add(row: InetRow): boolean {
    if (this.has(row)) return false
    this.#insert()
    return true
  }

  has({ family, local, remote, localPort, remotePort }: InetRow): boolean {
    const key = this.#key
    if (family === 4) {
      key.fill(0)
      key[0] = word(local, 0)
      key[4] = word(remote, 0)
    } else {
      for (let i = 0; i < 4; i++) {
        key[i] = word(local, i * 4)
        key[i + 4] = word(remote, i * 4)
      }
    }
    key[8] = (localPort << 16) | remotePort
    const mask = this.#slots.length - 1
    for (let at = hash(key, 0); ; at++) {
      const slot = this.#slots[at & mask]!
      if (slot === EMPTY) return false
      const from = (slot - 1) * WORDS
      let i = 0
      while (i < WORDS && this.#keys[from + i] === key[i]) i++
      if (i === WORDS) return true
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

export class SeenRows {
  readonly #inodes = new SeenInodes()
  /** Of TCP's sockets without an inode. */
  readonly #unnamed = new Addresses()
  /** Of TCP's connections with one. */
  readonly #named = new Addresses()
  #again = false

  /** Notes the row; false when the same socket was met before. In a second reading only what the first may have left out is new. */
  add(row: InetRow): boolean {
    if (row.proto !== 'tcp') return !this.#again && (row.inode === 0 || this.#inodes.add(row.inode))
    if (row.inode === 0) return !this.#again && this.#unnamed.add(row)
    if (!this.#inodes.add(row.inode)) return false
    if (row.remotePort === 0) return true // several may listen at one address
    if (this.#unnamed.has(row)) return false // it waited to be accepted
    // The same addresses under another inode: two networks that have them both, if they stand in one reading; a later connection, if they stand in two.
    return this.#named.add(row) || !this.#again
  }

  /** The table is read a second time from here. */
  readAgain(): void {
    this.#again = true
  }
}

const word = (b: Uint8Array, at: number): number => (b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!

function hash(words: Int32Array, at: number): number {
  let h = 0
  for (let i = 0; i < WORDS; i++) h = Math.imul(h ^ words[at + i]!, 0x9e3779b1) + (h >>> 15)
  return (h ^ (h >>> 16)) >>> 1
}
