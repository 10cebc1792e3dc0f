/** Files that a command makes of its result. */
import { closeSync, ftruncateSync, writeSync } from 'node:fs'
import { openOwnFile } from '../capture/own-file.js'
import { UserError, reason } from '../errors.js'
import type { Io } from '../io.js'

/** Writes `text` into the file at `path`, or on standard output for `-`. @throws UserError; a file that could not be written whole is left empty */
export function writeWholeFile(io: Io, option: string, path: string, text: string): void {
  const bytes = Buffer.from(text)
  if (path === '-') return io.out(bytes)
  const { fd, isMemory } = openOwnFile(option, path, 'give - for standard output')
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at)
  } catch (error) {
    if (!isMemory) ftruncateSync(fd)
    throw new UserError(`${option} ${path}: ${reason(error)} (nothing was written)`)
  } finally {
    closeSync(fd)
  }
}
