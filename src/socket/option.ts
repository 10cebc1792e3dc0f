/** What the catalogue says of one socket option. The catalogue itself: options.ts and its tables. */
import type { Level } from './constants.js'
import type { Codec, Range } from './values.js'

/**
 * Socket kinds an option is for. `any` is every socket; `inet` has IPv4 and IPv6; `inet4` and `inet6` one of them; the rest name a protocol or a family.
 */
export type Group =
  | 'any' | 'inet' | 'inet4' | 'inet6' | 'stream' | 'dgram' | 'tcp' | 'udp' | 'udplite' | 'raw' | 'icmp' | 'mptcp' | 'sctp' | 'dccp' | 'unix' | 'packet'
  | 'netlink' | 'vsock' | 'can' | 'isotp' | 'j1939' | 'tipc' | 'rds' | 'rxrpc' | 'llc' | 'kcm' | 'alg' | 'xdp' | 'smc' | 'nfc' | 'caif' | 'phonet' | 'x25'
  | 'ax25' | 'netrom' | 'rose' | 'atm' | 'bluetooth' | 'mctp' | 'l2tp' | 'iucv'

export interface SocketOption {
  readonly name: string
  readonly level: number
  readonly number: number
  readonly codec: Codec
  /** Of the value: `B`, `s`, `ms`, `us`, `B/s`, `packets`… */
  readonly unit?: string
  readonly on: readonly Group[]
  /** `r` read only, `w` write only, `rw` both, `-` in the header and not in the kernel. */
  readonly access: 'r' | 'w' | 'rw' | '-'
  /** First kernel that has it; absent where it is older than 2.6.12, which is as far as the kernel's own history goes. */
  readonly since?: string
  /** What setting it asks for, and reading where `reading` is in the words. */
  readonly needs?: string
  /** What reading it does to the socket, or gives away: then it is read only when it is named together with --disturb. */
  readonly disturbs?: string
  /** Where its default comes from, below /proc/sys. */
  readonly sysctl?: string
  readonly range?: Range
  /** Reading asks for an argument or a socket state that a listing does not have: only when it is named. */
  readonly onlyNamed?: true
  /** The value is a state or a count, not a setting: never `changed`. */
  readonly isState?: true
  readonly story: string
}

type Extra = Partial<Pick<SocketOption, 'unit' | 'since' | 'needs' | 'disturbs' | 'sysctl' | 'range' | 'onlyNamed' | 'isState'>>

/** Makes the lines of one level's table. */
export const at = (level: (typeof Level)[keyof typeof Level], on: readonly Group[]) =>
  (name: string, number: number, codec: Codec, access: SocketOption['access'], story: string, extra: Extra & { readonly on?: readonly Group[] } = {}): SocketOption =>
    ({ on, ...extra, name, level, number, codec, access, story })
