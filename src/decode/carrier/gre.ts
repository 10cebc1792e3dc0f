/** GRE (RFC 2784, RFC 2890), that of PPTP (RFC 2637 §4.1), and what it mirrors: ERSPAN; EtherIP (RFC 3378); PIM's registers (RFC 7761 §4.9.3); L2TPv3 over IP (RFC 3931 §4.1). */
import { u16, u32, u8 } from '../../bytes.js'
import * as gre from '../gre.js'
import { Kind, type Step } from './step.js'

const Protocol = { ERSPAN3: 0x22eb, FRAME_RELAY: 0x6559, WCCP: 0x883e, ERSPAN: 0x88be, CISCO_METADATA: 0x8909 } as const
/** Aruba's: frames of IEEE 802.11, one number a queue. */
const isWireless = (protocol: number): boolean => protocol >= 0x8200 && protocol <= 0x8390 && (protocol & 0x0f) === 0
const POINT_TO_POINT = 1

export function stepGre(s: Step, b: Uint8Array): void {
  if (!s.has(4)) return
  const flags = u16(b, s.at), protocol = u16(b, s.at + 2), version = flags & gre.Flag.VERSION
  if (version > POINT_TO_POINT || flags & gre.Flag.ROUTING) return
  const header = 4 + (flags & gre.Flag.CHECKSUM ? 4 : 0) + (flags & gre.Flag.KEY ? 4 : 0) + (flags & gre.Flag.SEQUENCE ? 4 : 0) + (version === POINT_TO_POINT && flags & gre.Flag.ACK ? 4 : 0)
  if (isWireless(protocol)) return s.to(Kind.IEEE80211, header)
  switch (protocol) {
    case Protocol.ERSPAN:
      // type I has no header of its own, and no sequence numbers
      return s.to(flags & gre.Flag.SEQUENCE ? Kind.ERSPAN : Kind.ETHERNET, header)
    case Protocol.ERSPAN3:
      return s.to(Kind.ERSPAN3, header)
    case Protocol.FRAME_RELAY:
      return s.to(Kind.FRAME_RELAY, header)
    case Protocol.WCCP:
      // version 2 redirects with four bytes before the packet, version 1 without
      if (s.has(header + 1)) s.to(Kind.IP, header + (u8(b, s.at + header) >> 4 === 4 ? 0 : 4))
      return
    case Protocol.CISCO_METADATA:
      // in Ethernet the EtherType is behind them
      if (s.has(header + 8)) s.to(Kind.ETHERTYPE, header + 8, u16(b, s.at + header))
      return
    default:
      if (protocol > 1500) s.to(Kind.ETHERTYPE, header, protocol)
  }
}

const ERSPAN_HEADER = 8
const ERSPAN3_HEADER = 12
const ERSPAN3_SUBHEADER = 8
/** In type III: bits 13 to 9 of the last 16 say what kind of frame it is, the last that a platform's subheader follows. */
const ERSPAN_IP = 2

export function stepErspan(s: Step): void {
  if (s.has(ERSPAN_HEADER)) s.to(Kind.ETHERNET, ERSPAN_HEADER)
}

export function stepErspan3(s: Step, b: Uint8Array): void {
  if (!s.has(ERSPAN3_HEADER)) return
  const last = u16(b, s.at + 10)
  s.to(((last >> 10) & 0x1f) === ERSPAN_IP ? Kind.IP : Kind.ETHERNET, ERSPAN3_HEADER + (last & 1 ? ERSPAN3_SUBHEADER : 0))
}

export function stepEtherIp(s: Step, b: Uint8Array): void {
  if (s.has(2) && u8(b, s.at) >> 4 === 3) s.to(Kind.ETHERNET, 2)
}

const PIM_REGISTER = 0x21
export function stepPim(s: Step, b: Uint8Array): void {
  if (s.has(9) && u8(b, s.at) === PIM_REGISTER) s.to(Kind.IP, 8)
}

/** A session number that is not 0, and no more is known: neither of a cookie nor of what the session carries. Frames without either are found. */
export function stepL2tp3(s: Step, b: Uint8Array): void {
  if (s.has(4) && u32(b, s.at) !== 0) s.to(Kind.PERHAPS_ETHERNET, 4)
}
