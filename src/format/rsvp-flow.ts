/** Flow specifications in RSVP — RFC 2210 §3, RFC 2215 (parameters), RFC 2212 (guaranteed service) — and fast reroute, RFC 4090 §4. */
import { hex, named, say, writeUnknownData, type Words } from './fields.js'
import { general10 } from './float-text.js'
import type { Printer } from './printer.js'
import type { Outcome, RsvpObject } from './rsvp-object.js'

const SERVICES: Words = { 1: 'Default/Global Information', 2: 'Guaranteed Service', 5: 'Controlled Load' }
const Parameter = { HOPS: 4, BANDWIDTH: 6, LATENCY: 8, MTU: 10, TOKEN_BUCKET: 127, RATE: 130 } as const
const PARAMETERS: Words = {
  4: 'IS hop cnt', 6: 'Path b/w estimate', 8: 'Minimum path latency', 10: 'Composed MTU', 127: 'Token Bucket TSpec', 130: 'Guaranteed Service RSpec',
  133: 'End-to-end composed value for C', 134: 'End-to-end composed value for D', 135: 'Since-last-reshaping point composed C',
  136: 'Since-last-reshaping point composed D',
}

/** A rate in bytes a second as Mbit/s. */
const rate = (p: Printer, at: number): string => `${general10(p.u32(at), 1, 125000)} Mbps`

export function printIntServ(p: Printer, o: RsvpObject): Outcome {
  if (o.type !== 2) return 'dump'
  if (o.length < 4) return 'short'
  say(p, `${o.lead}  Msg-Version: ${p.u8(o.value) >> 4}, length: ${p.u16(o.value + 2) << 2}`)
  const end = o.value + o.length
  let here = o.value + 4
  while (here + 4 <= end) {
    // tcpdump counts in 32 bits: past the end of a service only that of the object stops it.
    let service = p.u16(here + 2) << 2
    const isSet = p.u8(here + 1) & 0x80 ? '' : 'not '
    say(p, `${o.lead}  Service Type: ${named(SERVICES, p.u8(here), 'unknown')} (${p.u8(here)}), break bit ${isSet}set, Service length: ${service}`)
    here += 4
    while (service >= 4) {
      const size = printParameter(p, here, end)
      if (size === 0) break
      here += size
      service = (service - size) >>> 0
    }
  }
  return 'done'
}

/** Returns its bytes, 0 where it does not fit into the object. */
function printParameter(p: Printer, at: number, end: number): number {
  if (at + 4 > end) return 0
  const id = p.u8(at)
  const length = p.u16(at + 2) << 2
  say(p, `\n\t      Parameter ID: ${named(PARAMETERS, id, 'unknown')} (${id}), length: ${length}, Flags: [0x${hex(p.u8(at + 1), 2)}]`)
  const value = at + 4
  if (value + length > end) return 0
  const text = parameterText(p, id, value, length)
  if (text !== undefined) say(p, text)
  else if (p.options.verbose <= 1) writeUnknownData(p, value, '\n\t\t', length)
  return length + 4
}

/** undefined: nobody knows the parameter; empty for one of a length that is not its. */
function parameterText(p: Printer, id: number, at: number, length: number): string | undefined {
  switch (id) {
    case Parameter.HOPS:
      return length === 4 ? `\n\t\tIS hop count: ${p.u32(at)}` : ''
    case Parameter.BANDWIDTH:
      return length === 4 ? `\n\t\tPath b/w estimate: ${rate(p, at)}` : ''
    case Parameter.LATENCY:
      return length === 4 ? `\n\t\tMinimum path latency: ${p.u32(at) === 0xffffffff ? "don't care" : p.u32(at)}` : ''
    case Parameter.MTU:
      return length === 4 ? `\n\t\tComposed MTU: ${p.u32(at)} bytes` : ''
    case Parameter.TOKEN_BUCKET:
      if (length !== 20) return ''
      return `\n\t\tToken Bucket Rate: ${rate(p, at)}\n\t\tToken Bucket Size: ${general10(p.u32(at + 4), 1, 1)} bytes`
        + `\n\t\tPeak Data Rate: ${rate(p, at + 8)}\n\t\tMinimum Policed Unit: ${p.u32(at + 12)} bytes\n\t\tMaximum Packet Size: ${p.u32(at + 16)} bytes`
    case Parameter.RATE:
      return length === 8 ? `\n\t\tRate: ${rate(p, at)}\n\t\tSlack Term: ${p.u32(at + 4)}` : ''
    case 133:
    case 134:
    case 135:
    case 136:
      return length === 4 ? `\n\t\tValue: ${p.u32(at)}` : ''
  }
  return undefined
}

/** C-Type 7 is the form of the drafts. */
export function printFastReroute(p: Printer, o: RsvpObject): Outcome {
  const { lead, value } = o
  if (o.type !== 1 && o.type !== 7) return 'dump'
  if (o.length < (o.type === 1 ? 20 : 16)) return 'short'
  const word = (at: number): string => `0x${hex(p.u32(at), 8)}`
  const bandwidth = general10(p.u32(value + 4), 8, 1000000)
  say(p, `${lead}  Setup Priority: ${p.u8(value)}, Holding Priority: ${p.u8(value + 1)}, Hop-limit: ${p.u8(value + 2)}, Bandwidth: ${bandwidth} Mbps`)
  if (o.type === 1) say(p, `${lead}  Include-any: ${word(value + 8)}, Exclude-any: ${word(value + 12)}, Include-all: ${word(value + 16)}`)
  else say(p, `${lead}  Include Colors: ${word(value + 8)}, Exclude Colors: ${word(value + 12)}`)
  return 'done'
}
