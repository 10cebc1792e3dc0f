/** Objects of RSVP that name a session, its ends and its state — RFC 2205 §A, RFC 3209 §4, RFC 3473, RFC 4875 §19, RFC 2747, RFC 2961, RFC 5063. */
import { hex, ip4, ip6, named, say, writeUnknownData, type Words } from './fields.js'
import type { Printer } from './printer.js'
import type { Outcome, RsvpObject } from './rsvp-object.js'
import { bits, writeVisible } from './tables.js'

/** C-Types, as far as several classes share them. */
const Type = { IPV4: 1, IPV6: 2, TUNNEL4: 7, TUNNEL6: 8, UNI4: 11 } as const

/** One phrase for an object of one type with at least `least` bytes. */
function phrase(p: Printer, o: RsvpObject, least: number, text: () => string): Outcome {
  if (o.length < least) return 'short'
  say(p, text())
  return 'done'
}

export function printSession(p: Printer, o: RsvpObject): Outcome {
  const { lead, value } = o
  switch (o.type) {
    case Type.IPV4:
      return phrase(p, o, 8, () => `${lead}  IPv4 DestAddress: ${ip4(p, value)}, Protocol ID: 0x${hex(p.u8(value + 4), 2)}${lead}  Flags: [0x${hex(p.u8(value + 5), 2)}], DestPort ${p.u16(value + 6)}`)
    case Type.IPV6:
      return phrase(p, o, 20, () => `${lead}  IPv6 DestAddress: ${ip6(p, value)}, Protocol ID: 0x${hex(p.u8(value + 16), 2)}${lead}  Flags: [0x${hex(p.u8(value + 17), 2)}], DestPort ${p.u16(value + 18)}`)
    case Type.TUNNEL4:
    case Type.UNI4:
      return phrase(p, o, 12, () => `${lead}  IPv4 Tunnel EndPoint: ${ip4(p, value)}, ${tunnel(p, value + 6)}, Extended Tunnel ID: ${ip4(p, value + 8)}`)
    case Type.TUNNEL6:
      return phrase(p, o, 36, () => `${lead}  IPv6 Tunnel EndPoint: ${ip6(p, value)}, ${tunnel(p, value + 18)}, Extended Tunnel ID: ${ip6(p, value + 20)}`)
    case 13:
      return phrase(p, o, 12, () => `${lead}  IPv4 P2MP LSP ID: ${ip4(p, value)}, ${tunnel(p, value + 6)}, Extended Tunnel ID: ${ip4(p, value + 8)}`)
    case 14:
      return phrase(p, o, 26, () => `${lead}  IPv6 P2MP LSP ID: 0x${hex(p.u32(value), 8)}, ${tunnel(p, value + 6)}, Extended Tunnel ID: ${ip6(p, value + 8)}`)
  }
  return 'dump'
}

const tunnel = (p: Printer, at: number): string => `Tunnel ID: 0x${hex(p.u16(at), 4)}`

/** `Sender Address …` of point-to-multipoint tunnels, of both families. */
function pointToMultipoint(p: Printer, o: RsvpObject, size: 4 | 16): Outcome {
  const { lead, value } = o
  const host = size === 4 ? ip4 : ip6
  const half = size + 4
  return phrase(p, o, half * 2, () => {
    const sender = `${lead}  IPv${size === 4 ? 4 : 6} Tunnel Sender Address: ${host(p, value)}, LSP ID: 0x${hex(p.u16(value + size + 2), 4)}`
    // Of IPv4 tcpdump prints the reserved bytes before it.
    const group = p.u16(size === 4 ? value + 12 : value + 38)
    return `${sender}${lead}  Sub-Group Originator ID: ${host(p, value + half)}, Sub-Group ID: 0x${hex(group, 4)}`
  })
}

export function printTemplate(p: Printer, o: RsvpObject): Outcome {
  const { lead, value } = o
  switch (o.type) {
    case Type.IPV4:
      return phrase(p, o, 8, () => `${lead}  Source Address: ${ip4(p, value)}, Source Port: ${p.u16(value + 6)}`)
    case Type.IPV6:
      return phrase(p, o, 20, () => `${lead}  Source Address: ${ip6(p, value)}, Source Port: ${p.u16(value + 18)}`)
    case Type.TUNNEL4:
      return phrase(p, o, 8, () => `${lead}  IPv4 Tunnel Sender Address: ${ip4(p, value)}, LSP-ID: 0x${hex(p.u16(value + 6), 4)}`)
    case 12:
      return pointToMultipoint(p, o, 4)
    case 13:
      return pointToMultipoint(p, o, 16)
  }
  return 'dump'
}

