/**
 * PPP control and authentication protocols as tcpdump prints them: LCP (RFC 1661), IPCP (1332), IPv6CP (5072), CCP (1962),
 * OSICP (1377), MPLSCP (3032), BACP and BAP (2125), PAP (1334), CHAP (1994).
 */
import { writeIp4, writeLinkAddress } from './address.js'
import { writeHex } from './dump.js'
import { ouiName } from './oui.js'
import { printText } from './packet-text.js'
import { pppProtocolName } from './ppp-names.js'
import { TRUNCATED, type Printer } from './printer.js'
import { tableOf, word, writeVisibleByte } from './tables.js'

const LCP = 0xc021
const IPCP = 0x8021
const IPV6CP = 0x8057
const CCP = 0x80fd
const BACP = 0xc02b

const Code = {
  VENDOR: 0, REQUEST: 1, ACK: 2, NACK: 3, REJECT: 4, TERMINATE_REQUEST: 5, TERMINATE_ACK: 6, CODE_REJECT: 7, PROTOCOL_REJECT: 8, ECHO_REQUEST: 9,
  ECHO_REPLY: 10, DISCARD: 11, IDENTIFICATION: 12, TIME_REMAINING: 13,
} as const
const CODES = tableOf({
  0: 'Vendor-Extension', 1: 'Conf-Request', 2: 'Conf-Ack', 3: 'Conf-Nack', 4: 'Conf-Reject', 5: 'Term-Request', 6: 'Term-Ack', 7: 'Code-Reject',
  8: 'Prot-Reject', 9: 'Echo-Request', 10: 'Echo-Reply', 11: 'Disc-Req', 12: 'Ident', 13: 'Time-Rem', 14: 'Reset-Req', 15: 'Reset-Ack',
})
const HEADER = 4

/** `LCP, Conf-Request (0x01), id 1, length 18`, and with -v what it holds. */
export function printControl(p: Printer, protocol: number, at: number, length: number): void {
  const { out } = p
  const name = pppProtocolName(protocol) ?? 'unknown'
  out.text(name).text(', ')
  if (length < HEADER || !p.has(at, 2)) return closeCut(p, name)
  const code = p.u8(at)
  const id = p.u8(at + 1)
  out.text(word(CODES, code, 'Unknown Opcode')).text(' (0x').hex(code, 2).text('), id ').dec(id).text(', length ').dec(length + 2)
  if (p.options.verbose === 0) return
  const size = p.u16(at + 2)
  out.text('\n\tencoded length ').dec(size)
  if (size > length) {
    out.text(' (> packet length ').dec(length).text('))')
    return
  }
  if (size < HEADER) {
    out.text(' (< 4))')
    return
  }
  const left = size - HEADER
  out.text(' (=Option(s) length ').dec(left).byte(41)
  if (left === 0) return
  printBody(p, protocol, name, code, at, left)
}

const closeCut = (p: Printer, name: string): void => {
  p.out.text('[|').text(name).byte(93)
}

function printBody(p: Printer, protocol: number, name: string, code: number, packet: number, left: number): void {
  const { out, b } = p
  const at = packet + HEADER
  switch (code) {
    case Code.VENDOR:
      if (left < 11) return
      p.need(at, 7)
      out.text('\n\t  Magic-Num 0x').hex(p.u32(at), 8).text(' Vendor: ').text(vendorName(p.u24(at + 4))).text(' (').dec(p.u24(at + 4)).byte(41)
      return
    case Code.REQUEST:
    case Code.ACK:
    case Code.NACK:
    case Code.REJECT:
      return printOptions(p, protocol, at, left)
    case Code.TERMINATE_REQUEST:
    case Code.TERMINATE_ACK:
    case Code.CODE_REJECT:
      return
    case Code.PROTOCOL_REJECT: {
      if (left < 2) return
      const rejected = p.u16(at)
      out.text('\n\t  Rejected ').text(pppProtocolName(rejected) ?? 'unknown').text(' Protocol (0x').hex(rejected, 4).byte(41)
      if (left > 2) {
        out.text('\n\t  Rejected Packet')
        writeHex(out, b, at + 2, Math.min(at + left, p.end), '\n\t    ')
      }
      return
    }
    case Code.ECHO_REQUEST:
    case Code.ECHO_REPLY:
    case Code.DISCARD:
      if (left < 4) return
      writeMagic(p, at)
      if (left > 4) {
        out.text('\n\t  -----trailing data-----')
        p.need(at + 4, left - 4)
        writeHex(out, b, at + 4, at + left, '\n\t  ')
      }
      return
    case Code.IDENTIFICATION:
      if (left < 4) return
      writeMagic(p, at)
      if (left > 4) {
        out.text('\n\t  Message\n\t    ')
        writeMessage(p, at + 4, left - 4)
        closeCut(p, name)
      }
      return
    case Code.TIME_REMAINING:
      if (left < 8) return
      writeMagic(p, at)
      out.text(', Seconds-Remaining ')
      out.dec(p.u32(at + 4)).byte(115)
      return
    default:
      writeHex(out, b, packet - 2, Math.min(at + left, p.end), '\n\t  ')
  }
}

