/** Home Networking Control Protocol — RFC 7787 (DNCP), RFC 7788 — as tcpdump prints it. */
import { printName } from './dns.js'
import { hex, hostOf4, hostOf6, ip4, ip6, named, say } from './fields.js'
import { MAX_DEPTH, TRUNCATED, type Printer } from './printer.js'
import { textEnd, writeVisible } from './tables.js'

const Tlv = {
  REQUEST_NETWORK: 1, REQUEST_NODE: 2, ENDPOINT: 3, NETWORK_STATE: 4, NODE_STATE: 5, PEER: 8, KEEP_ALIVE: 9, VERDICT: 10, VERSION: 32,
  EXTERNAL: 33, DELEGATED: 34, ASSIGNED: 35, ADDRESS: 36, DHCP4: 37, DHCP6: 38, ZONE: 39, DOMAIN: 40, NODE_NAME: 41, PSK: 42, POLICY: 43,
} as const
const TLVS: Readonly<Record<number, string>> = {
  1: 'Request network state', 2: 'Request node state', 3: 'Node endpoint', 4: 'Network state', 5: 'Node state', 8: 'Peer', 9: 'Keep-alive interval',
  10: 'Trust-Verdict', 32: 'HNCP-Version', 33: 'External-Connection', 34: 'Delegated-Prefix', 35: 'Assigned-Prefix', 36: 'Node-Address',
  37: 'DHCPv4-Data', 38: 'DHCPv6-Data', 39: 'DNS-Delegated-Zone', 40: 'Domain-Name', 41: 'Node-Name', 42: 'Managed-PSK', 43: 'Prefix-Policy',
}
const HEADER = 4

/** Of the types nobody has defined: RFC 7787 §10, RFC 7788 §13. */
function rangeOf(type: number): string {
  if (type === 0) return 'Reserved'
  if (type >= 44 && type <= 511) return 'Unassigned'
  return type >= 768 && type <= 1023 ? 'Private use' : 'Future use'
}

const padded = (length: number): number => (length + 3) & ~3

export function printHncp(p: Printer, at: number, length: number): void {
  p.protocol = 'hncp'
  say(p, `hncp (${length})`)
  printTlvs(p, at, length, 1)
}

/** Fields at `level` of nesting; deeper than -v asks for they are only counted, on one line. */
function printTlvs(p: Printer, at: number, length: number, level: number): void {
  const isBrief = level - 1 >= p.options.verbose && p.options.verbose < 3
  const counted = isBrief ? new Counter(p, level) : undefined
  const end = at + length
  for (let here = at; here < end; ) {
    if (!isBrief) say(p, newLine(level))
    if (!p.has(here, HEADER)) return p.truncated()
    if (here + HEADER > end) return p.invalid()
    const type = p.u16(here)
    const size = p.u16(here + 2)
    const value = here + HEADER
    if (!p.has(value, size)) return p.truncated()
    if (value + size > end) return p.invalid()
    if (counted !== undefined) counted.add(TLVS[type] ?? rangeOf(type))
    else {
      say(p, `${TLVS[type] ?? `${rangeOf(type)}: type=${type}`} (${size + HEADER})`)
      if (!printTlv(p, value, type, size, level)) return p.invalid()
    }
    here = value + padded(size)
  }
  counted?.flush()
}

const newLine = (level: number): string => `\n${'\t'.repeat(level)}`

/** Runs of fields of one name: ` Peer (x2), Node state`. */
class Counter {
  readonly #p: Printer
  #before: string
  #name = ''
  #count = 0

  constructor(p: Printer, level: number) {
    this.#p = p
    this.#before = level > 1 ? newLine(level) : ' '
  }