export function printFilter(p: Printer, o: RsvpObject): Outcome {
  const { lead, value } = o
  switch (o.type) {
    case 3:
      return phrase(p, o, 20, () => `${lead}  Source Address: ${ip6(p, value)}, Flow Label: ${p.u24(value + 17)}`)
    case Type.TUNNEL4:
      return phrase(p, o, 8, () => `${lead}  Source Address: ${ip4(p, value)}, LSP-ID: 0x${hex(p.u16(value + 6), 4)}`)
    case Type.TUNNEL6:
      // Only the first four bytes of the address are printed.
      return phrase(p, o, 20, () => `${lead}  Source Address: ${ip4(p, value)}, LSP-ID: 0x${hex(p.u16(value + 18), 4)}`)
  }
  return printTemplate(p, o)
}

export const printConfirm = (p: Printer, o: RsvpObject): Outcome => printAddress(p, o, 'Receiver Address')
export const printNotify = (p: Printer, o: RsvpObject): Outcome => printAddress(p, o, 'Notify Node Address')

function printAddress(p: Printer, o: RsvpObject, whose: string): Outcome {
  if (o.type === Type.IPV4) return phrase(p, o, 4, () => `${o.lead}  IPv4 ${whose}: ${ip4(p, o.value)}`)
  return o.type === Type.IPV6 ? phrase(p, o, 16, () => `${o.lead}  IPv6 ${whose}: ${ip6(p, o.value)}`) : 'dump'
}

export function printSubLsp(p: Printer, o: RsvpObject): Outcome {
  if (o.type === Type.IPV4) return phrase(p, o, 4, () => `${o.lead}  Sub-LSP destination address: ${ip4(p, o.value)}`)
  return o.type === Type.IPV6 ? phrase(p, o, 16, () => `${o.lead}  Sub-LSP destination address: ${ip6(p, o.value)}`) : 'dump'
}

/** C-Types 3 and 4 have TLVs behind, which are dumped. */
export function printHop(p: Printer, o: RsvpObject): Outcome {
  if (o.type < 1 || o.type > 4) return 'dump'
  const size = o.type % 2 === 1 ? 4 : 16
  if (o.length < size + 4) return 'short'
  const hop = size === 4 ? ip4(p, o.value) : ip6(p, o.value)
  say(p, `${o.lead}  Previous/Next Interface: ${hop}, Logical Interface Handle: 0x${hex(p.u32(o.value + size), 8)}`)
  return size === 16 || o.length > size + 4 ? 'dump' : 'done'
}

export const printTime = (p: Printer, o: RsvpObject): Outcome =>
  o.type === 1 ? phrase(p, o, 4, () => `${o.lead}  Refresh Period: ${p.u32(o.value)}ms`) : 'dump'

const STYLES: Words = { 17: 'Wildcard Filter', 10: 'Fixed Filter', 18: 'Shared Explicit' }

export const printStyle = (p: Printer, o: RsvpObject): Outcome =>
  o.type === 1 ? phrase(p, o, 4, () => `${o.lead}  Reservation Style: ${named(STYLES, p.u24(o.value + 1), 'Unknown')}, Flags: [0x${hex(p.u8(o.value), 2)}]`) : 'dump'

export function printHello(p: Printer, o: RsvpObject): Outcome {
  if (o.type !== 1 && o.type !== 2) return 'dump'
  return phrase(p, o, 8, () => `${o.lead}  Source Instance: 0x${hex(p.u32(o.value), 8)}, Destination Instance: 0x${hex(p.u32(o.value + 4), 8)}`)
}

export const printRestart = (p: Printer, o: RsvpObject): Outcome =>
  o.type === 1 ? phrase(p, o, 8, () => `${o.lead}  Restart  Time: ${p.u32(o.value)}ms, Recovery Time: ${p.u32(o.value + 4)}ms`) : 'dump'

const CAPABILITIES = [[4, 'RecoveryPath Transmit Enabled'], [2, 'RecoveryPath Desired'], [1, 'RecoveryPath Srefresh Capable']] as const

