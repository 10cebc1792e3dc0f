import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, openSync, closeSync, readdirSync, writeSync, constants } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openCapture } from '../../src/capture/file.js'
import { newFrame } from '../../src/capture/source.js'
import { enhanced, gzip, join, networkInterface, payload, pcap, pcapHeader, record, section } from './build.js'
import { readBytes, readPath, temporary } from './read.js'

const data = payload(60)
const small = pcap({}, record(data), record(data))

it.each([
  { why: 'a missing file', path: '/nonexistent/x', error: 'FILE: no such file or directory' },
  { why: 'a path through a file', path: '/etc/passwd/x', error: 'FILE: a part of the path is not a directory' },
  { why: 'a directory', path: '/', error: 'FILE: is a directory, not a capture file' },
  { why: 'endless zeros', path: '/dev/zero', error: 'FILE: is a device, not a capture file (to capture live, name an interface with -i)' },
  { why: 'endless noise', path: '/dev/urandom', error: 'FILE: is a device, not a capture file (to capture live, name an interface with -i)' },
])('$why', async ({ path, error }) => expect(await readPath(path)).toEqual({ frames: [], interfaces: [], error }))

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))
it.each([
  { why: 'nothing', bytes: hex(''), error: 'FILE: is empty, not a pcap or pcapng file (capture again, or copy the whole file)' },
  { why: 'nothing, packed', bytes: gzip(hex('')), error: 'FILE: is empty once unpacked, not a pcap or pcapng file (capture again, or copy the whole file)' },
  { why: 'half a header', bytes: small.subarray(0, 9), error: 'FILE: cut at byte 9: expected a pcap header of 24 bytes, found 9 (copy the whole file)' },
  { why: 'three bytes', bytes: small.subarray(0, 3), error: 'FILE: cut at byte 3: expected a pcap or pcapng header, found 3 bytes (copy the whole file)' },
  { why: 'text', bytes: Buffer.from('0000  45 00 größe\n'), error: 'FILE: not a pcap or pcapng file: it is text (a hex dump becomes a capture with text2pcap)' },
  { why: 'zeros', bytes: new Uint8Array(100), error: 'FILE: not a pcap or pcapng file: it starts with zero bytes only (copy the file again)' },
  { why: 'noise', bytes: hex('80deadbeef00'), error: 'FILE: not a pcap or pcapng file: it starts with the bytes 80deadbe (expected a1b2c3d4, a1b23c4d, a1b2cd34 or 0a0d0d0a)' },
])('$why', async ({ bytes, error }) => expect((await readBytes(bytes)).error).toBe(error))

it.each([
  ['zstd', '28b52ffd00'], ['xz', 'fd377a585a0000'], ['bzip2', '425a6839'], ['lz4', '04224d1864'], ['snoop', '736e6f6f7000000000000002'],
  ['zip', '504b0304'], ['Navtel', '4d3c2ba1'], ['ERF', '0000000000e0e8650200005200000042'],
])('names %s', async (name, bytes) => {
  const { error } = await readBytes(hex(bytes))
  expect(error).toMatch(/^FILE: not a pcap or pcapng file: it /)
  expect(error).toContain(name)
})

it('goes by the first bytes, never by the name', async () => {
  expect((await readBytes(join([section(), networkInterface(), enhanced(data)]), 'ng.pcap')).frames).toHaveLength(1)
  expect((await readBytes(small, 'plain.pcapng.gz')).frames).toHaveLength(2)
})

describe('gzip', () => {
  it('reads all members as one', async () => {
    const { frames, error } = await readBytes(join([gzip(small), gzip(record(data)), gzip(record(data))]))
    expect(error).toBeUndefined()
    expect(frames).toHaveLength(4)
  })
  it('hands out what a cut stream holds, then one error', async () => {
    const noise = fc.sample(fc.uint8Array({ minLength: 60, maxLength: 60 }), { numRuns: 50, seed: 1 })
    const packed = gzip(pcap({}, ...noise.map((bytes) => record(bytes))))
    for (let length = 2; length < packed.length; length += 37) {
      expect((await readBytes(packed.subarray(0, length))).error).toMatch(`FILE: gzip data is cut at byte ${length}: expected`)
    }
    const late = await readBytes(packed.subarray(0, -4))
    expect(late.frames).toHaveLength(50)
  })
  it('calls a damaged stream damaged', async () => {
    const packed = gzip(small)
    packed[12]! ^= 0xff
    expect((await readBytes(packed)).error).toMatch(/^FILE: gzip data is damaged between bytes 0 and \d+: /)
  })
  it('counts bytes of the unpacked data', async () => {
    expect((await readBytes(gzip(small.subarray(0, 130)))).error).toBe("FILE: cut at byte 130 of the unpacked data: expected 60 bytes of packet 2's data, found 14 (the packet before it is whole)")
  })
})

