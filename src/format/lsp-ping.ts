/** MPLS echo (LSP ping) as tcpdump prints it — RFC 4379 §3; BFD discriminator RFC 5884. */
import { distinguisher } from './bgp-route.js'
import { enterpriseName } from './enterprise.js'
import { hex, ip4, ip6, named, say, writeUnknownData, type Words } from './fields.js'
import { PSEUDOWIRES } from './l2vpn.js'
import { writeStamp } from './ntp.js'
import type { Printer } from './printer.js'

const VERSION = 1
const HEADER = 32
/** Of a TLV, and of one in it. */
const TLV_HEADER = 4
const MESSAGES: Words = { 1: 'MPLS Echo Request', 2: 'MPLS Echo Reply' }
const MODES: Words = {
  1: 'Do not reply', 2: 'Reply via an IPv4/IPv6 UDP packet', 3: 'Reply via an IPv4/IPv6 UDP packet with Router Alert',
  4: 'Reply via application level control channel',
}
const RETURNS: Words = {
  0: 'No return code or return code contained in the Error Code TLV', 1: 'Malformed echo request received',
  2: 'One or more of the TLVs was not understood', 3: 'Replying router is an egress for the FEC at stack depth',
  4: 'Replying router has no mapping for the FEC at stack depth', 5: 'Reserved', 6: 'Reserved', 7: 'Reserved', 8: 'Label switched at stack-depth',
  9: 'Label switched but no MPLS forwarding at stack-depth', 10: 'Mapping for this FEC is not the given label at stack depth',
  11: 'No label entry at stack-depth', 12: 'Protocol not associated with interface at FEC stack depth',
  13: 'Premature termination of ping due to label stack shrinking to a single label',
}
/** Return codes whose subcode is the stack depth that their words end with. */
const WITH_DEPTH = [3, 4, 8, 10, 11, 12]

export function printLspPing(p: Printer, at: number, length: number): void {
  p.protocol = 'lspping'
  if (length < HEADER) return writeShort(p)
  p.need(at, HEADER)
  const version = p.u16(at)
  if (version !== VERSION) return say(p, `LSP-PING version ${version} packet not supported`)
  const type = p.u8(at + 4)
  const sequence = p.u32(at + 12)
  if (p.options.verbose === 0) return say(p, `LSP-PINGv${version}, ${named(MESSAGES, type, 'unknown (%)')}, seq ${sequence}, length: ${length}`)
  const mode = p.u8(at + 5)
  say(p, `\n\tLSP-PINGv${version}, msg-type: ${named(MESSAGES, type, 'unknown')} (${type}), length: ${length}\n\t  reply-mode: ${named(MODES, mode, 'unknown')} (${mode})`)
  const code = p.u8(at + 6)
  const subcode = p.u8(at + 7)
  const depth = WITH_DEPTH.includes(code) ? ` ${subcode}` : ''
  say(p, `\n\t  Return Code: ${named(RETURNS, code, 'unknown')}${depth} (${code})\n\t  Return Subcode: (${subcode})`)
  say(p, `\n\t  Sender Handle: 0x${hex(p.u32(at + 8), 8)}, Sequence: ${sequence}\n\t  Sender Timestamp: `)
  writeStamp(p, at + 16)
  say(p, ' Receiver Timestamp: ')
  if (p.u32(at + 24) === 0 && p.u32(at + 28) === 0) say(p, 'no timestamp')
  else writeStamp(p, at + 24)
  printTlvs(p, at + HEADER, length - HEADER)
}

const writeShort = (p: Printer): void => say(p, '\n\t\t packet is too short')

/** To the next multiple of four. */
const aligned = (length: number): number => Math.ceil(length / 4) * 4

const Tlv = { TARGET: 1, DOWNSTREAM: 2, VENDOR: 5, DISCRIMINATOR: 15 } as const
const TLVS: Words = {
  1: 'Target FEC Stack', 2: 'Downstream Mapping', 3: 'Pad', 5: 'Vendor Enterprise Code', 7: 'Interface Label Stack', 9: 'Error Code', 10: 'Reply TOS Byte',
  15: 'BFD Discriminator', 0xfc00: 'Vendor Private Code',
}

