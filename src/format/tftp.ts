/** TFTP — RFC 1350, with the options of RFC 2347 — as tcpdump prints it. */
import { ENDED, type Printer } from './printer.js'
import { tableOf, textEnd, word, writeVisible } from './tables.js'

const Op = { RRQ: 1, WRQ: 2, DATA: 3, ACK: 4, ERROR: 5, OACK: 6 } as const
const OPS = tableOf({ 1: 'RRQ', 2: 'WRQ', 3: 'DATA', 4: 'ACK', 5: 'ERROR', 6: 'OACK' })
const ERRORS = tableOf({
  0: 'EUNDEF', 1: 'ENOTFOUND', 2: 'EACCESS', 3: 'ENOSPACE', 4: 'EBADOP', 5: 'EBADID', 6: 'EEXISTS', 7: 'ENOUSER',
})

export function printTftp(p: Printer, at: number, length: number): void {
  const { out } = p
  p.protocol = 'tftp'
  out.text('TFTP, length ').dec(length)
  if (length < 2) throw ENDED
  const op = p.u16(at)
  out.text(', ').text(word(OPS, op, 'tftp-#%'))
  const end = at + length
  at += 2
  switch (op) {
    case Op.RRQ:
    case Op.WRQ:
      if (at >= end) throw ENDED
      out.text(' "')
      at = printString(p, at, end, '"')
      if (at >= end) throw ENDED
      return printOptions(p, printString(p, at, end, '', ' '), end)
    case Op.OACK:
      return printOptions(p, at, end)
    case Op.DATA:
    case Op.ACK: {
      if (at + 2 > end) throw ENDED
      const block = p.u16(at)
      out.text(' block ').dec(block)
      return
    }
    case Op.ERROR: {
      if (at + 2 > end) throw ENDED
      const code = p.u16(at)
      out.byte(32).text(word(ERRORS, code, 'tftp-err-#% "'))
      if (at + 2 >= end) throw ENDED
      out.text(' "')
      printString(p, at + 2, end, '"')
    }
  }
}

/** ` blksize 1024 …`; empty strings go unseen. */
function printOptions(p: Printer, at: number, end: number): void {
  while (at < end) at = p.u8(at) === 0 ? at + 1 : printString(p, at, end, '', ' ')
}

/** A string that a NUL ends, between `before` and `after`; returns the offset behind the NUL. Without one, the packet is cut. */
function printString(p: Printer, at: number, end: number, after: string, before = ''): number {
  const { b, out } = p
  const to = textEnd(b, at, Math.min(end, p.end))
  out.text(before)
  writeVisible(out, b, at, to)
  out.text(after)
  if (to >= end || to >= p.end) throw ENDED
  return to + 1
}
