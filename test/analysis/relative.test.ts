/** The table behind relative numbers under captures made to wear it out. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { RelativeNumbers } from '../../src/analysis/relative.js'

/** Conversations that are kept whatever comes (docs/output.md). */
const KEPT = 1_000_000

/** Addresses of IPv4 (1 word) or IPv6 (4 words): of conversation `n`, spread over all their bits, and one that all share. */
function addresses(words: 1 | 4): { readonly b: Uint8Array; readonly of: (n: number) => void } {
  const view = new DataView(new ArrayBuffer(words * 8))
  return { b: new Uint8Array(view.buffer), of: (n) => view.setUint32(words * 4 - 4, Math.imul(n, 2_654_435_761)) }
}

describe.each([1, 4] as const)('addresses of %i words', (words) => {
  const { b, of } = addresses(words)
  /** A segment of conversation `n`, all on one pair of ports; what it prints as its sequence number. */
  const segment = (numbers: RelativeNumbers, n: number, sequence: number): number => {
    of(n)
    numbers.look(b, 0, words * 4, 1000, 80, sequence, 1, false)
    return numbers.seq
  }

  it('a million live conversations on one pair of ports keep their numbers', () => {
    const numbers = new RelativeNumbers(words)
    for (let n = 0; n < KEPT; n++) expectSame(segment(numbers, n, n + 5), n + 5)
    for (let n = 0; n < KEPT; n++) expectSame(segment(numbers, n, n + 12), 7)
  })

  it('of three million those unseen for longest go first, in time that grows with their number, in bounded memory', () => {
    const numbers = new RelativeNumbers(words)
    const took: number[] = []
    const memory: number[] = []
    for (let million = 0; million < 3; million++) {
      const began = process.cpuUsage().user
      for (let n = million * KEPT; n < (million + 1) * KEPT; n++) {
        segment(numbers, n, n)
        // one conversation goes on all the while
        if (n % 1000 === 0) segment(numbers, 0, n)
      }
      took.push(process.cpuUsage().user - began)
      memory.push(used())
    }
    expectSame(segment(numbers, 0, 42), 42)
    for (let n = 2 * KEPT; n < 3 * KEPT; n += 999) expectSame(segment(numbers, n, n + 3), 3)
    expectSame(segment(numbers, 1, 77), 77)
    expect(took[2]!).toBeLessThan(took[0]! * 5 + 1e6)
    expect(memory[2]! - memory[1]!).toBeLessThan(64 << 20)
  })
})

/** `expect` a million times takes seconds. */
function expectSame(found: number, expected: number): void {
  if (found !== expected) expect(found).toBe(expected)
}

/** Bytes in use once all that can be is given back. */
function used(): number {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
