/**
 * A packet as one line of JSON: names, units and when a field is absent are in docs/json.md and docs/packet.schema.json.
 * Written straight into the line, no object is built. Everything printed is a number, an address, hexadecimal or a word
 * of ours: no byte of a packet reaches a string, so nothing needs escaping.
 */
import { u16, u32, u8 } from '../bytes.js'
import * as seq from '../analysis/seq.js'
import * as checksum from '../decode/checksum.js'
import * as ip4 from '../decode/ip4.js'
import * as ip6 from '../decode/ip6.js'
import * as extension from '../decode/ip6-extension.js'
import { Protocol } from '../decode/ip-protocol.js'
import { Fault, FAULT_NAMES, Layout, UNCHECKED, checkNetwork, checkTransport, walk } from '../decode/layout.js'
import * as ethernet from '../decode/link/ethernet.js'
import { LinkType } from '../decode/link/link-type.js'
import * as loopback from '../decode/link/null.js'
import * as sll from '../decode/link/sll.js'
import * as sll2 from '../decode/link/sll2.js'
import * as tcp from '../decode/tcp.js'
import * as udp from '../decode/udp.js'
import type { Frame } from '../frame.js'
import { writeIp4, writeIp6, writeLinkAddress } from './address.js'
import { writeJsonOptions } from './json-tcp-options.js'
import type { LineWriter } from './line.js'
import type { Printer } from './printer.js'
import { tableOf } from './tables.js'

const QUOTE = 34
const COMMA = 44
const POINT = 46
const CLOSE_ARRAY = 93
const CLOSE = 125

/** Refilled for each packet. */
const layout = new Layout()

/**
 * Writes the line of one frame; `number` counts from 1. Relative numbers continue those of `p`, as in text lines.
 * @param more members that the frame does not hold, as JSON, each with a comma before it
 */
export function writePacketJson(p: Printer, frame: Frame, number: number, more = ''): void {
  const { out } = p
  const l = layout
  walk(l, frame)
  out.text('{"number":').dec(number)
  writeTime(out, frame.seconds, frame.nanos, p.options.nano)
  out.text(',"interface_id":').dec(frame.interfaceId)
  writeLink(out, l)
  out.text(',"captured_length":').dec(frame.end - frame.at).text(',"length":').dec(frame.wireLength)
  if (l.network >= 0) {
    if (l.tunnelCount > 0) writeTunnels(out, l)
    writeIp(p, l)
    writeAddresses(out, l.b, l.ipVersion, l.network)
    if (l.fragmentOffset === 0) writeTransport(p, l)
    if (l.payloadLength >= 0) out.text(',"payload_length":').dec(l.payloadLength)
  } else if (l.arp >= 0) writeArp(out, l)
  writeFaults(out, l.faults)
  if (more !== '') out.utf8(more)
  out.byte(CLOSE)
  out.endLine()
}

/** What `isoStart` was made for: a whole second since 1970. */
let isoSecond = Number.NaN
/** `"2026-11-21T05:05:41`, or '' where a date cannot say it. */
let isoStart = ''

/** The last second of the year 9999, and the first of year 0: beyond them ISO 8601 needs an agreement. */
const LAST_SECOND = 253402300799
const FIRST_SECOND = -62167219200

function writeTime(out: LineWriter, seconds: number, nanos: number, nano: boolean): void {
  // A file can say more nanoseconds than a second has, and fewer than none.
  if (nanos >= 1e9 || nanos < 0) {
    const more = Math.floor(nanos / 1e9)
    seconds += more
    nanos -= more * 1e9
  }
  const digits = nano ? 9 : 6
  const fraction = nano ? nanos : Math.floor(nanos / 1000)
  if (seconds !== isoSecond) {
    isoSecond = seconds
    isoStart = seconds >= FIRST_SECOND && seconds <= LAST_SECOND ? new Date(seconds * 1000).toISOString().slice(0, 19) : ''
  }
  if (isoStart === '') out.text(',"ts":null')
  else out.text(',"ts":"').text(isoStart).byte(POINT).decZero(fraction, digits).text('Z"')
  out.text(',"ts_seconds":"')
  if (seconds >= 0) whole(out, seconds).byte(POINT).decZero(fraction, digits)
  else if (fraction === 0) whole(out.byte(45), -seconds).byte(POINT).decZero(0, digits)
  else whole(out.byte(45), -seconds - 1).byte(POINT).decZero((nano ? 1e9 : 1e6) - fraction, digits)
  out.byte(QUOTE)
}

const whole = (out: LineWriter, n: number): LineWriter => (n <= 0xffffffff ? out.dec(n) : out.big(n))

