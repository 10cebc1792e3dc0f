/** Damaged capture files: nothing but one UserError, whole frames only, and those before the damage as they were. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT, sockscope } from '../run.js'
import { type Outcome, readBytes, temporary } from '../capture/read.js'
import { fixtureNames } from '../decode/frames.js'
import { RAW, randoms } from './damage.js'

/** Small ones, so that the damage often hits what frames stand in. */
const MOST_BYTES = 20_000
const FILES = fixtureNames.map((name) => ({ name, bytes: readFileSync(join(ROOT, 'test/fixtures/pcap', name)) })).filter(({ bytes }) => bytes.length <= MOST_BYTES)
const WORDS = [0, 1, 3, 8, 12, 0x1c, 0xff, 0x10000, 0x40000, 0x40001, 0x1000000, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff]

/** What every outcome must be, whatever the bytes. */
function check({ frames, error }: Outcome, size: number): void {
  expect(frames.length).toBeLessThanOrEqual(size / 12)
  for (const { data, nanos, linkType } of frames) {
    if (data.length > size || !Number.isInteger(nanos) || !Number.isInteger(linkType)) expect.fail(`a frame of ${data.length} bytes, ${nanos} ns, link type ${linkType}`)
  }
  if (error !== undefined) expect(error).not.toMatch(RAW)
}

describe.each([['pcap', /\.pcap$/], ['pcapng', /\.pcapng$/]] as const)('damaged %s', (_kind, ending) => {
  const files = FILES.filter(({ name }) => ending.test(name))

  it('there are some', () => expect(files.length).toBeGreaterThan(4))

  it('a bit, a byte, a word changed; bytes taken out, put in, cut off', async () => {
    const random = randoms(101)
    for (const { bytes } of files) {
      const whole = await readBytes(bytes)
      for (let n = 0; n < 25; n++) {
        let damaged = Buffer.from(bytes)
        const at = random(n % 2 === 0 ? Math.min(200, bytes.length) : bytes.length)
        const how = random(6)
        if (how === 0) damaged[at]! ^= 1 << random(8)
        else if (how === 1) damaged[at] = random(256)
        else if (how === 2 && (at & ~3) + 4 <= damaged.length) damaged[random(2) === 0 ? 'writeUInt32LE' : 'writeUInt32BE'](WORDS[random(WORDS.length)]!, at & ~3)
        else if (how === 3) damaged = Buffer.concat([damaged.subarray(0, at), damaged.subarray(at + random(40))])
        else if (how === 4) damaged = Buffer.concat([damaged.subarray(0, at), Buffer.alloc(random(40), random(256)), damaged.subarray(at)])
        else damaged = damaged.subarray(0, at)
        const outcome = await readBytes(damaged)
        check(outcome, damaged.length)
        // frames that stand wholly before the damage: as many as the part before it holds
        const before = (await readBytes(bytes.subarray(0, at))).frames
        if (how !== 2 && at > 200) expect(outcome.frames.slice(0, before.length)).toEqual(whole.frames.slice(0, before.length))
      }
    }
  })

  it('each word of the first blocks, and each length there can be', async () => {
    for (const { bytes } of files.slice(0, 6)) {
      for (let at = 0; at < 96; at += 4) {
        for (const value of WORDS) {
          const damaged = Buffer.from(bytes)
          damaged.writeUInt32LE(value, at)
          check(await readBytes(damaged), damaged.length)
        }
      }
    }
  })
})

describe('link types', () => {
  /** A packet of this link type, in a file of pcap. */
  const capture = (linkType: number): string => {
    const b = Buffer.from('d4c3b2a1020004000000000000000000000004000000000001000000020000000400000004000000deadbeef', 'hex')
    b.writeUInt32LE(linkType, 20)
    const path = temporary(`link-${linkType}.pcap`)
    writeFileSync(path, b)
    return path
  }

  it.each([2, 98, 290, 65_535, 0x10001])('%i, which libpcap does not know, is refused as tcpdump does', (linkType) => {
    const { stdout, stderr, status } = sockscope(['tcpdump', '-nn', '-r', capture(linkType)])
    expect({ stdout: stdout.toString(), status }).toEqual({ stdout: '', status: 1 })
    expect(stderr).toMatch(new RegExp(`sockscope tcpdump: .*: unknown link type ${linkType} \\(.*\\)\n$`))
    expect(sockscope(['tcpdump', '--json', '-r', capture(linkType)]).status).toBe(0)
  })

  it('147, which nothing prints, is dumped; of Ethernet’s number the bits about its frame check sequence are passed over', () => {
    expect(sockscope(['tcpdump', '-t', '-nn', '-r', capture(147)]).stdout.toString()).toBe('UNSUPPORTED\n\t0x0000:  dead beef                                ....\n')
    expect(sockscope(['tcpdump', '-t', '-nn', '-r', capture(0x14000001)]).stdout.toString()).toBe(' [|ether]\n')
  })
})

it('a section header that opens a file is not compared with the length behind it', async () => {
  const bytes = readFileSync(join(ROOT, 'test/fixtures/pcap/blocks.pcapng'))
  const damaged = Buffer.from(bytes)
  damaged.fill(0x63, bytes.readUInt32LE(4) - 4, bytes.readUInt32LE(4))
  const [whole, outcome] = [await readBytes(bytes), await readBytes(damaged)]
  expect(outcome.frames).toEqual(whole.frames)
  expect(outcome.error).toBe(whole.error)
})
