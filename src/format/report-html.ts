/**
 * The page of `sockscope report`: one file that loads nothing. Text from strangers (names, lines, comments) passes through `told`: controls and bidirectional overrides
 * become visible escapes, markup becomes text, what is long is cut, and letters of other directions do not reorder what stands beside them. The page's own style and
 * script are named by their hashes in its Content-Security-Policy, so that nothing else could run.
 */
import { createHash } from 'node:crypto'
import type { HostName, HostNames } from '../analysis/host-names.js'
import type { Row, SideState } from '../analysis/ladder.js'
import type { Opening } from '../analysis/opening.js'
import type { FlowSeries } from '../analysis/series.js'
import type { SideSummary, Summary } from '../analysis/summary.js'
import { escapeControls } from '../escape.js'
import { CHART_KINDS, chartOf, type ChartKind } from './charts.js'
import { chartSvg } from './chart-svg.js'
import { FLOW_COLUMNS, endpointText, verdictColor, type FlowColumn, type FlowContext } from './flows-columns.js'
import { ladderSvg } from './ladder-svg.js'
import { REPORT_SCRIPT, REPORT_STYLE } from './report-assets.js'
import { ipText } from './socket-address.js'
import { SVG_STYLE, escapeXml } from './svg.js'

/** A connection that is drawn. */
export interface DrawnFlow {
  readonly summary: Summary
  readonly series: FlowSeries
  readonly rows: readonly Row[]
  readonly before: readonly [SideState, SideState]
  /** Rows that were left out of the ladder. */
  readonly more: number
}

/** Something that a capture says of itself, or of a packet. From strangers. */
export interface ReportNote {
  /** `section 0`, `interface 1`, `packet 7`; behind the file's name where there are several. */
  readonly where: string
  /** Of a packet: its connection. */
  readonly connection: number | undefined
  readonly kind: string
  readonly text: string
}

export interface Report {
  /** Names of the captures, any text. */
  readonly files: readonly string[]
  readonly facts: ReadonlyArray<readonly [name: string, value: string]>
  readonly context: FlowContext
  /** Rows of the table, in order. */
  readonly flows: readonly Summary[]
  readonly flowCount: number
  readonly drawn: readonly DrawnFlow[]
  /** What TCP connections begin with, by connection. */
  readonly openings: ReadonlyMap<number, Opening>
  readonly names: HostNames
  readonly notes: readonly ReportNote[]
  /** Notes that were left out. */
  readonly moreNotes: number
}

/** What the table has; all of `flows` is in its JSON. */
const COLUMNS: readonly string[] = [
  'connection', 'protocol', 'originator', 'responder', 'verdict', 'evidence', 'duration', 'bytes-out', 'bytes-in', 'goodput-out', 'goodput-in', 'handshake', 'rtt-avg', 'rtt-max', 'loss', 'retransmissions', 'states', 'conn-state', 'start',
]
/** Letters of a stranger's text that are shown in a row, and where there is room. */
const SHORT = 200
/** Of a side's first line. */
const LINE = 120
const LONG = 2000
/** Addresses in the list of names. */
const MOST_HOSTS = 1000

/** Text from strangers inside an element: safe, isolated, and cut to `most` letters. Lines stay lines. */
function told(text: string, most: number): string {
  const cut = text.length > most ? `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…` : text
  return `<bdi>${escapeXml(cut.split('\n').map(escapeControls).join('\n'))}</bdi>`
}

