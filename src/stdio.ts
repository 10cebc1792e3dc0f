/** The real Io: file descriptors 1 and 2, written synchronously so that nothing waits in the process when it ends. */
import { fstatSync, write, writeSync } from 'node:fs'
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

/** As `writeAll`, on another thread: the event loop runs while the descriptor is full. */
async function writeAllLater(fd: number, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length; ) {
    const error = await new Promise<unknown>((done) => {
      write(fd, chunk, at, chunk.length - at, null, (failure, written) => {
        at += failure === null ? written : 0
        done(failure)
      })
    })
    if (error === null) continue
    if (errnoName(error) !== 'EAGAIN') throw error
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

/** What a failed write to stdout means. */
const outFailure = (error: unknown): Error =>
  errnoName(error) === 'EPIPE' ? new BrokenPipe() : new UserError(`standard output: ${reason(error)} (nothing more was written)`)

/** stdout and stderr of this process; `isToEnd` says whether Io.endWithCommand was called. */
export async function stdio(env: Io['env'], loader: string): Promise<Io & { readonly isToEnd: () => boolean }> {
  const size = await terminalSize()
  const isTerminal = size !== undefined
  let isToEnd = false
  return {
    out: (chunk) => {
      try {
        writeAll(1, chunk)
      } catch (error) {
        throw outFailure(error)
      }
    },
    outLater: (chunk) =>
      writeAllLater(1, chunk).catch((error: unknown) => {
        throw outFailure(error)
      }),
    err: (line) => {
      try {
        writeAll(2, Buffer.from(`${escapeControls(line)}\n`))
      } catch {
        // stderr itself is gone: there is no one left to tell
      }
    },
    loader,
    env,
    isTerminal,
    columns: size?.()[0] ?? 80,
    ...(size === undefined ? {} : { size }),
    onSignal: (signal, act) => {
      process.on(signal, act)
      return () => process.off(signal, act)
    },
    endWithCommand: () => {
      isToEnd = true
    },
    isToEnd: () => isToEnd,
  }
}

/** Major number of /dev/null and its like: character devices that are no terminals. Linux Documentation/admin-guide/devices.txt. */
const MEMORY_DEVICES = 1

/** Asks for width and height of the terminal on stdout; undefined when it is none. node:tty costs 3 ms and is loaded only for what may be a terminal. */
async function terminalSize(): Promise<(() => readonly [columns: number, rows: number]) | undefined> {
  try {
    const stat = fstatSync(1)
    if (!stat.isCharacterDevice() || stat.rdev >> 8 === MEMORY_DEVICES) return undefined
    const { isatty, WriteStream } = await import('node:tty')
    if (!isatty(1)) return undefined
    // Node looks again by itself only for process.stdout, whose loading costs as much once more.
    const stream: InstanceType<typeof WriteStream> & { _refreshSize?: () => void } = new WriteStream(1)
    return () => {
      stream._refreshSize?.()
      const [columns, rows] = stream.getWindowSize()
      return [columns > 0 ? columns : 80, rows > 0 ? rows : 24]
    }
  } catch {
    return undefined
  }
}
