/** RIP, versions 1 and 2 — RFC 1058, RFC 2453, authentication RFC 4822 — as tcpdump prints it. */
import { u16, u32 } from '../bytes.js'
import { writeHex } from './dump.js'
import { ENDED, TRUNCATED, type Printer } from './printer.js'
import { tableOf, textEnd, word, writeVisible } from './tables.js'

const HEADER = 4
const ENTRY = 20
const Command = { REQUEST: 1, RESPONSE: 2, TRACE_OFF: 4, POLL: 5, POLL_ENTRY: 6 } as const
const COMMANDS = tableOf({ 1: 'Request', 2: 'Response', 3: 'Trace on', 4: 'Trace off', 5: 'Poll', 6: 'Poll Entry' })
/** Families other than IPv4, by name where they have one. */
const FAMILY_NAMES = tableOf({ 6: 'NS', 7: 'ISO', 16: 'Appletalk', 23: 'IPX', 24: 'IPv6', 28: 'IPv6', 30: 'IPv6' })
const IPV4 = 2
const AUTHENTICATION = 0xffff
const Auth = { TRAILER: 1, PASSWORD: 2, DIGEST: 3 } as const

export function printRip(p: Printer, at: number, length: number): void {
  const { b, out, options } = p
  p.protocol = 'rip'
  if (length < HEADER) throw ENDED
  p.want(at, HEADER)
  const command = b[at]!
  const version = b[at + 1]!
  if (options.verbose > 0) out.text('\n\t')
  out.text('RIPv').dec(version)
  if (version === 0) {
    writeHex(out, b, at, Math.min(at + length, p.end))
    return
  }
  out.text(', ').text(word(COMMANDS, command, 'unknown command (%)')).text(', length: ').dec(length)
  if (options.verbose === 0) return
  // Of other commands only these three go undumped.
  const known = command === Command.TRACE_OFF || command === Command.POLL || command === Command.POLL_ENTRY
  if (command === Command.REQUEST || command === Command.RESPONSE) {
    try {
      if (!printEntries(p, at, length, version)) return
    } catch (thrown) {
      if (thrown !== ENDED) throw thrown
      p.truncated()
    }
    if (options.verbose < 2) return
  } else if (known && options.verbose < 2) return
  writeHex(out, b, at, Math.min(at + length, p.end))
}

/** False where nothing more is printed, not even a dump. */
function printEntries(p: Printer, at: number, length: number, version: number): boolean {
  const { out } = p
  if (version > 2) {
    out.text(', unknown version')
    return true
  }
  out.text(', routes: ').dec(Math.floor(length / ENTRY))
  if (version === 2) out.text(' or less')
  const end = Math.min(at + length, p.end)
  let rest = length - HEADER
  for (let entry = at + HEADER; rest > 0 && entry < p.end; entry += ENTRY) {
    if (version === 1) {
      if (rest < ENTRY) throw ENDED
      printEntry1(p, entry)
    } else {
      const outcome = printEntry2(p, entry, end)
      if (outcome !== 'next') return outcome === 'last'
      if (end - entry < ENTRY) {
        out.text(' [remaining entries length ').dec(end - entry).text(' < ').dec(ENTRY).byte(93)
        p.invalid()
        return true
      }
    }
    rest -= ENTRY
  }
  return true
}

/** Everything but family, address and metric is nought; else it is dumped. */
function printEntry1(p: Printer, at: number): void {
  const { b, out } = p
  p.want(at, ENTRY)
  const family = u16(b, at)
  if (family !== 0 && family !== IPV4) {
    out.text('\n\t AFI ').text(word(FAMILY_NAMES, family, 'Unknown (%)')).text(', ')
    return dump(p, at + 4, at + ENTRY)
  }
  if (u16(b, at + 2) !== 0 || u32(b, at + 8) !== 0 || u32(b, at + 12) !== 0) return dump(p, at, at + ENTRY)
  if (family === 0) {
    out.text('\n\t  AFI 0, ')
    p.ip4(at + 4)
    out.text(', metric: ').dec(u32(b, at + 16))
    return
  }
  out.text('\n\t  ')
  p.ip4(at + 4)
  out.text(', metric: ').dec(u32(b, at + 16))
}

/** Whether more entries may follow. */
type Outcome = 'next' | 'last'

function printEntry2(p: Printer, at: number, end: number): Outcome {
  const { b, out } = p
  p.want(at, 4)
  const family = u16(b, at)
  if (family === AUTHENTICATION) return printAuthentication(p, at, end)
  if (family !== 0 && family !== IPV4) {
    out.text('\n\t  AFI ').text(word(FAMILY_NAMES, family, 'Unknown (%)'))
    dump(p, at + 4, at + ENTRY)
    return 'next'
  }
  p.want(at, ENTRY)
  out.text('\n\t  AFI ').text(family === 0 ? '0' : 'IPv4').text(', ')
  writeRight(p, at + 4)
  const mask = maskLength(u32(b, at + 8))
  out.byte(47).left(String(mask), 2).text(', tag 0x').hex(u16(b, at + 2), 4).text(', metric: ').dec(u32(b, at + 16)).text(', next-hop: ')
  if (u32(b, at + 12) === 0) out.text('self')
  else p.ip4(at + 12)
  return 'next'
}

function printAuthentication(p: Printer, at: number, end: number): Outcome {
  const { b, out } = p
  const type = p.u16(at + 2)
  if (type === Auth.PASSWORD) {
    out.text('\n\t  Simple Text Authentication data: ')
    const to = textEnd(b, at + 4, Math.min(at + ENTRY, p.end))
    writeVisible(out, b, at + 4, to)
    if (to >= p.end && to < at + ENTRY) throw TRUNCATED
  } else if (type === Auth.DIGEST) {
    p.want(at, ENTRY)
    out.text('\n\t  Auth header: Packet Len ').dec(u16(b, at + 4)).text(', Key-ID ').dec(b[at + 6]!).text(', Auth Data Len ').dec(b[at + 7]!)
    out.text(', SeqNo ').dec(u32(b, at + 8)).text(', MBZ ').dec(u32(b, at + 12)).text(', MBZ ').dec(u32(b, at + 16))
  } else if (type === Auth.TRAILER) {
    out.text('\n\t  Auth trailer:')
    dump(p, at + 4, end)
    return 'last'
  } else {
    out.text('\n\t  Unknown (').dec(type).text(') Authentication data:')
    dump(p, at + 4, end)
    return 'last'
  }
  return 'next'
}

function dump(p: Printer, at: number, end: number): void {
  writeHex(p.out, p.b, at, Math.min(end, p.end), '\n\t  ')
}

/** An address in a column of fifteen. */
function writeRight(p: Printer, at: number): void {
  const { out } = p
  const from = out.length
  p.ip4(at)
  const width = out.length - from
  if (width >= 15) return
  out.rewind(from)
  out.blanks(15 - width)
  p.ip4(at)
}

/** Ones in front, or -1 for a mask with a gap. */
function maskLength(mask: number): number {
  const length = Math.clz32(~mask)
  return mask === (length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0) ? length : -1
}