describe('a FIFO', () => {
  it('that nobody writes into is given up', async () => {
    const path = temporary('idle')
    execFileSync('mkfifo', [path])
    expect((await readPath(path)).error).toBe('FILE: is a FIFO that no program writes into: waited 2 s (start the writer first)')
  })
  it('hands out each packet while the writer lives', async () => {
    const path = temporary('live')
    execFileSync('mkfifo', [path])
    const opened = openCapture(path)
    const writer = openSync(path, constants.O_RDWR)
    writeSync(writer, small.subarray(0, 24 + 76 + 10))
    const source = await opened, frame = newFrame()
    expect(source.isStream).toBe(true)
    let seen = 0
    while (seen === 0) if (source.next(frame)) seen++
    else await source.more()
    expect(source.next(frame)).toBe(false)
    writeSync(writer, small.subarray(24 + 76 + 10))
    while (!source.next(frame)) await source.more()
    closeSync(writer)
    expect(await source.more()).toBe(false)
    source.close()
  })
  it('stops waiting once closed', async () => {
    const path = temporary('stalled')
    execFileSync('mkfifo', [path])
    const writer = openSync(path, constants.O_RDWR)
    writeSync(writer, pcapHeader())
    const source = await openCapture(path), more = source.more()
    source.close()
    expect(await more).toBe(false)
    closeSync(writer)
  })
})

it('closes every file it opened', async () => {
  const open = (): number => readdirSync('/proc/self/fd').length
  await readBytes(small)
  const start = open()
  for (const bytes of [small, small.subarray(0, 50), gzip(small), hex('00'), hex('')]) await readBytes(bytes)
  mkdirSync(temporary('directory'), { recursive: true })
  await readPath(temporary('directory'))
  expect(open()).toBe(start)
})

it('throws nothing but UserErrors, whatever the bytes', async () => {
  const starts = [pcapHeader(), join([section(), networkInterface()]), section('big'), Uint8Array.of(0x1f, 0x8b, 8), new Uint8Array(0), small]
  await fc.assert(fc.asyncProperty(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 200 }), async (start, rest) => {
    await readBytes(join([start, rest]))
  }), { numRuns: 500 })
  const good = [small, join([section(), networkInterface(), enhanced(data), section('big'), networkInterface({ order: 'big' }), enhanced(data, { order: 'big' })]), gzip(small)]
  await fc.assert(fc.asyncProperty(fc.constantFrom(...good), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }), async (bytes, changes) => {
    const changed = bytes.slice()
    for (const [at, value] of changes) changed[at % changed.length] = value
    await readBytes(changed)
  }), { numRuns: 500 })
})

const shared = new URL('../../../shared/', import.meta.url).pathname
const folders = [`${shared}real-captures/`, `${shared}tcpdump-suite/pcaps/`].filter((folder) => existsSync(folder))
const hasTcpdump = spawnSync('tcpdump', ['--version']).status === 0

/** Time and lengths of each packet as tcpdump writes it on, in nanoseconds: its fields wrap at 2³². */
function tcpdump(path: string): { packets: string[]; failed: boolean } {
  const { stdout: b, status } = spawnSync('tcpdump', ['--nano', '-r', path, '-w', '-'], { maxBuffer: 2 ** 28 })
  const packets: string[] = []
  for (let at = 24; at + 16 <= b.length; at += 16 + b.readUInt32LE(at + 8)) {
    packets.push([0, 4, 8, 12].map((field) => b.readUInt32LE(at + field)).join(' '))
  }
  return { packets, failed: status !== 0 }
}

// Found packet by packet with tcpdump 4.99.3 and libpcap 1.10.3, the damaged files of tcpdump's own tests among them.
describe.skipIf(folders.length === 0 || !hasTcpdump)('against tcpdump', () => {
  it.each(folders)('every capture in %s', async (folder) => {
    for (const name of readdirSync(folder).filter((entry) => /\.(pcap|pcapng|pcapnano|cap)$/.test(entry))) {
      const { frames, error } = await readPath(folder + name)
      const packets = frames.map(({ seconds, nanos, data: { length }, wire }) => [seconds % 2 ** 32, nanos >>> 0, length, wire].join(' '))
      expect({ name, packets, failed: error !== undefined }).toEqual({ name, ...tcpdump(folder + name) })
    }
  })
})
