/** ICMPv6 messages as tcpdump prints them — RFC 4443, RFC 2710, RFC 3810. */
import { u16, u32, u8 } from '../bytes.js'
import * as checksum from '../decode/checksum.js'
import * as icmp from '../decode/icmp6.js'
import { Type, Unreachable } from '../decode/icmp6.js'
import { Protocol } from '../decode/ip-protocol.js'
import * as ip6 from '../decode/ip6.js'
import * as extension from '../decode/ip6-extension.js'
import { writeHex } from './dump.js'
import { printNeighbor } from './icmp6-neighbor.js'
import { printNodeQuery, printNodeReply } from './icmp6-node.js'
import { printRenumbering } from './icmp6-renumbering.js'
import { printRpl } from './icmp6-rpl.js'
import { writeSources } from './group-sources.js'
import { ENDED, type Printer } from './printer.js'
import { tableOf, word } from './tables.js'

const TYPES = tableOf({
  1: 'destination unreachable', 2: 'packet too big', 3: 'time exceeded in-transit', 4: 'parameter problem', 128: 'echo request',
  129: 'echo reply', 130: 'multicast listener query', 131: 'multicast listener report', 132: 'multicast listener done',
  133: 'router solicitation', 134: 'router advertisement', 135: 'neighbor solicitation', 136: 'neighbor advertisement', 137: 'redirect',
  138: 'router renumbering', 139: 'who-are-you request', 140: 'who-are-you reply', 141: 'inverse neighbor solicitation',
  142: 'inverse neighbor advertisement', 143: 'multicast listener report v2', 144: 'ha discovery request', 145: 'ha discovery reply',
  146: 'mobile router solicitation', 147: 'mobile router advertisement', 155: 'RPL', 200: 'mtrace response', 201: 'mtrace message',
})
const UNREACHABLE = tableOf({
  [Unreachable.NO_ROUTE]: 'unreachable route', [Unreachable.PROHIBITED]: ' unreachable prohibited', [Unreachable.SCOPE]: 'beyond scope',
  [Unreachable.ADDRESS]: 'unreachable address', [Unreachable.PORT]: 'unreachable port',
})
const PROBLEMS = tableOf({ 0: 'erroneous', 1: 'next header', 2: 'option', 3: 'incomplete header chain' })
const RECORDS = tableOf({ 1: 'is_in', 2: 'is_ex', 3: 'to_in', 4: 'to_ex', 5: 'allow', 6: 'block' })

/** `length`: bytes of the message as the IP header at `ip` says. */
export function printIcmp6(p: Printer, at: number, length: number, ip: number, fragmented: boolean): void {
  const { out, options } = p
  p.protocol = 'icmp6'
  if (options.verbose > 0 && !fragmented) writeChecksum(p, at, length, ip)
  if (length === 0) {
    out.text('ICMP6, length 0')
    return p.invalid()
  }
  const type = p.u8(at)
  out.text('ICMP6, ').text(word(TYPES, type, 'unknown icmp6 type (%)'))
  const early = options.verbose > 0 && LENGTH_EARLY.has(type)
  if (early) out.text(', length ').dec(length)
  p.need(at + 1, 1)
  if (isOpaque(type)) {
    out.text(', length ').dec(length)
    return writeWhole(p, at, length)
  }
  printBody(p, at, length, type)
  if (options.verbose === 0 && !(type === Type.UNREACHABLE && p.u8(at + 1) > Unreachable.PORT)) out.text(', length ').dec(length)
}

/** Nothing is known of what stands behind the name, if there is one. */
const isOpaque = (type: number): boolean => !TYPES.has(type) || type === 200 || type === 201

/** The whole message in hexadecimal, but not at -vv. */
function writeWhole(p: Printer, at: number, length: number): void {
  if (p.options.verbose < 2) writeHex(p.out, p.b, at, Math.min(at + length, p.end))
}

