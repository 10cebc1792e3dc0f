/** DNS messages, each as tcpdump 4.99.3 prints it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cut, frameOf, ip4 } from '../decode/frames.js'
import { packetOf, printedFor } from './payload.js'
import { DNS_CASES as CASES } from './payload-cases.js'
import { textOf } from './printing.js'

describe('a DNS message', () => {
  it.each(CASES)('$why', (each) => expect(printedFor(each)).toBe(each.text))

  it.each(CASES)('$why, cut at every byte, prints and ends the line', (each) => {
    const frame = packetOf(each)
    for (let kept = 28; kept < frame.end; kept++) expect(textOf([cut(frame, kept)], { verbose: 3 })[0]).toMatch(/\S$/)
  })

  it('of any bytes prints without a control byte', () => fc.assert(fc.property(
    fc.uint8Array({ minLength: 12, maxLength: 80 }), fc.nat(3), fc.constantFrom(53, 5353),
    (bytes, verbose, udp) => {
      const [line] = textOf([packetOf({ udp, payload: Buffer.from(bytes).toString('hex') })], { verbose })
      expect(line).toMatch(/^[\n\x20-\x7e]*$/)
    },
  )))
})

describe('a query between the ports of DNS and of multicast DNS', () => {
  const query = '12340100000100000000000001610000010001'
  const between = (sport: string, dport: string): string => textOf([frameOf(`${ip4(17, 27)} ${sport} ${dport} 001b 0000 ${query}`, 101)])[0]!

  it.each([['14e9', '14e9'], ['14e9', '9c40'], ['9c40', '14e9']])('%s to %s is multicast DNS', (sport, dport) => expect(between(sport, dport)).toMatch(/ A \(QM\)\? a\. /))

  it.each([['14e9', '0035'], ['0035', '14e9']])('%s to %s is plain DNS', (sport, dport) => expect(between(sport, dport)).toMatch(/ A\? a\. /))
})
