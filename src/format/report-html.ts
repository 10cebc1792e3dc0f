/**
 * The page of `sockscope report`: one file that loads nothing. Everything from a capture passes through escapeXml; the page's own style and script are named by
 * their hashes in its Content-Security-Policy, so that nothing else could run.
 */
import { createHash } from 'node:crypto'
import type { Row, SideState } from '../analysis/ladder.js'
import type { FlowSeries } from '../analysis/series.js'
import type { Summary } from '../analysis/summary.js'
import { CHART_KINDS, chartOf, type ChartKind } from './charts.js'
import { chartSvg } from './chart-svg.js'
import { FLOW_COLUMNS, endpointText, verdictColor, type FlowColumn, type FlowContext } from './flows-columns.js'
import { ladderSvg } from './ladder-svg.js'
import { REPORT_SCRIPT, REPORT_STYLE } from './report-assets.js'
import { SVG_STYLE, escapeXml } from './svg.js'

/** A connection that is drawn. */
export interface DrawnFlow {
  readonly summary: Summary
  readonly series: FlowSeries
  readonly rows: readonly Row[]
  readonly before: readonly [SideState, SideState]
  /** Rows that were left out of the ladder. */
  readonly more: number
  /** The first bytes of data of each side, if they are text; '' where not. From strangers. */
  readonly opens: readonly [string, string]
}

export interface Report {
  /** Names of the captures, any text. */
  readonly files: readonly string[]
  readonly facts: ReadonlyArray<readonly [name: string, value: string]>
  readonly context: FlowContext
  /** Rows of the table, in order. */
  readonly flows: Iterable<Summary>
  readonly flowCount: number
  readonly drawn: readonly DrawnFlow[]
}

/** What the table has; all of `flows` is in its JSON. */
const COLUMNS: readonly string[] = [
  'connection', 'protocol', 'originator', 'responder', 'verdict', 'evidence', 'duration', 'bytes-out', 'bytes-in', 'goodput-out', 'goodput-in', 'handshake', 'rtt-avg', 'rtt-max', 'loss', 'retransmissions', 'states', 'conn-state', 'start',
]

/** The page, in pieces: it may be long. */
export function* reportHtml(report: Report): Generator<string> {
  const columns = COLUMNS.map((name) => FLOW_COLUMNS.find((column) => column.name === name)!)
  const style = REPORT_STYLE + SVG_STYLE
  const title = `sockscope: ${report.files.join(', ')}`
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${hash(style)}'; script-src '${hash(REPORT_SCRIPT)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeXml(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escapeXml(report.files.join(', '))}</h1>
<dl class="facts">${report.facts.map(([name, value]) => `<div><dt>${escapeXml(name)}</dt><dd>${escapeXml(value)}</dd></div>`).join('')}</dl>
<h2>Connections, worst first</h2>
<p><label>Search <input id="search" type="search" placeholder="address, port, verdict …"></label> <span id="shown"></span></p>
<div class="scroll"><table id="flows"><thead><tr>${columns.map((column) => `<th scope="col"${column.right ? ' class="right"' : ''}><button type="button">${escapeXml(column.head)}</button></th>`).join('')}</tr></thead>
<tbody>
`
  const drawn = new Set(report.drawn.map(({ summary }) => summary.connection))
  let rows = 0
  for (const summary of report.flows) {
    rows++
    yield `${tableRow(summary, columns, report.context, drawn)}\n`
  }
  yield `</tbody></table></div>\n${rows < report.flowCount ? `<p class="dim">The ${rows} worst of ${report.flowCount}; sockscope flows has them all.</p>\n` : ''}`
  for (const flow of report.drawn) yield* flowSection(flow)
  yield `<script>${REPORT_SCRIPT}</script>\n</body>\n</html>\n`
}

const hash = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`

function tableRow(summary: Summary, columns: readonly FlowColumn[], context: FlowContext, drawn: ReadonlySet<number>): string {
  const cells = columns.map((column) => {
    const text = escapeXml(column.text(summary, context))
    const shown = column.name === 'connection' && drawn.has(summary.connection) ? `<a href="#flow-${summary.connection}">${text}</a>` : text
    const color = column.name === 'verdict' ? verdictColor(summary) : undefined
    const cls = [column.right ? 'right' : '', color === undefined ? '' : `c-${color}`].filter((one) => one !== '').join(' ')
    return `<td${cls === '' ? '' : ` class="${cls}"`} data-v="${escapeXml(String(column.value(summary, context)))}">${shown}</td>`
  })
  return `<tr>${cells.join('')}</tr>`
}

function* flowSection({ summary, series, rows, before, more, opens }: DrawnFlow): Generator<string> {
  const ends = [endpointText(summary.originator, summary.protocol), endpointText(summary.responder, summary.protocol)] as const
  const side = series.directions[1].bytes > series.directions[0].bytes ? 1 : 0
  yield `<section id="flow-${summary.connection}"><h2>Connection ${summary.connection}: ${escapeXml(`${ends[0]} and ${ends[1]}`)}</h2>
<p class="c-${verdictColor(summary) ?? 'gray'}">${escapeXml(summary.verdict.text)}${summary.verdict.evidence.length > 0 ? ` (packets ${summary.verdict.evidence.join(', ')})` : ''}</p>
`
  for (const from of [0, 1] as const) if (opens[from] !== '') yield `<p class="opens">${escapeXml(ends[from])} opens with <code>${escapeXml(opens[from])}</code></p>\n`
  yield '<div class="charts">'
  for (const kind of Object.keys(CHART_KINDS) as ChartKind[]) {
    const chart = chartOf(kind, series, side, ends[side], ends[1 - side]!)
    if (chart.layers.length > 0) yield `<figure>${chartSvg(chart, false)}</figure>\n`
  }
  yield `</div><details><summary>Ladder diagram</summary><figure>${ladderSvg(rows, ends[0], ends[1], before, false)}</figure>${more > 0 ? `<p class="dim">${more} more rows; sockscope ladder draws them.</p>` : ''}</details></section>\n`
}
