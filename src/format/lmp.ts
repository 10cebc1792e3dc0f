/** Link Management Protocol as tcpdump prints it — RFC 4204 §12, §13; service configuration OIF UNI 1.0 §9. */
import { hex, ip4, ip6, named, say, writeUnknownData, type Words } from './fields.js'
import { ENCODINGS, mbps, SWITCHINGS } from './gmpls.js'
import type { Printer } from './printer.js'
import { bits } from './tables.js'

const VERSION = 1
const HEADER = 8
const OBJECT_HEADER = 4
const FLAGS = [[1, 'Control Channel Down'], [2, 'LMP restart']] as const
const MESSAGES: Words = {
  1: 'Config', 2: 'Config ACK', 3: 'Config NACK', 4: 'Hello', 5: 'Begin Verify', 6: 'Begin Verify ACK', 7: 'Begin Verify NACK', 8: 'End Verify',
  9: 'End Verify ACK', 10: 'Test', 11: 'Test Status Success', 12: 'Test Status Failure', 13: 'Test Status ACK', 14: 'Link Summary',
  15: 'Link Summary ACK', 16: 'Link Summary NACK', 17: 'Channel Status', 18: 'Channel Status ACK', 19: 'Channel Status Request',
  20: 'Channel Status Response', 50: 'Service Config', 51: 'Service Config ACK', 52: 'Service Config NACK',
}

export function printLmp(p: Printer, at: number, length: number): void {
  p.protocol = 'lmp'
  p.need(at, HEADER)
  const version = p.u8(at) >> 4
  if (version !== VERSION) return say(p, `LMP version ${version} packet not supported`)
  const type = p.u8(at + 3)
  if (p.options.verbose === 0) return say(p, `LMPv${version} ${named(MESSAGES, type, 'unknown (%)')} Message, length: ${length}`)
  const own = p.u16(at + 4)
  say(p, `\n\tLMPv${version}, msg-type: ${named(MESSAGES, type, 'unknown, type: %')}, Flags: [${bits(FLAGS, p.u8(at + 2), 'none')}], length: ${own}`)
  if (own < HEADER) return say(p, ' (too short)')
  if (own > length) say(p, ' (too long)')
  // A datagram shorter than the header wraps tcpdump's count around: objects follow until the capture ends.
  printObjects(p, at + HEADER, (Math.min(own, length) - HEADER) >>> 0)
}

const LmpObject = {
  CONTROL_CHANNEL: 1, NODE: 2, LINK: 3, INTERFACE: 4, MESSAGE_ID: 5, CONFIG: 6, HELLO: 7, VERIFY_BEGIN: 8, VERIFY_ACK: 9, VERIFY_ID: 10, TE_LINK: 11,
  DATA_LINK: 12, STATUS: 13, STATUS_REQUEST: 14, ERROR: 20, SERVICE: 51,
} as const
const OBJECTS: Words = {
  1: 'Control Channel ID', 2: 'Node ID', 3: 'Link ID', 4: 'Interface ID', 5: 'Message ID', 6: 'Configuration', 7: 'Hello', 8: 'Verify Begin',
  9: 'Verify Begin ACK', 10: 'Verify ID', 11: 'TE Link', 12: 'Data Link', 13: 'Channel Status', 14: 'Channel Status Request', 20: 'Error Code',
  51: 'Service Config',
}
const END: Words = { 1: 'Local', 2: 'Remote' }
const LINK_END: Words = { 1: 'IPv4 Local', 2: 'IPv4 Remote', 3: 'IPv6 Local', 4: 'IPv6 Remote', 5: 'Unnumbered Local', 6: 'Unnumbered Remote' }
const FAMILY: Words = { 1: 'IPv4', 2: 'IPv6', 3: 'Unnumbered' }
const ONE: Words = { 1: '1' }
const ONE_OR_TWO: Words = { 1: '1', 2: '2' }
/** C-Types of each class. */
const TYPES: Readonly<Record<number, Words>> = {
  1: END, 2: END, 3: LINK_END, 4: LINK_END, 5: ONE_OR_TWO, 6: ONE, 7: ONE, 8: ONE, 9: ONE, 10: ONE, 11: FAMILY, 12: FAMILY, 13: FAMILY, 14: FAMILY,
  20: ONE_OR_TWO, 51: { 1: '1', 2: '2', 3: '3', 4: '4' },
}

