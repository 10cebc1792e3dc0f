/**
 * Lines of output, built as bytes in one buffer that is reused: no string is joined for a packet or a row.
 * Text given to `text` is Latin-1 (in practice ASCII); `utf8` takes anything.
 */

const DIGIT_0 = 48
/** The tens and ones digit of 0…99, as ASCII. */
const TENS = Uint8Array.from({ length: 100 }, (_, n) => DIGIT_0 + Math.floor(n / 10))
const ONES = Uint8Array.from({ length: 100 }, (_, n) => DIGIT_0 + (n % 10))
const HEX = Uint8Array.from('0123456789abcdef', (c) => c.charCodeAt(0))

/** Four digits, zeros in front, of each number below 10000. */
const FOUR = new Uint8Array(40000)
for (let n = 0; n < 10000; n++) {
  FOUR[n * 4] = TENS[Math.floor(n / 100)]!
  FOUR[n * 4 + 1] = ONES[Math.floor(n / 100)]!
  FOUR[n * 4 + 2] = TENS[n % 100]!
  FOUR[n * 4 + 3] = ONES[n % 100]!
}

/** Digits of an unsigned 32-bit number in decimal. */
function decimalWidth(n: number): number {
  if (n < 100000) return n < 100 ? (n < 10 ? 1 : 2) : n < 1000 ? 3 : n < 10000 ? 4 : 5
  return n < 10000000 ? (n < 1000000 ? 6 : 7) : n < 100000000 ? 8 : n < 1000000000 ? 9 : 10
}

/** Writes a number below 10000 without leading zeros; returns the offset behind it. */
function putLeading(buf: Uint8Array, at: number, n: number): number {
  if (n >= 100) {
    if (n >= 1000) buf[at++] = FOUR[n * 4]!
    buf[at++] = FOUR[n * 4 + 1]!
    buf[at++] = FOUR[n * 4 + 2]!
  } else if (n >= 10) buf[at++] = TENS[n]!
  buf[at] = FOUR[n * 4 + 3]!
  return at + 1
}

/** Writes four digits; returns the offset behind them. */
function putFour(buf: Uint8Array, at: number, n: number): number {
  const from = n * 4
  buf[at] = FOUR[from]!
  buf[at + 1] = FOUR[from + 1]!
  buf[at + 2] = FOUR[from + 2]!
  buf[at + 3] = FOUR[from + 3]!
  return at + 4
}

/** Where a writer's bytes go. The chunk is lent: it is written out or copied before the call returns. */
export type Sink = (chunk: Uint8Array) => void

const utf8 = new TextEncoder()

export class LineWriter {
  readonly #sink: Sink
  readonly #flushAt: number
  #buf: Uint8Array
  #len = 0

  /** @param flushAt bytes gathered before `endLine` hands them on; 0 hands on every line */
  constructor(sink: Sink, flushAt = 1 << 16) {
    this.#sink = sink
    this.#flushAt = flushAt
    this.#buf = new Uint8Array(Math.min(Math.max(flushAt, 1 << 12), 1 << 16) * 2)
  }

  /** Bytes not yet handed on. A caller may note it and `rewind` to it within one line. */
  get length(): number {
    return this.#len
  }

  /** Forgets what was written after `length` was `to`. */
  rewind(to: number): void {
    this.#len = to
  }

