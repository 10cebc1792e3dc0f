/** PPP over Ethernet as tcpdump prints it — RFC 2516. */
import { printPpp } from './ppp.js'
import type { Printer } from './printer.js'
import { tableOf } from './tables.js'

const HEADER = 6
/** A PADI leaves room for a relay's tag — RFC 2516 §5.1. */
const MAX_INITIATION = 1478
const SESSION = 0x00
const INITIATION = 0x09
const CODES = tableOf({ 0x00: '', 0x07: 'PADO', 0x09: 'PADI', 0x19: 'PADR', 0x65: 'PADS', 0xa7: 'PADT' })
const TAGS = tableOf({
  0x0000: 'EOL', 0x0101: 'Service-Name', 0x0102: 'AC-Name', 0x0103: 'Host-Uniq', 0x0104: 'AC-Cookie', 0x0105: 'Vendor-Specific',
  0x0110: 'Relay-Session-ID', 0x0120: 'PPP-Max-Payload', 0x0201: 'Service-Name-Error', 0x0202: 'AC-System-Error', 0x0203: 'Generic-Error',
})
const TAG_HEADER = 4

/** Returns the bytes of its header, 0 when that is cut. */
export function printPppoe(p: Printer, at: number, length: number): number {
  const { out } = p
  p.protocol = 'pppoe'
  if (length < HEADER) {
    out.text(' (length ').dec(length).text(' < 6)')
    p.invalid()
    return 0
  }
  length -= HEADER
  p.need(at, HEADER)
  const version = p.u8(at) >> 4
  const type = p.u8(at) & 15
  const code = p.u8(at + 1)
  const session = p.u16(at + 2)
  const size = p.u16(at + 4)
  if (version !== 1) out.text(' [ver ').dec(version).byte(93)
  if (type !== 1) out.text(' [type ').dec(type).byte(93)
  const name = CODES.get(code)
  if (name === undefined) out.text('PPPoE PAD-').hex(code)
  else out.text('PPPoE ').text(name)
  if (size > MAX_INITIATION && code === INITIATION) out.text(' [len ').dec(size).text('!]')
  if (size > length) out.text(' [len ').dec(size).text(' > ').dec(length).text('!]')
  if (size < length) length = size
  if (session !== 0) out.text(' [ses 0x').hex(session).byte(93)
  at += HEADER
  if (code === SESSION) {
    out.byte(32)
    return HEADER + printPpp(p, at, length)
  }
  printTags(p, at, length)
  return HEADER
}

function printTags(p: Printer, at: number, length: number): void {
  const { out } = p
  const end = at + length
  let isLast = false
  while (!isLast && at < end) {
    p.need(at, TAG_HEADER)
    const type = p.u16(at)
    const size = p.u16(at + 2)
    at += TAG_HEADER
    if (at + size > p.end) p.need(at, size)
    const name = TAGS.get(type)
    out.text(' [')
    if (name === undefined) out.text('TAG-0x').hex(type)
    else out.text(name)
    if (size > 0) writeValue(p, at, size)
    out.byte(93)
    at += size
    isLast = type === 0
  }
}

/** tcpdump looks at no more of a tag's value than this, bytes. */
const MAX_TEXT = 79

/** Text in quotes, the start of it, when most of that can be shown; else hexadecimal, the whole. */
function writeValue(p: Printer, at: number, size: number): void {
  const { out, b } = p
  const length = Math.min(size, MAX_TEXT)
  let shown = 0
  for (let i = at; i < at + length; i++) if (isShown(b[i]!)) shown++
  if (shown <= length - shown) {
    out.text(' 0x')
    for (let i = at; i < at + size; i++) out.text(b[i]!.toString(16).toUpperCase().padStart(2, '0'))
    return
  }
  out.text(' "')
  for (let i = at; i < at + length; i++) out.byte(isShown(b[i]!) ? b[i]! : 46)
  out.byte(34)
}

const isShown = (c: number): boolean => c >= 0x20 && c < 0x7f
