/** The process that runs the experiments, one after another, and tells what happens as lines of JSON on its standard output. probe-supervisor.ts starts and ends it. */
import type { ProbeEvent } from '../format/probe-events.js'
import type { Io } from '../io.js'
import { EXPERIMENTS } from '../probe/registry.js'
import { runExperiment } from '../probe/runner.js'
import { readSysctls } from '../probe/sysctls.js'
import { loadLibc } from '../socket/libc.js'
import { Syscalls } from '../socket/syscalls.js'
import { print } from './arguments.js'
import type { Settings } from './probe-supervisor.js'

const SYS_PRCTL: Readonly<Record<string, number>> = { x64: 157, arm64: 167, riscv64: 167, loong64: 167 }
const PR_SET_PDEATHSIG = 1
const SIGKILL = 9

/** @param file path of a file that an experiment may make */
export async function work(names: readonly string[], { verbose, path }: Settings, file: string, io: Io): Promise<number> {
  const libc = await loadLibc()
  libc.numbered('prctl', SYS_PRCTL[process.arch] ?? 167, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) // a supervisor that is killed takes us with it
  const settings = readSysctls() // before the first namespace is entered: a user namespace lets nobody back
  const emit = (event: ProbeEvent): void => print(io, `${JSON.stringify(event)}\n`)
  for (const name of names) {
    const { default: experiment } = await EXPERIMENTS.get(name)!.load()
    await runExperiment(name, experiment, { libc, sys: new Syscalls(libc), emit, verbose, path, settings, onSignal: io.onSignal, file })
  }
  return 0
}
