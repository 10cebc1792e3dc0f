/**
 * Routes of BGP as tcpdump prints them: NLRI and next hops of each address family — RFC 4271 §4.3, RFC 4760, RFC 8277
 * (labels), RFC 4364 (VPNs), RFC 4684 (route targets), RFC 6514 (multicast VPNs), RFC 6037 (MDT), RFC 4761 (VPLS),
 * RFC 7911 (more than one path).
 */
import { Family, FAMILIES } from './address-family.js'
import { dotted, hex, ip4, ip6, named, say, writeUnknownData, type Words } from './fields.js'
import { BAD_LENGTH, prefixBytes, prefixText, readPrefix, TOO_LITTLE, type Item } from './prefix.js'
import type { Printer } from './printer.js'

const Safi = { UNICAST: 1, MULTICAST: 2, BOTH: 3, LABELED: 4, MULTICAST_VPN: 5, VPLS: 65, MDT: 66, VPN: 128, VPN_MULTICAST: 129, VPN_BOTH: 130, TARGETS: 132 } as const
export const SAFIS: Words = {
  0: 'Reserved', 1: 'Unicast', 2: 'Multicast', 3: 'Unicast+Multicast', 4: 'labeled Unicast', 5: 'Multicast VPN', 64: 'Tunnel', 65: 'VPLS', 66: 'MDT', 70: 'EVPN',
  128: 'labeled VPN Unicast', 129: 'labeled VPN Multicast', 130: 'labeled VPN Unicast+Multicast', 132: 'Route Target Routing Information',
}

/** An AS number, with -b in two halves when it needs more than 16 bits — RFC 5396. */
export function asText(p: Printer, as: number): string {
  return p.options.asDot && as > 0xffff ? `${as >>> 16}.${as & 0xffff}` : String(as)
}

/** Bytes of a route distinguisher. */
const RD = 8

/** A route distinguisher — RFC 4364 §4.2. */
export function distinguisher(p: Printer, at: number): string {
  switch (p.u16(at)) {
    case 0:
      p.need(at, RD)
      return `${p.u16(at + 2)}:${p.u32(at + 4)} (= ${dotted(p.b, at + 4)})`
    case 1:
      p.need(at, RD)
      return `${dotted(p.b, at + 2)}:${p.u16(at + 6)}`
    case 2:
      p.need(at, RD)
      return `${asText(p, p.u32(at + 2))}:${p.u16(at + 6)} (${dotted(p.b, at + 2)}:${p.u16(at + 6)})`
  }
  return 'unknown RD format'
}

/** What the routes of a family and subfamily look like. */
type Kind = 'prefix4' | 'prefix6' | 'labeled4' | 'labeled6' | 'vpn4' | 'vpn6' | 'targets' | 'multicast' | 'mdt' | 'layer2' | 'nsap' | 'nsapVpn'

function kindOf(family: number, safi: number): Kind | undefined {
  const isPlain = safi >= Safi.UNICAST && safi <= Safi.BOTH
  const isVpn = safi >= Safi.VPN && safi <= Safi.VPN_BOTH
  switch (family) {
    case Family.IPV4:
      if (isPlain) return 'prefix4'
      if (isVpn) return 'vpn4'
      if (safi === Safi.LABELED) return 'labeled4'
      if (safi === Safi.TARGETS) return 'targets'
      if (safi === Safi.MULTICAST_VPN) return 'multicast'
      return safi === Safi.MDT ? 'mdt' : undefined
    case Family.IPV6:
      if (isPlain) return 'prefix6'
      if (isVpn) return 'vpn6'
      return safi === Safi.LABELED ? 'labeled6' : undefined
    case Family.NSAP:
      return isPlain ? 'nsap' : isVpn ? 'nsapVpn' : undefined
    case Family.L2VPN:
      return isVpn ? 'layer2' : undefined
    case Family.VPLS:
      return safi === Safi.VPLS ? 'layer2' : undefined
  }
  return undefined
}

