/** The catalogue: every socket option of the kernel's headers (6.1's UAPI, and those that 6.18 added to it where a server meets them), and how to find one. */
import { release } from 'node:os'
import { Level } from './constants.js'
import type { Group, SocketOption } from './option.js'
import { DCCP_OPTIONS, NETLINK_OPTIONS, PACKET_OPTIONS, RARE_OPTIONS, SCTP_OPTIONS, UDP_OPTIONS, VSOCK_OPTIONS, XDP_OPTIONS } from './options-families.js'
import { IPV6_OPTIONS, IP_OPTIONS, NETFILTER_OPTIONS, RAW_OPTIONS, ROUTING_OPTIONS } from './options-ip.js'
import { SOCKET_OPTIONS } from './options-socket.js'
import { MPTCP_OPTIONS, TCP_OPTIONS, TLS_OPTIONS } from './options-tcp.js'

export { NOT_ON_LINUX } from './options-socket.js'
export type { SocketOption } from './option.js'

export const OPTIONS: readonly SocketOption[] = [
  ...SOCKET_OPTIONS, ...IP_OPTIONS, ...IPV6_OPTIONS, ...TCP_OPTIONS, ...TLS_OPTIONS, ...MPTCP_OPTIONS, ...UDP_OPTIONS, ...RAW_OPTIONS, ...ROUTING_OPTIONS,
  ...NETFILTER_OPTIONS, ...PACKET_OPTIONS, ...NETLINK_OPTIONS, ...VSOCK_OPTIONS, ...XDP_OPTIONS, ...SCTP_OPTIONS, ...DCCP_OPTIONS, ...RARE_OPTIONS,
]

/** Second names in the headers and in books. */
export const ALIASES: ReadonlyMap<string, string> = new Map([
  ['SO_GET_FILTER', 'SO_ATTACH_FILTER'], ['SO_DETACH_BPF', 'SO_DETACH_FILTER'],
  ['SO_TIMESTAMP_OLD', 'SO_TIMESTAMP'], ['SO_TIMESTAMPNS_OLD', 'SO_TIMESTAMPNS'], ['SO_TIMESTAMPING_OLD', 'SO_TIMESTAMPING'],
  ['SO_RCVTIMEO_OLD', 'SO_RCVTIMEO'], ['SO_SNDTIMEO_OLD', 'SO_SNDTIMEO'],
  ['SCM_WIFI_STATUS', 'SO_WIFI_STATUS'], ['SCM_TXTIME', 'SO_TXTIME'],
  ['IP_RECVRETOPTS', 'IP_RETOPTS'], ['IP_RECVORIGDSTADDR', 'IP_ORIGDSTADDR'], ['IPV6_RECVORIGDSTADDR', 'IPV6_ORIGDSTADDR'],
  ['IPV6_JOIN_GROUP', 'IPV6_ADD_MEMBERSHIP'], ['IPV6_LEAVE_GROUP', 'IPV6_DROP_MEMBERSHIP'], ['TCP_CM_INQ', 'TCP_INQ'],
  ['SCTP_DELAYED_ACK', 'SCTP_DELAYED_ACK_TIME'], ['SCTP_DELAYED_SACK', 'SCTP_DELAYED_ACK_TIME'], ['SCTP_EXPOSE_PF_STATE', 'SCTP_EXPOSE_POTENTIALLY_FAILED_STATE'],
  ['SO_VM_SOCKETS_CONNECT_TIMEOUT_OLD', 'SO_VM_SOCKETS_CONNECT_TIMEOUT'],
])

