/** What a TCP segment carries, by port or by -T. One line a protocol; the printers are a file each. */
import { printBeep } from './beep.js'
import { printBgp } from './bgp.js'
import { printDnsTcp } from './dns.js'
import { printLdp } from './ldp.js'
import { printNfsTcp } from './nfs.js'
import { printOpenFlow } from './openflow.js'
import { printPptp } from './pptp.js'
import { printMsdp } from './msdp.js'
import type { Printer } from './printer.js'
import { printResp } from './resp.js'
import { printRpkiRtr } from './rpki-rtr.js'
import { printSsh } from './ssh.js'
import { printTelnet } from './telnet.js'
import { printFtp, printHttp, printRtsp, printSmtp, printWhois } from './text-protocol.js'
import { printZmtp } from './zmtp.js'

/** What prints behind `length N`. */
type Print = (p: Printer, at: number, length: number, sport: number, dport: number, ip: number) => void

/** `length` bytes of payload at `at`, by the header's figure (more than 0), behind `length N`. */
export function printTcpPayload(p: Printer, at: number, length: number, sport: number, dport: number, flags: number, ip: number): void {
  void flags
  if (p.options.type !== '') return TYPES.get(p.options.type)?.(p, at, length, sport, dport, ip)
  const from = PLACES[sport]! & PLACE
  const to = PLACES[dport]! & PLACE
  const place = from === 0 || (to !== 0 && to < from) ? to : from
  if (place !== 0) PROTOCOLS[place - 1]![1](p, at, length, sport, dport, ip)
}

/** -T TYPE; with another type nothing is said of a payload. */
const TYPES: ReadonlyMap<string, Print> = new Map<string, Print>([
  ['domain', printDnsTcp],
  ['resp', printResp],
  ['zmtp1', printZmtp],
])

/** Either end may have the port. The first in this list wins where both ends have one: tcpdump's order. */
const PROTOCOLS: ReadonlyArray<readonly [ports: readonly number[], print: Print]> = [
  [[23], printTelnet],
  [[25], printSmtp],
  [[43], printWhois],
  [[179], printBgp],
  [[1723], printPptp],
  [[6379], printResp],
  [[22], printSsh],
  [[10288], printBeep],
  [[6633, 6653], printOpenFlow],
  [[21], printFtp],
  [[80, 8080], printHttp],
  [[554, 8554], printRtsp],
  [[53], printDnsTcp],
  [[639], printMsdp],
  [[323], printRpkiRtr],
  [[646], printLdp],
  [[2049], printNfsTcp],
]
/**
 * Ports of PROTOCOLS whose text depends on no earlier segment but by its own numbers. Not those of NFS, where an answer's
 * depends on the call, nor MSDP and OpenFlow, which carry packets that have relative numbers of their own.
 */
const STATELESS: ReadonlySet<number> = new Set([21, 22, 23, 25, 43, 53, 80, 179, 323, 554, 646, 1723, 6379, 8080, 8554, 10288])

/** By port: place in PROTOCOLS plus one, 0 for none, and KEEPS where it is not STATELESS. Looked up for each segment. */
const PLACES = new Uint8Array(0x10000)
const PLACE = 0x7f
const KEEPS = 0x80
for (const [place, [ports]] of PROTOCOLS.entries()) for (const port of ports) PLACES[port] ||= (place + 1) | (STATELESS.has(port) ? 0 : KEEPS)
// RPC's calls to other ports than NFS's
PLACES[111] = KEEPS

/** Whether a segment between these ports, but for its relative numbers, prints the same whatever came before it (without -T). */
export const isStatelessTcp = (sport: number, dport: number): boolean => ((PLACES[sport]! | PLACES[dport]!) & KEEPS) === 0
