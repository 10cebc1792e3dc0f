/** Which rows a netstat run is about: its filter, put to rows as they are parsed. */
import { UserError } from '../errors.js'
import { escapeBytes } from '../escape.js'
import { asksOwners, compile, type FilterRecord, type Meanings, type Test } from '../filter/compile.js'
import { parseFilter } from '../filter/syntax.js'
import { unixStateWord } from '../format/netstat.js'
import { Services } from '../names/services.js'
import { parseUsers } from '../names/users.js'
import { isMapped, isServer, type InetRow } from '../procnet/inet.js'
import type { Owners } from '../procnet/owners.js'
import { TCP_STATES, tcpStateNumber } from '../procnet/tcp-state.js'
import { isUnixServer, type UnixRow } from '../procnet/unix.js'
import { systemFile } from './netstat-names.js'
import type { NetstatOptions } from './netstat-options.js'

/** A filter as rows meet it. */
export interface RowFilter {
  readonly needsOwners: boolean
  inet(row: InetRow, owners: Owners | undefined): boolean
  unix(row: UnixRow, owners: Owners | undefined): boolean
}

/** Whether the run needs more than net-tools' lines in the kernel's order. */
export const wantsRecords = (options: NetstatOptions): boolean =>
  options.json || options.table || options.summary || options.changes || options.sort !== undefined || options.columns !== undefined ||
  options.netns !== undefined || options.wait !== undefined

/** The filter of the words after the options; with --raw, words that make none are passed over, as net-tools does. */
export function filterOf(options: NetstatOptions): RowFilter | undefined {
  const text = options.words.join(' ')
  if (text.trim() === '') return undefined
  try {
    return rowFilter(text)
  } catch (error) {
    if (options.raw && error instanceof UserError) return undefined
    throw error
  }
}

/** The filter of --wait: a state's name, or a filter. */
export const waitFilter = (text: string): RowFilter => rowFilter(meanings.state(text) === undefined ? text : `state ${text}`)

const UNIX_STATES: readonly string[] = ['listening', 'connecting', 'connected', 'disconnecting', 'free', 'unconnected']

const meanings: Meanings = {
  service: (name) => {
    const services = new Services(systemFile('/etc/services'))
    const ports = (['tcp', 'udp'] as const).map((protocol) => services.port(name, protocol)).filter((port) => port !== undefined)
    return [...new Set(ports)]
  },
  user: (name) => {
    for (const [uid, text] of parseUsers(systemFile('/etc/passwd'))) if (text === name) return uid
    return undefined
  },
  state: (name) => {
    const number = tcpStateNumber(name)
    if (number !== undefined) return TCP_STATES[number]!.key
    const key = name.toLowerCase().replaceAll('-', '_')
    return UNIX_STATES.includes(key) ? key : undefined
  },
}

function rowFilter(text: string): RowFilter {
  const tree = parseFilter(text)
  const test = compile(tree, meanings)
  return new AdaptedFilter(test, asksOwners(tree))
}

/** A row as the filter sees it; refilled for each. */
class Adapted implements FilterRecord {
  protocol = ''
  family: 0 | 4 | 6 = 0
  local: Uint8Array = new Uint8Array(0)
  remote: Uint8Array = new Uint8Array(0)
  localPort = 0
  remotePort = 0
  state = ''
  listening = false
  uid = -1
  inode = 0
  receiveQueue = 0
  sendQueue = 0
  unixRow: UnixRow | undefined
  ownersOf: Owners | undefined

  get path(): string {
    const row = this.unixRow
    return row === undefined ? '' : escapeBytes(row.b.subarray(row.nameAt, row.nameEnd))
  }

  get owners(): Iterable<{ readonly pid: number; readonly name: string }> {
    return (this.ownersOf?.all(this.inode) ?? []).map(({ process }) => ({ pid: process.pid, name: escapeBytes(process.name) }))
  }
}

class AdaptedFilter implements RowFilter {
  readonly needsOwners: boolean
  readonly #test: Test
  readonly #record = new Adapted()

  constructor(test: Test, needsOwners: boolean) {
    this.#test = test
    this.needsOwners = needsOwners
  }

  inet(row: InetRow, owners: Owners | undefined): boolean {
    const record = this.#record
    const mapped = row.family === 6 && (isMapped(row.local) || isMapped(row.remote))
    record.protocol = row.proto
    record.family = row.family === 4 || mapped ? 4 : 6
    record.local = mapped ? row.local.subarray(12) : row.local
    record.remote = mapped ? row.remote.subarray(12) : row.remote
    record.localPort = row.localPort
    record.remotePort = row.remotePort
    record.state = row.proto === 'tcp' || row.state === 1 ? (TCP_STATES[row.state]?.key ?? 'unknown') : ''
    record.listening = row.proto === 'tcp' ? row.state === 10 : isServer(row)
    record.uid = row.uid
    record.inode = row.inode
    record.receiveQueue = row.receiveQueue
    record.sendQueue = row.sendQueue
    record.unixRow = undefined
    record.ownersOf = owners
    return this.#test(record)
  }

  unix(row: UnixRow, owners: Owners | undefined): boolean {
    const record = this.#record
    record.protocol = 'unix'
    record.family = 0
    record.localPort = record.remotePort = 0
    record.state = unixStateWord(row).toLowerCase() || 'unconnected'
    record.listening = isUnixServer(row)
    record.uid = -1
    record.inode = row.inode
    record.receiveQueue = record.sendQueue = 0
    record.unixRow = row
    record.ownersOf = owners
    return this.#test(record)
  }
}
