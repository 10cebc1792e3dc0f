/** One TCP segment in everything that carries packets, by hand: each frame holds PACKET, from port 1000 to 80 with four bytes of data. */
import { ethernet, ip4, ip6, tcp } from './frames.js'

export const PACKET = `${ip4(6, 24)} ${tcp()} deadbeef`
const PACKET6 = `${ip6(6, 24)} ${tcp()} deadbeef`

const bytes = (hex: string): number => hex.replaceAll(/\s/g, '').length / 2
const u16 = (n: number): string => n.toString(16).padStart(4, '0')
const u32 = (n: number): string => n.toString(16).padStart(8, '0')
const u16le = (n: number): string => u16(((n & 255) << 8) | (n >> 8))
const u32le = (n: number): string => u16le(n & 0xffff) + u16le(n >>> 16)

/** An IPv4 packet of this protocol in Ethernet. */
const ip = (protocol: number, payload: string): string => `${ethernet('0800')} ${ip4(protocol, bytes(payload))} ${payload}`
/** A datagram from port 40000 to `port`. */
const datagram = (port: number, payload: string): string => `9c40 ${u16(port)} ${u16(bytes(payload) + 8)} 0000 ${payload}`
const udp = (port: number, payload: string): string => ip(17, datagram(port, payload))
const FRAME = `${ethernet('0800')} ${PACKET}`
const TAGGED = `${ethernet('8100')} 0005 0800 ${PACKET}`
const LLC = `aaaa03 000000 0800 ${PACKET}`
/** A data frame to a distribution system. */
const WIRELESS = `0801 0000 020000000003 020000000002 020000000001 0000 ${LLC}`
const QOS = `8801 0000 020000000003 020000000002 020000000001 0000 0000 ${LLC}`
const subframe = (payload: string): string => `020000000002 020000000001 ${u16(bytes(payload))} ${payload}`
const MAGIC = '4d4743'

/** Why tshark finds nothing. */
const UNKNOWN = 'does not know the link type'

export interface Carried {
  readonly why: string
  readonly linkType: number
  readonly hex: string
  /** Bytes behind the packet. */
  readonly behind?: number
  /** Why tshark 4.0 does not find it. */
  readonly unlike?: string
}

