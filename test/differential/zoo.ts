/** The zoo of sockets (netstat-zoo.py) in a network namespace of its own, and running programs inside it. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { hasTool, isRoot, run, type Ran } from '../run.js'

export const canHaveZoo = (): boolean => isRoot() && hasTool('python3') && hasTool('ip', ['-V']) && hasTool('unshare') && hasTool('nsenter')

export class Zoo {
  readonly #child: ChildProcess
  readonly pid: number

  private constructor(child: ChildProcess, pid: number) {
    this.#child = child
    this.pid = pid
  }

  static async open(...args: readonly string[]): Promise<Zoo> {
    const child = spawn('unshare', ['-n', 'python3', resolve(import.meta.dirname, 'netstat-zoo.py'), ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
    const [line] = (await once(child.stdout!, 'data')) as [Buffer]
    const match = /^ready (\d+)/.exec(line.toString())
    if (match === null) throw new Error(`the zoo says ${line.toString()}`)
    return new Zoo(child, Number(match[1]))
  }

  /** Runs a program in the zoo's namespace, as another user when `uid` says so. */
  run(argv: readonly string[], options: { readonly uid?: number; readonly env?: Readonly<Record<string, string>> } = {}): Ran {
    const user = options.uid === undefined ? [] : ['setpriv', `--reuid=${options.uid}`, `--regid=${options.uid}`, '--clear-groups']
    return run('nsenter', [`--net=/proc/${this.pid}/ns/net`, ...user, ...argv], { cwd: '/', env: { LC_ALL: 'C', ...options.env } })
  }

  async close(): Promise<void> {
    const ended = once(this.#child, 'exit')
    this.#child.stdin!.end()
    await ended
  }
}

/** Whether nobody may run node and the program from here. */
export const nobodyCanRun = (program: string): boolean =>
  spawnSync('setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, program, '--version'], { cwd: '/' }).status === 0
