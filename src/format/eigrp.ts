/** Enhanced Interior Gateway Routing Protocol — RFC 7868 — as tcpdump prints it. */
import { u16, u24, u32, u8 } from '../bytes.js'
import { writeUnknownData } from './fields.js'
import type { Printer } from './printer.js'
import { bits, tableOf, word } from './tables.js'

const VERSION = 2
const HEADER = 20
const TLV_HEADER = 4
const OPCODES = tableOf({ 1: 'Update', 3: 'Query', 4: 'Reply', 5: 'Hello', 6: 'IPX SAP', 7: 'Probe' })
const FLAGS = [[0x01, 'Init'], [0x02, 'Conditionally Received'], [0x04, 'Restart'], [0x08, 'End-of-Table']] as const
const Tlv = {
  PARAMETERS: 0x0001, SOFTWARE: 0x0004, IP_INTERNAL: 0x0102, IP_EXTERNAL: 0x0103, APPLETALK_INTERNAL: 0x0202, APPLETALK_EXTERNAL: 0x0203, CABLE: 0x0204,
} as const
const TLVS = tableOf({
  0x0001: 'General Parameters', 0x0002: 'Authentication', 0x0003: 'Sequence', 0x0004: 'Software Version', 0x0005: 'Next Multicast Sequence',
  0x0102: 'IP Internal routes', 0x0103: 'IP External routes', 0x0202: 'AppleTalk Internal routes', 0x0203: 'AppleTalk External routes',
  0x0204: 'AppleTalk Cable setup', 0x0302: 'IPX Internal routes', 0x0303: 'IPX External routes',
})
const ORIGINS = tableOf({
  1: 'IGRP', 2: 'EIGRP', 3: 'Static', 4: 'RIP', 5: 'Hello', 6: 'OSPF', 7: 'IS-IS', 8: 'EGP', 9: 'BGP', 10: 'IDRP', 11: 'Connected',
})

export function printEigrp(p: Printer, at: number, length: number): void {
  const { b, out, options } = p
  p.protocol = 'eigrp'
  if (!p.has(at, HEADER)) return p.truncated()
  const version = u8(b, at)
  const opcode = u8(b, at + 1)
  if (version !== VERSION) {
    out.text('EIGRP version ').dec(version).text(' packet not supported')
    return
  }
  if (options.verbose === 0 || length < HEADER) {
    out.text('EIGRP ').text(word(OPCODES, opcode, 'unknown (%)')).text(', length: ').dec(length)
    if (options.verbose > 0) out.text(' (too short, < ').dec(HEADER).byte(41)
    return
  }
  const rest = length - HEADER
  out.text('\n\tEIGRP v').dec(version).text(', opcode: ').text(word(OPCODES, opcode, 'unknown, type: %')).text(' (').dec(opcode)
  out.text('), chksum: 0x').hex(u16(b, at + 2), 4).text(', Flags: [').text(bits(FLAGS, u32(b, at + 4), 'none'))
  out.text(']\n\tseq: 0x').hex(u32(b, at + 8), 8).text(', ack: 0x').hex(u32(b, at + 12), 8)
  out.text(', VRID: ').dec(u16(b, at + 16)).text(', AS: ').dec(u16(b, at + 18)).text(', length: ').dec(rest)
  printTlvs(p, at + HEADER, at + length)
}

function printTlvs(p: Printer, at: number, end: number): void {
  const { b, out, options } = p
  for (let here = at; here < end; ) {
    if (!p.has(here, TLV_HEADER)) return p.truncated()
    const type = u16(b, here)
    const length = u16(b, here + 2)
    if (length < TLV_HEADER || here + length > end) {
      writeUnknownData(p, here + TLV_HEADER, '\n\t    ', end - here)
      return
    }
    out.text('\n\t  ').text(TLVS.get(type) ?? 'Unknown').text(' TLV (0x').hex(type, 4).text('), length: ').dec(length)
    if (!p.has(here, length)) return p.truncated()
    const value = here + TLV_HEADER
    const size = length - TLV_HEADER
    const wanted = sizeOf(type)
    if (wanted === undefined) {
      if (options.verbose === 1) writeUnknownData(p, value, '\n\t    ', size)
    } else if (size < wanted) out.text(' (too short, < ').dec(TLV_HEADER + wanted).byte(41)
    else printTlv(p, value, type)
    if (options.verbose > 1) writeUnknownData(p, value, '\n\t    ', size)
    here += length
  }
}

