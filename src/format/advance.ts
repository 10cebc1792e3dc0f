/**
 * Tells the frames that can be printed out of turn, by another thread: those whose text depends on nothing before them but
 * a conversation's relative numbers. What these count from is found here, in turn.
 */
import { u16 } from '../bytes.js'
import * as ethernet from '../decode/link/ethernet.js'
import { LinkType } from '../decode/link/link-type.js'
import * as ip4 from '../decode/ip4.js'
import * as ip6 from '../decode/ip6.js'
import { Protocol } from '../decode/ip-protocol.js'
import * as tcp from '../decode/tcp.js'
import * as udp from '../decode/udp.js'
import type { ConversationNumbers } from '../analysis/relative.js'
import type { Frame } from '../frame.js'
import type { PrintOptions } from './options.js'
import { isStatelessTcp } from './tcp-payload.js'
import { isStatelessUdp } from './udp-payload.js'

const IPV4 = 0x0800
const IPV6 = 0x86dd

/** What `advance` found. */
export const Turn = {
  /** The frame must be printed in turn. */
  KEEPS: 0,
  /** It can be printed anywhere. */
  FREE: 1,
  /** The same, and the numbers looked up are those to print it with. */
  NUMBERED: 2,
} as const

/** Of the last frame that was NUMBERED: where its TCP header is, and which table has its numbers. */
export const found = { segment: 0, isIp4: true }

/**
 * Judges a frame, and looks the numbers of a TCP segment up in `flows4` or `flows6`: whole TCP segments and UDP datagrams,
 * right behind an untagged Ethernet header and an IP header without options, make up nearly all of most captures.
 */
export function advance(options: PrintOptions, flows4: ConversationNumbers, flows6: ConversationNumbers, frame: Frame): number {
  const { b, at } = frame
  const ip = at + ethernet.HEADER
  if (frame.linkType !== LinkType.ETHERNET || frame.end - ip < ip4.MIN_HEADER + tcp.MIN_HEADER || frame.wireLength < frame.end - at) return Turn.KEEPS
  const type = u16(b, at + ethernet.TYPE_AT)
  if (type === IPV4) {
    if (b[ip] !== 0x45 || (ip4.fragment(b, ip) & (ip4.Fragment.OFFSET | ip4.Fragment.MORE)) !== 0) return Turn.KEEPS
    const length = ip4.totalLength(b, ip)
    if (length < ip4.MIN_HEADER + udp.HEADER || length > frame.wireLength - ethernet.HEADER) return Turn.KEEPS
    return transport(options, flows4, true, b, ip4.protocol(b, ip), ip + ip4.MIN_HEADER, ip + ip4.SOURCE_AT, ip + ip4.DESTINATION_AT, length - ip4.MIN_HEADER)
  }
  if (type !== IPV6 || b[ip]! >> 4 !== 6 || frame.end - ip < ip6.HEADER + tcp.MIN_HEADER) return Turn.KEEPS
  const length = ip6.payloadLength(b, ip)
  if (length < udp.HEADER || length > frame.wireLength - ethernet.HEADER - ip6.HEADER) return Turn.KEEPS
  return transport(options, flows6, false, b, ip6.nextHeader(b, ip), ip + ip6.HEADER, ip + ip6.SOURCE_AT, ip + ip6.DESTINATION_AT, length)
}

function transport(options: PrintOptions, flows: ConversationNumbers, isIp4: boolean, b: Uint8Array, protocol: number, at: number, from: number, to: number, length: number): number {
  const sport = u16(b, at)
  const dport = u16(b, at + 2)
  if (protocol === Protocol.UDP) return options.type === '' && isStatelessUdp(sport, dport) ? Turn.FREE : Turn.KEEPS
  if (protocol !== Protocol.TCP || length < tcp.MIN_HEADER || tcp.headerLength(b, at) < tcp.MIN_HEADER) return Turn.KEEPS
  if (options.type !== '' || !isStatelessTcp(sport, dport)) return Turn.KEEPS
  const flags = tcp.flags(b, at)
  if ((flags & tcp.Flag.ACK) === 0 || options.absolute) return Turn.FREE
  found.segment = at
  found.isIp4 = isIp4
  flows.look(b, from, to, sport, dport, tcp.signedSeq(b, at), tcp.signedAck(b, at), (flags & tcp.Flag.SYN) !== 0)
  return Turn.NUMBERED
}
