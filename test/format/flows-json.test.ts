/** `flows --json` and `--csv` as others read them: docs/flows.schema.json holds for every object, RFC 4180 for every row, whatever the capture. */
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONN_STATES } from '../../src/analysis/conn-state.js'
import { Conversations } from '../../src/analysis/conversations.js'
import { FINDING_NAMES } from '../../src/analysis/findings.js'
import { summarize } from '../../src/analysis/row-summary.js'
import type { Summary } from '../../src/analysis/summary.js'
import { VERDICTS } from '../../src/analysis/verdict.js'
import { FLOW_SCHEMA, flowObject } from '../../src/format/flows-json.js'
import { COLUMN_NAMES, columnNamed, writeFlowsCsv } from '../../src/format/flows.js'
import { LineWriter } from '../../src/format/line.js'
import type { Frame } from '../../src/frame.js'
import { TCP_STATES } from '../../src/procnet/tcp-state.js'
import { fixtureFrames, fixtureNames } from '../decode/frames.js'
import { breaches, parts, readSchema, type Schema } from '../json-schema.js'
import { sockscope } from '../run.js'

const schema = readSchema('flows.schema.json')
const fixture = (name: string): string => join('test/fixtures/pcap', name)
const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '')

function conversationsOf(frames: readonly Frame[]): Conversations {
  const all = new Conversations()
  for (const [i, frame] of frames.entries()) all.take(frame, i + 1)
  return all
}

/** Objects of frames, as the command makes them. */
function objectsOf(frames: readonly Frame[]): object[] {
  const all = conversationsOf(frames)
  return Array.from({ length: all.count }, (_, c) => JSON.parse(JSON.stringify(flowObject(summarize(all, c, all.end), { baseSeconds: all.baseSeconds }))) as object)
}

describe('docs/flows.schema.json', () => {
  it('has the words that there are, and describes every member', () => {
    const member = (name: string, of: Schema = schema): Schema => of.properties![name]!
    expect(member('schema').const).toBe(FLOW_SCHEMA)
    expect(member('code', member('verdict')).enum).toEqual(VERDICTS)
    expect(member('conn_state').enum).toEqual(Object.keys(CONN_STATES))
    expect(Object.keys(member('findings', schema.$defs!['tcp_side']).properties!)).toEqual(FINDING_NAMES)
    expect(new Set(schema.$defs!['state']!.enum)).toEqual(new Set([...TCP_STATES.flatMap((state) => state?.key ?? []), null]))
    for (const rule of parts(schema).flatMap((one) => (one === schema.then ? [] : Object.values(one.properties ?? {})))) if (rule !== schema.if?.properties?.['protocol']) expect(rule.description ?? JSON.stringify(rule)).toMatch(/^[A-Z\d].*\.$/)
  })

  it('leaves room for members to come', () => {
    expect(parts(schema).filter(({ additionalProperties }) => additionalProperties !== undefined)).toEqual([])
  })

  it.each([
    [{ schema: 'sockscope-flow-2' }, /not "sockscope-flow-1"/], [{ first_packet: 0 }, /out of range/], [{ start_seconds: 1.5 }, /not string/], [{ odd: 1 }, /not documented/],
    [{ verdict: { code: 'fine', side: null, text: '', evidence_packets: [] } }, /none of the words/], [{ originator: {} }, /no address/], [{ completeness: undefined }, /no completeness/],
  ])('%j is caught: the check can fail', async (change, why) => {
    const [good] = objectsOf(await fixtureFrames('book-exchange.pcap'))
    expect(breaches(good, schema)).toEqual([])
    expect(breaches(JSON.parse(JSON.stringify({ ...good, ...change })), schema).join()).toMatch(why)
  })
})