  #grow(more: number): void {
    const bigger = new Uint8Array(Math.max(this.#buf.length * 2, this.#len + more))
    bigger.set(this.#buf.subarray(0, this.#len))
    this.#buf = bigger
  }

  /** Latin-1 text. */
  text(s: string): this {
    const length = s.length
    if (this.#len + length > this.#buf.length) this.#grow(length)
    const buf = this.#buf
    let at = this.#len
    for (let i = 0; i < length; i++) buf[at++] = s.charCodeAt(i)
    this.#len = at
    return this
  }

  /** Any text, as UTF-8. */
  utf8(s: string): this {
    return this.raw(utf8.encode(s), 0)
  }

  /** Bytes made beforehand (a table of names), or copied from elsewhere as they are: nothing is escaped. */
  raw(b: Uint8Array, at = 0, end = b.length): this {
    const length = end - at
    if (this.#len + length > this.#buf.length) this.#grow(length)
    const buf = this.#buf
    let to = this.#len
    if (length > 64) {
      buf.set(b.subarray(at, end), to)
      to += length
    } else for (let i = at; i < end; i++) buf[to++] = b[i]!
    this.#len = to
    return this
  }

  /** One byte. */
  byte(code: number): this {
    if (this.#len >= this.#buf.length) this.#grow(1)
    this.#buf[this.#len++] = code
    return this
  }

  /** An unsigned 32-bit number in decimal: four digits a division. */
  dec(n: number): this {
    if (this.#len + 10 > this.#buf.length) this.#grow(10)
    const buf = this.#buf
    if (n < 10000) {
      this.#len = putLeading(buf, this.#len, n)
      return this
    }
    const high = (n / 10000) >>> 0
    const low = n - high * 10000
    if (high < 10000) this.#len = putFour(buf, putLeading(buf, this.#len, high), low)
    else {
      const top = (high / 10000) >>> 0
      this.#len = putFour(buf, putFour(buf, putLeading(buf, this.#len, top), high - top * 10000), low)
    }
    return this
  }

  /** Six digits of a number below 10^6, zeros in front: the fraction of a second in microseconds. */
  dec6(n: number): this {
    if (this.#len + 6 > this.#buf.length) this.#grow(6)
    const high = (n / 10000) >>> 0
    this.#buf[this.#len] = TENS[high]!
    this.#buf[this.#len + 1] = ONES[high]!
    this.#len = putFour(this.#buf, this.#len + 2, n - high * 10000)
    return this
  }

  /** Four bytes at `b[at]` as `10.0.0.1`. */
  ip4(b: Uint8Array, at: number): this {
    if (this.#len + 15 > this.#buf.length) this.#grow(15)
    const buf = this.#buf
    let to = putLeading(buf, this.#len, b[at]!)
    buf[to] = 46
    to = putLeading(buf, to + 1, b[at + 1]!)
    buf[to] = 46
    to = putLeading(buf, to + 1, b[at + 2]!)
    buf[to] = 46
    this.#len = putLeading(buf, to + 1, b[at + 3]!)
    return this
  }

  /** A signed 32-bit number in decimal, as C's %d. */
  int(n: number): this {
    return n < 0 ? this.byte(45).dec(-n) : this.dec(n)
  }

  /** Any other integer in decimal. */
  big(n: bigint | number): this {
    return this.text(n.toString())
  }

  /** Two digits. */
  dec2(n: number): this {
    if (this.#len + 2 > this.#buf.length) this.#grow(2)
    this.#buf[this.#len++] = TENS[n]!
    this.#buf[this.#len++] = ONES[n]!
    return this
  }

  /** Decimal with zeros on the left up to `width`, as C's %0*u. */
  decZero(n: number, width: number): this {
    for (let have = decimalWidth(n); have < width; have++) this.byte(DIGIT_0)
    return this.dec(n)
  }

  /** Decimal with blanks on the left up to `width`, as C's %*u. */
  decPad(n: number, width: number): this {
    for (let have = decimalWidth(n); have < width; have++) this.byte(32)
    return this.dec(n)
  }

  /** Unsigned 32-bit hexadecimal, lower case, no leading zeros unless `width` asks for them (C's %x and %0*x). */
  hex(n: number, width = 1): this {
    let digits = 1
    for (let rest = n >>> 4; rest !== 0; rest >>>= 4) digits++
    if (digits < width) digits = width
    if (this.#len + digits > this.#buf.length) this.#grow(digits)
    const buf = this.#buf
    let at = (this.#len += digits)
    for (; digits > 0; digits--) {
      buf[--at] = HEX[n & 15]!
      n >>>= 4
    }
    return this
  }

  /** Bytes as pairs of hexadecimal digits with nothing between. */
  hexBytes(b: Uint8Array, at: number, end: number): this {
    for (; at < end; at++) this.hex(b[at]!, 2)
    return this
  }

  /** `text` left-justified in `width` (C's %-*s). */
  left(s: string, width: number): this {
    this.text(s)
    return this.blanks(width - s.length)
  }

  /** `text` right-justified in `width` (C's %*s). */
  right(s: string, width: number): this {
    this.blanks(width - s.length)
    return this.text(s)
  }

  /** `n` blanks; none when it is negative. */
  blanks(n: number): this {
    for (; n > 0; n--) this.byte(32)
    return this
  }

  /** Ends the line, and hands on what has gathered when it is enough. */
  endLine(): void {
    this.byte(10)
    if (this.#len >= this.#flushAt) this.flush()
  }

  /** Hands on everything written so far. */
  flush(): void {
    if (this.#len === 0) return
    const chunk = this.#buf.subarray(0, this.#len)
    this.#len = 0
    this.#sink(chunk)
  }
}
