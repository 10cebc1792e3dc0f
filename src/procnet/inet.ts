/**
 * One line of /proc/net/{tcp,tcp6,udp,udp6,udplite,udplite6,raw,raw6}: they share their columns. Sources: Linux
 * net/ipv4/tcp_ipv4.c get_tcp4_sock(), net/ipv6/tcp_ipv6.c get_tcp6_sock(), net/ipv4/udp.c, net/ipv4/raw.c.
 *
 *     sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode …
 *      0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12345 …
 *
 * An address is printed as 32-bit words of the host's byte order, a port as a number; state, queues, timer and `when`
 * (1/100 s) are hexadecimal; uid, timeout (unanswered probes) and inode decimal. TIME_WAIT and SYN_RECV have inode 0.
 */
import { endianness } from 'node:os'
import { HEX_VALUE } from './fields.js'

export type InetProto = 'tcp' | 'udp' | 'udplite' | 'raw'

/** One socket, lent: a table's reader refills the same object. */
export class InetRow {
  proto: InetProto = 'tcp'
  /** Of the table: 4 or 6. A v4-mapped address stands in a table of 6. */
  family: 4 | 6 = 4
  /** Network order; the first 4 bytes of it in family 4. */
  local: Uint8Array = new Uint8Array(16)
  localPort = 0
  remote: Uint8Array = new Uint8Array(16)
  remotePort = 0
  /** The kernel's number (tcp-state.ts); for udp 1 or 7, for raw 1 or 7. */
  state = 0
  sendQueue = 0
  receiveQueue = 0
  /** 0 none, 1 retransmission, 2 keepalive, 3 TIME_WAIT, 4 zero-window probe. */
  timer = 0
  /** Hundredths of a second until it expires. */
  timerCentis = 0
  retransmits = 0
  uid = 0
  /** Probes sent and not answered. */
  probes = 0
  inode = 0

  /** A copy to keep. */
  clone(): InetRow {
    const row = Object.assign(new InetRow(), this)
    row.local = this.local.slice()
    row.remote = this.remote.slice()
    return row
  }
}

const COLON = 58
const BLANK = 32
/** Order in which the bytes of a 32-bit word are printed: reversed on a little-endian host. */
const SWAP = endianness() === 'LE' ? 3 : 0

/** Reads `digits` hexadecimal digits at `at` into network order; false when one is none. */
function address(b: Uint8Array, at: number, digits: number, into: Uint8Array): boolean {
  let any = 0
  for (let i = 0; i < digits; i += 2) {
    const high = HEX_VALUE[b[at + i]!]!
    const low = HEX_VALUE[b[at + i + 1]!]!
    any |= high | low
    into[(i >> 1) ^ SWAP] = (high << 4) | low
  }
  return any < 16
}

/**
 * Reads the line `b[at] … b[end - 1]` into `row` (its `proto` and `family` are the table's and stay). False when the line is not one
 * of the kernel's: an address that is short, long or no address, a column missing or not a number.
 */
