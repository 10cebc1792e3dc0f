/** Geneve — RFC 8926 — as tcpdump prints it. */
import { u16, u24 } from '../bytes.js'
import { etherTypeName, printEtherType } from './ethertype.js'
import { printEthernet } from './link/ethernet.js'
import { type Printer } from './printer.js'
import { type NumberTable, bits } from './tables.js'

const HEADER = 8
const FLAGS = [
  [0x80, 'O'], [0x40, 'C'], [0x20, 'R1'], [0x10, 'R2'], [0x08, 'R3'], [0x04, 'R4'], [0x02, 'R5'], [0x01, 'R6'],
] as const
/** Transparent Ethernet bridging: a frame with its header. */
const BRIDGING = 0x6558
const CRITICAL = 0x80
const OPTION_HEADER = 4

export function printGeneve(p: Printer, at: number, length: number): void {
  const { b, out, options } = p
  p.protocol = 'geneve'
  out.text('Geneve')
  if (length < HEADER) {
    out.text(' [length ').dec(length).text(' < ').dec(HEADER).byte(93)
    return p.invalid()
  }
  p.want(at, HEADER)
  const first = b[at]!
  const version = first >> 6
  if (version !== 0) {
    out.text(' ERROR: unknown-version ').dec(version)
    return
  }
  const protocol = u16(b, at + 2)
  const reserved = b[at + 7]!
  out.text(', Flags [').text(bits(FLAGS, b[at + 1]!, 'none', '')).text('], vni 0x').hex(u24(b, at + 4))
  if (reserved !== 0) out.text(', rsvd 0x').hex(reserved)
  if (options.link) out.text(', proto ').text(etherTypeName(protocol) ?? 'unknown').text(' (0x').hex(protocol, 4).byte(41)
  const optionBytes = (first & 0x3f) * 4
  const inner = at + HEADER + optionBytes
  const rest = length - HEADER - optionBytes
  if (rest < 0) {
    out.text(' truncated-geneve - ').dec(-rest).text(' bytes missing')
    return
  }
  p.want(at + HEADER, optionBytes)
  if (optionBytes > 0) {
    out.text(', options [')
    if (options.verbose > 0) printOptions(p, at + HEADER, inner)
    else out.dec(optionBytes).text(' bytes')
    out.byte(93)
  }
  out.text(options.verbose > 0 ? '\n\t' : ': ')
  if (protocol === BRIDGING) printEthernet(p, inner, rest)
  else if (!printEtherType(p, protocol, inner, rest, -1, -1)) out.text('geneve-proto-0x').hex(protocol)
}

function printOptions(p: Printer, at: number, end: number): void {
  const { b, out } = p
  for (let first = true; at < end; first = false) {
    if (!first) out.text(', ')
    const type = b[at + 2]!
    const length = OPTION_HEADER + (b[at + 3]! & 0x1f) * 4
    out.text('class ').text(className(u16(b, at))).text(' (0x').hex(u16(b, at)).text(') type 0x').hex(type)
    if (type & CRITICAL) out.text('(C)')
    out.text(' len ').dec(length)
    if (at + length > end) {
      out.text(' [bad length]')
      return
    }
    if (p.options.verbose > 1 && length > OPTION_HEADER) {
      out.text(' data')
      for (let i = at + OPTION_HEADER; i < at + length; i += 4) {
        out.byte(32).hexBytes(b, i, i + 4)
      }
    }
    at += length
  }
}

function className(n: number): string {
  if (n <= 0xff) return 'Standard'
  if (n >= 0xfff0) return 'Experimental'
  return CLASSES.get(n) ?? 'Unknown'
}

const CLASSES: NumberTable = new Map([
  [0x100, 'Linux'],
  [0x101, 'Open vSwitch'],
  [0x102, 'Open Virtual Networking (OVN)'],
  [0x104, 'VMware'],
  [0x103, 'In-band Network Telemetry (INT)'],
])
