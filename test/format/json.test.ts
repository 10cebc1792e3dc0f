import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FAULT_NAMES } from '../../src/decode/layout.js'
import { newFrame, type Frame } from '../../src/frame.js'
import { cut, ethernet, fixtureFrames, fixtureNames, frameOf, ip4, ip6, tcp, udp } from '../decode/frames.js'
import { breaches, parts, readSchema, type Schema } from '../json-schema.js'
import { jsonOf, textOf } from './printing.js'

const DOCS = resolve(import.meta.dirname, '../../docs')
const schema = readSchema('packet.schema.json')
const page = readFileSync(resolve(DOCS, 'json.md'), 'utf8')

/** Every field of the schema as docs/json.md names it: `tcp.options.sack[].left`. */
function fieldsOf(rule: Schema, prefix = ''): string[] {
  return Object.entries(rule.properties ?? {}).flatMap(([name, part]) => [
    prefix + name, ...fieldsOf(part, `${prefix}${name}.`), ...fieldsOf(part.items ?? {}, `${prefix}${name}[].`),
  ])
}

interface Packet {
  readonly [name: string]: unknown
  readonly tcp?: { readonly seq: number; readonly ack?: number; readonly seq_relative?: number; readonly ack_relative?: number; readonly flags: string[]; readonly options?: unknown; readonly option_kinds?: number[] }
  readonly faults: readonly string[]
}

/** Parses a line, and holds it to what every line promises. */
function parse(line: string): Packet {
  expect(line).toMatch(/^[ -~]+$/)
  const packet = JSON.parse(line) as Packet
  // also: no name twice in an object, no blank, no number in another spelling
  expect(JSON.stringify(packet)).toBe(line)
  expect(breaches(packet, schema)).toEqual([])
  return packet
}

const one = (frame: Frame, options = {}): Packet => parse(jsonOf([frame], options)[0]!)
const segment = (parts: Parameters<typeof tcp>[0], data = ''): Frame => {
  const header = tcp(parts)
  return frameOf(`${ip4(6, (header + data).replaceAll(' ', '').length / 2)} ${header} ${data}`, 101)
}

describe('documents', () => {
  it('docs/json.md has the fields of the schema, in its order', () => {
    const [, fields] = page.split('\n## Fields\n')
    expect([...fields!.split('\n## Faults\n')[0]!.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1])).toEqual(fieldsOf(schema))
  })

  it('docs/json.md and the schema have the faults that there are', () => {
    const [, faults] = page.split('\n## Faults\n')
    expect([...faults!.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1])).toEqual(FAULT_NAMES)
    expect(schema.properties?.['faults']?.items?.enum).toEqual(FAULT_NAMES)
  })

  it('describes every field, and allows no other', () => {
    for (const rule of parts(schema)) if (rule.properties !== undefined) expect(rule.additionalProperties).toBe(false)
    for (const rule of parts(schema).flatMap((each) => Object.values(each.properties ?? {}))) expect(rule.description).toBeTruthy()
  })
})

describe.each(fixtureNames)('%s', (name) => {
  it('is valid line by line', async () => {
    for (const options of [{}, { nano: true, absolute: true, checksums: false }]) for (const line of jsonOf(await fixtureFrames(name), options)) parse(line)
  })

  it('has the relative numbers of the text lines', async () => {
    const frames = await fixtureFrames(name)
    const text = textOf(frames)
    for (const [i, line] of jsonOf(frames).entries()) {
      const segmentLine = /Flags \[[^\]]*\](?:, seq (\d+)(?::\d+)?)?(?:, ack (\d+))?, win \d+/.exec(text[i]!)
      const { tcp: fields } = parse(line)
      // an ICMP error quotes a segment that is none of its own
      if (segmentLine === null || fields === undefined) continue
      const [, seq, ack] = segmentLine
      if (seq !== undefined) expect(`${fields.seq_relative ?? fields.seq}`).toBe(seq)
      expect(`${fields.ack_relative ?? fields.ack}`).toBe(ack ?? 'undefined')
    }
  })
})

