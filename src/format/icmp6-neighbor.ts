/** IPv6 neighbour discovery and its kin as tcpdump prints them — RFC 4861, RFC 3122, RFC 6275 §6.5, RFC 8106. */
import { u16, u32, u8 } from '../bytes.js'
import { Option, Type } from '../decode/icmp6.js'
import { writeIp6, writeLinkAddress } from './address.js'
import { printName } from './dns.js'
import { writeHex } from './dump.js'
import { ENDED, TRUNCATED, type Printer } from './printer.js'
import { bits, tableOf, word } from './tables.js'

const PREFERENCES = ['medium', 'high', 'rsv', 'low'] as const
const ROUTER_FLAGS = [[0x80, 'managed'], [0x40, 'other stateful'], [0x20, 'home agent'], [0x02, 'ipv6 only']] as const
const NEIGHBOR_FLAGS = [[0x80, 'router'], [0x40, 'solicited'], [0x20, 'override']] as const
const PREFIX_FLAGS = [[0x80, 'onlink'], [0x40, 'auto'], [0x20, 'router']] as const
const OPTIONS = tableOf({
  1: 'source link-address', 2: 'destination link-address', 3: 'prefix info', 4: 'redirected header', 5: 'mtu',
  7: 'advertisement interval', 8: 'homeagent information', 24: 'route info', 25: 'rdnss', 31: 'dnssl',
})

/** What follows the name of the message; nothing for a type that is none of these. */
export function printNeighbor(p: Printer, at: number, length: number, type: number): void {
  const { out } = p
  const verbose = p.options.verbose > 0
  switch (type) {
    case Type.ROUTER_SOLICITATION:
      if (verbose) printOptions(p, at + 8, at + length)
      break
    case Type.ROUTER_ADVERTISEMENT:
      if (verbose) printRouterAdvertisement(p, at, length)
      break
    case Type.NEIGHBOR_SOLICITATION:
      p.need(at + 8, 16)
      out.text(', who has ')
      p.ip6(at + 8)
      if (verbose) printOptions(p, at + 24, at + length)
      break
    case Type.NEIGHBOR_ADVERTISEMENT:
      p.need(at + 8, 16)
      out.text(', tgt is ')
      p.ip6(at + 8)
      if (!verbose) break
      out.text(', Flags [').text(bits(NEIGHBOR_FLAGS, u8(p.b, at + 4), 'none')).byte(93)
      printOptions(p, at + 24, at + length)
      break
    case Type.REDIRECT:
      p.need(at + 24, 16)
      out.text(', ')
      p.ip6(at + 24)
      out.text(' to ')
      p.ip6(at + 8)
      if (verbose) printOptions(p, at + 40, at + length)
      break
    case Type.HOME_AGENT_REQUEST:
    case Type.MOBILE_SOLICITATION:
      p.need(at + 4, 2)
      out.text(', id 0x').hex(u16(p.b, at + 4), 4)
      break
    case Type.HOME_AGENT_REPLY:
      if (!verbose) break
      p.need(at + 4, 2)
      out.text(', id 0x').hex(u16(p.b, at + 4), 4)
      for (let here = at + 8; here < at + length; here += 16) {
        p.need(here, 16)
        out.text(', ')
        p.ip6(here)
      }
      break
    case Type.MOBILE_ADVERTISEMENT: {
      if (!verbose) break
      p.need(at + 4, 2)
      out.text(', id 0x').hex(u16(p.b, at + 4), 4)
      const flags = p.u16(at + 6) >> 8
      if (flags & 0xc0) out.byte(32)
      if (flags & 0x80) out.byte(77)
      if (flags & 0x40) out.byte(79)
      printOptions(p, at + 8, at + length)
    }
  }
}

/** RFC 4861 §4.2, RFC 4191 §2.2. */
function printRouterAdvertisement(p: Printer, at: number, length: number): void {
  const { out, b } = p
  p.need(at + 4, 12)
  const flags = u8(b, at + 5)
  out.text('\n\thop limit ').dec(u8(b, at + 4)).text(', Flags [').text(bits(ROUTER_FLAGS, flags, 'none'))
  out.text('], pref ').text(PREFERENCES[(flags >> 3) & 3]!).text(', router lifetime ').dec(u16(b, at + 6))
  out.text('s, reachable time ').dec(u32(b, at + 8)).text('ms, retrans timer ').dec(u32(b, at + 12)).text('ms')
  printOptions(p, at + 16, at + length)
}

