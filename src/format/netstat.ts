/** Socket lines as net-tools 2.10 prints them, byte for byte; blanks at the end of a line are part of it. */
import { escapeBytes } from '../escape.js'
import { isAny, isMapped, type InetProto, type InetRow } from '../procnet/inet.js'
import type { Process } from '../procnet/owners.js'
import { TCP_STATES } from '../procnet/tcp-state.js'
import { UnixFlag, UnixState, type UnixRow } from '../procnet/unix.js'
import { writeIp6 } from './address.js'
import type { LineWriter } from './line.js'

/** Names in place of numbers, as bytes that may be printed; a lookup that gives undefined leaves the number. */
export interface NetstatNames {
  readonly host: ((address: Uint8Array, family: 4 | 6) => Uint8Array | undefined) | undefined
  readonly port: ((port: number, proto: InetProto) => Uint8Array | undefined) | undefined
  readonly user: ((uid: number) => Uint8Array | undefined) | undefined
}

/** Columns and forms of a listing. */
export interface NetstatLayout {
  readonly wide: boolean
  /** -e: user and inode */
  readonly extended: boolean
  /** -o */
  readonly timers: boolean
  /** -p: the owner of an inode, ready to print; undefined without -p */
  readonly owner: ((out: LineWriter, inode: number) => void) | undefined
  /** names of unix sockets and the like as they are, control bytes too, as net-tools */
  readonly raw: boolean
  readonly names: NetstatNames
}

export type Selection = 'connected' | 'servers' | 'all'

const SELECTION_TITLES: Readonly<Record<Selection, string>> = {
  connected: '(w/o servers)',
  servers: '(only servers)',
  all: '(servers and established)',
}

const BLANK = 32
const COLON = 58
const STAR = 42
const ADDRESS_WIDTH = 23
const STATE_WIDTH = 11
/** An address and its port may take so many places together, besides the colon. */
const ADDRESS_ROOM = 22
const PORT_ROOM = 18
const ANY4 = bytes('0.0.0.0')
const ANY6 = bytes('::')
const ANY6_NAMED = bytes('[::]')

const STATE_WORDS: readonly Uint8Array[] = TCP_STATES.map((state) => bytes((state?.word ?? 'UNKNOWN').padEnd(STATE_WIDTH)))
const UNKNOWN = bytes('UNKNOWN'.padEnd(STATE_WIDTH))
const NO_STATE = bytes(' '.repeat(STATE_WIDTH))
const PROTO_WORDS: Readonly<Record<InetProto, readonly [Uint8Array, Uint8Array]>> = {
  tcp: [bytes('tcp   '), bytes('tcp6  ')],
  udp: [bytes('udp   '), bytes('udp6  ')],
  udplite: [bytes('udpl  '), bytes('udpl6 ')],
  raw: [bytes('raw   '), bytes('raw6  ')],
}

function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (c) => c.charCodeAt(0))
}

/** Title and heads of the Internet block; `before` stands before the heads. */
export function writeInetHead(out: LineWriter, layout: NetstatLayout, selection: Selection, head = true, before = ''): void {
  if (!head) return
  out.text('Active Internet connections ').text(SELECTION_TITLES[selection]).endLine()
  out.utf8(before)
  out.text('Proto Recv-Q Send-Q Local Address           Foreign Address         State      ')
  if (layout.extended) out.text(' User       Inode     ')
  if (layout.owner !== undefined) out.text(' PID/Program name    ')
  if (layout.timers) out.text(' Timer')
  out.endLine()
}

/** A number right-justified in six places (it may grow), and a blank. */
function queue(out: LineWriter, n: number): void {
  if (n === 0) {
    out.raw(ZERO_QUEUE)
    return
  }
  out.blanks(6 - digits(n))
  number(out, n)
  out.byte(BLANK)
}

const ZERO_QUEUE = bytes('     0 ')

function digits(n: number): number {
  let width = 1
  for (; n >= 10; n = Math.floor(n / 10)) width++
  return width
}

/** Any unsigned integer: past 32 bits through a string. */
function number(out: LineWriter, n: number): void {
  if (n <= 0xffffffff) out.dec(n)
  else out.text(String(n))
}

