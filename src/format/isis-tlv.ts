/** The variable fields of IS-IS packets — ISO/IEC 10589, RFC 1195, RFC 5305 and those after — as tcpdump prints them. */
import { u16, u8 } from '../bytes.js'
import { writeUnknownData } from './fields.js'
import { ouiName } from './oui.js'
import { writeSystemId } from './isis-id.js'
import { Outcome, printIpReach, printIpv4Prefixes, printIsNeighbors, printMetricBlock, printTopology } from './isis-reach.js'
import { printRouterCapability } from './isis-capability.js'
import { printSpbCapability, printSpbPort } from './isis-spb.js'
import { nsapText, writeNlpids, writeOsiVerdict } from './osi.js'
import type { Printer } from './printer.js'
import { bits, tableOf, writeVisible, textEnd } from './tables.js'

const Tlv = {
  AREAS: 1, IS_REACH: 2, ES_NEIGHBORS: 3, PARTITION_DIS: 4, PREFIX_NEIGHBORS: 5, IS_NEIGHBORS: 6, INSTANCE: 7, PADDING: 8, LSP_ENTRIES: 9,
  AUTHENTICATION: 10, CHECKSUM: 12, PURGE_ORIGINATOR: 13, BUFFER_SIZE: 14, EXTENDED_IS_REACH: 22, IS_ALIAS: 24, INTERNAL_IP: 128, PROTOCOLS: 129,
  EXTERNAL_IP: 130, IDRP: 131, IP_ADDRESSES: 132, TE_ROUTER_ID: 134, EXTENDED_IP: 135, HOSTNAME: 137, SHARED_RISK: 138, MT_PORT: 143,
  MT_CAPABILITY: 144, RESTART: 211, MT_IS_REACH: 222, MT_SUPPORTED: 229, IP6_ADDRESSES: 232, MT_IP: 235, IP6_REACH: 236, MT_IP6: 237,
  ADJACENCY: 240, SEQUENCE: 241, ROUTER_CAPABILITY: 242, VENDOR: 250,
} as const
const TLVS = tableOf({
  1: 'Area address(es)', 2: 'IS Reachability', 3: 'ES Neighbor(s)', 4: 'Partition DIS', 5: 'Prefix Neighbors', 6: 'IS Neighbor(s)',
  7: 'Instance Identifier', 8: 'Padding', 9: 'LSP entries', 10: 'Authentication', 12: 'Checksum', 13: 'Purge Originator Identifier', 14: 'LSP Buffersize',
  22: 'Extended IS Reachability', 24: 'IS Alias ID', 42: 'DECnet Phase IV', 66: 'Lucent Proprietary', 128: 'IPv4 Internal Reachability',
  129: 'Protocols supported', 130: 'IPv4 External Reachability', 131: 'Inter-Domain Information Type', 132: 'IPv4 Interface address(es)',
  133: 'IPv4 authentication (deprecated)', 134: 'Traffic Engineering Router ID', 135: 'Extended IPv4 Reachability', 137: 'Hostname',
  138: 'Shared Risk Link Group', 143: 'Multi-Topology-Aware Port Capability', 144: 'Multi-Topology Capability', 176: 'Nortel Proprietary',
  177: 'Nortel Proprietary', 211: 'Restart Signaling', 222: 'Multi Topology IS Reachability', 229: 'Multi Topology', 232: 'IPv6 Interface address(es)',
  235: 'Multi-Topology IPv4 Reachability', 236: 'IPv6 reachability', 237: 'Multi-Topology IP6 Reachability', 240: 'Point-to-point Adjacency State',
  241: 'Hello PDU Sequence Number', 242: 'IS-IS Router Capability', 250: 'Vendor Private',
})
const SYSTEM_ID = 6
const NODE_ID = 7
const LSP_ID = 8
const LSP_ENTRY = 16
const INDENT = '\n\t      '

