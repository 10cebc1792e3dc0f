/** Connectivity Fault Management as tcpdump prints it — IEEE 802.1Q §21. */
import { FAMILIES } from './address-family.js'
import { printHex } from './data.js'
import { named, writeUnknownData } from './fields.js'
import { ouiName } from './oui.js'
import { printTextToZero } from './packet-text.js'
import type { Printer } from './printer.js'
import { bits, tableOf, word } from './tables.js'

const HEADER = 4
const Opcode = { CONTINUITY: 1, TRACE_REPLY: 4, TRACE: 5 } as const
const OPCODES = tableOf({
  1: 'Continuity Check Message', 2: 'Loopback Reply', 3: 'Loopback Message', 4: 'Linktrace Reply', 5: 'Linktrace Message',
})

export function printCfm(p: Printer, at: number, length: number): void {
  const { b, out } = p
  p.protocol = 'cfm'
  if (length < HEADER) return writeTooShort(p)
  if (!p.has(at, HEADER)) return p.truncated()
  const version = b[at]! & 0x1f
  if (version !== 0) {
    out.text('CFMv').dec(version).text(' not supported, length ').dec(length)
    return
  }
  const opcode = b[at + 1]!
  out.text('CFMv0 ').text(OPCODES.get(opcode) ?? `unknown (${opcode})`).text(', MD Level ').dec(b[at]! >> 5).text(', length ').dec(length)
  if (p.options.verbose === 0) return
  const first = b[at + 3]!
  const left = length - HEADER
  out.text('\n\tFirst TLV offset ').dec(first)
  if (first > left) {
    out.text(' (too large, must be <= ').dec(left).byte(41)
    return
  }
  if (!printMessage(p, opcode, b[at + 2]!, at + HEADER, left, first)) return
  printTlvs(p, at + HEADER + first, left - first)
}

function writeTooShort(p: Printer): void {
  p.out.text('\n\t\t packet is too short')
}

/** What stands before the TLVs; false: there is nothing behind it to print. */
function printMessage(p: Printer, opcode: number, flags: number, at: number, left: number, first: number): boolean {
  switch (opcode) {
    case Opcode.CONTINUITY:
      return hasRoom(p, at, left, first, 70, 1) && printContinuity(p, flags, at)
    case Opcode.TRACE:
      if (!hasRoom(p, at, left, first, 17, 4)) return false
      printTrace(p, flags, at)
      return true
    case Opcode.TRACE_REPLY:
      if (!hasRoom(p, at, left, first, 6, 5)) return false
      printTraceReply(p, flags, at)
      return true
    default:
      writeUnknownData(p, at, '\n\t  ', left - first)
      return true
  }
}

/** A message of `size` bytes fits before the first TLV and was captured; `opcode` as the complaint has it. */
function hasRoom(p: Printer, at: number, left: number, first: number, size: number, opcode: number): boolean {
  if (first < size) p.out.text(' (too small ').dec(opcode).text(', must be >= ').dec(size).byte(41)
  else if (left < size) writeTooShort(p)
  else if (!p.has(at, size)) p.truncated()
  else return true
  return false
}

/** Seconds between messages, as single-precision numbers. */
const INTERVALS = [0, 0.003333, 0.01, 0.1, 1, 10, 60, 600] as const
const NAMES_AT = 6
const NAMES = 48
const NO_DOMAIN = 1
const DomainFormat = { DNS: 2, MAC: 3, TEXT: 4 } as const
const DOMAIN_FORMATS = tableOf({ 0: 'IEEE 802.1', 1: 'No MD Name present', 2: 'DNS string', 3: 'MAC + 16Bit Integer', 4: 'Character string' })
const ASSOCIATION_TEXT = 2
const ASSOCIATION_FORMATS = tableOf({ 0: 'IEEE 802.1', 1: 'Primary VID', 2: 'Character string', 3: '16Bit Integer', 4: 'RFC2685 VPN-ID' })

function printContinuity(p: Printer, flags: number, at: number): boolean {
  const { b, out } = p
  const interval = flags & 7
  out.text(', Flags [CCM Interval ').dec(interval).text(flags & 0x80 ? ', RDI]' : ']')
  if (interval > 0) {
    const seconds = Math.fround(INTERVALS[interval]!)
    out.text('\n\t  CCM Interval ').text(seconds.toFixed(3)).text('s, min CCM Lifetime ').text((seconds * 3.25).toFixed(3))
    out.text('s, max CCM Lifetime ').text((seconds * 3.5).toFixed(3)).byte(115)
  }
  out.text('\n\t  Sequence Number 0x').hex(p.u32(at), 8).text(', MA-End-Point-ID 0x').hex(p.u16(at + 4), 4)
  const end = at + NAMES_AT + NAMES
  let here = at + NAMES_AT
  const domain = b[here]!
  out.text('\n\t  MD Name Format ').text(word(DOMAIN_FORMATS, domain, 'Unknown')).text(' (').dec(domain).byte(41)
  here++
  if (domain !== NO_DOMAIN) {
    const size = b[here]!
    here++
    out.text(', MD Name length ').dec(size)
    // format, length and a byte of the association's name must fit behind
    if (size > end - here - 3) {
      out.text(' (too large, must be <= ').dec(end - here - 2).byte(41)
      return false
    }
    printDomain(p, domain, here, size)
    here += size
  }
  const association = b[here]!
  const size = b[here + 1]!
  here += 2
  out.text('\n\t  MA Name-Format ').text(word(ASSOCIATION_FORMATS, association, 'Unknown')).text(' (').dec(association).text('), MA name length ').dec(size)
  if (size > end - here) {
    out.text(' (too large, must be <= ').dec(end - here).byte(41)
    return false
  }
  out.text('\n\t  MA Name: ')
  if (association === ASSOCIATION_TEXT) printTextToZero(p, here, size)
  else writeUnknownData(p, here, '\n\t    ', size)
  return true
}