/** `address:port`, cut to the column unless wide, and the column's blanks. */
function writeEnd(out: LineWriter, address: Uint8Array, family: 4 | 6, port: number, proto: InetProto, layout: NetstatLayout): void {
  const { names } = layout
  const begin = out.length
  if (family === 4 && names.host === undefined && (port === 0 || names.port === undefined)) {
    // At most 15 and 5 places: it always fits.
    out.ip4(address, 0)
    out.byte(COLON)
    if (port === 0) out.byte(STAR)
    else out.dec(port)
    out.blanks(ADDRESS_WIDTH - out.length + begin)
    return
  }
  writeHost(out, address, family, names)
  const service = port === 0 ? undefined : names.port?.(port, proto)
  const portLength = port === 0 ? 1 : Math.min(service?.length ?? digits(port), layout.wide ? Infinity : PORT_ROOM)
  if (!layout.wide && out.length - begin + portLength > ADDRESS_ROOM) out.rewind(begin + ADDRESS_ROOM - portLength)
  out.byte(COLON)
  if (port === 0) out.byte(STAR)
  else if (service === undefined) out.dec(port)
  else out.raw(service, 0, portLength)
  out.blanks(ADDRESS_WIDTH - out.length + begin)
}

/** The host's name or number. A v4-mapped address is shown as the IPv4 address it is. */
export function writeHost(out: LineWriter, address: Uint8Array, family: 4 | 6, names: NetstatNames): void {
  if (isAny(address, family)) {
    out.raw(family === 4 ? ANY4 : names.host === undefined ? ANY6 : ANY6_NAMED)
    return
  }
  const name = names.host?.(address, family)
  if (name !== undefined) out.raw(name)
  else if (family === 4) out.ip4(address, 0)
  else if (isMapped(address)) out.ip4(address, 12)
  else writeIp6(out, address, 0)
}

/** The line of a tcp, udp, udplite or raw socket. */
export function writeInet(out: LineWriter, row: InetRow, layout: NetstatLayout): void {
  const { proto, family, state } = row
  out.raw(PROTO_WORDS[proto][family === 4 ? 0 : 1])
  queue(out, row.receiveQueue)
  queue(out, row.sendQueue)
  writeEnd(out, row.local, family, row.localPort, proto, layout)
  out.byte(BLANK)
  writeEnd(out, row.remote, family, row.remotePort, proto, layout)
  out.byte(BLANK)
  if (proto === 'tcp') out.raw(STATE_WORDS[state] ?? UNKNOWN)
  else if (proto === 'raw') {
    out.dec(state)
    out.blanks(STATE_WIDTH - digits(state))
  } else out.raw(state === 1 ? STATE_WORDS[1]! : state === 7 ? NO_STATE : UNKNOWN)
  if (layout.extended) {
    out.byte(BLANK)
    const user = layout.names.user?.(row.uid)
    const begin = out.length
    if (user === undefined) number(out, row.uid)
    else out.raw(user)
    out.blanks(10 - out.length + begin)
    out.byte(BLANK)
    number(out, row.inode)
    out.blanks(10 - digits(row.inode))
  }
  if (layout.owner !== undefined) {
    out.byte(BLANK)
    layout.owner(out, row.inode)
  }
  if (layout.timers) {
    out.byte(BLANK)
    writeTimer(out, row)
  }
  out.endLine()
}

const TCP_TIMERS = ['off', 'on', 'keepalive', 'timewait', 'probe'] as const

/** `keepalive (7194.52/0/0)`: seconds, retransmissions, unanswered probes. */
function writeTimer(out: LineWriter, row: InetRow): void {
  const { timer, timerCentis } = row
  const name = row.proto === 'tcp' ? TCP_TIMERS[timer] : timer === 0 ? 'off' : timer <= 2 ? `on${timer}` : undefined
  out.text(name ?? `unkn-${timer}`).text(' (')
  if (timer === 0 || name === undefined) out.text('0.00')
  else {
    number(out, Math.floor(timerCentis / 100))
    out.byte(46).dec2(timerCentis % 100)
  }
  out.byte(47).dec(row.retransmits).byte(47)
  number(out, row.probes)
  out.byte(41)
}

/** Title and heads of the UNIX block. */
export function writeUnixHead(out: LineWriter, layout: NetstatLayout, selection: Selection, head = true, before = ''): void {
  if (!head) return
  out.text('Active UNIX domain sockets ').text(SELECTION_TITLES[selection]).endLine()
  out.utf8(before)
  out.text('Proto RefCnt Flags       Type       State         I-Node  ')
  if (layout.owner !== undefined) out.text(' PID/Program name    ')
  out.text(' Path').endLine()
}

