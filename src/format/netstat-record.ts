/** A socket as a record of named columns, for tables, sorting, JSON and changes; its text is safe for a terminal. */
import { escapeBytes } from '../escape.js'
import { isServer, type InetRow } from '../procnet/inet.js'
import type { Owner } from '../procnet/owners.js'
import { TCP_STATES, type StateColor } from '../procnet/tcp-state.js'
import type { UnixRow } from '../procnet/unix.js'
import { LineWriter } from './line.js'
import { UNIX_TYPES, unixFlagsText, unixStateWord, writeHost, type NetstatNames } from './netstat.js'

/** One socket, kept. Exactly one of `inet` and `unix` is there. */
export interface SocketRecord {
  readonly inet: InetRow | undefined
  readonly unix: UnixRow | undefined
  readonly owners: readonly Owner[]
  /** Which network namespace it is of, where more than one is listed. */
  readonly netns: string | undefined
}

let scratch = ''
const scratchWriter = new LineWriter((chunk) => {
  scratch += Buffer.from(chunk).toString('utf8')
})

/** What `write` writes, as a string. */
export function textOf(write: (out: LineWriter) => void): string {
  scratch = ''
  write(scratchWriter)
  scratchWriter.flush()
  return scratch
}

export const NUMERIC: NetstatNames = { host: undefined, port: undefined, user: undefined }

/** net-tools' first column: `tcp6`, `udpl`, `unix`. */
export const protoWord = ({ inet }: SocketRecord): string =>
  inet === undefined ? 'unix' : `${inet.proto === 'udplite' ? 'udpl' : inet.proto}${inet.family === 6 ? '6' : ''}`

export function stateWord({ inet, unix }: SocketRecord): string {
  if (inet === undefined) return unix === undefined ? '' : unixStateWord(unix)
  return inetStateWord(inet)
}

export function inetStateWord(row: InetRow): string {
  if (row.proto === 'tcp') return TCP_STATES[row.state]?.word ?? 'UNKNOWN'
  if (row.proto === 'raw') return String(row.state)
  return row.state === 1 ? 'ESTABLISHED' : row.state === 7 ? '' : 'UNKNOWN'
}

export function stateColor({ inet, unix }: SocketRecord): StateColor | undefined {
  if (inet?.proto === 'tcp') return TCP_STATES[inet.state]?.color
  if (inet !== undefined) return inet.state === 1 ? 'green' : 'cyan'
  const word = unix === undefined ? '' : unixStateWord(unix)
  return word === 'CONNECTED' ? 'green' : word === 'LISTENING' ? 'cyan' : word === '' ? undefined : 'yellow'
}

const TIMERS = ['off', 'on', 'keepalive', 'timewait', 'probe'] as const
export const timerName = (row: InetRow): string => (row.proto === 'tcp' ? TIMERS[row.timer] : row.timer === 0 ? 'off' : `on${row.timer}`) ?? `unkn-${row.timer}`

export const pathText = ({ unix }: SocketRecord): string => (unix === undefined ? '' : escapeBytes(unix.b.subarray(unix.nameAt, unix.nameEnd)))

export const ownerText = ({ process, fd, tid }: Owner): string =>
  `${process.pid}/${escapeBytes(process.name)}(fd ${fd}${tid === process.pid ? '' : `, thread ${tid}`})`

function endText(record: SocketRecord, end: 'local' | 'remote', names: NetstatNames): string {
  const row = record.inet
  if (row === undefined) return end === 'local' ? pathText(record) : ''
  const port = end === 'local' ? row.localPort : row.remotePort
  const host = textOf((out) => {
    writeHost(out, row[end], row.family, names)
  })
  const service = port === 0 ? undefined : names.port?.(port, row.proto)
  return `${host}:${port === 0 ? '*' : service === undefined ? String(port) : Buffer.from(service).toString('utf8')}`
}

export interface Column {
  readonly head: string
  readonly right?: boolean
  readonly text: (record: SocketRecord, names: NetstatNames) => string
  /** What rows are ordered by; its text where this is missing. Undefined values come last. */
  readonly key?: (record: SocketRecord) => number | undefined
}

const address = (end: 'local' | 'remote') => (record: SocketRecord): string => {
  const row = record.inet
  // Bytes compare as they are numbered: 4 before 6, then by address.
  return row === undefined ? pathText(record) : `${row.family}${Buffer.from(row[end].subarray(0, row.family === 4 ? 4 : 16)).toString('hex')}`
}