function printDomain(p: Printer, format: number, at: number, size: number): void {
  const { out } = p
  out.text('\n\t  MD Name: ')
  if (format === DomainFormat.DNS || format === DomainFormat.TEXT) printTextToZero(p, at, size)
  else if (format !== DomainFormat.MAC) writeUnknownData(p, at, '\n\t    ', size)
  else if (size !== 6) out.text('\n\t  MAC (length invalid)')
  else {
    out.text('\n\t  MAC ')
    p.mac(at)
  }
}

const TRACE_FLAGS = [[0x80, 'Use Forwarding-DB only']] as const
const REPLY_FLAGS = [[0x80, 'UseFDB Only'], [0x40, 'FwdYes'], [0x20, 'Terminal MEP']] as const
const ACTIONS = tableOf({ 1: 'Exact Match', 2: 'Filtering DB', 3: 'MIP CCM DB' })

function printTrace(p: Printer, flags: number, at: number): void {
  const { b, out } = p
  out.text(', Flags [').text(bits(TRACE_FLAGS, flags, 'none')).text(']\n\t  Transaction-ID 0x').hex(p.u32(at), 8).text(', ttl ').dec(b[at + 4]!)
  out.text('\n\t  Original-MAC ')
  p.mac(at + 5)
  out.text(', Target-MAC ')
  p.mac(at + 11)
}

function printTraceReply(p: Printer, flags: number, at: number): void {
  const { b, out } = p
  out.text(', Flags [').text(bits(REPLY_FLAGS, flags, 'none')).text(']\n\t  Transaction-ID 0x').hex(p.u32(at), 8).text(', ttl ').dec(b[at + 4]!)
  out.text('\n\t  Replay-Action ').text(word(ACTIONS, b[at + 5]!, 'Unknown')).text(' (').dec(b[at + 5]!).byte(41)
}

const Tlv = { END: 0, SENDER: 1, PORT_STATUS: 2, INTERFACE_STATUS: 3, ORGANIZATION: 31 } as const
const TLVS = tableOf({
  0: 'End', 1: 'Sender ID', 2: 'Port status', 3: 'Interface status', 4: 'Data', 5: 'Reply Ingress', 6: 'Reply Egress', 31: 'Organization Specific',
})
const TLV_HEADER = 3
const PORT_STATES = tableOf({ 1: 'Blocked', 2: 'Up' })
const INTERFACE_STATES = tableOf({ 1: 'Up', 2: 'Down', 3: 'Testing', 5: 'Dormant', 6: 'not present', 7: 'lower Layer down' })

/** Where the list is: what of the TLV is still to be passed over, and what is left of the packet. */
interface Cursor {
  at: number
  left: number
  /** Of the present TLV. */
  size: number
}

/** How to go on behind a TLV: with a dump, with one when -vv asks for it, with the next one, or not. */
type Then = 'dump' | 'next' | 'skip' | 'stop'

function printTlvs(p: Printer, at: number, left: number): void {
  const { out } = p
  const cursor: Cursor = { at, left, size: 0 }
  while (cursor.left > 0) {
    const type = p.u8(cursor.at)
    out.text('\n\t').text(word(TLVS, type, 'Unknown')).text(' TLV (0x').hex2(type).byte(41)
    if (type === Tlv.END) return
    if (cursor.left < TLV_HEADER) return writeTooShort(p)
    if (!p.has(cursor.at, TLV_HEADER)) return p.truncated()
    cursor.size = p.u16(cursor.at + 1)
    out.text(', length ').dec(cursor.size)
    cursor.at += TLV_HEADER
    cursor.left -= TLV_HEADER
    if (cursor.left < cursor.size) return writeTooShort(p)
    if (!p.has(cursor.at, cursor.size)) return p.truncated()
    const start = cursor.at
    const then = printTlv(p, type, cursor)
    if (then === 'stop') return
    if (then === 'dump' || (then === 'next' && p.options.verbose > 1)) writeUnknownData(p, start, '\n\t  ', cursor.size)
    pass(cursor, cursor.size)
  }
}

