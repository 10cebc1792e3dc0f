/**
 * Segments in the form of The Linux Programming Interface (§61.6) and of tcpdump 3.x: `S 1:1(0) ack 5 win 10 <mss 1460>`.
 * Faults, cut captures and the words of options are those of the modern form.
 */
import * as checksum from '../decode/checksum.js'
import * as ip4 from '../decode/ip4.js'
import * as ip6 from '../decode/ip6.js'
import { Protocol } from '../decode/ip-protocol.js'
import * as tcp from '../decode/tcp.js'
import type { Printer } from './printer.js'
import { OptionsEnd, writeTcpOptions } from './tcp-options.js'

/** In the order in which they are printed; ACK and URG show as ` ack` and ` urg`. */
const LETTERS: ReadonlyArray<readonly [flag: number, letter: string]> = [
  [tcp.Flag.SYN, 'S'], [tcp.Flag.FIN, 'F'], [tcp.Flag.PSH, 'P'], [tcp.Flag.RST, 'R'], [tcp.Flag.ECE, 'E'], [tcp.Flag.CWR, 'C'],
]
/** `SF`, or `.` for none. */
function flagText(flags: number): string {
  const letters = LETTERS.filter(([flag]) => (flags & flag) !== 0).map(([, letter]) => letter)
  return letters.length === 0 ? '.' : letters.join('')
}

/**
 * What stands behind `a.1 > b.2: ` for the segment at `at`.
 * @param length bytes of header and payload, as the IP header at `ip` says
 * @param fragmented this is the first of several fragments: its checksum covers more than is here
 */
export function writeClassicSegment(
  p: Printer, at: number, length: number, ip: number, isIp4: boolean,
  fragmented = isIp4 && (ip4.fragment(p.b, ip) & ip4.Fragment.MORE) !== 0,
): void {
  const { out, b, options } = p
  const verdict = tcp.check(b, at, p.end)
  if (verdict === 'truncated') return p.truncated()
  const headerLength = tcp.headerLength(b, at)
  if (verdict === 'malformed') {
    out.text(' tcp ').dec((length - headerLength) >>> 0).text(' [bad hdr length ').dec(headerLength).text(' - too short, < 20]')
    return
  }
  const flags = tcp.flags(b, at)
  const hasAck = (flags & tcp.Flag.ACK) !== 0
  let seq = tcp.seq(b, at)
  let ack = tcp.ack(b, at)
  let sackBase = 0
  out.text(flagText(flags & 0xff))
  // The same segments enter the table as in printTcp, so that both forms show the same numbers.
  if (hasAck && !options.absolute && !p.rehearsing) {
    const flows = isIp4 ? p.flows4 : p.flows6
    const source = ip + (isIp4 ? ip4.SOURCE_AT : ip6.SOURCE_AT)
    const destination = ip + (isIp4 ? ip4.DESTINATION_AT : ip6.DESTINATION_AT)
    flows.look(b, source, destination, tcp.sourcePort(b, at), tcp.destinationPort(b, at), seq | 0, ack | 0, (flags & tcp.Flag.SYN) !== 0)
    seq = flows.seq
    ack = flows.ack
    sackBase = flows.sackBase
  }
  if (headerLength > length) {
    out.text(' [bad hdr length ').dec(headerLength).text(' - too long, > ').dec(length).byte(93)
    return
  }
  if (options.verbose > 0 && options.checksums && !fragmented) writeChecksum(p, at, length, ip, isIp4)
  const payload = length - headerLength
  if (payload > 0 || (flags & (tcp.Flag.SYN | tcp.Flag.FIN | tcp.Flag.RST)) !== 0 || options.verbose > 1) {
    out.byte(32).dec(seq).byte(58).dec((seq + payload) >>> 0).byte(40).dec(payload).byte(41)
  }
  if (hasAck) out.text(' ack ').dec(ack)
  out.text(' win ').dec(tcp.window(b, at))
  if ((flags & tcp.Flag.URG) !== 0) out.text(' urg ').dec(tcp.urgent(b, at))
  if (headerLength > tcp.MIN_HEADER) {
    out.text(' <')
    if (writeTcpOptions(p, at, headerLength, flags, sackBase, payload, ip) === OptionsEnd.WHOLE) out.byte(62)
  }
}

/** ` [tcp sum ok]`; nothing when the segment was not captured whole. */
function writeChecksum(p: Printer, at: number, length: number, ip: number, isIp4: boolean): void {
  if (at + length > p.end) return
  const { out, b } = p
  const pseudo = isIp4 ? checksum.pseudo4(b, ip, Protocol.TCP, length) : checksum.pseudo6(b, ip, Protocol.TCP, length)
  const result = checksum.finish(checksum.sum(b, at, at + length, pseudo))
  const field = tcp.checksum(b, at)
  if (result === 0) out.text(' [tcp sum ok]')
  else out.text(' [bad tcp cksum ').hex(field).text(' (->').hex(checksum.shouldBe(field, result)).text(')!]')
}
