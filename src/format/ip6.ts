/** IPv6 packets as tcpdump prints them — RFC 8200. */
import * as ip6 from '../decode/ip6.js'
import { Protocol } from '../decode/ip-protocol.js'
import { printIpPayload } from './ip-payload.js'
import { protocolWord } from './ip-protocol.js'
import { printIp6Extension, ExtensionKind } from './ip6-extensions.js'
import { MAX_DEPTH, type Printer } from './printer.js'

/** `IP6 a > b: …` for the packet at `at`; `length` bytes of it were on the wire by the layer below. */
export function printIp6(p: Printer, at: number, length: number): void {
  const { out, b, options } = p
  p.protocol = 'ip6'
  if (at + ip6.HEADER > p.end) return p.truncated()
  if (length < ip6.HEADER) {
    out.text('truncated-ip6 ').dec(length)
    return
  }
  if (!options.link) out.text('IP6 ')
  if (ip6.version(b, at) !== 6) {
    out.text('version error: ').dec(ip6.version(b, at)).text(' != 6')
    return
  }
  const payload = ip6.payloadLength(b, at)
  const total = payload + ip6.HEADER
  if (length < total) out.text('truncated-ip6 - ').dec(total - length).text(' bytes missing!')
  let next = ip6.nextHeader(b, at)
  if (options.verbose > 0) {
    out.byte(40)
    if (ip6.trafficClass(b, at) !== 0) out.text('class 0x').hex(ip6.trafficClass(b, at), 2).text(', ')
    if (ip6.flowLabel(b, at) !== 0) out.text('flowlabel 0x').hex(ip6.flowLabel(b, at), 5).text(', ')
    out.text('hlim ').dec(ip6.hopLimit(b, at)).text(', next-header ').text(protocolWord(next)).text(' (').dec(next)
    out.text(') payload length: ').dec(payload).text(') ')
  }
  const former = p.narrow(at + total)
  let here = at
  let advance = ip6.HEADER
  let left = total
  let fragmented = false
  while (here < p.end && advance > 0) {
    if (left < advance) {
      p.truncated()
      break
    }
    here += advance
    left -= advance
    if (here === at + ip6.HEADER && next !== Protocol.TCP && next !== Protocol.UDP && next !== Protocol.DCCP && next !== Protocol.SCTP) {
      printAddresses6(p, at)
      out.text(': ')
    }
    const kind = printIp6Extension(p, here, next, at, left)
    if (kind === ExtensionKind.NONE) {
      if (++p.depth > MAX_DEPTH) out.text('[nested too deeply]')
      else printIpPayload(p, here, left, next, at, fragmented)
      p.depth--
      break
    }
    if (kind < 0) break
    advance = kind
    if (next === Protocol.FRAGMENT) fragmented = true
    next = p.u8(here)
    p.protocol = 'ip6'
  }
  p.end = former
}

/** `a > b` of the header at `at`. */
export function printAddresses6(p: Printer, at: number): void {
  p.ip6(at + ip6.SOURCE_AT)
  p.out.text(' > ')
  p.ip6(at + ip6.DESTINATION_AT)
}
