import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FAULT_NAMES, Layout, MAX_DEPTH, UNCHECKED, checkNetwork, checkTransport, walk } from '../../src/decode/layout.js'
import type { Frame } from '../../src/frame.js'
import { cut, ethernet, fixtureFrames, fixtureNames, frameOf, ip4, ip6, tcp, udp } from './frames.js'

const walked = (frame: Frame): Layout => {
  const l = new Layout()
  walk(l, frame)
  return l
}
const faults = (l: Layout): string[] => FAULT_NAMES.filter((_name, bit) => (l.faults >> bit) & 1)

/** Offsets of a TCP segment behind each link layer: where its IP header and the segment begin. */
describe('link layers', () => {
  const packet = `${ip4(6, 20)} ${tcp()}`
  const packet6 = `${ip6(6, 20)} ${tcp()}`
  it.each([
    { why: 'Ethernet', linkType: 1, hex: ethernet('0800') + packet, network: 14, etherType: 0x0800, vlans: 0 },
    { why: 'Ethernet, 802.1Q', linkType: 1, hex: `${ethernet('8100')} 6064 0800 ${packet}`, network: 18, etherType: 0x0800, vlans: 1 },
    { why: 'Ethernet, 802.1ad and 802.1Q', linkType: 1, hex: `${ethernet('88a8')} 0001 8100 0002 86dd ${packet6}`, network: 22, etherType: 0x86dd, vlans: 2 },
    { why: 'Ethernet, 802.3 with SNAP', linkType: 1, hex: `${ethernet('0030')} aaaa03 000000 0800 ${packet}`, network: 22, etherType: 0x0800, vlans: 0 },
    { why: 'SLL', linkType: 113, hex: `0000 0001 0006 020000000001 0000 0800 ${packet}`, network: 16, etherType: 0x0800, vlans: 0 },
    { why: 'SLL, 802.1Q', linkType: 113, hex: `0000 0001 0006 020000000001 0000 8100 0001 0800 ${packet}`, network: 20, etherType: 0x0800, vlans: 1 },
    { why: 'SLL2', linkType: 276, hex: `86dd 0000 00000002 0001 04 06 020000000001 0000 ${packet6}`, network: 20, etherType: 0x86dd, vlans: 0 },
    { why: 'NULL, little-endian', linkType: 0, hex: `02000000 ${packet}`, network: 4, etherType: -1, vlans: 0 },
    { why: 'NULL, big-endian', linkType: 0, hex: `0000001e ${packet6}`, network: 4, etherType: -1, vlans: 0 },
    { why: 'LOOP', linkType: 108, hex: `00000018 ${packet6}`, network: 4, etherType: -1, vlans: 0 },
    { why: 'RAW with IPv4', linkType: 101, hex: packet, network: 0, etherType: -1, vlans: 0 },
    { why: 'RAW with IPv6', linkType: 12, hex: packet6, network: 0, etherType: -1, vlans: 0 },
    { why: 'IPV4', linkType: 228, hex: packet, network: 0, etherType: -1, vlans: 0 },
    { why: 'IPV6', linkType: 229, hex: packet6, network: 0, etherType: -1, vlans: 0 },
  ])('$why', ({ linkType, hex, network, etherType, vlans }) => {
    const l = walked(frameOf(hex, linkType))
    expect({ network: l.network, etherType: l.etherType, vlans: l.vlanCount, faults: faults(l) }).toEqual({ network, etherType, vlans, faults: [] })
    expect(l.transport).toBe(network + (l.ipVersion === 4 ? 20 : 40))
    expect(l).toMatchObject({ isTcp: true, sourcePort: 1000, destinationPort: 80, payloadLength: 0 })
  })

  it.each([
    { why: 'unknown link type', linkType: 147, hex: '00', expected: 'unsupported_link_type' },
    { why: 'Ethernet cut', linkType: 1, hex: '0200000000020200000000', expected: 'link_truncated' },
    { why: 'VLAN tag cut', linkType: 1, hex: `${ethernet('8100')} 6064 08`, expected: 'link_truncated' },
    { why: 'SLL2 cut', linkType: 276, hex: '86dd', expected: 'link_truncated' },
    { why: 'ARP cut', linkType: 1, hex: `${ethernet('0806')} 0001 0800 06 04 0001 0200`, expected: 'arp_truncated' },
    { why: 'IPv4 in an IPv6 frame', linkType: 1, hex: ethernet('86dd') + ip4(6, 20) + tcp(), expected: 'ip_bad_version' },
    { why: 'IPv6 in an IPv4 frame', linkType: 1, hex: ethernet('0800') + ip6(6, 20) + tcp(), expected: 'ip_bad_version' },
  ])('$why → $expected', ({ linkType, hex, expected }) => {
    const l = walked(frameOf(hex, linkType))
    expect(faults(l)).toEqual([expected])
    expect(l.network).toBe(-1)
  })

  it.each([
    { why: 'nothing captured', frame: frameOf('', 1, 60) },
    { why: 'more captured than was on the wire', frame: frameOf(ethernet('0800') + ip4(6, 20) + tcp(), 1, 53) },
    { why: 'more than any capture holds', frame: frameOf('00', 1, 262145) },
  ])('$why: the record is invalid', ({ frame }) => expect(faults(walked(frame))).toEqual(['invalid_record']))
})

