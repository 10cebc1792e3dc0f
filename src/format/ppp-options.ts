/** Options of PPP control protocols as tcpdump prints them — LCP: RFC 1661 §6, RFC 1990; IPCP: RFC 1332, 1877; IPv6CP: RFC 5072; CCP: RFC 1962; BACP: RFC 2125. */
import { writeUnknownData } from './fields.js'
import { ouiName } from './oui.js'
import { pppProtocolName } from './ppp-names.js'
import type { Printer } from './printer.js'
import { type NumberTable, tableOf, word } from './tables.js'

/**
 * Prints the option at `at`, which may have `max` bytes.
 * @returns its bytes, 0 when none can follow it
 */
export type OptionPrinter = (p: Printer, at: number, max: number) => number

/** undefined: a protocol whose options are not known. */
export function optionPrinter(protocol: number): OptionPrinter | undefined {
  switch (protocol) {
    case 0xc021:
      return printLcpOption
    case 0x8021:
      return printIpcpOption
    case 0x8057:
      return printIpv6cpOption
    case 0x80fd:
      return printCcpOption
    case 0xc02b:
      return printBacpOption
    default:
      return undefined
  }
}

/** What a printer of a value says: all was printed, tcpdump does not know the option, or its length is wrong and (STOP) so are those behind it. */
type Outcome = 'known' | 'unknown' | 'wrong' | 'stop'

/** ` (length bogus, should be = 4)` */
function bogus(p: Printer, should: string, then: 'wrong' | 'stop'): Outcome {
  p.out.text(' (length bogus, should be ').text(should).byte(41)
  return then
}

/** Header, value and, with -vv or when it is unknown, dump of an option. */
function printOption(
  p: Printer, at: number, max: number, cut: string, names: NumberTable, unknown: string,
  printValue: (p: Printer, type: number, at: number, size: number) => Outcome,
): number {
  const { b, out, options } = p
  if (max < 2) return 0
  if (!p.has(at, 2)) {
    out.text('[|').text(cut).byte(93)
    return 0
  }
  const type = b[at]!
  const size = b[at + 1]!
  if (max < size) return 0
  out.text('\n\t  ').text(word(names, type, unknown)).text(' Option (0x').hex2(type).text('), length ').dec(size)
  if (size < 2) {
    bogus(p, '>= 2', 'stop')
    return 0
  }
  const outcome = printValue(p, type, at, size)
  if (outcome === 'stop') return 0
  if (outcome !== 'wrong' && (options.verbose > 1 || outcome === 'unknown')) writeUnknownData(p, at + 2, '\n\t    ', size - 2)
  return size
}

const LCP_OPTIONS = [
  'Vend-Ext', 'MRU', 'ACCM', 'Auth-Prot', 'Qual-Prot', 'Magic-Num', 'deprecated(6)', 'PFC', 'ACFC', 'FCS-Alt', 'SDP', 'Num-Mode', 'deprecated(12)',
  'Call-Back', 'deprecated(14)', 'deprecated(15)', 'deprecated(16)', 'MRRU', '12-Bit seq #', 'End-Disc', 'Proprietary', 'DCE-Id', 'MP+', 'Link-Disc',
  'LCP-Auth-Opt', 'COBS', 'Prefix-elision', 'Multilink-header-Form', 'I18N', 'SDL-over-SONET/SDH', 'PPP-Muxing',
] as const
const LCP_NAMES: NumberTable = new Map(LCP_OPTIONS.entries())
const Lcp = {
  VENDOR: 0, MRU: 1, ACCM: 2, AUTHENTICATION: 3, QUALITY: 4, MAGIC: 5, PFC: 7, ACFC: 8, CALLBACK: 13, MRRU: 17, ENDPOINT: 19, LINK: 23,
} as const
const QUALITY_REPORT = 0xc025
const CALLBACKS = tableOf({ 0: 'UserAuth', 1: 'DialString', 2: 'LocalID', 3: 'E.164', 4: 'X.500', 6: 'CBCP' })

