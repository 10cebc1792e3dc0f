/**
 * /proc/net/route, one line a route of the main table. Source: Linux net/ipv4/fib_trie.c fib_route_seq_show().
 *
 *     Iface  Destination  Gateway  Flags  RefCnt  Use  Metric  Mask  MTU  Window  IRTT
 *     eth0   0000630A     00000000 0001   0       0    0       00FFFFFF 0 0       0
 *
 * Addresses are 32-bit words in the host's byte order, hexadecimal like the flags; the rest is decimal.
 */
import { endianness } from 'node:os'
import { Fields } from './fields.js'
import type { ProcRoot } from './proc-root.js'

export interface Route {
  readonly interfaceName: Uint8Array
  readonly destination: Uint8Array
  readonly gateway: Uint8Array
  readonly mask: Uint8Array
  readonly flags: number
  readonly references: number
  readonly use: number
  readonly metric: number
  readonly mtu: number
  readonly window: number
  /** Milliseconds. */
  readonly initialRtt: number
}

/** RTF_… — <linux/route.h>. */
export const RouteFlag = { UP: 1, GATEWAY: 2, HOST: 4, REJECT: 0x200 } as const

/** The lines of `text`, each from its first byte to before its newline. */
export function eachLine(b: Uint8Array, at: number, end: number, take: (at: number, end: number) => void): void {
  while (at < end) {
    let newline = b.indexOf(10, at)
    if (newline < 0 || newline > end) newline = end
    take(at, newline)
    at = newline + 1
  }
}

/** Hands on each route of the table; false when there is none. Lines that are no route are passed over, as net-tools does. */
export function readRoutes(root: ProcRoot, take: (route: Route) => void): boolean {
  const f = new Fields()
  return root.lines('route', (b, from, to) => {
    eachLine(b, from, to, (at, end) => {
      f.start(b, at, end)
      const name = f.word()
      const interfaceName = b.slice(name, f.at)
      const destination = word(f.hex())
      const gateway = word(f.hex())
      const flags = f.hex()
      const references = f.dec()
      const use = f.dec()
      const metric = f.int()
      const mask = word(f.hex())
      const mtu = f.dec()
      const window = f.dec()
      const initialRtt = f.dec()
      if (!f.bad) take({ interfaceName, destination, gateway, mask, flags, references, use, metric, mtu, window, initialRtt })
    })
  })
}

const LITTLE = endianness() === 'LE'

/** A word of the host's byte order as the four bytes of the address. */
function word(n: number): Uint8Array {
  const bytes = [n & 255, (n >>> 8) & 255, (n >>> 16) & 255, n >>> 24]
  return Uint8Array.from(LITTLE ? bytes : bytes.reverse())
}
