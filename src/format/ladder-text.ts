/** A ladder diagram in characters, after the book's figures 61-3, 61-5 and 61-6: two lifelines, an arrow a segment, states beside them as they change. */
import { Flag } from '../decode/tcp.js'
import type { Arrow, Fold, Row, SideState } from '../analysis/ladder.js'
import { TCP_STATES, figureName, type StateColor } from '../procnet/tcp-state.js'
import { findingText, findingWeight, type Weight } from './finding-text.js'
import { bytesText, spanText } from '../quantity.js'

/** Colours one piece of text; chalk's methods fit. */
export type Paint = (color: StateColor | 'magenta' | 'bold', text: string) => string

export interface LadderStyle {
  /** Columns of the page. */
  readonly width: number
  /** Lines and arrows beyond ASCII. */
  readonly unicode: boolean
  readonly paint: Paint
}

/** Narrower pages get no arrows that could be read. */
export const MIN_WIDTH = 40
/** From this width on states stand beside the lifelines; on narrower pages between them, on lines of their own. */
const WITH_STATES = 76

const PACKET = 6
const GAP = 9
const TIME = 11
/** `<ESTABLISHED?>` */
const STATE = 14
/** From this width on the time since the first packet has a column. */
const WITH_TIME = 100
/** Packet and gap on a page without states at its sides. */
const NARROW_PACKET = 6
const NARROW_GAP = 8

interface Glyphs {
  readonly line: string
  readonly shaft: string
  readonly broken: string
  readonly right: string
  readonly left: string
  readonly fold: string
}
const UNICODE: Glyphs = { line: '│', shaft: '─', broken: '╌', right: '→', left: '←', fold: '⋯' }
const ASCII: Glyphs = { line: '|', shaft: '-', broken: '~', right: '>', left: '<', fold: '...' }

/** Flags in words, as the figures have them: `SYN,ACK`. */
const FLAG_WORDS: ReadonlyArray<readonly [flag: number, word: string]> = [
  [Flag.SYN, 'SYN'], [Flag.FIN, 'FIN'], [Flag.RST, 'RST'], [Flag.PSH, 'PSH'], [Flag.URG, 'URG'], [Flag.ECE, 'ECE'], [Flag.CWR, 'CWR'], [Flag.AE, 'AE'], [Flag.ACK, 'ACK'],
]

/** `SYN,ACK`; `none` where no flag is set. */
export function flagWords(flags: number): string {
  const words = FLAG_WORDS.filter(([flag]) => (flags & flag) !== 0).map(([, word]) => word)
  return words.length === 0 ? 'none' : words.join(',')
}

/** What stands on an arrow, from the fullest form to the shortest. */
export function arrowLabels({ flags, seq, ack, length, window }: Arrow): string[] {
  const words = flagWords(flags)
  const numbers = length > 0 ? `${seq}:${seq + length}` : (flags & (Flag.SYN | Flag.FIN | Flag.RST)) !== 0 ? `${seq}` : ''
  const seqPart = numbers === '' ? '' : ` seq ${numbers}`
  const ackPart = (flags & Flag.ACK) !== 0 ? ` ack ${ack}` : ''
  const lengthPart = length > 0 ? ` len ${length}` : ''
  return [
    `${words}${seqPart}${ackPart}${lengthPart} win ${window}`,
    `${words}${seqPart}${ackPart}${lengthPart}`,
    `${words}${seqPart}${ackPart}`,
    `${words}${numbers === '' ? '' : ` ${numbers}`}${ackPart}`,
    `${words}${numbers === '' ? ackPart : ` ${numbers}`}`,
    words,
  ]
}

/** Marks of an arrow as texts, gravest first. */
export function markTexts({ marks, dupAckNumber, sinceSent, impossible }: Arrow, unicode: boolean): Array<{ readonly text: string; readonly weight: Weight }> {
  const order: readonly Weight[] = ['fault', 'notice', 'plain']
  return marks
    .map(({ finding, refers }) => {
      const weight = findingWeight(finding)
      const late = weight === 'fault' && sinceSent >= 0 ? `, ${spanText(sinceSent, unicode)} later` : ''
      return { text: findingText(finding, refers, dupAckNumber, impossible) + late, weight }
    })
    .toSorted((a, b) => order.indexOf(a.weight) - order.indexOf(b.weight))
}

