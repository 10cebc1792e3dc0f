/**
 * Several interfaces as one source, in the order of time. Frames are held back, copied, until nothing earlier can come: at a moment each
 * kernel ring is asked how many packets it has taken so far, and once that many have come from every ring, all frames before the moment are
 * handed out. Where a ring also counts packets that are not delivered (LiveHandle.countsAreExact), time stands in for the count.
 */
import { UserError } from '../errors.js'
import { PcapWalker } from './pcap.js'
import type { Counts, LiveHandle, PacketStream } from './libpcap-live.js'
import type { LiveSource } from './live.js'
import { newFrame, type Frame, type SourceInterface } from './source.js'
import type { Window } from './walker.js'

/** Packets taken from a ring at once; then the next interface has its turn. */
const BATCH = 4096
/** Milliseconds between two looks at silent rings. */
const LOOK_AGAIN = 4
/** A packet is stamped a little before its ring counts it, ms. */
const STAMPED_BEFORE = 2
/** The clock that stamps packets was set back when it is so much behind the one that cannot be set, ms. Slewing is slower. */
const SET_BACK = 50

class Member {
  readonly handle: LiveHandle
  readonly stream: PacketStream
  readonly walker: PcapWalker
  readonly window: Window = { b: new Uint8Array(0), at: 0, end: 0, base: 0 }
  /** Packets that must have come before the present moment is complete. */
  awaited = 0
  counts: Counts | undefined

  constructor(handle: LiveHandle) {
    this.handle = handle
    this.stream = handle.stream()
    this.walker = new PcapWalker(handle.header)
    handle.setNonBlocking(true)
  }
}

export class MergedSource implements LiveSource {
  readonly label: string
  readonly interfaces: readonly SourceInterface[]
  readonly isStream = true
  readonly #members: readonly Member[]
  /** Frames that came, copied; sorted when they are handed out. */
  #held: Frame[] = []
  #ready: Frame[] = []
  #given = 0
  /** Longest time that a ring keeps a packet to itself, ms. */
  readonly #hold: number
  /** Milliseconds since 1970: frames before it wait only for what the rings had counted then. */
  #moment = 0
  /** The clock of the stamps against the monotonic one, ms. */
  #offset = -Infinity
  #askedAt = 0
  #stoppedAt = Infinity
  /** First look of late that found nothing in any ring. */
  #quietSince = Infinity
  #failure: string | undefined
  #isOver = false
  #isClosed = false

  /** @param timeout that the handles were opened with, ms */
  constructor(handles: readonly LiveHandle[], timeout: number) {
    this.#members = handles.map((handle) => new Member(handle))
    this.label = handles.map(({ device }) => device).join(', ')
    this.interfaces = this.#members.map(({ walker, handle }) => ({ ...walker.interfaces[0]!, name: handle.device }))
    this.#hold = timeout + 50
    this.#ask()
  }

  next(frame: Frame): boolean {
    const ready = this.#ready[this.#given]
    if (ready === undefined) return false
    this.#given++
    Object.assign(frame, ready)
    return true
  }

