/** `netstat -r` as net-tools 2.10 prints it: route(8)'s table, with -e and -ee its other columns, and the one of IPv6. */
import { isAny } from '../procnet/inet.js'
import { RTF_CACHE, type Route6 } from '../procnet/ipv6-route.js'
import { RouteFlag, type Route } from '../procnet/route.js'
import type { LineWriter } from './line.js'
import { writeHost, writeSafe, type NetstatNames } from './netstat.js'

export interface RouteLayout {
  /** How often -e stood: other columns with one, all with two. */
  readonly extended: number
  readonly raw: boolean
  readonly names: NetstatNames
  /** networks(5): the name of a network address */
  readonly network: ((address: Uint8Array) => Uint8Array | undefined) | undefined
}

const BLANK = 32
const ADDRESS_WIDTH = 15
const MAX_FLAGS = 9

/** Letters by bit, in the order they are printed; U and G give way to `!` on a route that rejects. */
const FLAGS: readonly (readonly [number, string])[] = [
  [0x2, 'G'], [0x4, 'H'], [0x8, 'R'], [0x10, 'D'], [0x20, 'M'], [0x40, 'u'], [0x80, 'w'], [0x100, 'i'], [0x400, 'n'], [0x10000, 'd'], [0x20000, 'a'],
  [0x40000, 'c'],
]
const FLAGS6: readonly (readonly [number, string])[] = [
  [0x1, 'U'], [0x200, '!'], [0x2, 'G'], [0x4, 'H'], [0x10000, 'D'], [0x40000, 'A'], [RTF_CACHE, 'C'], [0x20000, 'a'], [0x400000, 'e'], [0x20, 'm'],
  [0x200000, 'n'], [0x2000000, 'f'],
]

const letters = (flags: number, table: readonly (readonly [number, string])[]): string =>
  table.reduce((text, [bit, letter]) => ((flags & bit) !== 0 ? text + letter : text), '')

function routeFlags(flags: number): string {
  const text = (flags & RouteFlag.REJECT) !== 0 ? `!${letters(flags & ~RouteFlag.GATEWAY, FLAGS)}` : `U${letters(flags, FLAGS)}`
  return text.slice(0, MAX_FLAGS)
}

export function writeRouteHead(out: LineWriter, extended: number, cache: boolean): void {
  out.text(cache ? 'Kernel IP routing cache' : 'Kernel IP routing table').endLine()
  out.text(cache ? 'Source          Destination     Gateway         ' : 'Destination     Gateway         Genmask         ')
  if (extended === 0) out.text('Flags   MSS Window  irtt Iface')
  else {
    out.text('Flags Metric Ref    Use Iface')
    if (extended > 1) out.text(cache ? '    MSS   Window irtt  TOS HHRef HHUptod     SpecDst' : '    MSS   Window irtt')
  }
  out.endLine()
}

export function writeRoute(out: LineWriter, route: Route, layout: RouteLayout): void {
  if ((route.flags & RouteFlag.UP) === 0) return
  const { extended, raw } = layout
  const rejects = (route.flags & RouteFlag.REJECT) !== 0
  column(out, () => {
    destination(out, route, layout)
  })
  column(out, () => {
    if (rejects) out.text('-')
    else if (isAny(route.gateway, 4)) out.text('0.0.0.0')
    else writeHost(out, route.gateway, 4, layout.names)
  })
  column(out, () => {
    out.ip4(route.mask, 0)
  })
  const flags = routeFlags(route.flags)
  const name = (): void => {
    if (rejects) out.text('-')
    else if (raw) out.raw(route.interfaceName)
    else writeSafe(out, route.interfaceName, 0, route.interfaceName.length)
  }
  const number = (n: number): string => (rejects ? '-' : String(n))
  if (extended === 0) {
    out.left(flags, 5).byte(BLANK).right(number(route.mtu), 5).byte(BLANK).left(number(route.window), 5).byte(BLANK)
    out.right(number(route.initialRtt), 6).byte(BLANK)
    name()
  } else {
    out.left(flags, 5).byte(BLANK).left(String(route.metric), 6).byte(BLANK).left(number(route.references), 2).byte(BLANK)
    out.right(String(route.use), 7).byte(BLANK)
    const begin = out.length
    name()
    if (extended > 1) {
      out.blanks(8 - out.length + begin)
      out.byte(BLANK).left(number(route.mtu), 5).byte(BLANK).left(number(route.window), 6).byte(BLANK).text(number(route.initialRtt))
    }
  }
  out.endLine()
}

function column(out: LineWriter, write: () => void): void {
  const begin = out.length
  write()
  out.blanks(ADDRESS_WIDTH - out.length + begin)
  out.byte(BLANK)
}

/** `default`, a host's name where the mask is whole, a network's elsewhere; numbers without names. */
function destination(out: LineWriter, route: Route, layout: RouteLayout): void {
  if (layout.names.host === undefined) out.ip4(route.destination, 0)
  else if (isAny(route.destination, 4)) out.text('default')
  else if (route.mask.every((byte) => byte === 255)) writeHost(out, route.destination, 4, layout.names)
  else {
    const network = layout.network?.(route.destination)
    if (network === undefined) out.ip4(route.destination, 0)
    else out.raw(network)
  }
}

export function writeRoute6Head(out: LineWriter, cache: boolean): void {
  out.text(cache ? 'Kernel IPv6 routing cache' : 'Kernel IPv6 routing table').endLine()
  out.text('Destination                    Next Hop                   Flag Met Ref  Use If').endLine()
}

/** @param cache print entries of the cache, else only those that are none */
export function writeRoute6(out: LineWriter, route: Route6, cache: boolean, layout: RouteLayout): void {
  if (((route.flags & RTF_CACHE) !== 0) !== cache) return
  let begin = out.length
  writeHost(out, route.destination, 6, layout.names)
  out.byte(47).dec(route.prefix)
  out.blanks(30 - out.length + begin)
  out.byte(BLANK)
  begin = out.length
  writeHost(out, route.nextHop, 6, layout.names)
  out.blanks(26 - out.length + begin)
  out.byte(BLANK).left(letters(route.flags, FLAGS6), 4).byte(BLANK)
  out.left(String(route.metric), 3).byte(BLANK).left(String(route.references), 1).byte(BLANK).right(String(route.use), 6).byte(BLANK)
  if (layout.raw) out.raw(route.interfaceName)
  else writeSafe(out, route.interfaceName, 0, route.interfaceName.length)
  out.endLine()
}
