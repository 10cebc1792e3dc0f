/** `sockscope tcpdump -i`: a capture on live interfaces, from opening them to the three lines at the end. */
import { createRequire } from 'node:module'
import type { Instruction } from '../capture/bpf.js'
import type { LiveSettings } from '../capture/libpcap-live.js'
import type { LiveSource } from '../capture/live.js'
import { LINK_TYPE_NAMES } from '../decode/link/link-type-names.js'
import { isBrokenPipe, isUserError } from '../errors.js'
import { newFrame } from '../frame.js'
import { LineWriter } from '../format/line.js'
import type { Io } from '../io.js'
import { enterer } from './network-namespace.js'
import { asUser, becomeForGood, userToBecome, type User } from './privileges.js'
import { Command } from './run-command.js'
import { SocketOwners } from './socket-owners.js'
import type { WatchSettings } from './socket-watch.js'
import { engineOf, interfacesOf } from './tcpdump-engine.js'
import { expressionOf } from './tcpdump-filter.js'
import type { LiveOptions } from './tcpdump-live-options.js'
import type { TcpdumpOptions } from './tcpdump-options.js'
import { consumerOf, type Consumer } from './tcpdump-print.js'
import { OwnedFrames, OwnedTimestamps } from './tcpdump-process.js'
import { openWriter, writingConsumer } from './tcpdump-write.js'
import type { RotatingWriter } from './tcpdump-write.js'

/** A packet waits at most so long in the kernel for others, ms: for a file or pipe, and where a person looks on. */
const HOLD_BATCH = 100
const HOLD_EYES = 10
/** Bytes of the ring unless -B says otherwise: docs/live.md has the measurements. */
const RING = 16 << 20
/** Where only some programs' packets are wanted, what strangers send must find room too; on loopback a packet may have 64 KiB. */
const RING_OF_OWNERS = 64 << 20
/** A command that has ended may still have packets under way, ms. */
const LINGER = 300
/** Bytes of output gathered before they are written; what a batch leaves is written when the batch ends. */
const GATHER = 1 << 16

export async function runLive(options: TcpdumpOptions, live: LiveOptions, io: Io): Promise<number> {
  const inNamespace = await enterer(live.namespace)
  if (live.list !== undefined) {
    const [{ loadLivePcap }, { list }] = await Promise.all([import('../capture/libpcap-live.js'), import('./tcpdump-lists.js')])
    const pcap = await loadLivePcap()
    return inNamespace(() => list(pcap, live, io))
  }
  const engine = await engineOf(live)
  const user = userToBecome(live.user)
  const expression = expressionOf(options)
  const source = inNamespace(() => engine.open(settingsOf(options, live, io, interfacesOf(engine, live), expression), (line) => io.err(`sockscope tcpdump: ${line}`)))
  const { process: asked } = live
  const command = asked === undefined || asked.command.length === 0 ? undefined : await inNamespace(() => Command.run(asked.command, outputOf(options)))
  const owners = asked === undefined ? undefined : inNamespace(() => new SocketOwners(io.loader, { tree: command?.pid ?? 0, packets: isForCommandOnly(live) && expression === '' ? packetsOf(source, live) : undefined }))
  try {
    return await capture(options, source, expression, user, io, owners, command)
  } finally {
    command?.release()
    owners?.close()
    await source.halt()
    source.close()
    if (source.staysOpen === true) io.endWithCommand?.()
  }
}

/** A command's packets are all that is wanted: others' may be kept out, and all before its start. */
function isForCommandOnly({ process: asked }: LiveOptions): boolean {
  return asked !== undefined && asked.command.length > 0 && asked.pids.length === 0 && asked.names.length === 0
}

/** The sockets that may be told to pass over strangers, where no filter of the user's is in the way. */
function packetsOf({ descriptors }: LiveSource, { snapLength }: LiveOptions): WatchSettings['packets'] {
  return descriptors === undefined || descriptors.includes(-1) ? undefined : { pid: process.pid, fds: descriptors, keep: snapLength }
}

