/** `sockscope netstat`: reads /proc/net, selects, and prints as net-tools 2.10 does, or in forms of our own. */
import { geteuid } from 'node:process'
import packageJson from '../../package.json' with { type: 'json' }

import { UserError } from '../errors.js'
import type { RowFilter } from './netstat-select.js'
import { LineWriter } from '../format/line.js'
import {
  writeInet, writeInetHead, writeOwner, writeOwners, writeUnix, writeUnixHead, type NetstatLayout, type Selection,
} from '../format/netstat.js'
import type { Io } from '../io.js'
import { Churn } from '../procnet/churn.js'
import { InetRow, isServer, parseInet } from '../procnet/inet.js'
import { Owners } from '../procnet/owners.js'
import { ProcRoot } from '../procnet/proc-root.js'
import { SeenRows } from '../procnet/seen.js'
import { INET_TABLES, type InetTable } from '../procnet/tables.js'
import { UnixTable, isUnixServer, type UnixRow } from '../procnet/unix.js'
import { Names } from './netstat-names.js'
import { DEAD_FAMILIES, EXIT_USAGE, MORE_HELP, USAGE, USAGE_FAMILIES, parseArguments, type NetstatOptions } from './netstat-options.js'
import { diagnosed, mayDiagnose } from './netstat-diagnosed.js'
import { exactUnixNames } from './netstat-unix-names.js'

/** Runs the subcommand. */
export async function run(args: string[], io: Io): Promise<number> {
  const parsed = parseArguments(args)
  switch (parsed.kind) {
    case 'version':
      io.out(Buffer.from(`sockscope netstat ${packageJson.version}, as net-tools 2.10\n`))
      return 0
    case 'help':
      io.out(Buffer.from(parsed.raw ? USAGE : USAGE + USAGE_FAMILIES.join('\n') + '\n' + MORE_HELP))
      if (parsed.raw) for (const line of USAGE_FAMILIES) io.err(line)
      return 0
    case 'usage':
      if (parsed.message !== undefined) io.err(`netstat: ${parsed.message}`)
      for (const line of USAGE.trimEnd().split('\n')) io.err(line)
      for (const line of USAGE_FAMILIES) io.err(line)
      return EXIT_USAGE
    case 'refused':
      for (const line of parsed.lines) io.err(line)
      return 1
    default:
      return start(parsed.options, io)
  }
}

async function start(options: NetstatOptions, io: Io): Promise<number> {
  const root = procRoot(options, io)
  root.check()
  for (const family of options.families) {
    const name = DEAD_FAMILIES.get(family)
    if (name !== undefined && options.mode === 'sockets') {
      io.err(`netstat: no support for \`${name}' on this system.`)
      return 1
    }
  }
  if (options.mode === 'masquerade') {
    io.err("netstat: no support for `ip_masquerade' on this system.")
    return 1
  }
  if (options.mode !== 'sockets') {
    const { placesOf } = await import('./netstat-netns.js')
    const [place, ...more] = placesOf(root, options.netns)
    if (place === undefined || more.length > 0) throw new UserError('--netns all: only with sockets', EXIT_USAGE)
    return (await import('./netstat-info.js')).runInfo(options, place.root, io)
  }
  const { filterOf, wantsRecords } = await import('./netstat-select.js')
  const filter = filterOf(options)
  if (options.info || options.bound || options.kill) return (await import('./netstat-diagnosis.js')).runDiagnosis(options, root, filter, io)
  if (wantsRecords(options)) return (await import('./netstat-records.js')).runRecords(options, root, filter, io)
  const names = new Names({ hosts: !options.numericHosts, ports: !options.numericPorts, users: options.extended > 0 && !options.numericUsers }, options.raw)
  const out = new LineWriter(io.out)
  const listing = new Listing(options, root, names, filter, out, io)
  for (;;) {
    const status = await listing.print()
    out.flush()
    if (status !== 0 || !options.continuous) return status
    await pause(options.interval)
  }
}

export const pause = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000))

/** --proc-root, or for tests the environment's, of which root is told. */
function procRoot(options: NetstatOptions, io: Io): ProcRoot {
  if (options.procRoot !== undefined) return new ProcRoot(options.procRoot)
  const given = io.env['SOCKSCOPE_PROC_ROOT']
  if (given === undefined || given === '') return new ProcRoot()
  if (geteuid?.() === 0) io.err(`sockscope netstat: reading ${given} in place of /proc (SOCKSCOPE_PROC_ROOT is set)`)
  return new ProcRoot(given)
}