function printTlvs(p: Printer, at: number, left: number): void {
  while (left > 0) {
    if (left < TLV_HEADER) return writeShort(p)
    const type = p.u16(at)
    const length = p.u16(at + 2)
    say(p, `\n\t  ${named(TLVS, type, 'Unknown')} TLV (${type}), length: ${length}`)
    if (left < length + TLV_HEADER) return writeShort(p)
    if (length > 0) {
      const value = at + TLV_HEADER
      p.need(value, length)
      const outcome = printTlv(p, type, value, length)
      if (outcome === 'last') return
      if (outcome === 'short') say(p, '\n\t      TLV is too short')
      if (outcome !== 'done' || p.options.verbose > 1) writeUnknownData(p, value, '\n\t    ', length)
      if (left < aligned(length) + TLV_HEADER) return writeShort(p)
    }
    at += aligned(length) + TLV_HEADER
    left -= aligned(length) + TLV_HEADER
  }
}

/** `dump` and `short`: the value is dumped; `last`: nothing more is printed. */
type Outcome = 'done' | 'dump' | 'short' | 'last'

function printTlv(p: Printer, type: number, at: number, length: number): Outcome {
  switch (type) {
    case Tlv.TARGET:
      return printTargets(p, at, length)
    case Tlv.DOWNSTREAM:
      return printDownstream(p, at, length)
    case Tlv.DISCRIMINATOR:
      if (length < 4) return 'short'
      say(p, `\n\t    BFD Discriminator 0x${hex(p.u32(at), 8)}`)
      return 'done'
    case Tlv.VENDOR:
      if (length < 4) return 'short'
      say(p, `\n\t    Vendor: ${enterpriseName(p.u32(at)) ?? 'Unknown'} (0x${hex(p.u32(at), 4)})`)
      return 'done'
  }
  if (p.options.verbose <= 1) writeUnknownData(p, at, '\n\t    ', length)
  return 'done'
}

const Target = {
  LDP4: 1, LDP6: 2, RSVP4: 3, RSVP6: 4, VPN4: 6, VPN6: 7, ENDPOINT: 8, PSEUDOWIRE_OLD: 9, PSEUDOWIRE: 10, BGP4: 12, BGP6: 13,
} as const
const TARGETS: Words = {
  1: 'LDP IPv4 prefix', 2: 'LDP IPv6 prefix', 3: 'RSVP IPv4 Session Query', 4: 'RSVP IPv6 Session Query', 5: 'Reserved', 6: 'VPN IPv4 prefix',
  7: 'VPN IPv6 prefix', 8: 'L2 VPN endpoint', 9: 'FEC 128 pseudowire (old)', 10: 'FEC 128 pseudowire', 12: 'BGP labeled IPv4 prefix',
  13: 'BGP labeled IPv6 prefix',
}
const TARGET_LENGTHS: Readonly<Record<number, number>> = { 1: 5, 2: 17, 3: 20, 4: 56, 6: 13, 7: 25, 8: 14, 9: 10, 10: 14, 12: 5, 13: 17 }

function printTargets(p: Printer, at: number, left: number): Outcome {
  while (left > 0) {
    if (left < TLV_HEADER) return 'short'
    const type = p.u16(at)
    const length = p.u16(at + 2)
    if (left < length + TLV_HEADER) return 'short'
    const value = at + TLV_HEADER
    p.need(value, length)
    say(p, `\n\t    ${named(TARGETS, type, 'Unknown')} subTLV (${type}), length: ${length}`)
    const expected = TARGET_LENGTHS[type]
    const isWrong = expected !== undefined && expected !== length
    if (isWrong) say(p, `\n\t      invalid subTLV length, should be ${expected}`)
    else if (expected !== undefined) say(p, `\n\t      ${targetText(p, type, value)}`)
    if (expected === undefined || isWrong || p.options.verbose > 1) writeUnknownData(p, value, '\n\t      ', length)
    if (left < aligned(length) + TLV_HEADER) {
      say(p, '\n\t\t TLV is too short')
      return 'last'
    }
    // tcpdump steps over the value and not over its header.
    at += aligned(length)
    left -= aligned(length) + TLV_HEADER
  }
  return 'done'
}

