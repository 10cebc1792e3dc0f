/** One socket's options as `sockopt` shows them: looked at while it is borrowed, worded afterwards, so that it is held for microseconds. */
import { addressFields, addressText } from '../format/socket-address.js'
import { borrow, type OpenSocket } from '../socket/borrow.js'
import { failedWith } from '../socket/errno.js'
import { withFresh, type SocketKind } from '../socket/kinds.js'
import type { SocketOption } from '../socket/option.js'
import { LEVEL_NAMES } from '../socket/options.js'
import { kindOfFd, readOptions, whyFailed, type Reading, type ReadSelection } from '../socket/read-options.js'
import type { SocketAddress } from '../socket/sockaddr.js'
import type { Syscalls } from '../socket/syscalls.js'
import type { Json, Value } from '../socket/values.js'

export interface Looked {
  readonly kind: SocketKind
  /** undefined for a fresh socket */
  readonly at: OpenSocket | undefined
  readonly local: SocketAddress | undefined
  readonly peer: SocketAddress | undefined
  readonly readings: readonly Reading[]
}

function looked(sys: Syscalls, fd: number, at: OpenSocket | undefined, selection: ReadSelection): Looked {
  const kind = kindOfFd(sys, fd)
  return { kind, at, local: nameOf(() => sys.getsockname(fd)), peer: nameOf(() => sys.getpeername(fd)), readings: readOptions(sys, fd, kind, selection) }
}

/** An address, or undefined where the socket has none, or no such thing. */
export function nameOf(read: () => SocketAddress): SocketAddress | undefined {
  try {
    return read()
  } catch (error) {
    if (failedWith(error, 'ENOTCONN', 'EOPNOTSUPP', 'EINVAL', 'ECONNRESET')) return undefined
    throw error
  }
}

/** Looks at a live socket, which is borrowed for the time of the calls. */
export const look = (sys: Syscalls, at: OpenSocket, selection: ReadSelection): Looked => {
  // our own descriptor needs no duplicate
  if (at.pid === process.pid) return looked(sys, at.fd, at, selection)
  return borrow(sys, at, (duplicate) => looked(sys, duplicate, at, selection))
}

/** Looks at a fresh socket of a kind. */
export const lookAtFresh = (sys: Syscalls, kind: SocketKind, selection: ReadSelection): Looked => {
  const fresh = withFresh(sys, kind, (fd) => looked(sys, fd, undefined, selection))
  return { ...fresh, kind, local: undefined, peer: undefined }
}

/** What fresh sockets of each kind have, read once a kind. */
export class Defaults {
  readonly #sys: Syscalls
  readonly #selection: ReadSelection
  readonly #known = new Map<string, ReadonlyMap<SocketOption, Uint8Array>>()

  constructor(sys: Syscalls, selection: ReadSelection) {
    this.#sys = sys
    this.#selection = selection
  }

  /** The value of a fresh socket, where there is one to compare with. */
  of(kind: SocketKind, option: SocketOption): Uint8Array | undefined {
    const key = `${kind.family} ${kind.type} ${kind.protocol}`
    let known = this.#known.get(key)
    if (known === undefined) {
      known = new Map(this.#read(kind).flatMap(({ option: read, bytes }): [SocketOption, Uint8Array][] => (bytes === undefined ? [] : [[read, bytes]])))
      this.#known.set(key, known)
    }
    return known.get(option)
  }

  #read(kind: SocketKind): readonly Reading[] {
    try {
      return lookAtFresh(this.#sys, kind, this.#selection).readings
    } catch {
      return [] // no right to make one (raw, packet): then nothing is said of defaults
    }
  }
}

export interface OptionRow {
  readonly option: SocketOption
  readonly value: Value | undefined
  /** Why there is no value. */
  readonly error: string | undefined
  readonly standard: Value | undefined
  /** undefined where nothing can be said: a state, or no fresh socket to compare with. */
  readonly changed: boolean | undefined
}

/** The rows of one socket. */
export const rowsOf = ({ kind, at, readings }: Looked, defaults: Defaults): OptionRow[] =>
  readings.map(({ option, bytes, error }) => {
    const standard = at === undefined || option.isState === true ? undefined : defaults.of(kind, option)
    return {
      option,
      value: bytes === undefined ? undefined : option.codec.decode(bytes),
      error: error === undefined ? undefined : whyFailed(option, kind, error),
      standard: standard === undefined ? undefined : option.codec.decode(standard),
      changed: bytes === undefined || standard === undefined ? undefined : !Buffer.from(bytes).equals(standard),
    }
  })

/** `tcp 127.0.0.1:80 → 127.0.0.1:4711, pid 12 fd 3, socket 4242`. */
export function headline({ kind, at, local, peer }: Looked): string {
  if (at === undefined) return `${kind.name}, a fresh socket`
  const ends = local === undefined ? '' : peer === undefined ? ` ${addressText(local)}` : ` ${addressText(local)} -> ${addressText(peer)}`
  return `${kind.name}${ends}, ${at.pid === process.pid ? '' : `pid ${at.pid} `}fd ${at.fd}, socket ${at.inode}`
}

/** The fields that say which socket it is. */
export const identity = ({ kind, at, local, peer }: Looked): Record<string, Json> => ({
  socket: kind.name,
  pid: at?.pid ?? null,
  fd: at?.fd ?? null,
  inode: at?.inode ?? null,
  ...(at === undefined ? {} : { ...addressFields('local', local), ...addressFields('peer', peer) }),
})

export const rowJson = ({ option, value, error, standard, changed }: OptionRow): Json => ({
  level: LEVEL_NAMES.get(option.level) ?? option.level,
  number: option.number,
  type: option.codec.type,
  unit: option.unit ?? null,
  value: value?.json ?? null,
  ...(error === undefined ? {} : { error }),
  ...(standard === undefined ? {} : { default: standard.json }),
  ...(changed === undefined ? {} : { changed }),
})

