/** What an EtherType names: packets, and the tags and shims before another EtherType or another frame. */
import { u16, u8 } from '../../bytes.js'
import * as ethernet from '../link/ethernet.js'
import { Kind, type Step } from './step.js'

const Type = {
  IP4: 0x0800,
  TRILL: 0x22f3,
  BRIDGED: 0x6558,
  BRIDGED_OLD: 0x6400,
  IP6: 0x86dd,
  PPP: 0x880b,
  MPLS: 0x8847,
  MPLS_MULTICAST: 0x8848,
  PPPOE_SESSION: 0x8864,
  JUMBO_LLC: 0x8870,
  MACSEC: 0x88e5,
  FABRIC_PATH: 0x8903,
  PROVIDER_BACKBONE: 0x88e7,
  CISCO_METADATA: 0x8909,
  VN_TAG: 0x8926,
  HSR: 0x892f,
  BRIDGE_PORT: 0x893f,
  NSH: 0x894f,
  REDUNDANCY: 0xf1c1,
} as const

/** Bytes of a tag, the EtherType at its end included: IEEE 802.1Q; Cisco's metadata and VN-Tag; IEC 62439-3; IEEE 802.1BR; IEEE 802.1CB. */
function tagLength(type: number): number {
  if (ethernet.isVlan(type)) return 4
  switch (type) {
    case Type.CISCO_METADATA:
    case Type.BRIDGE_PORT:
      return 8
    case Type.VN_TAG:
    case Type.HSR:
    case Type.REDUNDANCY:
      return 6
    default:
      return 0
  }
}

export function stepEthernet(s: Step, b: Uint8Array): void {
  if (s.has(ethernet.HEADER)) s.to(Kind.ETHERTYPE, ethernet.HEADER, u16(b, s.at + ethernet.TYPE_AT))
}

/** Whether the EtherType of a frame that begins after `header` bytes is one of those that are looked into: nothing else says that there is a frame. */
export function isPerhapsEthernet(s: Step, b: Uint8Array, header: number): boolean {
  if (!s.has(header + ethernet.HEADER)) return false
  const type = u16(b, s.at + header + ethernet.TYPE_AT)
  return type === Type.IP4 || type === Type.IP6 || ethernet.isVlan(type) || type === Type.MPLS || type === Type.PPPOE_SESSION
}

export function stepPerhapsEthernet(s: Step, b: Uint8Array): void {
  if (isPerhapsEthernet(s, b, 0)) stepEthernet(s, b)
}

export function stepEtherType(s: Step, b: Uint8Array): void {
  const { type } = s
  if (type <= ethernet.MAX_LENGTH) {
    s.narrow(type)
    return s.to(Kind.LLC, 0)
  }
  const tag = tagLength(type)
  if (tag > 0) {
    if (s.has(tag)) s.to(Kind.ETHERTYPE, tag, u16(b, s.at + tag - 2))
    return
  }
  switch (type) {
    case Type.IP4:
      return s.to(Kind.IP4, 0)
    case Type.IP6:
      return s.to(Kind.IP6, 0)
    case Type.MPLS:
    case Type.MPLS_MULTICAST:
      return s.to(Kind.MPLS, 0)
    case Type.PPPOE_SESSION:
      return s.to(Kind.PPPOE, 0)
    case Type.PPP:
      return s.to(Kind.PPP_HDLC, 0)
    case Type.BRIDGED:
    case Type.BRIDGED_OLD:
      return s.to(Kind.ETHERNET, 0)
    case Type.JUMBO_LLC:
      return s.to(Kind.LLC, 0)
    case Type.NSH:
      return s.to(Kind.NSH, 0)
    case Type.PROVIDER_BACKBONE:
      return stepProviderBackbone(s)
    case Type.FABRIC_PATH:
      // Cisco's: tree and time to live
      return s.to(Kind.ETHERNET, 2)
    case Type.TRILL:
      return stepTrill(s, b)
    case Type.MACSEC:
      return stepMacsec(s, b)
    default:
  }
}

/** The service tag of IEEE 802.1ah: four bytes before the customer's frame. */
function stepProviderBackbone(s: Step): void {
  if (s.has(4)) s.to(Kind.ETHERNET, 4)
}

/** RFC 6325 §3.2: six bytes, and as many words of options as five bits say. */
function stepTrill(s: Step, b: Uint8Array): void {
  if (s.has(6)) s.to(Kind.ETHERNET, 6 + ((u16(b, s.at) >> 6) & 0x1f) * 4)
}

const MACSEC_ENCRYPTED = 0x0c
const MACSEC_CHANNEL = 0x20
const MACSEC_CHECK = 16

/** IEEE 802.1AE §9: without encryption the frame's EtherType stands behind the tag, and the check value at its end. */
function stepMacsec(s: Step, b: Uint8Array): void {
  if (!s.has(6) || u8(b, s.at) & MACSEC_ENCRYPTED) return
  const tag = u8(b, s.at) & MACSEC_CHANNEL ? 14 : 6
  s.narrow(s.wireEnd - s.at - MACSEC_CHECK)
  if (s.has(tag + 2)) s.to(Kind.ETHERTYPE, tag + 2, u16(b, s.at + tag))
}

const NSH_TYPE_1 = 24

/** Network Service Header — RFC 8300 §2.2: metadata of type 1 has one length only. */
export function stepNsh(s: Step, b: Uint8Array): void {
  if (!s.has(8)) return
  const length = (u8(b, s.at + 2) & 0x0f) === 1 ? NSH_TYPE_1 : (u8(b, s.at + 1) & 0x3f) * 4
  if (length >= 8) stepNextProtocol(s, u8(b, s.at + 3), length)
}

/** Next protocols of NSH and VXLAN-GPE — IANA "NSH Next Protocol". */
export function stepNextProtocol(s: Step, protocol: number, header: number): void {
  switch (protocol) {
    case 1:
      return s.to(Kind.IP4, header)
    case 2:
      return s.to(Kind.IP6, header)
    case 3:
      return s.to(Kind.ETHERNET, header)
    case 4:
      return s.to(Kind.NSH, header)
    case 5:
      return s.to(Kind.MPLS, header)
    default:
  }
}