/** The family at `at` and what it is followed by; undefined when nobody knows, 'cut' when that was not captured. */
export function printFamily(p: Printer, at: number, left: number): Kind | 'cut' | undefined {
  const family = p.u16(at)
  const safi = p.u8(at + 2)
  const vendor = safi > Safi.VPN ? 'vendor specific ' : ''
  say(p, `\n\t    AFI: ${named(FAMILIES, family, 'Unknown AFI')} (${family}), ${vendor}SAFI: ${named(SAFIS, safi, 'Unknown SAFI')} (${safi})`)
  const kind = kindOf(family, safi)
  if (kind !== undefined) return kind
  if (!p.has(at, left)) return 'cut'
  say(p, `\n\t    no AFI ${family} / SAFI ${safi} decoder`)
  if (p.options.verbose <= 1) writeUnknownData(p, at, '\n\t    ', left)
  return undefined
}

/** Bytes of one next hop; those of NSAP take all there are. */
function nextHopSize(kind: Kind, left: number): number {
  switch (kind) {
    case 'vpn4':
      return RD + 4
    case 'vpn6':
      return RD + 16
    case 'prefix6':
    case 'labeled6':
      return 16
    case 'nsap':
      return left
    case 'nsapVpn':
      return Math.max(left, RD + 1)
  }
  return 4
}

/** `length` bytes of next hops; false where they were not captured. */
export function printNextHops(p: Printer, kind: Kind, at: number, length: number): boolean {
  say(p, '\n\t    nexthop: ')
  for (let left = length; left > 0; ) {
    if (left < length) say(p, ', ')
    const size = nextHopSize(kind, left)
    if (left < size) {
      say(p, 'invalid len')
      return true
    }
    if (kind === 'nsapVpn') {
      if (!p.has(at, left)) return false
      printNsapVpnHop(p, at, left)
    } else if (kind === 'nsap') say(p, nsapText(p, at, left))
    else if (kind === 'vpn4') say(p, `RD: ${distinguisher(p, at)}, ${ip4(p, at + RD)}`)
    else if (kind === 'vpn6') say(p, `RD: ${distinguisher(p, at)}, ${ip6(p, at + RD)}`)
    else say(p, size === 16 ? ip6(p, at) : ip4(p, at))
    at += size
    left -= size
  }
  return true
}

function printNsapVpnHop(p: Printer, at: number, left: number): void {
  const nsap = at + RD
  say(p, `RD: ${distinguisher(p, at)}, ${nsapText(p, nsap, left - RD)}`)
  // Addresses of IP in NSAPs: RFC 986, RFC 1888 §3.
  if (p.u32(nsap) === 0x47000601) say(p, ` = ${ip4(p, nsap + 4)}`)
  else if (p.u24(nsap) === 0x350000) say(p, ` = ${ip6(p, nsap + 3)}`)
}

const NSAP_MAX = 20

function nsapText(p: Printer, at: number, length: number): string {
  p.need(at, length)
  return nsapOf(p.b.subarray(at, at + length))
}

/** `49.0001.0203`: one byte, then pairs. */
function nsapOf(bytes: Uint8Array): string {
  if (bytes.length < 1 || bytes.length > NSAP_MAX) return 'isonsap_string: illegal length'
  let text = ''
  for (let i = 0; i < bytes.length; i++) text += hex(bytes[i]!, 2) + (i % 2 === 0 && i + 1 < bytes.length ? '.' : '')
  return text
}

/** Whether routes make sense only with a path identifier before each, as their speakers agreed unseen. */
export function hasPathIds(p: Printer, at: number, length: number, maxLength: number): boolean {
  if (length < 5) return false
  let offset = 0
  while (offset < length) {
    offset += 4
    if (!p.has(at + offset, 1)) break
    const bits = p.u8(at + offset)
    if (bits > maxLength) return false
    offset += 1 + Math.ceil(bits / 8)
  }
  if (offset > length) return false
  for (offset = 0; offset < length; ) {
    if (!p.has(at + offset, 1)) break
    const bits = p.u8(at + offset)
    if (bits < 1 || bits > maxLength) return true
    offset += 1 + Math.ceil(bits / 8)
  }
  return offset > length
}

