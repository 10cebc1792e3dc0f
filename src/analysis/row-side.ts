/** A side of a connection or conversation, read out of its row when it is asked for: a table or a verdict needs few of all these. */
import { Protocol } from '../decode/ip-protocol.js'
import type { Conversations } from './conversations.js'
import * as R from './record.js'
import { FINDINGS, Has, Scale } from './record.js'
import { quantileOf } from './rtt.js'
import type { RttSummary, SideSummary } from './summary.js'

export class RowSide implements SideSummary {
  readonly #all: Conversations
  readonly #c: number
  readonly #which: 0 | 1
  readonly #end: number
  readonly #u: Int32Array
  readonly #d: Float64Array
  readonly #at: number
  readonly #atD: number
  readonly #isTcp: boolean
  #rtt: RttSummary | undefined
  #counts: Int32Array | undefined
  #firsts: Int32Array | undefined

  constructor(all: Conversations, c: number, which: 0 | 1, end: number) {
    const row = all.rowOf(c)
    this.#all = all
    this.#c = c
    this.#which = which
    this.#end = end
    this.#u = all.words
    this.#d = all.doubles
    this.#at = row + R.SIDE_AT + which * R.SIDE_SIZE
    this.#atD = this.#at / 2
    this.#isTcp = this.#u[row + R.PROTOCOL] === Protocol.TCP
  }

  #word(at: number): number {
    return this.#u[this.#at + at]!
  }

  #double(at: number): number {
    return this.#d[this.#atD + at]!
  }

  #has(has: number): boolean {
    return (this.#word(R.HAS) & has) !== 0
  }

  get address(): Uint8Array {
    return this.#all.addressOf(this.#c, this.#which)
  }

  get port(): number { return this.#all.portOf(this.#c, this.#which) }
  get packets(): number { return this.#word(R.PACKETS) }
  get dataPackets(): number { return this.#word(R.DATA_PACKETS) }
  get pureAcks(): number { return this.#word(R.PURE_ACKS) }
  get synPackets(): number { return this.#word(R.FLAG_PACKETS + 1) }
  get flagPackets(): readonly number[] { return Array.from({ length: 8 }, (_, bit) => this.#word(bit === 3 ? R.PSH_PACKETS : bit === 4 ? R.ACK_PACKETS : R.FLAG_PACKETS + bit)) }
  get wireBytes(): number { return this.#double(R.WIRE_BYTES) }
  get bytes(): number { return this.#double(R.BYTES) }
  get bytesAgain(): number { return this.#double(R.BYTES_AGAIN) }
  get bytesTwice(): number { return this.#double(R.BYTES_TWICE) }
  get uniqueBytes(): number { return this.bytes - this.bytesAgain - this.bytesTwice }
  get mss(): number { return this.#word(R.MSS) }

  get windowScale(): number {
    const scale = this.#word(R.SCALE)
    return this.#isTcp && scale < Scale.NONE ? scale : -1
  }

  get sackPermitted(): boolean { return this.#has(Has.SACK_OK) }
  get timestamps(): boolean { return this.#has(Has.TIMESTAMPS) }
  get maxLength(): number { return this.#word(R.MAX_LENGTH) }
  get maxWindow(): number { return this.#word(R.MAX_WINDOW) }

  get minWindow(): number {
    const least = this.#word(R.MIN_WINDOW)
    return least === 0x7fffffff || !this.#isTcp ? 0 : least
  }

  get zeroWindowTime(): number {
    const since = this.#double(R.ZERO_SINCE)
    return this.#double(R.ZERO_TIME) + (this.#isTcp && since >= 0 ? Math.max(0, this.#end - since) : 0)
  }

  get maxInFlight(): number { return this.#word(R.MAX_IN_FLIGHT) }
  get maxInFlightPacket(): number { return this.#word(R.MAX_IN_FLIGHT_PACKET) }
  get ttl(): number { return this.#word(R.TTL) }
  get state(): number { return this.#word(R.STATE) }
  get isAssumed(): boolean { return this.#has(Has.ASSUMED) }
  get hasFin(): boolean { return this.#has(Has.FIN) }
  get finPacket(): number { return this.#word(R.FIN_PACKET) }

  get isFinAcked(): boolean {
    const peer = this.#at + (this.#which === 0 ? R.SIDE_SIZE : -R.SIDE_SIZE)
    return (this.#u[peer + R.HAS]! & Has.TOOK_FIN) !== 0
  }

  get outstanding(): number { return this.#word(R.LIST_COUNT) }

  get rtt(): RttSummary | undefined {
    const samples = this.#word(R.RTT_COUNT)
    return samples === 0 ? undefined : (this.#rtt ??= this.#rttOf(samples))
  }

  #rttOf(samples: number): RttSummary {
    const min = this.#double(R.RTT_MIN), max = this.#double(R.RTT_MAX)
    return {
      samples,
      min,
      avg: this.#double(R.RTT_SUM) / samples,
      p95: Math.min(max, Math.max(min, quantileOf(this.#u, this.#word(R.RTT_STORE), samples, 0.95))),
      max,
      maxPacket: this.#word(R.RTT_MAX_PACKET),
    }
  }

  get counts(): Int32Array { return (this.#counts ??= this.#u.subarray(this.#at + R.COUNTS, this.#at + R.COUNTS + FINDINGS)) }
  get firsts(): Int32Array { return (this.#firsts ??= this.#u.subarray(this.#at + R.FIRSTS, this.#at + R.FIRSTS + FINDINGS)) }
  get windowLimited(): number { return this.#word(R.WINDOW_LIMITED) }
  get windowLimitedPacket(): number { return this.#word(R.WINDOW_LIMITED_PACKET) }
  get restTime(): number { return this.#double(R.REST_TIME) }
  get restPacket(): number { return this.#word(R.REST_PACKET) }
  get waitTime(): number { return this.#double(R.WAIT_TIME) }
  get dataTime(): number { return this.#double(R.LAST_DATA_TIME) - this.#double(R.FIRST_DATA_TIME) }
  get recoveryTime(): number { return this.#double(R.RECOVERY_TIME) }
  get firstTime(): number { return this.#double(R.SIDE_FIRST_TIME) }
  get lastTime(): number { return this.#double(R.SIDE_LAST_TIME) }

  get lastPacket(): number {
    return this.#word(R.SIDE_LAST_PACKET)
  }
}