describe('two bounds', () => {
  const seen = (hex: string, wire?: number): object => {
    const l = walked(frameOf(hex, 101, wire))
    return { faults: faults(l), has: l.hasTransport, ports: l.sourcePort >= 0, payload: l.payloadLength, wireEnd: l.wireEnd }
  }
  it.each([
    { why: 'padding is no payload', hex: `${ip4(6, 20)} ${tcp()} 000000000000`, expected: { faults: [], has: true, ports: true, payload: 0, wireEnd: 40 } },
    { why: 'data not captured', hex: `${ip4(6, 120)} ${tcp()}`, wire: 140, expected: { faults: [], has: true, ports: true, payload: 100, wireEnd: 140 } },
    { why: 'header says more than the frame had', hex: `${ip4(6, 120)} ${tcp()} 00`, expected: { faults: ['ip_length_exceeds_frame'], has: true, ports: true, payload: 1, wireEnd: 41 } },
    { why: 'header length 16', hex: `${ip4(6, 20, { first: 0x44 })} ${tcp()}`, expected: { faults: ['ip_bad_header_length'], has: false, ports: false, payload: -1, wireEnd: 40 } },
    { why: 'total length 19', hex: `${ip4(6, 20, { total: 19 })} ${tcp()}`, expected: { faults: ['ip_bad_total_length'], has: false, ports: false, payload: -1, wireEnd: 19 } },
    { why: 'IPv4 options cut', hex: ip4(6, 24, { first: 0x46 }), wire: 44, expected: { faults: ['ip_truncated'], has: false, ports: false, payload: -1, wireEnd: 44 } },
    { why: 'TCP cut before its ports', hex: `${ip4(6, 20)} 03e8`, wire: 40, expected: { faults: ['transport_truncated'], has: false, ports: false, payload: -1, wireEnd: 40 } },
    { why: 'TCP cut behind its ports', hex: `${ip4(6, 20)} 03e80050`, wire: 40, expected: { faults: ['transport_truncated'], has: false, ports: true, payload: -1, wireEnd: 40 } },
    { why: 'packet ends in the TCP header', hex: `${ip4(6, 12)} ${tcp()}`, expected: { faults: ['transport_too_short'], has: false, ports: true, payload: -1, wireEnd: 32 } },
    { why: 'data offset 4', hex: `${ip4(6, 20)} ${tcp({ offset: 4 })}`, expected: { faults: ['tcp_bad_header_length'], has: true, ports: true, payload: -1, wireEnd: 40 } },
    { why: 'data offset 15', hex: `${ip4(6, 20)} ${tcp({ offset: 15 })}`, expected: { faults: ['tcp_header_too_long'], has: true, ports: true, payload: -1, wireEnd: 40 } },
    { why: 'UDP', hex: `${ip4(17, 10)} ${udp(10)} 0000`, expected: { faults: [], has: true, ports: true, payload: 2, wireEnd: 30 } },
    { why: 'UDP shorter than its packet', hex: `${ip4(17, 10)} ${udp(9)} 0000`, expected: { faults: [], has: true, ports: true, payload: 1, wireEnd: 30 } },
    { why: 'UDP length 7', hex: `${ip4(17, 10)} ${udp(7)} 0000`, expected: { faults: ['udp_bad_length'], has: true, ports: true, payload: -1, wireEnd: 30 } },
    { why: 'UDP longer than its packet', hex: `${ip4(17, 10)} ${udp(11)} 0000`, expected: { faults: ['udp_bad_length'], has: true, ports: true, payload: 2, wireEnd: 30 } },
    { why: 'UDP, first fragment', hex: `${ip4(17, 8, { fragment: 0x2000 })} ${udp(99)}`, expected: { faults: [], has: true, ports: true, payload: 0, wireEnd: 28 } },
    { why: 'later fragment', hex: `${ip4(17, 8, { fragment: 1 })} ${udp(99)}`, expected: { faults: [], has: false, ports: false, payload: 8, wireEnd: 28 } },
    { why: 'ICMP in IPv6 is no ICMP', hex: `${ip6(1, 8)} 0800 0000 00000000`, expected: { faults: [], has: false, ports: false, payload: 8, wireEnd: 48 } },
  ])('$why', ({ hex, wire, expected }) => expect(seen(hex, wire)).toEqual(expected))
})