/** Longer text of a route is cut off, as tcpdump's buffer does. */
const MAX_TEXT = 163
/** A route that was not captured, or makes no sense; what follows it in the message is not printed. */
const LAST: Item = { size: -3, text: '' }

/** The routes between `at` and `end`, in an attribute of `length` bytes; false where one is cut short. */
export function printRoutes(p: Printer, kind: Kind, at: number, end: number, length: number): boolean {
  const pathIds = { prefix4: hasPathIds(p, at, end - at, 32), prefix6: hasPathIds(p, at, end - at, 128) }
  while (at < end) {
    const hasPathId = (kind === 'prefix4' || kind === 'prefix6') && pathIds[kind]
    const pathId = hasPathId ? p.u32(at) : 0
    if (hasPathId) at += 4
    const { size, text } = readRoute(p, kind, at, length)
    if (size === TOO_LITTLE.size) return false
    if (kind === 'targets') say(p, text)
    else if (size === BAD_LENGTH.size) say(p, kind === 'layer2' ? '\n\t    (illegal length)' : '\n\t    (illegal prefix length)')
    else if (size >= 0) say(p, `\n\t      ${text.slice(0, MAX_TEXT)}`)
    if (hasPathId) say(p, `   Path Id: ${pathId}`)
    // Behind a path identifier tcpdump goes on at the last byte before a length it found wrong.
    if (size < 0 && !hasPathId) return true
    at += size
  }
  return true
}

function readRoute(p: Printer, kind: Kind, at: number, left: number): Item {
  switch (kind) {
    case 'prefix4':
      return readPrefix(p, at, left, 4)
    case 'prefix6':
      return readPrefix(p, at, left, 16)
    case 'labeled4':
      return readLabeled(p, at, left, 4)
    case 'labeled6':
      return readLabeled(p, at, left, 16)
    case 'vpn4':
      return readVpn(p, at, 32, (here, bits) => prefixText(p, here, bits, 4))
    case 'vpn6':
      return readVpn(p, at, 128, (here, bits) => prefixText(p, here, bits, 16))
    case 'nsapVpn':
      return readVpn(p, at, NSAP_ROUTE_BITS, (here, bits) => `${nsapPrefix(p, here, bits)}/${bits}`)
    case 'nsap': {
      const bits = p.u8(at)
      if (bits > NSAP_ROUTE_BITS) return BAD_LENGTH
      // The address is not looked for where it is: tcpdump skips three bytes.
      return { size: 1 + Math.ceil(bits / 8), text: `${nsapPrefix(p, at + 4, bits)}/${bits}` }
    }
    case 'targets':
      return readTarget(p, at)
    case 'multicast':
      return readMulticast(p, at)
    case 'mdt':
      return readMdt(p, at)
    case 'layer2':
      return readLayer2(p, at)
  }
}

const NSAP_ROUTE_BITS = 152
const nsapPrefix = (p: Printer, at: number, bits: number): string => nsapOf(prefixBytes(p, at, bits, 19).subarray(0, Math.ceil(bits / 8)))

/** Bits of a label in the length of a prefix — RFC 8277 §2.2. */
const LABEL_BITS = 24
const labelText = (p: Printer, at: number): string => `label:${p.u24(at) >> 4} ${p.u8(at + 2) & 1 ? '(bottom)' : '(BOGUS: Bottom of Stack NOT set!)'}`

function readLabeled(p: Printer, at: number, left: number, size: 4 | 16): Item {
  if (!p.has(at, 4)) return TOO_LITTLE
  if (left < 4) return LAST
  const bits = p.u8(at) - LABEL_BITS
  if (bits < 0 || bits > size * 8) return BAD_LENGTH
  // Of IPv6 the rest of the message is not asked.
  if (size === 4 && left - 4 < Math.ceil(bits / 8)) return LAST
  return { size: 4 + Math.ceil(bits / 8), text: `${prefixText(p, at + 4, bits, size)}, ${labelText(p, at + 1)}` }
}

