/** M3UA messages inside SCTP as tcpdump prints them — RFC 4666 §3. */
import { u16, u8 } from '../bytes.js'
import type { Printer } from './printer.js'
import { type NumberTable, tableOf } from './tables.js'

const HEADER = 8
const VERSION = 1

/** Message classes, and the messages of each. */
const CLASSES: ReadonlyMap<number, readonly [name: string, messages: NumberTable]> = new Map([
  [0, ['Management', tableOf({ 0: 'Error', 1: 'Notify' })]],
  [1, ['Transfer', tableOf({ 1: 'Data' })]],
  [2, ['SS7', tableOf({
    1: 'Destination Unavailable', 2: 'Destination Available', 3: 'Destination State Audit', 4: 'Signalling Congestion',
    5: 'Destination User Part Unavailable', 6: 'Destination Restricted',
  })]],
  [3, ['ASP', tableOf({ 1: 'Up', 2: 'Down', 3: 'Heartbeat', 4: 'Up Acknowledgement', 5: 'Down Acknowledgement', 6: 'Heartbeat Acknowledgement' })]],
  [4, ['ASP', tableOf({ 1: 'Active', 2: 'Inactive', 3: 'Active Acknowledgement', 4: 'Inactive Acknowledgement' })]],
  [9, ['Routing Key Management', tableOf({
    1: 'Registration Request', 2: 'Registration Response', 3: 'Deregistration Request', 4: 'Deregistration Response',
  })]],
])

const Parameter = { ROUTING_CONTEXT: 0x0006, CORRELATION: 0x0013, APPEARANCE: 0x0200 } as const
const PARAMETERS = tableOf({
  0x0004: 'INFO String', 0x0006: 'Routing Context', 0x0007: 'Diagnostic Info', 0x0009: 'Heartbeat Data', 0x000b: 'Traffic Mode Type',
  0x000c: 'Error Code', 0x000d: 'Status', 0x0011: 'ASP Identifier', 0x0012: 'Affected Point Code', 0x0013: 'Correlation ID',
  0x0200: 'Network Appearance', 0x0204: 'User/Cause', 0x0205: 'Congestion Indications', 0x0206: 'Concerned Destination', 0x0207: 'Routing Key',
  0x0208: 'Registration Result', 0x0209: 'Deregistration Result', 0x020a: 'Local Routing Key Identifier', 0x020b: 'Destination Point Code',
  0x020c: 'Service Indicators', 0x020e: 'Originating Point Code List', 0x0210: 'Protocol Data', 0x0212: 'Registration Status',
  0x0213: 'Deregistration Status',
})

/** A message of `size` bytes at `at`. */
export function printM3ua(p: Printer, at: number, size: number): void {
  const { out, b } = p
  p.protocol = 'm3ua'
  if (size < HEADER) return p.invalid()
  p.need(at, HEADER)
  if (u8(b, at) !== VERSION) return
  const group = CLASSES.get(u8(b, at + 2))
  if (group === undefined) out.text('\n\t\tUnknown message class ').dec(u8(b, at + 2))
  else {
    const type = u8(b, at + 3)
    const name = group[1].get(type)
    out.text('\n\t\t').text(group[0]).byte(32)
    if (name === undefined) out.text('Unknown (0x').hex(type, 2).byte(41)
    else out.text(name)
    out.text(' Message')
  }
  const length = p.u32(at + 4)
  if (length < HEADER || length !== size) {
    out.text('\n\t\t\t@@@@@@ Corrupted length ').dec(length).text(' of message @@@@@@')
    return
  }
  printParameters(p, at + HEADER, size - HEADER)
}

function printParameters(p: Printer, at: number, size: number): void {
  const { out, b } = p
  while (size > 0) {
    if (size < 4) return p.invalid()
    p.need(at, 4)
    const tag = u16(b, at)
    const name = PARAMETERS.get(tag)
    out.text('\n\t\t\t')
    if (name === undefined) out.text('Unknown Parameter (0x').hex(tag, 4).byte(41)
    else out.text(name)
    out.text(': ')
    const length = u16(b, at + 2)
    if (length < 4) return p.invalid()
    // Padded, but where the message ends.
    const padded = Math.min((length + 3) & ~3, size)
    p.need(at, Math.max(padded, length))
    if (length > size) return p.invalid()
    // Of these three tcpdump prints the first word of the parameter: its own header.
    if (tag === Parameter.ROUTING_CONTEXT || tag === Parameter.CORRELATION || tag === Parameter.APPEARANCE) {
      if (length < 8) return p.invalid()
      out.text('0x').hex(p.u32(at), 8)
    } else out.text('(length ').dec(length).byte(41)
    at += padded
    size -= padded
  }
}