function printLcpOption(p: Printer, at: number, max: number): number {
  const { b, out } = p
  if (max >= 2 && p.has(at, 2) && b[at]! >= LCP_OPTIONS.length && b[at + 1]! <= max) {
    out.text('\n\tunknown LCP option 0x').hex2(b[at]!)
    return b[at + 1]! < 2 ? 0 : b[at + 1]!
  }
  return printOption(p, at, max, 'lcp', LCP_NAMES, '', printLcpValue)
}

function printLcpValue(p: Printer, type: number, at: number, size: number): Outcome {
  const { out } = p
  switch (type) {
    case Lcp.VENDOR: {
      if (size < 6) return bogus(p, '>= 6', 'wrong')
      const vendor = p.u24(at + 2)
      out.text(': Vendor: ').text(ouiName(vendor)).text(' (').dec(vendor).byte(41)
      return 'known'
    }
    case Lcp.MRU:
    case Lcp.MRRU: {
      if (size !== 4) return bogus(p, '= 4', type === Lcp.MRU ? 'wrong' : 'stop')
      const unit = p.u16(at + 2)
      out.text(': ').dec(unit)
      return 'known'
    }
    case Lcp.LINK: {
      if (size !== 4) return bogus(p, '= 4', 'stop')
      const link = p.u16(at + 2)
      out.text(': 0x').hex(link, 4)
      return 'known'
    }
    case Lcp.ACCM:
    case Lcp.MAGIC: {
      if (size !== 6) return bogus(p, '= 6', type === Lcp.ACCM ? 'wrong' : 'stop')
      const value = p.u32(at + 2)
      out.text(': 0x').hex(value, 8)
      return 'known'
    }
    case Lcp.AUTHENTICATION:
      return size < 4 ? bogus(p, '>= 4', 'wrong') : printAuthentication(p, at, size)
    case Lcp.QUALITY: {
      if (size < 4) return bogus(p, '>= 4', 'stop')
      const protocol = p.u16(at + 2)
      out.text(protocol === QUALITY_REPORT ? ': LQR' : ': unknown')
      return 'known'
    }
    case Lcp.CALLBACK: {
      if (size < 3) return bogus(p, '>= 3', 'stop')
      out.text(': ')
      const operation = p.u8(at + 2)
      out.text(': Callback Operation ').text(word(CALLBACKS, operation, 'Unknown')).text(' (').dec(operation).byte(41)
      return 'known'
    }
    case Lcp.ENDPOINT:
      return size < 3 ? bogus(p, '>= 3', 'stop') : printEndpoint(p, at, size)
    case Lcp.PFC:
    case Lcp.ACFC:
      return 'known'
    default:
      return 'unknown'
  }
}

const CHAP = 0xc223
const ALGORITHMS = tableOf({ 5: 'MD5', 0x80: 'MS-CHAPv1', 0x81: 'MS-CHAPv2' })
/** PAP, EAP and both forms of SPAP: there is no more to an option that names them. */
const isBare = (protocol: number): boolean => protocol === 0xc023 || protocol === 0xc227 || protocol === 0xc027 || protocol === 0xc123

function printAuthentication(p: Printer, at: number, size: number): Outcome {
  const { out } = p
  const protocol = p.u16(at + 2)
  out.text(': ').text(pppProtocolName(protocol) ?? 'Unknown Auth Proto (0x04x)')
  if (protocol === CHAP) {
    const algorithm = p.u8(at + 4)
    out.text(', ').text(ALGORITHMS.get(algorithm) ?? `Unknown Auth Alg ${algorithm}`)
  } else if (!isBare(protocol)) writeUnknownData(p, at, '\n\t', size)
  return 'known'
}

const Endpoint = { IP4: 2, MAC: 3 } as const
const ENDPOINTS = ['Null', 'Local', 'IPv4 ', 'MAC ', 'Magic-Num-Block', 'PSNDN'] as const

