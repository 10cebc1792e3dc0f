/** What stands first in frames of the link types that `layout.ts` does not walk itself — pcap-linktype(7); src/format/link prints them. */
import { u16, u16le, u24, u32le, u8 } from '../../bytes.js'
import { LinkType } from '../link/link-type.js'
import * as loopback from '../link/null.js'
import * as sll from '../link/sll.js'
import * as sll2 from '../link/sll2.js'
import { stepJuniper } from './juniper.js'
import { Kind, type Step } from './step.js'

/** Link types that have no printer: with a direction before the frame, and the rest. */
const Other = { PPP_WITH_DIRECTION: 204, CHDLC_WITH_DIRECTION: 205, FRELAY_WITH_DIRECTION: 206, ERF: 197, MPLS: 219, DOCSIS: 143, EPON: 259, MPACKET: 274 } as const

/** `s.type` is the LINKTYPE_ number. */
export function stepLink(s: Step, b: Uint8Array): void {
  switch (s.type) {
    case LinkType.ETHERNET:
      return s.to(Kind.ETHERNET, 0)
    case LinkType.NULL:
    case LinkType.LOOP:
      return stepLoopback(s, b)
    case LinkType.RAW:
    case LinkType.RAW_12:
    case LinkType.RAW_14:
    case LinkType.IPV4:
    case LinkType.IPV6:
      return s.to(Kind.IP, 0)
    case LinkType.LINUX_SLL:
      return stepAt(s, b, sll.HEADER, 14)
    case LinkType.LINUX_SLL2:
      return stepAt(s, b, sll2.HEADER, 0)
    case LinkType.PPP:
    case LinkType.PPP_SERIAL:
      return s.to(Kind.PPP_HDLC, 0)
    case LinkType.PPP_PPPD:
      return stepPppd(s, b)
    case Other.PPP_WITH_DIRECTION:
      return s.to(Kind.PPP_HDLC, 1)
    case LinkType.PPP_BSDOS:
    case LinkType.PPP_BSDOS_16:
      return s.to(Kind.PPP, 24)
    case LinkType.PPP_ETHER:
      return s.to(Kind.PPPOE, 0)
    case LinkType.SLIP:
      return s.to(Kind.IP, 16)
    case LinkType.SLIP_BSDOS:
    case LinkType.SLIP_BSDOS_15:
      return s.to(Kind.IP, 24)
    case LinkType.C_HDLC:
    case LinkType.C_HDLC_112:
      return s.to(Kind.CHDLC, 0)
    case Other.CHDLC_WITH_DIRECTION:
      return s.to(Kind.CHDLC, 1)
    case LinkType.FRELAY:
      return s.to(Kind.FRAME_RELAY, 0)
    case Other.FRELAY_WITH_DIRECTION:
      return s.to(Kind.FRAME_RELAY, 1)
    case LinkType.MFR:
      return s.to(Kind.MULTILINK_FRAME_RELAY, 0)
    case Other.MPLS:
      return s.to(Kind.MPLS, 0)
    case LinkType.IEEE802_11:
      return s.to(Kind.IEEE80211, 0)
    case LinkType.IEEE802_11_RADIO:
      return s.to(Kind.RADIOTAP, 0)
    case LinkType.IEEE802_11_RADIO_AVS:
      return s.to(Kind.AVS, 0)
    case LinkType.PRISM_HEADER:
      return s.to(Kind.PRISM, 0)
    case LinkType.IEEE802:
      return stepTokenRing(s, b)
    case LinkType.FDDI:
      return s.to(Kind.LLC, 13)
    case LinkType.ARCNET:
      return stepArcnet(s, b, 3)
    case LinkType.ARCNET_LINUX:
      return stepArcnet(s, b, 5)
    case LinkType.IP_OVER_FC:
      return s.to(Kind.LLC, 16)
    case LinkType.ATM_RFC1483:
    case LinkType.ATM_RFC1483_11:
      return s.to(Kind.ATM_LLC, 0)
    case LinkType.ATM_CLIP:
    case LinkType.ATM_CLIP_19:
      return stepClip(s, b)
    case LinkType.SUNATM:
      return stepSunAtm(s, b)
    case LinkType.APPLE_IP_OVER_IEEE1394:
      return stepAt(s, b, 18, 16)
    case LinkType.IPOIB:
      return stepAt(s, b, 44, 40)
    case LinkType.SYMANTEC_FIREWALL:
      return stepAt(s, b, 44, 6)
    case LinkType.ENC:
      return stepFamily(s, b, 12)
    case LinkType.PFLOG:
      // the length leaves out the padding
      if (s.has(4)) s.to(Kind.IP, (u8(b, s.at) + 3) & ~3)
      return
    case LinkType.IPNET:
      return s.to(Kind.IP, 24)
    case LinkType.NFLOG:
      return stepNflog(s, b)
    case LinkType.PPI:
      if (s.has(8)) s.to(Kind.LINK, u16le(b, s.at + 2), u32le(b, s.at + 4))
      return
    case LinkType.PKTAP:
    case LinkType.USER2:
      return stepPktap(s, b)
    case LinkType.DSA_TAG_BRCM_PREPEND:
    case LinkType.NETANALYZER:
      return s.to(Kind.ETHERNET, 4)
    case LinkType.NETANALYZER_TRANSPARENT:
      return s.to(Kind.ETHERNET, 12)
    case Other.EPON:
    case Other.MPACKET:
      return s.to(Kind.ETHERNET, 8)
    case LinkType.DSA_TAG_BRCM:
    case LinkType.DSA_TAG_DSA:
      return stepAt(s, b, 18, 16)
    case LinkType.DSA_TAG_EDSA:
      return stepAt(s, b, 22, 20)
    case Other.DOCSIS:
      return stepDocsis(s, b)
    case Other.ERF:
      return stepErf(s, b)
    default:
      stepJuniper(s, b)
  }
}

