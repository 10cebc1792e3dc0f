/** The other tables of netstat: routes, interfaces, groups, counters. */
import { LineWriter } from '../format/line.js'
import { writeGroupsHead, writeMembership } from '../format/netstat-group.js'
import { InterfaceFlag, writeInterfaceBlock, writeInterfaceLine, writeInterfacesHead, type InterfaceRow } from '../format/netstat-interface.js'
import { writeRoute, writeRoute6, writeRoute6Head, writeRouteHead, type RouteLayout } from '../format/netstat-route.js'
import { StatisticsWriter } from '../format/netstat-statistics.js'
import type { Io } from '../io.js'
import { readDevices } from '../procnet/dev.js'
import { readAddresses6 } from '../procnet/if-inet6.js'
import { readIgmp, readIgmp6, type Membership } from '../procnet/igmp.js'
import { readRoutes6, type Route6 } from '../procnet/ipv6-route.js'
import type { ProcRoot } from '../procnet/proc-root.js'
import { readRoutes, type Route } from '../procnet/route.js'
import { readCounterPairs, readSnmp6 } from '../procnet/snmp.js'
import { pause } from './netstat.js'
import { Names, systemFile } from './netstat-names.js'
import type { NetstatOptions } from './netstat-options.js'

export async function runInfo(options: NetstatOptions, root: ProcRoot, io: Io): Promise<number> {
  const out = new LineWriter(io.out)
  for (let round = 0; ; round++) {
    let status: number
    if (options.mode === 'routes') status = await printRoutes(options, root, out, io)
    else if (options.mode === 'interfaces') status = await printInterfaces(options, root, out, io, round === 0)
    else {
      status = printStatistics(options, root, out, io)
      out.flush()
      return status
    }
    out.flush()
    if (status !== 0 || !options.continuous) return status
    await pause(options.interval)
  }
}

async function printRoutes(options: NetstatOptions, root: ProcRoot, out: LineWriter, io: Io): Promise<number> {
  const names = new Names({ hosts: !options.numericHosts, ports: false, users: false }, options.raw)
  const networks = names.host === undefined ? undefined : parseNetworks(systemFile('/etc/networks'))
  const layout: RouteLayout = {
    extended: options.extended,
    raw: options.raw,
    names,
    network: networks === undefined ? undefined : (address) => networks.get(address.join('.')),
  }
  const families = options.families.length > 0 ? options.families : ['inet']
  for (const family of families) {
    if (family !== 'inet' && family !== 'inet6') {
      io.err(`No routing for address family \`${family}'.`)
      return 3
    }
  }
  const { routeCache: cache } = options
  for (const family of families) {
    const there = family === 'inet' ? await printRoutes4(root, cache, names, layout, out) : await printRoutes6(root, cache, names, layout, out)
    if (!there) {
      out.flush()
      const file = family === 'inet' ? (cache ? 'rt_cache' : 'route') : 'ipv6_route'
      io.err(`${root.table(file)}: No such file or directory`)
      out.text(family === 'inet' ? 'INET (IPv4) not configured in this system.' : 'INET6 (IPv6) not configured in this system.').endLine()
      return 1
    }
  }
  return 0
}

async function printRoutes4(root: ProcRoot, cache: boolean, names: Names, layout: RouteLayout, out: LineWriter): Promise<boolean> {
  if (cache) {
    // Linux keeps no cache of IPv4 routes since 3.6: the table is there and empty.
    if (root.file('rt_cache') === undefined) return false
    writeRouteHead(out, layout.extended, true)
    return true
  }
  const routes: Route[] = []
  const there = readRoutes(root, (route) => {
    routes.push(route)
    names.noteAddress(route.gateway, 4)
    if (route.mask.every((byte) => byte === 255)) names.noteAddress(route.destination, 4)
  })
  if (!there) return false
  await names.lookUp()
  writeRouteHead(out, layout.extended, false)
  for (const route of routes) writeRoute(out, route, layout)
  return true
}

async function printRoutes6(root: ProcRoot, cache: boolean, names: Names, layout: RouteLayout, out: LineWriter): Promise<boolean> {
  const routes: Route6[] = []
  const there = readRoutes6(root, (route) => {
    routes.push(route)
    names.noteAddress(route.destination, 6)
    names.noteAddress(route.nextHop, 6)
  })
  if (!there) return false
  await names.lookUp()
  writeRoute6Head(out, cache)
  for (const route of routes) writeRoute6(out, route, cache, layout)
  return true
}

