/**
 * Where the headers of a frame are: link → VLAN tags → IPv4 or IPv6 (in tunnels too) → transport, as offsets into the
 * captured bytes. IPv4 and IPv6 meet here: nothing above asks which of them a segment came in.
 */
import type { Frame } from '../frame.js'
import { u16, u8 } from '../bytes.js'
import * as checksum from './checksum.js'
import type { Carriers } from './carrier/carriers.js'
import * as ip4 from './ip4.js'
import * as options from './ip4-options.js'
import * as ip6 from './ip6.js'
import * as extension from './ip6-extension.js'
import { Protocol } from './ip-protocol.js'
import * as ethernet from './link/ethernet.js'
import { LinkType } from './link/link-type.js'
import * as loopback from './link/null.js'
import * as sll from './link/sll.js'
import * as sll2 from './link/sll2.js'
import * as tcp from './tcp.js'
import * as udp from './udp.js'

/** What is wrong with a packet: bits of `Layout.faults`. */
export const Fault = {
  /** The record's own lengths cannot be: nothing captured, more captured than was on the wire, or more than any capture holds. */
  INVALID_RECORD: 1 << 0,
  /** No decoder for this link type. */
  UNSUPPORTED_LINK_TYPE: 1 << 1,
  /** The capture stops inside the link-layer header or a VLAN tag. */
  LINK_TRUNCATED: 1 << 2,
  /** The capture stops inside the IP header or an extension header. */
  IP_TRUNCATED: 1 << 3,
  /** The version field is not that of the protocol the layer below named. */
  IP_BAD_VERSION: 1 << 4,
  /** The IPv4 header length is below 20 bytes. */
  IP_BAD_HEADER_LENGTH: 1 << 5,
  /** The IPv4 total length is below the header length. */
  IP_BAD_TOTAL_LENGTH: 1 << 6,
  /** The IP header promises more bytes than the frame had on the wire. */
  IP_LENGTH_EXCEEDS_FRAME: 1 << 7,
  /** The IPv4 header checksum is wrong. */
  IP_BAD_CHECKSUM: 1 << 8,
  /** An IPv6 extension header is longer than the packet. */
  IP_EXTENSION_TOO_LONG: 1 << 9,
  /** More packets in packets than MAX_DEPTH. */
  NESTED_TOO_DEEPLY: 1 << 10,
  /** The capture stops inside the transport header. */
  TRANSPORT_TRUNCATED: 1 << 11,
  /** The IP packet ends inside the transport header. */
  TRANSPORT_TOO_SHORT: 1 << 12,
  /** The TCP data offset is below 20 bytes. */
  TCP_BAD_HEADER_LENGTH: 1 << 13,
  /** The TCP data offset is larger than the segment. */
  TCP_HEADER_TOO_LONG: 1 << 14,
  /** The UDP length is below 8 or larger than the IP packet has. */
  UDP_BAD_LENGTH: 1 << 15,
  /** The checksum of TCP, UDP, ICMP or ICMPv6 is wrong. */
  TRANSPORT_BAD_CHECKSUM: 1 << 16,
  /** The capture stops inside the TCP options. */
  TCP_OPTIONS_TRUNCATED: 1 << 17,
  /** A TCP option's length cannot be right. */
  TCP_BAD_OPTION: 1 << 18,
  /** The capture or the frame stops inside the ARP packet. */
  ARP_TRUNCATED: 1 << 19,
} as const

/** Fault names, lower case, in the order of their bits. */
export const FAULT_NAMES: readonly string[] = Object.keys(Fault).map((name) => name.toLowerCase())

/** More than this of a frame is never captured: libpcap's MAXIMUM_SNAPLEN. */
const MAX_CAPTURE = 262144
/** Packets in packets that are looked into, the outermost counted. */
export const MAX_DEPTH = 128
/** Extension headers of one packet that are noted; the walk itself goes on. */
const MAX_EXTENSIONS = 64

/** EtherTypes. */
const IPV4 = 0x0800
const ARP = 0x0806
const IPV6 = 0x86dd
const REVERSE_ARP = 0x8035

const VLAN_TAG = 4
/** LLC and SNAP header of IEEE 802.2 before an EtherType: AA AA 03, organisation 0. */
const SNAP_HEADER = 8
/** ARP up to its addresses — RFC 826. */
const ARP_FIXED = 8

