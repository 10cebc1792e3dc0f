/** `sockscope sockopt`: the options of fresh sockets, of sockets in other processes, and of inherited ones; what they mean; setting them. */
import { release } from 'node:os'
import type { Command } from 'commander'
import { UserError } from '../errors.js'
import { escapeControls } from '../escape.js'
import { table, type Column } from '../format/columns.js'
import type { Io } from '../io.js'
import { socketAt, type OpenSocket } from '../socket/borrow.js'
import { kindNamed, KINDS, isUnsupported, type SocketKind } from '../socket/kinds.js'
import { LEVEL_NAMES, levels, NOT_ON_LINUX, optionNamed, optionsMatching, similar, type SocketOption } from '../socket/options.js'
import type { ReadSelection } from '../socket/read-options.js'
import { SyscallError } from '../socket/errno.js'
import { loadSyscalls, type Syscalls } from '../socket/syscalls.js'
import { parse, pause, print, program, seconds, whole } from './arguments.js'
import { isColored } from './colors.js'
import { targets } from './live-sockets.js'
import { explain } from './sockopt-explain.js'
import { setOptions } from './sockopt-set.js'
import { Defaults, headline, identity, look, lookAtFresh, rowJson, rowsOf, type Looked, type OptionRow } from './socket-report.js'

export interface SockoptOptions {
  readonly type?: string
  readonly pid?: number
  readonly fd?: number
  readonly level?: string
  readonly changed?: true
  readonly explain?: string
  readonly diff?: readonly string[]
  readonly set: readonly string[]
  readonly all?: true
  readonly dryRun?: true
  readonly disturb?: true
  readonly json?: true
  readonly watch?: number
  readonly count?: number
}

const HELP_AFTER = `
Names select options: SO_RCVBUF, rcvbuf, tcp_*. The first word that names none begins a filter as netstat takes it.
Reading disturbs nothing: SO_ERROR and others whose reading has an effect, and secrets, are read only when named together with --disturb.

Examples:
  sockscope sockopt                                what a fresh TCP socket has with this kernel
  sockscope sockopt --type udp6 'rcv*'
  sudo sockscope sockopt --pid 4242 --changed      what a process has set on its sockets
  sudo sockscope sockopt --pid 4242 --fd 7 TCP_INFO --watch 1
  sudo sockscope sockopt keepalive port 443        one option of all sockets of a port
  sockscope sockopt --explain SO_LINGER
  sudo sockscope sockopt --diff 4242:7 4242:9
  sudo sockscope sockopt --set SO_KEEPALIVE=on --set TCP_KEEPIDLE=60 --pid 4242 --fd 7
  sockscope sockopt --fd 3 3<>/dev/tcp/127.0.0.1/22

Exit status: 0 done; 1 no such process or socket, not permitted, or the kernel refused; 2 used wrongly.
`

const collect = (value: string, before: readonly string[]): string[] => [...before, value]

const command = (io: Io): Command =>
  program('sockopt', io)
    .usage('[OPTIONS…] [NAME…] [FILTER…]')
    .description('Shows and explains socket options: of a fresh socket, or of live sockets in other processes, which are not disturbed.')
    .argument('[words...]', 'names of options, then a filter')
    .option('--type <kind>', `a fresh socket of this kind: ${KINDS.slice(0, 24).map(({ name }) => name).join(', ')}…`)
    .option('--pid <pid>', 'the sockets of a process', whole('--pid', 1, 4194304))
    .option('--fd <n>', 'only this descriptor; without --pid, one that was inherited from the shell', whole('--fd', 0, 1048576))
    .option('--level <level>', 'only options of a level: socket, ip, ipv6, tcp, udp, packet…')
    .option('--changed', 'only options that differ from a fresh socket\'s')
    .option('--explain <name>', 'what an option does, and its traps')
    .option('--diff <sockets...>', 'compare two: each PID:FD, or a kind for a fresh one')
    .option('--set <name=value>', 'set an option on the target; may stand several times', collect, [])
    .option('--all', 'with --set: on every socket that the target names')
    .option('--dry-run', 'with --set: only say what would be done')
    .option('--disturb', 'read also what has an effect on the socket or gives a secret away, when it is named')
    .option('--json', 'one JSON object a socket (docs/sockopt.md)')
    .option('--watch <seconds>', 'again and again: TCP_INFO and SO_MEMINFO unless others are named', seconds('--watch', 0.05))
    .option('--count <n>', 'with --watch: so many times', whole('--count', 1, 1e9))
    .addHelpText('after', HELP_AFTER)

