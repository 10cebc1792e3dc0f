/** DNS messages as tcpdump prints them, over UDP, over TCP, and multicast DNS. */
import { u16, u32, u8 } from '../bytes.js'
import * as dns from '../decode/dns.js'
import { writeIp4, writeIp6 } from './address.js'
import { writeDuration } from './duration.js'
import type { LineWriter } from './line.js'
import { ABANDONED, TRUNCATED, type Printer } from './printer.js'
import { type NumberTable, tableOf, word, writeVisible } from './tables.js'

const PORT = 53
const MDNS_PORT = 5353
/** Of a name no more than this many bytes of labels and their dots are shown, wherever pointers take them from; the rest is only walked. */
const MAX_NAME = 255
/** In place of a message's offset, where pointers lead nowhere. */
export const NO_MESSAGE = -1

const TYPES = tableOf({
  1: 'A', 2: 'NS', 3: 'MD', 4: 'MF', 5: 'CNAME', 6: 'SOA', 7: 'MB', 8: 'MG', 9: 'MR', 10: 'NULL', 11: 'WKS', 12: 'PTR', 13: 'HINFO', 14: 'MINFO',
  15: 'MX', 16: 'TXT', 17: 'RP', 18: 'AFSDB', 19: 'X25', 20: 'ISDN', 21: 'RT', 22: 'NSAP', 23: 'NSAP_PTR', 24: 'SIG', 25: 'KEY', 26: 'PX',
  27: 'GPOS', 28: 'AAAA', 29: 'LOC', 30: 'NXT', 31: 'EID', 32: 'NIMLOC', 33: 'SRV', 34: 'ATMA', 35: 'NAPTR', 36: 'KX', 37: 'CERT', 38: 'A6',
  39: 'DNAME', 40: 'SINK', 41: 'OPT', 42: 'APL', 43: 'DS', 44: 'SSHFP', 45: 'IPSECKEY', 46: 'RRSIG', 47: 'NSEC', 48: 'DNSKEY', 99: 'SPF',
  100: 'UINFO', 101: 'UID', 102: 'GID', 103: 'UNSPEC', 104: 'UNSPECA', 249: 'TKEY', 250: 'TSIG', 251: 'IXFR', 252: 'AXFR', 253: 'MAILB',
  254: 'MAILA', 255: 'ANY', 256: 'URI',
})

const CLASSES = tableOf({ 1: 'IN', 3: 'CHAOS', 4: 'HS', 255: 'ANY' })

/** Record types and classes; undefined: unknown. */
export const typeName = (type: number): string | undefined => TYPES.get(type)
export const className = (n: number): string | undefined => CLASSES.get(n)

const OPCODES: readonly string[] = [
  '', ' inv_q', ' stat', ' op3', ' notify', ' update', ' op6', ' op7', ' op8', ' updateA', ' updateD', ' updateDA', ' updateM', ' updateMA',
  ' zoneInit', ' zoneRef',
]

/** Two stand without the blank in front: so tcpdump prints them. */
const RESPONSE_CODES = tableOf({
  0: '', 1: ' FormErr', 2: ' ServFail', 3: ' NXDomain', 4: ' NotImp', 5: ' Refused', 6: ' YXDomain', 7: ' YXRRSet', 8: ' NXRRSet', 9: ' NotAuth',
  10: ' NotZone', 15: ' NoChange', 16: ' BadVers', 17: 'Resp17', 21: 'Resp21', 23: ' BadCookie',
})

const EDNS_OPTIONS = tableOf({
  1: 'LLQ', 2: 'UL', 3: 'NSID', 5: 'DAU', 6: 'DHU', 7: 'N3U', 8: 'ECS', 9: 'EXPIRE', 10: 'COOKIE', 11: 'KEEPALIVE', 12: 'PADDING', 13: 'CHAIN',
  14: 'KEY-TAG', 16: 'CLIENT-TAG', 17: 'SERVER-TAG',
})

const SIGNING_ALGORITHMS = tableOf({
  0: 'DELETE', 1: 'RSAMD5', 2: 'DH', 3: 'DS', 5: 'RSASHA1', 6: 'DSA-NSEC3-SHA1', 7: 'RSASHA1-NSEC3-SHA1', 8: 'RSASHA256', 10: 'RSASHA512',
  12: 'ECC-GOST', 13: 'ECDSAP256SHA256', 14: 'ECDSAP384SHA384', 15: 'ED25519', 16: 'ED448', 252: 'INDIRECT', 253: 'PRIVATEDNS', 254: 'PRIVATEOID',
})
const DIGESTS = tableOf({ 1: 'SHA-1', 2: 'SHA-256', 3: 'GOST_R_34.11-94', 4: 'SHA-384' })
const NSEC3_HASHES = tableOf({ 1: 'SHA-1' })

