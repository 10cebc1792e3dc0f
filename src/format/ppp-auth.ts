/** PPP authentication as tcpdump prints it: PAP (RFC 1334), CHAP (RFC 1994). */
import type { Printer } from './printer.js'
import { type NumberTable, tableOf, word, writeVisibleByte } from './tables.js'

const HEADER = 4
const CHAP_CODES = tableOf({ 1: 'Challenge', 2: 'Response', 3: 'Success', 4: 'Fail' })
const PAP_CODES = tableOf({ 1: 'Auth-Req', 2: 'Auth-ACK', 3: 'Auth-NACK' })

/** `CHAP, Challenge (0x01), id 1`; false when there is not even that. */
function printHead(p: Printer, at: number, length: number, name: string, codes: NumberTable): boolean {
  const { out } = p
  const lower = name.toLowerCase()
  if (length < 1) {
    out.text('[|').text(lower).byte(93)
    return false
  }
  const code = p.u8(at)
  if (length < HEADER) {
    out.text('[|').text(lower).text(' 0x').hex2(code).byte(93)
    return false
  }
  out.text(name).text(', ').text(word(codes, code, 'unknown')).text(' (0x').hex2(code).byte(41)
  const id = p.u8(at + 1)
  out.text(', id ').dec(id)
  return true
}

/** Bytes as text up to `end`: to the end of the capture where that lies before the start, for tcpdump counts without a sign. */
function writeRest(p: Printer, at: number, end: number): void {
  for (const last = end < at ? Infinity : end; at < last; at++) writeVisibleByte(p.out, p.u8(at))
}

export function printChap(p: Printer, at: number, length: number): void {
  const { out } = p
  if (!printHead(p, at, length, 'CHAP', CHAP_CODES)) return
  const code = p.b[at]!
  const end = at + p.u16(at + 2)
  const wireEnd = at + length
  at += HEADER
  if (code === 1 || code === 2) {
    if (wireEnd - at < 1) return
    const size = p.u8(at++)
    if (wireEnd - at < size) return
    out.text(', Value ')
    for (let i = 0; i < size; i++) out.hex2(p.u8(at++))
    out.text(', Name ')
    writeRest(p, at, end)
  } else if (code === 3 || code === 4) {
    out.text(', Msg ')
    writeRest(p, at, end)
  }
}

export function printPap(p: Printer, at: number, length: number): void {
  const { out } = p
  if (!printHead(p, at, length, 'PAP', PAP_CODES)) return
  const code = p.b[at]!
  const size = p.u16(at + 2)
  if (size > length) {
    out.text(', length ').dec(size).text(' > packet size')
    return
  }
  if (size < HEADER) {
    out.text(', length ').dec(size).text(' < PAP header length')
    return
  }
  if (code < 1 || code > 3) return
  // a request has at least two lengths, an answer one
  if (size < (code === 1 ? 6 : 5)) {
    out.text('[|pap]')
    return
  }
  const end = at + size
  at = printField(p, code === 1 ? ', Peer ' : ', Msg ', at + HEADER, end)
  if (code === 1 && at > 0) printField(p, ', Name ', at, end)
}

/** A length and as much text; where the next field stands, 0 when it does not fit. */
function printField(p: Printer, title: string, at: number, end: number): number {
  if (end - at < 1) return 0
  const size = p.u8(at++)
  if (end - at < size) return 0
  p.out.text(title)
  writeRest(p, at, at + size)
  return at + size
}