function pass(cursor: Cursor, n: number): void {
  cursor.at += n
  cursor.left -= n
}

/** The value, captured. What is printed of a sender is passed over. */
function printTlv(p: Printer, type: number, cursor: Cursor): Then {
  const { out } = p
  const { at, size } = cursor
  switch (type) {
    case Tlv.PORT_STATUS:
    case Tlv.INTERFACE_STATUS: {
      if (size < 1) return tooShort(p, 1)
      const state = p.u8(at)
      out.text(', Status: ').text(word(type === Tlv.PORT_STATUS ? PORT_STATES : INTERFACE_STATES, state, 'Unknown')).text(' (').dec(state).byte(41)
      return 'next'
    }
    case Tlv.ORGANIZATION:
      if (size < 4) return tooShort(p, 4)
      out.text(', Vendor: ').text(ouiName(p.u24(at))).text(' (').dec(p.u24(at)).text('), Sub-Type ').dec(p.u8(at + 3))
      return 'dump'
    case Tlv.SENDER:
      return printSender(p, cursor)
    default:
      return 'dump'
  }
}

function tooShort(p: Printer, min: number): Then {
  p.out.text(' (too short, must be >= ').dec(min).byte(41)
  return 'stop'
}

const CHASSIS = tableOf({
  0: 'Reserved', 1: 'Chassis component', 2: 'Interface alias', 3: 'Port component', 4: 'MAC address', 5: 'Network address', 6: 'Interface name',
  7: 'Locally assigned',
})

/** §21.5.3 */
function printSender(p: Printer, cursor: Cursor): Then {
  const { out } = p
  if (cursor.size < 1) {
    out.text(' (too short, must be >= 1)')
    return 'skip'
  }
  let then: Then = 'next'
  const chassis = take(p, cursor)
  if (chassis > 0) {
    if (cursor.size < 1) return cutSender(p)
    const type = p.u8(cursor.at)
    cursor.size--
    out.text('\n\t  Chassis-ID Type ').text(word(CHASSIS, type, 'Unknown')).text(' (').dec(type).text('), Chassis-ID length ').dec(chassis)
    if (cursor.size < chassis) return cutSender(p)
    if (!printChassis(p, type, cursor.at + 1, chassis)) then = 'dump'
    cursor.size -= chassis
    pass(cursor, 1 + chassis)
  }
  return cursor.size === 0 ? then : printManagement(p, cursor, then)
}

/** A byte of the TLV. */
function take(p: Printer, cursor: Cursor): number {
  const value = p.u8(cursor.at)
  pass(cursor, 1)
  cursor.size--
  return value
}

function cutSender(p: Printer): Then {
  p.out.text('\n\t  (TLV too short)')
  return 'skip'
}

/** The domain and address for management, each behind its length. */
function printManagement(p: Printer, cursor: Cursor, then: Then): Then {
  const { out } = p
  const domain = take(p, cursor)
  out.text('\n\t  Management Address Domain Length ').dec(domain)
  if (domain === 0) return then
  if (cursor.size < domain) return cutSender(p)
  printField(p, cursor, '\n\t  Management Address Domain: ', domain)
  if (cursor.size < 1) {
    out.text(' (Management Address Length is missing)')
    return 'dump'
  }
  const address = take(p, cursor)
  out.text('\n\t  Management Address Length ').dec(address)
  if (address === 0) return then
  if (cursor.size < address) {
    cutSender(p)
    return 'stop'
  }
  printField(p, cursor, '\n\t  Management Address: ', address)
  return then
}

function printField(p: Printer, cursor: Cursor, title: string, size: number): void {
  printHex(p, cursor.at, size, title)
  cursor.size -= size
  pass(cursor, size)
}

/** false: it is unknown, or of a wrong length. */
function printChassis(p: Printer, type: number, at: number, size: number): boolean {
  const { out } = p
  switch (type) {
    case 1:
    case 2:
    case 3:
    case 6:
    case 7:
      printTextToZero(p, at, size)
      return true
    case 4:
      if (size !== 6) {
        out.text(' (invalid MAC address length)')
        return false
      }
      out.text('\n\t  MAC ')
      p.mac(at)
      return true
    case 5:
      return printNetwork(p, at, size)
    default:
      return false
  }
}

const Family = { IP4: 1, IP6: 2 } as const

function printNetwork(p: Printer, at: number, size: number): boolean {
  const { out } = p
  const family = p.u8(at)
  out.text('\n\t  Network Address Type ').text(named(FAMILIES, family, 'Unknown')).text(' (').dec(family).byte(41)
  if (family !== Family.IP4 && family !== Family.IP6) return false
  const isIp4 = family === Family.IP4
  if (size !== 1 + (isIp4 ? 4 : 16)) {
    out.text(isIp4 ? '(invalid IPv4' : '(invalid IPv6').text(' address length ').dec(size - 1).byte(41)
    return false
  }
  out.text(', ')
  if (isIp4) p.ip4(at + 1)
  else p.ip6(at + 1)
  return true
}
