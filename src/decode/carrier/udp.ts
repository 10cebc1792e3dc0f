/** Tunnels in UDP, by their ports: VXLAN, GENEVE, GTP, L2TP, Teredo, AYIYA, CAPWAP, LISP, TZSP, MPLS and GRE. */
import { u16, u32, u8 } from '../../bytes.js'
import { stepNextProtocol } from './ethertype.js'
import { Kind, type Step } from './step.js'

const PORTS: readonly (readonly [port: number, kind: number])[] = [
  [1701, Kind.L2TP], [2152, Kind.GTP], [3386, Kind.GTP_PRIME], [3544, Kind.TEREDO], [4341, Kind.LISP], [4342, Kind.LISP_CONTROL], [4754, Kind.GRE], [4789, Kind.VXLAN],
  [4790, Kind.VXLAN_GPE], [5072, Kind.AYIYA], [5247, Kind.CAPWAP], [6081, Kind.GENEVE], [6635, Kind.MPLS], [8472, Kind.VXLAN_OLD], [37008, Kind.TZSP],
]

/** For each port, what a datagram to or from it holds; NONE of ports that no tunnel has. Every datagram asks: a table is faster than comparing. */
export function kindsOfPorts(): Uint8Array {
  const kinds = new Uint8Array(0x10000)
  for (const [port, kind] of PORTS) kinds[port] = kind
  return kinds
}

const VXLAN_HEADER = 8

/** RFC 7348 §5; whatever the flags say: senders set those of extensions, and some not even the one that must be set. */
export function stepVxlan(s: Step): void {
  s.to(Kind.ETHERNET, VXLAN_HEADER)
}

/** At a port that is others' too: all that is reserved must be 0. */
export function stepOldVxlan(s: Step, b: Uint8Array): void {
  if (s.has(VXLAN_HEADER) && u32(b, s.at) === 0x08000000 && u8(b, s.at + 7) === 0) s.to(Kind.ETHERNET, VXLAN_HEADER)
}

const ETHERNET = 3

/** draft-ietf-nvo3-vxlan-gpe §3. The flag that says that the next protocol is named is not always set where it is. */
export function stepVxlanGpe(s: Step, b: Uint8Array): void {
  if (s.has(VXLAN_HEADER)) stepNextProtocol(s, u8(b, s.at + 3) === 0 ? ETHERNET : u8(b, s.at + 3), VXLAN_HEADER)
}

/** RFC 8926 §3.4: version 0, options counted in words, an EtherType. */
export function stepGeneve(s: Step, b: Uint8Array): void {
  if (s.has(8) && u8(b, s.at) >> 6 === 0 && u16(b, s.at + 2) > 1500) s.to(Kind.ETHERTYPE, 8 + (u8(b, s.at) & 0x3f) * 4, u16(b, s.at + 2))
}

const TPDU = 255
const GtpFlag = { EXTENSION: 0x04, ANY: 0x07, PROTOCOL: 0x10 } as const

/** 3GPP TS 29.281 §5.1: the length of what is behind the first eight bytes; four more when any of three flags is set, then extension headers, counted in words, each with the type of the next at its end. */
export function stepGtp(s: Step, b: Uint8Array): void {
  if (!s.has(8)) return
  const flags = u8(b, s.at)
  if (flags >> 5 === 0) return stepGtp0(s, b)
  if (flags >> 5 !== 1 || (flags & GtpFlag.PROTOCOL) === 0 || u8(b, s.at + 1) !== TPDU) return
  let header = 8
  const wireEnd = s.at + header + u16(b, s.at + 2)
  if (flags & GtpFlag.ANY) {
    header += 4
    if (!s.has(header)) return
    let next = flags & GtpFlag.EXTENSION ? u8(b, s.at + header - 1) : 0
    while (next !== 0) {
      if (!s.has(header + 4)) return
      const length = u8(b, s.at + header) * 4
      if (length === 0 || !s.has(header + length)) return
      header += length
      next = u8(b, s.at + header - 1)
    }
  }
  s.to(Kind.IP, header)
  s.narrow(wireEnd - s.at)
}

/** GSM 09.60 §6: 20 bytes. */
export function stepGtp0(s: Step, b: Uint8Array): void {
  if (!s.has(20) || u8(b, s.at) >> 5 !== 0 || (u8(b, s.at) & GtpFlag.PROTOCOL) === 0 || u8(b, s.at + 1) !== TPDU) return
  const length = u16(b, s.at + 2)
  s.to(Kind.IP, 20)
  s.narrow(length)
}

const L2tpFlag = { CONTROL: 0x8000, LENGTH: 0x4000, SEQUENCE: 0x0800, OFFSET: 0x0200, VERSION: 0x000f } as const

