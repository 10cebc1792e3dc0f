/** Serial Line IP as tcpdump prints it, with the header that BSD puts before a packet, and that of BSD/OS — pcap-linktype(7), RFC 1144. */
import { version } from '../../decode/ip4.js'
import { printIp4 } from '../ip4.js'
import { printIp6 } from '../ip6.js'
import type { Printer } from '../printer.js'

/** Direction, and the packet's first bytes as they were sent: a compressed header, or the type in the upper bits of the second byte. */
const HEADER = 16
const SENT = 1
const Kind = { COMPRESSED: 0x80, UNCOMPRESSED: 0x70, IP: 0x40 } as const
/** What a compressed header holds, which says what changed — RFC 1144 §3.2.2. */
const Change = { CONNECTION: 0x40, IDENTIFICATION: 0x20, SEQUENCE: 0x08, ACKNOWLEDGEMENT: 0x04, WINDOW: 0x02, URGENT: 0x01 } as const
/** Combinations of four bits that cannot be meant so: echoed typing, and data in one direction. */
const SPECIALS = 0x0f
const ECHOED = Change.SEQUENCE | Change.WINDOW | Change.URGENT
const ONE_WAY = SPECIALS
const IP_MIN = 20
const TCP_MIN = 20

/** What a compressed packet leaves to those before it. */
interface Compression {
  connection: number
  /** Bytes of data in the last packet of each connection, by direction. */
  readonly lengths: readonly [received: Uint32Array, sent: Uint32Array]
}

function compressionOf(p: Printer): Compression {
  let state = p.memory.get('slip') as Compression | undefined
  if (state === undefined) {
    state = { connection: 255, lengths: [new Uint32Array(256), new Uint32Array(256)] }
    p.memory.set('slip', state)
  }
  return state
}

export function printSlip(p: Printer, at: number, length: number): number {
  p.protocol = 'slip'
  p.need(at, HEADER)
  const inside = at + HEADER
  length -= HEADER
  if (p.options.link) writeHeader(p, at, length)
  p.need(inside, 1)
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
  else if (direction === SENT) out.text('O ')
  else out.text('Invalid direction ').dec(direction).byte(32)
  const kind = b[at + 1]!
  switch (kind & 0xf0) {
    case Kind.IP:
      out.text('ip ').dec(length + HEADER).text(': ')
      return
    case Kind.UNCOMPRESSED: {
      const state = compressionOf(p)
      // the connection's number stands where IP has its protocol
      state.connection = b[at + 10]!
      out.text('utcp ').dec(state.connection).text(': ')
      if (direction <= SENT) state.lengths[direction as 0 | 1][state.connection] = dataLength(p, at + HEADER, length)
      return
    }
    default:
      if (direction > SENT) return
      if (kind & Kind.COMPRESSED) writeCompressed(p, at + 1, at + HEADER, length, compressionOf(p), direction)
      else out.text('slip-').dec(kind).text('!: ')
  }
}

/** Bytes of data in a TCP segment in IPv4; both headers must have been captured. */
function dataLength(p: Printer, ip: number, length: number): number {
  p.need(ip, IP_MIN)
  const tcp = ip + 4 * (p.b[ip]! & 15)
  p.need(tcp, TCP_MIN)
  return length - (tcp - ip) - 4 * (p.b[tcp + 12]! >> 4)
}

/** `ctcp 3 S+10 I+1 10 (5): ` */
function writeCompressed(p: Printer, at: number, ip: number, length: number, state: Compression, direction: number): void {
  const { out } = p
  const lengths = state.lengths[direction as 0 | 1]
  const changes = p.u8(at)
  let here = at + 1
  if (changes & Change.CONNECTION) {
    state.connection = p.u8(here++)
    out.text('ctcp ').dec(state.connection)
  } else out.text('ctcp *')
  here += 2 // the checksum
  const special = changes & SPECIALS
  if (special === ECHOED) out.text(' *SA+').dec(lengths[state.connection]!)
  else if (special === ONE_WAY) out.text(' *S+').dec(lengths[state.connection]!)
  else {
    if (changes & Change.URGENT) here = writeChange(p, ' U=', here)
    if (changes & Change.WINDOW) here = writeWindow(p, here)
    if (changes & Change.ACKNOWLEDGEMENT) here = writeChange(p, ' A+', here)
    if (changes & Change.SEQUENCE) here = writeChange(p, ' S+', here)
  }
  if (changes & Change.IDENTIFICATION) here = writeChange(p, ' I+', here)
  lengths[state.connection] = dataLength(p, ip, length)
  out.byte(32).dec(lengths[state.connection]!).text(' (').dec(here - at).text('): ')
}

/** A byte, or two behind a zero; returns where the next is read: after a byte tcpdump reads it again. */
function writeChange(p: Printer, name: string, at: number): number {
  const short = p.u8(at)
  const value = short === 0 ? p.u16(at + 1) : short
  p.out.text(name).dec(value)
  return short === 0 ? at + 3 : at
}

/** The same with a sign, which shows. */
function writeWindow(p: Printer, at: number): number {
  const short = p.u8(at)
  const value = short === 0 ? (p.u16(at + 1) << 16) >> 16 : short
  p.out.text(value < 0 ? ' W' : ' W+').int(value)
  return short === 0 ? at + 3 : at
}

export function printSlipBsdos(p: Printer, at: number, length: number): number {
  p.protocol = 'slip_bsdos'
  p.need(at, HEADER)
  printIp4(p, at + HEADER, length - HEADER)
  return HEADER
}
