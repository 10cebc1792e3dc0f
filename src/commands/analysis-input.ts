/** Where ladder, plot and report get their frames: a capture file, or live interfaces; with a filter. */
import type { FrameFilter } from '../capture/frame-filter.js'
import { openCapture } from '../capture/file.js'
import type { LiveSource } from '../capture/live.js'
import type { FrameSource } from '../capture/source.js'
import { UserError, isUserError } from '../errors.js'
import { newFrame, type Frame } from '../frame.js'
import type { Io } from '../io.js'

/** What the command line names. */
export interface AnalysisInput {
  /** Name of the command, for talk on stderr. */
  readonly command: string
  /** Path of a capture, `-` for standard input; undefined with interfaces. */
  readonly file: string | undefined
  readonly interfaces: readonly string[]
  /** pcap-filter(7); '' for none. */
  readonly expression: string
}

/** Takes a frame and its number in the capture (from 1, counted before the filter); false: no more is wanted. */
export type TakeFrame = (frame: Frame, packet: number) => boolean

/**
 * The words of a command line that reads a capture: `FILE [FILTER…]`, or with -i `[FILTER…]`.
 * @throws UserError with exit status 2 when neither a file nor an interface is named
 */
export function inputOf(command: string, words: readonly string[], interfaces: readonly string[]): AnalysisInput {
  if (interfaces.length > 0) return { command, file: undefined, interfaces, expression: words.join(' ') }
  const [file, ...filter] = words
  if (file === undefined) throw new UserError(`no capture named (give a FILE, - for standard input, or an interface with -i; see sockscope ${command} --help)`, 2)
  return { command, file, interfaces, expression: filter.join(' ') }
}

/**
 * Hands every frame that passes the filter to `take`. What a damaged file holds before the damage is handed on first.
 * @returns what is wrong with the capture, to be said once the result is printed; undefined when it is whole
 * @throws UserError when it cannot be opened, or the filter is wrong
 */
export async function eachFrame(input: AnalysisInput, io: Io, take: TakeFrame): Promise<UserError | undefined> {
  const filter = await filterFor(input.expression)
  if (input.file === undefined) return fromInterfaces(input, io, take)
  const source = await openCapture(input.file)
  try {
    const [first] = source.interfaces
    if (first !== undefined) filter?.prepare(first.linkType)
    return await readAll(source, filter, take)
  } finally {
    source.close()
  }
}

async function filterFor(expression: string): Promise<FrameFilter | undefined> {
  if (expression === '') return undefined
  const [{ FrameFilter: Made }, { loadLibpcap }] = await Promise.all([import('../capture/frame-filter.js'), import('../capture/libpcap.js')])
  return new Made(await loadLibpcap(), expression, true)
}

async function readAll(source: FrameSource, filter: FrameFilter | undefined, take: TakeFrame): Promise<UserError | undefined> {
  const frame = newFrame()
  let packet = 0
  try {
    do {
      while (source.next(frame)) {
        packet++
        if (filter !== undefined && !filter.passes(frame)) continue
        if (!take(frame, packet)) return undefined
      }
    } while (await source.more())
  } catch (error) {
    if (!isUserError(error)) throw error
    return error as UserError
  }
  return undefined
}

/** Lines shall appear as packets come: the kernel keeps none for longer, ms. */
const HOLD = 10
/** Bytes of the ring. */
const RING = 16 << 20
const SNAP_LENGTH = 262144

/** Opens all, gives root up, and reads until a signal; libpcap does the filtering. */
async function fromInterfaces(input: AnalysisInput, io: Io, take: TakeFrame): Promise<UserError | undefined> {
  const [{ loadLivePcap }, { InterfaceSource }, { MergedSource }, { becomeForGood, userToBecome }] = await Promise.all([
    import('../capture/libpcap-live.js'), import('../capture/live.js'), import('../capture/merged.js'), import('./privileges.js'),
  ])
  const pcap = await loadLivePcap()
  const user = userToBecome(undefined)
  const handles = input.interfaces.map((device) =>
    pcap.open(
      {
        device, snapLength: SNAP_LENGTH, promiscuous: true, monitor: false, timeout: HOLD, bufferSize: RING, immediate: false, nanoseconds: true,
        timeStampType: undefined, direction: 'inout', linkType: undefined, expression: input.expression, optimize: true,
      },
      (line) => io.err(`sockscope ${input.command}: ${line}`),
    ),
  )
  const source: LiveSource = handles.length === 1 ? new InterfaceSource(handles[0]!, HOLD) : new MergedSource(handles, HOLD)
  const ends = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => io.onSignal?.(signal, () => source.stop()))
  try {
    if (user !== undefined) await becomeForGood(user)
    io.err(`listening on ${source.label}`)
    return await readAll(source, undefined, take)
  } finally {
    for (const end of ends) end?.()
    await source.halt()
    source.close()
  }
}