const inEthernet: readonly (readonly [why: string, hex: string, unlike?: string])[] = [
  ['Ethernet', FRAME],
  ['802.1ad and 802.1Q', `${ethernet('88a8')} 0001 8100 0002 0800 ${PACKET}`],
  ['802.3, LLC with SNAP', `${ethernet(u16(bytes(LLC)))} ${LLC}`],
  ['802.3, LLC of IP', `${ethernet(u16(bytes(PACKET) + 3))} 060603 ${PACKET}`],
  ['provider backbone bridging', `${ethernet('88a8')} 0001 88e7 00000123 ${FRAME}`],
  ['VN-Tag', `${ethernet('8926')} 00000001 0800 ${PACKET}`],
  ['802.1BR', `${ethernet('893f')} 000000010000 0800 ${PACKET}`],
  ['frame replication', `${ethernet('f1c1')} 00000001 0800 ${PACKET}`],
  ['Cisco metadata', `${ethernet('8909')} 0101 0001 0000 0800 ${PACKET}`],
  ['FabricPath', `020abc000000 020abd000000 8903 4020 ${FRAME} 00000000`],
  ['HSR', `${ethernet('892f')} 0034 0001 0800 ${PACKET}`],
  ['TRILL', `${ethernet('22f3')} 0040 0001 0002 00000000 ${FRAME}`],
  ['MPLS', `${ethernet('8847')} 00010040 00020140 ${PACKET}`],
  ['MPLS, IPv6', `${ethernet('8847')} 00010140 ${PACKET6}`],
  ['MPLS, a pseudowire with a control word', `${ethernet('8847')} 00010140 00000000 ${FRAME}`, 'takes the control word for the start of an address'],
  ['MPLS, a pseudowire without', `${ethernet('8847')} 00010140 ${FRAME}`, 'takes addresses of no known maker for a control word'],
  ['PPPoE', `${ethernet('8864')} 1100 0007 ${u16(bytes(PACKET) + 2)} 0021 ${PACKET}`],
  ['PPPoE, IPv6', `${ethernet('8864')} 1100 0007 ${u16(bytes(PACKET6) + 2)} 0057 ${PACKET6}`],
  ['NSH', `${ethernet('894f')} 0006 0101 00000100 ${'00'.repeat(16)} ${PACKET}`],
  ['NSH and Ethernet', `${ethernet('894f')} 0006 0103 00000100 ${'00'.repeat(16)} ${FRAME}`],
  ['IPv4 in IPv4', ip(4, PACKET)],
  ['IPv6 in IPv4', ip(41, PACKET6)],
  ['IPv4 in IPv6', `${ethernet('86dd')} ${ip6(4, bytes(PACKET))} ${PACKET}`],
  ['extension headers', `${ethernet('86dd')} ${ip6(0, bytes(PACKET) + 24)} 3c00 010400000000 2b00 010400000000 0400 000000000000 ${PACKET}`],
  ['AH', ip(51, `0404 0000 00000009 00000001 000000000000000000000000 ${PACKET}`)],
  ['GRE', ip(47, `0000 0800 ${PACKET}`)],
  ['GRE with checksum, key and sequence number', ip(47, `b000 0800 00000000 00000001 00000002 ${PACKET}`)],
  ['GRE and Ethernet (NVGRE)', ip(47, `2000 6558 00000100 ${FRAME}`)],
  ['GRE and MPLS', ip(47, `0000 8847 00010140 ${PACKET}`)],
  ['GRE of PPTP', ip(47, `3081 880b ${u16(bytes(PACKET) + 4)} 0007 00000001 00000002 ff03 0021 ${PACKET}`)],
  ['GRE of PPTP, one byte of protocol', ip(47, `2001 880b ${u16(bytes(PACKET) + 1)} 0007 21 ${PACKET}`)],
  ['GRE of Aruba', ip(47, `0000 8200 ${WIRELESS}`)],
  ['GRE of WCCP', ip(47, `0000 883e 00000000 ${PACKET}`)],
  ['GRE with Cisco metadata', ip(47, `2000 8909 00000028 0800 0101 0001 0000 ${PACKET}`)],
  ['ERSPAN I', ip(47, `0000 88be ${FRAME}`)],
  ['ERSPAN II', ip(47, `1000 88be 00000001 10000000 00000000 ${FRAME}`)],
  ['ERSPAN III', ip(47, `1000 22eb 00000001 20000000 00000000 00000000 ${TAGGED}`)],
  ['ERSPAN III with a subheader', ip(47, `1000 22eb 00000001 20000000 00000000 00000001 0000000000000000 ${FRAME}`)],
  ['EtherIP', ip(97, `3000 ${FRAME}`)],
  ['MPLS in IP', ip(137, `00010140 ${PACKET}`)],
  ['a PIM register', ip(103, `2100 0000 00000000 ${PACKET}`)],
  ['VXLAN', udp(4789, `08000000 00000100 ${FRAME}`)],
  ['VXLAN in IPv6', `${ethernet('86dd')} ${ip6(17, bytes(FRAME) + 16)} ${datagram(4789, `08000000 00000100 ${FRAME}`)}`],
  ['VXLAN, tagged', udp(4789, `08000000 00000100 ${TAGGED}`)],
  ['VXLAN at the older port', udp(8472, `08000000 00000100 ${FRAME}`), 'has no protocol for port 8472'],
  ['VXLAN in VXLAN', udp(4789, `08000000 00000100 ${udp(4789, `08000000 00000200 ${FRAME}`)}`)],
  ['VXLAN-GPE, Ethernet', udp(4790, `0c000003 00000100 ${FRAME}`)],
  ['VXLAN-GPE, IPv4', udp(4790, `0c000001 00000100 ${PACKET}`)],
  ['GENEVE', udp(6081, `00006558 00000100 ${FRAME}`)],
  ['GENEVE with options', udp(6081, `02006558 00000100 01020001 00000000 ${FRAME}`)],
  ['GENEVE, IPv4', udp(6081, `00000800 00000100 ${PACKET}`)],
  ['GTP-U', udp(2152, `30ff ${u16(bytes(PACKET))} 00000001 ${PACKET}`)],
  ['GTP-U with a sequence number', udp(2152, `32ff ${u16(bytes(PACKET) + 4)} 00000001 0001 00 00 ${PACKET}`)],
  ['GTP-U with an extension header', udp(2152, `34ff ${u16(bytes(PACKET) + 8)} 00000001 0000 00 85 01 1001 00 ${PACKET}`)],
  ['GTP-U, IPv6', udp(2152, `30ff ${u16(bytes(PACKET6))} 00000001 ${PACKET6}`)],
  ['GTP of version 0', udp(3386, `1eff ${u16(bytes(PACKET))} 0000 0000 ff ffffff 0000000000000000 ${PACKET}`)],
  ['L2TP', udp(1701, `0002 0001 0001 ff03 0021 ${PACKET}`)],
  ['L2TP with a length, sequence numbers and an offset', udp(1701, `4a02 ${u16(bytes(PACKET) + 20)} 0001 0001 0000 0000 0002 0000 ff03 0021 ${PACKET}`)],
  ['Teredo', udp(3544, PACKET6)],
  ['Teredo with authentication and origin', udp(3544, `0001 0000 0000000000000000 00 0000 ffff ffffffff ${PACKET6}`)],
  ['AYIYA', udp(5072, `4211 1129 00000000 ${'00'.repeat(16)} 00000000 ${PACKET6}`), 'the signature has a word here'],
  ['CAPWAP', udp(5247, `00 100200 00000000 ${FRAME}`)],
  ['CAPWAP, wireless', udp(5247, `00 100300 00000000 0108 0000 020000000003 020000000002 020000000001 0000 ${LLC}`)],
  ['LISP, a control message', udp(4342, `80000000 ${PACKET}`)],
  ['LISP', udp(4341, `80000000 00000001 ${PACKET}`)],
  ['TZSP', udp(37008, `01 00 0001 0a 01 c0 00 01 ${FRAME}`)],
  ['MPLS in UDP', udp(6635, `00010140 ${PACKET}`)],
  ['GRE in UDP', udp(4754, `0000 0800 ${PACKET}`)],
  ['MACsec, not encrypted', `${ethernet('88e5')} 0000 00000001 0800 ${PACKET} ${'00'.repeat(16)}`],
]

