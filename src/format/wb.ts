/** The LBL whiteboard as tcpdump prints it: what is drawn, what is missed, and who takes part. */
import { printTextToZero } from './packet-text.js'
import type { Printer } from './printer.js'

const HEADER = 12
const Type = { DRAW: 0, ID: 1, REPAIR: 2, REPAIRED: 3, KILL: 4, PAGES_WANTED: 5, PAGES: 7 } as const
const OPERATIONS = [
  undefined, undefined, 'RECT', 'LINE', 'ML', 'DEL', 'XFORM', 'ELL', 'CHAR', 'STR', 'NOP', 'PSCODE', 'PSCOMP', 'REF', 'SKIP', 'HOLE',
]
const OPERATION_HEADER = 8

export function printWhiteboard(p: Printer, at: number, length: number): void {
  const { out } = p
  p.protocol = 'wb'
  if (length < HEADER) return p.invalid()
  p.need(at, HEADER)
  if (p.u8(at + 11) !== 0) out.byte(42)
  const type = p.u8(at + 10)
  if (!printMessage(p, type, at + HEADER, length - HEADER)) p.invalid()
}

/** False when the message is too short, or of a kind that nobody knows. */
function printMessage(p: Printer, type: number, at: number, length: number): boolean {
  switch (type) {
    case Type.DRAW:
      p.out.text(' wb-dop:')
      return length >= 16 && printDrawing(p, at, ' ')
    case Type.ID:
      return printIdentity(p, at, length)
    case Type.REPAIR:
      return printRepair(p, at, length)
    case Type.REPAIRED:
      p.out.text(' wb-rrep:')
      if (length < 20) return false
      p.need(at, 20)
      p.out.text(' for ')
      p.ip4(at)
      return printDrawing(p, at + 4, ' ')
    case Type.KILL:
      p.out.text(' wb-kill')
      return true
    case Type.PAGES_WANTED:
      return printPagesWanted(p, at, length)
    case Type.PAGES:
      return printPages(p, at, length)
    default:
      p.out.text(' wb-').dec(type).byte(33)
      return false
  }
}

/** `10.0.0.1:5`: a page is numbered by who began it. */
function writePage(p: Printer, at: number): void {
  p.ip4(at)
  p.out.byte(58).dec(p.u32(at + 4))
}

/** A page, and operations on it from one number to another. */
function printDrawing(p: Printer, at: number, lead: string): true {
  const { out } = p
  p.need(at, 16)
  out.text(lead)
  writePage(p, at)
  const first = p.u32(at + 8)
  const last = p.u32(at + 12)
  out.text(`<${first}:${last}>`)
  if (p.options.verbose > 0) printOperations(p, at + 16, first, last)
  return true
}

function printOperations(p: Printer, at: number, first: number, last: number): void {
  const { out } = p
  out.text(' <')
  for (let n = first; n <= last; n = (n + 1) >>> 0) {
    const type = p.u8(at + 7)
    const name = OPERATIONS[type] ?? `dop-${type}!`
    out.byte(32).text(name)
    if (name === 'SKIP' || name === 'HOLE') {
      const until = p.u32(at)
      out.dec((until - n + 1) >>> 0)
      if (n > until || until > last) out.text('[|]')
      if (until < n) return
      n = until
    }
    at += (p.u16(at + 4) + OPERATION_HEADER + 3) & ~3
  }
  out.text(' >')
}

function printIdentity(p: Printer, at: number, length: number): boolean {
  const { out } = p
  out.text(' wb-id:')
  if (length < 28) return false
  p.need(at, 24)
  out.byte(32).dec(p.u32(at + 12)).byte(47)
  writePage(p, at + 16)
  out.text(' (max ').dec(p.u32(at)).byte(47)
  writePage(p, at + 4)
  out.text(') ')
  p.need(at, 28)
  const count = p.u16(at + 24)
  const rest = length - 28 - 8 * count
  if (rest < 0) return false
  printOffsets(p, at + 28, count)
  out.text('> "')
  printTextToZero(p, at + 28 + 8 * count, rest)
  out.byte(34)
  return true
}

/** `<10.0.0.1:5,10.0.0.2:6`: how far each participant is. */
function printOffsets(p: Printer, at: number, count: number): void {
  for (let i = 0; i < count; i++) {
    p.need(at + 8 * i, 8)
    p.out.byte(i === 0 ? 60 : 44)
    writePage(p, at + 8 * i)
  }
}

function printRepair(p: Printer, at: number, length: number): boolean {
  const { out } = p
  out.text(' wb-rreq:')
  if (length < 20) return false
  p.need(at, 20)
  out.text(' please repair ')
  p.ip4(at)
  out.byte(32)
  writePage(p, at + 4)
  out.text(`<${p.u32(at + 12)}:${p.u32(at + 16)}>`)
  return true
}

function printPagesWanted(p: Printer, at: number, length: number): boolean {
  const { out } = p
  out.text(' wb-preq:')
  if (length < 16) return false
  p.need(at, 12)
  out.text(' need ').dec(p.u32(at + 8)).byte(47)
  writePage(p, at)
  p.need(at, 16)
  return true
}

function printPages(p: Printer, at: number, length: number): boolean {
  const { out } = p
  out.text(' wb-prep:')
  if (length < 4) return false
  let here = at + 4
  for (let n = p.u32(at); n > 0; n--) {
    p.need(here, 12)
    out.byte(32).dec(p.u32(here)).byte(47)
    writePage(p, here + 4)
    p.need(here, 16)
    // tcpdump reads the upper half of the count only
    const count = p.u8(here + 12)
    printOffsets(p, here + 16, count)
    out.byte(62)
    here += 16 + 8 * count
  }
  return true
}
