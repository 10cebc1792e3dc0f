/** The addresses of a host's interfaces, by rtnetlink(7): struct ifaddrmsg and its attributes, <linux/if_addr.h>. */
import { Family } from './constants.js'
import { attributes, Netlink } from './netlink.js'
import type { Syscalls } from './syscalls.js'

const NETLINK_ROUTE = 0
const RTM_GETADDR = 22
/** Bytes of struct ifaddrmsg. */
const MESSAGE = 8
const Attr = { ADDRESS: 1, LOCAL: 2, BROADCAST: 4 } as const

export interface HostAddresses {
  /** Own ones, as hexadecimal digits, 8 or 32. */
  readonly own: readonly string[]
  /** Of the subnets: to all hosts there. */
  readonly broadcast: readonly string[]
}

/** Of this thread's network namespace. @throws SyscallError */
export function hostAddresses(sys: Syscalls): HostAddresses {
  const netlink = new Netlink(sys, NETLINK_ROUTE), own: string[] = [], broadcast: string[] = []
  try {
    netlink.dump(RTM_GETADDR, Buffer.alloc(MESSAGE), (b, begin, end) => {
      let address = '', local = ''
      attributes(b, begin + MESSAGE, end, (type, at, until) => {
        const text = Buffer.from(b.subarray(at, until)).toString('hex')
        if (type === Attr.ADDRESS) address = text
        else if (type === Attr.LOCAL) local = text
        else if (type === Attr.BROADCAST) broadcast.push(text)
      })
      const prefix = b[begin + 1]!
      if (b[begin] === Family.INET && prefix < 31 && address.length === 8) broadcast.push(lastOf(Number.parseInt(address, 16), prefix)) // taken as one even where none was set
      own.push(local === '' ? address : local) // ADDRESS is the other end's where an interface has one, and LOCAL then its own
    })
  } finally {
    netlink.close()
  }
  return { own, broadcast: [...new Set(broadcast)] }
}

/** The last address of a subnet. */
const lastOf = (address: number, prefix: number): string => ((address | (0xffff_ffff >>> prefix)) >>> 0).toString(16).padStart(8, '0')