/** `"link":{"type":"NAME"` by LINKTYPE_ number. */
const LINK_STARTS = tableOf({
  [LinkType.NULL]: ',"link":{"type":"null"',
  [LinkType.ETHERNET]: ',"link":{"type":"ethernet"',
  [LinkType.RAW_12]: ',"link":{"type":"raw"',
  [LinkType.RAW_14]: ',"link":{"type":"raw"',
  [LinkType.RAW]: ',"link":{"type":"raw"',
  [LinkType.LOOP]: ',"link":{"type":"loop"',
  [LinkType.LINUX_SLL]: ',"link":{"type":"linux_sll"',
  [LinkType.IPV4]: ',"link":{"type":"ipv4"',
  [LinkType.IPV6]: ',"link":{"type":"ipv6"',
  [LinkType.LINUX_SLL2]: ',"link":{"type":"linux_sll2"',
})
/** By the packet type of a cooked capture. */
const DIRECTIONS = ['in', 'broadcast', 'multicast', 'other_host', 'out'] as const

function writeLink(out: LineWriter, l: Layout): void {
  const { b, link } = l
  out.text(LINK_STARTS.get(l.linkType) ?? ',"link":{"type":"unknown"').text(',"type_number":').dec(l.linkType)
  if (link >= 0) {
    switch (l.linkType) {
      case LinkType.ETHERNET:
        out.text(',"src_address":"')
        writeLinkAddress(out, b, link + ethernet.SOURCE_AT)
        out.text('","dst_address":"')
        writeLinkAddress(out, b, link + ethernet.DESTINATION_AT)
        out.byte(QUOTE)
        break
      case LinkType.LINUX_SLL:
        writeCooked(out, b, link + sll.ADDRESS_AT, Math.min(sll.addressLength(b, link), sll.ADDRESS_ROOM), sll.packetType(b, link), sll.hardwareType(b, link))
        break
      case LinkType.LINUX_SLL2:
        writeCooked(out, b, link + sll2.ADDRESS_AT, Math.min(sll2.addressLength(b, link), sll2.ADDRESS_ROOM), sll2.packetType(b, link), sll2.hardwareType(b, link))
        out.text(',"interface_index":').dec(sll2.interfaceIndex(b, link))
        break
      default:
        out.text(',"family":').dec(loopback.family(b, link))
    }
  }
  if (l.vlanCount > 0) {
    out.text(',"vlans":[')
    for (let i = 0; i < l.vlanCount; i++) {
      const tag = u16(b, l.vlan + i * 4)
      if (i > 0) out.byte(COMMA)
      out.text('{"id":').dec(tag & 0xfff).text(',"priority":').dec(tag >> 13).text((tag & 0x1000) !== 0 ? ',"dei":true' : ',"dei":false')
      out.text(',"tpid":').dec(u16(b, l.vlan + i * 4 - 2)).byte(CLOSE)
    }
    out.byte(CLOSE_ARRAY)
  }
  if (l.etherType >= 0) out.text(',"ethertype":').dec(l.etherType)
  out.byte(CLOSE)
}

/** Fields of a Linux cooked header, either version. */
function writeCooked(out: LineWriter, b: Uint8Array, at: number, length: number, packetType: number, hardwareType: number): void {
  if (length > 0) {
    out.text(',"src_address":"')
    writeLinkAddress(out, b, at, length)
    out.byte(QUOTE)
  }
  const direction = DIRECTIONS[packetType]
  if (direction !== undefined) out.text(',"direction":"').text(direction).byte(QUOTE)
  out.text(',"hardware_type":').dec(hardwareType)
}

/** `,"src_address":"…","dst_address":"…"` of the IP header at `at`. */
function writeAddresses(out: LineWriter, b: Uint8Array, version: number, at: number): void {
  if (version === 4) {
    out.text(',"src_address":"')
    writeIp4(out, b, at + ip4.SOURCE_AT)
    out.text('","dst_address":"')
    writeIp4(out, b, at + ip4.DESTINATION_AT)
  } else {
    out.text(',"src_address":"')
    writeIp6(out, b, at + ip6.SOURCE_AT)
    out.text('","dst_address":"')
    writeIp6(out, b, at + ip6.DESTINATION_AT)
  }
  out.byte(QUOTE)
}

/** The headers that the packet is wrapped in, outermost first. */
function writeTunnels(out: LineWriter, l: Layout): void {
  out.text(',"tunnels":[')
  for (let i = 0; i < l.tunnelCount; i++) {
    const at = l.tunnels[i]!
    const version = ip4.version(l.b, at)
    out.text(i > 0 ? ',{"version":' : '{"version":').dec(version)
    writeAddresses(out, l.b, version, at)
    out.byte(CLOSE)
  }
  out.byte(CLOSE_ARRAY)
}

