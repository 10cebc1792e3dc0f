// netstat at 126,000 sockets: ours, net-tools' and ss, in one run, medians of 5. Needs root, python3, netstat and ss.
import { spawn } from 'node:child_process'
import { once as event } from 'node:events'
import { join } from 'node:path'
import { PROGRAM, ROOT, ms, peakMemory, race, ratio } from './measure.mjs'

const CONNECTIONS = 63_000

export async function bench() {
  if (process.getuid() !== 0) {
    console.log('skipped: makes a network namespace, which takes root')
    return
  }
  const zoo = spawn('unshare', ['-n', 'python3', join(ROOT, 'bench/many-sockets.py'), String(CONNECTIONS)], { stdio: ['pipe', 'pipe', 'inherit'] })
  try {
    const [line] = await event(zoo.stdout, 'data')
    const pid = /^ready (\d+)/.exec(String(line))?.[1]
    if (pid === undefined) throw new Error(`many-sockets.py says ${String(line)}`)
    const inside = (...argv) => ['nsenter', `--net=/proc/${pid}/ns/net`, ...argv]
    const ours = (...args) => inside(process.execPath, PROGRAM, 'netstat', ...args)
    for (const [options, atLeast] of [['-tan', 1.5], ['-tanp', 8]]) {
      const times = race({ ours: ours(options), netstat: inside('netstat', options), ss: inside('ss', options) }, 5)
      const memory = await peakMemory(ours(options))
      console.log(
        `${options.padEnd(6)} sockscope ${ms(times.ours).padStart(8)}   netstat ${ms(times.netstat).padStart(9)} (${ratio(times.netstat, times.ours)}, wanted ${atLeast}×)` +
          `   ss ${ms(times.ss).padStart(9)} (${ratio(times.ss, times.ours)}, wanted ${options === '-tan' ? 1 : atLeast}×)   peak ${memory.toFixed(0)} MB (at most 120)`,
      )
    }
  } finally {
    zoo.stdin.end()
    await event(zoo, 'exit')
  }
}
