/** Where the commands that analyse captures (flows, ladder, report, plot) get their frames from: files merged by time, or interfaces; and the filter. */
import { existsSync } from 'node:fs'
import { openCapture } from '../capture/file.js'
import type { FrameFilter } from '../capture/frame-filter.js'
import type { LiveSource } from '../capture/live.js'
import type { CaptureNotes } from '../capture/pcapng-notes.js'
import type { FrameSource } from '../capture/source.js'
import { UserError } from '../errors.js'
import type { Frame } from '../frame.js'
import { newFrame } from '../frame.js'
import type { Io } from '../io.js'

/** The words of a command line that are no options: captures, then the words of a filter. */
export interface Words {
  readonly files: readonly string[]
  readonly expression: string
}

const isCapture = (word: string): boolean => word === '-' || existsSync(word)
/** A word that no filter begins with. */
const LOOKS_LIKE_A_FILE = /\.(pcap|pcapng|cap|dmp)(\.gz)?$/i

/**
 * Words name captures as long as there are such files (or `-`, standard input); the first always does. What comes behind is a pcap-filter(7) expression.
 * @throws UserError where the words cannot be meant so
 */
export function splitWords(words: readonly string[]): Words {
  let n = 0
  while (n < words.length && isCapture(words[n]!)) n++
  if (n === 0 && words.length > 1) throw new UserError(`${words[0]!}: no such file or directory (captures come first, then the filter)`)
  n = Math.max(n, Math.min(words.length, 1))
  if (n < words.length && LOOKS_LIKE_A_FILE.test(words[n]!)) throw new UserError(`${words[n]!}: no such file or directory`)
  return { files: words.slice(0, n), expression: words.slice(n).join(' ') }
}

/** The words beside -i: a filter. @throws UserError of exit status 2 where they name a capture */
export function liveWords(words: readonly string[]): Words {
  if (words.length > 0 && (words[0] === '-' || LOOKS_LIKE_A_FILE.test(words[0]!))) throw new UserError(`-i and ${words[0]!}: an interface or captures, not both`, 2)
  return { files: [], expression: words.join(' ') }
}

/** Opens one capture, or several as one. @param notesOf takes what the capture with this number says beside its packets @throws UserError */
export async function openCaptures(files: readonly string[], notesOf?: (file: number) => CaptureNotes): Promise<FrameSource> {
  const sources: FrameSource[] = []
  try {
    for (const [i, file] of files.entries()) sources.push(await openCapture(file, notesOf?.(i)))
    if (sources.length === 1) return sources[0]!
    return new (await import('../capture/merged-files.js')).MergedFiles(sources)
  } catch (error) {
    for (const source of sources) source.close()
    throw error
  }
}

/** The filter of an expression; undefined for none. libpcap is loaded only when there is one. @throws UserError */
export async function frameFilter(expression: string): Promise<FrameFilter | undefined> {
  if (expression === '') return undefined
  const [{ FrameFilter: Made }, { loadLibpcap }] = await Promise.all([import('../capture/frame-filter.js'), import('../capture/libpcap.js')])
  const filter = new Made(await loadLibpcap(), expression, true)
  filter.prepare(ETHERNET) // a wrong expression is said at once
  return filter
}

const ETHERNET = 1

/**
 * Hands every frame that passes to `take`, with its number in the capture (those that do not pass are counted too), until the end or until `take` says false.
 * @returns the error that ended it early, when all before it was taken; a whole report is made all the same
 */
export async function readCaptures(source: FrameSource, filter: FrameFilter | undefined, take: (frame: Frame, packet: number) => boolean | void): Promise<UserError | undefined> {
  const frame = newFrame()
  let packet = 0
  try {
    do {
      while (source.next(frame)) {
        packet++
        if (filter !== undefined && !filter.passes(frame)) continue
        if (take(frame, packet) === false) return undefined
      }
    } while (await source.more())
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return error
  } finally {
    source.close()
  }
  return undefined
}

/** @throws UserError of exit status 2 where an option of a live capture stands without -i */
export function onlyLive({ duration, relinquishPrivileges }: { readonly duration?: number; readonly relinquishPrivileges?: string }): void {
  if (duration !== undefined) throw new UserError('--duration: only with -i', 2)
  if (relinquishPrivileges !== undefined) throw new UserError('-Z: only with -i', 2)
}

/** Stops the source at a signal, or after some seconds; a second signal ends us at once. @returns what undoes that */
export function endAfter(source: LiveSource, duration: number | undefined, io: Io): () => void {
  const ends = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => {
    const end = io.onSignal?.(signal, () => {
      end?.()
      source.stop()
    })
    return end
  })
  const timer = duration === undefined ? undefined : setTimeout(() => source.stop(), duration * 1000)
  return () => {
    clearTimeout(timer)
    for (const end of ends) end?.()
  }
}

/** How long a packet waits in the kernel for others, ms, and bytes of the ring. */
const HOLD = 50
const RING = 16 << 20
const SNAP_LENGTH = 262144

/** Captures on interfaces; root is given up once they are open. @param user of -Z @throws UserError */
export async function openInterfaces(names: readonly string[], expression: string, user: string | undefined, io: Io, command: string): Promise<LiveSource> {
  const [{ loadLivePcap }, { InterfaceSource }, { userToBecome, becomeForGood }] = await Promise.all([
    import('../capture/libpcap-live.js'), import('../capture/live.js'), import('./privileges.js'),
  ])
  const pcap = await loadLivePcap(), become = userToBecome(user)
  const handles = []
  try {
    for (const device of names) {
      handles.push(pcap.open({
        device, snapLength: SNAP_LENGTH, promiscuous: true, monitor: false, timeout: HOLD, bufferSize: RING, immediate: false, nanoseconds: false, timeStampType: undefined,
        direction: 'inout', linkType: undefined, expression, optimize: true, waits: false,
      }, (line) => io.err(`sockscope ${command}: ${line}`)))
    }
  } catch (error) {
    for (const handle of handles) handle.close()
    throw error
  }
  const source = handles.length === 1 ? new InterfaceSource(handles[0]!, HOLD) : new (await import('../capture/merged.js')).MergedSource(handles, HOLD)
  if (become !== undefined) {
    try {
      await becomeForGood(become)
    } catch (error) {
      await source.halt()
      source.close()
      throw error
    }
  }
  return source
}