/**
 * Where things are in one frame. One object is refilled by `walk` for every frame; nothing in it may be kept. Offsets
 * are into `b`; -1 where there is no such thing, or where it was not captured far enough to be read.
 *
 * Two bounds, never mixed: `end`, one past the last captured byte, makes a packet truncated; `wireEnd`, one past the
 * last byte of the innermost packet by its headers (padding is beyond it), makes a length wrong.
 */
export class Layout {
  b: Uint8Array = new Uint8Array(0)
  end = 0
  wireEnd = 0
  /** A length of 0 in an IP header stands for the rest of the frame, as Linux leaves it in packets above 64 kB that segmentation offload is to cut, and as jumbograms have it. Not reset by `walk`. */
  isZeroLengthWhole = false
  /** Looks for the packet behind labels and tags, in other link layers and in tunnels, too: the innermost that is found counts. Not reset by `walk`. */
  carriers: Carriers | null = null
  /** Bits of Fault. `walk` sets all but the checksum and option ones, which cost a look at every byte. */
  faults = 0

  /** LINKTYPE_ number. */
  linkType = 0
  /** The link-layer header; -1 when it is cut, or the link type has none or no decoder. */
  link = -1
  /** EtherType behind the link header and its VLAN tags; -1 when there is none. */
  etherType = -1
  /** The first VLAN tag (priority, DEI and number in 16 bits); tags stand four bytes apart, each behind its own type. */
  vlan = -1
  vlanCount = 0
  arp = -1

  /** The IPv4 or IPv6 header: of the innermost packet in tunnels, whose outer headers are `tunnels[0 … tunnelCount - 1]`. */
  network = -1
  ipVersion: 0 | 4 | 6 = 0
  readonly tunnels = new Int32Array(MAX_DEPTH)
  tunnelCount = 0
  /** Datagrams that were looked into, and the most that may be. */
  datagramCount = 0
  mostDatagrams = MAX_DEPTH
  /** Where the addresses stand, and their bytes: 4 or 16. */
  source = -1
  destination = -1
  addressLength = 0
  /** Kinds of the extension headers, in order. */
  readonly extensions = new Uint8Array(MAX_EXTENSIONS)
  extensionCount = 0
  /** The IPv6 fragment header. */
  fragmentHeader = -1
  /** Of IPv4 and IPv6. Only the first fragment (offset 0) has a transport header. */
  moreFragments = false
  fragmentOffset = 0
  /** Where the packet ends, which a transport checksum covers: not `destination` when a routing header or a source route names another. */
  finalDestination = -1

  /** Number of what stands behind the IP headers; -1 without any. */
  protocol = -1
  /** First byte behind the IP headers; -1 in later fragments. The transport header begins here, if it was captured: see `hasTransport`. */
  transport = -1
  /** The fixed part of a TCP, UDP, ICMP or ICMPv6 header is there and may be read. */
  hasTransport = false
  /** TCP and UDP; -1 when not captured. Known for a TCP header that is cut behind them. */
  sourcePort = -1
  destinationPort = -1
  /** First byte of data, and its bytes by the headers; -1 when a header before it is cut or wrong. */
  payload = -1
  payloadLength = -1

  /** Part of a fragmented datagram: no transport checksum can be checked. */
  get isFragment(): boolean {
    return this.moreFragments || this.fragmentOffset > 0
  }

  /** One past the last byte that is both captured and part of the packet. */
  get dataEnd(): number {
    return this.end < this.wireEnd ? this.end : this.wireEnd
  }

  /** Bytes from the transport header to the packet's end, by the headers. */
  get transportLength(): number {
    return this.wireEnd - this.transport
  }

  get isTcp(): boolean {
    return this.hasTransport && this.protocol === Protocol.TCP
  }
}

/** Fills `l` for `frame`. Never throws, whatever the bytes; allocates nothing. */
export function walk(l: Layout, frame: Frame): void {
  walkFrame(l, frame)
  // fragments of TCP are put together by who reads them
  if (l.datagramCount === 0 || l.hasTransport || (l.isFragment && l.protocol === Protocol.TCP)) return
  // What the innermost datagram carries has no transport header: the datagram itself counts.
  l.mostDatagrams = l.datagramCount - 1
  walkFrame(l, frame)
  l.mostDatagrams = MAX_DEPTH
}

