/** System calls made for an experiment: each is worded with its arguments and result, and each new descriptor is noted so that it is closed. */
import { performance } from 'node:perf_hooks'
import { addressText } from '../format/socket-address.js'
import { Family, Fcntl, Ioctl, O_ASYNC, O_NONBLOCK, Poll, Shut, SockType } from '../socket/constants.js'
import { SyscallError } from '../socket/errno.js'
import { LEVEL_NAMES, OPTIONS } from '../socket/options.js'
import type { SocketAddress } from '../socket/sockaddr.js'
import type { ControlMessage, PollEntry, ReceivedMessage, Syscalls } from '../socket/syscalls.js'
import { bits, bytesText, controlText, flagText, keyOf, messageText, wordOf } from './words.js'

export interface Watcher {
  /** A call was made: `connect(4, 127.0.0.1:80)` and `0`, or `-1 ECONNREFUSED (…)`. Only when calls are wanted. */
  readonly call: ((text: string, result: string, micros: number) => void) | undefined
  /** A descriptor came to be, or is gone. */
  readonly opened: (fd: number) => void
  readonly closed: (fd: number) => void
  /** A descriptor is about to be closed. */
  readonly closing: (fd: number) => void
}


/** `sys` with every call told to `watcher`; calls that are added to Syscalls later too. */
export function traced(sys: Syscalls, watcher: Watcher): Syscalls {
  return new Proxy(sys, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name, target)
      if (typeof method !== 'function' || typeof name !== 'string') return method
      return (...args: readonly unknown[]): unknown => {
        if (name === 'close' || name === 'closeAsync') watcher.closing(args[0] as number)
        const begin = performance.now()
        const micros = (): number => Math.round((performance.now() - begin) * 1000)
        const told = (value: unknown): unknown => {
          note(watcher, name, args, value)
          watcher.call?.(callText(name, args), resultText(name, value, args), micros())
          return value
        }
        const refused = (error: unknown): never => {
          watcher.call?.(callText(name, args), errorText(error), micros())
          throw error
        }
        try {
          const result: unknown = Reflect.apply(method as (...given: unknown[]) => unknown, target, args)
          return result instanceof Promise ? result.then(told, refused) : told(result)
        } catch (error) {
          return refused(error)
        }
      }
    },
  })
}

/** Which descriptors a call made or ended. */
function note(watcher: Watcher, name: string, args: readonly unknown[], result: unknown): void {
  if (name === 'close' || name === 'closeAsync') watcher.closed(args[0] as number)
  else if (NEW_DESCRIPTOR.has(name)) watcher.opened(result as number)
  else if (name === 'socketpair' || name === 'pipe') for (const fd of result as readonly number[]) watcher.opened(fd)
  else if (name === 'accept4' || name === 'accept') watcher.opened((result as { fd: number }).fd)
}

const NEW_DESCRIPTOR = new Set(['socket', 'dup', 'pidfdOpen', 'pidfdGetfd'])

/** Names of libc where the method's differs. */
const LIBC_NAMES: Readonly<Record<string, string>> = { getsockoptInt: 'getsockopt', setsockoptInt: 'setsockopt', pidfdOpen: 'pidfd_open', pidfdGetfd: 'pidfd_getfd', pipe: 'pipe2', pollAsync: 'poll', sendfileAt: 'sendfile', attachFilter: 'setsockopt', ioctlInt: 'ioctl', recvAsync: 'recv', sendAsync: 'send', closeAsync: 'close' }

export function callText(name: string, args: readonly unknown[]): string {
  return `${LIBC_NAMES[name] ?? name}(${wordsOf(name, args).join(', ')})`
}