/** A header of `length` bytes with an EtherType at `typeAt`; below 1536 it is one of Linux's numbers, of which one is LLC. */
function stepAt(s: Step, b: Uint8Array, length: number, typeAt: number): void {
  if (!s.has(length)) return
  const type = u16(b, s.at + typeAt)
  if (type >= 0x0600) s.to(Kind.ETHERTYPE, length, type)
  else if (type === sll.LLC) s.to(Kind.LLC, length)
}

/** A header of `length` bytes that begins with an address family. */
function stepFamily(s: Step, b: Uint8Array, length: number): void {
  if (!s.has(length)) return
  const family = loopback.family(b, s.at)
  if (loopback.isIp4(family)) s.to(Kind.IP4, length)
  else if (loopback.isIp6(family)) s.to(Kind.IP6, length)
}

/** Some writers put two bytes of their own, and an EtherType, where the family would be. */
function stepLoopback(s: Step, b: Uint8Array): void {
  const type = u16(b, s.at + 2)
  if (s.has(loopback.HEADER) && (type === 0x0800 || type === 0x86dd)) s.to(Kind.ETHERTYPE, loopback.HEADER, type)
  else stepFamily(s, b, loopback.HEADER)
}

/** A direction stands in the place of the address: 0 received, 1 sent. */
function stepPppd(s: Step, b: Uint8Array): void {
  if (!s.has(2)) return
  const hasDirection = u8(b, s.at) <= 1 && u8(b, s.at + 1) === 0x03
  s.to(hasDirection ? Kind.PPP : Kind.PPP_HDLC, hasDirection ? 2 : 0)
}

/** IEEE 802.5: the top bit of the source says that a route follows, whose length is in five bits. */
function stepTokenRing(s: Step, b: Uint8Array): void {
  if (!s.has(16) || u8(b, s.at + 1) >> 6 !== 1) return
  s.to(Kind.LLC, 14 + (u8(b, s.at + 8) & 0x80 ? u8(b, s.at + 14) & 0x1f : 0))
}