export async function run(args: string[], io: Io): Promise<number> {
  const parser = command(io)
  if (!parse(parser, args)) return 0
  const options: SockoptOptions = parser.opts()
  const { named, filter } = words(parser.args)
  if (options.explain !== undefined) return explain(options.explain, options.json === true, io)
  const ofLevel = options.level === undefined ? undefined : levelOf(options.level)
  const selection = selectionOf(named, options, ofLevel)
  const sys = await loadSyscalls()
  if (options.diff !== undefined) return diff(sys, options, selection, io)
  const sockets = await targets(options, filter)
  if (options.set.length > 0) return setOptions(sys, options, sockets, kindOrUndefined(options.type), io)
  if (sockets === undefined) {
    const kind = kindOrUndefined(options.type) ?? kindNamed('tcp')!
    return show(sys, [fresh(sys, kind, selection)], selection, options, ofLevel, io)
  }
  if (options.type !== undefined) throw new UserError('--type is for a fresh socket: not together with --pid, --fd or a filter', 2)
  if (options.watch !== undefined) return watch(sys, sockets, options, named, io)
  return show(sys, lookAll(sys, sockets, selection, io), selection, options, ofLevel, io)
}

/** Names of options first; from the first word that is none on, a filter. */
function words(all: readonly string[]): { readonly named: readonly SocketOption[]; readonly filter: readonly string[] } {
  const named: SocketOption[] = []
  for (const [i, word] of all.entries()) {
    const found = word.includes('*') ? optionsMatching(word) : [optionNamed(word)].filter((option) => option !== undefined)
    if (found.length === 0) {
      if (NOT_ON_LINUX.has(word.toUpperCase())) throw new UserError(`${word.toUpperCase()}: not on Linux (sockscope sockopt --explain ${word.toUpperCase()})`, 2)
      if (word.includes('*') || /^[A-Z0-9]+_[A-Z0-9_]+$/.test(word)) throw unknownOption(word)
      return { named, filter: all.slice(i) }
    }
    named.push(...found)
  }
  return { named: [...new Set(named)], filter: [] }
}

export function unknownOption(word: string): UserError {
  const near = similar(word)
  return new UserError(`${word}: no such socket option${near.length === 0 ? '' : ` (perhaps ${near.join(', ')})`}`, 2)
}

function levelOf(word: string): readonly number[] {
  const found = levels(word)
  if (found.length === 0) throw new UserError(`--level ${word}: no such level (one of: ${[...LEVEL_NAMES.values()].map((name) => name.replace(/^(SOL|IPPROTO|AF)_/, '').toLowerCase()).join(', ')})`, 2)
  return found
}

function kindOrUndefined(type: string | undefined): SocketKind | undefined {
  if (type === undefined) return undefined
  const kind = kindNamed(type)
  if (kind === undefined) throw new UserError(`--type ${type}: no such kind of socket (one of: ${KINDS.map(({ name }) => name).join(', ')})`, 2)
  return kind
}

function selectionOf(named: readonly SocketOption[], { disturb }: SockoptOptions, ofLevel: readonly number[] | undefined): ReadSelection {
  if (named.length === 0) return { named: undefined, disturb: disturb === true }
  for (const { name, disturbs } of named) {
    if (disturbs !== undefined && disturb !== true && named.length === 1) throw new UserError(`${name}: reading it ${disturbs} (add --disturb to do so)`, 2)
  }
  return { named: ofLevel === undefined ? named : named.filter(({ level }) => ofLevel.includes(level)), disturb: disturb === true }
}

