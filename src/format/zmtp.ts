/** ZeroMQ Message Transport Protocol 1.0 — "13/ZMTP", and zmq_pgm(7) for datagrams — as tcpdump prints it. */
import { u64, u8 } from '../bytes.js'
import { writeHexAndText } from './dump.js'
import { TRUNCATED, type Printer } from './printer.js'

/** Bytes of a body that -v dumps; -vv dumps all. */
const BRIEF = 128
/** A length of one byte that says eight more follow. */
const LONG = 0xff
/** The offset in a datagram that is all in the middle of a message. */
const NO_MESSAGE = 0xffff

export function printZmtp(p: Printer, at: number, length: number): void {
  p.protocol = 'zmtp1'
  p.out.text(': ZMTP/1.0')
  printFrames(p, at, at + length)
}

/** The payload of a PGM data packet: the offset of the first message, then frames. */
export function printZmtpDatagram(p: Printer, at: number, length: number): void {
  const { out, options } = p
  p.protocol = 'zmtp1'
  let offset = p.u16(at)
  out.text('\n\t frame offset 0x').hex(offset, 4)
  const first = at + 2
  const captured = p.end - first
  if (offset === NO_MESSAGE) offset = (length - 2) >>> 0
  else if (2 + offset > length) {
    out.text(' (exceeds datagram declared length)')
    throw TRUNCATED
  }
  if (offset > 0) {
    out.text('\n\t frame intermediate part, ').dec(offset).text(' bytes')
    if (offset > captured) out.text(' (').dec(captured).text(' captured)')
    const shown = Math.min(offset, captured, options.verbose === 1 ? BRIEF : Infinity)
    if (options.verbose > 0 && shown > 1) {
      out.text(', first ').dec(shown).text(' byte(s):')
      writeHexAndText(out, p.b, first, first + shown, '\n\t ')
    }
  }
  printFrames(p, first + offset, at + length)
}

function printFrames(p: Printer, at: number, wireEnd: number): void {
  const end = Math.min(p.end, wireEnd)
  for (let here = at; here < end; ) here = printFrame(p, here, end)
}

/** Returns the offset behind it. */
function printFrame(p: Printer, at: number, end: number): number {
  const { b, out, options } = p
  out.text('\n\t')
  const isLong = p.u8(at) === LONG
  const header = isLong ? 9 : 1
  if (isLong) {
    out.text(' frame flags+body (64-bit) length')
    p.need(at, header)
  } else out.text(' frame flags+body  (8-bit) length')
  const declared = isLong ? u64(b, at + 1) : BigInt(u8(b, at))
  out.byte(32).big(declared)
  const body = at + header
  if (declared === 0n) return body
  const flags = p.u8(body)
  // the datagram may end before the frame's header: as in tcpdump that is then a great many bytes
  const captured = BigInt.asUintN(64, BigInt(end - body))
  if (declared > captured) out.text(' (').big(captured).text(' captured)')
  out.text(', flags 0x').hex(flags, 2)
  if (options.verbose > 0) {
    out.text(' (')
    for (let bit = 0x80; bit > 1; bit >>= 1) out.text(flags & bit ? 'MBZ|' : '-|')
    out.text(flags & 1 ? 'MORE)' : '-)')
    let shown = (declared < captured ? declared : captured) - 1n
    if (options.verbose === 1 && shown > BRIEF) shown = BigInt(BRIEF)
    if (shown > 0n) {
      out.text(', first ').big(shown).text(' byte(s) of body:')
      dump(p, body + 1, Number(shown))
    }
  }
  if (declared > BigInt(p.end - body)) throw TRUNCATED
  return body + Number(declared)
}

/** Of what the capture cuts its part, and then the packet ends. */
function dump(p: Printer, at: number, length: number): void {
  writeHexAndText(p.out, p.b, at, Math.min(at + length, p.end), '\n\t ')
  p.need(at, length)
}
