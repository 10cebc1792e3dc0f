/** ICMP messages as a router would send them, for experiments that have none. */
import { finish, sum } from '../decode/checksum.js'
import { Family, Protocol, SockType } from '../socket/constants.js'
import { ip4 } from '../socket/sockaddr.js'
import { inet, type Tools } from './probe.js'
import type { Segment } from './segments.js'

const DESTINATION_UNREACHABLE = 3
const HOST_UNREACHABLE = 1
const HEADER = 8
/** What a message quotes at least: an IPv4 header and 8 bytes (RFC 792). */
const QUOTED = 28

/** "Host unreachable" (RFC 792) about a segment of ours on loopback. Needs CAP_NET_RAW. */
export function sendHostUnreachable(p: Tools, about: Segment): void {
  const b = Buffer.alloc(HEADER + QUOTED)
  b[0] = DESTINATION_UNREACHABLE
  b[1] = HOST_UNREACHABLE
  const quoted = b.subarray(HEADER)
  quoted[0] = 0x45
  quoted.writeUInt16BE(40, 2)
  quoted[8] = 64
  quoted[9] = Protocol.TCP
  quoted.set(ip4('127.0.0.1'), 12)
  quoted.set(ip4('127.0.0.1'), 16)
  quoted.writeUInt16BE(about.sourcePort, 20)
  quoted.writeUInt16BE(about.destinationPort, 22)
  quoted.writeUInt32BE(about.seq, 24)
  b.writeUInt16BE(finish(sum(b, 0, b.length)), 2)
  const raw = p.quiet.socket(Family.INET, SockType.RAW, Protocol.ICMP)
  try {
    p.quiet.sendto(raw, b, 0, inet('127.0.0.1', 0))
  } finally {
    p.quiet.close(raw)
  }
}
