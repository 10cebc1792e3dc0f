/** Reachability in IS-IS packets — ISO/IEC 10589, RFC 1195, RFC 5305, RFC 5307, RFC 5308, RFC 8667 — as tcpdump prints it. */
import { u16, u24, u32, u8 } from '../bytes.js'
import { writeIp6 } from './address.js'
import { writeUnknownData } from './fields.js'
import { BANDWIDTH_MODELS, ENCODINGS, mbps, PROTECTIONS, Switching, SWITCHINGS, TSC_INDICATIONS } from './gmpls.js'
import { writeSystemId } from './isis-id.js'
import type { Printer } from './printer.js'
import { bits, tableOf } from './tables.js'

/** How a field ended: go on; the capture stopped, say so; stop quietly; dump the packet. */
export const Outcome = { NEXT: 0, CUT: 1, DONE: 2, FAILED: 3 } as const
export type Outcome = (typeof Outcome)[keyof typeof Outcome]

const SYSTEM_ID = 6
const NODE_ID = 7
const INDENT = '\n\t      '
const DEEPER = '\n\t        '

const TOPOLOGIES = tableOf({
  0: 'IPv4 unicast', 1: 'In-Band Management', 2: 'IPv6 unicast', 3: 'Multicast', 4095: 'Development, Experimental or Proprietary',
})
const TOPOLOGY_FLAGS = [[0x4000, 'ATT bit set'], [0x8000, 'Overload bit set']] as const

/** Two bytes, of `rest`; 0 when there are fewer — RFC 5120 §7. */
export function printTopology(p: Printer, at: number, rest: number): 0 | 2 {
  if (rest < 2) return 0
  const word = p.u16(at)
  const id = word & 0xfff
  p.out.text(INDENT).text(TOPOLOGIES.get(id) ?? 'Reserved for IETF Consensus').text(' Topology (0x').hex(id, 3)
  p.out.text('), Flags: [').text(bits(TOPOLOGY_FLAGS, word & 0xf000, 'none')).byte(93)
  return 2
}

const METRICS = ['Delay', 'Expense', 'Error'] as const
const METRIC_UNSUPPORTED = 0x80
const METRIC_EXTERNAL = 0x40

/** Four metrics of ISO/IEC 10589, captured: the first always, the others where they are supported. */
export function printMetricBlock(p: Printer, at: number): void {
  p.out.text(', Default ')
  writeMetric(p, u8(p.b, at))
  writeOtherMetrics(p, at, '\n\t\t')
}

function writeMetric(p: Printer, byte: number): void {
  p.out.text('Metric: ').dec(byte & 0x3f).text(byte & METRIC_EXTERNAL ? ', External' : ', Internal')
}

function writeOtherMetrics(p: Printer, at: number, indent: string): void {
  for (const [i, name] of METRICS.entries()) {
    const byte = u8(p.b, at + 1 + i)
    if (byte & METRIC_UNSUPPORTED) continue
    p.out.text(indent).text('  ').text(name).byte(32)
    writeMetric(p, byte)
  }
}

const OLD_PREFIX = 12

/** RFC 1195 §5.3.1: prefixes with masks. */
export function printIpv4Prefixes(p: Printer, at: number, length: number): Outcome {
  const { b, out } = p
  const end = at + length
  for (let here = at; here < end; here += OLD_PREFIX) {
    if (end - here < OLD_PREFIX) {
      out.text('short IPv4 Reachability (').dec(end - here).text(' vs ').dec(OLD_PREFIX).byte(41)
      return Outcome.DONE
    }
    if (!p.has(here, OLD_PREFIX)) return Outcome.DONE
    const bitCount = maskLength(u32(b, here + 8))
    out.text(INDENT).text('IPv4 prefix: ')
    if (bitCount < 0) {
      p.ip4(here + 4)
      out.text(' mask ')
      p.ip4(here + 8)
    } else {
      out.right(ip4Text(p, b, here + 4), 15)
      out.byte(47).dec(bitCount)
    }
    const metric = u8(b, here)
    out.text(', Distribution: ').text(metric & METRIC_UNSUPPORTED ? 'down' : 'up').text(', ')
    writeMetric(p, metric)
    writeOtherMetrics(p, here, INDENT)
  }
  return Outcome.NEXT
}

