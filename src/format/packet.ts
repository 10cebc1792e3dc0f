/** A whole packet as text: number, time, what the link printer says, and the dump. */
import type { Frame } from '../frame.js'
import { writeHex, writeHexAndText, writeText } from './dump.js'
import { linkPrinter } from './link/link.js'
import { ABANDONED, TRUNCATED, type Printer } from './printer.js'
import type { Timestamps } from './timestamp.js'

/** More than this of a frame is never captured: libpcap's MAXIMUM_SNAPLEN, a documented limit of tcpdump(1). */
const MAX_CAPTURE = 262144

/** Writes the lines of one frame. `number` counts from 1. */
export function writePacket(p: Printer, times: Timestamps, frame: Frame, number: number): void {
  const { out, options } = p
  if (options.number) out.decPad(number, 5).text('  ')
  if (isInvalid(frame)) {
    writeInvalidHeader(p, frame.end - frame.at, frame.wireLength)
    return out.endLine()
  }
  times.write(out, frame.seconds, frame.nanos)
  p.times = times
  const header = writeFrame(p, frame)
  if (options.dump !== 'none') writeDump(p, frame, header)
  out.endLine()
}

/** What the link printer says of the frame; returns the bytes of its link-layer header. */
function writeFrame(p: Printer, frame: Frame): number {
  p.b = frame.b
  p.end = frame.end
  p.protocol = ''
  p.depth = 0
  const print = linkPrinter(frame.linkType)
  if (print === undefined) {
    p.out.text('UNSUPPORTED')
    writeUnknown(p, frame.at, frame.end)
    return 0
  }
  try {
    return print(p, frame.at, frame.wireLength)
  } catch (thrown) {
    if (thrown !== TRUNCATED && thrown !== ABANDONED) throw thrown
    p.truncated()
    // where it was cut, all of it is dumped
    return 0
  } finally {
    p.end = frame.end
  }
}

/** What a record's own header says cannot be: the packet is not printed, nor its time, which no later one counts from. */
export function isInvalid({ at, end, wireLength }: Frame): boolean {
  const captured = end - at
  return captured === 0 || wireLength < captured || captured > MAX_CAPTURE || wireLength > MAX_CAPTURE
}

function writeInvalidHeader(p: Printer, captured: number, wireLength: number): void {
  const faults: string[] = []
  if (captured === 0) faults.push('caplen==0')
  if (wireLength === 0) faults.push('len==0')
  else if (wireLength < captured) faults.push(`len(${wireLength}) < caplen(${captured})`)
  if (captured > MAX_CAPTURE) faults.push(`caplen(${captured}) > ${MAX_CAPTURE}`)
  if (wireLength > MAX_CAPTURE) faults.push(`len(${wireLength}) > ${MAX_CAPTURE}`)
  p.out.text('[Invalid header: ').text(faults.join(', ')).byte(93)
}

function writeDump(p: Printer, frame: Frame, header: number): void {
  const { out, options } = p
  const whole = options.dump.length === 2
  const from = whole ? frame.at : frame.at + header
  if (from >= frame.end) return
  if (options.dump[0] === 'X') writeHexAndText(out, frame.b, from, frame.end)
  else if (options.dump[0] === 'x') writeHex(out, frame.b, from, frame.end)
  else writeText(out, frame.b, from, frame.end)
}

/** The dump of bytes that no printer knows, whatever the options: a dump of -x or -X then follows it. */
export function writeUnknown(p: Printer, from: number, end: number): void {
  writeHexAndText(p.out, p.b, from, Math.min(end, p.end))
}

/** The same where tcpdump leaves it to -x and -X; with -q nothing. */
export function writeUnlessQuiet(p: Printer, from: number, end: number): void {
  const { dump, quiet } = p.options
  if (quiet === 0 && (dump === 'none' || dump === 'A' || dump === 'AA')) writeUnknown(p, from, end)
}