function walkFrame(l: Layout, frame: Frame): void {
  const { b, at, end, wireLength } = frame
  l.b = b
  l.end = end
  l.wireEnd = at + wireLength
  l.faults = 0
  l.linkType = frame.linkType
  l.link = -1
  l.etherType = -1
  l.vlan = -1
  l.vlanCount = 0
  l.arp = -1
  l.network = -1
  l.ipVersion = 0
  l.tunnelCount = 0
  l.datagramCount = 0
  l.source = -1
  l.destination = -1
  l.addressLength = 0
  l.protocol = -1
  resetPacket(l)

  const captured = end - at
  if (captured === 0 || wireLength < captured || captured > MAX_CAPTURE || wireLength > MAX_CAPTURE) {
    l.faults = Fault.INVALID_RECORD
    return
  }
  switch (frame.linkType) {
    case LinkType.ETHERNET:
      if (!hasLink(l, at, ethernet.HEADER)) return
      return walkEtherType(l, u16(b, at + ethernet.TYPE_AT), at + ethernet.HEADER)
    case LinkType.LINUX_SLL:
      if (!hasLink(l, at, sll.HEADER)) return
      return walkEtherType(l, sll.protocol(b, at), at + sll.HEADER)
    case LinkType.LINUX_SLL2:
      if (!hasLink(l, at, sll2.HEADER)) return
      return walkEtherType(l, sll2.protocol(b, at), at + sll2.HEADER)
    case LinkType.NULL:
    case LinkType.LOOP: {
      if (!hasLink(l, at, loopback.HEADER)) return
      const family = loopback.family(b, at)
      if (loopback.isIp4(family)) walkIp4(l, at + loopback.HEADER)
      else if (loopback.isIp6(family)) walkIp6(l, at + loopback.HEADER)
      else if (l.carriers !== null) walkCarried(l, l.carriers, l.carriers.inLink(b, frame.linkType, at, l.dataEnd, l.wireEnd))
      return
    }
    case LinkType.RAW:
    case LinkType.RAW_12:
    case LinkType.RAW_14:
    case LinkType.IPV4:
    case LinkType.IPV6:
      return ip4.version(b, at) === 6 ? walkIp6(l, at) : walkIp4(l, at)
    default:
      if (l.carriers === null) l.faults = Fault.UNSUPPORTED_LINK_TYPE
      else walkCarried(l, l.carriers, l.carriers.inLink(b, frame.linkType, at, l.dataEnd, l.wireEnd))
  }
}

/** What holds for one IP packet only, and not for the one it is inside of. */
function resetPacket(l: Layout): void {
  l.extensionCount = 0
  l.fragmentHeader = -1
  l.moreFragments = false
  l.fragmentOffset = 0
  l.finalDestination = -1
  l.transport = -1
  l.hasTransport = false
  l.sourcePort = -1
  l.destinationPort = -1
  l.payload = -1
  l.payloadLength = -1
}

function hasLink(l: Layout, at: number, length: number): boolean {
  if (at + length > l.end) {
    l.faults |= Fault.LINK_TRUNCATED
    return false
  }
  l.link = at
  return true
}

/** Steps over VLAN tags and an LLC/SNAP header to what `type` and they name. */
function walkEtherType(l: Layout, type: number, at: number): void {
  const { b } = l
  while (ethernet.isVlan(type)) {
    if (at + VLAN_TAG > l.dataEnd) {
      l.faults |= Fault.LINK_TRUNCATED
      return
    }
    if (l.vlanCount++ === 0) l.vlan = at
    type = u16(b, at + 2)
    at += VLAN_TAG
  }
  if (type <= ethernet.MAX_LENGTH && l.linkType === LinkType.ETHERNET) {
    if (at + type < l.wireEnd) l.wireEnd = at + type
    if (at + SNAP_HEADER > l.dataEnd || u16(b, at) !== 0xaaaa || u16(b, at + 2) !== 0x0300 || u16(b, at + 4) !== 0) {
      if (l.carriers !== null) walkCarried(l, l.carriers, l.carriers.inLlc(b, at, l.dataEnd, l.wireEnd))
      return
    }
    type = u16(b, at + 6)
    at += SNAP_HEADER
  }
  l.etherType = type
  if (type === IPV4) walkIp4(l, at)
  else if (type === IPV6) walkIp6(l, at)
  else if (type === ARP || type === REVERSE_ARP) walkArp(l, at)
  else if (l.carriers !== null) {
    // below are Linux's own numbers in cooked captures, of which one is LLC
    if (type > ethernet.MAX_LENGTH) walkCarried(l, l.carriers, l.carriers.inEtherType(b, type, at, l.dataEnd, l.wireEnd))
    else if (type === sll.LLC) walkCarried(l, l.carriers, l.carriers.inLlc(b, at, l.dataEnd, l.wireEnd))
  }
}

