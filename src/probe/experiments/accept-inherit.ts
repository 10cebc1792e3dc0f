/** What an accepted socket has of its listener: descriptor flags and signals, no; socket options, nearly all. Every option of TCP in the catalogue that can be set without harm or privilege. */
import { Fcntl, FD_CLOEXEC, O_NONBLOCK } from '../../socket/constants.js'
import { SyscallError } from '../../socket/errno.js'
import { optionNamed, type SocketOption } from '../../socket/options.js'
import type { Claim } from '../experiment.js'
import { experiment } from '../experiment.js'
import { inet, type Probe } from '../probe.js'

const O_ASYNC = 0o20000
const F_SETOWN = 8
const F_GETOWN = 9
const F_SETSIG = 10
const F_GETSIG = 11
/** Its default is to be ignored, so a connection that comes disturbs nothing. */
const SIGURG = 23
const SOURCE = 'TLPI §61.11; accept(2)'
const INHERITED = 'inherited'

/** An option, and a value that no fresh socket has; where one may, another. */
const VALUES: Readonly<Record<string, string>> = {
  SO_REUSEADDR: 'on', SO_DONTROUTE: 'on', SO_BROADCAST: 'on', SO_SNDBUF: '40000', SO_RCVBUF: '40000', SO_KEEPALIVE: 'on', SO_OOBINLINE: 'on', SO_NO_CHECK: 'on', SO_PRIORITY: '5', SO_LINGER: '7',
  SO_REUSEPORT: 'on', SO_RCVLOWAT: '3', SO_RCVTIMEO: '2.5', SO_SNDTIMEO: '3.5', SO_TIMESTAMP: 'on', SO_TIMESTAMPNS: 'on', SO_SELECT_ERR_QUEUE: 'on', SO_MAX_PACING_RATE: '123456789', SO_LOCK_FILTER: 'on',
  IP_TOS: '0x10', IP_TTL: '77', IP_RECVOPTS: 'on', IP_RETOPTS: 'on', IP_PKTINFO: 'on', IP_MTU_DISCOVER: 'dont', IP_RECVERR: 'on', IP_RECVTTL: 'on', IP_RECVTOS: 'on', IP_FREEBIND: 'on', IP_PASSSEC: 'on',
  IP_ORIGDSTADDR: 'on', IP_MINTTL: '3', IP_CHECKSUM: 'on', IP_BIND_ADDRESS_NO_PORT: 'on', IP_MULTICAST_ALL: 'off',
  TCP_NODELAY: 'on', TCP_MAXSEG: '900', TCP_CORK: 'on', TCP_KEEPIDLE: '61', TCP_KEEPINTVL: '11', TCP_KEEPCNT: '4', TCP_SYNCNT: '2', TCP_LINGER2: '15', TCP_DEFER_ACCEPT: '3', TCP_WINDOW_CLAMP: '32768', TCP_QUICKACK: 'off',
  TCP_CONGESTION: 'reno cubic', TCP_THIN_LINEAR_TIMEOUTS: 'on', TCP_USER_TIMEOUT: '4321', TCP_NOTSENT_LOWAT: '5555', TCP_FASTOPEN: '6', TCP_SAVE_SYN: '1',
}

/** The same of newer kernels, or for privileged users. */
const RARE: Readonly<Record<string, string>> = {
  SO_DEBUG: 'on', SO_BINDTODEVICE: 'lo', SO_MARK: '9', SO_TIMESTAMPING: '0x10', SO_PEEK_OFF: '1', SO_BUSY_POLL: '3', SO_ZEROCOPY: 'on', SO_BINDTOIFINDEX: '1', SO_TIMESTAMP_NEW: 'on',
  SO_TIMESTAMPNS_NEW: 'on', SO_PREFER_BUSY_POLL: 'on', SO_BUF_LOCK: '1', SO_RESERVE_MEM: '4096', SO_TXREHASH: '0', SO_RCVMARK: 'on', SO_RCVPRIORITY: 'on',
  IP_TRANSPARENT: 'on', IP_RECVERR_RFC4884: 'on', IP_MULTICAST_LOOP: 'off', IP_UNICAST_IF: '1', IP_LOCAL_PORT_RANGE: '40000-50000',
  TCP_FASTOPEN_CONNECT: 'on', TCP_FASTOPEN_NO_COOKIE: 'on', TCP_INQ: 'on', TCP_TX_DELAY: '7', TCP_RTO_MAX_MS: '5000', TCP_RTO_MIN_US: '100000', TCP_DELACK_MAX_US: '20000',
}

