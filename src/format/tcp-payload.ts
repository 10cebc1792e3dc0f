/** What a TCP segment carries, by port or by -T. One line a protocol; the printers are a file each. */
import { printBeep } from './beep.js'
import { printDnsTcp } from './dns.js'
import type { Printer } from './printer.js'
import { printResp } from './resp.js'
import { printSsh } from './ssh.js'
import { printTelnet } from './telnet.js'
import { printFtp, printHttp, printRtsp, printSmtp, printWhois } from './text-protocol.js'

/** What prints behind `length N`. */
type Print = (p: Printer, at: number, length: number) => void

/** `length` bytes of payload at `at`, by the header's figure (more than 0), behind `length N`. */
export function printTcpPayload(p: Printer, at: number, length: number, sport: number, dport: number, flags: number): void {
  void flags
  const { type } = p.options
  const print = type === '' ? (PORTS.get(sport) ?? PORTS.get(dport)) : (TYPES.get(type) ?? PORTS.get(sport) ?? PORTS.get(dport))
  print?.(p, at, length)
}

/** -T TYPE. */
const TYPES: ReadonlyMap<string, Print> = new Map<string, Print>([
  ['domain', printDnsTcp],
  ['resp', printResp],
])

const PORTS: ReadonlyMap<number, Print> = new Map<number, Print>([
  [21, printFtp],
  [22, printSsh],
  [23, printTelnet],
  [25, printSmtp],
  [43, printWhois],
  [53, printDnsTcp],
  [80, printHttp],
  [554, printRtsp],
  [6379, printResp],
  [8080, printHttp],
  [8554, printRtsp],
  [10288, printBeep],
])
