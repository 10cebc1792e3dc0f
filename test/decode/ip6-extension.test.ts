/** Extension headers: their lengths, the jumbo option, and the destination that a checksum covers. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as icmp6 from '../../src/decode/icmp6.js'
import { Protocol } from '../../src/decode/ip-protocol.js'
import { DESTINATION_AT } from '../../src/decode/ip6.js'
import * as extension from '../../src/decode/ip6-extension.js'
import { ip6 } from './frames.js'

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

describe('jumboLength', () => {
  it.each([
    { why: 'alone', header: '11 00 c204 00011170', length: 70000 },
    { why: 'behind padding', header: '11 01 0104 00000000 c204 00011170 00', length: 70000 },
    { why: 'none', header: '11 00 0104 00000000', length: -1 },
    { why: 'no more than a plain length could say', header: '11 00 c204 0000ffff', length: -1 },
    { why: 'behind an option that cannot be', header: '11 01 0501 00 c204 00011170 000000', length: -1 },
    { why: 'twice: the first counts', header: '11 01 c204 00011170 c204 00011171 0000', length: 70000 },
    { why: 'twice, the first too small', header: '11 01 c204 00000064 c204 00011171 0000', length: -1 },
    { why: 'of a wrong length', header: '11 00 c203 00011170', length: -1 },
  ])('$why', ({ header, length }) => {
    const b = bytes(header)
    expect(extension.jumboLength(b, 0, b.length)).toBe(length)
  })
})

describe('checksumDestination', () => {
  const a = 'aa'.repeat(16)
  const z = 'bb'.repeat(16)
  it.each([
    { why: 'no extension header', chain: '', next: 17, at: DESTINATION_AT },
    { why: 'source route: the last address', chain: `11 04 00 01 00000000 ${a} ${z}`, next: Protocol.ROUTING, at: 40 + 8 + 16 },
    { why: 'segments are listed backwards', chain: `11 04 04 01 00000000 ${a} ${z}`, next: Protocol.ROUTING, at: 40 + 8 },
    { why: 'behind hop-by-hop options', chain: `2b 00 010400000000 11 02 00 00 00000000 ${a}`, next: Protocol.HOPOPTS, at: 40 + 8 + 8 },
    { why: 'the first of two', chain: `2b 02 00 00 00000000 ${a} 11 02 00 00 00000000 ${z}`, next: Protocol.ROUTING, at: 40 + 8 },
    { why: 'a source route longer than what was captured', chain: `11 06 00 01 00000000 ${a} ${z}`, next: Protocol.ROUTING, at: DESTINATION_AT },
    { why: 'an unknown type', chain: '11 00 09 00 00000000', next: Protocol.ROUTING, at: DESTINATION_AT },
  ])('$why', ({ chain, next, at }) => {
    const b = bytes(`${ip6(next, 100)} ${chain} 0000000000000000`)
    expect(extension.checksumDestination(b, 0, b.length - 8, b.length)).toBe(at)
  })

  it('ends, and stays inside, whatever the bytes', () =>
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 40, maxLength: 120 }), (b) => {
        const at = extension.checksumDestination(b, 0, b.length, b.length)
        expect(at + 16).toBeLessThanOrEqual(b.length)
      }),
    ))
})

describe('times of MLDv2 (RFC 3810 §5.1)', () => {
  it.each([[1000, 1000], [0x7fff, 32767], [0x8000, 32768], [0xffff, 8387584]])('response code %i', (code, millis) => expect(icmp6.responseDelay(code)).toBe(millis))
  it.each([[125, 125], [0x80, 128], [0xff, 31744]])('interval code %i', (code, seconds) => expect(icmp6.queryInterval(code)).toBe(seconds))
})
