/** Slow protocols as tcpdump prints them: LACP and its marker (IEEE 802.1AX §6.4, §6.5), Ethernet OAM (802.3 §57). */
import { writeUnknownData } from './fields.js'
import { ouiName } from './oui.js'
import type { Printer } from './printer.js'
import { type NumberTable, bits, tableOf, word } from './tables.js'

const Subtype = { LACP: 1, MARKER: 2, OAM: 3 } as const
const TLVS_OF_LACP = tableOf({ 0: 'Terminator', 1: 'Actor Information', 2: 'Partner Information', 3: 'Collector Information' })
const TLVS_OF_MARKER = tableOf({ 0: 'Terminator', 1: 'Marker Information' })
const STATES = [
  [0x01, 'Activity'], [0x02, 'Timeout'], [0x04, 'Aggregation'], [0x08, 'Synchronization'], [0x10, 'Collecting'], [0x20, 'Distributing'],
  [0x40, 'Default'], [0x80, 'Expired'],
] as const

export function printSlow(p: Printer, at: number, length: number): void {
  const { out, options } = p
  p.protocol = 'slow'
  const missing = options.verbose === 0 ? ' (packet is too short)' : undefined
  if (length < 1) return tooShort(p, missing)
  const subtype = p.u8(at)
  switch (subtype) {
    case Subtype.LACP:
    case Subtype.MARKER: {
      if (length < 2) return tooShort(p, missing)
      const version = p.u8(at + 1)
      const name = subtype === Subtype.LACP ? 'LACP' : 'MARKER'
      if (version !== 1) {
        out.text(name).text(' version ').dec(version).text(' packet not supported')
        return
      }
      out.text(name).byte(118).dec(version).text(', length ').dec(length)
      if (options.verbose > 0) printTlvs(p, at + 2, length - 2, subtype)
      return
    }
    case Subtype.OAM:
      out.text('OAM, length ').dec(length)
      if (options.verbose > 0) printOam(p, at + 1, length - 1)
      return
    default:
      out.text('unknown (').dec(subtype).text('), length ').dec(length)
      writeUnknownData(p, at, '\n\t', length)
  }
}

function tooShort(p: Printer, text = '\n\t\t packet is too short'): void {
  p.out.text(text)
}

function illegal(p: Printer, should: string): void {
  p.out.text('\n\t    ERROR: illegal length - should be ').text(should)
}

function printTlvs(p: Printer, at: number, left: number, subtype: number): void {
  const { out } = p
  while (left > 0) {
    if (left < 2) return tooShort(p)
    p.need(at, 2)
    const type = p.u8(at)
    const size = p.u8(at + 1)
    out.text('\n\t').text(word(subtype === Subtype.LACP ? TLVS_OF_LACP : TLVS_OF_MARKER, type, 'Unknown')).text(' TLV (0x').hex(type, 2)
    out.text('), length ').dec(size)
    if (type === 0) return
    if (size < 2) return illegal(p, '>= 2')
    if (size > left) return tooShort(p)
    p.need(at, size)
    printTlv(p, subtype, type, at, size)
    at += size
    left -= size
  }
}

/** A whole TLV: what is known of it, and with -vv its bytes. */
function printTlv(p: Printer, subtype: number, type: number, at: number, size: number): void {
  const known = subtype === Subtype.MARKER ? MARKER_TLVS[type] : LACP_TLVS[type]
  if (known !== undefined && size !== known.size) illegal(p, String(known.size))
  else known?.print(p, at)
  if (p.options.verbose > 1 || known === undefined) writeUnknownData(p, at + 2, '\n\t  ', size - 2)
}

function printParty(p: Printer, at: number): void {
  const { out } = p
  out.text('\n\t  System ')
  p.mac(at + 4)
  out.text(', System Priority ').dec(p.u16(at + 2)).text(', Key ').dec(p.u16(at + 10)).text(', Port ').dec(p.u16(at + 14))
  out.text(', Port Priority ').dec(p.u16(at + 12)).text('\n\t  State Flags [').text(bits(STATES, p.u8(at + 16), 'none')).byte(93)
}

function printCollector(p: Printer, at: number): void {
  p.out.text('\n\t  Max Delay ').dec(p.u16(at + 2))
}

function printMarker(p: Printer, at: number): void {
  const { out } = p
  out.text('\n\t  Request System ')
  p.mac(at + 4)
  out.text(', Request Port ').dec(p.u16(at + 2)).text(', Request Transaction ID 0x').hex(p.u32(at + 10), 8)
}

/** TLVs of one length, with their own two bytes. */
interface Known {
  readonly size: number
  readonly print: (p: Printer, at: number) => void
}
const PARTY: Known = { size: 20, print: printParty }
const LACP_TLVS: Readonly<Record<number, Known>> = { 1: PARTY, 2: PARTY, 3: { size: 16, print: printCollector } }
const MARKER_TLVS: Readonly<Record<number, Known>> = { 1: { size: 16, print: printMarker } }

