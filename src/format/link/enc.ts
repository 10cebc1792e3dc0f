/** IPsec packets of BSD's enc devices as tcpdump prints them — OpenBSD <net/if_enc.h>; family and flags in the capturing machine's order. */
import { u32, u32le } from '../../bytes.js'
import { isIp4, isIp6 } from '../../decode/link/null.js'
import { printIp4 } from '../ip4.js'
import { printIp6 } from '../ip6.js'
import type { Printer } from '../printer.js'

const HEADER = 12
const CONFIDENTIAL = 0x0400
const AUTHENTIC = 0x0800

export function printEnc(p: Printer, at: number, length: number): number {
  const { b, out } = p
  p.protocol = 'enc'
  p.need(at, HEADER)
  // families are small numbers: one with upper bits is of a machine of the other order
  const isLittle = u32le(b, at) <= 0xffff
  const family = isLittle ? u32le(b, at) : u32(b, at)
  writeFlags(p, isLittle ? u32le(b, at + 8) : u32(b, at + 8))
  out.text('SPI 0x').hex(u32(b, at + 4), 8).text(': ')
  if (isIp4(family)) printIp4(p, at + HEADER, length - HEADER)
  else if (isIp6(family)) printIp6(p, at + HEADER, length - HEADER)
  return HEADER
}

/** `(authentic,confidential): `; flags that are unknown leave it open. */
function writeFlags(p: Printer, flags: number): void {
  const { out } = p
  out.text(flags === 0 ? '(unprotected): ' : '(')
  for (const [flag, name] of [[AUTHENTIC, 'authentic'], [CONFIDENTIAL, 'confidential']] as const) {
    if ((flags & flag) === 0) continue
    out.text(name).text(flags === flag ? '): ' : ',')
    flags = (flags & ~flag) >>> 0
  }
}
