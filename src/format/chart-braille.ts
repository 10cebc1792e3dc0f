/** Charts on a terminal: eight dots a character (Unicode's Braille patterns), with axes and a legend. */
import type { Chart, Layer } from './charts.js'
import { valueText } from './chart-svg.js'

/** Bits of the dots of one character, by column (0, 1) and row (0 to 3): Unicode 15, block 2800. */
const DOTS: ReadonlyArray<readonly number[]> = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]

/** ANSI colours of the chart's colours, in the order of SVG_STYLE: blue, red, green, yellow, magenta. */
const COLORS = ['blue', 'red', 'green', 'yellow', 'magenta'] as const
export type ChartColor = (typeof COLORS)[number]

export interface BrailleStyle {
  readonly width: number
  readonly height: number
  readonly paint: (color: ChartColor, text: string) => string
}

/** Columns left of the drawing: the labels of the values. */
const LABELS = 11

/** Marks of the legend: the kinds of layer can be told apart without colours too. */
const MARKS: Readonly<Record<Layer['kind'], string>> = { strokes: '┃', line: '─', steps: '─', dots: '●', crosses: '×' }

/** The chart as lines of text. */
export function chartBraille(chart: Chart, style: BrailleStyle): string[] {
  const columns = Math.max(style.width - LABELS - 1, 10)
  const rows = Math.max(style.height, 4)
  const canvas = new Canvas(columns, rows)
  for (const layer of chart.layers) draw(canvas, layer, chart)
  const lines = [chart.title]
  for (let row = 0; row < rows; row++) {
    const isLabelled = row === 0 || row === rows - 1 || row === Math.floor(rows / 2)
    const label = isLabelled ? valueText(chart, (chart.top * (rows - 1 - row)) / (rows - 1)) : ''
    lines.push(`${label.padStart(LABELS - 1)} ${isLabelled ? '┤' : '│'}${canvas.line(row, style.paint)}`.trimEnd())
  }
  const end = `${chart.duration >= 1 ? chart.duration.toFixed(3) : chart.duration.toPrecision(3)} s`
  lines.push(`${' '.repeat(LABELS)}└${'─'.repeat(columns)}`, `${' '.repeat(LABELS + 1)}0${end.padStart(columns - 1)}`)
  let used = Infinity
  for (const { name, color, kind } of chart.layers) {
    const isNew = used + name.length + 4 > columns
    if (isNew) lines.push(' '.repeat(LABELS - 1))
    used = isNew ? name.length + 4 : used + name.length + 4
    lines[lines.length - 1] += `  ${style.paint(COLORS[color]!, MARKS[kind])} ${name}`
  }
  return lines
}

class Canvas {
  readonly columns: number
  readonly rows: number
  readonly #bits: Uint8Array
  readonly #colors: Uint8Array

  constructor(columns: number, rows: number) {
    this.columns = columns
    this.rows = rows
    this.#bits = new Uint8Array(columns * rows)
    this.#colors = new Uint8Array(columns * rows)
  }

  /** Sets the dot at `x`, `y` (0 at the bottom); what is outside is left out. The last colour of a character counts. */
  set(x: number, y: number, color: number): void {
    const column = x >> 1
    const row = this.rows - 1 - (y >> 2)
    if (column < 0 || column >= this.columns || row < 0 || row >= this.rows) return
    const at = row * this.columns + column
    this.#bits[at]! |= DOTS[x & 1]![3 - (y & 3)]!
    this.#colors[at] = color
  }

  line(row: number, paint: BrailleStyle['paint']): string {
    let text = ''
    for (let column = 0; column < this.columns; column++) {
      const at = row * this.columns + column
      const bits = this.#bits[at]!
      text += bits === 0 ? ' ' : paint(COLORS[this.#colors[at]!]!, String.fromCodePoint(0x2800 + bits))
    }
    return text.trimEnd()
  }
}

function draw(canvas: Canvas, layer: Layer, chart: Chart): void {
  const x = (time: number): number => Math.round((time / chart.duration) * (canvas.columns * 2 - 1))
  const y = (value: number): number => Math.round((value / chart.top) * (canvas.rows * 4 - 1))
  if (layer.kind === 'strokes') {
    for (const { time, value, end } of layer.points) for (let at = y(value), last = Math.min(y(end), canvas.rows * 4); at <= last; at++) canvas.set(x(time), at, layer.color)
    return
  }
  let before: { readonly x: number; readonly y: number } | undefined
  for (const { time, value } of layer.points) {
    const here = { x: x(time), y: y(value) }
    if (before !== undefined && (layer.kind === 'line' || layer.kind === 'steps')) join(canvas, before, here, layer.kind === 'steps', layer.color)
    canvas.set(here.x, here.y, layer.color)
    before = here
  }
}

/** Dots between two points: straight, or level and then up or down. */
function join(canvas: Canvas, from: { readonly x: number; readonly y: number }, to: { readonly x: number; readonly y: number }, steps: boolean, color: number): void {
  const width = Math.max(to.x - from.x, 0)
  for (let i = 0; i <= width; i++) canvas.set(from.x + i, steps ? from.y : Math.round(from.y + ((to.y - from.y) * i) / Math.max(width, 1)), color)
  if (steps || width === 0) for (let at = Math.min(from.y, to.y); at <= Math.max(from.y, to.y); at++) canvas.set(to.x, at, color)
}
