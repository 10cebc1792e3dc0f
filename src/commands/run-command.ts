/** A command of the user's that is held back until everything is ready to watch it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import { UserError } from '../errors.js'

/** Statuses of a shell: not found, cannot be run, ended by a signal. */
const NOT_FOUND = 127
const BY_SIGNAL = 128

export class Command {
  readonly #child: ChildProcess
  readonly #name: string
  #status: number | undefined

  /**
   * Starts a shell that waits for a line on descriptor 3 and then becomes the command, with the rights that we have now. Its standard output
   * goes where our talk goes: ours holds packets only.
   */
  static async run([name = '', ...args]: readonly string[]): Promise<Command> {
    const child = spawn('/bin/sh', ['-c', 'read go <&3 || exit 0; exec 3<&-; exec "$0" "$@"', name, ...args], { stdio: ['inherit', 2, 2, 'pipe'] })
    try {
      await once(child, 'spawn')
    } catch (error) {
      throw new UserError(`-- ${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
    return new Command(child, name)
  }

  private constructor(child: ChildProcess, name: string) {
    this.#child = child
    this.#name = name
    child.stdio[3]?.on('error', () => {}) // it ended before it was let go: `exit` says so
  }

  get pid(): number {
    return this.#child.pid!
  }

  /** Lets it go; `ended` is called once it has. */
  go(ended: () => void): void {
    this.#child.once('exit', (code, signal) => {
      this.#status = code ?? BY_SIGNAL + (signal === null ? 0 : constants.signals[signal])
      ended()
    })
    const gate = this.#child.stdio[3]
    if (gate !== null && gate !== undefined && 'end' in gate) gate.end('go\n')
  }

  /** Does not wait for it any more: a capture that is ended by a signal leaves it running. */
  release(): void {
    const gate = this.#child.stdio[3]
    gate?.destroy()
    this.#child.unref()
  }

  /** Its exit status, as a shell says it. @throws UserError when there is no such command */
  status(): number {
    if (this.#status === NOT_FOUND) throw new UserError(`-- ${this.#name}: no such command`, NOT_FOUND)
    return this.#status ?? 0
  }
}
