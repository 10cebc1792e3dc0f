/** IEEE 802.11 frames as tcpdump prints them: §9.2 (frames), §9.3.3 (management), §9.4.2 (elements). Little-endian. */
import { u16le, u32le } from '../../bytes.js'
import { printLlc } from '../llc.js'
import { writeUnlessQuiet } from '../packet.js'
import type { Printer } from '../printer.js'
import { type NumberTable, tableOf, writeVisible } from '../tables.js'
import { reasonText, statusText } from './ieee80211-codes.js'

const Type = { MANAGEMENT: 0, CONTROL: 1, DATA: 2 } as const
/** Bits of the second byte of frame control. */
const Flag = { TO_DS: 0x01, FROM_DS: 0x02, MORE_FRAGMENTS: 0x04, RETRY: 0x08, POWER: 0x10, MORE_DATA: 0x20, PROTECTED: 0x40, ORDER: 0x80 } as const
const BOTH_DS = 0x03
/** Bits of the subtype of a data frame. */
const Data = { CF_ACK: 1, CF_POLL: 2, NULL: 4, QOS: 8 } as const
const MANAGEMENT_HEADER = 24
const DATA_HEADER = 24
const ADDRESS = 6
const QOS = 2
const Control = { WRAPPER: 7, BAR: 8, BA: 9, PS_POLL: 10, RTS: 11, CTS: 12, ACK: 13, CF_END: 14, CF_END_ACK: 15 } as const
const CONTROL_HEADERS: ReadonlyMap<number, number> = new Map([
  [Control.WRAPPER, 16], [Control.BAR, 20], [Control.BA, 10], [Control.PS_POLL, 16], [Control.RTS, 16], [Control.CTS, 10], [Control.ACK, 10],
  [Control.CF_END, 16], [Control.CF_END_ACK, 16],
])
const CONTROL_NAMES = tableOf({
  7: 'Control Wrapper', 8: 'BAR', 9: 'BA', 10: 'Power Save-Poll', 11: 'Request-To-Send', 12: 'Clear-To-Send', 13: 'Acknowledgment', 14: 'CF-End',
  15: 'CF-End+CF-Ack',
})

export function printIeee80211(p: Printer, at: number, length: number): number {
  return printFrame(p, at, length, p.end - at, false, 0)
}

/**
 * @param captured bytes at `at` that are part of the frame
 * @param padded the header fills whole words of four bytes
 * @param fcs bytes of the frame check sequence behind the frame
 */
export function printFrame(p: Printer, at: number, length: number, captured: number, padded: boolean, fcs: number): number {
  p.protocol = '802.11'
  length -= fcs
  if (captured < 2 || length < 2) {
    p.truncated()
    return captured
  }
  const former = p.narrow(at + Math.min(captured, length))
  const header = printWhole(p, at, length, padded)
  p.end = former
  return header
}

function printWhole(p: Printer, at: number, length: number, padded: boolean): number {
  const { b, out, options } = p
  const control = u16le(b, at)
  const size = headerLength(control)
  if (size < 0) {
    // nothing is known of what follows
    if ((control & 0xc) >> 2 !== Type.CONTROL) out.text('unknown 802.11 frame type (').dec((control >> 2) & 3).byte(41)
    else out.text('unknown 802.11 ctrl frame subtype (').dec((control >> 4) & 15).byte(41)
    return 0
  }
  const header = padded ? (size + 3) & ~3 : size
  if (p.end - at < header) {
    p.truncated()
    return header
  }
  if (options.link) writeHeader(p, at, control)
  const inside = at + header
  length -= header
  switch ((control >> 2) & 3) {
    case Type.MANAGEMENT:
      if (!printManagement(p, at, inside, length, control)) p.truncated()
      return header
    case Type.CONTROL:
      if (!printControl(p, at, control)) p.truncated()
      return header
    default:
      return header + printData(p, at, inside, length, control)
  }
}

