/** `netstat -i` and `-ie` as net-tools 2.10 prints them: a line, or ifconfig(8)'s block, an interface. */
import { DevColumn } from '../procnet/dev.js'
import type { LineWriter } from './line.js'
import { writeIp6 } from './address.js'
import { writeSafe } from './netstat.js'

/** One interface, from wherever its facts came. */
export interface InterfaceRow {
  readonly name: Uint8Array
  readonly flags: number
  readonly mtu: number
  readonly metric: number
  readonly queueLength: number
  readonly address: Uint8Array | undefined
  readonly destination: Uint8Array | undefined
  readonly broadcast: Uint8Array | undefined
  readonly netmask: Uint8Array | undefined
  readonly hardwareType: number
  readonly hardwareAddress: Uint8Array
  /** Of /proc/net/dev; undefined for a label, which has none of its own. */
  readonly counters: readonly number[] | undefined
  readonly ip6: readonly { readonly address: Uint8Array; readonly prefix: number; readonly scope: number }[]
}

/** IFF_… — <linux/if.h>. */
export const InterfaceFlag = { UP: 1, BROADCAST: 2, LOOPBACK: 8, POINTOPOINT: 0x10, PROMISC: 0x100 } as const

/** Names of the bits, from the lowest. */
const FLAG_NAMES = [
  'UP', 'BROADCAST', 'DEBUG', 'LOOPBACK', 'POINTOPOINT', 'NOTRAILERS', 'RUNNING', 'NOARP', 'PROMISC', 'ALLMULTI', 'MASTER', 'SLAVE', 'MULTICAST',
  'PORTSEL', 'AUTOMEDIA', 'DYNAMIC',
] as const
/** The order in which ifconfig lists them. */
const FLAG_ORDER = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 10, 12, 15]
/** Letters of the last column, in its order. */
const LETTERS: readonly (readonly [number, string])[] = [
  [0x200, 'A'], [0x2, 'B'], [0x4, 'D'], [0x8, 'L'], [0x1000, 'M'], [0x8000, 'd'], [0x20, 'N'], [0x80, 'O'], [0x110, 'P'], [0x40, 'R'], [0x800, 's'],
  [0x400, 'm'], [0x1, 'U'],
]

export function writeInterfacesHead(out: LineWriter, titled: boolean, blocks: boolean): void {
  if (titled) out.text('Kernel Interface table').endLine()
  if (!blocks) out.text('Iface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg').endLine()
}

function writeName(out: LineWriter, name: Uint8Array, raw: boolean): void {
  if (raw) out.raw(name)
  else writeSafe(out, name, 0, name.length)
}

export function writeInterfaceLine(out: LineWriter, row: InterfaceRow, raw: boolean): void {
  const begin = out.length
  writeName(out, row.name, raw)
  out.blanks(15 - out.length + begin)
  out.text(' ').right(String(row.mtu), 5)
  const { counters } = row
  if (counters === undefined) out.text('      - no statistics available -                        ')
  else {
    const n = (column: number): string => String(counters[column])
    out.text(' ').right(n(DevColumn.RX_PACKETS), 8).text(' ').right(n(DevColumn.RX_ERRORS), 6).text(' ').right(n(DevColumn.RX_DROPS), 6)
    out.text(' ').left(n(DevColumn.RX_FIFO), 6)
    out.text(' ').right(n(DevColumn.TX_PACKETS), 8).text(' ').right(n(DevColumn.TX_ERRORS), 6).text(' ').right(n(DevColumn.TX_DROPS), 6)
    out.text(' ').right(n(DevColumn.TX_FIFO), 6).text(' ')
  }
  const letters = LETTERS.reduce((text, [bit, letter]) => ((row.flags & bit) !== 0 ? text + letter : text), '')
  out.text(letters === '' ? '[NO FLAGS]' : letters).endLine()
}

const SCOPES: readonly (readonly [number, string])[] = [[0x00, 'global'], [0x10, 'host'], [0x20, 'link'], [0x40, 'site'], [0x80, 'compat']]
/** ARPHRD_ numbers to ifconfig's short and long names; `bytes` of the address are shown. */
const HARDWARE: Readonly<Record<number, { readonly word: string; readonly title: string; readonly bytes: number }>> = {
  1: { word: 'ether', title: 'Ethernet', bytes: 6 },
  512: { word: 'ppp', title: 'Point-to-Point Protocol', bytes: 0 },
  768: { word: 'tunnel', title: 'IPIP Tunnel', bytes: 0 },
  772: { word: 'loop', title: 'Local Loopback', bytes: 0 },
  776: { word: 'sit', title: 'IPv6-in-IPv4', bytes: 0 },
}

