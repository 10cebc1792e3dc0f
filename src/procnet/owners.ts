/**
 * Which processes hold which sockets: one scan of /proc/PID/fd (and /proc/PID/task/TID/fd for threads with a table of their own),
 * kept in a hash table by inode. Inode 0 has no owner. A process or descriptor that vanishes on the way is passed over; one
 * that may not be read is noted. Where there are very many sockets a worker thread takes half of the processes.
 */
import * as fs from 'node:fs'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { ProcRoot } from './proc-root.js'

export interface Process {
  readonly pid: number
  /** argv[0] as bytes, its directory taken off when it begins with `/`; at most 4 KiB. */
  readonly name: Uint8Array
}

export interface Owner {
  readonly process: Process
  readonly fd: number
  /** The thread whose own table holds it; the pid for the process's. */
  readonly tid: number
}

const NONE = -1
/** Sockets on the host from which on a worker's start (some 30 ms) is won back. */
const MANY = 30_000

/** What one process holds: inode, descriptor and thread of each socket. */
interface Holdings {
  readonly index: number
  readonly pid: number
  readonly name: Uint8Array
  readonly inodes: Float64Array
  readonly fds: Int32Array
  readonly tids: Int32Array
}

interface Scan {
  readonly holdings: Holdings[]
  /** See Owners.denied, Owners.unreadable. */
  readonly denied: boolean
  readonly unreadable: boolean
}

/**
 * Takes processes off the list, one after another, until none is left. Self-contained: its text also runs in a worker.
 * @param next index of the next process to take, shared
 */
function scanProcesses(io: typeof fs, root: string, threads: boolean, pids: Int32Array, next: Int32Array): Scan {
  const MAX_NAME = 4096
  const buffer = new Uint8Array(MAX_NAME)
  const holdings: Holdings[] = []
  let denied = false
  let unreadable = false
  let inodes = new Float64Array(1024)
  let fds = new Int32Array(1024)
  let tids = new Int32Array(1024)
  let count = 0

  const refused = (error: unknown): boolean => {
    const { code } = error as { code?: unknown }
    return code === 'EACCES' || code === 'EPERM'
  }
  const add = (inode: number, fd: number, tid: number): void => {
    if (count === inodes.length) {
      const [a, b, c] = [inodes, fds, tids]
      inodes = new Float64Array(count * 2)
      fds = new Int32Array(count * 2)
      tids = new Int32Array(count * 2)
      inodes.set(a)
      fds.set(b)
      tids.set(c)
    }
    inodes[count] = inode
    fds[count] = fd
    tids[count++] = tid
  }
  const descriptors = (prefix: string, tid: number): void => {
    let names: string[]
    try {
      names = io.readdirSync(prefix)
    } catch (error) {
      if (refused(error)) denied = true
      return
    }
    for (let i = 0; i < names.length; i++) {
      let target: string
      try {
        target = io.readlinkSync(prefix + names[i]!)
      } catch (error) {
        if (!refused(error)) continue // closed meanwhile
        unreadable = true
        return
      }
      // socket:[12345]
      if (target.charCodeAt(0) !== 115 || !target.startsWith('socket:[')) continue
      let inode = 0
      let at = 8
      for (let digit; (digit = target.charCodeAt(at) - 48) >= 0 && digit <= 9; at++) inode = inode * 10 + digit
      if (inode > 0 && target.charCodeAt(at) === 93) add(inode, Number(names[i]), tid)
    }
  }
  /** argv[0]; empty when it is gone or the process has none. */
  const programName = (path: string): Uint8Array => {
    let length = 0
    try {
      const fd = io.openSync(path, 'r')
      try {
        length = io.readSync(fd, buffer, 0, MAX_NAME, 0)
      } finally {
        io.closeSync(fd)
      }
    } catch {
      return new Uint8Array(0)
    }
    const nul = buffer.indexOf(0)
    const end = nul < 0 || nul > length ? length : nul
    const begin = end > 0 && buffer[0] === 47 ? buffer.lastIndexOf(47, end - 1) + 1 : 0
    return buffer.slice(begin, end)
  }
  const threadsOf = (directory: string): string[] => {
    try {
      return io.readdirSync(directory)
    } catch {
      return []
    }
  }

  for (let index; (index = Atomics.add(next, 0, 1)) < pids.length; ) {
    const pid = pids[index]!
    const directory = `${root}/${pid}`
    count = 0
    descriptors(`${directory}/fd/`, pid)
    if (threads) for (const tid of threadsOf(`${directory}/task`)) if (Number(tid) > 0 && Number(tid) !== pid) descriptors(`${directory}/task/${tid}/fd/`, Number(tid))
    if (count === 0) continue
    holdings.push({ index, pid, name: programName(`${directory}/cmdline`), inodes: inodes.slice(0, count), fds: fds.slice(0, count), tids: tids.slice(0, count) })
  }
  return { holdings, denied, unreadable }
}

const WORKER = `const { parentPort, workerData: w } = require('node:worker_threads')
const scan = ${scanProcesses.toString()}
const done = scan(require('node:fs'), w.root, w.threads, w.pids, w.next)
parentPort.postMessage(done)`

