/** Every printer over damaged packets: nothing is thrown, nothing hangs, no control byte comes out, and the next packet prints as if alone. */
import * as fc from 'fast-check'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { beforeAll, describe, expect, it } from 'vitest'
import { PACKET_TYPES } from '../../src/commands/tcpdump-options.js'
import { linkPrinter } from '../../src/format/link/link.js'
import { LineWriter } from '../../src/format/line.js'
import { DEFAULT_PRINT_OPTIONS, type PrintOptions } from '../../src/format/options.js'
import { writePacket } from '../../src/format/packet.js'
import { Printer } from '../../src/format/printer.js'
import { Timestamps } from '../../src/format/timestamp.js'
import type { Frame } from '../../src/frame.js'
import { cut, ethernet, frameOf, ip4, ip6 } from '../decode/frames.js'
import { jsonOf, textOf } from '../format/printing.js'
import { RAW, type Sample, WITNESS, damager, hexOf, randoms, samples, withByte } from './damage.js'

/** All are met by every sample and its damaged copies. */
const OPTION_SETS: readonly Partial<PrintOptions>[] = [
  {}, { verbose: 1 }, { verbose: 2, link: true }, { verbose: 3, dump: 'X' }, { verbose: 4, asDot: true, rawNfsHandles: true }, { quiet: 1, verbose: 1 }, { dump: 'XX', link: true },
  { dump: 'A', quiet: 2 }, { style: 'classic', verbose: 1 },
]
/** A damaged packet may not take longer, milliseconds; a hundredth is usual. */
const PATIENCE = 1000
/** Nor print more: a packet of 4,000 bytes whose every byte is a line of fifty. */
const MOST_TEXT = 1 << 20

/** Prints packet after packet as one run does: with the state that printers keep. */
class Run {
  readonly #printer: Printer
  readonly #times: Timestamps
  readonly #options: Partial<PrintOptions>
  readonly #witness: string
  #chunk = ''