describe('IPv6 extension headers', () => {
  it('walks all of them to TCP', () => {
    // hop-by-hop, destination, routing, fragment (0, no more), AH, mobility
    const chain = ['3c00 010400000000', '2b00 010400000000', '2c00 040000000000', '3300 0000 00000009', '8704 0000 00000001 00000002 000000000000000000000000', '0600 000000000000']
    const bytes = chain.join('').replaceAll(' ', '').length / 2
    const l = walked(frameOf(`${ip6(0, bytes + 20)} ${chain.join('')} ${tcp()}`, 101))
    expect(faults(l)).toEqual([])
    expect([...l.extensions.subarray(0, l.extensionCount)]).toEqual([0, 60, 43, 44, 51, 135])
    expect(l).toMatchObject({ protocol: 6, transport: 40 + bytes, isTcp: true, isFragment: false, fragmentHeader: 64 })
  })

  it.each([
    { why: 'first fragment', hex: `${ip6(44, 28)} 0600 0001 00000009 ${tcp()}`, expected: { isTcp: true, isFragment: true, fragmentOffset: 0, moreFragments: true, faults: 0 } },
    { why: 'later fragment', hex: `${ip6(44, 28)} 0600 0011 00000009 ${tcp()}`, expected: { isTcp: false, isFragment: true, fragmentOffset: 16, transport: -1, payloadLength: 20, faults: 0 } },
  ])('$why', ({ hex, expected }) => expect(walked(frameOf(hex, 101))).toMatchObject(expected))

  it.each([
    { why: 'longer than the packet', hex: `${ip6(0, 8)} 06ff 000000000000`, expected: 'ip_extension_too_long' },
    { why: 'cut', hex: `${ip6(0, 28)} 0600`, wire: 68, expected: 'ip_truncated' },
    { why: 'no room for one', hex: ip6(0, 0), wire: 60, expected: 'ip_truncated' },
  ])('$why → $expected', ({ hex, wire, expected }) => expect(faults(walked(frameOf(hex, 101, wire)))).toEqual([expected]))

  it.each([
    { why: 'type 0, two left', header: '0604 0002 00000000 fd0000000000000000000000000000aa fd0000000000000000000000000000bb', at: 64 },
    { why: 'type 0, none left', header: '0604 0000 00000000 fd0000000000000000000000000000aa fd0000000000000000000000000000bb', at: 24 },
    { why: 'segment routing: backwards', header: '0604 0401 01000000 fd0000000000000000000000000000aa fd0000000000000000000000000000bb', at: 48 },
  ])('a checksum covers the last address of a routing header: $why', ({ header, at }) =>
    expect(walked(frameOf(`${ip6(43, 60)} ${header} ${tcp()}`, 101)).finalDestination).toBe(at))
})

describe('source routes of IPv4', () => {
  it.each([
    { why: 'loose, one to come', options: '8307 04 09090909 00', at: 23 },
    { why: 'strict, the second of two', options: '01 890b 08 07070707 09090909', at: 28 },
    { why: 'at its end', options: '8307 08 09090909 00', at: 16 },
    { why: 'none', options: '94040000', at: 16 },
    { why: 'too short', options: '8306 04 0909 09 0000', at: 16 },
    { why: 'longer than the header', options: '830b 04 09090909 00', at: 16 },
  ])('$why', ({ options, at }) => {
    const words = options.replaceAll(' ', '').length / 8
    expect(walked(frameOf(`${ip4(6, 20 + words * 4, { first: 0x45 + words })} ${options} ${tcp()}`, 101)).finalDestination).toBe(at)
  })
})