/** Starts a worker that takes part in the scan. A worker that cannot be is no loss: all processes are taken without it, so far as it took none. */
function helper(root: string, threads: boolean, pids: Int32Array, next: Int32Array): Promise<Scan> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER, { eval: true, workerData: { root, threads, pids, next } })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

const shared = (length: number): Int32Array => new Int32Array(new SharedArrayBuffer(length * 4))

function pidList(root: ProcRoot): Int32Array {
  const list = root.pids()
  const pids = shared(list.length)
  pids.set(list)
  return pids
}

/** `sockets: used 126030` of sockstat: how many sockets the host has. */
function socketsUsed(root: ProcRoot): number {
  const bytes = root.file('sockstat')
  const match = bytes === undefined ? null : /^sockets: used (\d+)/m.exec(Buffer.from(bytes).toString('latin1'))
  return match === null ? 0 : Number(match[1])
}

export class Owners {
  /** Some process's descriptors could not be listed. */
  readonly denied: boolean
  /** Some process's descriptors could be listed and not followed (a process that is not dumpable, seen without all rights). */
  readonly unreadable: boolean
  /** Sockets seen with an owner. */
  count = 0
  readonly #processes: Process[] = []
  #keys = new Float64Array(1 << 12)
  #heads = new Int32Array(1 << 12)
  /** Per entry: process, fd, thread, next entry of the inode. */
  #entries = new Int32Array(4 << 11)
  #used = 0

  /** Looks through every process of `root`. */
  static scan(root: ProcRoot, options: { readonly threads: boolean } = { threads: false }): Owners {
    const pids = pidList(root)
    return new Owners([scanProcesses(fs, root.path, options.threads, pids, shared(1))])
  }

  /** As `scan`, with a worker's help where there are very many sockets. */
  static async scanTogether(root: ProcRoot, options: { readonly threads: boolean } = { threads: false }): Promise<Owners> {
    if (availableParallelism() < 2 || socketsUsed(root) < MANY) return Owners.scan(root, options)
    const pids = pidList(root)
    const next = shared(1)
    const help = helper(root.path, options.threads, pids, next)
    const own = scanProcesses(fs, root.path, options.threads, pids, next)
    return new Owners([own, await help])
  }

  private constructor(scans: readonly Scan[]) {
    this.denied = scans.some(({ denied }) => denied)
    this.unreadable = scans.some(({ unreadable }) => unreadable)
    for (const { pid, name, inodes, fds, tids } of scans.flatMap(({ holdings }) => holdings).sort((a, b) => a.index - b.index)) {
      const process = this.#processes.push({ pid, name }) - 1
      for (let i = 0; i < inodes.length; i++) this.#add(inodes[i]!, process, fds[i]!, tids[i]!)
    }
  }

  /** The first owner found, as net-tools has it. */
  first(inode: number): Process | undefined {
    const head = inode === 0 ? NONE : this.#head(inode)
    if (head === NONE) return undefined
    return this.#processes[this.#entries[head * 4]!]
  }

  /** Every owner, in the order of process ids. */
  all(inode: number): Owner[] {
    const found: Owner[] = []
    if (inode === 0) return found
    for (let at = this.#head(inode); at !== NONE; at = this.#entries[at * 4 + 3]!) {
      found.push({ process: this.#processes[this.#entries[at * 4]!]!, fd: this.#entries[at * 4 + 1]!, tid: this.#entries[at * 4 + 2]! })
    }
    return found
  }

  #slot(inode: number): number {
    const keys = this.#keys
    const mask = keys.length - 1
    let at = (Math.imul(inode | 0, 0x9e3779b1) >>> 7) & mask
    while (keys[at] !== 0 && keys[at] !== inode) at = (at + 1) & mask
    return at
  }

  #head(inode: number): number {
    const slot = this.#slot(inode)
    return this.#keys[slot] === inode ? this.#heads[slot]! : NONE
  }

  #add(inode: number, process: number, fd: number, tid: number): void {
    if (this.count * 2 >= this.#keys.length) this.#grow()
    const slot = this.#slot(inode)
    let last = NONE
    if (this.#keys[slot] === inode) {
      for (let at = this.#heads[slot]!; at !== NONE; at = this.#entries[at * 4 + 3]!) {
        // A thread that shares the process's table shows the same descriptors again.
        if (this.#entries[at * 4] === process && this.#entries[at * 4 + 1] === fd) return
        last = at
      }
    } else {
      this.#keys[slot] = inode
      this.count++
    }
    if (this.#used * 4 >= this.#entries.length) {
      const entries = new Int32Array(this.#entries.length * 2)
      entries.set(this.#entries)
      this.#entries = entries
    }
    const entry = this.#used++
    if (last === NONE) this.#heads[slot] = entry
    else this.#entries[last * 4 + 3] = entry
    const at = entry * 4
    this.#entries[at] = process
    this.#entries[at + 1] = fd
    this.#entries[at + 2] = tid
    this.#entries[at + 3] = NONE
  }

  #grow(): void {
    const keys = this.#keys
    const heads = this.#heads
    this.#keys = new Float64Array(keys.length * 2)
    this.#heads = new Int32Array(keys.length * 2)
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] === 0) continue
      const slot = this.#slot(keys[i]!)
      this.#keys[slot] = keys[i]!
      this.#heads[slot] = heads[i]!
    }
  }
}
