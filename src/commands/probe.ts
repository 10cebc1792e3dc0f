/** `sockscope probe`: experiments that show what this kernel's sockets really do. */
import { Option, type Command } from 'commander'
import { UserError } from '../errors.js'
import { claimJson, ProbeText } from '../format/probe.js'
import type { ProbeEvent, Verdict } from '../format/probe-events.js'
import type { Io } from '../io.js'
import { DEFAULT_PATH } from '../probe/path.js'
import { EXPERIMENTS } from '../probe/registry.js'
import { parse, print, program } from './arguments.js'
import { painter } from './colors.js'
import { supervise, WORKER, type Settings } from './probe-supervisor.js'

interface ProbeOptions {
  readonly list?: true
  readonly json?: true
  readonly verbose?: true
  readonly trace?: true
  readonly style: 'modern' | 'classic'
  readonly rtt: number
  readonly rate: number
}

const EXIT_DIFFERS = 1
const EXIT_COULD_NOT_RUN = 2

const HELP_AFTER = `
Each experiment makes its own sockets on loopback, in a network namespace of its own where it may (root; or user namespaces and
the program unshare), with the settings (/proc/sys/net) of the one it was started in. Nothing is left behind.

Examples:
  sockscope probe --list
  sockscope probe handshake --trace --style classic
  sockscope probe all --json | jq -r 'select(.verdict != "holds")'

Exit status: 0 all claims hold; 1 one differs; 2 one could not be looked at (the line says what is missing), or used wrongly;
130 interrupted.
`

const command = (io: Io): Command =>
  program('probe', io)
    .usage('[OPTIONS…] NAME…|all')
    .description('Runs small experiments on sockets, and says for each claim what was expected, what was observed, and the verdict.')
    .argument('[names...]', 'experiments, or all')
    .option('--list', 'their names, with a line each')
    .option('--json', 'one JSON object a claim (docs/probe.md); -v and --trace then go to standard error')
    .option('-v, --verbose', 'every system call of the experiments with its result')
    .option('--trace', 'the segments between the steps, as tcpdump prints them, and the state of both ends after each, as netstat does')
    .addOption(new Option('--style <style>', 'of the segments: modern, or classic as the book prints them').choices(['modern', 'classic']).default('modern'))
    .option('--rtt <ms>', 'round trip of the path that the experiment buffers gives advice for', millis, DEFAULT_PATH.rttMillis)
    .option('--rate <bits>', 'its rate in bits a second, with k, M or G: 1G', bits, DEFAULT_PATH.bitsPerSecond)
    .addHelpText('after', HELP_AFTER)

const settingsOf = ({ verbose, rtt, rate }: ProbeOptions): Settings => ({ verbose: verbose === true, path: { rttMillis: rtt, bitsPerSecond: rate } })

function millis(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text) || Number(text) <= 0 || Number(text) > 1e6) throw new UserError(`--rtt ${text}: not milliseconds (a number above 0)`, 2)
  return Number(text)
}

const MULTIPLES: Readonly<Record<string, number>> = { '': 1, k: 1e3, M: 1e6, G: 1e9 }

function bits(text: string): number {
  const [, number = '', letter = ''] = /^(\d+(?:\.\d+)?)([kMG]?)$/.exec(text) ?? []
  const rate = Number(number) * MULTIPLES[letter]!
  if (number === '' || rate < 1 || rate > 1e13) throw new UserError(`--rate ${text}: not bits a second (a number, or one with k, M or G)`, 2)
  return rate
}

export async function run(args: string[], io: Io): Promise<number> {
  const parser = command(io)
  if (!parse(parser, args)) return 0
  const options: ProbeOptions = parser.opts()
  if (options.list === true) {
    list(options, io)
    return 0
  }
  const names = chosen(parser.args)
  const file = io.env[WORKER]
  if (file !== undefined) return (await import('./probe-worker.js')).work(names, settingsOf(options), file, io)
  return experiment(names, options, io)
}

function list({ json }: ProbeOptions, io: Io): void {
  const width = Math.max(...[...EXPERIMENTS.keys()].map((name) => name.length))
  for (const [name, { summary }] of EXPERIMENTS) print(io, json === true ? `${JSON.stringify({ experiment: name, summary })}\n` : `${name.padEnd(width)}  ${summary}\n`)
}

/** The experiments asked for, each once, in the order given. */
function chosen(words: readonly string[]): string[] {
  if (words.length === 0) throw new UserError('no experiment named (give names, or all; sockscope probe --list shows them)', 2)
  for (const word of words) {
    if (word !== 'all' && !EXPERIMENTS.has(word)) throw new UserError(`${word}: no such experiment (sockscope probe --list shows them)`, 2)
  }
  return [...new Set(words.flatMap((word) => (word === 'all' ? [...EXPERIMENTS.keys()] : [word])))]
}

async function experiment(names: readonly string[], options: ProbeOptions, io: Io): Promise<number> {
  const counts: Record<Verdict, number> = { holds: 0, differs: 0, unavailable: 0 }
  let missing = 0
  const json = options.json === true
  const lines = (text: string): void => {
    for (const line of text.trimEnd().split('\n')) io.err(line)
  }
  const ProbeFrames = options.trace === true ? (await import('../format/probe-frames.js')).ProbeFrames : undefined
  const text = new ProbeText(json ? lines : (written) => print(io, written), {
    calls: options.verbose === true, trace: options.trace === true, claims: !json,
    paint: json ? undefined : await painter(io),
    frames: ProbeFrames === undefined ? undefined : () => new ProbeFrames(options.style),
    summaries: new Map([...EXPERIMENTS].map(([name, { summary }]) => [name, summary])),
  })
  let told = false
  const take = (event: ProbeEvent): void => {
    if (event.event === 'begin' && !event.namespace && !told) {
      told = true
      io.err('sockscope probe: no network namespace of its own: it runs in this one, and captures nothing (run with sudo; or it takes user namespaces, and unshare of util-linux)')
    }
    if (event.event === 'claim') {
      counts[event.verdict]++
      if (event.verdict === 'unavailable' && event.optional !== true) missing++
      if (json) print(io, `${claimJson(event)}\n`)
    }
    text.take(event)
  }
  const interrupted = await supervise(names, { ...settingsOf(options), take }, io)
  if (interrupted !== undefined) {
    io.err(`sockscope probe: interrupted (${interrupted}); nothing is left behind`)
    return interrupted === 'SIGINT' ? 130 : interrupted === 'SIGTERM' ? 143 : 129
  }
  if (!json) print(io, `${counts.holds + counts.differs + counts.unavailable} claims: ${counts.holds} hold, ${counts.differs} ${counts.differs === 1 ? 'differs' : 'differ'}, ${counts.unavailable} could not be looked at\n`)
  return counts.differs > 0 ? EXIT_DIFFERS : missing > 0 ? EXIT_COULD_NOT_RUN : 0
}