/** What orders rows by an address: text of its bytes. */
export const ADDRESS_KEYS: Readonly<Record<string, (record: SocketRecord) => string>> = { local: address('local'), foreign: address('remote') }

/** Every column that --columns and --sort take. */
export const COLUMNS: Readonly<Record<string, Column>> = {
  netns: { head: 'Netns', text: ({ netns }) => netns ?? '' },
  proto: { head: 'Proto', text: protoWord },
  'recv-q': { head: 'Recv-Q', right: true, text: ({ inet }) => (inet === undefined ? '' : String(inet.receiveQueue)), key: ({ inet }) => inet?.receiveQueue },
  'send-q': { head: 'Send-Q', right: true, text: ({ inet }) => (inet === undefined ? '' : String(inet.sendQueue)), key: ({ inet }) => inet?.sendQueue },
  local: { head: 'Local Address', text: (record, names) => endText(record, 'local', names) },
  'local-port': { head: 'Local Port', right: true, text: ({ inet }) => (inet === undefined ? '' : String(inet.localPort)), key: ({ inet }) => inet?.localPort },
  foreign: { head: 'Foreign Address', text: (record, names) => endText(record, 'remote', names) },
  'foreign-port': { head: 'Foreign Port', right: true, text: ({ inet }) => (inet === undefined ? '' : String(inet.remotePort)), key: ({ inet }) => inet?.remotePort },
  state: { head: 'State', text: stateWord },
  user: {
    head: 'User',
    text: ({ inet }, names) => {
      if (inet === undefined) return ''
      const user = names.user?.(inet.uid)
      return user === undefined ? String(inet.uid) : Buffer.from(user).toString('utf8')
    },
  },
  uid: { head: 'UID', right: true, text: ({ inet }) => (inet === undefined ? '' : String(inet.uid)), key: ({ inet }) => inet?.uid },
  inode: { head: 'Inode', right: true, text: (record) => String(inodeOf(record)), key: inodeOf },
  pid: { head: 'PID', right: true, text: ({ owners }) => String(owners[0]?.process.pid ?? ''), key: ({ owners }) => owners[0]?.process.pid },
  program: { head: 'PID/Program name', text: ({ owners }) => (owners.length === 0 ? '-' : owners.map(ownerText).join(',')) },
  timer: {
    head: 'Timer',
    text: ({ inet }) => (inet === undefined ? '' : inet.timer === 0 ? 'off' : `${timerName(inet)} ${(inet.timerCentis / 100).toFixed(2)}s`),
    key: ({ inet }) => (inet === undefined || inet.timer === 0 ? undefined : inet.timerCentis),
  },
  refcnt: { head: 'RefCnt', right: true, text: ({ unix }) => (unix === undefined ? '' : String(unix.refCount)), key: ({ unix }) => unix?.refCount },
  flags: { head: 'Flags', text: ({ unix }) => (unix === undefined ? '' : unixFlagsText(unix.flags)) },
  type: { head: 'Type', text: ({ unix }) => (unix === undefined ? '' : UNIX_TYPES[unix.type] ?? 'UNKNOWN') },
  path: { head: 'Path', text: pathText },
}

export function inodeOf({ inet, unix }: SocketRecord): number {
  return inet?.inode ?? unix?.inode ?? 0
}

/** A comparison by a column; equal rows keep their order. */
export function comparison(name: string, descending: boolean, names: NetstatNames): (a: SocketRecord, b: SocketRecord) => number {
  const column = COLUMNS[name]!
  const sign = descending ? -1 : 1
  const { key } = column
  if (key !== undefined) {
    return (a, b) => {
      const [x, y] = [key(a), key(b)]
      if (x === undefined || y === undefined) return (x === undefined ? 1 : 0) - (y === undefined ? 1 : 0)
      return sign * (x - y)
    }
  }
  const text = ADDRESS_KEYS[name] ?? ((record: SocketRecord) => column.text(record, names))
  return (a, b) => {
    const [x, y] = [text(a), text(b)]
    return x < y ? -sign : x > y ? sign : 0
  }
}

export const isListening = (record: SocketRecord): boolean => record.inet !== undefined && (record.inet.proto === 'tcp' ? record.inet.state === 10 : isServer(record.inet))
