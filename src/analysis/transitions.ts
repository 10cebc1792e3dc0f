/** The states that the endpoints of each connection went through, as the rules keep them: rules/transitions.ts. */
import { TRANSITION_FIRST } from './record.js'

export interface Transition {
  /** 0 the originator, 1 the responder. */
  readonly side: 0 | 1
  /** Numbers of TcpState; 0: not known. */
  readonly from: number
  readonly to: number
  /** The segment that shows it. */
  readonly packet: number
  /** Nanoseconds since `baseSeconds`. */
  readonly time: number
  /** It rests on segments that were not seen. */
  readonly isAssumed: boolean
}

/** Words of an entry: what happened (the side, two states and ASSUMED), the packet, the entry + 1 behind it; and its time, in doubles. */
export const WORDS = 6
export const WHAT = 0
export const PACKET = 1
export const NEXT = 2
export const TIME = 2
/** Where the two states stand in WHAT, and the bits of one. */
export const FROM = 4
export const TO = 8
export const STATE = 15
export const ASSUMED = 1 << 12

/** All of the connection whose row is `u[row …]`, in order. */
export function transitionsOf(u: Int32Array, d: Float64Array, row: number): Transition[] {
  const all: Transition[] = []
  for (let at = u[row + TRANSITION_FIRST]! - 1; at >= 0; at = u[at + NEXT]! - 1) {
    const what = u[at + WHAT]!
    all.push({
      side: (what & 1) as 0 | 1, from: (what >> FROM) & STATE, to: (what >> TO) & STATE, packet: u[at + PACKET]!, time: d[at / 2 + TIME]!, isAssumed: (what & ASSUMED) !== 0,
    })
  }
  return all.toSorted((x, y) => x.packet - y.packet)
}
