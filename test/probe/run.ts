/** Runs an experiment in this process, in a namespace of its own, and gathers what it tells. */
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClaimEvent, Expectation, ProbeEvent } from '../../src/format/probe-events.js'
import type { Experiment } from '../../src/probe/experiment.js'
import { runExperiment } from '../../src/probe/runner.js'
import { readSysctls } from '../../src/probe/sysctls.js'
import { loadLibc } from '../../src/socket/libc.js'
import { Syscalls } from '../../src/socket/syscalls.js'

export interface Told {
  readonly events: readonly ProbeEvent[]
  readonly claims: ReadonlyMap<string, ClaimEvent>
}

export async function runHere(name: string, experiment: Experiment, options: { readonly expectations?: Readonly<Record<string, Expectation>>; readonly shared?: boolean; readonly verbose?: boolean; } = {}): Promise<Told> {
  const libc = await loadLibc()
  const events: ProbeEvent[] = []
  await runExperiment(name, experiment, {
    libc, sys: new Syscalls(libc), settings: readSysctls(), file: join(tmpdir(), `sockscope-probe-test-${randomUUID()}`), verbose: false,
    onSignal: (signal, act) => {
      process.on(signal, act)
      return () => process.off(signal, act)
    },
    ...options, emit: (event) => void events.push(event),
  })
  return { events, claims: new Map(events.filter((event) => event.event === 'claim').map((event) => [event.claim, event])) }
}

/** An expectation that nothing can meet which meets this one. */
export const opposite = (expected: Expectation): Expectation => {
  if (typeof expected === 'boolean') return !expected
  if (typeof expected === 'number') return expected + 1
  if (typeof expected === 'string') return `not ${expected}`
  return { least: 1e15 }
}
