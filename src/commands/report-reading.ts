/** The second reading of the captures for a report, when it is known which connections it shows: what they said, how hosts are called, and what is drawn. */
import { Conversations } from '../analysis/conversations.js'
import { HostNames } from '../analysis/host-names.js'
import { Ladder, type Row, type SideState } from '../analysis/ladder.js'
import { Opening } from '../analysis/opening.js'
import type { Segment } from '../analysis/segment.js'
import { FlowSeries } from '../analysis/series.js'
import type { Summary } from '../analysis/summary.js'
import type { FrameFilter } from '../capture/frame-filter.js'
import { Protocol } from '../decode/ip-protocol.js'
import type { Layout } from '../decode/layout.js'
import { openCaptures, readCaptures } from './captures.js'
import { CaptureTexts } from './report-texts.js'

/** Rows of a ladder: a page with more could not be read. */
const MOST_LADDER = 300
/** DNS, multicast DNS, LLMNR. */
const NAME_PORTS: readonly number[] = [53, 5353, 5355]

/** One connection that is drawn. */
export class Drawing {
  readonly series = new FlowSeries()
  readonly rows: Row[] = []
  more = 0
  before: readonly [SideState, SideState] | undefined
  readonly ladder = new Ladder((row) => {
    if (this.rows.length < MOST_LADDER) this.rows.push(row)
    else this.more++
  }, true)

  take(s: Segment): void {
    this.before ??= [
      { state: s.originatorStateBefore, assumed: s.isOriginatorAssumed, changed: false },
      { state: s.responderStateBefore, assumed: s.isResponderAssumed, changed: false },
    ]
    this.series.take(s)
    this.ladder.take(s)
  }
}

export interface Reading {
  readonly texts: CaptureTexts
  readonly names: HostNames
  /** By connection: of TCP in the table. */
  readonly openings: ReadonlyMap<number, Opening>
  readonly drawings: ReadonlyMap<number, Drawing>
}

/** @param table connections in the table @param drawn numbers of those that are drawn */
export async function readAgain(files: readonly string[], filter: FrameFilter | undefined, dedup: boolean, table: Iterable<Summary>, drawn: readonly number[]): Promise<Reading> {
  const openings = new Map<number, Opening>(), addresses: Uint8Array[] = []
  for (const { connection, protocol, originator, responder } of table) {
    addresses.push(originator.address, responder.address)
    if (protocol === Protocol.TCP) openings.set(connection, new Opening())
  }
  for (const c of drawn) if (!openings.has(c)) openings.set(c, new Opening())
  const names = new HostNames(addresses), drawings = new Map(drawn.map((c) => [c, new Drawing()]))
  const texts = new CaptureTexts(files, (address, name) => names.add(address, 0, address.length, name, 'name resolution block', 0))
  const again = new Conversations({ dedup })
  const source = await openCaptures(files, (file) => texts.of(file))
  await readCaptures(source, filter, (frame, packet) => {
    const s = again.take(frame, packet), comments = source.commentsOf?.(frame) ?? []
    if (comments.length > 0) texts.packet(packet, s?.connection, comments)
    if (s === null) return
    drawings.get(s.connection)?.take(s)
    if (s.protocol === Protocol.UDP) takeDatagram(again.layout, packet, names)
    else if (s.length > 0) takeData(again, s, openings.get(s.connection), names)
  })
  for (const { ladder } of drawings.values()) ladder.end()
  return { texts, names, openings, drawings }
}

function takeDatagram(l: Layout, packet: number, names: HostNames): void {
  if (NAME_PORTS.includes(l.sourcePort)) names.takeDns(l.b, l.payload, l.dataEnd, packet)
}

function takeData(all: Conversations, s: Segment, opening: Opening | undefined, names: HostNames): void {
  if (opening === undefined || opening.isOver) return
  const { b, payload, dataEnd, destination, addressLength } = all.layout
  const server = opening.take(s.direction, b, payload, dataEnd)
  if (server !== undefined) names.add(b, destination, addressLength, server.name, server.source, s.packet)
}
