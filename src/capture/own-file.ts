/** Files that we write as root, perhaps into directories of others: none but our own is touched. */
import { closeSync, constants, fchmodSync, fstatSync, ftruncateSync, openSync } from 'node:fs'
import { errnoName, reason, UserError } from '../errors.js'

/** Linux Documentation/admin-guide/devices.txt: /dev/null, /dev/zero, /dev/full. */
const MEMORY_DEVICES = 1

/**
 * Opens `path` to be written from its start. A new file is 0600; one that is there must be a regular file of ours with no second name, else
 * somebody could have us overwrite what is not meant: it is looked at before a byte of it is changed.
 * @param option how the command line names it, `-w`; `instead`: what to do rather than name something that is no file
 * @returns the descriptor, and whether it is /dev/null or its like
 * @throws UserError
 */
export function openOwnFile(option: string, path: string, instead: string): { readonly fd: number; readonly isMemory: boolean } {
  let fd = -1
  try {
    fd = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY, 0o600)
    const stats = fstatSync(fd)
    const isMemory = stats.isCharacterDevice() && stats.rdev >> 8 === MEMORY_DEVICES
    if (!isMemory) {
      if (!stats.isFile()) throw new UserError(`${option} ${path}: not a regular file (name another, or ${instead})`)
      if (stats.uid !== process.geteuid?.()) throw new UserError(`${option} ${path}: belongs to another user (name another, or remove it first)`)
      if (stats.nlink !== 1) throw new UserError(`${option} ${path}: has ${stats.nlink} names, other files would change with it (name another, or remove it first)`)
      fchmodSync(fd, 0o600)
      ftruncateSync(fd, 0)
    }
    return { fd, isMemory }
  } catch (error) {
    if (fd >= 0) closeSync(fd)
    if (error instanceof UserError) throw error
    throw new UserError(`${option} ${path}: ${refusal(error, instead)}`)
  }
}

function refusal(error: unknown, instead: string): string {
  switch (errnoName(error)) {
    case 'ELOOP':
      return 'is a symbolic link, which is not followed (name the file itself, or another)'
    case 'ENXIO':
      return `not a regular file (name another, or ${instead})`
    case 'EACCES':
      return 'permission denied (name a file where you may write)'
    default:
      return reason(error)
  }
}
