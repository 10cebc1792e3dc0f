/** IPv4 packets as tcpdump prints them — RFC 791. */
import * as checksum from '../decode/checksum.js'
import * as ip4 from '../decode/ip4.js'
import { Protocol } from '../decode/ip-protocol.js'
import { printIpPayload } from './ip-payload.js'
import { protocolWord, writeProtocolName } from './ip-protocol.js'
import { printIp4Options } from './ip4-options.js'
import { token } from './line.js'
import { MAX_DEPTH, TRUNCATED, type Printer } from './printer.js'

const IP = token('IP ')
const ECN = ['', ',ECT(1)', ',ECT(0)', ',CE'] as const

/** `IP a > b: …` for the packet at `at`; `length` bytes of it were on the wire by the layer below. */
export function printIp4(p: Printer, at: number, length: number): void {
  const { out, b, options } = p
  p.protocol = 'ip'
  if (at < p.end && ip4.version(b, at) !== 4) {
    if (ip4.version(b, at) === 6) out.text('IP6, wrong link-layer encapsulation')
    else out.text('IP').dec(ip4.version(b, at))
    return p.invalid()
  }
  if (at >= p.end) throw TRUNCATED
  if (!options.link) out.put(IP)
  if (at + ip4.MIN_HEADER > p.end) return p.truncated()
  if (length < ip4.MIN_HEADER) {
    out.text('truncated-ip ').dec(length)
    return
  }
  const headerLength = ip4.headerLength(b, at)
  if (headerLength < ip4.MIN_HEADER) {
    out.text('bad-hlen ').dec(headerLength)
    return
  }
  const total = ip4.totalLength(b, at)
  if (length < total) out.text('truncated-ip - ').dec(total - length).text(' bytes missing! ')
  if (total < headerLength) {
    out.text('bad-len ').dec(total)
    return
  }
  const former = p.narrow(at + total)
  const fragment = ip4.fragment(b, at)
  const protocol = ip4.protocol(b, at)
  if (options.verbose > 0 && !printHeader(p, at, headerLength)) {
    p.ip4(at + ip4.SOURCE_AT)
    out.text(' > ')
    p.ip4(at + ip4.DESTINATION_AT)
    out.text(': ')
    p.truncated()
    p.end = former
    return
  }
  if ((fragment & ip4.Fragment.OFFSET) === 0) {
    if (protocol !== Protocol.TCP && protocol !== Protocol.UDP && protocol !== Protocol.SCTP && protocol !== Protocol.DCCP) {
      printAddresses4(p, at)
      out.text(': ')
    }
    if (at + headerLength > p.end) {
      out.text(' [remaining caplen(').dec(p.end - at).text(') < header length(').dec(headerLength).text(')]')
      p.truncated()
    } else if (p.depth >= MAX_DEPTH) out.text('[nested too deeply]')
    else {
      p.depth++
      printIpPayload(p, at + headerLength, total - headerLength, protocol, at, (fragment & ip4.Fragment.MORE) !== 0)
      p.depth--
    }
  } else if (options.quiet < 2) {
    printAddresses4(p, at)
    out.byte(58)
    writeProtocolName(p, protocol)
  }
  p.end = former
}

/** `a > b` of the header at `at`. */
export function printAddresses4(p: Printer, at: number): void {
  p.ip4(at + ip4.SOURCE_AT)
  p.out.text(' > ')
  p.ip4(at + ip4.DESTINATION_AT)
}

/** The parenthesis of -v; false where an option was cut. */
function printHeader(p: Printer, at: number, headerLength: number): boolean {
  const { out, b } = p
  const fragment = ip4.fragment(b, at)
  const protocol = ip4.protocol(b, at)
  out.text('(tos 0x').hex(ip4.tos(b, at)).text(ECN[ip4.tos(b, at) & 3]!)
  if (ip4.ttl(b, at) > 0) out.text(', ttl ').dec(ip4.ttl(b, at))
  out.text(', id ').dec(ip4.id(b, at)).text(', offset ').dec(ip4.fragmentOffset(b, at))
  out.text(', flags [').text(FRAGMENT_FLAGS[fragment >> 13]!)
  out.text('], proto ').text(protocolWord(protocol)).text(' (').dec(protocol).text('), length ').dec(ip4.totalLength(b, at))
  let whole = true
  if (headerLength > ip4.MIN_HEADER) {
    out.text(', options (')
    whole = printIp4Options(p, at + ip4.MIN_HEADER, headerLength - ip4.MIN_HEADER)
    if (!whole) out.text(' [truncated-option]')
    out.byte(41)
  }
  if (p.options.checksums && at + headerLength <= p.end) {
    const result = checksum.finish(checksum.sum(b, at, at + headerLength))
    if (result !== 0) {
      const field = ip4.checksum(b, at)
      out.text(', bad cksum ').hex(field).text(' (->').hex(checksum.shouldBe(field, result)).text(')!')
    }
  }
  out.text(')\n    ')
  return whole
}

/** By the three flag bits: reserved, DF, MF. */
const FRAGMENT_FLAGS = ['none', '+', 'DF', '+, DF', 'rsvd', '+, rsvd', 'DF, rsvd', '+, DF, rsvd'] as const