  /** @throws UserError when one of the interfaces is gone; what came from all before was handed out */
  async more(): Promise<boolean> {
    this.#ready = []
    this.#given = 0
    while (!this.#isOver) {
      let some = false
      for (const [id, member] of this.#members.entries()) some = this.#take(member, id) || some
      if (this.#stoppedAt < Infinity) {
        this.#quietSince = some ? Infinity : Math.min(this.#quietSince, performance.now())
        if (!some && this.#isDrained()) return this.#end()
      } else if (this.#isComplete()) {
        const released = this.#release(this.#moment)
        this.#ask()
        if (released) return true
      }
      // Signals and the other side of a pipe have their turn here even when packets never cease.
      await new Promise((resolve) => (some ? setImmediate(resolve) : setTimeout(resolve, LOOK_AGAIN)))
    }
    if (this.#failure !== undefined) throw new UserError(this.#failure)
    return false
  }

  /** Copies what one ring has: false when it had nothing. */
  #take(member: Member, id: number): boolean {
    if (member.handle.dispatchNow(member.stream, BATCH) === -1 && this.#failure === undefined) {
      const why = member.handle.error()
      this.#failure = `${member.handle.device}: ${/disappear/.test(why) ? 'the interface is gone' : why} (the packets before that are complete)`
      this.stop()
    }
    const { b, end } = member.stream.take()
    if (end === 0) return false
    const { window } = member
    window.b = b.slice(0, end)
    window.at = 0
    window.end = end
    for (let frame = newFrame(); member.walker.next(window, frame); frame = newFrame()) {
      frame.interfaceId = id
      this.#held.push(frame)
    }
    return true
  }

  #ask(): void {
    const now = Date.now()
    this.#askedAt = performance.now()
    // Frames from before the clock was set back have stamps that it may take hours to reach again: all that came is handed out.
    const offset = now - this.#askedAt
    this.#moment = offset < this.#offset - SET_BACK ? Infinity : now - STAMPED_BEFORE
    this.#offset = offset
    for (const member of this.#members) {
      const { received, dropped } = member.handle.counts()
      member.awaited = received - dropped
    }
  }

  /** Everything that the rings had taken at the moment has come. */
  #isComplete(): boolean {
    const waited = performance.now() - this.#askedAt
    return this.#members.every(({ handle, walker, awaited }) => waited > 4 * this.#hold || (handle.countsAreExact ? walker.packets >= awaited : waited > this.#hold))
  }

  /** Makes the frames before `moment` (milliseconds since 1970) ready, in order: false when there are none. */
  #release(moment: number): boolean {
    const second = Math.floor(moment / 1000), nanos = moment === Infinity ? 0 : (moment % 1000) * 1e6
    const isBefore = (frame: Frame): boolean => frame.seconds < second || (frame.seconds === second && frame.nanos < nanos)
    const ready = this.#held.filter(isBefore)
    if (ready.length === 0) return false
    this.#held = ready.length === this.#held.length ? [] : this.#held.filter((frame) => !isBefore(frame))
    this.#ready = ready.sort((a, b) => a.seconds - b.seconds || a.nanos - b.nanos)
    this.#given = 0
    return true
  }

  #isDrained(): boolean {
    const quiet = performance.now() - this.#quietSince
    return this.#members.every(({ handle, walker }) => {
      if (quiet > 2 * this.#hold) return true
      if (!handle.countsAreExact) return quiet > this.#hold
      const { received, dropped } = handle.counts()
      return walker.packets >= received - dropped
    })
  }

  #end(): boolean {
    this.#finish()
    const some = this.#release(Infinity)
    if (!some && this.#failure !== undefined) throw new UserError(this.#failure)
    return some
  }

  #finish(): void {
    if (this.#isOver) return
    this.#isOver = true
    for (const member of this.#members) {
      const counts = member.handle.counts()
      member.counts = member.handle.countsAreExact ? counts : { ...counts, received: member.walker.packets + counts.dropped }
    }
  }

  stop(): void {
    if (this.#stoppedAt < Infinity) return
    this.#stoppedAt = performance.now()
    for (const { handle } of this.#members) if (!handle.dropAll()) handle.countsAreExact = false
  }

  get descriptors(): readonly number[] {
    return this.#members.map(({ handle }) => handle.descriptor)
  }

  letIn(): void {
    for (const { handle } of this.#members) handle.letIn()
  }

  countsByInterface(): readonly Counts[] {
    return this.#members.map(({ counts, handle }) => counts ?? handle.counts())
  }

  counts(): Counts {
    return this.countsByInterface().reduce((sum, one) => ({
      received: sum.received + one.received,
      dropped: sum.dropped + one.dropped,
      droppedByInterface: sum.droppedByInterface + one.droppedByInterface,
    }))
  }

  halt(): Promise<void> {
    this.#finish()
    return Promise.resolve()
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#held = this.#ready = []
    for (const { stream, handle } of this.#members) {
      stream.close()
      handle.close()
    }
  }
}