/** -1 for a frame of no known kind. */
function headerLength(control: number): number {
  const subtype = (control >> 4) & 15
  switch ((control >> 2) & 3) {
    case Type.MANAGEMENT:
      return MANAGEMENT_HEADER
    case Type.CONTROL:
      return CONTROL_HEADERS.get(subtype) ?? -1
    case Type.DATA: {
      const relayed = ((control >> 8) & BOTH_DS) === BOTH_DS ? ADDRESS : 0
      return DATA_HEADER + relayed + (subtype & Data.QOS ? QOS : 0)
    }
    default:
      return -1
  }
}

/** ` NAME:02:…`; `at` is checked. */
function writeNamed(p: Printer, name: string, at: number): void {
  p.out.text(name)
  p.mac(at)
  p.out.byte(32)
}

/** What -e adds: flags with -v, and the addresses. */
function writeHeader(p: Printer, at: number, control: number): void {
  const { out, b, options } = p
  const flags = control >> 8
  const type = (control >> 2) & 3
  const subtype = (control >> 4) & 15
  if (options.verbose > 0) {
    if (flags & Flag.MORE_DATA) out.text('More Data ')
    if (flags & Flag.MORE_FRAGMENTS) out.text('More Fragments ')
    if (flags & Flag.POWER) out.text('Pwr Mgmt ')
    if (flags & Flag.RETRY) out.text('Retry ')
    if (flags & Flag.ORDER) out.text('Strictly Ordered ')
    if (flags & Flag.PROTECTED) out.text('Protected ')
    if (type !== Type.CONTROL || subtype !== Control.PS_POLL) out.dec(u16le(b, at + 2)).text('us ')
  }
  if (type === Type.MANAGEMENT) {
    writeNamed(p, 'BSSID:', at + 16)
    writeNamed(p, 'DA:', at + 4)
    writeNamed(p, 'SA:', at + 10)
  } else if (type === Type.CONTROL) writeControlHeader(p, at, subtype)
  else writeDataHeader(p, at, flags, subtype)
}

function writeControlHeader(p: Printer, at: number, subtype: number): void {
  const { out, b } = p
  switch (subtype) {
    case Control.BAR:
      writeNamed(p, ' RA:', at + 4)
      writeNamed(p, 'TA:', at + 10)
      out.text('CTL(').hex(u16le(b, at + 16)).text(') SEQ(').dec(u16le(b, at + 18)).text(') ')
      return
    case Control.BA:
    case Control.CTS:
    case Control.ACK:
      writeNamed(p, 'RA:', at + 4)
      return
    case Control.PS_POLL:
      writeNamed(p, 'BSSID:', at + 4)
      writeNamed(p, 'TA:', at + 10)
      return
    case Control.RTS:
      writeNamed(p, 'RA:', at + 4)
      writeNamed(p, 'TA:', at + 10)
      return
    case Control.CF_END:
    case Control.CF_END_ACK:
      writeNamed(p, 'RA:', at + 4)
      writeNamed(p, 'BSSID:', at + 10)
      return
    default:
  }
}

/** Names of the three addresses, by the two DS bits; with both set there is a fourth. */
const DATA_ADDRESSES = [
  ['DA:', 'SA:', 'BSSID:'],
  ['BSSID:', 'SA:', 'DA:'],
  ['DA:', 'BSSID:', 'SA:'],
  ['RA:', 'TA:', 'DA:'],
] as const

function writeDataHeader(p: Printer, at: number, flags: number, subtype: number): void {
  const { out } = p
  if (subtype & (Data.CF_ACK | Data.CF_POLL | Data.QOS)) {
    out.text('CF ')
    if (subtype & Data.CF_ACK) out.text(subtype & Data.CF_POLL ? 'Ack/Poll' : 'Ack')
    else if (subtype & Data.CF_POLL) out.text('Poll')
    if (subtype & Data.QOS) out.text('+QoS')
    out.byte(32)
  }
  const names = DATA_ADDRESSES[flags & BOTH_DS]!
  writeNamed(p, names[0], at + 4)
  writeNamed(p, names[1], at + 10)
  writeNamed(p, names[2], at + 16)
  if ((flags & BOTH_DS) === BOTH_DS) writeNamed(p, 'SA:', at + 24)
}