/** A message over UDP; the line is at the blank behind `a.1 > b.2:`. */
export function printDns(p: Printer, at: number, length: number, sport: number, dport: number): void {
  p.protocol = 'domain'
  // With -T, and where the other end has DNS's own port, it is plain DNS.
  const mdns = p.options.type === '' && sport !== PORT && dport !== PORT && (sport === MDNS_PORT || dport === MDNS_PORT)
  printMessage(p, at, length, mdns)
}

/** A segment over TCP: one message behind its length, or nothing that can be read. The line is behind `length N`. */
export function printDnsTcp(p: Printer, at: number, length: number): void {
  const { out } = p
  p.protocol = 'domain'
  if (length < 2) {
    out.text(' [DNS over TCP: length ').dec(length).text(' < 2]')
    return p.invalid()
  }
  const prefix = p.u16(at)
  if (prefix !== length - 2) {
    out.text(' [prefix length(').dec(prefix).text(') != length(').dec(length - 2).text(')]')
    return p.invalid()
  }
  out.byte(32)
  printMessage(p, at + 2, length - 2, false)
}

function printMessage(p: Printer, at: number, length: number, mdns: boolean): void {
  const { out } = p
  if (length < dns.HEADER) {
    out.text('domain [length ').dec(length).text(' < ').dec(dns.HEADER).byte(93)
    return p.invalid()
  }
  try {
    printWhole(p, at, length, mdns)
  } catch (thrown) {
    // a message that is cut does not end the packet: -x leaves the link header away
    if (thrown !== TRUNCATED) throw thrown
    p.truncated()
  }
}

function printWhole(p: Printer, at: number, length: number, mdns: boolean): void {
  const { b, out } = p
  p.need(at, dns.HEADER)
  const flags = dns.flags(b, at)
  const opcode = dns.opcode(b, at)
  out.dec(dns.id(b, at)).text(OPCODES[opcode]!)
  const records = flags & dns.Flag.QR ? printResponse(p, at, flags, mdns) : printQuery(p, at, flags, opcode, mdns)
  if (p.options.verbose > 1 || flags & dns.Flag.QR) printSections(p, at, records, mdns)
  out.text(' (').dec(length).byte(41)
}

/** Returns the offset behind the questions, as `printQuery` does. */
function printResponse(p: Printer, at: number, flags: number, mdns: boolean): number {
  const { b, out } = p
  const code = dns.responseCode(b, at, p.end)
  out.text(RESPONSE_CODES.get(code) ?? ` Resp${code}`)
  if (flags & dns.Flag.AA) out.byte(42)
  if (!(flags & dns.Flag.RA)) out.byte(45)
  if (flags & dns.Flag.TC) out.byte(124)
  if (flags & dns.Flag.AD) out.byte(36)
  const questions = dns.questions(b, at)
  if (questions !== 1) out.text(' [').dec(questions).text('q]')
  let next = at + dns.HEADER
  for (let n = 0; n < questions; n++) {
    if (n > 0) out.byte(44)
    if (p.options.verbose > 1) {
      out.text(' q:')
      next = printQuestion(p, at, next, mdns)
    } else {
      next = dns.nameEnd(b, next, p.end)
      if (next < 0) throw TRUNCATED
      next += 4
    }
  }
  out.byte(32).dec(dns.answers(b, at)).byte(47).dec(dns.authorities(b, at)).byte(47).dec(dns.additionals(b, at))
  return next
}

function printQuery(p: Printer, at: number, flags: number, opcode: number, mdns: boolean): number {
  const { b, out } = p
  if (flags & dns.Flag.RD) out.byte(43)
  if (flags & dns.Flag.CD) out.byte(37)
  const { AA, TC, RA, Z } = dns.Flag
  if (flags & (AA | TC | RA | Z | 15)) out.text(' [b2&3=0x').hex(flags).byte(93)
  const questions = dns.questions(b, at)
  const answers = dns.answers(b, at)
  if (opcode === dns.Opcode.IQUERY) {
    writeCount(out, questions, 0, 'q')
    writeCount(out, answers, 1, 'a')
  } else {
    writeCount(out, answers, 0, 'a')
    writeCount(out, questions, 1, 'q')
  }
  writeCount(out, dns.authorities(b, at), 0, 'n')
  writeCount(out, dns.additionals(b, at), 0, 'au')
  let next = at + dns.HEADER
  for (let n = 0; n < questions; n++) next = printQuestion(p, at, next, mdns)
  return next
}

