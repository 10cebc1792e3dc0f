/** TCP segments by hand, as Ethernet frames in memory, and what the engine says of them. */
import { Conversations, type ConversationsOptions } from '../../src/analysis/conversations.js'
import { FINDING_NAMES } from '../../src/analysis/findings.js'
import * as S from '../../src/analysis/segment-fields.js'
import { Segment } from '../../src/analysis/segment.js'
import { newFrame, type Frame } from '../../src/frame.js'

export interface By {
  /** `>` from the originator (10.0.0.1:1000), `<` from the responder (10.0.0.2:80). */
  readonly from: '>' | '<'
  /** Letters of S F R P A. */
  readonly flags: string
  readonly seq: number
  readonly ack?: number
  readonly length?: number
  readonly window?: number
  readonly id?: number
  /** Milliseconds. */
  readonly at?: number
  /** TSval and TSecr. */
  readonly times?: readonly [number, number]
  readonly sack?: readonly (readonly [number, number])[]
  readonly scale?: number
  readonly mss?: number
  /** NOP options behind all others, by fours. */
  readonly nops?: number
}

const BITS: Readonly<Record<string, number>> = { F: 1, S: 2, R: 4, P: 8, A: 16 }

/** Those of the fields that are doubles. */
export const DOUBLES: readonly string[] = ['TIME', 'GAP', 'RTT', 'SINCE_SENT', 'NANOS'] satisfies readonly (keyof typeof S)[]

/** Some fields of a segment: segment-fields.ts. */
export type Fields = Readonly<Partial<Record<keyof typeof S, number>>>

/** A segment with these, all others zero. */
export function segmentOf(fields: Fields): Segment {
  const s = new Segment(new ArrayBuffer(S.SIZE * 4), 0)
  for (const [name, value] of Object.entries(fields)) (DOUBLES.includes(name) ? s.doubles : s.words)[S[name as keyof typeof S]] = value
  return s
}

/** The frame of a segment; bytes of data are zero. */
export function frameOf(by: By): Frame {
  const options: number[] = []
  const u32 = (n: number): number[] => [(n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]
  if (by.mss !== undefined) options.push(2, 4, by.mss >> 8, by.mss & 255)
  if (by.scale !== undefined) options.push(1, 3, 3, by.scale)
  if (by.times !== undefined) options.push(1, 1, 8, 10, ...u32(by.times[0]), ...u32(by.times[1]))
  if (by.sack !== undefined) options.push(1, 1, 5, 2 + by.sack.length * 8, ...by.sack.flatMap(([left, right]) => [...u32(left), ...u32(right)]))
  for (let i = 0; i < (by.nops ?? 0); i++) options.push(1)
  const length = by.length ?? 0, header = 20 + options.length, total = 20 + header + length
  const b = Buffer.alloc(14 + total)
  b.writeUInt16BE(0x0800, 12)
  b[14] = 0x45
  b.writeUInt16BE(total, 16)
  b.writeUInt16BE(by.id ?? 0, 18)
  b[23] = 6
  b[22] = 64
  const [from, to] = by.from === '>' ? [1, 2] : [2, 1]
  b.set([10, 0, 0, from, 10, 0, 0, to], 26)
  b.writeUInt16BE(by.from === '>' ? 1000 : 80, 34)
  b.writeUInt16BE(by.from === '>' ? 80 : 1000, 36)
  b.writeUInt32BE(by.seq >>> 0, 38)
  b.writeUInt32BE((by.ack ?? 0) >>> 0, 42)
  b[46] = (header / 4) << 4
  b[47] = by.flags.split('').reduce((bits, letter) => bits | BITS[letter]!, 0)
  b.writeUInt16BE(by.window ?? 500, 48)
  b.set(options, 54)
  const at = by.at ?? 0
  return { ...newFrame(), b, at: 0, end: b.length, wireLength: b.length, seconds: 1_700_000_000 + Math.floor(at / 1000), nanos: Math.round((at % 1000) * 1e6), linkType: 1 }
}

/** Takes all segments; for each, the names of its findings, with the packet that each refers to behind `#` where there is one. */
export function findingsOf(segments: readonly By[], options: ConversationsOptions = {}): { readonly all: Conversations; readonly found: readonly string[] } {
  const all = new Conversations(options)
  const found = segments.map((by, i) => {
    const s = all.take(frameOf(by), i + 1)
    if (s === null) return 'left out'
    return FINDING_NAMES.flatMap((name, bit) => (s.findings & (1 << bit) ? [s.refers[bit]! > 0 ? `${name}#${s.refers[bit]}` : name] : [])).join(' ')
  })
  return { all, found }
}