function writeMagic(p: Printer, at: number): void {
  const magic = p.u32(at)
  p.out.text('\n\t  Magic-Num 0x').hex(magic, 8)
}

/** Text up to a zero byte, as far as it was captured. */
function writeMessage(p: Printer, at: number, length: number): void {
  for (let i = at; i < Math.min(at + length, p.end) && p.b[i] !== 0; i++) writeVisibleByte(p.out, p.b[i]!)
}

const vendorName = (oui: number): string => ouiName(oui)

function printOptions(p: Printer, protocol: number, at: number, left: number): void {
  do {
    const used = printOption(p, protocol, at, left)
    if (used === 0) return
    if (used > left) return
    at += used
    left -= used
  } while (left > 0)
}

/** How options that are cut end, by protocol. */
const CUT = tableOf({ [LCP]: '[|lcp]', [IPCP]: '[|ipcp]', [IPV6CP]: '[|ip6cp]', [CCP]: '[|ccp]', [BACP]: '[|bacp]' })

/** One option; returns its bytes, 0 when no more can be read. */
function printOption(p: Printer, protocol: number, at: number, left: number): number {
  const cut = CUT.get(protocol)
  if (cut === undefined) return 0
  if (left < 2 || !p.has(at, 2)) {
    p.out.text(cut)
    return 0
  }
  switch (protocol) {
    case LCP:
      return printLcpOption(p, at, left)
    case IPCP:
      return printIpcpOption(p, at, left)
    case IPV6CP:
      return printIpv6cpOption(p, at, left)
    case CCP:
      return printCcpOption(p, at, left)
    case BACP:
      return printBacpOption(p, at, left)
    default:
      return 0
  }
}

/** ` (length bogus, should be = 4)` */
function bogus(p: Printer, should: string): void {
  p.out.text(' (length bogus, should be ').text(should).byte(41)
}

/** `\n\t  MRU Option (0x01), length 4`; the length, or 0 where the option cannot be right. */
function startOption(p: Printer, names: ReadonlyMap<number, string>, unknown: string, at: number, left: number): number {
  const { out } = p
  const type = p.u8(at)
  const size = p.u8(at + 1)
  out.text('\n\t  ').text(names.get(type) ?? unknown).text(' Option (0x').hex(type, 2).text('), length ').dec(size)
  if (size < 2) {
    bogus(p, '>= 2')
    return 0
  }
  if (size > left) {
    out.text(' [remaining options length ').dec(left).text(' < ').dec(size).byte(93)
    p.invalid()
    return 0
  }
  return size
}

/** The value in hexadecimal. */
function writeValue(p: Printer, at: number, size: number): void {
  writeHex(p.out, p.b, at + 2, Math.min(at + size, p.end), '\n\t    ')
}

const LCP_OPTIONS = [
  'Vend-Ext', 'MRU', 'ACCM', 'Auth-Prot', 'Qual-Prot', 'Magic-Num', 'deprecated(6)', 'PFC', 'ACFC', 'FCS-Alt', 'SDP', 'Num-Mode', 'deprecated(12)',
  'Call-Back', 'deprecated(14)', 'deprecated(15)', 'deprecated(16)', 'MRRU', '12-Bit seq #', 'End-Disc', 'Proprietary', 'DCE-Id', 'MP+', 'Link-Disc',
  'LCP-Auth-Opt', 'COBS', 'Prefix-elision', 'Multilink-header-Form', 'I18N', 'SDL-over-SONET/SDH', 'PPP-Muxing',
] as const
const Lcp = {
  VENDOR: 0, MRU: 1, ACCM: 2, AUTHENTICATION: 3, QUALITY: 4, MAGIC: 5, PFC: 7, ACFC: 8, CALLBACK: 13, MRRU: 17, SHORT_SEQUENCE: 18, ENDPOINT: 19,
  LINK: 23,
} as const
const CALLBACKS = tableOf({ 0: 'UserAuth', 1: 'DialString', 2: 'LocalID', 3: 'E.164', 4: 'X.500', 6: 'CBCP' })
const ENDPOINTS = ['Null', 'Local', 'IPv4', 'MAC', 'Magic-Num-Block', 'PSNDN'] as const
const CHAP_ALGORITHMS = tableOf({ 5: 'MD5', 0x80: 'MS-CHAPv1', 0x81: 'MS-CHAPv2' })

