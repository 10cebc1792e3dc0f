/** `sockscope tcpdump`: prints the packets of a capture. */
import { readFileSync } from 'node:fs'
import { openCapture } from '../capture/file.js'
import type { FrameSource } from '../capture/source.js'
import { LINK_TYPE_NAMES } from '../decode/link/link-type-names.js'
import { UserError, reason } from '../errors.js'
import { newFrame, type Frame } from '../frame.js'
import { LineWriter } from '../format/line.js'
import { writePacketJson } from '../format/json.js'
import { writePacket } from '../format/packet.js'
import { Printer } from '../format/printer.js'
import { Timestamps } from '../format/timestamp.js'
import type { Io } from '../io.js'
import { PacketNames } from '../names/packet-names.js'
import { NamedFrames } from './tcpdump-names.js'
import { parseOptions, type TcpdumpOptions } from './tcpdump-options.js'

/** Bytes of output gathered before they are written, unless every line is wanted at once. */
const GATHER = 1 << 16

/** What happens to each frame. */
interface Consumer {
  readonly take: (frame: Frame) => void
  /** No frame can be taken before `settle`. */
  readonly isFull: () => boolean
  /** Prints all that was taken: called when it is full, and when no more is at hand. */
  readonly settle: () => Promise<void> | void
}

export async function run(args: string[], io: Io): Promise<number> {
  const options = parseOptions(args, io)
  if (options === undefined) return 0
  const out = new LineWriter(io.out, options.lineBuffered || io.isTerminal ? 0 : GATHER)
  const tally = { packets: 0 }
  try {
    const consumer = consumerOf(options, out, tally)
    for (const path of files(options)) {
      if (tally.packets >= options.count) break
      const source = await openCapture(path)
      try {
        io.err(banner(source))
        await readAll(source, options.count, tally, consumer, out)
      } finally {
        source.close()
      }
    }
    if (options.onlyCount) out.dec(tally.packets).text(tally.packets === 1 ? ' packet' : ' packets').endLine()
  } finally {
    out.flush()
  }
  return 0
}

/** The captures to read, in order. */
function files(options: TcpdumpOptions): readonly string[] {
  if (options.readFile !== undefined) return [options.readFile]
  const path = options.listFile ?? '-'
  try {
    return readFileSync(path === '-' ? 0 : path, 'latin1').split('\n').filter((line) => line !== '').map((line) => Buffer.from(line, 'latin1').toString())
  } catch (error) {
    throw new UserError(`-V ${path}: ${reason(error)} (give a file that names captures, one a line)`)
  }
}

/** `reading from file F, link-type EN10MB (Ethernet), snapshot length 262144`, as tcpdump says on stderr. */
function banner(source: FrameSource): string {
  const [first] = source.interfaces
  const label = source.label === 'standard input' ? '-' : source.label
  if (first === undefined) return `reading from file ${label}`
  return `reading from file ${label}, link-type ${LINK_TYPE_NAMES.get(first.linkType) ?? first.linkType}, snapshot length ${first.snapLength}`
}

/** Hands every frame on, up to `count`; what a stalled pipe has delivered is printed before more is waited for. */
async function readAll(source: FrameSource, count: number, tally: { packets: number }, consumer: Consumer, out: LineWriter): Promise<void> {
  const frame = newFrame()
  let packets = tally.packets
  try {
    do {
      while (packets < count && source.next(frame)) {
        tally.packets = ++packets
        consumer.take(frame)
        if (consumer.isFull()) await consumer.settle()
      }
      await consumer.settle()
      if (source.isStream) out.flush()
    } while (packets < count && (await source.more()))
  } finally {
    await consumer.settle()
  }
}

function consumerOf(options: TcpdumpOptions, out: LineWriter, tally: { readonly packets: number }): Consumer {
  const nothing = (): void => {}
  const atOnce = (take: Consumer['take']): Consumer => ({ take, isFull: () => false, settle: nothing })
  if (options.onlyCount) return atOnce(nothing)
  const names = options.print.numeric || options.json ? undefined : new PacketNames(options.shortNames)
  const printer = new Printer(out, options.print, names)
  if (options.json) return atOnce((frame) => writePacketJson(printer, frame, tally.packets))
  const times = new Timestamps(options.print)
  if (names === undefined) return atOnce((frame) => writePacket(printer, times, frame, tally.packets))
  const waiting = new NamedFrames(printer, times, names)
  return {
    take: (frame) => waiting.take(frame, tally.packets),
    isFull: () => waiting.isFull,
    settle: () => waiting.settle(),
  }
}