/** The filter as the first interface of -i has it, for -d. @throws UserError */
export async function compileLive(options: TcpdumpOptions, live: LiveOptions, io: Io): Promise<Instruction[]> {
  const { loadLivePcap } = await import('../capture/libpcap-live.js')
  const pcap = await loadLivePcap(), inNamespace = await enterer(live.namespace)
  return inNamespace(() => pcap.compile(settingsOf(options, live, io, interfacesOf(pcap, live), expressionOf(options))[0]!, (line) => io.err(`sockscope tcpdump: ${line}`)))
}

/** Where a command's standard output goes: ours, unless packets go there. */
const outputOf = ({ write }: TcpdumpOptions): number => (write === undefined || write.print || write.path === '-' ? 2 : 1)

function settingsOf(options: TcpdumpOptions, live: LiveOptions, io: Io, names: readonly string[], expression: string): LiveSettings[] {
  const eyes = io.isTerminal || options.lineBuffered || names.length > 1 || live.process !== undefined // merging waits for the slowest ring; sockets do not live for long
  return names.map((device) => ({
    device,
    snapLength: live.snapLength,
    promiscuous: live.promiscuous,
    monitor: live.monitor,
    timeout: eyes ? HOLD_EYES : HOLD_BATCH,
    bufferSize: live.bufferSize ?? (live.process === undefined ? RING : RING_OF_OWNERS),
    immediate: live.immediate,
    nanoseconds: options.print.nano,
    timeStampType: live.timeStampType,
    direction: live.direction,
    linkType: options.linkType,
    expression,
    optimize: options.optimize,
    waits: isForCommandOnly(live),
  }))
}

/** Prints or writes what `source` gives until a signal, -c, or the end of an interface, and says the counts. */
async function capture(options: TcpdumpOptions, source: LiveSource, expression: string, user: User | undefined, io: Io, owners: SocketOwners | undefined, command: Command | undefined): Promise<number> {
  const tally = { packets: 0 }
  const out = new LineWriter(io.out, GATHER)
  const writer = options.write === undefined ? undefined : openFile(options, source, expression, user, io)
  if (user !== undefined && writer?.keepsRoot !== true) {
    // Read while we may: the program may lie where that user may not look.
    createRequire(io.loader)(io.loader)('printers')
    await becomeForGood(user)
  }
  const consumer = await consumerFor(options, out, tally, writer?.files, owners)
  const captured = (): number => writer?.files.records ?? tally.packets
  const signals = listen(io, source, captured, () => writer?.files.flush())
  await owners?.look() // it is there before a command makes its first socket
  if (owners?.passesOver === false && isForCommandOnly(options.live!)) source.letIn?.()
  if (owners?.blind !== undefined) io.err(`sockscope tcpdump: packets of sockets that live for a few milliseconds only may be missed: ${owners.blind}`)
  io.err(banner(source))
  void command?.go().then(() => setTimeout(() => source.stop(), LINGER))
  let status = 0
  try {
    await takeAll(source, options.count, tally, consumer, out, writer?.files)
    writer?.files.close()
  } catch (error) {
    if (!isUserError(error)) throw error // BrokenPipe: nobody is there to read the counts
    out.flush()
    if (writer !== undefined) closeQuietly(writer.files)
    io.err(`sockscope tcpdump: ${error.message}`)
    status = error.exitCode
  } finally {
    signals.stopListening()
    await source.halt()
  }
  summary(source, captured(), io)
  return status === 0 && !signals.came && command !== undefined ? command.status() : status
}

async function takeAll(source: LiveSource, count: number, tally: { packets: number }, consumer: Consumer, out: LineWriter, files: RotatingWriter | undefined): Promise<void> {
  const frame = newFrame()
  const settle = async (): Promise<void> => {
    await consumer.settle()
    out.flush()
  }
  try {
    do {
      while (tally.packets < count && source.next(frame)) {
        if (consumer.countsItself !== true) tally.packets++
        consumer.take(frame)
        if (consumer.isFull()) await consumer.settle()
      }
      await settle()
    } while (tally.packets < count && files?.isOver !== true && (await more(source, consumer, settle)))
  } finally {
    await consumer.settle(true)
  }
}