  constructor(options: Partial<PrintOptions>) {
    this.#options = { absolute: true, ...options }
    const all: PrintOptions = { ...DEFAULT_PRINT_OPTIONS, numeric: true, time: 1, ...this.#options }
    this.#printer = new Printer(new LineWriter((bytes) => { this.#chunk += Buffer.from(bytes).toString('latin1') }, 0), all, undefined)
    this.#times = new Timestamps(all)
    this.#witness = textOf([WITNESS], this.#options)[0]!
  }

  text(frame: Frame): string {
    this.#chunk = ''
    writePacket(this.#printer, this.#times, frame, 1)
    this.#printer.out.flush()
    return this.#chunk.slice(0, -1)
  }

  /** Prints a damaged packet, and behind it one that is whole. */
  check(frame: Frame): void {
    const began = performance.now()
    let text: string
    try {
      text = this.text(frame)
    } catch (thrown) {
      throw new Error(`${JSON.stringify(this.#options)}: ${hexOf(frame)}`, { cause: thrown })
    }
    const took = performance.now() - began
    if (took > PATIENCE) expect.fail(`${took} ms for ${hexOf(frame)}`)
    if (text.length > MOST_TEXT) expect.fail(`${text.length} bytes of text for ${hexOf(frame)}`)
    const found = RAW.exec(text)
    if (found !== null) expect.fail(`0x${found[0].charCodeAt(0).toString(16)} in ${JSON.stringify(text)} of ${hexOf(frame)}`)
    const next = this.text(WITNESS)
    if (next !== this.#witness) expect.fail(`${JSON.stringify(next)} behind ${hexOf(frame)}`)
  }
}

let all: Sample[] = []
let runs: Run[] = []
const typed = new Map<string, Run>()
beforeAll(async () => {
  all = await samples()
  runs = OPTION_SETS.map((options) => new Run(options))
  for (const type of PACKET_TYPES) typed.set(type, new Run({ type, verbose: 2 }))
})
const runFor = ({ type }: Sample, n: number): Run => typed.get(type) ?? runs[n % runs.length]!

describe('damaged packets of every protocol', () => {
  it('a few bytes changed, put in, taken out', () => {
    const damage = damager(61)
    for (const sample of all) for (const [n] of runs.entries()) runFor(sample, n).check(damage(sample.frame))
  })

  it('cut at every byte', () => {
    let n = 0
    for (const sample of all) {
      const length = sample.frame.end - sample.frame.at
      for (let kept = 0; kept < length; kept += kept < 300 ? 1 : 37) runFor(sample, n++).check(cut(sample.frame, kept))
    }
  })

  it('every byte, and every pair of bytes, the most a length can say, and the least', () => {
    let n = 0
    for (const sample of all) {
      const length = sample.frame.end - sample.frame.at
      for (let at = 0; at < length; at += at < 200 ? 1 : 29) {
        const [value, isWide] = ([[0xff, true], [0, false], [0xff, false], [0, true]] as const)[n % 4]!
        runFor(sample, n++).check(withByte(sample.frame, at, value, isWide))
      }
    }
  })

  it('as any other protocol of -T', () => {
    const damage = damager(64)
    let n = 0
    const others = [...typed.values()]
    for (const { frame } of all) for (let i = 0; i < 4; i++) others[n++ % others.length]!.check(damage(frame))
  })

  it('as JSON', () => {
    const damage = damager(62)
    for (const { frame } of all) {
      const damaged = damage(frame)
      const [line] = jsonOf([damaged], { verbose: 1 })
      if (RAW.test(line!.replaceAll(/[\x80-\xff]/g, ''))) expect.fail(`a control byte in ${line} of ${hexOf(damaged)}`)
      expect(() => JSON.parse(line!) as unknown).not.toThrow()
    }
  })

  it('leave the next packet, whatever it is, as it is alone', () => {
    const damage = damager(63)
    const random = randoms(7)
    const options = { verbose: 1, absolute: true, link: true } as const
    for (const { frame } of all.filter((each) => each.type === '')) {
      const next = all[random(all.length)]!.frame
      expect(textOf([damage(frame), next], options)[1]).toBe(textOf([next], options)[0])
    }
  })
})

describe('any bytes', () => {
  const bytes = (random: (below: number) => number, most: number): string => {
    let hex = ''
    const kind = random(3)
    for (let n = random(most); n > 0; n--) hex += (kind === 0 ? random(256) : kind === 1 ? random(8) : [0, 1, 0xff, 0x80, random(256)][random(5)]!).toString(16).padStart(2, '0')
    return hex
  }
  const hex4 = (n: number): string => n.toString(16).padStart(4, '0')

  it('of every link type that has a printer', () => {
    const linkTypes = Array.from({ length: 400 }, (_, n) => n).filter((n) => linkPrinter(n) !== undefined)
    expect(linkTypes.length).toBeGreaterThan(60)
    fc.assert(
      fc.property(fc.constantFrom(...linkTypes), fc.uint8Array({ maxLength: 200 }), fc.nat(70000), fc.nat(), (linkType, b, more, n) => {
        const frame: Frame = { b, at: 0, end: b.length, wireLength: b.length + (more % 3 === 0 ? more : 0), seconds: 0, nanos: 0, linkType, interfaceId: 0 }
        runs[n % runs.length]!.check(frame)
        JSON.parse(jsonOf([frame])[0]!)
      }),
      { numRuns: 4000 },
    )
  })

  it('of every EtherType', () => {
    const random = randoms(71)
    for (let type = 0; type < 0x10000; type++) runs[type % runs.length]!.check(frameOf(`${ethernet(hex4(type))} ${bytes(random, 60)}`))
  })

  it('of every protocol over IPv4 and IPv6', () => {
    const random = randoms(72)
    for (let n = 0; n < 256 * 24; n++) {
      const payload = bytes(random, 120)
      const header = n & 256 ? ip6(n & 255, payload.length / 2) : ip4(n & 255, payload.length / 2)
      runs[n % runs.length]!.check(frameOf(`${header} ${payload}`, 101))
    }
  })

  it('to every port of UDP and TCP', () => {
    const random = randoms(73)
    for (let port = 0; port < 0x10000; port++) {
      const payload = bytes(random, port < 1024 ? 160 : 60)
      const length = payload.length / 2
      const isFrom = random(2) === 0
      const ports = isFrom ? `${hex4(port)} 9c40` : `9c40 ${hex4(port)}`
      const run = runs[random(runs.length)]!
      run.check(frameOf(`${ip4(17, length + 8)} ${ports} ${hex4(length + 8)} 0000 ${payload}`, 101))
      run.check(frameOf(`${ip4(6, length + 20)} ${ports} 00000001 00000001 5018 03e8 0000 0000 ${payload}`, 101))
    }
  })

  it('to ports that have a printer, with each of -T', () => {
    const random = randoms(74)
    const ports = [...new Set(all.flatMap(({ frame: { b, linkType } }) => (linkType === 101 && (b[9] === 17 || b[9] === 6) ? [(b[22]! << 8) | b[23]!] : [])))]
    expect(ports.length).toBeGreaterThan(60)
    for (const run of [...runs, ...typed.values()]) {
      for (const port of ports) {
        for (const protocol of [6, 17]) {
          const payload = bytes(random, 200)
          const length = payload.length / 2
          const header = protocol === 17 ? `${hex4(length + 8)} 0000` : '00000001 00000001 5018 03e8 0000 0000'
          run.check(frameOf(`${ip4(protocol, length + (protocol === 17 ? 8 : 20))} 9c40 ${hex4(port)} ${header} ${payload}`, 101))
        }
      }
    }
  })

  it('of every service access point of LLC, protocol of SNAP and of PPP', () => {
    const random = randoms(75)
    for (let n = 0; n < 0x10000; n += 5) {
      const run = runs[random(runs.length)]!
      const payload = bytes(random, 80)
      run.check(frameOf(`020000000002 020000000001 ${hex4(payload.length / 2 + 3)} ${hex4(n)} 03 ${payload}`))
      const oui = ['000000', '0000f8', '00000c', '080007', '0080c2', '00e02b', '000b86'][random(7)]!
      run.check(frameOf(`020000000002 020000000001 ${hex4(payload.length / 2 + 8)} aaaa03 ${oui} ${hex4(n)} ${payload}`))
      run.check(frameOf(`ff03 ${hex4(n)} ${payload}`, 9))
    }
  })
})

describe('memory', () => {
  /** Bytes in use once all that can be is given back. */
  const used = (): number => {
    setFlagsFromString('--expose-gc')
    ;(runInNewContext('gc') as () => void)()
    return process.memoryUsage().heapUsed + process.memoryUsage().external
  }

  it('does not grow with what answers depend on: calls, exchanges, conversations', () => {
    const run = new Run({ verbose: 1 })
    const random = randoms(81)
    const word = (): string => random(2 ** 32).toString(16).padStart(8, '0')
    const datagram = (port: number, payload: string): Frame => {
      const length = payload.length / 2
      return frameOf(`4500 ${hex4(length + 28)} 0001 0000 40 11 0000 ${word()} ${word()} 9c40 ${hex4(port)} ${hex4(length + 8)} 0000 ${payload}`, 101)
    }
    const hex4 = (n: number): string => n.toString(16).padStart(4, '0')
    const all = (): void => {
      for (let n = 0; n < 20_000; n++) {
        // NFS null calls, Rx calls to AFS, ISAKMP exchanges: each seen once
        run.text(datagram(2049, `${word()} 00000000 00000002 000186a3 00000003 00000000 00000000 00000000 00000000 00000000`.replaceAll(' ', '')))
        run.text(datagram(7000, `${word()} ${word()} ${word()} 00000001 00000001 01 05 00 00 0000 0001 00000083`.replaceAll(' ', '')))
        run.text(datagram(500, `${word()}${word()} 0000000000000000 01 10 02 00 00000000 0000001c`.replaceAll(' ', '')))
      }
    }
    all()
    const before = used()
    all()
    all()
    expect(used() - before).toBeLessThan(8 << 20)
  })
})
