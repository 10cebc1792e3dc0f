/** What `sockscope tcpdump` does with each frame: counts, prints, prints with names, or prints as JSON; loads only what that needs. */
import { statSync } from 'node:fs'
import type { Frame } from '../frame.js'
import type { LineWriter } from '../format/line.js'
import { writePacket } from '../format/packet.js'
import { Printer } from '../format/printer.js'
import { Timestamps } from '../format/timestamp.js'
import type { Io } from '../io.js'
import type { TcpdumpOptions } from './tcpdump-options.js'

/** What happens to each frame. */
export interface Consumer {
  readonly take: (frame: Frame) => void
  /** No frame can be taken before `settle`. */
  readonly isFull: () => boolean
  /** Prints all that was taken: called when it is full, and when no more is at hand; `isLast`: nothing may be held back any more. */
  readonly settle: (isLast?: boolean) => Promise<void> | void
  /** Some of it is held back for a while: `settle` is to be called again though no more has come. */
  readonly isHolding?: () => boolean
  /** It passes over some frames, so it counts those it takes itself. */
  readonly countsItself?: boolean
}

/** What else there is to say of a packet: the program that owns its socket. */
export interface Asides {
  readonly times: Timestamps
  /** Members of the JSON object, each with a comma before it; set for each packet. */
  readonly forJson: { readonly process: string }
}

/** @param tally how many frames there were, the one that is taken included: its number */
export async function consumerOf(options: TcpdumpOptions, out: LineWriter, tally: { readonly packets: number }, asides?: Asides): Promise<Consumer> {
  const nothing = (): void => {}
  const atOnce = (take: Consumer['take']): Consumer => ({ take, isFull: () => false, settle: nothing })
  if (options.onlyCount) return atOnce(nothing)
  if (options.json) {
    const { writePacketJson } = await import('../format/json.js')
    const printer = new Printer(out, options.print, undefined)
    return atOnce((frame) => writePacketJson(printer, frame, tally.packets, asides?.forJson.process))
  }
  const times = asides?.times ?? new Timestamps(options.print)
  const names = options.print.numeric ? undefined : new (await import('../names/packet-names.js')).PacketNames(options.shortNames)
  const printer = new Printer(out, options.print, names)
  if (options.print.secret !== undefined || options.print.espSecrets !== undefined) printer.crypto = await import('node:crypto')
  if (names === undefined) return atOnce((frame) => writePacket(printer, times, frame, tally.packets))
  const { NamedFrames } = await import('./tcpdump-names.js')
  const waiting = new NamedFrames(printer, times, names)
  return {
    take: (frame) => waiting.take(frame, tally.packets),
    isFull: () => waiting.isFull,
    settle: () => waiting.settle(),
  }
}

/** A smaller file is printed before another thread has started. Bytes. */
const MIN_SIZE = 16 << 20

/** Whether the run is of the kind that several threads can print. */
export function canPrintInParallel(options: TcpdumpOptions, io: Io): boolean {
  if (options.threads < 2 || options.onlyCount || options.write !== undefined || options.lineBuffered || io.isTerminal || options.count !== Infinity) return false
  if (options.readFile === undefined || options.readFile === '-' || !(options.print.numeric || options.json)) return false
  const stat = statSync(options.readFile, { throwIfNoEntry: false })
  return stat !== undefined && stat.isFile() && stat.size >= MIN_SIZE
}
