/** The router capability field of IS-IS — RFC 7981, RFC 8667 §3 — as tcpdump prints it. */
import { u24, u32 } from '../bytes.js'
import { writeUnknownData } from './fields.js'
import type { Printer } from './printer.js'
import { bits } from './tables.js'

const MIN = 5
const SEGMENT_ROUTING = 2
const SID_LABEL = 1
const FLAGS = [[1, 'S bit'], [2, 'D bit']] as const
const ROUTING_FLAGS = [[0x80, 'ipv4'], [0x40, 'ipv6']] as const

export function printRouterCapability(p: Printer, at: number, length: number): void {
  const { out } = p
  if (length < MIN) {
    out.text(' [object length ').dec(length).text(' < ').dec(MIN).byte(93)
    p.invalid()
    return
  }
  p.need(at, 4)
  out.text('\n\t      Router-ID ')
  p.ip4(at)
  const flags = p.u8(at + 4)
  out.text(', Flags [').text(bits(FLAGS, flags, 'none')).byte(93)
  const end = at + length
  for (let here = at + MIN; here + 2 <= end; ) {
    const type = p.u8(here)
    const size = p.u8(here + 1)
    here += 2
    out.text('\n\t\t').text(type === SEGMENT_ROUTING ? 'SR-Capabilities' : 'unknown').text(' subTLV #').dec(type).text(', length: ').dec(size)
    if (here + size > end || !p.has(here, size)) return
    if (type === SEGMENT_ROUTING) printSegmentRouting(p, here, size)
    else writeUnknownData(p, here, '\n\t\t', size)
    here += size
  }
}

function printSegmentRouting(p: Printer, at: number, length: number): void {
  const { b, out } = p
  const flags = p.u8(at)
  const range = p.u24(at + 1)
  out.text(', Flags [').text(bits(ROUTING_FLAGS, flags, 'None')).text('], Range ').dec(range)
  // counted in a byte: of a field that is too short much seems left
  let rest = (length - 4) & 0xff
  for (let here = at + 4; rest >= 5; ) {
    const type = p.u8(here)
    const size = p.u8(here + 1)
    here += 2
    rest -= 2
    if (size > rest) return
    if (type !== SID_LABEL) writeUnknownData(p, here, '\n\t\t  ', size)
    else if (size === 3 || size === 4) {
      p.need(here, size)
      out.text(', SID value ').dec(size === 3 ? u24(b, here) : u32(b, here))
    } else out.text(', Unknown SID length').dec(size)
    here += size
    rest -= size
  }
}
