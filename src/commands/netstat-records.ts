/** Listings of our own: JSON, tables, sorted rows, counts, changes, other namespaces, and waiting for a socket. */
import { UserError } from '../errors.js'
import { escapeBytes, escapeControls } from '../escape.js'
import { LineWriter } from '../format/line.js'
import { writeInet, writeInetHead, writeOwners, writeUnix, writeUnixHead, type NetstatLayout } from '../format/netstat.js'
import { jsonLine, socketObject, writeSocketJson } from '../format/netstat-json.js'
import { COLUMNS, comparison, inetStateWord, protoWord, stateColor, stateWord, type SocketRecord } from '../format/netstat-record.js'
import { writeBox, writePlain, type Cell } from '../format/netstat-table.js'
import type { Io } from '../io.js'
import { Churn } from '../procnet/churn.js'
import { InetRow, parseInet } from '../procnet/inet.js'
import type { Owners } from '../procnet/owners.js'
import type { ProcRoot } from '../procnet/proc-root.js'
import { SeenRows } from '../procnet/seen.js'
import { UnixTable, type UnixRow } from '../procnet/unix.js'
import { isColored } from './colors.js'
import { bogusLines, contentEnd, lineAfter, pause, scanOwners, selectionOf, selectsInet, selectsUnix, tablesOf, unixFaults } from './netstat.js'
import { diagnosed, mayDiagnose } from './netstat-diagnosed.js'
import { Names } from './netstat-names.js'
import { placesOf, type Place } from './netstat-netns.js'
import type { NetstatOptions } from './netstat-options.js'
import { waitFilter, type RowFilter } from './netstat-select.js'
import { exactUnixNames } from './netstat-unix-names.js'

/** Seconds between two looks of --wait. */
const LOOK = 0.1
/** A box of more rows is of no use to anyone and slow to lay out: they come in plain columns. */
const MAX_BOXED = 5000
const EXIT_TIMEOUT = 1

export async function runRecords(options: NetstatOptions, root: ProcRoot, filter: RowFilter | undefined, io: Io): Promise<number> {
  const columns = columnsOf(options)
  const sort = sortOf(options)
  if (options.wait !== undefined) return wait(options, root, filter, io)
  const out = new LineWriter(io.out, io.isTerminal ? 0 : undefined)
  if (options.changes) return changes(options, root, filter, out, io)
  for (;;) {
    if (options.summary) await summarize(options, root, filter, out, io)
    else await list(options, root, filter, columns, sort, out, io)
    out.flush()
    if (!options.continuous) return 0
    await pause(options.interval)
  }
}

/** Visits the rows of one namespace; what is handed on is lent. */
async function walk(
  options: NetstatOptions, place: Place, filter: RowFilter | undefined, owners: Owners | undefined, io: Io,
  take: { readonly inet: (row: InetRow) => void; readonly unix: (row: UnixRow) => void; readonly timers: boolean },
): Promise<void> {
  const { root } = place
  const selection = selectionOf(options)
  for (const table of tablesOf(options)) {
    const accept = (row: InetRow): void => {
      if (selectsInet(row, selection) && (filter === undefined || filter.inet(row, owners))) take.inet(row)
    }
    if (mayDiagnose(options, table, take.timers) && (await diagnosed(root, table, options.source, take.timers, accept))) continue
    const row = new InetRow()
    row.proto = table.proto
    row.family = table.family
    const seen = new SeenRows(table.proto === 'tcp' ? new Churn(root) : undefined)
    let bogus = 0
    const read = (again: boolean): boolean => {
      let isFirst = true
      return root.lines(table.file, (b, from, end) => {
        let at = isFirst ? lineAfter(b, from, end) : from
        isFirst = false
        for (let to: number; at < end; at = to) {
          to = lineAfter(b, at, end)
          if (!parseInet(b, at, contentEnd(b, to), row)) bogus += again ? 0 : 1
          else if (seen.add(row)) accept(row)
        }
      })
    }
    const there = read(false)
    if (seen.readAgain()) read(true)
    if (!there && options.asked && table.family === 4) throw new UserError(`${root.table(table.file)}: no such file or directory`)
    if (bogus > 0) io.err(bogusLines(root.table(table.file), bogus))
  }
  if (!options.unix) return
  const bytes = root.file('unix')
  if (bytes === undefined) return
  const exact = await exactUnixNames(root, bytes)
  const table = new UnixTable(bytes, exact)
  while (table.next()) if (selectsUnix(table.row, selection) && (filter === undefined || filter.unix(table.row, owners))) take.unix(table.row)
  unixFaults(table, exact !== undefined, root.table('unix'), io)
}

