/** Pictures of one connection: what is drawn is what the segments say, in bounds, as SVG and in characters. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FlowSeries } from '../../src/analysis/series.js'
import type { Segment } from '../../src/analysis/segment.js'
import { chartBraille } from '../../src/format/chart-braille.js'
import { chartSvg } from '../../src/format/chart-svg.js'
import { CHART_KINDS, chartOf, type ChartKind } from '../../src/format/charts.js'
import { segmentOf, type Fields } from '../analysis/segments.js'
import { sockscope } from '../run.js'

const fixture = (name: string): string => `test/fixtures/pcap/${name}.pcap`
const KINDS = Object.keys(CHART_KINDS) as ChartKind[]

let dir = ''
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'sockscope-'))
})
afterAll(() => rmSync(dir, { recursive: true }))

/** A segment of data of the originator's. */
function data(i: number, seq: number, length: number, findings = 0, more: Fields = {}): Segment {
  return segmentOf({ PACKET: i + 1, TIME: i * 1e6, SEQUENCE: seq | 0, INITIAL: 0, LENGTH: length, FLAGS: 0x18, PROTOCOL: 6, FINDINGS: findings, ...more })
}

describe('series', () => {
  it('do not wrap where sequence numbers do', () => {
    const flow = new FlowSeries()
    for (let i = 0; i < 10; i++) flow.take(data(i, 1 + i * 0x3000_0000, 1000))
    const { sent } = flow.directions[0]
    expect(sent.all.map(({ value }) => value)).toEqual(Array.from({ length: 10 }, (_, i) => 1 + i * 0x3000_0000))
  })

  it('stay bounded, keep what was lost, and lose no byte of the sums', () => {
    const flow = new FlowSeries()
    const many = 50_000
    for (let i = 0; i < many; i++) flow.take(data(i, i * 10, 10, i % 1000 === 7 ? 1 : 0))
    const [out] = flow.directions
    expect(out.sent.all.length).toBeLessThanOrEqual(4000)
    expect(out.sent.isThinned).toBe(true)
    expect(out.sent.all.filter(({ kind }) => kind === 'retransmission')).toHaveLength(50)
    const rates = out.throughput.rates(flow.duration)
    expect(rates.length).toBeLessThanOrEqual(241)
    // bins that grew wider end where they ended before
    expect(rates.at(-2)!.time).toBeLessThanOrEqual(flow.duration)
    expect(rates.at(-1)).toEqual({ time: flow.duration, value: 0 })
    expect(Math.round(rates.reduce((sum, { value }) => sum + value * (out.throughput.width / 1e9), 0))).toBe(many * 10)
  })
})

describe('charts', () => {
  it('stay inside their frame, whatever is drawn', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(100), fc.nat(0xffffffff), fc.nat(3000)), { minLength: 1, maxLength: 50 }), fc.constantFrom(...KINDS), (given, kind) => {
        const flow = new FlowSeries()
        let time = 0
        given.forEach(([gap, seq, length], i) => flow.take(data(i, seq, length, 0, { TIME: (time += gap * 1e6), FLAGS: 0x10, WINDOW: length * 7, RTT: gap * 1e5, IN_FLIGHT: length })))
        const chart = chartOf(kind, flow, 0, 'a', 'b')
        for (const [, value] of chartSvg(chart).matchAll(/(?:cx|cy|x1|y1|x2|y2)="(-?[\d.]+)"/g)) expect(Number(value) >= 0 && Number(value) <= 1200).toBe(true)
        for (const [, x, y] of chartSvg(chart).matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)) expect([Number(x) >= 92 && Number(x) <= 844, Number(y) >= 33 && Number(y) <= 354]).toEqual([true, true])
        const lines = chartBraille(chart, { width: 80, height: 10, paint: (_color, text) => text })
        expect(lines.length).toBeGreaterThanOrEqual(13)
        for (const line of lines.slice(1)) expect(Array.from(line).length).toBeLessThanOrEqual(80)
      }),
    )
  })

  it.each(KINDS)('%s has axes, a legend, and escapes names', (kind) => {
    const flow = new FlowSeries()
    for (let i = 0; i < 5; i++) {
      flow.take(data(i * 2, 1 + i * 100, 100, i === 3 ? 1 : 0))
      flow.take(data(i * 2 + 1, 1, 0, 0, { DIRECTION: 1, FLAGS: 0x10, ACKNOWLEDGMENT: 101 + i * 100, WINDOW: 5000, RTT: 1e6 }))
    }
    for (const one of [3, 4]) flow.take(data(20 + one, 600, 10, 0, { IN_FLIGHT: 10 }))
    const svg = chartSvg(chartOf(kind, flow, 0, '<script>alert(1)</script>', '"\u001b'))
    expect(svg).not.toContain('<script')
    expect(svg).toContain('&#60;script&#62;')
    expect(svg).toContain('seconds since the first packet')
    expect(svg).toMatch(/class="[sf]\d"/)
  })
})

describe('the command', () => {
  it.each(KINDS)('%s as SVG and in characters', (kind) => {
    const file = join(dir, `${kind}.svg`)
    const svg = sockscope(['plot', kind, fixture('tcp-retransmission'), '-o', file])
    expect([svg.status, svg.stderr]).toEqual([0, ''])
    expect(readFileSync(file, 'utf8')).toMatch(/^<svg .*<title>10\.0\.0\.1:43665 → 10\.0\.0\.2:7777/s)
    const { status, stdout } = sockscope(['plot', kind, fixture('tcp-retransmission'), '--braille', '--from', 'originator'])
    expect(status).toBe(0)
    expect(stdout.toString()).toMatch(/[\u2801-\u28ff]/u)
  })

  it('marks the retransmissions', () => {
    expect(sockscope(['plot', 'sequence', fixture('tcp-retransmission')]).stdout.toString()).toContain('┃ retransmission')
  })

  it.each([
    [['nosuch', fixture('http')], 2, /nosuch: not a kind of picture/],
    [[], 2, /no kind of picture given/],
    [['rtt'], 2, /no capture named/],
    [['rtt', fixture('arp')], 1, /no TCP connection/],
    [['rtt', fixture('http'), '--flow', '77'], 1, /TCP connection 77/],
    [['rtt', fixture('http'), '--from', 'me'], 2, /--from me/],
    [['rtt', fixture('http'), '-o', '/nosuch/x.svg'], 1, /-o \/nosuch\/x\.svg: /],
  ])('%j', (args, status, message) => {
    const ran = sockscope(['plot', ...args])
    expect(ran.status).toBe(status)
    expect(ran.stderr).toMatch(message)
    expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1)
  })
})