/** ` [2a]`, unless it is the `usual` number. */
function writeCount(out: LineWriter, n: number, usual: number, unit: string): void {
  if (n !== usual) out.text(' [').dec(n).text(unit).byte(93)
}

/** The answers; with -vv the authorities and additional records too. */
function printSections(p: Printer, message: number, at: number, mdns: boolean): void {
  const { b, out } = p
  const answers = dns.answers(b, message)
  if (answers > 0) at = printRecords(p, message, at, answers, mdns)
  if (p.options.verbose < 2) return
  for (const [title, count] of [[' ns:', dns.authorities(b, message)], [' ar:', dns.additionals(b, message)]] as const) {
    if (count === 0) continue
    if (at >= p.end) throw TRUNCATED
    out.text(title)
    at = printRecords(p, message, at, count, mdns)
  }
}

function printRecords(p: Printer, message: number, at: number, count: number, mdns: boolean): number {
  for (let n = 0; n < count; n++) {
    if (n > 0) {
      if (at >= p.end) throw TRUNCATED
      p.out.byte(44)
    }
    at = printRecord(p, message, at, mdns)
  }
  return at
}

/** ` A? example.com.`; returns the offset behind the question. */
function printQuestion(p: Printer, message: number, at: number, mdns: boolean): number {
  const { b, out } = p
  const next = dns.nameEnd(b, at, p.end)
  if (next < 0 || next + 4 > p.end) throw TRUNCATED
  out.byte(32).text(word(TYPES, u16(b, next), 'Type%'))
  const field = u16(b, next + 2)
  writeClass(out, mdns ? field & ~dns.MDNS_BIT : field)
  if (mdns) out.text(field & dns.MDNS_BIT ? ' (QU)' : ' (QM)')
  out.text('? ')
  printName(p, message, at)
  return next + 4
}

function writeClass(out: LineWriter, n: number): void {
  if (n !== dns.Class.IN) out.byte(32).text(word(CLASSES, n, '(Class %)'))
}

/** Returns the offset behind the record; `p.end` where its fixed part is not captured, which goes unsaid if it is the last. */
function printRecord(p: Printer, message: number, at: number, mdns: boolean): number {
  const { b, out, options } = p
  if (options.verbose > 0) {
    out.byte(32)
    at = printName(p, message, at)
  } else at = dns.nameEnd(b, at, p.end)
  if (at < 0 || at + dns.RECORD > p.end) return p.end
  const type = u16(b, at)
  const field = u16(b, at + 2)
  const value = mdns ? field & ~dns.MDNS_BIT : field
  if (type !== dns.Type.OPT) writeClass(out, value)
  if (value !== field) out.text(' (Cache flush)')
  if (type !== dns.Type.OPT && options.verbose > 2) {
    out.text(' [')
    writeDuration(out, u32(b, at + 4))
    out.byte(93)
  }
  const data = at + dns.RECORD
  const next = data + u16(b, at + 8)
  out.byte(32).text(word(TYPES, type, 'Type%'))
  if (next > p.end) throw TRUNCATED
  printData(p, message, type, value, data, next)
  return next
}

/** The data is `data … next`; reads may pass `next`, as in tcpdump. */
function printData(p: Printer, message: number, type: number, field: number, data: number, next: number): void {
  const { b, out } = p
  const { Type } = dns
  switch (type) {
    case Type.A:
      p.need(data, 4)
      return writeIp4(out.byte(32), b, data)
    case Type.AAAA:
      p.need(data, 16)
      return writeIp6(out.byte(32), b, data)
    case Type.NS:
    case Type.CNAME:
    case Type.PTR:
    case Type.DNAME:
      out.byte(32)
      printName(p, message, data)
      return
    case Type.SOA:
      if (p.options.verbose > 0) printStartOfAuthority(p, message, data)
      return
    case Type.MX:
      out.byte(32)
      printName(p, message, data + 2)
      out.byte(32).dec(p.u16(data))
      return
    case Type.TXT:
      while (data < next) data = printString(p, data)
      return
    case Type.SRV:
      out.byte(32)
      printName(p, message, data + 6)
      out.byte(58).dec(p.u16(data + 4)).byte(32).dec(p.u16(data)).byte(32).dec(p.u16(data + 2))
      return
    case Type.A6:
      return printA6(p, message, data)
    case Type.OPT:
      return printOptions(p, field, data, next)
    case Type.UNSPECA:
      writeVisible(out, b, data, next)
      return
    case Type.TSIG:
      if (p.options.verbose > 0) printSignature(p, message, data)
      return
    case Type.URI:
      p.need(data, 4)
      out.byte(32).dec(u16(b, data)).byte(32).dec(u16(b, data + 2)).byte(32)
      printText(p, data + 4, (next - data - 4) >>> 0)
  }
}

