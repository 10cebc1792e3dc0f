/** --process, --pid, --prog and `-- COMMAND`: packets with the program that owns their socket, and only those of some programs. */
import type { Frame } from '../frame.js'
import type { LineWriter } from '../format/line.js'
import { Timestamps } from '../format/timestamp.js'
import type { Owned, SocketOwners } from './socket-owners.js'
import type { ProcessOptions } from './tcpdump-live-options.js'
import type { Consumer } from './tcpdump-print.js'
import type { RotatingWriter } from './tcpdump-write.js'

/** Frames that may wait at once for their owners. */
const MAX_FRAMES = 2048
/** After so long a packet whose owner was not found may be looked for again, ms. */
const RETRY = 200

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

export class OwnedFrames implements Consumer {
  readonly countsItself = true
  readonly #owners: SocketOwners
  readonly #options: ProcessOptions
  readonly #outlet: Outlet
  #waiting: Frame[] = []
  #lookedAt = -RETRY

  constructor(owners: SocketOwners, options: ProcessOptions, outlet: Outlet) {
    this.#owners = owners
    this.#options = options
    this.#outlet = outlet
  }

  take = (frame: Frame): void => {
    const b = frame.b.slice(frame.at, frame.end)
    this.#waiting.push({ ...frame, b, at: 0, end: b.length })
  }

  isFull = (): boolean => this.#waiting.length >= MAX_FRAMES

  settle = async (): Promise<void> => {
    const waiting = this.#waiting
    this.#waiting = []
    const now = performance.now()
    let owned = waiting.map((frame) => this.#owners.of(frame))
    if (owned.includes(undefined) && now - this.#lookedAt > this.#pause) {
      this.#lookedAt = now
      await this.#owners.look()
      owned = waiting.map((frame) => this.#owners.of(frame))
      // Packets of others, whose owner there is none of, must not have /proc read for each batch.
      this.#pause = owned.includes(undefined) ? Math.min(RETRY, this.#pause * 2 + 10) : 0
    }
    for (const [n, frame] of waiting.entries()) {
      const whose = owned[n] ?? undefined
      if (!this.#selects(whose) || this.#outlet.tally.packets >= this.#outlet.count) continue
      await this.#put(frame, whose)
    }
    this.#outlet.files?.flush()
    await this.#outlet.printing?.settle()
  }

  #pause = 0

  #selects(whose: Owned | undefined): boolean {
    const { pids, names, command } = this.#options
    if (pids.length === 0 && names.length === 0 && command.length === 0) return true
    if (whose === undefined) return false
    const { pid, name, isOurs } = whose.owner
    return pids.includes(pid) || names.includes(name) || (command.length > 0 && isOurs)
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
