/** Helper processes of the socket tests: started, spoken to a line at a time, and ended by closing their input. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Io } from '../../src/io.js'

export class Helper {
  readonly child: ChildProcess
  readonly #lines: string[] = []
  readonly #waiting: ((line: string) => void)[] = []
  #ended = false

  constructor(command: string, args: readonly string[]) {
    this.child = spawn(command, [...args], { stdio: ['pipe', 'pipe', 'inherit'] })
    const input = createInterface({ input: this.child.stdout! })
    input.on('line', (line) => {
      const next = this.#waiting.shift()
      if (next === undefined) this.#lines.push(line)
      else next(line)
    })
    input.on('close', () => {
      this.#ended = true
      for (const next of this.#waiting.splice(0)) next('')
    })
  }

  get pid(): number {
    return this.child.pid!
  }

  /** The next line it prints; '' when it has ended. */
  line(): Promise<string> {
    const have = this.#lines.shift()
    if (have !== undefined) return Promise.resolve(have)
    return this.#ended ? Promise.resolve('') : new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** Says a line to it and waits for its answer. */
  ask(line: string): Promise<string> {
    this.child.stdin!.write(`${line}\n`)
    return this.line()
  }

  async end(): Promise<void> {
    this.child.stdin!.end()
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit')
  }
}

/**
 * Python that has run `script` (with socket, struct, sys, os, json imported) and then answers each line it is given: it is evaluated, or
 * executed when it begins with `!`, and the result printed as JSON.
 */
export const python = (script: string): Helper =>
  new Helper('python3', ['-u', '-c', `import socket,struct,sys,os,json,time,fcntl\n${script}\nprint('ready')\nfor line in sys.stdin:\n  line=line.strip()\n  if line[:1]=='!':\n    exec(line[1:]); print('null')\n  else: print(json.dumps(eval(line)))\n`])

/** The same in a network namespace of its own, with loopback up. */
export const pythonInNamespace = (script: string): Helper =>
  new Helper('unshare', ['-n', 'sh', '-c', 'ip link set lo up && exec python3 -u -c "$0"', `import socket,struct,sys,os,json,time,fcntl\n${script}\nprint('ready')\nfor line in sys.stdin:\n  line=line.strip()\n  if line[:1]=='!':\n    exec(line[1:]); print('null')\n  else: print(json.dumps(eval(line)))\n`])

/** Whether a program is installed. Where tests must not be skipped (CI=true) a missing one is a failure. */
export function installed(program: string): boolean {
  const found = spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
  if (!found && process.env['CI'] === 'true') throw new Error(`${program} is not installed, and nothing may be skipped here`)
  return found
}

/** What a command wrote, and what it ended with. */
export class MemoryIo implements Io {
  stdout = ''
  stderr = ''
  readonly env = {}
  readonly loader = ''
  readonly isTerminal: boolean
  readonly columns = 100

  constructor(isTerminal = false) {
    this.isTerminal = isTerminal
  }

  readonly out = (chunk: Uint8Array): void => {
    this.stdout += Buffer.from(chunk).toString()
  }

  readonly err = (line: string): void => {
    this.stderr += `${line}\n`
  }
}

/** The built program, run to its end. */
export function sockscope(...args: string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const { status, stdout, stderr } = spawnSync('node', ['bin/sockscope.js', ...args], { encoding: 'utf8', env: { ...process.env, NODE_EXTRA_CA_CERTS: '' } })
  return { status, stdout, stderr }
}