describe('a packet', () => {
  it('IPv4, UDP, two VLANs', () => {
    expect(one(frameOf(`${ethernet('88a8')} a001 8100 1002 0800 ${ip4(17, 9)} ${udp(9)} 00`))).toEqual({
      number: 1, ts: '1970-01-01T00:00:00.000000Z', ts_seconds: '0.000000', interface_id: 0,
      link: {
        type: 'ethernet', type_number: 1, src_address: '02:00:00:00:00:01', dst_address: '02:00:00:00:00:02',
        vlans: [{ id: 1, priority: 5, dei: false, tpid: 0x88a8 }, { id: 2, priority: 0, dei: true, tpid: 0x8100 }], ethertype: 0x0800,
      },
      captured_length: 51, length: 51,
      ip: {
        version: 4, header_length: 20, total_length: 29, dscp: 0, ecn: 0, id: 1, flags: [], fragment_offset: 0, ttl: 64, protocol: 17,
        checksum: 0, checksum_ok: false, checksum_expected: 0x66cd,
      },
      src_address: '10.0.0.1', dst_address: '10.0.0.2', transport: 'udp', src_port: 1000, dst_port: 53,
      udp: { length: 9, checksum: 0, checksum_ok: null }, payload_length: 1, faults: ['ip_bad_checksum'],
    })
  })

  it('IPv6 in IPv4, a first fragment', () => {
    expect(one(frameOf(`${ip4(41, 56)} ${ip6(44, 16)} 1100 0001 00000009 ${udp(99)}`, 101), { checksums: false })).toMatchObject({
      link: { type: 'raw', type_number: 101 }, tunnels: [{ version: 4, src_address: '10.0.0.1', dst_address: '10.0.0.2' }],
      ip: { version: 6, total_length: 56, id: 9, flags: ['mf'], fragment_offset: 0, hop_limit: 64, protocol: 17, extension_headers: [44] },
      src_address: 'fd00::1', dst_address: 'fd00::2', transport: 'udp', payload_length: 0, faults: [],
    })
  })

  it('ICMP: a hop with a smaller MTU', () => {
    expect(one(frameOf(`${ip4(1, 8)} 0304 f807 0000 04f4`, 101))).toMatchObject({ transport: 'icmp', icmp: { type: 3, code: 4, checksum: 0xf807, checksum_ok: true, mtu: 1268 }, payload_length: 0 })
  })

  it('nothing known of it', () => {
    expect(one(frameOf('0000', 147))).toMatchObject({ link: { type: 'unknown', type_number: 147 }, captured_length: 2, length: 2, faults: ['unsupported_link_type'] })
    expect(one(frameOf('', 1, 60))).toMatchObject({ captured_length: 0, length: 60, faults: ['invalid_record'] })
  })
})

describe('time', () => {
  it.each([
    { why: 'microseconds', seconds: 1700000000, nanos: 1999, nano: false, ts: '2023-11-14T22:13:20.000001Z', text: '1700000000.000001' },
    { why: 'nanoseconds', seconds: 1700000000, nanos: 1999, nano: true, ts: '2023-11-14T22:13:20.000001999Z', text: '1700000000.000001999' },
    { why: 'beyond 2^31', seconds: 4294967295, nanos: 0, nano: false, ts: '2106-02-07T06:28:15.000000Z', text: '4294967295.000000' },
    { why: 'beyond 2^32', seconds: 253402300799, nanos: 0, nano: false, ts: '9999-12-31T23:59:59.000000Z', text: '253402300799.000000' },
    { why: 'beyond the year 9999', seconds: 253402300800, nanos: 5000, nano: false, ts: null, text: '253402300800.000005' },
    { why: 'more nanoseconds than a second has', seconds: 1, nanos: 2500000000, nano: false, ts: '1970-01-01T00:00:03.500000Z', text: '3.500000' },
    { why: 'before 1970', seconds: -2, nanos: 250000000, nano: false, ts: '1969-12-31T23:59:58.250000Z', text: '-1.750000' },
    { why: 'before 1970, whole', seconds: -2, nanos: 0, nano: true, ts: '1969-12-31T23:59:58.000000000Z', text: '-2.000000000' },
  ])('$why', ({ seconds, nanos, nano, ts, text }) =>
    expect(one({ ...frameOf('00', 147), seconds, nanos }, { nano })).toMatchObject({ ts, ts_seconds: text }))
})

