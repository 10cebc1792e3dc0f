/** Control groups (version 2): where they are, and one of a command's own. Sources: cgroups(7), Documentation/admin-guide/cgroup-v2.rst. */
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Libc } from '../socket/libc.js'
import { mountForOurselves } from '../socket/mount.js'

/**
 * Directory of the group that holds all others we can see. Where none is mounted, as behind `ip netns exec`, one is mounted for us alone.
 * @throws Error where there is none and none can be mounted
 */
export function rootGroup(libc: Libc): string {
  for (const line of readFileSync('/proc/self/mountinfo', 'utf8').split('\n')) {
    const [before = '', after = ''] = line.split(' - ')
    const directory = before.split(' ')[4]
    if (after.startsWith('cgroup2 ') && directory !== undefined) return directory.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)))
  }
  return `/proc/self/fd/${mountForOurselves(libc, 'cgroup2')}` // open until we end
}

/** Tries to leave a group before it is given up: a process may be born meanwhile. */
const TRIES = 5

/** A group made below the one that a process is in, with that process in it; its children will be too. */
export class CommandGroup {
  readonly directory: string

  /** @param root from rootGroup. @throws Error where it is in none, or the group is not ours to change */
  constructor(root: string, pid: number) {
    const path = /^0::(\/.*)$/m.exec(readFileSync(`/proc/${pid}/cgroup`, 'utf8'))?.[1]
    if (path === undefined || path.includes('/..')) throw new Error('it is in no control group of version 2 that can be seen')
    this.directory = `${root}${path === '/' ? '' : path}/sockscope-${pid}`
    mkdirSync(this.directory)
    try {
      move(pid, this.directory)
    } catch (error) {
      rmdirSync(this.directory)
      throw error
    }
  }

  /** Puts what the command has left running back where it came from, and removes the group. */
  close(): void {
    for (let tries = 0; tries < TRIES; tries++) {
      try {
        for (const pid of readFileSync(`${this.directory}/cgroup.procs`, 'latin1').split('\n')) if (pid !== '') move(Number(pid), dirname(this.directory))
        return rmdirSync(this.directory)
      } catch {
        // a process ended, or began, between two of these calls: again; a group that stays holds nothing back
      }
    }
  }
}

const move = (pid: number, directory: string): void => writeFileSync(`${directory}/cgroup.procs`, String(pid))