export function writeInterfaceBlock(out: LineWriter, row: InterfaceRow, raw: boolean): void {
  writeName(out, row.name, raw)
  const names = FLAG_ORDER.filter((bit) => ((row.flags >> bit) & 1) !== 0).map((bit) => FLAG_NAMES[bit])
  out.text(`: flags=${(row.flags << 16) >> 16}<${names.join(',')}>  mtu ${row.mtu}`)
  if (row.metric > 0) out.text(`  metric ${row.metric}`)
  out.endLine()
  if (row.address !== undefined) {
    out.text('        inet ')
    out.ip4(row.address, 0)
    out.text('  netmask ')
    out.ip4(row.netmask ?? new Uint8Array(4), 0)
    if ((row.flags & InterfaceFlag.BROADCAST) !== 0) {
      out.text('  broadcast ')
      out.ip4(row.broadcast ?? new Uint8Array(4), 0)
    }
    if ((row.flags & InterfaceFlag.POINTOPOINT) !== 0) {
      out.text('  destination ')
      out.ip4(row.destination ?? new Uint8Array(4), 0)
    }
    out.endLine()
  }
  for (const { address, prefix, scope } of row.ip6) {
    out.text('        inet6 ')
    writeIp6(out, address, 0)
    out.text(`  prefixlen ${prefix}  scopeid 0x${scope.toString(16)}<${SCOPES.find(([value]) => value === (scope & 0xf0))?.[1] ?? 'unknown'}>`).endLine()
  }
  writeHardware(out, row)
  if (row.counters !== undefined) writeCounters(out, row.counters)
  out.endLine()
}

function writeHardware(out: LineWriter, row: InterfaceRow): void {
  const known = HARDWARE[row.hardwareType]
  out.text('        ').text(known?.word ?? 'unspec')
  if (known === undefined) {
    out.text(' ')
    for (let i = 0; i < 16; i++) out.text(i > 0 ? '-' : '').text((row.hardwareAddress[i] ?? 0).toString(16).padStart(2, '0').toUpperCase())
  } else if (known.bytes > 0) {
    out.text(' ')
    for (let i = 0; i < known.bytes; i++) out.text(i > 0 ? ':' : '').hex(row.hardwareAddress[i]!, 2)
  }
  if (row.queueLength >= 0) out.text(`  txqueuelen ${row.queueLength}`)
  out.text(`  (${known?.title ?? 'UNSPEC'})`).endLine()
}

function writeCounters(out: LineWriter, counters: readonly number[]): void {
  const n = (column: number): string => String(counters[column])
  const size = (column: number): string => `bytes ${n(column)} (${humanBytes(counters[column]!)})`
  out.text(`        RX packets ${n(DevColumn.RX_PACKETS)}  ${size(DevColumn.RX_BYTES)}`).endLine()
  out.text(`        RX errors ${n(DevColumn.RX_ERRORS)}  dropped ${n(DevColumn.RX_DROPS)}  overruns ${n(DevColumn.RX_FIFO)}  frame ${n(DevColumn.RX_FRAME)}`).endLine()
  out.text(`        TX packets ${n(DevColumn.TX_PACKETS)}  ${size(DevColumn.TX_BYTES)}`).endLine()
  out.text(`        TX errors ${n(DevColumn.TX_ERRORS)}  dropped ${n(DevColumn.TX_DROPS)} overruns ${n(DevColumn.TX_FIFO)}`)
  out.text(`  carrier ${n(DevColumn.TX_CARRIER)}  collisions ${n(DevColumn.TX_COLLISIONS)}`).endLine()
}

/** `409.5 KiB`: one decimal, cut and not rounded. */
function humanBytes(bytes: number): string {
  let unit = 0
  let divisor = 1
  while (unit < 4 && bytes / divisor >= 1024) {
    divisor *= 1024
    unit++
  }
  return `${(Math.floor((bytes * 10) / divisor) / 10).toFixed(1)} ${['B', 'KiB', 'MiB', 'GiB', 'TiB'][unit]}`
}