const RESTART_FLAGS = [[1, 'Restart Request'], [2, 'Restart Acknowledgement'], [4, 'Suppress adjacency advertisement']] as const
const ADJACENCIES = tableOf({ 0: 'Up', 1: 'Initializing', 2: 'Down' })
const Auth = { SIMPLE: 1, GENERIC: 3, MD5: 54 } as const
const AUTHENTICATIONS = tableOf({ 1: 'simple text password', 3: 'Generic Crypto key-id', 54: 'HMAC-MD5 password', 255: 'Routing Domain private password' })
const MD5_LENGTH = 16
const IDRP_AS_NUMBER = 2
const IDRP_TYPES = tableOf({ 0: 'Reserved', 1: 'Routing-Domain Specific', 2: 'AS Number Tag' })

/** The packet that the fields belong to. */
export interface IsIsPacket {
  readonly start: number
  /** Bytes, by its own figure or the link's, whichever is smaller. */
  readonly length: number
}

/** The fields from `at` to the end of the packet. False when the caller is to dump the packet. */
export function printIsIsTlvs(p: Printer, packet: IsIsPacket, at: number): boolean {
  const { out } = p
  const end = packet.start + packet.length
  for (let here = at; here < end; ) {
    if (!p.has(here, 2) || end - here < 2) return cut(p)
    const type = u8(p.b, here)
    const length = u8(p.b, here + 1)
    here += 2
    out.text('\n\t    ').text(TLVS.get(type) ?? 'unknown').text(' TLV #').dec(type).text(', length: ').dec(length)
    if (here + length > end) return cut(p)
    const outcome = printTlv(p, packet, type, here, length)
    if (outcome === Outcome.CUT) return cut(p)
    if (outcome === Outcome.DONE) return true
    if (outcome === Outcome.FAILED) return false
    if (p.options.verbose > 1 && !writeUnknownData(p, here, INDENT, length)) return false
    here += length
  }
  return true
}

function cut(p: Printer): true {
  p.truncated()
  return true
}