/** Of those, what a new connection begins anew or makes its own, and why. */
const OWN: Readonly<Record<string, readonly [seen: string, why: string, sysctl?: string]>> = {
  SO_PRIORITY: ['not inherited', 'every new connection begins with 0, or what IP_TOS says'],
  TCP_QUICKACK: ['not inherited', 'a new connection decides for itself how to acknowledge'],
  TCP_DEFER_ACCEPT: ['not inherited', 'it is about waiting in the listener'],
  TCP_FASTOPEN: ['not inherited', 'the length of a queue of the listener'],
  TCP_MAXSEG: ['changed', 'of a connection it says what a segment can carry: 12 bytes less with timestamps', 'net/ipv4/tcp_timestamps'],
}

const optionClaims = [...Object.keys(VALUES), ...Object.keys(RARE)].map((name): [string, Claim] => {
  const [expected, why, sysctl] = OWN[name] ?? [INHERITED]
  return [name, {
    says: `${name}${why === undefined ? '' : ` (${why})`}`, source: `${SOURCE}; UNP §7.4`, expected,
    ...(name in RARE ? { optional: true } : {}), ...(sysctl === undefined ? {} : { sysctls: [sysctl] }),
  }]
})

export default experiment({
  claims: {
    O_NONBLOCK: { says: 'the status flag O_NONBLOCK', source: SOURCE, expected: 'not inherited' },
    O_ASYNC: { says: 'the status flag O_ASYNC', source: SOURCE, expected: 'not inherited' },
    FD_CLOEXEC: { says: 'the descriptor flag FD_CLOEXEC', source: SOURCE, expected: 'not inherited' },
    F_SETOWN: { says: 'the owner that F_SETOWN set', source: SOURCE, expected: 'not inherited' },
    F_SETSIG: { says: 'the signal that F_SETSIG set', source: SOURCE, expected: 'not inherited' },
    ...(Object.fromEntries(optionClaims) as Record<string, Claim>),
  },
  run: async (p: Probe) => {
    const { sys } = p
    p.step('a listener with flags, owner and signal')
    const { fd: listener, port } = p.listen()
    sys.fcntl(listener, Fcntl.SETFD, FD_CLOEXEC)
    sys.fcntl(listener, F_SETSIG, SIGURG)
    sys.fcntl(listener, Fcntl.SETFL, O_NONBLOCK | O_ASYNC)
    sys.fcntl(listener, F_SETOWN, process.pid)
    sys.connect(p.tcp(), inet('127.0.0.1', port))
    const { fd: accepted } = sys.accept(listener)
    const status = sys.fcntl(accepted, Fcntl.GETFL)
    const said = (claim: string, isSet: boolean): void => p.observe(claim, isSet ? INHERITED : 'not inherited')
    said('O_NONBLOCK', (status & O_NONBLOCK) !== 0)
    said('O_ASYNC', (status & O_ASYNC) !== 0)
    said('FD_CLOEXEC', (sys.fcntl(accepted, Fcntl.GETFD) & FD_CLOEXEC) !== 0)
    said('F_SETOWN', sys.fcntl(accepted, F_GETOWN) !== 0)
    said('F_SETSIG', sys.fcntl(accepted, F_GETSIG) !== 0)
    await p.closeAll()

    for (const [name, value] of [...Object.entries(VALUES), ...Object.entries(RARE)]) {
      p.step(name)
      inherit(p, name, optionNamed(name)!, value)
      await p.closeAll()
    }
  },
})

/** Sets an option on a listener, and looks what a connection has of it. */
function inherit(p: Probe, name: string, option: SocketOption, value: string): void {
  const read = (fd: number): Buffer => {
    const b = Buffer.alloc(option.codec.size)
    return b.subarray(0, p.sys.getsockopt(fd, option.level, option.number, b))
  }
  const text = (b: Uint8Array): string => option.codec.decode(b).text
  try {
    const fresh = read(p.tcp())
    let wanted = fresh
    const { fd: listener, port } = p.listen({
      prepare: (fd) => {
        for (const one of value.split(' ')) {
          p.sys.setsockopt(fd, option.level, option.number, option.codec.encode!(one, option.range))
          wanted = read(fd)
          if (!wanted.equals(fresh)) return
        }
      },
    })
    if (wanted.equals(fresh)) return p.cannot(name, `a fresh socket already has ${text(fresh)}, or setting it changes nothing`)
    const client = p.tcp()
    p.sys.connect(client, inet('127.0.0.1', port))
    if (name === 'TCP_DEFER_ACCEPT') p.sys.send(client, Buffer.from('x')) // accept() waits for it
    const { fd: accepted } = p.sys.accept(listener)
    const got = read(accepted)
    p.observe(name, got.equals(wanted) ? INHERITED : got.equals(fresh) ? 'not inherited' : 'changed', `fresh ${text(fresh)}, listener ${text(wanted)}, accepted ${text(got)}`)
  } catch (error) {
    if (!(error instanceof SyscallError)) throw new Error(`${name}: ${error instanceof Error ? error.message : ''}`)
    p.cannot(name, `this kernel: ${error.message}`)
  }
}
