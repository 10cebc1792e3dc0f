/** Interfaces of this thread's network namespace by rtnetlink(7): a veth(4) pair, addresses, neighbours. Numbers: <linux/rtnetlink.h>, <linux/if_link.h>, <linux/veth.h>. */
import { Family, SockType } from './constants.js'
import { SyscallError } from './errno.js'
import { attribute, attributes, Netlink } from './netlink.js'
import type { Syscalls } from './syscalls.js'

const NETLINK_ROUTE = 0
const RTM_NEWLINK = 16
const RTM_DELLINK = 17
const RTM_GETLINK = 18
const RTM_NEWADDR = 20
const RTM_NEWNEIGH = 28
const IFF_UP = 1
const NUD_PERMANENT = 0x80
const Ifla = { ADDRESS: 1, IFNAME: 3, OPERSTATE: 16, LINKINFO: 18 } as const
const IF_OPER_UP = 6
const IFLA_INFO_KIND = 1
const IFLA_INFO_DATA = 2
const VETH_INFO_PEER = 1
const Ifa = { ADDRESS: 1, LOCAL: 2 } as const
const Nda = { DST: 1, LLADDR: 2 } as const

/** An interface: its index, name and hardware address are chosen by who makes it. */
export interface Link {
  readonly index: number
  readonly name: string
  readonly mac: Uint8Array
}

/** Index of lo in every namespace. */
export const LOOPBACK_INDEX = 1

function ask(sys: Syscalls, what: string, act: (netlink: Netlink) => number): void {
  const netlink = new Netlink(sys, NETLINK_ROUTE)
  try {
    const errno = act(netlink)
    if (errno !== 0) throw new SyscallError('rtnetlink', what, errno)
  } finally {
    netlink.close()
  }
}

/** struct ifinfomsg. */
function linkMessage(index: number, flags = 0): Buffer {
  const b = Buffer.alloc(16)
  b.writeInt32LE(index, 4)
  b.writeUInt32LE(flags, 8)
  b.writeUInt32LE(flags, 12)
  return b
}

/** Sets an interface up, as `ip link set … up` does. */
export const setUp = (sys: Syscalls, index: number): void => ask(sys, `interface ${index} up`, (netlink) => netlink.act(RTM_NEWLINK, linkMessage(index, IFF_UP)))

/** Two interfaces that are the ends of one cable, both up. EOPNOTSUPP where the kernel has no veth. */
export function addVeth(sys: Syscalls, one: Link, other: Link): void {
  const described = ({ index, name, mac }: Link): Buffer => Buffer.concat([linkMessage(index), attribute(Ifla.IFNAME, Buffer.from(`${name}\0`)), attribute(Ifla.ADDRESS, mac)])
  const peer = attribute(IFLA_INFO_DATA, attribute(VETH_INFO_PEER, described(other)))
  const info = attribute(Ifla.LINKINFO, Buffer.concat([attribute(IFLA_INFO_KIND, Buffer.from('veth\0')), peer]))
  ask(sys, `veth ${one.name}`, (netlink) => netlink.create(RTM_NEWLINK, Buffer.concat([described(one), info])))
  for (const { index } of [one, other]) setUp(sys, index) // not before both are there: ENOTCONN
  for (const { name } of [one, other]) settle(sys, name)
}

/** The kernel puts off making a link ready, on a busy host for long, and drops what is sent meanwhile; this has it done now. */
function settle(sys: Syscalls, name: string): void {
  const fd = sys.socket(Family.INET, SockType.DGRAM)
  try {
    sys.hasCarrier(fd, name)
  } finally {
    sys.close(fd)
  }
}

/** Whether an interface carries frames: for a moment after it is set up the kernel still drops what is sent on it (RFC 2863, ifOperStatus). */
export function isOperational(sys: Syscalls, index: number): boolean {
  let up = false
  ask(sys, `interface ${index}`, (netlink) =>
    netlink.act(RTM_GETLINK, linkMessage(index), (b, at, end) => attributes(b, at + 16, end, (type, value) => {
      if (type === Ifla.OPERSTATE) up = b[value] === IF_OPER_UP
    })))
  return up
}

/** Removes an interface, and the other end of its cable. */
export const removeLink = (sys: Syscalls, index: number): void => ask(sys, `remove interface ${index}`, (netlink) => netlink.act(RTM_DELLINK, linkMessage(index)))

/** Gives an interface an IPv4 address; its network is then reached over it. */
export function addAddress(sys: Syscalls, index: number, address: Uint8Array, prefix: number): void {
  const b = Buffer.alloc(8) // struct ifaddrmsg
  b[0] = Family.INET
  b[1] = prefix
  b.writeUInt32LE(index, 4)
  ask(sys, `address of interface ${index}`, (netlink) => netlink.create(RTM_NEWADDR, Buffer.concat([b, attribute(Ifa.LOCAL, address), attribute(Ifa.ADDRESS, address)])))
}

/** Says for good which hardware address an IPv4 neighbour has, so that nobody asks. */
export function addNeighbor(sys: Syscalls, index: number, address: Uint8Array, mac: Uint8Array): void {
  const b = Buffer.alloc(12) // struct ndmsg
  b[0] = Family.INET
  b.writeInt32LE(index, 4)
  b.writeUInt16LE(NUD_PERMANENT, 8)
  ask(sys, `neighbour of interface ${index}`, (netlink) => netlink.create(RTM_NEWNEIGH, Buffer.concat([b, attribute(Nda.DST, address), attribute(Nda.LLADDR, mac)])))
}
