/** Multilink Frame Relay as tcpdump prints it — FRF.16.1: fragments, and the control messages of a bundle's links. */
import { u32le } from '../../bytes.js'
import { writeUnknownData } from '../fields.js'
import type { Printer } from '../printer.js'
import { bits, tableOf, word, writeVisibleByte } from '../tables.js'
import { FRAGMENT_FLAGS, FRAGMENT_MASK, fragmentSequence, printFrameRelay } from './frame-relay.js'

const MIN_LENGTH = 4
const CONTROL_HEADER = 3
const FRAGMENT_HEADER = 2
const BEGIN = 0x80
const BEGIN_AND_END = 0xc0
const CONTROL = 0xe0
const MESSAGES = tableOf({
  1: 'Add Link', 2: 'Add Link ACK', 3: 'Add Link Reject', 4: 'Hello', 5: 'Hello ACK', 6: 'Remove Link', 7: 'Remove Link ACK',
})
const Element = { BUNDLE_ID: 1, LINK_ID: 2, MAGIC: 3, TIMESTAMP: 5 } as const
const ELEMENTS = tableOf({ 1: 'Bundle ID', 2: 'Link ID', 3: 'Magic Number', 5: 'Timestamp', 6: 'Vendor Extension', 7: 'Cause' })
const ELEMENT_HEADER = 2
const MAX_ID = 50
/** A timestamp of this size is a `struct timeval` of a 64-bit machine. */
const TIMEVAL = 16

export function printMfrLink(p: Printer, at: number, length: number): number {
  p.protocol = 'mfr'
  if (p.end - at < 2) {
    p.truncated()
    return p.end - at
  }
  return printMfr(p, at, length)
}

/** Returns the bytes of its header. */
export function printMfr(p: Printer, at: number, length: number): number {
  const { b, out } = p
  p.protocol = 'mfr'
  if (length < MIN_LENGTH) {
    out.text('[length ').dec(length).text(' < 4]')
    p.invalid()
    return length
  }
  if (!p.has(at, MIN_LENGTH)) {
    p.truncated()
    return length
  }
  const flags = b[at]! & FRAGMENT_MASK
  if (flags === CONTROL && b[at + 1] === 0) return printControl(p, at, length)
  out.text('FRF.16 Frag, seq ').dec(fragmentSequence(b[at]!, b[at + 1]!)).text(', Flags [').text(bits(FRAGMENT_FLAGS, flags, 'none')).byte(93)
  if (flags === BEGIN_AND_END || flags === BEGIN) {
    out.text(', ')
    printFrameRelay(p, at + FRAGMENT_HEADER, length - FRAGMENT_HEADER)
    return FRAGMENT_HEADER
  }
  writeUnknownData(p, at, '\n\t', length)
  return 0
}

function printControl(p: Printer, at: number, length: number): number {
  const { b, out, options } = p
  const type = b[at + 2]!
  const name = MESSAGES.get(type)
  out.text('FRF.16 Control, Flags [').text(bits(FRAGMENT_FLAGS, CONTROL, 'none')).text('], ')
  if (name === undefined) out.text('Unknown Message (0x').hex2(type).byte(41)
  else out.text(name)
  out.text(', length ').dec(length)
  if (options.verbose === 0) return CONTROL_HEADER
  let here = at + CONTROL_HEADER
  let left = length - CONTROL_HEADER
  while (left > ELEMENT_HEADER) {
    if (!p.has(here, ELEMENT_HEADER)) return cut(p, length)
    const element = b[here]!
    const size = b[here + 1]!
    out.text('\n\tIE ').text(word(ELEMENTS, element, 'Unknown')).text(' (').dec(element).text('), length ').dec(size).text(': ')
    if (element === 0 || size <= ELEMENT_HEADER) return CONTROL_HEADER
    if (!p.has(here, size)) return cut(p, length)
    const body = size - ELEMENT_HEADER
    printElement(p, element, here + ELEMENT_HEADER, body)
    if (options.verbose > 1) writeUnknownData(p, here + ELEMENT_HEADER, '\n\t  ', body)
    here += size
    // what an element has too much is not missed: tcpdump counts without a sign
    left = left - size < 0 ? Infinity : left - size
  }
  return CONTROL_HEADER
}

function cut(p: Printer, length: number): number {
  p.truncated()
  return length
}

function printElement(p: Printer, type: number, at: number, size: number): void {
  const { b, out } = p
  switch (type) {
    case Element.MAGIC:
      if (size === 4) out.text('0x').hex(p.u32(at), 8)
      else {
        out.text('[IE data length ').dec(size).text(' != 4]')
        p.invalid()
      }
      return
    case Element.BUNDLE_ID:
    case Element.LINK_ID:
      for (let i = 0; i < size && i < MAX_ID && b[at + i] !== 0; i++) writeVisibleByte(out, b[at + i]!)
      return
    case Element.TIMESTAMP:
      if (size === TIMEVAL) return printTime(p, at)
      break
    default:
  }
  if (p.options.verbose <= 1) writeUnknownData(p, at, '\n\t  ', size)
}

/** Seconds and microseconds of 64 bits each, in the order of the machine that sent them: little-endian to us. */
function printTime(p: Printer, at: number): void {
  p.times?.write(p.out, (u32le(p.b, at + 4) | 0) * 0x1_0000_0000 + u32le(p.b, at), u32le(p.b, at + 8) * 1000)
}