const wantsOwners = (options: NetstatOptions, filter: RowFilter | undefined, columns: readonly string[]): boolean =>
  options.programs || options.json || filter?.needsOwners === true || columns.some((name) => name === 'pid' || name === 'program')

async function collect(options: NetstatOptions, places: readonly Place[], filter: RowFilter | undefined, owners: Owners | undefined, io: Io, timers: boolean): Promise<SocketRecord[]> {
  const records: SocketRecord[] = []
  for (const place of places) {
    const add = (inet: InetRow | undefined, unix: UnixRow | undefined): void => {
      const inode = inet?.inode ?? unix?.inode ?? 0
      records.push({ inet, unix, owners: owners?.all(inode) ?? [], netns: place.label })
    }
    await walk(options, place, filter, owners, io, {
      inet: (row) => {
        add(row.clone(), undefined)
      },
      unix: (row) => {
        add(undefined, row.clone())
      },
      timers,
    })
  }
  return records
}

async function list(
  options: NetstatOptions, root: ProcRoot, filter: RowFilter | undefined, columns: readonly string[], sort: Sort | undefined, out: LineWriter, io: Io,
): Promise<void> {
  const places = placesOf(root, options.netns)
  const needed = [...columns, ...(sort === undefined ? [] : [sort.column])]
  const owners = wantsOwners(options, filter, needed) ? await scanOwners(root, options, io) : undefined
  const json = options.json
  const names = new Names({ hosts: !options.numericHosts && !json, ports: !options.numericPorts && !json, users: !options.numericUsers || json }, options.raw)
  if (json && sort === undefined) {
    for (const place of places) {
      const write = (inet: InetRow | undefined, unix: UnixRow | undefined, inode: number): void => {
        writeSocketJson(out, { inet, unix, owners: owners?.all(inode) ?? [], netns: place.label }, names.user)
      }
      await walk(options, place, filter, owners, io, {
        inet: (row) => {
          write(row, undefined, row.inode)
        },
        unix: (row) => {
          write(undefined, row, row.inode)
        },
        timers: true,
      })
    }
    return
  }
  const timers = options.timers || json || needed.includes('timer')
  const records = await collect(options, places, filter, owners, io, timers)
  if (names.host !== undefined) {
    for (const { inet } of records) if (inet !== undefined) names.note(inet)
    await names.lookUp()
  }
  if (sort !== undefined) records.sort(comparison(sort.column, sort.descending, names))
  if (json) for (const record of records) writeSocketJson(out, record, names.user)
  else if (options.table || options.columns !== undefined) await writeColumns(options, columns, records, names, out, io)
  else writeClassic(options, records, owners, names, out)
}

/** net-tools' lines, in the order of `records`; those of other namespaces begin with its name. */
function writeClassic(options: NetstatOptions, records: readonly SocketRecord[], owners: Owners | undefined, names: Names, out: LineWriter): void {
  const layout: NetstatLayout = {
    wide: options.wide,
    extended: options.extended > 0,
    timers: options.timers,
    owner: owners === undefined || !options.programs ? undefined : (to, inode) => {
      writeOwners(to, owners.all(inode).map(({ process }) => process))
    },
    raw: options.raw,
    names: { host: names.host, port: names.port, user: options.numericUsers ? undefined : names.user },
  }
  const selection = selectionOf(options)
  const marked = options.netns !== undefined
  const width = records.reduce((most, { netns }) => Math.max(most, netns?.length ?? 0), 'Netns'.length)
  const mark = (text: string): void => {
    if (marked) out.utf8(text.padEnd(width + 1))
  }
  if (options.inet || options.inet6) {
    writeInetHead(out, layout, selection, options.header, marked ? 'Netns'.padEnd(width + 1) : '')
    for (const { inet, netns } of records) {
      if (inet === undefined) continue
      mark(netns ?? '')
      writeInet(out, inet, layout)
    }
  }
  if (!options.unix) return
  writeUnixHead(out, layout, selection, options.header, marked ? 'Netns'.padEnd(width + 1) : '')
  for (const { unix, netns } of records) {
    if (unix === undefined) continue
    mark(netns ?? '')
    writeUnix(out, unix, layout)
  }
}

