/** Interior Gateway Routing Protocol of Cisco ("An Introduction to IGRP", Rutgers 1991) as tcpdump prints it. */
import { u16, u24, u8 } from '../bytes.js'
import type { Printer } from './printer.js'

const HEADER = 12
const ENTRY = 14
const MAX_METRIC = 0xffffff

export function printIgrp(p: Printer, at: number, length: number): void {
  const { b, out } = p
  p.protocol = 'igrp'
  out.text('igrp:')
  p.need(at, HEADER - 2)
  const opcode = u8(b, at) & 15
  const counts = [u16(b, at + 4), u16(b, at + 6), u16(b, at + 8)]
  out.byte(32)
  if (opcode === 1) out.text('update')
  else if (opcode === 2) out.text('request')
  else out.text('op-#').dec(opcode)
  out.text(' V').dec(u8(b, at) >> 4).text(' edit=').dec(u8(b, at + 1)).text(' AS=').dec(u16(b, at + 2))
  out.text(' (').dec(counts[0]!).byte(47).dec(counts[1]!).byte(47).dec(counts[2]!).byte(41)
  const checksum = p.u16(at + 10)
  if (p.options.verbose > 0) out.text(' checksum=0x').hex(checksum, 4)
  printEntries(p, at + HEADER, (length - HEADER) >>> 0, counts)
}

/** Networks in this one, in the system, and outside, as many as counted; `length` of a packet that is too short is huge, as in tcpdump. */
function printEntries(p: Printer, at: number, length: number, counts: number[]): void {
  const { out } = p
  let here = at
  for (; length >= ENTRY; here += ENTRY, length -= ENTRY) {
    p.need(here, 3)
    const kind = counts.findIndex((count) => count > 0)
    if (kind < 0) {
      out.text(' [extra bytes ').dec(length).byte(93)
      break
    }
    counts[kind]!--
    out.text(kind === 0 ? ' *.' : kind === 1 ? ' ' : ' X').dec(p.b[here]!).byte(46).dec(p.b[here + 1]!).byte(46).dec(p.b[here + 2]!)
    if (kind > 0) out.text('.0')
    writeMetric(p, here + 3)
  }
  if (length > 0 || counts.some((count) => count > 0)) p.invalid()
}

function writeMetric(p: Printer, at: number): void {
  const { b, out } = p
  p.need(at, ENTRY - 3)
  const delay = u24(b, at)
  const bandwidth = u24(b, at + 3)
  out.text(' d=').dec(10 * delay).text(' b=').dec(bandwidth === 0 ? 0 : Math.floor(10000000 / bandwidth)).text(' r=').dec(u8(b, at + 8))
  out.text(' l=').dec(u8(b, at + 9)).text(' M=').dec(Math.min(bandwidth + delay, MAX_METRIC)).text(' mtu=').dec(u16(b, at + 6))
  out.text(' in ').dec(u8(b, at + 10)).text(' hops')
}
