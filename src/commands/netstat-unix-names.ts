/** Exact names of unix sockets, from a source that a name cannot fool; the kernel's socket diagnosis, where it can be asked. */
import type { ProcRoot } from '../procnet/proc-root.js'

/** Bytes in the name of each socket by inode, or undefined when they cannot be had. */
export function exactUnixNames(_root: ProcRoot, _table: Uint8Array): Promise<ReadonlyMap<number, number> | undefined> {
  return Promise.resolve(undefined)
}
