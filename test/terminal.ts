/** A real terminal for tests: a pane of tmux's. */
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { run } from './run.js'

let servers = 0

/** One pane. Its server is its own: one that several share ends with its last pane, and what is sent to it meanwhile is lost. */
export class Terminal {
  readonly #server = `sockscope-test-${process.pid}-${servers++}`

  /** Opens it, until the test is over. @param command what runs in it, for sh; then `status N` stands there @throws where tmux cannot */
  constructor(columns: number, rows: number, command: string) {
    onTestFinished(() => void run('tmux', ['-L', this.#server, 'kill-server']))
    this.#tmux('-f', '/dev/null', 'new-session', '-d', '-x', String(columns), '-y', String(rows), `env LANG=C.UTF-8 sh -c ${quote(`trap : INT; ${command}; echo status $?; sleep 60`)}`)
  }

  /** Presses keys, by tmux's names for them (`C-c`, `Enter`); other words are typed. */
  type(...keys: readonly string[]): void {
    this.#tmux('send-keys', ...keys)
  }

  /** The screen and 200 lines above it, once `until` is there. @param colors keeps the escape sequences @throws with what is there after 20 s */
  async screen(until: RegExp, colors = false): Promise<string> {
    for (let tries = 200; ; tries--) {
      const shown = this.#tmux('capture-pane', '-p', '-S', '-200', ...(colors ? ['-e'] : []))
      if (until.test(shown)) return shown
      if (tries === 0) throw new Error(`not on the terminal within 20 s: ${until}\n${shown}`)
      await sleep(100)
    }
  }

  #tmux(...args: readonly string[]): string {
    const { stdout, stderr, status } = run('tmux', ['-L', this.#server, ...args])
    if (status !== 0) throw new Error(`tmux ${args.join(' ')}: ${stderr}`)
    return stdout.toString()
  }
}

const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`
