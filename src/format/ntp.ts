/** Network Time Protocol — RFC 5905, control messages RFC 9327 — as tcpdump prints it. */
import { u32 } from '../bytes.js'
import { type Printer } from './printer.js'
import { tableOf, word, writeVisible } from './tables.js'

const Mode = { CONTROL: 6, RESERVED: 7 } as const
const MODES = tableOf({
  0: 'unspecified', 1: 'symmetric active', 2: 'symmetric passive', 3: 'Client', 4: 'Server', 5: 'Broadcast', 6: 'Control Message', 7: 'Reserved',
})
/** By the two top bits of the first byte, which are printed where they stand. */
const LEAPS = tableOf({ 0x00: '', 0x40: '+1s', 0x80: '-1s', 0xc0: 'clock unsynchronized' })

const HEADER = 48
const CONTROL_HEADER = 12
/** Seconds from 1900, where NTP counts from, to 1970. */
const TO_UNIX = 2208988800
const STRATUM_LAST = 15

/** Offsets of the four timestamps. */
const Stamp = { REFERENCE: 16, ORIGINATE: 24, RECEIVE: 32, TRANSMIT: 40 } as const

export function printNtp(p: Printer, at: number, length: number): void {
  const { out } = p
  p.protocol = 'ntp'
  const first = p.u8(at)
  const mode = first & 7
  out.text('NTPv').dec((first >> 3) & 7).text(', ').text(word(MODES, mode, '')).text(', length ').dec(length)
  if (p.options.verbose === 0) return
  out.text('\n\tLeap indicator: ').text(word(LEAPS, first & 0xc0, '')).text(' (').dec(first & 0xc0).byte(41)
  if (mode === Mode.CONTROL) printControl(p, at, length)
  else if (mode !== Mode.RESERVED) printTime(p, at, length)
}

function printTime(p: Printer, at: number, length: number): void {
  const { out, b } = p
  if (length < HEADER) return printShort(p, at, length)
  const stratum = p.u8(at + 1)
  out.text(', Stratum ').dec(stratum).text(' (').text(stratumWord(stratum)).byte(41)
  const poll = p.u8(at + 2)
  out.text(', poll ')
  writePoll(p, (poll << 24) >> 24)
  const precision = p.u8(at + 3)
  out.text(', precision ').int((precision << 24) >> 24)
  p.want(at + 4, 4)
  out.text('\n\tRoot Delay: ')
  writeFixed(p, at + 4)
  p.want(at + 8, 4)
  out.text(', Root dispersion: ')
  writeFixed(p, at + 8)
  p.want(at + 12, 4)
  out.text(', Reference-ID: ')
  if (stratum === 0) out.text('(unspec)')
  else if (stratum === 1) writeVisible(out, b, at + 12, at + 16)
  else out.text('0x').hex(u32(b, at + 12), 8)
  writeStampAs(p, '\n\t  Reference Timestamp:  ', at + Stamp.REFERENCE)
  writeStampAs(p, '\n\t  Originator Timestamp: ', at + Stamp.ORIGINATE)
  writeStampAs(p, '\n\t  Receive Timestamp:    ', at + Stamp.RECEIVE)
  writeStampAs(p, '\n\t  Transmit Timestamp:   ', at + Stamp.TRANSMIT)
  out.text('\n\t    Originator - Receive Timestamp:  ')
  writeDifference(p, at + Stamp.ORIGINATE, at + Stamp.RECEIVE)
  out.text('\n\t    Originator - Transmit Timestamp: ')
  writeDifference(p, at + Stamp.ORIGINATE, at + Stamp.TRANSMIT)
  printKey(p, at + HEADER, length - HEADER)
}

/** The packet is shorter than it must be, and perhaps cut besides. */
function printShort(p: Printer, at: number, length: number): void {
  p.invalid()
  p.want(at, length)
}

const stratumWord = (n: number): string =>
  n === 0 ? 'unspecified' : n === 1 ? 'primary reference' : n <= STRATUM_LAST ? 'secondary reference' : 'reserved'