/** Bits of a mask, -1 when they are not together at its top. */
function maskLength(mask: number): number {
  const length = Math.clz32(~mask)
  return length === 32 || mask << length === 0 ? length : -1
}

const ip4Text = (p: Printer, b: Uint8Array, at: number): string =>
  p.names?.ip4(b, at) ?? `${b[at]!}.${b[at + 1]!}.${b[at + 2]!}.${b[at + 3]!}`

/** Prefixes of RFC 5305 §4 and RFC 5308 §2, up to the end of the field. */
export function printIpReach(p: Printer, at: number, length: number, isIp6: boolean): Outcome {
  for (let here = at; here < at + length; ) {
    const size = printPrefix(p, here, isIp6)
    if (size === 0) return Outcome.CUT
    if (isTooLong(p, at + length - here, size)) break
    here += size
  }
  return Outcome.NEXT
}

function isTooLong(p: Printer, rest: number, size: number): boolean {
  if (rest >= size) return false
  p.out.text(' [remaining tlv length ').dec(rest).text(' < ').dec(size).byte(93)
  p.invalid()
  return true
}

/** Returns its size by its own figures; 0 where it cannot be read. */
function printPrefix(p: Printer, at: number, isIp6: boolean): number {
  const { b, out } = p
  const metric = p.u32(at)
  const status = p.u8(at + 4)
  const bitCount = isIp6 ? p.u8(at + 5) : status & 0x3f
  const family = isIp6 ? 'IPv6 prefix: ' : 'IPv4 prefix: '
  if (bitCount > (isIp6 ? 128 : 32)) {
    out.text(INDENT).text(family).text('bad bit length ').dec(bitCount)
    return 0
  }
  const prefixAt = at + (isIp6 ? 6 : 5)
  const byteCount = (bitCount + 7) >> 3
  p.need(prefixAt, byteCount)
  const prefix = new Uint8Array(16)
  prefix.set(b.subarray(prefixAt, prefixAt + byteCount))
  out.text(INDENT).text(family)
  if (isIp6) {
    const name = p.names?.ip6(prefix, 0)
    if (name === undefined) writeIp6(out, prefix, 0)
    else out.utf8(name)
  } else out.right(ip4Text(p, prefix, 0), 15)
  out.byte(47).dec(bitCount).text(', Distribution: ').text(status & 0x80 ? 'down' : 'up').text(', Metric: ').dec(metric)
  const hasSub = (status & (isIp6 ? 0x20 : 0x40)) !== 0
  if (isIp6) out.text(status & 0x40 ? ', External' : ', Internal')
  if (hasSub) out.text(', sub-TLVs present')
  const size = prefixAt + byteCount - at
  if (!hasSub) return size
  const total = p.u8(at + size)
  out.text(' (').dec(total).byte(41)
  return printPrefixFields(p, at + size + 1, total) ? size + 1 + total : 0
}

/** False where one of them cannot be read. A length that does not fit lets tcpdump run on to the end of the capture. */
function printPrefixFields(p: Printer, at: number, total: number): boolean {
  for (let here = at, rest = total; rest > 0; ) {
    const type = p.u8(here)
    const length = p.u8(here + 1)
    if (!printPrefixField(p, here + 2, type, length)) return false
    here += 2 + length
    rest = (rest - 2 - length) >>> 0
  }
  return true
}

const PrefixField = { TAG32: 1, TAG64: 2, SID: 3, COLOR: 117 } as const
const PREFIX_FIELDS = tableOf({ 1: '32-Bit Administrative tag', 2: '64-Bit Administrative tag', 3: 'Prefix SID', 117: 'Management Prefix Color' })
const SID_VALUE = 0x08
const SID_FLAGS = [[0x80, 'Readvertisement'], [0x40, 'Node'], [0x20, 'No-PHP'], [0x10, 'Explicit NULL'], [0x08, 'Value'], [0x04, 'Local']] as const
const SID_ALGORITHMS = tableOf({ 0: 'SPF', 1: 'strict-SPF' })

