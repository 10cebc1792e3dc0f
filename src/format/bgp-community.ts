/** Communities of BGP as tcpdump prints them — RFC 1997, RFC 4360 (extended), RFC 8092 (large). */
import { asText } from './bgp-route.js'
import { hex, ip4, named, say, type Words } from './fields.js'
import { mbps } from './gmpls.js'
import { ENCAPSULATIONS } from './l2vpn.js'
import type { Printer } from './printer.js'
import { bits } from './tables.js'

const WELL_KNOWN: Words = { 0xffffff01: ' NO_EXPORT', 0xffffff02: ' NO_ADVERTISE', 0xffffff03: ' NO_EXPORT_SUBCONFED' }

export function printCommunities(p: Printer, at: number, end: number): void {
  for (; at < end; at += 4) {
    const community = p.u32(at)
    say(p, WELL_KNOWN[community] ?? `${community >>> 16}:${community & 0xffff}${end - at > 4 ? ', ' : ''}`)
  }
}

export function printLargeCommunities(p: Printer, at: number, end: number): void {
  say(p, '\n\t    ')
  for (; at < end; at += 12) say(p, `${p.u32(at)}:${p.u32(at + 4)}:${p.u32(at + 8)}${end - at > 12 ? ', ' : ''}`)
}

const FLAGS = [[0x8000, 'vendor-specific'], [0x4000, 'non-transitive']] as const
/** Type and subtype. */
const EXTENDED: Words = {
  0x0002: 'target', 0x0102: 'target', 0x0202: 'target', 0x0003: 'origin', 0x0103: 'origin', 0x0203: 'origin', 0x4004: 'link-BW', 0x0005: 'ospf-domain',
  0x0105: 'ospf-domain', 0x0205: 'ospf-domain', 0x8005: 'ospf-domain', 0x0306: 'ospf-route-type', 0x8000: 'ospf-route-type', 0x030c: 'encapsulation',
  0x0107: 'ospf-router-id', 0x8001: 'ospf-router-id', 0x800a: 'layer2-info', 0x8800: 'eigrp-general-route (flag, tag)',
  0x8801: 'eigrp-route-metric (AS, delay)', 0x8802: 'eigrp-route-metric (reliability, nexthop, bandwidth)', 0x8803: 'eigrp-route-metric (load, MTU)',
  0x8804: 'eigrp-external-route (remote-AS, remote-ID)', 0x8805: 'eigrp-external-route (remote-proto, remote-metric)', 0x0009: 'source-AS',
  0x010b: 'vrf-route-import', 0x000a: 'l2vpn-id', 0xf10a: 'l2vpn-id',
}
const OSPF_ROUTES: Words = { 1: 'Router', 2: 'Network', 3: 'Summary', 5: 'External', 7: 'NSSA External', 129: 'MPLS-VPN Sham' }
const TUNNELS: Words = {
  1: 'L2TPv3 over IP', 2: 'GRE', 3: 'Transmit Tunnel', 4: 'IPsec', 5: 'IP in IP with IPsec', 6: 'MPLS in IP with IPsec', 7: 'IP in IP', 8: 'VXLAN', 9: 'NVGRE',
  10: 'MPLS', 11: 'MPLS in GRE', 12: 'VXLAN GPE', 13: 'MPLS in UDP', 14: 'IPv6', 15: 'SR TE', 16: 'Bare', 17: 'SR',
}

/** False where one is cut short. */
export function printExtendedCommunities(p: Printer, at: number, end: number): boolean {
  for (; at < end; at += 8) {
    if (!p.has(at, 2)) return false
    const type = p.u16(at)
    say(p, `\n\t    ${named(EXTENDED, type, 'unknown extd community typecode')} (0x${hex(type, 4)}), Flags [${bits(FLAGS, type, 'none')}]`)
    if (!p.has(at, 8)) return false
    say(p, `: ${extendedText(p, at, type)}`)
  }
  return true
}

/** What stands behind the type. */
function extendedText(p: Printer, at: number, type: number): string {
  switch (type) {
    case 0x0002:
    case 0x0003:
    case 0x000a:
      return `${p.u16(at + 2)}:${p.u32(at + 4)} (= ${ip4(p, at + 4)})`
    case 0x0102:
    case 0x0103:
    case 0xf10a:
    case 0x010b:
      return `${ip4(p, at + 2)}:${p.u16(at + 6)}`
    case 0x0202:
    case 0x0203:
      return `${asText(p, p.u32(at + 2))}:${p.u16(at + 6)}`
    case 0x4004:
      return `bandwidth: ${mbps(p, at + 4)} Mbps`
    case 0x0005:
    case 0x0105:
    case 0x0205:
    case 0x8005:
    case 0x0107:
    case 0x8001:
      return ip4(p, at + 2)
    case 0x0306:
    case 0x8000:
      return ospfRouteText(p, at)
    case 0x800a:
      return `${named(ENCAPSULATIONS, p.u8(at + 2), 'unknown encaps')} Control Flags [0x${hex(p.u8(at + 3), 2)}]:MTU ${p.u16(at + 4)}`
    case 0x0009:
      return `AS ${p.u16(at + 2)}`
    case 0x030c:
      return `Tunnel type: ${named(TUNNELS, p.u16(at + 6), 'unknown encaps')}`
  }
  return Buffer.from(p.b.subarray(at + 2, at + 8)).toString('hex')
}

function ospfRouteText(p: Printer, at: number): string {
  const type = p.u8(at + 6)
  const metric = (p.u8(at + 7) & 1 ? 'E2' : '') + (type === 5 || type === 7 ? 'E1' : '')
  return `area:${ip4(p, at + 2)}, router-type:${OSPF_ROUTES[type] ?? `unknown (0x${hex(type, 2)})`}, metric-type:${metric}`
}