/** Waits for more; what the consumer holds back meanwhile has its turn. */
async function more(source: LiveSource, consumer: Consumer, settle: () => Promise<void>): Promise<boolean> {
  const coming = source.more()
  if (consumer.isHolding?.() !== true) return coming
  let isWaiting = true
  const over = (): void => {
    isWaiting = false
  }
  coming.then(over, over)
  while (isWaiting && consumer.isHolding()) {
    await Promise.race([coming, new Promise((resolve) => setTimeout(resolve, HOLD_EYES))])
    if (isWaiting) await settle()
  }
  return coming
}

/** Prints, writes, or both. */
async function consumerFor(options: TcpdumpOptions, out: LineWriter, tally: { packets: number }, files: RotatingWriter | undefined, owners: SocketOwners | undefined): Promise<Consumer> {
  const asked = options.live?.process
  if (owners !== undefined && asked !== undefined) {
    const times = new OwnedTimestamps(options.print), forJson = { process: '' }
    const printing = files === undefined || options.write?.print === true ? await consumerOf(options, out, tally, { times, forJson }) : undefined
    return new OwnedFrames(owners, asked, { tally, count: options.count, times, printing, forJson, files })
  }
  const printing = files === undefined || options.write?.print === true ? await consumerOf(options, out, tally) : undefined
  return files === undefined ? printing! : writingConsumer(files, printing)
}

/** The first file is made before root is given up: where the user who comes after may not write there, only we can. */
function openFile(options: TcpdumpOptions, source: LiveSource, expression: string, user: User | undefined, io: Io): { readonly files: RotatingWriter; readonly keepsRoot: boolean } {
  const write = options.write!
  const open = (): RotatingWriter => openWriter(write, source.interfaces, options.print, expression, io, () => source.countsByInterface())
  if (user === undefined || (write.fileBytes === Infinity && write.fileSeconds === Infinity)) return { files: open(), keepsRoot: false }
  try {
    return { files: asUser(user, open), keepsRoot: false }
  } catch (error) {
    if (!isUserError(error)) throw error
    io.err(`sockscope tcpdump: staying root: user ${user.name} cannot make the files that -C and -G ask for (${error.message}; name a directory that ${user.name} may write)`)
    return { files: open(), keepsRoot: true }
  }
}

function closeQuietly(files: RotatingWriter): void {
  try {
    files.close()
  } catch (error) {
    if (!isUserError(error) && !isBrokenPipe(error)) throw error // the first error has been said
  }
}

interface Signals {
  /** One that ends the capture came. */
  came: boolean
  readonly stopListening: () => void
}

/** SIGINT, SIGTERM and SIGHUP end the capture, SIGUSR1 says the counts, SIGUSR2 writes out what waits. */
function listen(io: Io, source: LiveSource, captured: () => number, flush: () => void): Signals {
  const { onSignal } = io
  const ends: (() => void)[] = []
  const signals = { came: false, stopListening: () => ends.forEach((end) => end()) }
  if (onSignal === undefined) return signals
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const end = onSignal(signal, () => {
      end() // a second one ends us at once
      signals.came = true
      source.stop()
    })
    ends.push(end)
  }
  ends.push(
    onSignal('SIGUSR1', () => {
      const { received, dropped } = source.counts()
      io.err(`sockscope tcpdump: ${plural(captured())} captured, ${plural(received)} received by filter, ${plural(dropped)} dropped by kernel`)
    }),
    onSignal('SIGUSR2', flush),
  )
  return signals
}

function banner({ label, interfaces }: LiveSource): string {
  const kinds = [...new Set(interfaces.map(({ linkType }) => LINK_TYPE_NAMES.get(linkType) ?? String(linkType)))]
  return `listening on ${label}, link-type ${kinds.join(', ')}, snapshot length ${interfaces[0]!.snapLength} bytes`
}

/** tcpdump's lines: what was printed or written, what the kernel let through the filter, and what of that it had no room for. */
function summary(source: LiveSource, captured: number, io: Io): void {
  const { received, dropped, droppedByInterface } = source.counts()
  io.err(`${plural(captured)} captured`)
  io.err(`${plural(received)} received by filter`)
  io.err(`${plural(dropped)} dropped by kernel`)
  if (droppedByInterface > 0) io.err(`${plural(droppedByInterface)} dropped by interface`)
}

const plural = (n: number): string => (n === 1 ? '1 packet' : `${n} packets`)
