/** PPP (RFC 1661), its framings, and what else runs on serial lines: Cisco HDLC (RFC 1547 §4.3.1), Frame Relay (RFC 2427), its bundles (FRF.16). */
import { u16, u8 } from '../../bytes.js'
import { Kind, type Step } from './step.js'

const Protocol = { IP4: 0x0021, BRIDGED: 0x0031, MULTILINK: 0x003d, IP6: 0x0057, MPLS: 0x0281, MPLS_MULTICAST: 0x0283 } as const
/** HDLC's address of all stations, before a control field: no protocol begins with it. */
const ALL_STATIONS = 0xff
const CHDLC_UNICAST = 0x0f00
const CHDLC_BROADCAST = 0x8f00
/** A whole packet in one fragment: it begins and ends here. */
const WHOLE_FRAGMENT = 0xc0
const UI = 0x03

export function stepPppHdlc(s: Step, b: Uint8Array): void {
  if (!s.has(2)) return
  const first = u16(b, s.at)
  if (first === CHDLC_UNICAST || first === CHDLC_BROADCAST) s.to(Kind.CHDLC, 0)
  else s.to(Kind.PPP, first >> 8 === ALL_STATIONS ? 2 : 0)
}

/** The protocol field is one byte when that is odd (RFC 1661 §6.5). */
export function stepPpp(s: Step, b: Uint8Array): void {
  if (!s.has(1)) return
  const isShort = (u8(b, s.at) & 1) === 1
  if (!isShort && !s.has(2)) return
  const header = isShort ? 1 : 2
  switch (isShort ? u8(b, s.at) : u16(b, s.at)) {
    case Protocol.IP4:
      return s.to(Kind.IP4, header)
    case Protocol.IP6:
      return s.to(Kind.IP6, header)
    case Protocol.MPLS:
    case Protocol.MPLS_MULTICAST:
      return s.to(Kind.MPLS, header)
    case Protocol.BRIDGED:
      return stepBridged(s, b, header)
    case Protocol.MULTILINK:
      // RFC 1990 §3, long sequence numbers
      if (s.has(header + 4) && (u8(b, s.at + header) & WHOLE_FRAGMENT) === WHOLE_FRAGMENT) s.to(Kind.PPP, header + 4)
      return
    default:
  }
}

/** RFC 3518 §4.2: flags and the MAC type, of which 1 is IEEE 802.3; a LAN identifier when the third bit is set. */
function stepBridged(s: Step, b: Uint8Array, header: number): void {
  if (s.has(header + 2) && u8(b, s.at + header + 1) === 1) s.to(Kind.ETHERNET, header + 2 + (u8(b, s.at + header) & 0x40 ? 4 : 0))
}

/** Version, type, code, session and length, then PPP's protocol — RFC 2516 §4. Code 0 is data. */
export function stepPppoe(s: Step, b: Uint8Array): void {
  if (!s.has(6) || u8(b, s.at + 1) !== 0) return
  const length = u16(b, s.at + 4)
  s.to(Kind.PPP, 6)
  s.narrow(length)
}

export function stepChdlc(s: Step, b: Uint8Array): void {
  if (s.has(4) && u16(b, s.at + 2) > 1500) s.to(Kind.ETHERTYPE, 4, u16(b, s.at + 2))
}

/** An address of two to four bytes, the last with its lowest bit set; then a control field and a protocol identifier, or Cisco's EtherType. */
export function stepFrameRelay(s: Step, b: Uint8Array): void {
  let size = 1
  while (size <= 4 && s.has(size) && (u8(b, s.at + size - 1) & 1) === 0) size++
  if (size < 2 || size > 4 || !s.has(size + 2)) return
  if (u8(b, s.at + size) !== UI) s.to(Kind.ETHERTYPE, size + 2, u16(b, s.at + size))
  else s.to(Kind.NLPID, size + (u8(b, s.at + size + 1) === 0 ? 2 : 1))
}

export function stepMultilinkFrameRelay(s: Step, b: Uint8Array): void {
  if (s.has(2) && (u8(b, s.at) & WHOLE_FRAGMENT) === WHOLE_FRAGMENT && (u8(b, s.at) & 0x20) === 0) s.to(Kind.FRAME_RELAY, 2)
}
