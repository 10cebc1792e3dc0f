/** The extension structure of multi-part ICMP messages as tcpdump prints it — RFC 4884 §7, RFC 4950 (MPLS), RFC 5837 (interfaces). */
import * as checksum from '../decode/checksum.js'
import { writeHex } from './dump.js'
import type { Printer } from './printer.js'
import { tableOf, word } from './tables.js'

const HEADER = 4
const OBJECT_HEADER = 4
const VERSION = 2
const CLASSES = tableOf({ 1: 'MPLS Stack Entry', 2: 'Interface Identification' })
const MPLS = 1

/**
 * @param length bytes from `at` to the end of the message
 * @param announced the message says how long the quoted packet is (RFC 4884 §5.5): without that, what has no right
 * checksum is taken for more of the packet
 */
export function printIcmpExtensions(p: Printer, at: number, length: number, announced: boolean): void {
  const { out, b } = p
  // tcpdump wants a byte of the first object.
  if (!p.has(at, HEADER + 1)) return p.truncated()
  const isWhole = p.has(at, length)
  const isRight = isWhole && checksum.finish(checksum.sum(b, at, at + length)) === 0
  if (!announced && isWhole && !isRight) return
  const version = p.u8(at) >> 4
  out.text('\n\tICMP Multi-Part extension v').dec(version)
  if (version !== VERSION) {
    out.text(' packet not supported')
    return
  }
  if (isWhole) out.text(', checksum 0x').hex(p.u16(at + 2), 4).text(isRight ? ' (correct), length ' : ' (incorrect), length ').dec(length)
  for (let here = at + HEADER, left = length - HEADER; left > OBJECT_HEADER; ) {
    if (!p.has(here, OBJECT_HEADER)) return p.truncated()
    const size = p.u16(here)
    const kind = p.u8(here + 2)
    const type = p.u8(here + 3)
    out.text('\n\t  ').text(word(CLASSES, kind, 'unknown')).text(' Object (').dec(kind).text('), Class-Type: ').dec(type).text(', length ').dec(size)
    left -= OBJECT_HEADER
    if (kind === 0 || size < OBJECT_HEADER) return
    here += OBJECT_HEADER
    const body = size - OBJECT_HEADER
    if (kind === MPLS && type === 1) writeLabel(p, here)
    else if (body > 0) writeHex(out, b, here, Math.min(here + body, p.end), '\n\t    ')
    here += body
    left -= body
  }
}

/** The first label of the stack. */
function writeLabel(p: Printer, at: number): void {
  const { out } = p
  const entry = p.u32(at)
  out.text('\n\t    label ').dec(entry >>> 12).text(', tc ').dec((entry >>> 9) & 7)
  if (entry & 0x100) out.text(', [S]')
  out.text(', ttl ').dec(entry & 0xff)
}
