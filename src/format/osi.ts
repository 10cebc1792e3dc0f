/** What the OSI protocols share: their identifiers, addresses and checksum — ISO/IEC 9577, ISO/IEC 8473-1. */
import { u16 } from '../bytes.js'
import type { Printer } from './printer.js'
import { tableOf } from './tables.js'

/** Network Layer Protocol Identifiers — ISO/IEC 9577. */
export const Nlpid = {
  NULL: 0x00, Q933: 0x08, SNAP: 0x80, CLNP: 0x81, ES_IS: 0x82, IS_IS: 0x83, IP6: 0x8e, FRF15: 0xb1, IP: 0xcc, PPP: 0xcf,
} as const

export const NLPIDS = tableOf({
  0x00: 'NULL', 0x08: 'Q.933', 0x09: 'LMI', 0x80: 'SNAP', 0x81: 'CLNP', 0x82: 'ES-IS', 0x83: 'IS-IS', 0x84: 'CONS', 0x85: 'IDRP', 0x8a: 'X25 ES-IS',
  0x8e: 'IPv6', 0xb1: 'FRF.15', 0xc1: 'ISIS_SPB', 0xcc: 'IPv4', 0xcf: 'PPP',
})

const MAX_NSAP = 20

/** `49.0001.1921.6800.1001.00`: network service access point of `length` bytes; ends the packet where it was not captured. */
export function nsapText(p: Printer, at: number, length: number): string {
  p.need(at, length)
  if (length < 1 || length > MAX_NSAP) return 'isonsap_string: illegal length'
  let text = ''
  for (let i = 0; i < length; i++) {
    text += p.b[at + i]!.toString(16).padStart(2, '0')
    if ((i & 1) === 0 && i + 1 < length) text += '.'
  }
  return text
}

/** `0x01 (name), …` of `length` protocol identifiers. */
export function writeNlpids(p: Printer, at: number, length: number): void {
  for (let i = 0; i < length; i++) {
    const id = p.u8(at + i)
    p.out.text(NLPIDS.get(id) ?? 'unknown').text(' (0x').hex(id, 2).byte(41)
    if (i + 1 < length) p.out.text(', ')
  }
}

/** What the checksum in bytes `field` and `field + 1` of the `length` bytes at `at` should be — ISO/IEC 8473-1 annex C.3. */
function fletcher(b: Uint8Array, at: number, field: number, length: number): number {
  let c0 = 0
  let c1 = 0
  for (let i = 0; i < length; i++) {
    if (i !== field && i !== field + 1) c0 += b[at + i]!
    // the sum of sums outgrows 32 bits in a very long packet, as tcpdump's does
    c1 = (c1 + c0) >>> 0
  }
  c0 %= 255
  c1 %= 255
  const weighted = Math.imul(length - field, c0)
  let x = (weighted - c0 - c1) | 0
  let y = (c1 - weighted - 1) | 0
  if (y >= 0) y++
  if (x < 0) x--
  x %= 255
  y %= 255
  if (x === 0) x = 255
  if (y === 0) y = 255
  return ((x << 8) | (y & 0xff)) & 0xffff
}

/** ` (correct)`, ` (incorrect should be 0x…)`, or ` (unverified)` when there is none or not all is captured. */
export function writeOsiVerdict(p: Printer, at: number, checksum: number, field: number, length: number): void {
  const { out } = p
  if (checksum === 0 || !p.has(at + field, 2) || field > length || !p.has(at, length)) {
    out.text(' (unverified)')
    return
  }
  const wanted = fletcher(p.b, at, field, length)
  if (wanted === checksum) out.text(' (correct)')
  else out.text(' (incorrect should be 0x').hex(wanted, 4).byte(41)
}

/** `, checksum: 0x1234 (correct)`: the field in bytes 7 and 8 of a header, as CLNP and ES-IS have it. */
export function writeHeaderChecksum(p: Printer, at: number, headerLength: number): void {
  const checksum = u16(p.b, at + 7)
  p.out.text(', checksum: 0x').hex(checksum, 4)
  writeOsiVerdict(p, at, checksum, 7, headerLength)
}

/** What stands behind a header whose length cannot be: all that was captured, in upper case. */
export function writeShortHeader(p: Printer, at: number, headerLength: number): void {
  const { out, b } = p
  out.text(' length indicator ').dec(headerLength).text(' < min PDU size:')
  for (let here = at; here < p.end; here++) out.text(b[here]!.toString(16).toUpperCase().padStart(2, '0'))
}
