/** The order in which connections deserve a look: what failed, then what was slow, by the time that was lost on it. */
import type { Summary } from './summary.js'
import { VERDICTS } from './verdict.js'

/** Numbers of all `count` connections, worst first; `reverse`: best first. */
export function worstFirst(count: number, summaryOf: (c: number) => Summary, reverse = false): Uint32Array {
  const numbers = Uint32Array.from({ length: count }, (_, c) => c)
  const sign = reverse ? -1 : 1
  const rank = new Uint8Array(count), lost = new Float64Array(count), bytes = new Float64Array(count)
  for (let c = 0; c < count; c++) {
    const s = summaryOf(c)
    rank[c] = VERDICTS.indexOf(s.verdict.code)
    lost[c] = lostTime(s)
    bytes[c] = s.originator.bytes + s.responder.bytes
  }
  return numbers.sort((a, b) => sign * (rank[a]! - rank[b]! || lost[b]! - lost[a]! || bytes[b]! - bytes[a]! || a - b))
}

/** Nanoseconds that were lost on it. */
const lostTime = (s: Summary): number => s.stallTime + s.originator.recoveryTime + s.responder.recoveryTime + s.originator.zeroWindowTime + s.responder.zeroWindowTime
