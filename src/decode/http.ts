/** HTTP/1 messages, as far as their first line and a field — RFC 9112 §3, §4, §5. `b` is the captured frame, `end` one past the last captured byte of the segment. */
import { u8 } from '../bytes.js'

const SPACE = 0x20, CR = 0x0d, LF = 0x0a, COLON = 0x3a
const VERSION = Buffer.from('HTTP/')
/** `HTTP/1.1`, and with the blank before it. */
const VERSION_LENGTH = 8
/** Longest method that is looked for: methods are tokens of any length, real ones are short. */
const MOST_METHOD = 24
/** Methods that make a request of a line whose end was not captured. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH', 'PROPFIND'].map((method) => Buffer.from(`${method} `))

/** Where the line at `at` ends, without CR and LF; `end` where its end was not captured. */
export function lineEnd(b: Uint8Array, at: number, end: number): number {
  const found = b.subarray(at, end).indexOf(LF)
  if (found < 0) return end
  return found > 0 && u8(b, at + found - 1) === CR ? at + found - 1 : at + found
}

const startsWith = (b: Uint8Array, at: number, end: number, text: Uint8Array): boolean => end - at >= text.length && text.every((byte, i) => b[at + i] === byte)

const isVersion = (b: Uint8Array, at: number, end: number): boolean =>
  startsWith(b, at, end, VERSION) && end - at >= VERSION_LENGTH && u8(b, at + 6) === 0x2e

/** Whether the line from `at` to `to` is a request's: method, target, version. One that was cut off (`to` is `end`) needs a well-known method instead of its version. */
export function isRequest(b: Uint8Array, at: number, to: number, end: number): boolean {
  if (to === end && METHODS.some((method) => startsWith(b, at, to, method))) return true
  let blank = at
  while (blank < to && blank - at < MOST_METHOD && isUpper(u8(b, blank))) blank++
  return blank > at && blank < to && u8(b, blank) === SPACE && to - VERSION_LENGTH - 1 > blank && u8(b, to - VERSION_LENGTH - 1) === SPACE && isVersion(b, to - VERSION_LENGTH, to)
}

const isUpper = (byte: number): boolean => (byte >= 0x41 && byte <= 0x5a) || byte === 0x2d

/** Where the status stands in the line from `at` to `to` (`404 Not Found`), if it is a response's; else -1. */
export const statusAt = (b: Uint8Array, at: number, to: number): number =>
  isVersion(b, at, to) && to - at > VERSION_LENGTH + 3 && u8(b, at + VERSION_LENGTH) === SPACE ? at + VERSION_LENGTH + 1 : -1

/** The value of the first field called `name` (lower case, with its colon) behind the first line, which ends at `to`; undefined without one. */
export function field(b: Uint8Array, to: number, end: number, name: string): Uint8Array | undefined {
  for (let at = next(b, to, end); at < end; ) {
    const stop = lineEnd(b, at, end)
    if (stop === at || stop === end) return undefined
    const colon = at + name.length - 1
    if (colon < stop && u8(b, colon) === COLON && Buffer.from(b.subarray(at, colon + 1)).toString('latin1').toLowerCase() === name) return trimmed(b, colon + 1, stop)
    at = next(b, stop, end)
  }
  return undefined
}

/** Behind the CR and LF at `at`. */
const next = (b: Uint8Array, at: number, end: number): number => (at < end && u8(b, at) === CR ? at + 2 : at + 1)

const isBlank = (byte: number): boolean => byte === SPACE || byte === 0x09

function trimmed(b: Uint8Array, from: number, to: number): Uint8Array {
  while (from < to && isBlank(u8(b, from))) from++
  while (to > from && isBlank(u8(b, to - 1))) to--
  return b.subarray(from, to)
}
