/** Sockets that a netstat filter selects, each with one process that holds it: through the others it is the same socket. */
import { UserError } from '../errors.js'
import { InetRow, parseInet } from '../procnet/inet.js'
import { Owners } from '../procnet/owners.js'
import { ProcRoot } from '../procnet/proc-root.js'
import { INET_TABLES } from '../procnet/tables.js'
import { UnixTable } from '../procnet/unix.js'
import type { OpenSocket } from '../socket/borrow.js'
import { contentEnd, lineAfter } from './netstat.js'
import { waitFilter } from './netstat-select.js'

export function filterSockets(words: readonly string[]): OpenSocket[] {
  const text = words.join(' ')
  const filter = waitFilter(text)
  const root = new ProcRoot()
  const owners = Owners.scan(root)
  const inodes = new Set<number>()
  let matched = 0
  for (const { file, proto, family } of INET_TABLES) {
    const row = new InetRow()
    row.proto = proto
    row.family = family
    root.lines(file, (b, at, end) => {
      for (let from = at; from < end; ) {
        const to = lineAfter(b, from, end)
        if (parseInet(b, from, contentEnd(b, to), row) && filter.inet(row, owners)) {
          matched++
          inodes.add(row.inode)
        }
        from = to
      }
    })
  }
  const bytes = root.file('unix')
  const table = bytes === undefined ? undefined : new UnixTable(bytes, undefined)
  while (table?.next() === true) {
    if (!filter.unix(table.row, owners)) continue
    matched++
    inodes.add(table.row.inode)
  }
  if (matched === 0) throw new UserError(`${text}: no such sockets`)
  const found = [...inodes].flatMap((inode): OpenSocket[] => {
    const [owner] = owners.all(inode)
    return owner === undefined ? [] : [{ pid: owner.process.pid, fd: owner.fd, inode }]
  })
  if (found.length === 0) {
    throw new UserError(`${text}: ${matched === 1 ? 'one socket' : `${matched} sockets`}, but of no process that may be looked into (${owners.denied && process.geteuid?.() !== 0 ? 'run with sudo' : 'TIME_WAIT and the like have none, and some are out of sight'})`)
  }
  return found
}
