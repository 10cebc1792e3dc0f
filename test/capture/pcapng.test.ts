import { expect, it } from 'vitest'
import { block, enhanced, join, networkInterface, numbers, oldPacket, option, payload, section, simple } from './build.js'
import { readBytes } from './read.js'

const data = payload(61)
const tsresol = (value: number) => option('little', 9, Uint8Array.of(value))

it('reads on through unlike interfaces, sections of both orders and unknown blocks', async () => {
  const { frames, interfaces, error } = await readBytes(
    join([
      section('little'),
      networkInterface({ options: [option('little', 2, Buffer.from('eth0\0')), option('little', 0, payload(0))] }),
      enhanced(data, { options: [option('little', 1, Buffer.from('a comment')), option('little', 0, payload(0))] }),
      block('little', 0xbad, payload(9)),
      networkInterface({ linkType: 113, snapLength: 80 }),
      enhanced(data, { id: 1, wire: 900 }),
      block('little', 5, payload(20)),
      section('big'),
      block('big', 10, payload(3)),
      networkInterface({ order: 'big', linkType: 101 }),
      enhanced(data, { order: 'big' }),
      oldPacket(data, { order: 'big' }),
      simple(data, { order: 'big' }),
    ]),
  )
  expect(error).toBeUndefined()
  expect(frames.map(({ linkType, id, wire }) => [linkType, id, wire])).toEqual([[1, 0, 61], [113, 1, 900], [101, 2, 61], [101, 2, 61], [101, 2, 61]])
  expect(frames.every((frame) => frame.data.join() === data.join())).toBe(true)
  expect(frames.map(({ seconds, nanos }) => [seconds, nanos])).toEqual([[1, 2000], [1, 2000], [1, 2000], [1, 2000], [0, 0]])
  expect(interfaces.map(({ name, snapLength }) => [name, snapLength])).toEqual([['eth0', 262_144], [undefined, 80], [undefined, 262_144]])
})

const second = 1_700_000_001n
it.each([
  { why: 'microseconds', resolution: 6, ticks: second * 10n ** 6n + 999_999n, nanos: 999_999_000 },
  { why: 'nanoseconds', resolution: 9, ticks: second * 10n ** 9n + 999_999_999n, nanos: 999_999_999 },
  { why: 'seconds', resolution: 0, ticks: second, nanos: 0 },
  { why: 'milliseconds', resolution: 3, ticks: second * 1000n + 7n, nanos: 7_000_000 },
  { why: '10⁻¹⁰', resolution: 10, ticks: second * 10n ** 10n + 9_999_999_999n, nanos: 999_999_999 },
  { why: '2⁻⁸', resolution: 0x88, ticks: second * 256n + 255n, nanos: 996_093_750 },
  { why: '2⁻²³', resolution: 0x97, ticks: second * 2n ** 23n + 1n, nanos: 119 },
  { why: '2⁻³⁰', resolution: 0x9e, ticks: second * 2n ** 30n + 2n ** 30n - 1n, nanos: 999_999_999 },
])('a clock of $why is exact', async ({ resolution, ticks, nanos }) => {
  const { frames } = await readBytes(join([section(), networkInterface({ options: [tsresol(resolution)] }), enhanced(data, { time: ticks })]))
  expect(frames.map((frame) => [frame.seconds, frame.nanos])).toEqual([[Number(second), nanos]])
})

it('reads clocks finer than the time itself, and a negative offset', async () => {
  const offset = option('little', 14, numbers('little', [8, -5]))
  for (const resolution of [19, 20, 127, 0xbf, 0xc0, 0xff]) {
    const { frames } = await readBytes(join([section(), networkInterface({ options: [tsresol(resolution), offset] }), enhanced(data, { time: 1n })]))
    expect(frames.map((frame) => [frame.seconds, frame.nanos])).toEqual([[-5, 0]])
  }
})

it('takes a simple packet’s length from the snapshot length', async () => {
  const { frames } = await readBytes(join([section(), networkInterface({ snapLength: 40 }), simple(payload(40), { wire: 100 })]))
  expect(frames.map((frame) => [frame.data.length, frame.wire])).toEqual([[40, 100]])
})

it('reads a block whose length leaves the padding out', async () => {
  const odd = join([numbers('little', [4, 0x123], [4, 15]), payload(3), payload(1), numbers('little', [4, 15])])
  expect((await readBytes(join([section(), networkInterface(), odd, enhanced(data)]))).frames).toHaveLength(1)
})

