/**
 * Network and transport protocols, a packet each, as tcpdump 4.99.3 printed it (`tcpdump -t -n[v…] -r`, link type RAW);
 * whatever bytes stand behind an IP header, printing them ends, and no control byte reaches the output.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cut, frameOf } from '../decode/frames.js'
import { textOf } from './printing.js'

const RAW = 101

interface Case {
  readonly why: string
  /** From the first byte of the IP header. */
  readonly hex: string
  /** How many -v. */
  readonly v?: number
  /** Bytes on the wire, when the capture kept fewer. */
  readonly wire?: number
  readonly text: string
}

const GROUPS: ReadonlyArray<readonly [name: string, cases: readonly Case[]]> = [
  ['IPv4', [
    { why: 'options of every kind', hex: '4a00002c0001000040fd3a590a0000010a000002010707080102030494040001820300520209020061626364', v: 1,
      text: 'IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto unknown (253), length 44, options (NOP,RR 1.2.3.4,,RA value 1,security,traceroute,unknown 9,EOL))\n    10.0.0.1 > 10.0.0.2:  ip-proto-253 4' },
    { why: 'a route whose pointer is past it', hex: '480000240001000040fdc7be0a0000010a000002830b0401020304050607080061626364', v: 1,
      text: 'IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto unknown (253), length 36, options (LSRR 1.2.3.4 5.6.7.8,EOL))\n    10.0.0.1 > 10.0.0.2:  ip-proto-253 4' },
    { why: 'timestamps with addresses', hex: '480000240001000040fd07a70a0000010a000002440c0d210a0000010000000561626364', v: 1,
      text: 'IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto unknown (253), length 36, options (timestamp TS{TS+ADDR 5@10.0.0.1 ^  [2 hops not recorded]} ))\n    10.0.0.1 > 10.0.0.2:  ip-proto-253 4' },
    { why: 'an option longer than the header', hex: '4600001c0001000040fdd7d70a0000010a0000028909040161626364', v: 1,
      text: 'IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto unknown (253), length 28, options (SSRR [bad length 9]))\n    10.0.0.1 > 10.0.0.2:  ip-proto-253 4' },
    { why: 'an option that ends behind the capture', hex: '460000180001000040fdd0e00a0000010a0000029404', v: 1, wire: 28,
      text: 'IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto unknown (253), length 24, options (RA [truncated-option]))\n    10.0.0.1 > 10.0.0.2:  [|ip]' },
    { why: 'a later fragment', hex: '4500001c00012003401146cb0a0000010a0000027878787878787878',
      text: 'IP 10.0.0.1 > 10.0.0.2: ip-proto-17' },
    { why: 'total length below the header', hex: '4500000a00010000401166e00a0000010a000002045708ae000e0000616263646566',
      text: 'IP bad-len 10' },
    { why: 'header length below 20', hex: '4300002200010000401168c80a0000010a000002045708ae000e0000616263646566',
      text: 'IP bad-hlen 12' },
    { why: 'shorter on the wire than it says', hex: '4500002200010000401166c80a0000010a000002045708ae000e',
      text: 'IP truncated-ip - 8 bytes missing! 10.0.0.1.1111 > 10.0.0.2.2222:  [|udp]' },
  ]],
  ['IPv6', [
    { why: 'hop-by-hop: router alert and padding', hex: '600000000016004020010db8000000000000000000000001fe80000000000000000000fffe0000021100050200000102045708ae000e0000616263646566', v: 1,
      text: 'IP6 (hlim 64, next-header Options (0) payload length: 22) 2001:db8::1 > fe80::ff:fe00:2: HBH (rtalert: 0x0000)  [|hbhopt]' },
    { why: 'a home address', hex: '6000000000183c4020010db8000000000000000000000001fe80000000000000000000fffe0000023b0201020000c91020010db8000000000000000000000001', v: 1,
      text: 'IP6 (hlim 64, next-header unknown (60) payload length: 24) 2001:db8::1 > fe80::ff:fe00:2: DSTOPT (padn)(homeaddr: 2001:db8::1) no next header' },
    { why: 'a jumbo length', hex: '600000000000004020010db8000000000000000000000001fe80000000000000000000fffe0000021100c20400011170045708ae00000000', v: 1, wire: 70040,
      text: 'IP6 (hlim 64, next-header Options (0) payload length: 0) 2001:db8::1 > fe80::ff:fe00:2: HBH (jumbo: 70000)  1111 > 2222: UDP, length 69984' },
    { why: 'two jumbo lengths: the first counts', hex: '600000000000004020010db8000000000000000000000001fe80000000000000000000fffe0000021101c20400011170c204000111710100045708ae00000000', v: 1, wire: 70048,
      text: 'IP6 (hlim 64, next-header Options (0) payload length: 0) 2001:db8::1 > fe80::ff:fe00:2: HBH (jumbo: 70000) (jumbo: 70001 - already seen) (padn) 1111 > 2222: UDP, length 69976' },
    { why: 'two jumbo lengths, the first too small', hex: '600000000000004020010db8000000000000000000000001fe80000000000000000000fffe0000021101c20400000064c204000111710100045708ae00000000',
      text: 'IP6 2001:db8::1 > fe80::ff:fe00:2: HBH [No valid Jumbo Payload Hop-by-Hop option found] (invalid)' },
    { why: 'no jumbo length where one must be', hex: '600000000000004020010db8000000000000000000000001fe80000000000000000000fffe0000021100000000000000045708ae000e0000616263646566',
      text: 'IP6 2001:db8::1 > fe80::ff:fe00:2: HBH [No valid Jumbo Payload Hop-by-Hop option found] (invalid)' },
    { why: 'segment routing, and the checksum to its last segment', hex: '6000000000362b4020010db8000000000000000000000001fe80000000000000000000fffe000002110404010100000720010db80000000000000000000000aafe80000000000000000000fffe000002045708ae000e0000616263646566', v: 1,
      text: 'IP6 (hlim 64, next-header Routing (43) payload length: 54) 2001:db8::1 > fe80::ff:fe00:2: RT6 (len=4, type=4, segleft=1, last-entry=1, flags=0x0, tag=7, [0]2001:db8::aa, [1]fe80::ff:fe00:2) 1111 > 2222: [bad udp cksum 0x0000 -> 0x6c83!] UDP, length 6' },
    { why: 'routing type 0', hex: '6000000000262b4020010db8000000000000000000000001fe80000000000000000000fffe000002110200010000000120010db80000000000000000000000aa045708ae000e0000616263646566',
      text: 'IP6 2001:db8::1 > fe80::ff:fe00:2: RT6 (len=2, type=0 [Deprecated], segleft=1, rsv=0x1, [0]2001:db8::aa) 1111 > 2222: UDP, length 6' },
    { why: 'routing of an unknown type', hex: '6000000000162b4020010db8000000000000000000000001fe80000000000000000000fffe0000021100090000000000045708ae000e0000616263646566',
      text: 'IP6 2001:db8::1 > fe80::ff:fe00:2: RT6 (len=0, type=9, segleft=0 (unknown type) (invalid)' },
    { why: 'the first fragment', hex: '6000000000162c4020010db8000000000000000000000001fe80000000000000000000fffe0000021100000100000009045708ae000e0000616263646566', v: 1,
      text: 'IP6 (hlim 64, next-header Fragment (44) payload length: 22) 2001:db8::1 > fe80::ff:fe00:2: frag (0x00000009:0|14) 1111 > 2222: UDP, length 6' },
    { why: 'a later one', hex: '6000000000162c4020010db8000000000000000000000001fe80000000000000000000fffe0000021100004100000009045708ae000e0000616263646566',
      text: 'IP6 2001:db8::1 > fe80::ff:fe00:2: frag (64|14)' },
    { why: 'AH', hex: '600000000026334020010db8000000000000000000000001fe80000000000000000000fffe000002110400000000123400000007000000000000000000000000045708ae000e0000616263646566', v: 1,
      text: 'IP6 (hlim 64, next-header AH (51) payload length: 38) 2001:db8::1 > fe80::ff:fe00:2: AH(length=4(24-bytes),spi=0x00001234,seq=0x7,icv=0x000000000000000000000000): 1111 > 2222: [bad udp cksum 0x0000 -> 0x9d63!] UDP, length 6' },
    { why: 'a binding update with options', hex: '600000000019874020010db8000000000000000000000001fe80000000000000000000fffe0000023b02050012340009d000000801000404000100020102000078', v: 1,
      text: 'IP6 (hlim 64, next-header Mobility (135) payload length: 25) 2001:db8::1 > fe80::ff:fe00:2: mobility: BU seq#=9 AHK lifetime=32(padn)(ni: ho=0x0001 co=0x0002)(padn)' },
    { why: 'a home test', hex: '600000000018874020010db8000000000000000000000001fe80000000000000000000fffe0000023b0203001234000102030405060708090a0b0c0d0e0f1011', v: 1,
      text: 'IP6 (hlim 64, next-header Mobility (135) payload length: 24) 2001:db8::1 > fe80::ff:fe00:2: mobility: HoT nonce id=0x1 Home Init Cookie=02030405:06070809 Home Keygen Token=0a0b0c0d:0e0f1011' },
    { why: 'a mobility header too small for its type', hex: '600000000008874020010db8000000000000000000000001fe80000000000000000000fffe0000023b00070012340000',
      text: 'IP6 2001:db8::1 > fe80::ff:fe00:2: (header length 8 is too small for type 7) [|mobility]' },
    { why: 'hop-by-hop twice', hex: '60000000001e004020010db8000000000000000000000001fe80000000000000000000fffe00000200000000000000001100000000000000045708ae000e0000616263646566',
      text: 'IP6 2001:db8::1 > fe80::ff:fe00:2: HBH [The Hop-by-Hop Options header was already found] (invalid)' },
  ]],
  ['UDP', [
    { why: 'no checksum over IPv4', hex: '4500002200010000401166c80a0000010a000002045708ae000e0000616263646566', v: 2,
      text: 'IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto UDP (17), length 34)\n    10.0.0.1.1111 > 10.0.0.2.2222: [no cksum] UDP, length 6' },
    { why: 'none over IPv6, where one must be', hex: '60000000000e114020010db8000000000000000000000001fe80000000000000000000fffe000002045708ae000e0000616263646566', v: 1,
      text: 'IP6 (hlim 64, next-header UDP (17) payload length: 14) 2001:db8::1.1111 > fe80::ff:fe00:2.2222: [bad udp cksum 0x0000 -> 0x9d63!] UDP, length 6' },
    { why: 'longer than the packet', hex: '4500002200010000401166c80a0000010a000002045708ae00630000616263646566',
      text: 'IP 10.0.0.1.1111 > 10.0.0.2.2222: UDP, bad length 91 > 6' },
    { why: 'a length below 8', hex: '4500002200010000401166c80a0000010a000002045708ae00070000616263646566',
      text: 'IP 10.0.0.1.1111 > 10.0.0.2.2222: truncated-udplength 7' },
  ]],
  ['TCP', [
    { why: 'a reset with a reason', hex: '4500002d00010000400666c80a0000010a0000029c40270f000003e8000007d0500401f4000000006e6f1b5b6d', v: 1,
      text: 'IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto TCP (6), length 45)\n    10.0.0.1.40000 > 10.0.0.2.9999: Flags [R], cksum 0x0000 (incorrect -> 0xd412), seq 1000:1005, win 500, length 5 [RST no^[[m]' },
    { why: 'SACK of odd length', hex: '4500003600010000400666bf0a0000010a0000029c40270f000003e8000007d0701001f4000000000101050600000001616263646566',
      text: 'IP 10.0.0.1.40000 > 10.0.0.2.9999: Flags [.], seq 1000:1006, ack 2000, win 500, options [nop,nop,sack invalid sack], length 6' },
    { why: 'an option of length 1', hex: '4500003200010000400666c30a0000010a0000029c40270f000003e8000007d0601001f40000000001030100616263646566',
      text: 'IP 10.0.0.1.40000 > 10.0.0.2.9999: Flags [.], seq 1000:1006, ack 2000, win 500, options [nop,[bad opt]]' },
    { why: 'MD5 without a secret', hex: '4500004200010000400666b30a0000010a0000029c40270f000003e8000007d0a01001f40000000001011312000102030405060708090a0b0c0d0e0f616263646566',
      text: 'IP 10.0.0.1.40000 > 10.0.0.2.9999: Flags [.], seq 1000:1006, ack 2000, win 500, options [nop,nop,md5 shared secret not supplied with -M, can\'t check - 000102030405060708090a0b0c0d0e0f], length 6' },
    { why: 'TCP-AO, user timeout, fast open, SCPS', hex: '4500004200010000400666b30a0000010a0000029c40270f000003e8000007d0a01001f4000000001d060102aabb1c04800522060102030414040102616263646566',
      text: 'IP 10.0.0.1.40000 > 10.0.0.2.9999: Flags [.], seq 1000:1006, ack 2000, win 500, options [tcp-ao keyid 1 rnextkeyid 2 mac 0xaabb,uto 0x8005 983160,tfo  cookie 01020304,scps cap 01 id 2], length 6' },
    { why: 'an experiment and unknown kinds', hex: '4500003a00010000400666bb0a0000010a0000029c40270f000003e8000007d0801001f400000000fe04f989fd040102c8030700616263646566',
      text: 'IP 10.0.0.1.40000 > 10.0.0.2.9999: Flags [.], seq 1000:1006, ack 2000, win 500, options [exp-tfo cookiereq,unknown-253 0x0102,unknown-200 0x07,eol], length 6' },
  ]],
  ['MPTCP', [
    { why: 'capable, SYN', hex: '4500003200010000400666c30a0000010a0000027530270f000003e8000007d0600201f4000000001e040181616263646566',
      text: 'IP 10.0.0.1.30000 > 10.0.0.2.9999: Flags [S], seq 1000:1006, win 500, options [mptcp 4 capable v1 csum], length 6' },
    { why: 'capable, ACK with both keys', hex: '4500004200010000400666b30a0000010a0000027531270f000003e8000007d0a01001f4000000001e1400010102030405060708090a0b0c0d0e0f10616263646566',
      text: 'IP 10.0.0.1.30001 > 10.0.0.2.9999: Flags [.], seq 1000:1006, ack 2000, win 500, options [mptcp 20 capable v0 {0x102030405060708,0x90a0b0c0d0e0f10}], length 6' },
    { why: 'join', hex: '4500003a00010000400666bb0a0000010a0000027532270f000003e8000007d0800201f4000000001e0c11030001020304050607616263646566',
      text: 'IP 10.0.0.1.30002 > 10.0.0.2.9999: Flags [S], seq 1000:1006, win 500, options [mptcp 12 join backup id 3 token 0x10203 nonce 0x4050607], length 6' },
    { why: 'join, third', hex: '4500004600010000400666af0a0000010a0000027533270f000003e8000007d0b01001f4000000001e181000000102030405060708090a0b0c0d0e0f10111213616263646566',
      text: 'IP 10.0.0.1.30003 > 10.0.0.2.9999: Flags [.], seq 1000:1006, ack 2000, win 500, options [mptcp 24 join hmac 0x000102030405060708090a0b0c0d0e0f10111213], length 6' },
    { why: 'DSS with all', hex: '4500004a00010000400666ab0a0000010a0000027534270f000003e8000007d0c01001f4000000001e1c201f000102030405060708090a0b0c0d0e0f1011121314151617616263646566',
      text: 'IP 10.0.0.1.30004 > 10.0.0.2.9999: Flags [.], seq 1000:1006, ack 2000, win 500, options [mptcp 28 dss fin ack 283686952306183 seq 579005069656919567 subseq 269554195 len 5141 csum 0x1617], length 6' },
    { why: 'address with port and HMAC', hex: '4500004200010000400666b30a0000010a0000027535270f000003e8000007d0a01001f4000000001e1230030a0000091f9000010203040506070101616263646566',
      text: 'IP 10.0.0.1.30005 > 10.0.0.2.9999: Flags [.], seq 1000:1006, ack 2000, win 500, options [mptcp 18 add-addr v1 id 3 10.0.0.9:8080 hmac 0x1020304050607,nop,nop], length 6' },
    { why: 'an IPv6 address', hex: '4500004200010000400666b30a0000010a0000027536270f000003e8000007d0a01001f4000000001e14310320010db80000000000000000000000aa616263646566',
      text: 'IP 10.0.0.1.30006 > 10.0.0.2.9999: Flags [.], seq 1000:1006, ack 2000, win 500, options [mptcp 20 add-addr v1-echo id 3 2001:db8::aa], length 6' },
    { why: 'remove', hex: '4500003600010000400666bf0a0000010a0000027537270f000003e8000007d0701001f4000000001e05400102010101616263646566',
      text: 'IP 10.0.0.1.30007 > 10.0.0.2.9999: Flags [.], seq 1000:1006, ack 2000, win 500, options [mptcp 5 rem-addr id 1 2,nop,nop,nop], length 6' },
    { why: 'priority', hex: '4500003200010000400666c30a0000010a0000027538270f000003e8000007d0601001f4000000001e045107616263646566',
      text: 'IP 10.0.0.1.30008 > 10.0.0.2.9999: Flags [.], seq 1000:1006, ack 2000, win 500, options [mptcp 4 prio backup id 7], length 6' },
    { why: 'fail', hex: '4500003a00010000400666bb0a0000010a0000027539270f000003e8000007d0801001f4000000001e0c60000001020304050607616263646566',
      text: 'IP 10.0.0.1.30009 > 10.0.0.2.9999: Flags [.], seq 1000:1006, ack 2000, win 500, options [mptcp 12 fail seq 283686952306183], length 6' },
    { why: 'fast close', hex: '4500003a00010000400666bb0a0000010a000002753a270f000003e8000007d0801001f4000000001e0c70000001020304050607616263646566',
      text: 'IP 10.0.0.1.30010 > 10.0.0.2.9999: Flags [.], seq 1000:1006, ack 2000, win 500, options [mptcp 12 fast-close key 0x1020304050607], length 6' },
    { why: 'malformed', hex: '4500003600010000400666bf0a0000010a000002753b270f000003e8000007d0701001f4000000001e05700001010101616263646566',
      text: 'IP 10.0.0.1.30011 > 10.0.0.2.9999: Flags [.], seq 1000:1006, ack 2000, win 500, options [mptcp 5 fast-close[bad opt]' },
  ]],
  ['ICMPv6', [
    { why: 'port unreachable', hex: '60000000003e3a4020010db8000000000000000000000001fe80000000000000000000fffe0000020104ff7a0000000060000000000e114020010db8000000000000000000000001fe80000000000000000000fffe000002045708ae000e0000616263646566', v: 1,
      text: 'IP6 (hlim 64, next-header ICMPv6 (58) payload length: 62) 2001:db8::1 > fe80::ff:fe00:2: [icmp6 sum ok] ICMP6, destination unreachable, unreachable port, fe80::ff:fe00:2 udp port 2222' },
    { why: 'beyond scope', hex: '60000000003e3a4020010db8000000000000000000000001fe80000000000000000000fffe0000020102ff7c0000000060000000000e114020010db8000000000000000000000001fe80000000000000000000fffe000002045708ae000e0000616263646566',
      text: 'IP6 2001:db8::1 > fe80::ff:fe00:2: ICMP6, destination unreachable, beyond scope fe80::ff:fe00:2, source address 2001:db8::1, length 62' },
    { why: 'too big', hex: '60000000003e3a4020010db8000000000000000000000001fe80000000000000000000fffe0000020200f97e0000050060000000000e114020010db8000000000000000000000001fe80000000000000000000fffe000002045708ae000e0000616263646566',
      text: 'IP6 2001:db8::1 > fe80::ff:fe00:2: ICMP6, packet too big, mtu 1280, length 62' },
    { why: 'parameter problem', hex: '60000000003e3a4020010db8000000000000000000000001fe80000000000000000000fffe0000020401fc770000000660000000000e114020010db8000000000000000000000001fe80000000000000000000fffe000002045708ae000e0000616263646566',
      text: 'IP6 2001:db8::1 > fe80::ff:fe00:2: ICMP6, parameter problem, next header - octet 6, length 62' },
    { why: 'echo, checksum wrong', hex: '6000000000083a4020010db8000000000000000000000001fe80000000000000000000fffe0000028000000500010002', v: 1,
      text: 'IP6 (hlim 64, next-header ICMPv6 (58) payload length: 8) 2001:db8::1 > fe80::ff:fe00:2: [bad icmp6 cksum 0x0005 -> 0x547d!] ICMP6, echo request, id 1, seq 2' },
    { why: 'listener query, version 2', hex: '60000000003c3a4020010db8000000000000000000000001fe80000000000000000000fffe000002820095932710000020010db80000000000000000000000aa0a7d000220010db80000000000000000000000aa20010db80000000000000000000000aa', v: 2,
      text: 'IP6 (hlim 64, next-header ICMPv6 (58) payload length: 60) 2001:db8::1 > fe80::ff:fe00:2: [icmp6 sum ok] ICMP6, multicast listener query v2 [max resp delay=10000] [gaddr 2001:db8::aa sflag robustness=2 qqi=125 { 2001:db8::aa 2001:db8::aa }]' },
    { why: 'listener report, version 2', hex: '6000000000403a4020010db8000000000000000000000001fe80000000000000000000fffe0000028f00ad1b000000020400000020010db80000000000000000000000aa0900000120010db80000000000000000000000aa20010db80000000000000000000000aa', v: 2,
      text: 'IP6 (hlim 64, next-header ICMPv6 (58) payload length: 64) 2001:db8::1 > fe80::ff:fe00:2: [icmp6 sum ok] ICMP6, multicast listener report v2, 2 group record(s) [gaddr 2001:db8::aa to_ex { }] [gaddr 2001:db8::aa  [v2-report-#9] { 2001:db8::aa }]' },
    { why: 'router advertisement', hex: '6000000000803a4020010db8000000000000000000000001fe80000000000000000000fffe0000028600add940c80708000003e8000007d0010102000000000105010000000005dc030440c000015180ffffffff0000000020010db80000000000000000000000aa190300000000025820010db80000000000000000000000aa1f0200000000025803666f6f00000000180230080000000920010db8000000006301616263000000', v: 1,
      text: 'IP6 (hlim 64, next-header ICMPv6 (58) payload length: 128) 2001:db8::1 > fe80::ff:fe00:2: [icmp6 sum ok] ICMP6, router advertisement, length 128\n\thop limit 64, Flags [managed, other stateful], pref high, router lifetime 1800s, reachable time 1000ms, retrans timer 2000ms\n\t  source link-address option (1), length 8 (1): 02:00:00:00:00:01\n\t  mtu option (5), length 8 (1):  1500\n\t  prefix info option (3), length 32 (4): 2001:db8::aa/64, Flags [onlink, auto], valid time 86400s, pref. time infinity\n\t  rdnss option (25), length 24 (3):  lifetime 600s, addr: 2001:db8::aa\n\t  dnssl option (31), length 16 (2):  lifetime 600s, domain(s): foo.\n\t  route info option (24), length 16 (2):  2001:db8::/48, pref=high, lifetime=9s\n\t  unknown option (99), length 8 (1): \n\t  0x0000:  6162 6300 0000' },
    { why: 'neighbor solicitation', hex: '6000000000203a4020010db8000000000000000000000001fe80000000000000000000fffe00000287001c030000000020010db80000000000000000000000aa0101020000000001', v: 1,
      text: 'IP6 (hlim 64, next-header ICMPv6 (58) payload length: 32) 2001:db8::1 > fe80::ff:fe00:2: [icmp6 sum ok] ICMP6, neighbor solicitation, length 32, who has 2001:db8::aa\n\t  source link-address option (1), length 8 (1): 02:00:00:00:00:01' },
    { why: 'neighbor advertisement', hex: '6000000000203a4020010db8000000000000000000000001fe80000000000000000000fffe0000028800ba026000000020010db80000000000000000000000aa0201020000000001', v: 1,
      text: 'IP6 (hlim 64, next-header ICMPv6 (58) payload length: 32) 2001:db8::1 > fe80::ff:fe00:2: [icmp6 sum ok] ICMP6, neighbor advertisement, length 32, tgt is 2001:db8::aa, Flags [solicited, override]\n\t  destination link-address option (2), length 8 (1): 02:00:00:00:00:01' },
    { why: 'an option of length 0', hex: '6000000000203a4020010db8000000000000000000000001fe80000000000000000000fffe00000287001f050000000020010db80000000000000000000000aa0000000000000000', v: 1,
      text: 'IP6 (hlim 64, next-header ICMPv6 (58) payload length: 32) 2001:db8::1 > fe80::ff:fe00:2: [icmp6 sum ok] ICMP6, neighbor solicitation, length 32, who has 2001:db8::aa [|icmp6]' },
    { why: 'home agents', hex: '6000000000183a4020010db8000000000000000000000001fe80000000000000000000fffe000002910015060007000020010db80000000000000000000000aa', v: 1,
      text: 'IP6 (hlim 64, next-header ICMPv6 (58) payload length: 24) 2001:db8::1 > fe80::ff:fe00:2: [icmp6 sum ok] ICMP6, ha discovery reply, length 24, id 0x0007, 2001:db8::aa' },
    { why: 'node query by name', hex: '60000000001b3a4020010db8000000000000000000000001fe80000000000000000000fffe0000028b01c0070003003e313233343536373804686f737403636f6d0000',
      text: 'IP6 2001:db8::1 > fe80::ff:fe00:2: ICMP6, who-are-you request node information query (node addresses [GSLCA], subject=DNS name, "host.com"), length 27' },
    { why: 'node addresses', hex: '6000000000243a4020010db8000000000000000000000001fe80000000000000000000fffe0000028c00490a0003000131323334353637380000001e20010db80000000000000000000000aa', v: 1,
      text: 'IP6 (hlim 64, next-header ICMPv6 (58) payload length: 36) 2001:db8::1 > fe80::ff:fe00:2: [icmp6 sum ok] ICMP6, who-are-you reply node information reply (success, node addresses 2001:db8::aa(30) [T])' },
    { why: 'a node address for longer than 2^31 seconds', hex: '6000000000243a4020010db8000000000000000000000001fe80000000000000000000fffe0000028c00490a00030000313233343536373880000001ffff0db80000000000000000000000aa',
      text: 'IP6 2001:db8::1 > fe80::ff:fe00:2: ICMP6, who-are-you reply node information reply (node addresses ffff:db8::aa(2147483649)), length 36' },
    { why: 'renumbering', hex: '6000000000483a4020010db8000000000000000000000001fe80000000000000000000fffe0000028a00173f0000000501c0000900000000020701301080000020010db80000000000000000000000aa4010c04000000064ffffffffc000000020010db80000000000000000000000aa', v: 1,
      text: 'IP6 (hlim 64, next-header ICMPv6 (58) payload length: 72) 2001:db8::1 > fe80::ff:fe00:2: [icmp6 sum ok] ICMP6, router renumbering, command, seq=5[TR,seg=1,maxdelay=9] match(change,ord=1,min=16,max=128,2001:db8::aa/48) use(VP,mask=0xc0,raflags=0x40,vltime=100,pltime=infty,2001:db8::aa/64/16)' },
    { why: 'RPL: a graph', hex: '6000000000203a4020010db8000000000000000000000001fe80000000000000000000fffe0000029b0173f3050901008803000020010db80000000000000000000000aa08020102', v: 3,
      text: 'IP6 (hlim 64, next-header ICMPv6 (58) payload length: 32) 2001:db8::1 > fe80::ff:fe00:2: [icmp6 sum ok] ICMP6, RPL, (CLR)DODAG Information Object [dagid:2001:db8::aa,seq:3,instance:5,rank:256,grounded,mop:storing,prf:0] opt:destprefix len:4  0x0000:  0102' },
    { why: 'RPL: an advertisement', hex: '6000000000183a4020010db8000000000000000000000001fe80000000000000000000fffe0000029b02054205c0000920010db80000000000000000000000aa', v: 1,
      text: 'IP6 (hlim 64, next-header ICMPv6 (58) payload length: 24) 2001:db8::1 > fe80::ff:fe00:2: [icmp6 sum ok] ICMP6, RPL, (CLR)Destination Advertisement Object [dagid:2001:db8::aa,seq:9,instance:5,acK,Dagid,c0]' },
    { why: 'an unknown type', hex: '6000000000083a4020010db8000000000000000000000001fe80000000000000000000fffe000002fa0015b961626364',
      text: 'IP6 2001:db8::1 > fe80::ff:fe00:2: ICMP6, unknown icmp6 type (250), length 8\n\t0x0000:  fa00 15b9 6162 6364' },
  ]],
  ['ICMP', [
    { why: 'port unreachable, and the packet', hex: '4500003e00010000400166bc0a0000010a0000020303c5bc000000004500002200010000401166c80a0000010a000002045708ae000e0000616263646566', v: 1,
      text: 'IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto ICMP (1), length 62)\n    10.0.0.1 > 10.0.0.2: ICMP 10.0.0.2 udp port 2222 unreachable, length 42\n\tIP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto UDP (17), length 34)\n    10.0.0.1.1111 > 10.0.0.2.2222: UDP, length 6' },
    { why: 'need to frag', hex: '4500003e00010000400166bc0a0000010a0000020304c043000005784500002200010000401166c80a0000010a000002045708ae000e0000616263646566',
      text: 'IP 10.0.0.1 > 10.0.0.2: ICMP 10.0.0.2 unreachable - need to frag (mtu 1400), length 42' },
    { why: 'redirect', hex: '4500003e00010000400166bc0a0000010a0000020501b9bd0a0000014500002200010000401166c80a0000010a000002045708ae000e0000616263646566',
      text: 'IP 10.0.0.1 > 10.0.0.2: ICMP redirect 10.0.0.2 to host 10.0.0.1, length 42' },
    { why: 'router advertisement', hex: '4500002400010000400166d60a0000010a0000020900e4ef010207080a00000100000005',
      text: 'IP 10.0.0.1 > 10.0.0.2: ICMP router advertisement lifetime 30:00 1: {10.0.0.1 5}, length 16' },
    { why: 'timestamp reply', hex: '4500002800010000400166d20a0000010a0000020e007158000100020036eefb0001117080000001',
      text: 'IP 10.0.0.1 > 10.0.0.2: ICMP time stamp reply id 1 seq 2: org 01:00:00.123, recv 00:01:10.000, xmit 596:31:23.649, length 20' },
    { why: 'mask', hex: '4500002000010000400166da0a0000010a0000021200eefb00010002ffffff00',
      text: 'IP 10.0.0.1 > 10.0.0.2: ICMP address mask is 0xffffff00, length 12' },
    { why: 'checksum wrong', hex: '4500001c00010000400166de0a0000010a0000020800f7fb00010002', v: 1,
      text: 'IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto ICMP (1), length 28)\n    10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 8 (wrong icmp cksum f7fb (->f7fc)!)' },
    { why: 'MPLS labels behind the packet', hex: '450000a800010000400166520a0000010a0000020b00bd9f002000004500002200010000401166c80a0000010a000002045708ae000e000061626364656600000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000200093ed0008010100064b03', v: 1,
      text: 'IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto ICMP (1), length 168)\n    10.0.0.1 > 10.0.0.2: ICMP time exceeded in-transit, length 148\n\tIP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto UDP (17), length 34)\n    10.0.0.1.1111 > 10.0.0.2.2222: UDP, length 6\n\tICMP Multi-Part extension v2, checksum 0x93ed (correct), length 12\n\t  MPLS Stack Entry Object (1), Class-Type: 1, length 8\n\t    label 100, tc 5, [S], ttl 3' },
  ]],
  ['IGMP', [
    { why: 'query, version 1', hex: '4500001c00010000400266dd0a0000010a0000021100fdfaef010203',
      text: 'IP 10.0.0.1 > 10.0.0.2: igmp query v1 [gaddr 239.1.2.3]' },
    { why: 'query, version 2', hex: '4500001c00010000400266dd0a0000010a0000021132fdc8ef010203',
      text: 'IP 10.0.0.1 > 10.0.0.2: igmp query v2 [max resp time 50] [gaddr 239.1.2.3]' },
    { why: 'query, version 3', hex: '4500002400010000400266d50a0000010a00000211c8f0b3ef010203027d00010a000001', v: 2,
      text: 'IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto IGMP (2), length 36)\n    10.0.0.1 > 10.0.0.2: igmp query v3 [max resp time 5m7s] [gaddr 239.1.2.3 { 10.0.0.1 }]' },
    { why: 'report, version 3', hex: '4500002800010000400266d10a0000010a0000022200def70000000104000001ef0102030a000001', v: 1,
      text: 'IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto IGMP (2), length 40)\n    10.0.0.1 > 10.0.0.2: igmp v3 report, 1 group record(s) [gaddr 239.1.2.3 to_ex, 1 source(s)]' },
    { why: 'leave', hex: '4500001c00010000400266dd0a0000010a0000021700f7faef010203',
      text: 'IP 10.0.0.1 > 10.0.0.2: igmp leave 239.1.2.3' },
    { why: 'DVMRP neighbours', hex: '4500002800010000400266d10a0000010a0000021306b1f0000005030a000001010221010a000002',
      text: 'IP 10.0.0.1 > 10.0.0.2: igmp dvmrp Neighbors2 (v 3.5): [10.0.0.1 -> 10.0.0.2 (1/2/tunnel/disabled)]' },
    { why: 'PIM version 1', hex: '4500002000010000400266d90a0000010a0000021400cba5100000001000005a', v: 1,
      text: 'IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto IGMP (2), length 32)\n    10.0.0.1 > 10.0.0.2: igmp pimv1 Query Sparse-mode (Hold-time 1m30s)' },
    { why: 'a trace', hex: '4500002c00010000400266cd0a0000010a0000021f02e1e9ef0102030a0000010a000002ef01020309000007',
      text: 'IP 10.0.0.1 > 10.0.0.2: mtrace 7: 10.0.0.1 to 10.0.0.2 reply-to 239.1.2.3 with-ttl 9' },
  ]],
  ['GRE', [
    { why: 'key and sequence', hex: '4500004200010000402f668a0a0000010a0000023000080000000007000000094500002200010000401166c80a0000010a000002045708ae000e0000616263646566',
      text: 'IP 10.0.0.1 > 10.0.0.2: GREv0, key=0x7, seq 9, length 46: IP 10.0.0.1.1111 > 10.0.0.2.2222: UDP, length 6' },
    { why: 'checksum, and the inner header', hex: '4500003e00010000402f668e0a0000010a00000280000800123400004500002200010000401166c80a0000010a000002045708ae000e0000616263646566', v: 1,
      text: 'IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto GRE (47), length 62)\n    10.0.0.1 > 10.0.0.2: GREv0, Flags [checksum present], sum 0x1234, off 0x0, length 42\n\tIP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto UDP (17), length 34)\n    10.0.0.1.1111 > 10.0.0.2.2222: UDP, length 6' },
    { why: 'a source route', hex: '4500004e00010000402f667e0a0000010a0000024000080000000000080004080a0000010a000002000000004500002200010000401166c80a0000010a000002045708ae000e0000616263646566',
      text: 'IP 10.0.0.1 > 10.0.0.2: GREv0, off 0x0, (rtaf=ip 10.0.0.1 *10.0.0.2), length 58: IP 10.0.0.1.1111 > 10.0.0.2.2222: UDP, length 6' },
    { why: 'bridged', hex: '4500004800010000402f66840a0000010a0000020000655802000000000202000000000108004500002200010000401166c80a0000010a000002045708ae000e0000616263646566',
      text: 'IP 10.0.0.1 > 10.0.0.2: GREv0, length 52: IP 10.0.0.1.1111 > 10.0.0.2.2222: UDP, length 6' },
    { why: 'PPTP', hex: '4500004a00010000402f66820a0000010a0000023081880b000800050000000900000004ff0300214500002200010000401166c80a0000010a000002045708ae000e0000616263646566',
      text: 'IP 10.0.0.1 > 10.0.0.2: GREv1, call 5, seq 9, ack 4, length 54: IP 10.0.0.1.1111 > 10.0.0.2.2222: UDP, length 6' },
    { why: 'version 2', hex: '4500001800010000402f66b40a0000010a00000200020800',
      text: 'IP 10.0.0.1 > 10.0.0.2: GREv2 ERROR: unknown-version' },
    { why: 'an unknown protocol', hex: '4500001c00010000402f66b00a0000010a0000020000123461626364',
      text: 'IP 10.0.0.1 > 10.0.0.2: GREv0, length 8: gre-proto-0x1234' },
  ]],
  ['SCTP', [
    { why: 'INIT', hex: '4500003400010000408466430a0000010a000002045708ae00000007000000000100001400000001000007d0000a001400000bb8',
      text: 'IP 10.0.0.1.1111 > 10.0.0.2.2222: sctp (1) [INIT] [init tag: 1] [rwnd: 2000] [OS: 10] [MIS: 20] [init TSN: 3000] ' },
    { why: 'SACK and DATA', hex: '4500004c000100004084662b0a0000010a000002045708ae000000070000000003000018000000090000000800010001000100020000004d0007001400000005000100020000002e68691b21', v: 2,
      text: 'IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto SCTP (132), length 76)\n    10.0.0.1.1111 > 10.0.0.2.2222: sctp\n\t1) [SACK] [cum ack 9] [a_rwnd 8] [#gap acks 1] [#dup tsns 1] \n\t\t[gap ack block #1: start = 10, end = 11] \n\t\t[dup TSN #1: 77] \n\t2) [DATA] (U)(B)(E) [TSN: 5] [SID: 1] [SSEQ 2] [PPID 0x2e] [Payload:\n\t0x0000:  6869 1b21                                hi.!]' },
    { why: 'M3UA', hex: '4500004000010000408466370a0000010a000002045708ae00000007000000000003002000000005000100020000000301000101000000100006000800000005', v: 2,
      text: 'IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto SCTP (132), length 64)\n    10.0.0.1.1111 > 10.0.0.2.2222: sctp\n\t1) [DATA] (B)(E) [TSN: 5] [SID: 1] [SSEQ 2] [PPID M3UA] \n\t\tTransfer Data Message\n\t\t\tRouting Context: 0x00060008' },
    { why: 'a chunk too short', hex: '45000028000100004084664f0a0000010a000002045708ae00000007000000000003000361626300',
      text: 'IP 10.0.0.1.1111 > 10.0.0.2.2222: sctp (1) [Bad chunk length 3, < size of chunk descriptor]' },
    { why: 'a chunk cut', hex: '4500003400010000408466430a0000010a000002045708ae000000070000000001000014', wire: 52,
      text: 'IP 10.0.0.1.1111 > 10.0.0.2.2222: sctp [|sctp]' },
  ]],
  ['DCCP', [
    { why: 'request', hex: '4500002c00010000402166ae0a0000010a000002045708ae0550000001000007000000050000006364617461',
      text: 'IP 10.0.0.1.1111 > 10.0.0.2.2222: DCCP DCCP-Request (service=99) ' },
    { why: 'response, with options', hex: '4500003c000100004021669e0a0000010a000002045708ae095000000300000700000005000000030000004d00000063200401022603050064617461', v: 2,
      text: 'IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto DCCP (33), length 60)\n    10.0.0.1.1111 > 10.0.0.2.2222: DCCP (CCVal 5, CsCov 0, cksum 0x0000 (incorrect -> 0xacd3)) DCCP-Response (service=99) (ack=12884901965) seq 30064771077 <change_l ccid 2, ack_vector0 0x05, nop>' },
    { why: 'reset', hex: '4500003400010000402166a60a0000010a000002045708ae075000000f00000700000005000000030000004d0400000064617461',
      text: 'IP 10.0.0.1.1111 > 10.0.0.2.2222: DCCP DCCP-Reset (code=packet_error) (ack=12884901965) ' },
    { why: 'short sequence numbers', hex: '4500002c00010000402166ae0a0000010a000002045708ae0550000008000005000000070000000064617461', v: 2,
      text: 'IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto DCCP (33), length 44)\n    10.0.0.1.1111 > 10.0.0.2.2222: DCCP (CCVal 5, CsCov 0, cksum 0x0000 (incorrect -> 0xf89f)) DCCP-DataAck (ack=7) seq 5' },
    { why: 'an acknowledgement cut off', hex: '4500002800010000402166b20a0000010a000002045708ae04500000070000070000000564617461',
      text: 'IP 10.0.0.1.1111 > 10.0.0.2.2222: DCCP truncated-DCCP-Ack - 4 bytes missing!' },
  ]],
  ['others', [
    { why: 'ESP', hex: '4500002800010000403266a10a0000010a000002000102030405060708090a0b0c0d0e0f10111213',
      text: 'IP 10.0.0.1 > 10.0.0.2: ESP(spi=0x00010203,seq=0x4050607), length 20' },
    { why: 'IPComp', hex: '4500002800010000406c66670a0000010a000002000102030405060708090a0b0c0d0e0f10111213',
      text: 'IP 10.0.0.1 > 10.0.0.2: IPComp(cpi=0x0203)' },
    { why: 'IPv4 in IPv6 in IPv4', hex: '4500005e00010000402966740a0000010a000002600000000022044020010db8000000000000000000000001fe80000000000000000000fffe0000024500002200010000401166c80a0000010a000002045708ae000e0000616263646566',
      text: 'IP 10.0.0.1 > 10.0.0.2: IP6 2001:db8::1 > fe80::ff:fe00:2: IP 10.0.0.1.1111 > 10.0.0.2.2222: UDP, length 6' },
    { why: 'a protocol by number', hex: '450000160001000040fd65e80a0000010a0000026162',
      text: 'IP 10.0.0.1 > 10.0.0.2:  ip-proto-253 2' },
    { why: 'an IPv4 protocol over IPv6', hex: '600000000008024020010db8000000000000000000000001fe80000000000000000000fffe0000021600f8faef010203',
      text: 'IP6 2001:db8::1 > fe80::ff:fe00:2: [IGMP requires IPv4] (invalid)' },
  ]],]

