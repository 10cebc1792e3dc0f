/** REdis Serialization Protocol, version 2 (redis.io/docs/reference/protocol-spec), as tcpdump prints it: ` "GET" "key"`. */
import { ENDED, type Printer } from './printer.js'
import { writeVisible } from './tables.js'

const CR = 13
const LF = 10
/** Lengths from here on are `length too large`. */
const TOO_LARGE = 2 ** 31

const SIMPLE = 43 // +
const FAULT = 45 // -
const INTEGER = 58 // :
const BULK = 36 // $
const ARRAY = 42 // *

export function printResp(p: Printer, at: number, length: number): void {
  p.protocol = 'resp'
  p.out.text(': RESP')
  // A value may go on in the next segment: that ends this line, not the packet.
  for (const end = at + length; at < end; ) at = printValue(p, at, end)
}

/** Prints the value at `at`; returns the offset behind it. An array is only its length here: its elements are values that follow. */
function printValue(p: Printer, at: number, end: number): number {
  const type = p.u8(at)
  if (type === SIMPLE || type === FAULT || type === INTEGER) {
    const to = lineEnd(p, at + 1, end)
    writeQuoted(p, at + 1, to)
    return to + 2
  }
  if (type === BULK) return printBulk(p, at + 1, end)
  if (type === ARRAY) return printArray(p, at, end)
  return printInline(p, at, end)
}

/** Words up to a line's end; the ends of empty lines are stepped over. */
function printInline(p: Printer, at: number, end: number): number {
  while (at < end && isLineEnd(p.u8(at))) at++
  let to = at
  while (to < end && !isLineEnd(p.u8(to))) to++
  if (to >= end) throw ENDED
  writeQuoted(p, at, to)
  while (to < end && isLineEnd(p.u8(to))) to++
  return to
}

const isLineEnd = (c: number): boolean => c === CR || c === LF

function writeQuoted(p: Printer, at: number, end: number): void {
  p.out.text(' "')
  writeVisible(p.out, p.b, at, end)
  p.out.byte(34)
}

/** Offset of the next CR LF. */
function lineEnd(p: Printer, at: number, end: number): number {
  for (; at + 1 < end; at++) {
    p.want(at, 2)
    if (p.b[at] === CR && p.b[at + 1] === LF) return at
  }
  throw ENDED
}

function printArray(p: Printer, at: number, end: number): number {
  let pending = 1
  // Arrays in arrays are taken as one run of values: what is still to come is counted, not stacked.
  while (pending > 0) {
    pending--
    if (at >= end) throw ENDED
    if (p.u8(at) !== ARRAY) {
      at = printValue(p, at, end)
      continue
    }
    const length = readLength(p, at + 1, end)
    at = length.next
    pending += printLength(p, length.n) ? length.n : 0
  }
  return at
}

/** `length` bytes, of which what follows up to the line's end is stepped over. */
function printBulk(p: Printer, at: number, end: number): number {
  const { n, next } = readLength(p, at, end)
  if (!printLength(p, n)) return Object.is(n, 0) ? lineEnd(p, next, end) + 2 : next
  if (next + n > end) throw ENDED
  p.want(next, n)
  writeQuoted(p, next, next + n)
  return lineEnd(p, next + n, end) + 2
}

/** Says what a length that is not positive means; true when it is positive and something follows. */
function printLength(p: Printer, n: number): boolean {
  if (n > 0 && n < TOO_LARGE) return true
  const { out } = p
  if (n === 0 && !Object.is(n, -0)) out.text(' empty')
  else if (n === -1) out.text(' null')
  else if (n === NOT_A_NUMBER) out.text(' invalid')
  else out.text(n > 0 ? ' length too large' : ' length negative and not -1')
  return false
}

const NOT_A_NUMBER = Number.NEGATIVE_INFINITY

/** A decimal number and the CR LF behind it; `next` is the offset behind them, or behind the byte that is none of it. */
function readLength(p: Printer, at: number, end: number): { n: number; next: number } {
  let n = 0
  let digits = 0
  if (at >= end) throw ENDED
  const negative = p.u8(at) === FAULT
  if (negative) at++
  for (; ; at++) {
    if (at >= end) throw ENDED
    const c = p.u8(at)
    if (c === CR && digits > 0) {
      if (at + 1 >= end) throw ENDED
      if (p.u8(at + 1) === LF) return { n: negative ? -n : n, next: at + 2 }
      return { n: NOT_A_NUMBER, next: at + 2 }
    }
    if (c < 48 || c > 57) return { n: NOT_A_NUMBER, next: at + 1 }
    digits++
    n = Math.min(n * 10 + c - 48, TOO_LARGE)
  }
}
