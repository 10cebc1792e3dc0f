/** RPKI to router protocol, version 0, as tcpdump prints it — RFC 6810 §5. */
import { hex, ip4, ip6, named, say, writeUnknownData, type Words } from './fields.js'
import type { Printer } from './printer.js'
import { writeVisible } from './tables.js'

const HEADER = 8
const Type = { NOTIFY: 0, QUERY: 1, RESET_QUERY: 2, RESPONSE: 3, PREFIX4: 4, PREFIX6: 6, END: 7, RESET: 8, ERROR: 10 } as const
const TYPES: Words = {
  0: 'Serial Notify', 1: 'Serial Query', 2: 'Reset Query', 3: 'Cache Response', 4: 'IPV4 Prefix', 6: 'IPV6 Prefix', 7: 'End of Data', 8: 'Cache Reset',
  10: 'Error Report',
}
const LENGTHS: Readonly<Record<number, number>> = { 0: 12, 1: 12, 2: 8, 3: 8, 4: 20, 6: 32, 7: 12, 8: 8 }
const ERRORS: Words = {
  0: 'Corrupt Data', 1: 'Internal Error', 2: 'No Data Available', 3: 'Invalid Request', 4: 'Unsupported Protocol Version', 5: 'Unsupported PDU Type',
  6: 'Withdrawal of Unknown Record', 7: 'Duplicate Announcement Received',
}

export function printRpkiRtr(p: Printer, at: number, left: number): void {
  p.protocol = 'rpki_rtr'
  if (p.options.verbose === 0) return say(p, ', RPKI-RTR')
  while (left > 0) {
    const size = printPdu(p, at, left, false)
    at += size
    left -= size
  }
}

/** Returns its bytes, or `left` where nothing can be found behind it. `isInner`: it stands in an error report. */
function printPdu(p: Printer, at: number, left: number, isInner: boolean): number {
  const version = p.u8(at)
  if (version !== 0) {
    say(p, `\n\tRPKI-RTRv${version} (unknown)`)
    return left
  }
  if (left < HEADER) {
    say(p, `(${left} bytes is too few to decode)`)
    return invalid(p, at, left)
  }
  p.need(at, HEADER)
  const type = p.u8(at + 1)
  const length = p.u32(at + 4)
  say(p, `\n\tRPKI-RTRv0, ${named(TYPES, type, 'Unknown')} PDU (${type}), length: ${length}`)
  if (length < HEADER || length > left) return invalid(p, at, left)
  const isKnown = TYPES[type] !== undefined
  if (isKnown) {
    if (type === Type.ERROR ? !printError(p, at, length, isInner) : LENGTHS[type] !== length) return invalid(p, at, left)
    const text = pduText(p, type, at)
    if (text !== '') say(p, `${isInner ? '\n\t    ' : '\n\t  '}${text}`)
  } else p.need(at, length)
  if (p.options.verbose > 1 || !isKnown) writeUnknownData(p, at, '\n\t  ', length)
  return length
}

function invalid(p: Printer, at: number, left: number): number {
  p.invalid()
  p.need(at, left)
  return left
}

function pduText(p: Printer, type: number, at: number): string {
  switch (type) {
    case Type.NOTIFY:
    case Type.QUERY:
    case Type.END:
      return `Session ID: 0x${hex(p.u16(at + 2), 4)}, Serial: ${p.u32(at + 8)}`
    case Type.RESPONSE:
      return `Session ID: 0x${hex(p.u16(at + 2), 4)}`
    case Type.PREFIX4:
      return `IPv4 Prefix ${ip4(p, at + 12)}/${p.u8(at + 9)}-${p.u8(at + 10)}, origin-as ${p.u32(at + 16)}, flags 0x${hex(p.u8(at + 8), 2)}`
    case Type.PREFIX6:
      return `IPv6 Prefix ${ip6(p, at + 12)}/${p.u8(at + 9)}-${p.u8(at + 10)}, origin-as ${p.u32(at + 28)}, flags 0x${hex(p.u8(at + 8), 2)}`
  }
  return ''
}

/** False where a length is wrong. Sums of lengths wrap around as in tcpdump's 32 bits. */
function printError(p: Printer, at: number, length: number, isInner: boolean): boolean {
  const lead = isInner ? '\n\t    ' : '\n\t  '
  let used = HEADER + 4
  if (length < used) return false
  p.need(at, used)
  const code = p.u16(at + 2)
  const inner = p.u32(at + HEADER)
  say(p, `${lead}Error code: ${named(ERRORS, code, 'Unknown')} (${code}), Encapsulated PDU length: ${inner}`)
  if (inner > 0) {
    const end = (used + inner) >>> 0
    if (length < end) return false
    // Of reports in reports two are printed.
    if (isInner) p.need(at, end)
    else {
      say(p, '\n\t    -----encapsulated PDU-----')
      printPdu(p, at + used, inner, true)
    }
    used = end
  }
  if (length < used + 4) return false
  p.need(at, used + 4)
  const size = p.u32(at + used)
  used += 4
  if (size === 0) return true
  if (length < (used + size) >>> 0) return false
  say(p, `${lead}Error text: `)
  writeVisible(p.out, p.b, at + used, Math.min(at + used + size, p.end))
  p.need(at + used, size)
  return true
}
