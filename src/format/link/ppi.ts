/** Per-Packet Information before a frame of another link type as tcpdump prints it. Little-endian. */
import { u16le, u32le } from '../../bytes.js'
import { printDataUnlessQuiet } from '../data.js'
import type { Printer } from '../printer.js'
import { dataLinkName, nestedPrinter } from './link.js'

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
  printDataUnlessQuiet(p, at + size, p.end - at - size)
  return size
}

/** `V.0 DLT EN10MB (1) len 8, length 24: ` */
function writeHeader(p: Printer, at: number, size: number, linkType: number, length: number): void {
  const { out } = p
  const name = dataLinkName(linkType) ?? 'UNKNOWN'
  if (p.options.quiet > 0) out.text(name)
  else out.text('V.').dec(p.b[at]!).text(' DLT ').text(name).text(' (').dec(linkType).text(') len ').dec(size)
  out.text(', length ').dec(length).text(': ')
}