/** Words of netstat(8) for <linux/net.h> SOCK_*. */
export const UNIX_TYPES: readonly (string | undefined)[] = [undefined, 'STREAM', 'DGRAM', 'RAW', 'RDM', 'SEQPACKET']

export function unixStateWord(row: UnixRow): string {
  switch (row.state) {
    case UnixState.FREE: return 'FREE'
    case UnixState.UNCONNECTED: return (row.flags & UnixFlag.ACCEPTCON) !== 0 ? 'LISTENING' : ''
    case UnixState.CONNECTING: return 'CONNECTING'
    case UnixState.CONNECTED: return 'CONNECTED'
    case UnixState.DISCONNECTING: return 'DISCONNECTING'
    default: return 'UNKNOWN'
  }
}

export function unixFlagsText(flags: number): string {
  const acc = (flags & UnixFlag.ACCEPTCON) !== 0 ? 'ACC ' : ''
  const wait = (flags & UnixFlag.WAITDATA) !== 0 ? 'W ' : ''
  const space = (flags & UnixFlag.NOSPACE) !== 0 ? 'N ' : ''
  return `[ ${acc}${wait}${space}]`
}

/** The line of a unix socket. */
export function writeUnix(out: LineWriter, row: UnixRow, layout: NetstatLayout): void {
  out.text('unix  ')
  out.left(String(row.refCount), 6).byte(BLANK)
  out.left(unixFlagsText(row.flags), 11).byte(BLANK)
  out.left(UNIX_TYPES[row.type] ?? 'UNKNOWN', 10).byte(BLANK)
  out.left(unixStateWord(row), 13).byte(BLANK)
  out.left(String(row.inode), 8).byte(BLANK)
  if (layout.owner !== undefined) {
    layout.owner(out, row.inode)
    out.byte(BLANK)
  }
  writeUnixName(out, row, layout.raw)
  out.endLine()
}

/** The name: net-tools stops at the first white space and prints what there is; else all of it, made safe. */
export function writeUnixName(out: LineWriter, row: UnixRow, raw: boolean): void {
  const { b, nameAt } = row
  let { nameEnd } = row
  if (raw) {
    let from = nameAt
    while (from < nameEnd && isSpace(b[from]!)) from++
    let at = from
    while (at < nameEnd && !isSpace(b[at]!)) at++
    nameEnd = at
    out.raw(b, from, nameEnd)
    return
  }
  writeSafe(out, b, nameAt, nameEnd)
}

const isSpace = (code: number): boolean => code === BLANK || (code >= 9 && code <= 13)

/** Bytes as safe text; those that are plain ASCII are copied. */
export function writeSafe(out: LineWriter, b: Uint8Array, at: number, end: number): void {
  for (let i = at; i < end; i++) {
    if (b[i]! < BLANK || b[i]! > 126) {
      out.utf8(escapeBytes(b.subarray(at, end)))
      return
    }
  }
  out.raw(b, at, end)
}

/** Places of `PID/NAME`, one of which stays free. */
const OWNER_WIDTH = 20

/** `PID/NAME` in its column: cut to 19 bytes, `-` without an owner. */
export function writeOwner(out: LineWriter, process: Process | undefined, raw: boolean): void {
  const begin = out.length
  if (process === undefined) {
    out.byte(45).blanks(OWNER_WIDTH - 1)
    return
  }
  out.dec(process.pid).byte(47)
  const { name } = process
  const room = Math.max(0, OWNER_WIDTH - 1 - out.length + begin)
  if (raw) out.raw(name, 0, Math.min(name.length, room))
  else writeSafe(out, name, 0, cut(name, room))
  out.blanks(OWNER_WIDTH - out.length + begin)
}

/** As `writeOwner`, but nothing is cut and every owner is named, after commas. */
export function writeOwners(out: LineWriter, processes: readonly Process[]): void {
  const begin = out.length
  if (processes.length === 0) out.byte(45)
  let last: Process | undefined
  for (const process of processes) {
    if (process === last) continue
    if (last !== undefined) out.byte(44)
    out.dec(process.pid).byte(47)
    writeSafe(out, process.name, 0, process.name.length)
    last = process
  }
  out.blanks(OWNER_WIDTH - out.length + begin)
}

/** Where to cut UTF-8 text to at most `room` bytes without halving a character. */
function cut(b: Uint8Array, room: number): number {
  if (b.length <= room) return b.length
  let end = room
  while (end > 0 && room - end < 4 && (b[end]! & 0xc0) === 0x80) end--
  return end
}
