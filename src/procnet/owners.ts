/**
 * Which processes hold which sockets: one scan of /proc/PID/fd (and /proc/PID/task/TID/fd for threads with a table of their own),
 * kept in a hash table by inode. Inode 0 has no owner. A process or descriptor that vanishes on the way is passed over; one
 * that may not be read is noted in `denied`.
 */
import { closeSync, openSync, readSync, readdirSync, readlinkSync } from 'node:fs'
import { errnoName } from '../errors.js'
import { numbers, type ProcRoot } from './proc-root.js'

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

const SOCKET = 'socket:['
const MAX_NAME = 4096
const NONE = -1
const NUL = 0
const SLASH = 47

export class Owners {
  /** Some process's descriptors could not be listed. */
  denied = false
  /** Some process's descriptors could be listed and not followed (a process that is not dumpable, seen without all rights). */
  unreadable = false
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
    const owners = new Owners()
    for (const pid of root.pids()) {
      const directory = `${root.path}/${pid}`
      owners.#scanDescriptors(`${directory}/fd/`, directory, pid, pid)
      if (!options.threads) continue
      for (const tid of numbers(`${directory}/task`)) {
        if (tid !== pid) owners.#scanDescriptors(`${directory}/task/${tid}/fd/`, directory, pid, tid)
      }
    }
    return owners
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

  #scanDescriptors(prefix: string, directory: string, pid: number, tid: number): void {
    let names: string[]
    try {
      names = readdirSync(prefix)
    } catch (error) {
      if (refused(error)) this.denied = true
      return
    }
    // readdirSync sorts as text: 10 before 2, which is of no account here.
    let process = NONE
    for (let i = 0; i < names.length; i++) {
      let target: string
      try {
        target = readlinkSync(prefix + names[i]!)
      } catch (error) {
        if (!refused(error)) continue // closed meanwhile
        this.unreadable = true
        return
      }
      if (target.charCodeAt(0) !== 115 || !target.startsWith(SOCKET)) continue
      let inode = 0
      let at = SOCKET.length
      for (let digit; (digit = target.charCodeAt(at) - 48) >= 0 && digit <= 9; at++) inode = inode * 10 + digit
      if (inode === 0 || target.charCodeAt(at) !== 93) continue
      if (process === NONE) process = this.#process(directory, pid)
      this.#add(inode, process, Number(names[i]), tid)
    }
  }

  #process(directory: string, pid: number): number {
    const last = this.#processes.length - 1
    if (last >= 0 && this.#processes[last]!.pid === pid) return last
    return this.#processes.push({ pid, name: programName(`${directory}/cmdline`) }) - 1
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

function refused(error: unknown): boolean {
  const code = errnoName(error)
  return code === 'EACCES' || code === 'EPERM'
}

const buffer = new Uint8Array(MAX_NAME)

/** argv[0] from a cmdline file; empty when it is gone or the process has none. */
function programName(path: string): Uint8Array {
  let length = 0
  try {
    const fd = openSync(path, 'r')
    try {
      length = readSync(fd, buffer, 0, MAX_NAME, 0)
    } finally {
      closeSync(fd)
    }
  } catch {
    return new Uint8Array(0)
  }
  const nul = buffer.indexOf(NUL)
  const end = nul < 0 || nul > length ? length : nul
  const begin = buffer[0] === SLASH ? buffer.lastIndexOf(SLASH, end - 1) + 1 : 0
  return buffer.slice(Math.min(begin, end), end)
}