describe('TCP', () => {
  it('names the nine flags', () => {
    expect(one(segment({ flags: 0x1ff })).tcp).toMatchObject({ flags: ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR', 'AE'], flags_raw: 511, urgent: 7 })
    expect(one(segment({ flags: 0 })).tcp).toEqual({ flags: [], flags_raw: 0, seq: 100, window: 501, checksum: 0, checksum_ok: false, checksum_expected: expect.any(Number) as number, header_length: 20 })
  })

  it('counts from the base that the first segment with ACK sets', () => {
    const lines = jsonOf([segment({ flags: 2 }), segment({ seq: 100, ack: 200 }), segment({ seq: 110, ack: 205 }), segment({ flags: 4, seq: 120 }), segment({ flags: 0x12, seq: 7, ack: 8 })])
    expect(lines.map((line) => parse(line).tcp).map((each) => [each?.seq_relative, each?.ack_relative])).toEqual([[undefined, undefined], [undefined, undefined], [10, 6], [undefined, undefined], [undefined, undefined]])
    expect(parse(jsonOf([segment({}), segment({ seq: 110 })], { absolute: true })[1]!).tcp).not.toHaveProperty('seq_relative')
  })

  it.each([
    { why: 'of a SYN', options: '020405b4 0402 080a 00000001 00000002 01 030307', kinds: [2, 4, 8, 1, 3], expected: { mss: 1460, sack_permitted: true, timestamps: { value: 1, echo_reply: 2 }, window_scale: 7 } },
    { why: 'the usual ones', options: '0101080a 00000001 00000002', kinds: [1, 1, 8], expected: { timestamps: { value: 1, echo_reply: 2 } } },
    { why: 'SACK, relative to the other side', options: '0101050a 000000c8 000000d2', kinds: [1, 1, 5], expected: { sack: [{ left: 200, right: 210, left_relative: 1, right_relative: 11 }] } },
    { why: 'TFO: request and cookie', options: '2202 0101', kinds: [34, 1, 1], expected: { tfo: { cookie: null } } },
    { why: 'TFO cookie', options: '2206 01020304 0000', kinds: [34, 0], expected: { tfo: { cookie: '01020304' } } },
    { why: 'TFO, odd', options: '2205 010203 00 0000', kinds: [34, 0], expected: { malformed: [{ kind: 34, length: 5, data: '010203' }] }, faults: ['tcp_bad_option'] },
    { why: 'MD5', options: `1312 ${'ab'.repeat(16)} 0101`, kinds: [19, 1, 1], expected: { md5: 'ab'.repeat(16) } },
    { why: 'TCP-AO', options: '1d06 0102 abcd 0101', kinds: [29, 1, 1], expected: { tcp_ao: { key_id: 1, r_next_key_id: 2, mac: 'abcd' } } },
    { why: 'user timeout in seconds', options: '1c04 0078', kinds: [28], expected: { user_timeout_seconds: 120 } },
    { why: 'user timeout in minutes', options: '1c04 8002', kinds: [28], expected: { user_timeout_seconds: 120 } },
    { why: 'SCPS', options: '1404 8001', kinds: [20], expected: { scps: { capabilities: 128, connection_id: 1 } } },
    { why: 'RFC 1072, RFC 1644', options: '0606 00000001 0706 00000002 0b06 00000003 0c06 00000004 0d06 00000005 0101', kinds: [6, 7, 11, 12, 13, 1, 1], expected: { echo: 1, echo_reply: 2, cc: 3, cc_new: 4, cc_echo: 5 } },
    { why: 'MPTCP, twice', options: '1e04 2001 1e03 f0 01', kinds: [30, 30, 1], expected: { mptcp: [{ subtype: 2, name: 'dss', data: '2001' }, { subtype: 15, data: 'f0' }] } },
    { why: 'experimental', options: 'fd04 e2d4 fe08 f989 01020304', kinds: [253, 254], expected: { experimental: [{ kind: 253, experiment_id: 0xe2d4, data: '' }, { kind: 254, experiment_id: 0xf989, data: '01020304', tfo: { cookie: '01020304' } }] } },
    { why: 'unknown', options: '4004 abcd 4102 0101', kinds: [64, 65, 1, 1], expected: { unknown: [{ kind: 64, length: 4, data: 'abcd' }, { kind: 65, length: 2, data: '' }] } },
    { why: 'one that is there twice', options: '020405b4 02040200', kinds: [2, 2], expected: { mss: 1460, repeated: [{ kind: 2, length: 4, data: '0200' }] } },
    { why: 'a wrong length', options: '0206 05b40000 0101', kinds: [2, 1, 1], expected: { malformed: [{ kind: 2, length: 6, data: '05b40000' }] }, faults: ['tcp_bad_option'] },
    { why: 'length 1', options: '020405b4 0301 0101', kinds: [2, 3], expected: { mss: 1460, malformed: [{ kind: 3, length: 1 }] }, faults: ['tcp_bad_option'] },
    { why: 'longer than the header', options: '01010108', kinds: [1, 1, 1, 8], expected: { malformed: [{ kind: 8 }] }, faults: ['tcp_bad_option'] },
    { why: 'nothing behind the end', options: '00030307', kinds: [0], expected: {} },
  ])('options: $why', ({ options, kinds, expected, faults = [] }) => {
    const packet = one(segment({ options }, '00'), { checksums: false })
    expect(packet.tcp).toMatchObject({ option_kinds: kinds })
    expect(packet.tcp?.options).toEqual(expected)
    expect(packet.faults).toEqual(faults)
  })

  it.each([
    { kept: 40, options: {}, kinds: [] },
    { kept: 41, options: {}, kinds: [2] },
    { kept: 43, options: {}, kinds: [2] },
    { kept: 44, options: { mss: 1460 }, kinds: [2] },
    { kept: 47, options: { mss: 1460 }, kinds: [2, 3] },
  ])('options cut at byte $kept', ({ kept, options, kinds }) => {
    const packet = one(cut(segment({ options: '020405b4 03030701' }), kept))
    expect(packet.tcp).toMatchObject({ options, option_kinds: kinds, checksum_ok: null })
    expect(packet.faults).toEqual(['ip_bad_checksum', 'tcp_options_truncated'])
  })
})

describe('any bytes', () => {
  const shape = fc.constantFrom(
    { linkType: 1, head: '' }, { linkType: 1, head: `${ethernet('0800')}` }, { linkType: 1, head: ethernet('86dd') }, { linkType: 1, head: ethernet('0806') },
    { linkType: 101, head: ip4(6, 180) }, { linkType: 101, head: `${ip4(6, 60)} ${tcp({ offset: 15 })}` }, { linkType: 101, head: `${ip6(6, 60)} ${tcp({ offset: 15 })}` },
    { linkType: 101, head: ip6(0, 180) }, { linkType: 101, head: ip4(17, 60) }, { linkType: 113, head: '' }, { linkType: 276, head: '' }, { linkType: 0, head: '02000000' }, { linkType: 99, head: '' },
  )
  it('make a valid line', () => fc.assert(fc.property(
    shape, fc.uint8Array({ maxLength: 60 }), fc.nat(40), fc.nat({ max: 0xffffffff }), fc.nat({ max: 4294967295000 }),
    ({ linkType, head }, bytes, more, seconds, nanos) => {
      const b = new Uint8Array(Buffer.concat([Buffer.from(head.replaceAll(' ', ''), 'hex'), bytes]))
      one({ ...newFrame(), b, end: b.length, wireLength: b.length + more, linkType, seconds, nanos })
    },
  ), { numRuns: 2000 }))

  it('of fixtures, cut at every length', async () => {
    for (const name of fixtureNames) {
      for (const frame of (await fixtureFrames(name)).slice(0, 4)) {
        for (let kept = 0; kept <= Math.min(frame.end, 120); kept++) one(cut(frame, kept))
      }
    }
  })
})
