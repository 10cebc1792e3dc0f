/** Runs one experiment: a namespace, a capture, the run itself, its claims judged, and everything undone whatever happened. */
import { performance } from 'node:perf_hooks'
import type { ClaimEvent, Expectation, Observed, ProbeEvent } from '../format/probe-events.js'
import { SyscallError } from '../socket/errno.js'
import type { Libc } from '../socket/libc.js'
import { addVeth, LOOPBACK_INDEX, removeLink } from '../socket/links.js'
import type { Syscalls } from '../socket/syscalls.js'
import { holds, type Claim, type Experiment, type Need } from './experiment.js'
import { enterFresh } from './namespace.js'
import { needsOf, type Missing } from './needs.js'
import type { Path } from './path.js'
import { Probe } from './probe.js'
import { sysctl } from './sysctls.js'
import { Tap } from './tap.js'

export interface RunSettings {
  readonly libc: Libc
  readonly sys: Syscalls
  readonly emit: (event: ProbeEvent) => void
  /** Path of a file that an experiment may make. */
  readonly file: string
  /** Of the namespace that was started in (readSysctls): every experiment's own gets them. */
  readonly settings: ReadonlyMap<string, string>
  /** Tell every call. */
  readonly verbose: boolean
  /** What advice is for; DEFAULT_PATH unless given. */
  readonly path?: Path
  readonly onSignal?: ((signal: NodeJS.Signals, act: () => void) => () => void) | undefined
  /** Other expectations for some claims: a test's way to see a verdict turn. */
  readonly expectations?: Readonly<Record<string, Expectation>>
  /** Stay in the namespace of the caller. */
  readonly shared?: boolean
}

type Observation = { readonly observed: Observed; readonly detail: string | undefined } | { readonly why: string }

export async function runExperiment(name: string, experiment: Experiment, settings: RunSettings): Promise<void> {
  const { emit, libc, sys } = settings
  const begin = performance.now()
  const place = settings.shared === true ? { isPrivate: false, lost: [], leave: () => {} } : enterFresh(libc, sys, settings.settings)
  let tap: Tap | undefined
  try {
    emit({ event: 'begin', experiment: name, namespace: place.isPrivate })
    if (place.lost.length > 0) emit({ event: 'note', text: `settings that could not be carried into its namespace: ${place.lost.join(', ')}` })
    const capture = experiment.noCapture === true ? 'this experiment is not captured' : openTap(sys, place.isPrivate)
    tap = typeof capture === 'string' ? undefined : capture
    const missing = needsOf({ sys, isPrivate: place.isPrivate, noCapture: typeof capture === 'string' ? capture : undefined, noVeth: () => noVeth(sys, place.isPrivate) })
    const observations = new Map<string, Observation>()
    const failure = await observe(name, experiment, { ...settings, missing, tap }, observations)
    for (const [id, claim] of Object.entries(experiment.claims)) emit(judge(name, id, claim, { observation: observations.get(id), failure, missing, expected: settings.expectations?.[id] }))
  } finally {
    tap?.close()
    place.leave()
  }
  emit({ event: 'end', experiment: name, millis: Math.round(performance.now() - begin) })
}

/** A capture on loopback, or why there is none. On a host's own loopback others' traffic would be caught too: only in a private one. */
function openTap(sys: Syscalls, isPrivate: boolean): Tap | string {
  if (!isPrivate) return 'capturing, which needs a network namespace of its own: CAP_SYS_ADMIN, or user namespaces and the program unshare (run with sudo)'
  try {
    return new Tap(sys, LOOPBACK_INDEX)
  } catch (error) {
    if (error instanceof SyscallError) return `CAP_NET_RAW, to capture (${error.code})`
    throw error
  }
}

/** Why no veth pair can be made, by making one. */
function noVeth(sys: Syscalls, isPrivate: boolean): string | undefined {
  if (!isPrivate) return 'a network namespace of its own (run with sudo)'
  try {
    addVeth(sys, { index: 100, name: 'try0', mac: Uint8Array.of(2, 0, 0, 0, 2, 1) }, { index: 101, name: 'try1', mac: Uint8Array.of(2, 0, 0, 0, 2, 2) })
    removeLink(sys, 100)
    return undefined
  } catch (error) {
    if (error instanceof SyscallError) return `veth in this kernel (${error.code})`
    throw error
  }
}

/** The run itself; why it ended early, if it did. */
async function observe(name: string, experiment: Experiment, host: RunSettings & { readonly missing: Missing; readonly tap: Tap | undefined }, into: Map<string, Observation>): Promise<string | undefined> {
  const lacking = (experiment.needs ?? []).map(host.missing).find((why) => why !== undefined)
  if (lacking !== undefined) return `needs ${lacking}`
  const note = (claim: string, observation: Observation): void => {
    if (!Object.hasOwn(experiment.claims, claim)) throw new Error(`${name} has no claim ${claim}`)
    into.set(claim, observation)
  }
  const p = new Probe(host, (claim, observed, detail) => note(claim, { observed, detail }), (claim, why) => note(claim, { why }))
  let failure: unknown
  try {
    await experiment.run(p)
    p.endStep()
  } catch (error) {
    failure = error
  }
  const after = await p.cleanUp()
  if (after !== undefined) host.emit({ event: 'note', text: `not everything could be undone: ${failureText(after)}` })
  if (failure !== undefined) return failureText(failure)
  return after === undefined ? undefined : failureText(after)
}

/** A call that failed where none may, and a wait that was too long, tell of this host; anything else is a bug, which must not keep other experiments from running. */
function failureText(failure: unknown): string {
  if (failure instanceof SyscallError || (failure instanceof Error && failure.name === 'TooLate')) return failure.message
  return `internal error: ${failure instanceof Error ? (failure.stack ?? failure.message).split('\n').slice(0, 2).join(' ') : String(failure)} (this is a bug)`
}

function judge(experiment: string, id: string, claim: Claim, given: { readonly observation: Observation | undefined; readonly failure: string | undefined; readonly missing: (need: Need) => string | undefined; readonly expected: Expectation | undefined }): ClaimEvent {
  const expected = given.expected ?? claim.expected
  const sysctls = claim.sysctls?.map((name): [string, string] => [name.replaceAll('/', '.'), sysctl(name) ?? ''])
  const common = { event: 'claim', experiment, claim: id, says: claim.says, source: claim.source, expected, ...(claim.optional === undefined ? {} : { optional: claim.optional }), ...(sysctls === undefined ? {} : { sysctls: Object.fromEntries(sysctls) }) } as const
  const lacking = (claim.needs ?? []).map(given.missing).find((why) => why !== undefined)
  if (lacking !== undefined) return { ...common, verdict: 'unavailable', reason: `needs ${lacking}` }
  const { observation } = given
  if (observation === undefined) return { ...common, verdict: 'unavailable', reason: given.failure ?? 'the experiment did not look at it' }
  if ('why' in observation) return { ...common, verdict: 'unavailable', reason: observation.why }
  const { observed, detail } = observation
  return { ...common, observed, ...(detail === undefined ? {} : { detail }), verdict: holds(expected, observed) ? 'holds' : 'differs' }
}
