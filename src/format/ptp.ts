/** Precision Time Protocol as tcpdump prints it — IEEE 1588-2008 §13; of other versions only the number. */
import type { Printer } from './printer.js'
import { bits } from './tables.js'

const HEADER = 34
const VERSION_1 = 1
const VERSION_2 = 2
const V1_COMPATIBLE = 0x10
const TYPES = [
  'sync msg', 'delay req msg', 'peer delay req msg', 'peer delay resp msg', undefined, undefined, undefined, undefined, 'follow up msg', 'delay resp msg',
  'pdelay resp fup msg', 'announce msg', 'signalling msg', 'management msg',
]
const FLAGS = [
  [0x0001, 'l1 61'], [0x0002, 'l1 59'], [0x0004, 'utc reasonable'], [0x0008, 'timescale'], [0x0010, 'time tracable'], [0x0020, 'frequency tracable'],
  [0x0100, 'alternate master'], [0x0200, 'two step'], [0x0400, 'unicast'], [0x1000, 'profile specific 1'], [0x2000, 'profile specific 2'],
  [0x4000, 'security mask'], [0x18c0, 'unknown'],
] as const
const CONTROLS = ['Sync', 'Delay_Req', 'Follow_Up', 'Delay_Resp', 'Management', 'Other']

export function printPtp(p: Printer, at: number, length: number): void {
  const { out } = p
  p.protocol = 'ptp'
  if (length < HEADER) {
    out.text(' [length ').dec(length).text(' < 34]')
    return p.invalid()
  }
  const version = p.u8(at + 1)
  out.text('PTPv').dec(version)
  if (version === VERSION_1) out.text(' (not implemented)')
  else if (version === VERSION_2) printVersion2(p, at)
}

function printVersion2(p: Printer, at: number): void {
  const { out } = p
  const first = p.u8(at)
  const type = TYPES[first & 0xf]
  out.text(first & V1_COMPATIBLE ? ', v1 compat : yes' : ', v1 compat : no').text(', msg type : ').text(type ?? 'Reserved')
  const length = p.u16(at + 2)
  out.text(', length : ').dec(length)
  const domain = p.u16(at + 4)
  out.text(', domain : ').dec(domain >> 8).text(', reserved1 : ').dec(domain & 0xff)
  const flags = p.u16(at + 6)
  out.text(', Flags [').text(bits(FLAGS, flags, 'none')).byte(93)
  const correction = u48(p, at + 8)
  out.text(', NS correction : ').big(correction)
  const fraction = p.u16(at + 14)
  out.text(', sub NS correction : ').dec(fraction)
  const reserved = p.u32(at + 16)
  out.text(', reserved2 : ').dec(reserved)
  printIdentity(p, ', clock identity : 0x', at + 20)
  const sequence = p.u16(at + 30)
  out.text(', seq id : ').dec(sequence)
  const control = p.u8(at + 32)
  out.text(', control : ').dec(control).text(' (').text(CONTROLS[control] ?? 'Reserved').byte(41)
  const interval = p.u8(at + 33)
  out.text(', log message interval : ').dec(interval)
  if (type !== undefined) printBody(p, type, at + HEADER)
}

const u48 = (p: Printer, at: number): number => {
  p.need(at, 6)
  return p.u16(at) * 0x100000000 + p.u32(at + 2)
}

/** A clock's eight bytes and its port. */
function printIdentity(p: Printer, title: string, at: number): void {
  const clock = p.u64(at)
  p.out.text(title).text(clock.toString(16))
  const port = p.u16(at + 8)
  p.out.text(', port id : ').dec(port)
}

function printTime(p: Printer, title: string, at: number, comma = ','): void {
  p.out.text(title)
  const seconds = u48(p, at)
  p.out.byte(32).big(seconds).text(' seconds').text(comma)
  const nanos = p.u32(at + 6)
  p.out.byte(32).dec(nanos).text(' nanoseconds')
}

function printBody(p: Printer, type: string, at: number): void {
  switch (type) {
    case 'sync msg':
    case 'delay req msg':
      return printTime(p, ', originTimeStamp :', at)
    case 'follow up msg':
      return printTime(p, ', preciseOriginTimeStamp :', at)
    case 'peer delay resp msg':
    case 'delay resp msg':
      printTime(p, ', receiveTimeStamp :', at)
      return printIdentity(p, ', port identity : 0x', at + 10)
    case 'peer delay req msg':
    case 'pdelay resp fup msg':
      printTime(p, ', preciseOriginTimeStamp :', at)
      return printIdentity(p, ', port identity : 0x', at + 10)
    case 'announce msg':
      return printAnnounce(p, at)
    case 'signalling msg':
      return printIdentity(p, ', port identity : 0x', at)
    default:
      return printManagement(p, at)
  }
}

function printAnnounce(p: Printer, at: number): void {
  const { out } = p
  printTime(p, ', originTimeStamp :', at, '')
  const utc = p.u16(at + 10)
  out.text(', origin cur utc :').dec(utc)
  printBytes(p, at + 12, [', rsvd : ', ', gm priority_1 : ', ', gm clock class : ', ', gm clock accuracy : '])
  const variance = p.u16(at + 16)
  out.text(', gm clock variance : ').dec(variance)
  printBytes(p, at + 18, [', gm priority_2 : '])
  const clock = p.u64(at + 19)
  out.text(', gm clock id : 0x').text(clock.toString(16))
  const steps = p.u16(at + 27)
  out.text(', steps removed : ').dec(steps)
  const source = p.u8(at + 29)
  out.text(', time source : 0x').hex(source)
}

/** Numbers of one byte each. */
function printBytes(p: Printer, at: number, titles: readonly string[]): void {
  for (const [i, title] of titles.entries()) {
    const n = p.u8(at + i)
    p.out.text(title).dec(n)
  }
}

/** tcpdump prints the first byte of the identity for all that follows it. */
function printManagement(p: Printer, at: number): void {
  printIdentity(p, ', port identity : 0x', at)
  const n = p.u8(at)
  p.out.text(`, , start boundary hops  ${n}, , boundary hops  ${n}, , flags  0x${n.toString(16)}, , reserved  0x${n.toString(16)}`)
}
