/**
 * Frames of a live interface. Two streams in memory take turns: while the frames of one are printed, a thread of libuv's pool lets libpcap
 * write the next batch into the other. Once stopped, nothing more is let in and all that the kernel holds is handed out.
 */
import { UserError } from '../errors.js'
import { PcapWalker } from './pcap.js'
import type { Counts, LiveHandle, PacketStream } from './libpcap-live.js'
import type { Frame, FrameSource, SourceInterface } from './source.js'
import type { Window } from './walker.js'

/** A source that runs until it is stopped. */
export interface LiveSource extends FrameSource {
  /** Lets nothing more in; what the kernel already caught is still handed out, then `more` is false. */
  stop(): void
  counts(): Counts
  countsByInterface(): readonly Counts[]
  /** The packet sockets, where there are such. */
  readonly descriptors?: readonly number[]
  /** Ends the wait that LiveSettings.waits asked for. */
  letIn?(): void
  /** Ends what is under way; then `close` frees everything. */
  halt(): Promise<void>
  /** True once closed where something of it can only be closed by the end of the process. */
  readonly staysOpen?: boolean
}

/** Bytes of a batch aimed at, and how many packets that may be. */
const BATCH_BYTES = 4 << 20
const BATCH_LEAST = 128
const BATCH_MOST = 8192
/** Milliseconds between two looks at a kernel that still holds packets back. */
const LOOK_AGAIN = 4

export class InterfaceSource implements LiveSource {
  readonly label: string
  readonly interfaces: readonly SourceInterface[]
  readonly isStream = true
  readonly #handle: LiveHandle
  readonly #walker: PcapWalker
  readonly #window: Window = { b: new Uint8Array(0), at: 0, end: 0, base: 0 }
  /** The stream that is being filled, and the one whose frames are handed out. */
  #filling: PacketStream
  #read: PacketStream
  /** The dispatch under way. */
  #pending: Promise<number> | undefined
  #batch = BATCH_LEAST
  /** A packet may stay this long in the kernel unseen, ms. */
  readonly #hold: number
  #stoppedAt = Infinity
  /** First look of late that found nothing. How long ago it was stopped says little: what it gave may have taken long to print. */
  #quietSince = Infinity
  #failure: string | undefined
  #state: 'running' | 'draining' | 'over' | 'closed' = 'running'
  #counts: Counts | undefined

  /** @param timeout that the handle was opened with, ms */
  constructor(handle: LiveHandle, timeout: number) {
    this.label = handle.device
    this.#handle = handle
    this.#walker = new PcapWalker(handle.header)
    this.interfaces = this.#walker.interfaces.map((one) => ({ ...one, name: handle.device }))
    this.#filling = handle.stream()
    this.#read = handle.stream()
    this.#hold = timeout + 50
  }

  next(frame: Frame): boolean {
    return this.#walker.next(this.#window, frame)
  }

  /** @throws UserError when the interface is gone; what came before was handed out */
  async more(): Promise<boolean> {
    if (this.#walker.damage !== undefined) throw new Error(`a record of libpcap's is damaged: ${this.#walker.damage.text}`)
    while (this.#state === 'running') {
      this.#pending ??= this.#handle.dispatch(this.#filling, this.#batch)
      const result = await this.#pending
      this.#pending = undefined
      if (this.#state !== 'running') break // halted meanwhile
      if (result === -1) {
        this.#failure = this.#handle.error()
        this.stop() // the ring may still hold packets
      }
      if (this.#stoppedAt < Infinity) this.#startDraining()
      const some = this.#turn()
      if (this.#state === 'running') this.#pending = this.#handle.dispatch(this.#filling, this.#batch)
      if (some) return true
    }
    while (this.#state === 'draining') {
      // once the interface is gone each look may fail again: only time or the counts end this
      if (this.#handle.dispatchNow(this.#filling, this.#batch) === -1) this.#failure ??= this.#handle.error()
      if (this.#turn()) {
        this.#quietSince = Infinity
        return true
      }
      this.#quietSince = Math.min(this.#quietSince, performance.now())
      if (this.#isDrained()) {
        this.#end()
        if (this.#failure !== undefined) return this.#fail(this.#failure)
      } else await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN))
    }
    return false
  }

  /** Makes what was filled the window: false when it is empty. */
  #turn(): boolean {
    const stream = this.#filling, { b, end } = stream.take()
    this.#filling = this.#read
    this.#read = stream
    const window = this.#window
    const before = this.#walker.packets - this.#packets
    this.#packets = this.#walker.packets
    if (before > 0 && window.end > 0) this.#batch = Math.max(BATCH_LEAST, Math.min(BATCH_MOST, Math.floor(BATCH_BYTES / (window.end / before))))
    window.base += window.end
    window.b = b
    window.at = 0
    window.end = end
    return end > 0
  }

  /** Packets handed out before the present window. */
  #packets = 0

  #startDraining(): void {
    this.#handle.setNonBlocking(true)
    this.#state = 'draining'
  }

  /** All that the kernel let in is out: by its own count, or else because nothing more came in the time that it has for it. */
  #isDrained(): boolean {
    const quiet = performance.now() - this.#quietSince
    if (quiet > 2 * this.#hold) return true
    if (!this.#handle.countsAreExact) return quiet > this.#hold
    const { received, dropped } = this.#handle.counts()
    return this.#walker.packets >= received - dropped
  }

  #fail(why: string): never {
    throw new UserError(`${this.label}: ${/disappear/.test(why) ? 'the interface is gone' : why} (the packets before that are complete)`)
  }

  #end(): void {
    const counts = this.#handle.counts()
    // What libpcap passed over was counted though it is no packet of ours: the other direction, the second sight of a packet on lo.
    this.#counts = this.#handle.countsAreExact ? counts : { ...counts, received: this.#walker.packets + counts.dropped }
    this.#state = 'over'
  }

  stop(): void {
    if (this.#stoppedAt < Infinity) return
    this.#stoppedAt = performance.now()
    if (!this.#handle.dropAll()) this.#handle.countsAreExact = false
    this.#handle.breakLoop()
  }

  get descriptors(): readonly number[] {
    return [this.#handle.descriptor]
  }

  letIn(): void {
    this.#handle.letIn()
  }

  counts(): Counts {
    return this.#counts ?? this.#handle.counts()
  }

  countsByInterface(): readonly Counts[] {
    return [this.counts()]
  }

  async halt(): Promise<void> {
    if (this.#state === 'closed') return
    if (this.#state === 'running') this.#end()
    if (this.#pending === undefined) return
    this.#handle.breakLoop()
    await this.#pending
    this.#pending = undefined
  }

  /** Call it after `halt`. */
  close(): void {
    if (this.#state === 'closed' || this.#pending !== undefined) return
    this.#state = 'closed'
    this.#window.b = new Uint8Array(0)
    this.#window.at = this.#window.end = 0
    this.#filling.close()
    this.#read.close()
    this.#handle.close()
  }
}
