/** Which files of /proc/net hold sockets, in net-tools' order, and what its messages call them. */
import type { InetProto } from './inet.js'

export interface InetTable {
  readonly file: string
  readonly proto: InetProto
  readonly family: 4 | 6
  /** What net-tools prints in the first column. */
  readonly word: string
}

export const INET_TABLES: readonly InetTable[] = [
  { file: 'tcp', proto: 'tcp', family: 4, word: 'tcp' },
  { file: 'tcp6', proto: 'tcp', family: 6, word: 'tcp6' },
  { file: 'udp', proto: 'udp', family: 4, word: 'udp' },
  { file: 'udp6', proto: 'udp', family: 6, word: 'udp6' },
  { file: 'udplite', proto: 'udplite', family: 4, word: 'udpl' },
  { file: 'udplite6', proto: 'udplite', family: 6, word: 'udpl6' },
  { file: 'raw', proto: 'raw', family: 4, word: 'raw' },
  { file: 'raw6', proto: 'raw', family: 6, word: 'raw6' },
]