function printLcpOption(p: Printer, at: number, left: number): number {
  const { out, b } = p
  const type = p.u8(at)
  const size = p.u8(at + 1)
  if (left < size) return 0
  const name = LCP_OPTIONS[type]
  if (name === undefined) out.text('\n\tunknown LCP option 0x').hex(type, 2)
  else out.text('\n\t  ').text(name).text(' Option (0x').hex(type, 2).text('), length ').dec(size)
  if (size < 2) {
    bogus(p, '>= 2')
    return 0
  }
  switch (type) {
    case Lcp.VENDOR:
      if (size < 6) {
        bogus(p, '>= 6')
        return size
      }
      p.need(at + 2, 3)
      out.text(': Vendor: ').text(vendorName(p.u24(at + 2))).text(' (').dec(p.u24(at + 2)).byte(41)
      return size
    case Lcp.MRU:
    case Lcp.MRRU:
      if (size !== 4) bogus(p, '= 4')
      else writeNumber(p, p.u16(at + 2))
      return size
    case Lcp.LINK:
      if (size !== 4) bogus(p, '= 4')
      else writeHexNumber(p, p.u16(at + 2), 4)
      return size
    case Lcp.ACCM:
    case Lcp.MAGIC:
      if (size !== 6) bogus(p, '= 6')
      else writeHexNumber(p, p.u32(at + 2), 8)
      return size
    case Lcp.AUTHENTICATION:
      if (size < 4) bogus(p, '>= 4')
      else printAuthentication(p, at, size)
      return size
    case Lcp.QUALITY:
      if (size < 4) bogus(p, '>= 4')
      else out.text(p.u16(at + 2) === 0xc025 ? ': LQR' : ': unknown')
      return size
    case Lcp.CALLBACK: {
      if (size < 3) {
        bogus(p, '>= 3')
        return size
      }
      out.text(': ')
      const operation = p.u8(at + 2)
      out.text(': Callback Operation ').text(word(CALLBACKS, operation, 'Unknown')).text(' (').dec(operation).byte(41)
      return size
    }
    case Lcp.ENDPOINT: {
      if (size < 3) {
        bogus(p, '>= 3')
        return size
      }
      const kind = p.u8(at + 2)
      if (kind === 2 && size !== 7) bogus(p, '= 7')
      else if (kind === 3 && size !== 9) bogus(p, '= 9')
      else {
        const kindName = ENDPOINTS[kind]
        p.need(at + 3, kind === 2 ? 4 : kind === 3 ? 6 : 0)
        out.text(': ')
        if (kindName === undefined) out.text('Unknown class ').dec(kind)
        else out.text(kindName)
        if (kind === 2) {
          out.byte(32)
          p.ip4(at + 3)
        } else if (kind === 3) {
          out.byte(32)
          writeLinkAddress(out, b, at + 3)
        }
      }
      return size
    }
    case Lcp.PFC:
    case Lcp.ACFC:
      return size
    default:
      if (name !== undefined && p.options.verbose < 2) writeValue(p, at, size)
  }
  if (p.options.verbose > 1) writeValue(p, at, size)
  return size
}

function writeNumber(p: Printer, value: number): void {
  p.out.text(': ').dec(value)
}

function writeHexNumber(p: Printer, value: number, digits: number): void {
  p.out.text(': 0x').hex(value, digits)
}

function printAuthentication(p: Printer, at: number, size: number): void {
  const { out } = p
  const protocol = p.u16(at + 2)
  out.text(': ')
  switch (protocol) {
    case 0xc023:
      out.text('PAP')
      return
    case 0xc223: {
      out.text('CHAP')
      const algorithm = p.u8(at + 4)
      out.text(', ').text(CHAP_ALGORITHMS.get(algorithm) ?? `Unknown Auth Alg ${algorithm}`)
      return
    }
    case 0xc227:
      out.text('EAP')
      return
    case 0xc027:
      out.text('SPAP')
      return writeDump(p, at, size)
    case 0xc025:
      out.text('LQM')
      return writeDump(p, at, size)
    default:
      out.text('Unknown Auth Proto (0x04x)')
      return writeDump(p, at, size)
  }
}

/** The whole option in hexadecimal. */
function writeDump(p: Printer, at: number, size: number): void {
  writeHex(p.out, p.b, at, Math.min(at + size, p.end), '\n\t')
}

