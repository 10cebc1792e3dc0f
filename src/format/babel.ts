/** Babel routing — RFC 8966, RFC 8967, and what came before them — as tcpdump prints it. */
import { hex, hostOf4, hostOf6, say } from './fields.js'
import type { Printer } from './printer.js'

const MAGIC = 42
const VERSION = 2
const HEADER = 4
const Tlv = {
  PAD1: 0, PADN: 1, ACK_REQUEST: 2, ACK: 3, HELLO: 4, IHU: 5, ROUTER_ID: 6, NEXT_HOP: 7, UPDATE: 8, ROUTE_REQUEST: 9, SEQNO_REQUEST: 10, TIMESTAMP: 11,
  HMAC: 12, SOURCE_UPDATE: 13, SOURCE_REQUEST: 14, SOURCE_SEQNO_REQUEST: 15, MAC: 16, COUNTER: 17, CHALLENGE: 18, CHALLENGE_REPLY: 19,
} as const
/** Without -v. */
const BRIEF = [
  ' pad1', ' padN', ' ack-req', ' ack', ' hello', ' ihu', ' router-id', ' nh', ' update', ' route-request', ' seqno-request', ' tspc', ' hmac',
  ' ss-update', ' ss-request', ' ss-mh-request', ' mac', ' pc', ' challenge_request', ' challenge_reply',
]
/** With -v. */
const FULL = [
  '\n\tPad 1', '', '\n\tAcknowledgment Request ', '\n\tAcknowledgment ', '\n\tHello ', '\n\tIHU ', '\n\tRouter Id', '\n\tNext Hop', '\n\tUpdate',
  '\n\tRoute Request ', '\n\tSeqno Request ', '\n\tTS/PC ', '\n\tHMAC ', '\n\tSS-Update', '\n\tSS-Request ', '\n\tSS-MH-Request ', '\n\tMAC ', '\n\tPC',
  '\n\tChallenge Request', '\n\tChallenge Reply',
]
/** Bytes that the value has at the least, with -v. */
const MIN = [0, 0, 6, 2, 6, 6, 10, 2, 10, 2, 14, 6, 18, 10, 3, 14, 0, 4, 0, 0]
const MAX_CHALLENGE = 192
const UNICAST = 0x8000
const SETS_PREFIX = 0x80
const INFINITE = 0xffff

export function printBabel(p: Printer, at: number, length: number): void {
  p.protocol = 'babel'
  say(p, 'babel')
  if (!p.has(at, HEADER)) return p.truncated()
  if (p.u8(at) !== MAGIC) {
    say(p, ' invalid header')
    return
  }
  const version = p.u8(at + 1)
  say(p, ` ${version}`)
  if (version !== VERSION) {
    say(p, ' unknown version')
    return
  }
  if (length < HEADER) return p.invalid()
  const body = p.u16(at + 2)
  say(p, ` (${body})`)
  const first = at + HEADER
  const rest = length - HEADER
  if (rest < body) return p.invalid()
  if (!printTlvs(p, first, body) || rest === body) return
  // RFC 8967 §4: what authenticates the body stands behind it
  say(p, p.options.verbose > 0 ? '\n\t----' : ' |')
  printTlvs(p, first + body, rest - body)
}

/** Prefixes that later updates of the packet leave part of out. */
interface Defaults {
  ip4: Uint8Array
  ip6: Uint8Array
}

/** False, and said so, where they are cut or invalid. */
function printTlvs(p: Printer, at: number, length: number): boolean {
  const defaults: Defaults = { ip4: mapped(), ip6: new Uint8Array(16) }
  const end = at + length
  const fault = (isCut: boolean): false => {
    if (isCut) p.truncated()
    else p.invalid()
    return false
  }
  for (let here = at; here < end; ) {
    const type = p.u8(here)
    if (type === Tlv.PAD1) {
      say(p, (p.options.verbose > 0 ? FULL : BRIEF)[Tlv.PAD1]!)
      here++
      continue
    }
    if (here + 2 > end) return fault(false)
    if (!p.has(here, 2)) return fault(true)
    const size = p.u8(here + 1)
    if (here + 2 + size > end) return fault(false)
    if (!p.has(here, 2 + size)) return fault(true)
    const isRight = p.options.verbose > 0 ? printFull(p, here + 2, type, size, defaults) : printBrief(p, here + 2, type, size)
    if (!isRight) return fault(false)
    here += 2 + size
  }
  return true
}

