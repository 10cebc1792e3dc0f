/** The program: picks the subcommand, loads only that one, and turns its outcome into an exit status. */
import { basename } from 'node:path'
import packageJson from '../package.json' with { type: 'json' }
import { UserError, isBrokenPipe, isUserError } from './errors.js'
import type { Io } from './io.js'
import { leave } from './leave.js'
import { stdio } from './stdio.js'

/** Status of a program ended by SIGPIPE, as the shell counts it: what `seq 9999999 | head -1` leaves in PIPESTATUS. */
const EXIT_BROKEN_PIPE = 141

/** A subcommand: its arguments (after its name) and the process it runs in, to an exit status. */
export type Run = (args: string[], io: Io) => Promise<number> | number

interface Subcommand {
  readonly summary: string
  readonly load: () => Promise<{ readonly run: Run }>
}

/** Every subcommand. A module is read only when its name is given. */
const SUBCOMMANDS: ReadonlyMap<string, Subcommand> = new Map([
  ['tcpdump', { summary: 'print the packets of a capture, as tcpdump does', load: () => import('./commands/tcpdump.js') }],
  ['netstat', { summary: 'list sockets, routes, interfaces and counters, as net-tools netstat does', load: () => import('./commands/netstat.js') }],
  ['socknames', { summary: 'show the local and peer address of sockets, new ones or those of other processes', load: () => import('./commands/socknames.js') }],
  ['sockopt', { summary: 'show, explain, compare and set socket options, also in other processes', load: () => import('./commands/sockopt.js') }],
  ['flows', { summary: 'show what became of every connection of a capture, worst first, with verdicts', load: () => import('./commands/flows.js') }],
  ['ladder', { summary: 'draw a TCP connection of a capture as a ladder diagram, with the state of each side', load: () => import('./commands/ladder.js') }],
  ['plot', { summary: 'draw a picture of a TCP connection: time-sequence, round-trip time, throughput, window', load: () => import('./commands/plot.js') }],
  ['report', { summary: 'make one HTML page of a capture: its connections, with pictures of the worst', load: () => import('./commands/report.js') }],
  ['probe', { summary: 'experiments that show what this kernel\'s sockets really do', load: () => import('./commands/probe.js') }],
  ['echo', { summary: 'send stdin to a TCP service, half-close and print the answer; or be an echo server', load: () => import('./commands/echo.js') }],
])

/** Runs the program with a whole `process.argv` and ends the process. `loader`: the path of bin/load.js. */
export async function start(argv: readonly string[], loader: string): Promise<void> {
  const isToEnd = await main(argv, loader)
  await leave()
  if (isToEnd) process.exit()
}

/** As `start`, but only sets `process.exitCode`. @returns whether the process is to be ended, for something that nobody can close is still open */
export async function main(argv: readonly string[], loader: string): Promise<boolean> {
  const io = await stdio(process.env, loader)
  // A link called `tcpdump` or `netstat` is that subcommand: `ln -s sockscope.js tcpdump` gives a drop-in.
  const invokedAs = basename(argv[1] ?? '')
  const asLink = SUBCOMMANDS.has(invokedAs)
  const name = asLink ? invokedAs : argv[2]
  const args = argv.slice(asLink ? 2 : 3)
  const subcommand = name === undefined ? undefined : SUBCOMMANDS.get(name)
  const speaker = subcommand === undefined ? 'sockscope' : `sockscope ${name}`
  try {
    process.exitCode = subcommand === undefined ? await topLevel(argv.slice(2), io) : await (await subcommand.load()).run(args, io)
  } catch (error) {
    process.exitCode = failed(error, speaker, io)
  }
  return io.isToEnd()
}

function failed(error: unknown, speaker: string, io: Io): number {
  if (isBrokenPipe(error)) return EXIT_BROKEN_PIPE
  if (isUserError(error)) {
    io.err(`${speaker}: ${error.message}`)
    if (io.env['SOCKSCOPE_DEBUG'] === '1') for (const line of (error.stack ?? '').split('\n').slice(1)) io.err(line)
    return error.exitCode
  }
  const what = error instanceof Error ? error.message : String(error)
  io.err(`${speaker}: internal error: ${what} (this is a bug; run again with SOCKSCOPE_DEBUG=1 for the stack and report it)`)
  if (io.env['SOCKSCOPE_DEBUG'] === '1' && error instanceof Error) for (const line of (error.stack ?? '').split('\n')) io.err(line)
  return 70
}

/** `sockscope`, `--help`, `--version`, `help COMMAND`, or a word that names no subcommand. */
async function topLevel(args: string[], io: Io): Promise<number> {
  const [first, second] = args
  if (first === '--version' || first === '-V') {
    io.out(Buffer.from(`sockscope ${packageJson.version}\n`))
    return 0
  }
  if (first === 'help' && second !== undefined) {
    const subcommand = SUBCOMMANDS.get(second)
    if (subcommand !== undefined) return (await subcommand.load()).run(['--help'], io)
    throw unknownCommand(second)
  }
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    io.out(Buffer.from(helpText()))
    return first === undefined ? 2 : 0
  }
  throw unknownCommand(first)
}

const unknownCommand = (word: string): UserError =>
  new UserError(`${word}: no such command (the commands are: ${[...SUBCOMMANDS.keys()].join(', ')})`, 2)

function helpText(): string {
  const width = Math.max(...[...SUBCOMMANDS.keys()].map((name) => name.length))
  const lines = [...SUBCOMMANDS].map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
  return `Usage: sockscope COMMAND [OPTIONS…] [ARGUMENTS…]

Answers questions about the sockets of a Linux host, live and from capture files.

Commands:
${lines.join('\n')}

Options:
  -h, --help       this text; sockscope COMMAND --help for one command's options
  -V, --version    the version

Exit status: 0 done, 1 failed or damaged input, 2 used wrongly, 70 a bug of ours,
141 the reader of our output went away.
`
}