export const selectionOf = (options: NetstatOptions): Selection => (options.all ? 'all' : options.listening ? 'servers' : 'connected')

/** The tables of the families and protocols that were asked for, in net-tools' order. */
export function tablesOf(options: NetstatOptions): InetTable[] {
  const wanted = { tcp: options.tcp, udp: options.udp, udplite: options.udplite, raw: options.rawSockets }
  return INET_TABLES.filter(({ proto, family }) => wanted[proto] && (family === 4 ? options.inet : options.inet6))
}

/** Runs that were told already, so that a listing that repeats says it once. */
const told = new WeakSet<NetstatOptions>()

/** Scans for owners, and says on stderr, once a run, what could not be seen. */
export async function scanOwners(root: ProcRoot, options: NetstatOptions, io: Io): Promise<Owners> {
  const owners = await Owners.scanTogether(root, { threads: options.threads })
  if (told.has(options)) return owners
  told.add(options)
  if (owners.denied && owners.count === 0) {
    io.err(`(No info could be read for "-p": geteuid()=${geteuid?.() ?? 0} but you should be root.)`)
  } else if (owners.denied || (owners.unreadable && !options.raw)) {
    io.err('(Not all processes could be identified, non-owned process info')
    io.err(' will not be shown, you would have to be root to see it all.)')
  }
  return owners
}

/** net-tools' listing of sockets: a block for the Internet, one for UNIX. */
class Listing {
  readonly #options: NetstatOptions
  readonly #root: ProcRoot
  readonly #names: Names
  readonly #filter: RowFilter | undefined
  readonly #out: LineWriter
  readonly #io: Io

  constructor(options: NetstatOptions, root: ProcRoot, names: Names, filter: RowFilter | undefined, out: LineWriter, io: Io) {
    this.#options = options
    this.#root = root
    this.#names = names
    this.#filter = filter
    this.#out = out
    this.#io = io
  }

