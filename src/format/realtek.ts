/** Protocols of Realtek's switches as tcpdump prints them — RTL8324 datasheet §8.20 to §8.22. */
import type { Printer } from './printer.js'
import { tableOf } from './tables.js'

const RRCP = 0x01
const KINDS = tableOf({ 0x02: 'REP', 0x03: 'RLDP', 0x23: 'RLDP', 0x04: 'Realtek 8-byte DSA tag' })
/** By the upper half: the lower half belongs to the tag. */
const TAGS = tableOf({ 0x90: 'Realtek RTL8306 4-byte DSA tag', 0xa0: 'Realtek RTL8366RB 4-byte DSA tag' })
const REPLY = 0x80
const OPERATIONS = ['hello', 'get', 'set'] as const
const HELLO = 0

/** @param source,destination where the link-layer addresses stand, -1 when there are none */
export function printRealtek(p: Printer, at: number, source: number, destination: number): void {
  const { out } = p
  p.protocol = 'rtl'
  if (source >= 0 && destination >= 0) {
    p.linkAddress(source)
    out.text(' > ')
    p.linkAddress(destination)
    out.text(', ')
  }
  const kind = p.u8(at)
  if (kind === RRCP) return printRrcp(p, at)
  const name = KINDS.get(kind) ?? TAGS.get(kind & 0xf0)
  if (name === undefined) out.text('Realtek unknown type 0x').hex2(kind)
  else out.text(name)
}

/** Remote control: registers of a switch are read and written. */
function printRrcp(p: Printer, at: number): void {
  const { out } = p
  p.protocol = 'rrcp'
  const head = p.u8(at + 1)
  const operation = head & ~REPLY
  const name = OPERATIONS[operation]
  out.text(head & REPLY ? 'RRCP reply: ' : 'RRCP query: ')
  if (name === undefined) out.text('unknown opcode (0x').hex2(operation).byte(41)
  else out.text(name)
  const hasRegister = name !== undefined && operation !== HELLO
  if (hasRegister) {
    p.need(at + 4, 6)
    out.text(' addr=0x').hex(p.u16le(at + 4), 4).text(', data=0x').hex(p.u32le(at + 6), 8)
  }
  const key = p.u16(at + 2)
  out.text(', auth=0x').hex(key, 4)
  if (head === REPLY) {
    p.need(at + 4, 14)
    out.text(' downlink_port=').dec(p.u8(at + 4)).text(', uplink_port=').dec(p.u8(at + 5)).text(', uplink_mac=')
    p.mac(at + 6)
    out.text(', vendor_id=').hex(p.u32(at + 14), 8).text(' ,chip_id=').hex(p.u16(at + 12), 4).byte(32)
  } else if (hasRegister) {
    p.need(at + 10, 8)
    out.text(', cookie=0x').hex(p.u32(at + 14), 8).hex(p.u32(at + 10), 8).byte(32)
  }
}