function fresh(sys: Syscalls, kind: SocketKind, selection: ReadSelection): Looked {
  try {
    return lookAtFresh(sys, kind, selection)
  } catch (error) {
    if (isUnsupported(error)) throw new UserError(`--type ${kind.name}: this kernel has no such sockets (${(error as SyscallError).code})`)
    if (error instanceof SyscallError && (error.code === 'EPERM' || error.code === 'EACCES')) {
      throw new UserError(`--type ${kind.name}: not permitted (${kind.name.startsWith('icmp') ? 'net/ipv4/ping_group_range says who may' : 'it needs CAP_NET_RAW: run with sudo'})`)
    }
    throw error
  }
}

/** Looks at each; of several, one that cannot be looked at is told of and passed over. */
function lookAll(sys: Syscalls, sockets: readonly OpenSocket[], selection: ReadSelection, io: Io): Looked[] {
  const all: Looked[] = []
  for (const socket of sockets) {
    try {
      all.push(look(sys, socket, selection))
    } catch (error) {
      if (!(error instanceof UserError) || sockets.length === 1) throw error
      io.err(`sockscope sockopt: ${error.message}`)
    }
  }
  if (all.length === 0) throw new UserError('none of the sockets could be looked at')
  return all
}

/** The value comes last: some are long. */
const COLUMNS: readonly Column[] = [{ title: 'Option' }, { title: 'Level' }, { title: 'Unit' }, { title: 'Fresh' }, { title: 'Value' }]
const FRESH_COLUMNS: readonly Column[] = [{ title: 'Option' }, { title: 'Level' }, { title: 'Unit' }, { title: 'Access' }, { title: 'Value' }]

const ACCESS = { r: 'read', w: 'write', rw: 'read, write', '-': 'none' } as const

async function show(sys: Syscalls, all: readonly Looked[], selection: ReadSelection, options: SockoptOptions, ofLevel: readonly number[] | undefined, io: Io): Promise<number> {
  const defaults = new Defaults(sys, selection)
  let failed = 0
  let printed = 0
  for (const socket of all) {
    const rows = rowsOf(socket, defaults).filter(({ option, changed }) => (ofLevel === undefined || ofLevel.includes(option.level)) && (options.changed !== true || changed === true))
    if (options.json === true) {
      print(io, `${JSON.stringify({ kernel: release(), ...identity(socket), options: Object.fromEntries(rows.map((row) => [row.option.name, rowJson(row)])) })}\n`)
      continue
    }
    // of one option named, which this socket cannot have, the reason is the whole answer
    if (all.length === 1 && rows.length === 1 && rows[0]!.error !== undefined) throw new UserError(`${rows[0]!.option.name}: ${rows[0]!.error}`)
    failed += rows.filter(({ error }) => error !== undefined).length
    print(io, `${printed++ > 0 ? '\n' : ''}${headline(socket)}\n`)
    print(io, await table({ isTerminal: io.isTerminal, isColored: isColored(io) }, socket.at === undefined ? FRESH_COLUMNS : COLUMNS, rows.flatMap((row) => cells(row, socket, selection.named !== undefined))))
  }
  const skipped = selection.named?.filter(({ access, disturbs }) => !access.startsWith('r') || (disturbs !== undefined && !selection.disturb)) ?? []
  for (const { name, disturbs } of skipped) io.err(`sockscope sockopt: ${name}: ${disturbs === undefined ? 'it can only be set, not read' : `not read: reading it ${disturbs} (add --disturb)`}`)
  return skipped.length > 0 && selection.named!.length === skipped.length ? 1 : failed > 0 && all.length === 1 && selection.named !== undefined ? 1 : 0
}

/** One row, and under it the parts of a structure where the option was asked for by name. */
function cells({ option, value, error, standard }: OptionRow, socket: Looked, inParts: boolean): string[][] {
  const text = escapeControls(value?.text ?? `(${error})`)
  const line = [
    option.name, LEVEL_NAMES.get(option.level) ?? String(option.level), option.unit ?? '',
    socket.at === undefined ? ACCESS[option.access] : standard === undefined ? '' : escapeControls(standard.text), text,
  ]
  return [line, ...(inParts ? (value?.parts ?? []).map(([part, partText]) => [`  ${part}`, '', '', '', partText]) : [])]
}

