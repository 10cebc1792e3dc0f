/** `sockscope plot`: one picture of one connection: time-sequence, RTT, throughput …; as SVG or in the terminal's characters. */
import type { Command } from 'commander'
import { Conversations } from '../analysis/conversations.js'
import { FlowSeries } from '../analysis/series.js'
import { Protocol } from '../decode/ip-protocol.js'
import { UserError } from '../errors.js'
import { chartBraille } from '../format/chart-braille.js'
import { chartSvg } from '../format/chart-svg.js'
import { CHART_KINDS, chartOf, type Chart, type ChartKind } from '../format/charts.js'
import type { Io } from '../io.js'
import { apart, parse, print, program, whole } from './arguments.js'
import { frameFilter, openCaptures, readCaptures, splitWords } from './captures.js'
import { painter } from './colors.js'
import { endpointOf } from './flow-endpoints.js'
import { writeWholeFile } from './output-file.js'

interface PlotOptions {
  readonly flow?: number
  readonly from?: string
  readonly output?: string
  readonly braille?: true
  readonly width?: number
  readonly height: number
  readonly dedup?: true
}

const HELP_AFTER = `
Kinds:
${Object.entries(CHART_KINDS).map(([kind, what]) => `  ${kind.padEnd(11)}${what}`).join('\n')}

Examples:
  sockscope plot sequence trace.pcap --flow 3 -o tsg.svg
  sockscope plot rtt trace.pcap
  sockscope plot throughput trace.pcap --from responder --braille

Exit status: 0 drawn; 1 nothing to draw, or the capture is damaged (what was whole is drawn); 2 used wrongly.
`

const MOST_FLOWS = 1 << 20

const command = (io: Io): Command =>
  program('plot', io)
    .usage('KIND FILE… [FILTER…] [OPTIONS…]')
    .description('Draws one picture of one TCP connection of a capture.')
    .argument('[words...]', 'the kind of picture, captures (- for standard input), then a filter as tcpdump takes it')
    .option('--flow <n>', 'the connection with this number, as sockscope flows has it; the first unless given', whole('--flow', 0, MOST_FLOWS))
    .option('--from <side>', 'the bytes that originator or responder sent; who sent more unless given')
    .option('-o, --output <file>', 'draw it as SVG into this file')
    .option('--braille', 'draw it in characters (without -o)')
    .option('--width <columns>', `columns of the page (the terminal's, else 80)`, whole('--width', 40, 1000))
    .option('--height <lines>', 'lines of the drawing in characters', whole('--height', 4, 200), 20)
    .option('--dedup', 'leave out packets that were captured twice')
    .addHelpText('after', HELP_AFTER)

export async function run(args: string[], io: Io): Promise<number> {
  const parser = command(io)
  if (!parse(parser, args)) return 0
  const options: PlotOptions = parser.opts()
  const [kind, ...words] = parser.args
  if (!isKind(kind)) throw new UserError(`${kind === undefined ? 'no kind of picture given' : `${kind}: not a kind of picture`} (one of ${Object.keys(CHART_KINDS).join(', ')})`, 2)
  if (options.from !== undefined && options.from !== 'originator' && options.from !== 'responder') {
    throw new UserError(`--from ${options.from}: no such side (originator or responder)`, 2)
  }
  apart(options.output !== undefined && '-o', options.braille === true && '--braille')
  const { files, expression } = splitWords(words)
  if (files.length === 0) throw new UserError('no capture named (give a FILE, or - for standard input; see sockscope plot --help)', 2)
  const filter = await frameFilter(expression)
  const conversations = new Conversations({ dedup: options.dedup === true })
  const series = new FlowSeries()
  let wanted = options.flow ?? -1
  const damage = await readCaptures(await openCaptures(files), filter, (frame, packet) => {
    const s = conversations.take(frame, packet)
    if (s === null || s.protocol !== Protocol.TCP) return
    if (wanted < 0) wanted = s.connection
    if (s.connection === wanted) series.take(s)
  })
  if (series.segments > 0) await show(chart(kind, series, options, conversations, wanted), options, io)
  if (damage !== undefined) io.err(`sockscope plot: ${damage.message}`)
  if (series.segments === 0) {
    throw new UserError(`${files.join(', ')}: no ${options.flow === undefined ? 'TCP connection' : `TCP connection ${options.flow}`} in it (sockscope flows lists them)`)
  }
  return damage?.exitCode ?? 0
}

const isKind = (word: string | undefined): word is ChartKind => word !== undefined && Object.hasOwn(CHART_KINDS, word)

function chart(kind: ChartKind, series: FlowSeries, options: PlotOptions, conversations: Conversations, connection: number): Chart {
  const [out, back] = series.directions
  const side = options.from === 'originator' ? 0 : options.from === 'responder' ? 1 : back.bytes > out.bytes ? 1 : 0
  return chartOf(kind, series, side, endpointOf(conversations, connection, side), endpointOf(conversations, connection, side === 0 ? 1 : 0))
}

async function show(picture: Chart, options: PlotOptions, io: Io): Promise<void> {
  if (options.output !== undefined) return writeWholeFile(io, '-o', options.output, chartSvg(picture))
  const width = options.width ?? (io.isTerminal ? io.columns : 80)
  print(io, `${chartBraille(picture, { width, height: options.height, paint: await painter(io) }).join('\n')}\n`)
}
