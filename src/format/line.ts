/**
 * Lines of output, built as bytes in one buffer that is reused: no string is joined for a packet or a row.
 * Text given to `text` is Latin-1 (in practice ASCII); `utf8` takes anything.
 */

const DIGIT_0 = 48
const HEX = Uint8Array.from('0123456789abcdef', (c) => c.charCodeAt(0))

/** Four ASCII characters as the little-endian word that one store writes. */
const pack = (s: string): number =>
  (s.charCodeAt(0) | (s.charCodeAt(1) << 8) | (s.charCodeAt(2) << 16) | (s.charCodeAt(3) << 24)) >>> 0

/** `42` of each number below 100, packed in 16 bits. Small tables: they stay in the processor's first cache. */
const TWO = Uint16Array.from({ length: 100 }, (_, n) => DIGIT_0 + Math.floor(n / 10) + ((DIGIT_0 + (n % 10)) << 8))
/** Each byte's digits in decimal, with dots behind them up to four characters; and how many digits. */
const OCTET = Uint32Array.from({ length: 256 }, (_, n) => pack(String(n).padEnd(4, '.')))
const OCTET_WIDTH = Uint8Array.from({ length: 256 }, (_, n) => String(n).length)
/** `0a` of each byte, packed in 16 bits. */
const HEX_PAIR = Uint16Array.from({ length: 256 }, (_, n) => HEX[n >> 4]! | (HEX[n & 15]! << 8))

/** The four digits, zeros in front, of a number below 10000, packed. 5243 / 2^19 is 1/100 up to there. */
function four(n: number): number {
  const high = (n * 5243) >>> 19
  return TWO[high]! | (TWO[n - high * 100]! << 16)
}

/** Writes a number below 10000 without leading zeros; returns where it ends. Up to three bytes behind it are written over. */
function writeSmall(view: DataView, at: number, n: number): number {
  const width = width4(n)
  view.setUint32(at, four(n) >>> ((4 - width) << 3), true)
  return at + width
}

/** Writes an unsigned 32-bit number in decimal, four digits a store; returns where it ends. Up to three bytes behind it are written over. */
function writeDecimal(view: DataView, at: number, n: number): number {
  if (n < 10000) return writeSmall(view, at, n)
  const high = (n / 10000) >>> 0
  if (high < 10000) at = writeSmall(view, at, high)
  else {
    const top = (high / 10000) >>> 0
    at = writeSmall(view, at, top)
    view.setUint32(at, four(high - top * 10000), true)
    at += 4
  }
  view.setUint32(at, four(n - high * 10000), true)
  return at + 4
}

/** Each byte as -X shows it: graphic ASCII as itself; a control character, blank or byte beyond ASCII a dot. */
const GRAPHIC = Uint8Array.from({ length: 256 }, (_, c) => (c > 0x20 && c < 0x7f ? c : 46))

/** Digits of a number below 10000. */
const width4 = (n: number): number => (n < 100 ? (n < 10 ? 1 : 2) : n < 1000 ? 3 : 4)

/** Digits of an unsigned 32-bit number in decimal. */
function decimalWidth(n: number): number {
  if (n < 10000) return width4(n)
  return n < 100000000 ? width4(Math.floor(n / 10000)) + 4 : width4(Math.floor(n / 100000000)) + 8
}

/** Text that is written often: packed once, then stored four bytes at a time. */
export interface Token {
  readonly words: Uint32Array
  readonly length: number
}

/** A Token of Latin-1 text. */
export function token(s: string): Token {
  const padded = s.padEnd(Math.ceil(s.length / 4) * 4, '\0')
  return { words: Uint32Array.from({ length: padded.length / 4 }, (_, i) => pack(padded.slice(i * 4))), length: s.length }
}

/** Bytes of a whole line of a dump with text. */
const DUMP_LINE = 66
/** Room past what is asked for: a store of four bytes may end up to three behind the text. */
const SLACK = 4

/** Room for what is handed on by `flush` alone, bytes: most blocks of lines fit, and what is not written to costs nothing. */
const WHOLE = 1 << 20