export function parseInet(b: Uint8Array, at: number, end: number, row: InetRow): boolean {
  // `   0: `
  while (at < end && b[at] === BLANK) at++
  const slot = at
  while (at < end && b[at]! >= 48 && b[at]! <= 57) at++
  if (at === slot || b[at] !== COLON || b[at + 1] !== BLANK) return false
  at += 2
  const digits = row.family === 4 ? 8 : 32
  // address:port address:port st tx:rx tr:when retransmits — all of a fixed width but the queues, which may grow
  if (at + digits * 2 + 12 > end) return false
  if (!address(b, at, digits, row.local)) return false
  at += digits
  if (b[at] !== COLON) return false
  let n = (HEX_VALUE[b[at + 1]!]! << 12) | (HEX_VALUE[b[at + 2]!]! << 8) | (HEX_VALUE[b[at + 3]!]! << 4) | HEX_VALUE[b[at + 4]!]!
  if (n > 65535 || HEX_VALUE[b[at + 4]!]! > 15 || HEX_VALUE[b[at + 3]!]! > 15 || HEX_VALUE[b[at + 2]!]! > 15) return false
  row.localPort = n
  at += 5
  if (b[at] !== BLANK) return false
  at++
  if (!address(b, at, digits, row.remote)) return false
  at += digits
  if (b[at] !== COLON) return false
  n = (HEX_VALUE[b[at + 1]!]! << 12) | (HEX_VALUE[b[at + 2]!]! << 8) | (HEX_VALUE[b[at + 3]!]! << 4) | HEX_VALUE[b[at + 4]!]!
  if (n > 65535 || HEX_VALUE[b[at + 4]!]! > 15 || HEX_VALUE[b[at + 3]!]! > 15 || HEX_VALUE[b[at + 2]!]! > 15) return false
  row.remotePort = n
  at += 5

  let begin: number
  let digit: number
  // state
  if (b[at] !== BLANK) return false
  for (n = 0, begin = ++at; at < end && (digit = HEX_VALUE[b[at]!]!) < 16; at++) n = n * 16 + digit
  if (at - begin !== 2 || b[at] !== BLANK) return false
  row.state = n
  // tx_queue:rx_queue
  for (n = 0, begin = ++at; at < end && (digit = HEX_VALUE[b[at]!]!) < 16; at++) n = n * 16 + digit
  if (at === begin || at - begin > 16 || b[at] !== COLON) return false
  row.sendQueue = n
  for (n = 0, begin = ++at; at < end && (digit = HEX_VALUE[b[at]!]!) < 16; at++) n = n * 16 + digit
  if (at === begin || at - begin > 16 || b[at] !== BLANK) return false
  row.receiveQueue = n
  // tr:when
  for (n = 0, begin = ++at; at < end && (digit = HEX_VALUE[b[at]!]!) < 16; at++) n = n * 16 + digit
  if (at === begin || at - begin > 8 || b[at] !== COLON) return false
  row.timer = n
  for (n = 0, begin = ++at; at < end && (digit = HEX_VALUE[b[at]!]!) < 16; at++) n = n * 16 + digit
  if (at === begin || at - begin > 16 || b[at] !== BLANK) return false
  row.timerCentis = n
  // retransmits
  for (n = 0, begin = ++at; at < end && (digit = HEX_VALUE[b[at]!]!) < 16; at++) n = n * 16 + digit
  if (at === begin || at - begin > 8 || b[at] !== BLANK) return false
  row.retransmits = n
  // uid, timeout, inode
  while (at < end && b[at] === BLANK) at++
  for (n = 0, begin = at; at < end && (digit = b[at]! - 48) >= 0 && digit <= 9; at++) n = n * 10 + digit
  if (at === begin || at - begin > 10 || b[at] !== BLANK) return false
  row.uid = n
  while (at < end && b[at] === BLANK) at++
  for (n = 0, begin = at; at < end && (digit = b[at]! - 48) >= 0 && digit <= 9; at++) n = n * 10 + digit
  if (at === begin || at - begin > 10 || b[at] !== BLANK) return false
  row.probes = n
  while (at < end && b[at] === BLANK) at++
  for (n = 0, begin = at; at < end && (digit = b[at]! - 48) >= 0 && digit <= 9; at++) n = n * 10 + digit
  if (at === begin || at - begin > 20 || (at < end && b[at] !== BLANK)) return false
  row.inode = n
  return true
}

/** Whether all bytes of the address are zero. */
export function isAny(address: Uint8Array, family: 4 | 6): boolean {
  const words = family === 4 ? 4 : 16
  for (let i = 0; i < words; i++) if (address[i] !== 0) return false
  return true
}

/** Whether a family-6 address is ::ffff:a.b.c.d. */
export function isMapped(address: Uint8Array): boolean {
  for (let i = 0; i < 10; i++) if (address[i] !== 0) return false
  return address[10] === 0xff && address[11] === 0xff
}

/** netstat's idea of a socket that waits for a peer: tcp goes by the foreign port, udp and raw by the foreign address. */
export const isServer = (row: InetRow): boolean => (row.proto === 'tcp' ? row.remotePort === 0 : isAny(row.remote, row.family))