function printStartOfAuthority(p: Printer, message: number, at: number): void {
  const { out } = p
  out.byte(32)
  at = printName(p, message, at)
  out.byte(32)
  at = printName(p, message, at)
  p.need(at, 20)
  for (let i = 0; i < 5; i++) out.byte(32).dec(p.u32(at + i * 4))
}

/** ` "text"` from a byte of length and as many of text; returns the offset behind. */
function printString(p: Printer, at: number): number {
  const { out } = p
  out.text(' "')
  const length = p.u8(at++)
  printText(p, at, length)
  out.byte(34)
  return at + length
}

/** What of `length` bytes at `at` is captured, and the end of the packet when some are not. */
function printText(p: Printer, at: number, length: number): void {
  writeVisible(p.out, p.b, at, Math.min(at + length, p.end))
  if (at + length > p.end) throw TRUNCATED
}

/** RFC 2874: the length of a prefix that is elsewhere, the rest of the address, and the prefix's name. */
function printA6(p: Printer, message: number, at: number): void {
  const { b, out } = p
  const prefix = p.u8(at)
  if (prefix > 128) {
    out.byte(32).dec(prefix).text('(bad plen)')
    return
  }
  const known = 16 - (prefix >> 3)
  if (prefix < 128) {
    p.need(at + 1, known)
    const address = new Uint8Array(16)
    address.set(b.subarray(at + 1, at + 1 + known), 16 - known)
    writeIp6(out.byte(32).dec(prefix).byte(32), address, 0)
  }
  if (prefix > 0) {
    out.byte(32)
    printName(p, message, at + 1 + known)
  }
}

/** RFC 8945: algorithm, time (six bytes), fudge, MAC, the original ID, error and other data. */
function printSignature(p: Printer, message: number, at: number): void {
  const { out } = p
  out.byte(32)
  at = printName(p, message, at) + 6
  const fudge = p.u16(at)
  out.text(' fudge=').dec(fudge)
  const mac = p.u16(at + 2)
  out.text(' maclen=').dec(mac)
  at += 4 + mac
  for (const name of [' origid=', ' error=', ' otherlen=']) {
    const n = p.u16(at)
    out.text(name).dec(n)
    at += 2
  }
}

/** RFC 6891: the class is the size of a datagram, the TTL holds flags. */
function printOptions(p: Printer, size: number, at: number, next: number): void {
  const { b, out } = p
  out.text(' UDPsize=').dec(size)
  if (u16(b, at - 4) & 0x8000) out.text(' DO')
  if (at >= next) return
  out.text(' [')
  for (;;) {
    const code = p.u16(at)
    out.text(word(EDNS_OPTIONS, code, 'Opt%'))
    const length = p.u16(at + 2)
    at += 4
    if (length > 0) {
      p.need(at, length)
      printOption(p, code, at, length)
      at += length
    }
    if (at >= next) break
    out.byte(44)
  }
  out.byte(93)
}

/** The data of an option, all captured. */
function printOption(p: Printer, code: number, at: number, length: number): void {
  const { b, out } = p
  const { Edns } = dns
  out.byte(32)
  switch (code) {
    case Edns.CLIENT_SUBNET:
      return printClientSubnet(p, at, length)
    case Edns.COOKIE:
      if (length < 8 || (length > 8 && length < 16) || length > 40) return p.invalid()
      out.hexBytes(b, at, at + 8)
      if (length > 8) out.byte(32).hexBytes(b, at + 8, at + length)
      return
    case Edns.KEEPALIVE: {
      if (length !== 2) return p.invalid()
      const tenths = u16(b, at)
      out.dec(Math.floor(tenths / 10)).byte(46).dec(tenths % 10).text(' sec')
      return
    }
    case Edns.EXPIRE:
      if (length !== 4) return p.invalid()
      out.dec(u32(b, at)).text(' sec')
      return
    case Edns.PADDING:
      out.byte(40).dec(length).byte(41)
      return
    case Edns.KEY_TAG:
      if (length % 2 !== 0) return p.invalid()
      for (let i = 0; i < length; i += 2) out.text(i > 0 ? ' ' : '').dec(u16(b, at + i))
      return
    case Edns.DAU:
      return writeAlgorithms(p, SIGNING_ALGORITHMS, at, length)
    case Edns.DHU:
      return writeAlgorithms(p, DIGESTS, at, length)
    case Edns.N3U:
      return writeAlgorithms(p, NSEC3_HASHES, at, length)
    case Edns.CHAIN:
      return printChain(p, at)
    default:
      out.hexBytes(b, at, at + length)
  }
}

