/** Protocols that live on a link, and what the installed tcpdump 4.99.3 prints of them with -t -nn. */
import { expect, it } from 'vitest'
import type { PrintOptions } from '../../src/format/options.js'
import { frameOf } from '../decode/frames.js'
import { textOf } from './printing.js'

interface Case {
  readonly why: string
  readonly linkType: number
  readonly options: Partial<PrintOptions>
  readonly hex: string
  readonly text: string
}

const CASES: readonly Case[] = [
  {
    why: 'LLDP', linkType: 1, options: {},
    hex: '0200000000010200000000aa88cc02070402000000000104050565746830060200780a07686f73742e65780000',
    text: 'LLDP, length 31: host.ex',
  },
  {
    why: 'LLDP, -v', linkType: 1, options: { verbose: 1 },
    hex: '0200000000010200000000aa88cc0206050101020304040703020000000001060200780e0400140004100c050101020304020000000500fe0b0080c2030005046e616d65fe0900120f01036c030010fe080012bb020140052e0000',
    text: 'LLDP, length 77\n\tChassis ID TLV (1), length 6\n\t  Subtype Network address (5): AFI IPv4 (1): 1.2.3.4\n\tPort ID TLV (2), length 7\n\t  Subtype MAC address (3): 02:00:00:00:00:01\n\tTime to Live TLV (3), length 2: TTL 120s\n\tSystem Capabilities TLV (7), length 4\n\t  System  Capabilities [Bridge, Router] (0x0014)\n\t  Enabled Capabilities [Bridge] (0x0004)\n\tManagement Address TLV (8), length 12\n\t  Management Address length 5, AFI IPv4 (1): 1.2.3.4\n\t  Interface Index Interface Numbering (2): 5\n\tOrganization specific TLV (127), length 11: OUI Ethernet bridged (0x0080c2)\n\t  VLAN name Subtype (3)\n\t    vlan id (VID): 5\n\t    vlan name: name\n\tOrganization specific TLV (127), length 9: OUI IEEE 802.3 Private (0x00120f)\n\t  MAC/PHY configuration/status Subtype (1)\n\t    autonegotiation [supported, enabled] (0x03)\n\t    PMD autoneg capability [10BASE-T hdx, 10BASE-T fdx, 100BASE-TX hdx, 100BASE-TX fdx, 1000BASE-T hdx, 1000BASE-T fdx] (0x6c03)\n\t    MAU type 100BASETX fdx (0x0010)\n\tOrganization specific TLV (127), length 8: OUI ANSI/TIA (0x0012bb)\n\t  Network policy Subtype (2)\n\t    Application type [voice] (0x01), Flags [Tagged]\n\t    Vlan id 2, L2 priority 4, DSCP value 46\n\tEnd TLV (0), length 0',
  },
  {
    why: 'LLDP, text that would steer a terminal', linkType: 1, options: {},
    hex: '0200000000010200000000aa88cc0a06611b5b324aff',
    text: 'LLDP, length 8: a^[[2JM-^?',
  },
  {
    why: 'LACP', linkType: 1, options: { verbose: 1 },
    hex: '0200000000010200000000aa88090101011480000013c4120f00000d800000168500000002148000000e8316f500000d8000001936000000031080000000000000000000000000000000',
    text: 'LACPv1, length 60\n\tActor Information TLV (0x01), length 20\n\t  System 00:13:c4:12:0f:00, System Priority 32768, Key 13, Port 22, Port Priority 32768\n\t  State Flags [Activity, Aggregation, Expired]\n\tPartner Information TLV (0x02), length 20\n\t  System 00:0e:83:16:f5:00, System Priority 32768, Key 13, Port 25, Port Priority 32768\n\t  State Flags [Timeout, Aggregation, Collecting, Distributing]\n\tCollector Information TLV (0x03), length 16\n\t  Max Delay 32768\n\tTerminator TLV (0x00), length 0',
  },
  {
    why: 'OAM', linkType: 1, options: { verbose: 1 },
    hex: '0200000000010200000000aa8809030050000110010005021505dc000cab010203040000',
    text: 'OAM, length 22\n\tCode Information OAM PDU, Flags [Local Stable, Remote Stable]\n\t  Local Information Type (1), length 16\n\t    OAM-Version 1, Revision 5\n\t    State-Parser-Action discarding, State-MUX-Action forwarding\n\t    OAM-Config Flags [Active, Remote-Loopback, Variable-Retrieval], OAM-PDU-Config max-PDU size 1500\n\t    OUI Unknown (0x000cab), Vendor-Private 0x01020304\n\t  End of TLV marker Information Type (0), length 0',
  },
  {
    why: 'EAP', linkType: 1, options: { verbose: 1 },
    hex: '0200000000010200000000aa888e0100000a0207000a01626f626279',
    text: 'EAP packet (0) v1, len 10, Response (2), id 7, len 10\n\t\t Type Identity (1), Identity: bobby',
  },
  {
    why: 'EAP, TLS', linkType: 1, options: { verbose: 1 },
    hex: '0200000000010200000000aa888e0100000d0107000d0dc000000100616263',
    text: 'EAP packet (0) v1, len 13, Request (1), id 7, len 13\n\t\t Type TLS (13) flags [L bit, More fragments bit] 0xc0, len 256',
  },
  {
    why: 'MPLS', linkType: 1, options: {},
    hex: '0200000000010200000000aa88470006464000010101450000240001000040110000010203040506070803e903ea001000006162636465666768',
    text: 'MPLS (label 100, tc 3, ttl 64) (label 16, tc 0, [S], ttl 1) IP 1.2.3.4.1001 > 5.6.7.8.1002: UDP, length 8',
  },
  {
    why: 'MPLS, -v', linkType: 1, options: { verbose: 1 },
    hex: '0200000000010200000000aa884800000109450000240001000040110000010203040506070803e903ea001000006162636465666768',
    text: 'MPLS (label 0 (IPv4 explicit NULL), tc 0, [S], ttl 9)\n\tIP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto UDP (17), length 36, bad cksum 0 (->6ab5)!)\n    1.2.3.4.1001 > 5.6.7.8.1002: UDP, length 8',
  },
  {
    why: 'MPLS without its bottom', linkType: 1, options: {},
    hex: '0200000000010200000000aa884700010040',
    text: 'MPLS (label 16, tc 0, ttl 64) (invalid)',
  },
  {
    why: 'a loopback test', linkType: 1, options: {},
    hex: '0200000000010200000000aa90000000020002000000000701000500616263',
    text: 'Loopback, skipCount 0, Forward Data, forwarding address 02:00:00:00:00:07, data (7 octets)',
  },
  {
    why: 'IPX', linkType: 1, options: {},
    hex: '0200000000010200000000aa8137ffff0028000000000001020000000001045300000002020000000002400000020000000500010002',
    text: '(NOV-ETHII) IPX 00000002.02:00:00:00:00:02.4000 > 00000001.02:00:00:00:00:01.0453: ipx-rip-resp 00000005/1.2',
  },
  {
    why: 'STP', linkType: 1, options: { verbose: 1 },
    hex: '0200000000010200000000aa002642420300000000018001001906eab880000000048002001906eab881800c0100140002000f00',
    text: 'STP 802.1d, Config, Flags [Topology change], bridge-id 8002.00:19:06:ea:b8:81.800c, length 35\n\tmessage-age 1.00s, max-age 20.00s, hello-time 2.00s, forwarding-delay 15.00s\n\troot-id 8001.00:19:06:ea:b8:80, root-pathcost 4',
  },
  {
    why: 'RSTP', linkType: 1, options: { verbose: 1 },
    hex: '0200000000010200000000aa0027424203000002023c8001001906eab880000000048002001906eab881800c0100140002000f0000',
    text: 'STP 802.1w, Rapid STP, Flags [Learn, Forward], bridge-id 8002.00:19:06:ea:b8:81.800c, length 36\n\tmessage-age 1.00s, max-age 20.00s, hello-time 2.00s, forwarding-delay 15.00s\n\troot-id 8001.00:19:06:ea:b8:80, root-pathcost 4, port-role Designated',
  },
  {
    why: 'CDP', linkType: 1, options: { verbose: 1 },
    hex: '0200000000010200000000aa0042aaaa0300000c200002b412340001000753573100020011000000010101cc00040102030400040008000000290005000b494f530a766572000a00060005000b000501',
    text: 'CDPv2, ttl: 180s, checksum: 0x1234 (unverified), length 58\n\tDevice-ID (0x01), value length: 3 bytes: \'SW1\'\n\tAddress (0x02), value length: 13 bytes: IPv4 (1) 1.2.3.4\n\tCapability (0x04), value length: 4 bytes: (0x00000029): Router, L2 Switch, IGMP snooping\n\tVersion String (0x05), value length: 7 bytes: \n\t  IOS\n\t  ver\n\tNative VLAN ID (0x0a), value length: 2 bytes: 5\n\tDuplex (0x0b), value length: 1 byte: full',
  },
  {
    why: 'UDLD', linkType: 1, options: { verbose: 1 },
    hex: '0200000000010200000000aa0019aaaa0300000c01112101123400010008444556310004000507',
    text: 'UDLDv1, Code Probe message (1), Flags [RT] (0x01), length 17\n\tChecksum 0x1234 (unverified)\n\tDevice-ID TLV (0x0001) TLV, length 8, DEV1\n\tMessage Interval TLV (0x0004) TLV, length 5, 7s',
  },
  {
    why: 'VTP', linkType: 1, options: { verbose: 1 },
    hex: '0200000000010200000000aa0030aaaa0300000c2003010300044c4142310000000000000000000000000000000000000000000000000000000000000007',
    text: 'VTPv1, Message Advertisement request (0x03), length 40\n\tDomain name: LAB1, Rsvd: 0\n\tStart value: 7',
  },
  {
    why: 'DTP', linkType: 1, options: { verbose: 1 },
    hex: '0200000000010200000000aa0020aaaa0300000c200401000100084c41420000020005040004000a001906eab885',
    text: 'DTPv1, length 24\n\tDomain (0x0001) TLV, length 8, LAB\n\tStatus (0x0002) TLV, length 5, 0x4\n\tNeighbor (0x0004) TLV, length 10, 00:19:06:ea:b8:85',
  },
  {
    why: 'LCP', linkType: 9, options: { verbose: 1 },
    hex: 'c02101010013010405dc0305c22381050601020304',
    text: 'LCP, Conf-Request (0x01), id 1, length 21\n\tencoded length 19 (=Option(s) length 15)\n\t  MRU Option (0x01), length 4: 1500\n\t  Auth-Prot Option (0x03), length 5: CHAP, MS-CHAPv2\n\t  Magic-Num Option (0x05), length 6: 0x01020304',
  },
  {
    why: 'IPCP', linkType: 9, options: { verbose: 1 },
    hex: '80210101000e03060102030481040102',
    text: 'IPCP, Conf-Request (0x01), id 1, length 16\n\tencoded length 14 (=Option(s) length 10)\n\t  IP-Addr Option (0x03), length 6: 1.2.3.4\n\t  Pri-DNS Option (0x81), length 4 (length bogus, should be = 6)',
  },
  {
    why: 'CHAP', linkType: 9, options: {},
    hex: 'c2230101000d04616263646e616d65',
    text: 'CHAP, Challenge (0x01), id 1, Value 61626364, Name name',
  },
  {
    why: 'PAP', linkType: 9, options: {},
    hex: 'c0230101000d03626f620470617373',
    text: 'PAP, Auth-Req (0x01), id 1, Peer bob, Name pass',
  },
]

it.each(CASES)('$why', ({ linkType, options, hex, text }) => expect(textOf([frameOf(hex, linkType)], options)).toEqual([text]))

it.each(CASES)('$why, cut anywhere', ({ linkType, options, hex }) => {
  const whole = frameOf(hex, linkType)
  for (let end = whole.at + 1; end < whole.end; end++) expect(textOf([{ ...whole, end }], options)[0]).toMatch(/^[\t\n -~]*$/)
})
