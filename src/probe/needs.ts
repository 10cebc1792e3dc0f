/** What experiments and claims may need, and what to say where it is missing. */
import { Family, Protocol, SockType } from '../socket/constants.js'
import { SyscallError } from '../socket/errno.js'
import type { Syscalls } from '../socket/syscalls.js'
import type { Need } from './experiment.js'

/** One instruction, `ret #0` (<linux/filter.h>): no byte of any packet is kept. */
export const KEEP_NOTHING = Uint8Array.of(6, 0, 0, 0, 0, 0, 0, 0)

/** Why a need is not met here; undefined where it is. */
export type Missing = (need: Need) => string | undefined

export interface Circumstances {
  readonly sys: Syscalls
  /** A network namespace of our own. */
  readonly isPrivate: boolean
  /** Why there is no capture; undefined where there is one. */
  readonly noCapture: string | undefined
  /** Why there can be no veth pair; undefined where there can. */
  readonly noVeth: () => string | undefined
}

/** Judges needs, each once. */
export function needsOf(circumstances: Circumstances): Missing {
  const known = new Map<Need, string | undefined>()
  return (need) => {
    if (!known.has(need)) known.set(need, judge(need, circumstances))
    return known.get(need)
  }
}

function judge(need: Need, { sys, isPrivate, noCapture, noVeth }: Circumstances): string | undefined {
  switch (need) {
    case 'namespace':
      return isPrivate ? undefined : 'a network namespace of its own: CAP_SYS_ADMIN, or user namespaces and the program unshare (run with sudo)'
    case 'capture':
      return noCapture
    case 'veth':
      return noVeth()
    case 'root':
      return process.geteuid?.() === 0 ? undefined : 'root (run with sudo)'
    case 'filter':
      return noFilter(sys)
    case 'ipv6':
      return refusal(sys, Family.INET6, SockType.STREAM, 0, 'IPv6 in this kernel')
    case 'sctp':
      return refusal(sys, Family.INET, SockType.STREAM, Protocol.SCTP, 'SCTP in this kernel (modprobe sctp)')
    case 'dccp':
      return refusal(sys, Family.INET, SockType.DCCP, Protocol.DCCP, 'DCCP in this kernel (removed in Linux 6.16)')
  }
}

/** p.deafen() attaches one. Some hosts keep that from users. */
function noFilter(sys: Syscalls): string | undefined {
  const fd = sys.socket(Family.INET, SockType.STREAM)
  try {
    sys.attachFilter(fd, KEEP_NOTHING)
    return undefined
  } catch (error) {
    if (error instanceof SyscallError) return `a socket filter, SO_ATTACH_FILTER (${error.code}; run with sudo)`
    throw error
  } finally {
    sys.close(fd)
  }
}

function refusal(sys: Syscalls, family: number, type: number, protocol: number, what: string): string | undefined {
  try {
    sys.close(sys.socket(family, type, protocol))
    return undefined
  } catch (error) {
    if (error instanceof SyscallError) return `${what}: ${error.code}`
    throw error
  }
}
