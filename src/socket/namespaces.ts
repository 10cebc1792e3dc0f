/** Network namespaces of this thread: unshare(2), setns(2). Sockets stay where they were made. */
import { closeSync, openSync } from 'node:fs'
import type { Libc } from './libc.js'

const CLONE_NEWNET = 0x40000000
const SYS_SETNS: Readonly<Record<string, number>> = { x64: 308, arm64: 268, riscv64: 268, loong64: 268 }
const SYS_UNSHARE: Readonly<Record<string, number>> = { x64: 272, arm64: 97, riscv64: 97, loong64: 97 }

/** Moves this thread into the namespace that `fd` (of /proc/PID/ns/net) stands for. */
export const enterNetwork = (libc: Libc, fd: number): void => {
  libc.numbered('setns', SYS_SETNS[process.arch] ?? 268, fd, CLONE_NEWNET)
}

/** Moves this thread into a new, empty network namespace. EPERM without CAP_SYS_ADMIN. */
export const newNetwork = (libc: Libc): void => {
  libc.numbered('unshare', SYS_UNSHARE[process.arch] ?? 97, CLONE_NEWNET)
}

/** A descriptor of the namespace this thread is in; the caller closes it. */
export const openNetwork = (): number => openSync('/proc/thread-self/ns/net', 'r')
export const closeNetwork = (fd: number): void => {
  closeSync(fd)
}
