/** Multicast Source Discovery Protocol as tcpdump prints it — RFC 3618 §12. */
import { ip4, say } from './fields.js'
import { printIp4 } from './ip4.js'
import type { Printer } from './printer.js'

const HEADER = 3
/** More than this is no message, and more than that is told. */
const MAX = 1500
const LARGE = 1400
const Type = { ACTIVE: 1, REQUEST: 2, RESPONSE: 3, KEEPALIVE: 4, NOTIFICATION: 5, LAST: 7 } as const
/** Of an entry, and of what stands before the entries. */
const ENTRY = 12
const ENTRIES_AT = 8

export function printMsdp(p: Printer, at: number, left: number): void {
  p.protocol = 'msdp'
  say(p, ': msdp')
  const first = p.u8(at)
  const firstLength = p.u16(at + 1)
  // Not the beginning of a message.
  if (firstLength > MAX || firstLength < HEADER || first === 0 || first > Type.LAST) return p.truncated()
  while (left > 0) {
    const type = p.u8(at)
    const length = p.u16(at + 1)
    if (length > LARGE || p.options.verbose > 0) say(p, ` [len ${length}]`)
    if (length < HEADER || left < length) return p.truncated()
    printMessage(p, type, at + HEADER, length)
    at += length
    left -= length
  }
}

/** `length` counts the header, which stands before `at`. */
function printMessage(p: Printer, type: number, at: number, length: number): void {
  switch (type) {
    case Type.ACTIVE:
    case Type.RESPONSE:
      say(p, type === Type.ACTIVE ? ' SA' : ' SA-Response')
      return printEntries(p, at, length)
    case Type.REQUEST:
      say(p, ' SA-Request')
      return say(p, ` for ${ip4(p, at + 1)}`)
    case Type.KEEPALIVE:
      return say(p, ` Keepalive${length === HEADER ? '' : `[len=${length}] `}`)
    case Type.NOTIFICATION:
      return say(p, ' Notification')
  }
  say(p, ` [type=${type} len=${length}]`)
}

/** Sources, and with them the packet that told of one. */
function printEntries(p: Printer, at: number, length: number): void {
  const count = p.u8(at)
  say(p, ` ${count} entries`)
  const size = count * ENTRY + ENTRIES_AT
  if (size >= length) return
  say(p, ' [w/data]')
  if (p.options.verbose < 2) return
  say(p, ' ')
  printIp4(p, at - HEADER + size, length - size)
}
