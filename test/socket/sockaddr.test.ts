import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Family } from '../../src/socket/constants.js'
import { decodeSockaddr, encodeSockaddr, ip4, parseIp, unixAddress, type SocketAddress } from '../../src/socket/sockaddr.js'

const bytes = (...b: number[]): Uint8Array => Uint8Array.from(b)

const ADDRESSES: readonly { readonly why: string; readonly address: SocketAddress; readonly encoded: Uint8Array }[] = [
  { why: 'IPv4', address: { family: 'inet', address: ip4('127.0.0.1'), port: 55555 }, encoded: bytes(2, 0, 0xd9, 3, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0) },
  {
    why: 'IPv6 with flow label and scope',
    address: { family: 'inet6', address: parseIp('fe80::1')!, port: 80, flowInfo: 0x12345, scopeId: 3 },
    encoded: bytes(10, 0, 0, 80, 0, 1, 0x23, 0x45, 0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3, 0, 0, 0),
  },
  { why: 'a unix path', address: unixAddress('/t/s'), encoded: bytes(1, 0, 0x2f, 0x74, 0x2f, 0x73, 0) },
  { why: 'an abstract name', address: unixAddress('@ab'), encoded: bytes(1, 0, 0, 0x61, 0x62) },
  { why: 'an abstract name with NULs', address: { family: 'unix', kind: 'abstract', name: bytes(0x61, 0, 10) }, encoded: bytes(1, 0, 0, 0x61, 0, 10) },
  { why: 'the empty abstract name', address: { family: 'unix', kind: 'abstract', name: bytes() }, encoded: bytes(1, 0, 0) },
  { why: 'no unix name', address: { family: 'unix', kind: 'unnamed', name: bytes() }, encoded: bytes(1, 0) },
  { why: 'netlink', address: { family: 'netlink', portId: 4242, groups: 0x80000001 }, encoded: bytes(16, 0, 0, 0, 0x92, 0x10, 0, 0, 1, 0, 0, 0x80) },
  {
    why: 'packet',
    address: { family: 'packet', protocol: 0x0800, interfaceIndex: 2, hardwareType: 1, packetType: 4, hardwareAddress: bytes(2, 0, 0, 0, 0, 1) },
    encoded: bytes(17, 0, 8, 0, 2, 0, 0, 0, 1, 0, 4, 6, 2, 0, 0, 0, 0, 1, 0, 0),
  },
  { why: 'vsock', address: { family: 'vsock', cid: 3, port: 1024 }, encoded: bytes(40, 0, 0, 0, 0, 4, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0) },
]

describe('socket addresses', () => {
  it.each(ADDRESSES)('$why: both ways', ({ address, encoded }) => {
    expect(Uint8Array.from(encodeSockaddr(address))).toEqual(encoded)
    expect(decodeSockaddr(encoded)).toEqual(address)
  })

  it.each(ADDRESSES)('$why, cut at every length, is decoded or kept as bytes', ({ encoded }) => {
    for (let length = 0; length <= encoded.length; length++) expect(() => decodeSockaddr(encoded, length)).not.toThrow()
  })

  it('believes no length beyond the buffer', () => {
    expect(decodeSockaddr(bytes(1, 0, 0, 0x61), 4000)).toEqual({ family: 'unix', kind: 'abstract', name: bytes(0x61) })
    expect(decodeSockaddr(bytes(17, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 1, 2))).toMatchObject({ hardwareAddress: bytes(1, 2) })
  })

  it('takes a path that fills all 108 bytes without a NUL', () => {
    const full = new Uint8Array(110).fill(0x61)
    full.set([1, 0])
    expect(decodeSockaddr(full)).toMatchObject({ kind: 'path', name: new Uint8Array(108).fill(0x61) })
  })

  it('decodes any bytes', () => fc.assert(fc.property(fc.uint8Array({ maxLength: 140 }), fc.nat(200), (b, length) => {
    expect(decodeSockaddr(b, length).family).toBeTypeOf('string')
  })))

  it('decodes any bytes of a known family', () => fc.assert(fc.property(fc.constantFrom(...Object.values(Family)), fc.uint8Array({ maxLength: 140 }), (family, rest) => {
    expect(decodeSockaddr(Uint8Array.from([family, 0, ...rest])).family).toBeTypeOf('string')
  })))

  it.each([
    ['::', new Uint8Array(16)],
    ['::1', Uint8Array.from({ length: 16 }, (_, i) => (i === 15 ? 1 : 0))],
    ['1:2:3:4:5:6:7:8', bytes(0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8)],
    ['::ffff:1.2.3.4', bytes(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 1, 2, 3, 4)],
    ['fd99::', bytes(0xfd, 0x99, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)],
    ['10.0.0.255', bytes(10, 0, 0, 255)],
  ])('parses %s', (text, b) => expect(parseIp(text)).toEqual(b))

  it.each(['', '1.2.3', '0177.0.0.1', '::g', 'fe80::1%lo', 'localhost'])('%j is no address', (text) => expect(parseIp(text)).toBeUndefined())

  it('refuses names and numbers that do not fit', () => {
    expect(() => encodeSockaddr(unixAddress('/'.repeat(108)))).toThrow(/at most 107/)
    expect(() => encodeSockaddr({ family: 'inet', address: bytes(1, 2, 3), port: 1 })).toThrow(/4 bytes/)
    expect(() => encodeSockaddr({ family: 'inet', address: ip4('1.2.3.4'), port: 65536 })).toThrow(/65535/)
  })
})