describe.each(GROUPS)('%s', (_name, cases) => {
  it.each(cases)('$why', ({ hex, v = 0, wire, text }) => expect(textOf([frameOf(hex, RAW, wire)], { verbose: v })).toEqual([text]))
})

const frames = GROUPS.flatMap(([, cases]) => cases.map(({ hex, wire }) => frameOf(hex, RAW, wire)))
// eslint-disable-next-line no-control-regex
const isSafe = (text: string): boolean => /^[\t\n\x20-\x7e]*$/.test(text)

describe('hostile bytes', () => {
  it.each([0, 1, 3])('every packet cut at every length, verbose %i', (verbose) => {
    for (const frame of frames) {
      for (let kept = 1; kept < frame.end; kept++) expect(textOf([cut(frame, kept)], { verbose }).every(isSafe)).toBe(true)
    }
  })

  it('does not read what stands behind the capture', () => {
    for (const frame of frames) {
      for (let kept = 1; kept < frame.end; kept += 3) {
        const exact = { ...frame, b: frame.b.slice(0, kept), end: kept }
        expect(textOf([cut(frame, kept)], { verbose: 2 })).toEqual(textOf([exact], { verbose: 2 }))
      }
    }
  })

  /** Protocols with printers of their own, and some without. */
  const PROTOCOLS = [0, 1, 2, 4, 6, 17, 33, 41, 43, 44, 47, 50, 51, 58, 59, 60, 62, 77, 103, 108, 132, 135, 143, 253]
  // Small numbers are what types, lengths and counts look like.
  const bytes = fc.array(fc.oneof(fc.nat(20), fc.nat(255)), { maxLength: 120 }).map((all) => Buffer.from(all).toString('hex'))

  it('any bytes behind an IPv4 or IPv6 header', () =>
    fc.assert(
      fc.property(fc.constantFrom(...PROTOCOLS), bytes, fc.boolean(), fc.nat(3), (protocol, payload, isIp6, verbose) => {
        const length = payload.length / 2
        const header = isIp6
          ? `60000000 ${length.toString(16).padStart(4, '0')} ${protocol.toString(16).padStart(2, '0')} 40 ${'00'.repeat(32)}`
          : `4500 ${(length + 20).toString(16).padStart(4, '0')} 00010000 40 ${protocol.toString(16).padStart(2, '0')} 0000 0a000001 0a000002`
        expect(textOf([frameOf(header + payload, RAW)], { verbose, link: verbose === 2 }).every(isSafe)).toBe(true)
      }),
      { numRuns: 3000 },
    ))

  it('the next packet prints as if alone', () => {
    const last = frames[0]!
    const alone = textOf([last], { verbose: 1 })[0]
    for (const frame of frames) expect(textOf([cut(frame, frame.end >> 1), last], { verbose: 1 })[1]).toBe(alone)
  })
})
