/** DHCPv6 — RFC 8415 and the options' own RFCs — as tcpdump prints it. */
import { u16, u24, u32 } from '../bytes.js'
import { NO_MESSAGE, printName } from './dns.js'
import { ABANDONED, ENDED, TRUNCATED, type Printer } from './printer.js'
import { tableOf, textEnd, word, writeVisible } from './tables.js'

const HEADER = 4
const RELAY_HEADER = 34
const MAX_DEPTH = 32
/** Bytes shown of an identifier. */
const SHOWN = 10

const MESSAGES = tableOf({
  1: 'solicit', 2: 'advertise', 3: 'request', 4: 'confirm', 5: 'renew', 6: 'rebind', 7: 'reply', 8: 'release', 9: 'decline', 10: 'reconfigure',
  11: 'inf-req', 12: 'relay-fwd', 13: 'relay-reply', 14: 'leasequery', 15: 'leasequery-reply',
})
const RELAY_FORWARD = 12
const RELAY_REPLY = 13

const Option = {
  CLIENT_ID: 1, SERVER_ID: 2, IA_NA: 3, IA_TA: 4, IA_ADDR: 5, REQUEST: 6, PREFERENCE: 7, ELAPSED: 8, RELAY: 9, AUTH: 11, STATUS: 13, INTERFACE_ID: 18,
  RECONFIGURE: 19, SIP_DOMAINS: 21, SIP_SERVERS: 22, DNS_SERVERS: 23, DNS_SEARCH: 24, IA_PD: 25, IA_PREFIX: 26, NIS: 27, NISP: 28, SNTP: 31,
  LIFETIME: 32, BCMCS: 34, REMOTE_ID: 37, SUBSCRIBER_ID: 38, PANA: 40, POSIX_ZONE: 41, ZONE_NAME: 42, ECHO_REQUEST: 43, LEASE_QUERY: 44,
  CLIENT_DATA: 45, CLIENT_TIME: 46, RELAY_DATA: 47, CLIENT_LINK: 48, NTP: 56, AFTR: 64, MUD_URL: 112,
} as const
const OPTIONS = tableOf({
  1: 'client-ID', 2: 'server-ID', 3: 'IA_NA', 4: 'IA_TA', 5: 'IA_ADDR', 6: 'option-request', 7: 'preference', 8: 'elapsed-time', 9: 'relay-message',
  11: 'authentication', 12: 'server-unicast', 13: 'status-code', 14: 'rapid-commit', 15: 'user-class', 16: 'vendor-class', 17: 'vendor-specific-info',
  18: 'interface-ID', 19: 'reconfigure-message', 20: 'reconfigure-accept', 21: 'SIP-servers-domain', 22: 'SIP-servers-address', 23: 'DNS-server',
  24: 'DNS-search-list', 25: 'IA_PD', 26: 'IA_PD-prefix', 27: 'NIS-server', 28: 'NIS+-server', 29: 'NIS-domain-name', 30: 'NIS+-domain-name',
  31: 'SNTP-servers', 32: 'lifetime', 33: 'BCMCS-domain-name', 34: 'BCMCS-server', 36: 'Geoconf-Civic', 37: 'Remote-ID', 38: 'Subscriber-ID',
  39: 'Client-FQDN', 40: 'PANA-agent', 41: 'POSIX-timezone', 42: 'POSIX-tz-database', 43: 'Echo-request-option', 44: 'Lease-query',
  45: 'LQ-client-data', 46: 'Clt-time', 47: 'LQ-relay-data', 48: 'LQ-client-link', 56: 'NTP-server', 64: 'AFTR-Name', 112: 'MUD-URL',
})
const STATUSES = tableOf({
  0: 'Success', 1: 'UnspecFail', 2: 'NoAddrsAvail', 3: 'NoBinding', 4: 'NotOnLink', 5: 'UseMulticast', 6: 'NoPrefixAvail', 7: 'UnknownQueryType',
  8: 'MalformedQuery', 9: 'NotConfigured', 10: 'NotAllowed',
})
const RECONFIGURED = tableOf({ 5: 'renew', 11: 'inf-req' })
const QUERIES = tableOf({ 1: 'by-address', 2: 'by-clientID' })
const Duid = { LINK_TIME: 1, ENTERPRISE: 2, LINK: 3 } as const
const Auth = { DELAYED: 2, RECONFIGURE: 3, HEADER: 11, DELAYED_LENGTH: 20, RECONFIGURE_LENGTH: 17 } as const