/** RFC 7901: a name, which holds no pointer; what is wrong with it ends it, not the packet. */
function printChain(p: Printer, at: number): void {
  try {
    printName(p, NO_MESSAGE, at)
  } catch (thrown) {
    if (thrown !== TRUNCATED) throw thrown
  }
}

function writeAlgorithms(p: Printer, names: NumberTable, at: number, length: number): void {
  for (let i = 0; i < length; i++) p.out.text(i > 0 ? ' ' : '').text(word(names, u8(p.b, at + i), 'Alg_%'))
}

/** RFC 7871: a prefix of exactly as many bytes as its length asks for. */
function printClientSubnet(p: Printer, at: number, length: number): void {
  const { b, out } = p
  const family = length < 4 ? 0 : u16(b, at)
  const width = family === 1 ? 4 : family === 2 ? 16 : 0
  const source = length < 4 ? 0 : u8(b, at + 2)
  const scope = length < 4 ? 0 : u8(b, at + 3)
  if (width === 0 || source > width * 8 || scope > width * 8 || length - 4 !== (source + 7) >> 3) return p.invalid()
  const address = new Uint8Array(16)
  address.set(b.subarray(at + 4, at + length))
  if (family === 1) writeIp4(out, address, 0)
  else writeIp6(out, address, 0)
  out.byte(47).dec(source).byte(47).dec(scope)
}

/**
 * `example.com.` at `at`, pointers followed within the message at `message`; returns the offset behind the name where it
 * stands. A pointer leads only backwards, each before the one that led to it, so a name has an end. One whose last byte
 * captured is a label's length, or the first of a pointer behind a label, just stops there: tcpdump does not call it cut.
 */
export function printName(p: Printer, message: number, at: number): number {
  const { out } = p
  let first = p.u8(at)
  // HNCP names its end for the message: nothing lies before that
  let limit = (at - message) >>> 0
  let next = -1
  let used = 0
  at++
  if (first === 0) {
    out.byte(46)
    return at
  }
  while (first !== 0) {
    const type = first & dns.LABEL_TYPE
    if (type === dns.POINTER) {
      if (at >= p.end && used > 0) return p.end
      if (next < 0) next = at + 1
      const target = ((first & 0x3f) << 8) | p.u8(at)
      if (message === NO_MESSAGE) throw TRUNCATED
      if (target >= limit) {
        out.text('<BAD PTR>')
        throw TRUNCATED
      }
      limit = target
      at = message + target
      first = p.u8(at++)
      continue
    }
    if (type === dns.EXTENDED) {
      if ((first & 0x3f) !== dns.BIT_STRING) {
        out.text('<ELT ').dec(first & 0x3f).byte(62)
        throw TRUNCATED
      }
      at = printBitString(p, at)
    } else if (type === 0) {
      if (at >= p.end) return next < 0 ? at : next
      const shown = Math.min(first, MAX_NAME - used)
      if (shown > 0) printText(p, at, shown)
      at += first
      used += shown < first ? MAX_NAME + 1 : first
    } else {
      out.text('<BAD LABEL TYPE>')
      throw TRUNCATED
    }
    if (used <= MAX_NAME) out.byte(46)
    used++
    first = p.u8(at++)
  }
  if (used > MAX_NAME) out.text('<DOMAIN NAME TOO LONG>')
  return next < 0 ? at : next
}

/** `\[x01/8]`: RFC 2673. Bits past the count are printed as they are in whole hexadecimal digits. */
function printBitString(p: Printer, at: number): number {
  const { out } = p
  if (at >= p.end) throw ABANDONED
  const count = dns.bitCount(u8(p.b, at++))
  out.text('\\[x')
  for (let rest = count; rest > 0; rest -= 8) {
    if (at >= p.end) throw ABANDONED
    const octet = u8(p.b, at++)
    if (rest > 4) out.hex(rest < 8 ? octet & (0xff << (8 - rest)) & 0xff : octet, 2)
    else out.hex((octet & (0xff << (8 - rest)) & 0xff) >> 4)
  }
  out.byte(47).dec(count).byte(93)
  return at
}
