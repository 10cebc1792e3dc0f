/** What an experiment opens, makes and starts, and how it is undone at its end: last made first, whatever happened. */
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { openSync, unlinkSync, writeFileSync } from 'node:fs'
import type { Syscalls } from '../socket/syscalls.js'

export interface ResourceHost {
  readonly sys: Syscalls
  /** Path of a file that may be made. */
  readonly file: string
  /** Has a signal caught until the function returned is called. */
  readonly onSignal?: ((signal: NodeJS.Signals, act: () => void) => () => void) | undefined
}

export class Resources {
  readonly #host: ResourceHost
  /** Descriptors are keys of their own, so that close() takes them out. */
  readonly #undo = new Map<number | symbol, () => Promise<void> | void>()

  constructor(host: ResourceHost) {
    this.#host = host
  }

  /** Closes the descriptor at the end, unless it is closed before. For those that no traced call returned (SCM_RIGHTS). */
  own(fd: number): void {
    this.#undo.set(fd, () => this.#host.sys.close(fd))
  }

  /** Has `act` called at the end, before what was made earlier is undone. */
  atEnd(act: () => Promise<void> | void): void {
    this.#undo.set(Symbol('undo'), act)
  }

  /** Undoes everything, last made first; what fails does not keep the rest. Returns the first failure. */
  async cleanUp(): Promise<unknown> {
    let failure: unknown
    for (const [key, undo] of [...this.#undo].reverse()) {
      this.#undo.delete(key)
      try {
        await undo()
      } catch (error) {
        failure ??= error
      }
    }
    return failure
  }

  /** A file without a name (it had one for microseconds), open for reading and writing, at its start. Closed at the end, and then it is gone. */
  file(content: Uint8Array | string = ''): number {
    const path = this.#host.file
    const fd = openSync(path, 'wx+', 0o600)
    this.own(fd)
    unlinkSync(path)
    writeFileSync(`/proc/self/fd/${fd}`, content) // by a description of its own: this one stays at its start
    return fd
  }

  /** Starts a program; at the end it is killed if it still runs. It gets the default of every signal, SIGPIPE too. */
  child(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
    const child = spawn(command, args, options)
    const gone = once(child, 'close').catch(() => undefined) // an 'error' is the experiment's to hear
    child.on('error', () => {})
    this.atEnd(async () => {
      if (child.pid === undefined) return
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      for (const stream of child.stdio) stream?.destroy()
      await gone
    })
    return child
  }

  /** Has a signal caught, by nothing, until the end: a call that it interrupts returns. False where that cannot be. */
  catches(signal: NodeJS.Signals): boolean {
    const release = this.#host.onSignal?.(signal, () => {})
    if (release !== undefined) this.atEnd(release)
    return release !== undefined
  }

  /** It was closed, or belongs to somebody else now. */
  protected disown(fd: number): void {
    this.#undo.delete(fd)
  }

  /** Closes every descriptor, last opened first. */
  protected async closeDescriptors(closing: (fd: number) => void): Promise<void> {
    for (const [key, undo] of [...this.#undo].reverse()) {
      if (typeof key === 'symbol') continue
      this.#undo.delete(key)
      closing(key)
      await undo()
    }
  }
}
