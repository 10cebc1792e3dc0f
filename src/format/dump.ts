/** Dumps of -x, -X and -A: each begins with a newline and ends without one. */
import type { LineWriter } from './line.js'
import { TRUNCATED, type Printer } from './printer.js'

const PER_LINE = 16
/** Up to here an offset has four hexadecimal digits; no frame is longer than four times that. */
const SHORT = 0x10000

/** `\n\t0x0000:  4500 003c …  E..<` */
export function writeHexAndText(out: LineWriter, b: Uint8Array, from: number, to: number, lead = '\n\t'): void {
  writeLines(out, b, from, to, lead, true)
}

/** `\n\t0x0000:  4500 003c …` */
export function writeHex(out: LineWriter, b: Uint8Array, from: number, to: number, lead = '\n\t'): void {
  writeLines(out, b, from, to, lead, false)
}

function writeLines(out: LineWriter, b: Uint8Array, from: number, to: number, lead: string, text: boolean): void {
  for (let at = from; at < to; at += PER_LINE) {
    const offset = at - from
    out.text(lead)
    const start = out.length
    out.dumpLine(b, at, Math.min(to - at, PER_LINE), offset % SHORT, text)
    if (offset >= SHORT) lengthenOffset(out, start, offset)
  }
}

/** Puts the fifth digit into a line that was written with four. */
function lengthenOffset(out: LineWriter, start: number, offset: number): void {
  const line = out.copyFrom(start)
  out.rewind(start)
  out.text('0x').hex(offset).raw(line, 6)
}

/** As writeHex, but the packet ends as cut behind what was captured of the bytes. */
export function writeHexOrCut(p: Printer, at: number, length: number, lead = '\n\t'): void {
  writeHex(p.out, p.b, at, Math.min(at + length, p.end), lead)
  if (at + length > p.end) throw TRUNCATED
}

const TAB = 9
const LF = 10
const CR = 13

/** -A: newlines, tabs and printable ASCII as they are; a carriage return that ends a line is dropped, all else is a dot. */
export function writeText(out: LineWriter, b: Uint8Array, from: number, to: number): void {
  out.byte(LF)
  for (let at = from; at < to; at++) {
    const c = b[at]!
    if (c === CR) {
      if (at + 2 >= to || b[at + 1] === LF) continue
      out.byte(46)
    } else if (c === LF || c === TAB || (c >= 0x20 && c < 0x7f)) out.byte(c)
    else out.byte(46)
  }
}
