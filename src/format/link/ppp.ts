/** Link types of PPP: bare, over a serial line, of BSD/OS, and over Ethernet without the Ethernet header. */
import { printPpp, printPppProtocol } from '../ppp.js'
import { pppProtocolName } from '../ppp-names.js'
import { printPppoe } from '../pppoe.js'
import type { Printer } from '../printer.js'
import { printChdlc } from './chdlc.js'

const HDLC_HEADER = 4
const PPP_ADDRESS = 0xff
const CHDLC_UNICAST = 0x0f
const CHDLC_BROADCAST = 0x8f

export function printPppLink(p: Printer, at: number, length: number): number {
  p.protocol = 'ppp'
  if (p.end - at < HDLC_HEADER) {
    p.truncated()
    return p.end - at
  }
  printPpp(p, at, length)
  return HDLC_HEADER
}

/** PPP in HDLC framing, or Cisco's framing, by the address byte — RFC 1662 §3.1, RFC 1547 §4.3.1. */
export function printPppHdlc(p: Printer, at: number, length: number): number {
  const { out, b, options } = p
  p.protocol = 'ppp_hdlc'
  if (p.end - at < 2) {
    p.truncated()
    return p.end - at
  }
  const address = b[at]!
  if (address === CHDLC_UNICAST || address === CHDLC_BROADCAST) return printChdlc(p, at, length)
  if (p.end - at < HDLC_HEADER) {
    p.truncated()
    return p.end - at
  }
  if (address !== PPP_ADDRESS) {
    if (options.link) out.hex(address, 2).byte(32).hex(b[at + 1]!, 2).byte(32).dec(length).byte(32)
    const shown = p.u16(at + 2)
    out.text('unknown addr ').hex(shown >> 8, 2).text('; ctrl ').hex(shown & 0xff, 2)
    return 2
  }
  if (options.link) out.hex(address, 2).byte(32).hex(b[at + 1]!, 2).byte(32).dec(length).byte(32)
  const protocol = p.u16(at + 2)
  const name = pppProtocolName(protocol)
  out.text(name ?? 'unknown PPP protocol (0x')
  if (name === undefined) out.hex(protocol, 4).byte(41)
  out.text(': ')
  printPppProtocol(p, protocol, at + HDLC_HEADER, length - HDLC_HEADER)
  return HDLC_HEADER
}

/** tcpdump on Linux prints nothing of it. */
export function printPppBsdos(p: Printer, at: number, length: number): number {
  void [p, at, length]
  return 0
}

export function printPppoeLink(p: Printer, at: number, length: number): number {
  return printPppoe(p, at, length)
}
