/** OpenFlow messages in a TCP segment that begins with one, as tcpdump prints them — OpenFlow Switch Specification §5.1 (1.0.0), §7.1 (1.3.5). */
import { hex, named, say } from './fields.js'
import { OpenFlowFields } from './openflow-fields.js'
import { messages10 } from './openflow10.js'
import { messages13 } from './openflow13.js'
import type { Printer } from './printer.js'

const HEADER = 8
const VERSIONS = { 1: '1.0', 2: '1.1', 3: '1.2', 4: '1.3', 5: '1.4', 6: '1.5' }

/** A kind of message: which lengths its body may have, and what prints it with -v. */
export interface MessageKind {
  readonly name: string
  readonly min?: number
  readonly exactly?: number
  readonly print?: (fields: OpenFlowFields) => void
}

export function printOpenFlow(p: Printer, at: number, length: number): void {
  p.protocol = 'openflow'
  say(p, ': OpenFlow')
  for (const segment = new OpenFlowFields(p, at, length); segment.left > 0; ) {
    if (!printMessage(segment)) return
  }
}

/** False when nothing more is to be said of the segment. */
function printMessage(f: OpenFlowFields): boolean {
  const version = f.u8()
  f.say(`\n\tversion ${named(VERSIONS, version, `unknown (0x${hex(version, 2)})`)}`)
  if (f.left < 1) return partial(f)
  const type = f.u8()
  const kind = (version === 1 ? messages10() : version === 4 ? messages13() : [])[type]
  f.say(`, type ${kind?.name ?? `unknown (0x${hex(type, 2)})`}`)
  if (f.left < 2) return partial(f)
  const length = f.u16()
  f.say(`, length ${length}${length < HEADER ? ' (too short!)' : ''}`)
  if (f.left < 4) return partial(f)
  f.say(`, xid 0x${hex(f.u32(), 8)}`)
  if (length < HEADER) {
    f.invalid()
    return false
  }
  // the message may go on in the next segment
  const body = length - HEADER
  printBody(new OpenFlowFields(f.p, f.at, body), kind)
  if (body > f.left) return false
  f.skip(body)
  return true
}

function partial(f: OpenFlowFields): false {
  f.say(' (end of TCP payload)')
  f.check()
  return false
}

function printBody(f: OpenFlowFields, kind: MessageKind | undefined): void {
  if (kind === undefined) f.check()
  else if (f.left < (kind.min ?? 0) || f.left !== (kind.exactly ?? f.left)) f.invalid()
  else if (f.verbose === 0 || kind.print === undefined) f.check()
  else kind.print(f)
}