function printControl(p: Printer, at: number, control: number): boolean {
  const { out, b, options } = p
  const subtype = (control >> 4) & 15
  out.text(CONTROL_NAMES.get(subtype)!)
  switch (subtype) {
    case Control.BAR:
      if (options.link) return true
      writeNamed(p, ' RA:', at + 4)
      writeNamed(p, 'TA:', at + 10)
      out.text('CTL(').hex(u16le(b, at + 16)).text(') SEQ(').dec(u16le(b, at + 18)).text(') ')
      return true
    case Control.PS_POLL:
      out.text(' AID(').hex(u16le(b, at + 2)).byte(41)
      return true
    case Control.RTS:
      if (!options.link) writeNamed(p, ' TA:', at + 10)
      return true
    case Control.BA:
    case Control.CTS:
    case Control.ACK:
    case Control.CF_END:
    case Control.CF_END_ACK:
      if (!options.link) writeNamed(p, ' RA:', at + 4)
      return true
    default:
      return true
  }
}

/** Bytes of LLC header behind the frame's own. */
function printData(p: Printer, at: number, inside: number, length: number, control: number): number {

  const flags = control >> 8
  const subtype = (control >> 4) & 15
  if (subtype & Data.NULL) return 0
  if (flags & Flag.PROTECTED) {
    p.out.text('Data')
    if (!printIv(p, inside)) p.truncated()
    return 0
  }
  // to and from a DS, the addresses stand in other places
  const source = (flags & Flag.FROM_DS) === 0 ? at + 10 : (flags & Flag.TO_DS) === 0 ? at + 16 : at + 24
  const destination = (flags & Flag.TO_DS) === 0 ? at + 4 : at + 16
  const llc = printLlc(p, inside, length, source, destination)
  if (llc < 0) writeUnlessQuiet(p, inside, p.end)
  return Math.abs(llc)
}

/** ` IV:30201 Pad 0 KeyID 1` of an encrypted frame; false where it is cut. */
function printIv(p: Printer, at: number): boolean {
  if (!p.has(at, 4)) return false
  const iv = u32le(p.b, at)
  p.out.text(' IV:')
  const text = (iv & 0xffffff).toString(16)
  p.out.right(text, 3).text(' Pad ').hex((iv >>> 24) & 0x3f).text(' KeyID ').hex(iv >>> 30)
  return true
}

const Management = {
  ASSOCIATION_REQUEST: 0, ASSOCIATION_RESPONSE: 1, REASSOCIATION_REQUEST: 2, REASSOCIATION_RESPONSE: 3, PROBE_REQUEST: 4, PROBE_RESPONSE: 5,
  BEACON: 8, DISASSOCIATION: 10, AUTHENTICATION: 11, DEAUTHENTICATION: 12, ACTION: 13,
} as const
const MANAGEMENT_NAMES = tableOf({
  0: 'Assoc Request', 1: 'Assoc Response', 2: 'ReAssoc Request', 3: 'ReAssoc Response', 4: 'Probe Request', 5: 'Probe Response', 8: 'Beacon',
  9: 'ATIM', 10: 'Disassociation', 11: 'Authentication', 12: 'DeAuthentication', 13: 'Action',
})
const Capability = { ESS: 0x0001, PRIVACY: 0x0010 } as const

/** False where the frame is cut. */
function printManagement(p: Printer, at: number, body: number, length: number, control: number): boolean {
  const { out } = p
  const subtype = (control >> 4) & 15
  const end = body + length
  const name = MANAGEMENT_NAMES.get(subtype)
  if (name === undefined) out.text('Unhandled Management subtype(').hex(subtype).byte(41)
  else out.text(name)
  if (control & (Flag.PROTECTED << 8)) return printIv(p, body)
  switch (subtype) {
    case Management.ASSOCIATION_REQUEST:
      return printAssociationRequest(p, body, end)
    case Management.ASSOCIATION_RESPONSE:
      return printAssociationResponse(p, body, end)
    case Management.REASSOCIATION_REQUEST:
      return printReassociationRequest(p, body, end)
    case Management.REASSOCIATION_RESPONSE:
      return printAssociationResponse(p, body, end)
    case Management.PROBE_REQUEST:
      return printProbeRequest(p, body, end)
    case Management.PROBE_RESPONSE:
      return printBeacon(p, body, end, false)
    case Management.BEACON:
      return printBeacon(p, body, end, true)
    case Management.DISASSOCIATION:
      return printReason(p, body, end)
    case Management.AUTHENTICATION:
      return printAuthentication(p, body, end)
    case Management.DEAUTHENTICATION:
      if (Math.min(end, p.end) - body < 2) return false
      if (!p.options.link) writeInParentheses(p, at + 10)
      return printReason(p, body, end)
    case Management.ACTION:
      return printAction(p, at, body, end)
    default:
      return true
  }
}