/** Where a writer's bytes go. The chunk is lent: it is written out or copied before the call returns. */
export type Sink = (chunk: Uint8Array) => void

const utf8 = new TextEncoder()

export class LineWriter {
  readonly #sink: Sink
  readonly #flushAt: number
  #buf: Uint8Array
  /** The same bytes, for stores of several at once. */
  #view: DataView
  #len = 0

  /** @param flushAt bytes gathered before `endLine` hands them on; 0 hands on every line */
  constructor(sink: Sink, flushAt = 1 << 16) {
    this.#sink = sink
    this.#flushAt = flushAt
    this.#buf = new Uint8Array(flushAt === Infinity ? WHOLE : Math.min(Math.max(flushAt, 1 << 12), 1 << 16) * 2)
    this.#view = new DataView(this.#buf.buffer)
  }

  /** Bytes not yet handed on. A caller may note it and `rewind` to it within one line. */
  get length(): number {
    return this.#len
  }

  /** Forgets what was written after `length` was `to`. */
  rewind(to: number): void {
    this.#len = to
  }

  /** A copy of what was written after `length` was `from`. */
  copyFrom(from: number): Uint8Array {
    return this.#buf.slice(from, this.#len)
  }

  #grow(more: number): void {
    const bigger = new Uint8Array(Math.max(this.#buf.length * 2, this.#len + more + SLACK))
    bigger.set(this.#buf.subarray(0, this.#len))
    this.#buf = bigger
    this.#view = new DataView(bigger.buffer)
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

  /** Text made beforehand. */
  put(t: Token): this {
    const length = t.length
    if (this.#len + length + SLACK > this.#buf.length) this.#grow(length)
    const words = t.words
    const view = this.#view
    let at = this.#len
    this.#len = at + length
    for (let i = 0; i < words.length; i++) {
      view.setUint32(at, words[i]!, true)
      at += 4
    }
    return this
  }

  /** Any text, as UTF-8: ASCII, which nearly all is, without the encoder. */
  utf8(s: string): this {
    const length = s.length
    if (this.#len + length > this.#buf.length) this.#grow(length)
    const buf = this.#buf
    let at = this.#len
    for (let i = 0; i < length; i++) {
      const code = s.charCodeAt(i)
      if (code >= 0x80) return this.raw(utf8.encode(s), 0)
      buf[at++] = code
    }
    this.#len = at
    return this
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

  /** An unsigned 32-bit number in decimal. */
  dec(n: number): this {
    const at = this.#len
    if (at + 12 + SLACK > this.#buf.length) this.#grow(12)
    this.#len = writeDecimal(this.#view, at, n)
    return this
  }

  /** `t` and an unsigned 32-bit number behind it. A large number may be given signed (`n | 0`): it is then not put on the heap. */
  field(t: Token, n: number): this {
    const length = t.length
    if (this.#len + length + 12 + SLACK > this.#buf.length) this.#grow(length + 12)
    const words = t.words
    const view = this.#view
    const start = this.#len
    for (let i = 0, at = start; i < words.length; i++) {
      view.setUint32(at, words[i]!, true)
      at += 4
    }
    this.#len = writeDecimal(view, start + length, n >>> 0)
    return this
  }

  /** Six digits of a number below 10^6, zeros in front: the fraction of a second in microseconds. */
  dec6(n: number): this {
    const at = this.#len
    if (at + 8 + SLACK > this.#buf.length) this.#grow(8)
    const high = (n / 10000) >>> 0
    this.#view.setUint16(at, TWO[high]!, true)
    this.#view.setUint32(at + 2, four(n - high * 10000), true)
    this.#len = at + 6
    return this
  }

  /** Four bytes at `b[at]` as `10.0.0.1`. */
  ip4(b: Uint8Array, at: number): this {
    const to = this.#len
    if (to + 16 + SLACK > this.#buf.length) this.#grow(16)
    this.#len = this.#address(to, b, at)
    return this
  }

  /** Four bytes at `b[at]` and a port: `10.0.0.1.80`. */
  ip4Port(b: Uint8Array, at: number, port: number): this {
    const to = this.#len
    if (to + 24 + SLACK > this.#buf.length) this.#grow(24)
    const end = this.#address(to, b, at)
    // A dot stands behind the last octet already.
    this.#len = writeDecimal(this.#view, end + 1, port)
    return this
  }

  /** What stands behind the digits of OCTET are dots; returns where the last octet's digits end. */
  #address(to: number, b: Uint8Array, at: number): number {
    const view = this.#view
    const first = b[at]!, second = b[at + 1]!, third = b[at + 2]!, fourth = b[at + 3]!
    view.setUint32(to, OCTET[first]!, true)
    to += OCTET_WIDTH[first]! + 1
    view.setUint32(to, OCTET[second]!, true)
    to += OCTET_WIDTH[second]! + 1
    view.setUint32(to, OCTET[third]!, true)
    to += OCTET_WIDTH[third]! + 1
    view.setUint32(to, OCTET[fourth]!, true)
    to += OCTET_WIDTH[fourth]!
    view.setUint8(to, 46)
    return to
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
    return this.byte(DIGIT_0 + Math.floor(n / 10)).byte(DIGIT_0 + (n % 10))
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

  /** A number below 65536 as four hexadecimal digits. */
  hex4(n: number): this {
    const at = this.#len
    if (at + 4 > this.#buf.length) this.#grow(4)
    this.#view.setUint32(at, HEX_PAIR[n >>> 8]! | (HEX_PAIR[n & 0xff]! << 16), true)
    this.#len = at + 4
    return this
  }

  /** One byte as two hexadecimal digits. */
  hex2(n: number): this {
    if (this.#len + 2 > this.#buf.length) this.#grow(2)
    this.#view.setUint16(this.#len, HEX_PAIR[n]!, true)
    this.#len += 2
    return this
  }

  /** Bytes as pairs of hexadecimal digits with nothing between. */
  hexBytes(b: Uint8Array, at: number, end: number): this {
    for (; at < end; at++) this.hex2(b[at]!)
    return this
  }

  /**
   * A line of a dump, `n` bytes (1 to 16) at `b[at]`, at `offset` (below 65536) of what is dumped: `0x0010:  4500 003c …`, and with
   * `text` the same bytes as text in their column. -x and -X write little else, so nothing is called per byte.
   */
  dumpLine(b: Uint8Array, at: number, n: number, offset: number, text: boolean): this {
    const start = this.#len
    if (start + DUMP_LINE + SLACK > this.#buf.length) this.#grow(DUMP_LINE)
    const view = this.#view
    view.setUint16(start, 0x7830, true) // 0x
    view.setUint32(start + 2, HEX_PAIR[offset >>> 8]! | (HEX_PAIR[offset & 0xff]! << 16), true)
    view.setUint16(start + 6, 0x203a, true) // a colon, a blank
    let to = start + 8
    let i = at
    const end = at + n
    for (; i + 4 <= end; i += 4) {
      const second = HEX_PAIR[b[i + 1]!]!
      view.setUint32(to, 0x20 | (HEX_PAIR[b[i]!]! << 8) | (second << 24), true)
      view.setUint32(to + 4, (second >>> 8) | 0x2000 | (HEX_PAIR[b[i + 2]!]! << 16), true)
      view.setUint16(to + 8, HEX_PAIR[b[i + 3]!]!, true)
      to += 10
    }
    for (let pair = 0; i < end; i++, pair ^= 1) {
      if (pair === 0) this.#buf[to++] = 32
      view.setUint16(to, HEX_PAIR[b[i]!]!, true)
      to += 2
    }
    if (text) {
      for (const column = start + 48; to < column; to += 4) view.setUint32(to, 0x20202020, true)
      to = start + 48
      view.setUint16(to, 0x2020, true)
      to += 2
      for (i = at; i + 4 <= end; i += 4) {
        view.setUint32(to, GRAPHIC[b[i]!]! | (GRAPHIC[b[i + 1]!]! << 8) | (GRAPHIC[b[i + 2]!]! << 16) | (GRAPHIC[b[i + 3]!]! << 24), true)
        to += 4
      }
      for (; i < end; i++) this.#buf[to++] = GRAPHIC[b[i]!]!
    }
    this.#len = to
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