/** What a fold says: `143 segments, 207 kB`; both directions where both sent data. */
export function foldText({ segments, bytes: [out, back] }: Fold, arrows: { readonly right: string; readonly left: string }): string {
  const parts = [`${segments} segments`]
  if (out > 0 && back > 0) parts.push(`${bytesText(out)} ${arrows.right}`, `${bytesText(back)} ${arrows.left}`)
  else if (out > 0 || back > 0) parts.push(bytesText(out + back))
  return parts.join(', ')
}

/** Whole arrows: on a light page yellow could not be read. */
const WEIGHT_COLOR: Readonly<Record<Weight, 'red' | 'magenta' | undefined>> = { fault: 'red', notice: 'magenta', plain: undefined }

/** Draws rows as lines. */
export class LadderText {
  readonly #style: LadderStyle
  readonly #glyphs: Glyphs
  readonly #withTime: boolean
  readonly #withStates: boolean
  /** Columns between the lifelines. */
  readonly #lane: number
  /** Columns left of the left lifeline. */
  readonly #margin: number

  constructor(style: LadderStyle) {
    this.#style = style
    this.#glyphs = style.unicode ? UNICODE : ASCII
    this.#withTime = style.width >= WITH_TIME
    this.#withStates = style.width >= WITH_STATES
    this.#margin = this.#withStates ? PACKET + 1 + (this.#withTime ? TIME : 0) + GAP + 1 + STATE + 1 : NARROW_PACKET + 1 + NARROW_GAP + 1
    this.#lane = Math.max(style.width, MIN_WIDTH) - this.#margin - 2 - (this.#withStates ? 1 + STATE : 0)
  }

