/** Frames of each link type, and what the installed tcpdump 4.99.3 prints of them with -t -nn. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LinkType } from '../../../src/decode/link/link-type.js'
import type { PrintOptions } from '../../../src/format/options.js'
import { frameOf } from '../../decode/frames.js'
import { textOf } from '../printing.js'

interface Case {
  readonly why: string
  readonly linkType: number
  readonly options: Partial<PrintOptions>
  readonly hex: string
  readonly text: string
}

const CASES: readonly Case[] = [
  {
    why: 'an unknown type: the header and a dump', linkType: 1, options: {},
    hex: '0200000000010200000000aa1234616263',
    text: '02:00:00:00:00:aa > 02:00:00:00:00:01, ethertype Unknown (0x1234), length 17: \n\t0x0000:  6162 63                                  abc',
  },
  {
    why: 'an unknown type, -e', linkType: 1, options: { link: true },
    hex: '0200000000010200000000aa1234616263',
    text: '02:00:00:00:00:aa > 02:00:00:00:00:01, ethertype Unknown (0x1234), length 17: \n\t0x0000:  6162 63                                  abc',
  },
  {
    why: 'an unknown type, -q', linkType: 1, options: { quiet: 1 },
    hex: '0200000000010200000000aa1234616263',
    text: '02:00:00:00:00:aa > 02:00:00:00:00:01, Unknown Ethertype (0x1234), length 17: ',
  },
  {
    why: 'an unknown type, -x: one dump', linkType: 1, options: { dump: 'x' },
    hex: '0200000000010200000000aa1234616263',
    text: '02:00:00:00:00:aa > 02:00:00:00:00:01, ethertype Unknown (0x1234), length 17: \n\t0x0000:  6162 63',
  },
  {
    why: 'an unknown type, -A: both dumps', linkType: 1, options: { dump: 'A' },
    hex: '0200000000010200000000aa1234616263',
    text: '02:00:00:00:00:aa > 02:00:00:00:00:01, ethertype Unknown (0x1234), length 17: \n\t0x0000:  6162 63                                  abc\nabc',
  },
  {
    why: 'a stack of tags', linkType: 1, options: { link: true },
    hex: '0200000000010200000000aa8100000588a830069100e007920000091234616263',
    text: '02:00:00:00:00:aa > 02:00:00:00:00:01, ethertype 802.1Q (0x8100), length 33: vlan 5, p 0, ethertype 802.1Q-QinQ (0x88a8), vlan 6, p 1, DEI, ethertype 802.1Q-9100 (0x9100), vlan 7, p 7, ethertype 802.1Q-9200 (0x9200), vlan 9, p 0, ethertype Unknown (0x1234), \n\t0x0000:  6162 63                                  abc',
  },
  {
    why: 'tags are unseen without -e', linkType: 1, options: {},
    hex: '0200000000010200000000aa8100000588a830060800450000240001000040110000010203040506070803e903ea001000006162636465666768',
    text: 'IP 1.2.3.4.1001 > 5.6.7.8.1002: UDP, length 8',
  },
  {
    why: 'tags, -q', linkType: 1, options: { quiet: 1, link: true },
    hex: '0200000000010200000000aa810000051234616263',
    text: '02:00:00:00:00:aa > 02:00:00:00:00:01, 802.1Q, length 21: vlan 5, p 0, Unknown Ethertype (0x1234), ',
  },
  {
    why: 'a tag cut', linkType: 1, options: {},
    hex: '0200000000010200000000aa8100000512',
    text: ' [|vlan]',
  },
  {
    why: 'the header cut', linkType: 1, options: {},
    hex: '0200000000010200000000aa',
    text: ' [|ether]',
  },
  {
    why: 'LLC cut', linkType: 1, options: { link: true },
    hex: '0200000000010200000000aa001042',
    text: '02:00:00:00:00:aa > 02:00:00:00:00:01, 802.3, length 1:  [|llc]\n\t0x0000:  42                                       B',
  },
  {
    why: 'LLC in 802.3', linkType: 1, options: { link: true },
    hex: '0200000000010200000000aa0008606200006162636400000000',
    text: '02:00:00:00:00:aa > 02:00:00:00:00:01, 802.3, length 8: LLC, dsap Unknown (0x60) Individual, ssap Unknown (0x62) Command, ctrl 0x0000: Information, send seq 0, rcv seq 0, Flags [Command], length 8\n\t0x0000:  6062 0000 6162 6364                      `b..abcd',
  },
  {
    why: 'SNAP of an unknown organisation', linkType: 1, options: {},
    hex: '0200000000010200000000aa000baaaa031122331234616263',
    text: '02:00:00:00:00:aa > 02:00:00:00:00:01 SNAP, oui Unknown (0x112233), pid Unknown (0x1234), length 3: \n\t0x0000:  aaaa 0311 2233 1234 6162 63              ...."3.4abc',
  },
  {
    why: 'a frame in a frame', linkType: 1, options: {},
    hex: '0200000000010200000000aa003caaaa030080c2000700000200000000010200000000aa0800450000240001000040110000010203040506070803e903ea001000006162636465666768',
    text: 'IP 1.2.3.4.1001 > 5.6.7.8.1002: UDP, length 8',
  },
  {
    why: 'MACsec', linkType: 1, options: { link: true },
    hex: '0200000000010200000000aa88e5200000000042caf9df4f509a00640800450000240001000040110000010203040506070803e903ea00100000616263646566676800000000000000000000000000000000',
    text: '02:00:00:00:00:aa > 02:00:00:00:00:01, ethertype 802.1AE MACsec (0x88e5), length 82: an 0, pn 66, flags I, sci caf9df4f509a0064, ethertype IPv4 (0x0800), 1.2.3.4.1001 > 5.6.7.8.1002: UDP, length 8',
  },
  {
    why: 'MACsec, encrypted', linkType: 1, options: {},
    hex: '0200000000010200000000aa88e52c0000000042caf9df4f509a0064616263646566676800000000000000000000000000000000',
    text: '02:00:00:00:00:aa > 02:00:00:00:00:01 802.1AE MACsec, an 0, pn 66, flags ECI, sci caf9df4f509a0064, \n\t0x0000:  6162 6364 6566 6768 0000 0000 0000 0000  abcdefgh........\n\t0x0010:  0000 0000 0000 0000                      ........',
  },
  {
    why: 'DSA', linkType: 284, options: {},
    hex: '0200000000010200000000aac01000640800450000240001000040110000010203040506070803e903ea001000006162636465666768',
    text: 'DSA Forward port 0.2, VLAN 100u, IP 1.2.3.4.1001 > 5.6.7.8.1002: UDP, length 8',
  },
  {
    why: 'DSA, -e', linkType: 284, options: { link: true },
    hex: '0200000000010200000000aa38f811230800450000240001000040110000010203040506070803e903ea001000006162636465666768',
    text: '02:00:00:00:00:aa > 02:00:00:00:00:01, Marvell DSA mode To CPU, source dev 24, port 31, code Frame2Reg, tagged, VID 291, FPri 0, ethertype IPv4 (0x0800), length 54: 1.2.3.4.1001 > 5.6.7.8.1002: UDP, length 8',
  },
  {
    why: 'EDSA', linkType: 285, options: { link: true },
    hex: '0200000000010200000000aa8100ffff41ef0fff0800450000240001000040110000010203040506070803e903ea001000006162636465666768',
    text: '02:00:00:00:00:aa > 02:00:00:00:00:01, Marvell EDSA ethertype 0x8100 (802.1Q), rsvd 255 255, mode From CPU, target dev 1, port 29, untagged, CFI, VID 4095, FPri 0, ethertype IPv4 (0x0800), length 58: 1.2.3.4.1001 > 5.6.7.8.1002: UDP, length 8',
  },
  {
    why: 'Broadcom', linkType: 281, options: {},
    hex: '0200000000010200000000aa010101010800450000240001000040110000010203040506070803e903ea001000006162636465666768',
    text: 'BRCM tag OP: IG, CID: 1, RC: mirror, TC: 0, port: 1, IP 1.2.3.4.1001 > 5.6.7.8.1002: UDP, length 8',
  },
  {
    why: 'Broadcom, before the frame', linkType: 282, options: { link: true },
    hex: '2481a5c30200000000010200000000aa0800450000240001000040110000010203040506070803e903ea001000006162636465666768',
    text: 'BRCM tag OP: IG, TC: 0, TE: Untag, TS: 1, DST map: 0x01c3, 02:00:00:00:00:aa > 02:00:00:00:00:01, ethertype IPv4 (0x0800), length 50: 1.2.3.4.1001 > 5.6.7.8.1002: UDP, length 8',
  },
  {
    why: 'cooked', linkType: 113, options: { link: true },
    hex: '00040001000602000000000107070800450000240001000040110000010203040506070803e903ea001000006162636465666768',
    text: 'Out 02:00:00:00:00:01 ethertype IPv4 (0x0800), length 52: 1.2.3.4.1001 > 5.6.7.8.1002: UDP, length 8',
  },
  {
    why: 'cooked, unknown', linkType: 113, options: {},
    hex: '00000001000602000000000107071234616263',
    text: ' In 02:00:00:00:00:01 ethertype Unknown (0x1234), length 19: \n\t0x0000:  6162 63                                  abc',
  },
  {
    why: 'cooked with a tag', linkType: 113, options: { link: true },
    hex: '0000000100060200000000010707810000050800450000240001000040110000010203040506070803e903ea001000006162636465666768',
    text: ' In 02:00:00:00:00:01 ethertype 802.1Q (0x8100), length 56: vlan 5, p 0, ethertype IPv4, 1.2.3.4.1001 > 5.6.7.8.1002: UDP, length 8',
  },
  {
    why: 'cooked 802.2', linkType: 113, options: {},
    hex: '00000001000602000000000107070004606003616263',
    text: 'Unknown DSAP 0x60 Unnumbered, ui, Flags [Command], length 6\n\t0x0000:  6060 0361 6263                           ``.abc',
  },
  {
    why: 'cooked 2, on no interface of ours', linkType: 276, options: { link: true },
    hex: '080000007fffffff000104060200000000010000450000240001000040110000010203040506070803e903ea001000006162636465666768',
    text: '?     Out ifindex 2147483647 02:00:00:00:00:01 ethertype IPv4 (0x0800), length 56: 1.2.3.4.1001 > 5.6.7.8.1002: UDP, length 8',
  },
  {
    why: 'loopback', linkType: 0, options: { link: true },
    hex: '02000000450000240001000040110000010203040506070803e903ea001000006162636465666768',
    text: 'AF IPv4 (2), length 40: 1.2.3.4.1001 > 5.6.7.8.1002: UDP, length 8',
  },
  {
    why: 'loopback, the other order', linkType: 0, options: {},
    hex: '00000002450000240001000040110000010203040506070803e903ea001000006162636465666768',
    text: 'IP 1.2.3.4.1001 > 5.6.7.8.1002: UDP, length 8',
  },
  {
    why: 'loopback, unknown', linkType: 108, options: {},
    hex: '00000021616263',
    text: 'AF Unknown (33), length 7: \n\t0x0000:  6162 63                                  abc',
  },
  {
    why: 'loopback, unknown, -q', linkType: 108, options: { quiet: 1 },
    hex: '00000021616263',
    text: 'Unknown AF 33, length 7: ',
  },
  {
    why: 'bare IP', linkType: 101, options: { link: true },
    hex: '450000240001000040110000010203040506070803e903ea001000006162636465666768',
    text: 'ip: 1.2.3.4.1001 > 5.6.7.8.1002: UDP, length 8',
  },
  {
    why: 'bare, no IP', linkType: 101, options: {},
    hex: '30616263',
    text: 'unknown ip 3',
  },
  {
    why: 'PPP', linkType: 9, options: { link: true },
    hex: 'ff030021450000240001000040110000010203040506070803e903ea001000006162636465666768',
    text: 'IP (0x0021), length 40: 1.2.3.4.1001 > 5.6.7.8.1002: UDP, length 8',
  },
  {
    why: 'PPP, unknown', linkType: 9, options: {},
    hex: '1234616263',
    text: 'unknown PPP protocol (0x1234) \n\t0x0000:  6162 63',
  },
  {
    why: 'PPP in HDLC', linkType: 50, options: { link: true },
    hex: 'ff030021450000240001000040110000010203040506070803e903ea001000006162636465666768',
    text: 'ff 03 40 IP: 1.2.3.4.1001 > 5.6.7.8.1002: UDP, length 8',
  },
  {
    why: 'Cisco HDLC', linkType: 104, options: { link: true },
    hex: '8f000800450000240001000040110000010203040506070803e903ea001000006162636465666768',
    text: 'bcast, ethertype IPv4 (0x0800), length 40: 1.2.3.4.1001 > 5.6.7.8.1002: UDP, length 8',
  },
  {
    why: 'SLARP', linkType: 104, options: {},
    hex: '0f008035000000020000000100000002ffff00010203',
    text: 'SLARP (length: 18), keepalive: mineseen=0x00000001, yourseen=0x00000002, reliability=0xffff, link uptime=0d0h1m6s',
  },
  {
    why: 'PPPoE', linkType: 51, options: {},
    hex: '1109001700100101000373766301030003010203',
    text: 'PPPoE PADI [len 16 > 14!] [ses 0x17] [Service-Name "svc"] [Host-Uniq 0x010203]',
  },
  {
    why: '802.11', linkType: 105, options: { link: true },
    hex: '80003a01ffffffffffff0200000000010200000000bb1000010203040506070864003104000474657374010482840c6c030106',
    text: 'BSSID:02:00:00:00:00:bb DA:ff:ff:ff:ff:ff:ff SA:02:00:00:00:00:01 Beacon (test) [1.0* 2.0* 6.0 54.0 Mbit] ESS CH: 6, PRIVACY',
  },
  {
    why: '802.11, encrypted', linkType: 105, options: {},
    hex: '08413a01ffffffffffff0200000000010200000000bb10000102034061626364',
    text: 'Data IV:30201 Pad 0 KeyID 1',
  },
  {
    why: '802.11 acknowledgment', linkType: 105, options: {},
    hex: 'd4000000020000000001',
    text: 'Acknowledgment RA:02:00:00:00:00:01 ',
  },
  {
    why: 'radiotap', linkType: 127, options: {},
    hex: '00000f002e00000010026c09c000d080003a01ffffffffffff0200000000010200000000bb1000010203040506070864003104000474657374010482840c6c030106',
    text: '1.0 Mb/s 2412 MHz 11g -48dBm signal Beacon (test) ESS, PRIVACY [|802.11]',
  },
  {
    why: 'radiotap, a padded header that ends before its padding', linkType: 127, options: {},
    hex: '0000090002000000 20 d4000000 00000c000001',
    text: ' [|802.11]',
  },
  {
    why: 'radiotap, 11n', linkType: 127, options: { link: true },
    hex: '00000f00080008003c1440011f050780003a01ffffffffffff0200000000010200000000bb1000010203040506070864003104000474657374010482840c6c030106',
    text: '5180 MHz 11n 150.0 Mb/s MCS 7 40 MHz short GI mixed BCC FEC BSSID:02:00:00:00:00:bb DA:ff:ff:ff:ff:ff:ff SA:02:00:00:00:00:01 Beacon (test) [1.0* 2.0* 6.0 54.0 Mbit] ESS CH: 6, PRIVACY',
  },
  {
    why: 'AVS', linkType: 163, options: {},
    hex: '8021100100000040000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000080003a01ffffffffffff0200000000010200000000bb1000010203040506070864003104000474657374010482840c6c030106',
    text: 'Beacon (test) [1.0* 2.0* 6.0 54.0 Mbit] ESS CH: 6, PRIVACY',
  },
  {
    why: 'Prism', linkType: 119, options: {},
    hex: '44000000900000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000080003a01ffffffffffff0200000000010200000000bb1000010203040506070864003104000474657374010482840c6c030106',
    text: 'Beacon (test) [1.0* 2.0* 6.0 54.0 Mbit] ESS CH: 6, PRIVACY',
  },
  {
    why: 'PPI', linkType: 192, options: { link: true },
    hex: '000008006900000080003a01ffffffffffff0200000000010200000000bb1000010203040506070864003104000474657374010482840c6c030106',
    text: 'V.0 DLT IEEE802_11 (105) len 8, length 59: BSSID:02:00:00:00:00:bb DA:ff:ff:ff:ff:ff:ff SA:02:00:00:00:00:01 Beacon (test) [1.0* 2.0* 6.0 54.0 Mbit] ESS CH: 6, PRIVACY',
  },
  {
    why: 'PPI, unknown', linkType: 192, options: {},
    hex: '000008000f270000616263',
    text: 'V.0 DLT UNKNOWN (9999) len 8, length 11: \n\t0x0000:  6162 63                                  abc',
  },
  {
    why: 'IPoIB', linkType: 242, options: { link: true },
    hex: '0000000000000000000000000000000000000000000000000000000000000000000000000000000008000000450000240001000040110000010203040506070803e903ea001000006162636465666768',
    text: 'IPOIB, ethertype IPv4 (0x0800), length 80: 1.2.3.4.1001 > 5.6.7.8.1002: UDP, length 8',
  },
  {
    why: 'ipnet', linkType: 226, options: { link: true },
    hex: '010200000000000000000005000000070000000000000000450000240001000040110000010203040506070803e903ea001000006162636465666768',
    text: '0 > 0, family IPv4 (2), length 60: 1.2.3.4.1001 > 5.6.7.8.1002: UDP, length 8',
  },
  {
    why: 'NFLOG', linkType: 239, options: { link: true },
    hex: '02000014080001006162636428000900450000240001000040110000010203040506070803e903ea001000006162636465666768',
    text: 'version 0, resource ID 20, family IPv4 (2), length 52: 1.2.3.4.1001 > 5.6.7.8.1002: UDP, length 8',
  },
  {
    why: 'SLIP', linkType: 8, options: { link: true },
    hex: '01450000000000000000000000000000450000240001000040110000010203040506070803e903ea001000006162636465666768',
    text: 'O ip 52: 1.2.3.4.1001 > 5.6.7.8.1002: UDP, length 8',
  },
  {
    why: 'ATM', linkType: 11, options: {},
    hex: 'aaaa030000000800450000240001000040110000010203040506070803e903ea001000006162636465666768',
    text: 'IP 1.2.3.4.1001 > 5.6.7.8.1002: UDP, length 8',
  },
  {
    why: 'Classical IP over ATM', linkType: 19, options: { link: true },
    hex: '450000240001000040110000010203040506070803e903ea001000006162636465666768',
    text: '36: 1.2.3.4.1001 > 5.6.7.8.1002: UDP, length 8',
  },
  {
    why: 'no printer', linkType: 147, options: {},
    hex: '616263646566',
    text: 'UNSUPPORTED\n\t0x0000:  6162 6364 6566                           abcdef',
  },
]

it.each(CASES)('$why', ({ linkType, options, hex, text }) => expect(textOf([frameOf(hex, linkType)], options)).toEqual([text]))

describe('any bytes', () => {
  const types = [...new Set<number>(Object.values(LinkType)), 147]
  const options: ReadonlyArray<Partial<PrintOptions>> = [{}, { link: true, verbose: 3 }, { verbose: 1 }, { quiet: 1, link: true }, { dump: 'X' }]

  it.each(types)('of link type %i are printed, and no control byte of theirs', (linkType) => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 120 }), fc.constantFrom(...options), fc.nat(200), (b, option, beyond) => {
      const frame = { ...frameOf(Buffer.from(b).toString('hex'), linkType), wireLength: b.length + beyond }
      expect(textOf([frame], option)[0]).toMatch(/^[\t\n -~]*$/)
    }), { numRuns: 300 })
  })

  it.each(CASES)('cut out of: $why', ({ linkType, options: option, hex }) => {
    const whole = frameOf(hex, linkType)
    for (let end = whole.at + 1; end < whole.end; end++) expect(textOf([{ ...whole, end }], option)[0]).toMatch(/^[\t\n -~]*$/)
  })
})
