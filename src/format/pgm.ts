/** Pragmatic General Multicast — RFC 3208 — as tcpdump prints it. */
import { u16, u32, u8 } from '../bytes.js'
import * as ip4 from '../decode/ip4.js'
import * as ip6 from '../decode/ip6.js'
import { Protocol } from '../decode/ip-protocol.js'
import { addressEnd, printPgmOptions, writeAddress } from './pgm-options.js'
import type { Printer } from './printer.js'
import { printZmtpDatagram } from './zmtp.js'

const HEADER = 16
const Type = { SPM: 0, POLL: 1, POLR: 2, ODATA: 4, RDATA: 5, NAK: 8, NULL_NAK: 9, NCF: 10, ACK: 11, SPMR: 12 } as const
const HAS_OPTIONS = 0x01

/** Over IP, or in UDP (then behind its addresses) with -T pgm. `ip` is the IP header. */
export function printPgm(p: Printer, at: number, length: number, ip: number): void {
  const { b, out, options } = p
  p.protocol = 'pgm'
  const isIp6 = ip4.version(b, ip) === 6
  const source = ip + (isIp6 ? ip6.SOURCE_AT : ip4.SOURCE_AT)
  const destination = ip + (isIp6 ? ip6.DESTINATION_AT : ip4.DESTINATION_AT)
  const writeHost = (where: number): void => (isIp6 ? p.ip6(where) : p.ip4(where))
  if (!p.has(at, 4)) {
    writeHost(source)
    out.text(' > ')
    writeHost(destination)
    out.byte(58)
    return p.truncated()
  }
  const isDirect = (isIp6 ? ip6.nextHeader(b, ip) : ip4.protocol(b, ip)) === Protocol.PGM
  for (const [where, port, behind] of [[source, u16(b, at), ' > '], [destination, u16(b, at + 2), ': ']] as const) {
    if (isDirect) {
      writeHost(where)
      out.byte(46)
    }
    p.tcpPort(port)
    out.text(behind)
  }
  if (!p.has(at, HEADER)) return p.truncated()
  out.text('PGM, length ').dec(u16(b, at + 14))
  if (options.verbose === 0) return
  out.text(' 0x').hexBytes(b, at + 8, at + 14).byte(32)
  const type = u8(b, at + 4)
  let here = printBody(p, at + HEADER, at, type)
  if (here < 0) return p.truncated()
  if (u8(b, at + 5) & HAS_OPTIONS) {
    here = printPgmOptions(p, here)
    if (here < 0) return
  }
  out.text(' [').dec(length).byte(93)
  if (options.type === 'pgm_zmtp1' && (type === Type.ODATA || type === Type.RDATA)) printZmtpDatagram(p, here, u16(b, at + 14))
}

/** Returns the offset behind it, where options may stand; -1 where it is cut or cannot be read on. */
function printBody(p: Printer, at: number, header: number, type: number): number {
  const { b, out } = p
  switch (type) {
    case Type.SPM: {
      const end = p.has(at, 16) ? addressEnd(p, at + 16, u16(b, at + 12)) : -1
      if (end < 0) return -1
      out.text('SPM seq ').dec(u32(b, at)).text(' trail ').dec(u32(b, at + 4)).text(' lead ').dec(u32(b, at + 8)).text(' nla ')
      writeAddress(p, at + 16, end)
      return end
    }
    case Type.POLL: {
      const end = p.has(at, 12) ? addressEnd(p, at + 12, u16(b, at + 8)) : -1
      if (end < 0) return -1
      p.need(end, 12)
      out.text('POLL seq ').dec(u32(b, at)).text(' round ').dec(u16(b, at + 4)).text(' nla ')
      writeAddress(p, at + 12, end)
      out.text(' ivl ').dec(u32(b, end)).text(' rnd 0x').hex(u32(b, end + 4), 8).text(' mask 0x').hex(u32(b, end + 8), 8)
      return end + 12
    }
    case Type.POLR:
      if (!p.has(at, 8)) return -1
      out.text('POLR seq ').dec(u32(b, at)).text(' round ').dec(u16(b, at + 4))
      return at + 8
    case Type.ODATA:
    case Type.RDATA:
      if (!p.has(at, 8)) return -1
      out.text(type === Type.ODATA ? 'ODATA' : 'RDATA').text(' trail ').dec(u32(b, at + 4)).text(' seq ').dec(u32(b, at))
      return at + 8
    case Type.NAK:
    case Type.NULL_NAK:
    case Type.NCF:
      return printNak(p, at, type)
    case Type.ACK:
      if (!p.has(at, 8)) return -1
      out.text('ACK seq ').dec(u32(b, at))
      return at + 8
    // tcpdump 4.99.3 looks for the options of these in the header
    case Type.SPMR:
      out.text('SPMR')
      return header
    default:
      out.text('UNKNOWN type 0x').hex(type, 2)
      return header
  }
}

function printNak(p: Printer, at: number, type: number): number {
  const { b, out } = p
  const sourceEnd = p.has(at, 8) ? addressEnd(p, at + 8, u16(b, at + 4)) : -1
  if (sourceEnd < 0) return -1
  // tcpdump 4.99.3 reads family and address of the group from the same place
  const group = sourceEnd + 4
  const groupEnd = addressEnd(p, group, p.u16(group))
  if (groupEnd < 0) return -1
  out.text(type === Type.NAK ? 'NAK (' : type === Type.NULL_NAK ? 'NNAK (' : 'NCF (')
  writeAddress(p, at + 8, sourceEnd)
  out.text(' -> ')
  writeAddress(p, group, groupEnd)
  out.text('), seq ').dec(u32(b, at))
  return groupEnd
}
