/** Spans of time as tcpdump prints them: `1w2d3h4m5s`, units of nothing left out. */
import type { LineWriter } from './line.js'

const UNITS = [[31536000, 'y'], [604800, 'w'], [86400, 'd'], [3600, 'h'], [60, 'm'], [1, 's']] as const

/** `0s` for none. A year has 365 days. */
export function writeDuration(out: LineWriter, seconds: number): void {
  if (seconds === 0) out.text('0s')
  for (const [size, unit] of UNITS) {
    if (seconds < size) continue
    out.dec(Math.floor(seconds / size)).text(unit)
    seconds %= size
  }
}
