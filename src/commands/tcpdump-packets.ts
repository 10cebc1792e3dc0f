/** `sockscope tcpdump` once its command line is read: prints or copies the packets of captures; live ones are in tcpdump-live.ts. */
import { openCapture } from '../capture/file.js'
import type { FrameFilter } from '../capture/frame-filter.js'
import type { Instruction } from '../capture/bpf.js'
import type { Libpcap } from '../capture/libpcap.js'
import type { FrameSource } from '../capture/source.js'
import { newFrame } from '../frame.js'
import { LineWriter } from '../format/line.js'
import type { Io } from '../io.js'
import type { WatchSettings } from './socket-watch.js'
import { eachCapture, files, writeCount } from './tcpdump-captures.js'
import { expressionOf, filterOf } from './tcpdump-filter.js'
import type { TcpdumpOptions } from './tcpdump-options.js'
import type { Work } from './tcpdump-parallel.js'
import { canPrintInParallel, consumerOf, type Consumer } from './tcpdump-print.js'

/** Bytes of output gathered before they are written, unless every line is wanted at once. */
const GATHER = 1 << 16

/** What a thread that prints a part of a large file runs. */
export const work = async (given: Work): Promise<void> => (await import('./tcpdump-parallel.js')).work(given)

/** The other process of --process: socket-watch.ts. */
export const watch = async (given: WatchSettings): Promise<void> => (await import('./socket-watch.js')).watch(given)

/** What a command line asks for but for plain counting, which tcpdump.ts does. @returns an exit status */
export async function runParsed(options: TcpdumpOptions, io: Io): Promise<number> {
  if (options.live !== undefined && (options.dumpFilter === 0 || options.live.list !== undefined)) return (await import('./tcpdump-live.js')).runLive(options, options.live, io)
  const out = new LineWriter(io.out, options.lineBuffered || io.isTerminal ? 0 : GATHER)
  const tally = { packets: 0 }
  const filter = await filterOf(options)
  if (options.dumpFilter > 0) return dumpFilter(options, out, io)
  const copy = options.write === undefined ? undefined : new (await import('./tcpdump-write.js')).Copy(options, expressionOf(options), io)
  try {
    const printing = copy === undefined || options.write?.print === true ? await consumerOf(options, out, tally) : undefined
    await eachCapture(options, io, async (source, path) => {
      // As with tcpdump, -c counts anew in each file of -V.
      const last = tally.packets + options.count
      const [first] = source.interfaces
      if (first !== undefined) filter?.prepare(first.linkType)
      if (copy !== undefined) await readAll(source, filter, last, tally, copy.from(source, printing), out)
      else if (canPrintInParallel(options, io)) await (await import('./tcpdump-parallel.js')).printInParallel(options, io, path, source, filter)
      else await readAll(source, filter, last, tally, printing!, out)
    })
    if (options.onlyCount) writeCount(out, tally.packets)
  } finally {
    copy?.close()
    out.flush()
  }
  return 0
}

/** -d, -dd, -ddd: the compiled program as text, as C, as numbers. */
async function dumpFilter(options: TcpdumpOptions, out: LineWriter, io: Io): Promise<number> {
  const { loadLibpcap } = await import('../capture/libpcap.js')
  const libpcap = await loadLibpcap()
  const program = options.live === undefined ? await compileForDump(options, libpcap) : await (await import('./tcpdump-live.js')).compileLive(options, options.live, io)
  if (options.dumpFilter > 2) out.text(String(program.length)).endLine()
  if (options.dumpFilter === 1) for (const line of libpcap.image(program)) out.text(line).endLine()
  else for (const { code, jt, jf, k } of program) {
    if (options.dumpFilter === 2) out.text('{ 0x').hex(code).text(`, ${jt}, ${jf}, 0x`).hex(k, 8).text(' },').endLine()
    else out.text(`${code} ${jt} ${jf} ${k}`).endLine()
  }
  out.flush()
  return 0
}

async function compileForDump(options: TcpdumpOptions, libpcap: Libpcap): Promise<Instruction[]> {
  const [path] = options.readFile === undefined && options.listFile === undefined ? [] : files(options)
  const expression = expressionOf(options)
  if (path === undefined) return libpcap.compileForName(options.linkType ?? 'EN10MB', expression, options.optimize)
  const source = await openCapture(path)
  try {
    return libpcap.compile(source.interfaces[0]?.linkType ?? 1, source.interfaces[0]?.snapLength ?? 262144, expression, options.optimize)
  } finally {
    source.close()
  }
}

/** Hands every frame on, up to the one that is number `last`; what a stalled pipe has delivered is printed before more is waited for. */
async function readAll(source: FrameSource, filter: FrameFilter | undefined, last: number, tally: { packets: number }, consumer: Consumer, out: LineWriter): Promise<void> {
  const frame = newFrame()
  let packets = tally.packets
  try {
    do {
      while (packets < last && source.next(frame)) {
        if (filter !== undefined && !filter.passes(frame)) continue
        tally.packets = ++packets
        consumer.take(frame)
        if (consumer.isFull()) await consumer.settle()
      }
      await consumer.settle()
      if (source.isStream) out.flush()
    } while (packets < last && (await source.more()))
  } finally {
    await consumer.settle()
  }
}
