/** Bluetooth HCI packets with a direction as tcpdump prints them: as data — pcap-linktype(7), LINKTYPE_BLUETOOTH_HCI_H4_WITH_PHDR. */
import { u32 } from '../../bytes.js'
import { printDataUnlessQuiet } from '../data.js'
import type { Printer } from '../printer.js'

const HEADER = 4

export function printBluetooth(p: Printer, at: number, length: number): number {
  const { out } = p
  p.protocol = 'bluetooth'
  out.text('bluetooth')
  p.need(at, HEADER)
  if (p.options.link) out.text(', hci length ').dec(length - HEADER).text(', direction ').text(u32(p.b, at) & 1 ? 'in' : 'out')
  printDataUnlessQuiet(p, at + HEADER, p.end - at - HEADER)
  return HEADER
}
