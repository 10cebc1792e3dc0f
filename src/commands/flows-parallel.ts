/**
 * Large captures followed by several threads: each reads all frames, and follows its share of the conversations, which it hands over at the end. A conversation is
 * in one share whole, so all is as one thread finds it. Finding a frame's share costs a fifth of following it.
 */
import { statSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { Worker } from 'node:worker_threads'
import { Conversations, type ConversationsState } from '../analysis/conversations.js'
import type { UserError } from '../errors.js'
import type { Io } from '../io.js'
import { frameFilter, openCaptures, readCaptures } from './captures.js'
import type { FlowsOptions } from './flows-options.js'

/** Smaller captures are followed by one thread in less time, bytes: another takes 50 ms to start, compiles everything once more, and looks at each frame too. */
const MIN_SIZE = 512 << 20
const MOST_THREADS = 4

/** What a thread is told. All of it can be cloned. */
export interface Share {
  readonly files: readonly string[]
  readonly expression: string
  readonly dedup: boolean
  readonly parts: number
  readonly mine: number
}

/** What was read. */
export interface Followed {
  readonly parts: readonly Conversations[]
  /** What ended the capture before its time. */
  readonly failure: UserError | undefined
}

/** How many threads are worth it; waiting for a busy processor costs more than a thread gains. */
export function threadsFor({ files, threads }: FlowsOptions): number {
  if (threads !== undefined) return threads
  let size = 0
  for (const file of files) {
    const stat = file === '-' ? undefined : statSync(file, { throwIfNoEntry: false })
    if (stat?.isFile() !== true) return 1
    size += stat.size
  }
  return size < MIN_SIZE ? 1 : Math.max(1, Math.min(availableParallelism() - Math.round(loadavg()[0] ?? 0), MOST_THREADS))
}

/** Follows one share in this thread. @throws UserError when a capture cannot be opened or the filter is wrong */
export async function follow({ files, expression, dedup, parts, mine }: Share): Promise<Followed> {
  const source = await openCaptures(files)
  let filter
  try {
    filter = await frameFilter(expression)
  } catch (error) {
    source.close()
    throw error
  }
  const all = new Conversations({ dedup, share: { parts, mine } })
  const failure = await readCaptures(source, filter, (frame, packet) => void all.take(frame, packet))
  return { parts: [all], failure }
}

/** Follows all shares, one here. */
export async function followInParallel(options: FlowsOptions, threads: number, io: Io): Promise<Followed> {
  const share = (mine: number): Share => ({ files: options.files, expression: options.expression, dedup: options.dedup, parts: threads, mine })
  const workers = Array.from({ length: threads - 1 }, (_, i) => new Worker('const { workerData } = require("node:worker_threads"); require(workerData.loader)("flows").work(workerData.share)', {
    eval: true, workerData: { loader: io.loader, share: share(i + 1) },
  }))
  const answers = workers.map((worker) => new Promise<ConversationsState>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  }))
  // an error of ours below must not leave these unheard
  for (const answer of answers) answer.catch(() => {})
  try {
    const own = await follow(share(0))
    const states = await Promise.all(answers)
    return { ...own, parts: [...own.parts, ...states.map((state) => Conversations.restore(state))] }
  } finally {
    for (const worker of workers) void worker.terminate() // one that V8 keeps (leave.ts) would be waited for in vain
  }
}

/** A thread besides the first. What it meets the first meets too, and says. */
export async function work(share: Share): Promise<void> {
  const { parentPort } = await import('node:worker_threads')
  const { parts } = await follow(share)
  const state = parts[0]!.state()
  parentPort?.postMessage(state, [...new Set(buffersOf(state))])
}

/** Every buffer below `value`, some more than once: they are moved, not copied. */
function buffersOf(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(buffersOf) : []
}
