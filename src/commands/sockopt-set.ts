/** `sockopt --set NAME=VALUE … TARGET`: old → asked → what the kernel now reports. */
import { UserError } from '../errors.js'
import { escapeControls } from '../escape.js'
import type { Io } from '../io.js'
import { borrow, type OpenSocket } from '../socket/borrow.js'
import { SyscallError } from '../socket/errno.js'
import { withFresh, type SocketKind } from '../socket/kinds.js'
import { optionNamed, similar, type SocketOption } from '../socket/options.js'
import { kindOfFd, readOption, whyFailed } from '../socket/read-options.js'
import type { Syscalls } from '../socket/syscalls.js'
import type { Value } from '../socket/values.js'
import { print } from './arguments.js'
import { place } from './live-sockets.js'

interface Wish {
  readonly option: SocketOption
  readonly words: string
  readonly bytes: Uint8Array
}

interface SetOptions {
  readonly set: readonly string[]
  readonly all?: true
  readonly dryRun?: true
  readonly json?: true
}

/** `NAME=VALUE`, checked as far as can be without a socket. */
export function wish(text: string): Wish {
  const equals = text.indexOf('=')
  const name = equals < 0 ? text : text.slice(0, equals)
  const option = optionNamed(name)
  if (option === undefined) {
    const near = similar(name)
    throw new UserError(`--set ${text}: no such socket option${near.length === 0 ? '' : ` (perhaps ${near.join(', ')})`}`, 2)
  }
  if (equals < 0) throw new UserError(`--set ${text}: no value (give ${option.name}=VALUE)`, 2)
  if (option.access === 'r') throw new UserError(`--set ${option.name}: read-only`, 2)
  if (option.access === '-') throw new UserError(`--set ${option.name}: not in the kernel`, 2)
  if (option.codec.encode === undefined) throw new UserError(`--set ${option.name}: takes a structure (${option.codec.type}), which cannot be typed here`, 2)
  const words = text.slice(equals + 1)
  try {
    return { option, words, bytes: option.codec.encode(words, option.range) }
  } catch (error) {
    if (error instanceof UserError) throw new UserError(`--set ${option.name}: ${error.message}`, 2)
    throw error
  }
}

export function setOptions(sys: Syscalls, options: SetOptions, sockets: readonly OpenSocket[] | undefined, kind: SocketKind | undefined, io: Io): number {
  const wishes = options.set.map(wish)
  if (sockets === undefined) {
    if (kind === undefined) throw new UserError('--set: no target (give --pid PID --fd N, --fd N, a filter; or --type KIND to try it on a fresh socket)', 2)
    for (const one of wishes) report(one, `fresh ${kind.name}`, options, io, (use) => withFresh(sys, kind, use), sys)
    return 0
  }
  if (sockets.length > 1 && options.all !== true) {
    throw new UserError(`--set: ${sockets.length} sockets are meant: ${sockets.slice(0, 4).map(place).join(', ')}${sockets.length > 4 ? '…' : ''} (give --fd N for one, or --all)`, 2)
  }
  let failed = 0
  for (const socket of sockets) {
    const held = <T>(use: (fd: number) => T): T => (socket.pid === process.pid ? use(socket.fd) : borrow(sys, socket, use))
    for (const one of wishes) {
      try {
        report(one, place(socket), options, io, held, sys)
      } catch (error) {
        if (!(error instanceof UserError) || sockets.length === 1) throw error
        failed++
        io.err(`sockscope sockopt: ${error.message}`)
      }
    }
  }
  return failed > 0 ? 1 : 0
}

type Held = <T>(use: (fd: number) => T) => T

function report({ option, words, bytes }: Wish, where: string, { dryRun, json }: SetOptions, io: Io, held: Held, sys: Syscalls): void {
  const readable = option.access === 'rw' && option.disturbs === undefined
  const { old, kind } = held((fd) => {
    const kindHere = kindOfFd(sys, fd)
    try {
      return { kind: kindHere, old: readable ? option.codec.decode(readOption(sys, fd, option)) : undefined }
    } catch (error) {
      throw refused(error, option, kindHere, where)
    }
  })
  const words1 = (value: Value | undefined): string => (value === undefined ? '(not readable)' : escapeControls(value.text))
  if (json !== true) print(io, `${where}: ${option.name}: ${words1(old)} -> asked ${escapeControls(words)}`)
  if (dryRun === true) {
    print(io, json === true ? `${JSON.stringify({ where, option: option.name, old: old?.json ?? null, asked: words, dry_run: true })}\n` : ' (dry run: nothing was set)\n')
    return
  }
  let now: Value | undefined
  try {
    now = held((fd) => {
      try {
        sys.setsockopt(fd, option.level, option.number, bytes)
        return readable ? option.codec.decode(readOption(sys, fd, option)) : undefined
      } catch (error) {
        throw refused(error, option, kind, where)
      }
    })
  } catch (error) {
    if (json !== true) print(io, '\n')
    throw error
  }
  print(io, json === true ? `${JSON.stringify({ where, option: option.name, unit: option.unit ?? null, old: old?.json ?? null, asked: words, now: now?.json ?? null })}\n` : ` -> now ${words1(now)}\n`)
}

function refused(error: unknown, option: SocketOption, kind: SocketKind, where: string): unknown {
  return error instanceof SyscallError ? new UserError(`${where}: ${option.name}: ${whyFailed(option, kind, error.code)}`) : error
}