const inLinks: readonly (readonly [why: string, linkType: number, hex: string, unlike?: string])[] = [
  ['NULL', 0, `02000000 ${PACKET}`],
  ['NULL, an EtherType', 0, `0f000800 ${PACKET}`],
  ['LOOP, IPv6', 108, `00000018 ${PACKET6}`],
  ['RAW', 101, PACKET6],
  ['SLL', 113, `0000 0001 0006 020000000001 0000 0800 ${PACKET}`],
  ['SLL, MPLS', 113, `0000 0001 0006 020000000001 0000 8847 00010140 ${PACKET}`],
  ['SLL, LLC', 113, `0000 0001 0006 020000000001 0000 0004 ${LLC}`],
  ['SLL2, PPPoE', 276, `8864 0000 00000002 0001 04 06 020000000001 0000 1100 0007 ${u16(bytes(PACKET) + 2)} 0021 ${PACKET}`],
  ['PPP', 9, `ff03 0021 ${PACKET}`],
  ['PPP, no address', 9, `0057 ${PACKET6}`],
  ['PPP, in Cisco HDLC framing', 9, `0f00 0800 ${PACKET}`],
  ['PPP, bridged', 9, `ff03 0031 0001 ${FRAME}`],
  ['PPP, multilink', 9, `ff03 003d c0000001 0021 ${PACKET}`],
  ['PPP, serial', 50, `ff03 0021 ${PACKET}`],
  ['PPP of pppd', 166, `0003 0021 ${PACKET}`, UNKNOWN],
  ['PPP with a direction', 204, `01 ff03 0021 ${PACKET}`],
  ['PPPoE', 51, `1100 0007 ${u16(bytes(PACKET) + 2)} 0021 ${PACKET}`],
  ['Cisco HDLC', 104, `0f00 0800 ${PACKET}`],
  ['Cisco HDLC, IPv6', 104, `0f00 86dd ${PACKET6}`],
  ['Frame Relay', 107, `1841 03cc ${PACKET}`],
  ['Frame Relay, SNAP', 107, `1841 0300 80 000000 0800 ${PACKET}`],
  ['Frame Relay of Cisco', 107, `1841 0800 ${PACKET}`],
  ['Frame Relay, bridged', 107, `1841 0300 80 0080c2 0007 ${FRAME}`],
  ['MPLS', 219, `00010140 ${PACKET}`, UNKNOWN],
  ['802.11', 105, WIRELESS],
  ['802.11, quality of service', 105, QOS],
  ['802.11, four addresses', 105, `0803 0000 020000000003 020000000002 020000000001 0000 020000000004 ${LLC}`],
  ['radiotap', 127, `0000 0800 00000000 ${WIRELESS}`],
  ['radiotap with padding', 127, `0000 1100 03000000 0000000000000000 20 ${QOS.replace('0000 aaaa03', '0000 0000 aaaa03')}`],
  ['radiotap, two words of presence', 127, `0000 0d00 02000080 00000000 00 ${WIRELESS}`],
  ['Prism', 119, `44000000 90000000 ${'00'.repeat(136)} ${WIRELESS}`],
  ['Prism, AVS', 119, `80211001 00000040 ${'00'.repeat(56)} ${WIRELESS}`],
  ['AVS', 163, `80211001 00000040 ${'00'.repeat(56)} ${WIRELESS}`],
  ['PPI, 802.11', 192, `00 00 0800 69000000 ${WIRELESS}`],
  ['PPI, Ethernet', 192, `00 00 0800 01000000 ${FRAME}`],
  ['token ring', 6, `1040 020000000002 020000000001 ${LLC}`],
  ['token ring, routed', 6, `1040 020000000002 820000000001 0440 0000 ${LLC}`],
  ['FDDI', 10, `50 400000000040 400000000080 ${LLC}`],
  ['ARCNET', 7, `01 02 d4 00 0001 ${PACKET}`],
  ['IP over Fibre Channel', 122, `1000020000000002 1000020000000001 ${LLC}`],
  ['ATM, LLC', 100, LLC],
  ['ATM, bridged', 100, `aaaa03 0080c2 0007 0000 ${FRAME}`],
  ['ATM of Solaris', 123, `02 00 0064 ${LLC}`],
  ['IEEE 1394', 138, `0200000000000002 0200000000000001 0800 ${PACKET}`],
  ['InfiniBand', 242, `${'00'.repeat(40)} 0800 0000 ${PACKET}`],
  ['Symantec', 99, `000000000000 0800 ${'00'.repeat(36)} ${PACKET}`],
  ['enc', 109, `02000000 00000001 00000000 ${PACKET}`],
  ['pflog', 117, `3d 02 00 00 ${'00'.repeat(60)} ${PACKET}`],
  ['ipnet', 226, `01 02 0000 ${u32(bytes(PACKET))} ${'00'.repeat(16)} ${PACKET}`],
  ['NFLOG', 239, `02 00 0014 0800 0100 0800 0300 0500 0a00 00 000000 ${u16le(bytes(PACKET) + 4)} 0900 ${PACKET}`],
  ['PKTAP', 258, `${u32le(108)} ${u32le(1)} ${u32le(1)} ${'00'.repeat(96)} ${FRAME}`],
  ['netANALYZER', 240, `00000000 ${FRAME}`, 'takes the frame check sequence off'],
  ['Broadcom tag', 281, `020000000002 020000000001 00000000 0800 ${PACKET}`, UNKNOWN],
  ['Broadcom tag in front', 282, `00000000 ${FRAME}`, UNKNOWN],
  ['DSA', 284, `020000000002 020000000001 c0000001 0800 ${PACKET}`, UNKNOWN],
  ['EDSA', 285, `020000000002 020000000001 dada 0000 c0000001 0800 ${PACKET}`, UNKNOWN],
  ['ERF', 197, `0000000000000000 02 04 ${u16(bytes(FRAME) + 18)} 0000 ${u16(bytes(FRAME))} 0000 ${FRAME}`],
  ['Juniper, Ethernet', 178, `${MAGIC} 00 ${FRAME}`],
  ['Juniper, extensions', 178, `${MAGIC} 80 0006 030106 040101 ${FRAME}`],
  ['Juniper, no link layer', 178, `${MAGIC} 02 02000000 ${PACKET}`],
]

export const CARRIED: readonly Carried[] = [
  ...inEthernet.map(([why, hex, unlike]) => ({ why, linkType: 1, hex, behind: why.startsWith('MACsec') ? 16 : why === 'FabricPath' ? 4 : 0, ...(unlike === undefined ? {} : { unlike }) })),
  ...inLinks.map(([why, linkType, hex, unlike]) => ({ why: `link type ${linkType}: ${why}`, linkType, hex, ...(unlike === undefined ? {} : { unlike }) })),
  { why: '802.11, aggregated', linkType: 105, hex: `8801 0000 020000000003 020000000002 020000000001 0000 8000 ${subframe(LLC)}` },
]
