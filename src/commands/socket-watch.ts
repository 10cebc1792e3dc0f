/**
 * A process of its own that says which programs own which sockets of its network namespace. A capture starts it before it gives root up, since
 * BPF and /proc/PID/fd of others need root; it is told nothing but "look now", so that whoever takes the capture over gains no right by it.
 * Lines on descriptor 3: in, a number; out, JSON: `"…"` once, why sockets that live shortly will be missed; `true` once, the packet sockets pass over strangers; `{own, broadcast}`, the host's
 * addresses when they have changed; `[[key, pid, name, isOurs], …]` of sockets that are new; or the number back once it has looked.
 */
import { Socket } from 'node:net'
import { errnoName, reason } from '../errors.js'
import { hostAddresses } from '../socket/addresses.js'
import { loadLibc, type Libc } from '../socket/libc.js'
import { SyscallError } from '../socket/errno.js'
import { SocketTrace } from '../socket/socket-trace.js'
import { Syscalls } from '../socket/syscalls.js'
import { CommandSockets } from './command-sockets.js'
import { CommandGroup, rootGroup } from './control-group.js'
import { SocketTables } from './socket-tables.js'
import { TracedSockets } from './traced-sockets.js'

export type Said = readonly [key: string, pid: number, name: string, isOurs: boolean]

/** What the watch is told at its start. */
export interface WatchSettings {
  /** The process whose sockets, and whose children's, are wanted; 0: everybody's. */
  readonly tree: number
  /** Packet sockets of the capture that may pass over what is of no socket of the tree, before it takes room in their rings. */
  readonly packets: { readonly pid: number; readonly fds: readonly number[]; readonly keep: number } | undefined
}

/** Milliseconds between two looks at what the kernel has told, at the tables where it tells, and at the tables where it does not. */
const EVERY_TRACE = 20
const EVERY_TABLES_BESIDE = 500
const EVERY_TABLES = 25
const EVERY_ADDRESSES = 1000
/** A pause is at least so many times what the look before it took: where there are very many sockets, one takes half a second. */
const SHARE = 2
/** Between two looks at the sockets of one command; and how long there is no pause at all after its start, and after each of its sockets. */
const EVERY_COMMAND = 1
const BUSY = 1000

interface Eye {
  look(): Said[]
}

export async function watch({ tree, packets }: WatchSettings): Promise<void> {
  const link = new Socket({ fd: 3, readable: true, writable: true })
  const say = (found: readonly Said[]): boolean => {
    if (found.length > 0) link.write(`${JSON.stringify(found)}\n`)
    return found.length > 0
  }
  const libc = await loadLibc()
  const told = begin(libc, tree, packets)
  if (typeof told === 'string') link.write(`${JSON.stringify(told)}\n`)
  else if (told.passesOver) link.write('true\n')
  const sys = new Syscalls(libc)
  let isOver = false, addresses = ''
  const tellAddresses = (): void => {
    if (isOver) return
    const now = JSON.stringify(hostAddresses(sys))
    if (now !== addresses) link.write(`${now}\n`)
    addresses = now
    setTimeout(tellAddresses, EVERY_ADDRESSES).unref()
  }
  tellAddresses()
  /** Looks again and again, `every` milliseconds; at once as long as `isBusy`. */
  const repeat = (eye: Eye, every: number, isBusy: () => boolean = () => false): void => {
    if (isOver) return
    const began = performance.now()
    say(eye.look())
    const pause = Math.max(every, SHARE * (performance.now() - began))
    if (isBusy()) setImmediate(() => repeat(eye, every, isBusy))
    else setTimeout(() => repeat(eye, every, isBusy), pause).unref() // it lives as long as its link
  }
  let asked: Eye
  if (typeof told !== 'string') {
    asked = told.sockets
    repeat(asked, EVERY_TRACE)
    if (tree === 0) repeat(new SocketTables(), EVERY_TABLES_BESIDE) // those that were there before
  } else if (tree === 0) repeat((asked = new SocketTables()), EVERY_TABLES)
  else {
    // A command's sockets come and go within two milliseconds, most of them soon after its start or after one another.
    const sockets = new CommandSockets(tree, sys)
    let busyUntil = performance.now() + BUSY
    asked = { look: () => {
      const found = sockets.look()
      if (found.length > 0) busyUntil = performance.now() + BUSY
      return found
    } }
    repeat(asked, EVERY_COMMAND, () => performance.now() < busyUntil)
  }
  link.on('data', (numbers) => {
    say(asked.look())
    for (const number of numbers.toString('latin1').split('\n')) if (number !== '') link.write(`${Number(number)}\n`)
  })
  const end = (): void => {
    if (isOver) return
    isOver = true
    link.destroy()
    if (typeof told !== 'string') told.close()
  }
  for (const event of ['end', 'error', 'close']) link.on(event, end)
}

/** Has the kernel tell; or says why it does not. */
function begin(libc: Libc, tree: number, packets: WatchSettings['packets']): { readonly sockets: TracedSockets; readonly passesOver: boolean; readonly close: () => void } | string {
  let group: CommandGroup | undefined
  try {
    const root = rootGroup(libc)
    if (tree > 0) group = new CommandGroup(root, tree)
    const directory = group?.directory ?? root
    const sys = new Syscalls(libc), trace = new SocketTrace(libc, sys, directory, tree === 0)
    const passesOver = packets !== undefined && passOver(trace, sys, packets)
    const sockets = new TracedSockets(trace, tree)
    return {
      sockets,
      passesOver,
      close: () => {
        sockets.close()
        group?.close()
      },
    }
  } catch (error) {
    group?.close()
    const code = errnoName(error) ?? ''
    if (['EPERM', 'EACCES'].includes(code)) return 'to be told of them needs root'
    return ['EINVAL', 'ENOSYS', 'ENOPROTOOPT', 'EOPNOTSUPP'].includes(code) ? 'this kernel cannot tell of them (Linux 6.1 can)' : reason(error)
  }
}

/** False where it does not work out: strangers' packets are passed over later then, by the capture. */
function passOver(trace: SocketTrace, sys: Syscalls, { pid, fds, keep }: NonNullable<WatchSettings['packets']>): boolean {
  try {
    const process = sys.pidfdOpen(pid)
    try {
      for (const fd of fds) {
        const duplicate = sys.pidfdGetfd(process, fd)
        try {
          trace.filter(duplicate, keep)
        } finally {
          sys.close(duplicate)
        }
      }
    } finally {
      sys.close(process)
    }
    return true
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    return false
  }
}
