/** Per-Packet Information before a frame of another link type as tcpdump prints it. Little-endian. */
import { u16le, u32le } from '../../bytes.js'
import { LINK_TYPE_NAMES } from '../../decode/link/link-type-names.js'
import { writeUnlessDumped } from '../packet.js'
import type { Printer } from '../printer.js'
import { nestedPrinter } from './link.js'

const HEADER = 8
const MAX_LENGTH = 65532

export function printPpi(p: Printer, at: number, length: number): number {
  const { b, out, options } = p
  p.protocol = 'ppi'
  const captured = p.end - at
  if (captured < HEADER) {
    p.truncated()
    return captured
  }
  const size = u16le(b, at + 2)
  if (size < HEADER || size > MAX_LENGTH) {
    out.text(' [length ').dec(size).text(' < 8 or > 65532]')
    p.invalid()
    return captured
  }
  if (captured < size) {
    p.truncated()
    return captured
  }
  const linkType = u32le(b, at + 4)
  if (options.link) writeHeader(p, at, size, linkType, length)
  const print = nestedPrinter(linkType)
  if (print !== undefined) {
    // tcpdump counts the inner header twice
    return size + 2 * print(p, at + size, length - size)
  }
  if (!options.link) writeHeader(p, at, size, linkType, length)
  writeUnlessDumped(p, at + size, p.end)
  return size
}

/** `V.0 DLT EN10MB (1) len 8, length 24: ` */
function writeHeader(p: Printer, at: number, size: number, linkType: number, length: number): void {
  const { out } = p
  const name = nestedPrinter(linkType) === undefined ? undefined : LINK_TYPE_NAMES.get(linkType)?.split(' ')[0]
  out.text('V.').dec(p.b[at]!).text(' DLT ').text(name ?? 'UNKNOWN').text(' (').dec(linkType).text(') len ').dec(size).text(', length ').dec(length)
  out.text(': ')
}
