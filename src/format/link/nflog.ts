/** Linux netfilter log messages as tcpdump prints them — pcap-linktype(7), LINKTYPE_NFLOG. TLVs in the order of the capturing machine. */
import { u16, u16le } from '../../bytes.js'
import { printIp4 } from '../ip4.js'
import { printIp6 } from '../ip6.js'
import { writeUnlessQuiet } from '../packet.js'
import type { Printer } from '../printer.js'
import { tableOf } from '../tables.js'

const HEADER = 4
const TLV_HEADER = 4
/** NFULA_PAYLOAD — <linux/netfilter/nfnetlink_log.h>. */
const PAYLOAD = 9
const Family = { IPV4: 2, IPV6: 10 } as const
const FAMILIES = tableOf({ 2: 'IPv4', 10: 'IPv6' })

export function printNflog(p: Printer, at: number, length: number): number {
  const { b, out, options } = p
  p.protocol = 'nflog'
  if (p.end - at < HEADER || length < HEADER) {
    p.truncated()
    return p.end - at
  }
  const version = b[at + 1]!
  if (version !== 0) {
    out.text('version ').dec(version).text(' (unknown)')
    return HEADER
  }
  const family = b[at]!
  if (options.link) writeHeader(p, at, family, length)
  let here = at + HEADER
  length -= HEADER
  while (length > 0) {
    if (p.end - here < TLV_HEADER || length < TLV_HEADER) {
      p.truncated()
      return here - at
    }
    const type = u16le(b, here + 2)
    let size = u16le(b, here)
    if (size % 4 !== 0) size += 4 - (size % 4)
    if (size < TLV_HEADER || p.end - here < size || length < size) {
      p.truncated()
      return here - at
    }
    if (type === PAYLOAD) {
      here += TLV_HEADER
      length -= TLV_HEADER
      break
    }
    here += size
    length -= size
  }
  if (family === Family.IPV4) printIp4(p, here, length)
  else if (family === Family.IPV6) printIp6(p, here, length)
  else {
    if (!options.link) writeHeader(p, at, family, length + HEADER)
    writeUnlessQuiet(p, here, p.end)
  }
  return here - at
}

/** `version 0, resource ID 20, family IPv4 (2), length 180: ` */
function writeHeader(p: Printer, at: number, family: number, length: number): void {
  const { out, b } = p
  const name = FAMILIES.get(family)
  out.text('version ').dec(b[at + 1]!).text(', resource ID ').dec(u16(b, at + 2))
  if (p.options.quiet === 0) out.text(', family ').text(name ?? 'Unknown').text(' (').dec(family).byte(41)
  else if (name === undefined) out.text(', Unknown NFLOG (0x').hex(family, 2).byte(41)
  else out.text(', ').text(name)
  out.text(', length ').dec(length).text(': ')
}
