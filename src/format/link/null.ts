/** Frames of BSD loopback interfaces, old and new, as tcpdump prints them. */
import * as loopback from '../../decode/link/null.js'
import { printAppleTalk } from '../appletalk.js'
import { printIp4 } from '../ip4.js'
import { printIp6 } from '../ip6.js'
import { printIpx } from '../ipx.js'
import { printIsoClns } from '../iso-clns.js'
import { writeUnlessQuiet } from '../packet.js'
import type { Printer } from '../printer.js'
import { tableOf } from '../tables.js'

/** Address families as BSD systems number them. */
const FAMILIES = tableOf({ 2: 'IPv4', 6: 'NS', 7: 'ISO', 16: 'Appletalk', 23: 'IPX', 24: 'IPv6', 28: 'IPv6', 30: 'IPv6' })

export function printNull(p: Printer, at: number, length: number): number {
  p.protocol = 'null'
  p.need(at, loopback.HEADER)
  const family = loopback.family(p.b, at)
  if (p.options.link) writeHeader(p, family, length)
  const inside = at + loopback.HEADER
  const rest = length - loopback.HEADER
  if (loopback.isIp4(family)) printIp4(p, inside, rest)
  else if (loopback.isIp6(family)) printIp6(p, inside, rest)
  else if (family === loopback.AF_ISO) printIsoClns(p, inside, rest)
  else if (family === loopback.AF_APPLETALK) printAppleTalk(p, inside, rest)
  else if (family === loopback.AF_IPX) printIpx(p, inside, rest)
  else {
    if (!p.options.link) writeHeader(p, family, length)
    writeUnlessQuiet(p, inside, p.end)
  }
  return loopback.HEADER
}

/** `AF IPv4 (2), length 44: `; with -q `IPv4, length 44: ` */
function writeHeader(p: Printer, family: number, length: number): void {
  const { out } = p
  const name = FAMILIES.get(family)
  if (p.options.quiet === 0) out.text('AF ').text(name ?? 'Unknown').text(' (').dec(family).byte(41)
  else if (name === undefined) out.text('Unknown AF ').dec(family)
  else out.text(name)
  out.text(', length ').dec(length).text(': ')
}
