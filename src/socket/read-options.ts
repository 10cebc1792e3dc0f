/** Reads the options of one descriptor: nothing but getsockopt() is called on it, and nothing that disturbs unless it was asked for. */
import { Level } from './constants.js'
import { SyscallError, failedWith } from './errno.js'
import { kindOf, type SocketKind } from './kinds.js'
import { appliesTo, isOlderKernel, OPTIONS, type SocketOption } from './options.js'
import type { Syscalls } from './syscalls.js'
import { filterProgram } from './values.js'

const SO_TYPE = 3
const SO_PROTOCOL = 38
const SO_DOMAIN = 39

export interface Reading {
  readonly option: SocketOption
  /** As the kernel left it; undefined when the call failed. */
  readonly bytes: Uint8Array | undefined
  /** errno name of the failed call. */
  readonly error?: string
}

export interface ReadSelection {
  /** Only these, even when they are not for this kind; undefined: all that a listing may read. */
  readonly named: readonly SocketOption[] | undefined
  /** Read what disturbs too, if it was named. */
  readonly disturb: boolean
}

/** The kind of a socket. ENOTSOCK where the descriptor is none. */
export const kindOfFd = (sys: Syscalls, fd: number): SocketKind =>
  kindOf(sys.getsockoptInt(fd, Level.SOCKET, SO_DOMAIN), sys.getsockoptInt(fd, Level.SOCKET, SO_TYPE), sys.getsockoptInt(fd, Level.SOCKET, SO_PROTOCOL))

/** Whether an option may be read here without asking. */
export const isListed = (option: SocketOption, kind: SocketKind): boolean =>
  option.access.startsWith('r') && option.disturbs === undefined && option.onlyNamed !== true && appliesTo(option, kind.groups)

/** Reads in the order of the catalogue. A failed one keeps its errno name; nothing is thrown but what is a bug. */
export function readOptions(sys: Syscalls, fd: number, kind: SocketKind, { named, disturb }: ReadSelection): Reading[] {
  const wanted = named === undefined ? OPTIONS.filter((option) => isListed(option, kind)) : named.filter((option) => option.access.startsWith('r') && (option.disturbs === undefined || disturb))
  const readings: Reading[] = []
  for (const option of wanted) {
    try {
      readings.push({ option, bytes: readOption(sys, fd, option) })
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error
      // a listing is of what this socket has; what was named is answered in any case
      if (named === undefined && failedWith(error, 'ENOPROTOOPT', 'EOPNOTSUPP', 'EINVAL')) continue
      readings.push({ option, bytes: undefined, error: error.code })
    }
  }
  return readings
}

export function readOption(sys: Syscalls, fd: number, option: SocketOption): Uint8Array {
  const value = new Uint8Array(option.codec.size)
  const length = sys.getsockopt(fd, option.level, option.number, value)
  return value.subarray(0, option.codec === filterProgram ? Math.min(length * 8, value.length) : length)
}

/** Why a read or a set failed, in words for a person. */
export function whyFailed(option: SocketOption, kind: SocketKind, code: string): string {
  const unknown = code === 'ENOPROTOOPT' || code === 'EOPNOTSUPP'
  if (unknown && !appliesTo(option, kind.groups)) return `not an option of a ${kind.name} socket (it is for: ${option.on.join(', ')})`
  if (unknown && option.since !== undefined && isOlderKernel(option.since)) return `kernel too old (it came with Linux ${option.since})`
  if (unknown) return `this kernel does not offer it for a ${kind.name} socket (${code})`
  if (code === 'EPERM' || code === 'EACCES') return option.needs === undefined ? `not permitted (${code})` : `not permitted (it needs ${option.needs})`
  if (code === 'ENOTCONN') return 'the socket is not connected'
  if (code === 'EISCONN') return 'not on a connected socket'
  if (code === 'EINVAL') return 'the kernel refuses it here (EINVAL: value out of range, or not in this state)'
  return code
}
