/** LAN emulation over ATM as tcpdump prints it: control frames, and Ethernet frames behind the sender's number. */
import type { Printer } from '../printer.js'
import { tableOf } from '../tables.js'
import { printEthernet } from './ethernet.js'

const HEADER = 2
const CONTROL = 0xff00
const OPERATIONS = tableOf({
  0x0001: 'configure request', 0x0002: 'join request', 0x0003: 'ready query', 0x0004: 'register request', 0x0005: 'unregister request',
  0x0006: 'ARP request', 0x0007: 'flush request', 0x0008: 'NARP request', 0x0009: 'topology request', 0x0101: 'configure response',
  0x0102: 'join response', 0x0103: 'ready indication', 0x0104: 'register response', 0x0105: 'unregister response', 0x0106: 'ARP response',
  0x0107: 'flush response',
})

export function printLane(p: Printer, at: number, length: number): void {
  const { out } = p
  p.protocol = 'lane'
  const client = p.u16(at)
  if (client !== CONTROL) {
    printEthernet(p, at + HEADER, length - HEADER, `lecid:${client.toString(16)} `)
    return
  }
  const protocol = p.u8(at + 2)
  const version = p.u8(at + 3)
  const operation = p.u16(at + 4)
  out.text('lec: proto ').hex(protocol).text(' vers ').hex(version).byte(32).text(OPERATIONS.get(operation) ?? `opcode-#${operation}`)
}
