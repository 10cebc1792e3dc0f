/** UDP datagrams as tcpdump prints them — RFC 768. */
import * as checksum from '../decode/checksum.js'
import * as ip4 from '../decode/ip4.js'
import * as ip6 from '../decode/ip6.js'
import { Protocol } from '../decode/ip-protocol.js'
import * as udp from '../decode/udp.js'
import { printAddresses4 } from './ip4.js'
import { printAddresses6 } from './ip6.js'
import type { Printer } from './printer.js'
import { udpPayload } from './udp-payload.js'

/** `length`: bytes of header and payload as the IP header says; `ip`: the IP header. */
export function printUdp(p: Printer, at: number, length: number, ip: number, fragmented: boolean): void {
  const { out, b, options } = p
  p.protocol = 'udp'
  if (at + 4 > p.end) {
    printPorts(p, ip, -1, -1)
    return p.truncated()
  }
  const sport = udp.sourcePort(b, at)
  const dport = udp.destinationPort(b, at)
  if (length < udp.HEADER) {
    printPorts(p, ip, sport, dport)
    out.text('truncated-udp ').dec(length)
    return
  }
  if (at + 6 > p.end) {
    printPorts(p, ip, sport, dport)
    return p.truncated()
  }
  let payload = udp.length(b, at)
  if (payload === 0 && length > 65535) payload = length
  if (payload < udp.HEADER) {
    printPorts(p, ip, sport, dport)
    out.text('truncated-udplength ').dec(payload)
    return
  }
  payload -= udp.HEADER
  length -= udp.HEADER
  if (payload < length) length = payload
  const data = at + udp.HEADER
  if (data > p.end) {
    printPorts(p, ip, sport, dport)
    return p.truncated()
  }
  if (options.type !== '' && udpPayload.byType(p, data, length, sport, dport, ip, fragmented)) return
  if (options.quiet === 0 && udpPayload.beforeAddresses(p, data, length, sport, dport, ip, fragmented)) return
  printPorts(p, ip, sport, dport)
  // RFC 8200 §8.1: over IPv6 a datagram must have one.
  if (options.verbose > 0 && options.checksums && !fragmented) {
    if (ip4.version(b, ip) === 6) writeChecksum(p, at, length + udp.HEADER, ip)
    else if (options.verbose > 1) {
      if (udp.checksum(b, at) === 0) out.text('[no cksum] ')
      else writeChecksum(p, at, length + udp.HEADER, ip)
    }
  }
  if (options.quiet === 0 && udpPayload.byPort(p, data, length, sport, dport, ip, fragmented)) return
  if (payload > length && !fragmented) out.text('UDP, bad length ').dec(payload).text(' > ').dec(length)
  else out.text('UDP, length ').dec(payload)
}

function writeChecksum(p: Printer, at: number, length: number, ip: number): void {
  const { out, b } = p
  if (at + length > p.end) return
  const field = udp.checksum(b, at)
  const result = checksum.finish(checksum.sum(b, at, at + length, checksum.pseudo(b, ip, Protocol.UDP, at, length)))
  if (result === 0) out.text('[udp sum ok] ')
  else out.text('[bad udp cksum 0x').hex(field, 4).text(' -> 0x').hex(checksum.shouldBe(field, result), 4).text('!] ')
}

/**
 * `a.1 > b.2: `; ports alone behind IPv6 extension headers and after AH, addresses alone when the ports were not
 * captured (-1).
 */
export function printPorts(p: Printer, ip: number, sport: number, dport: number): void {
  const { out, b } = p
  const isIp4 = ip4.version(b, ip) === 4
  const direct = isIp4 ? ip4.protocol(b, ip) === Protocol.UDP : ip6.nextHeader(b, ip) === Protocol.UDP
  if (!direct) {
    if (sport >= 0) {
      p.udpPort(sport)
      out.text(' > ')
      p.udpPort(dport)
      out.text(': ')
    }
    return
  }
  if (sport < 0) {
    if (isIp4) printAddresses4(p, ip)
    else printAddresses6(p, ip)
  } else {
    if (isIp4) p.ip4(ip + ip4.SOURCE_AT)
    else p.ip6(ip + ip6.SOURCE_AT)
    out.byte(46)
    p.udpPort(sport)
    out.text(' > ')
    if (isIp4) p.ip4(ip + ip4.DESTINATION_AT)
    else p.ip6(ip + ip6.DESTINATION_AT)
    out.byte(46)
    p.udpPort(dport)
  }
  out.text(': ')
}
