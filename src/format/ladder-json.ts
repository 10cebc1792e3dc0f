/** Rows of a ladder diagram as JSON: docs/ladder.md has the names, docs/ladder.schema.json the rest. */
import type { Row, SideState } from '../analysis/ladder.js'
import { FINDING_NAMES, bitOf } from '../analysis/findings.js'
import { TCP_STATES } from '../procnet/tcp-state.js'
import { flagWords } from './ladder-text.js'

const seconds = (nanoseconds: number): number => nanoseconds / 1e9
const state = ({ state: number, assumed, changed }: SideState): object | null =>
  number === 0 ? null : { state: TCP_STATES[number]?.key ?? null, assumed, changed }

/** One row as one line without its newline. `ends`: originator and responder. */
export function rowJson(row: Row, ends: readonly [string, string]): string {
  if (row.kind === 'fold') {
    const { firstPacket, lastPacket, segments, bytes, span } = row
    return JSON.stringify({
      row: 'fold', first_packet: firstPacket, last_packet: lastPacket, segments, span_seconds: seconds(span), originator_bytes: bytes[0], responder_bytes: bytes[1],
    })
  }
  return JSON.stringify({
    row: 'segment',
    packet: row.packet,
    time_seconds: seconds(row.time),
    gap_seconds: seconds(row.gap),
    from: ends[row.direction],
    to: ends[1 - row.direction],
    direction: row.direction === 0 ? 'to_responder' : 'to_originator',
    flags: flagWords(row.flags).toLowerCase().split(','),
    seq_relative: row.seq,
    ack_relative: row.ack,
    payload_length: row.length,
    window_bytes: row.window,
    findings: row.marks.map(({ finding, refers }) => ({ finding: FINDING_NAMES[bitOf(finding)], refers_to_packet: refers === 0 ? null : refers })),
    originator_state: state(row.originator),
    responder_state: state(row.responder),
  })
}
