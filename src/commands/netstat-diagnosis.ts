/**
 * What only the kernel's socket diagnosis knows, for `netstat --info`, `--bound` and `--kill`: TCP_INFO and congestion control, memory, marks,
 * bound devices, backlog limits, the other end of unix sockets, sockets that are bound and do not listen; and their end.
 */
import { readSync } from 'node:fs'
import { isatty } from 'node:tty'
import { UserError } from '../errors.js'
import { LineWriter } from '../format/line.js'
import { writeInet, writeInetHead, writeOwners, writeUnix, writeUnixHead, type NetstatLayout } from '../format/netstat.js'
import { diagnosisFields, diagnosisText, unixFields, unixText, type UnixEnd } from '../format/netstat-diagnosis.js'
import { jsonLine, socketObject } from '../format/netstat-json.js'
import type { Io } from '../io.js'
import { InetRow, parseInet } from '../procnet/inet.js'
import type { Owners } from '../procnet/owners.js'
import type { ProcRoot } from '../procnet/proc-root.js'
import type { InetTable } from '../procnet/tables.js'
import { UnixTable } from '../procnet/unix.js'
import type { DiagRow, InetExtras, SockDiag } from '../socket/diag.js'
import { errnoText } from '../socket/errno.js'
import { unixByInode, type UnixSocket } from '../socket/unix-diag.js'
import { contentEnd, lineAfter, scanOwners, selectionOf, selectsInet, selectsUnix, tablesOf } from './netstat.js'
import { openDiag } from './netstat-diagnosed.js'
import { Names } from './netstat-names.js'
import { EXIT_USAGE, type NetstatOptions } from './netstat-options.js'
import type { RowFilter } from './netstat-select.js'

const FAILED = 1

export async function runDiagnosis(options: NetstatOptions, root: ProcRoot, filter: RowFilter | undefined, io: Io): Promise<number> {
  if (root.path !== '/proc' || options.netns !== undefined) throw new UserError('--info, --bound, --kill: only for sockets of this network namespace (leave --proc-root and --netns out)', EXIT_USAGE)
  if (options.kill && filter === undefined) throw new UserError('--kill: which sockets? (give a filter after the options, as in: netstat --kill state close-wait and port 443)', EXIT_USAGE)
  const diag = await openDiag()
  if (diag === undefined) throw new UserError('socket diagnosis: cannot be had (it needs koffi and a kernel with NETLINK_SOCK_DIAG; without --info, --bound and --kill netstat reads /proc)')
  try {
    return await (options.kill ? kill(options, root, filter!, diag, io) : list(options, root, filter, diag, io))
  } finally {
    diag.close()
  }
}

/** The rows of a table from the diagnosis; where the kernel has none for it, from the file, and then without extras. */
function walk(diag: SockDiag, root: ProcRoot, table: InetTable, options: NetstatOptions, take: (row: InetRow, more: DiagRow | undefined) => void): void {
  const row = new InetRow()
  row.proto = table.proto
  row.family = table.family
  if (diag.inet(table.proto, table.family, row, (more) => take(row, more), { info: options.info, bound: options.bound })) return
  let isFirst = true
  root.lines(table.file, (b, from, end) => {
    let at = isFirst ? lineAfter(b, from, end) : from
    isFirst = false
    for (let to: number; at < end; at = to) {
      to = lineAfter(b, at, end)
      if (parseInet(b, at, contentEnd(b, to), row)) take(row, undefined)
    }
  })
}

function layoutOf(options: NetstatOptions, names: Names, owners: Owners | undefined): NetstatLayout {
  return {
    wide: options.wide,
    extended: options.extended > 0,
    timers: options.timers,
    owner: owners === undefined ? undefined : (out, inode) => {
      writeOwners(out, owners.all(inode).map(({ process }) => process))
    },
    raw: options.raw,
    names,
  }
}

