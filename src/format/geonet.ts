/** GeoNetworking, messages of vehicles, as tcpdump prints it — ETSI TS 102 636-4-1 §8, TS 102 636-5-1 §7. */
import { printData } from './data.js'
import type { Printer } from './printer.js'
import { tableOf } from './tables.js'

const COMMON_HEADER = 36
const ADDRESS = 8
/** Where the position of the sender stands in the common header. */
const POSITION_AT = 8
const MULTI_HOP_HEADER = 32
const BTP_HEADER = 4
const NEXT_HEADERS = ['Any', 'BTP-A', 'BTP-B', 'IPv6'] as const
const TYPES = tableOf({ 0: 'Any', 1: 'Beacon', 2: 'GeoUnicast' })
/** By type and subtype. */
const SUBTYPES = tableOf({
  0x30: 'GeoAnycastCircle', 0x31: 'GeoAnycastRect', 0x32: 'GeoAnycastElipse', 0x40: 'GeoBroadcastCircle', 0x41: 'GeoBroadcastRect',
  0x42: 'GeoBroadcastElipse', 0x50: 'TopoScopeBcast-SH', 0x51: 'TopoScopeBcast-MH', 0x60: 'LocService-Request', 0x61: 'LocService-Reply',
})
const MESSAGES = tableOf({
  0: 'CAM', 1: 'DENM', 101: 'TPEGM', 102: 'TSPDM', 103: 'VPM', 104: 'SRM', 105: 'SLAM', 106: 'ecoCAM', 107: 'ITM', 150: 'SA',
})

/** @param source where the link-layer address of the sender stands, -1 when there is none */
export function printGeoNet(p: Printer, at: number, length: number, source: number): void {
  const { out } = p
  p.protocol = 'geonet'
  out.text('GeoNet ')
  if (source >= 0) {
    out.text('src:')
    p.linkAddress(source)
  }
  out.text('; ')
  if (length < COMMON_HEADER) {
    out.text(' (common header length ').dec(length).text(' < 36)')
    return p.invalid()
  }
  const next = p.u8(at) & 15
  const kind = p.u8(at + 1)
  const payload = p.u16(at + 4)
  const hops = p.u8(at + 7)
  out.text('v:').dec(p.b[at]! >> 4).text(' NH:').dec(next).byte(45).text(NEXT_HEADERS[next] ?? 'Unknown')
  out.text(' HT:').dec(kind >> 4).byte(45).dec(kind & 15).byte(45).text(SUBTYPES.get(kind) ?? TYPES.get(kind >> 4) ?? 'Unknown')
  out.text(' HopLim:').dec(hops).text(' Payload:').dec(payload).byte(32)
  printPosition(p, at + POSITION_AT)
  p.need(at, COMMON_HEADER)
  printInside(p, kind, next, at + COMMON_HEADER, length - COMMON_HEADER)
}

/** `GN_ADDR:14:00:… lat:488345654 lon:23541234` */
function printPosition(p: Printer, at: number): void {
  const { b, out } = p
  p.need(at, ADDRESS)
  out.text('GN_ADDR:').hex2(b[at]!)
  for (let i = 1; i < ADDRESS; i++) out.byte(58).hex2(b[at + i]!)
  out.byte(32)
  const latitude = p.u32(at + 12)
  out.text('lat:').dec(latitude).byte(32)
  const longitude = p.u32(at + 16)
  out.text('lon:').dec(longitude)
}

/** Bytes of the header behind the common one, -1 where they are not known. */
function extendedHeader(kind: number): number {
  if (kind >> 4 <= 1 || kind === 0x50) return 0
  return kind === 0x51 ? MULTI_HOP_HEADER : -1
}

function printInside(p: Printer, kind: number, next: number, at: number, length: number): void {
  const { out } = p
  const header = extendedHeader(kind)
  if (header >= 0) {
    if (length < header) {
      out.text(' (header size ').dec(header).text(' > ').dec(length).byte(41)
      return p.invalid()
    }
    p.need(at, header)
    at += header
    length -= header
    if (next === 1 || next === 2) {
      if (length < BTP_HEADER) {
        out.text(' (BTP length ').dec(length).text(' < 4)')
        return p.invalid()
      }
      printTransport(p, at, length)
      at += BTP_HEADER
      length -= BTP_HEADER
    }
  }
  if (p.options.verbose > 0) printData(p, at, length)
}

/** Ports, and the head of a message. */
function printTransport(p: Printer, at: number, length: number): void {
  const { out } = p
  const to = p.u16(at)
  out.text('; BTP Dst:').dec(to)
  const from = p.u16(at + 2)
  out.text(' Src:').dec(from)
  if (length < BTP_HEADER + 2) return
  const version = p.u8(at + BTP_HEADER)
  out.text('; ItsPduHeader v:').dec(version)
  const type = p.u8(at + BTP_HEADER + 1)
  out.text(' t:').dec(type).byte(45).text(MESSAGES.get(type) ?? `unknown (${type})`)
}
