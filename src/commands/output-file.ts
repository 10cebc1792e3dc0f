/** Files that a command makes of its result. */
import { closeSync, ftruncateSync, writeSync } from 'node:fs'
import { openOwnFile } from '../capture/own-file.js'
import { UserError, reason } from '../errors.js'
import type { Io } from '../io.js'

/** Writes `text` into the file at `path`, or on standard output for `-`. @throws UserError; a file that could not be written whole is left empty */
export const writeWholeFile = (io: Io, option: string, path: string, text: string): void => openResultFile(io, option, path)(text)

/** Opens the file now, for a result that comes when root is given up: what is returned writes it, once. @throws UserError, both */
export function openResultFile(io: Io, option: string, path: string): (text: string) => void {
  if (path === '-') return (text) => io.out(Buffer.from(text))
  const { fd, isMemory } = openOwnFile(option, path, 'give - for standard output')
  return (text) => {
    const bytes = Buffer.from(text)
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at)
    } catch (error) {
      if (!isMemory) ftruncateSync(fd)
      throw new UserError(`${option} ${path}: ${reason(error)} (nothing was written)`)
    } finally {
      closeSync(fd)
    }
  }
}