function writeInParentheses(p: Printer, at: number): void {
  p.out.text(' (')
  p.mac(at)
  p.out.byte(41)
}

/** `: Class 3 frame received …` */
function printReason(p: Printer, at: number, end: number): boolean {
  if (Math.min(end, p.end) - at < 2) return false
  p.out.text(': ').text(reasonText(u16le(p.b, at)))
  return true
}

const Element = { SSID: 0, RATES: 1, DS: 3, CF: 4, TIM: 5, CHALLENGE: 16 } as const
const MAX_SSID = 32
const MAX_RATES = 16
/** As tcpdump has it; 802.11 has 128. */
const MAX_CHALLENGE = 253
const MAX_TIM = 254

/** What a body's elements say, refilled for each frame. */
const elements = { ssid: -1, ssidLength: 0, rates: -1, ratesLength: 0, channel: -1 }

/** Fills `elements`; false where one of them is cut or too long. */
function readElements(p: Printer, at: number, end: number): boolean {
  const { b } = p
  elements.ssid = elements.rates = elements.channel = -1
  const captured = Math.min(end, p.end)
  while (at < end) {
    if (captured - at < 2) return false
    const id = b[at]!
    const length = b[at + 1]!
    const value = at + 2
    if (captured - value < length) return false
    switch (id) {
      case Element.SSID:
        if (length > MAX_SSID) return false
        if (elements.ssid < 0) {
          elements.ssid = value
          elements.ssidLength = length
        }
        break
      case Element.CHALLENGE:
        if (length > MAX_CHALLENGE) return false
        break
      case Element.TIM:
        if (length > MAX_TIM) return false
        break
      case Element.RATES:
        if (length > MAX_RATES) return false
        if (elements.rates < 0 && length > 0) {
          elements.rates = value
          elements.ratesLength = length
        }
        break
      case Element.DS:
        if (length === 1 && elements.channel < 0) elements.channel = b[value]!
        break
      default:
    }
    at = value + length
  }
  return true
}

/** ` (name)` */
function writeSsid(p: Printer): void {
  if (elements.ssid < 0) return
  p.out.text(' (')
  let end = elements.ssid
  while (end < elements.ssid + elements.ssidLength && p.b[end] !== 0) end++
  writeVisible(p.out, p.b, elements.ssid, end)
  p.out.byte(41)
}

/** ` [1.0* 2.0* Mbit]`: in units of 500 kb/s, a star for the basic ones. */
function writeRates(p: Printer): void {
  const { out, b } = p
  if (elements.rates < 0) return
  for (let i = 0; i < elements.ratesLength; i++) {
    const rate = b[elements.rates + i]!
    out.text(i === 0 ? ' [' : ' ').dec((rate & 0x7f) >> 1).text(rate & 1 ? '.5' : '.0')
    if (rate & 0x80) out.byte(42)
  }
  if (elements.ratesLength > 0) out.text(' Mbit]')
}

/** Timestamp, interval, capabilities, elements. */
function printBeacon(p: Printer, at: number, end: number, isBeacon: boolean): boolean {
  const { out, b } = p
  if (Math.min(end, p.end) - at < 12) return false
  const capabilities = u16le(b, at + 10)
  const whole = readElements(p, at + 12, end)
  writeSsid(p)
  writeRates(p)
  if (isBeacon) out.text(capabilities & Capability.ESS ? ' ESS' : ' IBSS')
  if (elements.channel >= 0) out.text(' CH: ').dec(elements.channel)
  if (capabilities & Capability.PRIVACY) out.text(', PRIVACY')
  return whole
}

