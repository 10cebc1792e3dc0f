/** Every printer over damaged packets: nothing is thrown, nothing hangs, no control byte comes out, and the next packet prints as if alone. */
import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Frame } from '../../src/frame.js'
import type { PrintOptions } from '../../src/format/options.js'
import { cut, fixtureFrames, fixtureNames } from '../decode/frames.js'
import { jsonOf, textOf } from '../format/printing.js'

const OPTION_SETS: readonly Partial<PrintOptions>[] = [{}, { verbose: 3, link: true }, { quiet: 1, verbose: 1 }, { verbose: 2, type: 'domain' }, { dump: 'XX' }, { style: 'classic', verbose: 1 }]
/** Damaged copies made of each frame, for each set of options. */
const COPIES = 6
/** A damaged packet may not take longer, milliseconds; a hundredth is usual. */
const PATIENCE = 1000

/** The same damage each run. */
function damager(seed: number): (frame: Frame) => Frame {
  let state = seed
  const random = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  return (frame) => {
    const b = frame.b.slice(frame.at, frame.end)
    for (let n = random(4); n >= 0 && b.length > 0; n--) {
      const at = random(b.length)
      b[at] = [0, 1, 0x7f, 0xff, b[at]! ^ (1 << random(8)), random(256)][random(6)]!
    }
    const whole: Frame = { ...frame, b, at: 0, end: b.length, wireLength: random(3) === 0 ? random(70000) : frame.wireLength }
    return random(3) === 0 ? cut(whole, random(b.length + 1)) : whole
  }
}

/** What must not reach a terminal: anything but printable ASCII, newline and tab. */
// oxlint-disable-next-line no-control-regex -- control bytes are what this looks for
const RAW = /[^\n\t\x20-\x7e]/

let frames: Frame[] = []
beforeAll(async () => (frames = (await Promise.all(fixtureNames.map(fixtureFrames))).flat()))

describe('damaged packets of every fixture', () => {
  it.each(OPTION_SETS)('%o', (options) => {
    const damage = damager(61)
    for (const frame of frames) {
      for (let n = 0; n < COPIES; n++) {
        const damaged = damage(frame)
        const began = performance.now()
        const [text] = textOf([damaged], options)
        expect(performance.now() - began).toBeLessThan(PATIENCE)
        const found = RAW.exec(text!)
        if (found !== null) expect.fail(`0x${found[0].charCodeAt(0).toString(16)} in ${JSON.stringify(text)} of ${Buffer.from(damaged.b.subarray(damaged.at, damaged.end)).toString('hex')}`)
      }
    }
  })

  it('as JSON', () => {
    const damage = damager(62)
    for (const frame of frames) expect(() => JSON.parse(jsonOf([damage(frame)])[0]!) as unknown).not.toThrow()
  })

  it('leave the next packet as it is alone', () => {
    const damage = damager(63)
    const options = { verbose: 1, absolute: true } as const
    for (const frame of frames.slice(0, 600)) expect(textOf([damage(frame), frame], options)[1]).toBe(textOf([frame], options)[0])
  })
})

describe('any bytes', () => {
  it.each([0, 1, 9, 12, 50, 101, 104, 105, 108, 113, 127, 228, 229, 239, 276])('of link type %i', (linkType) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(70000), (b, more) => {
        const frame: Frame = { b, at: 0, end: b.length, wireLength: b.length + (more % 3 === 0 ? more : 0), seconds: 0, nanos: 0, linkType, interfaceId: 0 }
        for (const options of OPTION_SETS) expect(textOf([frame], options)[0]).not.toMatch(RAW)
        JSON.parse(jsonOf([frame])[0]!)
      }),
      { numRuns: 150 },
    )
  })
})