const flagText = (flags: number): string => `${flags & SETS_PREFIX ? '/prefix' : ''}${flags & 0x40 ? '/id' : ''}${flags & 0x3f ? '/unknown' : ''}`

/** All of it is captured. False where it is invalid; so do the next. */
function printBrief(p: Printer, at: number, type: number, length: number): boolean {
  say(p, BRIEF[type] ?? ' unknown')
  if (type !== Tlv.UPDATE) return true
  if (length < MIN[Tlv.UPDATE]!) return false
  say(p, flagText(p.u8(at + 1)))
  return true
}

const seconds = (hundredths: number): string =>
  hundredths === 0 ? '0.0s (bogus)' : `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}s`
const updateSeconds = (hundredths: number): string => (hundredths === INFINITE ? 'infinity' : seconds(hundredths))

function printFull(p: Printer, at: number, type: number, length: number, defaults: Defaults): boolean {
  if (type === Tlv.PADN) {
    say(p, `\n\tPad ${length + 2}`)
    return true
  }
  const title = FULL[type]
  say(p, title ?? `\n\tUnknown message type ${type}`)
  if (title === undefined) return true
  if (length < MIN[type]!) return false
  const end = at + length
  switch (type) {
    case Tlv.ACK_REQUEST:
      say(p, `${hex(p.u16(at + 2), 4)} ${seconds(p.u16(at + 4))}`)
      return true
    case Tlv.ACK:
      say(p, hex(p.u16(at), 4))
      return true
    case Tlv.HELLO: {
      const interval = p.u16(at + 4)
      say(p, p.u16(at) & UNICAST ? '(Unicast) ' : '')
      say(p, `seqno ${p.u16(at + 2)} ${interval === 0 ? 'unscheduled' : `interval ${seconds(interval)}`}`)
      printSubTlvs(p, at + 6, end, type)
      return true
    }
    case Tlv.IHU: {
      const kind = p.u8(at)
      const found = readAddress(p, kind, at + 6, end)
      if (found === undefined) {
        p.truncated()
        return true
      }
      say(p, `${kind === 0 ? 'any' : addressText(p, found.address)} rxcost ${p.u16(at + 2)} interval ${seconds(p.u16(at + 4))}`)
      printSubTlvs(p, found.end, end, type)
      return true
    }
    case Tlv.ROUTER_ID:
      say(p, ` ${idText(p, at + 2)}`)
      return true
    case Tlv.NEXT_HOP: {
      const kind = p.u8(at)
      const found = readAddress(p, kind, at + 2, end)
      if (found === undefined) return false
      say(p, ` ${kind === 0 ? 'invalid AE 0' : addressText(p, found.address)}`)
      return true
    }
    case Tlv.UPDATE:
      return printUpdate(p, at, end, defaults)
    case Tlv.ROUTE_REQUEST: {
      const kind = p.u8(at)
      const bitCount = p.u8(at + 1)
      const found = readPrefix(p, kind, bitCount, 0, undefined, at + 2, end)
      if (found === undefined) return false
      say(p, `for ${kind === 0 ? 'any' : prefixText(p, kind, found.address, bitCount)}`)
      return true
    }
    case Tlv.SEQNO_REQUEST: {
      const kind = p.u8(at)
      const bitCount = p.u8(at + 1)
      const found = readPrefix(p, kind, bitCount, 0, undefined, at + 14, end)
      if (found === undefined) return false
      const prefix = kind === 0 ? 'invalid AE 0' : prefixText(p, kind, found.address, bitCount)
      say(p, `(${p.u8(at + 4)} hops) for ${prefix} seqno ${p.u16(at + 2)} id ${idText(p, at + 6)}`)
      return true
    }
    case Tlv.TIMESTAMP:
      say(p, `timestamp ${p.u32(at + 2)} packetcounter ${p.u16(at)}`)
      return true
    case Tlv.HMAC: {
      let digest = ''
      for (let here = at + 2; here < end; here++) digest += hex(p.u8(here), 2)
      say(p, `key-id ${p.u16(at)} digest-${length - 2} ${digest.toUpperCase()}`)
      return true
    }
    case Tlv.SOURCE_UPDATE:
    case Tlv.SOURCE_REQUEST:
    case Tlv.SOURCE_SEQNO_REQUEST:
      return printFromSource(p, at, end, type, defaults)
    case Tlv.MAC:
      say(p, `len ${length}`)
      return true
    case Tlv.COUNTER:
      say(p, ` value ${p.u32(at)} index len ${length - 4}`)
      return true
    default:
      if (length > MAX_CHALLENGE) return false
      say(p, ` len ${length}`)
      return true
  }
}

