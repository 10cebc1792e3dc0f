/** A socket as one line of JSON: the names that `jc --netstat` users know, numbers as numbers. The schema is in docs/netstat.md. */
import { escapeBytes } from '../escape.js'
import { isMapped, type InetRow } from '../procnet/inet.js'
import { UnixFlag } from '../procnet/unix.js'
import type { LineWriter } from './line.js'
import { UNIX_TYPES, unixStateWord, writeHost } from './netstat.js'
import { NUMERIC, inetStateWord, protoWord, textOf, timerName, type SocketRecord } from './netstat-record.js'

/** Controls past ASCII, and what turns text around: JSON.stringify leaves them as they are. */
const UNSAFE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

/** Any object as a line that is safe to print. */
export function jsonLine(value: object): string {
  return JSON.stringify(value).replace(UNSAFE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Bytes as a string: UTF-8 as it is (JSON escapes what it must), else invalid bytes as `\xff`. */
function stringOf(b: Uint8Array): string {
  try {
    return strict.decode(b)
  } catch {
    return escapeBytes(b)
  }
}

const TRANSPORTS = { tcp: 'tcp', udp: 'udp', udplite: 'udplite', raw: 'raw' } as const

/** The object of a socket. @param user name of a uid */
export function socketObject(record: SocketRecord, user: ((uid: number) => Uint8Array | undefined) | undefined): object {
  const { inet, unix, netns } = record
  const owners = record.owners.map(({ process, fd, tid }) => ({
    pid: process.pid, program_name: stringOf(process.name), fd, ...(tid === process.pid ? {} : { tid }),
  }))
  const owned = { pid: owners[0]?.pid ?? null, program_name: owners[0]?.program_name ?? null, owners, ...(netns === undefined ? {} : { netns }) }
  if (inet === undefined) {
    if (unix === undefined) return {}
    const words = [[UnixFlag.ACCEPTCON, 'ACC'], [UnixFlag.WAITDATA, 'W'], [UnixFlag.NOSPACE, 'N']] as const
    return {
      kind: 'socket', proto: 'unix', refcnt: unix.refCount, flags: words.filter(([bit]) => (unix.flags & bit) !== 0).map(([, word]) => word),
      type: UNIX_TYPES[unix.type]?.toLowerCase() ?? 'unknown', state: unixStateWord(unix) || null, inode: unix.inode,
      path: unix.nameEnd > unix.nameAt ? stringOf(unix.b.subarray(unix.nameAt, unix.nameEnd)) : null, ...owned,
    }
  }
  const name = user?.(inet.uid)
  return {
    kind: 'network', proto: protoWord(record), transport_protocol: TRANSPORTS[inet.proto], network_protocol: networkProtocol(inet),
    recv_q: inet.receiveQueue, send_q: inet.sendQueue,
    local_address: addressOf(inet, 'local'), local_port: inet.localPort, foreign_address: addressOf(inet, 'remote'),
    foreign_port: inet.remotePort === 0 ? null : inet.remotePort,
    state: inetStateWord(inet) || null,
    timer: inet.timer === 0 ? null : { name: timerName(inet), seconds: inet.timerCentis / 100 },
    retransmits: inet.retransmits, probes: inet.probes,
    uid: inet.uid, user: name === undefined ? null : Buffer.from(name).toString('utf8'), inode: inet.inode, ...owned,
  }
}

const networkProtocol = (row: InetRow): string => (row.family === 4 ? 'ipv4' : isMapped(row.local) || isMapped(row.remote) ? 'ipv4-mapped' : 'ipv6')

const addressOf = (row: InetRow, end: 'local' | 'remote'): string =>
  textOf((out) => {
    writeHost(out, row[end], row.family, NUMERIC)
  })

export function writeSocketJson(out: LineWriter, record: SocketRecord, user: ((uid: number) => Uint8Array | undefined) | undefined): void {
  out.utf8(jsonLine(socketObject(record, user))).endLine()
}
