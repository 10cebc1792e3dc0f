/** What a UDP datagram carries, by port or by -T. One line a protocol; the printers are a file each. */
import { Port as BfdPort, printBfd, printBfdEcho } from './bfd.js'
import { printDhcp } from './dhcp.js'
import { printDhcp6 } from './dhcp6.js'
import { printDns } from './dns.js'
import { printGeneve } from './geneve.js'
import { printHsrp } from './hsrp.js'
import { printIsakmp, printNatTraversal } from './isakmp.js'
import { printL2tp } from './l2tp.js'
import { printLdp } from './ldp.js'
import { printNtp } from './ntp.js'
import { printPgm } from './pgm.js'
import type { Printer } from './printer.js'
import { printRip } from './rip.js'
import { printRipng } from './ripng.js'
import { printSnmp } from './snmp.js'
import { printSyslog } from './syslog.js'
import { printSip } from './text-protocol.js'
import { printTftp } from './tftp.js'
import { printPorts } from './udp.js'
import { printVxlan, printVxlanGpe } from './vxlan.js'

/** A printer of a payload: `length` bytes at `at` by the header's figure; false when it left the datagram to the plain line. */
type ByPort = (p: Printer, at: number, length: number, sport: number, dport: number, ip: number, fragmented: boolean) => boolean

/** What prints behind `a.1 > b.2: `. */
type Print = (p: Printer, at: number, length: number, sport: number, dport: number, ip: number, fragmented: boolean) => void

/** -T TYPE: the printer writes the addresses itself. */
const byType: ByPort = (p, at, length, sport, dport, ip, fragmented) => {
  const print = TYPES.get(p.options.type)
  if (NOT_OVER_UDP.has(p.options.type)) return true
  if (print === undefined) return false
  printPorts(p, ip, sport, dport)
  print(p, at, length, sport, dport, ip, fragmented)
  return true
}

/** Protocols whose line is not `a.1 > b.2: …`: the printer writes all of it. */
const beforeAddresses: ByPort = () => false

const byPort: ByPort = (p, at, length, sport, dport, ip, fragmented) => {
  const from = FROM.get(sport)
  const to = TO.get(dport)
  const found = from === undefined || (to !== undefined && to.rank < from.rank) ? to : from
  if (found === undefined) return false
  found.print(p, at, length, sport, dport, ip, fragmented)
  return true
}

export const udpPayload = { byType, beforeAddresses, byPort }

/** With these tcpdump prints nothing of a datagram. */
const NOT_OVER_UDP: ReadonlySet<string> = new Set(['carp', 'resp', 'zmtp1'])
const printPgmInUdp: Print = (p, at, length, _sport, _dport, ip) => printPgm(p, at, length, ip)
const printIke: Print = (p, at, length, _sport, _dport, ip) => { printIsakmp(p, at, length, ip) }
const printEncapsulated: Print = (p, at, length, _sport, _dport, ip, fragmented) => { printNatTraversal(p, at, length, ip, fragmented) }

const TYPES: ReadonlyMap<string, Print> = new Map<string, Print>([
  ['domain', printDns],
  ['pgm', printPgmInUdp],
  ['pgm_zmtp1', printPgmInUdp],
  ['snmp', printSnmp],
  ['tftp', printTftp],
  ['vxlan', printVxlan],
])

/** Either end may have the port, unless a side is named. The first in this list wins where both ends have one: tcpdump's order. */
const PROTOCOLS: ReadonlyArray<readonly [ports: readonly number[], print: Print, side?: 'from' | 'to']> = [
  [[53, 5353], printDns],
  [[69], printTftp],
  [[67, 68], printDhcp],
  [[520], printRip],
  [[500], printIke],
  [[4500], printEncapsulated],
  [[7500, 8500], printIke],
  [[161, 162], printSnmp],
  [[123], printNtp],
  [[1701], printL2tp],
  [[521], printRipng],
  [[546, 547], printDhcp6],
  [[1985], printHsrp, 'to'],
  [[646], printLdp],
  [[BfdPort.ECHO], printBfdEcho, 'to'],
  [[BfdPort.CONTROL, BfdPort.MULTIHOP, BfdPort.LAG], printBfd, 'to'],
  [[5060], printSip],
  [[514], printSyslog],
  [[4789], printVxlan],
  [[6081], printGeneve],
  [[4790], printVxlanGpe],
]

interface Ranked {
  readonly rank: number
  readonly print: Print
}
const FROM = new Map<number, Ranked>()
const TO = new Map<number, Ranked>()
for (const [rank, [ports, print, side]] of PROTOCOLS.entries()) {
  for (const port of ports) {
    if (side !== 'to') FROM.set(port, { rank, print })
    if (side !== 'from') TO.set(port, { rank, print })
  }
}