async function writeColumns(options: NetstatOptions, columns: readonly string[], records: readonly SocketRecord[], names: Names, out: LineWriter, io: Io): Promise<void> {
  const heads = columns.map((name) => ({ head: COLUMNS[name]!.head, right: COLUMNS[name]!.right === true }))
  const rows = records.map((record): Cell[] =>
    columns.map((name) => ({ text: escapeControls(COLUMNS[name]!.text(record, names)), color: name === 'state' ? stateColor(record) : undefined })),
  )
  const boxed = options.table && (io.isTerminal || options.color === 'always') && rows.length <= MAX_BOXED
  if (boxed) await writeBox(out, heads, rows, { header: options.header, room: io.columns, color: colored(options, io) })
  else writePlain(out, heads, rows, options.header)
}

function colored(options: NetstatOptions, io: Io): boolean {
  return options.color === 'auto' ? isColored(io) : options.color === 'always'
}

interface Sort {
  readonly column: string
  readonly descending: boolean
}

function sortOf({ sort }: NetstatOptions): Sort | undefined {
  if (sort === undefined) return undefined
  const [column = '', order, ...rest] = sort.split(':')
  checkColumn(column, '--sort')
  if (rest.length > 0 || (order !== undefined && order !== 'asc' && order !== 'desc')) throw new UserError(`--sort ${escapeControls(sort)}: expected COLUMN, COLUMN:asc or COLUMN:desc`, 3)
  return { column, descending: order === 'desc' }
}

function columnsOf(options: NetstatOptions): string[] {
  if (options.columns !== undefined) {
    const names = options.columns.split(',')
    for (const name of names) checkColumn(name, '--columns')
    return names
  }
  if (!options.table) return []
  const inet = options.inet || options.inet6
  return [
    ...(options.netns === undefined ? [] : ['netns']), 'proto', ...(inet ? ['recv-q', 'send-q'] : ['refcnt', 'flags', 'type']), 'local', ...(inet ? ['foreign'] : []), 'state',
    ...(options.extended > 0 ? ['user', 'inode'] : []), ...(options.programs ? ['program'] : []), ...(options.timers ? ['timer'] : []),
  ]
}

function checkColumn(name: string, option: string): void {
  if (!Object.hasOwn(COLUMNS, name)) throw new UserError(`${option}: no column \`${escapeControls(name)}' (there are ${Object.keys(COLUMNS).join(', ')})`, 3)
}

/** All sockets count unless -l says otherwise. */
const everything = (options: NetstatOptions): NetstatOptions => (options.listening ? options : { ...options, all: true })

async function summarize(options: NetstatOptions, root: ProcRoot, filter: RowFilter | undefined, out: LineWriter, io: Io): Promise<void> {
  const owners = await scanOwners(root, options, io)
  const byState = new Map<string, number>()
  const byProcess = new Map<number, { name: string; counts: Map<string, number>; total: number }>()
  for (const place of placesOf(root, options.netns)) {
    const count = (proto: string, state: string, inode: number): void => {
      const key = `${proto}\t${state}\t${place.label ?? ''}`
      byState.set(key, (byState.get(key) ?? 0) + 1)
      let last = -1
      for (const { process } of owners.all(inode)) {
        if (process.pid === last) continue
        last = process.pid
        let entry = byProcess.get(last)
        if (entry === undefined) byProcess.set(last, (entry = { name: escapeBytes(process.name), counts: new Map(), total: 0 }))
        entry.counts.set(proto, (entry.counts.get(proto) ?? 0) + 1)
        entry.total++
      }
    }
    await walk(everything(options), place, filter, owners, io, {
      inet: (row) => {
        count(protoWord({ inet: row, unix: undefined, owners: [], netns: undefined }), inetStateWord(row), row.inode)
      },
      unix: (row) => {
        count('unix', stateWord({ inet: undefined, unix: row, owners: [], netns: undefined }), row.inode)
      },
      timers: false,
    })
  }
  const states = [...byState].map(([key, total]) => {
    const [proto = '', state = '', netns = ''] = key.split('\t')
    return { proto, state, netns, total }
  })
  const processes = [...byProcess].sort(([, a], [, b]) => b.total - a.total)
  if (options.json) {
    for (const { proto, state, netns, total } of states) out.utf8(jsonLine({ kind: 'state_count', proto, state: state || null, count: total, ...(netns === '' ? {} : { netns }) })).endLine()
    for (const [pid, { name, counts, total }] of processes) out.utf8(jsonLine({ kind: 'process_count', pid, program_name: name, count: total, by_proto: Object.fromEntries(counts) })).endLine()
    return
  }
  const cell = (text: string): Cell => ({ text, color: undefined })
  const marked = options.netns !== undefined
  writePlain(
    out,
    [...(marked ? [{ head: 'Netns', right: false }] : []), { head: 'Proto', right: false }, { head: 'Count', right: true }, { head: 'State', right: false }],
    states.map(({ proto, state, netns, total }) => [...(marked ? [cell(netns)] : []), cell(proto), cell(String(total)), cell(state || '-')]),
    options.header,
  )
  if (processes.length === 0) return
  out.endLine()
  writePlain(
    out,
    [{ head: 'Count', right: true }, { head: 'By protocol', right: false }, { head: 'PID/Program name', right: false }],
    processes.map(([pid, { name, counts, total }]) => [
      cell(String(total)), cell([...counts].map(([proto, n]) => `${proto} ${n}`).join(', ')), cell(`${pid}/${name}`),
    ]),
    options.header,
  )
}