function wordsOf(name: string, args: readonly unknown[]): string[] {
  const n = (i: number): number => args[i] as number
  switch (name) {
    case 'socket':
    case 'socketpair':
      return [`AF_${keyOf(Family, n(0))}`, `SOCK_${keyOf(SockType, n(1) & 15)}${(n(1) & ~15) === 0 ? '' : ` | 0x${(n(1) & ~15).toString(16)}`}`, wordOf(args[2] ?? 0)]
    case 'getsockopt':
    case 'getsockoptInt':
    case 'setsockopt':
    case 'setsockoptInt':
      return [String(n(0)), LEVEL_NAMES.get(n(1)) ?? String(n(1)), OPTIONS.find(({ level, number }) => level === n(1) && number === n(2))?.name ?? String(n(2)), ...args.slice(3).map(wordOf)]
    case 'attachFilter':
      return [String(n(0)), 'SOL_SOCKET', 'SO_ATTACH_FILTER', wordOf(args[1])]
    case 'shutdown':
      return [String(n(0)), `SHUT_${keyOf(Shut, n(1))}`]
    case 'fcntl':
      return [String(n(0)), `F_${keyOf(Fcntl, n(1))}`, ...args.slice(2).map((arg) => (n(1) === Fcntl.SETFL ? bits({ O_NONBLOCK, O_ASYNC }, arg as number, '') : wordOf(arg)))]
    case 'send':
    case 'sendAsync':
      return [String(n(0)), wordOf(args[1]), flagText(args[2])]
    case 'recv':
    case 'recvAsync':
      return [String(n(0)), `${(args[1] as Uint8Array).length} bytes`, flagText(args[2])]
    case 'sendmsg':
      return [String(n(0)), wordOf(args[1]), ...((args[2] as readonly ControlMessage[] | undefined) ?? []).map(controlText), flagText(args[3]), ...args.slice(4).map(wordOf)]
    case 'sendmmsg':
      return [String(n(0)), wordOf(args[1]), flagText(args[2])]
    case 'recvmsg':
    case 'recvmmsg':
      return [String(n(0)), `${(args[1] as readonly Uint8Array[]).map(({ length }) => length).join(' + ')} bytes`, ...(name === 'recvmsg' ? [`control ${n(2) || 0} bytes`] : []), flagText(args[name === 'recvmsg' ? 3 : 2])]
    case 'ioctl':
    case 'ioctlInt':
      return [String(n(0)), Object.entries(Ioctl).find(([, number]) => number === n(1))?.[0] ?? `0x${n(1).toString(16)}`, ...args.slice(2).map(wordOf)]
    case 'pipe':
      return [bits({ O_NONBLOCK }, n(0) || 0, '')]
    case 'sendto':
      return [String(n(0)), wordOf(args[1]), flagText(args[2]), wordOf(args[3])]
    case 'poll':
    case 'pollAsync':
      return [(args[0] as readonly PollEntry[]).map(({ fd, events }) => `${fd} ${bits(Poll, events, 'POLL')}`).join(', '), `${n(1)} ms`]
    default:
      return args.map(wordOf)
  }
}

/** Calls that fill their second argument. */
const FILLS = new Set(['recv', 'recvAsync', 'read'])

function resultText(name: string, result: unknown, args: readonly unknown[]): string {
  if (FILLS.has(name) && typeof result === 'number' && result > 0) return `${result} ${bytesText((args[1] as Uint8Array).subarray(0, result))}`
  if (name === 'poll' || name === 'pollAsync') return (result as readonly number[]).map((ready) => bits(Poll, ready, 'POLL')).join(', ')
  if (name === 'recvmsg') return messageText(result as ReceivedMessage, args[1] as readonly Uint8Array[])
  if (name === 'recvmmsg') {
    const buffers = args[1] as readonly Uint8Array[]
    return (result as readonly Pick<ReceivedMessage, 'length' | 'flags'>[]).map(({ length, flags }, i) => messageText({ length, flags, control: [], from: undefined }, [buffers[i]!])).join('; ')
  }
  if (name === 'accept4' || name === 'accept') {
    const { fd, peer } = result as { fd: number; peer: SocketAddress }
    return `${fd}, ${addressText(peer)}`
  }
  return result === undefined ? '0' : wordOf(result)
}

const errorText = (error: unknown): string => (error instanceof SyscallError ? `-1 ${error.code}` : '?')