export function printCapability(p: Printer, o: RsvpObject): Outcome {
  if (o.type !== 1) return 'dump'
  if (o.length < 4) return 'short'
  const flags = p.u32(o.value)
  const reserved = (flags & ~7) >>> 0
  if (reserved !== 0) say(p, `${o.lead}  [reserved=0x${hex(reserved, 8)} must be zero]`)
  say(p, `${o.lead}  Flags: [${bits(CAPABILITIES, flags & 7, 'none')}]`)
  return 'done'
}

const ATTRIBUTES = [
  [0x01, 'Local Protection'], [0x02, 'Label Recording'], [0x04, 'SE Style'], [0x08, 'Bandwidth protection'], [0x10, 'Node protection'],
] as const

export function printSessionAttribute(p: Printer, o: RsvpObject): Outcome {
  const { value } = o
  if (o.type !== Type.TUNNEL4) return 'dump'
  if (o.length < 4) return 'short'
  const length = p.u8(value + 3)
  if (o.length < 4 + length) return 'short'
  say(p, `${o.lead}  Session Name: `)
  writeVisible(p.out, p.b, value + 4, value + 4 + length)
  const flags = p.u8(value + 2)
  say(p, `${o.lead}  Setup Priority: ${p.u8(value)}, Holding Priority: ${p.u8(value + 1)}, Flags: [${bits(ATTRIBUTES, flags, 'none')}] (${alternate(flags)})`)
  return 'done'
}

/** C's %#x: nought has no prefix. */
export const alternate = (n: number): string => (n === 0 ? '0' : `0x${hex(n)}`)

export function printDetour(p: Printer, o: RsvpObject): Outcome {
  if (o.type !== Type.TUNNEL4) return 'dump'
  for (let here = o.value; here + 8 <= o.value + o.length; here += 8) say(p, `${o.lead}  PLR-ID: ${ip4(p, here)}, Avoid-Node-ID: ${ip4(p, here + 4)}`)
  return 'done'
}

export const printClassType = (p: Printer, o: RsvpObject): Outcome => (o.type === 1 ? phrase(p, o, 4, () => `${o.lead}  CT: ${p.u32(o.value) & 7}`) : 'dump')

const ErrorCode = { ROUTING: 24, DIFFSERV: 28, DIFFSERV_OLD: 125 } as const
const ERRORS: Words = { 24: 'Routing Problem', 25: 'Notify Error', 28: 'Diffserv TE Error', 125: 'Diffserv TE Error (Old)' }
const ROUTING_ERRORS: Words = {
  1: 'Bad EXPLICIT_ROUTE object', 2: 'Bad strict node', 3: 'Bad loose node', 4: 'Bad initial subobject', 5: 'No route available toward destination',
  6: 'Unacceptable label value', 7: 'RRO indicated routing loops', 8: 'non-RSVP-capable router in the path', 9: 'MPLS label allocation failure',
  10: 'Unsupported L3PID',
}
const DIFFSERV_ERRORS: Words = {
  1: 'Unexpected CT object', 2: 'Unsupported CT', 3: 'Invalid CT value', 4: 'CT/setup priority do not form a configured TE-Class',
  5: 'CT/holding priority do not form a configured TE-Class', 6: 'CT/setup priority and CT/holding priority do not form a configured TE-Class',
  7: 'Inconsistency between signaled PSC and signaled CT', 8: 'Inconsistency between signaled PHBs and signaled CT',
}

export function printError(p: Printer, o: RsvpObject): Outcome {
  if (o.type < 1 || o.type > 4) return 'dump'
  const size = o.type % 2 === 1 ? 4 : 16
  if (o.length < size + 4) return 'short'
  const node = size === 4 ? ip4(p, o.value) : ip6(p, o.value)
  const flags = o.value + size
  const code = p.u8(flags + 1)
  const error = p.u16(flags + 2)
  say(p, `${o.lead}  Error Node Address: ${node}, Flags: [0x${hex(p.u8(flags), 2)}]${o.lead}  Error Code: ${named(ERRORS, code, 'unknown')} (${code})`)
  if (code === ErrorCode.ROUTING) say(p, `, Error Value: ${named(ROUTING_ERRORS, error, 'unknown')} (${error})`)
  else if (size === 16) return 'done'
  else if (code === ErrorCode.DIFFSERV || code === ErrorCode.DIFFSERV_OLD) say(p, `, Error Value: ${named(DIFFSERV_ERRORS, error, 'unknown')} (${error})`)
  else say(p, `, Unknown Error Value (${error})`)
  return 'done'
}