const pseudowire = (p: Printer, at: number): string => `${named(PSEUDOWIRES, p.u16(at), 'unknown')} (${p.u16(at)})`

function targetText(p: Printer, type: number, at: number): string {
  switch (type) {
    case Target.LDP4:
    case Target.BGP4:
      return `${ip4(p, at)}/${p.u8(at + 4)}`
    case Target.LDP6:
    case Target.BGP6:
      return `${ip6(p, at)}/${p.u8(at + 16)}`
    case Target.RSVP4:
      return sessionText(p, at, 4)
    case Target.RSVP6:
      return sessionText(p, at, 16)
    case Target.VPN4:
      return `RD: ${distinguisher(p, at)}, ${ip4(p, at + 8)}/${p.u8(at + 12)}`
    case Target.VPN6:
      return `RD: ${distinguisher(p, at)}, ${ip6(p, at + 8)}/${p.u8(at + 24)}`
    case Target.ENDPOINT:
      return `RD: ${distinguisher(p, at)}, Sender VE ID: ${p.u16(at + 8)}, Receiver VE ID: ${p.u16(at + 10)}\n\t      Encapsulation Type: ${pseudowire(p, at + 12)}`
    case Target.PSEUDOWIRE_OLD:
      return `Remote PE: ${ip4(p, at)}\n\t      PW ID: 0x${hex(p.u32(at + 4), 8)}, PW Type: ${pseudowire(p, at + 8)}`
  }
  return `Sender PE: ${ip4(p, at)}, Remote PE: ${ip4(p, at + 4)}\n\t      PW ID: 0x${hex(p.u32(at + 8), 8)}, PW Type: ${pseudowire(p, at + 12)}`
}

/** A tunnel of RSVP; an address takes `size` bytes. */
function sessionText(p: Printer, at: number, size: 4 | 16): string {
  const host = size === 4 ? ip4 : ip6
  const extended = at + size + 4
  const sender = extended + size
  const tunnel = `tunnel end-point ${host(p, at)}, tunnel sender ${host(p, sender)}, lsp-id 0x${hex(p.u16(sender + size + 2), 4)}`
  return `${tunnel}\n\t      tunnel-id 0x${hex(p.u16(at + size + 2), 4)}, extended tunnel-id ${host(p, extended)}`
}

const ADDRESS_TYPES: Words = { 1: 'IPv4', 2: 'Unnumbered IPv4', 3: 'IPv6', 4: 'IPv6' }

/** Bytes of both addresses, of each type; an interface without an address has an index of four. */
const ADDRESS_SIZES: Readonly<Record<number, number>> = { 1: 8, 2: 8, 3: 32, 4: 20 }

function printDownstream(p: Printer, at: number, length: number): Outcome {
  if (length < 4) return 'short'
  const type = p.u8(at + 2)
  say(p, `\n\t    MTU: ${p.u16(at)}, Address-Type: ${named(ADDRESS_TYPES, type, 'unknown')} (${type})`)
  const size = ADDRESS_SIZES[type]
  if (size !== undefined) {
    if (length < 4 + size) return 'short'
    const host = type <= 2 ? ip4 : ip6
    const next = at + (type <= 2 ? 8 : 20)
    const link = type % 2 === 1 ? `Interface IP: ${host(p, next)}` : `Interface Index: 0x${hex(p.u32(next), 8)}`
    say(p, `\n\t    Downstream IP: ${host(p, at + 4)}\n\t    Downstream ${link}`)
  }
  // Multipath information and labels are not decoded.
  return length - (size === undefined ? 0 : 4 + size) < 4 ? 'short' : 'dump'
}
