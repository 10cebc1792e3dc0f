/** The name of the program that a process runs, as a line of output has it. */
import { readFileSync } from 'node:fs'
import { escapeBytes } from '../escape.js'

/** The file's bytes; none when the process has ended. */
export function content(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    return Buffer.alloc(0)
  }
}

/** argv[0] without its directory. */
export function programOf(pid: number): Uint8Array {
  const line = content(`/proc/${pid}/cmdline`), nul = line.indexOf(0)
  const first = nul < 0 ? line : line.subarray(0, nul)
  return first.subarray(first.lastIndexOf(0x2f) + 1)
}

/** First word of argv[0], safe to print, at most 32 characters. */
export const nameOf = (name: Uint8Array): string => escapeBytes(name).split(' ')[0]!.replace(/:$/, '').slice(0, 32) || '?'
