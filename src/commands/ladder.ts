/** `sockscope ladder`: one connection of a capture as a ladder diagram, in characters or as SVG. */
import type { Command } from 'commander'
import { Conversations } from '../analysis/conversations.js'
import { Ladder, type Row, type SideState } from '../analysis/ladder.js'
import type { Segment } from '../analysis/segment.js'
import { Protocol } from '../decode/ip-protocol.js'
import { UserError } from '../errors.js'
import { newFrame, type Frame } from '../frame.js'
import { LadderText, MIN_WIDTH } from '../format/ladder-text.js'
import { rowJson } from '../format/ladder-json.js'
import type { Io } from '../io.js'
import { apart, parse, print, program, seconds, whole } from './arguments.js'
import { endAfter, frameFilter, liveWords, onlyLive, openCaptures, openInterfaces, readCaptures, splitWords, type Words } from './captures.js'
import { painter } from './colors.js'
import { endpointOf } from './flow-endpoints.js'
import { openResultFile, writeWholeFile } from './output-file.js'

interface LadderOptions {
  readonly interface?: string[]
  readonly flow?: number
  readonly fold: boolean
  readonly unicode?: true
  readonly ascii?: true
  readonly width?: number
  readonly json?: true
  readonly output?: string
  readonly dedup?: true
  readonly duration?: number
  readonly relinquishPrivileges?: string
}

/** Live, what is held back for a fold is shown when nothing came for so long, ms. */
const PAUSE = 500

const HELP_AFTER = `
One connection is drawn: the first, or --flow N as sockscope flows numbers them. Two lifelines, the side that opened it on the left; an arrow
a segment with its flags, sequence numbers from 0, and what is odd about it with the packet that it refers to; the states of RFC 9293 in angle
brackets as they change, with ? where they rest on segments that are not in the capture. Runs of data and its ACKs are folded.

Examples:
  sockscope ladder trace.pcap
  sockscope ladder trace.pcap tcp port 443 --flow 3
  sockscope ladder trace.pcap -o handshake.svg
  sudo sockscope ladder -i eth0 host 192.0.2.1 and port 80

Exit status: 0 drawn; 1 nothing to draw, or the capture is damaged (what was whole is drawn); 2 used wrongly.
`

const MOST_FLOWS = 1 << 20

const command = (io: Io): Command =>
  program('ladder', io)
    .usage('FILE… [FILTER…] [OPTIONS…]\n       sockscope ladder -i INTERFACE [FILTER…] [OPTIONS…]')
    .description('Draws one TCP connection as a ladder diagram: who sent what, when, and the state of each side.')
    .argument('[words...]', 'captures (- for standard input), then a filter as tcpdump takes it')
    .option('-i, --interface <name>', 'draw live, until Ctrl-C; may be given several times', (name: string, before: string[] | undefined) => [...(before ?? []), name])
    .option('--flow <n>', 'the connection with this number', whole('--flow', 0, MOST_FLOWS))
    .option('--no-fold', 'an arrow for every segment')
    .option('--unicode', 'lines and arrows beyond ASCII (the default on a UTF-8 terminal)')
    .option('--ascii', 'ASCII only (the default elsewhere)')
    .option('--width <columns>', `columns of the page (the terminal's, else 80)`, whole('--width', MIN_WIDTH, 1000))
    .option('-o, --output <file>', 'draw it as SVG into this file')
    .option('--json', 'one JSON object a row (docs/ladder.md)')
    .option('--dedup', 'leave out packets that were captured twice')
    .option('--duration <seconds>', 'with -i: end after so long', seconds('--duration', 0.1))
    .option('-Z, --relinquish-privileges <user>', 'with -i: root becomes USER once all is open; `root` stays (default: `tcpdump`, else `nobody`)')
    .addHelpText('after', HELP_AFTER)

export async function run(args: string[], io: Io): Promise<number> {
  const parser = command(io)
  if (!parse(parser, args)) return 0
  const options: LadderOptions = parser.opts()
  const interfaces = options.interface ?? []
  apart(options.ascii === true && '--ascii', options.unicode === true && '--unicode')
  apart(options.json === true && '--json', options.output !== undefined && '-o')
  const words = interfaces.length > 0 ? liveWords(parser.args) : splitWords(parser.args)
  if (words.files.length + interfaces.length === 0) throw new UserError('no capture named (give a FILE, - for standard input, or an interface with -i; see sockscope ladder --help)', 2)
  if (interfaces.length === 0) onlyLive(options)
  const drawing = options.output !== undefined ? await SvgDrawing.open(options.output, io, interfaces.length > 0) : options.json === true ? new JsonDrawing(io) : await TextDrawing.open(options, io)
  return draw(words, options, io, drawing)
}

/** Where rows go. */
interface Drawing {
  /** Rows are shown as they come. */
  readonly isStream: boolean
  begin(originator: string, responder: string, before: readonly [SideState, SideState]): void
  row(row: Row): void
  /** @throws UserError */
  end(): void
}