/** What looks for the packet of IP that something carries; null when nothing does, or when packets are in packets too deeply. */
function carriersOf(l: Layout): Carriers | null {
  if (l.carriers === null || l.tunnelCount + 1 < MAX_DEPTH) return l.carriers
  l.faults |= Fault.NESTED_TOO_DEEPLY
  return null
}

/** The packet of that version that `carriers` has found. */
function walkCarried(l: Layout, carriers: Carriers, version: 0 | 4 | 6): void {
  if (version === 0) return
  const { network, wireEnd } = l
  if (carriers.wireEnd < wireEnd) l.wireEnd = carriers.wireEnd
  if (version === 4) walkIp4(l, carriers.at)
  else walkIp6(l, carriers.at)
  // it was no packet after all
  if (l.network === network) l.wireEnd = wireEnd
}

function walkArp(l: Layout, at: number): void {
  const end = l.dataEnd
  // two addresses of each kind, their lengths in bytes 4 and 5
  if (at + ARP_FIXED > end || at + ARP_FIXED + 2 * (u8(l.b, at + 4) + u8(l.b, at + 5)) > end) l.faults |= Fault.ARP_TRUNCATED
  else l.arp = at
}

/** The packet at `at` becomes the layout's; one it is inside of joins `tunnels`. */
function enter(l: Layout, at: number, version: 4 | 6): void {
  if (l.network >= 0) l.tunnels[l.tunnelCount++] = l.network
  resetPacket(l)
  l.network = at
  l.ipVersion = version
  l.addressLength = version === 4 ? 4 : 16
  l.source = at + (version === 4 ? ip4.SOURCE_AT : ip6.SOURCE_AT)
  l.destination = at + (version === 4 ? ip4.DESTINATION_AT : ip6.DESTINATION_AT)
  l.finalDestination = l.destination
}

function walkIp4(l: Layout, at: number): void {
  const { b } = l
  if (at >= l.dataEnd) {
    l.faults |= Fault.IP_TRUNCATED
    return
  }
  if (ip4.version(b, at) !== 4) {
    l.faults |= Fault.IP_BAD_VERSION
    return
  }
  if (at + ip4.MIN_HEADER > l.dataEnd) {
    l.faults |= at + ip4.MIN_HEADER > l.end ? Fault.IP_TRUNCATED : Fault.IP_LENGTH_EXCEEDS_FRAME
    return
  }
  enter(l, at, 4)
  const headerLength = ip4.headerLength(b, at)
  l.protocol = ip4.protocol(b, at)
  const fragment = ip4.fragment(b, at)
  l.moreFragments = (fragment & ip4.Fragment.MORE) !== 0
  l.fragmentOffset = (fragment & ip4.Fragment.OFFSET) * 8
  if (headerLength < ip4.MIN_HEADER) {
    l.faults |= Fault.IP_BAD_HEADER_LENGTH
    return
  }
  const totalLength = ip4.totalLength(b, at)
  if (!bound(l, totalLength === 0 && l.isZeroLengthWhole ? l.wireEnd : at + totalLength, at + headerLength)) {
    l.faults |= Fault.IP_BAD_TOTAL_LENGTH
    return
  }
  const next = at + headerLength
  if (next > l.end) {
    l.faults |= Fault.IP_TRUNCATED
    return
  }
  if (headerLength > ip4.MIN_HEADER) {
    const final = options.routeDestination(b, at + ip4.MIN_HEADER, next)
    if (final >= 0) l.finalDestination = final
  }
  if (l.fragmentOffset > 0) {
    l.payload = next
    l.payloadLength = l.wireEnd - next
  } else if (l.protocol === Protocol.AH) walkExtensions(l, next, l.protocol)
  else walkProtocol(l, next)
}

/** Takes the header's word for where the packet ends, but no further than the frame; false when that is before `headerEnd`. */
function bound(l: Layout, wireEnd: number, headerEnd: number): boolean {
  if (wireEnd > l.wireEnd) l.faults |= Fault.IP_LENGTH_EXCEEDS_FRAME
  else l.wireEnd = wireEnd
  return l.wireEnd >= headerEnd
}

