/** A hash table from keys of so many 32-bit words to small numbers: keys stand in order of arrival, open addressing finds them. */

/** Chosen anew each run, so that no capture can be made in which all keys hash alike. */
const seed = (Math.random() * 2 ** 32) | 0

export interface KeyTableState {
  readonly count: number
  readonly keys: Int32Array
  readonly values: Int32Array
}

/** Mixes the high bits of a hash into the low ones. */
function finish(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  return hash ^ (hash >>> 16)
}

export class KeyTable {
  /** The key that is looked up: filled by the caller. */
  readonly key: Int32Array
  count = 0
  readonly #words: number
  #slots = new Int32Array(1 << 11)
  #keys: Int32Array
  #values: Int32Array = new Int32Array(1 << 10)

  constructor(words: number) {
    this.#words = words
    this.key = new Int32Array(words)
    this.#keys = new Int32Array((1 << 10) * words)
  }

  #slotOf(key: Int32Array, from: number): number {
    const mask = this.#slots.length - 1, words = this.#words, keys = this.#keys, slots = this.#slots
    let hash = Math.imul(seed ^ key[from]!, 0x9e3779b1)
    for (let i = 1; i < words; i++) hash = Math.imul(hash ^ (hash >>> 15) ^ key[from + i]!, 0x9e3779b1)
    let slot = finish(hash) & mask
    for (;;) {
      const entry = slots[slot]!
      if (entry === 0) return slot
      let at = (entry - 1) * words, i = 0
      while (i < words && keys[at] === key[from + i]) {
        at++
        i++
      }
      if (i === words) return slot
      slot = (slot + 1) & mask
    }
  }

  /** As `find`, for keys of three words: what nearly every packet asks for. */
  findThree(a: number, b: number, c: number): number {
    const slots = this.#slots, keys = this.#keys, mask = slots.length - 1
    let hash = Math.imul(seed ^ a, 0x9e3779b1)
    hash = Math.imul(hash ^ (hash >>> 15) ^ b, 0x9e3779b1)
    hash = Math.imul(hash ^ (hash >>> 15) ^ c, 0x9e3779b1)
    for (let slot = finish(hash) & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot]! - 1, at = entry * 3
      if (entry < 0 || (keys[at + 2] === c && keys[at] === a && keys[at + 1] === b)) return entry
    }
  }

  /** All keys and values, for `restore` in another thread; the table is of no use from then on. */
  state(): KeyTableState {
    return { count: this.count, keys: this.#keys, values: this.#values }
  }

  /** Takes keys over that can only be read from then on. */
  restore({ count, keys, values }: KeyTableState): void {
    this.count = count
    this.#keys = keys
    this.#values = values
  }

  /** Entry of `key`; -1 when it is not there. */
  find(): number {
    return this.#slots[this.#slotOf(this.key, 0)]! - 1
  }

  /** Adds `key`, which is not there. */
  add(value: number): number {
    if ((this.count + 1) * 2 > this.#slots.length) this.#grow()
    const entry = this.count++
    this.#keys.set(this.key, entry * this.#words)
    this.#values[entry] = value
    this.#slots[this.#slotOf(this.key, 0)] = entry + 1
    return entry
  }

  valueOf(entry: number): number {
    return this.#values[entry]!
  }

  setValue(entry: number, value: number): void {
    this.#values[entry] = value
  }

  /** The n-th word of an entry's key. */
  word(entry: number, n: number): number {
    return this.#keys[entry * this.#words + n]!
  }

  #grow(): void {
    const words = this.#words, size = this.#slots.length
    const keys = new Int32Array(size * words)
    keys.set(this.#keys)
    this.#keys = keys
    const values = new Int32Array(size)
    values.set(this.#values)
    this.#values = values
    this.#slots = new Int32Array(size * 2)
    for (let entry = 0; entry < this.count; entry++) this.#slots[this.#slotOf(keys, entry * words)] = entry + 1
  }
}
