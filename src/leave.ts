/**
 * How a run that took a while ends: by _exit(2). Node's own end waits for the threads on which V8 compiles, one of which may wait for the first thread to
 * collect garbage, which is then waiting for it: neither ever ends (nodejs/node issue 54918; two of 364 runs of `flows --threads 2` stood still so). Nothing is
 * lost, for all output is written before: stdio.ts.
 */

/** A shorter run has not filled a heap so far that V8 wants to collect, and is not worth the 3 ms that koffi takes to load; seconds. */
const SHORT = 0.1

/** Ends the process with `process.exitCode`; returns where the usual end will do: after a short run, without koffi, or where a profiler has yet to write. */
export async function leave(): Promise<void> {
  if (process.uptime() < SHORT || process.execArgv.length > 0 || process.env['NODE_OPTIONS'] !== undefined || process.env['NODE_V8_COVERAGE'] !== undefined) return
  await new Promise((resolve) => setImmediate(resolve)) // what Node has put off until its next turn: that a command could not be started, say
  try {
    const { loadLibc } = await import('./socket/libc.js')
    const status = Number(process.exitCode ?? 0)
    ;(await loadLibc()).call('_exit', String(status), status)
  } catch {
    // without koffi nearly all runs end well too
  }
}