function printProbeRequest(p: Printer, at: number, end: number): boolean {
  const whole = readElements(p, at, end)
  writeSsid(p)
  writeRates(p)
  return whole
}

function printAssociationRequest(p: Printer, at: number, end: number): boolean {
  if (Math.min(end, p.end) - at < 4) return false
  const whole = readElements(p, at + 4, end)
  writeSsid(p)
  writeRates(p)
  return whole
}

function printReassociationRequest(p: Printer, at: number, end: number): boolean {
  if (Math.min(end, p.end) - at < 10) return false
  const whole = readElements(p, at + 10, end)
  writeSsid(p)
  p.out.text(' AP : ')
  p.mac(at + 4)
  return whole
}

function printAssociationResponse(p: Printer, at: number, end: number): boolean {
  const { out, b } = p
  if (Math.min(end, p.end) - at < 6) return false
  const whole = readElements(p, at + 6, end)
  out.text(' AID(').hex(u16le(b, at + 4) & 0x3fff).text(') :')
  if (u16le(b, at) & Capability.PRIVACY) out.text(' PRIVACY ')
  out.text(': ').text(statusText(u16le(b, at + 2)))
  return whole
}

const ALGORITHMS = ['Open System', 'Shared Key', 'EAP'] as const
const SHARED_KEY = 1

function printAuthentication(p: Printer, at: number, end: number): boolean {
  const { out, b } = p
  if (Math.min(end, p.end) - at < 6) return false
  const algorithm = u16le(b, at)
  const sequence = u16le(b, at + 2)
  const status = u16le(b, at + 4)
  const whole = readElements(p, at + 6, end)
  out.text(' (').text(ALGORITHMS[algorithm] ?? 'Reserved').text(')-').hex(sequence)
  const answers = sequence % 2 === 1 ? statusText(status) : ''
  if (algorithm === SHARED_KEY && (sequence === 2 || sequence === 3)) out.text(' [Challenge Text] ').text(answers)
  else out.text(': ').text(answers)
  return whole
}

const CATEGORIES = tableOf({
  0: 'Spectrum Management', 1: 'QoS', 2: 'DLS', 3: 'BA', 7: 'HT', 13: 'MeshAction', 14: 'MultiohopAction', 15: 'SelfprotectAction', 127: 'Vendor',
})
const ACTIONS: ReadonlyMap<number, NumberTable> = new Map([
  [3, tableOf({ 0: 'ADDBA Request', 1: 'ADDBA Response', 2: 'DELBA' })],
  [7, tableOf({ 0: 'TxChWidth', 1: 'MIMOPwrSave' })],
  [13, tableOf({
    0: 'MeshLink', 1: 'HWMP', 2: 'Gate Announcement', 3: 'Congestion Control', 4: 'MCCA Setup Request', 5: 'MCCA Setup Reply',
    6: 'MCCA Advertisement Request', 7: 'MCCA Advertisement', 8: 'MCCA Teardown', 9: 'TBTT Adjustment Request', 10: 'TBTT Adjustment Response',
  })],
  [14, tableOf({ 0: 'Proxy Update', 1: 'Proxy Update Confirmation' })],
  [15, tableOf({ 1: 'Peering Open', 2: 'Peering Confirm', 3: 'Peering Close', 4: 'Group Key Inform', 5: 'Group Key Acknowledge' })],
])

function printAction(p: Printer, frame: number, at: number, end: number): boolean {
  const { out, b } = p
  if (Math.min(end, p.end) - at < 2) return false
  if (p.options.link) out.text(': ')
  else {
    writeInParentheses(p, frame + 10)
    out.text(': ')
  }
  const category = b[at]!
  const action = b[at + 1]!
  const name = CATEGORIES.get(category)
  if (name === undefined) out.text('Reserved(').dec(category).text(') ')
  else out.text(name).byte(32)
  const actionName = ACTIONS.get(category)?.get(action)
  if (actionName === undefined) out.text('Act#').dec(action)
  else out.text(actionName)
  return true
}
