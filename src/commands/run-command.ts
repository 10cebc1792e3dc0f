/** A command of the user's that is held back until everything is ready to watch it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, statSync } from 'node:fs'
import { constants as system } from 'node:os'
import { UserError } from '../errors.js'

/** Statuses of a shell: cannot be run, not found, ended by a signal. */
const CANNOT_RUN = 126
const NOT_FOUND = 127
const BY_SIGNAL = 128

export class Command {
  readonly #child: ChildProcess
  #status: number | undefined
  readonly #ended: Promise<void>

  /**
   * Starts a shell that waits for a line on descriptor 3 and then becomes the command, with the rights that we have now.
   * @param output descriptor of ours that its standard output goes to
   * @throws UserError when there is no such command
   */
  static async run([name = '', ...args]: readonly string[], output: number): Promise<Command> {
    lookFor(name)
    const child = spawn('/bin/sh', ['-c', 'read go <&3 || exit 0; exec 3<&-; exec "$0" "$@"', name, ...args], { stdio: ['inherit', output, 2, 'pipe'] })
    try {
      await once(child, 'spawn')
    } catch (error) {
      throw new UserError(`-- ${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
    return new Command(child)
  }

  private constructor(child: ChildProcess) {
    this.#child = child
    this.#ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.#status = code ?? BY_SIGNAL + (signal === null ? 0 : system.signals[signal])
        resolve()
      })
    })
    child.stdio[3]?.on('error', () => {}) // it ended before it was let go: `exit` says so
  }

  get pid(): number {
    return this.#child.pid!
  }

  /** Lets it go. Resolves when it has ended. */
  go(): Promise<void> {
    const gate = this.#child.stdio[3]
    if (gate !== null && gate !== undefined && 'end' in gate) gate.end('go\n')
    return this.#ended
  }

  /** Does not wait for it any more: a capture that is ended by a signal leaves it running. One that was not let go ends. */
  release(): void {
    const gate = this.#child.stdio[3]
    gate?.destroy()
    this.#child.unref()
  }

  /** Its exit status, as a shell says it, once it has ended. */
  async status(): Promise<number> {
    await this.#ended
    return this.#status ?? 0
  }
}

/** Where the shell would find it: at its path, or in one of the directories of PATH. @throws UserError when it would not */
function lookFor(name: string): void {
  const paths = name.includes('/') ? [name] : (process.env['PATH'] ?? '').split(':').map((directory) => `${directory === '' ? '.' : directory}/${name}`)
  const there = paths.filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true)
  if (there.length === 0 || name === '') throw new UserError(`-- ${name}: no such command`, NOT_FOUND)
  if (!there.some(isExecutable)) throw new UserError(`-- ${name}: it may not be run (chmod +x ${there[0]!})`, CANNOT_RUN)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
