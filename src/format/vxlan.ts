/** VXLAN — RFC 7348 — and its Generic Protocol Extension (draft-ietf-nvo3-vxlan-gpe) as tcpdump prints them. */
import { u24 } from '../bytes.js'
import { printIp4 } from './ip4.js'
import { printIp6 } from './ip6.js'
import { printEthernet } from './link/ethernet.js'
import { printNsh } from './nsh.js'
import { type Printer } from './printer.js'
import { bits } from './tables.js'

const HEADER = 8
const VNI_VALID = 0x08
const GPE_FLAGS = [[0x08, 'I'], [0x04, 'P'], [0x02, 'B'], [0x01, 'O']] as const
const Next = { IPV4: 1, IPV6: 2, ETHERNET: 3, NSH: 4 } as const

export function printVxlan(p: Printer, at: number, length: number): void {
  const { b, out } = p
  p.protocol = 'vxlan'
  out.text('VXLAN')
  if (length < HEADER) return p.invalid()
  p.need(at, 1)
  out.text(', flags [').text(b[at]! & VNI_VALID ? 'I' : 'invalid').text('] (0x').hex(b[at]!, 2).text('), ')
  p.need(at + 4, 3)
  out.text('vni ').dec(u24(b, at + 4)).byte(10)
  p.need(at + 7, 1)
  printEthernet(p, at + HEADER, length - HEADER)
}

export function printVxlanGpe(p: Printer, at: number, length: number): void {
  const { b, out, options } = p
  p.protocol = 'vxlan_gpe'
  out.text('VXLAN-GPE, ')
  if (length < HEADER) {
    out.text(' (len ').dec(length).text(' < ').dec(HEADER).byte(41)
    return p.invalid()
  }
  const flags = p.u8(at)
  out.text('flags [').text(bits(GPE_FLAGS, flags, 'none', '')).text('], ')
  p.need(at + 3, 1)
  const next = b[at + 3]!
  p.need(at + 4, 4)
  out.text('vni ').dec(u24(b, at + 4))
  out.text(options.verbose > 0 ? '\n    ' : ': ')
  const inner = at + HEADER
  const rest = length - HEADER
  if (next === Next.IPV4) printIp4(p, inner, rest)
  else if (next === Next.IPV6) printIp6(p, inner, rest)
  else if (next === Next.ETHERNET) printEthernet(p, inner, rest)
  else if (next === Next.NSH) printNsh(p, inner, rest)
  else {
    out.text('ERROR: unknown-next-protocol')
    p.invalid()
  }
}
