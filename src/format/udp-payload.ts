/** What a UDP datagram carries, by port or by -T. One line a protocol; the printers are a file each. */
import { u8 } from '../bytes.js'
import { printAhcp } from './ahcp.js'
import { printAodv } from './aodv.js'
import { printLlap } from './appletalk.js'
import { printAutoRp } from './auto-rp.js'
import { printBabel } from './babel.js'
import { printBcmLi } from './bcm-li.js'
import { Port as BfdPort, printBfd, printBfdEcho } from './bfd.js'
import { printDhcp } from './dhcp.js'
import { printDhcp6 } from './dhcp6.js'
import { printDns } from './dns.js'
import { printGeneve } from './geneve.js'
import { printHncp } from './hncp.js'
import { printHsrp } from './hsrp.js'
import { printIsakmp, printNatTraversal } from './isakmp.js'
import { printKerberos } from './kerberos.js'
import { printL2tp } from './l2tp.js'
import { printLdp } from './ldp.js'
import { printLmp } from './lmp.js'
import { printLspPing } from './lsp-ping.js'
import { printLisp } from './lisp.js'
import { printLwappControl, printLwappData } from './lwapp.js'
import { printLwres } from './lwres.js'
import { printMpls } from './mpls.js'
import { printNetflow } from './netflow.js'
import { isNfs, NFS_PORT } from './nfs-port.js'
import { printNfs } from './nfs.js'
import { printNtp } from './ntp.js'
import { printOlsr } from './olsr.js'
import { printOtv } from './otv.js'
import { printPgm } from './pgm.js'
import type { Printer } from './printer.js'
import { printRadius } from './radius.js'
import { printPtp } from './ptp.js'
import { printRip } from './rip.js'
import { printRipng } from './ripng.js'
import { printRtcp, printRtp, printVat } from './rtp.js'
import { printSnmp } from './snmp.js'
import { printSomeIp } from './someip.js'
import { printRpc } from './sunrpc.js'
import { printSyslog } from './syslog.js'
import { printRx } from './rx.js'
import { printSflow } from './sflow.js'
import { printSip } from './text-protocol.js'
import { printTftp } from './tftp.js'
import { printTimed } from './timed.js'
import { printPorts } from './udp.js'
import { printVqp } from './vqp.js'
import { printVxlan, printVxlanGpe } from './vxlan.js'
import { printWhiteboard } from './wb.js'
import { printZep } from './zep.js'
import { printZephyr } from './zephyr.js'

/** A printer of a payload: `length` bytes at `at` by the header's figure; false when it left the datagram to the plain line. */
type ByPort = (p: Printer, at: number, length: number, sport: number, dport: number, ip: number, fragmented: boolean) => boolean

/** What prints behind `a.1 > b.2: `. */
type Print = (p: Printer, at: number, length: number, sport: number, dport: number, ip: number, fragmented: boolean) => void

/** -T TYPE: the printer writes the addresses itself. */
const byType: ByPort = (p, at, length, sport, dport, ip, fragmented) => {
  const print = TYPES.get(p.options.type)
  if (p.options.type === 'rpc') {
    printRpc(p, at, length, ip)
    return true
  }
  if (NOT_OVER_UDP.has(p.options.type)) return true
  if (print === undefined) return false
  printPorts(p, ip, sport, dport)
  print(p, at, length, sport, dport, ip, fragmented)
  return true
}

/** Protocols whose line is not `a.1 > b.2: …`: the printer writes all of it. */
const beforeAddresses: ByPort = (p, at, length, sport, dport, ip) => {
  if ((sport !== NFS_PORT && dport !== NFS_PORT) || !isNfs(p, at, sport, dport)) return false
  printPorts(p, ip, sport, dport)
  return printNfs(p, at, length, sport, dport, ip)
}

const byPort: ByPort = (p, at, length, sport, dport, ip, fragmented) => {
  const from = FROM[sport]!
  const to = TO[dport]!
  const place = from === 0 || (to !== 0 && to < from) ? to : from
  if ((place === 0 || place > KIP) && isKip(p, at, sport, dport)) {
    printKip(p, at, length)
    return true
  }
  if (place === 0) return false
  PROTOCOLS[place - 1]![1](p, at, length, sport, dport, ip, fragmented)
  return true
}

export const udpPayload = { byType, beforeAddresses, byPort }

/** With these tcpdump prints nothing of a datagram. */
const NOT_OVER_UDP: ReadonlySet<string> = new Set(['carp', 'resp', 'zmtp1'])
const printPgmInUdp: Print = (p, at, length, _sport, _dport, ip) => printPgm(p, at, length, ip)
const printIke: Print = (p, at, length, _sport, _dport, ip) => { printIsakmp(p, at, length, ip) }
const printEncapsulated: Print = (p, at, length, _sport, _dport, ip, fragmented) => { printNatTraversal(p, at, length, ip, fragmented) }