function printUpdate(p: Printer, at: number, end: number, defaults: Defaults): boolean {
  const kind = p.u8(at)
  const flags = p.u8(at + 1)
  const bitCount = p.u8(at + 2)
  const found = readPrefix(p, kind, bitCount, p.u8(at + 3), kind === 1 ? defaults.ip4 : defaults.ip6, at + 10, end)
  if (found === undefined) return false
  const prefix = kind === 0 ? 'any' : prefixText(p, kind, found.address, bitCount)
  say(p, `${flagText(flags)} ${prefix} metric ${p.u16(at + 8)} seqno ${p.u16(at + 6)} interval ${updateSeconds(p.u16(at + 4))}`)
  if (flags & SETS_PREFIX) {
    if (kind === 1) defaults.ip4 = found.address
    else defaults.ip6 = found.address
  }
  printSubTlvs(p, found.end, end, Tlv.UPDATE)
  return true
}

/** Routes by destination and source — draft-boutier-babel-source-specific-01. */
function printFromSource(p: Printer, at: number, end: number, type: number, defaults: Defaults): boolean {
  const kind = p.u8(at)
  const isUpdate = type === Tlv.SOURCE_UPDATE
  const bitCount = p.u8(isUpdate ? at + 2 : at + 1)
  const sourceBits = p.u8(isUpdate ? at + 1 : type === Tlv.SOURCE_REQUEST ? at + 2 : at + 5)
  const base = isUpdate ? (kind === 1 ? defaults.ip4 : defaults.ip6) : undefined
  const found = readPrefix(p, kind, bitCount, isUpdate ? p.u8(at + 3) : 0, base, at + MIN[type]!, end)
  if (found === undefined) return false
  const source = readPrefix(p, kind, sourceBits, 0, undefined, found.end, end)
  if (source === undefined) return false
  const to = prefixText(p, kind, found.address, bitCount)
  const from = prefixText(p, kind, source.address, sourceBits)
  if (isUpdate) {
    say(p, ` ${to} from ${from} metric ${p.u16(at + 8)} seqno ${p.u16(at + 6)} interval ${updateSeconds(p.u16(at + 4))}`)
    printSubTlvs(p, source.end, end, type)
  } else if (type === Tlv.SOURCE_REQUEST) say(p, kind === 0 ? 'for any' : `for (${to}, ${from})`)
  else say(p, `(${p.u8(at + 4)} hops) for (${to}, ${from}) seqno ${p.u16(at + 2)} id ${idText(p, at + 6)}`)
  return true
}

const idText = (p: Printer, at: number): string => Array.from({ length: 8 }, (_, i) => hex(p.u8(at + i), 2)).join(':')

const MAPPED_AT = 12
/** ::ffff:0:0 */
function mapped(): Uint8Array {
  const address = new Uint8Array(16)
  address[10] = 0xff
  address[11] = 0xff
  return address
}
const isMapped = (address: Uint8Array): boolean => address.every((byte, i) => i >= MAPPED_AT || byte === (i < 10 ? 0 : 0xff))

const addressText = (p: Printer, address: Uint8Array): string => (isMapped(address) ? hostOf4(p, address, MAPPED_AT) : hostOf6(p, address))

