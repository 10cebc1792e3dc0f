/**
 * Multicast groups. /proc/net/igmp (Linux net/ipv4/igmp.c igmp_mc_seq_show()): a line for a device, then an indented line for each
 * of its groups, a word of the host's byte order. /proc/net/igmp6 (net/ipv6/mcast.c): index, device, group in network order, users.
 */
import { endianness } from 'node:os'
import { Fields } from './fields.js'
import { address } from './ipv6-route.js'
import type { ProcRoot } from './proc-root.js'
import { eachLine } from './route.js'

export interface Membership {
  readonly interfaceName: Uint8Array
  readonly users: number
  readonly group: Uint8Array
  readonly family: 4 | 6
}

const TAB = 9
const LITTLE = endianness() === 'LE'

export function readIgmp(root: ProcRoot, take: (member: Membership) => void): boolean {
  const f = new Fields()
  let interfaceName = new Uint8Array(0)
  return root.lines('igmp', (b, from, to) => {
    eachLine(b, from, to, (at, end) => {
      f.start(b, at, end)
      if (b[at] !== TAB) {
        f.dec()
        const name = f.word()
        if (!f.bad) interfaceName = b.slice(name, f.at)
        return
      }
      const n = f.hex()
      const users = f.dec()
      const bytes = [n & 255, (n >>> 8) & 255, (n >>> 16) & 255, n >>> 24]
      if (!f.bad) take({ interfaceName, users, group: Uint8Array.from(LITTLE ? bytes : bytes.reverse()), family: 4 })
    })
  })
}

export function readIgmp6(root: ProcRoot, take: (member: Membership) => void): boolean {
  const f = new Fields()
  return root.lines('igmp6', (b, from, to) => {
    eachLine(b, from, to, (at, end) => {
      f.start(b, at, end)
      f.dec()
      const name = f.word()
      const interfaceName = b.slice(name, f.at)
      const group = address(f)
      const users = f.dec()
      if (group !== undefined && !f.bad) take({ interfaceName, users, group, family: 6 })
    })
  })
}