export function printDhcp6(p: Printer, at: number, length: number): void {
  p.out.text('dhcp6')
  p.protocol = 'dhcp6'
  printMessage(p, at, length, 0)
}

function printMessage(p: Printer, at: number, length: number, depth: number): void {
  const { b, out } = p
  const end = Math.min(at + length, p.end)
  if (length < HEADER) throw ENDED
  p.want(at, HEADER)
  const type = b[at]!
  out.byte(32).text(word(MESSAGES, type, 'msgtype-%'))
  if (p.options.verbose === 0) return
  out.text(' (')
  let options = at + HEADER
  if (type === RELAY_FORWARD || type === RELAY_REPLY) {
    options = at + RELAY_HEADER
    wantAddress(p, at + 2, end, depth)
    out.text('linkaddr=')
    p.ip6(at + 2)
    wantAddress(p, at + 18, end, depth)
    out.text(' peeraddr=')
    p.ip6(at + 18)
  } else out.text('xid=').hex(u24(b, at + 1))
  printOptions(p, options, end, depth)
  out.byte(41)
}

/** Where one is cut the packet ends; a message in another has its own bounds. */
function wantAddress(p: Printer, at: number, end: number, depth: number): void {
  if (at + 16 > (depth > 0 ? end : p.end)) throw ABANDONED
}

/** ` (NAME data)…`; where options are cut, that is said, and what is around them goes on. */
function printOptions(p: Printer, at: number, end: number, depth: number): void {
  const { b, out } = p
  if (depth > MAX_DEPTH) return
  try {
    while (at < end) {
      if (at + 4 > end) throw TRUNCATED
      p.need(at, 4)
      const type = u16(b, at)
      const data = at + 4
      at = data + u16(b, at + 2)
      if (at > end) throw TRUNCATED
      out.text(' (').text(word(OPTIONS, type, 'opt_%'))
      if (!printOption(p, type, data, at, depth)) out.text(' ?')
      out.byte(41)
    }
  } catch (thrown) {
    if (thrown !== TRUNCATED) throw thrown
    p.truncated()
  }
}

