/** Objects of RSVP: the header they share, and which printer knows which. */
import { named, say, writeUnknownData, type Words } from './fields.js'
import type { Printer } from './printer.js'
import { printFastReroute, printIntServ } from './rsvp-flow.js'
import { printLabel, printLabelRequest, printLabelSet, printRoute, printUni } from './rsvp-label.js'
import {
  printAdminStatus, printCapability, printClassType, printConfirm, printDetour, printError, printFilter, printHello, printHop, printIntegrity, printMessageIds,
  printNotify, printProperties, printRestart, printSession, printSessionAttribute, printStyle, printSubLsp, printTemplate, printTime,
} from './rsvp-session.js'

const HEADER = 4

/** Where an object stands. */
export interface Place {
  /** The message it belongs to, and that one's length. */
  readonly message: number
  readonly messageLength: number
  /** The object, and the bytes of the message from there on. */
  readonly at: number
  readonly left: number
  /** Newline and blanks before each line. */
  readonly lead: string
}

/** An object's contents, which were captured whole. */
export interface RsvpObject extends Place {
  readonly value: number
  readonly length: number
  /** C-Type. */
  readonly type: number
}

/**
 * How an object's contents were printed: `dump` where their form is unknown, `short` where they are too short; `wrong` where
 * the fault is already told and nothing more is printed.
 */
export type Outcome = 'done' | 'dump' | 'short' | 'wrong'

const OBJECTS: Words = {
  1: 'Session', 3: 'RSVP Hop', 4: 'Integrity', 5: 'Time Values', 6: 'Error Spec', 7: 'Scope', 8: 'Style', 9: 'Flowspec', 10: 'FilterSpec',
  11: 'Sender Template', 12: 'Sender TSpec', 13: 'Adspec', 14: 'Policy Data', 15: 'Confirm', 16: 'Label', 19: 'Label Request', 20: 'ERO', 21: 'RRO',
  22: 'Hello', 23: 'Message ID', 24: 'Message ID Ack', 25: 'Message ID List', 34: 'Recovery Label', 35: 'Upstream Label', 36: 'Label Set', 37: 'Protection',
  50: 'Sub-LSP to LSP', 63: 'Detour', 66: 'Class Type', 125: 'Class Type (old)', 129: 'Suggested Label', 130: 'Acceptable Label Set',
  131: 'Restart Capability', 134: 'Capability', 195: 'Notify Request', 196: 'Administrative Status', 204: 'Properties', 205: 'Fast Re-Route',
  207: 'Session Attribute', 229: 'Generalized UNI', 230: 'Call-ID', 236: 'Call Capability',
}

const FAMILY: Words = { 1: 'IPv4', 2: 'IPv6' }
const FAMILY_OR_TLVS: Words = { 1: 'IPv4', 2: 'IPv6', 3: 'IPv4 plus opt. TLVs', 4: 'IPv6 plus opt. TLVs' }
const SENDER: Words = { 1: 'IPv4', 2: 'IPv6', 7: 'Tunnel IPv4', 12: 'IPv4 P2MP LSP Tunnel', 13: 'IPv6 P2MP LSP Tunnel' }
const LABEL: Words = { 1: 'Label', 2: 'Generalized Label', 3: 'Waveband Switching' }
const ONE: Words = { 1: '1' }
const TUNNEL: Words = { 7: 'Tunnel IPv4' }
/** C-Types of each class. */
const TYPES: Readonly<Record<number, Words>> = {
  1: { 1: 'IPv4', 2: 'IPv6', 7: 'Tunnel IPv4', 11: 'UNI IPv4', 13: 'IPv4 P2MP LSP Tunnel', 14: 'IPv6 P2MP LSP Tunnel' },
  3: FAMILY_OR_TLVS, 5: ONE, 6: FAMILY_OR_TLVS, 8: ONE, 9: { 1: 'obsolete', 2: 'IntServ' }, 10: { ...SENDER, 3: 'IPv6 Flow-label' }, 11: SENDER,
  12: { 2: 'IntServ' }, 13: { 2: 'IntServ' }, 15: FAMILY, 16: LABEL,
  19: { 1: 'without label range', 2: 'with ATM label range', 3: 'with FR label range', 4: 'Generalized Label' }, 20: { 1: 'IPv4' }, 21: { 1: 'IPv4' },
  22: { 1: 'Hello Request', 2: 'Hello Ack' }, 23: ONE, 24: { 1: 'Message id ack', 2: 'Message id nack' }, 25: ONE, 34: LABEL, 35: LABEL, 36: ONE,
  50: { 1: 'IPv4 sub-LSP', 2: 'IPv6 sub-LSP' }, 63: TUNNEL, 66: ONE, 125: ONE, 129: LABEL, 131: { 1: 'IPv4' }, 134: ONE, 195: FAMILY, 196: ONE, 204: ONE,
  205: { 1: '1', 7: 'Tunnel IPv4' }, 207: TUNNEL, 229: ONE,
}

