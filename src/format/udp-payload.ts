/** What a UDP datagram carries, by port or by -T. One line a protocol; the printers are a file each. */
import { printDns } from './dns.js'
import type { Printer } from './printer.js'
import { printSip } from './text-protocol.js'
import { printPorts } from './udp.js'

/** A printer of a payload: `length` bytes at `at` by the header's figure; false when it left the datagram to the plain line. */
type ByPort = (p: Printer, at: number, length: number, sport: number, dport: number, ip: number) => boolean

/** What prints behind `a.1 > b.2: `. */
type Print = (p: Printer, at: number, length: number, sport: number, dport: number, ip: number) => void

/** -T TYPE: the printer writes the addresses itself. */
const byType: ByPort = (p, at, length, sport, dport, ip) => {
  const print = TYPES.get(p.options.type)
  if (print === undefined) return false
  printPorts(p, ip, sport, dport)
  print(p, at, length, sport, dport, ip)
  return true
}

/** Protocols whose line is not `a.1 > b.2: …`: the printer writes all of it. */
const beforeAddresses: ByPort = () => false

const byPort: ByPort = (p, at, length, sport, dport, ip) => {
  const print = PORTS.get(dport) ?? PORTS.get(sport)
  if (print === undefined) return false
  print(p, at, length, sport, dport, ip)
  return true
}

export const udpPayload = { byType, beforeAddresses, byPort }

const TYPES: ReadonlyMap<string, Print> = new Map<string, Print>([['domain', printDns]])

const PORTS: ReadonlyMap<number, Print> = new Map<number, Print>([
  [53, printDns],
  [5060, printSip],
  [5353, printDns],
])
