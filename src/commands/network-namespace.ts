/** Doing something in another network namespace: setns(2) moves this thread there and back, sockets stay where they were made. */
import { closeSync, openSync } from 'node:fs'
import { UserError, errnoName, reason } from '../errors.js'
import { loadLibc } from '../socket/libc.js'
import { enterNetwork } from '../socket/namespaces.js'

/** Where ip-netns(8) keeps names. */
const NAMED = '/run/netns'

/**
 * What runs a function in the namespace of that name, process or path; with undefined, here. The function must be done when it returns.
 * @throws UserError
 */
export async function enterer(wanted: string | undefined): Promise<<T>(act: () => T) => T> {
  if (wanted === undefined) return (act) => act()
  const libc = await loadLibc()
  const setns = (fd: number): void => enterNetwork(libc, fd)
  return (act) => {
    const home = openSync('/proc/self/ns/net', 'r')
    const there = openNamespace(wanted)
    try {
      enter(() => setns(there), wanted)
      try {
        return act()
      } finally {
        setns(home)
      }
    } finally {
      closeSync(there)
      closeSync(home)
    }
  }
}

function openNamespace(wanted: string): number {
  const path = /^\d+$/.test(wanted) ? `/proc/${wanted}/ns/net` : wanted.includes('/') ? wanted : `${NAMED}/${wanted}`
  try {
    return openSync(path, 'r')
  } catch (error) {
    if (errnoName(error) === 'ENOENT') throw new UserError(`--netns ${wanted}: no such namespace (a process id, a name of \`ip netns\`, or a path)`)
    throw new UserError(`--netns ${wanted}: ${reason(error)} (run as root)`)
  }
}

function enter(setns: () => void, wanted: string): void {
  try {
    setns()
  } catch (error) {
    const why = errnoName(error) === 'EINVAL' ? 'not a network namespace (a process id, a name of `ip netns`, or a path)' : `${reason(error)} (run as root)`
    throw new UserError(`--netns ${wanted}: ${why}`)
  }
}
