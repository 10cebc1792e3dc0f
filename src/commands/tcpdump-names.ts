/**
 * Packets printed with names of hosts: a name may have to be asked of a server, while a line is written at once. So
 * frames wait, copied, in batches: each batch is first printed to nowhere to learn which addresses it shows, these are
 * looked up all at once, and then it is printed in order.
 */
import type { Frame } from '../frame.js'
import { LineWriter } from '../format/line.js'
import { writePacket } from '../format/packet.js'
import { Printer } from '../format/printer.js'
import { Timestamps } from '../format/timestamp.js'
import type { PacketNames } from '../names/packet-names.js'

/** Frames and bytes that may wait at once. */
const MAX_FRAMES = 512
const MAX_BYTES = 4 << 20

interface Waiting {
  readonly frame: Frame
  readonly number: number
}

export class NamedFrames {
  readonly #printer: Printer
  readonly #times: Timestamps
  readonly #names: PacketNames
  readonly #rehearsal: Printer
  readonly #nowhere: LineWriter
  readonly #noTime: Timestamps
  #waiting: Waiting[] = []
  #bytes = 0

  constructor(printer: Printer, times: Timestamps, names: PacketNames) {
    this.#printer = printer
    this.#times = times
    this.#names = names
    this.#nowhere = new LineWriter(() => {}, Infinity)
    this.#rehearsal = new Printer(this.#nowhere, printer.options, names)
    this.#rehearsal.rehearsing = true
    this.#noTime = new Timestamps({ time: 1, nano: false })
  }

  /** There is no room for another frame: `settle` first. */
  get isFull(): boolean {
    return this.#waiting.length >= MAX_FRAMES || this.#bytes >= MAX_BYTES
  }

  /** Keeps a copy of the frame until `settle`. */
  take(frame: Frame, number: number): void {
    const b = frame.b.slice(frame.at, frame.end)
    this.#waiting.push({ frame: { ...frame, b, at: 0, end: b.length }, number })
    this.#bytes += b.length
  }

  /** Looks up what the waiting frames show, and prints them. */
  async settle(): Promise<void> {
    const waiting = this.#waiting
    this.#waiting = []
    this.#bytes = 0
    for (const { frame, number } of waiting) {
      writePacket(this.#rehearsal, this.#noTime, frame, number)
      this.#nowhere.rewind(0)
    }
    await this.#names.lookUp()
    for (const { frame, number } of waiting) writePacket(this.#printer, this.#times, frame, number)
  }
}
