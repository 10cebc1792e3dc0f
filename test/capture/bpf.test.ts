import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { translate, type Instruction } from '../../src/capture/bpf.js'
import { UserError } from '../../src/errors.js'

const program = (...rows: readonly (readonly [code: number, jt: number, jf: number, k: number])[]): Instruction[] => rows.map(([code, jt, jf, k]) => ({ code, jt, jf, k }))
const run = (rows: Instruction[], bytes: number[], wireLength = bytes.length): number => translate(rows)(Uint8Array.from(bytes), 0, bytes.length, wireLength)

describe('programs', () => {
  it.each([
    { why: 'a byte that matches', bytes: [0, 7], rows: program([0x30, 0, 0, 1], [0x15, 0, 1, 7], [6, 0, 0, 9], [6, 0, 0, 0]), result: 9 },
    { why: 'one that does not', bytes: [0, 8], rows: program([0x30, 0, 0, 1], [0x15, 0, 1, 7], [6, 0, 0, 9], [6, 0, 0, 0]), result: 0 },
    { why: 'a load past the end', bytes: [0], rows: program([0x30, 0, 0, 1], [6, 0, 0, 9]), result: 0 },
    // ip[len - 21] of a frame of 20 bytes: 4294967295 + 14 must not become 13
    { why: 'an index that passes 32 bits', bytes: [...Array(20).keys()], rows: program([0x80, 0, 0, 0], [0x14, 0, 0, 21], [7, 0, 0, 0], [0x50, 0, 0, 14], [6, 0, 0, 9]), result: 0 },
    { why: 'both ways jump', bytes: [2], rows: program([0x30, 0, 0, 0], [0x15, 1, 2, 2], [6, 0, 0, 1], [6, 0, 0, 2], [6, 0, 0, 3]), result: 2 },
    // X = 0; A = b[X]; A == 5 ? keep : A == 0 ? drop : X++ and again
    {
      why: 'a loop, as protochain makes it',
      bytes: [1, 1, 1, 5],
      rows: program([1, 0, 0, 0], [0x50, 0, 0, 0], [0x15, 5, 0, 5], [0x15, 5, 0, 0], [0x87, 0, 0, 0], [4, 0, 0, 1], [7, 0, 0, 0], [5, 0, 0, 0xffff_fff9], [6, 0, 0, 4], [6, 0, 0, 0]),
      result: 4,
    },
    { why: 'a loop that never ends', bytes: [1], rows: program([0, 0, 0, 1], [5, 0, 0, 0xffff_fffe], [6, 0, 0, 1]), result: 0 },
  ])('$why → $result', ({ rows, bytes, result }) => expect(run(rows, bytes)).toBe(result))

  it.each([
    { why: 'no instruction', rows: program() },
    { why: 'a jump past the end', rows: program([5, 0, 0, 3], [6, 0, 0, 0]) },
    { why: 'a jump before the start', rows: program([5, 0, 0, 0xffff_ff00], [6, 0, 0, 0]) },
    { why: 'no return at the end', rows: program([0, 0, 0, 1]) },
    { why: 'memory that is not there', rows: program([2, 0, 0, 16], [6, 0, 0, 0]) },
    { why: 'a division by zero', rows: program([0x34, 0, 0, 0], [6, 0, 0, 0]) },
    { why: 'an unknown code', rows: program([0x3f, 0, 0, 0], [6, 0, 0, 0]) },
  ])('refuses $why', ({ rows }) => expect(() => translate(rows)).toThrow(UserError))

  it('any program is refused or runs, and ends', () => {
    const instruction = fc.record({ code: fc.nat(0xff), jt: fc.nat(6), jf: fc.nat(6), k: fc.oneof(fc.nat(20), fc.constantFrom(0xffff_ffff, 0xffff_fffe, 0x7fff_ffff)) })
    fc.assert(
      fc.property(fc.array(instruction, { minLength: 1, maxLength: 12 }), fc.uint8Array({ maxLength: 30 }), (rows, b) => {
        try {
          expect(translate(rows)(b, 0, b.length, b.length)).toBeGreaterThanOrEqual(0)
        } catch (error) {
          expect(error).toBeInstanceOf(UserError)
        }
      }),
      { numRuns: 3000 },
    )
  })
})
