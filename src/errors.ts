/** What a person did, gave or lacks: printed as one line `sockscope COMMAND: what: why (what to do)`, never with a stack. */
export class UserError extends Error {
  /** Exit status of the program: 1 failed, 2 used wrongly. */
  readonly exitCode: number

  /** @param message `what: why (what to do)`, without the program's name; control bytes are escaped when it is printed */
  constructor(message: string, exitCode = 1) {
    super(message)
    this.name = 'UserError'
    this.exitCode = exitCode
  }
}

/** The reader of our output went away (EPIPE): the program ends at once and says nothing. */
export class BrokenPipe extends Error {
  constructor() {
    super('broken pipe')
    this.name = 'BrokenPipe'
  }
}

/** Whether `error` is a UserError, of this bundle's copy of the class or of another's. */
export const isUserError = (error: unknown): error is UserError => error instanceof Error && error.name === 'UserError'

/** Whether `error` is a BrokenPipe, of any bundle. */
export const isBrokenPipe = (error: unknown): error is BrokenPipe => error instanceof Error && error.name === 'BrokenPipe'

/** The errno name of a failed system call (`ENOENT`), or undefined for any other error. */
export function errnoName(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  return typeof code === 'string' ? code : undefined
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EISDIR: 'is a directory',
  ENOTDIR: 'a part of the path is not a directory',
  ELOOP: 'too many levels of symbolic links',
  ENOSPC: 'no space left on device',
  EROFS: 'read-only file system',
  EIO: 'input/output error',
  EMFILE: 'too many open files',
  ENXIO: 'no such device or address',
  EINVAL: 'invalid argument',
  ENAMETOOLONG: 'file name too long',
  EBADF: 'bad file descriptor',
}

/** A failed call in words (`no such file or directory`), for the `why` of a UserError. */
export function reason(error: unknown): string {
  const code = errnoName(error)
  if (code !== undefined) return REASONS[code] ?? code
  return error instanceof Error ? error.message : String(error)
}
