/** Charts as SVG, drawn with d3's scales and shapes; styled by the classes of SVG_STYLE. */
import { scaleLinear, type ScaleLinear } from 'd3-scale'
import { curveStepAfter, line } from 'd3-shape'
import type { Point } from '../analysis/series.js'
import type { Chart, Layer } from './charts.js'
import { bytesText, spanText } from '../quantity.js'
import { SVG_STYLE, escapeXml } from './svg.js'

const WIDTH = 860
const HEIGHT = 420
const MARGIN = { top: 34, right: 16, bottom: 66, left: 92 }

/** Of so few points each is drawn larger. */
const FEW = 200

type Scale = ScaleLinear<number, number>

/** A picture by itself; inside a page that has the style, `styled` is false. */
export function chartSvg(chart: Chart, styled = true): string {
  const x = scaleLinear().domain([0, chart.duration]).range([MARGIN.left, WIDTH - MARGIN.right])
  const y = scaleLinear().domain([0, chart.top]).nice(5).range([HEIGHT - MARGIN.bottom, MARGIN.top])
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" font-family="ui-monospace, monospace" font-size="12">
<title>${escapeXml(chart.title)}</title>
${styled ? `<style>${SVG_STYLE}</style>` : ''}
<rect class="page" width="${WIDTH}" height="${HEIGHT}"/>
<text class="head" x="${MARGIN.left}" y="20">${escapeXml(chart.title)}</text>
${axes(chart, x, y)}
${chart.layers.map((layer) => layerSvg(layer, x, y)).join('\n')}
${legend(chart)}
</svg>
`
}

function axes(chart: Chart, x: Scale, y: Scale): string {
  const bottom = HEIGHT - MARGIN.bottom
  const parts: string[] = []
  for (const tick of y.ticks(5)) {
    const at = round(y(tick))
    parts.push(`<line class="grid" x1="${MARGIN.left}" y1="${at}" x2="${WIDTH - MARGIN.right}" y2="${at}"/><text class="dim" x="${MARGIN.left - 8}" y="${at + 4}" text-anchor="end">${valueText(chart, tick)}</text>`)
  }
  const format = x.tickFormat(8)
  for (const tick of x.ticks(8)) {
    const at = round(x(tick))
    parts.push(`<line class="axis" x1="${at}" y1="${bottom}" x2="${at}" y2="${bottom + 4}"/><text class="dim" x="${at}" y="${bottom + 18}" text-anchor="middle">${format(tick)}</text>`)
  }
  parts.push(`<line class="axis" x1="${MARGIN.left}" y1="${bottom}" x2="${WIDTH - MARGIN.right}" y2="${bottom}"/><line class="axis" x1="${MARGIN.left}" y1="${MARGIN.top}" x2="${MARGIN.left}" y2="${bottom}"/>`)
  parts.push(`<text class="dim" x="${WIDTH - MARGIN.right}" y="${bottom + 34}" text-anchor="end">seconds since the first packet</text>`)
  parts.push(`<text class="dim" transform="translate(14 ${(MARGIN.top + bottom) / 2}) rotate(-90)" text-anchor="middle">${escapeXml(chart.yLabel)}</text>`)
  return parts.join('')
}

/** A value with its unit, for people. */
export function valueText(chart: Pick<Chart, 'unit'>, value: number): string {
  if (chart.unit === 'seconds') return value === 0 ? '0' : spanText(value * 1e9, true)
  return value === 0 ? '0' : `${bytesText(Math.round(value))}${chart.unit === 'bytes/s' ? '/s' : ''}`
}

/** Tenths of a pixel are enough. */
const round = (value: number): number => Math.round(value * 10) / 10

function layerSvg(layer: Layer, x: Scale, y: Scale): string {
  const cls = `s${layer.color}`
  switch (layer.kind) {
    case 'line':
    case 'steps': {
      const path = line<Point>((p) => x(p.time), (p) => y(p.value)).digits(1)
      if (layer.kind === 'steps') path.curve(curveStepAfter)
      return `<path class="${cls}" d="${path(layer.points as Point[]) ?? ''}"/>`
    }
    case 'dots':
      return `<g class="f${layer.color}">${layer.points.map((p) => `<circle cx="${round(x(p.time))}" cy="${round(y(p.value))}" r="${layer.points.length < FEW ? 3 : 2}"/>`).join('')}</g>`
    case 'crosses':
      return `<path class="${cls}" d="${layer.points.map((p) => `M${round(x(p.time)) - 3} ${round(y(p.value)) - 3}l6 6m0 -6l-6 6`).join('')}"/>`
    case 'strokes':
      // A stroke too short to be seen is a pixel and a half.
      return `<path class="${cls}" stroke-width="2" d="${layer.points
        .map((p) => {
          const low = round(y(p.value))
          return `M${round(x(p.time))} ${low}V${Math.min(round(y(p.end)), low - 1.5)}`
        })
        .join('')}"/>`
  }
}

function legend(chart: Chart): string {
  let at = MARGIN.left
  const parts: string[] = []
  for (const layer of chart.layers) {
    const isFilled = layer.kind === 'dots'
    const y = HEIGHT - 14
    parts.push(
      isFilled ? `<circle class="f${layer.color}" cx="${at + 8}" cy="${y - 4}" r="3"/>` : `<line class="s${layer.color}" stroke-width="${layer.kind === 'strokes' ? 4 : 1.5}" x1="${at}" y1="${y - 4}" x2="${at + 16}" y2="${y - 4}"/>`,
      `<text x="${at + 22}" y="${y}">${escapeXml(layer.name)}</text>`,
    )
    at += 36 + layer.name.length * 7.3
  }
  return parts.join('')
}
