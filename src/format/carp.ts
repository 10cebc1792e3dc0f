/** Common Address Redundancy Protocol (OpenBSD carp(4)), with -T carp in place of VRRP, as tcpdump prints it. */
import * as checksum from '../decode/checksum.js'
import * as ip4 from '../decode/ip4.js'
import { type Printer } from './printer.js'

const VERSION = 2
const ADVERTISE = 1

export function printCarp(p: Printer, at: number, length: number, ip: number): void {
  const { out, b } = p
  p.protocol = 'carp'
  const ttl = ip4.version(b, ip) === 4 ? ip4.ttl(b, ip) : b[ip + 7]!
  const first = p.u8(at)
  const version = first >> 4
  const type = first & 15
  out.text('CARPv').dec(version).byte(45).text(type === ADVERTISE ? 'advertise' : 'unknown').byte(32).dec(length).text(': ')
  if (ttl !== 255) out.text('[ttl=').dec(ttl).text('!] ')
  if (version !== VERSION || type !== ADVERTISE) return
  p.need(at + 2, 1)
  p.need(at + 5, 1)
  out.text('vhid=').dec(b[at + 1]!).text(' advbase=').dec(b[at + 5]!).text(' advskew=').dec(b[at + 2]!).text(' authlen=').dec(b[at + 3]!).byte(32)
  if (p.options.verbose > 0 && p.has(at, length) && checksum.finish(checksum.sum(b, at, at + length)) !== 0) {
    const field = p.u16(at + 6)
    out.text(' (bad carp cksum ').hex(field).text('!)')
  }
  const counter = p.u64(at + 8)
  out.text('counter=').big(counter)
}
