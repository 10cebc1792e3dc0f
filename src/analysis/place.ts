/** Where a TCP segment stands in its frame: what of a Layout the analysis needs, found without a walk in frames of the usual form. */
import { u16 } from '../bytes.js'
import { Protocol } from '../decode/ip-protocol.js'
import * as ip4 from '../decode/ip4.js'
import type { Layout } from '../decode/layout.js'
import * as ethernet from '../decode/link/ethernet.js'
import { LinkType } from '../decode/link/link-type.js'
import * as tcp from '../decode/tcp.js'
import type { Frame } from '../frame.js'

const IPV4 = 0x0800
/** Version 4 and a header of 20 bytes. */
const PLAIN = 0x45
/** More fragments, and the offset. */
const IN_PIECES = ip4.Fragment.MORE | ip4.Fragment.OFFSET

export class Place {
  b: Uint8Array = new Uint8Array(0)
  /** One past the last captured byte. */
  end = 0
  ipVersion: 4 | 6 = 4
  network = 0
  source = 0
  destination = 0
  transport = 0
  /** One past the TCP header, and the bytes of data behind it, by the IP header. */
  payload = 0
  length = 0

  /** Fills itself for a whole TCP segment in plain IPv4 in Ethernet: what `walk` would find. False for all else. */
  isUsual(frame: Frame): boolean {
    const { b, at, end, wireLength } = frame, network = at + ethernet.HEADER, transport = network + ip4.MIN_HEADER
    if (frame.linkType !== LinkType.ETHERNET || transport + tcp.MIN_HEADER > end || wireLength < end - at || wireLength > 0xffff) return false
    if (u16(b, at + ethernet.TYPE_AT) !== IPV4 || b[network] !== PLAIN || ip4.protocol(b, network) !== Protocol.TCP || ip4.fragment(b, network) & IN_PIECES) return false
    const total = ip4.totalLength(b, network), header = tcp.headerLength(b, transport), length = total - ip4.MIN_HEADER - header
    if (total > wireLength - ethernet.HEADER || header < tcp.MIN_HEADER || length < 0) return false
    this.b = b
    this.end = end
    this.ipVersion = 4
    this.network = network
    this.source = network + ip4.SOURCE_AT
    this.destination = network + ip4.DESTINATION_AT
    this.transport = transport
    this.payload = transport + header
    this.length = length
    return true
  }

  /** Fills itself from a Layout that has a whole TCP header. */
  set(l: Layout): void {
    this.b = l.b
    this.end = l.end
    this.ipVersion = l.ipVersion === 6 ? 6 : 4
    this.network = l.network
    this.source = l.source
    this.destination = l.finalDestination
    this.transport = l.transport
    this.payload = l.payload
    this.length = l.payloadLength
  }
}
