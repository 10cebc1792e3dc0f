/** The command line of `sockscope flows`. */
import type { Command } from 'commander'
import { UserError } from '../errors.js'
import { COLUMN_NAMES, columnNamed } from '../format/flows.js'
import type { FlowColumn } from '../format/flows-columns.js'
import type { Io } from '../io.js'
import { apart, parse, program, seconds, whole } from './arguments.js'
import { liveWords, onlyLive, splitWords } from './captures.js'

export interface FlowsOptions {
  readonly files: readonly string[]
  readonly interfaces: readonly string[]
  readonly expression: string
  readonly form: 'table' | 'json' | 'csv'
  /** undefined: those that fit. */
  readonly columns: readonly FlowColumn[] | undefined
  /** `worst`, or the column to sort by. */
  readonly sort: 'worst' | FlowColumn
  readonly reverse: boolean
  /** Rows at most; Infinity for all. */
  readonly top: number
  readonly dedup: boolean
  readonly user: string | undefined
  /** --threads; undefined: as many as are worth it. */
  readonly threads: number | undefined
  /** Live: ends after so many seconds; undefined: at a signal. */
  readonly duration: number | undefined
}

interface Raw {
  readonly interface?: readonly string[]
  readonly json?: true
  readonly csv?: true
  readonly columns?: string
  readonly sort?: string
  readonly reverse?: true
  readonly top?: number
  readonly dedup?: true
  readonly relinquishPrivileges?: string
  readonly duration?: number
  readonly threads?: number
}

const gather = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value]

function command(io: Io): Command {
  return program('flows', io)
    .usage('FILE… [FILTER] | -i INTERFACE [FILTER]')
    .description('What became of every connection of a capture: a table, worst first, each with a verdict and the packets that show it.')
    .argument('[words...]', 'captures (pcap, pcapng, gzipped or not; `-` is standard input), several are merged by time; then a pcap-filter(7) expression')
    .option('-i, --interface <name>', 'capture there and show the table anew each second on a terminal, whole at the end; may be repeated', gather)
    .option('--sort <column>', '`worst` (the default) or a column: numbers largest first, words in order')
    .option('--reverse', 'the other way round')
    .option('--columns <names>', 'columns, separated by commas; `all` for the usual ones of a pipe')
    .option('--top <n>', 'only the first N rows', whole('--top', 1, 1e9))
    .option('--json', 'one JSON object a connection (docs/flows.schema.json)')
    .option('--csv', 'comma-separated values, with units in the titles')
    .option('--dedup', 'leave out packets that were captured twice')
    .option('--threads <n>', 'threads that follow the capture; from 512 MB on as many as there are idle processors, up to 4, unless given', whole('--threads', 1, 64))
    .option('--duration <seconds>', 'with -i: end after so long', seconds('--duration', 0.1))
    .option('-Z, --relinquish-privileges <user>', 'with -i: root becomes USER once all is open; `root` stays (default: `tcpdump`, else `nobody`)')
    .addHelpText('after', `
Columns: ${wrapped(COLUMN_NAMES)}

Examples:
  sockscope flows capture.pcap                      worst first
  sockscope flows a.pcapng b.pcapng.gz tcp port 443
  sockscope flows capture.pcap --top 10 --sort bytes
  sockscope flows capture.pcap --json | jq 'select(.verdict.code == "reset")'
  sudo sockscope flows -i eth0 port 443             as it happens; Ctrl-C ends it

Exit status: 0 done; 1 a capture was damaged or cut (the table shows what was whole), or an interface or permission is missing; 2 used wrongly.
docs/analysis.md says what each word means, and where the findings differ from tshark's.
`)
}

function wrapped(names: readonly string[]): string {
  const lines = ['']
  for (const name of names) {
    if (lines.at(-1)!.length + name.length > 96) lines.push('  ')
    lines[lines.length - 1] += `${name} `
  }
  return lines.map((line) => line.trimEnd()).join('\n')
}

/** undefined: help was asked for and printed. @throws UserError of exit status 2 */
export function parseFlowsOptions(args: readonly string[], io: Io): FlowsOptions | undefined {
  const cli = command(io)
  if (!parse(cli, args)) return undefined
  const raw = cli.opts<Raw>()
  const interfaces = raw.interface ?? []
  const { files, expression } = interfaces.length > 0 ? liveWords(cli.args) : splitWords(cli.args)
  if (files.length === 0 && interfaces.length === 0) throw new UserError('no capture is named (give a FILE, `-` for standard input, or -i INTERFACE; see sockscope flows --help)', 2)
  apart(raw.json === true && '--json', raw.csv === true && '--csv')
  if (raw.json === true && raw.columns !== undefined) throw new UserError('--json and --columns: an object has all (choose with jq, or give --csv)', 2)
  if (interfaces.length === 0) onlyLive(raw)
  return {
    files,
    interfaces,
    expression,
    form: raw.json === true ? 'json' : raw.csv === true ? 'csv' : 'table',
    columns: raw.columns === undefined ? undefined : columnsOf(raw.columns),
    sort: raw.sort === undefined || raw.sort === 'worst' ? 'worst' : named('--sort', raw.sort),
    reverse: raw.reverse === true,
    top: raw.top ?? Infinity,
    dedup: raw.dedup === true,
    user: raw.relinquishPrivileges,
    duration: raw.duration,
    threads: raw.threads,
  }
}

const columnsOf = (names: string): readonly FlowColumn[] => names.split(',').flatMap((name) => (name === 'all' ? COLUMN_NAMES.slice(0, COLUMN_NAMES.indexOf('verdict-code')).map((one) => columnNamed(one)!) : [named('--columns', name)]))

function named(option: string, name: string): FlowColumn {
  const column = columnNamed(name.trim().replaceAll('_', '-'))
  if (column === undefined) throw new UserError(`${option} ${name === '' ? "''" : name}: no such column (the columns are: ${COLUMN_NAMES.join(', ')})`, 2)
  return column
}