/** The C-Type of a record route's objects and of their labels: one table serves both. */
export const typeName = (object: number, type: number): string => TYPES[object]?.[type] ?? 'Unknown'

/** What a node does that does not know the class: its two top bits. */
const ifUnknown = (object: number): string => (object < 0x80 ? 'reject' : object < 0xc0 ? 'ignore silently' : 'ignore and forward')

/** Returns its bytes; -1 where it is wrong, undefined where it was not captured whole. */
export function printRsvpObject(p: Printer, place: Place): number | undefined {
  const { at, lead, left } = place
  const length = p.u16(at)
  const object = p.u8(at + 2)
  const type = p.u8(at + 3)
  if (length % 4 !== 0) return fail(p, `${lead}ERROR: object header size ${length} not a multiple of 4`)
  if (length < HEADER) return fail(p, `${lead}ERROR: object header too short ${length} < ${HEADER}`)
  say(p, `${lead}${named(OBJECTS, object, 'Unknown')} Object (${object}) Flags: [${ifUnknown(object)} if unknown], Class-Type: ${typeName(object, type)} (${type}), length: ${length}`)
  if (left < length) return fail(p, `${lead}ERROR: object goes past end of objects TLV`)
  if (!p.has(at, length)) return undefined
  const value = at + HEADER
  const outcome = printContents(p, object, { ...place, value, length: length - HEADER, type })
  if (outcome === 'short') return fail(p, `${lead}ERROR: object is too short`)
  if (outcome === 'wrong') return -1
  if (outcome === 'dump' || p.options.verbose > 1) writeUnknownData(p, value, '\n\t    ', length - HEADER)
  return length
}

function fail(p: Printer, why: string): -1 {
  say(p, why)
  return -1
}

function printContents(p: Printer, object: number, o: RsvpObject): Outcome {
  switch (object) {
    case 1:
      return printSession(p, o)
    case 3:
      return printHop(p, o)
    case 4:
      return printIntegrity(p, o)
    case 5:
      return printTime(p, o)
    case 6:
      return printError(p, o)
    case 8:
      return printStyle(p, o)
    case 9:
    case 12:
    case 13:
      return printIntServ(p, o)
    case 10:
      return printFilter(p, o)
    case 11:
      return printTemplate(p, o)
    case 15:
      return printConfirm(p, o)
    case 16:
    case 34:
    case 35:
    case 129:
      return printLabel(p, o)
    case 19:
      return printLabelRequest(p, o)
    case 20:
    case 21:
      return printRoute(p, o)
    case 22:
      return printHello(p, o)
    case 23:
    case 24:
    case 25:
      return printMessageIds(p, o)
    case 36:
      return printLabelSet(p, o)
    case 50:
      return printSubLsp(p, o)
    case 63:
      return printDetour(p, o)
    case 66:
    case 125:
      return printClassType(p, o)
    case 131:
      return printRestart(p, o)
    case 134:
      return printCapability(p, o)
    case 195:
      return printNotify(p, o)
    case 196:
      return printAdminStatus(p, o)
    case 204:
      return printProperties(p, o)
    case 205:
      return printFastReroute(p, o)
    case 207:
      return printSessionAttribute(p, o)
    case 229:
      return printUni(p, o)
  }
  if (p.options.verbose <= 1) writeUnknownData(p, o.value, '\n\t    ', o.length)
  return 'done'
}
