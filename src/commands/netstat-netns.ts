/** Network namespaces: each is read through /proc/PID/net of some process in it. */
import { readdirSync, statSync } from 'node:fs'
import { UserError } from '../errors.js'
import { escapeControls } from '../escape.js'
import { linkTarget, type ProcRoot } from '../procnet/proc-root.js'

/** Where ip-netns(8) keeps names. */
const NAMED = '/run/netns'

export interface Place {
  readonly root: ProcRoot
  /** A name, or the id of the process it is read through. */
  readonly label: string | undefined
}

/** The namespaces that --netns asks for: `all`, a process, a name of ip-netns(8), or the path of a namespace's file. */
export function placesOf(root: ProcRoot, wanted: string | undefined): Place[] {
  if (wanted === undefined) return [{ root, label: undefined }]
  if (wanted === 'all') return all(root)
  const shown = escapeControls(wanted)
  if (/^\d+$/.test(wanted)) {
    const pid = Number(wanted)
    if (linkTarget(`${root.path}/${pid}/ns/net`) === undefined) throw new UserError(`--netns ${shown}: no such process, or it may not be looked into`)
    return [{ root: root.of(pid), label: wanted }]
  }
  const inode = inodeOf(wanted.includes('/') ? wanted : `${NAMED}/${wanted}`)
  if (inode === undefined) throw new UserError(`--netns ${shown}: no such namespace (all, a process id, a name of \`ip netns\`, or a path)`)
  const pid = byNamespace(root).get(inode)
  if (pid === undefined) throw new UserError(`--netns ${shown}: no process runs in it (a namespace is read through one)`)
  return [{ root: root.of(pid), label: wanted }]
}

function all(root: ProcRoot): Place[] {
  const names = new Map<number, string>()
  for (const name of entries(NAMED)) {
    const inode = inodeOf(`${NAMED}/${name}`)
    if (inode !== undefined) names.set(inode, name)
  }
  const places: Place[] = []
  for (const [inode, pid] of byNamespace(root)) places.push({ root: root.of(pid), label: escapeControls(names.get(inode) ?? String(pid)) })
  if (places.length === 0) throw new UserError(`--netns all: ${root.path} has no process that may be looked into`)
  return places
}

/** The first process of each namespace, by the namespace's inode. */
function byNamespace(root: ProcRoot): Map<number, number> {
  const found = new Map<number, number>()
  for (const pid of root.pids()) {
    const match = /^net:\[(\d+)\]$/.exec(linkTarget(`${root.path}/${pid}/ns/net`) ?? '')
    if (match !== null && !found.has(Number(match[1]))) found.set(Number(match[1]), pid)
  }
  return found
}

function inodeOf(path: string): number | undefined {
  try {
    return statSync(path).ino
  } catch {
    return undefined
  }
}

function entries(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}