  /** The two endpoints over their lifelines, and the states before the first segment. Names are safe text. */
  header(originator: string, responder: string, before: readonly [SideState, SideState]): string[] {
    const left = this.#withStates ? originator.padStart(this.#margin + 1) : ' '.repeat(Math.max(Math.min(this.#margin, this.#style.width - originator.length), 0)) + originator
    const right = ' '.repeat(this.#margin + 1 + this.#lane) + responder
    const whole = this.#style.width
    // The responder's name stands at its lifeline, or ends with the page, or gets a line of its own.
    const start = Math.min(this.#margin + 1 + this.#lane, Math.max(whole - responder.length, 0))
    const names = left.length + 1 <= start ? [left.padEnd(start) + responder] : [left, right.length <= whole ? right : responder.padStart(whole)]
    const lines = names.map((line) => this.#style.paint('bold', line))
    if (before[0].state === 0 && before[1].state === 0) return lines
    return [...lines, ...(this.#withStates ? [this.#line('', '', '', before[0], ' '.repeat(this.#lane), before[1])] : this.#statesBetween(before[0], before[1]))]
  }

  row(row: Row): string[] {
    return row.kind === 'arrow' ? this.#arrow(row) : this.#fold(row)
  }

  #arrow(arrow: Arrow): string[] {
    const { unicode, paint } = this.#style
    const marks = markTexts(arrow, unicode)
    const gravest = marks[0]?.weight
    const broken = gravest === 'fault'
    const room = this.#lane - 6
    const marked = marks.map(({ text }) => text).join('; ')
    const labels = arrowLabels(arrow)
    // The mark stands on the arrow where there is room for it beside all the numbers, else under it.
    const onArrow = marked === '' ? undefined : labels.slice(1, 3).map((label) => `${label} [${marked}]`).find((text) => text.length <= room)
    const label = onArrow ?? labels.find((text) => text.length <= room) ?? ''
    const color = gravest === undefined ? ((arrow.flags & Flag.RST) !== 0 ? 'red' : undefined) : WEIGHT_COLOR[gravest]
    const drawn = this.#shaft(label, arrow.direction === 0, broken)
    const left = arrow.originator.changed ? arrow.originator : undefined, right = arrow.responder.changed ? arrow.responder : undefined
    const lines = [
      this.#line(String(arrow.packet), this.#timeText(arrow.time), arrow.gap === 0 ? '' : `+${spanText(arrow.gap, unicode)}`, left, color === undefined ? drawn : paint(color, drawn), right),
    ]
    if (marked !== '' && onArrow === undefined) for (const text of wrap(marked, this.#lane - 2)) lines.push(this.#note(text, color))
    if (!this.#withStates) lines.push(...this.#statesBetween(left, right))
    return lines
  }

  /** States on a narrow page: each at its lifeline, on one line where both have room. */
  #statesBetween(left: SideState | undefined, right: SideState | undefined): string[] {
    const [from, to] = [left, right].map((side) => (side === undefined ? '' : stateText(side))) as [string, string]
    const blanks = this.#lane - from.length - to.length
    const between = (a: string, b: string, space: number): string => this.#line('', '', '', undefined, this.#paintState(left, a) + ' '.repeat(space) + this.#paintState(right, b), undefined)
    if (from === '' && to === '') return []
    return blanks > 0 ? [between(from, to, blanks)] : [between(from, '', this.#lane - from.length), between('', to, this.#lane - to.length)]
  }

  #note(text: string, color: 'red' | 'magenta' | undefined): string {
    const note = center(text, this.#lane)
    return this.#line('', '', '', undefined, color === undefined ? note : this.#style.paint(color, note), undefined)
  }

  #fold(fold: Fold): string[] {
    const { fold: dots } = this.#glyphs, gap = `+${spanText(fold.span, this.#style.unicode)}`
    const text = foldText(fold, this.#glyphs), segments = text.slice(0, text.indexOf(',') + 1)
    const fits = text.length + 2 * dots.length + 2 <= this.#lane
    return (fits || segments === '' ? [`${dots} ${text} ${dots}`] : [`${dots} ${segments}`, `${text.slice(segments.length + 1)} ${dots}`])
      .map((part, i) => this.#line('', '', i === 0 ? gap : '', undefined, this.#style.paint('gray', center(part, this.#lane)), undefined))
  }

  #shaft(label: string, toRight: boolean, broken: boolean): string {
    const { shaft, broken: dashed, right, left } = this.#glyphs
    const rule = broken ? dashed : shaft
    const spaced = label === '' ? '' : ` ${label} `
    const rest = this.#lane - 1 - spaced.length
    const before = Math.max(Math.min(3, rest), 0)
    return toRight
      ? rule.repeat(before) + spaced + rule.repeat(Math.max(rest - before, 0)) + right
      : left + rule.repeat(before) + spaced + rule.repeat(Math.max(rest - before, 0))
  }

  #timeText(time: number): string {
    return (time / 1e9).toFixed(6)
  }

  #line(packet: string, time: string, gap: string, left: SideState | undefined, lane: string, right: SideState | undefined): string {
    const { line } = this.#glyphs
    if (!this.#withStates) return `${packet.padStart(NARROW_PACKET)}${gap.padStart(NARROW_GAP + 1 - Math.max(packet.length - NARROW_PACKET, 0))} ${line}${lane}${line}`
    // A number of more digits takes blanks of the column after it.
    const wide = Math.max(packet.length - PACKET, 0), rest = this.#withTime ? time.padStart(TIME - wide) + gap.padStart(GAP + 1) : gap.padStart(GAP + 1 - wide)
    const head = `${packet.padStart(PACKET)}${rest} `
    return `${head}${this.#state(left, true)} ${line}${lane}${line} ${this.#state(right, false)}`.trimEnd()
  }

  #state(side: SideState | undefined, isLeft: boolean): string {
    const text = side === undefined ? '' : stateText(side)
    const blanks = ' '.repeat(Math.max(STATE - text.length, 0)), painted = this.#paintState(side, text)
    return isLeft ? blanks + painted : painted + blanks
  }

  #paintState(side: SideState | undefined, text: string): string {
    return side === undefined || text === '' ? text : this.#style.paint(TCP_STATES[side.state]?.color ?? 'gray', text)
  }
}

/** `<ESTABLISHED?>`; '' where it is not known. */
const stateText = ({ state, assumed }: SideState): string => (figureName(state) === '' ? '' : `<${figureName(state)}${assumed ? '?' : ''}>`)

const center = (text: string, width: number): string => {
  const blanks = Math.max(width - text.length, 0)
  return ' '.repeat(Math.floor(blanks / 2)) + text + ' '.repeat(Math.ceil(blanks / 2))
}

/** Breaks a text at blanks into lines of at most `width`; a longer word is cut through. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (let rest = text; rest !== ''; ) {
    if (rest.length <= width) {
      lines.push(rest)
      break
    }
    const blank = rest.lastIndexOf(' ', width)
    const end = blank > 0 ? blank : width
    lines.push(rest.slice(0, end))
    rest = rest.slice(end).trimStart()
  }
  return lines
}