describe('tunnels', () => {
  it('shows the innermost packet, and where the others are', () => {
    const l = walked(frameOf(`${ip4(41, 80)} ${ip6(4, 40)} ${ip4(6, 20)} ${tcp()}`, 101))
    expect([...l.tunnels.subarray(0, l.tunnelCount)]).toEqual([0, 20])
    expect(l).toMatchObject({ network: 60, ipVersion: 4, isTcp: true, faults: 0 })
  })

  it('stays with the outer packet when the inner one is no packet', () => {
    const l = walked(frameOf(`${ip4(4, 20)} 00`, 101, 40))
    expect(faults(l)).toEqual(['ip_bad_version'])
    expect(l).toMatchObject({ network: 0, protocol: 4, tunnelCount: 0, payloadLength: 20 })
  })

  it('stops at a depth', () => {
    const levels = MAX_DEPTH + 10
    const l = walked(frameOf(Array.from({ length: levels }, (_, i) => ip4(4, (levels - i - 1) * 20)).join(''), 101))
    expect(faults(l)).toEqual(['nested_too_deeply'])
    expect(l.tunnelCount).toBe(MAX_DEPTH - 1)
  })
})

describe('checksums', () => {
  it.each([
    { why: 'IPv4 header', hex: '45000014 0001 0000 40fd 65ea 0a000001 0a000002', network: 0, transport: UNCHECKED },
    { why: 'IPv4 header, wrong', hex: '45000014 0001 0000 40fd 65e9 0a000001 0a000002', network: 1, transport: UNCHECKED },
    { why: 'ICMPv6 (wrong by 1)', hex: `${ip6(58, 8)} 8000 85b7 00000000`, network: UNCHECKED, transport: 1 },
    { why: 'ICMPv6', hex: `${ip6(58, 8)} 8000 85b8 00000000`, network: UNCHECKED, transport: 0 },
    { why: 'UDP without one', hex: `${ip6(17, 8)} ${udp(8)}`, network: UNCHECKED, transport: UNCHECKED },
    { why: 'a fragment', hex: `${ip6(44, 16)} 3a00 0001 00000000 8000 85b8 00000000`, network: UNCHECKED, transport: UNCHECKED },
  ])('$why', ({ hex, network, transport }) => {
    const l = walked(frameOf(hex, 101))
    expect([checkNetwork(l), checkTransport(l)]).toEqual([network, transport])
  })
})

describe('any bytes', () => {
  /** Every offset is inside the frame, and what may be read was captured. */
  const check = (l: Layout, frame: Frame): void => {
    for (const at of [l.link, l.vlan, l.arp, l.network, l.source, l.destination, l.fragmentHeader, l.finalDestination]) {
      expect(at === -1 || (at >= frame.at && at < frame.end)).toBe(true)
    }
    expect(l.wireEnd).toBeLessThanOrEqual(Math.max(frame.at + frame.wireLength, frame.at))
    if (l.hasTransport) expect(l.transport).toBeLessThanOrEqual(l.dataEnd - 8)
    if (l.isTcp) expect(l.transport).toBeLessThanOrEqual(l.dataEnd - 20)
    if (l.payloadLength >= 0) expect(l.payload + l.payloadLength).toBeLessThanOrEqual(l.wireEnd)
    else expect(l.payloadLength).toBe(-1)
    checkNetwork(l)
    checkTransport(l)
  }
  const l = new Layout()
  const linkTypes = [0, 1, 12, 101, 108, 113, 228, 229, 276, 99]

  it('never reads beyond the capture', () => fc.assert(fc.property(
    fc.constantFrom(...linkTypes), fc.uint8Array({ maxLength: 200 }), fc.nat(300), fc.constantFrom('', '0800', '86dd', '8100', '0806', '0020'),
    (linkType, bytes, wire, type) => {
      const head = linkType === 1 && type !== '' ? Buffer.from(ethernet(type).replaceAll(' ', ''), 'hex') : Buffer.alloc(0)
      const frame = cut({ ...frameOf('', linkType), b: Buffer.concat([head, bytes]), end: head.length + bytes.length, wireLength: wire }, head.length + bytes.length)
      walk(l, frame)
      check(l, frame)
    },
  ), { numRuns: 2000 }))

  it.each(fixtureNames)('%s, cut at every length', async (name) => {
    for (const frame of (await fixtureFrames(name)).slice(0, 40)) {
      for (let kept = 0; kept <= Math.min(frame.end, 160); kept++) {
        const part = cut(frame, kept)
        walk(l, part)
        check(l, part)
      }
    }
  })
})
