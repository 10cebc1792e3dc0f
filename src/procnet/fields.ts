/**
 * Reading the columns of a /proc table in place: numbers out of the bytes of one line, no string made. A column that is not
 * there or not a number sets `bad`, which the caller looks at once, at the end of the line.
 */

/** Value of a hexadecimal digit's byte; 255 for any other byte. */
export const HEX_VALUE = new Uint8Array(256).fill(255)
for (let i = 0; i < 10; i++) HEX_VALUE[48 + i] = i
for (let i = 0; i < 6; i++) HEX_VALUE[65 + i] = HEX_VALUE[97 + i] = 10 + i

const BLANK = 32
const TAB = 9
const COLON = 58

export class Fields {
  /** The bytes that hold the line; the line is `b[at] … b[end - 1]`, and `at` moves on as columns are read. */
  b: Uint8Array = new Uint8Array(0)
  at = 0
  end = 0
  bad = false

  /** Starts on a line. */
  start(b: Uint8Array, at: number, end: number): void {
    this.b = b
    this.at = at
    this.end = end
    this.bad = false
  }

  /** Steps over blanks. */
  blanks(): void {
    const { b, end } = this
    let at = this.at
    while (at < end && (b[at] === BLANK || b[at] === TAB)) at++
    this.at = at
  }

  /** Steps over `n` columns. */
  skip(n = 1): void {
    for (; n > 0; n--) {
      this.blanks()
      const { b, end } = this
      let at = this.at
      if (at >= end) this.bad = true
      while (at < end && b[at] !== BLANK && b[at] !== TAB) at++
      this.at = at
    }
  }

  /** Where the next column begins; the column itself is stepped over. Empty (begin === at) when there is none. */
  word(): number {
    this.blanks()
    const begin = this.at
    const { b, end } = this
    let at = begin
    while (at < end && b[at] !== BLANK && b[at] !== TAB) at++
    this.at = at
    if (at === begin) this.bad = true
    return begin
  }

  /** An unsigned hexadecimal number below 2⁵³. */
  hex(): number {
    this.blanks()
    const { b, end } = this
    const begin = this.at
    let at = begin
    let n = 0
    for (let digit; at < end && (digit = HEX_VALUE[b[at]!]!) !== 255; at++) n = n * 16 + digit
    if (at === begin || at - begin > 16) this.bad = true
    this.at = at
    return n
  }

  /** An unsigned decimal number below 2⁵³. */
  dec(): number {
    this.blanks()
    const { b, end } = this
    const begin = this.at
    let at = begin
    let n = 0
    for (let digit; at < end && (digit = b[at]! - 48) >= 0 && digit <= 9; at++) n = n * 10 + digit
    if (at === begin || at - begin > 20) this.bad = true
    this.at = at
    return n
  }

  /** A decimal number that may have a minus. */
  int(): number {
    this.blanks()
    if (this.at < this.end && this.b[this.at] === 45) {
      this.at++
      return -this.dec()
    }
    return this.dec()
  }

  /** The colon between two numbers. */
  colon(): void {
    if (this.at < this.end && this.b[this.at] === COLON) this.at++
    else this.bad = true
  }
}
