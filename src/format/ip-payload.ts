/** What stands behind an IPv4 or IPv6 header, by its protocol number. One line a protocol; the printers are a file each. */
import { version } from '../decode/ip4.js'
import { Protocol } from '../decode/ip-protocol.js'
import { printAh } from './ah.js'
import { printCarp } from './carp.js'
import { printDccp } from './dccp.js'
import { printEgp } from './egp.js'
import { printEigrp } from './eigrp.js'
import { printEsp } from './esp.js'
import { printGre } from './gre.js'
import { printIcmp4 } from './icmp4.js'
import { printIcmp6 } from './icmp6.js'
import { printIgmp } from './igmp.js'
import { printIgrp } from './igrp.js'
import { printIp4 } from './ip4.js'
import { printIp6 } from './ip6.js'
import { protocolWord, writeProtocolName } from './ip-protocol.js'
import { printIpcomp } from './ipcomp.js'
import { printEthernet } from './link/ethernet.js'
import { printMobileIp } from './mobile-ip.js'
import { printOspf2 } from './ospf2.js'
import { printOspf3 } from './ospf3.js'
import { printPgm } from './pgm.js'
import { printPim } from './pim.js'
import type { Printer } from './printer.js'
import { printRsvp } from './rsvp.js'
import { printSctp } from './sctp.js'
import { printTcp } from './tcp.js'
import { printUdp } from './udp.js'
import { printVrrp } from './vrrp.js'

/**
 * @param at first byte behind the IP header and its extension headers
 * @param length bytes from there to the end of the packet, as the header says
 * @param ip the IP header
 * @param fragmented this is the first of several fragments
 */
export function printIpPayload(p: Printer, at: number, length: number, protocol: number, ip: number, fragmented: boolean): void {
  const { depth } = p
  try {
    printPayload(p, at, length, protocol, ip, fragmented)
  } catch (thrown) {
    p.endBy(thrown)
    p.depth = depth
  }
}

function printPayload(p: Printer, at: number, length: number, protocol: number, ip: number, fragmented: boolean): void {
  const { out } = p
  const isIp4 = version(p.b, ip) === 4
  switch (protocol) {
    case Protocol.TCP:
      return printTcp(p, at, length, ip, fragmented)
    case Protocol.UDP:
      return printUdp(p, at, length, ip, fragmented)
    case Protocol.ICMP:
      return isIp4 ? printIcmp4(p, at, length, ip, fragmented) : needs(p, protocol, 'IPv4')
    case Protocol.ICMPV6:
      return isIp4 ? needs(p, protocol, 'IPv6') : printIcmp6(p, at, length, ip, fragmented)
    case Protocol.IPV4:
      return printIp4(p, at, length)
    case Protocol.IPV6:
      return printIp6(p, at, length)
    case Protocol.ND:
      out.text(' nd ').dec(length)
      return
    case Protocol.IGMP:
      return isIp4 ? printIgmp(p, at, length) : needs(p, protocol, 'IPv4')
    case Protocol.OSPF:
      return isIp4 ? printOspf2(p, at, length) : printOspf3(p, at, length)
    case Protocol.RSVP:
      return printRsvp(p, at, length)
    case Protocol.SCTP:
      return printSctp(p, at, length, ip)
    case Protocol.DCCP:
      return printDccp(p, at, length, ip)
    case Protocol.GRE:
      return printGre(p, at, length)
    case Protocol.PIGP:
      return printIgrp(p, at, length)
    case Protocol.EIGRP:
      return printEigrp(p, at, length)
    case Protocol.EGP:
      return printEgp(p, at, length)
    case Protocol.MOBILE:
      return printMobileIp(p, at, length)
    case Protocol.PGM:
      return printPgm(p, at, length, ip)
    case Protocol.PIM:
      return printPim(p, at, length, ip)
    case Protocol.ESP:
      return printEsp(p, at, length, ip, fragmented)
    case Protocol.IPCOMP:
      return printIpcomp(p, at)
    case Protocol.ETHERNET:
      if (isIp4) return needs(p, protocol, 'IPv6')
      printEthernet(p, at, length)
      return
    case Protocol.AH:
      return printBehindAh(p, at, length, ip, fragmented)
    case Protocol.VRRP:
      return p.options.type === 'carp' ? printCarp(p, at, length, ip) : printVrrp(p, at, length, ip)
    case Protocol.NONE:
      out.text('no next header')
      return
  }
  writeProtocolName(p, protocol)
  out.byte(32).dec(length)
}

/** Authentication headers, one behind the other, and what they protect. */
function printBehindAh(p: Printer, at: number, length: number, ip: number, fragmented: boolean): void {
  for (;;) {
    if (!p.has(at, 1)) {
      p.protocol = 'ah'
      return p.truncated()
    }
    const next = p.u8(at)
    const size = printAh(p, at)
    at += size
    length -= size
    if (next !== Protocol.AH) return printIpPayload(p, at, length, next, ip, fragmented)
  }
}

function needs(p: Printer, protocol: number, version: string): void {
  p.out.byte(91).text(protocolWord(protocol)).text(' requires ').text(version).byte(93)
  p.invalid()
}
