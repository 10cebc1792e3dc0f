/** A ladder diagram as SVG: the same rows as ladder-text.ts draws, light or dark as the reader's screen is. */
import { Flag } from '../decode/tcp.js'
import type { Arrow, Fold, Row, SideState } from '../analysis/ladder.js'
import { figureName } from '../procnet/tcp-state.js'
import { arrowLabels, foldText, markTexts } from './ladder-text.js'
import { SVG_STYLE, escapeXml } from './svg.js'
import { spanText } from '../quantity.js'

const WIDTH = 860
const LEFT = 250
const RIGHT = 690
const TOP = 64
const ROW = 30
const FOLD_ROW = 24
/** How far an arrow falls on its way. */
const FALL = 8
const LEGEND = 40

/** More rows than this are not drawn: a picture of them could not be read. */
export const MOST_ROWS = 5000

/** The whole picture. Names are any text; `before`: the states before the first row; inside a page that has the style, `styled` is false; `more`: rows that were not kept. */
export function ladderSvg(rows: readonly Row[], originator: string, responder: string, before: readonly [SideState, SideState], styled = true, more = 0): string {
  const shown = rows.slice(0, MOST_ROWS), left = rows.length - shown.length + more
  const parts: string[] = []
  let y = TOP + 14
  if (before[0].state !== 0) parts.push(stateText(before[0], LEFT - 10, y, 'end'))
  if (before[1].state !== 0) parts.push(stateText(before[1], RIGHT + 10, y, 'start'))
  for (const row of shown) {
    y += row.kind === 'arrow' ? ROW : FOLD_ROW
    parts.push(row.kind === 'arrow' ? arrowPart(row, y) : foldPart(row, y))
    if (row.kind === 'arrow' && row.marks.length > 0) y += 14
  }
  y += ROW
  if (left > 0) parts.push(`<text class="note" x="${(LEFT + RIGHT) / 2}" y="${y}" text-anchor="middle">${left} more rows are not drawn</text>`)
  const lifelines = [LEFT, RIGHT].map((x) => `<line class="lifeline" x1="${x}" y1="${TOP}" x2="${x}" y2="${y}"/>`).join('')
  const height = y + LEGEND
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" font-family="ui-monospace, monospace" font-size="12">
<title>${escapeXml(`${originator} and ${responder}`)}</title>
${styled ? `<style>${SVG_STYLE}</style>` : ''}
<rect class="page" width="${WIDTH}" height="${height}"/>
<text class="head" x="${LEFT}" y="${TOP - 14}" text-anchor="middle">${escapeXml(originator)}</text>
<text class="head" x="${RIGHT}" y="${TOP - 14}" text-anchor="middle">${escapeXml(responder)}</text>
<text class="dim" x="60" y="${TOP - 14}" text-anchor="end">packet</text><text class="dim" x="130" y="${TOP - 14}" text-anchor="end">gap</text>
${lifelines}
${parts.join('\n')}
${legend(height - 14)}
</svg>
`
}

function arrowPart(arrow: Arrow, y: number): string {
  const marks = markTexts(arrow, true)
  const kind = marks[0]?.weight ?? ((arrow.flags & Flag.RST) !== 0 ? 'fault' : 'plain')
  const [from, to] = arrow.direction === 0 ? [LEFT, RIGHT] : [RIGHT, LEFT]
  const tip = arrow.direction === 0 ? to - 2 : to + 2
  const back = arrow.direction === 0 ? tip - 9 : tip + 9
  const end = y + FALL
  const label = arrowLabels(arrow).slice(1).find((text) => text.length * 7.3 < RIGHT - LEFT - 20) ?? ''
  const parts = [
    `<text class="dim" x="60" y="${y + 4}" text-anchor="end">${arrow.packet}</text>`,
    arrow.gap === 0 ? '' : `<text class="dim" x="130" y="${y + 4}" text-anchor="end">+${spanText(arrow.gap, true)}</text>`,
    `<line class="arrow ${kind}" x1="${from}" y1="${y}" x2="${tip}" y2="${end}"/>`,
    `<path class="tip ${kind}" d="M${tip} ${end}L${back} ${end - 5}L${back} ${end + 4}Z"/>`,
    `<text class="label ${kind}" x="${(LEFT + RIGHT) / 2}" y="${y - 3}" text-anchor="middle">${escapeXml(label)}</text>`,
  ]
  if (marks.length > 0) {
    parts.push(`<text class="note ${kind}" x="${(LEFT + RIGHT) / 2}" y="${y + 18}" text-anchor="middle">${escapeXml(marks.map(({ text }) => text).join('; '))}</text>`)
  }
  // A state stands where the arrow leaves or arrives.
  if (arrow.originator.changed) parts.push(stateText(arrow.originator, LEFT - 10, (arrow.direction === 0 ? y : end) + 4, 'end'))
  if (arrow.responder.changed) parts.push(stateText(arrow.responder, RIGHT + 10, (arrow.direction === 0 ? end : y) + 4, 'start'))
  return parts.join('')
}

const ARROWS = { right: '→', left: '←' }

function foldPart(fold: Fold, y: number): string {
  return (
    `<text class="dim" x="130" y="${y + 4}" text-anchor="end">+${spanText(fold.span, true)}</text>` +
    `<text class="fold" x="${(LEFT + RIGHT) / 2}" y="${y + 4}" text-anchor="middle">⋯ ${escapeXml(foldText(fold, ARROWS))} ⋯</text>`
  )
}

function stateText(side: SideState, x: number, y: number, anchor: 'start' | 'end'): string {
  return `<text class="state" x="${x}" y="${y}" text-anchor="${anchor}">&lt;${figureName(side.state)}${side.assumed ? '?' : ''}&gt;</text>`
}

function legend(y: number): string {
  const entries = [['fault', 'loss or fault'], ['notice', 'worth a look'], ['plain', 'ordinary']] as const
  return entries
    .map(([kind, words], i) => `<line class="arrow ${kind}" x1="${250 + i * 150}" y1="${y - 4}" x2="${280 + i * 150}" y2="${y - 4}"/><text class="dim" x="${288 + i * 150}" y="${y}">${words}</text>`)
    .join('')
}
