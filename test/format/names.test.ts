/** What the lack of -n adds to lines besides the names of addresses and ports, as tcpdump 4.99.3 prints it. */
import { expect, it } from 'vitest'
import type { Names } from '../../src/format/names.js'
import { frameOf } from '../decode/frames.js'
import { textOf } from './printing.js'

/** Nothing has a name. */
const NONE: Names = { ip4: () => undefined, ip6: () => undefined, tcpPort: () => undefined, udpPort: () => undefined, protocol: () => undefined }

const CASES = [
  {
    why: 'IPX services', linkType: 1, verbose: 0,
    hex: '0200000000020200000000018137ffff00a0000400000001ffffffffffff04520000000202000000000104520002030c5052494e5445520000000000000000000000000000000000000000000000000000000000000000000000000000000000000000010200000000010451000177775052494e54455200000000000000000000000000000000000000000000000000000000000000000000000000000000000000000102000000000104510001',
    text: '(NOV-ETHII) IPX 00000002.02:00:00:00:00:01.0452 > 00000001.ff:ff:ff:ff:ff:ff.0452: ipx-sap-resp IntelNetport2/HP JetDirect/HP Quicksilver \'PRINTER\' addr 00000001.02:00:00:00:00:01 7777 \'PRINTER\' addr 00000001.02:00:00:00:00:01',
  },
  {
    why: 'an IPX service asked for', linkType: 1, verbose: 0,
    hex: '0200000000020200000000018137ffff0022000400000001ffffffffffff045200000002020000000001045200030004',
    text: '(NOV-ETHII) IPX 00000002.02:00:00:00:00:01.0452 > 00000001.ff:ff:ff:ff:ff:ff.0452: ipx-sap-nearest-req FileServer',
  },
  {
    why: 'a neighbour\'s link-layer address', linkType: 1, verbose: 1,
    hex: '02000000000202000000000186dd6000000000203a40fe800000000000000000000000000001fe8000000000000000000000000000028700000000000000fe800000000000000000000000000002010100000c000001',
    text: 'IP6 (hlim 64, next-header ICMPv6 (58) payload length: 32) fe80::1 > fe80::2: [bad icmp6 cksum 0x0000 -> 0x701b!] ICMP6, neighbor solicitation, length 32, who has fe80::2\n\t  source link-address option (1), length 8 (1): 00:00:0c:00:00:01',
  },
  {
    why: '802.11: an acknowledgement', linkType: 105, verbose: 0,
    hex: 'd400000000000c000001',
    text: 'Acknowledgment RA:00:00:0c:00:00:01 (oui Cisco) ',
  },
  {
    why: '802.11: deauthentication', linkType: 105, verbose: 0,
    hex: 'c0000000ffffffffffff00000c00000100000c00000210000700',
    text: 'DeAuthentication (00:00:0c:00:00:01 (oui Cisco)): Class 3 frame received from nonassociated STA',
  },
  {
    why: '802.11: reassociation', linkType: 105, verbose: 0,
    hex: '20000000ffffffffffff00000c00000100000c000002100001000a0000000c00000300026162',
    text: 'ReAssoc Request (ab) AP : 00:00:0c:00:00:03 (oui Cisco)',
  },
  {
    why: 'loopback', linkType: 1, verbose: 0,
    hex: '02000000000202000000000190000000020000000c00000101000500',
    text: 'Loopback, skipCount 0, Forward Data, forwarding address 00:00:0c:00:00:01 (oui Cisco), data (4 octets)',
  },
]

it.each(CASES)('$why', ({ linkType, verbose, hex, text }) => expect(textOf([frameOf(hex, linkType)], { numeric: false, verbose }, NONE)).toEqual([text]))
