/** Packets that Broadcom's lawful interception puts into UDP as tcpdump prints them. */
import { printIp4 } from './ip4.js'
import { printIp6 } from './ip6.js'
import { printEthernet } from './link/ethernet.js'
import { TRUNCATED, type Printer } from './printer.js'
import { tableOf, word } from './tables.js'

const HEADER = 4
const DIRECTIONS = tableOf({ 1: 'unused', 2: 'egress', 3: 'ingress' })
const PacketType = { UNDECIDED: 4, IP4: 5, IP6: 6, ETHERNET: 7 } as const
const TYPES = tableOf({ 4: 'undecided', 5: 'ipv4', 6: 'ipv6', 7: 'ethernet' })
const SUBTYPES = tableOf({ 1: 'single VLAN tag', 2: 'double VLAN tag', 3: 'untagged' })

export function printBcmLi(p: Printer, at: number, length: number): void {
  const { out } = p
  p.protocol = 'bcm_li'
  if (length < HEADER) {
    out.text(' (length ').dec(length).text(' < 4)')
    return p.invalid()
  }
  const shim = p.u32(at)
  const isVerbose = p.options.verbose > 0
  const type = (shim >>> 25) & 15
  out.text(isVerbose ? '\n    ' : '').text('BCM-LI-SHIM: direction ').text(word(DIRECTIONS, shim >>> 29, 'unknown'))
  out.text(', pkt-type ').text(word(TYPES, type, 'unknown')).text(', pkt-subtype ').text(word(SUBTYPES, (shim >>> 22) & 7, 'unknown'))
  out.text(', li-id ').dec(shim & 0x3fffff)
  const inside = at + HEADER
  const rest = length - HEADER
  if (!isVerbose) {
    if (!p.has(inside, rest)) throw TRUNCATED
    return
  }
  out.text('\n    ')
  switch (type) {
    case PacketType.ETHERNET:
      printEthernet(p, inside, rest)
      return
    case PacketType.IP4:
      return printIp4(p, inside, rest)
    case PacketType.IP6:
      return printIp6(p, inside, rest)
    case PacketType.UNDECIDED: {
      const version = p.u8(inside) >> 4
      if (version === 4) printIp4(p, inside, rest)
      else if (version === 6) printIp6(p, inside, rest)
      else out.text('unknown payload')
      return
    }
    default:
      p.invalid()
  }
}
