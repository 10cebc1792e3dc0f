/** Numbers of the socket calls. Sources: <linux/socket.h>, asm-generic/socket.h, <linux/net.h>, <linux/in.h>, fcntl.h, poll.h. */

/** Address families. */
export const Family = {
  UNSPEC: 0, UNIX: 1, INET: 2, AX25: 3, IPX: 4, X25: 9, INET6: 10, NETLINK: 16, PACKET: 17, RDS: 21, PPPOX: 24, LLC: 26, CAN: 29, TIPC: 30,
  BLUETOOTH: 31, IUCV: 32, RXRPC: 33, PHONET: 35, CAIF: 37, ALG: 38, NFC: 39, VSOCK: 40, KCM: 41, QIPCRTR: 42, SMC: 43, XDP: 44, MCTP: 45,
} as const

/** Socket types, and the two flags that socket(), socketpair() and accept4() take with them. */
export const SockType = { STREAM: 1, DGRAM: 2, RAW: 3, RDM: 4, SEQPACKET: 5, DCCP: 6, PACKET: 10 } as const
export const SOCK_NONBLOCK = 0o4000
export const SOCK_CLOEXEC = 0o2000000

/** IP protocols. */
export const Protocol = { IP: 0, ICMP: 1, TCP: 6, UDP: 17, DCCP: 33, ICMPV6: 58, L2TP: 115, SCTP: 132, UDPLITE: 136, RAW: 255, MPTCP: 262 } as const

/** Levels of getsockopt() and setsockopt(). */
export const Level = {
  IP: 0, SOCKET: 1, TCP: 6, UDP: 17, IPV6: 41, ICMPV6: 58, CAN_RAW: 101, CAN_ISOTP: 106, CAN_J1939: 107, SCTP: 132, UDPLITE: 136, RAW: 255,
  AX25: 257, NETROM: 259, ROSE: 260, X25: 262, PACKET: 263, ATM: 264, LLC: 268, DCCP: 269, NETLINK: 270, TIPC: 271, RXRPC: 272,
  PPPOL2TP: 273, BLUETOOTH: 274, PNPIPE: 275, RDS: 276, IUCV: 277, CAIF: 278, ALG: 279, NFC: 280, KCM: 281, TLS: 282, XDP: 283, MPTCP: 284, MCTP: 285, SMC: 286,
  VSOCK: 287,
} as const

/** Flags of send(), recv(), sendmsg() and recvmsg(). */
export const Msg = {
  OOB: 0x1, PEEK: 0x2, DONTROUTE: 0x4, CTRUNC: 0x8, TRUNC: 0x20, DONTWAIT: 0x40, EOR: 0x80, WAITALL: 0x100, CONFIRM: 0x800, ERRQUEUE: 0x2000,
  NOSIGNAL: 0x4000, MORE: 0x8000, WAITFORONE: 0x10000, FASTOPEN: 0x20000000, CMSG_CLOEXEC: 0x40000000,
} as const

export const Shut = { RD: 0, WR: 1, RDWR: 2 } as const
export const Poll = { IN: 0x1, PRI: 0x2, OUT: 0x4, ERR: 0x8, HUP: 0x10, NVAL: 0x20, RDHUP: 0x2000 } as const
/** DUPFD and above duplicate to the least free descriptor from the argument on; SETOWN takes a process id, or a group's as a negative number. */
export const Fcntl = { DUPFD: 0, GETFD: 1, SETFD: 2, GETFL: 3, SETFL: 4, SETOWN: 8, GETOWN: 9, SETSIG: 10, GETSIG: 11, DUPFD_CLOEXEC: 1030 } as const
export const FD_CLOEXEC = 1
export const O_NONBLOCK = 0o4000
/** A signal (SIGIO, or F_SETSIG's) to the owner when the socket becomes ready. */
export const O_ASYNC = 0o20000
/** Control message of the descriptors passed over a unix socket, level SOL_SOCKET. */
export const SCM_RIGHTS = 1
/** Control message of a sender's pid, uid and gid (struct ucred), level SOL_SOCKET. */
export const SCM_CREDENTIALS = 2
/**
 * Requests of ioctl() on sockets, asm-generic/{ioctls,sockios}.h and tcp(7), udp(7): whether the mark is next, bytes that can be read, bytes not
 * acknowledged yet, bytes not sent yet; F_SETOWN's two by another name.
 */
export const Ioctl = { SIOCATMARK: 0x8905, SIOCINQ: 0x541b, SIOCOUTQ: 0x5411, SIOCOUTQNSD: 0x894b, SIOCSPGRP: 0x8902, SIOCGPGRP: 0x8904 } as const
