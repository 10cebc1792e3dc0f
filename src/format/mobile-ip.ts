/** Minimal encapsulation within IP — RFC 2004 — as tcpdump prints it. */
import { u16 } from '../bytes.js'
import * as checksum from '../decode/checksum.js'
import type { Printer } from './printer.js'

const HEADER = 12
const WITHOUT_SOURCE = 8
const SOURCE_PRESENT = 0x0080

export function printMobileIp(p: Printer, at: number, length: number): void {
  const { b, out, options } = p
  p.protocol = 'mobile'
  if (length < WITHOUT_SOURCE || !p.has(at, HEADER)) return p.truncated()
  const protocol = u16(b, at)
  const hasSource = (protocol & SOURCE_PRESENT) !== 0
  out.text(hasSource ? 'mobile: [S] ' : 'mobile: [] ')
  if (options.verbose > 0) {
    if (hasSource) {
      p.ip4(at + 8)
      out.byte(32)
    }
    out.text('> ')
    p.ip4(at + 4)
    out.text(' (oproto=').dec(protocol >> 8).byte(41)
  }
  const size = hasSource ? HEADER : WITHOUT_SOURCE
  if (checksum.finish(checksum.sum(b, at, at + size)) !== 0) out.text(' (bad checksum ').dec(u16(b, at + 2)).byte(41)
}
