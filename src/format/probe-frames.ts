/** The segments of an experiment, as tcpdump prints them. */
import { newFrame, type Frame } from '../frame.js'
import { LineWriter } from './line.js'
import { DEFAULT_PRINT_OPTIONS } from './options.js'
import { writePacket } from './packet.js'
import { Printer } from './printer.js'
import type { FrameEvent } from './probe-events.js'
import { Timestamps } from './timestamp.js'

/** Frames as tcpdump prints them, relative numbers counted within one experiment. */
export class ProbeFrames {
  #text = ''
  readonly #out = new LineWriter((chunk) => {
    this.#text += Buffer.from(chunk).toString('latin1')
  }, 4096)
  readonly #printer: Printer
  readonly #times: Timestamps
  readonly #frame: Frame = newFrame()
  #number = 0

  constructor(style: 'modern' | 'classic') {
    const options = { ...DEFAULT_PRINT_OPTIONS, numeric: true, style }
    this.#printer = new Printer(this.#out, options, undefined)
    this.#times = new Timestamps(options)
  }

  text({ seconds, nanos, wireLength, linkType, bytes }: FrameEvent): string {
    const b = Buffer.from(bytes, 'base64')
    Object.assign(this.#frame, { b, at: 0, end: b.length, wireLength, seconds, nanos, linkType })
    writePacket(this.#printer, this.#times, this.#frame, ++this.#number)
    this.#out.flush()
    const text = this.#text.trimEnd()
    this.#text = ''
    return text.replaceAll('\n', '\n    ')
  }
}