/** TCP_INFO and queues, again and again, until the socket goes or the count is reached. */
async function watch(sys: Syscalls, sockets: readonly OpenSocket[], options: SockoptOptions, named: readonly SocketOption[], io: Io): Promise<number> {
  const wanted = named.length > 0 ? named : [optionNamed('TCP_INFO')!, optionNamed('SO_MEMINFO')!]
  const selection: ReadSelection = { named: wanted, disturb: options.disturb === true }
  for (let round = 0; round < (options.count ?? Number.POSITIVE_INFINITY); round++) {
    if (round > 0) await pause(options.watch! * 1000)
    const time = new Date().toISOString()
    let seen = 0
    for (const at of sockets) {
      let socket: Looked
      try {
        socket = look(sys, at, selection)
      } catch (error) {
        if (!(error instanceof UserError) || round === 0) throw error
        continue
      }
      seen++
      const rows = rowsOf(socket, new Defaults(sys, selection)).filter(({ error }) => error === undefined || named.length > 0)
      if (options.json === true) print(io, `${JSON.stringify({ time, ...identity(socket), options: Object.fromEntries(rows.map((row) => [row.option.name, rowJson(row)])) })}\n`)
      else {
        print(io, `${time} ${headline(socket)}\n`)
        for (const row of rows) print(io, `  ${row.option.name}: ${escapeControls(row.value?.text ?? row.error ?? '')}\n`)
      }
    }
    if (seen === 0) {
      io.err('sockscope sockopt: the sockets are gone')
      return 0
    }
  }
  return 0
}

async function diff(sys: Syscalls, options: SockoptOptions, selection: ReadSelection, io: Io): Promise<number> {
  const [a, b, more] = options.diff!
  if (a === undefined || b === undefined || more !== undefined) throw new UserError('--diff takes two sockets: each PID:FD, or a kind for a fresh one (names of options go before it)', 2)
  const [left, right] = [a, b].map((word) => oneOf(sys, word, selection)) as [Looked, Looked]
  const defaults = new Defaults(sys, selection)
  const other = new Map(rowsOf(right, defaults).map((row) => [row.option, row]))
  const rows = rowsOf(left, defaults)
  const known = new Set(rows.map(({ option }) => option))
  const text = (row: OptionRow | undefined): string => (row === undefined ? '(not of this kind)' : escapeControls(row.value?.text ?? `(${row.error})`))
  const pairs = [...rows.map((row) => [row.option, text(row), text(other.get(row.option))] as const), ...[...other.values()].filter(({ option }) => !known.has(option)).map((row) => [row.option, '(not of this kind)', text(row)] as const)]
    .filter(([, one, two]) => one !== two)
  if (options.json === true) {
    print(io, `${JSON.stringify({ a: identity(left), b: identity(right), different: Object.fromEntries(pairs.map(([option, one, two]) => [option.name, { a: one, b: two, unit: option.unit ?? null }])) })}\n`)
    return 0
  }
  print(io, `A: ${headline(left)}\nB: ${headline(right)}\n`)
  print(io, await table({ isTerminal: io.isTerminal, isColored: isColored(io) }, [{ title: 'Option' }, { title: 'A' }, { title: 'B' }, { title: 'Unit' }], pairs.map(([option, one, two]) => [option.name, one, two, option.unit ?? ''])))
  return 0
}

/** A socket of `--diff`: PID:FD, or a kind. */
function oneOf(sys: Syscalls, word: string, selection: ReadSelection): Looked {
  const match = /^(\d+)[:/](\d+)$/.exec(word)
  if (match !== null) return look(sys, socketAt(Number(match[1]), Number(match[2])), selection)
  const kind = kindNamed(word)
  if (kind === undefined) throw new UserError(`--diff ${word}: neither PID:FD nor a kind of socket`, 2)
  return fresh(sys, kind, selection)
}
