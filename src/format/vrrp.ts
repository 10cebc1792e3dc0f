/** Virtual Router Redundancy Protocol, versions 2 and 3 — RFC 3768, RFC 5798 — as tcpdump prints it. */
import * as checksum from '../decode/checksum.js'
import * as ip4 from '../decode/ip4.js'
import { TRUNCATED, type Printer } from './printer.js'
import { tableOf, textEnd, word, writeVisible } from './tables.js'

export const IP_PROTOCOL = 112
const AUTHENTICATION = tableOf({ 0: 'none', 1: 'simple', 2: 'ah' })
const Authentication = { SIMPLE: 1, LENGTH: 8 } as const
const ADVERTISEMENT = 1

export function printVrrp(p: Printer, at: number, length: number, ip: number): void {
  const { out, b } = p
  p.protocol = 'vrrp'
  out.text('VRRP')
  const first = p.u8(at)
  const version = first >> 4
  const type = first & 15
  out.byte(118).dec(version).text(', ')
  if (type === ADVERTISEMENT) out.text('Advertisement')
  else out.text('unknown type (').dec(type).byte(41)
  const isIp4 = ip4.version(b, ip) === 4
  const ttl = isIp4 ? ip4.ttl(b, ip) : b[ip + 7]!
  if (ttl !== 255) out.text(', (ttl ').dec(ttl).byte(41)
  if (version < 2 || version > 3 || type !== ADVERTISEMENT) return
  const router = p.u8(at + 1)
  const priority = p.u8(at + 2)
  out.text(', vrid ').dec(router).text(', prio ').dec(priority)
  const authentication = p.u8(at + 4)
  if (version === 2) {
    out.text(', authtype ').text(word(AUTHENTICATION, authentication, '#%'))
    const interval = p.u8(at + 5)
    out.text(', intvl ').dec(interval).text('s, length ').dec(length)
  } else {
    const interval = p.u16(at + 4) & 0xfff
    out.text(', intvl ').dec(interval).text('cs, length ').dec(length)
  }
  if (p.options.verbose === 0) return
  printDetails(p, at, length, ip, isIp4, version, authentication)
}

function printDetails(p: Printer, at: number, length: number, ip: number, isIp4: boolean, version: number, authentication: number): void {
  const { out, b } = p
  const addresses = p.u8(at + 3)
  if (p.has(at, length)) {
    const pseudo = version === 2 ? 0 : checksum.pseudo(b, ip, IP_PROTOCOL, at, length)
    if (checksum.finish(checksum.sum(b, at, at + length, pseudo)) !== 0) {
      const field = p.u16(at + 6)
      out.text(', (bad vrrp cksum ').hex(field).byte(41)
    }
  }
  out.text(', addrs')
  if (addresses > 1) out.byte(40).dec(addresses).byte(41)
  out.byte(58)
  const size = isIp4 ? 4 : 16
  let to = at + 8
  for (let i = 0; i < addresses; i++) {
    p.need(to, size)
    out.byte(i > 0 ? 44 : 32)
    if (isIp4) p.ip4(to)
    else p.ip6(to)
    to += size
  }
  if (version !== 2 || authentication !== Authentication.SIMPLE) return
  out.text(' auth "')
  const end = textEnd(b, to, Math.min(to + Authentication.LENGTH, p.end))
  writeVisible(out, b, to, end)
  if (end >= p.end && end < to + Authentication.LENGTH) throw TRUNCATED
  out.byte(34)
}
