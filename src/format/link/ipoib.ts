/** IP over InfiniBand as tcpdump prints it — RFC 4391 §6, behind a global route header of 40 bytes. */
import { u16 } from '../../bytes.js'
import { etherTypeName, printEtherType } from '../ethertype.js'
import { writeUnlessQuiet } from '../packet.js'
import type { Printer } from '../printer.js'

const TYPE_AT = 40
const HEADER = 44

export function printIpoib(p: Printer, at: number, length: number): number {
  p.protocol = 'ipoib'
  if (p.end - at < HEADER || length < HEADER) {
    p.truncated()
    return p.end - at
  }
  const type = u16(p.b, at + TYPE_AT)
  if (p.options.link) {
    p.out.text('IPOIB')
    writeType(p, type, length)
  }
  if (!printEtherType(p, type, at + HEADER, length - HEADER, -1, -1)) {
    if (!p.options.link) writeType(p, type, length)
    writeUnlessQuiet(p, at + HEADER, p.end)
  }
  return HEADER
}

/** `, ethertype IPv4 (0x0800), length 128: ` */
function writeType(p: Printer, type: number, length: number): void {
  const { out } = p
  out.text(', ethertype ').text(etherTypeName(type) ?? 'Unknown')
  if (p.options.quiet === 0) out.text(' (0x').hex(type, 4).byte(41)
  out.text(', length ').dec(length).text(': ')
}