function readVpn(p: Printer, at: number, maxBits: number, prefix: (at: number, bits: number) => string): Item {
  const bits = p.u8(at) - LABEL_BITS - RD * 8
  if (bits < 0 || bits > maxBits) return BAD_LENGTH
  const text = prefix(at + 12, bits)
  return { size: 12 + Math.ceil(bits / 8), text: `RD: ${distinguisher(p, at + 4)}, ${text}, ${labelText(p, at + 1)}` }
}

/** RFC 4684 §4: an origin AS and as much of a route target as the length covers. */
function readTarget(p: Printer, at: number): Item {
  const length = p.u8(at)
  if (length === 0) return { size: 1, text: '\n\t      default route target' }
  const illegal = { size: -1, text: '\n\t      (illegal prefix length)' }
  if (length < 32) return illegal
  const origin = asText(p, p.u32(at + 1))
  const bits = length - 32
  if (bits > 64) return illegal
  const target = prefixBytes(p, at + 5, bits, 8)
  return { size: 5 + Math.ceil(bits / 8), text: `\n\t      origin AS: ${origin}, ${targetText(p, target, bits)}` }
}

function targetText(p: Printer, b: Uint8Array, bits: number): string {
  if (bits === 0) return 'route-target: 0:0/0'
  const bytes = Buffer.from(b.subarray(0, Math.ceil(bits / 8))).toString('hex').replaceAll(/.{4}(?=.)/g, '$& ')
  if (bits < 16) return `route-target: partial-type: (${bytes}/${bits})`
  const view = new DataView(b.buffer)
  switch (view.getUint16(0)) {
    case 0x0002:
      return `route-target: ${view.getUint16(2)}:${view.getUint32(4)}/${bits} (${bytes})`
    case 0x0102:
      return `route-target: ${dotted(b, 2)}:${view.getUint16(6)}/${bits} (${bytes})`
    case 0x0202:
      return `route-target: ${asText(p, view.getUint32(2))}:${view.getUint16(6)}/${bits} (${bytes})`
  }
  return `route target: unknown-type(${hex(view.getUint16(0), 4)}) (${bytes}/${bits})`
}

function readMdt(p: Printer, at: number): Item {
  if (p.u8(at) !== 128) return BAD_LENGTH
  if (!p.has(at + 1, RD)) return TOO_LITTLE
  return { size: 17, text: `RD: ${distinguisher(p, at + 1)}, VPN IP Address: ${ip4(p, at + 9)}, MC Group Address: ${ip4(p, at + 13)}` }
}

const Multicast = { INTRA_AS: 1, INTER_AS: 2, S_PMSI: 3, SOURCE_ACTIVE: 5, SHARED_JOIN: 6, SOURCE_JOIN: 7 } as const
const MULTICASTS: Words = {
  1: 'Intra-AS I-PMSI', 2: 'Inter-AS I-PMSI', 3: 'S-PMSI', 4: 'Intra-AS Segment-Leaf', 5: 'Source-Active', 6: 'Shared Tree Join', 7: 'Source Tree Join',
}

/** RFC 6514 §4. */
function readMulticast(p: Printer, at: number): Item {
  const type = p.u8(at)
  const length = p.u8(at + 1)
  let text = `Route-Type: ${named(MULTICASTS, type, 'Unknown')} (${type}), length: ${length}`
  const hasAs = type === Multicast.INTER_AS || type === Multicast.SHARED_JOIN || type === Multicast.SOURCE_JOIN
  if (!hasAs && type !== Multicast.INTRA_AS && type !== Multicast.S_PMSI && type !== Multicast.SOURCE_ACTIVE) return { size: length + 2, text }
  let here = at + 2
  if (!p.has(here, hasAs ? RD + 4 : RD)) return TOO_LITTLE
  text += `, RD: ${distinguisher(p, here)}`
  here += RD
  if (hasAs) text += `, Source-AS ${asText(p, p.u32(here))}`
  if (type === Multicast.INTRA_AS) text += `, Originator ${addressOf(p, here, length - RD)}`
  else if (type !== Multicast.INTER_AS) {
    const pair = sourceAndGroup(p, hasAs ? here + 4 : here)
    text += pair.text
    if (type === Multicast.S_PMSI) {
      // The originator's length is what the others leave; it is then read where they begin.
      const rest = (length - pair.size) >>> 0
      if (!p.has(here, rest)) return TOO_LITTLE
      text += `, Originator ${addressOf(p, here, rest)}`
    }
  }
  return { size: length + 2, text }
}