function printTlv(p: Printer, packet: IsIsPacket, type: number, at: number, length: number): Outcome {
  const { out } = p
  switch (type) {
    case Tlv.AREAS:
      return printAreas(p, at, length)
    case Tlv.IS_NEIGHBORS:
      return printSystems(p, at, length, `${INDENT}SNPA: `)
    case Tlv.PARTITION_DIS:
      return printSystems(p, at, length, INDENT)
    case Tlv.INSTANCE:
      return printInstance(p, at, length)
    case Tlv.PADDING:
      return Outcome.NEXT
    case Tlv.MT_IS_REACH: {
      const size = printTopology(p, at, length)
      return size === 0 ? Outcome.CUT : printIsNeighbors(p, at + size, length - size, true)
    }
    case Tlv.IS_ALIAS:
      return printIsNeighbors(p, at, length, false)
    case Tlv.EXTENDED_IS_REACH:
      return printIsNeighbors(p, at, length, true)
    case Tlv.IS_REACH: {
      if (length < 1) return Outcome.NEXT
      const flag = p.u8(at)
      out.text(INDENT)
      if (flag > 1) out.text('bogus virtual flag 0x').hex(flag, 2)
      else out.text(flag === 0 ? 'IsNotVirtual' : 'IsVirtual')
      return printOldNeighbors(p, at + 1, length - 1, NODE_ID, `${INDENT}IS Neighbor: `)
    }
    case Tlv.ES_NEIGHBORS:
      return printOldNeighbors(p, at, length, SYSTEM_ID, `${INDENT}ES Neighbor: `)
    case Tlv.INTERNAL_IP:
    case Tlv.EXTERNAL_IP:
      return printIpv4Prefixes(p, at, length)
    case Tlv.EXTENDED_IP:
      return printIpReach(p, at, length, false)
    case Tlv.IP6_REACH:
      return printIpReach(p, at, length, true)
    case Tlv.MT_IP:
    case Tlv.MT_IP6: {
      const size = printTopology(p, at, length)
      return size === 0 ? Outcome.CUT : printIpReach(p, at + size, length - size, type === Tlv.MT_IP6)
    }
    case Tlv.IP6_ADDRESSES:
      return each(at, length, 16, (here) => {
        p.need(here, 16)
        out.text(INDENT).text('IPv6 interface address: ')
        p.ip6(here)
      })
    case Tlv.IP_ADDRESSES:
      return each(at, length, 4, (here) => writeIp(p, here, 'IPv4 interface address: '))
    case Tlv.TE_ROUTER_ID:
      if (length >= 4) writeIp(p, at, 'Traffic Engineering Router ID: ')
      return Outcome.NEXT
    case Tlv.AUTHENTICATION:
      return printAuthentication(p, packet, at, length)
    case Tlv.ADJACENCY:
      return printAdjacency(p, at, length)
    case Tlv.PROTOCOLS:
      out.text(INDENT).text('NLPID(s): ')
      writeNlpids(p, at, length)
      return Outcome.NEXT
    case Tlv.MT_PORT: {
      if (length < 2) return Outcome.NEXT
      const word = p.u16(at)
      out.text('\n\t       RES: ').dec(word >> 12).text(', MTID(s): ').dec(word & 0xfff)
      if (length > 2) printSpbPort(p, at + 2, length - 2)
      return Outcome.NEXT
    }
    case Tlv.MT_CAPABILITY: {
      if (length < 2) return Outcome.NEXT
      const word = p.u16(at)
      out.text(INDENT).text('O: ').dec(word >> 15).text(', RES: ').dec((word >> 12) & 7).text(', MTID(s): ').dec(word & 0xfff)
      if (length > 2) printSpbCapability(p, at + 2, length - 2)
      return Outcome.NEXT
    }
    case Tlv.HOSTNAME:
      out.text(INDENT).text('Hostname: ')
      writeText(p, at, length)
      return Outcome.NEXT
    case Tlv.SHARED_RISK:
      return printSharedRisk(p, at, length)
    case Tlv.LSP_ENTRIES:
      return printLspEntries(p, at, length)
    case Tlv.CHECKSUM: {
      if (length < 2) return Outcome.NEXT
      if (!p.has(at, 2)) return Outcome.CUT
      const checksum = u16(p.b, at)
      out.text(INDENT).text('checksum: 0x').hex(checksum, 4).byte(32)
      // RFC 3358 §2: zero where another authentication covers the packet
      writeOsiVerdict(p, packet.start, checksum, at - packet.start, packet.length)
      return Outcome.NEXT
    }
    case Tlv.PURGE_ORIGINATOR:
      return printPurgeOriginator(p, at, length)
    case Tlv.MT_SUPPORTED:
      return printTopologies(p, at, length)
    case Tlv.RESTART:
      return printRestart(p, at, length)
    case Tlv.IDRP:
      return printIdrp(p, at, length)
    case Tlv.BUFFER_SIZE:
      if (length >= 2) writeNumber(p, 'LSP Buffersize: ', p.u16(at))
      return Outcome.NEXT
    case Tlv.PREFIX_NEIGHBORS:
      return printPrefixNeighbors(p, at, length)
    case Tlv.SEQUENCE:
      if (length >= 4) writeNumber(p, 'Sequence number: ', p.u32(at))
      return Outcome.NEXT
    case Tlv.ROUTER_CAPABILITY:
      printRouterCapability(p, at, length)
      return Outcome.NEXT
    case Tlv.VENDOR: {
      if (length < 3) return Outcome.NEXT
      const vendor = p.u24(at)
      out.text(INDENT).text('Vendor: ').text(ouiName(vendor)).text(' (').dec(vendor).byte(41)
      return length === 3 || writeUnknownData(p, at + 3, '\n\t\t', length - 3) ? Outcome.NEXT : Outcome.FAILED
    }
    default:
      return p.options.verbose > 1 || writeUnknownData(p, at, '\n\t\t', length) ? Outcome.NEXT : Outcome.FAILED
  }
}