describe('every object holds to it', () => {
  /** Members met, with the types of their values: `originator.rtt: null`. */
  const met = new Set<string>()
  const note = (value: unknown, at: string): void => {
    met.add(`${at}: ${value === null ? 'null' : 'some'}`)
    if (Array.isArray(value)) for (const item of value) note(item, `${at}[]`)
    else if (typeof value === 'object' && value !== null) for (const [name, part] of Object.entries(value)) note(part, at === '' ? name : `${at}.${name}`)
  }

  it.each(fixtureNames)('%s', (name) => {
    for (const line of lines(sockscope(['flows', '--json', fixture(name)]).stdout.toString())) {
      const flow: unknown = JSON.parse(line)
      expect(JSON.stringify(flow)).toBe(line)
      expect(breaches(flow, schema)).toEqual([])
      note(flow, '')
    }
  })

  it('and the fixtures show each member, with a value and without where it can be null', () => {
    const wanted = (rule: Schema, at: string): string[] => {
      const target = rule.$ref === undefined ? rule : { ...schema.$defs![rule.$ref.replace('#/$defs/', '')], ...rule }
      const canBeNull = [target.type].flat().includes('null')
      return [
        `${at}: some`, ...(canBeNull ? [`${at}: null`] : []),
        ...Object.entries(target.properties ?? {}).flatMap(([name, part]) => wanted(part, at === '' ? name : `${at}.${name}`)), ...(target.items === undefined ? [] : wanted(target.items, `${at}[]`)),
      ]
    }
    const all = [...wanted(schema, ''), ...['originator', 'responder'].flatMap((side) => wanted(schema.$defs!['tcp_side']!, side))]
    // the originator sent the first packet; a date is missing only where a capture has none; no state follows or precedes none
    const never = ['start: null', 'originator.first_seconds: null', 'transitions[].to: null', 'responder.state: null', 'originator.state: null']
    expect(all.filter((one) => !met.has(one) && !never.includes(one))).toEqual([])
  })

  const sample = ['tcp-retransmission.pcap', 'tcp-sack.pcap', 'http.pcap', 'tcp-port-reuse.pcap', 'tcp-zero-window.pcap', 'icmp-errors.pcap', 'dns6.pcap', 'tcp-mid-flow.pcap', 'tcp-abort.pcap', 'tcp6-exchange.pcap']
  it('of damaged packets and of clocks that jump', async () => {
    const captures = await Promise.all(sample.map(fixtureFrames))
    const change = fc.record({ packet: fc.nat(), at: fc.nat(80), byte: fc.nat(255), seconds: fc.constantFrom(0, 0, 0, -3, 1, 40, -2_000_000_000, 4e11), nanos: fc.nat(999_999_999) })
    fc.assert(fc.property(fc.nat(captures.length - 1), fc.array(change, { maxLength: 20 }), fc.array(fc.nat(), { maxLength: 12 }), (which, changes, dropped) => {
      const frames = captures[which]!.map((frame) => ({ ...frame, b: frame.b.slice() }))
      for (const { packet, at, byte, seconds, nanos } of changes) {
        const frame = frames[packet % frames.length]!
        if (at < frame.end) frame.b[at] = byte
        frame.seconds += seconds
        if (seconds !== 0) frame.nanos = nanos
      }
      for (const n of dropped) frames.splice(n % frames.length, 1)
      for (const flow of objectsOf(frames)) expect(breaches(flow, schema)).toEqual([])
    }), { numRuns: 500 })
  })
})

/** Rows of RFC 4180 text. @throws Error where it is none */
function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = [], at = 0
  while (at < text.length) {
    const field = /"((?:[^"]|"")*)"|([^",\r\n]*)/y
    field.lastIndex = at
    const match = field.exec(text)!
    row.push(match[1]?.replaceAll('""', '"') ?? match[2]!)
    at = field.lastIndex
    if (text[at] === ',') at++
    else if (text.startsWith('\r\n', at)) {
      rows.push(row)
      row = []
      at += 2
    } else throw new Error(`at ${at}: ${JSON.stringify(text.slice(at, at + 20))}`)
  }
  if (row.length > 0) throw new Error('the last row is not ended')
  return rows
}