const opening = join([section(), networkInterface()])
const described = (...options: readonly Uint8Array[]) => join([section(), networkInterface({ options: [...options] }), enhanced(data)])
const change = (bytes: Uint8Array, at: number, value: number): Uint8Array => {
  const changed = bytes.slice()
  changed.set(numbers('little', [4, value]), at)
  return changed
}
it('takes the length of the section header that opens the file as it is, as libpcap does', async () => {
  const head = section(), odd = join([head.subarray(0, 24), payload(1), head.subarray(24)])
  new DataView(odd.buffer, odd.byteOffset).setUint32(4, 29, true)
  const { frames, error } = await readBytes(join([odd, networkInterface({}), enhanced(data)]))
  expect(error).toBeUndefined()
  expect(frames.length).toBe(1)
})

it.each([
  { why: 'a short block', bytes: join([opening, change(enhanced(data), 4, 16)]), error: 'byte 52: expected a packet block of at least 32 bytes, found a length of 16' },
  { why: 'a huge block', bytes: join([opening, change(block('little', 9), 4, 0xffff_fff0)]), error: 'byte 52: expected a block of type 0x00000009 of at most 16777216 bytes, found a length of 4294967280' },
  { why: 'lengths that disagree', bytes: join([opening, change(enhanced(data), 92, 88)]), error: 'byte 140: expected the length 96 of a packet block again, found 88' },
  { why: 'a captured length over the block', bytes: join([opening, enhanced(data, { captured: 65 })]), error: 'byte 68: expected packet 1 with at most 64 captured bytes, found a length of 65' },
  { why: 'a captured length over the snapshot length', bytes: join([section(), networkInterface({ snapLength: 40 }), enhanced(data)]), error: 'byte 68: expected packet 1 with at most 40 captured bytes, found a length of 61' },
  { why: 'a resolution of two bytes', bytes: described(option('little', 9, payload(2))), error: "byte 46: expected an interface's option 9 of 1 bytes, found a length of 2" },
  { why: 'a second resolution', bytes: described(tsresol(6), tsresol(6)), error: "byte 52: expected an interface's option 9 once, found it again" },
  { why: 'an offset of four bytes', bytes: described(option('little', 14, payload(4))), error: "byte 46: expected an interface's option 14 of 8 bytes, found a length of 4" },
  { why: 'an end of options with a value', bytes: described(option('little', 0, payload(4))), error: "byte 46: expected an interface's option 0 of 0 bytes, found a length of 4" },
  { why: 'an option over the block', bytes: described(numbers('little', [2, 2], [2, 9], [4, 0])), error: "byte 46: expected an interface's option of at most 4 bytes, found a length of 9" },
  { why: 'an interface never described', bytes: join([opening, enhanced(data, { id: 3 })]), error: 'byte 56: expected packet 1 of an interface that the section describes (it has 1 so far), found interface 3' },
  { why: 'no interface at all', bytes: join([section(), enhanced(data)]), error: 'byte 36: expected packet 1 of an interface that the section describes (it has 0 so far), found interface 0' },
  { why: 'another version', bytes: section('little', 2, 0), error: 'byte 12: expected pcapng version 1.0 or 1.2, found 2.0' },
  { why: 'no byte-order magic', bytes: change(section(), 8, 0), error: 'byte 8: expected the byte-order magic 0x1a2b3c4d, found 0x00000000' },
])('$why is a damage', async ({ bytes, error }) => {
  expect((await readBytes(bytes)).error).toBe(`FILE: damaged at ${error} (no packet before it is whole)`)
})

it('minds the minor version of the first section only, as libpcap does', async () => {
  expect((await readBytes(section('little', 1, 3))).error).toContain('found 1.3')
  const { frames, error } = await readBytes(join([opening, enhanced(data), section('little', 1, 3), networkInterface(), enhanced(data)]))
  expect([frames.length, error]).toEqual([2, undefined])
})

it('hands out every whole packet of a file cut at any length, then one error', async () => {
  const blocks = [section(), networkInterface(), enhanced(payload(5)), block('little', 77, payload(4)), simple(payload(3)), enhanced(payload(0))]
  const whole = join(blocks)
  const ends = blocks.reduce((all, one) => [...all, all.at(-1)! + one.length], [0])
  for (let length = 4; length <= whole.length; length++) {
    const { frames, error } = await readBytes(whole.subarray(0, length))
    expect(frames).toHaveLength([2, 4, 5].filter((index) => ends[index + 1]! <= length).length)
    if (ends.includes(length)) expect(error).toBeUndefined()
    else expect(error).toMatch(`FILE: cut at byte ${length}: expected `)
  }
})
