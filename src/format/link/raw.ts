/** Frames that are bare IP packets. */
import { version } from '../../decode/ip4.js'
import { printIp4 } from '../ip4.js'
import { printIp6 } from '../ip6.js'
import type { Printer } from '../printer.js'

/** IPv4 or IPv6 by the version in the first half byte. */
export function printRaw(p: Printer, at: number, length: number): number {
  const { out, options } = p
  p.protocol = 'ipn'
  if (options.link) out.text('ip: ')
  if (length < 1) {
    out.text('truncated-ip ').dec(length)
    return 0
  }
  p.need(at, 1)
  const ipVersion = version(p.b, at)
  if (ipVersion === 4) printIp4(p, at, length)
  else if (ipVersion === 6) printIp6(p, at, length)
  else out.text('unknown ip ').dec(ipVersion)
  return 0
}
