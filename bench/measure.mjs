// Timing whole commands against each other in one run: rounds alternate, so that a busy machine slows all alike.
import { spawnSync } from 'node:child_process'
import { openSync, closeSync, readFileSync } from 'node:fs'
import { resolve, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..')
export const PROGRAM = resolve(ROOT, 'bin/sockscope.js')
/**
 * NODE_EXTRA_CA_CERTS costs every start of node about 100 ms. TZ is seldom set: without it the C library looks at /etc/localtime for each time that tcpdump
 * prints, which takes half of its time; a row with TZ set says what is left.
 */
const env = { ...process.env }
delete env.NODE_EXTRA_CA_CERTS
delete env.TZ

/** Seconds of wall clock of one run with stdout on /dev/null; `more`: of the environment. */
export function once(argv, more = {}) {
  const sink = openSync('/dev/null', 'w')
  const began = process.hrtime.bigint()
  const { status, stderr, error } = spawnSync(argv[0], argv.slice(1), { env: { ...env, ...more }, stdio: ['ignore', sink, 'pipe'], maxBuffer: 1 << 26 })
  const seconds = Number(process.hrtime.bigint() - began) / 1e9
  closeSync(sink)
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`${argv.join(' ')}: exit ${status}: ${stderr}`)
  return seconds
}

/** Median seconds of each command over `rounds` interleaved rounds, after one round to warm the page cache; `more`: of the environment. */
export function race(commands, rounds = 5, more = {}) {
  const names = Object.keys(commands)
  const seconds = Object.fromEntries(names.map((name) => [name, []]))
  for (const name of names) once(commands[name], more)
  for (let round = 0; round < rounds; round++) for (const name of names) seconds[name].push(once(commands[name], more))
  return Object.fromEntries(names.map((name) => [name, seconds[name].sort((a, b) => a - b)[rounds >> 1]]))
}

/** Peak resident memory of a command in MB, sampled from /proc while it runs. */
export async function peakMemory(argv) {
  const { spawn } = await import('node:child_process')
  const child = spawn(argv[0], argv.slice(1), { env, stdio: ['ignore', openSync('/dev/null', 'w'), 'ignore'] })
  let peak = 0
  const sample = () => {
    try {
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'latin1'))?.[1] ?? 0))
    } catch {
      // it has ended between two samples
    }
  }
  const timer = setInterval(sample, 5)
  await new Promise((done) => child.on('exit', done))
  clearInterval(timer)
  return peak / 1024
}

export const ratio = (slow, fast) => `${(slow / fast).toFixed(2)}×`
export const ms = (seconds) => `${(seconds * 1000).toFixed(0)} ms`
