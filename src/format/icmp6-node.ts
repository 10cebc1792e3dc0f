/** IPv6 node information queries as tcpdump prints them — RFC 4620. */
import { u16, u8 } from '../bytes.js'
import type { Printer } from './printer.js'
import { writeVisibleByte } from './tables.js'

/** Bytes before the subject or data. */
const HEADER = 16

const QueryType = { NOOP: 0, SUPPORTED: 1, NAME: 2, ADDRESSES: 3 } as const
/** What the code of a query says its subject is. */
const Subject = { IP6: 0, NAME: 1, IP4: 2 } as const

/** Flags of NODE ADDRESSES — RFC 4620 §6.3. */
const ADDRESS_FLAGS = [[0x40, 'a'], [0x20, 'G'], [0x10, 'S'], [0x08, 'L'], [0x04, 'C'], [0x02, 'A']] as const

function writeAddressFlags(p: Printer, flags: number): void {
  for (const [bit, letter] of ADDRESS_FLAGS) if (flags & bit) p.out.text(letter)
}

/** The query, of `length` bytes at `at`. */
export function printNodeQuery(p: Printer, at: number, length: number): void {
  const { out, b } = p
  const verbose = p.options.verbose > 0
  const end = Math.min(at + length, p.end)
  length = end - at
  const code = p.u8(at + 1)
  if (end === at + 12) {
    // KAME's first form of it
    out.text(' who-are-you request')
    return
  }
  out.text(' node information query')
  if (!p.has(at, HEADER)) return p.truncated()
  const type = u16(b, at + 4)
  const flags = u16(b, at + 6)
  out.text(' (')
  if (type === QueryType.NOOP) out.text('noop')
  else if (type === QueryType.SUPPORTED) {
    out.text('supported qtypes')
    if (flags !== 0) out.text(flags & 1 ? ' [C]' : ' []')
  } else if (type === QueryType.NAME) out.text('DNS name')
  else if (type === QueryType.ADDRESSES) {
    out.text('node addresses')
    if (flags !== 0) {
      out.text(' [')
      writeAddressFlags(p, flags)
      out.byte(93)
    }
  } else out.text('unknown')
  const subject = at + HEADER
  if (type === QueryType.NOOP || type === QueryType.SUPPORTED) {
    if (length !== HEADER && verbose) out.text(', invalid len')
  } else if (length === HEADER) out.text(', 03 draft')
  else if (code === Subject.IP6) {
    if (p.has(subject, 16)) {
      if (length !== HEADER + 16) {
        if (verbose) out.text(', invalid subject len')
      } else {
        out.text(', subject=')
        p.ip6(subject)
      }
    }
  } else if (code === Subject.NAME) {
    {
      out.text(', subject=DNS name')
      // A string behind its length, as an early draft had it.
      if (u8(b, subject) === end - subject - 1) {
        if (verbose) out.text(', 03 draft')
        out.text(', "')
        for (let here = subject + 1; here < end; here++) writeVisibleByte(out, u8(b, here))
        out.byte(34)
      } else {
        out.text(', ')
        writeName(p, subject, end)
      }
    }
  } else if (code === Subject.IP4) {
    if (p.has(subject, 4)) {
      if (length !== HEADER + 4) {
        if (verbose) out.text(', invalid subject len')
      } else {
        out.text(', subject=')
        p.ip4(subject)
      }
    }
  } else out.text(', unknown subject')
  out.byte(41)
}

/** The reply. */
export function printNodeReply(p: Printer, at: number, length: number): void {
  const { out, b } = p
  const verbose = p.options.verbose > 0
  const end = Math.min(at + length, p.end)
  if (length < HEADER || !p.has(at, length)) return p.truncated()
  const code = u8(b, at + 1)
  const type = u16(b, at + 4)
  const flags = u16(b, at + 6)
  out.text(' node information reply (')
  if (code === 0) {
    if (verbose) out.text('success, ')
  } else if (code === 1) out.text('refused')
  else if (code === 2) out.text('unknown')
  if (code !== 0) {
    if ((code === 1 || code === 2) && length !== HEADER && verbose) out.text(', invalid length')
    out.byte(41)
    return
  }
  switch (type) {
    case QueryType.NOOP:
      out.text('noop')
      if (length !== HEADER && verbose) out.text(', invalid length')
      break
    case QueryType.SUPPORTED:
      out.text('supported qtypes')
      if (flags !== 0) out.text(flags & 1 ? ' [C]' : ' []')
      break
    case QueryType.NAME:
      out.text('DNS name')
      p.need(at + HEADER, 4)
      if (p.u8(at + HEADER + 4) === end - at - HEADER - 5) {
        if (verbose) out.text(', 03 draft')
        out.text(', "')
        for (let here = at + HEADER + 5; here < end; here++) writeVisibleByte(out, u8(b, here))
        out.byte(34)
      } else {
        out.text(', ')
        writeName(p, at + HEADER + 4, end)
      }
      if (flags & 1) {
        const seconds = p.u32(at + HEADER)
        out.text(' [TTL=').dec(seconds).byte(93)
      }
      break
    case QueryType.ADDRESSES:
      out.text('node addresses')
      for (let n = HEADER; n + 20 <= length; n += 20) {
        p.need(at + n, 20)
        out.byte(32)
        p.ip6(at + n + 4)
        out.byte(40).dec(p.u32(at + n)).byte(41)
      }
      if (flags !== 0) {
        out.text(' [')
        writeAddressFlags(p, flags)
        if (flags & 1) out.byte(84)
        out.byte(93)
      }
      break
    default:
      out.text('unknown')
  }
  out.byte(41)
}

/** `"host.example."`: labels, with a dot behind the last when one zero ends them (a full name) and none when two do. */
function writeName(p: Printer, at: number, end: number): void {
  const { out, b } = p
  out.byte(34)
  for (let here = at; here < end; ) {
    let left = u8(b, here++)
    if (left === 0) {
      if (here === end) out.byte(46)
      else if (here + 1 !== end || u8(b, here) !== 0) out.text('???')
      break
    }
    if (left > end - here) {
      out.text('???')
      break
    }
    for (; left > 0; left--) writeVisibleByte(out, u8(b, here++))
    if (here + 1 < end && u8(b, here) !== 0) out.byte(46)
  }
  out.byte(34)
}