/** networks(5): address to name. */
function parseNetworks(table: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const names = new Map<string, Uint8Array>()
  for (const line of Buffer.from(table).toString('latin1').split('\n')) {
    const [name, address] = line.replace(/#.*/, '').trim().split(/\s+/)
    if (name === undefined || address === undefined) continue
    const parts = address.split('.').map(Number)
    while (parts.length < 4) parts.push(0)
    if (!names.has(parts.join('.'))) names.set(parts.join('.'), Buffer.from(name, 'latin1'))
  }
  return names
}

export async function printGroups(options: NetstatOptions, root: ProcRoot, names: Names, out: LineWriter, io: Io): Promise<number> {
  const both = !options.families.includes('inet') && !options.families.includes('inet6')
  const members: Membership[] = []
  const take = (member: Membership): void => {
    members.push(member)
    names.noteAddress(member.group, member.family)
  }
  let there = true
  if (both || options.families.includes('inet')) there = readIgmp(root, take)
  if (both || options.families.includes('inet6')) readIgmp6(root, take)
  await names.lookUp()
  writeGroupsHead(out)
  if (!there) {
    io.err("netstat: no support for `AF INET (igmp)' on this system.")
    return 1
  }
  for (const member of members) writeMembership(out, member, names, options.raw)
  return 0
}

/** @param titled with the title, which net-tools prints once for all repetitions */
async function printInterfaces(options: NetstatOptions, root: ProcRoot, out: LineWriter, io: Io, titled: boolean): Promise<number> {
  const blocks = options.extended > 0
  writeInterfacesHead(out, titled, blocks)
  for (const row of await interfaceRows(root, io)) {
    if (!options.all && (row.flags & InterfaceFlag.UP) === 0) continue
    if (blocks) writeInterfaceBlock(out, row, options.raw)
    else writeInterfaceLine(out, row, options.raw)
  }
  return 0
}

async function interfaceRows(root: ProcRoot, io: Io): Promise<InterfaceRow[]> {
  const devices = readDevices(root)
  if (devices === undefined) io.err(`Warning: cannot open ${root.table('dev')} (No such file or directory). Limited output.`)
  const { Interfaces } = await import('../socket/interfaces.js')
  const { loadLibc } = await import('../socket/libc.js')
  const kernel = new Interfaces(await loadLibc())
  try {
    const addresses = readAddresses6(root)
    const key = (name: Uint8Array): string => Buffer.from(name).toString('latin1')
    const found = new Map<string, { name: Uint8Array; counters: readonly number[] | undefined }>()
    for (const name of kernel.names()) found.set(key(name), { name, counters: undefined })
    for (const { name, counters } of devices ?? []) found.set(key(name), { name, counters })
    const rows: InterfaceRow[] = []
    for (const [text, { name, counters }] of [...found].sort(([a], [b]) => compareNames(a, b))) {
      const facts = kernel.facts(name)
      if (facts === undefined) continue
      rows.push({ ...facts, name, counters, ip6: addresses.filter(({ interfaceName }) => key(interfaceName) === text) })
    }
    return rows
  } finally {
    kernel.close()
  }
}

/** By the name before its number, then by the number: v2 before v10. */
function compareNames(a: string, b: string): number {
  const [stemA, numberA] = stem(a)
  const [stemB, numberB] = stem(b)
  if (stemA !== stemB) return stemA < stemB ? -1 : 1
  return numberA - numberB
}

function stem(name: string): [string, number] {
  let at = name.length
  while (at > 0 && name[at - 1]! >= '0' && name[at - 1]! <= '9') at--
  return [name.slice(0, at), at < name.length ? Number(name.slice(at)) : -1]
}

function printStatistics(options: NetstatOptions, root: ProcRoot, out: LineWriter, io: Io): number {
  const { families } = options
  if (families.length > 1 || (families.length === 1 && families[0] !== 'inet' && families[0] !== 'inet6')) {
    io.err(`netstat: No statistics support for specified address family: ${families.join(',')}`)
    return 1
  }
  const writer = new StatisticsWriter(out, { tcp: options.tcp, udp: options.udp, raw: options.rawSockets })
  const missing = (file: string): void => {
    io.err(`cannot open ${root.table(file)}: No such file or directory`)
  }
  const snmp = readCounterPairs(root, 'snmp')
  if (families[0] === 'inet6') {
    const counters = readSnmp6(root)
    if (counters === undefined) {
      missing('snmp6')
      return 0
    }
    writer.snmp6(counters)
    for (const group of snmp ?? []) if (group.name === 'Tcp') writer.group(group)
    return 0
  }
  if (snmp === undefined) {
    missing('snmp')
    return 0
  }
  for (const group of snmp) writer.group(group)
  for (const group of readCounterPairs(root, 'netstat') ?? []) writer.group(group)
  return 0
}