/** By the three bits: reserved, DF, MF. */
const IP_FLAGS = ['[]', '["mf"]', '["df"]', '["df","mf"]', '["reserved"]', '["reserved","mf"]', '["reserved","df"]', '["reserved","df","mf"]'] as const

function writeIp(p: Printer, l: Layout): void {
  const { out } = p
  const { b, network: at } = l
  if (l.ipVersion === 4) {
    const tos = ip4.tos(b, at)
    const fragment = ip4.fragment(b, at)
    out.text(',"ip":{"version":4,"header_length":').dec(ip4.headerLength(b, at)).text(',"total_length":').dec(ip4.totalLength(b, at))
    out.text(',"dscp":').dec(tos >> 2).text(',"ecn":').dec(tos & 3).text(',"id":').dec(ip4.id(b, at))
    out.text(',"flags":').text(IP_FLAGS[fragment >> 13]!).text(',"fragment_offset":').dec(l.fragmentOffset)
    out.text(',"ttl":').dec(ip4.ttl(b, at)).text(',"protocol":').dec(l.protocol)
    if (l.extensionCount > 0) writeExtensions(out, l)
    writeChecksum(p, l, ip4.checksum(b, at), p.options.checksums ? checkNetwork(l) : UNCHECKED, Fault.IP_BAD_CHECKSUM)
  } else {
    const trafficClass = ip6.trafficClass(b, at)
    out.text(',"ip":{"version":6,"header_length":').dec(ip6.HEADER).text(',"total_length":').dec(ip6.HEADER + ip6.payloadLength(b, at))
    out.text(',"dscp":').dec(trafficClass >> 2).text(',"ecn":').dec(trafficClass & 3).text(',"flow_label":').dec(ip6.flowLabel(b, at))
    if (l.fragmentHeader >= 0) {
      out.text(',"id":').dec(extension.fragmentId(b, l.fragmentHeader))
      out.text(l.moreFragments ? ',"flags":["mf"],"fragment_offset":' : ',"flags":[],"fragment_offset":').dec(l.fragmentOffset)
    }
    out.text(',"hop_limit":').dec(ip6.hopLimit(b, at)).text(',"protocol":').dec(l.protocol)
    if (l.extensionCount > 0) writeExtensions(out, l)
  }
  out.byte(CLOSE)
}

function writeExtensions(out: LineWriter, l: Layout): void {
  out.text(',"extension_headers":[')
  for (let i = 0; i < l.extensionCount; i++) {
    if (i > 0) out.byte(COMMA)
    out.dec(l.extensions[i]!)
  }
  out.byte(CLOSE_ARRAY)
}

/** `,"checksum":…,"checksum_ok":…`; a wrong one adds what it should be, and joins the faults. */
function writeChecksum(p: Printer, l: Layout, field: number, result: number, fault: number): void {
  const { out } = p
  out.text(',"checksum":').dec(field)
  if (result === 0) out.text(',"checksum_ok":true')
  else if (result === UNCHECKED) out.text(',"checksum_ok":null')
  else {
    l.faults |= fault
    out.text(',"checksum_ok":false,"checksum_expected":').dec(checksum.shouldBe(field, result))
  }
}

function writeTransport(p: Printer, l: Layout): void {
  const { out } = p
  const { b, transport: at } = l
  switch (l.protocol) {
    case Protocol.TCP:
      out.text(',"transport":"tcp"')
      writePorts(out, l)
      if (l.hasTransport) writeTcp(p, l, at)
      return
    case Protocol.UDP:
      out.text(',"transport":"udp"')
      writePorts(out, l)
      if (!l.hasTransport) return
      out.text(',"udp":{"length":').dec(udp.length(b, at))
      writeTransportChecksum(p, l, udp.checksum(b, at))
      out.byte(CLOSE)
      return
    case Protocol.ICMP:
      if (l.ipVersion === 4) writeIcmp(p, l, at, ',"transport":"icmp"', 8, 0, 3, 4)
      return
    case Protocol.ICMPV6:
      if (l.ipVersion === 6) writeIcmp(p, l, at, ',"transport":"icmpv6"', 128, 129, 2, 0)
      return
    default:
  }
}

function writePorts(out: LineWriter, l: Layout): void {
  if (l.sourcePort >= 0) out.text(',"src_port":').dec(l.sourcePort).text(',"dst_port":').dec(l.destinationPort)
}

function writeTransportChecksum(p: Printer, l: Layout, field: number): void {
  writeChecksum(p, l, field, p.options.checksums ? checkTransport(l) : UNCHECKED, Fault.TRANSPORT_BAD_CHECKSUM)
}

