/** Captures of Symantec's firewall as tcpdump prints them: of the header only the EtherType is known. */
import { u16 } from '../../bytes.js'
import { MAX_LENGTH } from '../../decode/link/ethernet.js'
import { printDataUnlessQuiet } from '../data.js'
import { printEtherType } from '../ethertype.js'
import type { Printer } from '../printer.js'
import { writeType } from './firewire.js'

const TYPE_AT = 6
const HEADER = 44

export function printSymantec(p: Printer, at: number, length: number): number {
  p.protocol = 'symantec'
  p.need(at, HEADER)
  const type = u16(p.b, at + TYPE_AT)
  if (p.options.link) writeHeader(p, type, length)
  const inside = at + HEADER
  if (type <= MAX_LENGTH || !printEtherType(p, type, inside, length - HEADER, -1, -1)) {
    if (!p.options.link) writeHeader(p, type, length)
    printDataUnlessQuiet(p, inside, p.end - inside)
  }
  return HEADER
}

function writeHeader(p: Printer, type: number, length: number): void {
  const { out } = p
  if (type <= MAX_LENGTH) out.text('invalid ethertype ').dec(type)
  else writeType(p, type)
  out.text(', length ').dec(length).text(': ')
}