  async print(): Promise<number> {
    const options = this.#options
    const { raw, wide } = options
    const needsOwners = options.programs || this.#filter?.needsOwners === true
    const owners = needsOwners ? await scanOwners(this.#root, options, this.#io) : undefined
    const layout: NetstatLayout = {
      wide,
      extended: options.extended > 0,
      timers: options.timers,
      owner:
        !options.programs || owners === undefined ? undefined
        : wide && !raw ? (out, inode) => {
          writeOwners(out, owners.all(inode).map(({ process }) => process))
        }
        : (out, inode) => {
          writeOwner(out, owners.first(inode), raw)
        },
      raw,
      names: this.#names,
    }
    const selection = selectionOf(options)
    if (options.inet || options.inet6) {
      writeInetHead(this.#out, layout, selection, options.header)
      const status = await this.#printInet(layout, selection, owners)
      if (status !== 0) return status
    }
    if (options.groups) {
      const status = await (await import('./netstat-info.js')).printGroups(options, this.#root, this.#names, this.#out, this.#io)
      if (status !== 0) return status
    }
    return options.unix ? this.#printUnix(layout, selection, owners) : 0
  }

  async #printInet(layout: NetstatLayout, selection: Selection, owners: Owners | undefined): Promise<number> {
    const { inet, sctpAsked, asked } = this.#options
    let last = ''
    for (const table of tablesOf(this.#options)) {
      if (last !== table.proto && last === 'tcp' && sctpAsked) return this.#noSctp()
      last = table.proto
      const there = await this.#printTable(table, layout, selection, owners)
      if (!there && asked && table.family === 4 && inet) {
        this.#io.err(`netstat: no support for \`AF INET (${table.proto})' on this system.`)
        return 1
      }
    }
    return sctpAsked ? this.#noSctp() : 0
  }

  /** No kernel at hand has SCTP's tables, so what they hold is not read. */
  #noSctp(): number {
    this.#io.err("netstat: no support for `AF INET (sctp)' on this system.")
    return 1
  }

  async #printTable(table: InetTable, layout: NetstatLayout, selection: Selection, owners: Owners | undefined): Promise<boolean> {
    if (mayDiagnose(this.#options, table, layout.timers) && layout.names.host === undefined) {
      const out = this.#out
      const filter = this.#filter
      const done = await diagnosed(this.#root, table, this.#options.source, layout.timers, (row) => {
        if (selectsInet(row, selection) && (filter === undefined || filter.inet(row, owners))) writeInet(out, row, layout)
      })
      if (done) return true
    }
    const row = new InetRow()
    row.proto = table.proto
    row.family = table.family
    const seen = new SeenRows(table.proto === 'tcp' ? new Churn(this.#root) : undefined)
    const filter = this.#filter
    const chosen = (): boolean => selectsInet(row, selection) && (filter === undefined || filter.inet(row, owners))
    const selects = (): boolean => chosen() && seen.add(row)
    const bogus = await this.#readTable(table, layout, row, chosen, selects)
    if (bogus === undefined) return false
    if (bogus > 0 && !layout.raw) this.#io.err(bogusLines(this.#root.table(table.file), bogus))
    if (seen.readAgain()) await this.#readTable(table, layout, row, chosen, selects)
    return true
  }

  /** Looks up the names of the rows that are `chosen` and prints those that `selects` takes; the number of lines of no known form, or undefined where there is no such table. */
  async #readTable(table: InetTable, layout: NetstatLayout, row: InetRow, chosen: () => boolean, selects: () => boolean): Promise<number | undefined> {
    const reader = this.#root.open(table.file, this.#names.host === undefined ? undefined : NAMED_PIECE)
    if (reader === undefined) return undefined
    const out = this.#out
    let bogus = 0
    let isFirst = true
    try {
      while (reader.next()) {
        const { b, end } = reader
        let { at } = reader
        if (isFirst) at = lineAfter(b, at, end) // the titles
        isFirst = false
        if (this.#names.host !== undefined) {
          for (let from = at; from < end; ) {
            const to = lineAfter(b, from, end)
            if (parseInet(b, from, contentEnd(b, to), row) && chosen()) this.#names.note(row)
            from = to
          }
          await this.#names.lookUp()
        }
        while (at < end) {
          const to = lineAfter(b, at, end)
          if (parseInet(b, at, contentEnd(b, to), row)) {
            if (selects()) writeInet(out, row, layout)
          } else {
            bogus++
            if (layout.raw) this.#io.err(`warning, got bogus ${table.proto} line.`)
          }
          at = to
        }
      }
    } finally {
      reader.close()
    }
    return bogus
  }

  async #printUnix(layout: NetstatLayout, selection: Selection, owners: Owners | undefined): Promise<number> {
    const bytes = this.#root.file('unix')
    if (bytes === undefined && this.#options.asked) {
      this.#io.err("netstat: no support for `AF UNIX' on this system.")
      return 1
    }
    writeUnixHead(this.#out, layout, selection, this.#options.header)
    if (bytes === undefined) return 0
    const exact = layout.raw ? undefined : await exactUnixNames(this.#root, bytes)
    const table = new UnixTable(bytes, exact)
    while (table.next()) {
      const { row } = table
      if (selectsUnix(row, selection) && (this.#filter === undefined || this.#filter.unix(row, owners))) writeUnix(this.#out, row, layout)
    }
    if (layout.raw) for (let i = 0; i < table.strayLines; i++) this.#io.err('warning, got bogus unix line.')
    else unixFaults(table, exact !== undefined, this.#root.table('unix'), this.#io)
    return 0
  }
}

/** Bytes read at once when hosts are looked up, so that many lookups run together. */
const NAMED_PIECE = 1 << 20

const NEWLINE = 10

/** One past the newline of the line at `at`; `end` when it is the last and has none. */
export function lineAfter(b: Uint8Array, at: number, end: number): number {
  const newline = b.indexOf(NEWLINE, at)
  return newline < 0 || newline >= end ? end : newline + 1
}

/** Where a line that ends at `to` has its newline. */
export const contentEnd = (b: Uint8Array, to: number): number => (b[to - 1] === NEWLINE ? to - 1 : to)

export const bogusLines = (path: string, count: number): string =>
  `sockscope netstat: ${path}: ${count} ${count === 1 ? 'line' : 'lines'} of a form the kernel does not write (passed over)`

const splitNames = (count: number): string =>
  `sockscope netstat: ${count} unix socket ${count === 1 ? 'name holds' : 'names hold'} a newline: what such a name says cannot be told from other sockets for sure`

/** Says what of the table could not be read for sure. */
export function unixFaults(table: UnixTable, isExact: boolean, path: string, io: Io): void {
  if (table.splitNames > 0 && !isExact) io.err(splitNames(table.splitNames))
  else if (table.splitNames === 0 && table.strayLines > 0) io.err(bogusLines(path, table.strayLines))
}

export function selectsInet(row: InetRow, selection: Selection): boolean {
  return selection === 'all' || isServer(row) === (selection === 'servers')
}

export function selectsUnix(row: UnixRow, selection: Selection): boolean {
  return selection === 'all' || isUnixServer(row) === (selection === 'servers')
}