function walkIp6(l: Layout, at: number): void {
  const { b } = l
  if (at + ip6.HEADER > l.dataEnd) {
    l.faults |= at + ip6.HEADER > l.end ? Fault.IP_TRUNCATED : Fault.IP_LENGTH_EXCEEDS_FRAME
    return
  }
  if (ip6.version(b, at) !== 6) {
    l.faults |= Fault.IP_BAD_VERSION
    return
  }
  enter(l, at, 6)
  const length = ip6.payloadLength(b, at)
  bound(l, length === 0 && l.isZeroLengthWhole ? l.wireEnd : at + ip6.HEADER + length, at + ip6.HEADER)
  walkExtensions(l, at + ip6.HEADER, ip6.nextHeader(b, at))
}

/** Steps over the extension headers from `at`, where the first is a `next`. */
function walkExtensions(l: Layout, at: number, next: number): void {
  const { b } = l
  for (;;) {
    l.protocol = next
    if (!extension.isExtension(next)) return walkProtocol(l, at)
    if (at + 2 > l.end) {
      l.faults |= Fault.IP_TRUNCATED
      return
    }
    const length = at + 2 > l.wireEnd ? 2 : extension.headerLength(next, b, at)
    if (at + length > l.wireEnd) {
      l.faults |= Fault.IP_EXTENSION_TOO_LONG
      return
    }
    if (at + length > l.end) {
      l.faults |= Fault.IP_TRUNCATED
      return
    }
    if (l.extensionCount < MAX_EXTENSIONS) l.extensions[l.extensionCount++] = next
    if (next === Protocol.ROUTING) {
      const final = extension.finalDestination(b, at, length)
      if (final >= 0) l.finalDestination = final
    }
    const kind = next
    next = extension.nextHeader(b, at)
    if (kind === Protocol.FRAGMENT) {
      l.fragmentHeader = at
      l.moreFragments = extension.moreFragments(b, at)
      l.fragmentOffset = extension.fragmentOffset(b, at)
      if (l.fragmentOffset > 0) {
        l.protocol = next
        l.payload = at + length
        l.payloadLength = l.wireEnd - l.payload
        return
      }
    }
    at += length
  }
}

/** What `l.protocol` names, at `at`. */
function walkProtocol(l: Layout, at: number): void {
  l.transport = at
  switch (l.protocol) {
    case Protocol.TCP:
      return walkTcp(l, at)
    case Protocol.UDP:
      if (l.moreFragments) widen(l, at)
      return walkUdp(l, at)
    case Protocol.ICMP:
    case Protocol.ICMPV6:
      // ICMP belongs to IPv4, ICMPv6 to IPv6: RFC 792, RFC 4443
      if ((l.protocol === Protocol.ICMP) !== (l.ipVersion === 4)) break
      if (hasHeader(l, at, ICMP_HEADER)) setPayload(l, at + ICMP_HEADER)
      return
    case Protocol.IPV4:
    case Protocol.IPV6:
      setPayload(l, at)
      if (l.moreFragments) widen(l, at)
      if (l.tunnelCount + 1 >= MAX_DEPTH) l.faults |= Fault.NESTED_TOO_DEEPLY
      else if (l.protocol === Protocol.IPV4) walkIp4(l, at)
      else walkIp6(l, at)
      return
    default:
  }
  setPayload(l, at)
  if (l.moreFragments) widen(l, at)
  const carriers = carriersOf(l)
  if (carriers !== null) walkCarried(l, carriers, carriers.inProtocol(l.b, l.protocol, at, l.dataEnd, l.wireEnd))
}

/** A first fragment is like the start of a whole packet of which no more was captured: the headers in it say how long all is. Only where packets in packets are looked for. */
function widen(l: Layout, at: number): void {
  if (l.carriers === null) return
  l.end = l.dataEnd
  l.wireEnd = at + 0xffff
}

/** Type, code, checksum and the four bytes behind them, which every message has — RFC 792, RFC 4443 §2.1. */
export const ICMP_HEADER = 8

function setPayload(l: Layout, at: number): void {
  l.payload = at
  l.payloadLength = l.wireEnd - at
}

