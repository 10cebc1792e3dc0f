import { describe, expect, it } from 'vitest'
import { join, payload, pcap, pcapHeader, record, type Order } from './build.js'
import { readBytes } from './read.js'

const data = payload(60)
const orders: Order[] = ['little', 'big']

describe.each(orders)('pcap in %s-endian order', (order) => {
  it.each([
    { why: 'microseconds', magic: 0xa1b2c3d4, nanos: 2000, extra: 0 },
    { why: 'nanoseconds', magic: 0xa1b23c4d, nanos: 2, extra: 0 },
    { why: 'Kuznetzov’s records of 24 bytes', magic: 0xa1b2cd34, nanos: 2000, extra: 8 },
  ])('$why', async ({ magic, nanos, extra }) => {
    const { frames, error } = await readBytes(pcap({ order, magic, linkType: 113 }, record(data, { order, second: 99, extra }), record(data, { order, extra })))
    expect(error).toBeUndefined()
    expect(frames).toHaveLength(2)
    expect(frames[0]).toEqual({ seconds: 1, nanos, wire: 99, data: [...data], linkType: 113, id: 0 })
  })
})

it.each([
  { why: '2.4', version: [2, 4], first: 60, second: 99 },
  { why: '2.3, as documented', version: [2, 3], first: 60, second: 99 },
  { why: '2.3, exchanged', version: [2, 3], first: 99, second: 60 },
  { why: '2.2, exchanged', version: [2, 2], first: 99, second: 60 },
  { why: '2.0, exchanged', version: [2, 0], first: 99, second: 60 },
  { why: '543.0, exchanged', version: [543, 0], first: 99, second: 60 },
] as const)('the two lengths in version $why', async ({ version, first, second }) => {
  const { frames, error } = await readBytes(pcap({ version }, record(data, { first, second })))
  expect(error).toBeUndefined()
  expect(frames.map(({ wire, data: { length } }) => [wire, length])).toEqual([[99, 60]])
})

it.each([[1, 4], [2, 5], [3, 0], [543, 1], [0, 0xffff]] as const)('version %i.%i is refused', async (...version) => {
  expect((await readBytes(pcap({ version }, record(data)))).error).toBe(
    `FILE: pcap version ${version[0]}.${version[1]} at byte 4: expected 2.0 to 2.4 (convert it with the program that wrote it)`,
  )
})

it.each([
  { why: 'plain', snapLength: 65_535, magic: 0xa1b2c3d4, linkType: 1, found: 65_535 },
  { why: '0', snapLength: 0, magic: 0xa1b2c3d4, linkType: 1, found: 262_144 },
  { why: 'negative', snapLength: 0xffff_ffff, magic: 0xa1b2c3d4, linkType: 1, found: 262_144 },
  { why: 'over 262144', snapLength: 300_000, magic: 0xa1b2c3d4, linkType: 1, found: 300_000 },
  { why: 'without the Ethernet header', snapLength: 100, magic: 0xa1b2cd34, linkType: 1, found: 114 },
  { why: 'with FCS bits in the link type', snapLength: 100, magic: 0xa1b2c3d4, linkType: 0x5400_0001, found: 100 },
])('snapshot length: $why', async ({ snapLength, magic, linkType, found }) => {
  const { interfaces } = await readBytes(pcapHeader({ snapLength, magic, linkType }))
  expect(interfaces).toEqual([{ linkType: 1, snapLength: found, nanoseconds: false }])
})

it('cuts a record at the snapshot length, as libpcap does', async () => {
  const { frames, error } = await readBytes(pcap({ snapLength: 40 }, record(data), record(payload(20))))
  expect(error).toBeUndefined()
  expect(frames.map((frame) => frame.data.length)).toEqual([40, 20])
})

it('reads records of 0 and of 262144 bytes, and refuses one of 262145', async () => {
  const { frames, error } = await readBytes(pcap({}, record(payload(0)), record(payload(262_144)), record(payload(262_145))))
  expect(frames.map((frame) => frame.data.length)).toEqual([0, 262_144])
  expect(error).toBe('FILE: damaged at byte 262200: expected packet 3 with at most 262144 captured bytes, found a length of 262145 (the 2 packets before it are whole)')
})

it('hands out every whole packet of a file cut at any length, then one error', async () => {
  const records = [record(payload(5)), record(payload(0)), record(payload(33))]
  const whole = pcap({}, ...records)
  const ends = records.reduce((all, r) => [...all, all.at(-1)! + r.length], [24])
  for (let length = 24; length <= whole.length; length++) {
    const { frames, error } = await readBytes(whole.subarray(0, length))
    expect(frames).toHaveLength(ends.filter((end) => end <= length).length - 1)
    if (ends.includes(length)) expect(error).toBeUndefined()
    else expect(error).toMatch(`FILE: cut at byte ${length}: expected `)
  }
})

it.each([
  { length: 24 + 7, error: "FILE: cut at byte 31: expected 16 bytes of packet 1's header, found 7 (no packet before it is whole)" },
  { length: 24 + 76 + 20, error: "FILE: cut at byte 120: expected 60 bytes of packet 2's data, found 4 (the packet before it is whole)" },
])('says where a cut at $length is', async ({ length, error }) => {
  expect((await readBytes(join([pcap({}, record(data)), record(data)]).subarray(0, length))).error).toBe(error)
})