/** Words for `--level`, and what a level is called in a table. */
export const LEVEL_NAMES: ReadonlyMap<number, string> = new Map([
  [Level.SOCKET, 'SOL_SOCKET'], [Level.IP, 'IPPROTO_IP'], [Level.IPV6, 'IPPROTO_IPV6'], [Level.TCP, 'IPPROTO_TCP'], [Level.UDP, 'IPPROTO_UDP'],
  [Level.UDPLITE, 'IPPROTO_UDPLITE'], [Level.ICMPV6, 'IPPROTO_ICMPV6'], [Level.RAW, 'SOL_RAW'], [Level.PACKET, 'SOL_PACKET'], [Level.NETLINK, 'SOL_NETLINK'],
  [40, 'AF_VSOCK'], [Level.SCTP, 'IPPROTO_SCTP'], [Level.DCCP, 'SOL_DCCP'], [Level.MPTCP, 'SOL_MPTCP'], [Level.TLS, 'SOL_TLS'], [Level.XDP, 'SOL_XDP'],
  [Level.CAN_RAW, 'SOL_CAN_RAW'], [Level.CAN_ISOTP, 'SOL_CAN_ISOTP'], [Level.CAN_J1939, 'SOL_CAN_J1939'], [Level.TIPC, 'SOL_TIPC'], [Level.RDS, 'SOL_RDS'],
  [Level.RXRPC, 'SOL_RXRPC'], [Level.LLC, 'SOL_LLC'], [Level.KCM, 'SOL_KCM'], [Level.ALG, 'SOL_ALG'], [Level.SMC, 'SOL_SMC'], [Level.NFC, 'SOL_NFC'],
  [Level.CAIF, 'SOL_CAIF'], [Level.PNPIPE, 'SOL_PNPIPE'], [Level.X25, 'SOL_X25'], [Level.AX25, 'SOL_AX25'], [Level.NETROM, 'SOL_NETROM'],
  [Level.ROSE, 'SOL_ROSE'], [Level.ATM, 'SOL_ATM'], [Level.PPPOL2TP, 'SOL_PPPOL2TP'],
])

/** Level numbers that a word (`tcp`, `socket`, `IPPROTO_TCP`, `SOL_SOCKET`) means; empty for none. */
export function levels(word: string): number[] {
  const wanted = word.toLowerCase().replace(/^(sol|ipproto|af)_/, '')
  return [...LEVEL_NAMES].filter(([, name]) => name.toLowerCase().replace(/^(sol|ipproto|af)_/, '') === wanted).map(([number]) => number)
}

const BY_NAME: ReadonlyMap<string, SocketOption> = new Map(OPTIONS.map((option) => [option.name, option]))

/** Prefixes that may be left out: `rcvbuf` is SO_RCVBUF, `nodelay` TCP_NODELAY. */
const PREFIXES = ['', 'SO_', 'TCP_', 'IP_', 'IPV6_', 'UDP_', 'UDPLITE_', 'PACKET_', 'NETLINK_', 'SO_VM_SOCKETS_', 'MPTCP_', 'SCTP_', 'DCCP_SOCKOPT_', 'XDP_', 'TLS_']

/** The option called `word`, in any case, its prefix left out or not. */
export function optionNamed(word: string): SocketOption | undefined {
  const upper = word.toUpperCase()
  for (const prefix of PREFIXES) {
    const name = `${prefix}${upper}`
    const found = BY_NAME.get(ALIASES.get(name) ?? name)
    if (found !== undefined) return found
  }
  return undefined
}

/** The options that a word with `*` and `?` matches, prefixes left out or not. */
export function optionsMatching(pattern: string): SocketOption[] {
  const parts = pattern.toUpperCase().split('*')
  return OPTIONS.filter(({ name }) => PREFIXES.some((prefix) => name.startsWith(prefix) && globMatches(parts, name.slice(prefix.length))))
}

/** Whether `text` is the `parts` in order, with anything between them: linear, unlike a regular expression made of them. */
function globMatches(parts: readonly string[], text: string): boolean {
  const first = parts[0]!
  const last = parts.at(-1)!
  if (parts.length === 1) return text === first
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false
  let at = first.length
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at)
    if (found < 0 || found + part.length > text.length - last.length) return false
    at = found + part.length
  }
  return true
}

/** Names near a word that is none, for an error message. */
export function similar(word: string): string[] {
  const upper = word.toUpperCase()
  return OPTIONS.filter(({ name }) => name.includes(upper) || (upper.length > 4 && upper.includes(name.replace(/^[A-Z0-9]+_/, '')))).slice(0, 5).map(({ name }) => name)
}

/** Whether an option is for a socket of these groups. */
export const appliesTo = (option: SocketOption, groups: ReadonlySet<Group>): boolean => {
  if (!option.on.some((group) => groups.has(group))) return false
  // both families must not be mixed: an IPv6 option needs an IPv6 socket, whatever protocol it is listed under
  if (option.level === Level.IPV6 || option.level === Level.ICMPV6) return groups.has('inet6')
  if (option.level === Level.IP) return groups.has('inet') && !(groups.has('inet6') && groups.has('raw'))
  return true
}

/** Whether the running kernel is older than an option's first. */
export function isOlderKernel(since: string, running = release()): boolean {
  const numbers = (text: string): number[] => text.split(/[.-]/).slice(0, 3).map((part) => Number.parseInt(part, 10) || 0)
  const [wanted, have] = [numbers(since), numbers(running)]
  for (let i = 0; i < 3; i++) {
    const difference = (have[i] ?? 0) - (wanted[i] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}