function printPrefixField(p: Printer, at: number, type: number, length: number): boolean {
  const { b, out } = p
  out.text(DEEPER).text(PREFIX_FIELDS.get(type) ?? 'unknown').text(' subTLV #').dec(type).text(', length: ').dec(length)
  if (!p.has(at, length)) {
    p.truncated()
    return false
  }
  switch (type) {
    case PrefixField.TAG32:
    case PrefixField.COLOR:
      for (let here = at; here + 4 <= at + length; here += 4) out.text(', 0x').hex(u32(b, here), 8).text(' (=').dec(u32(b, here)).byte(41)
      return true
    case PrefixField.TAG64:
      for (let here = at; here + 8 <= at + length; here += 8) out.text(', 0x').hex(u32(b, here), 8).hex(u32(b, here + 4), 8)
      return true
    case PrefixField.SID:
      return printPrefixSid(p, at, length)
    default:
      return writeUnknownData(p, at, '\n\t\t    ', length)
  }
}

/** RFC 8667 §2.1. */
function printPrefixSid(p: Printer, at: number, length: number): boolean {
  const flags = p.u8(at)
  const algorithm = p.u8(at + 1)
  const isLabel = (flags & SID_VALUE) !== 0
  if (length < (isLabel ? 5 : 6)) {
    p.truncated()
    return false
  }
  const sid = isLabel ? u24(p.b, at + 2) : u32(p.b, at + 2)
  p.out.text(', Flags [').text(bits(SID_FLAGS, flags, 'None')).text('], Algo ').text(SID_ALGORITHMS.get(algorithm) ?? 'Unknown').text(' (').dec(algorithm)
  p.out.text(isLabel ? '), label ' : '), index ').dec(sid)
  return true
}

/** Neighbours of RFC 5305 §3, up to the end of the field; an alias (RFC 5311) has no metric. */
export function printIsNeighbors(p: Printer, at: number, length: number, hasMetric: boolean): Outcome {
  for (let here = at; here < at + length; ) {
    const size = printNeighbor(p, here, at + length - here, hasMetric)
    if (size === 0) return Outcome.CUT
    if (isTooLong(p, at + length - here, size)) break
    here += size
  }
  return Outcome.NEXT
}

/** Returns its size by its own figures; 0 where it cannot be read. */
function printNeighbor(p: Printer, at: number, length: number, hasMetric: boolean): number {
  const { b, out } = p
  if (!p.has(at, NODE_ID) || length < NODE_ID) return 0
  out.text(INDENT).text('IS Neighbor: ')
  writeSystemId(p, at, NODE_ID)
  let here = at + NODE_ID
  const end = at + length
  if (hasMetric) {
    if (!p.has(here, 3) || end - here < 3) return 0
    out.text(', Metric: ').dec(u24(b, here))
    here += 3
  }
  if (!p.has(here, 1) || end - here < 1) return 0
  const total = u8(b, here++)
  out.text(total === 0 ? ', no sub-TLVs present' : ', sub-TLVs present')
  if (total === 0) return here - at
  out.text(' (').dec(total).byte(41)
  const size = printNeighborFields(p, here, end - here, total)
  return size < 0 ? 0 : here - at + size
}

/**
 * @param left bytes of the field that this belongs to
 * @param total bytes these take by the length in front of them
 * @returns bytes read; -1 where the capture stops
 */
