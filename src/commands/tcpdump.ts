/** `sockscope tcpdump`: reads the command line, and counts the packets of captures where that is all that is asked for; all else is a bundle of its own. */
import type { FrameSource } from '../capture/source.js'
import { newFrame } from '../frame.js'
import { LineWriter } from '../format/line.js'
import type { Io } from '../io.js'
import { eachCapture, writeCount } from './tcpdump-captures.js'
import { parseOptions, type TcpdumpOptions } from './tcpdump-options.js'

export async function run(args: string[], io: Io): Promise<number> {
  const options = parseOptions(args, io)
  if (options === undefined) return 0
  return isCount(options) ? count(options, io) : (await import('./tcpdump-packets.js')).runParsed(options, io)
}

const isCount = ({ onlyCount, live, write, dumpFilter, filterFile, expression }: TcpdumpOptions): boolean =>
  onlyCount && live === undefined && write === undefined && dumpFilter === 0 && filterFile === undefined && expression === ''

async function count(options: TcpdumpOptions, io: Io): Promise<number> {
  let packets = 0
  await eachCapture(options, io, async (source) => {
    // As with tcpdump, -c counts anew in each file of -V.
    packets += await countAll(source, options.count)
  })
  const out = new LineWriter(io.out)
  writeCount(out, packets)
  out.flush()
  return 0
}

/** At most `most`. Most frames need not even be looked at. */
async function countAll(source: FrameSource, most: number): Promise<number> {
  const frame = newFrame()
  let packets = 0
  do {
    packets += source.skip?.(most - packets) ?? 0
    while (packets < most && source.next(frame)) packets++
  } while (packets < most && (await source.more()))
  return packets
}
