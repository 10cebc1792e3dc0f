/** The real Io: file descriptors 1 and 2, written synchronously so that nothing waits in the process when it ends. */
import { writeSync, fstatSync } from 'node:fs'
import { isatty, WriteStream } from 'node:tty'
import { BrokenPipe, UserError, errnoName, reason } from './errors.js'
import { escapeControls } from './escape.js'
import type { Io } from './io.js'

const pause = new Int32Array(new SharedArrayBuffer(4))

/** Writes all of `chunk`. A non-blocking descriptor that is full is waited for, a millisecond at a time. */
export function writeAll(fd: number, chunk: Uint8Array): void {
  for (let at = 0; at < chunk.length; ) {
    try {
      at += writeSync(fd, chunk, at, chunk.length - at)
    } catch (error) {
      if (errnoName(error) !== 'EAGAIN') throw error
      Atomics.wait(pause, 0, 0, 1)
    }
  }
}

/** stdout and stderr of this process. */
export function stdio(env: Io['env']): Io {
  const isTerminal = isatty(1)
  return {
    out: (chunk) => {
      try {
        writeAll(1, chunk)
      } catch (error) {
        if (errnoName(error) === 'EPIPE') throw new BrokenPipe()
        throw new UserError(`standard output: ${reason(error)} (nothing more was written)`)
      }
    },
    err: (line) => {
      try {
        writeAll(2, Buffer.from(`${escapeControls(line)}\n`))
      } catch {
        // stderr itself is gone: there is no one left to tell
      }
    },
    env,
    isTerminal,
    columns: isTerminal ? terminalColumns() : 80,
  }
}

function terminalColumns(): number {
  try {
    if (!fstatSync(1).isCharacterDevice()) return 80
    const [columns] = new WriteStream(1).getWindowSize()
    return columns > 0 ? columns : 80
  } catch {
    return 80
  }
}
