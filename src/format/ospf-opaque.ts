/**
 * What opaque LSAs of OSPF carry, both versions, as tcpdump prints it: graceful restart (RFC 3623 §B), traffic
 * engineering (RFC 3630 §2, RFC 4203 §1, RFC 4124 §5), router information (RFC 7770 §2.1).
 */
import { hex, ip4, named, say, writeUnknownData, type Words } from './fields.js'
import { BANDWIDTH_MODELS, ENCODINGS, mbps, PROTECTIONS, SWITCHINGS } from './gmpls.js'
import type { Printer } from './printer.js'
import { bits } from './tables.js'

/** Fields are aligned to 32 bits, and so are TLVs. */
const aligned = (length: number): number => Math.ceil(length / 4) * 4

const GRACES: Words = { 1: 'Grace Period', 2: 'Graceful restart Reason', 3: 'IPv4 interface address' }
const REASONS: Words = { 0: 'Unknown', 1: 'Software Restart', 2: 'Software Reload/Upgrade', 3: 'Control Processor Switch' }

/** The three printers return false where what is left makes no sense or was not captured. */
export function printGrace(p: Printer, at: number, left: number): boolean {
  while (left > 0) {
    if (!p.has(at, 4)) return false
    if (left < 4) return wrong(p, `\n\t    Remaining LS length ${left} < 4`)
    const type = p.u16(at)
    const length = p.u16(at + 2)
    at += 4
    left -= 4
    say(p, `\n\t    ${named(GRACES, type, 'unknown')} TLV (${type}), length ${length}, value: `)
    if (length > left) return wrong(p, `\n\t    Bogus length ${length} > ${left}`)
    if (type === 0 || length === 0 || !p.has(at, length)) return false
    const expected = type === 2 ? 1 : 4
    if (type <= 3 && length !== expected) return wrong(p, `\n\t    Bogus length ${length} != ${expected}`)
    if (type === 1) say(p, `${p.u32(at)}s`)
    else if (type === 2) say(p, `${named(REASONS, p.u8(at), 'Unknown')} (${p.u8(at)})`)
    else if (type === 3) say(p, ip4(p, at))
    else if (p.options.verbose <= 1 && !writeUnknownData(p, at, '\n\t      ', length)) return false
    // The padding may be left out at the end; more of it than is left wraps tcpdump's counter, and the capture ends the list.
    left = (left - aligned(length)) >>> 0
    at += aligned(length)
  }
  return true
}

function wrong(p: Printer, why: string): false {
  say(p, why)
  return false
}

const CAPABILITIES = [
  [1, 'Reserved'], [2, 'Reserved'], [4, 'Reserved'], [8, 'Reserved'], [16, 'graceful restart capable'], [32, 'graceful restart helper'],
  [64, 'Stub router support'], [128, 'Traffic engineering'], [256, 'p2p over LAN'], [512, 'path computation server'],
] as const

export function printRouterInformation(p: Printer, at: number, left: number): boolean {
  while (left > 0) {
    p.need(at, 4)
    if (left < 4) return wrong(p, `\n\t    Remaining LS length ${left} < 4`)
    const type = p.u16(at)
    const length = p.u16(at + 2)
    at += 4
    left -= 4
    say(p, `\n\t    ${type === 1 ? 'Router Capabilities' : 'unknown'} TLV (${type}), length: ${length}, value: `)
    if (length > left) return wrong(p, `\n\t    Bogus length ${length} > remaining LS length ${left}`)
    p.need(at, length)
    if (type === 1) {
      if (length !== 4) return wrong(p, `\n\t    Bogus length ${length} != 4`)
      say(p, `Capabilities: ${bits(CAPABILITIES, p.u32(at), 'Unknown')}`)
    } else if (p.options.verbose <= 1 && !writeUnknownData(p, at, '\n\t      ', length)) return false
    at += length
    left -= length
  }
  return true
}

const Tlv = { ROUTER: 1, LINK: 2 } as const
const TLVS: Words = { 1: 'Router Address', 2: 'Link' }

export function printTrafficEngineering(p: Printer, at: number, left: number): boolean {
  while (left !== 0) {
    if (!p.has(at, 4)) return false
    if (left < 4) return wrong(p, `\n\t    Remaining LS length ${left} < 4`)
    const type = p.u16(at)
    let length = p.u16(at + 2)
    at += 4
    left -= 4
    say(p, `\n\t    ${named(TLVS, type, 'unknown')} TLV (${type}), length: ${length}`)
    if (length > left) return wrong(p, `\n\t    Bogus length ${length} > ${left}`)
    if (type === 0 || length === 0) return false
    if (type === Tlv.LINK) {
      at = printLink(p, at, length)
      if (at < 0) return false
      // tcpdump does not take a link from what is left: TLVs that follow are counted twice.
      length = 0
    } else if (type === Tlv.ROUTER) {
      if (length < 4) return wrong(p, `\n\t    TLV length ${length} < 4`)
      say(p, `, ${ip4(p, at)}`)
    } else if (p.options.verbose <= 1 && !writeUnknownData(p, at, '\n\t      ', length)) return false
    length = aligned(length)
    if (length > left) return wrong(p, `\n\t    Bogus padded length ${length} > ${left}`)
    left -= length
    at += length
  }
  return true
}

