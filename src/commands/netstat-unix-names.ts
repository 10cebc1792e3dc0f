/** Exact names of unix sockets, from the kernel's socket diagnosis: a source that no name can fool. */
import type { ProcRoot } from '../procnet/proc-root.js'
import { UnixTable } from '../procnet/unix.js'
import { openDiag } from './netstat-diagnosed.js'

/** Bytes of sun_path, all that a name can have: what is longer together is not one name. */
const MAX_NAME = 108

/**
 * Bytes in the name of each socket by inode, as the table shows it; undefined when they cannot be had, or when no name of the table could hold
 * a whole line of it.
 */
export async function exactUnixNames(root: ProcRoot, table: Uint8Array): Promise<ReadonlyMap<number, number> | undefined> {
  if (root.path !== '/proc' || root.net !== 'net' || !couldBeForged(table)) return undefined
  const diag = await openDiag()
  if (diag === undefined) return undefined
  try {
    const { unixByInode } = await import('../socket/unix-diag.js')
    const sockets = unixByInode(diag)
    if (sockets === undefined) return undefined
    const lengths = new Map<number, number>()
    for (const [inode, { kind, name }] of sockets) lengths.set(inode, kind === 'abstract' ? name.length + 1 : name.length)
    return lengths
  } finally {
    diag.close()
  }
}

/** Whether some line could be the end of the name on the line before. */
function couldBeForged(bytes: Uint8Array): boolean {
  const table = new UnixTable(bytes)
  let nameAt = -1
  while (table.next()) {
    if (table.splitNames > 0 || (nameAt >= 0 && table.row.nameEnd - nameAt <= MAX_NAME)) return true
    nameAt = table.row.nameEnd > table.row.nameAt ? table.row.nameAt : -1
  }
  return false
}
