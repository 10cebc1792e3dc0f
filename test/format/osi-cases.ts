/** OSI protocols, in VXLAN. Made by hand, with what tcpdump 4.99.3 prints. */
import type { PayloadCase } from './payload.js'

export const OSI_CASES: readonly PayloadCase[] = [
  {
    why: 'CLNP', udp: 4789, keep: 22,
    payload: '08000000000000000200000000020200000000010022fefe03811f011e1c001f12340a490001192168001001000a49000119216800100100',
    text: 'VXLAN, flags [I] (0x08), vni 0\nCLNP, 49.0001.1921.6800.1001.00 > 49.0001.1921.6800.1001.00, Data, length 31',
  },
  {
    why: 'CLNP, every option', udp: 4789, keep: 22, verbose: 1,
    payload:
      '08000000000000000200000000020200000000010054fefe03814d011efc005112340a490001192168001001000a49000119216800100100000100020003c10181c301ffc5024007c806010303490001' +
      'cb070004ff03490001cc020000cd010563040102030401020304',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nCLNP, length 81\n' +
      '\tData PDU, hlen: 77, v: 1, lifetime: 15.0s, Segment PDU length: 81, checksum: 0x1234 (incorrect should be 0x54e8)\n' +
      '\tFlags [Segmentation permitted, more Segments, request Error Report]\n\tsource address (length 10): 49.0001.1921.6800.1001.00\n' +
      '\tdest   address (length 10): 49.0001.1921.6800.1001.00\n\tData Unit ID: 0x0001, Segment Offset: 2, Total PDU Length: 3\n' +
      '\t  Discard Reason Option #193, length 1, value: \n\t    Class: Address Error (0x8), Destination address unknown (0x1)\n' +
      '\t  QoS Maintenance Option #195, length 1, value: \n\t    Format Code: Globally unique\n' +
      '\t    QoS Flags [reserved, sequencing vs. delay, congested, delay vs. cost, error vs. delay, error vs. cost]\n' +
      '\t  Security Option #197, length 2, value: \n\t    Format Code: Source Address Specific, Security-Level 7\n' +
      '\t  Source Routing Option #200, length 6, value: complete source routing\n\t    NSAP address (length 3): 49.0001\n' +
      '\t  Route Recording Option #203, length 7, value: partial recording of route in progress\n\t    NSAP address (length 3): 49.0001\n' +
      '\t  Padding Option #204, length 2, value: padding data\n\t  Priority Option #205, length 1, value: 0x5\n\t  Unknown Option #99, length 4, value: \n' +
      '\t  0x0000:  0102 0304\n\t  undecoded non-header data, length 4\n\t  0x0000:  0102 0304',
  },
  {
    why: 'CLNP, an error report with the packet', udp: 4789, keep: 22, verbose: 2,
    payload:
      '08000000000000000200000000020200000000010041fefe03811f011e01003e12340a490001192168001001000a49000119216800100100811f011e1c001f12340a490001192168001001000a490001' +
      '19216800100100',
    text:
      '[no cksum] VXLAN, flags [I] (0x08), vni 0\nCLNP, length 62\n' +
      '\tError Report PDU, hlen: 31, v: 1, lifetime: 15.0s, Segment PDU length: 62, checksum: 0x1234 (incorrect should be 0x0ae6)\n\tFlags [none]\n' +
      '\tsource address (length 10): 49.0001.1921.6800.1001.00\n\tdest   address (length 10): 49.0001.1921.6800.1001.00\n\t-----original packet-----\n' +
      '\tCLNP, length 31\n\tData PDU, hlen: 31, v: 1, lifetime: 15.0s, Segment PDU length: 31, checksum: 0x1234 (incorrect should be 0xdb19)\n\tFlags [none]\n' +
      '\tsource address (length 10): 49.0001.1921.6800.1001.00\n\tdest   address (length 10): 49.0001.1921.6800.1001.00',
  },
  {
    why: 'CLNP, an echo response with another', udp: 4789, keep: 22, verbose: 1,
    payload: '08000000000000000200000000020200000000010023fefe03811f011e1f002012340a490001192168001001000a4900011921680010010001',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nCLNP, length 32\n' +
      '\tEcho Response PDU, hlen: 31, v: 1, lifetime: 15.0s, Segment PDU length: 32, checksum: 0x1234 (incorrect should be 0xcd23)\n\tFlags [none]\n' +
      '\tsource address (length 10): 49.0001.1921.6800.1001.00\n\tdest   address (length 10): 49.0001.1921.6800.1001.00\n\t  undecoded non-header data, length 1\n' +
      '\t  0x0000:  01',
  },
  {
    why: 'CLNP, a header too short for its addresses', udp: 4789, keep: 22, verbose: 1,
    payload: '0800000000000000020000000002020000000001000efefe03810b011e1c002000000749',
    text: 'VXLAN, flags [I] (0x08), vni 0\nCLNPli < size of fixed part of CLNP header and addresses\n\t0x0000:  810b 011e 1c00 2000 0007 49',
  },
  {
    why: 'CLNP, a version', udp: 4789, keep: 22,
    payload: '0800000000000000020000000002020000000001000cfefe038120021e1c00200000',
    text: 'VXLAN, flags [I] (0x08), vni 0\nCLNPversion 2 packet not supported\n\t0x0000:  8120 021e 1c00 2000 00',
  },
  {
    why: 'ES-IS', udp: 4789, keep: 22,
    payload: '08000000000000000200000000020200000000010017fefe038214010004001eabcd0a49000119216800100100',
    text: 'VXLAN, flags [I] (0x08), vni 0\nES-IS, ISH, length 20',
  },
  {
    why: 'ES-IS, an end system', udp: 4789, keep: 22, verbose: 1,
    payload: '0800000000000000020000000002020000000001002ffefe03822c010002001eabcd020a490001192168001001000a49000119216800100100c602001e810381cc8ecd0101',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nES-IS, length 44\n' +
      '\tESH (2), v: 1, checksum: 0xabcd (incorrect should be 0xa75e), holding time: 30s, length indicator: 44\n\t  Number of Source Addresses: 2\n' +
      '\t  NET (length: 10): 49.0001.1921.6800.1001.00\n\t  NET (length: 10): 49.0001.1921.6800.1001.00\n' +
      '\t  ES Configuration Time Option #198, length 2, value: 30s\n' +
      '\t  Protocols supported Option #129, length 3, value: CLNP (0x81), IPv4 (0xcc), IPv6 (0x8e), opt (129) too long',
  },
  {
    why: 'ES-IS, a redirect', udp: 4789, keep: 22, verbose: 2,
    payload: '0800000000000000020000000002020000000001002cfefe038229010006001eabcd0a49000119216800100100060200000000090a49000119216800100100e201ff',
    text:
      '[no cksum] VXLAN, flags [I] (0x08), vni 0\nES-IS, length 41\n' +
      '\tredirect (6), v: 1, checksum: 0xabcd (incorrect should be 0x71b8), holding time: 30s, length indicator: 41\n\t0x0000:  8229 0100 0600 1eab cd\n' +
      '\t  49.0001.1921.6800.1001.00\n\t  SNPA (length: 6): 02:00:00:00:00:09\n\t  NET (length: 10) 49.0001.1921.6800.1001.00\n' +
      '\t  SNPA Mask Option #226, length 1, value: \n\t  0x0000:  ff\n\t  0x0000:  ff, bad opts/li',
  },
  {
    why: 'ES-IS, a redirect to nowhere', udp: 4789, keep: 22, verbose: 1,
    payload: '08000000000000000200000000020200000000010019fefe038216010006001eabcd0a490001192168001001000000',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nES-IS, length 22\n' +
      '\tredirect (6), v: 1, checksum: 0xabcd (incorrect should be 0x51e8), holding time: 30s, length indicator: 22\n\t  49.0001.1921.6800.1001.00\n' +
      '\t  SNPA (length: 0): <empty>, bad opts/li',
  },
  {
    why: 'ES-IS, unknown', udp: 4789, keep: 22, verbose: 1,
    payload: '0800000000000000020000000002020000000001000ffefe03820c010009001eabcd010203',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nES-IS, length 12\n' +
      '\tunknown type: 9 (9), v: 1, checksum: 0xabcd (incorrect should be 0x3f04), holding time: 30s, length indicator: 12\n\t  0x0000:  0102 03',
  },
  {
    why: 'OSI, an unknown identifier', udp: 4789, keep: 22, verbose: 1,
    payload: '08000000000000000200000000020200000000010007fefe03b1616263',
    text: 'VXLAN, flags [I] (0x08), vni 0\nOSI NLPID 0xb1 unknown, length: 4\n\t0x0000:  b161 6263',
  },
  { why: 'OSI, no network layer', udp: 4789, keep: 22, payload: '08000000000000000200000000020200000000010006fefe03000102', text: 'VXLAN, flags [I] (0x08), vni 0\n, length: 3' },
  {
    why: 'OSI, IPv4', udp: 4789, keep: 22,
    payload: '08000000000000000200000000020200000000010021fefe03cc4500001d00010000401100000a0000010a0000029c4000090009000078',
    text: 'VXLAN, flags [I] (0x08), vni 0\nIP 10.0.0.1.40000 > 10.0.0.2.9: UDP, length 1',
  },
  {
    why: 'OSI, IPv6', udp: 4789, keep: 22,
    payload: '08000000000000000200000000020200000000010035fefe038e6000000000091140fe800000000000000000000000000001fe8000000000000000000000000000029c4000090009000078',
    text: 'VXLAN, flags [I] (0x08), vni 0\nIP6 fe80::1.40000 > fe80::2.9: UDP, length 1',
  },
  {
    why: 'OSI by EtherType', udp: 4789, keep: 22,
    payload: '0800000000000000020000000002020000000001fefe008214010004001eabcd0a49000119216800100100',
    text: 'VXLAN, flags [I] (0x08), vni 0\nES-IS, ISH, length 20',
  },
  {
    why: 'IS-IS hello', udp: 4789, keep: 22,
    payload: '0800000000000000020000000002020000000001001efefe03831b01000f01000003192168001001001e001b4019216800100101',
    text: 'VXLAN, flags [I] (0x08), vni 0\nIS-IS, L1 Lan IIH, src-id 1921.6800.1001, lan-id 1921.6800.1001.01, prio 64, length 27',
  },
  {
    why: 'IS-IS hello, level 2', udp: 4789, keep: 22, verbose: 1,
    payload:
      '08000000000000000200000000020200000000010046fefe03831b01001001000003192168001001001e0043401921680010010101040349000106061921680010018103cc8e8184040a000001d30907' +
      '001e19216800100108020000',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nIS-IS, length 67\n\tL2 Lan IIH, hlen: 27, v: 1, pdu-v: 1, sys-id-len: 6 (0), max-area: 3 (0)\n' +
      '\t  source-id: 1921.6800.1001,  holding time: 30s, Flags: [Level 1, Level 2]\n\t  lan-id:    1921.6800.1001.01, Priority: 64, PDU length: 67\n' +
      '\t    Area address(es) TLV #1, length: 4\n\t      Area address (length: 3): 49.0001\n\t    IS Neighbor(s) TLV #6, length: 6\n\t      SNPA: 1921.6800.1001\n' +
      '\t    Protocols supported TLV #129, length: 3\n\t      NLPID(s): IPv4 (0xcc), IPv6 (0x8e), CLNP (0x81)\n' +
      '\t    IPv4 Interface address(es) TLV #132, length: 4\n\t      IPv4 interface address: 10.0.0.1\n\t    Restart Signaling TLV #211, length: 9\n' +
      '\t      Flags [Restart Request, Restart Acknowledgement, Suppress adjacency advertisement], Remaining holding time 30s, for 1921.6800.1001\n' +
      '\t    Padding TLV #8, length: 2',
  },
  {
    why: 'IS-IS hello, point to point', udp: 4789, keep: 22, verbose: 2,
    payload: '0800000000000000020000000002020000000001003afefe03831401001101000002192168001001001e003701f00f000000000119216800100100000002e506000040028003f104000000090c021234',
    text:
      '[no cksum] VXLAN, flags [I] (0x08), vni 0\nIS-IS, length 55\n\tp2p IIH, hlen: 20, v: 1, pdu-v: 1, sys-id-len: 6 (0), max-area: 3 (0)\n' +
      '\t0x0000:  8314 0100 1101 0000\n\t  source-id: 1921.6800.1001, holding time: 30s, Flags: [Level 2 only]\n\t  circuit-id: 0x01, PDU length: 55\n' +
      '\t  0x0000:  0219 2168 0010 0100 1e00 3701\n\t    Point-to-point Adjacency State TLV #240, length: 15\n\t      Adjacency State: Up (0)\n' +
      '\t      Extended Local circuit-ID: 0x00000001\n\t      Neighbor System-ID: 1921.6800.1001\n\t      Neighbor Extended Local circuit-ID: 0x00000002\n' +
      '\t      0x0000:  0000 0000 0119 2168 0010 0100 0000 02\n\t    Multi Topology TLV #229, length: 6\n\t      IPv4 unicast Topology (0x000), Flags: [none]\n' +
      '\t      IPv6 unicast Topology (0x002), Flags: [ATT bit set]\n\t      Multicast Topology (0x003), Flags: [Overload bit set]\n' +
      '\t      0x0000:  0000 4002 8003\n\t    Hello PDU Sequence Number TLV #241, length: 4\n\t      Sequence number: 9\n\t      0x0000:  0000 0009\n' +
      '\t    Checksum TLV #12, length: 2\n\t      checksum: 0x1234  (incorrect should be 0xc40f)\n\t      0x0000:  1234',
  },
  {
    why: 'IS-IS LSP', udp: 4789, keep: 22,
    payload: '0800000000000000020000000002020000000001001efefe03831b010012010000001b04af192168001001010000000007b2e8ff',
    text: 'VXLAN, flags [I] (0x08), vni 0\nIS-IS, L1 LSP, lsp-id 1921.6800.1001.01-00, seq 0x00000007, lifetime  1199s, length 27',
  },
  {
    why: 'IS-IS LSP, old metrics', udp: 4789, keep: 22, verbose: 1,
    payload:
      '08000000000000000200000000020200000000010068fefe03831b010014010000006504af192168001001010000000007b2e8ff0217000a808080192168001001014a01020319216800100102030a0a' +
      '80008019216800100180180a8080800a000000ff0000000a8080800a000000ff00ff0005090a8001020649000101',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nIS-IS, length 101\n\tL2 LSP, hlen: 27, v: 1, pdu-v: 1, sys-id-len: 6 (0), max-area: 3 (0)\n' +
      '\t  lsp-id: 1921.6800.1001.01-00, seq: 0x00000007, lifetime:  1199s\n' +
      '\t  chksum: 0xb2e8 (incorrect should be 0xdd8a), PDU length: 101, Flags: [ Overload bit set, default delay expense error ATT bit set, P bit set, L2 IS ]\n' +
      '\t    IS Reachability TLV #2, length: 23\n\t      IsNotVirtual\n\t      IS Neighbor: 1921.6800.1001.01, Default Metric: 10, Internal\n' +
      '\t      IS Neighbor: 1921.6800.1001.02, Default Metric: 10, External\n\t\t  Delay Metric: 1, Internal\n\t\t  Expense Metric: 2, Internal\n' +
      '\t\t  Error Metric: 3, Internal\n\t    ES Neighbor(s) TLV #3, length: 10\n\t      ES Neighbor: 1921.6800.1001, Default Metric: 10, Internal\n' +
      '\t\t  Expense Metric: 0, Internal\n\t    IPv4 Internal Reachability TLV #128, length: 24\n' +
      '\t      IPv4 prefix:        10.0.0.0/8, Distribution: up, Metric: 10, Internal\n' +
      '\t      IPv4 prefix: 10.0.0.0 mask 255.0.255.0, Distribution: up, Metric: 10, Internal\n\t    Prefix Neighbors TLV #5, length: 9\n' +
      '\t      Metric Block, Default Metric: 10, Internal\n\t\t  Expense Metric: 1, Internal\n\t\t  Error Metric: 2, Internal\n\t\tAddress: 49.0001/24\n' +
      '\t\tAddress: prefix length 1 < 2',
  },
  {
    why: 'IS-IS LSP, traffic engineering', udp: 4789, keep: 22, verbose: 1,
    payload:
      '08000000000000000200000000020200000000010095fefe03831b010014010000009204af192168001001010000000007b2e8ff16751921680010010200000a83030400000001040800000001000000' +
      '0206040a00000108040a00000209044cbebc200a047fc000000b204cbebc204cbebc204cbebc204cbebc204cbebc204cbebc204cbebc204cbebc20120300000a13020003140203011605014cbebc201d' +
      '0600000a018001fa026162',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nIS-IS, length 146\n\tL2 LSP, hlen: 27, v: 1, pdu-v: 1, sys-id-len: 6 (0), max-area: 3 (0)\n' +
      '\t  lsp-id: 1921.6800.1001.01-00, seq: 0x00000007, lifetime:  1199s\n' +
      '\t  chksum: 0xb2e8 (incorrect should be 0xf4c8), PDU length: 146, Flags: [ Overload bit set, default delay expense error ATT bit set, P bit set, L2 IS ]\n' +
      '\t    Extended IS Reachability TLV #22, length: 117\n\t      IS Neighbor: 1921.6800.1001.02, Metric: 10, sub-TLVs present (131)\n' +
      '\t        Administrative groups subTLV #3, length: 4, 0x00000001\n\t        Link Local/Remote Identifier subTLV #4, length: 8, 0x00000001, 0x00000002\n' +
      '\t        IPv4 interface address subTLV #6, length: 4, 10.0.0.1\n\t        IPv4 neighbor address subTLV #8, length: 4, 10.0.0.2\n' +
      '\t        Maximum link bandwidth subTLV #9, length: 4, 800.000 Mbps\n\t        Reservable link bandwidth subTLV #10, length: 4, nan Mbps\n' +
      '\t        Unreserved bandwidth subTLV #11, length: 32\n\t          TE-Class 0: 800.000 Mbps\n\t          TE-Class 1: 800.000 Mbps\n' +
      '\t          TE-Class 2: 800.000 Mbps\n\t          TE-Class 3: 800.000 Mbps\n\t          TE-Class 4: 800.000 Mbps\n\t          TE-Class 5: 800.000 Mbps\n' +
      '\t          TE-Class 6: 800.000 Mbps\n\t          TE-Class 7: 800.000 Mbps\n\t        Traffic Engineering Metric subTLV #18, length: 3, 10\n' +
      '\t        Link Attribute subTLV #19, length: 2, [ Local Protection Available, Link excluded from local protection path ] (0x0003)\n' +
      '\t        Link Protection Type subTLV #20, length: 2, Extra Traffic, Unprotected, Priority 1\n\t        Bandwidth Constraints subTLV #22, length: 5\n' +
      '\t        Bandwidth Constraints Model ID: Maximum allocation (1)\n\t          Bandwidth constraint CT0: 800.000 Mbps\n' +
      '\t        SPB Metric subTLV #29, length: 6, LM: 10, P: 1, P-ID: 32769\n\t        Reserved for cisco specific extensions subTLV #250, length: 2\n' +
      '\t\t    0x0000:  6162 [|isis]',
  },
  {
    why: 'IS-IS LSP, switching and segments', udp: 4789, keep: 22, verbose: 1,
    payload:
      '080000000000000002000000000202000000000100a1fefe03831b010014010000009e04af192168001001010000000007b2e8ff16651921680010010200000a60152a010200004cbebc204cbebc204c' +
      'bebc204cbebc204cbebc204cbebc204cbebc204cbebc204cbebc2005dc152c640500004cbebc204cbebc204cbebc204cbebc204cbebc204cbebc204cbebc204cbebc204cbebc2001000000de1a000219' +
      '21680010010100000a0a200b3000192168001001003e80',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nIS-IS, length 158\n\tL2 LSP, hlen: 27, v: 1, pdu-v: 1, sys-id-len: 6 (0), max-area: 3 (0)\n' +
      '\t  lsp-id: 1921.6800.1001.01-00, seq: 0x00000007, lifetime:  1199s\n' +
      '\t  chksum: 0xb2e8 (incorrect should be 0x29cf), PDU length: 158, Flags: [ Overload bit set, default delay expense error ATT bit set, P bit set, L2 IS ]\n' +
      '\t    Extended IS Reachability TLV #22, length: 101\n\t      IS Neighbor: 1921.6800.1001.02, Metric: 10, sub-TLVs present (96)\n' +
      '\t        Interface Switching Capability subTLV #21, length: 42\n' +
      '\t          Interface Switching Capability:Packet-Switch Capable-1, LSP Encoding: Ethernet V2/DIX\n\t          Max LSP Bandwidth:\n' +
      '\t            priority level 0: 800.000 Mbps\n\t            priority level 1: 800.000 Mbps\n\t            priority level 2: 800.000 Mbps\n' +
      '\t            priority level 3: 800.000 Mbps\n\t            priority level 4: 800.000 Mbps\n\t            priority level 5: 800.000 Mbps\n' +
      '\t            priority level 6: 800.000 Mbps\n\t            priority level 7: 800.000 Mbps\n\t          Min LSP Bandwidth: 800.000 Mbps\n' +
      '\t          Interface MTU: 1500\n\t        Interface Switching Capability subTLV #21, length: 44\n' +
      '\t          Interface Switching Capability:Time-Division-Multiplex, LSP Encoding: SDH ITU-T G.707/SONET ANSI T1.105\n\t          Max LSP Bandwidth:\n' +
      '\t            priority level 0: 800.000 Mbps\n\t            priority level 1: 800.000 Mbps\n\t            priority level 2: 800.000 Mbps\n' +
      '\t            priority level 3: 800.000 Mbps\n\t            priority level 4: 800.000 Mbps\n\t            priority level 5: 800.000 Mbps\n' +
      '\t            priority level 6: 800.000 Mbps\n\t            priority level 7: 800.000 Mbps\n\t          Min LSP Bandwidth: 800.000 Mbps\n' +
      '\t          Indication Arbitrary SONET/SDH\n' +
      '\t        unknown subTLV #222, length: 26 (remaining data in subTLVs shorter than the current subTLV) [remaining tlv length 101 < 107] (invalid)\n' +
      '\t    Multi Topology IS Reachability TLV #222, length: 26\n\t      IPv6 unicast Topology (0x002), Flags: [none]\n' +
      '\t      IS Neighbor: 1921.6800.1001.01, Metric: 10, sub-TLVs present (10)\n' +
      '\t        LAN Adjacency Segment Identifier subTLV #32, length: 11 (remaining data in subTLVs shorter than the current subTLV) [|isis]',
  },
  {
    why: 'IS-IS LSP, prefixes', udp: 4789, keep: 22, verbose: 1,
    payload:
      '08000000000000000200000000020200000000010099fefe03831b010012010000009604af192168001001010000000007b2e8ff87270000000a980a01020000000ad80a01021601040000000a020800' +
      '00000a0000000b75040000000187190000000a580a01021003064000000000050305080100000700ec1f0000000a604020010db8000000010000000a202020010db806010400000001ed0c0002000000' +
      '0a002020010db887060000000a220a',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nIS-IS, length 150\n\tL1 LSP, hlen: 27, v: 1, pdu-v: 1, sys-id-len: 6 (0), max-area: 3 (0)\n' +
      '\t  lsp-id: 1921.6800.1001.01-00, seq: 0x00000007, lifetime:  1199s\n' +
      '\t  chksum: 0xb2e8 (incorrect should be 0xfb08), PDU length: 150, Flags: [ Overload bit set, default delay expense error ATT bit set, P bit set, L2 IS ]\n' +
      '\t    Extended IPv4 Reachability TLV #135, length: 39\n\t      IPv4 prefix:        10.1.2.0/24, Distribution: down, Metric: 10\n' +
      '\t      IPv4 prefix:        10.1.2.0/24, Distribution: down, Metric: 10, sub-TLVs present (22)\n' +
      '\t        32-Bit Administrative tag subTLV #1, length: 4, 0x0000000a (=10)\n\t        64-Bit Administrative tag subTLV #2, length: 8, 0x0000000a0000000b\n' +
      '\t        Management Prefix Color subTLV #117, length: 4, 0x00000001 (=1)\n\t    Extended IPv4 Reachability TLV #135, length: 25\n' +
      '\t      IPv4 prefix:        10.1.2.0/24, Distribution: up, Metric: 10, sub-TLVs present (16)\n' +
      '\t        Prefix SID subTLV #3, length: 6, Flags [Node], Algo SPF (0), index 5\n' +
      '\t        Prefix SID subTLV #3, length: 5, Flags [Value], Algo strict-SPF (1), label 7\n\t        unknown subTLV #0, length: 236 [|isis] [|isis]',
  },
  {
    why: 'IS-IS LSP, capabilities', udp: 4789, keep: 22, verbose: 1,
    payload:
      '08000000000000000200000000020200000000010076fefe03831b010012010000007304af192168001001010000000007b2e8fff2130a000001030209c00001000103003e800501008907726f757465' +
      '721bfa0500000c0102830302fde88a1419216800100101010a0000010a0000020000000586040a000003e810fe800000000000000000000000000001',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nIS-IS, length 115\n\tL1 LSP, hlen: 27, v: 1, pdu-v: 1, sys-id-len: 6 (0), max-area: 3 (0)\n' +
      '\t  lsp-id: 1921.6800.1001.01-00, seq: 0x00000007, lifetime:  1199s\n' +
      '\t  chksum: 0xb2e8 (incorrect should be 0x0c3f), PDU length: 115, Flags: [ Overload bit set, default delay expense error ATT bit set, P bit set, L2 IS ]\n' +
      '\t    IS-IS Router Capability TLV #242, length: 19\n\t      Router-ID 10.0.0.1, Flags [S bit, D bit]\n' +
      '\t\tSR-Capabilities subTLV #2, length: 9, Flags [ipv4, ipv6], Range 256, SID value 16000\n\t\tunknown subTLV #5, length: 1\n\t\t0x0000:  00\n' +
      '\t    Hostname TLV #137, length: 7\n\t      Hostname: router^[\n\t    Vendor Private TLV #250, length: 5\n\t      Vendor: Cisco (12)\n\t\t0x0000:  0102\n' +
      '\t    Inter-Domain Information Type TLV #131, length: 3\n\t      Inter-Domain Information Type: AS Number TagAS Number: 65000\n' +
      '\t    Shared Risk Link Group TLV #138, length: 20\n\t      IS Neighbor: 1921.6800.1001.01, Flags: [numbered]\n\t      IPv4 interface address: 10.0.0.1\n' +
      '\t      IPv4 neighbor address: 10.0.0.2\n\t      Link-ID: 0x00000005\n\t    Traffic Engineering Router ID TLV #134, length: 4\n' +
      '\t      Traffic Engineering Router ID: 10.0.0.3\n\t    IPv6 Interface address(es) TLV #232, length: 16\n\t      IPv6 interface address: fe80::1',
  },
  {
    why: 'IS-IS, bridging', udp: 4789, keep: 22, verbose: 1,
    payload:
      '080000000000000002000000000202000000000100f6fefe03831b01000f01000003192168001001001e00f340192168001001018f9bf0010466016e616d650000000000000000000000000000000000' +
      '0000000000000000000000000105050505050505050505050505050505016e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e000105050505050505050505050505050505' +
      '0521ff0101010101010101010101010101010101010101010101010101010101010101060c0080c2010a0c0080c2020b0c9039f00101238000020000000001000000008000ffff123402e10080c20100' +
      '1002e10080c2010010020310020000000001f001c100000500000006',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nIS-IS, length 243\n\tL1 Lan IIH, hlen: 27, v: 1, pdu-v: 1, sys-id-len: 6 (0), max-area: 3 (0)\n' +
      '\t  source-id: 1921.6800.1001,  holding time: 30s, Flags: [Level 1, Level 2]\n\t  lan-id:    1921.6800.1001.01, Priority: 64, PDU length: 243\n' +
      '\t    Multi-Topology-Aware Port Capability TLV #143, length: 155\n\t       RES: 15, MTID(s): 1\n\t       SPB MCID subTLV #4, length: 102\n' +
      '\t         MCID: ID: 1, Name: name\n\t              Lvl: 1, Digest: 05 05 05 05 05 05 05 05 05 05 05 05 05 05 05 05 \n' +
      '\t         AUX-MCID: ID: 1, Name: nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn\n\t              Lvl: 1, Digest: 05 05 05 05 05 05 05 05 05 05 05 05 05 05 05 05 \n' +
      '\t       SPB Digest subTLV #5, length: 33\n\t        RES: 7 V: 1 A: 3 D: 3\n\t         Digest: 01010101 01010101 01010101 01010101 \n' +
      '\t                 01010101 01010101 01010101 01010101 \n\t       SPB BVID subTLV #6, length: 12\n\t           ECT: 0080c201 BVID: 160, U:1 M:1 \n' +
      '\t           ECT: 0080c202 BVID: 176, U:1 M:1 \n\t    Multi-Topology Capability TLV #144, length: 57\n\t      O: 1, RES: 7, MTID(s): 1\n' +
      '\t      SPB Instance subTLV #1, length: 35\n\t        CIST Root-ID: 80000200 00000001, Path Cost: 00000000, Prio: 32768\n' +
      '\t        RES: 2047, V: 1, SPSource-ID: 987700, No of Trees: 2\n\t         U:1, M:1, A:1, RES:1, ECT: 0080c201, BVID: 1, SPVID: 2\n' +
      '\t         U:1, M:1, A:1, RES:1, ECT: 0080c201, BVID: 1, SPVID: 2\n\t      SPBM Service Identifier and Unicast Address subTLV #3, length: 16\n' +
      '\t        BMAC: 020000000001, RES: 15, VID: 1\n\t        T: 1, R: 1, RES: 1, ISID: 5\n\t        T: 0, R: 0, RES: 0, ISID: 6',
  },
  {
    why: 'IS-IS CSNP', udp: 4789, keep: 22, verbose: 1,
    payload: '08000000000000000200000000020200000000010036fefe0383210100180100000033192168001001000000000000000000ffffffffffffffff09100400192168001001000000000007abcd',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nIS-IS, length 51\n\tL1 CSNP, hlen: 33, v: 1, pdu-v: 1, sys-id-len: 6 (0), max-area: 3 (0)\n' +
      '\t  source-id:    1921.6800.1001.00, PDU length: 51\n\t  start lsp-id: 0000.0000.0000.00-00\n\t  end lsp-id:   ffff.ffff.ffff.ff-ff\n' +
      '\t    LSP entries TLV #9, length: 16\n\t      lsp-id: 1921.6800.1001.00-00, seq: 0x00000007, lifetime:  1024s, chksum: 0xabcd',
  },
  {
    why: 'IS-IS PSNP', udp: 4789, keep: 22, verbose: 1,
    payload:
      '0800000000000000020000000002020000000001003dfefe03831101001b010000003a192168001001000a07017365637265740a0503000102030a1136070707070707070707070707070707070a04ff' +
      '616263',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nIS-IS, length 58\n\tL2 PSNP, hlen: 17, v: 1, pdu-v: 1, sys-id-len: 6 (0), max-area: 3 (0)\n' +
      '\t  source-id:    1921.6800.1001.00, PDU length: 58\n\t    Authentication TLV #10, length: 7\n\t      simple text password: secret\n' +
      '\t    Authentication TLV #10, length: 5\n\t      Generic Crypto key-id: 1, password: 0203\n\t    Authentication TLV #10, length: 17\n' +
      '\t      HMAC-MD5 password: 07070707070707070707070707070707 (unchecked)\n\t    Authentication TLV #10, length: 4\n' +
      '\t      Routing Domain private password: \n\t\t  0x0000:  6162 63',
  },
  {
    why: 'IS-IS purge', udp: 4789, keep: 22, verbose: 1,
    payload: '0800000000000000020000000002020000000001003afefe03831b010012010000003704af192168001001010000000007b2e8ff0d0e02192168001001192168001001000e0205d40706000100020003',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nIS-IS, length 55\n\tL1 LSP, hlen: 27, v: 1, pdu-v: 1, sys-id-len: 6 (0), max-area: 3 (0)\n' +
      '\t  lsp-id: 1921.6800.1001.01-00, seq: 0x00000007, lifetime:  1199s\n' +
      '\t  chksum: 0xb2e8 (incorrect should be 0xc002), PDU length: 55, Flags: [ Overload bit set, default delay expense error ATT bit set, P bit set, L2 IS ]\n' +
      '\t    Purge Originator Identifier TLV #13, length: 14\n\t      Purge Originator System-ID: 1921.6800.1001\n\t      Received from System-ID: 1921.6800.1001\n' +
      '\t    LSP Buffersize TLV #14, length: 2\n\t      LSP Buffersize: 1492\n\t    Instance Identifier TLV #7, length: 6\n\t      Instance ID: 1, ITIDs(2): 2, 3',
  },
  {
    why: 'IS-IS, unknown PDU', udp: 4789, keep: 22, verbose: 1,
    payload: '08000000000000000200000000020200000000010012fefe03830b01001f01000061626364656667',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nIS-IS, length 15\n\tunknown, type 31, hlen: 11, v: 1, pdu-v: 1, sys-id-len: 6 (0), max-area: 3 (0)\n' +
      '\t  0x0000:  6162 6364 6566 67\n\t0x0000:  830b 0100 1f01 0000 6162 6364 6566 67',
  },
  {
    why: 'IS-IS, a wrong header', udp: 4789, keep: 22,
    payload: '08000000000000000200000000020200000000010012fefe03830b01001201000061626364656667',
    text: 'VXLAN, flags [I] (0x08), vni 0\nIS-IS, L1 LSP, bogus fixed header length 11 should be 19\n\t0x0000:  830b 0100 1201 0000 6162 6364 6566 67',
  },
  {
    why: 'IS-IS, a length that is too small', udp: 4789, keep: 22, verbose: 1,
    payload: '0800000000000000020000000002020000000001001efefe03831b010012010000000904af192168001001010000000007b2e8ff',
    text:
      'VXLAN, flags [I] (0x08), vni 0\nIS-IS, length 27\n\tL1 LSP, hlen: 27, v: 1, pdu-v: 1, sys-id-len: 6 (0), max-area: 3 (0)\n' +
      '\t  lsp-id: 1921.6800.1001.01-00, seq: 0x00000007, lifetime:  1199s\n' +
      '\t  chksum: 0xb2e8 (unverified), PDU length: 9, Flags: [ Overload bit set, default delay expense error ATT bit set, P bit set, L2 IS ] [packet length 9 < 27] (invalid)',
  },
]
