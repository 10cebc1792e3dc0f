/** Frames of Solaris's ipnet devices as tcpdump prints them — pcap-linktype(7), LINKTYPE_IPNET. */
import { u32 } from '../../bytes.js'
import { printIp4 } from '../ip4.js'
import { printIp6 } from '../ip6.js'
import { writeUnlessQuiet } from '../packet.js'
import type { Printer } from '../printer.js'
import { tableOf } from '../tables.js'

const HEADER = 24
/** AF_INET and AF_INET6 of Solaris. */
const Family = { IPV4: 2, IPV6: 26 } as const
const FAMILIES = tableOf({ 2: 'IPv4', 26: 'IPv6' })

export function printIpnet(p: Printer, at: number, length: number): number {
  const { b, options } = p
  p.protocol = 'ipnet'
  if (p.end - at < HEADER || length < HEADER) {
    p.truncated()
    return 0
  }
  const family = b[at + 1]!
  if (options.link) writeHeader(p, at, family, length)
  const inside = at + HEADER
  const rest = length - HEADER
  if (family === Family.IPV4) printIp4(p, inside, rest)
  else if (family === Family.IPV6) printIp6(p, inside, rest)
  else {
    if (!options.link) writeHeader(p, at, family, length)
    writeUnlessQuiet(p, inside, p.end)
  }
  return HEADER
}

/** `4294967295 > 0, family IPv4 (2), length 108: `: zones, of which the global one is 0. */
function writeHeader(p: Printer, at: number, family: number, length: number): void {
  const { out, b } = p
  const name = FAMILIES.get(family)
  out.dec(u32(b, at + 16)).text(' > ').dec(u32(b, at + 20))
  if (p.options.quiet === 0) out.text(', family ').text(name ?? 'Unknown').text(' (').dec(family).byte(41)
  else if (name === undefined) out.text(', Unknown Ethertype (0x').hex(family, 4).byte(41)
  else out.text(', ').text(name)
  out.text(', length ').dec(length).text(': ')
}