/** RFC 2661 §3.1, and version 3 in UDP: RFC 3931 §4.1.2.1. */
export function stepL2tp(s: Step, b: Uint8Array): void {
  if (!s.has(8)) return
  const flags = u16(b, s.at)
  if (flags & L2tpFlag.CONTROL) return
  if ((flags & L2tpFlag.VERSION) === 3) return s.to(Kind.L2TP3, 4)
  if ((flags & L2tpFlag.VERSION) !== 2) return
  if (flags & L2tpFlag.LENGTH) s.narrow(u16(b, s.at + 2))
  let header = 6 + (flags & L2tpFlag.LENGTH ? 2 : 0) + (flags & L2tpFlag.SEQUENCE ? 4 : 0)
  if (flags & L2tpFlag.OFFSET) {
    if (!s.has(header + 2)) return
    header += 2 + u16(b, s.at + header)
  }
  s.to(Kind.PPP_HDLC, header)
}

const TEREDO_AUTHENTICATION = 1
const TEREDO_ORIGIN = 0
const TEREDO_ORIGIN_LENGTH = 8

/** RFC 4380 §5.1.1: before the packet authentication data, an origin indication, or both. */
export function stepTeredo(s: Step, b: Uint8Array): void {
  let header = 0
  if (s.has(4) && u16(b, s.at) === TEREDO_AUTHENTICATION) header = 13 + u8(b, s.at + 2) + u8(b, s.at + 3)
  if (s.has(header + TEREDO_ORIGIN_LENGTH) && u16(b, s.at + header) === TEREDO_ORIGIN) header += TEREDO_ORIGIN_LENGTH
  s.to(Kind.IP6, header)
}

const AYIYA_FORWARD = 1
const PROTOCOL_IP6 = 41
const PROTOCOL_IP4 = 4

/** draft-massar-v6ops-ayiya-02 §3: an identity of 2ⁿ bytes and a signature of n words. */
export function stepAyiya(s: Step, b: Uint8Array): void {
  if (!s.has(8) || (u8(b, s.at + 2) & 0x0f) !== AYIYA_FORWARD) return
  const header = 8 + (1 << (u8(b, s.at) >> 4)) + (u8(b, s.at + 1) >> 4) * 4, next = u8(b, s.at + 3)
  if (next === PROTOCOL_IP6) s.to(Kind.IP6, header)
  else if (next === PROTOCOL_IP4) s.to(Kind.IP4, header)
}

const WIRELESS_BINDING = 1

/** RFC 5415 §4.3: frames as they were on the air (RFC 5416 §2), or bridged. DTLS, fragments and keep-alives hold none. */
export function stepCapwap(s: Step, b: Uint8Array): void {
  if (!s.has(8) || u8(b, s.at) !== 0) return
  const word = u32(b, s.at), header = ((word >>> 19) & 0x1f) * 4
  const isNative = (word & 0x100) !== 0, isFragment = (word & 0x80) !== 0, isKeepAlive = (word & 0x08) !== 0
  if (header < 8 || isKeepAlive || (isFragment && u16(b, s.at + 6) >> 3 !== 0)) return
  if (!isNative) s.to(Kind.ETHERNET, header)
  // 1: the two bytes of the frame control field in the order that Cisco's devices send
  else if (((word >>> 9) & 0x1f) === WIRELESS_BINDING) s.to(Kind.IEEE80211, header, 1)
}

/** RFC 6830 §5.3. */
export function stepLisp(s: Step): void {
  s.to(Kind.IP, 8)
}

const LISP_ENCAPSULATED = 8

/** RFC 6830 §6.1.8: control messages on their way through a server, in a packet of their own. */
export function stepLispControl(s: Step, b: Uint8Array): void {
  if (s.has(5) && u8(b, s.at) >> 4 === LISP_ENCAPSULATED) s.to(Kind.IP, 4)
}

const TZSP_PADDING = 0
const TZSP_END = 1

/** TaZmen Sniffer Protocol: tags of one byte and a length, up to the last; then a frame. */
export function stepTzsp(s: Step, b: Uint8Array): void {
  if (!s.has(4) || u8(b, s.at) !== 1) return
  const protocol = u16(b, s.at + 2)
  let at = s.at + 4
  for (;;) {
    if (at >= s.end) return
    const tag = u8(b, at++)
    if (tag === TZSP_END) break
    if (tag === TZSP_PADDING) continue
    if (at >= s.end) return
    at += 1 + u8(b, at)
  }
  s.at = at
  if (protocol === 1) s.to(Kind.ETHERNET, 0)
  else if (protocol === 18) s.to(Kind.IEEE80211, 0)
  else if (protocol === 119) s.to(Kind.PRISM, 0)
  else if (protocol === 127) s.to(Kind.AVS, 0)
}
