/**
 * Which sockets of a table were met: under churn the kernel starts each read of a table anew inside a hash bucket, and at its end counts
 * its way there from the beginning, and may show a socket twice or leave one out. A socket is known by its inode; one without
 * (TIME_WAIT, SYN_RECV, orphans, not yet accepted) by its four addresses, which in TCP no two such sockets share.
 */
import type { Churn } from './churn.js'
import type { InetRow } from './inet.js'

const EMPTY = 0

class SeenInodes {
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

/** Pairs of address and port, as the words of `keyOf`. */
class Addresses {
  #keys = new Int32Array(WORDS << 7)
  #count = 0
  /** Slots of indexes into #keys, plus one. */
  #slots = new Int32Array(1 << 8)
  /** How many of #keys stand in #slots. */
  #found = 0

  /** Notes them; false when they were noted before. */
  add(key: Int32Array): boolean {
    if (this.has(key)) return false
    this.append(key)
    return true
  }

  /** Notes them, before or not: looked up when somebody asks. */
  append(key: Int32Array): void {
    const at = this.#count++ * WORDS
    if (at === this.#keys.length) {
      const keys = new Int32Array(at * 2)
      keys.set(this.#keys)
      this.#keys = keys
    }
    for (let i = 0; i < WORDS; i++) this.#keys[at + i] = key[i]! // set() takes several times as long for so few
  }

  has(key: Int32Array): boolean {
    if (this.#count === 0) return false
    if (this.#found < this.#count) this.#index()
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

  #index(): void {
    if (this.#count * 2 > this.#slots.length) {
      let slots = this.#slots.length
      while (slots < this.#count * 2) slots *= 4
      this.#slots = new Int32Array(slots)
      this.#found = 0
    }
    const mask = this.#slots.length - 1
    while (this.#found < this.#count) {
      let at = hash(this.#keys, this.#found * WORDS)
      while (this.#slots[at & mask] !== EMPTY) at++
      this.#slots[at & mask] = ++this.#found
    }
  }
}

/** Where connections came or went while a table was read, a second reading finds what the first left out. */
export class SeenRows {
  readonly #churn: Pick<Churn, 'happened'> | undefined
  readonly #inodes = new SeenInodes()
  /** Of TCP's sockets without an inode. */
  readonly #unnamed = new Addresses()
  /** Of TCP's connections with one. */
  readonly #named = new Addresses()
  readonly #key = new Int32Array(WORDS)
  #again = false

  /** @param churn since the reading began; without, there is no second one */
  constructor(churn?: Pick<Churn, 'happened'>) {
    this.#churn = churn
  }

  /** Notes the row; false when the same socket was met before. In a second reading only what the first may have left out is new. */
  add(row: InetRow): boolean {
    if (row.proto !== 'tcp') return row.inode === 0 || this.#inodes.add(row.inode)
    if (row.inode !== 0 && !this.#inodes.add(row.inode)) return false
    if (row.inode !== 0 && row.remotePort === 0) return true // several may listen at one address
    const key = keyOf(row, this.#key)
    if (row.inode === 0) return !this.#again && this.#unnamed.add(key)
    if (this.#unnamed.has(key)) return false // it waited to be accepted
    // The same addresses under another inode: two networks that have them both, if they stand in one reading; a later connection, if they stand in two.
    if (this.#again) return this.#named.add(key)
    this.#named.append(key)
    return true
  }

  /** After a reading: whether there is to be a second one, whose rows come next. */
  readAgain(): boolean {
    return (this.#again = this.#churn?.happened() === true)
  }
}

/** The row's addresses and ports; `key` is filled and returned. */
function keyOf({ family, local, remote, localPort, remotePort }: InetRow, key: Int32Array): Int32Array {
  for (let i = 0; i < 4; i++) {
    const isThere = family === 6 || i === 0
    key[i] = isThere ? word(local, i * 4) : 0
    key[i + 4] = isThere ? word(remote, i * 4) : 0
  }
  key[8] = (localPort << 16) | remotePort
  return key
}

const word = (b: Uint8Array, at: number): number => (b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!

function hash(words: Int32Array, at: number): number {
  let h = 0
  for (let i = 0; i < WORDS; i++) h = Math.imul(h ^ words[at + i]!, 0x9e3779b1) + (h >>> 15)
  return (h ^ (h >>> 16)) >>> 1
}