/** Bytes that a field has at the least; undefined: nothing is known of it. */
function sizeOf(type: number): number | undefined {
  switch (type) {
    case Tlv.PARAMETERS:
    case Tlv.CABLE:
      return 8
    case Tlv.SOFTWARE:
      return 4
    case Tlv.IP_INTERNAL:
      return 22
    case Tlv.IP_EXTERNAL:
      return 42
    case Tlv.APPLETALK_INTERNAL:
      return 24
    case Tlv.APPLETALK_EXTERNAL:
      return 40
    default:
      return undefined
  }
}

function printTlv(p: Printer, at: number, type: number): void {
  const { b, out } = p
  switch (type) {
    case Tlv.PARAMETERS:
      out.text('\n\t    holdtime: ').dec(u16(b, at + 6)).byte(115)
      for (let k = 0; k < 5; k++) out.text(', k').dec(k + 1).byte(32).dec(u8(b, at + k))
      return
    case Tlv.SOFTWARE:
      out.text('\n\t    IOS version: ').dec(u8(b, at)).byte(46).dec(u8(b, at + 1)).text(', EIGRP version ').dec(u8(b, at + 2)).byte(46).dec(u8(b, at + 3))
      return
    case Tlv.CABLE:
      out.text('\n\t    Cable-range: ').dec(u16(b, at)).byte(45).dec(u16(b, at + 2)).text(', Router-ID ').dec(u32(b, at + 4))
      return
    case Tlv.IP_INTERNAL:
      if (writePrefix(p, at, at + 20)) writeMetric(p, at + 4)
      return
    case Tlv.IP_EXTERNAL:
      if (!writePrefix(p, at, at + 40)) return
      out.text('\n\t      origin-router ')
      p.ip4(at + 4)
      writeOrigin(p, at + 8, u8(b, at + 22), u8(b, at + 23), u32(b, at + 16))
      writeMetric(p, at + 24)
      return
    case Tlv.APPLETALK_INTERNAL:
      writeCableRange(p, at, at + 20)
      writeMetric(p, at + 4)
      return
    case Tlv.APPLETALK_EXTERNAL:
      writeCableRange(p, at, at + 36)
      out.text('\n\t      origin-router ').dec(u32(b, at + 4))
      writeOrigin(p, at + 8, u8(b, at + 16), u8(b, at + 17), u16(b, at + 18))
      writeMetric(p, at + 20)
  }
}

/** False when its length cannot be. */
function writePrefix(p: Printer, nextHop: number, at: number): boolean {
  const { b, out } = p
  const bitCount = u8(b, at)
  if (bitCount > 32) {
    out.text('\n\t    illegal prefix length ').dec(bitCount)
    return false
  }
  const byteCount = (bitCount + 7) >> 3
  p.need(at + 1, byteCount)
  const prefix = new Uint8Array(4)
  prefix.set(b.subarray(at + 1, at + 1 + byteCount))
  out.text('\n\t    IPv4 prefix: ').right(p.names?.ip4(prefix, 0) ?? prefix.join('.'), 15).byte(47).dec(bitCount).text(', nexthop: ')
  if (u32(b, nextHop) === 0) out.text('self')
  else p.ip4(nextHop)
  return true
}

function writeCableRange(p: Printer, nextHop: number, at: number): void {
  const { b, out } = p
  out.text('\n\t     Cable-Range: ').dec(u16(b, at)).byte(45).dec(u16(b, at + 2)).text(', nexthop: ')
  if (u32(b, nextHop) === 0) out.text('self')
  else out.dec(u16(b, nextHop)).byte(46).dec(u16(b, nextHop + 2))
}

/** Where an external route came from: autonomous system and tag at `at`, and the rest. */
function writeOrigin(p: Printer, at: number, protocol: number, flags: number, metric: number): void {
  const { b, out } = p
  out.text(', origin-as ').dec(u32(b, at)).text(', origin-proto ').text(ORIGINS.get(protocol) ?? 'unknown').text(', flags [0x').hex(flags, 2)
  out.text('], tag 0x').hex(u32(b, at + 4), 8).text(', metric ').dec(metric)
}

function writeMetric(p: Printer, at: number): void {
  const { b, out } = p
  // carried in tens of microseconds
  out.text('\n\t      delay ').dec(Math.floor(u32(b, at) / 100)).text(' ms, bandwidth ').dec(u32(b, at + 4)).text(' Kbps, mtu ').dec(u24(b, at + 8))
  out.text(', hop ').dec(u8(b, at + 11)).text(', reliability ').dec(u8(b, at + 12)).text(', load ').dec(u8(b, at + 13))
}