function printObjects(p: Printer, at: number, left: number): void {
  while (left > 0) {
    const length = p.u16(at + 2)
    const object = p.u8(at + 1)
    const type = p.u8(at) & 0x7f
    const typeName = TYPES[object]?.[type]
    say(p, `\n\t  ${named(OBJECTS, object, 'Unknown')} Object (${object}), Class-Type: ${typeName ?? 'Unknown'} (${type}) Flags: [${p.u8(at) & 0x80 ? '' : 'non-'}negotiable], length: ${length}`)
    if (length < OBJECT_HEADER) return say(p, ' (too short)')
    if (length % 4 !== 0) return say(p, ' (not a multiple of 4)')
    p.need(at, length)
    const value = at + OBJECT_HEADER
    const size = length - OBJECT_HEADER
    let isDumped = p.options.verbose > 1
    if (OBJECTS[object] === undefined) {
      if (p.options.verbose <= 1) writeUnknownData(p, value, '\n\t    ', size)
    } else if (typeName === undefined) isDumped = true
    else if (!fits(object, type, size)) say(p, ' (not correct for object)')
    else if (!printObject(p, object, type, value, size)) isDumped = true
    if (isDumped) writeUnknownData(p, value, '\n\t    ', size)
    if (left < length) {
      say(p, ` [remaining objects length ${left} < ${length}]`)
      return p.invalid()
    }
    at += length
    left -= length
  }
}

/** The length is right for the type, of which there is a name. */
function fits(object: number, type: number, size: number): boolean {
  switch (object) {
    case LmpObject.LINK:
    case LmpObject.INTERFACE:
      return size === (type === 3 || type === 4 ? 16 : 4)
    case LmpObject.HELLO:
      return size === 8
    case LmpObject.VERIFY_BEGIN:
      return size === 20
    case LmpObject.TE_LINK:
      return size === (type === 2 ? 36 : 12)
    case LmpObject.DATA_LINK:
      return size >= (type === 2 ? 36 : 12)
    case LmpObject.STATUS:
    case LmpObject.STATUS_REQUEST:
      return true
    case LmpObject.SERVICE:
      return size === (type === 2 ? 16 : type === 3 ? 8 : 4)
  }
  return size === 4
}

/** `7 (0x00000007)`. */
const number = (p: Printer, at: number): string => `${p.u32(at)} (0x${hex(p.u32(at), 8)})`

/** An interface as its C-Type says: an address, behind which stands its first word, or a number. */
function endpoint(p: Printer, type: number, at: number): string {
  if (type === 3) return number(p, at)
  return `${type === 1 ? ip4(p, at) : ip6(p, at)} (0x${hex(p.u32(at), 8)})`
}

const ERRORS_VERIFY = [
  [0x01, 'Link Verification Procedure Not supported'], [0x02, 'Unwilling to verify'], [0x04, 'Unsupported verification transport mechanism'],
  [0x08, 'Link-Id configuration error'], [0x10, 'Unknown object c-type'],
] as const
const ERRORS_SUMMARY = [
  [0x01, 'Unacceptable non-negotiable LINK-SUMMARY parameters'], [0x02, 'Renegotiate LINK-SUMMARY parameters'], [0x04, 'Invalid TE-LINK Object'],
  [0x08, 'Invalid DATA-LINK Object'], [0x10, 'Unknown TE-LINK Object c-type'], [0x20, 'Unknown DATA-LINK Object c-type'],
] as const