/** Calls `print` for each whole item of `size` bytes. */
function each(at: number, length: number, size: number, print: (here: number) => void): Outcome {
  for (let here = at; here + size <= at + length; here += size) print(here)
  return Outcome.NEXT
}

function writeIp(p: Printer, at: number, label: string): void {
  p.need(at, 4)
  p.out.text(INDENT).text(label)
  p.ip4(at)
}

function writeNumber(p: Printer, label: string, n: number): void {
  p.out.text(INDENT).text(label).dec(n)
}

/** Text up to its first NUL; what was captured of it is written before the packet ends. */
function writeText(p: Printer, at: number, length: number): void {
  const end = textEnd(p.b, at, Math.min(at + length, p.end))
  writeVisible(p.out, p.b, at, end)
  if (end < at + length) p.need(end, 1)
}

function printAreas(p: Printer, at: number, length: number): Outcome {
  const end = at + length
  for (let here = at; here < end; ) {
    const size = p.u8(here++)
    if (here + size > end) return Outcome.NEXT
    const text = nsapText(p, here, size)
    p.out.text(INDENT).text('Area address (length: ').dec(size).text('): ').text(text)
    here += size
  }
  return Outcome.NEXT
}

function printSystems(p: Printer, at: number, length: number, label: string): Outcome {
  for (let here = at; here + SYSTEM_ID <= at + length; here += SYSTEM_ID) {
    if (!p.has(here, SYSTEM_ID)) return Outcome.CUT
    p.out.text(label)
    writeSystemId(p, here, SYSTEM_ID)
  }
  return Outcome.NEXT
}

/** RFC 8202 §2.1. */
function printInstance(p: Printer, at: number, length: number): Outcome {
  if (length < 4) return Outcome.NEXT
  const count = (length - 2) >> 1
  const instance = p.u16(at)
  p.out.text(INDENT).text('Instance ID: ').dec(instance).text(', ITIDs(').dec(count).text('): ')
  for (let i = 0; i < count; i++) {
    const id = p.u16(at + 2 + 2 * i)
    p.out.dec(id).text(i + 1 < count ? ', ' : '')
  }
  return Outcome.NEXT
}

function printOldNeighbors(p: Printer, at: number, length: number, idLength: number, label: string): Outcome {
  const size = 4 + idLength
  for (let here = at; here + size <= at + length; here += size) {
    if (!p.has(here, size)) return Outcome.CUT
    p.out.text(label)
    writeSystemId(p, here + 4, idLength)
    printMetricBlock(p, here)
  }
  return Outcome.NEXT
}

function printAuthentication(p: Printer, packet: IsIsPacket, at: number, length: number): Outcome {
  const { out } = p
  if (length < 1) return Outcome.NEXT
  const type = p.u8(at)
  const name = AUTHENTICATIONS.get(type)
  out.text(INDENT)
  if (name === undefined) out.text('unknown Authentication type 0x').hex(type, 2)
  else out.text(name)
  out.text(': ')
  const data = at + 1
  const rest = length - 1
  switch (type) {
    case Auth.SIMPLE:
      writeText(p, data, rest)
      return Outcome.NEXT
    case Auth.MD5:
      writeHexText(p, data, rest)
      if (rest !== MD5_LENGTH) out.text(', (invalid subTLV) ')
      writeSignatureVerdict(p, packet, data)
      return Outcome.NEXT
    case Auth.GENERIC: {
      if (rest < 2) return Outcome.NEXT
      const key = p.u16(data)
      out.dec(key).text(', password: ')
      writeHexText(p, data + 2, rest - 2)
      return Outcome.NEXT
    }
    default:
      return writeUnknownData(p, data, '\n\t\t  ', rest) ? Outcome.NEXT : Outcome.FAILED
  }
}

