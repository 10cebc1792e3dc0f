/**
 * One connection as the rows of a ladder diagram: an arrow a segment, and runs of bulk data folded into one row. Bounded: a row is handed on as soon as it
 * is sure, and of a run only its first, its last and its sums are kept.
 */
import { Flag } from '../decode/tcp.js'
import { Finding, bitOf } from './findings.js'
import type { Segment } from './segment.js'

/** What a segment was found to be, and the packet that refers to: 0 for none. */
export interface Mark {
  readonly finding: number
  readonly refers: number
}

/** A side's state as a segment shows it. */
export interface SideState {
  /** Number of TcpState; 0: not known. */
  readonly state: number
  readonly assumed: boolean
  /** The segment changed it. */
  readonly changed: boolean
}

/** One segment. Times are nanoseconds. */
export interface Arrow {
  readonly kind: 'arrow'
  readonly packet: number
  /** Since the connection's first packet in the diagram. */
  readonly time: number
  readonly gap: number
  /** 0: from the originator, 1: to it. */
  readonly direction: 0 | 1
  readonly flags: number
  readonly seq: number
  readonly ack: number
  readonly length: number
  readonly window: number
  readonly marks: readonly Mark[]
  readonly dupAckNumber: number
  readonly sinceSent: number
  readonly impossible: number
  readonly originator: SideState
  readonly responder: SideState
}

/** A run of segments in which nothing else happened than data and its acknowledgment. */
export interface Fold {
  readonly kind: 'fold'
  readonly firstPacket: number
  readonly lastPacket: number
  readonly segments: number
  /** Bytes of data from the originator, and from the responder. */
  readonly bytes: readonly [number, number]
  /** Nanoseconds from the row before to the last of the run. */
  readonly span: number
}

export type Row = Arrow | Fold

/** What is no reason to show a segment of its own. */
const ORDINARY = Finding.WINDOW_UPDATE | Finding.OVER_MSS
/** Marks that say nothing that the arrow does not. */
const UNMARKED = Finding.OVER_MSS | Finding.SACK
/** More precise than RETRANSMISSION, which stands beside each. */
const PRECISE = Finding.RTO | Finding.FAST | Finding.SPURIOUS | Finding.SYN_AGAIN | Finding.TAIL
const NOTABLE_FLAGS = Flag.SYN | Flag.FIN | Flag.RST | Flag.URG

/** Segments of a run that are shown before the fold; the last is, too. */
const SHOWN_FIRST = 2
/** A run is not folded to save fewer rows than this. */
const WORTH = 8

/** Makes rows of the segments of one connection; `emit` gets them in order. */
export class Ladder {
  readonly #emit: (row: Row) => void
  readonly #folds: boolean
  #start: number | undefined
  /** Ordinary segments in a row so far. */
  #run = 0
  /** Those held back: all while there are few, then the last alone. */
  #held: Arrow[] = []
  #folded: { firstPacket: number; segments: number; bytes: [number, number]; span: number } | undefined

  constructor(emit: (row: Row) => void, folds: boolean) {
    this.#emit = emit
    this.#folds = folds
  }

  take(s: Segment): void {
    this.#start ??= s.time
    const arrow = arrowOf(s, s.time - this.#start)
    if (!this.#folds || !isOrdinary(s)) {
      this.end()
      this.#emit(arrow)
    } else if (this.#run++ < SHOWN_FIRST) this.#emit(arrow)
    else this.#hold(arrow)
  }

  /** Hands on what is held back: the run is over, or the capture. */
  end(): void {
    const folded = this.#folded
    if (folded !== undefined) this.#emit({ kind: 'fold', ...folded, lastPacket: this.#lastFolded })
    for (const arrow of this.#held) this.#emit(arrow)
    this.#held = []
    this.#folded = undefined
    this.#run = 0
  }

  #lastFolded = 0

  #hold(arrow: Arrow): void {
    this.#held.push(arrow)
    if (this.#held.length <= WORTH && this.#folded === undefined) return
    this.#folded ??= { firstPacket: this.#held[0]!.packet, segments: 0, bytes: [0, 0], span: 0 }
    while (this.#held.length > 1) {
      const { packet, direction, length, gap } = this.#held.shift()!
      this.#folded.segments++
      this.#folded.bytes[direction] += length
      this.#folded.span += gap
      this.#lastFolded = packet
    }
  }
}

function isOrdinary(s: Segment): boolean {
  return (
    (s.flags & NOTABLE_FLAGS) === 0 && (s.findings & ~ORDINARY) === 0 &&
    s.originatorState === s.originatorStateBefore && s.responderState === s.responderStateBefore
  )
}

function arrowOf(s: Segment, time: number): Arrow {
  return {
    kind: 'arrow',
    packet: s.packet,
    time,
    gap: time === 0 ? 0 : s.gap,
    direction: s.direction,
    flags: s.flags,
    seq: s.seq,
    ack: s.ack,
    length: s.length,
    window: s.window,
    marks: marksOf(s),
    dupAckNumber: s.dupAckNumber,
    sinceSent: s.sinceSent,
    impossible: s.impossible,
    originator: { state: s.originatorState, assumed: s.isOriginatorAssumed, changed: s.originatorState !== s.originatorStateBefore },
    responder: { state: s.responderState, assumed: s.isResponderAssumed, changed: s.responderState !== s.responderStateBefore },
  }
}

function marksOf(s: Segment): Mark[] {
  const marks: Mark[] = []
  let rest = s.findings & ~UNMARKED
  if ((rest & PRECISE) !== 0) rest &= ~Finding.RETRANSMISSION
  for (; rest !== 0; rest &= rest - 1) {
    const finding = rest & -rest
    marks.push({ finding, refers: s.refers[bitOf(finding)]! })
  }
  return marks
}
