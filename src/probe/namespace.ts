/** A fresh network namespace for an experiment: this thread goes into it and comes back. Its loopback is up and its settings are those it came from. */
import { failedWith, SyscallError } from '../socket/errno.js'
import type { Libc } from '../socket/libc.js'
import { LOOPBACK_INDEX, setUp } from '../socket/links.js'
import { closeNetwork, enterNetwork, newNetwork, openNetwork } from '../socket/namespaces.js'
import type { Syscalls } from '../socket/syscalls.js'
import { carrySysctls } from './sysctls.js'

export interface Entered {
  readonly isPrivate: boolean
  /** Settings that differ from where we came from, because they may not be written. */
  readonly lost: readonly string[]
  /**
   * Back to where we came from; in a user namespace that is not permitted, and the thread stays until it goes into the next. The namespace is gone when its
   * last socket and the thread are.
   */
  readonly leave: () => void
}

/** Goes into a new namespace where that is permitted, and gives it `settings`; stays where it is where not. */
export function enterFresh(libc: Libc, sys: Syscalls, settings: ReadonlyMap<string, string>): Entered {
  const home = openNetwork()
  try {
    newNetwork(libc)
  } catch (error) {
    closeNetwork(home)
    if (error instanceof SyscallError) return { isPrivate: false, lost: [], leave: () => {} }
    throw error
  }
  const leave = (): void => {
    try {
      enterNetwork(libc, home)
    } catch (error) {
      if (!failedWith(error, 'EPERM')) throw error
    } finally {
      closeNetwork(home)
    }
  }
  try {
    setUp(sys, LOOPBACK_INDEX)
    return { isPrivate: true, lost: carrySysctls(settings), leave }
  } catch (error) {
    leave()
    throw error
  }
}