async function list(options: NetstatOptions, root: ProcRoot, filter: RowFilter | undefined, diag: SockDiag, io: Io): Promise<number> {
  const { json } = options
  const owners = options.programs || json || filter?.needsOwners === true ? await scanOwners(root, options, io) : undefined
  const names = new Names({ hosts: false, ports: !options.numericPorts && !json, users: !options.numericUsers || json }, options.raw)
  const layout = layoutOf(options, names, options.programs ? owners : undefined)
  const selection = selectionOf(options)
  const out = new LineWriter(io.out)
  if (!json && (options.inet || options.inet6)) writeInetHead(out, layout, selection, options.header)
  for (const table of tablesOf(options)) {
    walk(diag, root, table, options, (row, more) => {
      if (!selectsInet(row, selection) || (filter !== undefined && !filter.inet(row, owners))) return
      const extras: InetExtras | undefined = options.info ? more?.extras() : undefined
      if (json) {
        const socket = socketObject({ inet: row, unix: undefined, owners: owners?.all(row.inode) ?? [], netns: undefined }, names.user)
        out.utf8(jsonLine(extras === undefined ? socket : { ...socket, ...diagnosisFields(extras) })).endLine()
        return
      }
      writeInet(out, row, layout)
      const text = extras === undefined ? '' : diagnosisText(extras)
      if (text !== '') out.text('\t').utf8(text).endLine()
    })
  }
  const bytes = options.unix ? root.file('unix') : undefined
  if (bytes !== undefined) {
    const known = unixByInode(diag)
    const lengths = known === undefined ? undefined : new Map([...known].map(([inode, { kind, name }]): [number, number] => [inode, kind === 'abstract' ? name.length + 1 : name.length]))
    const unix = new UnixTable(bytes, lengths)
    if (!json) writeUnixHead(out, layout, selection, options.header)
    while (unix.next()) {
      const { row } = unix
      if (!selectsUnix(row, selection) || (filter !== undefined && !filter.unix(row, owners))) continue
      const end = options.info ? endOf(known, row.inode) : undefined
      if (json) {
        const socket = socketObject({ inet: undefined, unix: row, owners: owners?.all(row.inode) ?? [], netns: undefined }, names.user)
        out.utf8(jsonLine(end === undefined ? socket : { ...socket, ...unixFields(end) })).endLine()
        continue
      }
      writeUnix(out, row, layout)
      const text = end === undefined ? '' : unixText(end)
      if (text !== '') out.text('\t').utf8(text).endLine()
    }
  }
  out.flush()
  return 0
}

function endOf(known: ReadonlyMap<number, UnixSocket> | undefined, inode: number): UnixEnd | undefined {
  const socket = known?.get(inode)
  return socket === undefined ? undefined : { socket, peer: known?.get(socket.peer) }
}

interface Condemned {
  readonly table: InetTable
  readonly id: Uint8Array
  readonly text: string
}

/** Lists the sockets that match, asks, and destroys them: each end is as if the network had gone away (RST where TCP sends one). */
async function kill(options: NetstatOptions, root: ProcRoot, filter: RowFilter, diag: SockDiag, io: Io): Promise<number> {
  const owners = await scanOwners(root, options, io)
  const names = new Names({ hosts: false, ports: false, users: false }, options.raw)
  const layout = layoutOf({ ...options, wide: true }, names, owners)
  const found: Condemned[] = []
  let text = ''
  const line = new LineWriter((chunk) => (text = Buffer.from(chunk).toString().trimEnd()), 0)
  for (const table of tablesOf(options)) {
    if (table.proto !== 'tcp' && table.proto !== 'udp' && table.proto !== 'udplite') continue
    walk(diag, root, table, options, (row, more) => {
      if (more === undefined || !filter.inet(row, owners)) return
      writeInet(line, row, layout)
      found.push({ table, id: more.id(), text })
    })
  }
  if (found.length === 0) throw new UserError('--kill: no socket matches the filter')
  const out = new LineWriter(io.out)
  for (const socket of found) out.utf8(socket.text).endLine()
  out.flush()
  if (!options.yes && !confirms(found.length, io)) return FAILED
  let killed = 0
  for (const { table, id, text: shown } of found) {
    const errno = diag.destroy(table.proto, table.family, id)
    // The other end of a connection on this host goes with the first.
    if (errno === 0 || errnoText(errno) === 'ENOENT') killed++
    else io.err(`sockscope netstat: --kill: ${shown.trim().replaceAll(/\s+/g, ' ')}: ${why(errno)}`)
  }
  io.err(`${killed} of ${found.length} closed`)
  return killed === found.length ? 0 : FAILED
}

function why(errno: number): string {
  const name = errnoText(errno)
  if (name === 'EPERM') return 'not permitted (run as root: it needs CAP_NET_ADMIN)'
  if (name === 'EOPNOTSUPP') return 'the kernel cannot destroy such sockets (CONFIG_INET_DIAG_DESTROY)'
  return name
}

function confirms(count: number, io: Io): boolean {
  if (!isatty(0)) throw new UserError('--kill: nobody is there to say yes (standard input is no terminal: give --yes)', EXIT_USAGE)
  io.err(`Close ${count === 1 ? 'this socket' : `these ${count} sockets`}? [y/N]`)
  const answer = Buffer.alloc(64)
  if (/^y(es)?$/i.test(answer.toString('latin1', 0, readSync(0, answer)).trim())) return true
  io.err('none closed')
  return false
}
