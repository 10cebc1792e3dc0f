/** Root given up for good once all is open: user and groups, capabilities, and the way back through a set-uid program. */
import { readFileSync, readdirSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { UserError, reason } from '../errors.js'
import { loadLibc } from '../socket/libc.js'

export interface User {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

const PR_SET_NO_NEW_PRIVS = 38
const SYS_PRCTL: Readonly<Record<string, number>> = { x64: 157, arm64: 167, riscv64: 167, loong64: 167 }

/** The user of -Z, else `tcpdump`, else `nobody`; undefined: stay who we are (not root, or -Z root). @throws UserError when there is none */
export function userToBecome(wanted: string | undefined): User | undefined {
  if (process.getuid?.() !== 0 && process.geteuid?.() !== 0) return undefined
  if (wanted === 'root') return undefined
  const user = wanted === undefined ? (findUser('tcpdump') ?? findUser('nobody')) : findUser(wanted)
  if (user === undefined) {
    throw new UserError(
      wanted === undefined ? 'privileges: neither user tcpdump nor nobody exists to become (name one with -Z, or stay root with -Z root)' : `-Z ${wanted}: no such user (name one that exists, or stay root with -Z root)`,
    )
  }
  return user.uid === 0 ? undefined : user
}

/** passwd(5), or another service of nsswitch.conf(5) through getent. */
function findUser(name: string): User | undefined {
  const inFile = (table: string): User | undefined => {
    for (const line of table.split('\n')) {
      const [user, , uid = '', gid = ''] = line.split(':')
      if (user === name && /^\d{1,10}$/.test(uid) && /^\d{1,10}$/.test(gid)) return { name, uid: Number(uid), gid: Number(gid) }
    }
    return undefined
  }
  let table = ''
  try {
    table = readFileSync('/etc/passwd', 'latin1')
  } catch {
    // getent below may know more
  }
  return inFile(table) ?? (/^[A-Za-z0-9_][\w.@-]*$/.test(name) ? inFile(spawnSync('getent', ['passwd', name], { encoding: 'latin1' }).stdout ?? '') : undefined)
}

/** Does `act` as `user`, still able to come back. */
export function asUser<T>(user: User, act: () => T): T {
  process.setegid?.(user.gid)
  process.seteuid?.(user.uid)
  try {
    return act()
  } finally {
    process.seteuid?.(0)
    process.setegid?.(0)
  }
}

/** Becomes `user` in all threads. @throws UserError when anything of it fails: going on as root would be worse */
export async function becomeForGood(user: User): Promise<void> {
  try {
    process.setgroups?.([user.gid])
    process.setgid?.(user.gid)
    process.setuid?.(user.uid)
    const libc = await loadLibc()
    libc.numbered('prctl', SYS_PRCTL[process.arch] ?? 167, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    for (const task of readdirSync('/proc/self/task')) judge(readFileSync(`/proc/self/task/${task}/status`, 'latin1'), user)
  } catch (error) {
    throw new UserError(`-Z ${user.name}: root could not be given up: ${reason(error)} (nothing was captured; stay root with -Z root)`)
  }
}

/** What a thread's status says must be what was asked. */
function judge(status: string, { uid, gid }: User): void {
  const field = (name: string): string => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? ''
  if (field('Uid') !== `${uid}\t${uid}\t${uid}\t${uid}` || field('Gid') !== `${gid}\t${gid}\t${gid}\t${gid}`) throw new Error(`a thread is still ${field('Uid')}`)
  if (!/^0+$/.test(field('CapEff')) || !/^0+$/.test(field('CapPrm'))) throw new Error(`a thread still has capabilities ${field('CapEff')}`)
}
