/** What a segment was found to be, in words for people. */
import { Finding } from '../analysis/findings.js'
import { IMPOSSIBLE_REASONS } from '../analysis/impossible.js'

/** How much a finding asks for attention: a sign of loss or fault, something to know, or the ordinary run of things. */
export type Weight = 'fault' | 'notice' | 'plain'

interface Words {
  /** `{}` stands for the packet referred to. */
  readonly text: string
  /** The same where there is no such packet. */
  readonly alone?: string
  readonly weight: Weight
}

const WORDS: Readonly<Record<number, Words>> = {
  [Finding.RETRANSMISSION]: { text: 'retransmission of {}', alone: 'retransmission', weight: 'fault' },
  [Finding.RTO]: { text: 'RTO of {}', alone: 'RTO', weight: 'fault' },
  [Finding.FAST]: { text: 'fast retransmission of {}', alone: 'fast retransmission', weight: 'fault' },
  [Finding.SPURIOUS]: { text: 'spurious retransmission: see {}', alone: 'spurious retransmission', weight: 'fault' },
  [Finding.SYN_AGAIN]: { text: 'SYN of {} again', alone: 'SYN again', weight: 'fault' },
  [Finding.TAIL]: { text: 'loss probe of {}', alone: 'loss probe', weight: 'fault' },
  [Finding.OUT_OF_ORDER]: { text: 'out of order, overtaken by {}', alone: 'out of order', weight: 'fault' },
  [Finding.LOST_PREVIOUS]: { text: 'bytes missing after {}', alone: 'bytes missing before', weight: 'fault' },
  [Finding.ACKED_UNSEEN]: { text: 'acknowledges bytes not captured', weight: 'notice' },
  [Finding.DUP_ACK]: { text: 'dup ACK #{n} of {}', alone: 'dup ACK #{n}', weight: 'notice' },
  [Finding.ZERO_WINDOW]: { text: 'zero window', weight: 'notice' },
  [Finding.WINDOW_FULL]: { text: 'window of {} full', alone: 'window full', weight: 'notice' },
  [Finding.ZERO_WINDOW_PROBE]: { text: 'zero-window probe of {}', alone: 'zero-window probe', weight: 'notice' },
  [Finding.ZERO_WINDOW_PROBE_ACK]: { text: 'answer to probe {}', alone: 'answer to a probe', weight: 'notice' },
  [Finding.KEEP_ALIVE]: { text: 'keep-alive', weight: 'plain' },
  [Finding.KEEP_ALIVE_ACK]: { text: 'answer to keep-alive {}', alone: 'answer to a keep-alive', weight: 'plain' },
  [Finding.WINDOW_UPDATE]: { text: 'window update', weight: 'plain' },
  [Finding.PORT_REUSE]: { text: 'ports reused, last in {}', alone: 'ports reused', weight: 'notice' },
  [Finding.CAPTURED_TWICE]: { text: 'captured twice, first as {}', alone: 'captured twice', weight: 'plain' },
  [Finding.OVER_MSS]: { text: 'longer than the MSS: offload', weight: 'plain' },
  [Finding.SACK]: { text: 'SACK', weight: 'plain' },
  [Finding.DSACK]: { text: 'D-SACK: received twice', weight: 'notice' },
}

/** One finding (one bit) in words. `refers`: the packet, 0 for none; `n`: of dup ACK #n; `impossible`: index of IMPOSSIBLE_REASONS. */
export function findingText(finding: number, refers: number, n: number, impossible: number): string {
  if (finding === Finding.IMPOSSIBLE) return `impossible: ${IMPOSSIBLE_REASONS[impossible] ?? ''}`
  const words = WORDS[finding]
  if (words === undefined) return ''
  const text = refers === 0 ? (words.alone ?? words.text) : words.text
  return text.replace('{n}', String(n)).replace('{}', String(refers))
}

/** How much attention a finding (one bit) asks for. */
export const findingWeight = (finding: number): Weight => (finding === Finding.IMPOSSIBLE ? 'fault' : (WORDS[finding]?.weight ?? 'plain'))
