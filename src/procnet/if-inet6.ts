/**
 * /proc/net/if_inet6, one line an address. Source: Linux net/ipv6/addrconf.c if6_seq_show(): address, interface index, prefix length,
 * scope, flags (all hexadecimal), device.
 */
import { Fields } from './fields.js'
import { address } from './ipv6-route.js'
import type { ProcRoot } from './proc-root.js'
import { eachLine } from './route.js'

export interface Address6 {
  readonly address: Uint8Array
  readonly prefix: number
  readonly scope: number
  readonly interfaceName: Uint8Array
}

export function readAddresses6(root: ProcRoot): Address6[] {
  const found: Address6[] = []
  const f = new Fields()
  root.lines('if_inet6', (b, from, to) => {
    eachLine(b, from, to, (at, end) => {
      f.start(b, at, end)
      const bytes = address(f)
      f.hex()
      const prefix = f.hex()
      const scope = f.hex()
      f.hex()
      const name = f.word()
      if (bytes !== undefined && !f.bad) found.push({ address: bytes, prefix, scope, interfaceName: b.slice(name, f.at) })
    })
  })
  return found
}
