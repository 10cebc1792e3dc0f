import { openCapture } from '../capture/file.js'
import { newFrame } from '../capture/source.js'
import { LineWriter } from '../format/line.js'
import { DEFAULT_PRINT_OPTIONS } from '../format/options.js'
import { writePacket } from '../format/packet.js'
import { Printer } from '../format/printer.js'
import { Timestamps } from '../format/timestamp.js'
import type { Io } from '../io.js'

/** Scaffold until the option parser lands. */
export async function run(args: string[], io: Io): Promise<number> {
  let dump: 'none' | 'x' | 'xx' | 'X' | 'XX' | 'A' | 'AA' = 'none'
  let verbose = 0, quiet = 0, link = false, number = false, absolute = false, checksums = true, time = 0, file = '-', type = ''
  for (let i = 0; i < args.length; i++) {
    const a = args[i]!
    if (a === '-T') { type = args[++i]!; continue }
    for (const c of a.slice(1)) {
      if (c === 'r') file = args[++i]!
      if (c === 'v') verbose++
      if (c === 'q') quiet++
      if (c === 'e') link = true
      if (c === '#') number = true
      if (c === 'S') absolute = true
      if (c === 'K') checksums = false
      if (c === 't') time++
      if (c === 'x') dump = dump === 'x' ? 'xx' : 'x'
      if (c === 'X') dump = dump === 'X' ? 'XX' : 'X'
      if (c === 'A') dump = dump === 'A' ? 'AA' : 'A'
    }
  }
  const options = { ...DEFAULT_PRINT_OPTIONS, numeric: true, verbose, quiet, link, number, absolute, checksums, time, dump, type }
  const out = new LineWriter(io.out)
  const p = new Printer(out, options, undefined)
  const times = new Timestamps(options)
  const source = await openCapture(file)
  const frame = newFrame()
  let count = 0
  try {
    do {
      while (source.next(frame)) writePacket(p, times, frame, ++count)
    } while (await source.more())
  } finally {
    out.flush()
  }
  return 0
}
