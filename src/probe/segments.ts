/** TCP segments of captured frames (Ethernet, IPv4 or IPv6), as experiments look at them. */
import * as tcp from '../decode/tcp.js'
import { u16 } from '../bytes.js'
import type { TappedFrame } from './tap.js'

const ETHERNET = 14
const TCP = 6

export interface Segment {
  /** Time of capture, milliseconds since 1970. */
  readonly millis: number
  readonly sourcePort: number
  readonly destinationPort: number
  /** tcpdump's letters in its order: `S`, `S.`, `.`, `P.`, `F.`, `R.`, `SEW`. */
  readonly flags: string
  /** Absolute. */
  readonly seq: number
  readonly ack: number
  readonly window: number
  /** Bytes of payload. */
  readonly length: number
  /** Kinds of its options, in order, padding left out: `mss`, `sack`, `timestamps`, `wscale`, or a number in text. */
  readonly options: readonly string[]
  readonly urgent: number
}

const LETTERS: readonly (readonly [number, string])[] = [
  [tcp.Flag.FIN, 'F'], [tcp.Flag.SYN, 'S'], [tcp.Flag.RST, 'R'], [tcp.Flag.PSH, 'P'], [tcp.Flag.ACK, '.'], [tcp.Flag.URG, 'U'], [tcp.Flag.ECE, 'E'], [tcp.Flag.CWR, 'W'],
]
const KINDS: Readonly<Record<number, string>> = { 2: 'mss', 3: 'wscale', 4: 'sack', 5: 'sack blocks', 8: 'timestamps' }

/** The segment of a frame; undefined where it carries none. */
export function segmentOf(frame: TappedFrame): Segment | undefined {
  const b = frame.bytes
  const at = segmentAt(b)
  if (at === undefined || tcp.check(b, at.at, b.length) !== 'ok') return undefined
  const header = tcp.headerLength(b, at.at)
  const flags = tcp.flags(b, at.at)
  return {
    millis: frame.seconds * 1000 + frame.nanos / 1e6,
    sourcePort: tcp.sourcePort(b, at.at),
    destinationPort: tcp.destinationPort(b, at.at),
    flags: LETTERS.filter(([flag]) => (flags & flag) !== 0).map(([, letter]) => letter).join(''),
    seq: tcp.seq(b, at.at),
    ack: tcp.ack(b, at.at),
    window: tcp.window(b, at.at),
    length: at.length - header,
    options: optionsOf(b.subarray(at.at + 20, at.at + header)),
    urgent: tcp.urgent(b, at.at),
  }
}

/** Where the segment begins, and its length with the header as the IP header says it. */
function segmentAt(b: Buffer): { readonly at: number; readonly length: number } | undefined {
  if (b.length < ETHERNET + 20) return undefined
  const type = u16(b, 12)
  if (type === 0x0800 && b[ETHERNET + 9] === TCP) {
    const header = (b[ETHERNET]! & 15) * 4
    return { at: ETHERNET + header, length: u16(b, ETHERNET + 2) - header }
  }
  if (type === 0x86dd && b.length >= ETHERNET + 40 && b[ETHERNET + 6] === TCP) return { at: ETHERNET + 40, length: u16(b, ETHERNET + 4) }
  return undefined
}

function optionsOf(b: Uint8Array): string[] {
  const kinds: string[] = []
  for (let at = 0; at < b.length && b[at] !== 0; ) {
    const kind = b[at]!
    if (kind === 1) {
      at++
      continue
    }
    kinds.push(KINDS[kind] ?? String(kind))
    const length = b[at + 1] ?? 0
    if (length < 2) break
    at += length
  }
  return kinds
}
