/** What is carried over UDP, TCP and IP, each as tcpdump 4.99.3 prints it. DNS has its own tests. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cut } from '../decode/frames.js'
import { FABRIC_CASES } from './fabric-cases.js'
import { GATEWAY_CASES } from './gateway-cases.js'
import { LAN_CASES } from './lan-cases.js'
import { MESH_CASES } from './mesh-cases.js'
import { OPENFLOW_FRAME_CASES } from './openflow-frame-cases.js'
import { OSI_CASES } from './osi-cases.js'
import { packetOf, printedFor } from './payload.js'
import { PAYLOAD_CASES } from './payload-cases.js'
import { textOf } from './printing.js'
import { ROUTING_CASES } from './routing-cases.js'
import { SCTP_CASES } from './sctp-cases.js'
import { SERVICE_CASES } from './service-cases.js'

const CASES = [...PAYLOAD_CASES, ...ROUTING_CASES, ...FABRIC_CASES, ...GATEWAY_CASES, ...LAN_CASES, ...MESH_CASES, ...OPENFLOW_FRAME_CASES, ...OSI_CASES, ...SCTP_CASES, ...SERVICE_CASES]

const udpPorts = [...new Set(CASES.flatMap(({ udp }) => udp ?? []))]
const tcpPorts = [...new Set(CASES.flatMap(({ tcp }) => tcp ?? []))]

describe('a payload', () => {
  it.each(CASES)('$why → $text', (each) => expect(printedFor(each)).toBe(each.text))

  it.each(CASES)('$why, cut at every byte, prints and ends the line', (each) => {
    const frame = packetOf(each)
    for (let kept = each.ip6 === undefined ? 28 : 40; kept < frame.end; kept++) expect(textOf([cut(frame, kept)], { verbose: 3, type: each.type ?? '' })[0]).toMatch(/^IP/)
  })

  it('of any bytes prints without a control byte', () => fc.assert(fc.property(
    fc.uint8Array({ maxLength: 300 }), fc.nat(3), fc.oneof(fc.constantFrom(...udpPorts).map((udp) => ({ udp })), fc.constantFrom(...tcpPorts).map((tcp) => ({ tcp }))),
    (bytes, verbose, port) => {
      const [line] = textOf([packetOf({ ...port, payload: Buffer.from(bytes).toString('hex') })], { verbose })
      expect(line).toMatch(/^[\t\n\x20-\x7e]*$/)
    },
  ), { numRuns: 500 }))

  it('with a byte changed prints without a control byte', () => fc.assert(fc.property(
    fc.constantFrom(...CASES), fc.nat(), fc.integer({ min: 0, max: 255 }),
    (each, where, value) => {
      const bytes = Buffer.from(each.payload, 'hex')
      bytes[where % bytes.length] = value
      const [line] = textOf([packetOf({ ...each, payload: bytes.toString('hex') })], { verbose: 2, type: each.type ?? '' })
      expect(line).toMatch(/^[\t\n\x20-\x7e]*$/)
    },
  ), { numRuns: 500 }))
})