/** False where it is to be dumped besides. */
function printObject(p: Printer, object: number, type: number, at: number, size: number): boolean {
  const lead = '\n\t    '
  switch (object) {
    case LmpObject.CONTROL_CHANNEL:
      say(p, `${lead}Control Channel ID: ${number(p, at)}`)
      return true
    case LmpObject.NODE:
      say(p, `${lead}Node ID: ${endpoint(p, 1, at)}`)
      return true
    case LmpObject.LINK:
    case LmpObject.INTERFACE:
      say(p, `${lead}${type <= 2 ? 'IPv4 ' : type <= 4 ? 'IPv6 ' : ''}Link ID: ${endpoint(p, Math.ceil(type / 2), at)}`)
      return true
    case LmpObject.MESSAGE_ID:
      say(p, `${lead}Message ID${type === 1 ? '' : ' Ack'}: ${number(p, at)}`)
      return true
    case LmpObject.CONFIG:
      say(p, `${lead}Hello Interval: ${p.u16(at)}${lead}Hello Dead Interval: ${p.u16(at + 2)}`)
      return true
    case LmpObject.HELLO:
      say(p, `${lead}Tx Seq: ${p.u32(at)}, Rx Seq: ${p.u32(at + 4)}`)
      return true
    case LmpObject.VERIFY_BEGIN:
      printVerify(p, at)
      return true
    case LmpObject.VERIFY_ACK:
      say(p, `${lead}Verify Dead Interval: ${p.u16(at)}${lead}Verify Transport Response: ${p.u16(at + 2)}`)
      return true
    case LmpObject.VERIFY_ID:
      say(p, `${lead}Verify ID: ${p.u32(at)}`)
      return true
    case LmpObject.TE_LINK:
      printLink(p, LINK_FLAGS, 'Link-ID', type, at)
      return true
    case LmpObject.DATA_LINK: {
      printLink(p, DATA_FLAGS, 'Interface ID', type, at)
      const ids = type === 2 ? 36 : 12
      return printSubobjects(p, at + ids, size - ids)
    }
    case LmpObject.STATUS:
      printStatuses(p, type, at, at + size)
      return true
    case LmpObject.STATUS_REQUEST:
      for (let here = at, step = type === 2 ? 16 : 4; here + step <= at + size; here += step) say(p, `${lead}Interface ID: ${endpoint(p, type, here)}`)
      return true
    case LmpObject.ERROR:
      say(p, `${lead}Error Code: ${bits(type === 1 ? ERRORS_VERIFY : ERRORS_SUMMARY, p.u32(at), 'none')}`)
      return true
  }
  printService(p, type, at)
  return true
}

const VERIFY_FLAGS = [[1, 'Verify all links'], [2, 'Data link type']] as const
/** tcpdump tests these bits: 8000 as a decimal number, where RFC 4204 §13.8 has 0x8000. */
const PAYLOAD_TEST = 8000

function printVerify(p: Printer, at: number): void {
  const mechanism = p.u16(at + 10)
  const lead = '\n\t    '
  say(p, `${lead}Flags: ${bits(VERIFY_FLAGS, p.u16(at), 'none')}${lead}Verify Interval: ${p.u16(at + 2)}${lead}Data links: ${p.u32(at + 4)}`)
  say(p, `${lead}Encoding type: ${named(ENCODINGS, p.u8(at + 8), 'Unknown')}`)
  say(p, `${lead}Verify Transport Mechanism: ${mechanism} (0x${hex(mechanism)})${mechanism & PAYLOAD_TEST ? ' (Payload test messages capable)' : ''}`)
  say(p, `${lead}Transmission Rate: ${mbps(p, at + 12)} Mbps${lead}Wavelength: ${p.u32(at + 16)}`)
}

const LINK_FLAGS = [[1, 'Fault Management Supported'], [2, 'Link Verification Supported']] as const
const DATA_FLAGS = [[1, 'Data Link Port'], [2, 'Allocated for user traffic'], [4, 'Failed link']] as const

function printLink(p: Printer, flags: typeof LINK_FLAGS | typeof DATA_FLAGS, name: string, type: number, at: number): void {
  const remote = at + (type === 2 ? 20 : 8)
  say(p, `\n\t    Flags: [${bits(flags, p.u8(at), 'none')}]`)
  say(p, `\n\t    Local ${name}: ${endpoint(p, type, at + 4)}\n\t    Remote ${name}: ${endpoint(p, type, remote)}`)
}

const Subobject = { SWITCHING: 1, WAVELENGTH: 2 } as const
const SUBOBJECTS: Words = { 1: 'Interface Switching Type', 2: 'Wavelength' }

/** False where one is unknown, and those behind it are not looked at. */
function printSubobjects(p: Printer, at: number, left: number): boolean {
  while (left > 0) {
    const type = p.u8(at)
    const length = p.u8(at + 1)
    say(p, `\n\t    Subobject, Type: ${named(SUBOBJECTS, type, 'Unknown')} (${type}), Length: ${length}`)
    const fault = length < 4 ? ' (too short)' : length % 4 !== 0 ? ' (not a multiple of 4)' : left < length ? ' (goes past the end of the object)' : ''
    if (fault !== '') {
      say(p, fault)
      return true
    }
    // The fields are read whatever the length says.
    if (type === Subobject.SWITCHING) {
      say(p, `\n\t      Switching Type: ${named(SWITCHINGS, p.u8(at + 2), 'Unknown')} (${p.u8(at + 2)})`)
      say(p, `\n\t      Encoding Type: ${named(ENCODINGS, p.u8(at + 3), 'Unknown')} (${p.u8(at + 3)})`)
      say(p, `\n\t      Min Reservable Bandwidth: ${mbps(p, at + 4)} Mbps`)
      say(p, `\n\t      Max Reservable Bandwidth: ${mbps(p, at + 8)} Mbps`)
    } else if (type === Subobject.WAVELENGTH) say(p, `\n\t      Wavelength: ${p.u32(at + 4)}`)
    else return false
    at += length
    left -= length
  }
  return true
}

