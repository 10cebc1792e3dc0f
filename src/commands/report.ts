/** `sockscope report`: a capture as one page to be sent to others: facts, the table of connections, pictures of the worst. */
import type { Command } from 'commander'
import { Conversations } from '../analysis/conversations.js'
import { Finding, bitOf } from '../analysis/findings.js'
import type { SideState } from '../analysis/ladder.js'
import { summarize } from '../analysis/row-summary.js'
import type { Summary } from '../analysis/summary.js'
import type { VerdictCode } from '../analysis/verdict.js'
import { worstFirst } from '../analysis/worst-first.js'
import type { FrameFilter } from '../capture/frame-filter.js'
import { Protocol } from '../decode/ip-protocol.js'
import { UserError } from '../errors.js'
import { isoTime } from '../format/flows-columns.js'
import { bytesText, span } from '../quantity.js'
import { reportHtml, type DrawnFlow, type Report } from '../format/report-html.js'
import type { Io } from '../io.js'
import { parse, program, whole } from './arguments.js'
import { frameFilter, openCaptures, readCaptures, splitWords } from './captures.js'
import { writeWholeFile } from './output-file.js'
import { readAgain, type Drawing } from './report-reading.js'

interface ReportOptions {
  readonly output?: string
  readonly flows: number
  readonly flow?: number[]
  readonly dedup?: true
}

/** Rows of the table: a page with more could not be read, nor a browser hold it. */
const MOST_TABLE = 20_000
const MOST_FLOWS = 1 << 20

const HELP_AFTER = `
The page loads nothing from anywhere and runs no script but its own (its Content-Security-Policy says so). The captures are read twice.

Examples:
  sockscope report trace.pcap -o report.html
  sockscope report trace.pcap tcp port 443 --flows 20 -o https.html
  sockscope report trace.pcap --flow 3 --flow 17 -o two.html

Exit status: 0 written; 1 nothing to report, not written, or the capture is damaged (what was whole is reported); 2 used wrongly.
`

const command = (io: Io): Command =>
  program('report', io)
    .usage('FILE… [FILTER…] -o FILE [OPTIONS…]')
    .description('Makes one HTML page of a capture: facts, a table of all connections, and pictures of the worst.')
    .argument('[words...]', 'captures, then a filter as tcpdump takes it')
    .option('-o, --output <file>', 'the page (- for standard output)')
    .option('--flows <n>', 'draw so many TCP connections, worst first', whole('--flows', 0, 200), 10)
    .option('--flow <n>', 'draw this one instead; may be given several times', (text: string, before: number[] | undefined) => [...(before ?? []), whole('--flow', 0, MOST_FLOWS)(text)])
    .option('--dedup', 'leave out packets that were captured twice')
    .addHelpText('after', HELP_AFTER)

export async function run(args: string[], io: Io): Promise<number> {
  const parser = command(io)
  if (!parse(parser, args)) return 0
  const options: ReportOptions = parser.opts()
  const { files, expression } = splitWords(parser.args)
  if (files.length === 0) throw new UserError('no capture named (see sockscope report --help)', 2)
  if (files.includes('-')) throw new UserError('-: standard input cannot be read twice (save the capture in a file first)', 2)
  if (options.output === undefined) throw new UserError('-o: no page named (give -o FILE, or -o - for standard output)', 2)
  const filter = await frameFilter(expression)
  const { all, end, damage } = await survey(files, filter, options)
  if (all.count === 0) throw damage ?? new UserError(`${files.join(', ')}: no connection${expression === '' ? '' : ` passes the filter "${expression}"`} (sockscope tcpdump -r shows what it holds)`)
  const order = worstFirst(all.count, (c) => summarize(all, c, end))
  const table = order.subarray(0, MOST_TABLE)
  const flows = Array.from(table, (c) => summarize(all, c, end))
  const { texts, names, openings, drawings } = await readAgain(files, filter, options.dedup === true, flows, chosen(options, all, order))
  const report: Report = {
    files,
    facts: [...facts(all, end), ...(texts.dropped === undefined ? [] : [['dropped while capturing', String(texts.dropped)] as const])],
    context: { baseSeconds: all.baseSeconds },
    flows,
    flowCount: all.count,
    drawn: [...drawings].map(([c, drawing]) => drawnFlow(c, drawing, all, end)),
    openings,
    names,
    notes: texts.notes,
    moreNotes: texts.more,
  }
  writeWholeFile(io, '-o', options.output, [...reportHtml(report)].join(''))
  if (damage === undefined) return 0
  io.err(`sockscope report: ${damage.message}`)
  return damage.exitCode
}