function printNeighborFields(p: Printer, at: number, left: number, total: number): number {
  const { out } = p
  let here = at
  while (total > 0) {
    if (!p.has(here, 2)) return -1
    if (left < 2) {
      out.text(DEEPER).text('Remaining data in TLV shorter than a subTLV header')
      return here - at + left
    }
    if (total < 2) {
      out.text(DEEPER).text('Remaining data in subTLVs shorter than a subTLV header')
      return here - at + total
    }
    const type = u8(p.b, here)
    const length = u8(p.b, here + 1)
    here += 2
    left -= 2
    total -= 2
    out.text(DEEPER).text(NEIGHBOR_FIELDS.get(type) ?? (type === 255 ? 'Reserved for future expansion' : type >= 250 ? CISCO : 'unknown'))
    out.text(' subTLV #').dec(type).text(', length: ').dec(length)
    if (total < length) {
      out.text(' (remaining data in subTLVs shorter than the current subTLV)')
      return here - at + total
    }
    if (left < length) {
      out.text(' (> remaining tlv length)')
      return here - at + left
    }
    if (!p.has(here, length)) return -1
    const taken = printNeighborField(p, here, type, length)
    if (taken < 0) return -1
    here += length
    total -= length
    // tcpdump 4.99.3 takes from the field's length only what the kind of field did not take itself
    left -= length - taken
  }
  return here - at
}

const NeighborField = {
  GROUP: 3, LOCAL_ID: 4, REMOTE_ID: 5, IP: 6, NEIGHBOR_IP: 8, BANDWIDTH: 9, RESERVABLE: 10, UNRESERVED: 11, CONSTRAINTS_OLD: 12, TE_METRIC: 18,
  ATTRIBUTES: 19, PROTECTION: 20, SWITCHING: 21, CONSTRAINTS: 22, SPB_METRIC: 29, LAN_SID: 32,
} as const
const NEIGHBOR_FIELDS = tableOf({
  3: 'Administrative groups', 4: 'Link Local/Remote Identifier', 5: 'Link Remote Identifier', 6: 'IPv4 interface address', 8: 'IPv4 neighbor address',
  9: 'Maximum link bandwidth', 10: 'Reservable link bandwidth', 11: 'Unreserved bandwidth', 12: 'Bandwidth Constraints (old)',
  18: 'Traffic Engineering Metric', 19: 'Link Attribute', 20: 'Link Protection Type', 21: 'Interface Switching Capability', 22: 'Bandwidth Constraints',
  29: 'SPB Metric', 32: 'LAN Adjacency Segment Identifier',
})
const CISCO = 'Reserved for cisco specific extensions'
const ATTRIBUTES = [[1, 'Local Protection Available'], [2, 'Link excluded from local protection path'], [4, 'Local maintenance required']] as const
const SID_ADJACENCY_FLAGS = [
  [0x80, 'Address family IPv6'], [0x40, 'Backup'], [0x20, 'Value'], [0x10, 'Local significance'], [0x08, 'Set of adjacencies'], [0x04, 'Persistent'],
] as const

