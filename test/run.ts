/** Running the built program, and the tools it is compared with, from tests. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** The repository's root. */
export const ROOT = resolve(import.meta.dirname, '..')
/** The program as a user starts it; `npm test` builds it first. */
export const PROGRAM = resolve(ROOT, 'bin/sockscope.js')

export interface Ran {
  readonly stdout: Buffer
  readonly stderr: string
  readonly status: number | null
}

export interface RunOptions {
  readonly input?: Buffer | string
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

/** Runs a program to its end; a minute at most. Times are in UTC unless `env` says otherwise. */
export function run(file: string, args: readonly string[], options: RunOptions = {}): Ran {
  const { stdout, stderr, status, error } = spawnSync(file, args, {
    input: options.input ?? '',
    env: { ...process.env, TZ: 'UTC', ...options.env },
    cwd: options.cwd ?? ROOT,
    maxBuffer: 1 << 28,
    timeout: 60_000,
  })
  if (error !== undefined) throw error
  return { stdout, stderr: stderr.toString('latin1'), status }
}

/** Runs `sockscope ARGS…`. */
export const sockscope = (args: readonly string[], options: RunOptions = {}): Ran => run(process.execPath, [PROGRAM, ...args], options)

const inCi = process.env['CI'] === 'true'

/**
 * Whether tests that need `tool` (and its version, when one is named) can run. In CI they must: there a missing tool is a
 * failure, elsewhere the tests are skipped and the title says what to install.
 */
export function hasTool(tool: string, versionArgs: readonly string[] = ['--version'], version?: RegExp): boolean {
  const result = spawnSync(tool, versionArgs, { encoding: 'utf8' })
  const there = result.error === undefined && (version === undefined || version.test(result.stdout + result.stderr))
  if (!there && inCi) throw new Error(`CI needs ${tool}${version === undefined ? '' : ` ${String(version)}`}: .ci/run installs it`)
  return there
}

/** Root with the right to make network namespaces; required in CI. */
export function isRoot(): boolean {
  const root = process.getuid?.() === 0
  if (!root && inCi) throw new Error('CI runs as root')
  return root
}

/** Measuring material beside the repository; a stranger's clone has none. */
export const shared = (path: string): string | undefined => {
  const full = resolve(ROOT, '../shared', path)
  return existsSync(full) ? full : undefined
}
