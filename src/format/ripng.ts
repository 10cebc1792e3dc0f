/** RIPng — RFC 2080 — as tcpdump prints it. */
import { TRUNCATED, type Printer } from './printer.js'

const HEADER = 4
const ENTRY = 20
const Command = { REQUEST: 1, RESPONSE: 2 } as const
const VERSION = 1
const INFINITY = 16

export function printRipng(p: Printer, at: number, length: number): void {
  const { b, out } = p
  p.protocol = 'ripng'
  if (at >= p.end) throw TRUNCATED
  p.need(at, 2)
  const command = b[at]!
  const version = b[at + 1]!
  if (version !== VERSION) {
    out.text(' [vers ').dec(version).byte(93)
    return p.invalid()
  }
  if (command !== Command.REQUEST && command !== Command.RESPONSE) {
    out.text(' ripng-').dec(command).text(' ?? ').dec(length)
    return p.invalid()
  }
  if (length < HEADER) return p.invalid()
  const bytes = length - HEADER
  const count = Math.floor(bytes / ENTRY)
  if (command === Command.REQUEST) {
    if (count === 1 && isDump(p, at + HEADER)) {
      out.text(' ripng-req dump')
      return
    }
    out.text(' ripng-req ')
  } else out.text(' ripng-resp ')
  out.dec(count)
  if (bytes % ENTRY !== 0) out.byte(91).dec(length).byte(93)
  out.byte(58)
  let entry = at + HEADER
  for (let rest = bytes; rest >= ENTRY; rest -= ENTRY) {
    out.text(p.options.verbose > 1 ? '\n\t' : ' ')
    printEntry(p, entry, command === Command.RESPONSE)
    entry += ENTRY
  }
  if (bytes % ENTRY !== 0) p.invalid()
}

/** One entry of metric 16 and no address asks for the whole table. */
function isDump(p: Printer, at: number): boolean {
  p.need(at, ENTRY)
  for (let i = 0; i < 16; i++) if (p.b[at + i] !== 0) return false
  return p.b[at + 19] === INFINITY
}

function printEntry(p: Printer, at: number, withMetric: boolean): void {
  const { out } = p
  p.need(at, 16)
  const prefix = p.u8(at + 18)
  p.ip6(at)
  out.byte(47).dec(prefix)
  const tag = p.u16(at + 16)
  if (tag !== 0) out.text(' [').dec(tag).byte(93)
  const metric = p.u8(at + 19)
  if (withMetric && metric !== 0) out.text(' (').dec(metric).byte(41)
}