  add(name: string): void {
    if (name !== this.#name) this.flush()
    this.#name = name
    this.#count++
  }

  flush(): void {
    if (this.#count === 0) return
    say(this.#p, `${this.#before}${this.#name}${this.#count > 1 ? ` (x${this.#count})` : ''}`)
    this.#before = ', '
    this.#count = 0
  }
}

function printNested(p: Printer, at: number, length: number, level: number): void {
  if (p.depth >= MAX_DEPTH) {
    say(p, '[nested too deeply]')
    return
  }
  p.depth++
  printTlvs(p, at, length, level + 1)
  p.depth--
}

const bytesText = (p: Printer, at: number, count: number, separator: string): string =>
  Array.from({ length: count }, (_, i) => hex(p.u8(at + i), 2)).join(separator)
const nodeText = (p: Printer, at: number): string => bytesText(p, at, 4, ':')
const hex32 = (p: Printer, at: number): string => hex(p.u32(at), 8)
const time = (millis: number): string => `${Math.floor(millis / 1000)}.${String(millis % 1000).padStart(3, '0')}s`

/** Text up to its first NUL; all of it is captured. */
function writeText(p: Printer, at: number, length: number): void {
  writeVisible(p.out, p.b, at, textEnd(p.b, at, at + length))
}

/** Bytes a field has at the least; those marked have exactly these. */
const MIN: Readonly<Record<number, number>> = { 5: 20, 9: 8, 10: 37, 32: 5, 34: 9, 35: 6, 36: 20, 37: 1, 38: 1, 39: 17, 40: 1, 41: 17, 42: 32, 43: 1 }
const EXACT: Readonly<Record<number, number>> = { 1: 0, 2: 4, 3: 8, 4: 8, 8: 12 }

/** All of it is captured. False when it ends its container. */
function printTlv(p: Printer, at: number, type: number, length: number, level: number): boolean {
  if (length < (MIN[type] ?? 0) || length !== (EXACT[type] ?? length)) {
    p.invalid()
    return true
  }
  switch (type) {
    case Tlv.REQUEST_NODE:
      say(p, ` NID: ${nodeText(p, at)}`)
      return true
    case Tlv.ENDPOINT:
      say(p, ` NID: ${nodeText(p, at)} EPID: ${hex32(p, at + 4)}`)
      return true
    case Tlv.NETWORK_STATE:
      say(p, ` hash: ${bytesText(p, at, 8, '')}`)
      return true
    case Tlv.NODE_STATE:
      say(p, ` NID: ${nodeText(p, at)} seqno: ${p.u32(at + 4)} ${time(p.u32(at + 8))} hash: ${bytesText(p, at + 12, 8, '')}`)
      printNested(p, at + 20, length - 20, level)
      return true
    case Tlv.PEER:
      say(p, ` Peer-NID: ${nodeText(p, at)} Peer-EPID: ${hex32(p, at + 4)} Local-EPID: ${hex32(p, at + 8)}`)
      return true
    case Tlv.KEEP_ALIVE:
      say(p, ` EPID: ${hex32(p, at)} Interval: ${time(p.u32(at + 4))}`)
      return true
    case Tlv.VERDICT:
      say(p, ` Verdict: ${p.u8(at)} Fingerprint: ${bytesText(p, at + 4, 32, '')} Common Name: `)
      writeText(p, at + 36, length - 36)
      return true
    case Tlv.VERSION: {
      const word = p.u16(at + 2)
      say(p, ` M: ${word >> 12} P: ${(word >> 8) & 15} H: ${(word >> 4) & 15} L: ${word & 15} User-agent: `)
      writeText(p, at + 4, length - 4)
      return true
    }
    case Tlv.EXTERNAL:
      printNested(p, at, length, level)
      return true
    case Tlv.DELEGATED:
    case Tlv.ASSIGNED:
      printPrefixTlv(p, at, type, length, level)
      return true
    case Tlv.POLICY:
      printPolicy(p, at, length)
      return true
    case Tlv.DHCP4:
      return printDhcp4(p, at, length, level + 1)
    case Tlv.DHCP6:
      if (!printDhcp6(p, at, length, level + 1)) p.invalid()
      return true
    case Tlv.ADDRESS:
      say(p, ` EPID: ${hex32(p, at)} IP Address: ${addressText(p, at + 4)}`)
      printNested(p, at + 20, length - 20, level)
      return true
    case Tlv.ZONE: {
      const flags = p.u8(at + 16)
      say(p, ` IP-Address: ${addressText(p, at)} ${flags & 4 ? 'l' : '-'}${flags & 2 ? 'b' : '-'}${flags & 1 ? 's' : '-'} `)
      const name = writeLabels(p, at + 17, length - 17)
      if (name < 0) p.invalid()
      else printRest(p, at, 17 + name, length, level)
      return true
    }
    case Tlv.DOMAIN:
      say(p, ' Domain: ')
      writeLabels(p, at, length)
      return true
    case Tlv.NODE_NAME:
      printNodeName(p, at, length, level)
      return true
    case Tlv.PSK:
      say(p, ` PSK: ${bytesText(p, at, 32, '')}`)
      printNested(p, at + 32, length - 32, level)
      return true
    default:
      return true
  }
}

/** Fields behind the first `used` bytes and their padding, if there is room for that. */
function printRest(p: Printer, at: number, used: number, length: number, level: number): void {
  const first = padded(used)
  if (length >= first) printNested(p, at + first, length - first, level)
}

const MAPPED = 12
const isMapped = (p: Printer, at: number): boolean => {
  for (let i = 0; i < MAPPED; i++) if (p.u8(at + i) !== (i < 10 ? 0 : 0xff)) return false
  return true
}

const addressText = (p: Printer, at: number): string => (isMapped(p, at) ? ip4(p, at + MAPPED) : ip6(p, at))

function printPrefixTlv(p: Printer, at: number, type: number, length: number, level: number): void {
  const isDelegated = type === Tlv.DELEGATED
  const where = isDelegated ? 8 : 5
  if (length < where + 1 + ((p.u8(at + where) + 7) >> 3)) return p.invalid()
  if (isDelegated) say(p, ` VLSO: ${time(p.u32(at))} PLSO: ${time(p.u32(at + 4))} Prefix: `)
  else say(p, ` EPID: ${hex32(p, at)} Prty: ${p.u8(at + 4) & 15} Prefix: `)
  const size = writePrefix(p, at + where, length - where)
  if (size === TOO_LONG && isDelegated) say(p, '(length is invalid)')
  else if (size < 0) p.invalid()
  else printRest(p, at, where + size, length, level)
}

/** Results of `writePrefix` that are no length. */
const TOO_LONG = -1
const CUT_SHORT = -3

/** A length in bits and as many bytes as it needs; IPv4 in its mapped form. Returns its bytes, or why it was not written. */
function writePrefix(p: Printer, at: number, length: number): number {
  const bitCount = p.u8(at)
  const isIp4 = bitCount >= 96 && length > MAPPED && isMapped(p, at + 1)
  const bits = isIp4 ? bitCount - 96 : bitCount
  if (bits > (isIp4 ? 32 : 128)) return TOO_LONG
  const first = isIp4 ? 1 + MAPPED : 1
  const size = (bits + 7) >> 3
  if (length < first + size) return CUT_SHORT
  const address = new Uint8Array(16)
  address.set(p.b.subarray(at + first, at + first + size))
  if (bits % 8 !== 0) address[size - 1]! &= 0xff00 >> (bits % 8)
  say(p, `${isIp4 ? hostOf4(p, address) : hostOf6(p, address)}/${bits}`)
  return first + size
}

function printPolicy(p: Printer, at: number, length: number): void {
  const policy = p.u8(at)
  say(p, ' type: ')
  if (policy === 0 || policy === 131) {
    if (length !== 1) return p.invalid()
    say(p, policy === 0 ? 'Internet connectivity' : 'Restrictive assignment')
  } else if (policy <= 128) {
    say(p, 'Dest-Prefix: ')
    const size = writePrefix(p, at, length)
    if (size === TOO_LONG) say(p, '(length is invalid)')
    else if (size < 0) p.invalid()
  } else if (policy === 129) {
    say(p, 'DNS domain: ')
    writeLabels(p, at + 1, length - 1)
  } else if (policy === 130) {
    say(p, 'Opaque UTF-8: ')
    writeText(p, at + 1, length - 1)
  } else say(p, `Unknown (${policy})`)
}

/** A name without pointers; returns its bytes, -1 when it has no end in `length` bytes. */
function writeLabels(p: Printer, at: number, length: number): number {
  for (let used = 0; used < length; ) {
    const size = p.u8(at + used++)
    if (size === 0) return used
    if (used > 1) say(p, '.')
    writeText(p, at + used, Math.min(size, length - used))
    if (used + size > length) break
    used += size
  }
  say(p, '[|DNS]')
  return -1
}

function printNodeName(p: Printer, at: number, length: number, level: number): void {
  const MAX_LABEL = 63
  const size = p.u8(at + 16)
  if (length < 17 + size) return p.invalid()
  say(p, ` IP-Address: ${addressText(p, at)} Name: `)
  if (size > MAX_LABEL) p.invalid()
  else {
    say(p, '"')
    writeText(p, at + 17, size)
    say(p, '"')
  }
  printRest(p, at, 17 + size, length, level)
}

const DHCP4_OPTIONS = { 6: 'DNS-server', 42: 'NTP-server', 119: 'DNS-search' }
const DHCP6_OPTIONS = { 23: 'DNS-server', 24: 'DNS-search-list', 31: 'SNTP-servers' }

/** DHCP options, RFC 2132; false where they are invalid, and so do the next. */
function printDhcp4(p: Printer, at: number, length: number, level: number): boolean {
  const end = at + length
  for (let here = at; here < end; ) {
    if (here + 2 > end) return false
    const type = p.u8(here)
    const size = p.u8(here + 1)
    const value = here + 2
    say(p, `${newLine(level)}${named(DHCP4_OPTIONS, type, 'Unknown')} (${size + 2})`)
    if (value + size > end) return false
    if (type === 6 || type === 42) {
      if (size < 4 || size % 4 !== 0) return false
      for (let i = 0; i < size; i += 4) say(p, ` ${ip4(p, value + i)}`)
    } else if (type === 119 && !writeNames(p, value, size)) return false
    here = value + size
  }
  return true
}

/** DHCPv6 options, RFC 8415 §21.1. */
function printDhcp6(p: Printer, at: number, length: number, level: number): boolean {
  const end = at + length
  for (let here = at; here < end; ) {
    if (here + 4 > end) return false
    const type = p.u16(here)
    const size = p.u16(here + 2)
    const value = here + 4
    say(p, `${newLine(level)}${named(DHCP6_OPTIONS, type, 'Unknown')} (${size + 4})`)
    if (value + size > end) return false
    if (type === 23 || type === 31) {
      if (size % 16 !== 0) {
        p.invalid()
        return false
      }
      for (let i = 0; i < size; i += 16) say(p, ` ${ip6(p, value + i)}`)
    } else if (type === 24 && !writeNames(p, value, size)) return false
    here = value + size
  }
  return true
}

/** Names of DNS, one behind the other. tcpdump 4.99.3 takes the end of the option for the message that pointers lead into. */
function writeNames(p: Printer, at: number, length: number): boolean {
  const end = at + length
  try {
    for (let here = at; here < end; ) {
      say(p, ' ')
      here = printName(p, end, here)
    }
  } catch (thrown) {
    if (thrown !== TRUNCATED) throw thrown
    return false
  }
  return true
}

