/** Labels, routes and their requests in RSVP — RFC 3209 §4, RFC 3473 §2, OIF UNI 1.0 release 2. */
import { FAMILIES, Family } from './address-family.js'
import { etherTypeName } from './ethertype.js'
import { hex, ip4, ip6, named, say, type Words } from './fields.js'
import { ENCODINGS, PAYLOADS, SWITCHINGS } from './gmpls.js'
import type { Printer } from './printer.js'
import { typeName, type Outcome, type RsvpObject } from './rsvp-object.js'
import { alternate } from './rsvp-session.js'
import { bits } from './tables.js'

export function printLabel(p: Printer, o: RsvpObject): Outcome {
  const { lead, value } = o
  switch (o.type) {
    case 1:
      for (let here = value; here + 4 <= value + o.length; here += 4) say(p, `${lead}  Label: ${p.u32(here)}`)
      return 'done'
    case 2:
      if (o.length < 4) return 'short'
      say(p, `${lead}  Generalized Label: ${p.u32(value)}`)
      return 'done'
    case 3:
      if (o.length < 12) return 'short'
      say(p, `${lead}  Waveband ID: ${p.u32(value)}${lead}  Start Label: ${p.u32(value + 4)}, Stop Label: ${p.u32(value + 8)}`)
      return 'done'
  }
  return 'dump'
}

export function printLabelRequest(p: Printer, o: RsvpObject): Outcome {
  const { lead, value } = o
  if (o.type < 1 || o.type > 4) return 'dump'
  if (o.type === 1) {
    for (let here = value; here + 4 <= value + o.length; here += 4) say(p, `${lead}  L3 Protocol ID: ${protocol(p, here)}`)
    return 'done'
  }
  if (o.length < (o.type === 4 ? 4 : 12)) return 'short'
  if (o.type === 4) {
    const [encoding, switching, payload] = [p.u8(value), p.u8(value + 1), p.u16(value + 2)]
    say(p, `${lead}  LSP Encoding Type: ${named(ENCODINGS, encoding, 'Unknown')} (${encoding})`)
    say(p, `${lead}  Switching Type: ${named(SWITCHINGS, switching, 'Unknown')} (${switching}), Payload ID: ${named(PAYLOADS, payload, 'Unknown')} (0x${hex(payload, 4)})`)
    return 'done'
  }
  say(p, `${lead}  L3 Protocol ID: ${protocol(p, value)}`)
  if (o.type === 2) {
    const low = (at: number): number => p.u16(at) & 0xfff
    say(p, `,${p.u8(value + 4) & 0x80 ? 'no' : ''} merge capability${lead}  Minimum VPI/VCI: ${low(value + 4)}/${low(value + 6)}`)
    say(p, `${lead}  Maximum VPI/VCI: ${low(value + 8)}/${low(value + 10)}`)
  } else {
    const width = (p.u16(value + 4) >> 7) & 3
    say(p, `${lead}  Minimum/Maximum DLCI: ${p.u32(value + 4) & 0x7fffff}/${p.u32(value + 8) & 0x7fffff}, ${width === 0 ? '10' : width === 2 ? '23' : ''} bit DLCI`)
  }
  return 'done'
}

/** The EtherType in the second half of a word. */
function protocol(p: Printer, at: number): string {
  const type = p.u16(at + 2)
  return etherTypeName(type) ?? `Unknown Protocol (0x${hex(type, 4)})`
}

const Hop = { IPV4: 1, LABEL: 3 } as const
const HOPS: Words = { 0: 'Reserved', 1: 'IPv4 prefix', 2: 'IPv6 prefix', 3: 'Label', 32: 'Autonomous system number', 64: 'MPLS label switched path termination' }
const HOP_FLAGS = [[1, 'Local protection available'], [2, 'Local protection in use'], [4, 'Bandwidth protection'], [8, 'Node protection']] as const
const RECORD_ROUTE = 21

/** Explicit and record routes. */
export function printRoute(p: Printer, o: RsvpObject): Outcome {
  const { lead } = o
  if (o.type !== 1) return 'dump'
  const end = o.value + o.length
  for (let here = o.value; here + 4 <= end; ) {
    const type = p.u8(here) & 0x7f
    const length = p.u8(here + 1)
    say(p, `${lead}  Subobject Type: ${named(HOPS, type, 'Unknown %')}, length ${length}`)
    if (here + length > end || length === 0) {
      say(p, `${lead}  ERROR: ${length === 0 ? 'zero length ERO subtype' : 'ERO subobject length > object length'}`)
      return 'done'
    }
    if ((type === Hop.IPV4 || type === Hop.LABEL) && !printHop(p, type, here, length)) return 'wrong'
    here += length
  }
  return 'done'
}