/** Types that print their length, at -v, before what they hold. */
const LENGTH_EARLY: ReadonlySet<number> = new Set([
  Type.ROUTER_SOLICITATION, Type.ROUTER_ADVERTISEMENT, Type.NEIGHBOR_SOLICITATION, Type.NEIGHBOR_ADVERTISEMENT, Type.REDIRECT,
  Type.HOME_AGENT_REPLY, Type.MOBILE_ADVERTISEMENT,
])

function writeChecksum(p: Printer, at: number, length: number, ip: number): void {
  const { out, b } = p
  if (length === 0 || at + length > p.end) return
  const result = checksum.finish(checksum.sum(b, at, at + length, checksum.pseudo(b, ip, Protocol.ICMPV6, at, length)))
  const field = p.u16(at + 2)
  if (result === 0) out.text('[icmp6 sum ok] ')
  else out.text('[bad icmp6 cksum 0x').hex(field, 4).text(' -> 0x').hex(checksum.shouldBe(field, result), 4).text('!] ')
}

function printBody(p: Printer, at: number, length: number, type: number): void {
  const { out } = p
  switch (type) {
    case Type.UNREACHABLE:
      return printUnreachable(p, at, length)
    case Type.TOO_BIG: {
      const mtu = p.u32(at + 4)
      out.text(', mtu ').dec(mtu)
      return
    }
    case Type.TIME_EXCEEDED:
      return printTimeExceeded(p, at)
    case Type.PARAMETER_PROBLEM:
      return printParameterProblem(p, at)
    case Type.ECHO:
    case Type.ECHO_REPLY:
      p.need(at + 4, 4)
      out.text(', id ').dec(u16(p.b, at + 4)).text(', seq ').dec(u16(p.b, at + 6))
      return
    case Type.LISTENER_QUERY:
      if (length === 24) return printListener(p, at)
      if (length >= 28) return printListenerQuery2(p, at, length)
      out.text(' unknown-version (len ').dec(length).text(') ')
      return
    case Type.LISTENER_REPORT:
    case Type.LISTENER_DONE:
      return printListener(p, at)
    case Type.LISTENER_REPORT_2:
      return printListenerReport2(p, at, length)
    case Type.RENUMBERING:
      return printRenumbering(p, at)
    case Type.NODE_QUERY:
      return printNodeQuery(p, at, length)
    case Type.NODE_REPLY:
      return printNodeReply(p, at, length)
    case Type.RPL:
      return printRpl(p, at, length)
    default:
      printNeighbor(p, at, length, type)
  }
}

function printUnreachable(p: Printer, at: number, length: number): void {
  const { out } = p
  const code = p.u8(at + 1)
  out.text(', ').text(word(UNREACHABLE, code, 'unknown unreach code (%)'))
  const quoted = at + icmp.HEADER
  switch (code) {
    case Unreachable.NO_ROUTE:
    case Unreachable.PROHIBITED:
    case Unreachable.ADDRESS:
      p.need(quoted, ip6.HEADER)
      out.byte(32)
      p.ip6(quoted + ip6.DESTINATION_AT)
      break
    case Unreachable.SCOPE:
      p.need(quoted, ip6.HEADER)
      out.byte(32)
      p.ip6(quoted + ip6.DESTINATION_AT)
      out.text(', source address ')
      p.ip6(quoted + ip6.SOURCE_AT)
      break
    case Unreachable.PORT:
      printUnreachablePort(p, quoted)
      break
    default:
      writeWhole(p, at, length)
  }
}

function printUnreachablePort(p: Printer, quoted: number): void {
  const { out, b } = p
  p.want(quoted, ip6.HEADER)
  let next = ip6.nextHeader(b, quoted)
  let here = quoted + ip6.HEADER
  while (extension.isExtension(next) && next !== Protocol.MOBILITY) {
    p.want(here, next === Protocol.FRAGMENT ? 4 : 2)
    if (next === Protocol.FRAGMENT && extension.fragmentOffset(b, here) !== 0) throw ENDED
    const size = extension.headerLength(next, b, here)
    next = u8(b, here)
    here += size
  }
  if (next !== Protocol.TCP && next !== Protocol.UDP) throw ENDED
  p.want(here + 2, 2)
  const port = u16(b, here + 2)
  out.text(', ')
  p.ip6(quoted + ip6.DESTINATION_AT)
  if (next === Protocol.TCP) {
    out.text(' tcp port ')
    p.tcpPort(port)
  } else {
    out.text(' udp port ')
    p.udpPort(port)
  }
}