/** The page, in pieces: it may be long. */
export function* reportHtml(report: Report): Generator<string> {
  const columns = columnsOf(report)
  const style = REPORT_STYLE + SVG_STYLE
  const files = report.files.join(', ')
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${hash(style)}'; script-src '${hash(REPORT_SCRIPT)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeXml(escapeControls(`sockscope: ${files}`))}</title>
<style>${style}</style>
</head>
<body>
<h1>${told(files, LONG)}</h1>
<dl class="facts">${report.facts.map(([name, value]) => `<div><dt>${escapeXml(name)}</dt><dd>${escapeXml(value)}</dd></div>`).join('')}</dl>
`
  const drawn = new Set(report.drawn.map(({ summary }) => summary.connection))
  yield* notesSection(report, drawn)
  yield `<h2>Connections, worst first</h2>
<p><label>Search <input id="search" type="search" placeholder="address, name, port, verdict …"></label> <span id="shown"></span></p>
<div class="scroll"><table id="flows"><thead><tr>${columns.map((column) => `<th scope="col"${column.right ? ' class="right"' : ''}><button type="button">${escapeXml(column.head)}</button></th>`).join('')}</tr></thead>
<tbody>
`
  for (const summary of report.flows) yield `${tableRow(summary, columns, report, drawn)}\n`
  yield `</tbody></table></div>\n${report.flows.length < report.flowCount ? `<p class="dim">The ${report.flows.length} worst of ${report.flowCount}; sockscope flows has them all.</p>\n` : ''}`
  yield* hostsSection(report)
  for (const flow of report.drawn) yield* flowSection(flow, report)
  yield `<script>${REPORT_SCRIPT}</script>\n</body>\n</html>\n`
}

/** Those of COLUMNS, and what was asked of HTTP servers where anything was. */
function columnsOf({ openings }: Report): FlowColumn[] {
  const columns = COLUMNS.map((name) => FLOW_COLUMNS.find((column) => column.name === name)!)
  if (![...openings.values()].some(({ request }) => request !== '')) return columns
  const text = (s: Summary): string => {
    const opening = openings.get(s.connection)
    return opening === undefined || opening.request === '' ? '' : `${opening.request}${opening.status === '' ? '' : ` → ${opening.status}`}`
  }
  return columns.toSpliced(COLUMNS.indexOf('verdict'), 0, { name: 'request', field: 'request', head: 'REQUEST', right: false, text, value: text })
}

const hash = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`

function tableRow(summary: Summary, columns: readonly FlowColumn[], report: Report, drawn: ReadonlySet<number>): string {
  const cells = columns.map((column) => {
    const color = column.name === 'verdict' ? verdictColor(summary) : undefined
    const cls = [column.right ? 'right' : '', color === undefined ? '' : `c-${color}`, column.name === 'request' ? 'request' : ''].filter((one) => one !== '').join(' ')
    const value = escapeXml(escapeControls(String(column.value(summary, report.context)).slice(0, SHORT)))
    return `<td${cls === '' ? '' : ` class="${cls}"`} data-v="${value}">${cellText(column, summary, report, drawn)}</td>`
  })
  return `<tr>${cells.join('')}</tr>`
}

function cellText(column: FlowColumn, summary: Summary, report: Report, drawn: ReadonlySet<number>): string {
  const text = column.text(summary, report.context)
  switch (column.name) {
    case 'connection': return drawn.has(summary.connection) ? `<a href="#flow-${summary.connection}">${escapeXml(text)}</a>` : escapeXml(text)
    case 'request': return text === '' ? '' : told(text, SHORT)
    case 'originator': return `${escapeXml(text)}${named(nameOf(summary.originator, report))}`
    case 'responder': return `${escapeXml(text)}${named(serverName(summary, report))}`
    default: return escapeXml(text)
  }
}

const named = (name: string): string => (name === '' ? '' : `<div class="name">${told(name, SHORT)}</div>`)

/** The name that an address has by DNS or a name resolution block; '' without one. What a TLS or HTTP client calls a server holds for its connection only. */
const nameOf = (side: SideSummary, { names }: Report): string => names.of(side.address).find(({ source }) => source !== 'TLS' && source !== 'HTTP')?.name ?? ''

/** What the originator calls the responder, else what its address is called. */
const serverName = (s: Summary, report: Report): string => report.openings.get(s.connection)?.server || nameOf(s.responder, report)

/** Comments, and by what the captures were made. */
function* notesSection({ notes, moreNotes, files }: Report, drawn: ReadonlySet<number>): Generator<string> {
  if (notes.length === 0) return
  yield `<section id="notes"><h2>What the capture${files.length > 1 ? 's say' : ' says'} of ${files.length > 1 ? 'themselves' : 'itself'}</h2>
<table class="notes"><thead><tr><th scope="col">WHERE</th><th scope="col">WHAT</th><th scope="col">TEXT</th></tr></thead><tbody>
`
  for (const { where, connection, kind, text } of notes) {
    const link = connection === undefined ? '' : drawn.has(connection) ? ` (<a href="#flow-${connection}">connection ${connection}</a>)` : ` (connection ${connection})`
    yield `<tr><td>${told(where, SHORT)}${link}</td><td>${escapeXml(kind)}</td><td class="text">${told(text, LONG)}</td></tr>\n`
  }
  yield `</tbody></table>${moreNotes > 0 ? `<p class="dim">${moreNotes} more are not shown.</p>` : ''}</section>\n`
}

/** Names of the hosts in the table, each with where it comes from. */
function* hostsSection({ flows, names }: Report): Generator<string> {
  const hosts = new Map<string, readonly HostName[]>()
  for (const summary of flows) {
    for (const side of [summary.originator, summary.responder]) {
      const all = names.of(side.address)
      if (all.length > 0) hosts.set(ipText(side.address), all)
    }
  }
  if (hosts.size === 0) return
  yield `<details id="hosts"><summary>Names of ${hosts.size} ${hosts.size === 1 ? 'host' : 'hosts'}, as the capture has them</summary>
<table class="notes"><thead><tr><th scope="col">ADDRESS</th><th scope="col">NAME</th><th scope="col">SAID BY</th></tr></thead><tbody>
`
  for (const [address, all] of [...hosts].slice(0, MOST_HOSTS)) {
    for (const { name, source, packet } of all) yield `<tr><td>${escapeXml(address)}</td><td class="text">${told(name, LONG)}</td><td>${escapeXml(source)}${packet > 0 ? `, packet ${packet}` : ''}</td></tr>\n`
  }
  yield `</tbody></table>${hosts.size > MOST_HOSTS ? `<p class="dim">${hosts.size - MOST_HOSTS} more hosts are not shown.</p>` : ''}</details>\n`
}

function* flowSection({ summary, series, rows, before, more }: DrawnFlow, report: Report): Generator<string> {
  const ends = [endpointText(summary.originator, summary.protocol), endpointText(summary.responder, summary.protocol)] as const
  const names = [nameOf(summary.originator, report), serverName(summary, report)] as const
  const side = series.directions[1].bytes > series.directions[0].bytes ? 1 : 0
  const end = (which: 0 | 1): string => `${escapeXml(ends[which])}${names[which] === '' ? '' : ` (${told(names[which], SHORT)})`}`
  yield `<section id="flow-${summary.connection}"><h2>Connection ${summary.connection}: ${end(0)} and ${end(1)}</h2>
<p class="c-${verdictColor(summary) ?? 'gray'}">${escapeXml(summary.verdict.text)}${summary.verdict.evidence.length > 0 ? ` (packet${summary.verdict.evidence.length > 1 ? 's' : ''} ${summary.verdict.evidence.join(', ')})` : ''}</p>
`
  const opens = report.openings.get(summary.connection)?.lines ?? ['', '']
  for (const from of [0, 1] as const) if (opens[from] !== '') yield `<p class="opens">${escapeXml(ends[from])} opens with <code>${told(opens[from], LINE)}</code></p>\n`
  yield '<div class="charts">'
  for (const kind of Object.keys(CHART_KINDS) as ChartKind[]) {
    const chart = chartOf(kind, series, side, ends[side], ends[1 - side]!)
    if (chart.layers.length > 0) yield `<figure>${chartSvg(chart, false)}</figure>\n`
  }
  yield `</div><details><summary>Ladder diagram</summary><figure>${ladderSvg(rows, ends[0], ends[1], before, false)}</figure>${more > 0 ? `<p class="dim">${more} more rows; sockscope ladder draws them.</p>` : ''}</details></section>\n`
}