function writeHexText(p: Printer, at: number, length: number): void {
  p.out.hexBytes(p.b, at, Math.min(at + length, p.end))
  p.need(at, length)
}

/** RFC 5304 §2: HMAC-MD5 of the packet with the signature, and an LSP's lifetime and checksum, zero. */
function writeSignatureVerdict(p: Printer, packet: IsIsPacket, at: number): void {
  const { b, out } = p
  const { start, length } = packet
  const secret = p.options.secret
  if (secret === undefined || p.crypto === undefined || !p.has(start, length) || !p.has(at, MD5_LENGTH) || at + MD5_LENGTH > start + length) {
    out.text(' (unchecked)')
    return
  }
  const copy = b.slice(start, start + length)
  copy.fill(0, at - start, at - start + MD5_LENGTH)
  // as tcpdump does in any PDU
  copy.fill(0, 10, 12)
  copy.fill(0, 24, 26)
  const digest = p.crypto.createHmac('md5', secret).update(copy).digest()
  if (digest.equals(b.subarray(at, at + MD5_LENGTH))) out.text(' (valid)')
  else out.hexBytes(digest, 0, MD5_LENGTH).text(' (invalid)')
}

/** RFC 5303 §3.2. Each field is there if the length has room for it. */
function printAdjacency(p: Printer, at: number, length: number): Outcome {
  const { out } = p
  let rest = length
  if (rest >= 1) {
    const state = p.u8(at)
    out.text(INDENT).text('Adjacency State: ').text(ADJACENCIES.get(state) ?? 'unknown').text(' (').dec(state).byte(41)
    rest--
  }
  if (rest > 4) {
    const circuit = p.u32(at + 1)
    out.text(INDENT).text('Extended Local circuit-ID: 0x').hex(circuit, 8)
    rest -= 4
  }
  if (rest >= SYSTEM_ID) {
    if (!p.has(at + 5, SYSTEM_ID)) return Outcome.CUT
    out.text(INDENT).text('Neighbor System-ID: ')
    writeSystemId(p, at + 5, SYSTEM_ID)
    rest -= SYSTEM_ID
  }
  if (rest >= 4) {
    const circuit = p.u32(at + 11)
    out.text(INDENT).text('Neighbor Extended Local circuit-ID: 0x').hex(circuit, 8)
  }
  return Outcome.NEXT
}

/** RFC 5307 §1.4, as far as the length reaches. */
function printSharedRisk(p: Printer, at: number, length: number): Outcome {
  const { out } = p
  const end = at + length
  if (length < NODE_ID) return Outcome.NEXT
  if (!p.has(at, NODE_ID)) return Outcome.CUT
  out.text(INDENT).text('IS Neighbor: ')
  writeSystemId(p, at, NODE_ID)
  let here = at + NODE_ID
  if (here + 1 > end) return Outcome.NEXT
  const flags = p.u8(here++)
  out.text(', Flags: [').text(flags & 1 ? 'numbered' : 'unnumbered').byte(93)
  for (const label of ['IPv4 interface address: ', 'IPv4 neighbor address: ']) {
    if (here + 4 > end) return Outcome.NEXT
    writeIp(p, here, label)
    here += 4
  }
  return each(here, end - here, 4, (link) => {
    const id = p.u32(link)
    out.text(INDENT).text('Link-ID: 0x').hex(id, 8)
  })
}

function printLspEntries(p: Printer, at: number, length: number): Outcome {
  const { out } = p
  for (let here = at; here + LSP_ENTRY <= at + length; here += LSP_ENTRY) {
    if (!p.has(here, 2 + LSP_ID)) return Outcome.CUT
    out.text(INDENT).text('lsp-id: ')
    writeSystemId(p, here + 2, LSP_ID)
    const sequence = p.u32(here + 10)
    out.text(', seq: 0x').hex(sequence, 8)
    out.text(', lifetime: ').decPad(u16(p.b, here), 5).byte(115)
    const checksum = p.u16(here + 14)
    out.text(', chksum: 0x').hex(checksum, 4)
  }
  return Outcome.NEXT
}

