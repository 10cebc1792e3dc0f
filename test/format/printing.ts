/** Prints frames in memory. */
import type { Frame } from '../../src/frame.js'
import { writePacketJson } from '../../src/format/json.js'
import { LineWriter } from '../../src/format/line.js'
import type { Names } from '../../src/format/names.js'
import { DEFAULT_PRINT_OPTIONS, type PrintOptions } from '../../src/format/options.js'
import { writePacket } from '../../src/format/packet.js'
import { Printer } from '../../src/format/printer.js'
import { Timestamps } from '../../src/format/timestamp.js'

/** Each frame's output, without its last newline. */
function printed(frames: readonly Frame[], options: Partial<PrintOptions>, names: Names | undefined, write: (p: Printer, times: Timestamps, frame: Frame, number: number) => void): string[] {
  const all: PrintOptions = { ...DEFAULT_PRINT_OPTIONS, numeric: true, time: 1, ...options }
  let chunk = ''
  const out = new LineWriter((bytes) => { chunk += Buffer.from(bytes).toString('latin1') }, 0)
  const p = new Printer(out, all, names)
  const times = new Timestamps(all)
  return frames.map((frame, i) => {
    chunk = ''
    write(p, times, frame, i + 1)
    out.flush()
    return chunk.slice(0, -1)
  })
}

/** Text without times; without names, unless there are some. */
export const textOf = (frames: readonly Frame[], options: Partial<PrintOptions> = {}, names?: Names): string[] => printed(frames, options, names, writePacket)

/** Lines of JSON. */
export const jsonOf = (frames: readonly Frame[], options: Partial<PrintOptions> = {}): string[] =>
  printed(frames, options, undefined, (p, _times, frame, number) => writePacketJson(p, frame, number))
