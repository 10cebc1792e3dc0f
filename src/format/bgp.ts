/** BGP-4 as tcpdump prints it — RFC 4271; capabilities RFC 5492; shutdown communication RFC 9003. */
import { FAMILIES } from './address-family.js'
import { printAttribute, readHeader, writeHeader } from './bgp-attribute.js'
import { asText, hasPathIds, SAFIS } from './bgp-route.js'
import { writeHex } from './dump.js'
import { hex, ip4, named, say, writeUnknownData, type Words } from './fields.js'
import { BAD_LENGTH, readPrefix, TOO_LITTLE } from './prefix.js'
import type { Printer } from './printer.js'
import { writeVisible } from './tables.js'

const MARKER = 16
const HEADER = 19
const Type = { OPEN: 1, UPDATE: 2, NOTIFICATION: 3, KEEPALIVE: 4, ROUTE_REFRESH: 5 } as const
const TYPES: Words = { 1: 'Open', 2: 'Update', 3: 'Notification', 4: 'Keepalive', 5: 'Route Refresh' }

/** Every message that begins in the segment, wherever that is: behind bytes that belong to none ` [|bgp]` says so. */
export function printBgp(p: Printer, at: number): void {
  p.protocol = 'bgp'
  say(p, ': BGP')
  if (p.options.verbose === 0) return
  let from = at
  for (let here = at; here + MARKER <= p.end; ) {
    if (!isMarker(p.b, here)) {
      here++
      continue
    }
    if (!p.has(here, HEADER)) return p.truncated()
    if (from !== here) p.truncated()
    const length = p.u16(here + MARKER)
    if (length < HEADER) {
      say(p, `\nmessage length ${length} < ${HEADER}`)
      return p.invalid()
    }
    if (!p.has(here, length)) return say(p, `\n[|BGP ${named(TYPES, p.u8(here + 18), 'Unknown Message Type')}]`)
    printMessage(p, here, length)
    here += length
    from = here
  }
}

function isMarker(b: Uint8Array, at: number): boolean {
  for (let i = 0; i < MARKER; i++) if (b[at + i] !== 0xff) return false
  return true
}

/** A message that was captured whole; a fault within it ends it with ` [|bgp]`. */
function printMessage(p: Printer, at: number, length: number): void {
  const type = p.u8(at + 18)
  say(p, `\n\t${named(TYPES, type, 'Unknown')} Message (${type}), length: ${length}`)
  switch (type) {
    case Type.OPEN:
      return printOpen(p, at, length)
    case Type.UPDATE:
      if (!printUpdate(p, at + HEADER, at + length)) p.truncated()
      return
    case Type.NOTIFICATION:
      return printNotification(p, at, length)
    case Type.KEEPALIVE:
      return
    case Type.ROUTE_REFRESH:
      return printRefresh(p, at, length)
  }
  say(p, `\n\t  no Message ${type} decoder`)
  writeUnknownData(p, at, '\n\t  ', length)
}

const OPEN = 29
const OPTION = 2
const CAPABILITIES_OPTION = 2
const OPTIONS: Words = { 1: 'Authentication Information', 2: 'Capabilities Advertisement' }

function printOpen(p: Printer, at: number, length: number): void {
  if (length < OPEN || !p.has(at, OPEN)) return p.truncated()
  say(p, `\n\t  Version ${p.u8(at + 19)}, my AS ${asText(p, p.u16(at + 20))}, Holdtime ${p.u16(at + 22)}s, ID ${ip4(p, at + 24)}`)
  const size = p.u8(at + 28)
  say(p, `\n\t  Optional parameters, length: ${size}`)
  const first = at + OPEN
  for (let here = first; here < first + size; ) {
    if (!p.has(here, OPTION) || here + OPTION > at + length) return p.truncated()
    const type = p.u8(here)
    const own = p.u8(here + 1)
    if (here + OPTION + own > first + size) return say(p, `\n\t     Option ${type}, length: ${own}, goes past the end of the options`)
    say(p, `\n\t    Option ${named(OPTIONS, type, 'Unknown')} (${type}), length: ${own}`)
    if (type === CAPABILITIES_OPTION) printCapabilities(p, here + OPTION, own)
    else say(p, `\n\t      no decoder for option ${type}`)
    here += OPTION + own
  }
}

const Capability = { MULTIPROTOCOL: 1, ROUTE_REFRESH: 2, LABELS: 8, RESTART: 64, AS4: 65, ADD_PATH: 69, LONG_LIVED: 71, REFRESH_CISCO: 128 } as const
const CAPABILITIES: Words = {
  1: 'Multiprotocol Extensions', 2: 'Route Refresh', 3: 'Cooperative Route Filtering', 4: 'Multiple Routes to a Destination', 5: 'Extended Next Hop Encoding',
  8: 'Multiple Labels', 64: 'Graceful Restart', 65: '32-Bit AS Number', 67: 'Dynamic Capability', 68: 'Multisession BGP', 69: 'Multiple Paths',
  70: 'Enhanced Route Refresh', 71: 'Long-lived Graceful Restart', 128: 'Route Refresh (Cisco)',
}
const DIRECTIONS: Words = { 1: 'Receive', 2: 'Send', 3: 'Both' }

