/** `sockscope flows -i`: the table of what an interface carries, anew each second on a terminal; once at the end into a pipe. */
import { Conversations } from '../analysis/conversations.js'
import { FlowSet } from '../analysis/flow-set.js'
import { UserError } from '../errors.js'
import { newFrame } from '../frame.js'
import type { Io } from '../io.js'
import { endAfter, openInterfaces } from './captures.js'
import type { FlowsOptions } from './flows-options.js'
import { notes, report } from './flows-report.js'

const REFRESH = 1000
/** Home, without wiping what is the same; what is left of a line, and of the screen, is wiped as it is written over. */
const HOME = '\x1b[H', WIPE_LINE = '\x1b[K', WIPE_BELOW = '\x1b[J', CLEAR = '\x1b[2J'

export async function runLive(options: FlowsOptions, io: Io): Promise<number> {
  const source = await openInterfaces(options.interfaces, options.expression, options.user, io, 'flows')
  const all = new Conversations({ dedup: options.dedup })
  const isScreen = io.isTerminal && options.form === 'table'
  io.err(`listening on ${source.label}`)
  const isEnding = endAfter(source, options.duration, io)
  const began = performance.now()
  const screen = isScreen ? new Screen(() => draw(options, all, source.label, began, io), () => source.stop()) : undefined
  if (isScreen) io.out(Buffer.from(CLEAR))
  let failure: UserError | undefined
  const frame = newFrame()
  let packet = 0
  try {
    do while (source.next(frame)) all.take(frame, ++packet)
    while (await source.more())
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    failure = error
  } finally {
    isEnding()
    await source.halt()
  }
  const { received, dropped } = source.counts()
  source.close()
  await screen?.end()
  if (isScreen) io.out(Buffer.from(`${HOME}${WIPE_BELOW}`))
  await report(options, new FlowSet([all]), now(all), { out: io.out, env: io.env, columns: io.size?.()[0] ?? io.columns }, isScreen)
  io.err(`${packet} packets captured, ${received} received by filter, ${dropped} dropped by kernel`)
  for (const line of notes(new FlowSet([all]))) io.err(`sockscope flows: ${line}`)
  if (failure === undefined) return 0
  io.err(`sockscope flows: ${failure.message}`)
  return failure.exitCode
}

/** Draws again and again. What takes long is done more rarely, that capturing has most of the time. */
class Screen {
  readonly #draw: () => Promise<void>
  readonly #stop: () => void
  #timer: NodeJS.Timeout
  #drawing: Promise<void> = Promise.resolve()
  #failure: unknown

  /** @param stop called when drawing failed */
  constructor(draw: () => Promise<void>, stop: () => void) {
    this.#draw = draw
    this.#stop = stop
    this.#timer = setTimeout(() => this.#next(), REFRESH)
  }

  #next(): void {
    const began = performance.now()
    this.#drawing = this.#draw().then(
      () => {
        this.#timer = setTimeout(() => this.#next(), Math.max(REFRESH, 4 * (performance.now() - began)))
      },
      (error: unknown) => {
        this.#failure = error
        this.#stop()
      },
    )
  }

  /** @throws what drawing failed with */
  async end(): Promise<void> {
    await this.#drawing
    clearTimeout(this.#timer)
    if (this.#failure !== undefined) throw this.#failure
  }
}

/** The present moment in the time of the capture. */
const now = (all: Conversations): number => (all.frames === 0 ? 0 : Math.max(0, (Date.now() / 1000 - all.baseSeconds) * 1e9))

/** One screenful: as many rows as it has, and never a line longer than it. */
async function draw(options: FlowsOptions, all: Conversations, label: string, began: number, io: Io): Promise<void> {
  const chunks: Buffer[] = []
  const [columns, height] = io.size?.() ?? [io.columns, 24]
  const rows = Math.max(3, height - 6)
  await report({ ...options, top: Math.min(options.top, rows) }, new FlowSet([all]), now(all), { env: io.env, columns, out: (chunk) => void chunks.push(Buffer.from(chunk)) }, true)
  const head = `${label}: ${all.count} connections, ${all.frames} packets in ${((performance.now() - began) / 1000).toFixed(0)} s; Ctrl-C ends`
  const text = `${head.slice(0, columns)}\n${Buffer.concat(chunks).toString('utf8')}`.replaceAll('\n', `${WIPE_LINE}\n`)
  io.out(Buffer.from(`${HOME}${text}${WIPE_BELOW}`))
}