const Sub = {
  LINK_TYPE: 1, LINK_ID: 2, LOCAL: 3, REMOTE: 4, METRIC: 5, MAXIMUM: 6, RESERVABLE: 7, UNRESERVED: 8, GROUP: 9, IDENTIFIERS: 11, PROTECTION: 14, SWITCHING: 15,
  SHARED_RISK: 16, CONSTRAINTS: 17,
} as const
const SUBS: Words = {
  1: 'Link Type', 2: 'Link ID', 3: 'Local Interface IP address', 4: 'Remote Interface IP address', 5: 'Traffic Engineering Metric', 6: 'Maximum Bandwidth',
  7: 'Maximum Reservable Bandwidth', 8: 'Unreserved Bandwidth', 9: 'Administrative Group', 11: 'Link Local/Remote Identifier', 14: 'Link Protection Type',
  15: 'Interface Switching Capability', 16: 'Shared Risk Link Group', 17: 'Bandwidth Constraints',
}
const LINK_TYPES: Words = { 1: 'Point-to-point', 2: 'Multi-Access' }

/** Returns the offset behind the link's `left` bytes of sub-TLVs, or -1. */
function printLink(p: Printer, at: number, left: number): number {
  while (left !== 0) {
    if (left < 4) {
      say(p, `\n\t    Remaining TLV length ${left} < 4`)
      return -1
    }
    const type = p.u16(at)
    const length = p.u16(at + 2)
    at += 4
    left -= 4
    if (type === 0 || length === 0) {
      p.invalid()
      return -1
    }
    say(p, `\n\t      ${named(SUBS, type, 'unknown')} subTLV (${type}), length: ${length}`)
    const isShort = left < length
    if (!isShort) {
      if (!p.has(at, length) || !printSub(p, type, at, length)) return -1
      // tcpdump steps over a list of shared risks twice.
      if (type === Sub.SHARED_RISK) at += length
    }
    if (isShort || left < aligned(length)) {
      say(p, `\n\t    Remaining TLV length ${left + 4} < ${(isShort ? length : aligned(length)) + 4}`)
      return -1
    }
    left -= aligned(length)
    at += aligned(length)
  }
  return at
}

/** The lengths that a sub-TLV may not have, as tcpdump puts it. */
function lengthFault(type: number, length: number): string | undefined {
  switch (type) {
    case Sub.GROUP:
    case Sub.LOCAL:
    case Sub.REMOTE:
    case Sub.MAXIMUM:
    case Sub.RESERVABLE:
    case Sub.METRIC:
    case Sub.PROTECTION:
      return length === 4 ? undefined : ' != 4'
    case Sub.LINK_ID:
    case Sub.IDENTIFIERS:
      return length === 4 || length === 8 ? undefined : ' != 4 && != 8'
    case Sub.UNRESERVED:
      return length === 32 ? undefined : ' != 32'
    case Sub.CONSTRAINTS:
      return length >= 4 ? undefined : ' < 4'
    case Sub.SWITCHING:
      return length >= 36 ? undefined : ' < 36'
    case Sub.LINK_TYPE:
      return length === 1 ? undefined : ' != 1'
    case Sub.SHARED_RISK:
      return length % 4 === 0 ? undefined : ' != N x 4'
  }
  return undefined
}

function printSub(p: Printer, type: number, at: number, length: number): boolean {
  const fault = lengthFault(type, length)
  if (fault !== undefined) {
    say(p, fault)
    p.invalid()
    return false
  }
  switch (type) {
    case Sub.GROUP:
      say(p, `, 0x${hex(p.u32(at), 8)}`)
      return true
    case Sub.LINK_ID:
    case Sub.IDENTIFIERS:
      for (let here = at; here < at + length; here += 4) say(p, `, ${ip4(p, here)} (0x${hex(p.u32(here), 8)})`)
      return true
    case Sub.LOCAL:
    case Sub.REMOTE:
      say(p, `, ${ip4(p, at)}`)
      return true
    case Sub.MAXIMUM:
    case Sub.RESERVABLE:
      say(p, `, ${mbps(p, at)} Mbps`)
      return true
    case Sub.UNRESERVED:
      for (let n = 0; n < 8; n++) say(p, `\n\t\tTE-Class ${n}: ${mbps(p, at + n * 4)} Mbps`)
      return true
    case Sub.CONSTRAINTS:
      return printConstraints(p, at, length)
    case Sub.METRIC:
      say(p, `, Metric ${p.u32(at)}`)
      return true
    case Sub.PROTECTION:
      say(p, `, ${bits(PROTECTIONS, p.u8(at), 'none')}`)
      return true
    case Sub.SWITCHING:
      say(p, `\n\t\tInterface Switching Capability: ${named(SWITCHINGS, p.u8(at), 'Unknown')}`)
      say(p, `\n\t\tLSP Encoding: ${named(ENCODINGS, p.u8(at + 1), 'Unknown')}\n\t\tMax LSP Bandwidth:`)
      for (let n = 0; n < 8; n++) say(p, `\n\t\t  priority level ${n}: ${mbps(p, at + 4 + n * 4)} Mbps`)
      return true
    case Sub.LINK_TYPE:
      say(p, `, ${named(LINK_TYPES, p.u8(at), 'unknown')} (${p.u8(at)})`)
      return true
    case Sub.SHARED_RISK:
      for (let n = 0; n < length; n += 4) say(p, `${n === 0 ? '\n\t\t  Shared risk group: ' : ', '}${p.u32(at + n)}`)
      return true
  }
  return p.options.verbose > 1 || writeUnknownData(p, at, '\n\t\t', length)
}

function printConstraints(p: Printer, at: number, length: number): boolean {
  say(p, `\n\t\tBandwidth Constraints Model ID: ${named(BANDWIDTH_MODELS, p.u8(at), 'unknown')} (${p.u8(at)})`)
  if (length % 4 !== 0 || length > 36) {
    say(p, `\n\t\tlength ${length} ${length % 4 === 0 ? '> 36' : '!= N x 4'}`)
    p.invalid()
    return false
  }
  for (let n = 0; n < length / 4 - 1; n++) say(p, `\n\t\t  Bandwidth constraint CT${n}: ${mbps(p, at + 4 + n * 4)} Mbps`)
  return true
}