/** RFC 1990 §5.1.3 */
function printEndpoint(p: Printer, at: number, size: number): Outcome {
  const { out } = p
  const kind = p.u8(at + 2)
  if (kind === Endpoint.IP4) {
    if (size !== 7) return bogus(p, '= 7', 'stop')
    p.need(at + 3, 4)
  } else if (kind === Endpoint.MAC) {
    if (size !== 9) return bogus(p, '= 9', 'stop')
    p.need(at + 3, 6)
  }
  out.text(': ').text(ENDPOINTS[kind] ?? `Unknown class ${kind}`)
  if (kind === Endpoint.IP4) p.ip4(at + 3)
  else if (kind === Endpoint.MAC) p.mac(at + 3)
  return 'known'
}

const IPCP_NAMES = tableOf({ 1: 'IP-Addrs', 2: 'IP-Comp', 3: 'IP-Addr', 4: 'Home-Addr', 129: 'Pri-DNS', 130: 'Pri-NBNS', 131: 'Sec-DNS', 132: 'Sec-NBNS' })

function printIpcpOption(p: Printer, at: number, max: number): number {
  return printOption(p, at, max, 'ipcp', IPCP_NAMES, 'unknown', printIpcpValue)
}

function printIpcpValue(p: Printer, type: number, at: number, size: number): Outcome {
  const { out } = p
  switch (type) {
    case 1:
      if (size !== 10) return bogus(p, '= 10', 'wrong')
      p.need(at + 2, 8)
      out.text(': src ')
      p.ip4(at + 2)
      out.text(', dst ')
      p.ip4(at + 6)
      return 'known'
    case 2:
      return size < 4 ? bogus(p, '>= 4', 'stop') : printCompression(p, at, size)
    case 3:
    case 4:
    case 129:
    case 130:
    case 131:
    case 132:
      if (size !== 6) return bogus(p, '= 6', 'stop')
      p.need(at + 2, 4)
      out.text(': ')
      p.ip4(at + 2)
      return 'known'
    default:
      return 'unknown'
  }
}

const HEADER_COMPRESSION = 0x0061
const COMPRESSIONS = tableOf({ 0x002d: 'VJ-Comp', 0x0061: 'IP Header Compression' })
const COMPRESSION_SIZE = 14
const SUBOPTIONS = tableOf({ 1: 'RTP-Compression', 2: 'Enhanced RTP-Compression' })

/** RFC 1332 §3.2, RFC 3544 §2.1. */
function printCompression(p: Printer, at: number, size: number): Outcome {
  const { out } = p
  const protocol = p.u16(at + 2)
  out.text(': ').text(word(COMPRESSIONS, protocol, 'Unknown')).text(' (0x').hex(protocol, 2).text('):')
  if (protocol !== HEADER_COMPRESSION) return 'known'
  if (size < COMPRESSION_SIZE) return bogus(p, '>= 14', 'stop')
  if (!p.has(at + 2, COMPRESSION_SIZE)) {
    out.text('[|ipcp]')
    return 'stop'
  }
  out.text('\n\t    TCP Space ').dec(p.u16(at + 4)).text(', non-TCP Space ').dec(p.u16(at + 6)).text(', maxPeriod ').dec(p.u16(at + 8))
  out.text(', maxTime ').dec(p.u16(at + 10)).text(', maxHdr ').dec(p.u16(at + 12))
  return size > COMPRESSION_SIZE ? printSuboptions(p, at, size) : 'known'
}

