/** Cisco's VLAN Query Protocol as tcpdump prints it. */
import { writeHex } from './dump.js'
import { printTextToZero } from './packet-text.js'
import type { Printer } from './printer.js'
import { tableOf, word } from './tables.js'

const VERSION = 1
const HEADER = 8
const OBJECT = 6
const MESSAGES = tableOf({ 1: 'Request, Join Port', 2: 'Response, VLAN', 3: 'Request, Reconfirm', 4: 'Response, Reconfirm' })
const ERRORS = tableOf({ 0: 'No error', 3: 'Access denied', 4: 'Shutdown port', 5: 'Wrong VTP domain' })
const Kind = { ADDRESS: 0x0c01, PORT: 0x0c02, VLAN: 0x0c03, DOMAIN: 0x0c04, PACKET: 0x0c05, MAC_NULL: 0x0c06, MAC: 0x0c08 } as const
const KINDS = tableOf({
  0x0c01: 'Client IP Address', 0x0c02: 'Port Name', 0x0c03: 'VLAN Name', 0x0c04: 'VTP Domain', 0x0c05: 'Ethernet Packet', 0x0c06: 'MAC Null',
  0x0c08: 'MAC Address',
})

export function printVqp(p: Printer, at: number, length: number): void {
  const { out, options } = p
  p.protocol = 'vqp'
  p.need(at, HEADER)
  if (length < HEADER) return p.invalid()
  const version = p.u8(at)
  if (version !== VERSION) {
    out.text(`VQP version ${version} packet not supported`)
    return
  }
  const type = p.u8(at + 1)
  const error = p.u8(at + 2)
  const count = p.u8(at + 3)
  const message = `${word(MESSAGES, type, 'unknown (%)')} Message, error-code ${word(ERRORS, error, 'unknown')} (${error}), `
  if (options.verbose === 0) {
    out.text(`VQPv1 ${message}length ${length}`)
    return
  }
  out.text(`\n\tVQPv1, ${message}seq 0x`).hex(p.u32(at + 4), 8).text(`, items ${count}, length ${length}`)
  if (!printObjects(p, at + HEADER, length - HEADER, count)) p.invalid()
}

/** False when one of them does not fit. */
function printObjects(p: Printer, at: number, left: number, count: number): boolean {
  const { out } = p
  for (; count > 0 && left !== 0; count--) {
    p.need(at, OBJECT)
    if (left < OBJECT) return false
    const kind = p.u32(at)
    const size = p.u16(at + 4)
    at += OBJECT
    left -= OBJECT
    out.text(`\n\t  ${word(KINDS, kind, 'Unknown')} Object (0x`).hex(kind, 8).text(`), length ${size}, value: `)
    if (kind === 0 || size === 0) return true
    p.need(at, size)
    if (size > left || !printValue(p, kind, at, size)) return false
    at += size
    left -= size
  }
  return true
}

function printValue(p: Printer, kind: number, at: number, size: number): boolean {
  const { out, b, options } = p
  switch (kind) {
    case Kind.ADDRESS:
      if (size !== 4) return false
      p.ip4(at)
      out.text(' (0x').hex(p.u32(at), 8).byte(41)
      return true
    case Kind.PORT:
    case Kind.VLAN:
    case Kind.DOMAIN:
    case Kind.PACKET:
      printTextToZero(p, at, size)
      return true
    case Kind.MAC_NULL:
    case Kind.MAC:
      if (size !== 6) return false
      p.mac(at)
      return true
    default:
      if (options.verbose <= 1) writeHex(out, b, at, at + size, '\n\t    ')
      return true
  }
}
