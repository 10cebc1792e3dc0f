/** Capture files as they are written: read back by our readers, and what a file is allowed to be. */
import { chmodSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { newFrame, type Frame } from '../../src/capture/source.js'
import { CaptureWriter, PcapFormat, PcapngFormat, type RecordFormat } from '../../src/capture/writer.js'
import { hasTool, run } from '../run.js'
import { readPath, type Seen } from './read.js'

const dir = mkdtempSync(join(tmpdir(), 'sockscope-writer-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
let files = 0
const fresh = (): string => join(dir, `f${files++}`)
const noStdout = (): void => {
  throw new Error('not to standard output')
}

const ETHERNET = { linkType: 1, snapLength: 262_144, name: 'eth7', nanoseconds: true }
const RAW = { linkType: 101, snapLength: 1000, name: 'tun0', nanoseconds: false }
const FACTS = { application: 'sockscope test', system: 'Linux', filter: 'udp port 53' }

/** A frame in the middle of a larger buffer, as sources lend them. */
function frameOf({ seconds, nanos, wire, data, linkType, id }: Seen): Frame {
  const b = new Uint8Array([0xee, 0xee, ...data, 0xee])
  return { ...newFrame(), b, at: 2, end: 2 + data.length, wireLength: wire, seconds, nanos, linkType, interfaceId: id }
}

function write(path: string, format: RecordFormat, frames: readonly Seen[], comments: readonly string[] = []): CaptureWriter {
  const writer = new CaptureWriter(path, format, noStdout)
  frames.forEach((seen, n) => writer.write(frameOf(seen), comments[n] ?? ''))
  writer.close()
  return writer
}

const seen = (nanosecondsOnly: boolean): fc.Arbitrary<Seen> =>
  fc.record({
    seconds: fc.nat({ max: 0xffff_ffff }),
    nanos: nanosecondsOnly ? fc.nat({ max: 999_999_999 }) : fc.nat({ max: 999_999 }).map((n) => n * 1000),
    wire: fc.nat({ max: 2000 }),
    data: fc.uint8Array({ maxLength: 300 }).map((bytes) => [...bytes]),
    linkType: fc.constant(1),
    id: fc.constant(0),
  }).map((one) => ({ ...one, wire: one.data.length + one.wire }))

describe('frames come back as they were', () => {
  it.each([
    { what: 'pcap, microseconds', format: () => new PcapFormat(ETHERNET, false), nanoseconds: false },
    { what: 'pcap, nanoseconds', format: () => new PcapFormat(ETHERNET, true), nanoseconds: true },
    { what: 'pcapng, microseconds', format: () => new PcapngFormat([ETHERNET], false, FACTS), nanoseconds: false },
    { what: 'pcapng, nanoseconds', format: () => new PcapngFormat([ETHERNET], true, FACTS), nanoseconds: true },
  ])('$what', async ({ format, nanoseconds }) => {
    await fc.assert(fc.asyncProperty(fc.array(seen(nanoseconds), { maxLength: 20 }), fc.array(fc.string({ maxLength: 20 })), async (frames, comments) => {
      const path = fresh(), writer = write(path, format(), frames, comments)
      expect([writer.records, writer.bytes]).toEqual([frames.length, statSync(path).size])
      expect((await readPath(path)).frames).toEqual(frames)
    }), { numRuns: 40 })
  })

  it('more than is gathered at once, and a record larger than that', async () => {
    const frames = [200_000, 100_000, 60_000, 1, 262_144].map((length, n): Seen => ({ seconds: n, nanos: 0, wire: length, data: Array<number>(length).fill(n), linkType: 1, id: 0 }))
    for (const format of [new PcapFormat(ETHERNET, false), new PcapngFormat([ETHERNET], false, FACTS)]) {
      const path = fresh()
      write(path, format, frames)
      const back = (await readPath(path)).frames
      expect(back.map(({ data }) => [data.length, data[0]])).toEqual(frames.map(({ data }) => [data.length, data[0]]))
    }
  })

  it('a nanosecond clock in a microsecond file is cut, not rounded', async () => {
    const path = fresh()
    write(path, new PcapFormat(ETHERNET, false), [{ seconds: 1, nanos: 999_999_999, wire: 1, data: [1], linkType: 1, id: 0 }])
    expect((await readPath(path)).frames[0]!.nanos).toBe(999_999_000)
  })
})

const empty = (id: number, linkType: number): Seen => ({ seconds: 5, nanos: 0, wire: 4, data: [1, 2, 3, 4], linkType, id })

describe('pcapng', () => {
  it('describes an interface where it first appears, and each file anew', async () => {
    const interfaces = [ETHERNET], format = new PcapngFormat(interfaces, false, FACTS)
    const [first, second] = [fresh(), fresh()]
    const writer = new CaptureWriter(first, format, noStdout)
    writer.write(frameOf(empty(0, 1)))
    interfaces.push(RAW)
    writer.write(frameOf(empty(1, 101)))
    writer.close()
    write(second, format, [empty(1, 101)])
    expect((await readPath(first)).frames.map(({ id, linkType }) => [id, linkType])).toEqual([[0, 1], [1, 101]])
    for (const path of [first, second]) expect((await readPath(path)).interfaces.map(({ name, linkType, snapLength }) => [name, linkType, snapLength])).toEqual([['eth7', 1, 262_144], ['tun0', 101, 1000]])
    for (const text of ['sockscope test', 'udp port 53']) expect(readFileSync(first, 'latin1')).toContain(text)
  })

  it.skipIf(!hasTool('tshark'))('tshark reads names, filter, comments and drop counts (apt-get install tshark)', () => {
    const path = fresh(), format = new PcapngFormat([ETHERNET, RAW], true, FACTS)
    const writer = new CaptureWriter(path, format, noStdout)
    writer.write(frameOf(empty(0, 1)), 'process curl pid 7')
    writer.write(frameOf(empty(1, 101)), 'ünïcode')
    writer.append(format.statistics(0, 0x1_0000_0001, 3, 1_700_000_000_000))
    writer.close()
    const fields = run('tshark', ['-r', path, '-T', 'fields', '-e', 'frame.interface_name', '-e', 'frame.comment', '-e', 'frame.time_epoch']).stdout.toString()
    expect(fields).toBe('eth7\tprocess curl pid 7\t5.000000000\ntun0\tünïcode\t5.000000000\n')
    const facts = run('capinfos', ['-I', '-M', path]).stdout.toString()
    expect(facts).toContain('Name = eth7')
    expect(facts).toContain('udp port 53')
    expect(facts).toMatch(/Number of stat entries = 1/)
  })
})

describe('what goes wrong', () => {
  it('a pcap file has one link type', () => {
    const path = fresh()
    expect(() => write(path, new PcapFormat(ETHERNET, false), [empty(0, 1), empty(1, 101)])).toThrow('-w: packets of link types 1 and 101: a pcap file has one (write them with --pcapng)')
  })

  it('a full device: the count is what is whole in it', () => {
    const writer = new CaptureWriter('/dev/full', new PcapFormat(ETHERNET, false), noStdout)
    writer.write(frameOf(empty(0, 1)))
    expect(() => writer.flush()).toThrow('-w /dev/full: no space left on device (0 packets are whole in it)')
    expect(writer.records).toBe(0)
    expect(() => writer.close()).not.toThrow() // it has been said
  })

  it('/dev/null takes everything', () => {
    expect(write('/dev/null', new PcapFormat(ETHERNET, false), [empty(0, 1)]).records).toBe(1)
  })

  it('standard output gets the same bytes', () => {
    const chunks: Buffer[] = [], path = fresh()
    const writer = new CaptureWriter('-', new PcapFormat(ETHERNET, false), (chunk) => void chunks.push(Buffer.from(chunk)))
    writer.write(frameOf(empty(0, 1)))
    writer.close()
    write(path, new PcapFormat(ETHERNET, false), [empty(0, 1)])
    expect(Buffer.concat(chunks)).toEqual(readFileSync(path))
  })

  it('an old file of ours is begun anew, and nobody else may read it', () => {
    const path = fresh()
    writeFileSync(path, 'x'.repeat(1000))
    chmodSync(path, 0o644)
    write(path, new PcapFormat(ETHERNET, false), [])
    expect([statSync(path).size, statSync(path).mode & 0o777]).toEqual([24, 0o600])
  })

  const victim = join(dir, 'victim')
  it.each([
    { what: 'a symbolic link', make: (path: string) => symlinkSync(victim, path), says: /: is a symbolic link, which is not followed \(name the file itself, or another\)$/ },
    { what: 'a symbolic link to nothing', make: (path: string) => symlinkSync(join(dir, 'nothing'), path), says: /: is a symbolic link/ },
    { what: 'a hard link', make: (path: string) => linkSync(victim, path), says: /: has 2 names, other files would change with it/ },
    { what: 'a FIFO', make: (path: string) => void run('mkfifo', [path]), says: /: not a regular file \(name another, or write to a pipe with -w -\)$/ },
    { what: 'a directory', make: (path: string) => mkdirSync(path), says: /: is a directory$/ },
    { what: 'a directory that is not there', make: () => {}, says: /: no such file or directory$/, below: true },
  ])('$what is refused, and nothing changed', ({ make, says, below }) => {
    writeFileSync(victim, 'precious')
    const path = below === true ? join(dir, 'nowhere', 'f') : fresh()
    make(path)
    expect(() => new CaptureWriter(path, new PcapFormat(ETHERNET, false), noStdout)).toThrow(says)
    expect(readFileSync(victim, 'latin1')).toBe('precious')
    rmSync(victim)
  })
})
