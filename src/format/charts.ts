/** The pictures of one direction of a connection, as charts that chart-svg.ts and chart-braille.ts draw: what is shown, in which units, and what the legend says. */
import type { DirectionSeries, FlowSeries, Point, Sacked, Sent } from '../analysis/series.js'

/** A vertical stroke from one value to another at a time. */
interface Stroke {
  readonly time: number
  readonly value: number
  readonly end: number
}

/** What is drawn over the axes. `color`: number of a colour of SVG_STYLE; `name`: for the legend. */
export type Layer =
  | { readonly kind: 'line' | 'steps' | 'dots' | 'crosses'; readonly points: readonly Point[]; readonly color: number; readonly name: string }
  | { readonly kind: 'strokes'; readonly points: readonly Stroke[]; readonly color: number; readonly name: string }

/** Times are seconds since the connection's first packet. */
export interface Chart {
  readonly title: string
  readonly yLabel: string
  /** Unit that the values are shown in. */
  readonly unit: 'bytes' | 'bytes/s' | 'seconds'
  readonly layers: readonly Layer[]
  readonly duration: number
  /** Highest value of the axis; the lowest is 0. */
  readonly top: number
}

/** Names of the kinds, as the command line has them, with what each shows. */
export const CHART_KINDS = {
  sequence: 'time-sequence: each segment as a stroke, the ACK line under it, the window over it, retransmissions and SACK blocks marked',
  stevens: 'sequence numbers over time, a dot a segment',
  rtt: 'round-trip time samples',
  throughput: 'bytes a second, and those sent for the first time',
  window: 'bytes in flight against the window offered',
} as const
export type ChartKind = keyof typeof CHART_KINDS

/** The picture of `kind` for the bytes that one side (0 the originator) sent. `from`, `to`: its endpoints, any text. */
export function chartOf(kind: ChartKind, flow: FlowSeries, side: 0 | 1, from: string, to: string): Chart {
  const series = flow.directions[side]
  const layers = LAYERS[kind](series, flow.duration).filter(({ points }) => points.length > 0)
  const seconds = { ...META[kind], title: `${from} → ${to}: ${TITLES[kind]}`, layers, duration: Math.max(flow.duration / 1e9, 1e-6) }
  return { ...seconds, top: Math.max(...layers.map(highest), 1e-9) }
}

const TITLES: Readonly<Record<ChartKind, string>> = {
  sequence: 'time-sequence', stevens: 'sequence numbers', rtt: 'round-trip time', throughput: 'throughput', window: 'bytes in flight and window',
}

const META: Readonly<Record<ChartKind, Pick<Chart, 'yLabel' | 'unit'>>> = {
  sequence: { yLabel: 'relative sequence number', unit: 'bytes' },
  stevens: { yLabel: 'relative sequence number', unit: 'bytes' },
  rtt: { yLabel: 'round-trip time', unit: 'seconds' },
  throughput: { yLabel: 'bytes a second', unit: 'bytes/s' },
  window: { yLabel: 'bytes', unit: 'bytes' },
}

const LAYERS: Readonly<Record<ChartKind, (series: DirectionSeries, duration: number) => Layer[]>> = {
  sequence: (series) => {
    const sent = series.sent.all
    const top = Math.max(...sent.map(({ end }) => end), 1)
    return [
      { kind: 'steps', points: inSeconds(series.acked.all), color: 2, name: 'acknowledged' },
      // A window far beyond all data would leave the data a line at the bottom.
      { kind: 'steps', points: inSeconds(series.limit.all.filter(({ value }) => value <= top * 1.6)), color: 3, name: 'end of the window' },
      { kind: 'strokes', points: strokes(series.sacked.all), color: 4, name: 'SACK' },
      { kind: 'strokes', points: strokes(sent.filter(({ kind }) => kind === 'new')), color: 0, name: 'segment' },
      { kind: 'strokes', points: strokes(sent.filter(({ kind }) => kind === 'out_of_order')), color: 4, name: 'out of order' },
      { kind: 'strokes', points: strokes(sent.filter(({ kind }) => kind === 'retransmission')), color: 1, name: 'retransmission' },
      { kind: 'crosses', points: inSeconds(series.duplicates.all), color: 1, name: 'duplicate ACK' },
    ]
  },
  stevens: (series) => [
    { kind: 'dots', points: inSeconds(series.sent.all.filter(({ kind }) => kind === 'new')), color: 0, name: 'segment' },
    { kind: 'dots', points: inSeconds(series.sent.all.filter(({ kind }) => kind === 'out_of_order')), color: 4, name: 'out of order' },
    { kind: 'dots', points: inSeconds(series.sent.all.filter(({ kind }) => kind === 'retransmission')), color: 1, name: 'retransmission' },
  ],
  rtt: (series) => [{ kind: 'dots', points: series.rtt.all.map(({ time, value }) => ({ time: time / 1e9, value: value / 1e9 })), color: 0, name: 'sample' }],
  throughput: (series, duration) => [
    { kind: 'steps', points: inSeconds(series.throughput.rates(duration)), color: 3, name: 'sent' },
    { kind: 'steps', points: inSeconds(series.goodput.rates(duration)), color: 2, name: 'sent for the first time' },
  ],
  window: (series) => [
    { kind: 'steps', points: inSeconds(series.window.all), color: 3, name: 'window offered' },
    { kind: 'dots', points: inSeconds(series.inFlight.all), color: 0, name: 'in flight' },
  ],
}

const inSeconds = (points: readonly Point[]): Point[] => points.map(({ time, value }) => ({ time: time / 1e9, value: Math.max(value, 0) }))
/** Hostile numbers may lie below the first byte: what is there is not shown. */
const strokes = (points: ReadonlyArray<Sent | Sacked>): Stroke[] =>
  points.filter(({ end }) => end >= 0).map(({ time, value, end }) => ({ time: time / 1e9, value: Math.max(value, 0), end }))

function highest(layer: Layer): number {
  let top = 0
  if (layer.kind === 'strokes') for (const { end } of layer.points) top = Math.max(top, end)
  else for (const { value } of layer.points) top = Math.max(top, value)
  return top
}