function printCapabilities(p: Printer, at: number, length: number): void {
  for (let here = at; here < at + length; ) {
    if (!p.has(here, 2)) return p.truncated()
    const type = p.u8(here)
    const size = p.u8(here + 1)
    say(p, `\n\t      ${named(CAPABILITIES, type, 'Unknown')} (${type}), length: ${size}`)
    if (!p.has(here + 2, size)) return p.truncated()
    if (!printCapability(p, type, here + 2, size)) return
    if (p.options.verbose > 1 && size > 0) writeUnknownData(p, here + 2, '\n\t\t', size)
    here += 2 + size
  }
}

/** `AFI IPv4 (1), SAFI Unicast (1)`. */
const familyText = (p: Printer, at: number, safiAt: number): string =>
  `AFI ${named(FAMILIES, p.u16(at), 'Unknown')} (${p.u16(at)}), SAFI ${named(SAFIS, p.u8(safiAt), 'Unknown')} (${p.u8(safiAt)})`

const MIN_LENGTHS: Words = { 1: '4', 64: '2', 65: '4' }

/** False where it is too short: those behind it are not printed. */
function printCapability(p: Printer, type: number, at: number, size: number): boolean {
  const least = MIN_LENGTHS[type]
  if (least !== undefined && size < Number(least)) {
    say(p, ` (too short, < ${least})`)
    return false
  }
  switch (type) {
    case Capability.MULTIPROTOCOL:
      say(p, `\n\t\t${familyText(p, at, at + 3)}`)
      return true
    case Capability.LABELS:
      for (let here = at; here + 4 <= at + size; here += 4) say(p, `\n\t\t${familyText(p, here, here + 2)}, Count: ${p.u8(here + 3)}`)
      return true
    case Capability.RESTART: {
      say(p, `\n\t\tRestart Flags: [${p.u8(at) & 0x80 ? 'R' : 'none'}], Restart Time ${p.u16(at) & 0xfff}s`)
      for (let here = at + 2; here + 4 <= at + size; here += 4) {
        say(p, `\n\t\t  ${familyText(p, here, here + 2)}, Forwarding state preserved: ${p.u8(here + 3) & 0x80 ? 'yes' : 'no'}`)
      }
      return true
    }
    case Capability.ROUTE_REFRESH:
    case Capability.LONG_LIVED:
    case Capability.REFRESH_CISCO:
      return true
    case Capability.AS4:
      say(p, `\n\t\t 4 Byte AS ${asText(p, p.u32(at))}`)
      return true
    case Capability.ADD_PATH:
      printAddPath(p, at, size)
      return true
  }
  say(p, `\n\t\tno decoder for Capability ${type}`)
  if (p.options.verbose <= 1) writeUnknownData(p, at, '\n\t\t', size)
  return true
}

function printAddPath(p: Printer, at: number, size: number): void {
  if (size === 0) return say(p, ' (bogus)')
  for (let here = at; here < at + size; here += 4) {
    if (here + 4 > at + size) return p.invalid()
    const direction = p.u8(here + 3)
    say(p, `\n\t\t${familyText(p, here, here + 2)}, Send/Receive: ${DIRECTIONS[direction] ?? `Bogus (0x${hex(direction, 2)})`}`)
  }
}

/** The message behind its header; false where it ends too soon. */
function printUpdate(p: Printer, at: number, end: number): boolean {
  if (end - at < 2) return false
  const withdrawn = p.u16(at)
  at += 2
  if (end - at < withdrawn) return false
  let unread = withdrawn
  if (withdrawn > 1) {
    say(p, '\n\t  Withdrawn routes:')
    const rest = printPrefixes(p, at, withdrawn, false)
    if (rest === undefined) return false
    at = rest.at
    unread = rest.unread
  } else at += withdrawn
  if (end - at < 2) return false
  const attributes = p.u16(at)
  at += 2
  if (unread === 0 && attributes === 0 && at === end) {
    say(p, '\n\t  End-of-Rib Marker (empty NLRI)')
    return true
  }
  if (end - at < attributes || !printAttributes(p, at, attributes, end)) return false
  at += attributes
  if (at === end) return true
  say(p, '\n\t  Updated routes:')
  return printPrefixes(p, at, end - at, true) !== undefined
}

/** Returns where the message goes on, and how many bytes of the prefixes made no sense; undefined where the last is cut short. */
function printPrefixes(p: Printer, at: number, length: number, needsWholeId: boolean): { at: number; unread: number } | undefined {
  const pathIds = hasPathIds(p, at, length, 32)
  const end = at + length
  while (at < end) {
    let pathId = 0
    if (pathIds) {
      if (end - at < 4) return needsWholeId ? undefined : { at: end, unread: end - at }
      pathId = p.u32(at)
      at += 4
    }
    const { size, text } = readPrefix(p, at, end - at, 4)
    if (size === TOO_LITTLE.size) return undefined
    if (size === BAD_LENGTH.size) {
      say(p, '\n\t    (illegal prefix length)')
      return { at, unread: end - at }
    }
    say(p, `\n\t    ${text}${pathIds ? `   Path Id: ${pathId}` : ''}`)
    at += size
  }
  return { at, unread: 0 }
}

