/** IPv6 packets as tcpdump prints them — RFC 8200. */
import * as ip6 from '../decode/ip6.js'
import { Protocol } from '../decode/ip-protocol.js'
import { printIpPayload } from './ip-payload.js'
import { protocolWord } from './ip-protocol.js'
import { headerLength, jumboLength } from '../decode/ip6-extension.js'
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
  let next = ip6.nextHeader(b, at)
  // RFC 2675: the length is in a hop-by-hop option, if it is anywhere.
  const isJumbo = payload === 0 && next === Protocol.HOPOPTS
  if (length < total) writeMissing(p, total - length)
  if (options.verbose > 0) {
    out.byte(40)
    if (ip6.trafficClass(b, at) !== 0) out.text('class 0x').hex(ip6.trafficClass(b, at), 2).text(', ')
    if (ip6.flowLabel(b, at) !== 0) out.text('flowlabel 0x').hex(ip6.flowLabel(b, at), 5).text(', ')
    out.text('hlim ').dec(ip6.hopLimit(b, at)).text(', next-header ').text(protocolWord(next)).text(' (').dec(next)
    out.text(') payload length: ').dec(payload).text(') ')
  }
  const former = payload > 0 ? p.narrow(at + total) : p.end
  if (next !== Protocol.TCP && next !== Protocol.UDP && next !== Protocol.DCCP && next !== Protocol.SCTP) {
    printAddresses6(p, at)
    out.text(': ')
  }
  const first = at + ip6.HEADER
  let jumbo = 0
  let fragmented = false
  for (let here = first; here <= p.end; ) {
    if (next === Protocol.HOPOPTS && here !== first) {
      out.text(ip6.nextHeader(b, at) === Protocol.HOPOPTS ? '[The Hop-by-Hop Options header was already found]' : "[The Hop-by-Hop Options header don't follow the IPv6 header]")
      p.invalid()
      break
    }
    const size = printIp6Extension(p, here, next, at, at + total - here)
    if (size === ExtensionKind.NONE) {
      printPayload(p, at, here, jumbo > 0 ? jumbo + ip6.HEADER : total, length, next, fragmented)
      break
    }
    if (isJumbo && here === first) {
      const options = headerLength(next, b, here)
      jumbo = p.has(here, options) ? jumboLength(b, here, options) : -1
      if (jumbo < 0) {
        out.text('[No valid Jumbo Payload Hop-by-Hop option found]')
        p.invalid()
        break
      }
    }
    if (size < 0) break
    if (next === Protocol.FRAGMENT) fragmented = true
    p.protocol = 'ip6'
    next = p.u8(here)
    here += size
  }
  p.end = former
}

/** What stands behind the last extension header, `here`, of the packet of `total` bytes at `at`; `length` of it were on the wire. */
function printPayload(p: Printer, at: number, here: number, total: number, length: number, next: number, fragmented: boolean): void {
  if (total > 65535 + ip6.HEADER && length < total) writeMissing(p, total - length)
  if (at + total < here) return p.truncated()
  p.narrow(at + total)
  if (p.depth >= MAX_DEPTH) {
    p.out.text('[nested too deeply]')
    return
  }
  p.depth++
  printIpPayload(p, here, at + total - here, next, at, fragmented)
  p.depth--
}

function writeMissing(p: Printer, bytes: number): void {
  p.out.text('truncated-ip6 - ').dec(bytes).text(' bytes missing!')
}

/** `a > b` of the header at `at`. */
export function printAddresses6(p: Printer, at: number): void {
  p.ip6(at + ip6.SOURCE_AT)
  p.out.text(' > ')
  p.ip6(at + ip6.DESTINATION_AT)
}
