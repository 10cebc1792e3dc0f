/** What `sockscope flows` writes: the rows in order, in the form that was asked for, and what they do not say. */
import type { FlowSet } from '../analysis/flow-set.js'
import type { Summary } from '../analysis/summary.js'
import { worstFirst } from '../analysis/worst-first.js'
import { writeFlowBox, writeFlowsCsv, writePlainFlows, usualColumns, type Rows } from '../format/flows.js'
import type { FlowContext } from '../format/flows-columns.js'
import { flowObject } from '../format/flows-json.js'
import { LineWriter } from '../format/line.js'
import type { Io } from '../io.js'
import { isColored } from './colors.js'
import type { FlowsOptions } from './flows-options.js'

/** What the table does not say. */
export function notes(all: FlowSet): string[] {
  const lines: string[] = []
  if (all.count === 0) lines.push('no TCP, UDP or ICMP packet was seen (sockscope tcpdump shows what there is)')
  if (all.passedOver > 0) lines.push(`${all.passedOver} packets of more than ${all.count} connections were passed over (give a filter)`)
  if (all.capturedTwice === 1) lines.push('1 packet is in the capture twice; it counts as a packet, not as loss (--dedup leaves it out)')
  if (all.capturedTwice > 1) lines.push(`${all.capturedTwice} packets are in the capture twice; they count as packets, not as loss (--dedup leaves them out)`)
  return lines
}

/** So many summaries are kept; of more each is made anew when it is needed, that memory does not grow with them. */
const KEPT = 1 << 13

function keeping(make: (c: number) => Summary): (c: number) => Summary {
  const kept = new Map<number, Summary>()
  return (c) => {
    let s = kept.get(c)
    if (s === undefined) kept.set(c, (s = make(c)))
    return s
  }
}

/** Writes all connections in the order and form that was asked for. @param end time at which the capture ended */
export async function report(options: FlowsOptions, all: FlowSet, end: number, io: Pick<Io, 'out' | 'columns' | 'env'>, isTerminal: boolean): Promise<void> {
  const context: FlowContext = { baseSeconds: all.baseSeconds }
  const summaryOf = all.count > KEPT ? (c: number): Summary => all.summary(c, end) : keeping((c) => all.summary(c, end))
  const order = ordered(options, all, summaryOf, context)
  const rows: Rows = function* () {
    for (const c of order) yield summaryOf(c)
  }
  const out = new LineWriter(io.out)
  if (options.form === 'json') for (const s of rows()) out.utf8(JSON.stringify(flowObject(s, context))).endLine()
  else {
    const columns = options.columns ?? usualColumns(isTerminal, io.columns)
    if (options.form === 'csv') writeFlowsCsv(out, columns, rows, context)
    else if (isTerminal) await writeFlowBox(out, columns, rows, context, { room: io.columns, color: isColored({ env: io.env, isTerminal }), chosen: options.columns !== undefined })
    else writePlainFlows(out, columns, rows, context)
  }
  out.flush()
}

/** Connections in the order of the rows, cut to --top. */
function ordered(options: FlowsOptions, all: FlowSet, summaryOf: (c: number) => Summary, context: FlowContext): Uint32Array | number[] {
  const { sort } = options
  if (sort === 'worst') return worstFirst(all.count, summaryOf, options.reverse).subarray(0, options.top)
  const numbers = Uint32Array.from({ length: all.count }, (_, c) => c)
  const sign = options.reverse ? -1 : 1
  const values = Array.from(numbers, (c) => keyOf(sort.value(summaryOf(c), context)))
  numbers.sort((a, b) => compare(values[a]!, values[b]!, sign) || a - b)
  return options.top < numbers.length ? numbers.subarray(0, options.top) : numbers
}

/** A text's numbers are compared as numbers: 10.0.0.2 stands before 10.0.0.10. */
const keyOf = (value: number | string): number | string => (typeof value === 'number' ? value : value.replaceAll(/\d+/g, (digits) => digits.padStart(10, '0')))

/** Numbers largest first, words in order; `sign` -1 turns that round. What is not known comes last either way. */
function compare(a: number | string, b: number | string, sign: number): number {
  if (a === '' || b === '') return Number(a === '') - Number(b === '')
  if (typeof a === 'number' && typeof b === 'number') return sign * (b - a)
  return a === b ? 0 : a < b ? -sign : sign
}
