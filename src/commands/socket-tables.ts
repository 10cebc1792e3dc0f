/** Which programs own which sockets, by repeated looks at the tables of /proc/net and at /proc/PID/fd. */
import { InetRow, isAny, isMapped, parseInet } from '../procnet/inet.js'
import { Owners, type Process } from '../procnet/owners.js'
import { ProcRoot } from '../procnet/proc-root.js'
import { eachLine } from '../procnet/route.js'
import { INET_TABLES } from '../procnet/tables.js'
import { nameOf } from './program-name.js'
import { socketKey, TCP, UDP } from './socket-key.js'
import type { Said } from './socket-watch.js'

/** Looks for an owner before a socket is taken to have none (the kernel's own). */
const TRIES = 4

/** All sockets of the network namespace: a look costs some 10 ms, most of it the kernel's walk through its tables. */
export class SocketTables {
  readonly #root = new ProcRoot()
  /** Inode last said of a key. */
  #said = new Map<string, number>()
  readonly #owners = new Map<number, Process>()
  readonly #tries = new Map<number, number>()

  /** Sockets that are new, with owners. */
  look(): Said[] {
    const seen = new Map<string, number>()
    const fresh: [key: string, inode: number][] = []
    let mustScan = false
    this.#rows((key, inode) => {
      seen.set(key, inode)
      if (this.#said.get(key) === inode) return
      fresh.push([key, inode])
      if (!this.#owners.has(inode) && (this.#tries.get(inode) ?? 0) < TRIES) mustScan = true
    })
    const scan = mustScan ? Owners.scan(this.#root) : undefined
    const found: Said[] = []
    for (const [key, inode] of fresh) {
      const owner = this.#owners.get(inode) ?? scan?.first(inode)
      if (owner === undefined) {
        const tries = (this.#tries.get(inode) ?? 0) + 1
        this.#tries.set(inode, tries)
        if (tries < TRIES) seen.delete(key) // a socket is in the table a little before its descriptor is
        continue
      }
      this.#owners.set(inode, owner)
      found.push([key, owner.pid, nameOf(owner.name), false])
    }
    this.#said = seen
    const alive = new Set(seen.values())
    for (const inode of this.#owners.keys()) if (!alive.has(inode)) this.#owners.delete(inode)
    for (const inode of this.#tries.keys()) if (!alive.has(inode) && this.#tries.size > 4096) this.#tries.delete(inode)
    return found
  }

  #rows(take: (key: string, inode: number) => void): void {
    const row = new InetRow()
    for (const { file, proto, family } of INET_TABLES) {
      if (proto !== 'tcp' && proto !== 'udp') continue
      row.proto = proto
      row.family = family
      const line = (b: Uint8Array, at: number, end: number): void => {
        if (!parseInet(b, at, end, row) || row.inode === 0) return // the titles, or a socket that nobody holds any more
        const mapped = family === 6 && isMapped(row.local)
        const from = mapped ? 12 : 0, size = family === 4 || mapped ? 4 : 16
        const local = isAny(row.local, family) ? undefined : row.local.subarray(from, from + size)
        const remote = row.remotePort === 0 ? undefined : row.remote.subarray(from, from + size)
        take(socketKey(proto === 'tcp' ? TCP : UDP, local, row.localPort, remote, row.remotePort), row.inode)
      }
      this.#root.lines(file, (b, at, end) => eachLine(b, at, end, (from, to) => line(b, from, to)))
    }
  }
}
