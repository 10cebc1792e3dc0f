/** Packets that are cut, or hold what no sane sender writes: whole lines, as tcpdump 4.99.3 prints them with -nn -t. */
import { expect, it } from 'vitest'
import { frameOf } from '../decode/frames.js'
import { textOf } from './printing.js'

interface OddPacket {
  readonly why: string
  /** Else RAW: an IP packet. */
  readonly linkType?: number
  readonly verbose?: number
  /** -x: where a dump begins shows what was taken for the link's header. */
  readonly dump?: 'x'
  /** Bytes on the wire, where more were than are captured. */
  readonly wire?: number
  readonly hex: string
  readonly text: string
}

const PACKETS: readonly OddPacket[] = [
  { why: 'Geneve of another version, cut: its header is wanted whole', wire: 40,
    hex: '4500002800000000401100000a0000010a0000023c3e17c1001400004d474c4eef445f',
    text: 'IP 10.0.0.1.15422 > 10.0.0.2.6081: Geneve [|geneve]' },
  { why: 'DHCP, a server name that fills its field', verbose: 1,
    hex: '4500011000000000401100000a0000010a0000020044004300fc0000010106000000000000000000000000000000000000000000000000000202020202020000000000000000000053535353535353535353535353535353535353535353535353535353535353535353535353535353535353535353535353535353535353535353535353535353464646000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000063825363350101ff',
    text: 'IP (tos 0x0, ttl 64, id 0, offset 0, flags [none], proto UDP (17), length 272, bad cksum 0 (->65db)!)\n    10.0.0.1.68 > 10.0.0.2.67: BOOTP/DHCP, Request from 02:02:02:02:02:02, length 244, Flags [none]\n\t  Client-Ethernet-Address 02:02:02:02:02:02\n\t  sname "SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS" [|bootp]' },
  { why: 'DHCP, a file name that fills its field', verbose: 1,
    hex: '4500011000000000401100000a0000010a0000020044004300fc0000010106000000000000000000000000000000000000000000000000000202020202020000000000000000000053535353535353535353535353535353535353535353535353535353535353535353535353535353535353535353535353535353535353535353535353535300464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464646464663825363350101ff',
    text: 'IP (tos 0x0, ttl 64, id 0, offset 0, flags [none], proto UDP (17), length 272, bad cksum 0 (->65db)!)\n    10.0.0.1.68 > 10.0.0.2.67: BOOTP/DHCP, Request from 02:02:02:02:02:02, length 244, Flags [none]\n\t  Client-Ethernet-Address 02:02:02:02:02:02\n\t  sname "SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS"\n\t  file "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF" [|bootp]' },
  { why: 'PPPoE, a long tag: the start as text', linkType: 1,
    hex: '020202020202020202020202886411090000008200190078414141414141414141414141414141414141414141414141414141414141414141414141414141414141414141414141414141414141414141414141010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101002000026162',
    text: 'PPPoE PADI [TAG-0x19 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA..................."] [TAG-0x20 "ab"]' },
  { why: 'PPPoE, a long tag whose start is no text: the whole in hexadecimal', linkType: 1,
    hex: '020202020202020202020202886411090000006e0019006401010101010101010101010101010101010101010101010101010101010101010101010101010101414141414141414141414141414141414141414141414141414141414141414141414141414141414141414141414141414141414141414141414141002000026162',
    text: 'PPPoE PADI [TAG-0x19 0x01010101010101010101010101010101010101010101010101010101010101010101010101010101414141414141414141414141414141414141414141414141414141414141414141414141414141414141414141414141414141414141414141414141] [TAG-0x20 "ab"]' },
  { why: 'IPv6, a jumbo length in options that are cut', wire: 60,
    hex: '6000000000000040fd000000000000000000000000000001fd0000000000000000000000000000021101c204000111701e03',
    text: 'IP6 fd00::1 > fd00::2:  [|hbhopt][No valid Jumbo Payload Hop-by-Hop option found] (invalid)' },
  { why: 'radiotap, a frame that is nothing but its check sequence', linkType: 127, dump: 'x',
    hex: '000026002f4000a0200800a0200800003eb700000000000010028509a000aa000000d400a90150003ac0',
    text: '46910us tsft 1.0 Mb/s 2437 MHz 11b -86dBm signal -44dBm signal antenna 0 -87dBm signal antenna 1  [|802.11]' },
  { why: 'PIM, an assert without its metric', linkType: 1, verbose: 1, dump: 'x', wire: 60,
    hex: '02020202020202020202020208004500002e00010000406790590a000002e000000d2500edda01000020e100002f01000a000002',
    text: 'IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto PIM (103), length 46)\n    10.0.0.2 > 224.0.0.13: PIMv2, length 26\n\tAssert, cksum 0xedda (unverified) group=225.0.0.47 src=10.0.0.2 [|pimv2]\n\t0x0000:  4500 002e 0001 0000 4067 9059 0a00 0002\n\t0x0010:  e000 000d 2500 edda 0100 0020 e100 002f\n\t0x0020:  0100 0a00 0002' },
  { why: 'radiotap, fields of a vendor between', linkType: 127,
    hex: '00001b00000800c0000000a000080000053132333400020006070880000000ffffffffffff0123456789ab0123456789ab1000',
    text: 'antenna 5 antenna 8 Beacon [|802.11]' },
  { why: 'radiotap, fields of a vendor past the end', linkType: 127,
    hex: '00001b00000800c0000000a000080000053132333400090006070880000000ffffffffffff0123456789ab0123456789ab1000',
    text: 'antenna 5 Beacon [|802.11]' },
  { why: 'radiotap, a vendor\'s header cut', linkType: 127,
    hex: '00001500000800c0000000a000180000053132333480000000ffffffffffff0123456789ab0123456789ab1000',
    text: 'antenna 5  [|802.11_radio] [|802.11_radio]Beacon [|802.11]' },
  { why: 'radiotap, a word of both namespaces', linkType: 127,
    hex: '00001300000800a0000800e00008000005060780000000ffffffffffff0123456789ab0123456789ab1000',
    text: 'antenna 5 antenna 6 antenna 7 Beacon [|802.11]' },
  { why: 'HTTP, a form feed behind the command: no message', verbose: 1,
    hex: '4500003a00000000400600000a0000010a0000029c4000500000000100000001501803e8000000004745540c2f20485454502f312e310d0a0d0a',
    text: 'IP (tos 0x0, ttl 64, id 0, offset 0, flags [none], proto TCP (6), length 58, bad cksum 0 (->66bc)!)\n    10.0.0.1.40000 > 10.0.0.2.80: Flags [P.], cksum 0x0000 (incorrect -> 0x1cb1), seq 1:19, ack 1, win 1000, length 18: HTTP' },
  { why: 'UDLD, an unknown TLV that is cut', linkType: 1, verbose: 1, wire: 34,
    hex: '01000ccccccc001906eab8810014aaaa0300000c011121036d85fb07000800',
    text: 'UDLDv1, Code Probe message (1), Flags [RT, RSY] (0x03), length 12\n\tChecksum 0x6d85 (unverified)\n\tUnknown (0xfb07) TLV, length 8 [|udld]' },
]

it.each(PACKETS)('$why', ({ linkType = 101, verbose = 0, dump, wire, hex, text }) =>
  expect(textOf([frameOf(hex, linkType, wire)], { time: 1, verbose, dump: dump ?? 'none' })[0]).toBe(text))
