/** IPv4 options as tcpdump -v prints them — RFC 791 §3.1, RFC 781 (timestamp), RFC 2113 (router alert). */
import { u16, u32, u8 } from '../bytes.js'
import { Option, Timestamp } from '../decode/ip4-options.js'
import type { Printer } from './printer.js'
import { tableOf } from './tables.js'

const NAMES = tableOf({ 0: 'EOL', 1: 'NOP', 7: 'RR', 68: 'timestamp', 82: 'traceroute', 130: 'security', 131: 'LSRR', 137: 'SSRR', 148: 'RA' })

/** The options in `length` bytes at `at`, comma-separated; false where the capture stops inside one. */
export function printIp4Options(p: Printer, at: number, length: number): boolean {
  const { out } = p
  const end = at + length
  for (let here = at; here < end; ) {
    if (here > at) out.byte(44)
    const kind = p.u8(here)
    const name = NAMES.get(kind)
    if (name === undefined) out.text('unknown ').dec(kind)
    else out.text(name)
    if (kind === Option.EOL) return true
    if (kind === Option.NOP) {
      here++
      continue
    }
    const size = p.u8(here + 1)
    if (size < 2 || here + size > end) {
      out.text(' [bad length ').dec(size).byte(93)
      return true
    }
    if (!p.has(here, size)) return false
    if (kind === Option.RR || kind === Option.LSRR || kind === Option.SSRR) {
      if (!printRoute(p, here, size)) return false
    } else if (kind === Option.TIMESTAMP) {
      if (!printTimestamps(p, here, size)) return false
    } else if (kind === Option.ROUTER_ALERT) printRouterAlert(p, here, size)
    here += size
  }
  return true
}

/** ` 1.2.3.4, 5.6.7.8`: a comma behind each address that the pointer has passed. False where one was not captured. */
function printRoute(p: Printer, at: number, length: number): boolean {
  const { out, b } = p
  if (length < 3) {
    out.text(' [bad length ').dec(length).byte(93)
    return true
  }
  if (((length + 1) & 3) !== 0) out.text(' [bad length ').dec(length).byte(93)
  // The pointer counts from 1; 0 counts as far behind the end.
  const pointer = (u8(b, at + 2) - 1) >>> 0
  if (pointer < 3 || ((pointer + 1) & 3) !== 0 || pointer > length + 1) out.text(' [bad ptr ').dec(u8(b, at + 2)).byte(93)
  for (let n = 3; n < length; n += 4) {
    if (!p.has(at + n, 4)) return false
    out.byte(32)
    p.ip4(at + n)
    if (pointer > n) out.byte(44)
  }
  return true
}

const KINDS = tableOf({ [Timestamp.ONLY]: 'TSONLY', [Timestamp.WITH_ADDRESS]: 'TS+ADDR', [Timestamp.PRESPECIFIED]: 'PRESPEC' })

/** False where the capture stops inside. */
function printTimestamps(p: Printer, at: number, length: number): boolean {
  const { out, b } = p
  if (length < 4) {
    out.text('[bad length ').dec(length).byte(93)
    return true
  }
  out.text(' TS{')
  const kind = u8(b, at + 3) & 15
  const hop = kind === Timestamp.ONLY ? 4 : 8
  if ((length - 4) % hop !== 0) out.text('[bad length ').dec(length).byte(93)
  const pointer = (u8(b, at + 2) - 1) >>> 0
  if (pointer < 4 || (pointer - 4) % hop !== 0 || pointer > length + 1) out.text('[bad ptr ').dec(u8(b, at + 2)).byte(93)
  const name = KINDS.get(kind)
  let n = 0
  if (name === undefined) out.text('[bad ts type ').dec(kind).byte(93)
  else {
    out.text(name)
    for (n = 4; n < length; n += hop) {
      if (!p.has(at + n, hop)) return false
      out.text(n === pointer ? ' ^ ' : ' ').dec(u32(b, at + n + hop - 4)).byte(64)
      if (hop === 8) p.ip4(at + n)
    }
  }
  if (n === pointer) out.text(' ^ ')
  const missed = u8(b, at + 3) >> 4
  if (missed > 0) out.text(' [').dec(missed).text(' hops not recorded]} ')
  else out.byte(125)
  return true
}

function printRouterAlert(p: Printer, at: number, length: number): void {
  const { out, b } = p
  if (length < 4) out.text(' [bad length ').dec(length).byte(93)
  else if (u16(b, at + 2) !== 0) out.text(' value ').dec(u16(b, at + 2))
}