/** RFC 6232 §3. */
function printPurgeOriginator(p: Printer, at: number, length: number): Outcome {
  const { out } = p
  if (length < 1) return Outcome.NEXT
  const count = p.u8(at)
  if (count === 0) {
    out.text(' No system IDs supplied')
    return Outcome.NEXT
  }
  const first = at + 1
  if (length < 1 + SYSTEM_ID) return Outcome.NEXT
  if (!p.has(first, SYSTEM_ID)) return Outcome.CUT
  out.text(INDENT).text('Purge Originator System-ID: ')
  writeSystemId(p, first, SYSTEM_ID)
  if (count === 1 || length < 1 + 2 * SYSTEM_ID) return Outcome.NEXT
  const second = first + SYSTEM_ID
  // tcpdump 4.99.3 wants more captured than it prints
  if (!p.has(second, 2 * SYSTEM_ID + 1)) return Outcome.CUT
  out.text(INDENT).text('Received from System-ID: ')
  writeSystemId(p, second, SYSTEM_ID)
  return Outcome.NEXT
}

function printTopologies(p: Printer, at: number, length: number): Outcome {
  for (let here = at; here < at + length; ) {
    const rest = at + length - here
    if (rest === 1) {
      p.out.text(INDENT).text('invalid MT-ID')
      break
    }
    here += printTopology(p, here, rest)
  }
  return Outcome.NEXT
}

/** RFC 5306 §3.1. */
function printRestart(p: Printer, at: number, length: number): Outcome {
  const { b, out } = p
  if (length < 1) return Outcome.NEXT
  if (!p.has(at, 1)) return Outcome.CUT
  out.text(INDENT).text('Flags [').text(bits(RESTART_FLAGS, u8(b, at), 'none')).byte(93)
  if (length < 3) return Outcome.NEXT
  if (!p.has(at + 1, 2)) return Outcome.CUT
  out.text(', Remaining holding time ').dec(u16(b, at + 1)).byte(115)
  if (length !== 3 + SYSTEM_ID) return Outcome.NEXT
  if (!p.has(at + 3, SYSTEM_ID)) return Outcome.CUT
  out.text(', for ')
  writeSystemId(p, at + 3, SYSTEM_ID)
  return Outcome.NEXT
}

function printIdrp(p: Printer, at: number, length: number): Outcome {
  const { out } = p
  if (length < 1) return Outcome.NEXT
  const type = p.u8(at)
  const name = IDRP_TYPES.get(type)
  out.text(INDENT).text('Inter-Domain Information Type: ')
  if (name === undefined) out.text('Unknown (0x').hex(type, 2).byte(41)
  else out.text(name)
  if (type !== IDRP_AS_NUMBER) return writeUnknownData(p, at + 1, INDENT, length - 1) ? Outcome.NEXT : Outcome.FAILED
  if (length < 3) return Outcome.NEXT
  const as = p.u16(at + 1)
  out.text('AS Number: ').dec(as)
  return Outcome.NEXT
}

function printPrefixNeighbors(p: Printer, at: number, length: number): Outcome {
  const { out } = p
  const end = at + length
  if (length < 4) return Outcome.NEXT
  if (!p.has(at, 4)) return Outcome.CUT
  out.text(INDENT).text('Metric Block')
  printMetricBlock(p, at)
  for (let here = at + 4; here < end; ) {
    // counted in half bytes
    const digits = p.u8(here++)
    if (digits < 2) {
      out.text('\n\t\tAddress: prefix length ').dec(digits).text(' < 2')
      break
    }
    const size = digits >> 1
    if (here + size > end) break
    const text = nsapText(p, here, size)
    out.text('\n\t\tAddress: ').text(text).byte(47).dec(digits * 4)
    here += size
  }
  return Outcome.NEXT
}