/** All of it is captured. Returns how much of it was counted here; -1 where it cannot be read. */
function printNeighborField(p: Printer, at: number, type: number, length: number): number {
  const { b, out } = p
  switch (type) {
    case NeighborField.GROUP:
    case NeighborField.LOCAL_ID:
    case NeighborField.REMOTE_ID:
      if (length >= 4) out.text(', 0x').hex(u32(b, at), 8)
      if (length === 8) out.text(', 0x').hex(u32(b, at + 4), 8)
      return 0
    case NeighborField.IP:
    case NeighborField.NEIGHBOR_IP:
      if (length < 4) return 0
      out.text(', ')
      p.ip4(at)
      return 0
    case NeighborField.BANDWIDTH:
    case NeighborField.RESERVABLE:
      if (length >= 4) out.text(', ').text(mbps(p, at)).text(' Mbps')
      return 0
    case NeighborField.UNRESERVED:
      if (length < 32) return 0
      for (let i = 0; i < 8; i++) writeBandwidth(p, at + 4 * i, `TE-Class ${i}: `)
      return 32
    case NeighborField.CONSTRAINTS:
    case NeighborField.CONSTRAINTS_OLD: {
      if (length === 0) return 0
      const model = u8(b, at)
      out.text(DEEPER).text('Bandwidth Constraints Model ID: ').text(BANDWIDTH_MODELS[model] ?? 'unknown').text(' (').dec(model).byte(41)
      const count = (length - 1) >> 2
      for (let i = 0; i < count; i++) writeBandwidth(p, at + 1 + 4 * i, `Bandwidth constraint CT${i}: `)
      return 1 + 4 * count
    }
    case NeighborField.TE_METRIC:
      if (length >= 3) out.text(', ').dec(u24(b, at))
      return 0
    case NeighborField.ATTRIBUTES:
      if (length === 2) out.text(', [ ').text(bits(ATTRIBUTES, u16(b, at), 'Unknown')).text(' ] (0x').hex(u16(b, at), 4).byte(41)
      return 0
    case NeighborField.PROTECTION:
      if (length >= 2) out.text(', ').text(bits(PROTECTIONS, u8(b, at), 'none')).text(', Priority ').dec(u8(b, at + 1))
      return 0
    case NeighborField.SPB_METRIC:
      if (length < 6) return 0
      out.text(', LM: ').dec(u24(b, at)).text(', P: ').dec(u8(b, at + 3)).text(', P-ID: ').dec(u16(b, at + 4))
      return 4
    case NeighborField.SWITCHING:
      return length < 36 ? 0 : printSwitching(p, at, length)
    case NeighborField.LAN_SID:
      return length < 8 ? 0 : printLanSid(p, at)
    default:
      return writeUnknownData(p, at, '\n\t\t    ', length) ? 0 : -1
  }
}

function writeBandwidth(p: Printer, at: number, label: string): void {
  p.out.text(DEEPER).text('  ').text(label).text(mbps(p, at)).text(' Mbps')
}

/** RFC 5307 §1.3. */
function printSwitching(p: Printer, at: number, length: number): number {
  const { b, out } = p
  const capability = u8(b, at)
  out.text(DEEPER).text('  Interface Switching Capability:').text(SWITCHINGS[capability] ?? 'Unknown')
  out.text(', LSP Encoding: ').text(ENCODINGS[u8(b, at + 1)] ?? 'Unknown')
  out.text(DEEPER).text('  Max LSP Bandwidth:')
  for (let i = 0; i < 8; i++) writeBandwidth(p, at + 4 + 4 * i, `  priority level ${i}: `)
  const here = at + 36
  const rest = length - 36
  switch (capability) {
    case Switching.PSC1:
    case Switching.PSC2:
    case Switching.PSC3:
    case Switching.PSC4:
      if (rest < 6) return 36
      writeBandwidth(p, here, 'Min LSP Bandwidth: ')
      out.text(DEEPER).text('  Interface MTU: ').dec(u16(b, here + 4))
      return 36
    case Switching.TSC: {
      if (rest < 8) return 36
      writeBandwidth(p, here, 'Min LSP Bandwidth: ')
      const indication = u8(b, here + 4)
      out.text(DEEPER).text('  Indication ').text(TSC_INDICATIONS[indication] ?? `Unknown (${indication})`)
      return 36
    }
    default:
      return rest === 0 || writeUnknownData(p, here, '\n\t\t    ', rest) ? 36 : -1
  }
}

/** RFC 8667 §2.2.2: a label when both flags say so, an index when neither does. */
function printLanSid(p: Printer, at: number): number {
  const { b, out } = p
  const flags = u8(b, at)
  out.text(DEEPER).text('  Flags: [').text(bits(SID_ADJACENCY_FLAGS, flags, 'none')).byte(93)
  out.text(DEEPER).text('  Weight: ').dec(u8(b, at + 1))
  out.text(DEEPER).text('  Neighbor System-ID: ')
  writeSystemId(p, at + 2, SYSTEM_ID)
  const isValue = (flags & 0x20) !== 0
  const isLocal = (flags & 0x10) !== 0
  const sid = at + 2 + SYSTEM_ID
  if (isValue !== isLocal) p.invalid()
  else {
    const n = isValue ? p.u24(sid) : p.u32(sid)
    out.text(DEEPER).text(isValue ? '  Label: ' : '  Index: ').dec(n)
  }
  return 2
}
