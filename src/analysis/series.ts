/**
 * What the pictures of one connection are drawn from: points over time, for each direction. Memory is bounded: where there are too many points of a kind,
 * every second one goes (those that mark a fault stay as long as there is room), and the bins of the throughput double.
 */
import { Flag } from '../decode/tcp.js'
import { Finding } from './findings.js'
import type { Segment } from './segment.js'

/** Points of one kind that are kept, at most. */
const MOST = 4000
/** Bins of the throughput. */
const BINS = 240
/** The first width of a bin, ns. */
const FIRST_BIN = 1e6

/** Points: times are nanoseconds since the connection's first packet. */
export interface Point {
  readonly time: number
  readonly value: number
}

/** A segment of data, SYN or FIN: the bytes from `value` to `end` of its direction's sequence space, SYN 0. */
export interface Sent extends Point {
  readonly end: number
  readonly packet: number
  readonly kind: 'new' | 'retransmission' | 'out_of_order'
}

/** A SACK block: the bytes from `value` to `end` that the receiver has. */
export interface Sacked extends Point {
  readonly end: number
}

/** A list that halves itself. */
class Points<T> {
  #all: T[] = []
  #stride = 1
  #seen = 0
  readonly #keeps: (point: T) => boolean

  constructor(keeps: (point: T) => boolean = () => false) {
    this.#keeps = keeps
  }

  add(point: T): void {
    if (this.#seen++ % this.#stride !== 0 && !this.#keeps(point)) return
    this.#all.push(point)
    if (this.#all.length < MOST) return
    this.#stride *= 2
    this.#all = this.#all.filter((one, i) => i % 2 === 0 || this.#keeps(one))
    if (this.#all.length > MOST / 2 + MOST / 4) this.#all = this.#all.filter((_one, i) => i % 2 === 0)
  }

  get all(): readonly T[] {
    return this.#all
  }

  /** Whether points were left out. */
  get isThinned(): boolean {
    return this.#stride > 1
  }
}

/** Bytes over time in bins of equal width. */
class Bins {
  readonly #sums = new Float64Array(BINS)
  width = FIRST_BIN
  #last = 0

  add(time: number, bytes: number): void {
    while (time / this.width >= BINS) {
      for (let i = 0; i < BINS; i++) this.#sums[i] = i * 2 < BINS ? this.#sums[i * 2]! + this.#sums[i * 2 + 1]! : 0
      this.width *= 2
      this.#last >>= 1
    }
    const bin = Math.max(Math.floor(time / this.width), 0)
    this.#sums[bin]! += bytes
    this.#last = Math.max(this.#last, bin)
  }

  /** Bytes a second in each bin, from the bin's start on; behind the last bin with anything in it nothing. None before `until` (nanoseconds) is left out. */
  rates(until: number): Point[] {
    const rates = Array.from(this.#sums.subarray(0, this.#last + 1), (bytes, i) => ({ time: i * this.width, value: bytes / (this.width / 1e9) }))
    return [...rates, { time: Math.min((this.#last + 1) * this.width, until), value: 0 }]
  }
}

/** One direction: what its sender sent, and what the receiver answered about it. */
export class DirectionSeries {
  readonly sent = new Points<Sent>((one) => one.kind !== 'new')
  /** Highest byte acknowledged by the receiver. */
  readonly acked = new Points<Point>()
  /** Right edge of the window that the receiver offers. */
  readonly limit = new Points<Point>()
  readonly sacked = new Points<Sacked>()
  /** Acknowledgments that repeat the one before. */
  readonly duplicates = new Points<Point>()
  /** RTT samples, nanoseconds. */
  readonly rtt = new Points<Point>()
  /** Bytes in flight after each segment sent, and the window offered then. */
  readonly inFlight = new Points<Point>()
  readonly window = new Points<Point>()
  /** Bytes of data sent, by time; those sent for the first time. */
  readonly throughput = new Bins()
  readonly goodput = new Bins()
  bytes = 0
  retransmissions = 0
  #highest = 0
  #ackHighest = 0

  /** Sequence numbers without the wrap at 2^32: the one nearest to the highest so far. */
  unwrap(seq: number): number {
    const value = this.#highest + ((seq - this.#highest) | 0)
    this.#highest = Math.max(this.#highest, value)
    return value
  }

  unwrapAck(ack: number): number {
    const value = this.#ackHighest + ((ack - this.#ackHighest) | 0)
    this.#ackHighest = Math.max(this.#ackHighest, value)
    return value
  }
}

const AGAIN = Finding.RETRANSMISSION

/** Both directions of one connection. */
export class FlowSeries {
  /** From the originator, and from the responder. */
  readonly directions: readonly [DirectionSeries, DirectionSeries] = [new DirectionSeries(), new DirectionSeries()]
  /** Nanoseconds from the first to the last packet. */
  duration = 0
  segments = 0
  #start: number | undefined

  take(s: Segment): void {
    if ((s.findings & Finding.CAPTURED_TWICE) !== 0) return
    const time = s.time - (this.#start ??= s.time)
    this.duration = Math.max(this.duration, time)
    this.segments++
    const own = this.directions[s.direction]
    const other = this.directions[1 - s.direction]!
    if (s.length > 0 || (s.flags & (Flag.SYN | Flag.FIN)) !== 0) this.#sent(own, s, time)
    if ((s.flags & Flag.ACK) !== 0 && (s.flags & Flag.RST) === 0) this.#answered(other, s, time)
  }

  #sent(own: DirectionSeries, s: Segment, time: number): void {
    const value = own.unwrap(s.seq)
    const occupied = s.length + ((s.flags & Flag.SYN) !== 0 ? 1 : 0) + ((s.flags & Flag.FIN) !== 0 ? 1 : 0)
    const again = (s.findings & AGAIN) !== 0
    own.sent.add({ time, value, end: value + occupied, packet: s.packet, kind: again ? 'retransmission' : (s.findings & Finding.OUT_OF_ORDER) !== 0 ? 'out_of_order' : 'new' })
    own.bytes += s.length
    if (again) own.retransmissions++
    own.throughput.add(time, s.length)
    own.goodput.add(time, again ? 0 : s.length)
    if (s.inFlight >= 0) own.inFlight.add({ time, value: s.inFlight })
  }

  #answered(other: DirectionSeries, s: Segment, time: number): void {
    const ack = other.unwrapAck(s.ack)
    other.acked.add({ time, value: ack })
    other.limit.add({ time, value: ack + s.window })
    other.window.add({ time, value: s.window })
    if ((s.findings & Finding.DUP_ACK) !== 0) other.duplicates.add({ time, value: ack })
    if (s.rtt >= 0) other.rtt.add({ time, value: s.rtt })
    for (let i = 0; i < s.sackCount; i++) {
      const left = other.unwrapAck(s.sack[i * 2]!)
      other.sacked.add({ time, value: left, end: left + ((s.sack[i * 2 + 1]! - s.sack[i * 2]!) >>> 0) })
    }
  }
}
