/** `a.1 > b.2: ` with ports as numbers whatever the options, as tcpdump has them for SCTP and DCCP. */
import * as ip4 from '../decode/ip4.js'
import * as ip6 from '../decode/ip6.js'
import type { Printer } from './printer.js'

/** `ip`: the IP header. */
export function writeNumberedPorts(p: Printer, ip: number, source: number, destination: number): void {
  const { out, b } = p
  const isIp4 = ip4.version(b, ip) === 4
  if (isIp4) p.ip4(ip + ip4.SOURCE_AT)
  else p.ip6(ip + ip6.SOURCE_AT)
  out.byte(46).dec(source).text(' > ')
  if (isIp4) p.ip4(ip + ip4.DESTINATION_AT)
  else p.ip6(ip + ip6.DESTINATION_AT)
  out.byte(46).dec(destination).text(': ')
}
