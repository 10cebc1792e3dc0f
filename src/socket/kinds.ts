/** Kinds of sockets: what socket() is asked for, and which options a kind takes. */
import { Family, Protocol, SockType } from './constants.js'
import { failedWith } from './errno.js'
import type { Group } from './option.js'
import type { Syscalls } from './syscalls.js'

export interface SocketKind {
  /** `tcp`, `udp6`, `unix`… */
  readonly name: string
  readonly family: number
  readonly type: number
  readonly protocol: number
  readonly groups: ReadonlySet<Group>
}

const kind = (name: string, family: number, type: number, protocol: number, ...groups: readonly Group[]): SocketKind => ({
  name, family, type, protocol,
  groups: new Set<Group>(['any', ...(type === SockType.STREAM ? ['stream' as const] : type === SockType.DGRAM ? ['dgram' as const] : []), ...groups]),
})
const inet = (name: string, type: number, protocol: number, ...groups: readonly Group[]): SocketKind[] => [
  kind(name, Family.INET, type, protocol, 'inet', 'inet4', ...groups),
  kind(`${name}6`, Family.INET6, type, name === 'icmp' || name === 'raw' ? Protocol.ICMPV6 : protocol, 'inet', 'inet6', ...groups),
]

/** What `--type` takes. */
export const KINDS: readonly SocketKind[] = [
  ...inet('tcp', SockType.STREAM, Protocol.TCP, 'tcp'),
  ...inet('udp', SockType.DGRAM, Protocol.UDP, 'udp'),
  ...inet('udplite', SockType.DGRAM, Protocol.UDPLITE, 'udplite'),
  ...inet('raw', SockType.RAW, Protocol.ICMP, 'raw'),
  ...inet('icmp', SockType.DGRAM, Protocol.ICMP, 'icmp'),
  ...inet('mptcp', SockType.STREAM, Protocol.MPTCP, 'mptcp'),
  ...inet('sctp', SockType.STREAM, Protocol.SCTP, 'sctp'),
  ...inet('dccp', SockType.DCCP, Protocol.DCCP, 'dccp'),
  kind('unix', Family.UNIX, SockType.STREAM, 0, 'unix'),
  kind('unix-dgram', Family.UNIX, SockType.DGRAM, 0, 'unix'),
  kind('unix-seqpacket', Family.UNIX, SockType.SEQPACKET, 0, 'unix'),
  kind('netlink', Family.NETLINK, SockType.RAW, 0, 'netlink'),
  kind('packet', Family.PACKET, SockType.RAW, 0, 'packet'),
  kind('packet-dgram', Family.PACKET, SockType.DGRAM, 0, 'packet'),
  kind('vsock', Family.VSOCK, SockType.STREAM, 0, 'vsock'),
  kind('vsock-seqpacket', Family.VSOCK, SockType.SEQPACKET, 0, 'vsock'),
  kind('xdp', Family.XDP, SockType.RAW, 0, 'xdp'),
  kind('can', Family.CAN, SockType.RAW, 1, 'can'),
  kind('isotp', Family.CAN, SockType.DGRAM, 6, 'isotp'),
  kind('j1939', Family.CAN, SockType.DGRAM, 7, 'j1939'),
  kind('tipc', Family.TIPC, SockType.SEQPACKET, 0, 'tipc'),
  kind('rds', Family.RDS, SockType.SEQPACKET, 0, 'rds'),
  kind('rxrpc', Family.RXRPC, SockType.DGRAM, Family.INET, 'rxrpc'),
  kind('alg', Family.ALG, SockType.SEQPACKET, 0, 'alg'),
  kind('smc', Family.SMC, SockType.STREAM, 0, 'smc', 'tcp'),
  kind('kcm', Family.KCM, SockType.DGRAM, 0, 'kcm'),
  kind('llc', Family.LLC, SockType.STREAM, 0, 'llc'),
  kind('nfc', Family.NFC, SockType.STREAM, 1, 'nfc'),
  kind('phonet', Family.PHONET, SockType.SEQPACKET, 0, 'phonet'),
  kind('caif', Family.CAIF, SockType.SEQPACKET, 0, 'caif'),
  kind('x25', Family.X25, SockType.SEQPACKET, 0, 'x25'),
  kind('ax25', Family.AX25, SockType.SEQPACKET, 0, 'ax25'),
]

export const kindNamed = (name: string): SocketKind | undefined => {
  const wanted = name.toLowerCase()
  return KINDS.find((kind) => kind.name === wanted || (wanted === 'unix-stream' && kind.name === 'unix') || (wanted === 'ping' && kind.name === 'icmp'))
}

/** The kind of a live socket, from what SO_DOMAIN, SO_TYPE and SO_PROTOCOL say of it. */
export function kindOf(family: number, type: number, protocol: number): SocketKind {
  const found =
    KINDS.find((kind) => kind.family === family && kind.type === type && kind.protocol === protocol) ??
    KINDS.find((kind) => kind.family === family && kind.type === type && (type === SockType.RAW || (family !== Family.INET && family !== Family.INET6)))
  // a protocol of its own (raw 89, netlink 4) is kept, so that a fresh socket to compare with is of the same one
  if (found !== undefined) return found.protocol === protocol ? found : { ...found, protocol }
  return { name: `family ${family}`, family, type, protocol, groups: new Set<Group>(family === Family.INET || family === Family.INET6 ? ['any', 'inet', family === Family.INET ? 'inet4' : 'inet6'] : ['any']) }
}

/** Opens a fresh socket of this kind, hands it to `use` and closes it. */
export function withFresh<T>(sys: Syscalls, kind: SocketKind, use: (fd: number) => T): T {
  const fd = sys.socket(kind.family, kind.type, kind.protocol)
  try {
    return use(fd)
  } finally {
    sys.close(fd)
  }
}

/** Whether socket() failed because this kernel has no such sockets. */
export const isUnsupported = (error: unknown): boolean => failedWith(error, 'EAFNOSUPPORT', 'EPROTONOSUPPORT', 'ESOCKTNOSUPPORT', 'ENODEV', 'EPROTOTYPE')