/** Text of a host is cut off as tcpdump's buffer does. */
const MAX_HOST = 39

function addressOf(p: Printer, at: number, bytes: number): string {
  const bits = (bytes << 3) >>> 0
  return bits === 32 ? ip4(p, at).slice(0, MAX_HOST) : bits === 128 ? ip6(p, at).slice(0, MAX_HOST) : `bogus address length ${bits}`
}

/** Source and group, a length in bits before each; `size` counts those that were captured. */
function sourceAndGroup(p: Printer, at: number): Item {
  let text = ''
  let size = 0
  for (const name of ['Source', 'Group']) {
    const bits = p.u8(at + size)
    if (!p.has(at + size + 1, bits >> 3)) break
    if (bits !== 0) text += `, ${name} ${bits === 32 || bits === 128 ? addressOf(p, at + size + 1, bits >> 3) : `bogus address length ${bits}`}`
    size += 1 + (bits >> 3)
  }
  return { size, text }
}

/** Layer-2 VPNs: 12 bytes are for discovery, more than 17 a block of labels with TLVs — RFC 4761 §3.2.2, RFC 6074 §3.2.2. */
function readLayer2(p: Printer, at: number): Item {
  const length = p.u16(at)
  const value = at + 2
  if (length === 12) {
    if (!p.has(value, 12)) return TOO_LITTLE
    return { size: length + 2, text: `RD: ${distinguisher(p, value)}, BGPNH: ${ip4(p, value + 8)}` }
  }
  if (length <= 17 || !p.has(value, 15)) return TOO_LITTLE
  const offset = p.u16(value + 10)
  const text = `RD: ${distinguisher(p, value)}, CE-ID: ${p.u16(value + 8)}, Label-Block Offset: ${offset}, Label Base ${p.u24(value + 12) >> 4}`
  const tlvs = layer2Tlvs(p, value + 15, length - 15, MAX_TEXT + 1 - text.length)
  return tlvs === undefined ? TOO_LITTLE : { size: length + 2, text: text + tlvs }
}

/**
 * The TLVs, to the letter as tcpdump reads them: lengths are in bits, a TLV's header is not taken from what is `left`, an
 * unknown value is not stepped over, and a known one no further than `room` for its text reaches. undefined where cut.
 */
function layer2Tlvs(p: Printer, at: number, left: number, room: number): string | undefined {
  let text = ''
  const add = (more: string): void => {
    text += more.slice(0, Math.max(room - 1, 0))
    room = more.length > room ? 0 : room - more.length
  }
  while (left !== 0) {
    if (left < 3) {
      add('\n\t\tran past the end')
      return text
    }
    const type = p.u8(at)
    const bits = p.u16(at + 1)
    const bytes = Math.ceil(bits / 8)
    at += 3
    if (type !== 1) {
      add(`\n\t\tunknown TLV #${type}, length: ${bits}`)
      if (left < bytes) {
        add(' (ran past the end)')
        return text
      }
      left -= bytes
      continue
    }
    add(`\n\t\tcircuit status vector (${type}) length: ${bits}: 0x`)
    for (let n = 0; n < bytes; n++, left--) {
      if (left < 1) {
        add(' (ran past the end)')
        return text
      }
      if (!p.has(at, 1)) return undefined
      if (room > 0) add(hex(p.u8(at++), 2))
    }
  }
  return text
}
