/** RSVP as tcpdump prints it — RFC 2205, RFC 2961 (bundles), RFC 3209 and RFC 3473 (MPLS tunnels), RFC 4875 (point to multipoint). */
import { hex, named, say, writeUnknownData, type Words } from './fields.js'
import type { Printer } from './printer.js'
import { printRsvpObject } from './rsvp-object.js'

const VERSION = 1
const HEADER = 8
const OBJECT_HEADER = 4
const BUNDLE = 12
const MESSAGES: Words = {
  1: 'Path', 2: 'Resv', 3: 'PathErr', 4: 'ResvErr', 5: 'PathTear', 6: 'ResvTear', 7: 'ResvConf', 12: 'Bundle', 13: 'Acknowledgement', 14: 'Hello (Old)',
  15: 'Refresh', 20: 'Hello',
}

export function printRsvp(p: Printer, at: number, length: number): void {
  p.protocol = 'rsvp'
  if (!p.has(at, HEADER)) return p.truncated()
  if (!isOurVersion(p, at)) return
  const type = p.u8(at + 1)
  if (p.options.verbose === 0) return say(p, `RSVPv${VERSION} ${named(MESSAGES, type, 'unknown (%)')} Message, length: ${length}`)
  const own = writeHeader(p, at, '\n\t')
  if (!isLongEnough(p, own)) return
  const body = at + HEADER
  if (type === BUNDLE) printBundle(p, body, own - HEADER)
  else if (MESSAGES[type] === undefined) writeUnknownData(p, body, '\n\t    ', own - HEADER)
  else printObjects(p, at, own, '\n\t  ')
}

function isOurVersion(p: Printer, at: number): boolean {
  const version = p.u8(at) >> 4
  if (version !== VERSION) say(p, `ERROR: RSVP version ${version} packet not supported`)
  return version === VERSION
}

/** Returns the message's length. */
function writeHeader(p: Printer, at: number, lead: string): number {
  const type = p.u8(at + 1)
  const length = p.u16(at + 6)
  const flags = p.u8(at) & 1 ? 'Refresh reduction capable' : 'none'
  const name = named(MESSAGES, type, 'unknown, type: %')
  say(p, `${lead}RSVPv${VERSION} ${name} Message (${type}), Flags: [${flags}], length: ${length}, ttl: ${p.u8(at + 4)}, checksum: 0x${hex(p.u16(at + 2), 4)}`)
  return length
}

function isLongEnough(p: Printer, length: number): boolean {
  if (length < HEADER) say(p, `ERROR: common header too short ${length} < ${HEADER}`)
  return length >= HEADER
}

/** Messages in a message. */
function printBundle(p: Printer, at: number, left: number): void {
  while (left > 0) {
    if (!p.has(at, HEADER)) return p.truncated()
    if (!isOurVersion(p, at)) return
    const length = writeHeader(p, at, '\n\t  ')
    if (!isLongEnough(p, length)) return
    if (left < length) return say(p, `ERROR: common header too large ${length} > ${left}`)
    if (!printObjects(p, at, length, '\n\t    ')) return
    at += length
    left -= length
  }
}

/** The objects of the message at `message`; false where one is wrong, and nothing more is printed. */
function printObjects(p: Printer, message: number, length: number, lead: string): boolean {
  const end = message + length
  for (let at = message + HEADER; at + OBJECT_HEADER <= end; ) {
    const size = p.has(at, OBJECT_HEADER) ? printRsvpObject(p, { message, messageLength: length, at, left: end - at, lead }) : undefined
    if (size === undefined) p.truncated()
    if (size === undefined || size < 0) return false
    at += size
  }
  return true
}
