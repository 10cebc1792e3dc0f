/** The secrets of -E, and of the files that it names: `file NAME` stands for the lines of that file — tcpdump(1). */
import { closeSync, openSync, readSync } from 'node:fs'
import { reason, UserError } from '../errors.js'

/** Files that name files; a file that is larger is none of secrets. */
const MAX_NESTED = 8
const MAX_SIZE = 1 << 20

/** The secrets one a line. @throws UserError for a file that cannot be read, and for a key that is not hexadecimal */
export function readEspSecrets(given: string): string {
  return given.split(/[,\n]/).flatMap((line) => expand(line, 0)).join('\n')
}

function expand(line: string, depth: number): string[] {
  const file = /^file[ \t](.*)$/i.exec(line)?.[1]
  if (file === undefined) return [checked(line)]
  if (depth >= MAX_NESTED) throw new UserError(`-E: ${file}: too many files that name each other (give the secrets in one file)`)
  return contentsOf(file).split('\n').filter((each) => each !== '' && !each.startsWith('#')).flatMap((each) => expand(each, depth + 1))
}

function contentsOf(file: string): string {
  let descriptor: number | undefined
  try {
    descriptor = openSync(file, 'r')
    const bytes = Buffer.alloc(MAX_SIZE + 1)
    let length = 0
    for (let more = -1; more !== 0 && length < bytes.length; length += more) more = readSync(descriptor, bytes, length, bytes.length - length, null)
    if (length > MAX_SIZE) throw new UserError(`-E: ${file}: larger than ${MAX_SIZE} bytes (give a file of secrets, one a line)`)
    return bytes.toString('latin1', 0, length)
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`-E: ${file}: ${reason(error)} (give a file of secrets, one a line)`)
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/** The key itself is not repeated: it is a secret. */
function checked(line: string): string {
  const key = /:0x([^:]*)$/.exec(line)?.[1]
  if (key !== undefined && !/^(?:[0-9a-f]{2})*.?$/is.test(key)) throw new UserError('-E: a key has a character that is no hexadecimal digit (write 0x and pairs of digits)')
  return line
}