/** The `length` bytes of a fixed transport header at `at` may be read; if not, the fault says which bound forbids it. */
function hasHeader(l: Layout, at: number, length: number): boolean {
  if (at + length > l.wireEnd) l.faults |= Fault.TRANSPORT_TOO_SHORT
  else if (at + length > l.end) l.faults |= Fault.TRANSPORT_TRUNCATED
  else l.hasTransport = true
  return l.hasTransport
}

function walkTcp(l: Layout, at: number): void {
  const { b } = l
  if (at + 4 <= l.dataEnd) {
    l.sourcePort = tcp.sourcePort(b, at)
    l.destinationPort = tcp.destinationPort(b, at)
  }
  if (!hasHeader(l, at, tcp.MIN_HEADER)) return
  const headerLength = tcp.headerLength(b, at)
  if (headerLength < tcp.MIN_HEADER) l.faults |= Fault.TCP_BAD_HEADER_LENGTH
  else if (at + headerLength > l.wireEnd) l.faults |= Fault.TCP_HEADER_TOO_LONG
  else setPayload(l, at + headerLength)
}

function walkUdp(l: Layout, at: number): void {
  const { b } = l
  if (at + 4 <= l.dataEnd) {
    l.sourcePort = udp.sourcePort(b, at)
    l.destinationPort = udp.destinationPort(b, at)
  }
  if (!hasHeader(l, at, udp.HEADER)) return
  const length = udp.length(b, at)
  const room = l.wireEnd - at
  // 0 in a jumbogram: RFC 2675 §4
  const isJumbo = length === 0 && room > 0xffff
  if (!isJumbo && (length < udp.HEADER || (length > room && !l.moreFragments))) l.faults |= Fault.UDP_BAD_LENGTH
  if (!isJumbo && length < udp.HEADER) return
  // Bytes of the packet behind the datagram are not its data.
  l.payload = at + udp.HEADER
  l.payloadLength = (isJumbo || length > room ? room : length) - udp.HEADER
  if (l.carriers === null) return
  const kind = l.carriers.kindOfPorts(l.sourcePort, l.destinationPort)
  if (kind !== 0) walkDatagram(l, kind)
}

/** The packet that a datagram to or from a tunnel's port carries. */
function walkDatagram(l: Layout, kind: number): void {
  const carriers = carriersOf(l)
  if (carriers === null || l.datagramCount >= l.mostDatagrams) return
  l.datagramCount++
  const wireEnd = l.payload + l.payloadLength
  walkCarried(l, carriers, carriers.inDatagram(l.b, kind, l.payload, Math.min(l.end, wireEnd), wireEnd))
}

/** A checksum that cannot be checked: not all bytes are there, or the sender made none. */
export const UNCHECKED = -1

/** The IPv4 header's checksum: 0 when right, UNCHECKED without a whole header, else what `checksum.shouldBe` takes. */
export function checkNetwork(l: Layout): number {
  if (l.ipVersion !== 4) return UNCHECKED
  const end = l.network + ip4.headerLength(l.b, l.network)
  if (end > l.end || end < l.network + ip4.MIN_HEADER) return UNCHECKED
  return checksum.finish(checksum.sum(l.b, l.network, end))
}

/** The checksum of a whole TCP segment, UDP datagram, ICMP or ICMPv6 message: 0 when right, UNCHECKED, or what `checksum.shouldBe` takes. */
export function checkTransport(l: Layout): number {
  if (!l.hasTransport || l.isFragment || (l.faults & (Fault.IP_LENGTH_EXCEEDS_FRAME | Fault.TCP_HEADER_TOO_LONG)) !== 0) return UNCHECKED
  const { b, transport: at } = l
  let end = l.wireEnd
  if (l.protocol === Protocol.UDP) {
    if (udp.checksum(b, at) === 0 || l.payload < 0) return UNCHECKED
    end = l.payload + l.payloadLength
  }
  if (end > l.end) return UNCHECKED
  return checksum.finish(checksum.sum(b, at, end, l.protocol === Protocol.ICMP ? 0 : pseudoheader(l, end - at)))
}

/** Running sum of the pseudoheader of IPv4 (RFC 9293 §3.1) or IPv6 (RFC 8200 §8.1). */
function pseudoheader(l: Layout, length: number): number {
  const { b, source, finalDestination, addressLength } = l
  const addresses = checksum.sum(b, source, source + addressLength, checksum.sum(b, finalDestination, finalDestination + addressLength))
  return addresses + l.protocol + (length & 0xffff) + (length >>> 16)
}