function printTimeExceeded(p: Printer, at: number): void {
  const { out } = p
  const quoted = at + icmp.HEADER
  const code = p.u8(at + 1)
  if (code === 0) {
    p.need(quoted, ip6.HEADER)
    out.text(' for ')
    p.ip6(quoted + ip6.DESTINATION_AT)
  } else if (code === 1) out.text(' (reassembly)')
  else out.text(', unknown code (').dec(code).byte(41)
}

function printParameterProblem(p: Printer, at: number): void {
  const { out, b } = p
  p.want(at + icmp.HEADER, ip6.HEADER)
  const code = u8(b, at + 1)
  out.text(', ').text(word(PROBLEMS, code, 'code-#%'))
  if (PROBLEMS.has(code)) out.text(' - octet ').dec(u32(b, at + 4))
}

/** Nothing stands between the title and this, as in tcpdump. */
function printListener(p: Printer, at: number): void {
  const { out } = p
  if (!p.has(at + icmp.HEADER, 16)) return
  out.text('max resp delay: ').dec(u16(p.b, at + 4)).text(' addr: ')
  p.ip6(at + icmp.HEADER)
}

/** RFC 3810 §5.1. */
const QUERY = 28
const SUPPRESS = 0x08

function printListenerQuery2(p: Printer, at: number, length: number): void {
  const { out, options } = p
  out.text(' v2')
  const delay = p.u16(at + 4)
  if (options.verbose > 0) out.text(' [max resp delay=').dec(icmp.responseDelay(delay)).byte(93)
  p.need(at + icmp.HEADER, 16)
  out.text(' [gaddr ')
  p.ip6(at + icmp.HEADER)
  if (options.verbose > 0) {
    const bits = p.u8(at + 24)
    if (bits & SUPPRESS) out.text(' sflag')
    if (bits & 7) out.text(' robustness=').dec(bits & 7)
    const interval = p.u8(at + 25)
    out.text(' qqi=').dec(icmp.queryInterval(interval))
  }
  const count = p.u16(at + 26)
  if (count > 0) {
    if (length < QUERY + count * 16) out.text(' [invalid number of sources]')
    else if (options.verbose > 1) writeSources(p, at + QUERY, count, 16)
    else out.text(', ').dec(count).text(' source(s)')
  }
  out.byte(93)
}

/** RFC 3810 §5.2. */
const RECORD = 20

function printListenerReport2(p: Printer, at: number, length: number): void {
  const { out, options } = p
  if (length < icmp.HEADER) {
    out.text(' [invalid len ').dec(length).byte(93)
    return
  }
  const count = p.u16(at + 6)
  out.text(', ').dec(count).text(' group record(s)')
  if (options.verbose === 0) return
  for (let i = 0, group = icmp.HEADER; i < count; i++) {
    if (length < group + RECORD) {
      out.text(' [invalid number of groups]')
      return
    }
    p.need(at + group + 4, 16)
    out.text(' [gaddr ')
    p.ip6(at + group + 4)
    const type = p.u8(at + group)
    out.byte(32).text(word(RECORDS, type, ' [v2-report-#%]'))
    const sources = p.u16(at + group + 2)
    if (length < group + RECORD + sources * 16) {
      out.text(' [invalid number of sources ').dec(sources).byte(93)
      return
    }
    if (options.verbose === 1) out.text(', ').dec(sources).text(' source(s)')
    else writeSources(p, at + group + RECORD, sources, 16)
    // tcpdump does not step over auxiliary data.
    group += RECORD + sources * 16
    out.byte(93)
  }
}