const TYPES: ReadonlyMap<string, Print> = new Map<string, Print>([
  ['aodv', printAodv],
  ['cnfp', printNetflow],
  // not that of the multicast kind, whatever the port
  ['domain', (p, at, length) => { printDns(p, at, length, 0, 0) }],
  ['lmp', printLmp],
  ['pgm', printPgmInUdp],
  ['pgm_zmtp1', printPgmInUdp],
  ['ptp', printPtp],
  ['radius', printRadius],
  ['rtcp', printRtcp],
  ['rtp', printRtp],
  ['snmp', printSnmp],
  ['someip', printSomeIp],
  ['tftp', printTftp],
  ['vat', printVat],
  ['vxlan', printVxlan],
  ['wb', printWhiteboard],
])

/** Kinetics' way of AppleTalk in UDP: sockets 128 and above, those below, and these as before April 1988. */
const isKipPort = (port: number): boolean => port < 896 ? (port >= 200 && port < 328) || port >= 768 : port >= 16512 && port < 16640
const LAP_DDP = 2
const isKip = (p: Printer, at: number, sport: number, dport: number): boolean =>
  (isKipPort(sport) || isKipPort(dport)) && p.has(at + 2, 1) && u8(p.b, at + 2) === LAP_DDP

function printKip(p: Printer, at: number, length: number): void {
  if (p.options.verbose > 0) p.out.text('kip ')
  printLlap(p, at, length)
}

/** Either end may have the port, unless a side is named. The first in this list wins where both ends have one: tcpdump's order. */
const PROTOCOLS: ReadonlyArray<readonly [ports: readonly number[], print: Print, side?: 'from' | 'to']> = [
  [[53, 5353], printDns],
  [[525], printTimed],
  [[69], printTftp],
  [[67, 68], printDhcp],
  [[520], printRip],
  [[654], printAodv],
  [[500], printIke],
  [[4500], printEncapsulated],
  [[7500, 8500], printIke],
  [[161, 162], printSnmp],
  [[123], printNtp],
  [[88, 750], printKerberos],
  [[1701], printL2tp],
  [[3456], printVat, 'to'],
  [[2103, 2104], printZephyr],
  [[7000, 7001, 7002, 7003, 7004, 7005, 7006, 7007, 7008, 7009], printRx],
  [[521], printRipng],
  [[546, 547], printDhcp6],
  [[5359], printAhcp],
  [[6696, 6697], printBabel],
  [[8231], printHncp],
  [[4567], printWhiteboard, 'to'],
  [[496], printAutoRp],
  [[1645, 1812, 1646, 1813, 1700, 3799], printRadius],
  [[1985], printHsrp, 'to'],
  [[921], printLwres],
  [[646], printLdp],
  [[698], printOlsr],
  [[3503], printLspPing],
  [[49152], printBcmLi, 'from'],
  [[BfdPort.ECHO], printBfdEcho, 'to'],
  [[BfdPort.CONTROL, BfdPort.MULTIHOP, BfdPort.LAG], printBfd, 'to'],
  [[701], printLmp],
  [[1589], printVqp],
  [[6343], printSflow],
  [[12223], printLwappControl],
  [[12222], printLwappData],
  [[5060], printSip],
  [[514], printSyslog],
  [[8472], printOtv],
  [[4789], printVxlan],
  [[6081], printGeneve],
  [[4342], printLisp],
  [[4790], printVxlanGpe],
  [[17754], printZep],
  [[6635], printMpls],
  // its ports are ranges: isKip
  [[], printKip],
  [[319, 320], printPtp],
  [[30490], printSomeIp],
]
const KIP = PROTOCOLS.findIndex(([, print]) => print === printKip) + 1

/** By port as source and as destination: place in PROTOCOLS plus one, 0 for none. Looked up for each datagram. */
const FROM = new Uint8Array(0x10000)
const TO = new Uint8Array(0x10000)
for (const [place, [ports, , side]] of PROTOCOLS.entries()) {
  for (const port of ports) {
    if (side !== 'to') FROM[port] ||= place + 1
    if (side !== 'from') TO[port] ||= place + 1
  }
}

/** Ports of common protocols whose text depends on no earlier datagram. */
const STATELESS: ReadonlySet<number> = new Set([53, 67, 68, 123, 161, 162, 514, 546, 547, 1985, 5060, 5353])
/** Ports whose printers stand before the addresses: RPC and NFS, where an answer's text depends on the request. */
const STATEFUL: ReadonlySet<number> = new Set([111, 2049])

/** Whether a datagram between these ports prints the same whatever came before it (without -T). */
export function isStatelessUdp(sport: number, dport: number): boolean {
  return (FROM[sport] === 0 || STATELESS.has(sport)) && (TO[dport] === 0 || STATELESS.has(dport)) && !STATEFUL.has(sport) && !STATEFUL.has(dport)
}