/** What tells a socket from the others while it lives: a connection's addresses, else its inode. */
function identity(record: SocketRecord, line: string): string {
  const { inet, unix, netns } = record
  if (inet !== undefined && inet.proto === 'tcp' && inet.remotePort !== 0) return line
  return `${netns ?? ''} ${inet === undefined ? 'unix' : protoWord(record)} ${inet?.inode ?? unix?.inode ?? 0} ${line}`
}

/** Prints what appeared, vanished or changed state since the look before; the first look prints nothing. */
async function changes(options: NetstatOptions, root: ProcRoot, filter: RowFilter | undefined, out: LineWriter, io: Io): Promise<number> {
  const names = new Names({ hosts: false, ports: false, users: options.json }, false)
  let before: Map<string, { record: SocketRecord; line: string; state: string }> | undefined
  for (;;) {
    const owners = options.programs || options.json || filter?.needsOwners === true ? await scanOwners(root, options, io) : undefined
    const now: NonNullable<typeof before> = new Map()
    const records = await collect(everything(options), placesOf(root, options.netns), filter, owners, io, options.json)
    for (const record of records) {
      const line = `${record.netns === undefined ? '' : `${record.netns} `}${protoWord(record)} ${COLUMNS['local']!.text(record, names)} ${COLUMNS['foreign']!.text(record, names)}`.trimEnd()
      now.set(identity(record, line), { record, line, state: stateWord(record) })
    }
    const time = new Date().toISOString()
    const say = (change: string, { record, line, state }: { record: SocketRecord; line: string; state: string }, was?: string): void => {
      if (options.json) {
        out.utf8(jsonLine({ time, change, ...(was === undefined ? {} : { previous_state: was }), ...socketObject(record, names.user) })).endLine()
        return
      }
      const owner = record.owners.length > 0 && options.programs ? ` ${COLUMNS['program']!.text(record, names)}` : ''
      out.utf8(`${time} ${change.padEnd(8)} ${line} ${was === undefined ? '' : `${was || '-'} -> `}${state || '-'}${owner}`).endLine()
    }
    if (before !== undefined) {
      for (const [key, entry] of before) if (!now.has(key)) say('vanished', entry)
      for (const [key, entry] of now) {
        const old = before.get(key)
        if (old === undefined) say('appeared', entry)
        else if (old.state !== entry.state) say('changed', entry, old.state)
      }
    }
    before = now
    out.flush()
    await pause(options.interval)
  }
}

/** Looks until a socket matches: 0, or 1 when the time is over. */
async function wait(options: NetstatOptions, root: ProcRoot, filter: RowFilter | undefined, io: Io): Promise<number> {
  const wanted = waitFilter(options.wait!)
  const until = options.timeout === undefined ? Infinity : performance.now() + options.timeout * 1000
  const needsOwners = wanted.needsOwners || filter?.needsOwners === true
  const quiet: Io = { ...io, err: () => {} }
  for (;;) {
    let found = false
    const owners = needsOwners ? await scanOwners(root, options, quiet) : undefined
    for (const place of placesOf(root, options.netns)) {
      await walk(everything(options), place, filter, owners, quiet, {
        inet: (row) => {
          found ||= wanted.inet(row, owners)
        },
        unix: (row) => {
          found ||= wanted.unix(row, owners)
        },
        timers: false,
      })
    }
    if (found) return 0
    const left = (until - performance.now()) / 1000
    if (left <= 0) return EXIT_TIMEOUT
    await pause(Math.min(LOOK, left))
  }
}
