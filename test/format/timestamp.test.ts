import { describe, expect, it } from 'vitest'
import { LineWriter } from '../../src/format/line.js'
import { systemTimeZone } from '../../src/format/time-zone.js'
import { Timestamps } from '../../src/format/timestamp.js'

/** The times as tcpdump 4.99.3 prints them one after the other. */
function times(time: number, moments: ReadonlyArray<readonly [seconds: number, micros: number]>, tz = 'GMT0', nano = false): string[] {
  const stamps = new Timestamps({ time, nano }, systemTimeZone({ TZ: tz }))
  let text = ''
  const out = new LineWriter((chunk) => { text += Buffer.from(chunk).toString('latin1') }, 0)
  for (const [seconds, micros] of moments) {
    stamps.write(out, seconds, micros * 1000)
    out.endLine()
  }
  out.flush()
  return text.split('\n').slice(0, -1)
}

describe('the forms', () => {
  it.each([
    { time: 0, moments: [[1, 5], [86399, 999999]], text: ['00:00:01.000005 ', '23:59:59.999999 '] },
    { time: 0, moments: [[2 ** 31, 0]], text: ['[Error converting time] '] },
    { time: 0, moments: [[10, 4294967295]], text: ['00:00:10.4294967295 '] },
    { time: 1, moments: [[1, 5]], text: [''] },
    { time: 2, moments: [[1, 5], [2 ** 31 - 1, 0], [2 ** 31, 0]], text: ['1.000005 ', '2147483647.000000 ', '[Error converting time] '] },
    { time: 3, moments: [[10, 5], [11, 4], [11, 3], [86411, 3]], text: [' 00:00:00.000000 ', ' 00:00:00.999999 ', '-00:00:00.000001 ', ' 00:00:00.000000 '] },
    { time: 3, moments: [[5, 2000000], [5, 100]], text: [' 00:00:00.000000 ', '-00:00:00.1999900 '] },
    { time: 0, moments: [[10, -2147483.648]], text: ['00:00:10.4292819813 '] },
    { time: 3, moments: [[10, 1], [10, -1500]], text: [' 00:00:00.000000 ', '-00:00:00.001501 '] },
    { time: 3, moments: [[0, 0], [0, 5], [0, 0]], text: [' 00:00:00.000000 ', ' 00:00:00.000000 ', '-00:00:00.000005 '] },
    { time: 3, moments: [[2 ** 31 - 1, 0], [2 ** 31, 0]], text: [' 00:00:00.000000 ', '-[Error converting time] '] },
    { time: 4, moments: [[951782400, 0]], text: ['2000-02-29 00:00:00.000000 '] },
    { time: 5, moments: [[10, 5], [11, 4], [10, 3]], text: [' 00:00:00.000000 ', ' 00:00:00.999999 ', '-00:00:00.000002 '] },
  ] as const)('$time of $moments', ({ time, moments, text }) => expect(times(time, moments)).toEqual(text))

  it('subtracts what is no fraction of a second in more than 32 bits', () => {
    expect(times(3, [[10, 1000000], [10, 2147483647]], 'GMT0', true)).toEqual([' 00:00:00.000000000 ', ' 00:00:00.3294966296 '])
  })

  it('has nine digits with --nano', () => expect(times(0, [[1, 5]], 'GMT0', true)).toEqual(['00:00:01.000005000 ']))
})

// rules, whose names are nowhere in /usr/share/zoneinfo
describe('the time zone', () => {
  it.each([
    { tz: 'UTC-3', seconds: 0, text: '1970-01-01 03:00:00' },
    { tz: 'EST5EDT4,M3.2.0,M11.1.0', seconds: 1583650799, text: '2020-03-08 01:59:59' },
    { tz: 'EST5EDT4,M3.2.0,M11.1.0', seconds: 1583650800, text: '2020-03-08 03:00:00' },
    { tz: 'NZST-12NZDT,M9.5.0,M4.1.0/3', seconds: 0, text: '1970-01-01 13:00:00' },
    { tz: '<+0330>-3:30', seconds: 0, text: '1970-01-01 03:30:00' },
    { tz: 'AAA24:59:59', seconds: 0, text: '1969-12-30 23:00:01' },
    { tz: 'XXX-167', seconds: 0, text: '1970-01-02 00:00:00' },
    { tz: 'EST5EDT,J60,J300', seconds: 1583038800, text: '2020-03-01 00:00:00' },
    { tz: '', seconds: 0, text: '1970-01-01 00:00:00' },
    { tz: 'foo', seconds: 0, text: '1970-01-01 00:00:00' },
  ])('$tz at $seconds', ({ tz, seconds, text }) => expect(times(4, [[seconds, 0]], tz)).toEqual([`${text}.000000 `]))
})