const IPCP_OPTIONS = tableOf({ 1: 'IP-Addrs', 2: 'IP-Comp', 3: 'IP-Addr', 4: 'Home-Addr', 129: 'Pri-DNS', 130: 'Pri-NBNS', 131: 'Sec-DNS', 132: 'Sec-NBNS' })
const IP_COMPRESSIONS = tableOf({ 0x0037: 'VJ-Comp', 0x002d: 'VJ-Comp', 0x0061: 'IP Header Compression' })
const SUBOPTIONS = tableOf({ 1: 'RTP-Compression', 2: 'Enhanced RTP-Compression', 3: 'Suppress Data/Uncompressed' })

function printIpcpOption(p: Printer, at: number, left: number): number {
  const { out } = p
  const size = startOption(p, IPCP_OPTIONS, 'unknown', at, left)
  if (size === 0) return 0
  const type = p.u8(at)
  switch (type) {
    case 1:
      if (size !== 10) {
        bogus(p, '= 10')
        return size
      }
      p.need(at + 6, 4)
      out.text(': src ')
      writeIp4(out, p.b, at + 2)
      out.text(', dst ')
      writeIp4(out, p.b, at + 6)
      return size
    case 2:
      if (size < 4) bogus(p, '>= 4')
      else printIpCompression(p, at, size)
      return size
    case 3:
    case 4:
    case 129:
    case 130:
    case 131:
    case 132:
      if (size !== 6) bogus(p, '= 6')
      else {
        p.need(at + 2, 4)
        out.text(': ')
        writeIp4(out, p.b, at + 2)
      }
      return size
    default:
      writeValue(p, at, size)
      return size
  }
}

/** RFC 2507, RFC 2509 §2. */
function printIpCompression(p: Printer, at: number, size: number): void {
  const { out } = p
  const protocol = p.u16(at + 2)
  out.text(': ').text(word(IP_COMPRESSIONS, protocol, 'Unknown')).text(' (0x').hex(protocol, 2).text('):')
  if (protocol !== 0x0061) return
  if (size < 14) {
    bogus(p, '>= 14')
    return
  }
  p.need(at + 12, 2)
  out.text('\n\t    TCP Space ').dec(p.u16(at + 4)).text(', non-TCP Space ').dec(p.u16(at + 6)).text(', maxPeriod ').dec(p.u16(at + 8))
  out.text(', maxTime ').dec(p.u16(at + 10)).text(', maxHdr ').dec(p.u16(at + 12))
  let left = size - 14
  out.text('\n\t      Suboptions, length ').dec(left)
  at += 14
  while (left >= 2) {
    p.need(at, 2)
    const type = p.u8(at)
    const length = p.u8(at + 1)
    const name = SUBOPTIONS.get(type)
    out.text('\n\t\t').text(name ?? 'Unknown').text(' Suboption #').dec(type).text(', length ').dec(length)
    if (length < 2) {
      p.invalid()
      return
    }
    if (length > left) {
      out.text(' [remaining suboptions length ').dec(left).text(' < ').dec(length).byte(93)
      p.invalid()
      return
    }
    at += length
    left -= length
  }
}

const IPV6CP_OPTIONS = tableOf({ 1: 'Interface-ID' })

function printIpv6cpOption(p: Printer, at: number, left: number): number {
  const { out } = p
  const size = startOption(p, IPV6CP_OPTIONS, 'unknown', at, left)
  if (size === 0) return 0
  if (p.u8(at) !== 1) {
    writeValue(p, at, size)
    return size
  }
  if (size !== 10) {
    bogus(p, '= 10')
    return size
  }
  p.need(at + 2, 8)
  out.text(': ').hex(p.u16(at + 2), 4).byte(58).hex(p.u16(at + 4), 4).byte(58).hex(p.u16(at + 6), 4).byte(58).hex(p.u16(at + 8), 4)
  return size
}

const CCP_OPTIONS = tableOf({
  0: 'OUI', 1: 'Pred-1', 2: 'Pred-2', 3: 'Puddle', 16: 'HP-PPC', 17: 'Stac-LZS', 18: 'MPPC', 19: 'Gand-FZA', 20: 'V.42bis', 21: 'BSD-Comp',
  23: 'LZS-DCP', 24: 'MVRCA', 26: 'Deflate',
})

