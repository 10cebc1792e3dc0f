/** Spans of time and amounts of bytes for people. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesText, span, spanText } from '../src/quantity.js'

describe('spanText', () => {
  it.each([
    [0, '0us'], [1, '1ns'], [350, '350ns'], [999.6, '1us'], [35_000, '35us'], [1_200_000, '1.2ms'], [40_400_000, '40.4ms'], [203_000_000, '203ms'], [999_600_000, '1s'], [2.5e9, '2.5s'], [59.9e9, '59.9s'], [192e9, '3.2min'],
    [3.6e12, '1h'], [9.5e16, '1100d'],
  ])('%d → %s', (nanoseconds, text) => expect(spanText(nanoseconds, false)).toBe(text))

  it('in a sentence has a blank, and the Greek letter', () => {
    expect([span(62_000), span(1.52e9), span(0)]).toEqual(['62 µs', '1.52 s', '0 µs'])
  })
})

it.each([
  [0, '0 B'], [32, '32 B'], [999.4, '999 B'], [999.6, '1 kB'], [1000, '1 kB'], [1450, '1.45 kB'], [12_345, '12.3 kB'], [207_400, '207 kB'], [999_600, '1 MB'], [35e6, '35 MB'], [1.2e9, '1.2 GB'], [5e15, '5000 TB'],
])('bytesText: %d → %s', (bytes, text) => expect(bytesText(bytes)).toBe(text))

it('never says a thousand of a unit that has a next one, nor more than three digits of it', () => {
  fc.assert(fc.property(fc.double({ min: 1, max: 9e14, noNaN: true }), (value) => {
    expect(bytesText(value)).toMatch(/^(?:\d{1,3}|\d{1,2}\.\d|\d\.\d{1,2}) (?:B|kB|MB|GB|TB)$/)
    expect(spanText(value, false)).toMatch(/^(?:\d{1,3}|\d{1,2}\.\d|\d\.\d{1,2})(?:ns|us|ms|s|min|h|d)$/)
  }))
})
