/** Serial Line IP as tcpdump prints it, with the header that BSD puts before a packet, and that of BSD/OS — pcap-linktype(7). */
import { version } from '../../decode/ip4.js'
import { printIp4 } from '../ip4.js'
import { printIp6 } from '../ip6.js'
import type { Printer } from '../printer.js'

/** Direction, the first byte of the packet as it was sent, and its compressed header. */
const HEADER = 16
const BSDOS_HEADER = 16
/** The upper bits of the second byte — RFC 1144 §3.2. */
const Kind = { COMPRESSED: 0x80, UNCOMPRESSED: 0x70, IP: 0x40 } as const

export function printSlip(p: Printer, at: number, length: number): number {
  p.protocol = 'slip'
  if (p.end - at < HEADER || length < HEADER) {
    p.truncated()
    return 0
  }
  const inside = at + HEADER
  length -= HEADER
  if (p.options.link) writeHeader(p, at, length)
  if (p.end - inside < 1 || length < 1) {
    p.truncated()
    return 0
  }
  const ipVersion = version(p.b, inside)
  if (ipVersion === 4) printIp4(p, inside, length)
  else if (ipVersion === 6) printIp6(p, inside, length)
  else p.out.text('ip v').dec(ipVersion)
  return HEADER
}

/** `O ip 60: ` */
function writeHeader(p: Printer, at: number, length: number): void {
  const { b, out } = p
  const direction = b[at]!
  if (direction === 0) out.text('I ')
  else if (direction === 1) out.text('O ')
  else out.text('Invalid direction ').dec(direction).byte(32)
  const kind = b[at + 1]!
  switch (kind & 0xf0) {
    case Kind.IP:
      out.text('ip ').dec(length + HEADER).text(': ')
      return
    case Kind.UNCOMPRESSED: {
      // the connection's number stands where IP has its protocol
      const connection = p.u8(at + HEADER + 9)
      out.text('utcp ').dec(connection).text(': ')
      return
    }
    default:
      if ((kind & Kind.COMPRESSED) === 0) out.text('slip-').dec(kind).text('!: ')
      else out.text('ctcp ')
  }
}

export function printSlipBsdos(p: Printer, at: number, length: number): number {
  p.protocol = 'slip_bsdos'
  if (p.end - at < BSDOS_HEADER || length < BSDOS_HEADER) {
    p.truncated()
    return 0
  }
  const inside = at + BSDOS_HEADER
  printIp4(p, inside, length - BSDOS_HEADER)
  return BSDOS_HEADER
}
