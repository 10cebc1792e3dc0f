/** Every experiment by name, in the order of `probe all`. One is read only when it is run. */
import type { Experiment } from './experiment.js'

export interface Listed {
  readonly summary: string
  readonly load: () => Promise<{ readonly default: Experiment }>
}

export const EXPERIMENTS: ReadonlyMap<string, Listed> = new Map<string, Listed>([
  ['names', { summary: 'implicit bind, listen without bind, and what getsockname and getpeername say at each step', load: () => import('./experiments/names.js') }],
  ['handshake', { summary: 'a connection is made: its segments, what they agree on, the states of both ends', load: () => import('./experiments/handshake.js') }],
  ['close', { summary: 'a connection is closed, one end first: four segments, FIN_WAIT to TIME_WAIT, CLOSE_WAIT to LAST_ACK', load: () => import('./experiments/close.js') }],
  ['simultaneous-close', { summary: 'both ends close at once: FINs cross, CLOSING is reached', load: () => import('./experiments/simultaneous-close.js') }],
  ['reset', { summary: 'connections that end with RST: refused, aborted, closed with data unread, written to after the end', load: () => import('./experiments/reset.js') }],
  ['time-wait', { summary: 'who holds TIME_WAIT, for how long, what it forbids and what it is for', load: () => import('./experiments/time-wait.js') }],
  ['reuseaddr', { summary: 'who may bind an address that is in use: SO_REUSEADDR and SO_REUSEPORT in every case', load: () => import('./experiments/reuseaddr.js') }],
  ['accept-inherit', { summary: 'which flags and options an accepted socket has of its listener', load: () => import('./experiments/accept-inherit.js') }],
  ['linger', { summary: 'close() with data on its way: what SO_LINGER makes of it, how long it takes, what the peer gets', load: () => import('./experiments/linger.js') }],
  ['shutdown', { summary: 'half-close, duplicated and inherited descriptors, SHUT_RD, SIGPIPE', load: () => import('./experiments/shutdown.js') }],
  ['partial-io', { summary: 'read and write of a stream socket move fewer bytes than asked for; readn and writen move all', load: () => import('./experiments/partial-io.js') }],
  ['recv-flags', { summary: 'MSG_DONTWAIT, MSG_PEEK, MSG_WAITALL and what ends it early, MSG_OOB, MSG_TRUNC', load: () => import('./experiments/recv-flags.js') }],
  ['send-flags', { summary: 'MSG_MORE on TCP and UDP, MSG_DONTWAIT, MSG_NOSIGNAL, MSG_OOB', load: () => import('./experiments/send-flags.js') }],
  ['sendfile', { summary: 'sendfile against read and write: bytes, calls, offsets, speed', load: () => import('./experiments/sendfile.js') }],
  ['cork', { summary: 'how small writes become segments: TCP_CORK and its 200 ms, MSG_MORE, TCP_NODELAY and Nagle', load: () => import('./experiments/cork.js') }],
  ['type', { summary: 'what a descriptor says of its socket: type, domain, protocol, whether it listens', load: () => import('./experiments/type.js') }],
  ['broadcast', { summary: 'sendto() a broadcast address without and with SO_BROADCAST, and who gets it', load: () => import('./experiments/broadcast.js') }],
  ['seqpacket', { summary: 'SOCK_SEQPACKET: message boundaries kept, excess discarded, a connection all the same', load: () => import('./experiments/seqpacket.js') }],
  ['scatter-gather', { summary: 'several buffers a message (sendmsg, recvmsg), several datagrams a call (sendmmsg, recvmmsg)', load: () => import('./experiments/scatter-gather.js') }],
  ['socketpair-pipe', { summary: 'pipe() made of socketpair() and shutdown(), beside a real pipe', load: () => import('./experiments/socketpair-pipe.js') }],
  ['fd-passing', { summary: 'open files sent through a UNIX domain socket: SCM_RIGHTS', load: () => import('./experiments/fd-passing.js') }],
  ['credentials', { summary: 'who is at the other end: SO_PEERCRED, SCM_CREDENTIALS, and forged ones refused', load: () => import('./experiments/credentials.js') }],
  ['buffers', { summary: 'SO_RCVBUF and SO_SNDBUF: doubled, cut, and the window they make; low-water marks; advice for a path', load: () => import('./experiments/buffers.js') }],
  ['timeouts', { summary: 'how long calls wait: SO_RCVTIMEO, SO_SNDTIMEO, TCP_USER_TIMEOUT', load: () => import('./experiments/timeouts.js') }],
  ['error', { summary: 'SO_ERROR: reported once and cleared; ECONNREFUSED, ECONNRESET, ETIMEDOUT, EHOSTUNREACH', load: () => import('./experiments/error.js') }],
  ['oob', { summary: 'one urgent byte, its mark, SIGURG; a second one overwrites; SO_OOBINLINE', load: () => import('./experiments/oob.js') }],
  ['dontroute', { summary: 'SO_DONTROUTE, MSG_DONTROUTE: never through a gateway', load: () => import('./experiments/dontroute.js') }],
  ['priority', { summary: 'a second connection for what is urgent, joined by a cookie (exercise 61-6)', load: () => import('./experiments/priority.js') }],
  ['keepalive', { summary: 'SO_KEEPALIVE: its probes, and a peer that lives, that has forgotten, that is gone', load: () => import('./experiments/keepalive.js') }],
  ['detect', { summary: 'what becomes known of a peer that crashed or cannot be reached: UNP figure 7.6, observed', load: () => import('./experiments/detect.js') }],
  ['tcp-vs-udp', { summary: 'a request and its answer over a wire with a delay: 2·RTT + SPT against RTT + SPT', load: () => import('./experiments/tcp-vs-udp.js') }],
  ['sctp', { summary: 'SCTP in this kernel or not; one-to-one sockets where it is', load: () => import('./experiments/sctp.js') }],
  ['dccp', { summary: 'DCCP in this kernel or not', load: () => import('./experiments/dccp.js') }],
])