describe('--csv', () => {
  it('has these titles', () => {
    const titles = [
      'connection', 'protocol', 'originator', 'responder', 'start', 'duration_seconds', 'packets_out', 'packets_in', 'bytes_out', 'bytes_in', 'goodput_out_bytes_per_second', 'goodput_in_bytes_per_second',
      'handshake_seconds', 'rtt_min_seconds', 'rtt_avg_seconds', 'rtt_p95_seconds', 'rtt_max_seconds', 'loss_percent', 'retransmissions', 'out_of_order', 'dup_acks', 'lost_previous', 'captured_twice', 'stalls',
      'zero_window_seconds', 'states', 'history', 'conn_state', 'verdict', 'evidence_packets',
    ]
    const more = ['verdict_code', 'rto', 'fast', 'tail', 'spurious', 'syn_again', 'acked_unseen', 'window_full', 'keep_alive', 'over_mss', 'impossible', 'packets', 'bytes', 'first_packet', 'last_packet']
    const title = (...args: string[]): string => sockscope(['flows', '--csv', ...args, fixture('http.pcap')]).stdout.toString().split('\r\n')[0]!
    expect(title()).toBe(titles.join(','))
    expect(title('--columns', COLUMN_NAMES.join(','))).toBe([...titles, ...more].join(','))
  })

  /** Every row has a value a title, and none that a spreadsheet would take for a formula. */
  const check = (text: string): void => {
    const [titles, ...rows] = parseCsv(text)
    for (const row of rows) {
      expect(row).toHaveLength(titles!.length)
      for (const value of row) {
        expect(value).not.toMatch(/^[=+\-@\t\r]/)
        // eslint-disable-next-line no-control-regex -- control bytes are what this looks for
        expect(value).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
      }
    }
  }

  it('all fixtures: RFC 4180, no formula', async () => {
    for (const name of fixtureNames) {
      const all = conversationsOf(await fixtureFrames(name))
      let text = ''
      const out = new LineWriter((chunk) => void (text += Buffer.from(chunk).toString()))
      const rows = (): Summary[] => Array.from({ length: all.count }, (_, c) => summarize(all, c, all.end))
      writeFlowsCsv(out, COLUMN_NAMES.map((column) => columnNamed(column)!), rows, { baseSeconds: all.baseSeconds })
      out.flush()
      check(text)
    }
  })

  it('quotes what has commas and quotes', () => {
    const column = { ...columnNamed('verdict')!, value: () => 'a "b", c' }
    let text = ''
    const out = new LineWriter((chunk) => void (text += Buffer.from(chunk).toString()))
    writeFlowsCsv(out, [column, columnNamed('connection')!], () => [{ connection: 7 } as never], { baseSeconds: 0 })
    out.flush()
    expect(text).toBe('verdict,connection\r\n"a ""b"", c",7\r\n')
    expect(parseCsv(text)).toEqual([['verdict', 'connection'], ['a "b", c', '7']])
  })

  it('a conversation without TCP has no states', () => {
    expect(parseCsv(sockscope(['flows', '--csv', '--columns', 'protocol,states', fixture('udp-exchange.pcap')]).stdout.toString())[1]).toEqual(['udp', ''])
  })
})

describe('docs/ladder.schema.json', () => {
  const ladder = readSchema('ladder.schema.json')

  it('describes every member', () => {
    for (const rule of parts(ladder).flatMap((one) => Object.values(one.properties ?? {}))) expect(rule.description).toMatch(/^[A-Z].*\.$/)
    const { finding } = ladder.$defs!['segment']!.properties!['findings']!.items!.properties!
    // the two that say nothing that the arrow does not
    expect(finding!.enum).toEqual(FINDING_NAMES.filter((name) => name !== 'over_mss' && name !== 'sack'))
  })

  it.each(fixtureNames.filter((name) => /tcp|http|exchange|nano|sll|\.pcapng/.test(name)))('%s: every row holds to it', (name) => {
    for (const line of lines(sockscope(['ladder', '--json', fixture(name)]).stdout.toString())) expect(breaches(JSON.parse(line), ladder)).toEqual([])
  })

  it('a row that is neither is caught', () => {
    expect(breaches({ row: 'segment' }, ladder)).not.toEqual([])
    expect(breaches({ row: 'other' }, ladder)).not.toEqual([])
  })
})
