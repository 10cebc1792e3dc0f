/** MPLS label stacks and the packets behind them as tcpdump prints them — RFC 3032. */
import { printDataUnlessQuiet } from './data.js'
import { printIp4 } from './ip4.js'
import { printIp6 } from './ip6.js'
import { printIsoClns } from './iso-clns.js'
import { printInvalid } from './packet-text.js'
import type { Printer } from './printer.js'

const ENTRY = 4
const BOTTOM = 0x100
/** Labels below have a meaning of their own — RFC 3032 §2.1. */
const FIRST_FREE = 16
const RESERVED = ['IPv4 explicit NULL', 'router alert', 'IPv6 explicit NULL', 'implicit NULL'] as const
const Label = { IPV4_NULL: 0, IPV6_NULL: 2, IMPLICIT_NULL: 3 } as const

export function printMpls(p: Printer, at: number, length: number): void {
  const { out, options } = p
  p.protocol = 'mpls'
  out.text('MPLS')
  let entry = 0
  for (let first = true; first || (entry & BOTTOM) === 0; first = false) {
    if (length < ENTRY) return printInvalid(p, at + length)
    entry = p.u32(at)
    out.text(!first && options.verbose > 0 ? '\n\t(label ' : ' (label ').dec(entry >>> 12)
    if (options.verbose > 0 && entry >>> 12 < FIRST_FREE) out.text(' (').text(RESERVED[entry >>> 12] ?? 'rsvd').byte(41)
    out.text(', tc ').dec((entry >>> 9) & 7)
    if (entry & BOTTOM) out.text(', [S]')
    out.text(', ttl ').dec(entry & 0xff).byte(41)
    at += ENTRY
    length -= ENTRY
  }
  printInside(p, at, length, entry >>> 12)
}

/** Few labels say what they carry: the first byte tells IP and OSI from the rest. */
function printInside(p: Printer, at: number, length: number, label: number): void {
  const { out, options } = p
  const isNull4 = label === Label.IPV4_NULL || label === Label.IMPLICIT_NULL
  const isNull6 = label === Label.IPV6_NULL
  const isNull = isNull4 || isNull6
  if (!isNull && length < 1) return
  const first = isNull ? 0 : p.u8(at)
  const isIp4 = isNull4 || (first >= 0x45 && first <= 0x4f)
  const isIp6 = isNull6 || (first >= 0x60 && first <= 0x6f)
  if (isIp4 || isIp6) {
    out.text(options.verbose > 0 ? '\n\t' : ' ')
    if (isIp4) printIp4(p, at, length)
    else printIp6(p, at, length)
  } else if (first >= 0x81 && first <= 0x83) {
    out.text(options.verbose > 0 ? '\n\t' : ' ')
    printIsoClns(p, at, length)
  } else printDataUnlessQuiet(p, at, length)
}
