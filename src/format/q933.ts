/** Signalling of Frame Relay as tcpdump prints it — ITU-T Q.931 §4 and Q.933 Annex A, ANSI T1.617 Annex D. */
import { writeUnknownData } from './fields.js'
import type { Printer } from './printer.js'
import { tableOf, word } from './tables.js'

const MESSAGES = tableOf({
  0x00: 'ESC to National', 0x01: 'Alert', 0x02: 'Call proceeding', 0x03: 'Progress', 0x05: 'Setup', 0x07: 'Connect', 0x0f: 'Connect ACK',
  0x45: 'Disconnect', 0x46: 'Restart', 0x4d: 'Release', 0x4e: 'Restart ACK', 0x5a: 'Release Complete', 0x75: 'Status Enquiry', 0x7d: 'Status Reply',
})
/** Information elements of the codesets 0 and 5; those of the others have no names. */
const ELEMENTS = tableOf({
  0x01: 'ANSI Report Type', 0x03: 'ANSI Link Verify', 0x07: 'ANSI PVC Status', 0x19: 'ANSI Link Verify', 0x51: 'CCITT Report Type',
  0x53: 'CCITT Link Verify', 0x57: 'CCITT PVC Status',
})
const REPORTS = tableOf({ 0: 'Full Status', 1: 'Link verify', 2: 'Async PVC Status' })
/** The national codeset, in which ANSI puts its elements. */
const NATIONAL = 5
const hasNames = (codeset: number): boolean => codeset === 0 || codeset === NATIONAL

/** Elements of one byte have the top bit set; a shift is one of them, locking unless bit 3 is set. */
const isSingle = (element: number): boolean => (element & 0x80) !== 0
const isShift = (element: number): boolean => (element & 0xf0) === 0x90
const isLocking = (shift: number): boolean => (shift & 0x08) === 0
const codesetOf = (shift: number): number => shift & 0x07

/** The packet from its call reference on. */
export function printQ933(p: Printer, at: number, length: number): void {
  const { b, out, options } = p
  p.protocol = 'q.933'
  if (!options.link) out.text('Q.933')
  const end = at + length
  const isThere = (here: number): boolean => here < end && p.has(here, 1)
  const separator = options.link ? '' : ', '
  const cut = (): void => {
    out.text(separator).text('length ').dec(length)
    p.truncated()
  }
  if (!isThere(at)) return cut()
  const reference = b[at]! & 0x0f
  const type = at + 1 + reference
  if (!p.has(at, reference + 2) || length < reference + 2) return cut()
  let here = type + 1
  const shifts: Shifts = { codeset: 0, former: 0, left: 0 }
  let isAnsi = false
  if (here < end) {
    if (!isThere(here)) return cut()
    const first = b[here]!
    if (isShift(first)) {
      here++
      shift(shifts, first)
      isAnsi = isLocking(first) && shifts.codeset === NATIONAL
    }
  }
  out.text(separator).text(isAnsi ? 'ANSI' : 'CCITT').text(', codeset ').dec(shifts.codeset)
  // a reference of one byte is looked for where the first element stands
  if (reference > 1 || (reference === 1 && p.u8(here) !== 0)) out.text(', Call Ref: 0x').hexBytes(b, at + 1, type)
  const name = MESSAGES.get(b[type]!)
  if (options.verbose > 0) out.text(', ').text(name ?? 'unknown message').text(' (0x').hex2(b[type]!).text('), length ').dec(length)
  else if (name === undefined) out.text(', unknown message 0x').hex2(b[type]!)
  else out.text(', ').text(name)
  if (!printElements(p, here, end, shifts)) return
  if (options.verbose === 0) out.text(', length ').dec(length)
  if (shifts.isCut === true) p.truncated()
}

/** Which codeset elements are of. */
interface Shifts {
  codeset: number
  /** The codeset to go back to. */
  former: number
  /** Elements until then; 0: for good. */
  left: number
  /** Where the elements ended, the packet had not. */
  isCut?: boolean
}

function shift(shifts: Shifts, element: number): void {
  shifts.left = isLocking(element) ? 0 : 2
  shifts.former = shifts.codeset
  shifts.codeset = codesetOf(element)
}

/** false when an element ends all, without the length. */
function printElements(p: Printer, at: number, end: number, shifts: Shifts): boolean {
  const { b, out, options } = p
  const isThere = (here: number): boolean => here < end && p.has(here, 1)
  while (at < end) {
    if (shifts.left > 0 && --shifts.left === 0) shifts.codeset = shifts.former
    shifts.isCut = true
    if (!isThere(at)) return true
    const element = b[at++]!
    if (isSingle(element)) {
      if (isShift(element)) shift(shifts, element)
      shifts.isCut = false
      continue
    }
    if (!isThere(at)) return true
    const size = b[at++]!
    const isNamed = hasNames(shifts.codeset)
    if (options.verbose > 0) {
      out.text('\n\t').text(isNamed ? word(ELEMENTS, element, 'unknown') : 'unknown').text(' IE (0x').hex2(element).text('), length ').dec(size).text(': ')
    }
    if (element === 0 || size === 0) return false
    if (end - at < size || !p.has(at, size)) return true
    const isKnown = isNamed && printElement(p, element, at, size)
    if (isKnown && options.verbose > 1) writeUnknownData(p, at, '\n\t  ', size)
    if (!isKnown && options.verbose > 0) writeUnknownData(p, at, '\n\t', size)
    at += size
    shifts.isCut = false
  }
  return true
}

function printElement(p: Printer, element: number, at: number, size: number): boolean {
  const { b, out, options } = p
  switch (element) {
    case 0x01:
    case 0x51:
      if (options.verbose > 0) out.text(word(REPORTS, b[at]!, 'unknown')).text(' (').dec(b[at]!).byte(41)
      return true
    case 0x03:
    case 0x19:
    case 0x53:
      if (options.verbose === 0) out.text(', ')
      if (size < 2) out.text('Invalid LINK VERIFY IE')
      else out.text('TX Seq: ').decPad(b[at]!, 3).text(', RX Seq: ').decPad(b[at + 1]!, 3)
      return true
    case 0x07:
    case 0x57:
      if (options.verbose === 0) out.text(', ')
      printCircuit(p, at, size)
      return true
    default:
      return false
  }
}

/** A connection's number, in two to four bytes of which the last has the top bit set, and a byte of status. */
function printCircuit(p: Printer, at: number, size: number): void {
  const { b, out } = p
  const ends = (i: number): boolean => (b[at + i]! & 0x80) !== 0
  let isValid = size >= 3 && size <= 5 && ends(size - 1) && ends(size - 2)
  for (let i = 0; isValid && i < size - 2; i++) isValid = !ends(i)
  if (!isValid) {
    out.text('Invalid DLCI in PVC STATUS IE')
    return
  }
  let dlci = ((b[at]! & 0x3f) << 4) | ((b[at + 1]! & 0x78) >> 3)
  if (size === 4) dlci = (dlci << 6) | ((b[at + 2]! & 0x7e) >> 1)
  // tcpdump's own figure: the lower two groups overlap
  else if (size === 5) dlci = (dlci << 13) | (b[at + 2]! & 0x7f) | ((b[at + 3]! & 0x7e) >> 1)
  const status = b[at + size - 1]!
  out.text('DLCI ').dec(dlci).text(': status ').text(status & 8 ? 'New, ' : '').text(status & 2 ? 'Active' : 'Inactive')
}