const CHANNEL_STATUSES: Words = { 1: 'Signal Okay', 2: 'Signal Degraded', 3: 'Signal Fail' }

function printStatuses(p: Printer, type: number, at: number, end: number): void {
  const size = type === 2 ? 16 : 4
  for (let here = at; here + size + 4 <= end; here += size + 4) {
    const word = p.u32(here + size)
    const active = word >>> 31
    const direction = (word >>> 30) & 1
    const status = word & 0x3ffffff
    say(p, `\n\t    Interface ID: ${endpoint(p, type, here)}`)
    say(p, `\n\t\t    Active: ${active === 1 ? 'Allocated' : 'Non-allocated'} (${active})`)
    say(p, `\n\t\t    Direction: ${direction === 1 ? 'Transmit' : 'Receive'} (${direction})`)
    say(p, `\n\t\t    Channel Status: ${named(CHANNEL_STATUSES, status, 'Unknown')} (${status})`)
  }
}

const SERVICE_PROTOCOLS = [[1, 'RSVP Supported'], [2, 'LDP Supported']] as const
const LINK_TYPES: Words = { 5: 'SDH ITU-T G.707', 6: 'SONET ANSI T1.105' }
/** Signals of each link type. */
const SIGNALS: Readonly<Record<number, Words>> = {
  5: { 5: 'VC-3', 6: 'VC-4', 7: 'STM-0', 8: 'STM-1', 9: 'STM-4', 10: 'STM-16', 11: 'STM-64', 12: 'STM-256' },
  6: { 5: 'STS-1 SPE', 6: 'STS-3c SPE', 7: 'STS-1', 8: 'STM-3', 9: 'STM-12', 10: 'STM-48', 11: 'STM-192', 12: 'STM-768' },
}
const CLIENT_TRANSPARENCY = [
  [1, 'Path/VC Overhead Transparency Supported'], [2, 'Line/MS Overhead Transparency Supported'], [4, 'Section/RS Overhead Transparency Supported'],
] as const
const CONCATENATION = [[1, 'Contiguous Concatenation Types Supported']] as const
const NETWORK_TRANSPARENCY = [[1, 'Standard SOH/RSOH Transparency Supported'], [2, 'Standard LOH/MSOH Transparency Supported']] as const
const MONITORING = [[1, 'Transparent Tandem Connection Monitoring Supported']] as const
const DIVERSITY = [[1, 'Node Diversity Supported'], [2, 'Link Diversity Supported'], [4, 'SRLG Diversity Supported']] as const

function printService(p: Printer, type: number, at: number): void {
  switch (type) {
    case 1:
      return say(p, `\n\t Flags: ${bits(SERVICE_PROTOCOLS, p.u8(at), 'none')}\n\t  UNI Version: ${p.u8(at + 1)}`)
    case 2:
      return printClientPort(p, at)
    case 3:
      return say(p, `\n\t Transparency Flags: ${bits(NETWORK_TRANSPARENCY, p.u32(at), 'none')}\n\t TCM Monitoring Flags: ${bits(MONITORING, p.u8(at + 7), 'none')}`)
  }
  say(p, `\n\t Diversity: Flags: ${bits(DIVERSITY, p.u8(at + 3), 'none')}`)
}

function printClientPort(p: Printer, at: number): void {
  const link = p.u8(at)
  const signal = p.u8(at + 1)
  say(p, `\n\t Link Type: ${named(LINK_TYPES, link, 'Unknown')} (${link})`)
  const signals = SIGNALS[link]
  if (signals !== undefined) say(p, `\n\t Signal Type: ${named(signals, signal, 'Unknown')} (${signal})`)
  say(p, `\n\t Transparency: ${bits(CLIENT_TRANSPARENCY, p.u8(at + 2), 'none')}`)
  say(p, `\n\t Contiguous Concatenation Types: ${bits(CONCATENATION, p.u8(at + 3), 'none')}`)
  say(p, `\n\t Minimum NCC: ${p.u16(at + 4)}\n\t Maximum NCC: ${p.u16(at + 6)}\n\t Minimum NVC:${p.u16(at + 8)}\n\t Maximum NVC:${p.u16(at + 10)}`)
  say(p, `\n\t    Local Interface ID: ${endpoint(p, 1, at + 12)}`)
}
