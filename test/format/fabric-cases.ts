/** Protocols of network devices and file services. Made by hand, with what tcpdump 4.99.3 prints. */
import type { PayloadCase } from './payload.js'

export const FABRIC_CASES: readonly PayloadCase[] = [
  {
    why: 'sFlow', udp: 6343,
    payload:
      '00000005000000010a00000100000003000000070001e2400000000100000001000000b1000000050100000200000064000007d000000001000000030000000400000008000000010000002000000001' +
      '00000040000000040000000e78787878787878787878787878787878000000020000001800000000000f4243001e8486002dc6c9003d090c004c4b4f000003e90000001000000000000f4243001e8486' +
      '002dc6c9000000030000000461626364000003eb000000000000006300000003616263000010010000000161001000010000000162',
    text: 'sFlowv5, IPv4 agent 10.0.0.1, agent-id 3, length 213',
  },
  {
    why: 'sFlow, IPv6 agent, brief', udp: 6343,
    payload:
      '0000000500000002fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd00000003000000070001e240000000010000000200000030000000050100000200000001000000050000001c00000000000f4243001e8486' +
      '002dc6c9003d090c004c4b4f005b8d92',
    text: 'sFlowv5, IPv6 agent fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd, agent-id 3, length 96',
  },
  {
    why: 'sFlow, flows', udp: 6343, verbose: 1,
    payload:
      '00000005000000010a00000100000003000000070001e2400000000100000001000000b1000000050100000200000064000007d000000001000000030000000400000008000000010000002000000001' +
      '00000040000000040000000e78787878787878787878787878787878000000020000001800000000000f4243001e8486002dc6c9003d090c004c4b4f000003e90000001000000000000f4243001e8486' +
      '002dc6c9000000030000000461626364000003eb000000000000006300000003616263000010010000000161001000010000000162',
    text:
      'sFlowv5, IPv4 agent 10.0.0.1, agent-id 3, seqnum 7, uptime 123456, samples 1, length 213\n' +
      '\tflow sample (1), length 177, seqnum 5, type 1, idx 2, rate 100, pool 2000, drops 1, input 3 output 4 records 8\n' +
      '\t    enterprise 0 Raw packet (1) length 32\n\t      protocol Ethernet (1), length 64, stripped bytes 4, header_size 14\n' +
      '\t    enterprise 0 Ethernet frame (2) length 24\n\t      frame len 0, type 5000015\n\t    enterprise 0 Extended Switch data (1001) length 16\n' +
      '\t      src vlan 0, src pri 1000003, dst vlan 2000006, dst pri 3000009\n\t    enterprise 0 IPv4 Data (3) length 4\n' +
      '\t    enterprise 0 Extended Gateway data (1003) length 0\n\t    enterprise 0 Unknown (99) length 3\n\t\t0x0000:  6162 63\n' +
      '\t    enterprise 1 Unknown (1) length 1\n\t    enterprise 256 Unknown (1) length 1',
  },
  {
    why: 'sFlow, flows, expanded', udp: 6343, verbose: 1,
    payload:
      '00000005000000010a00000100000003000000070001e24000000001000000030000004c00000005000000010000000200000064000007d0000000010000000000000003000000000000000400000002' +
      '00000001000000100000000b000000400000000400000000000003f400000000',
    text:
      'sFlowv5, IPv4 agent 10.0.0.1, agent-id 3, seqnum 7, uptime 123456, samples 1, length 112\n' +
      '\texpanded flow sample (3), length 76, seqnum 5, type 1, idx 2, rate 100, pool 2000, drops 1, records 2\n\t    enterprise 0 Raw packet (1) length 16\n' +
      '\t      protocol IPv4 (11), length 64, stripped bytes 4, header_size 0\n\t    enterprise 0 Extended VLAN Tunnel (1012) length 0',
  },
  {
    why: 'sFlow, counters', udp: 6343, verbose: 1,
    payload:
      '00000005000000010a00000100000003000000070001e240000000010000000200000170000000050100000200000009000000010000005800000000000f4243001e8486002dc6c9003d090c004c4b4f' +
      '005b8d92006acfd5007a12180089545b0098969e00a7d8e100b71b2400c65d6700d59faa00e4e1ed00f42430010366730112a8b60121eaf901312d3c01406f7f000000020000003400000000000f4243' +
      '001e8486002dc6c9003d090c004c4b4f005b8d92006acfd5007a12180089545b0098969e00a7d8e100b71b240000000300000003616263000000040000005000000000000f4243001e8486002dc6c900' +
      '3d090c004c4b4f005b8d92006acfd5007a12180089545b0098969e00a7d8e100b71b2400c65d6700d59faa00e4e1ed00f42430010366730112a8b60121eaf9000000050000001c00000000000f424300' +
      '1e8486002dc6c9003d090c004c4b4f005b8d92000003e90000001c00000000000f4243001e8486002dc6c9003d090c004c4b4f005b8d9200000062000000036162630010000100000001620000100100' +
      '00000161',
    text:
      'sFlowv5, IPv4 agent 10.0.0.1, agent-id 3, seqnum 7, uptime 123456, samples 1, length 404\n' +
      '\tcounter sample (2), length 368, seqnum 5, type 1, idx 2, records 9\n\t    enterprise 0, Generic counter (1) length 88\n' +
      '\t      ifindex 0, iftype 1000003, ifspeed 8589960364803785, ifdirection 4000012 (Unknown)\n\t      ifstatus 5000015, adminstatus: up, operstatus: up\n' +
      '\t      In octets 25769881092411349, unicast pkts 8000024, multicast pkts 9000027, broadcast pkts 10000030, discards 11000033\n' +
      '\t      In errors 12000036, unknown protos 13000039\n' +
      '\t      Out octets 60129722547626477, unicast pkts 16000048, multicast pkts 17000051, broadcast pkts 18000054, discards 19000057\n' +
      '\t      Out errors 20000060, promisc mode 21000063\n\t    enterprise 0, Ethernet counter (2) length 52\n' +
      '\t      align errors 0, fcs errors 1000003, single collision 2000006, multiple collision 3000009, test error 4000012\n' +
      '\t      deferred 5000015, late collision 6000018, excessive collision 7000021, mac trans error 8000024\n' +
      '\t      carrier error 9000027, frames too long 10000030, mac receive errors 11000033, symbol errors 12000036\n' +
      '\t    enterprise 0, Token ring counter (3) length 3\n\t    enterprise 0, 100 BaseVG counter (4) length 80\n' +
      '\t      in high prio frames 0, in high prio octets 4294980182901894\n\t      in norm prio frames 3000009, in norm prio octets 17179920728607567\n' +
      '\t      in ipm errors 6000018, oversized 7000021, in data errors 8000024, null addressed frames 9000027\n' +
      '\t      out high prio frames 10000030, out high prio octets 47244782001920804, trans into frames 13000039\n' +
      '\t      in hc high prio octets 60129722547626477, in hc norm prio octets 68719682911430259, out hc high prio octets 77309643275234041\n' +
      '\t    enterprise 0, Vlan counter (5) length 28\n' +
      '\t      vlan_id 0, octets 4294980182901894, unicast_pkt 3000009, multicast_pkt 4000012, broadcast_pkt 5000015, discards 6000018\n' +
      '\t    enterprise 0, Processor counter (1001) length 28\n' +
      '\t      5sec 0, 1min 1000003, 5min 2000006, total_mem 12884940546705676, total_mem 21474900910509458\n\t    enterprise 0, Unknown (98) length 3\n' +
      '\t\t0x0000:  6162 63\n\t    enterprise 1, Unknown (1) length 1\n\t    enterprise 0, Generic counter (1) length 1 (invalid)',
  },
  {
    why: 'sFlow, counters, expanded', udp: 6343, verbose: 1,
    payload:
      '00000005000000010a00000100000003000000070001e24000000001000000040000007000000005000000010000000200000001000000010000005800000000000f4243001e8486002dc6c9003d090c' +
      '004c4b4f005b8d92006acfd5007a12180089545b0098969e00a7d8e100b71b2400c65d6700d59faa00e4e1ed00f42430010366730112a8b60121eaf901312d3c01406f7f',
    text:
      'sFlowv5, IPv4 agent 10.0.0.1, agent-id 3, seqnum 7, uptime 123456, samples 1, length 148\n' +
      '\texpanded counter sample (4), length 112, seqnum 5, type 1, idx 2, records 1\n\t    enterprise 0, Generic counter (1) length 88\n' +
      '\t      ifindex 0, iftype 1000003, ifspeed 8589960364803785, ifdirection 4000012 (Unknown)\n\t      ifstatus 5000015, adminstatus: up, operstatus: up\n' +
      '\t      In octets 25769881092411349, unicast pkts 8000024, multicast pkts 9000027, broadcast pkts 10000030, discards 11000033\n' +
      '\t      In errors 12000036, unknown protos 13000039\n' +
      '\t      Out octets 60129722547626477, unicast pkts 16000048, multicast pkts 17000051, broadcast pkts 18000054, discards 19000057\n' +
      '\t      Out errors 20000060, promisc mode 21000063',
  },
  {
    why: 'sFlow, IPv6 agent', udp: 6343, verbose: 1,
    payload:
      '0000000500000002fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd00000003000000070001e240000000010000000200000030000000050100000200000001000000050000001c00000000000f4243001e8486' +
      '002dc6c9003d090c004c4b4f005b8d92',
    text:
      'sFlowv5, IPv6 agent fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd, agent-id 3, seqnum 7, uptime 123456, samples 1, length 96\n' +
      '\tcounter sample (2), length 48, seqnum 5, type 1, idx 2, records 1\n\t    enterprise 0, Vlan counter (5) length 28\n' +
      '\t      vlan_id 0, octets 4294980182901894, unicast_pkt 3000009, multicast_pkt 4000012, broadcast_pkt 5000015, discards 6000018',
  },
  {
    why: 'sFlow, an unknown sample', udp: 6343, verbose: 1,
    payload: '00000005000000010a00000100000003000000070001e24000000003000000630000000661626364656600001063000000036162630000000500000000',
    text:
      'sFlowv5, IPv4 agent 10.0.0.1, agent-id 3, seqnum 7, uptime 123456, samples 3, length 61\n\tUnknown (99), length 6,\n\t    0x0000:  6162 6364 6566\n' +
      '\tUnknown (99), length 3,\n\t    0x0000:  6162 63\n\tUnknown (5), length 0,',
  },
  {
    why: 'sFlow, a record too long', udp: 6343, verbose: 1,
    payload:
      '00000005000000010a00000100000003000000070001e240000000010000000100000037000000050100000200000064000007d000000001000000030000000400000001000000010000000f78787878' +
      '7878787878787878787878',
    text:
      'sFlowv5, IPv4 agent 10.0.0.1, agent-id 3, seqnum 7, uptime 123456, samples 1, length 91\n' +
      '\tflow sample (1), length 55, seqnum 5, type 1, idx 2, rate 100, pool 2000, drops 1, input 3 output 4 records 1\n' +
      '\t    enterprise 0 Raw packet (1) length 15 (invalid)',
  },
  {
    why: 'sFlow, too many records', udp: 6343, verbose: 1,
    payload:
      '00000005000000010a00000100000003000000070001e24000000001000000020000006c000000050100000200000005000000010000005800000000000f4243001e8486002dc6c9003d090c004c4b4f' +
      '005b8d92006acfd5007a12180089545b0098969e00a7d8e100b71b2400c65d6700d59faa00e4e1ed00f42430010366730112a8b60121eaf901312d3c01406f7f',
    text:
      'sFlowv5, IPv4 agent 10.0.0.1, agent-id 3, seqnum 7, uptime 123456, samples 1, length 144\n' +
      '\tcounter sample (2), length 108, seqnum 5, type 1, idx 2, records 5\n\t    enterprise 0, Generic counter (1) length 88\n' +
      '\t      ifindex 0, iftype 1000003, ifspeed 8589960364803785, ifdirection 4000012 (Unknown)\n\t      ifstatus 5000015, adminstatus: up, operstatus: up\n' +
      '\t      In octets 25769881092411349, unicast pkts 8000024, multicast pkts 9000027, broadcast pkts 10000030, discards 11000033\n' +
      '\t      In errors 12000036, unknown protos 13000039\n' +
      '\t      Out octets 60129722547626477, unicast pkts 16000048, multicast pkts 17000051, broadcast pkts 18000054, discards 19000057\n' +
      '\t      Out errors 20000060, promisc mode 21000063 (invalid)',
  },
  {
    why: 'sFlow, a sample too long', udp: 6343, verbose: 1,
    payload: '00000005000000010a00000100000003000000070001e240000000010000000100000020000000050100000200000064000007d0000000010000000300000004',
    text: 'sFlowv5, IPv4 agent 10.0.0.1, agent-id 3, seqnum 7, uptime 123456, samples 1, length 64\n\tflow sample (1), length 32, (invalid)',
  },
  {
    why: 'sFlow, too few bytes for a sample', udp: 6343, verbose: 1,
    payload: '00000005000000010a00000100000003000000070001e2400000000200000001',
    text: 'sFlowv5, IPv4 agent 10.0.0.1, agent-id 3, seqnum 7, uptime 123456, samples 2, length 32 [|sflow]',
  },
  { why: 'sFlow, a header too short', udp: 6343, verbose: 1, payload: '00000005000000010a0000010000000300000007', text: 'sFlowv5 [length 20 < 28] (invalid)' },
  { why: 'sFlow, IPv6, a header too short', udp: 6343, verbose: 1, payload: '0000000500000002fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd00000003000000070001e240', text: 'sFlowv5 [length 36 < 28] (invalid)' },
  { why: 'sFlow, another version', udp: 6343, verbose: 1, payload: '00000004000000010a00000100000003000000070001e24000000000', text: 'sFlow version 4 packet not supported' },
  { why: 'sFlow, another family', udp: 6343, verbose: 1, payload: '00000005000000030a00000100000003000000070001e2400000000078787878', text: ' [|sflow]' },
]
