/** LLC frames over ATM as tcpdump prints them — RFC 1483 (now RFC 2684) — and Linux Classical IP over ATM. */
import { u24, u32 } from '../../bytes.js'
import { printIp4 } from '../ip4.js'
import { printLlc } from '../llc.js'
import { writeUnlessDumped } from '../packet.js'
import type { Printer } from '../printer.js'

const SNAP = 0xaaaa03
const OSI = 0xfefe03
/** Some machines put this many bytes before the LLC header. */
const EXTRA = 20

export function printAtm(p: Printer, at: number, length: number): number {
  const { b, out } = p
  p.protocol = 'atm'
  if (p.end - at < 3 || length < 3) {
    p.truncated()
    return 0
  }
  let here = at
  const start = u24(b, at)
  if (start !== SNAP && start !== OSI) {
    if (p.options.link && p.has(at, 16)) {
      out.hex(u32(b, at), 8).hex(u32(b, at + 4), 8).byte(32).hex(u32(b, at + 8), 8).hex(u32(b, at + 12), 8).byte(32)
    }
    if (p.end - at < EXTRA || length < EXTRA) {
      p.truncated()
      return 0
    }
    here += EXTRA
  }
  return here - at + printInside(p, here, length - (here - at))
}

/** An LLC frame; a dump where nothing is known of it. */
function printInside(p: Printer, at: number, length: number): number {
  const llc = printLlc(p, at, length, -1, -1)
  if (llc < 0) writeUnlessDumped(p, at, p.end)
  return Math.abs(llc)
}

/** AA AA 03 00 00 00: with it a LLC frame, without it an IP packet — RFC 2225 §5.1. */
const isRouted = (b: Uint8Array, at: number): boolean => u24(b, at) === SNAP && u24(b, at + 3) === 0

export function printCip(p: Printer, at: number, length: number): number {
  p.protocol = 'cip'
  if (p.end - at < 6 || length < 6) {
    p.truncated()
    return 0
  }
  if (p.options.link) p.out.dec(length).text(': ')
  if (isRouted(p.b, at)) return printInside(p, at, length)
  printIp4(p, at, length)
  return 0
}
