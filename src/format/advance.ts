/**
 * Learns from a frame what the lines of later ones depend on — relative sequence numbers — without printing it: for a
 * thread that prints other parts of the same capture.
 */
import { u16 } from '../bytes.js'
import * as ethernet from '../decode/link/ethernet.js'
import { LinkType } from '../decode/link/link-type.js'
import * as ip4 from '../decode/ip4.js'
import { Protocol } from '../decode/ip-protocol.js'
import * as tcp from '../decode/tcp.js'
import type { Frame } from '../frame.js'
import type { Printer } from './printer.js'

const IPV4 = 0x0800

/**
 * Handles the frames that make up nearly all of most captures: whole TCP segments over IPv4 over untagged Ethernet.
 * @returns false for any other frame: it must be printed to nowhere
 */
export function advancePlainSegment(p: Printer, frame: Frame): boolean {
  const { b, at } = frame
  const ip = at + ethernet.HEADER
  if (frame.linkType !== LinkType.ETHERNET || frame.end - ip < ip4.MIN_HEADER + tcp.MIN_HEADER || frame.wireLength < frame.end - at) return false
  if (u16(b, at + ethernet.TYPE_AT) !== IPV4 || b[ip] !== 0x45 || ip4.protocol(b, ip) !== Protocol.TCP) return false
  if ((ip4.fragment(b, ip) & (ip4.Fragment.OFFSET | ip4.Fragment.MORE)) !== 0) return false
  const length = ip4.totalLength(b, ip)
  if (length < ip4.MIN_HEADER + tcp.MIN_HEADER || length > frame.wireLength - ethernet.HEADER) return false
  const segment = ip + ip4.MIN_HEADER
  if (tcp.headerLength(b, segment) < tcp.MIN_HEADER || p.options.quiet > 0) return p.options.quiet > 0
  const flags = tcp.flags(b, segment)
  if ((flags & tcp.Flag.ACK) === 0 || p.options.absolute) return true
  p.flows4.look(
    b,
    ip + ip4.SOURCE_AT,
    ip + ip4.DESTINATION_AT,
    tcp.sourcePort(b, segment),
    tcp.destinationPort(b, segment),
    tcp.seq(b, segment),
    tcp.ack(b, segment),
    (flags & tcp.Flag.SYN) !== 0,
  )
  return true
}
