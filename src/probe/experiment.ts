/** What an experiment is: claims, each with its source, and a run that observes them. docs/probe.md tells how to write one. */
import type { Expectation, Observed } from '../format/probe-events.js'
import type { Probe } from './probe.js'

/** What an experiment, or one claim of it, cannot do without. needs.ts knows how each is judged. */
export type Need = 'filter' | 'namespace' | 'capture' | 'ipv6' | 'veth' | 'root' | 'sctp' | 'dccp'

export interface Claim {
  /** One sentence. */
  readonly says: string
  /** `TLPI §61.6.1`, `UNP §7.5`, `tcp(7)`, `RFC 9293 §3.5`; several with `; `. */
  readonly source: string
  /** What the source says, with the defaults of a kernel: never computed from what this host has set. */
  readonly expected: Expectation
  /** Without them only this claim is unavailable. */
  readonly needs?: readonly Need[]
  /** It speaks of something that not every kernel and user has: where it is unavailable the run is complete all the same. */
  readonly optional?: true
  /** Settings that decide it, below /proc/sys: shown with the verdict. */
  readonly sysctls?: readonly string[]
}

export interface Experiment<Id extends string = string> {
  readonly claims: Readonly<Record<Id, Claim>>
  /** Without them nothing of it runs. */
  readonly needs?: readonly Need[]
  /** It moves so much that capturing would disturb it. */
  readonly noCapture?: true
  readonly run: (p: Probe<Id>) => Promise<void> | void
}

/** An experiment, the names of its claims checked by the compiler. */
export const experiment = <Id extends string>(definition: Experiment<Id>): Experiment => definition as unknown as Experiment

/** Whether what was seen is what was expected. */
export function holds(expected: Expectation, observed: Observed): boolean {
  if (typeof expected !== 'object') return expected === observed
  if (typeof observed !== 'number' || Number.isNaN(observed)) return false
  return observed >= (expected.least ?? -Infinity) && observed <= (expected.most ?? Infinity)
}