const PROPERTIES: Words = { 0x01: 'Cos', 0x02: 'Metric 1', 0x04: 'Metric 2', 0x08: 'CCC Status', 0x10: 'Path Type' }

/** A maker's own (Juniper): TLVs whose length counts their header, padding behind. */
export function printProperties(p: Printer, o: RsvpObject): Outcome {
  if (o.type !== 1) return 'dump'
  if (o.length < 4) return 'short'
  const padding = p.u16(o.value + 2)
  say(p, `${o.lead}  TLV count: ${p.u16(o.value)}, padding bytes: ${padding}`)
  const end = o.value + o.length
  for (let here = o.value + 4; here + 2 + padding <= end; ) {
    const type = p.u8(here)
    const length = p.u8(here + 1)
    say(p, `${o.lead}    ${named(PROPERTIES, type, 'unknown')} TLV (0x${hex(type, 2)}), length: ${length}`)
    if (here + length > end) return 'short'
    if (length < 2) {
      say(p, `${o.lead}ERROR: property TLV is too short`)
      return 'wrong'
    }
    writeUnknownData(p, here + 2, '\n\t\t', length - 2)
    here += length
  }
  return 'done'
}

export function printMessageIds(p: Printer, o: RsvpObject): Outcome {
  if (o.type !== 1 && o.type !== 2) return 'dump'
  if (o.length < 4) return 'short'
  say(p, `${o.lead}  Flags [0x${hex(p.u8(o.value), 2)}], epoch: ${p.u24(o.value + 1)}`)
  for (let here = o.value + 4; here + 4 <= o.value + o.length; here += 4) say(p, `${o.lead}    Message-ID 0x${hex(p.u32(here), 8)} (${p.u32(here)})`)
  return 'done'
}

const STATUSES = [[0x80000000, 'Reflect'], [4, 'Testing'], [2, 'Admin-down'], [1, 'Delete-in-progress']] as const

export const printAdminStatus = (p: Printer, o: RsvpObject): Outcome =>
  o.type === 1 ? phrase(p, o, 4, () => `${o.lead}  Flags [${bits(STATUSES, p.u32(o.value), 'none')}]`) : 'dump'

const INTEGRITY = 32
const DIGEST_AT = 16
const DIGEST = 16

/** RFC 2747 §2.1; the digest is taken for HMAC-MD5. */
export function printIntegrity(p: Printer, o: RsvpObject): Outcome {
  const { lead, value } = o
  if (o.type !== 1) return 'dump'
  if (o.length < INTEGRITY) return 'short'
  const word = (at: number): string => hex(p.u32(at), 8)
  const key = `0x${hex(p.u16(value + 2), 4)}${word(value + 4)}`
  say(p, `${lead}  Key-ID ${key}, Sequence 0x${word(value + 8)}${word(value + 12)}, Flags [${p.u8(value) & 0x80 ? 'Handshake' : 'none'}]`)
  const digest = value + DIGEST_AT
  say(p, `${lead}  MD5-sum 0x${word(digest)}${word(digest + 4)}${word(digest + 8)}${word(digest + 12)} `)
  say(p, verdict(p, o, digest))
  return 'done'
}

/** The whole message with neither checksum nor digest is signed; the right digest is shown when another stands there. */
function verdict(p: Printer, { message, messageLength }: RsvpObject, digest: number): string {
  const { secret } = p.options
  const isWhole = p.has(message, messageLength) && digest + DIGEST <= message + messageLength
  if (secret === undefined || p.crypto === undefined || !isWhole) return ' (unchecked)'
  const copy = Buffer.from(p.b.subarray(message, message + messageLength))
  copy.fill(0, 2, 4)
  copy.fill(0, digest - message, digest - message + DIGEST)
  const right = p.crypto.createHmac('md5', Buffer.from(secret, 'latin1')).update(copy).digest('hex')
  return right === Buffer.from(p.b.subarray(digest, digest + DIGEST)).toString('hex') ? ' (valid)' : `${right} (invalid)`
}
