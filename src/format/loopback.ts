/** Ethernet configuration testing protocol ("Loopback", EtherType 0x9000) as tcpdump prints it — Ethernet v2.0 §8. Little-endian. */
import { u16le } from '../bytes.js'
import { printInvalid } from './packet-text.js'
import type { Printer } from './printer.js'

const REPLY = 1
const FORWARD = 2

export function printLoopback(p: Printer, at: number, length: number): void {
  const { out, b } = p
  p.protocol = 'loopback'
  const end = at + length
  out.text('Loopback')
  if (length < 2) return printInvalid(p, end)
  p.need(at, 2)
  const skip = u16le(b, at)
  out.text(', skipCount ').dec(skip)
  at += 2
  length -= 2
  if (skip % 8 !== 0) out.text(' (bogus)')
  if (skip > length) return printInvalid(p, end)
  p.need(at, skip)
  at += skip
  length -= skip
  if (length < 2) return printInvalid(p, end)
  p.need(at, 2)
  const code = u16le(b, at)
  at += 2
  length -= 2
  out.text(', ')
  if (code === REPLY) {
    out.text('Reply')
    if (length < 2) return printInvalid(p, end)
    p.need(at, 2)
    out.text(', receipt number ').dec(u16le(b, at))
    at += 2
    length -= 2
  } else if (code === FORWARD) {
    out.text('Forward Data')
    if (length < 6) return printInvalid(p, end)
    p.need(at, 6)
    out.text(', forwarding address ')
    p.mac(at)
    at += 6
    length -= 6
  } else {
    out.text(' invalid (').dec(code).byte(41)
    p.need(at, length)
    return
  }
  out.text(', data (').dec(length).text(' octets)')
  p.need(at, length)
}
