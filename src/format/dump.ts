/** Dumps of -x, -X and -A: each begins with a newline and ends without one. */
import type { LineWriter } from './line.js'

const PER_LINE = 16
/** A control character, blank or byte beyond ASCII shows as a dot in the text column of -X. */
const isGraphic = (c: number): boolean => c > 0x20 && c < 0x7f

/** `\n\t0x0000:  4500 003c …  E..<` */
export function writeHexAndText(out: LineWriter, b: Uint8Array, from: number, to: number, lead = '\n\t'): void {
  for (let at = from; at < to; at += PER_LINE) {
    const end = Math.min(at + PER_LINE, to)
    writeHexLine(out, b, from, at, end, lead)
    // a group of two bytes takes five columns
    out.blanks((PER_LINE / 2) * 5 - Math.floor((end - at) / 2) * 5 - ((end - at) % 2) * 3)
    out.text('  ')
    for (let i = at; i < end; i++) out.byte(isGraphic(b[i]!) ? b[i]! : 46)
  }
}

/** `\n\t0x0000:  4500 003c …` */
export function writeHex(out: LineWriter, b: Uint8Array, from: number, to: number, lead = '\n\t'): void {
  for (let at = from; at < to; at += PER_LINE) writeHexLine(out, b, from, at, Math.min(at + PER_LINE, to), lead)
}

function writeHexLine(out: LineWriter, b: Uint8Array, from: number, at: number, end: number, lead: string): void {
  out.text(lead).text('0x').hex(at - from, 4).text(': ')
  for (let i = at; i < end; i++) {
    if (((i - at) & 1) === 0) out.byte(32)
    out.hex(b[i]!, 2)
  }
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
