/** Frames that are bare IP packets. */
import { version } from '../../decode/ip4.js'
import { printIp4 } from '../ip4.js'
import { printIp6 } from '../ip6.js'
import type { Printer } from '../printer.js'

/** IPv4 or IPv6 by the version in the first half byte. */
export function printRaw(p: Printer, at: number, length: number): number {
  const { out, options } = p
  p.protocol = 'raw'
  if (p.end - at < 1) {
    p.truncated()
    return 0
  }
  if (options.link) out.text('ip: ')
  const ipVersion = version(p.b, at)
  if (ipVersion === 4) printIp4(p, at, length)
  else if (ipVersion === 6) printIp6(p, at, length)
  else out.text('unknown ip ').dec(ipVersion)
  return 0
}