/** Data from `at` to `end`, captured. False where their length is wrong. */
function printOption(p: Printer, type: number, at: number, end: number, depth: number): boolean {
  const { b, out } = p
  const length = end - at
  switch (type) {
    case Option.CLIENT_ID:
    case Option.SERVER_ID:
      return printDuid(p, at, end)
    case Option.IA_NA:
    case Option.IA_PD:
      if (length < 12) return false
      out.text(' IAID:').dec(u32(b, at)).text(' T1:').dec(u32(b, at + 4)).text(' T2:').dec(u32(b, at + 8))
      printOptions(p, at + 12, end, depth + 1)
      return true
    case Option.IA_TA:
      if (length < 4) return false
      out.text(' IAID:').dec(u32(b, at))
      printOptions(p, at + 4, end, depth + 1)
      return true
    case Option.IA_ADDR:
      if (length < 24) return false
      out.byte(32)
      p.ip6(at)
      out.text(' pltime:').dec(u32(b, at + 16)).text(' vltime:').dec(u32(b, at + 20))
      printOptions(p, at + 24, end, depth + 1)
      return true
    case Option.IA_PREFIX:
      if (length < 25) return false
      out.byte(32)
      p.ip6(at + 9)
      out.byte(47).dec(b[at + 8]!).text(' pltime:').dec(u32(b, at)).text(' vltime:').dec(u32(b, at + 4))
      printOptions(p, at + 25, end, depth + 1)
      return true
    case Option.REQUEST:
    case Option.ECHO_REQUEST:
      if (length % 2 !== 0) return false
      for (; at < end; at += 2) out.byte(32).text(word(OPTIONS, u16(b, at), 'opt_%'))
      return true
    case Option.PREFERENCE:
      if (length !== 1) return false
      out.byte(32).dec(b[at]!)
      return true
    case Option.ELAPSED:
      if (length !== 2) return false
      out.byte(32).dec(u16(b, at))
      return true
    case Option.RELAY:
      printRelayed(p, at, length, depth)
      return true
    case Option.AUTH:
      return printAuthentication(p, at, end)
    case Option.STATUS:
      if (length < 2) return false
      out.byte(32).text(u16(b, at) > 255 ? 'INVALID code' : word(STATUSES, u16(b, at), 'code%'))
      return true
    case Option.INTERFACE_ID:
    case Option.SUBSCRIBER_ID:
      writeShown(p, at, end)
      return true
    case Option.REMOTE_ID:
      if (length < 4) return false
      out.byte(32).dec(u32(b, at))
      writeShown(p, at + 4, end)
      return true
    case Option.RELAY_DATA:
      if (length < 16) return false
      out.byte(32)
      p.ip6(at)
      writeShown(p, at + 16, end)
      return true
    case Option.RECONFIGURE:
      if (length !== 1) return false
      out.text(' for ')
      if (RECONFIGURED.has(b[at]!)) out.text(word(RECONFIGURED, b[at]!, ''))
      else out.text('???(').hex(b[at]!, 2).byte(41)
      return true
    case Option.SIP_DOMAINS:
    case Option.DNS_SEARCH:
      while (at < end) {
        out.byte(32)
        at = printName(p, NO_MESSAGE, at)
      }
      return true
    case Option.SIP_SERVERS:
    case Option.DNS_SERVERS:
    case Option.NIS:
    case Option.NISP:
    case Option.SNTP:
    case Option.BCMCS:
    case Option.PANA:
    case Option.CLIENT_LINK:
      if (length % 16 !== 0) return false
      for (; at < end; at += 16) {
        out.byte(32)
        p.ip6(at)
      }
      return true
    case Option.LIFETIME:
    case Option.CLIENT_TIME:
      if (length !== 4) return false
      out.byte(32).dec(u32(b, at))
      return true
    case Option.POSIX_ZONE:
    case Option.ZONE_NAME:
    case Option.MUD_URL:
      if (length < 5) return false
      out.byte(32)
      writeVisible(out, b, at, textEnd(b, at, end))
      return true
    case Option.LEASE_QUERY:
      if (length < 17) return false
      out.byte(32).text(word(QUERIES, b[at]!, 'type_%')).byte(32)
      p.ip6(at + 1)
      printOptions(p, at + 17, end, depth + 1)
      return true
    case Option.CLIENT_DATA:
      printOptions(p, at, end, depth + 1)
      return true
    case Option.NTP:
      return printNtpServers(p, at, end)
    case Option.AFTR:
      return printAftr(p, at, end)
    default:
      return true
  }
}

/** A message inside a relay's, whose parenthesis tcpdump never closes. */
function printRelayed(p: Printer, at: number, length: number, depth: number): void {
  p.out.text(' (dhcp6')
  if (depth > MAX_DEPTH) return
  if (length < HEADER) p.truncated()
  else printMessage(p, at, length, depth + 1)
}

/** The first bytes in hexadecimal, and dots whether or not more follow. */
function writeShown(p: Printer, at: number, end: number): void {
  p.out.byte(32).hexBytes(p.b, at, Math.min(end, at + SHOWN)).text('...')
}

