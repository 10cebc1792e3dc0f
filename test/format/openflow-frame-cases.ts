/** Frames inside OpenFlow messages; tcpdump prints less of all later packets when one is cut (docs/output.md), so these stand alone. Made by hand, with what tcpdump 4.99.3 prints. */
import type { PayloadCase } from './payload.js'

export const OPENFLOW_FRAME_CASES: readonly PayloadCase[] = [
  {
    why: 'OpenFlow packet in', tcp: 6653, verbose: 2,
    payload: '010a003d00001234ffffffff002b0001000002000000000202000000000108004500001d00010000401100000a0000010a0000029c4000090009000078',
    text: ': OpenFlow\n\tversion 1.0, type PACKET_IN, length 61, xid 0x00001234\n\t buffer_id NONE, total_len 43, in_port 1, reason NO_MATCH\n\t data (43 octets)',
  },
  {
    why: 'OpenFlow packet in, for an action', tcp: 6653, verbose: 2,
    payload: '010a001200001234000000070009fff80100010a001700001234000000070009fff8090073686f7274',
    text:
      ': OpenFlow\n\tversion 1.0, type PACKET_IN, length 18, xid 0x00001234\n\t buffer_id 0x00000007, total_len 9, in_port IN_PORT, reason ACTION\n' +
      '\tversion 1.0, type PACKET_IN, length 23, xid 0x00001234\n\t buffer_id 0x00000007, total_len 9, in_port IN_PORT, reason invalid (0x09)\n\t data (5 octets)',
  },
  {
    why: 'OpenFlow packet out', tcp: 6653, verbose: 2,
    payload:
      '010d01230000123400000007000100e800000008fffd0080000000080003000000010008ffff000000010008138800000002000809000000000300080000000000040010020000000001000000000000' +
      '00050010020000000001000000000000000600080a000001000700080a00000100080008100000000009000800500000000a000800510000000b00100002000000000000ffffffffffff0018005c16c7' +
      '00000001000000078100200501000000ffff0018005c16c700000001000000071234200502000000ffff000c005c16c700000009ffff001400002320000000016162636461626364004d000861626364' +
      '000400086162636402000000000202000000000108004500001d00010000401100000a0000010a0000029c4000090009000078',
    text:
      ': OpenFlow\n\tversion 1.0, type PACKET_OUT, length 291, xid 0x00001234\n\t buffer_id 0x00000007, in_port 1\n' +
      '\t action type OUTPUT, len 8, port CONTROLLER, max_len 128\n\t action type OUTPUT, len 8, port 3\n\t action type SET_VLAN_VID, len 8, vlan_vid NONE\n' +
      '\t action type SET_VLAN_VID, len 8, vlan_vid 5000 (bogus)\n\t action type SET_VLAN_PCP, len 8, vlan_pcp 9 (bogus)\n\t action type STRIP_VLAN, len 8\n' +
      '\t action type SET_DL_SRC, len 16, dl_addr 02:00:00:00:00:01\n\t action type SET_DL_DST, len 16, dl_addr 02:00:00:00:00:01\n' +
      '\t action type SET_NW_SRC, len 8, nw_addr 10.0.0.1\n\t action type SET_NW_DST, len 8, nw_addr 10.0.0.1\n\t action type SET_NW_TOS, len 8, nw_tos 0x10\n' +
      '\t action type SET_TP_SRC, len 8, tp_port 80\n\t action type SET_TP_DST, len 8, tp_port 81\n\t action type ENQUEUE, len 16, port 2, queue_id ALL\n' +
      '\t action type VENDOR, len 24, vendor 0x005c16c7 (Big Switch Networks)\n' +
      '\t  subtype MIRROR, dest_port 7, vlan_tag 802.1Q (vlan 5, p 1), copy_stage EGRESS\n' +
      '\t action type VENDOR, len 24, vendor 0x005c16c7 (Big Switch Networks)\n' +
      '\t  subtype MIRROR, dest_port 7, vlan_tag unknown (0x1234), copy_stage unknown (2)\n\t action type VENDOR, len 12 (bogus)\n' +
      '\t action type VENDOR, len 20 (bogus)\n\t action type invalid (0x004d), len 8\n\t action type SET_DL_SRC, len 8 (bogus)\n\t data (43 octets)',
  },
  {
    why: 'OpenFlow, a frame', tcp: 6633, verbose: 4,
    payload: '010a003d00001234ffffffff002b0001000002000000000202000000000108004500001d00010000401100000a0000010a0000029c4000090009000078',
    text:
      ': OpenFlow\n\tversion 1.0, type PACKET_IN, length 61, xid 0x00001234\n\t buffer_id NONE, total_len 43, in_port 1, reason NO_MATCH\n' +
      '\t data (43 octets), frame decoding below\nIP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto UDP (17), length 29, bad cksum 0 (->66cd)!)\n' +
      '    10.0.0.1.40000 > 10.0.0.2.9: UDP, length 1',
  },
]