const OAM_FLAGS = [
  [0x01, 'Link Fault'], [0x02, 'Dying Gasp'], [0x04, 'Critical Event'], [0x08, 'Local Evaluating'], [0x10, 'Local Stable'],
  [0x20, 'Remote Evaluating'], [0x40, 'Remote Stable'],
] as const
const OamCode = { INFORMATION: 0, EVENT: 1, LOOPBACK: 4 } as const
const OAM_CODES = tableOf({
  0: 'Information', 1: 'Event Notification', 2: 'Variable Request', 3: 'Variable Response', 4: 'Loopback Control', 254: 'Vendor Private',
})
const INFORMATION = tableOf({ 0: 'End of TLV marker', 1: 'Local', 2: 'Remote', 254: 'Organization specific' })
const INFORMATION_LENGTH = 16
const PARSER = ['forwarding', 'looping back', 'discarding', 'reserved'] as const
const CONFIGURATION = [
  [0x01, 'Active'], [0x02, 'Unidirectional'], [0x04, 'Remote-Loopback'], [0x08, 'Link-Events'], [0x10, 'Variable-Retrieval'],
] as const
const EVENTS = tableOf({
  0: 'End of TLV marker', 1: 'Errored Symbol Period Event', 2: 'Errored Frame Event', 3: 'Errored Frame Period Event',
  4: 'Errored Frame Seconds Summary Event', 254: 'Organization specific',
})
const LOOPBACK = tableOf({ 1: 'Enable OAM Remote Loopback', 2: 'Disable OAM Remote Loopback' })

function printOam(p: Printer, at: number, length: number): void {
  const { out } = p
  if (length < 3) return tooShort(p)
  p.need(at, 3)
  const code = p.u8(at + 2)
  out.text('\n\tCode ')
  const name = OAM_CODES.get(code)
  if (name === undefined) out.text('Unknown (').dec(code).byte(41)
  else out.text(name)
  out.text(' OAM PDU, Flags [').text(bits(OAM_FLAGS, p.u16(at), 'none')).byte(93)
  at += 3
  length -= 3
  switch (code) {
    case OamCode.INFORMATION:
      return printOamTlvs(p, at, length, INFORMATION, ' Information Type (', printInformation)
    case OamCode.EVENT:
      return printEvents(p, at, length)
    case OamCode.LOOPBACK: {
      if (length < 1) return tooShort(p)
      const command = p.u8(at)
      out.text('\n\t  Command ').text(word(LOOPBACK, command, 'Unknown')).text(' (').dec(command).byte(41)
      return
    }
    default:
      if (p.options.verbose <= 1) writeUnknownData(p, at, '\n\t  ', length)
  }
}

/** Events and information are lists of TLVs alike; `print` is given one that was captured and says whether it knew it. */
function printOamTlvs(
  p: Printer, at: number, left: number, names: NumberTable, title: string, print: (p: Printer, type: number, at: number, size: number) => boolean,
): void {
  const { out } = p
  while (left > 0) {
    if (left < 2) return tooShort(p)
    p.need(at, 2)
    const type = p.u8(at)
    const size = p.u8(at + 1)
    out.text('\n\t  ').text(word(names, type, 'Reserved')).text(title).dec(type).text('), length ').dec(size)
    if (type === 0) return
    if (size < 2) return illegal(p, '>= 2')
    if (size > left) return tooShort(p)
    p.need(at, size)
    const isKnown = print(p, type, at, size)
    if (p.options.verbose > 1 || !isKnown) writeUnknownData(p, at, '\n\t  ', size)
    at += size
    left -= size
  }
}

/** IEEE 802.3 §57.5.2 */
function printInformation(p: Printer, type: number, at: number, size: number): boolean {
  const { out } = p
  if (type > 2) return false
  if (size !== INFORMATION_LENGTH) {
    illegal(p, String(INFORMATION_LENGTH))
    return false
  }
  const state = p.u8(at + 5)
  out.text('\n\t    OAM-Version ').dec(p.u8(at + 2)).text(', Revision ').dec(p.u16(at + 3)).text('\n\t    State-Parser-Action ').text(PARSER[state & 3]!)
  out.text(', State-MUX-Action ').text(state & 4 ? 'discarding' : 'forwarding')
  out.text('\n\t    OAM-Config Flags [').text(bits(CONFIGURATION, p.u8(at + 6), 'none')).text('], OAM-PDU-Config max-PDU size ').dec(p.u16(at + 7) & 0x7ff)
  out.text('\n\t    OUI ').text(ouiName(p.u24(at + 9))).text(' (0x').hex(p.u24(at + 9), 6).text('), Vendor-Private 0x').hex(p.u32(at + 12), 8)
  return true
}

/** tcpdump takes every event for one with counters of 64 bits. */
const EVENT_LENGTH = 40

/** IEEE 802.3 §57.5.3 */
function printEvent(p: Printer, type: number, at: number, size: number): boolean {
  const { out } = p
  if (type > 4) return false
  if (size !== EVENT_LENGTH) {
    illegal(p, String(EVENT_LENGTH))
    return false
  }
  out.text('\n\t    Timestamp ').dec(p.u16(at + 2) * 100).text(' ms, Errored Window ').big(p.u64(at + 4))
  out.text('\n\t    Errored Threshold ').big(p.u64(at + 12)).text('\n\t    Errors ').big(p.u64(at + 20))
  out.text('\n\t    Error Running Total ').big(p.u64(at + 28)).text('\n\t    Event Running Total ').dec(p.u32(at + 36))
  return true
}

function printEvents(p: Printer, at: number, left: number): void {
  if (left < 2) return tooShort(p)
  const sequence = p.u16(at)
  p.out.text('\n\t  Sequence Number ').dec(sequence)
  printOamTlvs(p, at + 2, left - 2, EVENTS, ' Link Event Type (', printEvent)
}