function printSuboptions(p: Printer, option: number, size: number): Outcome {
  const { b, out } = p
  let at = option + COMPRESSION_SIZE
  let left = size - COMPRESSION_SIZE
  out.text('\n\t      Suboptions, length ').dec(left)
  while (left >= 2) {
    if (!p.has(at, 2)) {
      out.text('[|ipcp]')
      return 'stop'
    }
    const type = b[at]!
    const length = b[at + 1]!
    if (type === 0 || length === 0) break
    out.text('\n\t\t').text(word(SUBOPTIONS, type, 'Unknown')).text(' Suboption #').dec(type).text(', length ').dec(length)
    if (left < length) {
      out.text(' [remaining suboptions length ').dec(left).text(' < ').dec(length).byte(93)
      p.invalid()
      break
    }
    left -= length
    at += length
  }
  // tcpdump goes on behind the suboptions: its dump of the option is one of what follows
  if (p.options.verbose > 1) writeUnknownData(p, at + 2, '\n\t    ', size - 2)
  return 'wrong'
}

const IPV6CP_NAMES = tableOf({ 1: 'Interface-ID' })

function printIpv6cpOption(p: Printer, at: number, max: number): number {
  return printOption(p, at, max, 'ip6cp', IPV6CP_NAMES, 'unknown', printIpv6cpValue)
}

function printIpv6cpValue(p: Printer, type: number, at: number, size: number): Outcome {
  const { out } = p
  if (type !== 1) return 'unknown'
  if (size !== 10) return bogus(p, '= 10', 'wrong')
  if (!p.has(at + 2, 8)) {
    out.text('[|ip6cp]')
    return 'stop'
  }
  out.text(': ').hex(p.u16(at + 2), 4).byte(58).hex(p.u16(at + 4), 4).byte(58).hex(p.u16(at + 6), 4).byte(58).hex(p.u16(at + 8), 4)
  return 'known'
}

const CCP_NAMES = tableOf({
  0: 'OUI', 1: 'Pred-1', 2: 'Pred-2', 3: 'Puddle', 16: 'HP-PPC', 17: 'Stac-LZS', 18: 'MPPC', 19: 'Gand-FZA', 20: 'V.42bis', 21: 'BSD-Comp',
  23: 'LZS-DCP', 24: 'MVRCA', 25: 'DEC', 26: 'Deflate', 255: 'Reserved',
})
const Ccp = { BSD: 21, MVRCA: 24, DEFLATE: 26 } as const

function printCcpOption(p: Printer, at: number, max: number): number {
  return printOption(p, at, max, 'ccp', CCP_NAMES, 'Unknown', printCcpValue)
}

function printCcpValue(p: Printer, type: number, at: number, size: number): Outcome {
  const { out } = p
  if (type === Ccp.BSD) {
    if (size < 3) return bogus(p, '>= 3', 'wrong')
    const value = p.u8(at + 2)
    out.text(': Version: ').dec(value >> 5).text(', Dictionary Bits: ').dec(value & 0x1f)
    return 'known'
  }
  if (type !== Ccp.MVRCA && type !== Ccp.DEFLATE) return 'unknown'
  if (size < 4) return bogus(p, '>= 4', 'wrong')
  const first = p.u8(at + 2)
  const second = p.u8(at + 3)
  if (type === Ccp.MVRCA) {
    out.text(': Features: ').dec(first >> 6).text(', PxP: ').text(first & 0x20 ? 'Enabled' : 'Disabled')
    out.text(', History: ').dec(first & 0x1f).text(', #CTX-ID: ').dec(second)
  } else {
    out.text(': Window: ').dec(first >> 4).text('K, Method: ').text((first & 15) === 8 ? 'zlib' : 'unknown').text(' (0x').hex(first & 15)
    out.text('), MBZ: ').dec(second >> 2).text(', CHK: ').dec(second & 3)
  }
  return 'known'
}

const BACP_NAMES = tableOf({ 1: 'Favored-Peer' })

function printBacpOption(p: Printer, at: number, max: number): number {
  return printOption(p, at, max, 'bacp', BACP_NAMES, 'Unknown', printBacpValue)
}

function printBacpValue(p: Printer, type: number, at: number, size: number): Outcome {
  if (type !== 1) return 'unknown'
  if (size !== 6) return bogus(p, '= 6', 'wrong')
  const magic = p.u32(at + 2)
  p.out.text(': Magic-Num 0x').hex(magic, 8)
  return 'known'
}
