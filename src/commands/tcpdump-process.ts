/** --process, --pid, --prog and `-- COMMAND`: packets with the program that owns their socket, and only those of some programs. */
import type { Frame } from '../frame.js'
import type { LineWriter } from '../format/line.js'
import { Timestamps } from '../format/timestamp.js'
import type { Ends, SocketOwner, SocketOwners } from './socket-owners.js'
import type { ProcessOptions } from './tcpdump-live-options.js'
import type { Consumer } from './tcpdump-print.js'
import type { RotatingWriter } from './tcpdump-write.js'

/** Frames that may wait at once for their owners. */
const MAX_FRAMES = 2048
/** Where owners are found by looking only: how long a packet waits for its own to be found, and two looks are apart at least, ms. */
const HOLD = 60
const APART = 25

/** The time, and behind it whose packet it is: `curl.4711 Out `. */
export class OwnedTimestamps extends Timestamps {
  whose = ''

  override write(out: LineWriter, seconds: number, nanos: number): void {
    super.write(out, seconds, nanos)
    if (this.whose !== '') out.utf8(this.whose)
  }
}

interface Outlet {
  readonly tally: { packets: number }
  readonly count: number
  readonly times: OwnedTimestamps
  readonly printing: Consumer | undefined
  /** Set before each frame that is printed as JSON. */
  readonly forJson: { process: string }
  readonly files: RotatingWriter | undefined
}

/** A packet's owner, and whether the packet left it. */
interface Owned {
  readonly owner: SocketOwner
  readonly isOut: boolean
}

interface Waiting {
  readonly frame: Frame
  readonly since: number
}

export class OwnedFrames implements Consumer {
  readonly countsItself = true
  readonly #owners: SocketOwners
  readonly #options: ProcessOptions
  readonly #outlet: Outlet
  #waiting: Waiting[] = []
  #lookedAt = -APART

  constructor(owners: SocketOwners, options: ProcessOptions, outlet: Outlet) {
    this.#owners = owners
    this.#options = options
    this.#outlet = outlet
  }

  take = (frame: Frame): void => {
    if (this.#isSelecting) {
      const ends = this.#owners.of(frame)
      if (ends.open === '' && this.#selected(ends) === undefined) return // strangers may talk a lot: theirs are not even copied
    }
    const b = frame.b.slice(frame.at, frame.end)
    this.#waiting.push({ frame: { ...frame, b, at: 0, end: b.length }, since: performance.now() })
  }

  isFull = (): boolean => this.#waiting.length >= MAX_FRAMES

  /** Some frames are held back: `settle` again in a while. */
  isHolding = (): boolean => this.#waiting.length > 0

  settle = async (isLast = false): Promise<void> => {
    const waiting = this.#waiting
    this.#waiting = []
    const { blind } = this.#owners, now = performance.now()
    if (waiting.some(({ frame }) => this.#owners.of(frame).open !== '') && (blind === undefined || isLast || now - this.#lookedAt > APART)) {
      this.#lookedAt = now
      await this.#owners.look()
    }
    // What the kernel tells it has told by now. Else the first frame without an owner, and all behind it, wait for another look.
    const mayWait = blind !== undefined && !isLast && waiting.length < MAX_FRAMES
    for (const [n, { frame, since }] of waiting.entries()) {
      const ends = this.#owners.of(frame)
      if (ends.open !== '') {
        if (mayWait && now - since < HOLD) {
          this.#waiting = waiting.slice(n)
          break
        }
        this.#owners.giveUp(ends.open)
      }
      const whose = this.#selected(ends)
      if ((whose === undefined && this.#isSelecting) || this.#outlet.tally.packets >= this.#outlet.count) continue
      await this.#put(frame, whose)
    }
    this.#outlet.files?.flush()
    await this.#outlet.printing?.settle()
  }

  /** The end that was asked for, the sender before the receiver. */
  #selected({ from, to }: Ends): Owned | undefined {
    if (from !== undefined && this.#selects(from)) return { owner: from, isOut: true }
    return to !== undefined && this.#selects(to) ? { owner: to, isOut: false } : undefined
  }

  get #isSelecting(): boolean {
    const { pids, names, command } = this.#options
    return pids.length > 0 || names.length > 0 || command.length > 0
  }

  #selects({ pid, name, isOurs }: SocketOwner): boolean {
    const { pids, names, command } = this.#options
    return !this.#isSelecting || pids.includes(pid) || names.includes(name) || (command.length > 0 && isOurs)
  }

  async #put(frame: Frame, whose: Owned | undefined): Promise<void> {
    const { tally, times, printing, forJson, files } = this.#outlet
    tally.packets++
    if (files !== undefined && !files.write(frame, whose === undefined ? '' : `process ${whose.owner.name} pid ${whose.owner.pid}`)) return
    if (printing === undefined) return
    times.whose = whose === undefined ? '' : `${whose.owner.name}.${whose.owner.pid} ${whose.isOut ? 'Out' : 'In'} `
    forJson.process = whose === undefined ? '' : `,"process":${JSON.stringify({ name: whose.owner.name, pid: whose.owner.pid, direction: whose.isOut ? 'out' : 'in' })}`
    printing.take(frame)
    await printing.settle() // a line that waits for names of hosts would get the next packet's program
  }
}
