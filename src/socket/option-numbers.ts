/** Numbers of the options that programs of ours set or read by name; options.ts tells what each does (test/socket/option-numbers.test.ts compares). */

/** Level SOL_SOCKET: asm-generic/socket.h. */
export const So = {
  REUSEADDR: 2, TYPE: 3, ERROR: 4, DONTROUTE: 5, BROADCAST: 6, SNDBUF: 7, RCVBUF: 8, KEEPALIVE: 9, OOBINLINE: 10, LINGER: 13, REUSEPORT: 15, PASSCRED: 16,
  PEERCRED: 17, RCVLOWAT: 18, SNDLOWAT: 19, RCVTIMEO: 20, SNDTIMEO: 21, ACCEPTCONN: 30, SNDBUFFORCE: 32, RCVBUFFORCE: 33, PROTOCOL: 38, DOMAIN: 39,
} as const

/** Level IPPROTO_TCP: <linux/tcp.h>. */
export const Tcp = {
  NODELAY: 1, MAXSEG: 2, CORK: 3, KEEPIDLE: 4, KEEPINTVL: 5, KEEPCNT: 6, USER_TIMEOUT: 18, REPAIR: 19, NOTSENT_LOWAT: 25,
} as const