function printOptions(p: Printer, at: number, end: number): void {
  const { out, b, options } = p
  end = Math.min(end, p.end)
  for (let here = at; here < end; ) {
    p.want(here, 2)
    const kind = u8(b, here)
    const units = u8(b, here + 1)
    const size = units * 8
    if (units === 0 || here + size > end) throw ENDED
    out.text('\n\t  ').text(word(OPTIONS, kind, 'unknown')).text(' option (').dec(kind).text('), length ').dec(size).text(' (').dec(units).text('): ')
    if (OPTIONS.has(kind)) printOption(p, here, kind, units, at)
    if (options.verbose > 1) writeHex(out, b, here + 2, Math.min(here + size, p.end), '\n\t    ')
    else if (!OPTIONS.has(kind)) {
      writeHex(out, b, here + 2, Math.min(here + size, p.end), '\n\t  ')
      return
    }
    here += size
  }
}

/** `list`: where the options begin. */
function printOption(p: Printer, at: number, kind: number, units: number, list: number): void {
  const { out, b } = p
  const size = units * 8
  switch (kind) {
    case Option.SOURCE_LINK:
    case Option.TARGET_LINK:
      p.want(at + 2, size - 2)
      writeLinkAddress(out, b, at + 2, size - 2)
      break
    case Option.PREFIX:
      p.need(at, 32)
      p.ip6(at + 16)
      out.byte(47).dec(u8(b, at + 2))
      if (units !== 4) out.text('badlen')
      out.text(', Flags [').text(bits(PREFIX_FLAGS, u8(b, at + 3), 'none')).text('], valid time ')
      writeLifetime(p, u32(b, at + 4))
      out.text(', pref. time ')
      writeLifetime(p, u32(b, at + 8))
      break
    case Option.REDIRECTED:
      // tcpdump dumps as many bytes from the start of the options.
      writeHex(out, b, list, Math.min(list + size, p.end), '\n\t    ')
      break
    case Option.MTU:
      p.want(at + 4, 4)
      out.byte(32).dec(u32(b, at + 4))
      if (units !== 1) out.text('bad option length')
      break
    case Option.ADVERTISEMENT_INTERVAL:
      p.want(at + 4, 4)
      out.byte(32).dec(u32(b, at + 4)).text('ms')
      break
    case Option.HOME_AGENT:
      p.want(at + 4, 4)
      out.text(' preference ').dec(u16(b, at + 4)).text(', lifetime ').dec(u16(b, at + 6))
      break
    case Option.ROUTE:
      printRoute(p, at, units)
      break
    case Option.RDNSS:
      p.want(at + 4, 4)
      out.text(' lifetime ').dec(u32(b, at + 4)).text('s,')
      for (let n = 0; n < (units - 1) >> 1; n++) {
        p.want(at + 8 + n * 16, 16)
        out.text(' addr: ')
        p.ip6(at + 8 + n * 16)
      }
      break
    case Option.DNSSL:
      p.want(at + 4, 4)
      out.text(' lifetime ').dec(u32(b, at + 4)).text('s, domain(s):')
      for (let here = at + 8; here < at + size && p.u8(here) !== 0; ) {
        out.byte(32)
        try {
          here = printName(p, at, here)
        } catch (thrown) {
          // a name that is wrong ends the message, not the packet
          throw thrown === TRUNCATED ? ENDED : thrown
        }
      }
  }
}

function writeLifetime(p: Printer, seconds: number): void {
  if (seconds === 0xffffffff) p.out.text('infinity')
  else p.out.dec(seconds).byte(115)
}

/** RFC 4191 §2.3: the prefix has as many bytes as the option's length leaves. */
const prefix = new Uint8Array(16)

function printRoute(p: Printer, at: number, units: number): void {
  const { out, b } = p
  p.want(at + 4, 4)
  if (units < 1 || units > 3) throw ENDED
  const length = (units - 1) * 8
  p.want(at + 8, length)
  prefix.fill(0)
  for (let n = 0; n < length; n++) prefix[n] = b[at + 8 + n]!
  out.byte(32)
  const name = p.names?.ip6(prefix, 0)
  if (name === undefined) writeIp6(out, prefix, 0)
  else out.utf8(name)
  out.byte(47).dec(u8(b, at + 2)).text(', pref=').text(PREFERENCES[(u8(b, at + 3) >> 3) & 3]!).text(', lifetime=')
  writeLifetime(p, u32(b, at + 4))
}
