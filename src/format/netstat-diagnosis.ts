/** What the socket diagnosis adds to a row of `netstat --info`: a line of words, or fields of JSON. Units are in docs/netstat.md. */
import { escapeBytes } from '../escape.js'
import { SOCKOPT_BITS, type InetExtras } from '../socket/diag.js'
import { TCP_INFO_FIELDS } from '../socket/tcp-info.js'
import type { UnixSocket } from '../socket/unix-diag.js'

/** A unix socket, and the one on its other end. */
export interface UnixEnd {
  readonly socket: UnixSocket
  readonly peer: UnixSocket | undefined
}

/** SK_MEMINFO_… of <linux/sock_diag.h>, in order; bytes but for the last. */
const MEMORY = ['rmem_alloc', 'rcvbuf', 'wmem_alloc', 'sndbuf', 'fwd_alloc', 'wmem_queued', 'optmem', 'backlog', 'drops'] as const

/** Fields of TCP_INFO with their unit in the name where they have one. */
const UNITS: ReadonlyMap<string, string> = new Map(
  TCP_INFO_FIELDS.map(({ name, unit }): [string, string] => [name, name.startsWith('bytes') ? name : { us: `${name}_us`, ms: `${name}_ms`, B: `${name}_bytes`, 'B/s': `${name}_bytes_per_second` }[unit] ?? name]),
)

const plain = (value: number | bigint): number | string => {
  if (typeof value === 'number') return value
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value.toString()
}

/** For JSON: stable names with units; what the kernel did not say is absent. */
export function diagnosisFields(extras: InetExtras): object {
  const { interfaceIndex, backlogLimit, tcpInfo, congestion, memory, tos, trafficClass, shutdown, v6only, mark, cgroupId, sockopt } = extras
  return {
    cookie: extras.cookie.toString(16),
    ...(interfaceIndex === 0 ? {} : { interface_index: interfaceIndex }),
    ...(backlogLimit === undefined ? {} : { backlog_limit: backlogLimit }),
    ...(congestion === undefined ? {} : { congestion_control: congestion }),
    ...(tcpInfo === undefined ? {} : { tcp_info: Object.fromEntries([...tcpInfo].map(([name, value]) => [UNITS.get(name) ?? name, plain(value)])) }),
    ...(memory === undefined ? {} : { memory: Object.fromEntries(memory.map((value, n): [string, number] => [MEMORY[n] === 'drops' ? 'drops' : `${MEMORY[n] ?? `word_${n}`}_bytes`, value])) }),
    ...(tos === undefined ? {} : { tos }),
    ...(trafficClass === undefined ? {} : { traffic_class: trafficClass }),
    ...(shutdown === undefined ? {} : { shutdown: shutdownWord(shutdown) }),
    ...(v6only === undefined ? {} : { v6only }),
    ...(mark === undefined ? {} : { mark }),
    ...(cgroupId === undefined ? {} : { cgroup_id: cgroupId.toString() }),
    ...(sockopt === undefined ? {} : { socket_flags: SOCKOPT_BITS.filter((_name, bit) => (sockopt >> bit) & 1) }),
  }
}

const shutdownWord = (bits: number): string => ['none', 'receive', 'send', 'both'][bits & 3]!

/** Of TCP_INFO, what a line shows, in this order, when it is not 0. */
const SHOWN = [
  'rtt', 'rttvar', 'min_rtt', 'rto', 'snd_cwnd', 'snd_ssthresh', 'snd_mss', 'rcv_mss', 'pmtu', 'bytes_sent', 'bytes_acked', 'bytes_received', 'segs_out', 'segs_in',
  'unacked', 'lost', 'retrans', 'total_retrans', 'reord_seen', 'snd_wnd', 'rcv_space', 'delivery_rate', 'pacing_rate', 'busy_time', 'rwnd_limited', 'sndbuf_limited',
  'last_data_sent', 'last_data_recv', 'last_ack_recv',
]
const SHORT_UNITS: ReadonlyMap<string, string> = new Map(TCP_INFO_FIELDS.map(({ name, unit }): [string, string] => [name, unit === 'us' ? 'µs' : unit === 'ms' || unit === 'B' || unit === 'B/s' ? unit : '']))
/** What "no limit yet" looks like in ssthresh and the pacing rate: not worth a word. */
const UNLIMITED = [2147483647, 4294967295, 18446744073709551615n]

/** For people: `cubic rtt 48µs rto 204000µs …`; '' when there is nothing to say. */
export function diagnosisText(extras: InetExtras): string {
  const { interfaceIndex, backlogLimit, tcpInfo, congestion, memory, mark, cgroupId, v6only } = extras
  const words: string[] = []
  if (backlogLimit !== undefined) words.push(`backlog limit ${backlogLimit}`)
  else if (congestion !== undefined) words.push(congestion)
  if (interfaceIndex !== 0) words.push(`interface ${interfaceIndex}`)
  if (v6only === true) words.push('v6only')
  if (mark !== undefined && mark !== 0) words.push(`mark 0x${mark.toString(16)}`)
  if (cgroupId !== undefined) words.push(`cgroup ${cgroupId}`)
  if (tcpInfo !== undefined && backlogLimit === undefined) {
    for (const name of SHOWN) {
      const value = tcpInfo.get(name)
      if (value !== undefined && Number(value) !== 0 && !UNLIMITED.includes(value)) words.push(`${name} ${value}${SHORT_UNITS.get(name) ?? ''}`)
    }
  }
  if (memory !== undefined) {
    const [received, receiveLimit, , sendLimit, , queued] = memory
    words.push(`memory rcv ${received ?? 0}/${receiveLimit ?? 0}B snd ${queued ?? 0}/${sendLimit ?? 0}B`)
    if ((memory[8] ?? 0) > 0) words.push(`drops ${memory[8]}`)
  }
  return words.join(' ')
}

const unixName = ({ kind, name }: UnixSocket): string => (kind === 'abstract' ? '@' : '') + escapeBytes(name)

export function unixFields({ socket, peer }: UnixEnd): object {
  return {
    peer_inode: socket.peer === 0 ? null : socket.peer,
    peer_path: peer === undefined || peer.kind === 'unnamed' ? null : unixName(peer),
    receive_queue: socket.receiveQueue,
    send_queue: socket.sendQueue,
    shutdown: shutdownWord(socket.shutdown),
  }
}

export function unixText({ socket, peer }: UnixEnd): string {
  const words: string[] = []
  if (socket.peer !== 0) words.push(`peer ${socket.peer}${peer === undefined || peer.kind === 'unnamed' ? '' : ` ${unixName(peer)}`}`)
  if (socket.state === 10) words.push(`backlog limit ${socket.sendQueue} waiting ${socket.receiveQueue}`)
  else if (socket.receiveQueue > 0 || socket.sendQueue > 0) words.push(`unread ${socket.receiveQueue}B unsent ${socket.sendQueue}B`)
  if ((socket.shutdown & 3) !== 0) words.push(`shut down ${shutdownWord(socket.shutdown)}`)
  return words.join(' ')
}
