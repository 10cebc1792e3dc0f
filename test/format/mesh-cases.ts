/** Routing protocols of meshes and homes. Made by hand, with what tcpdump 4.99.3 prints. */
import type { PayloadCase } from './payload.js'

export const MESH_CASES: readonly PayloadCase[] = [
  {
    why: 'Babel, pads, hellos', udp: 6696, verbose: 1,
    payload: '2a020030000103616263020600001234019003021234041400000007019003040012d68700010261628501610406800000070000',
    text:
      'babel 2 (48)\n\tPad 1\n\tPad 5\n\tAcknowledgment Request 1234 4.00s\n\tAcknowledgment 1234\n' +
      '\tHello seqno 7 interval 4.00s sub-timestamp 1.234567s sub-pad1 sub-padn (M) sub-unknown-0x85\n\tHello (Unicast) seqno 7 unscheduled',
  },
  {
    why: 'Babel, neighbours', udp: 6696, verbose: 1,
    payload:
      '2a020067051401000100012c0a00000103080012d6870012d688051602000100000020010db8000000000000000000000000050e03000100012c0000000000000001050600000100012c050701000100' +
      '012c0a060a00000102030405060708070601000a00000107020000',
    text:
      'babel 2 (103)\n\tIHU 10.0.0.1 rxcost 256 interval 3.00s sub-timestamp 1.234567s|1.234568s\n\tIHU 2001:db8:: rxcost 256 interval 0.0s (bogus)\n' +
      '\tIHU fe80::1 rxcost 256 interval 3.00s\n\tIHU any rxcost 256 interval 3.00s\n\tIHU  [|babel]\n\tRouter Id 01:02:03:04:05:06:07:08\n\tNext Hop 10.0.0.1\n' +
      '\tNext Hop invalid AE 0',
  },
  {
    why: 'Babel, updates', udp: 6696, verbose: 1,
    payload:
      '2a020077080d018018000190000701000a01020810014020030190000701000702030005ff081202bf400001900007010020010db8000000010814020080080190000701000000000000000002020008' +
      '12030080000190000701000000000000000003080a00000000019000070100080a02000000ffff0007ffff',
    text:
      'babel 2 (119)\n\tUpdate/prefix 10.1.2.0/24 metric 256 seqno 7 interval 4.00s\n' +
      '\tUpdate/id 10.1.2.7/32 metric 256 seqno 7 interval 4.00s sub-diversity reserved-5-all\n' +
      '\tUpdate/prefix/unknown 2001:db8:0:1::/64 metric 256 seqno 7 interval 4.00s\n' +
      '\tUpdate 2001:db8:0:1::2/128 metric 256 seqno 7 interval 4.00s sub-diversity empty\n\tUpdate fe80::3/128 metric 256 seqno 7 interval 4.00s\n' +
      '\tUpdate any metric 256 seqno 7 interval 4.00s\n\tUpdate ::/0 metric 65535 seqno 7 interval infinity',
  },
  {
    why: 'Babel, requests', udp: 6696, verbose: 1,
    payload: '2a02004a090501180a0102090200000a1101180007050001020304050607080a01020a0e00000007050001020304050607080b060001000000020c120001abababababababababababababababab',
    text:
      'babel 2 (74)\n\tRoute Request for 10.1.2.0/24\n\tRoute Request for any\n\tSeqno Request (5 hops) for 10.1.2.0/24 seqno 7 id 01:02:03:04:05:06:07:08\n' +
      '\tSeqno Request (5 hops) for invalid AE 0 seqno 7 id 01:02:03:04:05:06:07:08\n\tTS/PC timestamp 2 packetcounter 1\n' +
      '\tHMAC key-id 1 digest-16 ABABABABABABABABABABABABABABABAB',
  },
  {
    why: 'Babel, source-specific', udp: 6696, verbose: 1,
    payload: '2a0200470d0e010818000190000701000a01020b0d1302084000ffff0007010020010db800000001fd0e070118080a01020b0e030000000f1201180007050801020304050607080a01020b',
    text:
      'babel 2 (71)\n\tSS-Update 10.1.2.0/24 from 11.0.0.0/8 metric 256 seqno 7 interval 4.00s\n' +
      '\tSS-Update 2001:db8:0:1::/64 from fd00::/8 metric 256 seqno 7 interval infinity\n\tSS-Request for (10.1.2.0/24, 11.0.0.0/8)\n\tSS-Request for any\n' +
      '\tSS-MH-Request (5 hops) for (10.1.2.0/24, 11.0.0.0/8) seqno 7 id 01:02:03:04:05:06:07:08',
  },
  {
    why: 'Babel, a trailer', udp: 6696, verbose: 1,
    payload: '2a0200161108000000016162636412036162631303616263630010207878787878787878787878787878787878787878787878787878787878787878110400000001',
    text:
      'babel 2 (22)\n\tPC value 1 index len 4\n\tChallenge Request len 3\n\tChallenge Reply len 3\n\tUnknown message type 99\n\t----\n\tMAC len 32\n' +
      '\tPC value 1 index len 0',
  },
  {
    why: 'Babel, a challenge too long', udp: 6696, verbose: 1,
    payload:
      '2a0200c312c16161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161' +
      '6161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161' +
      '616161616161616161616161616161616161616161616161616161616161616161616161616161',
    text: 'babel 2 (195)\n\tChallenge Request (invalid)',
  },
  { why: 'Babel, an update too short', udp: 6696, verbose: 1, payload: '2a0200050803616263', text: 'babel 2 (5)\n\tUpdate (invalid)' },
  { why: 'Babel, a length', udp: 6696, verbose: 1, payload: '2a0200036162', text: 'babel 2 (3) (invalid)' },
  { why: 'Babel, a field past the end', udp: 6696, verbose: 1, payload: '2a02000404090000', text: 'babel 2 (4) (invalid)' },
  { why: 'Babel, another version', udp: 6696, verbose: 1, payload: '2a030000', text: 'babel 3 unknown version' },
  { why: 'Babel, another magic', udp: 6696, verbose: 1, payload: '01020304', text: 'babel invalid header' },
  { why: 'Babel, a prefix that cannot be', udp: 6696, verbose: 1, payload: '2a020010080e010021000190000701000a010203', text: 'babel 2 (16)\n\tUpdate (invalid)' },
  { why: 'Babel, a prefix omitted without one', udp: 6696, verbose: 1, payload: '2a02000409020420', text: 'babel 2 (4)\n\tRoute Request  (invalid)' },
  {
    why: 'Babel, a timestamp elsewhere', udp: 6696, verbose: 1,
    payload: '2a0200220a0e0000000705000102030405060708081000000000019000070100030400000001',
    text:
      'babel 2 (34)\n\tSeqno Request (5 hops) for invalid AE 0 seqno 7 id 01:02:03:04:05:06:07:08\n' +
      '\tUpdate any metric 256 seqno 7 interval 4.00s sub-timestamp (bogus)',
  },
  {
    why: 'Babel, half a sub-field', udp: 6696, verbose: 1,
    payload: '2a02001304070000000701900304080000000701900305',
    text: 'babel 2 (19)\n\tHello seqno 7 interval 4.00s (invalid)\n\tHello seqno 7 interval 4.00s (invalid)',
  },
  {
    why: 'Babel', udp: 6696,
    payload: '2a020030000103616263020600001234019003021234041400000007019003040012d68700010261628501610406800000070000',
    text: 'babel 2 (48) pad1 padN ack-req ack hello hello',
  },
  {
    why: 'Babel, updates, brief', udp: 6697,
    payload:
      '2a020077080d018018000190000701000a01020810014020030190000701000702030005ff081202bf400001900007010020010db8000000010814020080080190000701000000000000000002020008' +
      '12030080000190000701000000000000000003080a00000000019000070100080a02000000ffff0007ffff',
    text: 'babel 2 (119) update/prefix update/id update/prefix/unknown update update update update',
  },
  {
    why: 'Babel, a trailer, brief', udp: 6696,
    payload: '2a0200161108000000016162636412036162631303616263630010207878787878787878787878787878787878787878787878787878787878787878110400000001',
    text: 'babel 2 (22) pc challenge_request challenge_reply unknown | mac pc',
  },
  { why: 'Babel, an update too short, brief', udp: 6696, payload: '2a0200050803616263', text: 'babel 2 (5) update (invalid)' },
  { why: 'OLSR', udp: 698, payload: '002b0007018600270a00000105060007000086030600000c0a0000020a000003ff00000401000007616263', text: 'OLSRv4, seq 0x0007, length 43' },
  {
    why: 'OLSR hello', udp: 698, verbose: 1,
    payload: '002b0007018600270a00000105060007000086030600000c0a0000020a000003ff00000401000007616263',
    text:
      'OLSRv4, seq 0x0007, length 43\n\tHello Message (0x01), originator 10.0.0.1, ttl 5, hop 6\n\t  vtime 6.000s, msg-seq 0x0007, length 39\n' +
      '\t  hello-time 6.000s, MPR willingness 3\n\t    link-type Symmetric, neighbor-type Symmetric, len 12\n\t      neighbor\n\t\t10.0.0.2 10.0.0.3 \n' +
      '\t    link-type Lost, neighbor-type Unknown, len 4\n\t      neighbor\n\t\t\n\t    link-type Asymmetric, neighbor-type Not-Neighbor, len 7\n\t      neighbor\n\t\t',
  },
  {
    why: 'OLSR hello with qualities', udp: 698, verbose: 1,
    payload: '00200007c905001c0a00000105060007000005030600000c0a000002ff800000',
    text:
      'OLSRv4, seq 0x0007, length 32\n\tHello-LQ Message (0xc9), originator 10.0.0.1, ttl 5, hop 6\n\t  vtime 2.000s, msg-seq 0x0007, length 28\n' +
      '\t  hello-time 2.000s, MPR willingness 3\n\t    link-type Symmetric, neighbor-type Symmetric, len 12\n' +
      '\t      neighbor 10.0.0.2, link-quality 100.00%, neighbor-link-quality 50.20%',
  },
  {
    why: 'OLSR topology', udp: 698, verbose: 1,
    payload: '00180007028600140a00000105060007000700000a000002',
    text:
      'OLSRv4, seq 0x0007, length 24\n\tTC Message (0x02), originator 10.0.0.1, ttl 5, hop 6\n\t  vtime 6.000s, msg-seq 0x0007, length 20\n' +
      '\t    advertised neighbor seq 0x0007\n\t      neighbor\n\t\t10.0.0.2 ',
  },
  {
    why: 'OLSR topology with qualities', udp: 698, verbose: 1,
    payload: '001c0007ca8600180a00000105060007000700000a000002ff800000',
    text:
      'OLSRv4, seq 0x0007, length 28\n\tTC-LQ Message (0xca), originator 10.0.0.1, ttl 5, hop 6\n\t  vtime 6.000s, msg-seq 0x0007, length 24\n' +
      '\t    advertised neighbor seq 0x0007\n\t      neighbor 10.0.0.2, link-quality 100.00%, neighbor-link-quality 50.20%',
  },
  {
    why: 'OLSR interfaces', udp: 698, verbose: 1,
    payload: '00180007038600140a000001050600070a0000020a000003',
    text:
      'OLSRv4, seq 0x0007, length 24\n\tMID Message (0x03), originator 10.0.0.1, ttl 5, hop 6\n\t  vtime 6.000s, msg-seq 0x0007, length 20\n' +
      '\t  interface address 10.0.0.2\n\t  interface address 10.0.0.3',
  },
  {
    why: 'OLSR networks', udp: 698, verbose: 1,
    payload: '004000070486003c0a000001050600070a000000ff0000000a000000ff0000000a000000ff0000000a000000ff00ff0000000000001fff0b0000000000021122',
    text:
      'OLSRv4, seq 0x0007, length 64\n\tHNA Message (0x04), originator 10.0.0.1, ttl 5, hop 6\n\t  vtime 6.000s, msg-seq 0x0007, length 60\n' +
      '\t  Advertised networks (total 6)\n\t    10.0.0.0/8, 10.0.0.0/8, 10.0.0.0/8, 10.0.0.0/4294967295\n' +
      '\t    Smart-Gateway: LINKSPEED IPV4 IPV4-NAT IPV6 IPv6-PREFIX 320000000/2000, Smart-Gateway: IPV4 0/0',
  },
  {
    why: 'OLSR names', udp: 698, verbose: 1,
    payload: '003c0007828600380a0000010506000700010003000000030a000002611b6200000300040a0000026162636400030000000000000000000000000000',
    text:
      'OLSRv4, seq 0x0007, length 60\n\tNameservice Message (0x82), originator 10.0.0.1, ttl 5, hop 6\n\t  vtime 6.000s, msg-seq 0x0007, length 56\n' +
      '\t  Version 1, Entries 3\n\t    #0: type 000000, length 3, address 10.0.0.2, name "a^[b"\n\t    #1: type 0x0003, length 4, address 10.0.0.2, name "abcd"\n' +
      '\t    #2: type 0x0003, length 0 (invalid)',
  },
  {
    why: 'OLSR names, none', udp: 698, verbose: 1,
    payload: '00140007828600100a0000010506000700010000',
    text:
      'OLSRv4, seq 0x0007, length 20\n\tNameservice Message (0x82), originator 10.0.0.1, ttl 5, hop 6\n\t  vtime 6.000s, msg-seq 0x0007, length 16\n' +
      '\t  Version 1, Entries 0 (invalid)',
  },
  {
    why: 'OLSR power', udp: 698, verbose: 1,
    payload: '001f00078086000f0a000001050600076162636386000c0a00000105060007',
    text:
      'OLSRv4, seq 0x0007, length 31\n\tPowerinfo Message (0x80), originator 10.0.0.1, ttl 5, hop 6\n\t  vtime 6.000s, msg-seq 0x0007, length 15\n' +
      '\t    0x0000:  6162 63\n\tUnknown Message (0x63), originator 10.0.0.1, ttl 5, hop 6\n\t  vtime 6.000s, msg-seq 0x0007, length 12',
  },
  {
    why: 'OLSR a length', udp: 698, verbose: 1,
    payload: '0010000701860fff0a00000105060007',
    text: 'OLSRv4, seq 0x0007, length 16\n\tHello Message (0x01), originator 10.0.0.1, ttl 5, hop 6\n\t  vtime 6.000s, msg-seq 0x0007, length 4095 (invalid)',
  },
  { why: 'OLSR type 0', udp: 698, verbose: 1, payload: '001000070086000c0a00000105060007', text: 'OLSRv4, seq 0x0007, length 16' },
  {
    why: 'OLSR an odd link', udp: 698, verbose: 1,
    payload: '00180007018600140a000001050600070000860306000002',
    text:
      'OLSRv4, seq 0x0007, length 24\n\tHello Message (0x01), originator 10.0.0.1, ttl 5, hop 6\n\t  vtime 6.000s, msg-seq 0x0007, length 20\n' +
      '\t  hello-time 6.000s, MPR willingness 3\n\t    link-type Symmetric, neighbor-type Symmetric, len 2 (invalid)',
  },
  { why: 'AODV request', udp: 654, payload: '01880002000000070a000001000000080a00000200000009', text: ' aodv rreq 24  hops 2 id 0x00000007\n\tdst 10.0.0.1 seq 8 src 10.0.0.2 seq 9' },
  {
    why: 'AODV request, hello', udp: 654,
    payload: '01880002000000070a000001000000080a000002000000090104000003e8',
    text: ' aodv rreq 30  hops 2 id 0x00000007\n\tdst 10.0.0.1 seq 8 src 10.0.0.2 seq 9\n\text HELLO 1000 ms',
  },
  {
    why: 'AODV request, a short hello', udp: 654,
    payload: '01880002000000070a000001000000080a000002000000090103000003e8',
    text: ' aodv rreq 30  hops 2 id 0x00000007\n\tdst 10.0.0.1 seq 8 src 10.0.0.2 seq 9\n\text HELLO - bad length 3',
  },
  {
    why: 'AODV request, an extension', udp: 654,
    payload: '01880002000000070a000001000000080a000002000000090903000003',
    text: ' aodv rreq 29  hops 2 id 0x00000007\n\tdst 10.0.0.1 seq 8 src 10.0.0.2 seq 9\n\text 9 3',
  },
  { why: 'AODV reply', udp: 654, payload: '02c03f020a000001000000080a00000200000bb8', text: ' aodv rrep 20  prefix 31 hops 2\n\tdst 10.0.0.1 dseq 8 src 10.0.0.2 3000 ms' },
  { why: 'AODV error', udp: 654, payload: '038000020a000001000000080a00000200000009', text: ' aodv rerr [D] [items 2] [20]: {10.0.0.1}(8) {10.0.0.2}(9)' },
  { why: 'AODV error, one missing', udp: 654, payload: '030000020a00000100000008', text: ' aodv rerr  [items 2] [12]: {10.0.0.1}(8) [|aodv]' },
  { why: 'AODV acknowledgement', udp: 654, payload: '0400', text: ' aodv rrep-ack 2' },
  {
    why: 'AODV IPv6 request, draft', udp: 654,
    payload: '10880002000000070000000800000009fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd',
    text: ' aodv rreq 48 [D] hops 2 id 0x00000007\n\tdst fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd seq 8 src fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd seq 9',
  },
  {
    why: 'AODV IPv6 reply, draft', udp: 654,
    payload: '11c0050200000007fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd00000bb8',
    text: ' aodv rrep 44  prefix 5 hops 2\n\tdst fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd dseq 7 src fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd 3000 ms',
  },
  { why: 'AODV IPv6 error, draft', udp: 654, payload: '12800001fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd00000007', text: ' aodv rerr [D] [items 1] [24]: {fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd}(7)' },
  { why: 'AODV IPv6 acknowledgement, draft', udp: 654, payload: '1300', text: ' aodv rrep-ack 2' },
  { why: 'AODV unknown', udp: 654, payload: '6300', text: ' aodv type 99 2' },
  {
    why: 'AHCP', udp: 5359,
    payload:
      '2b010506010203040102030405060708ffffffffffffffff010000c4000102045f5e1000030400000e100420fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd05080a00' +
      '00010a0000020611fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd40070561626364650810fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd09040a0000010a22fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd40fdfdfdfdfd' +
      'fdfdfdfdfdfdfdfdfdfdfd410b0a0a000000180a000100180c10fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd0d10fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd63026162',
    text: 'AHCP Version 1',
  },
  {
    why: 'AHCP, no options', udp: 5359, verbose: 1,
    payload:
      '2b010506010203040102030405060708ffffffffffffffff010000c4000102045f5e1000030400000e100420fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd05080a00' +
      '00010a0000020611fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd40070561626364650810fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd09040a0000010a22fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd40fdfdfdfdfd' +
      'fdfdfdfdfdfdfdfdfdfdfd410b0a0a000000180a000100180c10fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd0d10fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd63026162',
    text:
      'AHCP Version 1\n\tHopcount 5, Original Hopcount 6, Nonce 0x01020304, Source Id 01:02:03:04:05:06:07:08, Destination Id ff:ff:ff:ff:ff:ff:ff:ff\n' +
      '\tOffer, Length 196',
  },
  {
    why: 'AHCP, offer', udp: 5359, verbose: 2,
    payload:
      '2b010506010203040102030405060708ffffffffffffffff010000c4000102045f5e1000030400000e100420fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd05080a00' +
      '00010a0000020611fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd40070561626364650810fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd09040a0000010a22fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd40fdfdfdfdfd' +
      'fdfdfdfdfdfdfdfdfdfdfd410b0a0a000000180a000100180c10fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd0d10fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd63026162',
    text:
      '[no cksum] AHCP Version 1\n' +
      '\tHopcount 5, Original Hopcount 6, Nonce 0x01020304, Source Id 01:02:03:04:05:06:07:08, Destination Id ff:ff:ff:ff:ff:ff:ff:ff\n\tOffer, Length 196\n' +
      '\t Pad\n\t Mandatory\n\t Origin Time: 2020-09-13 12:26:40 UTC\n\t Expires: 3600s\n' +
      '\t My-IPv6-Address: fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd, fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd\n\t My-IPv4-Address: 10.0.0.1, 10.0.0.2\n' +
      '\t IPv6 Prefix: fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd/64\n\t IPv4 Prefix (Length 5)\n\t IPv6 Address: fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd\n' +
      '\t IPv4 Address: 10.0.0.1\n\t IPv6 Prefix Delegation: fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd/64, fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd/65\n' +
      '\t IPv4 Prefix Delegation: 10.0.0.0/24, 10.0.1.0/24\n\t Name Server: fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd\n' +
      '\t NTP Server: fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd\n\t Unknown-99 (Length 2)',
  },
  {
    why: 'AHCP, faults', udp: 5359, verbose: 2,
    payload: '2b010506010203040102030405060708ffffffffffffffff0907001a0203616263030161040361626305050a0000010b0601610b0161',
    text:
      '[no cksum] AHCP Version 1\n' +
      '\tHopcount 5, Original Hopcount 6, Nonce 0x01020304, Source Id 01:02:03:04:05:06:07:08, Destination Id ff:ff:ff:ff:ff:ff:ff:ff\n' +
      '\tUnknown-9, MBZ 7, Length 26\n\t Origin Time (invalid)\n\t Expires (invalid)\n\t My-IPv6-Address (invalid)\n\t My-IPv4-Address: 10.0.0.1 (invalid)\n' +
      '\t IPv6 Prefix (invalid)\n\t IPv4 Prefix Delegation (invalid)',
  },
  {
    why: 'AHCP, an option past the end', udp: 5359, verbose: 2,
    payload: '2b010506010203040102030405060708ffffffffffffffff000000020409',
    text:
      '[no cksum] AHCP Version 1\n' +
      '\tHopcount 5, Original Hopcount 6, Nonce 0x01020304, Source Id 01:02:03:04:05:06:07:08, Destination Id ff:ff:ff:ff:ff:ff:ff:ff\n\tDiscover, Length 2\n' +
      '\t My-IPv6-Address (invalid)',
  },
  {
    why: 'AHCP, half an option', udp: 5359, verbose: 2,
    payload: '2b010506010203040102030405060708ffffffffffffffff0000000104',
    text:
      '[no cksum] AHCP Version 1\n' +
      '\tHopcount 5, Original Hopcount 6, Nonce 0x01020304, Source Id 01:02:03:04:05:06:07:08, Destination Id ff:ff:ff:ff:ff:ff:ff:ff\n\tDiscover, Length 1\n' +
      '\t My-IPv6-Address (invalid)',
  },
  {
    why: 'AHCP, a body past the end', udp: 5359, verbose: 2,
    payload: '2b010506010203040102030405060708ffffffffffffffff00000005',
    text:
      '[no cksum] AHCP Version 1\n' +
      '\tHopcount 5, Original Hopcount 6, Nonce 0x01020304, Source Id 01:02:03:04:05:06:07:08, Destination Id ff:ff:ff:ff:ff:ff:ff:ff\n' +
      '\tDiscover, Length 5 (invalid)',
  },
  {
    why: 'AHCP, no body', udp: 5359, verbose: 2,
    payload: '2b010506010203040102030405060708ffffffffffffffff00',
    text:
      '[no cksum] AHCP Version 1\n' +
      '\tHopcount 5, Original Hopcount 6, Nonce 0x01020304, Source Id 01:02:03:04:05:06:07:08, Destination Id ff:ff:ff:ff:ff:ff:ff:ff (invalid)',
  },
  { why: 'AHCP, half a header', udp: 5359, verbose: 2, payload: '2b0105060102030401', text: '[no cksum] AHCP Version 1 (invalid)' },
  { why: 'AHCP, another version', udp: 5359, verbose: 2, payload: '2b020102', text: '[no cksum] AHCP Version 2 (unknown)' },
  { why: 'AHCP, another magic', udp: 5359, verbose: 2, payload: '2c020102', text: '[no cksum] AHCP (invalid)' },
  {
    why: 'HNCP', udp: 8231,
    payload:
      '00010000000200040102030400030008010203040000000500040008abababababababab00050044010203040000000700000fa0cdcdcdcdcdcdcdcd0008000c0102030400000005000000060008000c' +
      '0102030400000005000000060021000c000900080000000500004e20000900080000000500004e20000a002901000000eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee' +
      '6e611b6d65000000',
    text: 'hncp (168) Request network state, Request node state, Node endpoint, Network state, Node state, Keep-alive interval, Trust-Verdict',
  },
  {
    why: 'HNCP, one level', udp: 8231, verbose: 1,
    payload:
      '00010000000200040102030400030008010203040000000500040008abababababababab00050044010203040000000700000fa0cdcdcdcdcdcdcdcd0008000c0102030400000005000000060008000c' +
      '0102030400000005000000060021000c000900080000000500004e20000900080000000500004e20000a002901000000eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee' +
      '6e611b6d65000000',
    text:
      'hncp (168)\n\tRequest network state (4)\n\tRequest node state (8) NID: 01:02:03:04\n\tNode endpoint (12) NID: 01:02:03:04 EPID: 00000005\n' +
      '\tNetwork state (12) hash: abababababababab\n\tNode state (72) NID: 01:02:03:04 seqno: 7 4.000s hash: cdcdcdcdcdcdcdcd\n\t\tPeer (x2), External-Connection\n' +
      '\tKeep-alive interval (12) EPID: 00000005 Interval: 20.000s\n' +
      '\tTrust-Verdict (45) Verdict: 1 Fingerprint: eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee Common Name: na^[me',
  },
  {
    why: 'HNCP, two levels', udp: 8231, verbose: 2,
    payload:
      '00200009000012346167656e740000000021008c0022001c00000e1000001c204020010db800000001000000002b0001000000000025001f06040a0000012a080a0000020a0000037707036162630264' +
      '65006303616263000026002600170010fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd001800050361626300001f0000006300016100000022001800000e1000001c207800000000000000000000ffff0a01ff',
    text:
      '[no cksum] hncp (160)\n\tHNCP-Version (13) M: 1 P: 2 H: 3 L: 4 User-agent: agent\n\tExternal-Connection (144)\n' +
      '\t\tDelegated-Prefix (32) VLSO: 3.600s PLSO: 7.200s Prefix: 2001:db8:0:1::/64\n\t\t\tPrefix-Policy\n\t\tDHCPv4-Data (35)\n\t\t\tDNS-server (6) 10.0.0.1\n' +
      '\t\t\tNTP-server (10) 10.0.0.2 10.0.0.3\n\t\t\tDNS-search (9) abc.de.\n\t\t\tUnknown (101) (invalid)',
  },
  {
    why: 'HNCP, state', udp: 8231, verbose: 3,
    payload:
      '00010000000200040102030400030008010203040000000500040008abababababababab00050044010203040000000700000fa0cdcdcdcdcdcdcdcd0008000c0102030400000005000000060008000c' +
      '0102030400000005000000060021000c000900080000000500004e20000900080000000500004e20000a002901000000eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee' +
      '6e611b6d65000000',
    text:
      '[no cksum] hncp (168)\n\tRequest network state (4)\n\tRequest node state (8) NID: 01:02:03:04\n\tNode endpoint (12) NID: 01:02:03:04 EPID: 00000005\n' +
      '\tNetwork state (12) hash: abababababababab\n\tNode state (72) NID: 01:02:03:04 seqno: 7 4.000s hash: cdcdcdcdcdcdcdcd\n' +
      '\t\tPeer (16) Peer-NID: 01:02:03:04 Peer-EPID: 00000005 Local-EPID: 00000006\n\t\tPeer (16) Peer-NID: 01:02:03:04 Peer-EPID: 00000005 Local-EPID: 00000006\n' +
      '\t\tExternal-Connection (16)\n\t\t\tKeep-alive interval (12) EPID: 00000005 Interval: 20.000s\n\tKeep-alive interval (12) EPID: 00000005 Interval: 20.000s\n' +
      '\tTrust-Verdict (45) Verdict: 1 Fingerprint: eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee Common Name: na^[me',
  },
  {
    why: 'HNCP, home', udp: 8231, verbose: 3,
    payload:
      '00200009000012346167656e740000000021008c0022001c00000e1000001c204020010db800000001000000002b0001000000000025001f06040a0000012a080a0000020a0000037707036162630264' +
      '65006303616263000026002600170010fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd001800050361626300001f0000006300016100000022001800000e1000001c207800000000000000000000ffff0a01ff',
    text:
      '[no cksum] hncp (160)\n\tHNCP-Version (13) M: 1 P: 2 H: 3 L: 4 User-agent: agent\n\tExternal-Connection (144)\n' +
      '\t\tDelegated-Prefix (32) VLSO: 3.600s PLSO: 7.200s Prefix: 2001:db8:0:1::/64\n\t\t\tPrefix-Policy (5) type: Internet connectivity\n\t\tDHCPv4-Data (35)\n' +
      '\t\t\tDNS-server (6) 10.0.0.1\n\t\t\tNTP-server (10) 10.0.0.2 10.0.0.3\n\t\t\tDNS-search (9) abc.de.\n\t\t\tUnknown (101) (invalid)',
  },
  {
    why: 'HNCP, addresses', udp: 8231, verbose: 3,
    payload:
      '0023001400000005023d20010db80000000f0000000000000024001c0000000500000000000000000000ffff0a000001002c0001610000000024001400000005fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd' +
      '00270020fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd050361626304686f6d650000030000000028000503616263000000000028000703616263056162000029001cfdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd' +
      '046e616d650000000258000000290051fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd406e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e' +
      '6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e000000002a0024eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee00060000',
    text:
      '[no cksum] hncp (300)\n\tAssigned-Prefix (24) EPID: 00000005 Prty: 2 Prefix: 2001:db8:0:8::/61\n\t\tReserved: type=0 (4)\n' +
      '\tNode-Address (32) EPID: 00000005 IP Address: 10.0.0.1\n\t\tUnassigned: type=44 (5)\n' +
      '\tNode-Address (24) EPID: 00000005 IP Address: fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd\n' +
      '\tDNS-Delegated-Zone (36) IP-Address: fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd l-s abc.home\n\t\tPrivate use: type=768 (4)\n\tDomain-Name (9) Domain: abc\n' +
      '\tDomain-Name (11) Domain: abc.ab[|DNS]\n\tNode-Name (32) IP-Address: fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd Name: "name"\n\t\tFuture use: type=600 (4)\n' +
      '\tNode-Name (85) IP-Address: fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd Name:  (invalid)\n' +
      '\tManaged-PSK (40) PSK: eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee\n\t\tFuture use: type=6 (4)',
  },
  {
    why: 'HNCP, policies', udp: 8231, verbose: 3,
    payload:
      '002b000100000000002b000200610000002b00094020010db800000001000000002b001180fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd000000002b000e6400000000000000000000ffffa00000002b0007' +
      '8103616263000000002b0007826f706171756500002b000183000000002b000283010000002b0001c8000000002b000241610000',
    text:
      '[no cksum] hncp (132)\n\tPrefix-Policy (5) type: Internet connectivity\n\tPrefix-Policy (6) type:  (invalid)\n' +
      '\tPrefix-Policy (13) type: Dest-Prefix: 2001:db8:0:1::/64\n\tPrefix-Policy (21) type: Dest-Prefix: fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd/128\n' +
      '\tPrefix-Policy (18) type: Dest-Prefix: 160.0.0.0/4\n\tPrefix-Policy (11) type: DNS domain: abc\n\tPrefix-Policy (11) type: Opaque UTF-8: opaque\n' +
      '\tPrefix-Policy (5) type: Restrictive assignment\n\tPrefix-Policy (6) type:  (invalid)\n\tPrefix-Policy (5) type: Unknown (200)\n' +
      '\tPrefix-Policy (6) type: Dest-Prefix:  (invalid)',
  },
  {
    why: 'HNCP, faults', udp: 8231, verbose: 3,
    payload:
      '00010001610000000002000000050000002200313132333435363738ff787878787878787878787878787878787878787878787878787878787878787878787878787878780000000022000c31323334' +
      '35363738406162630023002e3132333400ff7878787878787878787878787878787878787878787878787878787878787878787878787878787800000025000000260007001700036162630000270014' +
      'fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd05056162000a00246161616161616161616161616161616161616161616161616161616161616161616161610029001178787878787878787878787878787878' +
      '78000000002b0000',
    text:
      '[no cksum] hncp (248)\n\tRequest network state (5) (invalid)\n\tRequest node state (4) (invalid)\n\tNode state (4) (invalid)\n' +
      '\tDelegated-Prefix (53) VLSO: 825373.492s PLSO: 892745.528s Prefix: (length is invalid)\n\tDelegated-Prefix (16) (invalid)\n' +
      '\tAssigned-Prefix (50) EPID: 31323334 Prty: 0 Prefix:  (invalid)\n\tDHCPv4-Data (4) (invalid)\n\tDHCPv6-Data (11)\n\t\tDNS-server (7) (invalid) (invalid)\n' +
      '\tDNS-Delegated-Zone (24) IP-Address: fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd l-s ab[|DNS] (invalid)\n\tTrust-Verdict (40) (invalid)\n' +
      '\tNode-Name (21) (invalid)\n\tPrefix-Policy (4) (invalid)',
  },
  { why: 'HNCP, a bad DHCP option', udp: 8231, verbose: 3, payload: '0025000506030a000000000000010000', text: '[no cksum] hncp (16)\n\tDHCPv4-Data (9)\n\t\tDNS-server (5) (invalid)' },
  {
    why: 'HNCP, a name that points on', udp: 8231, verbose: 3,
    payload: '002500047702c0000026000600180002c004000000010000',
    text: '[no cksum] hncp (24)\n\tDHCPv4-Data (8)\n\t\tDNS-search (4) \n\tDHCPv6-Data (10)\n\t\tDNS-search-list (6) \n\tRequest network state (4)',
  },
  { why: 'HNCP, past the end', udp: 8231, verbose: 3, payload: '0001000801', text: '[no cksum] hncp (5)\n\t [|hncp]' },
  { why: 'HNCP, half a header', udp: 8231, verbose: 3, payload: '0001', text: '[no cksum] hncp (2)\n\t [|hncp]' },
  {
    why: 'HNCP, deep', udp: 8231, verbose: 3,
    payload: '0021001800210014002100100021000c000000000000000000010000',
    text:
      '[no cksum] hncp (28)\n\tExternal-Connection (28)\n\t\tExternal-Connection (24)\n\t\t\tExternal-Connection (20)\n\t\t\t\tExternal-Connection (16)\n' +
      '\t\t\t\t\tReserved: type=0 (4)\n\t\t\t\t\tReserved: type=0 (4)\n\t\t\t\t\tRequest network state (4)',
  },
  { why: 'AODV by type', udp: 9, type: 'aodv', payload: '01880002000000070a000001000000080a00000200000009', text: ' aodv rreq 24  hops 2 id 0x00000007\n\tdst 10.0.0.1 seq 8 src 10.0.0.2 seq 9' },
]