/** `end`: that of the message, which the attributes do not fill. */
function printAttributes(p: Printer, at: number, left: number, end: number): boolean {
  while (left > 0) {
    if (end - at < 2) return false
    const header = left < 2 ? 'short' : readHeader(p, at, left)
    if (header === 'cut') return false
    if (header === 'short') {
      if (left >= 2 && end - at - 2 < (p.u8(at) & 0x10 ? 2 : 1)) return false
      say(p, '\n\t  [path attrs too short]')
      return true
    }
    at += header.size
    left -= header.size
    writeHeader(p, '\n\t  ', header)
    if (header.flags !== 0) say(p, ': ')
    if (left < header.length) {
      say(p, ' [path attrs too short]')
      return true
    }
    if (!printAttribute(p, header.type, at, header.length)) return false
    at += header.length
    left -= header.length
  }
  return true
}

const NOTIFICATION = 21
const MAJORS: Words = {
  1: 'Message Header Error', 2: 'OPEN Message Error', 3: 'UPDATE Message Error', 4: 'Hold Timer Expired', 5: 'Finite State Machine Error', 6: 'Cease',
  7: 'Capability Message Error',
}
const CEASE = 6
/** Of each major code that has any. */
const MINORS: Readonly<Record<number, Words>> = {
  1: { 1: 'Connection Not Synchronized', 2: 'Bad Message Length', 3: 'Bad Message Type' },
  2: {
    1: 'Unsupported Version Number', 2: 'Bad Peer AS', 3: 'Bad BGP Identifier', 4: 'Unsupported Optional Parameter', 5: 'Authentication Failure',
    6: 'Unacceptable Hold Time', 7: 'Capability Message Error',
  },
  3: {
    1: 'Malformed Attribute List', 2: 'Unrecognized Well-known Attribute', 3: 'Missing Well-known Attribute', 4: 'Attribute Flags Error',
    5: 'Attribute Length Error', 6: 'Invalid ORIGIN Attribute', 7: 'AS Routing Loop', 8: 'Invalid NEXT_HOP Attribute', 9: 'Optional Attribute Error',
    10: 'Invalid Network Field', 11: 'Malformed AS_PATH',
  },
  5: { 0: 'Unspecified Error', 1: 'In OpenSent State', 2: 'In OpenConfirm State', 3: 'In Established State' },
  6: {
    1: 'Maximum Number of Prefixes Reached', 2: 'Administrative Shutdown', 3: 'Peer Unconfigured', 4: 'Administrative Reset', 5: 'Connection Rejected',
    6: 'Other Configuration Change', 7: 'Connection Collision Resolution',
  },
  7: { 1: 'Invalid Action Value', 2: 'Invalid Capability Length', 3: 'Malformed Capability Value', 4: 'Unsupported Capability Code' },
}
const Cease = { MAX_PREFIXES: 1, SHUTDOWN: 2, RESET: 4 } as const

function printNotification(p: Printer, at: number, length: number): void {
  if (!p.has(at, NOTIFICATION)) return p.truncated()
  if (length < NOTIFICATION) return
  const major = p.u8(at + 19)
  const minor = p.u8(at + 20)
  say(p, `, ${named(MAJORS, major, 'Unknown Error')} (${major})`)
  const minors = MINORS[major]
  if (minors === undefined) return
  say(p, `${major === 5 || major === 7 ? '' : ','} subcode ${named(minors, minor, 'Unknown')} (${minor})`)
  if (major !== CEASE) return
  const data = at + NOTIFICATION
  const size = length - NOTIFICATION
  if (minor === Cease.MAX_PREFIXES && size >= 7) say(p, `, ${familyText(p, data, data + 2)}, Max Prefixes: ${p.u32(data + 3)}`)
  if ((minor === Cease.SHUTDOWN || minor === Cease.RESET) && size >= 1) printCommunication(p, data, size)
}

function printCommunication(p: Printer, at: number, size: number): void {
  const length = p.u8(at)
  let used = 0
  if (length > size - 1) say(p, ', invalid Shutdown Communication length')
  else if (length === 0) {
    say(p, ', empty Shutdown Communication')
    used = 1
  } else {
    say(p, `, Shutdown Communication (length: ${length}): "`)
    writeVisible(p.out, p.b, at + 1, at + 1 + length)
    say(p, '"')
    // tcpdump counts in a byte.
    used = (length + 1) & 0xff
  }
  if (size === used) return
  say(p, `, Data: (length: ${size - used})`)
  writeHex(p.out, p.b, at + used, at + size, '\n\t\t')
}

const REFRESH = 23

function printRefresh(p: Printer, at: number, length: number): void {
  if (!p.has(at, REFRESH)) return p.truncated()
  if (length < REFRESH) return
  say(p, `\n\t  ${familyText(p, at + 19, at + 22)}`)
  if (p.options.verbose > 1) writeUnknownData(p, at, '\n\t  ', length)
}
