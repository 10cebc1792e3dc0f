import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Carriers } from '../../src/decode/carrier/carriers.js'
import { Layout, MAX_DEPTH, checkTransport, walk } from '../../src/decode/layout.js'
import type { Frame } from '../../src/frame.js'
import { CARRIED } from './carried.js'
import { cut, ethernet, frameOf, ip4, ip6, tcp, udp } from './frames.js'

const l = new Layout()
l.carriers = new Carriers()
l.isZeroLengthWhole = true

describe('the segment is found', () => {
  it.each(CARRIED)('$why', ({ hex, linkType, behind = 0 }) => {
    const frame = frameOf(hex, linkType)
    walk(l, frame)
    expect(l).toMatchObject({ isTcp: true, sourcePort: 1000, destinationPort: 80, transport: frame.end - behind - 24, payloadLength: 4 })
  })
})

describe('the innermost conversation counts', () => {
  const vxlan = (inner: string): string => {
    const length = inner.replaceAll(' ', '').length / 2 + 16
    return `${ethernet('0800')} ${ip4(17, length)} 9c40 12b5 ${length.toString(16).padStart(4, '0')} 0000 08000000 00000100 ${inner}`
  }
  const packet = `${ethernet('0800')} ${ip4(17, 12)} ${udp(12)} 00000000`
  it.each([
    { why: 'a datagram in VXLAN', hex: vxlan(packet), ports: [1000, 53], length: 4 },
    { why: 'the outer one when the inner frame is ARP', hex: vxlan(`${ethernet('0806')} 0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a000002`), ports: [40000, 4789], length: 50 },
    { why: 'the outer one when the inner packet is a later fragment', hex: vxlan(`${ethernet('0800')} ${ip4(17, 8, { fragment: 1 })} ${udp(8)}`), ports: [40000, 4789], length: 50 },
    { why: 'the middle one of three', hex: vxlan(vxlan(`${ethernet('88cc')} 0000`)), ports: [40000, 4789], length: 24 },
    { why: 'the outer one when the header is none', hex: vxlan(packet).replace('12b5', '17c1'), ports: [40000, 6081], length: 54 },
    { why: 'other ports are not looked into', hex: vxlan(packet).replace('12b5', '12b7'), ports: [40000, 4791], length: 54 },
  ])('$why', ({ hex, ports, length }) => {
    walk(l, frameOf(hex))
    expect(l).toMatchObject({ protocol: 17, hasTransport: true, sourcePort: ports[0], destinationPort: ports[1], payloadLength: length })
    // and nothing of it is left for the next frame
    walk(l, frameOf(packet))
    expect(l).toMatchObject({ protocol: 17, sourcePort: 1000, destinationPort: 53, tunnelCount: 0 })
  })

  it('stops at a depth', () => {
    const levels = MAX_DEPTH + 10
    let hex = tcp()
    for (let i = 0; i < levels; i++) hex = `${ip4(47, hex.length / 2 + 4)} 0000 0800 ${hex}`.replaceAll(' ', '')
    walk(l, frameOf(hex, 101))
    expect(l.tunnelCount).toBeLessThan(MAX_DEPTH)
    expect(l.hasTransport).toBe(false)
    let nested = packet
    for (let i = 0; i < levels; i++) nested = vxlan(nested)
    walk(l, frameOf(nested))
    expect(l).toMatchObject({ protocol: 17, hasTransport: true, sourcePort: 40000 })
    expect(l.tunnelCount).toBeLessThan(MAX_DEPTH)
    const tags = `${ethernet('88e7')} ${`00000000 ${ethernet('88e7')}`.repeat(3000)}`
    walk(l, frameOf(tags))
    expect(l.network).toBe(-1)
  })
})

describe('lengths', () => {
  it.each([
    { why: 'a PPPoE length that is shorter than the packet', hex: `${ethernet('8864')} 1100 0007 002a 0021 ${ip4(6, 26)} ${tcp()} 000000000000`, length: 0 },
    { why: 'a GTP length that is shorter than the packet', hex: `${ethernet('0800')} ${ip4(17, 60)} 9c40 0868 003c 0000 30ff 0028 00000001 ${ip4(6, 24)} ${tcp()} 00000000`, length: 0 },
    { why: 'IPv6 of length 0: segmentation offload, or a jumbogram', hex: `${ethernet('86dd')} ${ip6(0, 0)} 0600 c204 00011170 ${tcp()} ${'00'.repeat(70000)}`, length: 70000 },
    { why: 'IPv4 of length 0', hex: `${ethernet('0800')} ${ip4(6, 0, { total: 0 })} ${tcp()} ${'00'.repeat(66000)}`, length: 66000 },
  ])('$why', ({ hex, length }) => {
    walk(l, frameOf(hex))
    expect(l).toMatchObject({ isTcp: true, payloadLength: length })
  })
})

describe('any bytes', () => {
  /** Every offset is inside the frame, and what may be read was captured. */
  const check = (frame: Frame): void => {
    walk(l, frame)
    for (const at of [l.link, l.vlan, l.arp, l.network, l.source, l.destination, l.fragmentHeader, l.finalDestination]) {
      if (at !== -1 && (at < frame.at || at >= frame.end)) expect.fail(`${at} of ${Buffer.from(frame.b).toString('hex')}`)
    }
    if (l.hasTransport && l.transport > l.dataEnd - 8) expect.fail('a transport header that is not there')
    if (l.isTcp && l.transport > l.dataEnd - 20) expect.fail('a TCP header that is not there')
    if (l.network >= 0 && l.network + (l.ipVersion === 4 ? 20 : 40) > frame.end) expect.fail('an IP header that is not there')
    if (l.payloadLength >= 0 && l.payload + l.payloadLength > l.wireEnd) expect.fail('a payload beyond the packet')
    checkTransport(l)
  }

  it('every frame cut at every byte', () => {
    for (const { hex, linkType } of CARRIED) {
      const frame = frameOf(hex, linkType)
      for (let kept = 1; kept < frame.end; kept++) check(cut(frame, kept))
    }
  })

  it('every byte the most and the least that it can be', () => {
    for (const { hex, linkType } of CARRIED) {
      const { b } = frameOf(hex, linkType)
      for (let at = 0; at < b.length; at++) {
        for (const value of [0, 1, 0x7f, 0x80, 0xff]) {
          const changed = b.slice()
          changed[at] = value
          check({ ...frameOf('', linkType), b: changed, end: changed.length, wireLength: changed.length })
        }
      }
    }
  })

  it('of every link type', () => fc.assert(fc.property(fc.nat(300), fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(100), (linkType, b, more) => {
    check({ ...frameOf('', linkType), b, end: b.length, wireLength: b.length + more })
  }), { numRuns: 4000 }))

  it('behind the headers of a tunnel', () => {
    const heads = CARRIED.map(({ hex, linkType }) => ({ b: frameOf(hex, linkType).b, linkType }))
    fc.assert(fc.property(fc.constantFrom(...heads), fc.nat(), fc.uint8Array({ maxLength: 120 }), ({ b, linkType }, n, tail) => {
      const whole = Buffer.concat([b.subarray(0, 1 + (n % b.length)), tail])
      check({ ...frameOf('', linkType), b: whole, end: whole.length, wireLength: whole.length })
    }), { numRuns: 4000 })
  })
})
