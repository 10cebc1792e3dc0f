/** A connection or conversation, read out of its row when it is asked for. */
import { connState } from './conn-state.js'
import type { Conversations } from './conversations.js'
import { Finding, bitOf } from './findings.js'
import { history } from './history.js'
import * as R from './record.js'
import { Seen } from './record.js'
import { RowSide } from './row-side.js'
import type { SideSummary, Summary } from './summary.js'
import { between } from './times.js'
import { transitionsOf, type Transition } from './transitions.js'
import { type Verdict, verdictOf } from './verdict.js'

/**
 * Reads connection `c`; what is asked of it is read then, out of its row. `end`: the time at which the capture ended, as far as it is known. `numbers`: what
 * the connections of `all` are called, where they are a share of a capture's.
 */
export const summarize = (all: Conversations, c: number, end: number, numbers?: Uint32Array): Summary => new RowSummary(all, c, end, numbers)

class RowSummary implements Summary {
  readonly originator: SideSummary
  readonly responder: SideSummary
  readonly #c: number
  readonly #end: number
  readonly #numbers: Uint32Array | undefined
  readonly #u: Int32Array
  readonly #d: Float64Array
  readonly #row: number
  readonly #rowD: number
  #verdict: Verdict | undefined
  #goodput: readonly [number, number] | undefined

  constructor(all: Conversations, c: number, end: number, numbers: Uint32Array | undefined) {
    this.#c = c
    this.#end = end
    this.#numbers = numbers
    this.#u = all.words
    this.#d = all.doubles
    this.#row = all.rowOf(c)
    this.#rowD = this.#row / 2
    this.originator = new RowSide(all, c, 0, end)
    this.responder = new RowSide(all, c, 1, end)
  }

  #word(at: number): number {
    return this.#u[this.#row + at]!
  }

  #double(at: number): number {
    return this.#d[this.#rowD + at]!
  }

  #has(seen: number): boolean {
    return (this.#word(R.SEEN) & seen) !== 0
  }

  /** How often both sides have a finding. */
  #count(finding: number): number {
    return this.originator.counts[bitOf(finding)]! + this.responder.counts[bitOf(finding)]!
  }

  get connection(): number { return this.#numbers?.[this.#c] ?? this.#c }
  get protocol(): number { return this.#word(R.PROTOCOL) }
  get ipVersion(): 4 | 6 { return (this.#word(R.ENTRY) & 1) === 0 ? 4 : 6 }
  get firstPacket(): number { return this.#word(R.FIRST_PACKET) }
  get lastPacket(): number { return this.#word(R.LAST_PACKET) }
  get firstTime(): number { return this.#double(R.FIRST_TIME) }
  get lastTime(): number { return this.#double(R.LAST_TIME) }
  get duration(): number { return between(this.firstTime, this.lastTime) }
  get handshakeRtt(): number { return this.#double(R.HANDSHAKE_RTT) }
  get synRtt(): number { return this.#double(R.SYN_RTT) }
  get synAckRtt(): number { return this.#double(R.SYN_ACK_RTT) }
  get synPacket(): number { return this.#word(R.SYN_PACKET) }
  get synAckPacket(): number { return this.#word(R.SYN_ACK_PACKET) }
  get handshakePacket(): number { return this.#word(R.HANDSHAKE_PACKET) }
  get rstPacket(): number { return this.#word(R.RST_PACKET) }
  get isRstByResponder(): boolean { return this.#has(Seen.RST_BY_RESPONDER) }
  get icmpPacket(): number { return this.#word(R.ICMP_PACKET) }
  get icmpCode(): number { return this.#word(R.ICMP_CODE) }
  get isEcho(): boolean { return this.#has(Seen.ECHO) }
  get hasSyn(): boolean { return this.#has(Seen.SYN) }
  get hasSynAck(): boolean { return this.#has(Seen.SYN_ACK) }
  get stalls(): number { return this.#word(R.STALLS) }
  get stallTime(): number { return this.#double(R.STALL_TIME) }
  get longestStall(): number { return this.#double(R.STALL_MAX) }
  get longestStallPacket(): number { return this.#word(R.STALL_PACKET) }
  get history(): string { return history(this.#u, this.#row) }
  get connState(): string { return connState(this.protocol, this.#word(R.SEEN), this.originator, this.responder) }

  get completeness(): number {
    const hasAck = this.#has(Seen.LAST_ACK) || this.originator.pureAcks + this.responder.pureAcks > 0
    return (this.#word(R.SEEN) & (63 & ~Seen.HANDSHAKE_ACK)) | (hasAck ? Seen.HANDSHAKE_ACK : 0)
  }

  get lossPercent(): number {
    const sent = this.originator.dataPackets + this.responder.dataPackets + this.#count(Finding.SYN_AGAIN)
    // a FIN without data that is sent again has no share in `sent`
    return sent === 0 ? 0 : Math.min(100, (100 * Math.max(0, this.retransmissions - this.#count(Finding.SPURIOUS))) / sent)
  }

  get retransmissions(): number { return this.#count(Finding.RETRANSMISSION) }

  get goodput(): readonly [number, number] {
    const d = this.#d, at = this.#rowD + R.SIDE_DOUBLES_AT
    return (this.#goodput ??= [rate(d, at, this.originator), rate(d, at + R.SIDE_DOUBLES_SIZE, this.responder)])
  }

  get former(): number {
    const former = this.#word(R.FORMER) - 1
    return former < 0 ? -1 : (this.#numbers?.[former] ?? former)
  }

  get nearTo(): Summary['nearTo'] { return nearTo(this.synRtt, this.synAckRtt) }
  get transitions(): readonly Transition[] { return transitionsOf(this.#u, this.#d, this.#row) }

  get impossible(): Summary['impossible'] {
    return [0, 1].flatMap((which) => {
      const u = this.#u, at = this.#row + R.SIDE_AT + which * R.SIDE_SIZE, packet = u[at + R.FIRSTS + bitOf(Finding.IMPOSSIBLE)]!
      return packet === 0 ? [] : [{ reason: u[at + R.IMPOSSIBLE]!, packet }]
    })
  }

  get verdict(): Verdict {
    return (this.#verdict ??= verdictOf(this, this.#end))
  }
}

/** Four times longer is another end of the path. */
function nearTo(synRtt: number, synAckRtt: number): Summary['nearTo'] {
  if (synRtt < 0 || synAckRtt < 0) return undefined
  if (synRtt > 4 * synAckRtt) return 'originator'
  return synAckRtt > 4 * synRtt ? 'responder' : 'middle'
}

/** Bytes a second; -1 where all came at one time, which tells nothing. */
function rate(d: Float64Array, at: number, { uniqueBytes }: SideSummary): number {
  const nanos = d[at + R.LAST_DATA_TIME]! - d[at + R.FIRST_DATA_TIME]!
  if (uniqueBytes === 0) return 0
  return nanos > 0 ? (uniqueBytes * 1e9) / nanos : -1
}