/** RFC 8415 §11: what names a host. */
function printDuid(p: Printer, at: number, end: number): boolean {
  const { b, out } = p
  const length = end - at
  if (length < 2) return false
  const type = u16(b, at)
  switch (type) {
    case Duid.LINK_TIME:
      if (length < 8) return false
      out.text(' hwaddr/time type ').dec(u16(b, at + 2)).text(' time ').dec(u32(b, at + 4)).byte(32).hexBytes(b, at + 8, end)
      return true
    case Duid.ENTERPRISE:
      if (length < 10) return false
      out.text(' vid ').hexBytes(b, at + 2, at + 10)
      return true
    case Duid.LINK:
      if (length < 4) return false
      out.text(' hwaddr type ').dec(u16(b, at + 2)).byte(32).hexBytes(b, at + 4, end)
      return true
    default:
      out.text(' type ').dec(type)
      return true
  }
}

function printAuthentication(p: Printer, at: number, end: number): boolean {
  const { b, out } = p
  if (end - at < Auth.HEADER) return false
  const protocol = b[at]!
  out.text(' proto: ')
  if (protocol === Auth.DELAYED) out.text('delayed')
  else if (protocol === Auth.RECONFIGURE) out.text('reconfigure')
  else out.dec(protocol)
  out.text(', alg: ')
  if (b[at + 1] === 1) out.text('HMAC-MD5')
  else out.dec(b[at + 1]!)
  out.text(', RDM: ')
  if (b[at + 2] === 0) out.text('mono')
  else out.dec(b[at + 2]!)
  out.text(', RD:')
  for (let i = at + 3; i < at + Auth.HEADER; i += 2) out.byte(32).hex(u16(b, i), 4)
  const information = at + Auth.HEADER
  const length = end - information
  if (protocol === Auth.DELAYED && length >= Auth.DELAYED_LENGTH) {
    const key = end - Auth.DELAYED_LENGTH
    if (key > information) out.text(', realm: ').hexBytes(b, information, key)
    out.text(', key ID: ').hex(u32(b, key), 8).text(', HMAC-MD5:')
    writeWords(p, key + 4, end)
  } else if (protocol === Auth.RECONFIGURE && length === Auth.RECONFIGURE_LENGTH) {
    const kind = b[information]!
    if (kind === 1) out.text(' reconfig-key')
    else if (kind === 2) out.text(' type: HMAC-MD5')
    else out.text(' type: ??')
    out.text(' value:')
    writeWords(p, information + 1, end)
  } else if (protocol !== Auth.DELAYED || length !== 0) out.text(' ??')
  return true
}

function writeWords(p: Printer, at: number, end: number): void {
  for (; at < end; at += 4) p.out.byte(32).hex(u32(p.b, at), 8)
}

/** RFC 5908: suboptions of addresses and names. */
function printNtpServers(p: Printer, at: number, end: number): boolean {
  const { b, out } = p
  if (end - at < 4) return false
  while (end - at > 4) {
    const type = u16(b, at)
    const data = at + 4
    const next = data + u16(b, at + 2)
    if (next > end) throw TRUNCATED
    at = next
    out.text(' subopt:').dec(type)
    if ((type === 1 || type === 2) && next - data === 16) {
      out.byte(32)
      p.ip6(data)
    } else if (type === 3) {
      out.byte(32)
      printName(p, NO_MESSAGE, data)
    } else out.text(' ?')
  }
  return true
}

/** RFC 6334: a name in DNS form, without the dot at its end. */
function printAftr(p: Printer, at: number, end: number): boolean {
  const { b, out } = p
  if (end - at < 3) return false
  out.byte(32)
  while (at < end && b[at] !== 0) {
    const length = b[at++]!
    if (at + length >= end) return false
    writeVisible(out, b, at, textEnd(b, at, at + length))
    at += length
    if (at < end && b[at] !== 0) out.byte(46)
  }
  return true
}