/** `,"tcp":{"flags":["SYN","ACK"],"flags_raw":18` for each value of the nine bits. */
const TCP_STARTS: readonly string[] = Array.from({ length: 512 }, (_, flags) => {
  const names = tcp.FLAG_NAMES.filter((_name, bit) => (flags >> bit) & 1)
  return `,"tcp":{"flags":${JSON.stringify(names)},"flags_raw":${flags}`
})

function writeTcp(p: Printer, l: Layout, at: number): void {
  const { out, options } = p
  const { b } = l
  const flags = tcp.flags(b, at)
  const sequence = tcp.seq(b, at)
  const hasAck = (flags & tcp.Flag.ACK) !== 0
  let sackBase = -1
  out.text(TCP_STARTS[flags]!).text(',"seq":').dec(sequence)
  if (hasAck) {
    const ack = tcp.ack(b, at)
    out.text(',"ack":').dec(ack)
    // The same packets enter the table as in printTcp, so that both forms show the same numbers.
    if (!options.absolute && (l.faults & Fault.TCP_BAD_HEADER_LENGTH) === 0) {
      const flows = l.ipVersion === 4 ? p.flows4 : p.flows6
      flows.look(b, l.source, l.destination, l.sourcePort, l.destinationPort, sequence | 0, ack | 0, (flags & tcp.Flag.SYN) !== 0)
      sackBase = flows.sackBase
      // A packet that sets the base is printed in absolute numbers: it has no relative ones.
      const isBase = flows.seq === sequence && flows.ack === ack && sackBase === seq.minus(ack, 1)
      if (!isBase) out.text(',"seq_relative":').dec(flows.seq).text(',"ack_relative":').dec(flows.ack)
    }
  }
  out.text(',"window":').dec(tcp.window(b, at))
  if ((flags & tcp.Flag.URG) !== 0) out.text(',"urgent":').dec(tcp.urgent(b, at))
  writeTransportChecksum(p, l, tcp.checksum(b, at))
  const headerLength = tcp.headerLength(b, at)
  out.text(',"header_length":').dec(headerLength)
  if (headerLength > tcp.MIN_HEADER && (l.faults & Fault.TCP_HEADER_TOO_LONG) === 0) {
    l.faults |= writeJsonOptions(out, b, at + tcp.MIN_HEADER, at + headerLength, l.dataEnd, sackBase)
  }
  out.byte(CLOSE)
}

/**
 * @param request,reply types of an echo, which have an identifier and a number
 * @param tooBig,code type and code of the message that carries an MTU — RFC 1191 §4, RFC 4443 §3.2
 */
function writeIcmp(p: Printer, l: Layout, at: number, transport: string, request: number, reply: number, tooBig: number, code: number): void {
  const { out } = p
  const { b } = l
  out.text(transport)
  if (!l.hasTransport) return
  const type = u8(b, at)
  out.text(',"icmp":{"type":').dec(type).text(',"code":').dec(u8(b, at + 1))
  writeTransportChecksum(p, l, u16(b, at + 2))
  if (type === request || type === reply) out.text(',"id":').dec(u16(b, at + 4)).text(',"seq":').dec(u16(b, at + 6))
  else if (type === tooBig && u8(b, at + 1) === code) out.text(',"mtu":').dec(l.ipVersion === 4 ? u16(b, at + 6) : u32(b, at + 4))
  out.byte(CLOSE)
}

/** The packet at `l.arp`: RFC 826. Addresses of other than six and four bytes are hexadecimal. */
function writeArp(out: LineWriter, l: Layout): void {
  const { b, arp: at } = l
  const hardware = u8(b, at + 4)
  const protocol = u8(b, at + 5)
  out.text(',"arp":{"hardware_type":').dec(u16(b, at)).text(',"protocol_type":').dec(u16(b, at + 2)).text(',"operation":').dec(u16(b, at + 6))
  let here = at + 8
  for (const side of ARP_SIDES) {
    out.text(side).text('_hardware_address":"')
    writeLinkAddress(out, b, here, hardware)
    here += hardware
    out.byte(QUOTE).text(side).text('_address":"')
    if (protocol === 4) writeIp4(out, b, here)
    else out.hexBytes(b, here, here + protocol)
    here += protocol
    out.byte(QUOTE)
  }
  out.byte(CLOSE)
}

const ARP_SIDES = [',"sender', ',"target'] as const

function writeFaults(out: LineWriter, faults: number): void {
  if (faults === 0) {
    out.text(',"faults":[]')
    return
  }
  out.text(',"faults":[')
  let first = true
  for (let bit = 0; bit < FAULT_NAMES.length; bit++) {
    if (((faults >> bit) & 1) === 0) continue
    out.text(first ? '"' : ',"').text(FAULT_NAMES[bit]!).byte(QUOTE)
    first = false
  }
  out.byte(CLOSE_ARRAY)
}
