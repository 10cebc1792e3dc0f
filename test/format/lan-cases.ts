/** AppleTalk, DECnet, ATA over Ethernet and Network Service Headers, in VXLAN. Made by hand, with what tcpdump 4.99.3 prints. */
import type { PayloadCase } from './payload.js'

export const LAN_CASES: readonly PayloadCase[] = [
  {
    why: 'AppleTalk, RTMP', udp: 4789, keep: 22,
    payload: '08000000000000000200000000020200000000010018aaaa03080007809b00100000000500060708020301616263',
    text: 'VXLAN, flags [I] (0x08), vni 0\nAT 6.8.3 > 5.7.2:  at-rtmp 3',
  },
  {
    why: 'AppleTalk, an unknown type', udp: 4789, keep: 22,
    payload: '08000000000000000200000000020200000000010018aaaa03080007809b0010000000050006070802034d616263',
    text: 'VXLAN, flags [I] (0x08), vni 0\nAT 6.8.3 > 5.7.2:  at-#77 3',
  },
  {
    why: 'AppleTalk, NBP lookup', udp: 4789, keep: 22,
    payload: '08000000000000000200000000020200000000010025aaaa03080007809b001d000000050006070802030221050006080300026d6503414650012a',
    text: 'VXLAN, flags [I] (0x08), vni 0\nAT 6.8.3 > 5.7.2:  nbp-lkup 5: "me:AFP@*"',
  },
  {
    why: 'AppleTalk, NBP request with faults', udp: 4789, keep: 22,
    payload: '08000000000000000200000000020200000000010026aaaa03080007809b001e000000050006070802030212050006090301036d1b6503414650012a',
    text: 'VXLAN, flags [I] (0x08), vni 0\nAT 6.8.3 > 5.7.2:  nbp-brRq 5: "m^[e:AFP@*" [ntup=2] [enum=1] [addr=6.9.3]',
  },
  {
    why: 'AppleTalk, NBP reply', udp: 4789, keep: 22,
    payload:
      '08000000000000000200000000020200000000010082aaaa03080007809b007a000000050006070802030233050006080301026d6503414650012a000708040203796f7503414650207a7a7a7a7a7a7a' +
      '7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a0007ff040203796f7503414650217a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a',
    text:
      'VXLAN, flags [I] (0x08), vni 0\n' +
      'AT 6.8.3 > 5.7.2:  nbp-reply 5: "me:AFP@*" "you:AFP@zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"(2) 4 [addr=7.8] "you:AFP@[len=33](2) 4 [addr=7]',
  },
  {
    why: 'AppleTalk, NBP, another', udp: 4789, keep: 22,
    payload: '08000000000000000200000000020200000000010020aaaa03080007809b001800000005000607080203029305787878787878787878',
    text: 'VXLAN, flags [I] (0x08), vni 0\nAT 6.8.3 > 5.7.2:  nbp-0x93  5 (9)',
  },
  {
    why: 'AppleTalk, NBP, short', udp: 4789, keep: 22,
    payload: '08000000000000000200000000020200000000010016aaaa03080007809b000e000000050006070802030293',
    text: 'VXLAN, flags [I] (0x08), vni 0\nAT 6.8.3 > 5.7.2:  truncated-nbp 1',
  },
  {
    why: 'AppleTalk, ATP', udp: 4789, keep: 22,
    payload: '0800000000000000020000000002020000000001001daaaa03080007809b001500000005000607080203034007000900000000',
    text: 'VXLAN, flags [I] (0x08), vni 0\nAT 6.8.3 > 5.7.2:  atp-req* 9<0-2>',
  },
  {
    why: 'AppleTalk, ATP request', udp: 4789, keep: 22,
    payload: '0800000000000000020000000002020000000001001faaaa03080007809b0017000000050006070802030378050009000012346162',
    text: 'VXLAN, flags [I] (0x08), vni 0\nAT 6.8.3 > 5.7.2:  atp-req  9<0,2> [len=2] [EOM,STS] 0x1234',
  },
  {
    why: 'AppleTalk, ATP response', udp: 4789, keep: 22,
    payload: '0800000000000000020000000002020000000001001faaaa03080007809b00170000000500060708020303b8050009000000016162',
    text: 'VXLAN, flags [I] (0x08), vni 0\nAT 6.8.3 > 5.7.2:  atp-resp*9:5 (2) [XO,STS] 0x1',
  },
  {
    why: 'AppleTalk, ATP response, last', udp: 4789, keep: 22,
    payload: '0800000000000000020000000002020000000001001daaaa03080007809b001500000005000607080203038800000900000000',
    text: 'VXLAN, flags [I] (0x08), vni 0\nAT 6.8.3 > 5.7.2:  atp-resp 9:0 (0) [STS]',
  },
  {
    why: 'AppleTalk, ATP release', udp: 4789, keep: 22,
    payload: '0800000000000000020000000002020000000001001eaaaa03080007809b00160000000500060708020303f8ff00090000000078',
    text: 'VXLAN, flags [I] (0x08), vni 0\nAT 6.8.3 > 5.7.2:  atp-rel  9<0-7> [len=1][XO,EOM,STS]',
  },
  {
    why: 'AppleTalk, ATP release, plain', udp: 4789, keep: 22,
    payload: '0800000000000000020000000002020000000001001daaaa03080007809b00150000000500060708020303c001000900000000',
    text: 'VXLAN, flags [I] (0x08), vni 0\nAT 6.8.3 > 5.7.2:  atp-rel  9<0>',
  },
  {
    why: 'AppleTalk, ATP, another', udp: 4789, keep: 22,
    payload: '0800000000000000020000000002020000000001001daaaa03080007809b001500000005000607080203031101000900000000',
    text: 'VXLAN, flags [I] (0x08), vni 0\nAT 6.8.3 > 5.7.2:  atp-0x11  9 (0)',
  },
  {
    why: 'AppleTalk, EIGRP', udp: 4789, keep: 22,
    payload: '08000000000000000200000000020200000000010029aaaa03080007809b002100000005000607080203580205000000000000000000000000000000000000',
    text: 'VXLAN, flags [I] (0x08), vni 0\nAT 6.8.3 > 5.7.2: EIGRP Hello, length: 20',
  },
  { why: 'AppleTalk, a short header', udp: 4789, keep: 22, payload: '0800000000000000020000000002020000000001000baaaa03080007809b616263', text: 'VXLAN, flags [I] (0x08), vni 0\nAT  [|ddp 3]' },
  {
    why: 'AppleTalk by EtherType', udp: 4789, keep: 22, verbose: 1,
    payload: '0800000000000000020000000002020000000001809b00100000000500060708020301616263',
    text: 'VXLAN, flags [I] (0x08), vni 0\net1 AT 6.8.3 > 5.7.2:  at-rtmp 3',
  },
  { why: 'AppleTalk in UDP', udp: 16600, verbose: 1, payload: '070802001d000000050006070802030221050006080300026d6503414650012a', text: 'kip 6.8.3 > 5.7.2: nbp-lkup 5: "me:AFP@*"' },
  { why: 'AppleTalk in UDP, short', udp: 201, payload: '070802616263', text: ' [|ddp 3]' },
  {
    why: 'AARP request', udp: 4789, keep: 22,
    payload: '08000000000000000200000000020200000000010024aaaa0300000080f30001809b060400010200000000010000050800000000000000000609',
    text: 'VXLAN, flags [I] (0x08), vni 0\naarp who-has 6.9 tell 5.8',
  },
  {
    why: 'AARP response', udp: 4789, keep: 22,
    payload: '08000000000000000200000000020200000000010024aaaa0300000080f30001809b0604000202000000000100000508020000000002000006ff',
    text: 'VXLAN, flags [I] (0x08), vni 0\naarp reply 5.8 is-at 02:00:00:00:00:01',
  },
  {
    why: 'AARP probe', udp: 4789, keep: 22,
    payload: '08000000000000000200000000020200000000010024aaaa0300000080f30001809b060400030200000000010000050800000000000000000609',
    text: 'VXLAN, flags [I] (0x08), vni 0\naarp probe 6.9 tell 5.8',
  },
  {
    why: 'AARP another', udp: 4789, keep: 22,
    payload: '08000000000000000200000000020200000000010024aaaa0300000080f30001809b060400040200000000010000050800000000000000000609',
    text: 'VXLAN, flags [I] (0x08), vni 0\naarp len 28 op 4 htype 1 ptype 0x809b halen 6 palen 4',
  },
  {
    why: 'AARP of other kinds', udp: 4789, keep: 22,
    payload: '08000000000000000200000000020200000000010024aaaa0300000080f300020000070500010200000000010000050800000000000000000609',
    text: 'VXLAN, flags [I] (0x08), vni 0\naarp len 28 op 1 htype 2 ptype 0 halen 7 palen 5',
  },
  {
    why: 'AoE', udp: 4789, keep: 22,
    payload: '080000000000000002000000000202000000000188a210000001020000000007530102ec01020304050600006464646464',
    text: 'VXLAN, flags [I] (0x08), vni 0\nAoE length 27, Ver 1, Flags: [none]',
  },
  {
    why: 'AoE, ATA', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000188a210000001020000000007530102ec01020304050600006464646464',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nAoE length 27, Ver 1, Flags: [none]\n\tMajor: 0x0001, Minor: 0x02, Command: Issue ATA Command, Tag: 0x00000007\n' +
      '\tAFlags: [Ext48, Device, Async, Write], Err/Feature: 1, Sector Count: 2, Cmd/Status: 236\n\tlba0: 1, lba1: 2, lba2: 3, lba3: 4, lba4: 5, lba5: 6\n' +
      '\tData: 5 bytes',
  },
  {
    why: 'AoE, ATA, an answer', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000188a218000001020000000007000102ec0102030405060000',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nAoE length 22, Ver 1, Flags: [Response]\n\tMajor: 0x0001, Minor: 0x02, Command: Issue ATA Command, Tag: 0x00000007\n' +
      '\tAFlags: [none], Err/Feature: 1, Sector Count: 2, Cmd/Status: 236\n\tlba0: 1, lba1: 2, lba2: 3, lba3: 4, lba4: 5, lba5: 6',
  },
  {
    why: 'AoE, configuration', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000188a21000ffffff01000000070010401802130005611b636465',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nAoE length 23, Ver 1, Flags: [none]\n\tMajor: 0xffff, Minor: 0xff, Command: Query Config Information, Tag: 0x00000007\n' +
      '\tBuffer Count: 16, Firmware Version: 16408, Sector Count: 2, AoE: 1, CCmd: set config string\n\tConfig String (length 5): a^[cde',
  },
  {
    why: 'AoE, configuration, an unknown command', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000188a21000ffffff010000000700104018021f0000',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nAoE length 18, Ver 1, Flags: [none]\n\tMajor: 0xffff, Minor: 0xff, Command: Query Config Information, Tag: 0x00000007\n' +
      '\tBuffer Count: 16, Firmware Version: 16408, Sector Count: 2, AoE: 1, CCmd: Unknown (0x02x)',
  },
  {
    why: 'AoE, configuration, too long', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000188a21000ffffff0100000007001040180211005041',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nAoE length 19, Ver 1, Flags: [none]\n\tMajor: 0xffff, Minor: 0xff, Command: Query Config Information, Tag: 0x00000007\n' +
      '\tBuffer Count: 16, Firmware Version: 16408, Sector Count: 2, AoE: 1, CCmd: test config string (invalid)',
  },
  {
    why: 'AoE, MAC masks', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000188a21c03ffffff02000000070001010200010200000000010009020000000002',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nAoE length 30, Ver 1, Flags: [Response, Error]\n\tError: Device unavailable\n' +
      '\tMajor: 0xffff, Minor: 0xff, Command: MAC Mask List, Tag: 0x00000007\n\tMCmd: Edit Mac Mask List, MError: Unspecified Error, Dir Count: 2\n' +
      '\t DCmd: Add mac address to mask list, Ethernet Address: 02:00:00:00:00:01\n\t DCmd: Unknown (0x09), Ethernet Address: 02:00:00:00:00:02',
  },
  {
    why: 'AoE, MAC masks, too many', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000188a21c0fffffff0200000007000509030001020000000001',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nAoE length 22, Ver 1, Flags: [Response, Error]\n\tError: Invalid (15)\n' +
      '\tMajor: 0xffff, Minor: 0xff, Command: MAC Mask List, Tag: 0x00000007\n\tMCmd: Unknown (0x05), MError: Unknown (0x09), Dir Count: 3 (invalid)',
  },
  {
    why: 'AoE, reservations', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000188a21000ffffff03000000070102020000000001020000000002',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nAoE length 24, Ver 1, Flags: [none]\n\tMajor: 0xffff, Minor: 0xff, Command: Reserve/Release, Tag: 0x00000007\n' +
      '\tRCmd: Set reserve list, NMacs: 2\n\tEthernet Address 0: 02:00:00:00:00:01\n\tEthernet Address 1: 02:00:00:00:00:02',
  },
  {
    why: 'AoE, reservations, a wrong count', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000188a21000ffffff03000000070903020000000001',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nAoE length 18, Ver 1, Flags: [none]\n\tMajor: 0xffff, Minor: 0xff, Command: Reserve/Release, Tag: 0x00000007\n' +
      '\tRCmd: Unknown (0x09), NMacs: 3 (invalid)',
  },
  {
    why: 'AoE, an unknown command', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000188a21300ffffff6300000007',
    text: 'VXLAN, flags [I] (0x08), vni 0\nAoE length 10, Ver 1, Flags: [MBZ-1, MBZ-0]\n\tMajor: 0xffff, Minor: 0xff, Command: Unknown (0x63), Tag: 0x00000007',
  },
  { why: 'AoE, a version', udp: 4789, keep: 22, verbose: 1, payload: '080000000000000002000000000202000000000188a22300', text: 'VXLAN, flags [I] (0x08), vni 0\nAoE length 2, Ver 2' },
  { why: 'AoE, short', udp: 4789, keep: 22, verbose: 1, payload: '080000000000000002000000000202000000000188a21000', text: 'VXLAN, flags [I] (0x08), vni 0\nAoE length 2, Ver 1 (invalid)' },
  {
    why: 'NSH', udp: 4789, keep: 22,
    payload: '0800000000000000020000000002020000000001894f0fc6010100000aff000102030405060708090a0b0c0d0e0f4500001d00010000401100000a0000010a0000029c4000090009000078',
    text: 'VXLAN, flags [I] (0x08), vni 0\nNSH, flags [none], service-path-id 0x00000a, service-index 0xff: IP 10.0.0.1.40000 > 10.0.0.2.9: UDP, length 1',
  },
  {
    why: 'NSH, context of one kind', udp: 4789, keep: 22, verbose: 3,
    payload: '0800000000000000020000000002020000000001894f0fc6010100000aff000102030405060708090a0b0c0d0e0f4500001d00010000401100000a0000010a0000029c4000090009000078',
    text:
      '[no cksum] VXLAN, flags [I] (0x08), vni 0\n' +
      'NSH, ver 0, flags [none], TTL 63, length 6, md type 1, next-protocol IPv4, service-path-id 0x00000a, service-index 0xff\n' +
      '        Context[00]: 0x00010203\n        Context[01]: 0x04050607\n        Context[02]: 0x08090a0b\n        Context[03]: 0x0c0d0e0f\n' +
      '    IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto UDP (17), length 29, bad cksum 0 (->66cd)!)\n' +
      '    10.0.0.1.40000 > 10.0.0.2.9: [no cksum] UDP, length 1',
  },
  {
    why: 'NSH, context of the other', udp: 4789, keep: 22, verbose: 3,
    payload:
      '0800000000000000020000000002020000000001894f2fc5020300000aff01020305010203040500000002000000000202000000000108004500001d00010000401100000a0000010a0000029c400009' +
      '0009000078',
    text:
      '[no cksum] VXLAN, flags [I] (0x08), vni 0\n' +
      'NSH, ver 0, flags [O], TTL 63, length 5, md type 2, next-protocol Ethernet, service-path-id 0x00000a, service-index 0xff\n' +
      '        TLV Class 258, Type 3, Len 5\n            Value: 0x01:02:03:04:05\n' +
      '    IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto UDP (17), length 29, bad cksum 0 (->66cd)!)\n' +
      '    10.0.0.1.40000 > 10.0.0.2.9: [no cksum] UDP, length 1',
  },
  {
    why: 'NSH, no context, IPv6', udp: 4789, keep: 22, verbose: 3,
    payload: '0800000000000000020000000002020000000001894f0fc2020200000aff6000000000091140fe800000000000000000000000000001fe8000000000000000000000000000029c4000090009000078',
    text:
      '[no cksum] VXLAN, flags [I] (0x08), vni 0\n' +
      'NSH, ver 0, flags [none], TTL 63, length 2, md type 2, next-protocol IPv6, service-path-id 0x00000a, service-index 0xff\n' +
      '    IP6 (hlim 64, next-header UDP (17) payload length: 9) fe80::1.40000 > fe80::2.9: [bad udp cksum 0x0000 -> 0xee8d!] UDP, length 1',
  },
  {
    why: 'NSH, a field too long', udp: 4789, keep: 22, verbose: 3,
    payload: '0800000000000000020000000002020000000001894f0fc3020100000aff010203054500001d00010000401100000a0000010a0000029c4000090009000078',
    text:
      '[no cksum] VXLAN, flags [I] (0x08), vni 0\n' +
      'NSH, ver 0, flags [none], TTL 63, length 3, md type 2, next-protocol IPv4, service-path-id 0x00000a, service-index 0xff\n' +
      '        TLV Class 258, Type 3, Len 5 (length too big) (invalid)',
  },
  {
    why: 'NSH, of one kind, too short', udp: 4789, keep: 22, verbose: 3,
    payload: '0800000000000000020000000002020000000001894f0fc3010100000aff010203054500001d00010000401100000a0000010a0000029c4000090009000078',
    text:
      '[no cksum] VXLAN, flags [I] (0x08), vni 0\n' +
      'NSH, ver 0, flags [none], TTL 63, length 3, md type 1, next-protocol IPv4, service-path-id 0x00000a, service-index 0xff (invalid length for the MD type) (invalid)',
  },
  {
    why: 'NSH, an unknown next', udp: 4789, keep: 22, verbose: 3,
    payload: '0800000000000000020000000002020000000001894f0fc2090900000aff616263',
    text:
      '[no cksum] VXLAN, flags [I] (0x08), vni 0\n' +
      'NSH, ver 0, flags [none], TTL 63, length 2, md type unknown (0x09), next-protocol unknown (0x09), service-path-id 0x00000a, service-index 0xff\n' +
      '    ERROR: unknown-next-protocol',
  },
  {
    why: 'NSH, a version', udp: 4789, keep: 22, verbose: 3,
    payload: '0800000000000000020000000002020000000001894f4fc2010100000aff4500001d00010000401100000a0000010a0000029c4000090009000078',
    text: '[no cksum] VXLAN, flags [I] (0x08), vni 0\nNSH, ver 1, ',
  },
  {
    why: 'NSH, too many headers', udp: 4789, keep: 22, verbose: 3,
    payload: '0800000000000000020000000002020000000001894f0fe8010100000aff4500001d00010000401100000a0000010a0000029c4000090009000078',
    text:
      '[no cksum] VXLAN, flags [I] (0x08), vni 0\n' +
      'NSH, ver 0, flags [none], TTL 63, length 40, md type 1, next-protocol IPv4,  (too many headers for packet length 37) (invalid)',
  },
  {
    why: 'NSH, one header', udp: 4789, keep: 22, verbose: 3,
    payload: '0800000000000000020000000002020000000001894f0fc10ffe00000aff4500001d00010000401100000a0000010a0000029c4000090009000078',
    text:
      '[no cksum] VXLAN, flags [I] (0x08), vni 0\n' +
      'NSH, ver 0, flags [none], TTL 63, length 1, md type experimental, next-protocol Experiment 1, service-path-id 0x00000a, service-index 0xff (less than two header' +
      's) (invalid)',
  },
  {
    why: 'NSH, MPLS', udp: 4789, keep: 22, verbose: 3,
    payload: '0800000000000000020000000002020000000001894f0fc2000500000aff616263',
    text:
      '[no cksum] VXLAN, flags [I] (0x08), vni 0\n' +
      'NSH, ver 0, flags [none], TTL 63, length 2, md type reserved, next-protocol MPLS, service-path-id 0x00000a, service-index 0xff\n' +
      '    ERROR: unknown-next-protocol',
  },
  {
    why: 'NSH, nested', udp: 4789, keep: 22, verbose: 3,
    payload:
      '0800000000000000020000000002020000000001894f0fc2020300000aff020000000002020000000001894f0fc2020100000aff4500001d00010000401100000a0000010a0000029c40000900090000' +
      '78',
    text:
      '[no cksum] VXLAN, flags [I] (0x08), vni 0\n' +
      'NSH, ver 0, flags [none], TTL 63, length 2, md type 2, next-protocol Ethernet, service-path-id 0x00000a, service-index 0xff\n' +
      '    NSH, ver 0, flags [none], TTL 63, length 2, md type 2, next-protocol IPv4, service-path-id 0x00000a, service-index 0xff\n' +
      '    IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto UDP (17), length 29, bad cksum 0 (->66cd)!)\n' +
      '    10.0.0.1.40000 > 10.0.0.2.9: [no cksum] UDP, length 1',
  },
  {
    why: 'NSH in VXLAN-GPE', udp: 4790, verbose: 1,
    payload: '0c000004000001000fc6010100000aff000102030405060708090a0b0c0d0e0f4500001d00010000401100000a0000010a0000029c4000090009000078',
    text:
      'VXLAN-GPE, flags [IP], vni 1\n    NSH, flags [none], service-path-id 0x00000a, service-index 0xff\n' +
      '    IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto UDP (17), length 29, bad cksum 0 (->66cd)!)\n' +
      '    10.0.0.1.40000 > 10.0.0.2.9: UDP, length 1',
  },
  {
    why: 'DECnet, init', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000160030c000102040f40020200000f0000',
    text: 'VXLAN, flags [I] (0x08), vni 0\ninit endnode verif blo src 1.2blksize 576 vers 2 eco 0 ueco 0 hello 15',
  },
  {
    why: 'DECnet, verification', udp: 4789, keep: 22, verbose: 1,
    payload: '08000000000000000200000000020200000000016003040003020455',
    text: 'VXLAN, flags [I] (0x08), vni 0\n (pktlen 4 < 6) (invalid)',
  },
  { why: 'DECnet, test', udp: 4789, keep: 22, verbose: 1, payload: '080000000000000002000000000202000000000160030400050204aa', text: 'VXLAN, flags [I] (0x08), vni 0\n (pktlen 4 < 6) (invalid)' },
  {
    why: 'DECnet, level 1', udp: 4789, keep: 22, verbose: 1,
    payload: '0800000000000000020000000002020000000001600312000702040003000a0001080200140005000000',
    text: 'VXLAN, flags [I] (0x08), vni 0\nlev-1-routing src 1.2 {ids 10-13 cost 1 hops 2} {ids 20-22 cost 5 hops 0} ',
  },
  {
    why: 'DECnet, level 2', udp: 4789, keep: 22, verbose: 1,
    payload: '0800000000000000020000000002020000000001600314000902040003000a000108d0071400050007000000',
    text: 'VXLAN, flags [I] (0x08), vni 0\nlev-2-routing src 1.2 {areas 10-13 cost 1 hops 2} ',
  },
  {
    why: 'DECnet, router hello', udp: 4789, keep: 22, verbose: 1,
    payload: '0800000000000000020000000002020000000001600312000b020000aa000400020466da0540000f0000',
    text: 'VXLAN, flags [I] (0x08), vni 0\nrouter-hello l1rout verif nomcast blo vers 2 eco 0 ueco 0 src 1.2 blksize 1498 pri 64 hello 15',
  },
  {
    why: 'DECnet, node hello', udp: 4789, keep: 22, verbose: 1,
    payload: '0800000000000000020000000002020000000001600322000d020000aa000400020403da05000000000000000000aa00040003040a000002aaaa',
    text: 'VXLAN, flags [I] (0x08), vni 0\nendnode-hello endnode vers 2 eco 0 ueco 0 src 1.2 blksize 1498 rtr 1.3 hello 10 data 2',
  },
  {
    why: 'DECnet, unknown control', udp: 4789, keep: 22, verbose: 1,
    payload: '0800000000000000020000000002020000000001600307000f616263646566',
    text: 'VXLAN, flags [I] (0x08), vni 0\nunknown control message\n\t0x0000:  0f61 6263 6465 66                        .abcdef',
  },
  {
    why: 'DECnet, future', udp: 4789, keep: 22, verbose: 1,
    payload: '08000000000000000200000000020200000000016003070042616263646566',
    text: 'VXLAN, flags [I] (0x08), vni 0\nfuture-version-decnet\n\t0x0000:  0700 4261 6263 64                        ..Babcd',
  },
  {
    why: 'DECnet, unknown format', udp: 4789, keep: 22, verbose: 1,
    payload: '08000000000000000200000000020200000000016003070004616263646566',
    text: 'VXLAN, flags [I] (0x08), vni 0\nunknown message flags under mask\n\t0x0000:  0700 0461 6263 64                        ...abcd',
  },
  {
    why: 'DECnet, padding', udp: 4789, keep: 22, verbose: 1,
    payload: '08000000000000000200000000020200000000016003100083000002020403040560110022000500',
    text: 'VXLAN, flags [I] (0x08), vni 0\n[pad:3] 1.3 > 1.2 16 6 hops data 34>17 seg 5 ',
  },
  {
    why: 'DECnet, a length', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000160036300020204030405',
    text: 'VXLAN, flags [I] (0x08), vni 0\n (pktlen 99 > 8) (invalid)',
  },
  {
    why: 'DECnet, a short length', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000160030300020204030405',
    text: 'VXLAN, flags [I] (0x08), vni 0\n (pktlen 3 < 6) (invalid)',
  },
  {
    why: 'DECnet, no NSP', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000160030600020204030405',
    text: 'VXLAN, flags [I] (0x08), vni 0\n1.3 > 1.2 6 6 hops  (nsplen 0 < 5) (invalid)',
  },
  {
    why: 'DECnet, data', udp: 4789, keep: 22, verbose: 1,
    payload: '0800000000000000020000000002020000000001600320002e0000aa00040002040000aa0004000304000200006011002200058006a00700',
    text: 'VXLAN, flags [I] (0x08), vni 0\n1.3 > 1.2 32 RQR IE 2 hops data 34>17 ack 5 oack 6 seg 7 ',
  },
  {
    why: 'DECnet, data, nak', udp: 4789, keep: 22, verbose: 1,
    payload: '0800000000000000020000000002020000000001600320002e0000aa00040002040000aa0004000304000200002011002200059006b00700',
    text: 'VXLAN, flags [I] (0x08), vni 0\n1.3 > 1.2 32 RQR IE 2 hops data 34>17 nak 5 onak 6 seg 7 ',
  },
  {
    why: 'DECnet, data, one number', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000160030d0002020403040540110022000700',
    text: 'VXLAN, flags [I] (0x08), vni 0\n1.3 > 1.2 13 6 hops data 34>17 seg 7 ',
  },
  {
    why: 'DECnet, interrupt', udp: 4789, keep: 22, verbose: 1,
    payload: '0800000000000000020000000002020000000001600311000202040304053011002200058006a00700',
    text: 'VXLAN, flags [I] (0x08), vni 0\n1.3 > 1.2 17 6 hops intr ack 5 ackdat 6 seg 7 ',
  },
  {
    why: 'DECnet, link service', udp: 4789, keep: 22, verbose: 1,
    payload: '0800000000000000020000000002020000000001600313000202040304051011002200058006b007000205',
    text: 'VXLAN, flags [I] (0x08), vni 0\n1.3 > 1.2 19 6 hops link-service 34>17 ack 5 nakdat 6 seg 7 dat seg count 5 send-data ',
  },
  {
    why: 'DECnet, link service, interrupts', udp: 4789, keep: 22, verbose: 1,
    payload: '08000000000000000200000000020200000000016003130002020403040510110022000700000000000405',
    text: 'VXLAN, flags [I] (0x08), vni 0\n1.3 > 1.2 19 6 hops link-service 34>17 seg 7 intr req count 5 ',
  },
  {
    why: 'DECnet, link service, odd', udp: 4789, keep: 22, verbose: 1,
    payload: '08000000000000000200000000020200000000016003130002020403040510110022000700000000000305',
    text: 'VXLAN, flags [I] (0x08), vni 0\n1.3 > 1.2 19 6 hops link-service 34>17 seg 7 dat seg count 5 reserved-fcmod? 3',
  },
  {
    why: 'DECnet, link service, odder', udp: 4789, keep: 22, verbose: 1,
    payload: '08000000000000000200000000020200000000016003130002020403040510110022000700000000000c05',
    text: 'VXLAN, flags [I] (0x08), vni 0\n1.3 > 1.2 19 6 hops link-service 34>17 seg 7 reserved-fcval-int? c',
  },
  {
    why: 'DECnet, ack', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000160030f000202040304050411002200058006a0',
    text: 'VXLAN, flags [I] (0x08), vni 0\n1.3 > 1.2 15 6 hops data-ack 34>17 ack 5 oack 6 ',
  },
  {
    why: 'DECnet, ack of the other', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000160030f000202040304051411002200059006b0',
    text: 'VXLAN, flags [I] (0x08), vni 0\n1.3 > 1.2 15 6 hops ils-ack 34>17 nak 5 nakdat 6 ',
  },
  {
    why: 'DECnet, connect ack', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000160030b000202040304052411002200',
    text: 'VXLAN, flags [I] (0x08), vni 0\n1.3 > 1.2 11 6 hops conn-ack 17',
  },
  {
    why: 'DECnet, an unknown ack', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000160030b000202040304057411002200',
    text: 'VXLAN, flags [I] (0x08), vni 0\n1.3 > 1.2 11 6 hops reserved-acktype? 74 34 > 17',
  },
  {
    why: 'DECnet, connect', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000160030f0002020403040518110022000402b305',
    text: 'VXLAN, flags [I] (0x08), vni 0\n1.3 > 1.2 15 6 hops conn-initiate 34>17 seg ver 4.0 segsize 1459 ',
  },
  {
    why: 'DECnet, connect again', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000160030f0002020403040568110022000801b305',
    text: 'VXLAN, flags [I] (0x08), vni 0\n1.3 > 1.2 15 6 hops retrans-conn-initiate 34>17 msg ver 3.1 segsize 1459 ',
  },
  {
    why: 'DECnet, confirm', udp: 4789, keep: 22, verbose: 1,
    payload: '08000000000000000200000000020200000000016003100002020403040528110022000103b30505',
    text: 'VXLAN, flags [I] (0x08), vni 0\n1.3 > 1.2 16 6 hops conn-confirm 34>17 ver 4.1 segsize 1459 optlen 5 ',
  },
  {
    why: 'DECnet, disconnect', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000160030e000202040304053811002200090003',
    text: 'VXLAN, flags [I] (0x08), vni 0\n1.3 > 1.2 14 6 hops disconn-initiate 34>17 user abort optlen 3 ',
  },
  {
    why: 'DECnet, disconnected', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000160030d0002020403040548110022002a00',
    text: 'VXLAN, flags [I] (0x08), vni 0\n1.3 > 1.2 13 6 hops disconn-confirm 34>17 disconnect complete ',
  },
  {
    why: 'DECnet, disconnected, no reason', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000160030b000202040304054811002200',
    text: 'VXLAN, flags [I] (0x08), vni 0\n1.3 > 1.2 11 6 hops disconn-confirm 34>17  [|decnet]',
  },
  {
    why: 'DECnet, unknown control of NSP', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000160030b000202040304050811002200',
    text: 'VXLAN, flags [I] (0x08), vni 0\n1.3 > 1.2 11 6 hops reserved-ctltype? 8 34 > 17',
  },
  {
    why: 'DECnet, unknown type', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000160030b000202040304050c11002200',
    text: 'VXLAN, flags [I] (0x08), vni 0\n1.3 > 1.2 11 6 hops reserved-type? c 34 > 17',
  },
  {
    why: 'DECnet, unknown data', udp: 4789, keep: 22, verbose: 1,
    payload: '080000000000000002000000000202000000000160030b000202040304057011002200',
    text: 'VXLAN, flags [I] (0x08), vni 0\n1.3 > 1.2 11 6 hops reserved-subtype? 70 34 > 17',
  },
]
