/** Tags with which Arista's switches mark the time a frame passed, as tcpdump prints them — Arista, "Overview of Timestamps". */
import type { Printer } from '../printer.js'
import { tableOf, word } from '../tables.js'

const TIMESTAMP = 1
const SUBTYPES = tableOf({ 1: 'Timestamp' })
const TIMESCALES = tableOf({ 0: 'TAI', 1: 'UTC' })
const FORMATS = tableOf({ 1: '64-bit', 2: '48-bit' })
const HARDWARE = tableOf({ 0: 'R/R2', 1: 'R3' })
const BILLION = 1e9

/** The tag behind its EtherType; its bytes, negative when it is of an unknown kind. */
export function printArista(p: Printer, at: number): number {
  const { out } = p
  p.protocol = 'arista'
  const subtype = p.u16(at)
  out.text('SubType ').text(word(SUBTYPES, subtype, 'Unknown')).text(' (0x').hex(subtype, 4).text('), ')
  if (subtype !== TIMESTAMP) return -1
  const scale = p.u8(at + 2)
  out.text('Timescale ').text(word(TIMESCALES, scale, 'Unknown')).text(' (').dec(scale).text('), ')
  const form = p.u8(at + 3)
  out.text('Format ').text(word(FORMATS, form >> 4, 'Unknown')).text(' (').dec(form >> 4).text('), HwInfo ')
  out.text(word(HARDWARE, form & 15, 'Unknown')).text(' (').dec(form & 15).text('), Timestamp ')
  const size = form >> 4 === 1 ? 8 : form >> 4 === 2 ? 6 : 0
  if (size === 0) return -1
  const whole = size === 8 ? p.u32(at + 4) : p.u16(at + 4)
  const nanos = p.u32(at + size)
  const seconds = whole + Math.floor(nanos / BILLION)
  if (size === 8) out.text(new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' '))
  else out.dec(seconds)
  out.byte(46).decZero(nanos % BILLION, 9).text(': ')
  return 4 + size
}