function printCcpOption(p: Printer, at: number, left: number): number {
  const { out } = p
  const size = startOption(p, CCP_OPTIONS, 'Unknown', at, left)
  if (size === 0) return 0
  switch (p.u8(at)) {
    case 21: {
      if (size < 3) {
        bogus(p, '>= 3')
        return size
      }
      const value = p.u8(at + 2)
      out.text(': Version: ').dec(value >> 5).text(', Dictionary Bits: ').dec(value & 0x1f)
      return size
    }
    case 24:
      if (size < 4) {
        bogus(p, '>= 4')
        return size
      }
      p.need(at + 2, 2)
      out.text(': Features: ').dec(p.u8(at + 2) >> 6).text(', PxP: ').text(p.u8(at + 2) & 0x20 ? 'Enabled' : 'Disabled')
      out.text(', History: ').dec(p.u8(at + 2) & 0x1f).text(', #CTX-ID: ').dec(p.u8(at + 3))
      return size
    case 26: {
      if (size < 4) {
        bogus(p, '>= 4')
        return size
      }
      p.need(at + 2, 2)
      const value = p.u8(at + 2)
      const method = value & 15
      out.text(': Window: ').dec((value >> 4)).text('K, Method: ').text(method === 8 ? 'zlib' : 'unknown').text(' (0x').hex(method)
      out.text('), MBZ: ').dec(p.u8(at + 3) >> 2).text(', CHK: ').dec(p.u8(at + 3) & 3)
      return size
    }
    default:
      writeValue(p, at, size)
      return size
  }
}

const BACP_OPTIONS = tableOf({ 1: 'Favored-Peer' })

function printBacpOption(p: Printer, at: number, left: number): number {
  const size = startOption(p, BACP_OPTIONS, 'Unknown', at, left)
  if (size === 0) return 0
  if (p.u8(at) !== 1) {
    writeValue(p, at, size)
    return size
  }
  if (size !== 6) {
    bogus(p, '= 6')
    return size
  }
  const magic = p.u32(at + 2)
  p.out.text(': Magic-Num 0x').hex(magic, 8)
  return size
}

const CHAP_CODES = tableOf({ 1: 'Challenge', 2: 'Response', 3: 'Success', 4: 'Fail' })

export function printChap(p: Printer, at: number, length: number): void {
  const { out, b } = p
  if (length < 1) {
    out.text('[|chap]')
    return
  }
  if (length < HEADER) {
    p.need(at, length)
    out.text('[|chap]')
    return
  }
  const code = p.u8(at)
  out.text('CHAP, ').text(word(CHAP_CODES, code, 'unknown')).text(' (0x').hex(code, 2).byte(41)
  const id = p.u8(at + 1)
  out.text(', id ').dec(id)
  const end = at + p.u16(at + 2)
  at += HEADER
  if (code === 1 || code === 2) {
    if (length - HEADER < 1) return
    const size = p.u8(at)
    at++
    if (end - at < size) return
    out.text(', Value ')
    for (let i = 0; i < size; i++) out.hex(p.u8(at + i), 2)
    at += size
    out.text(', Name ')
    for (; at < end; at++) writeVisibleByte(out, p.u8(at))
  } else if (code === 3 || code === 4) {
    out.text(', Msg ')
    for (; at < end; at++) writeVisibleByte(out, p.u8(at))
  }
  void b
}

const PAP_CODES = tableOf({ 1: 'Auth-Req', 2: 'Auth-ACK', 3: 'Auth-NACK' })

export function printPap(p: Printer, at: number, length: number): void {
  const { out } = p
  if (length < HEADER) {
    if (length >= 1) p.need(at, length)
    out.text('[|pap]')
    return
  }
  const code = p.u8(at)
  out.text('PAP, ').text(word(PAP_CODES, code, 'unknown')).text(' (0x').hex(code, 2).byte(41)
  const id = p.u8(at + 1)
  out.text(', id ').dec(id)
  const size = p.u16(at + 2)
  if (size < HEADER) {
    out.text(', length ').dec(size).text(' < PAP header length')
    return
  }
  if (size > length) {
    out.text(', length ').dec(size).text(' > packet size')
    return
  }
  const end = at + size
  at += HEADER
  if (code === 1) {
    if (end - at < 1) return
    const peer = p.u8(at)
    at++
    if (end - at < peer) return
    out.text(', Peer ')
    printText(p, at, peer)
    at += peer
    if (end - at < 1) return
    const secret = p.u8(at)
    at++
    if (end - at < secret) return
    out.text(', Name ')
    printText(p, at, secret)
  } else if (code === 2 || code === 3) {
    if (end - at < 1) {
      out.text('[|pap]')
      return
    }
    const message = p.u8(at)
    at++
    if (end - at < message) return
    out.text(', Msg ')
    printText(p, at, message)
  }
}

/** Nothing but its names is ever printed: tcpdump 4.99.3 prints nothing. */
export function printBap(p: Printer, at: number, length: number): void {
  void at
  if (length < 1) throw TRUNCATED
  void p
}
