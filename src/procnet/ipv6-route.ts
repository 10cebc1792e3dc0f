/**
 * /proc/net/ipv6_route, one line a route, all hexadecimal. Source: Linux net/ipv6/route.c ipv6_route_native_seq_show():
 * destination, its prefix length, source, its prefix length, next hop, metric, references, use, flags, device.
 */
import { Fields, HEX_VALUE } from './fields.js'
import type { ProcRoot } from './proc-root.js'
import { eachLine } from './route.js'

export interface Route6 {
  readonly destination: Uint8Array
  readonly prefix: number
  readonly nextHop: Uint8Array
  /** Signed 32-bit, as net-tools shows it: -1 for 0xffffffff. */
  readonly metric: number
  readonly references: number
  readonly use: number
  readonly flags: number
  readonly interfaceName: Uint8Array
}

/** An entry of the routing cache, RTF_CACHE — <linux/ipv6_route.h>. */
export const RTF_CACHE = 0x01000000

/** Hands on each route; false when there is no table. */
export function readRoutes6(root: ProcRoot, take: (route: Route6) => void): boolean {
  const f = new Fields()
  return root.lines('ipv6_route', (b, from, to) => {
    eachLine(b, from, to, (at, end) => {
      f.start(b, at, end)
      const destination = address(f)
      const prefix = f.hex()
      address(f)
      f.hex()
      const nextHop = address(f)
      const metric = f.hex() | 0
      const references = f.hex() | 0
      const use = f.hex() | 0
      const flags = f.hex() >>> 0
      const name = f.word()
      if (destination === undefined || nextHop === undefined || f.bad || prefix > 128) return
      take({ destination, prefix, nextHop, metric, references, use, flags, interfaceName: b.slice(name, f.at) })
    })
  })
}

/** Sixteen bytes as 32 digits in network order. */
export function address(f: Fields): Uint8Array | undefined {
  const begin = f.word()
  if (f.at - begin !== 32) {
    f.bad = true
    return undefined
  }
  const bytes = new Uint8Array(16)
  for (let i = 0; i < 16; i++) {
    const high = HEX_VALUE[f.b[begin + i * 2]!]!
    const low = HEX_VALUE[f.b[begin + i * 2 + 1]!]!
    if ((high | low) > 15) f.bad = true
    bytes[i] = (high << 4) | low
  }
  return bytes
}
