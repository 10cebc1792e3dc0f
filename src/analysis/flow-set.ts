/** The conversations of a whole capture, whether one engine followed them or several, a share each: numbered in the order of their first packets. */
import type { Conversations } from './conversations.js'
import * as R from './record.js'
import { summarize } from './row-summary.js'
import type { Summary } from './summary.js'

export class FlowSet {
  readonly count: number
  readonly baseSeconds: number
  /** Time of the latest frame. */
  readonly end: number
  readonly passedOver: number
  readonly capturedTwice: number
  readonly #parts: readonly Conversations[]
  /** For each number: which part, and its number there. And the other way round. */
  readonly #partOf: Uint8Array
  readonly #localOf: Uint32Array
  readonly #globalOf: readonly Uint32Array[]

  constructor(parts: readonly Conversations[]) {
    this.#parts = parts
    const sum = (of: (part: Conversations) => number): number => parts.reduce((all, part) => all + of(part), 0)
    this.count = sum(({ count }) => count)
    this.passedOver = sum(({ passedOver }) => passedOver)
    this.capturedTwice = sum(({ capturedTwice }) => capturedTwice)
    this.baseSeconds = parts[0]!.baseSeconds
    this.end = Math.max(...parts.map(({ end }) => end))
    this.#partOf = new Uint8Array(this.count)
    this.#localOf = new Uint32Array(this.count)
    this.#globalOf = parts.map(({ count }) => new Uint32Array(count))
    const at = parts.map(() => 0)
    for (let n = 0; n < this.count; n++) {
      let first = -1, packet = Infinity
      for (let i = 0; i < parts.length; i++) {
        const part = parts[i]!, next = at[i]! < part.count ? firstPacket(part, at[i]!) : Infinity
        if (next < packet) {
          first = i
          packet = next
        }
      }
      const local = at[first]!++
      this.#partOf[n] = first
      this.#localOf[n] = local
      this.#globalOf[first]![local] = n
    }
  }

  /** @param end time at which the capture ended */
  summary(n: number, end: number): Summary {
    const part = this.#partOf[n]!
    return summarize(this.#parts[part]!, this.#localOf[n]!, end, this.#globalOf[part])
  }
}

function firstPacket(all: Conversations, c: number): number {
  return all.words[all.rowOf(c) + R.FIRST_PACKET]!
}
