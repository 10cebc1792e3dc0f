/** A failed system call: its name, its arguments and errno, by number and by name (errno(3), Linux asm-generic/errno.h). */
import { constants } from 'node:os'

/** Names that Node's own table does not have. */
const MORE: Readonly<Record<string, number>> = {
  ENOTUNIQ: 76, EADV: 68, ENONET: 64, ENOPKG: 65, EBADFD: 77, EREMCHG: 78, EUSERS: 87, ESOCKTNOSUPPORT: 94, EPFNOSUPPORT: 96,
  ESHUTDOWN: 108, ETOOMANYREFS: 109, EHOSTDOWN: 112, EREMOTEIO: 121, ENOMEDIUM: 123, EMEDIUMTYPE: 124, ENOKEY: 126, EKEYEXPIRED: 127,
  EKEYREVOKED: 128, EKEYREJECTED: 129, EOWNERDEAD: 130, ENOTRECOVERABLE: 131, ERFKILL: 132, EHWPOISON: 133,
}

const NAME_BY_NUMBER: ReadonlyMap<number, string> = new Map(
  [...Object.entries(MORE), ...Object.entries(constants.errno)]
    // EWOULDBLOCK and ENOTSUP are second names of EAGAIN and EOPNOTSUPP
    .filter(([name]) => name !== 'EWOULDBLOCK' && name !== 'ENOTSUP')
    .map(([name, number]): [number, string] => [number, name]),
)

/** `ENOENT` for 2; `errno 4095` for a number without a name. */
export const errnoText = (errno: number): string => NAME_BY_NUMBER.get(errno) ?? `errno ${errno}`

export class SyscallError extends Error {
  readonly call: string
  readonly args: string
  readonly errno: number
  /** `EBADF`: what errnoName() in errors.ts reads. */
  readonly code: string

  constructor(call: string, args: string, errno: number) {
    const code = errnoText(errno)
    super(`${call}(${args}): ${code}`)
    this.name = 'SyscallError'
    this.call = call
    this.args = args
    this.errno = errno
    this.code = code
  }
}

/** Whether `error` is a failed system call with one of these errno names. */
export const failedWith = (error: unknown, ...codes: readonly string[]): error is SyscallError =>
  error instanceof SyscallError && codes.includes(error.code)