async function draw(words: Words, options: LadderOptions, io: Io, drawing: Drawing): Promise<number> {
  const conversations = new Conversations({ dedup: options.dedup === true })
  const ladder = new Ladder((row) => drawing.row(row), options.fold)
  let wanted = options.flow ?? -1
  let drawn = 0
  const others = new Set<number>()
  const pause = drawing.isStream ? (): void => ladder.end() : undefined
  const damage = await eachFrame(words, options, io, pause, (frame, packet) => {
    const s = conversations.take(frame, packet)
    if (s === null || s.protocol !== Protocol.TCP) return
    if (wanted < 0) wanted = s.connection
    if (s.connection !== wanted) {
      if (others.size < MOST_FLOWS) others.add(s.connection)
      return
    }
    if (drawn++ === 0) drawing.begin(endpointOf(conversations, wanted, 0), endpointOf(conversations, wanted, 1), statesBefore(s))
    ladder.take(s)
  })
  if (drawn > 0) {
    ladder.end()
    drawing.end()
  }
  if (damage !== undefined) io.err(`sockscope ladder: ${damage.message}`)
  if (drawn === 0) throw new UserError(nothing(words, options, others.size))
  if (options.flow === undefined && others.size > 0) {
    io.err(`sockscope ladder: connection ${wanted}, the first of ${others.size + 1} (--flow N draws another; sockscope flows lists them)`)
  }
  return damage === undefined ? 0 : damage.exitCode
}

/** Reads the files, or the interfaces until a signal. `pause` is called when those have been silent for a while. */
async function eachFrame(words: Words, options: LadderOptions, io: Io, pause: (() => void) | undefined, take: (frame: Frame, packet: number) => void): Promise<UserError | undefined> {
  const interfaces = options.interface ?? []
  if (interfaces.length === 0) {
    const filter = await frameFilter(words.expression)
    return readCaptures(await openCaptures(words.files), filter, take)
  }
  const source = await openInterfaces(interfaces, words.expression, options.relinquishPrivileges, io, 'ladder')
  const isEnding = endAfter(source, options.duration, io)
  const pausing = pause === undefined ? undefined : setTimeout(pause, PAUSE)
  io.err(`listening on ${source.label}`)
  const frame = newFrame()
  let packet = 0
  try {
    do while (source.next(frame)) take(frame, ++packet)
    while (pausing?.refresh(), await source.more())
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return error
  } finally {
    isEnding()
    clearTimeout(pausing)
    await source.halt()
    source.close()
  }
  return undefined
}

function nothing({ files, expression }: Words, { flow, interface: interfaces = [] }: LadderOptions, others: number): string {
  const where = [...files, ...interfaces].join(', ')
  if (flow !== undefined) return `--flow ${flow}: no such TCP connection in ${where}${others > 0 ? `, which has ${others}` : ''} (sockscope flows lists them)`
  const none = `${where}: no TCP segment${expression === '' ? '' : ` ${interfaces.length > 0 ? 'passed' : 'passes'} the filter "${expression}"`}`
  return interfaces.length > 0 ? `${none}${expression === '' ? ' passed' : ''} (nothing is drawn)` : `${none} (sockscope tcpdump -r shows what it holds)`
}

const statesBefore = (s: Segment): readonly [SideState, SideState] => [
  { state: s.originatorStateBefore, assumed: s.isOriginatorAssumed, changed: false },
  { state: s.responderStateBefore, assumed: s.isResponderAssumed, changed: false },
]

class TextDrawing implements Drawing {
  readonly isStream = true
  readonly #io: Io
  readonly #text: LadderText

  static async open(options: LadderOptions, io: Io): Promise<TextDrawing> {
    const paint = await painter(io)
    const unicode = options.unicode === true || (options.ascii !== true && io.isTerminal && isUtf8(io.env))
    const width = options.width ?? (io.isTerminal ? Math.max(io.columns, MIN_WIDTH) : 80)
    return new TextDrawing(io, new LadderText({ width, unicode, paint }))
  }

  private constructor(io: Io, text: LadderText) {
    this.#io = io
    this.#text = text
  }

  begin(originator: string, responder: string, before: readonly [SideState, SideState]): void {
    this.#print(this.#text.header(originator, responder, before))
  }

  row(row: Row): void {
    this.#print(this.#text.row(row))
  }

  end(): void {}

  #print(lines: readonly string[]): void {
    print(this.#io, `${lines.join('\n')}\n`)
  }
}

/** Whether the locale's characters are UTF-8 — locale(7). */
function isUtf8(env: Io['env']): boolean {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => value !== undefined && value !== '') ?? ''
  return /utf-?8/i.test(locale)
}

class JsonDrawing implements Drawing {
  readonly isStream = true
  readonly #io: Io
  #ends: readonly [string, string] = ['', '']

  constructor(io: Io) {
    this.#io = io
  }

  begin(originator: string, responder: string): void {
    this.#ends = [originator, responder]
  }

  row(row: Row): void {
    print(this.#io, `${rowJson(row, this.#ends)}\n`)
  }

  end(): void {}
}

class SvgDrawing implements Drawing {
  readonly isStream = false
  readonly #write: (text: string) => void
  readonly #svg: typeof import('../format/ladder-svg.js')
  readonly #rows: Row[] = []
  #more = 0
  #head: readonly [string, string, readonly [SideState, SideState]] | undefined

  /** @param isLive the file is opened now, for root is given up before it is written */
  static async open(path: string, io: Io, isLive: boolean): Promise<SvgDrawing> {
    return new SvgDrawing(await import('../format/ladder-svg.js'), isLive ? openResultFile(io, '-o', path) : (text) => writeWholeFile(io, '-o', path, text))
  }

  private constructor(svg: typeof import('../format/ladder-svg.js'), write: (text: string) => void) {
    this.#svg = svg
    this.#write = write
  }

  begin(originator: string, responder: string, before: readonly [SideState, SideState]): void {
    this.#head = [originator, responder, before]
  }

  row(row: Row): void {
    if (this.#rows.length < this.#svg.MOST_ROWS) this.#rows.push(row)
    else this.#more++
  }

  end(): void {
    if (this.#head !== undefined) this.#write(this.#svg.ladderSvg(this.#rows, ...this.#head, true, this.#more))
  }
}
