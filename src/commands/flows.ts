/** `sockscope flows`: what became of every connection of captures, or of an interface as it happens (flows-live.ts). */
import { FlowSet } from '../analysis/flow-set.js'
import type { Io } from '../io.js'
import { runLive } from './flows-live.js'
import { parseFlowsOptions } from './flows-options.js'
import { follow, followInParallel, threadsFor, work as workOn, type Share } from './flows-parallel.js'
import { notes, report } from './flows-report.js'

export async function run(args: string[], io: Io): Promise<number> {
  const options = parseFlowsOptions(args, io)
  if (options === undefined) return 0
  if (options.interfaces.length > 0) return runLive(options, io)
  const threads = threadsFor(options)
  const { parts, failure } = threads > 1 ? await followInParallel(options, threads, io) : await follow({ ...options, parts: 1, mine: 0 })
  const all = new FlowSet(parts)
  await report(options, all, all.end, io, io.isTerminal && options.form === 'table')
  for (const line of notes(all)) io.err(`sockscope flows: ${line}`)
  if (failure === undefined) return 0
  io.err(`sockscope flows: ${failure.message}`)
  return failure.exitCode
}

/** What a thread that follows a part of large captures runs. */
export const work = async (given: Share): Promise<void> => workOn(given)