/** The exponent, and what it means where it fits 32 bits. */
function writePoll(p: Printer, exponent: number): void {
  const { out } = p
  out.int(exponent)
  if (exponent >= 0 && exponent < 32) out.text(' (').dec(2 ** exponent).text('s)')
  else if (exponent < 0 && exponent > -32) out.text(' (1/').dec(2 ** -exponent).text('s)')
}

/** 16 bits of seconds and 16 of their fraction, to the microsecond. */
function writeFixed(p: Printer, at: number): void {
  const n = u32(p.b, at)
  p.out.dec(n >>> 16).byte(46).dec6(Math.floor(((n & 0xffff) / 65536) * 1e6))
}

function writeStampAs(p: Printer, title: string, at: number): void {
  p.want(at, 8)
  p.out.text(title)
  writeStamp(p, at)
}

/** Seconds since 1900 to the nanosecond, and the date in UTC unless it is not set. */
export function writeStamp(p: Printer, at: number): void {
  const { out, b } = p
  const seconds = u32(b, at)
  writeSeconds(p, seconds, u32(b, at + 4))
  if (seconds !== 0) out.text(` (${new Date((seconds - TO_UNIX) * 1000).toISOString().slice(0, 19)}Z)`)
}

function writeSeconds(p: Printer, seconds: number, fraction: number): void {
  p.out.dec(seconds).byte(46).decZero(Math.floor((fraction / 2 ** 32) * 1e9), 9)
}

/** `to` minus `from` with its sign; `to` itself when `from` is not set. */
function writeDifference(p: Printer, from: number, to: number): void {
  const { out, b } = p
  let later = to
  let earlier = from
  if (u32(b, from) === 0 && u32(b, from + 4) === 0) return writeStamp(p, to)
  const forward = u32(b, to) - u32(b, from) || u32(b, to + 4) - u32(b, from + 4)
  if (forward <= 0) {
    later = from
    earlier = to
  }
  out.byte(forward > 0 ? 43 : 45)
  const fraction = u32(b, later + 4) - u32(b, earlier + 4)
  const seconds = u32(b, later) - u32(b, earlier)
  writeSeconds(p, fraction < 0 ? seconds - 1 : seconds, fraction >>> 0)
}

/** The key's number and a digest of 128 or 160 bits, or anything else. */
function printKey(p: Printer, at: number, length: number): void {
  const { out, b } = p
  if (length === 0) return
  if (length !== 4 && length !== 20 && length !== 24) {
    out.text('\n\t(').dec(length).text(' more bytes after the header)')
    return
  }
  const key = p.u32(at)
  out.text('\n\tKey id: ').dec(key)
  if (length === 4) return
  p.want(at + 4, length - 4)
  out.text('\n\tAuthentication: ').hexBytes(b, at + 4, at + length)
}

function printControl(p: Printer, at: number, length: number): void {
  const { out } = p
  if (length < CONTROL_HEADER) return printShort(p, at, length)
  const bits = p.u8(at + 1)
  out.text(bits & 0x80 ? ', Response' : ', Request').text(bits & 0x40 ? ', Error' : ', OK').text(bits & 0x20 ? ', More' : ', Last')
  out.text(', OpCode=').dec(bits & 0x1f).byte(10)
  const sequence = p.u16(at + 2)
  out.text('\tSequence=').dec(sequence)
  const status = p.u16(at + 4)
  out.text(', Status=').text(status === 0 ? '' : '0x').hex(status)
  const association = p.u16(at + 6)
  out.text(', Assoc.=').dec(association)
  const offset = p.u16(at + 8)
  out.text(', Offset=').dec(offset)
  const count = p.u16(at + 10)
  out.text(', Count=').dec(count)
  if (CONTROL_HEADER + count > length) return printShort(p, at, length)
  if (count === 0) return
  p.want(at + CONTROL_HEADER, count)
  out.text('\n\tTO-BE-DONE: data not interpreted')
}
