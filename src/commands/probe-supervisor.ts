/**
 * The supervisor of the process that runs the experiments (probe-worker.ts). A call that never returns, a signal at any moment: the worker's whole process group is killed,
 * and with it go its sockets and namespaces; a file it made is removed here. It tells what happens as lines of JSON on its standard output.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { UserError } from '../errors.js'
import type { ProbeEvent } from '../format/probe-events.js'
import type { Io } from '../io.js'
import type { Path } from '../probe/path.js'
import { EXPERIMENTS } from '../probe/registry.js'

/** Says that a process is a worker, and gives the path of a file that its experiments may make. */
export const WORKER = 'SOCKSCOPE_PROBE_WORKER'
/** Without any event for so long the worker is stuck in a call, ms. */
const SILENCE = 6000
const GRACE = 200
/** No experiment takes so long, however alive it is, ms. */
const LONGEST = 30_000
const EXIT_COULD_NOT_RUN = 2
const CAP_SYS_ADMIN = 21n

export interface Settings {
  readonly verbose: boolean
  /** What --rtt and --rate say. */
  readonly path: Path
}

export interface Supervised extends Settings {
  readonly take: (event: ProbeEvent) => void
}

/** Runs experiments in a worker; the signal that ended it, if one did. */
export async function supervise(names: readonly string[], { take, ...settings }: Supervised, io: Io): Promise<NodeJS.Signals | undefined> {
  let interrupted: NodeJS.Signals | undefined
  let worker: Worker | undefined
  const stop = (signal: NodeJS.Signals): void => {
    interrupted = signal
    worker?.kill()
  }
  const release = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => io.onSignal?.(signal, () => stop(signal)))
  try {
    let left = [...names]
    while (left.length > 0 && interrupted === undefined) {
      worker = new Worker(left, settings, take, io)
      const outcome = await worker.ended()
      if (interrupted !== undefined) break
      left = left.slice(worker.finished)
      if (left.length === 0) break
      await giveUp(left[0]!, worker.claimed, outcome, take)
      left = left.slice(1)
    }
  } finally {
    for (const one of release) one?.()
  }
  return interrupted
}

/** The claims of an experiment whose worker ended in its midst. */
async function giveUp(name: string, claimed: ReadonlySet<string>, reason: string, take: Supervised['take']): Promise<void> {
  const { default: experiment } = await EXPERIMENTS.get(name)!.load()
  for (const [claim, { says, source, expected }] of Object.entries(experiment.claims)) {
    if (!claimed.has(claim)) take({ event: 'claim', experiment: name, claim, says, source, expected, verdict: 'unavailable', reason })
  }
}

class Worker {
  /** Experiments that ended. */
  finished = 0
  /** Claims of the present one that were told. */
  claimed = new Set<string>()
  readonly #child: ChildProcess
  readonly #take: Supervised['take']
  readonly #file = join(tmpdir(), `sockscope-probe-${process.pid}-${Math.random().toString(36).slice(2, 10)}`)
  #partial = ''
  #errors = ''
  #step = ''
  #why: string | undefined
  #failure: unknown
  #watch: NodeJS.Timeout | undefined
  #limit: NodeJS.Timeout | undefined

  constructor(names: readonly string[], { verbose, path }: Settings, take: Supervised['take'], io: Io) {
    this.#take = take
    const [command, ...args] = [...userNamespace(), process.execPath, join(dirname(io.loader), 'sockscope.js'), 'probe', ...(verbose ? ['-v'] : []), '--rtt', String(path.rttMillis), '--rate', String(path.bitsPerSecond), ...names]
    // a group of its own, so that one kill ends it and all that it started
    this.#child = spawn(command!, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, env: { ...io.env, [WORKER]: this.#file } })
    this.#child.stdout!.setEncoding('utf8').on('data', (text: string) => this.#read(text))
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = (this.#errors + text).slice(0, 4096)
    })
    this.#child.on('exit', () => this.kill()) // what it started and did not end, which may hold its output open
    this.#rewind()
  }

  kill(): void {
    const { pid } = this.#child
    if (pid === undefined) return
    try {
      process.kill(-pid, 'SIGKILL')
    } catch {
      // gone already
    }
  }

  /** Waits for its end; why it ended, in words. */
  async ended(): Promise<string> {
    let code: number | null
    let signal: NodeJS.Signals | null
    try {
      ;[code, signal] = (await once(this.#child, 'close')) as [number | null, NodeJS.Signals | null]
    } finally {
      clearTimeout(this.#watch)
      clearTimeout(this.#limit)
      rmSync(this.#file, { force: true })
    }
    if (this.#failure !== undefined) throw this.#failure
    if (code !== 0 && this.#errors !== '' && this.#why === undefined) throw new UserError(this.#errors.trim().split('\n')[0]!.replace(/^sockscope probe: /, ''), EXIT_COULD_NOT_RUN)
    return this.#why ?? (signal === null ? `its process ended with status ${code}` : `its process was ended by ${signal}`)
  }

  #rewind(): void {
    clearTimeout(this.#watch)
    this.#watch = setTimeout(() => {
      // whoever was stopped himself (^Z) finds what came meanwhile first
      this.#watch = setTimeout(() => this.#giveUp(SILENCE, 'no answer'), GRACE)
    }, SILENCE)
  }

  #giveUp(millis: number, what: string): void {
    this.#why = `${what} within ${millis / 1000} s${this.#step === '' ? '' : `, at the step: ${this.#step}`}`
    this.kill()
  }

  #read(text: string): void {
    this.#rewind()
    const lines = (this.#partial + text).split('\n')
    this.#partial = lines.pop()!
    for (const line of lines) this.#tell(JSON.parse(line) as ProbeEvent)
  }

  #tell(event: ProbeEvent): void {
    if (event.event === 'begin') {
      this.claimed = new Set()
      this.#step = ''
      clearTimeout(this.#limit)
      this.#limit = setTimeout(() => this.#giveUp(LONGEST, 'not done'), LONGEST)
    } else if (event.event === 'step') this.#step = event.title
    else if (event.event === 'claim') this.claimed.add(event.claim)
    else if (event.event === 'end') this.finished++
    if (this.#failure !== undefined) return
    try {
      this.#take(event)
    } catch (error) {
      this.#failure = error // nobody reads our output any more
      this.kill()
    }
  }
}

/** Without the right to make a network namespace: a user namespace gives it. A process of several threads cannot make one, so unshare(1) does. */
function userNamespace(): string[] {
  if (mayMakeNamespaces()) return []
  const unshare = ['unshare', '--user', '--map-current-user', '--keep-caps', '--']
  return spawnSync(unshare[0]!, [...unshare.slice(1), 'true'], { stdio: 'ignore' }).status === 0 ? unshare : []
}

/** capabilities(7): CAP_SYS_ADMIN among the effective ones. */
function mayMakeNamespaces(): boolean {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1] ?? '0'
  return ((BigInt(`0x${effective}`) >> CAP_SYS_ADMIN) & 1n) === 1n
}