/** The length of an IPv4 prefix counts those of its mapped form, in a byte. */
function prefixText(p: Printer, kind: number, address: Uint8Array, bitCount: number): string {
  const bits = kind === 1 ? (bitCount + 96) & 0xff : bitCount
  return bits >= 96 && isMapped(address) ? `${hostOf4(p, address, MAPPED_AT)}/${bits - 96}` : `${hostOf6(p, address)}/${bits}`
}

interface Found {
  readonly address: Uint8Array
  /** Offset behind what was read of it. */
  readonly end: number
}

const readAddress = (p: Printer, kind: number, at: number, end: number): Found | undefined =>
  readPrefix(p, kind, kind === 1 ? 32 : 128, 0, undefined, at, end)

/** A prefix, of which `omitted` bytes are those of `base` — RFC 8966 §4.6.9; undefined where it cannot be. */
function readPrefix(p: Printer, kind: number, bitCount: number, omitted: number, base: Uint8Array | undefined, at: number, end: number): Found | undefined {
  const size = (bitCount + 7) >> 3
  const address = kind === 1 ? mapped() : new Uint8Array(16)
  // where its bytes stand in the address
  const first = kind === 1 ? MAPPED_AT : 0
  const room = 16 - first
  switch (kind) {
    case 0:
      return size > 16 ? undefined : { address, end: at }
    case 1:
    case 2:
      if (omitted > room || size > room) return undefined
      if (omitted > 0) {
        if (base === undefined) return undefined
        address.set(base.subarray(0, first + omitted))
      }
      return fill(p, address, first + omitted, Math.max(0, size - omitted), at, end)
    case 3:
      if (size > 16) return undefined
      address[0] = 0xfe
      address[1] = 0x80
      return fill(p, address, 8, Math.max(0, size - 8), at, end)
    default:
      return undefined
  }
}

function fill(p: Printer, address: Uint8Array, where: number, size: number, at: number, end: number): Found | undefined {
  if (at + size > end) return undefined
  address.set(p.b.subarray(at, at + size), where)
  return { address, end: at + size }
}

const Sub = { PAD1: 0, PADN: 1, DIVERSITY: 2, TIMESTAMP: 3 } as const
const MANDATORY = 0x80

/** What follows the fields of a message; all of it is captured. */
function printSubTlvs(p: Printer, at: number, end: number, message: number): void {
  for (let here = at; here < end; ) {
    const type = p.u8(here++)
    if (type === Sub.PAD1) {
      say(p, ' sub-pad1')
      continue
    }
    if (type & MANDATORY) say(p, ' (M)')
    if (here === end) return p.invalid()
    const size = p.u8(here++)
    if (here + size > end) return p.invalid()
    switch (type) {
      case Sub.PADN:
        say(p, ' sub-padn')
        break
      case Sub.DIVERSITY:
        say(p, ' sub-diversity')
        writeChannels(p, here, size, message)
        break
      case Sub.TIMESTAMP:
        say(p, ' sub-timestamp')
        if (!writeTimestamps(p, here, size, message)) return p.invalid()
        break
      default:
        say(p, ` sub-unknown-0x${hex(type, 2)}`)
    }
    here += size
  }
}

function writeChannels(p: Printer, at: number, size: number, message: number): void {
  if (size === 0) {
    say(p, ' empty')
    return
  }
  const channels = Array.from(p.b.subarray(at, at + size), (channel) => (channel === 0 ? 'reserved' : channel === 255 ? 'all' : String(channel)))
  say(p, ` ${channels.join('-')}`)
  if (message !== Tlv.UPDATE && message !== Tlv.SOURCE_UPDATE) say(p, ' (bogus)')
}

const stamp = (micros: number): string => `${Math.floor(micros / 1000000)}.${String(micros % 1000000).padStart(6, '0')}s`

/** False where it is too short. */
function writeTimestamps(p: Printer, at: number, size: number, message: number): boolean {
  if (message === Tlv.HELLO) {
    if (size < 4) return false
    say(p, ` ${stamp(p.u32(at))}`)
  } else if (message === Tlv.IHU) {
    if (size < 8) return false
    say(p, ` ${stamp(p.u32(at))}|${stamp(p.u32(at + 4))}`)
  } else say(p, ' (bogus)')
  return true
}