function printHop(p: Printer, type: number, at: number, length: number): boolean {
  if (length !== 8) {
    say(p, ' ERROR: length != 8')
    p.invalid()
    return false
  }
  if (type === Hop.LABEL) {
    const flags = p.u8(at + 2)
    say(p, `, Flags: [${flags & 1 ? 'Global' : 'none'}] (${alternate(flags)}), Class-Type: ${typeName(RECORD_ROUTE, p.u8(at + 3))} (${p.u8(at + 3)}), ${p.u32(at + 4)}`)
    return true
  }
  const prefix = p.u8(at + 6)
  if (prefix !== 32) {
    say(p, ` ERROR: Prefix length ${prefix} != 32`)
    p.invalid()
    return false
  }
  say(p, `, ${p.u8(at) & 0x80 ? 'Loose' : 'Strict'}, ${ip4(p, at + 2)}/${prefix}, Flags: [${bits(HOP_FLAGS, p.u8(at + 7), 'none')}]`)
  return true
}

const ACTIONS: Words = { 0: 'Inclusive list', 1: 'Exclusive list', 2: 'Inclusive range', 3: 'Exclusive range' }

export function printLabelSet(p: Printer, o: RsvpObject): Outcome {
  const { lead, value } = o
  if (o.type !== 1) return 'dump'
  if (o.length < 4) return 'short'
  const action = p.u8(value)
  say(p, `${lead}  Action: ${named(ACTIONS, action, 'Unknown')} (${action}), Label type: ${p.u32(value) & 0x7f}`)
  if (action === 2 || action === 3) {
    if (o.length < 12) return 'short'
    say(p, `${lead}  Start range: ${p.u32(value + 4)}, End range: ${p.u32(value + 8)}`)
    return 'done'
  }
  for (let n = 1; value + n * 4 + 4 <= value + o.length; n++) say(p, `${lead}  Subchannel #${n}: ${p.u32(value + n * 4)}`)
  return 'done'
}

const Uni = { SOURCE: 1, DESTINATION: 2, DIVERSITY: 3, EGRESS_LABEL: 4, SERVICE_LEVEL: 5 } as const
const UNIS: Words = { 1: 'Source TNA address', 2: 'Destination TNA address', 3: 'Diversity', 4: 'Egress label', 5: 'Service level' }

export function printUni(p: Printer, o: RsvpObject): Outcome {
  if (o.type !== 1) return 'dump'
  if (o.length < 4) return 'short'
  const end = o.value + o.length
  let outcome: Outcome = 'done'
  for (let here = o.value; here < end; ) {
    if (end - here < 4) return invalid(p)
    const length = p.u16(here)
    const type = p.u8(here + 2)
    const family = p.u8(here + 3)
    say(p, `${o.lead}  Subobject Type: ${named(UNIS, type, 'Unknown')} (${type}), AF: ${named(FAMILIES, family, 'Unknown')} (${family}), length: ${length}`)
    if (length < 4 || here + length > end) return invalid(p)
    const text = uniText(p, type, family, here, length)
    if (text === 'short') {
      say(p, `${o.lead}ERROR: sub-object is too short`)
      return 'wrong'
    }
    if (text === undefined) outcome = 'dump'
    else if (text !== '') say(p, `${o.lead}    ${text}`)
    here += length
  }
  return outcome
}

function invalid(p: Printer): 'wrong' {
  p.invalid()
  return 'wrong'
}

/** undefined: it is dumped. */
function uniText(p: Printer, type: number, family: number, at: number, length: number): string | undefined {
  switch (type) {
    case Uni.SOURCE:
    case Uni.DESTINATION:
      if (family === Family.IPV4) return length < 8 ? 'short' : `UNI IPv4 TNA address: ${ip4(p, at + 4)}`
      if (family === Family.IPV6) return length < 20 ? 'short' : `UNI IPv6 TNA address: ${ip6(p, at + 4)}`
      return family === Family.NSAP ? undefined : ''
    case Uni.DIVERSITY:
      return length > 4 ? undefined : ''
    case Uni.EGRESS_LABEL:
      if (length < 16) return 'short'
      return `U-bit: ${p.u8(at + 4) >> 7}, Label type: ${p.u8(at + 7)}, Logical port id: ${p.u32(at + 8)}, Label: ${p.u32(at + 12)}`
    case Uni.SERVICE_LEVEL:
      return length < 8 ? 'short' : `Service level: ${p.u8(at + 4)}`
  }
  return undefined
}
