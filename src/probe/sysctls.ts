/** Settings of the network below /proc/sys, as this thread's namespace has them: read, and carried into another namespace. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'

const ROOT = '/proc/sys/'
/** Directories whose files decide what sockets do; those of interfaces only for loopback and what new ones begin with. */
const DIRECTORIES = ['net/core', 'net/ipv4', 'net/ipv6', 'net/unix', 'net/ipv4/conf/all', 'net/ipv4/conf/default', 'net/ipv4/conf/lo', 'net/ipv6/conf/all', 'net/ipv6/conf/default', 'net/ipv6/conf/lo']
/** A secret, and nothing that an experiment depends on. */
const PASSED_OVER = new Set(['net/ipv4/tcp_fastopen_key', 'net/ipv6/conf/all/stable_secret', 'net/ipv6/conf/default/stable_secret', 'net/ipv6/conf/lo/stable_secret'])

/** The value of `net/ipv4/tcp_sack`, one blank between its words; undefined where there is none. */
export function sysctl(name: string): string | undefined {
  try {
    return readFileSync(ROOT + name, 'latin1').trim().replaceAll(/\s+/g, ' ')
  } catch {
    return undefined // not in this kernel, this namespace, or not for us
  }
}

/** Writes a setting; false where it cannot be: /proc/sys is read-only in many containers. */
export function setSysctl(name: string, value: string): boolean {
  try {
    writeFileSync(ROOT + name, value)
    return true
  } catch {
    return false
  }
}

const ANY_WRITE = 0o222

/** All that can be read and may be written by somebody, by name. */
export function readSysctls(): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (const directory of DIRECTORIES) {
    for (const file of filesOf(directory)) {
      const name = `${directory}/${file}`
      const value = PASSED_OVER.has(name) || !isSetting(name) ? undefined : sysctl(name)
      if (value !== undefined) values.set(name, value)
    }
  }
  return values
}

const isSetting = (name: string): boolean => ((statSync(ROOT + name, { throwIfNoEntry: false })?.mode ?? 0) & ANY_WRITE) !== 0

function filesOf(directory: string): string[] {
  try {
    return readdirSync(ROOT + directory, { withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => name)
  } catch {
    return [] // no IPv6
  }
}

/** Gives this thread's namespace `wanted`; the names of those that could not be carried over and differ. */
export function carrySysctls(wanted: ReadonlyMap<string, string>): string[] {
  const lost: string[] = []
  for (const [name, value] of wanted) {
    const here = sysctl(name)
    if (here === undefined || here === value) continue // what is not in a namespace of its own is the host's, and the same
    try {
      writeFileSync(ROOT + name, value)
    } catch {
      if (sysctl(name) !== value) lost.push(name)
    }
  }
  return lost
}
