/**
 * A process that tells of the signals it gets. A test of SIGURG or SIGIO needs one whose threads we do not share: Node.js has several, and hands signals on late.
 */
import type { Tools } from './probe.js'

/** Signals are told by number: not every shell has all names. SIGURG, SIGIO (asm-generic/signal.h). */
const SIGNALS = { SIGURG: 23, SIGIO: 29 } as const
/** Signals it lives through: then it ends, also when nobody reads it any more. */
const MOST = 16

export interface SignalCatcher {
  readonly pid: number
  /** Names of the signals that came so far, in order. */
  readonly caught: readonly string[]
}

/** Starts it, and waits until it listens. */
export async function signalCatcher(p: Tools): Promise<SignalCatcher> {
  const traps = Object.entries(SIGNALS).map(([name, number]) => `trap 'echo ${name}' ${number}; `).join('')
  const child = p.child('/bin/sh', ['-c', `${traps}echo ready; i=0; while [ $i -lt ${MOST} ]; do read -r line; i=$((i+1)); done`], { stdio: ['pipe', 'pipe', 'ignore'] })
  const words: string[] = []
  child.stdout!.setEncoding('latin1').on('data', (text: string) => words.push(...text.split('\n').filter((word) => word !== '')))
  await p.until('a shell to start', () => words[0] === 'ready', 3000)
  words.shift()
  return { pid: child.pid!, caught: words }
}
