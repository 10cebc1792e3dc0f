/** IPv4 packets as tcpdump prints them — RFC 791. */
import * as checksum from '../decode/checksum.js'
import * as ip4 from '../decode/ip4.js'
import { Protocol } from '../decode/ip-protocol.js'
import { printIpPayload } from './ip-payload.js'
import { protocolWord, writeProtocolName } from './ip-protocol.js'
import { printIp4Options } from './ip4-options.js'
import { token, type Token } from './line.js'
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
      throw TRUNCATED
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
  out.put(serviceText(ip4.tos(b, at), ip4.ttl(b, at))).dec(ip4.id(b, at)).put(OFFSET).dec(ip4.fragmentOffset(b, at))
  out.put(kindText(ip4.fragment(b, at) >> 13, ip4.protocol(b, at))).dec(ip4.totalLength(b, at))
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
  out.put(HEADER_END)
  return whole
}

const OFFSET = token(', offset ')
const HEADER_END = token(')\n    ')

/** Texts between the numbers, made when they are first met: a capture has few of them. By `tos << 8 | ttl`, and by `flags << 8 | protocol`. */
const SERVICE_TEXTS: Array<Token | undefined> = []
const KIND_TEXTS: Array<Token | undefined> = []

/** `(tos 0x0, ttl 64, id ` */
function serviceText(tos: number, ttl: number): Token {
  return (SERVICE_TEXTS[(tos << 8) | ttl] ??= token(`(tos 0x${tos.toString(16)}${ECN[tos & 3]}${ttl > 0 ? `, ttl ${ttl}` : ''}, id `))
}

/** `, flags [DF], proto TCP (6), length ` */
function kindText(flags: number, protocol: number): Token {
  return (KIND_TEXTS[(flags << 8) | protocol] ??= token(`, flags [${FRAGMENT_FLAGS[flags]}], proto ${protocolWord(protocol)} (${protocol}), length `))
}

/** By the three flag bits: reserved, DF, MF. */
const FRAGMENT_FLAGS = ['none', '+', 'DF', '+, DF', 'rsvd', '+, rsvd', 'DF, rsvd', '+, DF, rsvd'] as const
