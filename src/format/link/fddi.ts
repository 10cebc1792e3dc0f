/** FDDI frames as tcpdump prints them — ANSI X3.139. */
import { printDataUnlessQuiet } from '../data.js'
import { printLlc } from '../llc.js'
import type { Printer } from '../printer.js'
import { tableOf } from '../tables.js'

const HEADER = 13
const DESTINATION_AT = 1
const SOURCE_AT = 7
/** Frame control: class, address length and format in the upper half. */
const LLC_ASYNC = 0x50
const SMT = 0x40
const CONTROLS = tableOf({ 0x40: 'void', 0x80: 'nrt', 0xc0: 'rt', 0x41: 'info', 0x4f: 'nsa', 0xc2: 'beacon', 0xc3: 'claim' })
/** By the upper half; the lower half stands behind them. */
const CLASSES = tableOf({ 0xc0: 'mac', 0x40: 'smt', 0x50: 'async', 0xd0: 'sync', 0x60: 'imp_async', 0xe0: 'imp_sync' })

export function printFddi(p: Printer, at: number, length: number): number {
  const { b, out, options } = p
  p.protocol = 'fddi'
  const captured = p.end - at
  if (captured < HEADER) {
    p.truncated()
    return captured
  }
  const kind = b[at]! & 0xf0
  if (options.link) writeHeader(p, at, length)
  const inside = at + HEADER
  if (kind === LLC_ASYNC) {
    const llc = printLlc(p, inside, length - HEADER, at + SOURCE_AT, at + DESTINATION_AT)
    if (llc < 0) printDataUnlessQuiet(p, inside, p.end - inside)
    return HEADER + Math.abs(llc)
  }
  if (kind === SMT) {
    out.text('<SMT printer not yet implemented>')
    return HEADER
  }
  if (!options.link) writeHeader(p, at, length)
  printDataUnlessQuiet(p, inside, p.end - inside)
  return HEADER
}

/** `async4 02:… > 02:…, length 60: ` */
function writeHeader(p: Printer, at: number, length: number): void {
  const { out } = p
  const control = p.b[at]!
  if (p.options.quiet === 0) {
    const kind = CLASSES.get(control & 0xf0)
    const name = CONTROLS.get(control)
    if (name !== undefined) out.text(name)
    else if (kind === undefined) out.hex2(control)
    else out.text(kind).hex(control & 0x0f)
    out.byte(32)
  }
  p.mac(at + SOURCE_AT)
  out.text(' > ')
  p.mac(at + DESTINATION_AT)
  out.text(', length ').dec(length).text(': ')
}
