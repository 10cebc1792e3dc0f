/** A filesystem mounted for ourselves only, at no path: fsopen(2), fsconfig(2), fsmount(2) of Linux 5.2. Numbers: asm-generic/unistd.h, <linux/mount.h>. */
import type { Libc } from './libc.js'

const SYS_FSOPEN = 430, SYS_FSCONFIG = 431, SYS_FSMOUNT = 432
const CLOSE_ON_EXEC = 1
const FSCONFIG_CMD_CREATE = 6
const MAX_NAME = 128

/** Descriptor of its root directory, and of all that holds it. Needs CAP_SYS_ADMIN. @throws SyscallError */
export function mountForOurselves(libc: Libc, type: string): number {
  const name = Buffer.alloc(MAX_NAME)
  name.write(type, 0, MAX_NAME - 1)
  const context = libc.callHolding([name], 'syscall', `fsopen ${type}`, SYS_FSOPEN, 'long', libc.address(name), 'long', CLOSE_ON_EXEC)
  try {
    libc.numbered('fsconfig', SYS_FSCONFIG, context, FSCONFIG_CMD_CREATE, 0, 0, 0)
    return libc.numbered('fsmount', SYS_FSMOUNT, context, CLOSE_ON_EXEC, 0)
  } finally {
    libc.call('close', type, context)
  }
}