/** RFC 1201 and RFC 1051: the protocol's number stands behind the addresses; the former has a fragment's flag and sequence number, too. */
function stepArcnet(s: Step, b: Uint8Array, header: number): void {
  if (!s.has(header + 4)) return
  const type = u8(b, s.at + (header === 3 ? 2 : 4))
  if (type === 240 || type === 241) s.to(Kind.IP4, header)
  else if (type === 212 && (u8(b, s.at + header) & 1) === 0) s.to(Kind.IP4, header + 3)
  else if (type === 196 && (u8(b, s.at + header) & 1) === 0) s.to(Kind.IP6, header + 3)
}

/** RFC 2225: with LLC or without. */
function stepClip(s: Step, b: Uint8Array): void {
  if (s.has(8)) s.to(u24(b, s.at) === 0xaaaa03 ? Kind.ATM_LLC : Kind.IP, 0)
}

/** The lower half of the first byte: LAN emulation is 1 (two bytes, then Ethernet), LLC 2. */
function stepSunAtm(s: Step, b: Uint8Array): void {
  if (!s.has(4)) return
  const type = u8(b, s.at) & 0x0f
  if (type === 1) s.to(Kind.ETHERNET, 6)
  else if (type === 2) s.to(Kind.ATM_LLC, 4)
}

const NFLOG_PAYLOAD = 9

/** TLVs in the order of the machine that captured, nearly always little-endian; each is padded to a word. */
function stepNflog(s: Step, b: Uint8Array): void {
  if (!s.has(4) || u8(b, s.at + 1) !== 0) return
  for (s.at += 4; s.has(4); ) {
    const isBig = u16le(b, s.at) > 0xff && u16(b, s.at) <= 0xff && u16le(b, s.at + 2) > 0xff
    const length = isBig ? u16(b, s.at) : u16le(b, s.at), type = isBig ? u16(b, s.at + 2) : u16le(b, s.at + 2)
    if (length < 4) return
    if (type === NFLOG_PAYLOAD) return s.to(Kind.IP, 4)
    s.at += (length + 3) & ~3
  }
}

const PKTAP_HEADER = 108

/** Apple's: length, what follows (1: a packet), link type, all little-endian. */
function stepPktap(s: Step, b: Uint8Array): void {
  if (!s.has(PKTAP_HEADER)) return
  const length = u32le(b, s.at)
  if (length >= PKTAP_HEADER && s.has(length) && u32le(b, s.at + 4) === 1) s.to(Kind.LINK, length, u32le(b, s.at + 8))
}

/** Data over Cable, DOCSIS MAC: a header of six bytes and its extension; a frame with type 00 is Ethernet. */
function stepDocsis(s: Step, b: Uint8Array): void {
  if (!s.has(6) || u8(b, s.at) >> 6 !== 0) return
  s.to(Kind.ETHERNET, 6 + (u8(b, s.at) & 1 ? u8(b, s.at + 1) : 0))
}

const ERF_EXTENSION = 0x80

/** Endace's extensible record format: 16 bytes, extension headers of 8 while the top bit of the type is set; Ethernet has a padding of two bytes. */
function stepErf(s: Step, b: Uint8Array): void {
  if (!s.has(16)) return
  let header = 16
  for (let more = u8(b, s.at + 8); more & ERF_EXTENSION; header += 8) {
    if (!s.has(header + 8)) return
    more = u8(b, s.at + header)
  }
  switch (u8(b, s.at + 8) & 0x7f) {
    case 2: // Ethernet; also with colours and with a data stream manager
    case 11:
    case 16:
    case 20:
      return s.to(Kind.ETHERNET, header + 2)
    case 1: // packet over SONET
    case 10:
    case 15:
    case 17:
      return s.to(Kind.PPP_HDLC, header)
    case 22:
    case 23:
      return s.to(Kind.IP, header)
    default:
  }
}
