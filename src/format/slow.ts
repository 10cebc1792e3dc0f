/** Slow protocols as tcpdump prints them: LACP and its marker (IEEE 802.1AX §6.4, §6.5), Ethernet OAM (802.3 §57). */
import { writeLinkAddress } from './address.js'
import { writeHex } from './dump.js'
import { ouiName } from './oui.js'
import type { Printer } from './printer.js'
import { bits, tableOf, word } from './tables.js'

const Subtype = { LACP: 1, MARKER: 2, OAM: 3 } as const
const TLVS_OF_LACP = tableOf({ 0: 'Terminator', 1: 'Actor Information', 2: 'Partner Information', 3: 'Collector Information' })
const TLVS_OF_MARKER = tableOf({ 0: 'Terminator', 1: 'Marker Information' })
const STATES = [
  [0x01, 'Activity'], [0x02, 'Timeout'], [0x04, 'Aggregation'], [0x08, 'Synchronization'], [0x10, 'Collecting'], [0x20, 'Distributing'],
  [0x40, 'Default'], [0x80, 'Expired'],
] as const
/** Actor or partner, collector, marker: with the TLV's own two bytes. */
const PARTY_LENGTH = 20
const COLLECTOR_LENGTH = 16
const MARKER_LENGTH = 16

export function printSlow(p: Printer, at: number, length: number): void {
  const { out, options } = p
  p.protocol = 'slow'
  if (length < 1) return tooShort(p, ' (packet is too short)')
  const subtype = p.u8(at)
  switch (subtype) {
    case Subtype.LACP:
    case Subtype.MARKER: {
      if (length < 2) return tooShort(p, ' (packet is too short)')
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
      writeHex(out, p.b, at, Math.min(at + length, p.end), '\n\t')
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

/** A whole TLV. */
function printTlv(p: Printer, subtype: number, type: number, at: number, size: number): void {
  const { out, b } = p
  if (subtype === Subtype.LACP && (type === 1 || type === 2)) {
    if (size !== PARTY_LENGTH) return illegal(p, String(PARTY_LENGTH))
    out.text('\n\t  System ')
    writeLinkAddress(out, b, at + 4)
    out.text(', System Priority ').dec(p.u16(at + 2)).text(', Key ').dec(p.u16(at + 10)).text(', Port ').dec(p.u16(at + 14))
    out.text(', Port Priority ').dec(p.u16(at + 12)).text('\n\t  State Flags [').text(bits(STATES, p.u8(at + 16), 'none')).byte(93)
  } else if (subtype === Subtype.LACP && type === 3) {
    if (size !== COLLECTOR_LENGTH) return illegal(p, String(COLLECTOR_LENGTH))
    out.text('\n\t  Max Delay ').dec(p.u16(at + 2))
  } else if (subtype === Subtype.MARKER && type === 1) {
    if (size !== MARKER_LENGTH) return illegal(p, String(MARKER_LENGTH))
    out.text('\n\t  Request System ')
    writeLinkAddress(out, b, at + 4)
    out.text(', Request Port ').dec(p.u16(at + 2)).text(', Request Transaction ID 0x').hex(p.u32(at + 10), 8)
  } else writeHex(out, b, at + 2, at + size, '\n\t  ')
}

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
      return printInformation(p, at, length)
    case OamCode.EVENT:
      return printEvents(p, at, length)
    case OamCode.LOOPBACK: {
      if (length < 1) return tooShort(p)
      const command = p.u8(at)
      out.text('\n\t  Command ').text(word(LOOPBACK, command, 'Unknown')).text(' (').dec(command).byte(41)
      return
    }
    default:
      writeHex(out, p.b, at, Math.min(at + length, p.end), '\n\t  ')
  }
}

function printInformation(p: Printer, at: number, left: number): void {
  const { out, b } = p
  while (left > 0) {
    if (left < 2) return tooShort(p)
    const type = p.u8(at)
    const size = p.u8(at + 1)
    out.text('\n\t  ').text(word(INFORMATION, type, 'Reserved')).text(' Information Type (').dec(type).text('), length ').dec(size)
    if (type === 0) return
    if (size < 2) return illegal(p, '>= 2')
    if (size > left) return tooShort(p)
    p.need(at, size)
    if (type === 1 || type === 2) {
      if (size !== INFORMATION_LENGTH) return illegal(p, String(INFORMATION_LENGTH))
      const state = p.u8(at + 5)
      out.text('\n\t    OAM-Version ').dec(p.u8(at + 2)).text(', Revision ').dec(p.u16(at + 3)).text('\n\t    State-Parser-Action ').text(PARSER[state & 3]!)
      out.text(', State-MUX-Action ').text(state & 4 ? 'discarding' : 'forwarding')
      out.text('\n\t    OAM-Config Flags [').text(bits(CONFIGURATION, p.u8(at + 6), 'none')).text('], OAM-PDU-Config max-PDU size ').dec(p.u16(at + 7) & 0x7ff)
      out.text('\n\t    OUI ').text(ouiName(p.u24(at + 9))).text(' (0x').hex(p.u24(at + 9), 6).text('), Vendor-Private 0x').hex(p.u32(at + 12), 8)
    } else writeHex(out, b, at, at + size, '\n\t  ')
    at += size
    left -= size
  }
}

function printEvents(p: Printer, at: number, left: number): void {
  const { out, b } = p
  if (left < 2) return tooShort(p)
  const sequence = p.u16(at)
  out.text('\n\t  Sequence Number ').dec(sequence)
  at += 2
  left -= 2
  while (left > 0) {
    if (left < 2) return tooShort(p)
    const type = p.u8(at)
    const size = p.u8(at + 1)
    out.text('\n\t  ').text(word(EVENTS, type, 'Reserved')).text(' Link Event Type (').dec(type).text('), length ').dec(size)
    if (type === 0) return
    if (size < 2) return illegal(p, '>= 2')
    if (size > left) return tooShort(p)
    p.need(at, size)
    writeHex(out, b, at, at + size, '\n\t  ')
    at += size
    left -= size
  }
}