interface Survey {
  readonly all: Conversations
  /** Time at which the capture ended. */
  readonly end: number
  readonly damage: UserError | undefined
}

async function survey(files: readonly string[], filter: FrameFilter | undefined, options: ReportOptions): Promise<Survey> {
  const all = new Conversations({ dedup: options.dedup === true })
  let end = 0
  const damage = await readCaptures(await openCaptures(files), filter, (frame, packet) => {
    all.take(frame, packet)
    const time = (frame.seconds - all.baseSeconds) * 1e9 + frame.nanos
    if (time > end) end = time
  })
  return { all, end, damage }
}

/** Numbers of the TCP connections to draw. @throws UserError */
function chosen(options: ReportOptions, all: Conversations, order: Uint32Array): number[] {
  const isTcp = (c: number): boolean => all.protocolOf(c) === Protocol.TCP
  if (options.flow === undefined) return [...order.filter(isTcp).subarray(0, options.flows)]
  for (const c of options.flow) {
    if (c >= all.count || !isTcp(c)) throw new UserError(`--flow ${c}: no such TCP connection (sockscope flows lists them)`)
  }
  return [...new Set(options.flow)]
}

function drawnFlow(c: number, drawing: Drawing, all: Conversations, end: number): DrawnFlow {
  const { series, rows, more, before } = drawing
  const none: SideState = { state: 0, assumed: false, changed: false }
  return { summary: summarize(all, c, end), series, rows, more, before: before ?? [none, none] }
}

/** Verdicts that call for no look. */
const UNREMARKABLE: ReadonlySet<VerdictCode> = new Set(['ok', 'application', 'sender', 'not_ended', 'one_way'])

/** What is said over the table. */
function facts(all: Conversations, end: number): ReadonlyArray<readonly [string, string]> {
  const context = { baseSeconds: all.baseSeconds }
  let start = Infinity, data = 0, retransmissions = 0, twice = 0, bad = 0
  const of = { tcp: 0, udp: 0, icmp: 0 }
  // of all, not only of those that the table has: each is looked at and let go
  for (let c = 0; c < all.count; c++) {
    const s = summarize(all, c, end)
    start = Math.min(start, s.firstTime)
    data += s.originator.bytes + s.responder.bytes
    retransmissions += s.retransmissions
    twice += countOf(s, Finding.CAPTURED_TWICE)
    if (!UNREMARKABLE.has(s.verdict.code)) bad++
    of[s.protocol === Protocol.TCP ? 'tcp' : s.protocol === Protocol.UDP ? 'udp' : 'icmp']++
  }
  if (!Number.isFinite(start)) start = 0
  return [
    ['from', isoTime(start, context)],
    ['for', span(Math.max(end - start, 0))],
    ['packets', String(all.frames)],
    ['connections', `${all.count}: ${of.tcp} TCP, ${of.udp} UDP, ${of.icmp} ICMP`],
    ['data', bytesText(data)],
    ['retransmissions', String(retransmissions)],
    ['captured twice', String(twice)],
    ['worth a look', String(bad)],
  ]
}

const countOf = ({ originator, responder }: Summary, finding: number): number => originator.counts[bitOf(finding)]! + responder.counts[bitOf(finding)]!
