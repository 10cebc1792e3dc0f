/** Gateway and multicast protocols over IP, UDP and TCP. Made by hand, with what tcpdump 4.99.3 prints. */
import type { PayloadCase } from './payload.js'

export const GATEWAY_CASES: readonly PayloadCase[] = [
  { why: 'EIGRP', ip: 88, payload: '02051234000000000000000700000008000000640001000c010001000000000f000400080c0401020002000701020300030008040102030005000800000001', text: 'EIGRP Hello, length: 63' },
  {
    why: 'EIGRP, hello', ip: 88, verbose: 1,
    payload: '02051234000000000000000700000008000000640001000c010001000000000f000400080c0401020002000701020300030008040102030005000800000001',
    text:
      '\n\tEIGRP v2, opcode: Hello (5), chksum: 0x1234, Flags: [none]\n\tseq: 0x00000007, ack: 0x00000008, VRID: 0, AS: 100, length: 43\n' +
      '\t  General Parameters TLV (0x0001), length: 12\n\t    holdtime: 15s, k1 1, k2 0, k3 1, k4 0, k5 0\n\t  Software Version TLV (0x0004), length: 8\n' +
      '\t    IOS version: 12.4, EIGRP version 1.2\n\t  Authentication TLV (0x0002), length: 7\n\t    0x0000:  0102 03\n\t  Sequence TLV (0x0003), length: 8\n' +
      '\t    0x0000:  0401 0203\n\t  Next Multicast Sequence TLV (0x0005), length: 8\n\t    0x0000:  0000 0001',
  },
  {
    why: 'EIGRP, internal routes', ip: 88, verbose: 1,
    payload:
      '020112340000000f0000000700000008000000640102001c0000000000000a00000001000005dc03ff010000180a01020102001d0a00000100000a00000001000005dc03ff010000200a010203010200' +
      '1a0a00000100000a00000001000005dc03ff010000080a0102001a0a00000100000a00000001000005dc03ff010000210a',
    text:
      '\n\tEIGRP v2, opcode: Update (1), chksum: 0x1234, Flags: [Init, Conditionally Received, Restart, End-of-Table]\n' +
      '\tseq: 0x00000007, ack: 0x00000008, VRID: 0, AS: 100, length: 109\n\t  IP Internal routes TLV (0x0102), length: 28\n' +
      '\t    IPv4 prefix:        10.1.2.0/24, nexthop: self\n\t      delay 25 ms, bandwidth 256 Kbps, mtu 1500, hop 3, reliability 255, load 1\n' +
      '\t  IP Internal routes TLV (0x0102), length: 29\n\t    IPv4 prefix:        10.1.2.3/32, nexthop: 10.0.0.1\n' +
      '\t      delay 25 ms, bandwidth 256 Kbps, mtu 1500, hop 3, reliability 255, load 1\n\t  IP Internal routes TLV (0x0102), length: 26\n' +
      '\t    IPv4 prefix:        10.0.0.0/8, nexthop: 10.0.0.1\n\t      delay 25 ms, bandwidth 256 Kbps, mtu 1500, hop 3, reliability 255, load 1\n' +
      '\t  IP Internal routes TLV (0x0102), length: 26\n\t    illegal prefix length 33',
  },
  {
    why: 'EIGRP, external routes', ip: 88, verbose: 1,
    payload:
      '0203123400000000000000070000000800000064010300300a0000010a0000020000006400000001000000050000060100000a00000001000005dc03ff010000180a01020103002e000000000a000002' +
      '0000006400000001000000050000630100000a00000001000005dc03ff0100000000',
    text:
      '\n\tEIGRP v2, opcode: Query (3), chksum: 0x1234, Flags: [none]\n\tseq: 0x00000007, ack: 0x00000008, VRID: 0, AS: 100, length: 94\n' +
      '\t  IP External routes TLV (0x0103), length: 48\n\t    IPv4 prefix:        10.1.2.0/24, nexthop: 10.0.0.1\n' +
      '\t      origin-router 10.0.0.2, origin-as 100, origin-proto OSPF, flags [0x01], tag 0x00000001, metric 5\n' +
      '\t      delay 25 ms, bandwidth 256 Kbps, mtu 1500, hop 3, reliability 255, load 1\n\t  IP External routes TLV (0x0103), length: 46\n' +
      '\t    IPv4 prefix:         0.0.0.0/0, nexthop: self\n' +
      '\t      origin-router 10.0.0.2, origin-as 100, origin-proto unknown, flags [0x01], tag 0x00000001, metric 5\n' +
      '\t      delay 25 ms, bandwidth 256 Kbps, mtu 1500, hop 3, reliability 255, load 1',
  },
  {
    why: 'EIGRP, AppleTalk', ip: 88, verbose: 1,
    payload:
      '02041234000000000000000700000008000000640202001c0000000000000a00000001000005dc03ff010000000100050202001c0001000200000a00000001000005dc03ff010000000100050203002c' +
      '000100020000000700000064000000090302000700000a00000001000005dc03ff010000000100020204000c000100020000000703020007616263030300040402000778797a',
    text:
      '\n\tEIGRP v2, opcode: Reply (4), chksum: 0x1234, Flags: [none]\n\tseq: 0x00000007, ack: 0x00000008, VRID: 0, AS: 100, length: 130\n' +
      '\t  AppleTalk Internal routes TLV (0x0202), length: 28\n\t     Cable-Range: 1-5, nexthop: self\n' +
      '\t      delay 25 ms, bandwidth 256 Kbps, mtu 1500, hop 3, reliability 255, load 1\n\t  AppleTalk Internal routes TLV (0x0202), length: 28\n' +
      '\t     Cable-Range: 1-5, nexthop: 1.2\n\t      delay 25 ms, bandwidth 256 Kbps, mtu 1500, hop 3, reliability 255, load 1\n' +
      '\t  AppleTalk External routes TLV (0x0203), length: 44\n\t     Cable-Range: 1-2, nexthop: 1.2\n' +
      '\t      origin-router 7, origin-as 100, origin-proto Static, flags [0x02], tag 0x00000009, metric 7\n' +
      '\t      delay 25 ms, bandwidth 256 Kbps, mtu 1500, hop 3, reliability 255, load 1\n\t  AppleTalk Cable setup TLV (0x0204), length: 12\n' +
      '\t    Cable-range: 1-2, Router-ID 7\n\t  IPX Internal routes TLV (0x0302), length: 7\n\t    0x0000:  6162 63\n' +
      '\t  IPX External routes TLV (0x0303), length: 4\n\t  Unknown TLV (0x0402), length: 7\n\t    0x0000:  7879 7a',
  },
  {
    why: 'EIGRP, IPX', ip: 88, verbose: 1,
    payload: '0206123400000000000000070000000800000064',
    text: '\n\tEIGRP v2, opcode: IPX SAP (6), chksum: 0x1234, Flags: [none]\n\tseq: 0x00000007, ack: 0x00000008, VRID: 0, AS: 100, length: 0',
  },
  {
    why: 'EIGRP, nothing', ip: 88, verbose: 2,
    payload: '020712340000000000000007000000080000006400010004',
    text:
      '\n\tEIGRP v2, opcode: Probe (7), chksum: 0x1234, Flags: [none]\n\tseq: 0x00000007, ack: 0x00000008, VRID: 0, AS: 100, length: 4\n' +
      '\t  General Parameters TLV (0x0001), length: 4 (too short, < 12)',
  },
  {
    why: 'EIGRP, what it does not know', ip: 88, verbose: 2,
    payload: '020912340000000000000007000000080000006400010000',
    text: '\n\tEIGRP v2, opcode: unknown, type: 9 (9), chksum: 0x1234, Flags: [none]\n\tseq: 0x00000007, ack: 0x00000008, VRID: 0, AS: 100, length: 4',
  },
  {
    why: 'EIGRP, a version', ip: 88,
    payload: '01051234000000000000000700000008000000640001000c010001000000000f000400080c0401020002000701020300030008040102030005000800000001',
    text: 'EIGRP version 1 packet not supported',
  },
  {
    why: 'IGRP', ip: 9, verbose: 1,
    payload: '11050064000100010001abcd0a01020000640003e805dcff0102c0a80100006400000005dcff01020b0000ffffffffffff05dcff0102',
    text:
      'igrp: update V1 edit=5 AS=100 (1/1/1) checksum=0xabcd *.10.1.2 d=1000 b=10000 r=255 l=1 M=1100 mtu=1500 in 2 hops 192.168.1.0 d=1000 b=0 r=255 l=1 M=100 mtu=150' +
      '0 in 2 hops X11.0.0.0 d=167772150 b=0 r=255 l=1 M=16777215 mtu=1500 in 2 hops',
  },
  {
    why: 'IGRP, two bytes more', ip: 9,
    payload: '11050064000100010001abcd0a01020000640003e805dcff0102c0a80100006400000005dcff01020b0000ffffffffffff05dcff01020102',
    text:
      'igrp: update V1 edit=5 AS=100 (1/1/1) *.10.1.2 d=1000 b=10000 r=255 l=1 M=1100 mtu=1500 in 2 hops 192.168.1.0 d=1000 b=0 r=255 l=1 M=100 mtu=1500 in 2 hops X11.' +
      '0.0.0 d=167772150 b=0 r=255 l=1 M=16777215 mtu=1500 in 2 hops (invalid)',
  },
  {
    why: 'IGRP, an entry more', ip: 9,
    payload: '11050064000100010001abcd0a01020000640003e805dcff0102c0a80100006400000005dcff01020b0000ffffffffffff05dcff01020303030303030303030303030303',
    text:
      'igrp: update V1 edit=5 AS=100 (1/1/1) *.10.1.2 d=1000 b=10000 r=255 l=1 M=1100 mtu=1500 in 2 hops 192.168.1.0 d=1000 b=0 r=255 l=1 M=100 mtu=1500 in 2 hops X11.' +
      '0.0.0 d=167772150 b=0 r=255 l=1 M=16777215 mtu=1500 in 2 hops [extra bytes 14] (invalid)',
  },
  { why: 'IGRP request', ip: 9, payload: '12050064000000000000abcd', text: 'igrp: request V1 edit=5 AS=100 (0/0/0)' },
  { why: 'IGRP, unknown', ip: 9, payload: '1305006400010000', text: 'igrp: [|igrp]' },
  { why: 'EGP', ip: 8, payload: '02030000abcd0064000700030a000001', text: 'EGPv2, AS 100, seq 7, length 16' },
  { why: 'EGP acquire, 1', ip: 8, verbose: 1, payload: '02030001abcd0064000700030a000001', text: 'EGPv2, length 16 acquire request active_mode hello:3 poll:2560' },
  { why: 'EGP acquire, 8', ip: 8, verbose: 1, payload: '02030008abcd0064000700030a000001', text: 'EGPv2, length 16 acquire request [status 8] hello:3 poll:2560' },
  { why: 'EGP acquire, 11', ip: 8, verbose: 1, payload: '02030102abcd0064000700030a000001', text: 'EGPv2, length 16 acquire confirm passive_mode hello:3 poll:2560' },
  { why: 'EGP acquire, 20', ip: 8, verbose: 1, payload: '02030202abcd0064000700030a000001', text: 'EGPv2, length 16 acquire refuse[status 2]' },
  { why: 'EGP acquire, 25', ip: 8, verbose: 1, payload: '02030207abcd0064000700030a000001', text: 'EGPv2, length 16 acquire refuse protocol_violation' },
  { why: 'EGP acquire, 26', ip: 8, verbose: 1, payload: '02030208abcd0064000700030a000001', text: 'EGPv2, length 16 acquire refuse[status 8]' },
  { why: 'EGP acquire, 48', ip: 8, verbose: 1, payload: '02030503abcd0064000700030a000001', text: 'EGPv2, length 16 acquire[code 5]' },
  { why: 'EGP reach', ip: 8, verbose: 1, payload: '02050101abcd0064000700030a000001', text: 'EGPv2, length 16 i-h-u state:up' },
  { why: 'EGP reach, unknown', ip: 8, verbose: 1, payload: '02050201abcd0064000700030a000001', text: 'EGPv2, length 16[reach code 2]' },
  { why: 'EGP poll', ip: 8, verbose: 1, payload: '02020001abcd0064000700030a000001', text: 'EGPv2, length 16 poll state:up net:10.0.0.1' },
  { why: 'EGP error', ip: 8, verbose: 1, payload: '02080000abcd0064000700030a000001', text: 'EGPv2, length 16 error state:indeterminate reachability_info_unavailable' },
  {
    why: 'EGP update, class A', ip: 8, verbose: 1,
    payload: '02010081abcd0064000701020a0000010102030201020a80010201c0a80109010000ff010000ff010000ff',
    text: 'EGPv2, length 43 update unsolicited state:up 10.0.0.1 int 1 ext 2 int 3.2.1.1 (d1: 0.0.0.10 0.0.1.128, d2: 0.1.168.192) ext 0.1.9.1 () ext 0.1.255.1 ()',
  },
  {
    why: 'EGP update, class B', ip: 8, verbose: 1,
    payload: '02010081abcd0064000701020a0000a10102030201020a80010201c0a80109010000ff010000ff010000ff',
    text:
      'EGPv2, length 43 update unsolicited state:up 10.0.0.161 int 1 ext 2 int 2.1.0.161 (d2: 0.0.0.2, d10: 0.0.0.1 0.0.0.2 0.0.0.1 0.1.168.192 0.0.0.9 0.0.0.1 0.0.0.0' +
      ' 0.0.0.0 0.0.1.255 0.0.0.0 0.0.1.255 0.0.0.0 [|egp]',
  },
  {
    why: 'EGP update, class C', ip: 8, verbose: 1,
    payload: '02010081abcd0064000701020a0000c10102030201020a80010201c0a80109010000ff010000ff010000ff',
    text:
      'EGPv2, length 43 update unsolicited state:up 10.0.0.193 int 1 ext 2 int 1.0.0.193 (d3: 0.0.0.1 0.0.0.2, d10: 0.0.0.1 0.0.0.2 0.0.0.1 0.1.168.192 0.0.0.9 0.0.0.1' +
      ' 0.0.0.0 0.0.0.0 0.0.1.255 0.0.0.0 0.0.1.255 0.0.0.0 [|egp]',
  },
  {
    why: 'EGP update, class D', ip: 8, verbose: 1,
    payload: '02010081abcd0064000701020a0000e10102030201020a80010201c0a80109010000ff010000ff010000ff',
    text:
      'EGPv2, length 43 update unsolicited state:up 10.0.0.225 int 1 ext 2 int 0.0.0.0 (d2: 0.0.0.2 0.0.0.1 0.0.0.2) ext 0.0.0.0 (d128: 0.0.0.2, d1: 0.0.1.168 0.0.0.9 ' +
      '0.0.0.1 0.0.0.0 0.0.0.0 [|egp]',
  },
  { why: 'EGP, a version', ip: 8, verbose: 1, payload: '03010000abcd0064000700030a000001', text: 'EGPv3, length 16[version 3]' },
  { why: 'minimal encapsulation', ip: 55, verbose: 1, payload: '068012340a0000090a000008abcd', text: 'mobile: [S] 10.0.0.8 > 10.0.0.9 (oproto=6) (bad checksum 4660)' },
  { why: 'minimal encapsulation, no source', ip: 55, payload: '060012340a0000090a000008', text: 'mobile: []  (bad checksum 4660)' },
  {
    why: 'PGM', udp: 7400, type: 'pgm',
    payload:
      '138813890001abcd0102030405060014000000010000000200000003000100000a0000010004007c0004000401100000000000010000000200000003020c000000000001000000020308000000000005' +
      '040c00000000000500000006050c00000000000500000006080800000000000909080000000000090a080000000000090b0400000d0400000e0400000f04000011040000870c0000000100000a000009',
    text: '5000 > 5001: PGM, length 20',
  },
  {
    why: 'PGM SPM', udp: 7400, type: 'pgm', verbose: 1,
    payload:
      '138813890001abcd0102030405060014000000010000000200000003000100000a0000010004007c0004000401100000000000010000000200000003020c000000000001000000020308000000000005' +
      '040c00000000000500000006050c00000000000500000006080800000000000909080000000000090a080000000000090b0400000d0400000e0400000f04000011040000870c0000000100000a000009',
    text:
      '5000 > 5001: PGM, length 20 0x010203040506 SPM seq 1 trail 2 lead 3 nla 10.0.0.1 OPTS LEN 124 OPTS LEN (extra?) 4 FRAG seq 1 off 2 len 3 NAK LIST 1 2 JOIN 5 BAC' +
      'KOFF ivl 5 ivlseq 6 BACKOFF max 5 min 6 PARITY MAXTGS 9 PARITY GROUP 9 PARITY ATGS 9 NBR_UNREACH SYN FIN RST CRQST REDIRECT 10.0.0.9 [160]',
  },
  {
    why: 'PGM SPM over IPv6', udp: 7400, type: 'pgm', verbose: 1,
    payload:
      '138813890001abcd010203040506001400000001000000020000000300020000fe800000000000000000000000000001000400580718000000020000fefefefefefefefefefefefefefefefe12100000' +
      '00000007000100000a0000011310000000000007000100000a000001931c00000000000700020000fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd',
    text:
      '5000 > 5001: PGM, length 20 0x010203040506 SPM seq 1 trail 2 lead 3 nla fe80::1 OPTS LEN 88 REDIRECT fefe:fefe:fefe:fefe:fefe:fefe:fefe:fefe PGMCC DATA 7 10.0.0' +
      '.1 PGMCC FEEDBACK 7 10.0.0.1 PGMCC FEEDBACK 7 fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd [136]',
  },
  {
    why: 'PGM POLL', udp: 7400, type: 'pgm', verbose: 1,
    payload: '138813890100abcd01020304050600140000000100020003000100000a000001000000010000000200000003',
    text: '5000 > 5001: PGM, length 20 0x010203040506 POLL seq 1 round 2 nla 10.0.0.1 ivl 1 rnd 0x00000002 mask 0x00000003 [44]',
  },
  { why: 'PGM POLR', udp: 7400, type: 'pgm', verbose: 1, payload: '138813890200abcd01020304050600140000000100020003', text: '5000 > 5001: PGM, length 20 0x010203040506 POLR seq 1 round 2 [24]' },
  {
    why: 'PGM ODATA', udp: 7400, type: 'pgm', verbose: 1,
    payload: '138813890401abcd01020304050600140000000100000002000400100c0800000a0000010d0400000000060168656c6c6f0600776f726c6400ff000000000000000401616263',
    text: '5000 > 5001: PGM, length 20 0x010203040506 ODATA trail 2 seq 1 OPTS LEN 16 PATH_NLA [8][Bad option, length 0 < 4] [70]',
  },
  {
    why: 'PGM RDATA', udp: 7400, type: 'pgm', verbose: 1,
    payload: '138813890500abcd010203040506001400000001000000020000060168656c6c6f0600776f726c6400ff000000000000000401616263',
    text: '5000 > 5001: PGM, length 20 0x010203040506 RDATA trail 2 seq 1 [54]',
  },
  {
    why: 'PGM ODATA, part of a message', udp: 7400, type: 'pgm', verbose: 1,
    payload:
      '138813890400abcd01020304050600140000000100000002000361626305016162636465666768c800787878787878787878787878787878787878787878787878787878787878787878787878787878' +
      '7878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878' +
      '7878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878',
    text: '5000 > 5001: PGM, length 20 0x010203040506 ODATA trail 2 seq 1 [240]',
  },
  {
    why: 'PGM ODATA, nothing but a part', udp: 7400, type: 'pgm', verbose: 1,
    payload:
      '138813890400abcd01020304050600140000000100000002ffff717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171' +
      '7171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171' +
      '71717171717171717171717171717171',
    text: '5000 > 5001: PGM, length 20 0x010203040506 ODATA trail 2 seq 1 [176]',
  },
  {
    why: 'PGM NAK', udp: 7400, type: 'pgm', verbose: 1,
    payload: '138813890800abcd010203040506001400000001000100000a000001000000010a000002',
    text: '5000 > 5001: PGM, length 20 0x010203040506  [|pgm]',
  },
  {
    why: 'PGM NNAK', udp: 7400, type: 'pgm', verbose: 1,
    payload: '138813890901abcd01020304050600140000000100020000fe800000000000000000000000000001000000000002fefefefefefefefefefefefefefe0004000c100800000a000001',
    text: '5000 > 5001: PGM, length 20 0x010203040506 NNAK (fe80::1 -> 2:fefe:fefe:fefe:fefe:fefe:fefe:fefe), seq 1 OPTS LEN 12 CR [72]',
  },
  {
    why: 'PGM NCF', udp: 7400, type: 'pgm', verbose: 1,
    payload: '138813890a01abcd010203040506001400000001000100000a0000010000000000010a00000400102a0800000a0000010d040000',
    text: '5000 > 5001: PGM, length 20 0x010203040506 NCF (10.0.0.1 -> 0.1.10.0), seq 1 OPTS LEN 16 OPT_2A [8] [Bad option, length 0 < 4] [52]',
  },
  {
    why: 'PGM ACK', udp: 7400, type: 'pgm', verbose: 1,
    payload: '138813890b01abcd010203040506001400000001ffffffff0004001002080000000000010d040000',
    text: '5000 > 5001: PGM, length 20 0x010203040506 ACK seq 1 OPTS LEN 16 NAK LIST 1 SYN [|pgm]',
  },
  { why: 'PGM SPMR', udp: 7400, type: 'pgm', verbose: 1, payload: '138813890c00abcd0102030405060014', text: '5000 > 5001: PGM, length 20 0x010203040506 SPMR [16]' },
  {
    why: 'PGM SPMR, options', udp: 7400, type: 'pgm', verbose: 1,
    payload:
      '138813890c01abcd01020304050600140004007c0004000401100000000000010000000200000003020c000000000001000000020308000000000005040c00000000000500000006050c000000000005' +
      '00000006080800000000000909080000000000090a080000000000090b0400000d0400000e0400000f04000011040000870c0000000100000a000009',
    text: '5000 > 5001: PGM, length 20 0x010203040506 SPMR[First option bad, should be PGM_OPT_LENGTH, is 19]',
  },
  {
    why: 'PGM unknown', udp: 7400, type: 'pgm', verbose: 1,
    payload:
      '138813894d01abcd01020304050600140004007c0004000401100000000000010000000200000003020c000000000001000000020308000000000005040c00000000000500000006050c000000000005' +
      '00000006080800000000000909080000000000090a080000000000090b0400000d0400000e0400000f04000011040000870c0000000100000a000009',
    text: '5000 > 5001: PGM, length 20 0x010203040506 UNKNOWN type 0x4d[First option bad, should be PGM_OPT_LENGTH, is 19]',
  },
  {
    why: 'ZMTP in PGM ODATA', udp: 7400, type: 'pgm_zmtp1', verbose: 1,
    payload: '138813890401abcd01020304050600140000000100000002000400100c0800000a0000010d0400000000060168656c6c6f0600776f726c6400ff000000000000000401616263',
    text:
      '5000 > 5001: PGM, length 20 0x010203040506 ODATA trail 2 seq 1 OPTS LEN 16 PATH_NLA [8][Bad option, length 0 < 4] [70]\n\t frame offset 0x0000\n' +
      '\t frame flags+body  (8-bit) length 6, flags 0x01 (-|-|-|-|-|-|-|MORE), first 5 byte(s) of body:\n' +
      '\t 0x0000:  6865 6c6c 6f                             hello\n' +
      '\t frame flags+body  (8-bit) length 6, flags 0x00 (-|-|-|-|-|-|-|-), first 5 byte(s) of body:\n' +
      '\t 0x0000:  776f 726c 64                             world\n\t frame flags+body  (8-bit) length 0\n' +
      '\t frame flags+body (64-bit) length 4, flags 0x01 (-|-|-|-|-|-|-|MORE), first 3 byte(s) of body:\n' +
      '\t 0x0000:  6162 63                                  abc',
  },
  {
    why: 'ZMTP in PGM RDATA', udp: 7400, type: 'pgm_zmtp1', verbose: 1,
    payload: '138813890500abcd010203040506001400000001000000020000060168656c6c6f0600776f726c6400ff000000000000000401616263',
    text:
      '5000 > 5001: PGM, length 20 0x010203040506 RDATA trail 2 seq 1 [54]\n\t frame offset 0x0000\n' +
      '\t frame flags+body  (8-bit) length 6, flags 0x01 (-|-|-|-|-|-|-|MORE), first 5 byte(s) of body:\n' +
      '\t 0x0000:  6865 6c6c 6f                             hello\n' +
      '\t frame flags+body  (8-bit) length 6, flags 0x00 (-|-|-|-|-|-|-|-), first 5 byte(s) of body:\n' +
      '\t 0x0000:  776f 726c 64                             world\n\t frame flags+body  (8-bit) length 0\n' +
      '\t frame flags+body (64-bit) length 4, flags 0x01 (-|-|-|-|-|-|-|MORE), first 3 byte(s) of body:\n' +
      '\t 0x0000:  6162 63                                  abc',
  },
  {
    why: 'ZMTP in PGM ODATA, part of a message', udp: 7400, type: 'pgm_zmtp1', verbose: 1,
    payload:
      '138813890400abcd01020304050600140000000100000002000361626305016162636465666768c800787878787878787878787878787878787878787878787878787878787878787878787878787878' +
      '7878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878' +
      '7878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878',
    text:
      '5000 > 5001: PGM, length 20 0x010203040506 ODATA trail 2 seq 1 [240]\n\t frame offset 0x0003\n\t frame intermediate part, 3 bytes, first 3 byte(s):\n' +
      '\t 0x0000:  6162 63                                  abc\n' +
      '\t frame flags+body  (8-bit) length 5, flags 0x01 (-|-|-|-|-|-|-|MORE), first 4 byte(s) of body:\n' +
      '\t 0x0000:  6162 6364                                abcd\n' +
      '\t frame flags+body  (8-bit) length 101 (8 captured), flags 0x66 (-|MBZ|MBZ|-|-|MBZ|MBZ|-), first 7 byte(s) of body:\n' +
      '\t 0x0000:  6768 c800 7878 78                        gh..xxx',
  },
  {
    why: 'ZMTP in PGM ODATA, nothing but a part', udp: 7400, type: 'pgm_zmtp1', verbose: 1,
    payload:
      '138813890400abcd01020304050600140000000100000002ffff717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171' +
      '7171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171717171' +
      '71717171717171717171717171717171',
    text:
      '5000 > 5001: PGM, length 20 0x010203040506 ODATA trail 2 seq 1 [176]\n\t frame offset 0xffff\n\t frame intermediate part, 18 bytes, first 18 byte(s):\n' +
      '\t 0x0000:  7171 7171 7171 7171 7171 7171 7171 7171  qqqqqqqqqqqqqqqq\n\t 0x0010:  7171                                     qq',
  },
  {
    why: 'ZMTP', tcp: 5555, type: 'zmtp1',
    payload: '060168656c6c6f0600776f726c6400ff000000000000000401616263',
    text:
      ': ZMTP/1.0\n\t frame flags+body  (8-bit) length 6, flags 0x01\n\t frame flags+body  (8-bit) length 6, flags 0x00\n\t frame flags+body  (8-bit) length 0\n' +
      '\t frame flags+body (64-bit) length 4, flags 0x01',
  },
  {
    why: 'ZMTP, bodies', tcp: 5555, type: 'zmtp1', verbose: 1,
    payload: '060168656c6c6f0600776f726c6400ff000000000000000401616263',
    text:
      ': ZMTP/1.0\n\t frame flags+body  (8-bit) length 6, flags 0x01 (-|-|-|-|-|-|-|MORE), first 5 byte(s) of body:\n' +
      '\t 0x0000:  6865 6c6c 6f                             hello\n' +
      '\t frame flags+body  (8-bit) length 6, flags 0x00 (-|-|-|-|-|-|-|-), first 5 byte(s) of body:\n' +
      '\t 0x0000:  776f 726c 64                             world\n\t frame flags+body  (8-bit) length 0\n' +
      '\t frame flags+body (64-bit) length 4, flags 0x01 (-|-|-|-|-|-|-|MORE), first 3 byte(s) of body:\n' +
      '\t 0x0000:  6162 63                                  abc',
  },
  {
    why: 'ZMTP, a long body', tcp: 5555, type: 'zmtp1', verbose: 1,
    payload:
      '65666768c8007878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878' +
      '7878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878' +
      '787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878',
    text:
      ': ZMTP/1.0\n\t frame flags+body  (8-bit) length 101, flags 0x66 (-|MBZ|MBZ|-|-|MBZ|MBZ|-), first 100 byte(s) of body:\n' +
      '\t 0x0000:  6768 c800 7878 7878 7878 7878 7878 7878  gh..xxxxxxxxxxxx\n\t 0x0010:  7878 7878 7878 7878 7878 7878 7878 7878  xxxxxxxxxxxxxxxx\n' +
      '\t 0x0020:  7878 7878 7878 7878 7878 7878 7878 7878  xxxxxxxxxxxxxxxx\n\t 0x0030:  7878 7878 7878 7878 7878 7878 7878 7878  xxxxxxxxxxxxxxxx\n' +
      '\t 0x0040:  7878 7878 7878 7878 7878 7878 7878 7878  xxxxxxxxxxxxxxxx\n\t 0x0050:  7878 7878 7878 7878 7878 7878 7878 7878  xxxxxxxxxxxxxxxx\n' +
      '\t 0x0060:  7878 7878                                xxxx\n' +
      '\t frame flags+body  (8-bit) length 120 (102 captured), flags 0x78 (-|MBZ|MBZ|MBZ|MBZ|-|-|-), first 101 byte(s) of body:\n' +
      '\t 0x0000:  7878 7878 7878 7878 7878 7878 7878 7878  xxxxxxxxxxxxxxxx\n\t 0x0010:  7878 7878 7878 7878 7878 7878 7878 7878  xxxxxxxxxxxxxxxx\n' +
      '\t 0x0020:  7878 7878 7878 7878 7878 7878 7878 7878  xxxxxxxxxxxxxxxx\n\t 0x0030:  7878 7878 7878 7878 7878 7878 7878 7878  xxxxxxxxxxxxxxxx\n' +
      '\t 0x0040:  7878 7878 7878 7878 7878 7878 7878 7878  xxxxxxxxxxxxxxxx\n\t 0x0050:  7878 7878 7878 7878 7878 7878 7878 7878  xxxxxxxxxxxxxxxx\n' +
      '\t 0x0060:  7878 7878 78                             xxxxx [|zmtp1]',
  },
]
