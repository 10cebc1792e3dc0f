/** What socket option values are made of: bytes to a value in text and in JSON, and words of a person to bytes. Little-endian, as libc.ts demands. */
import { u16le, u32, u32le, u64le } from '../bytes.js'
import { UserError } from '../errors.js'
import { decodeSockaddr, ip4, type SocketAddress } from './sockaddr.js'
import { TCP_INFO_FIELDS, tcpInfo } from './tcp-info.js'

export type Json = number | string | boolean | null | readonly Json[] | { readonly [key: string]: Json }

export interface Value {
  readonly text: string
  readonly json: Json
  /** The parts of a structure, each with its text. */
  readonly parts?: readonly (readonly [name: string, text: string])[]
}

export interface Codec {
  /** `int`, `flag`, `linger`… */
  readonly type: string
  /** Bytes to ask for: exact for a plain value, generous for one that grows with kernels. */
  readonly size: number
  /** `b` has at most `size` bytes, as many as the kernel returned. */
  readonly decode: (b: Uint8Array) => Value
  /** Absent: a value that cannot be typed on a command line. */
  readonly encode?: (words: string, range: Range | undefined) => Uint8Array
}

export type Range = readonly [least: number, most: number]

/** A 64-bit number for JSON: a string beyond 2⁵³. */
export const jsonNumber = (n: number | bigint): number | string => (typeof n === 'number' ? n : n <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(n) : n.toString())

const SHORT: Value = { text: '(fewer bytes than its type has)', json: null }
const i32 = (b: Uint8Array, at = 0): number => u32le(b, at) | 0

/** The number that getsockopt left: 1, 4 or 8 bytes. */
const signed = (b: Uint8Array): number => (b.length >= 4 ? i32(b) : b.length >= 2 ? u16le(b, 0) : (b[0] ?? 0))
const plain = (n: number): Value => ({ text: String(n), json: n })

function le32(n: number): Uint8Array {
  const b = Buffer.alloc(4)
  b.writeInt32LE(n | 0)
  return b
}

const SUFFIX: Readonly<Record<string, number>> = { '': 1, k: 1024, K: 1024, m: 1048576, M: 1048576, g: 1073741824, G: 1073741824 }

/** `256`, `0x100`, `256k`: an integer within `least`…`most`. */
export function integer(words: string, [least, most]: Range): number {
  const match = /^([+-]?)(0x[0-9a-f]+|\d+)([kKmMgG]?)$/i.exec(words)
  const n = match === null ? Number.NaN : Number(match[2]) * SUFFIX[match[3]!]! * (match[1] === '-' ? -1 : 1)
  if (!Number.isSafeInteger(n)) throw new UserError(`${words}: not a whole number (give one like 256, 0x100 or 64k)`, 2)
  if (n < least || n > most) throw new UserError(`${words}: out of range (${least} to ${most})`, 2)
  return n
}

const INT: Range = [-2147483648, 2147483647]
const UINT: Range = [0, 4294967295]

const WORDS: Readonly<Record<string, number>> = { on: 1, yes: 1, true: 1, 1: 1, off: 0, no: 0, false: 0, 0: 0 }

export const flag: Codec = {
  type: 'flag',
  size: 4,
  decode: (b) => {
    const n = signed(b)
    return n === 0 || n === 1 ? { text: n === 1 ? 'on' : 'off', json: n === 1 } : plain(n)
  },
  encode: (words) => {
    const n = Object.hasOwn(WORDS, words.toLowerCase()) ? WORDS[words.toLowerCase()] : undefined
    if (n === undefined) throw new UserError(`${words}: not a flag (give on or off)`, 2)
    return le32(n)
  },
}

export const int: Codec = { type: 'int', size: 4, decode: (b) => plain(signed(b)), encode: (words, range) => le32(integer(words, range ?? INT)) }

export const uint: Codec = {
  type: 'uint',
  size: 4,
  decode: (b) => (b.length < 4 ? SHORT : plain(u32le(b, 0))),
  encode: (words, range) => le32(integer(words, range ?? UINT)),
}

/** An int, or 64 bits where the caller asks for 8 bytes (SO_MAX_PACING_RATE); all ones is `unlimited`. */
export const rate: Codec = {
  type: 'u64',
  size: 8,
  decode: (b) => {
    const n = b.length >= 8 ? u64le(b, 0) : b.length >= 4 ? BigInt(u32le(b, 0)) : 0n
    return n === 0xffffffffffffffffn || (b.length < 8 && n === 0xffffffffn) ? { text: 'unlimited', json: jsonNumber(n) } : { text: n.toString(), json: jsonNumber(n) }
  },
  encode: (words) => {
    const b = Buffer.alloc(8)
    b.writeBigUInt64LE(words === 'unlimited' ? 0xffffffffffffffffn : BigInt(integer(words, [0, Number.MAX_SAFE_INTEGER])))
    return b
  },
}

export const u64: Codec = {
  type: 'u64',
  size: 8,
  decode: (b) => {
    if (b.length < 8) return SHORT
    const n = u64le(b, 0)
    return { text: n.toString(), json: jsonNumber(n) }
  },
  encode: (words) => {
    const b = Buffer.alloc(8)
    b.writeBigUInt64LE(BigInt(integer(words, [0, Number.MAX_SAFE_INTEGER])))
    return b
  },
}

/** An interface index that is in network order, as IP_UNICAST_IF has it. */
export const networkInt: Codec = {
  type: 'int, network order',
  size: 4,
  decode: (b) => (b.length < 4 ? SHORT : plain(u32(b, 0))),
  encode: (words, range) => {
    const b = Buffer.alloc(4)
    b.writeUInt32BE(integer(words, range ?? [0, INT[1]]))
    return b
  },
}

/** One of some named numbers. */
export function choice(names: Readonly<Record<number, string>>): Codec {
  const byName = new Map(Object.entries(names).map(([number, name]): [string, number] => [name.toLowerCase(), Number(number)]))
  return {
    type: 'choice',
    size: 4,
    decode: (b) => {
      const n = signed(b)
      return { text: names[n] === undefined ? String(n) : `${names[n]} (${n})`, json: n }
    },
    encode: (words, range) => {
      const n = byName.get(words.toLowerCase())
      if (n === undefined && !/^[-\d]/.test(words)) throw new UserError(`${words}: no such value (one of: ${[...byName.keys()].join(', ')})`, 2)
      return le32(n ?? integer(words, range ?? INT))
    },
  }
}

/** Named bits, `1`, `2`, `4`… */
export function bitSet(names: Readonly<Record<number, string>>, size: 4 | 8 = 4): Codec {
  const entries = Object.entries(names).map(([bit, name]): [number, string] => [Number(bit), name])
  return {
    type: 'bits',
    size,
    decode: (b) => {
      const n = b.length >= 4 ? u32le(b, 0) : signed(b)
      const set = entries.filter(([bit]) => (n & bit) !== 0).map(([, name]) => name)
      return { text: set.length === 0 ? String(n) : `${n} (${set.join('|')})`, json: n }
    },
    encode: (words, range) => {
      let n = 0
      for (const word of words.split(/[|,]/)) {
        const named = entries.find(([, name]) => name.toLowerCase() === word.toLowerCase())
        n |= named === undefined ? integer(word, range ?? UINT) : named[0]
      }
      return le32(n)
    },
  }
}

/** struct linger: on or off, and seconds. */
export const linger: Codec = {
  type: 'linger',
  size: 8,
  decode: (b) => {
    if (b.length < 8) return SHORT
    const on = i32(b) !== 0
    const seconds = i32(b, 4)
    return { text: `${on ? 'on' : 'off'}, ${seconds} s`, json: { on, seconds } }
  },
  encode: (words) => {
    const match = /^(?:(on|off)(?:,(\d+))?|(\d+))$/.exec(words)
    if (match === null) throw new UserError(`${words}: not a linger value (give off, or on,SECONDS; on,0 closes with a reset)`, 2)
    const b = Buffer.alloc(8)
    b.writeInt32LE(match[1] === 'off' ? 0 : 1, 0)
    b.writeInt32LE(integer(match[2] ?? match[3] ?? '0', [0, INT[1]]), 4)
    return b
  },
}

/** struct timeval; 0 means no limit. */
export const timeval: Codec = {
  type: 'timeval',
  size: 16,
  decode: (b) => {
    if (b.length < 16) return SHORT
    const seconds = Number(u64le(b, 0)) + Number(u64le(b, 8)) / 1e6
    return { text: String(seconds), json: seconds }
  },
  encode: (words) => {
    if (!/^\d+(\.\d{1,6})?$/.test(words)) throw new UserError(`${words}: not seconds (give a number like 2 or 0.25; 0 is no limit)`, 2)
    const [whole = '0', part = ''] = words.split('.')
    const b = Buffer.alloc(16)
    b.writeBigInt64LE(BigInt(integer(whole, [0, INT[1]])), 0)
    b.writeBigInt64LE(BigInt(part.padEnd(6, '0')), 8)
    return b
  },
}

/** struct ucred. */
export const ucred: Codec = {
  type: 'ucred',
  size: 12,
  decode: (b) => {
    if (b.length < 12) return SHORT
    const [pid, uid, gid] = [i32(b), i32(b, 4), i32(b, 8)]
    return { text: `pid ${pid}, uid ${uid}, gid ${gid}`, json: { pid, uid, gid } }
  },
}

/** Group ids. */
export const gids: Codec = {
  type: 'gid list',
  size: 4096,
  decode: (b) => {
    const list = words(b)
    return { text: list.length === 0 ? '(none)' : list.join(' '), json: list }
  },
}

const words = (b: Uint8Array): number[] => Array.from({ length: b.length >> 2 }, (_, i) => u32le(b, i * 4))

/** A name in at most `size` bytes. */
export const name = (size: number): Codec => ({
  type: 'text',
  size,
  decode: (b) => {
    const nul = b.indexOf(0)
    const text = Buffer.from(b.subarray(0, nul < 0 ? b.length : nul)).toString()
    return { text: text === '' ? '(none)' : text, json: text === '' ? null : text }
  },
  encode: (text) => {
    const b = Buffer.from(`${text}\0`)
    if (b.length > size) throw new UserError(`${text}: out of range (at most ${size - 1} bytes)`, 2)
    return b
  },
})

/** A structure that is only shown as its bytes. */
export const structure = (type: string, size: number): Codec => ({
  type,
  size,
  decode: (b) => ({ text: b.length === 0 ? '(empty)' : hex(b), json: b.length === 0 ? null : hex(b) }),
})

const hex = (b: Uint8Array): string => Buffer.from(b).toString('hex')

/** Some 32-bit counters of a structure, by name. */
export const counters = (type: string, names: readonly string[]): Codec => ({
  type,
  size: names.length * 4,
  decode: (b) => parts(words(b).slice(0, names.length).map((n, i) => [names[i]!, n])),
})

function parts(list: readonly (readonly [string, number | bigint])[]): Value {
  return {
    text: list.map(([part, n]) => `${part} ${n}`).join(', '),
    json: Object.fromEntries(list.map(([part, n]) => [part, jsonNumber(n)])),
    parts: list.map(([part, n]) => [part, String(n)]),
  }
}

/** struct in_addr. */
export const inAddr: Codec = {
  type: 'IPv4 address',
  size: 4,
  decode: (b) => (b.length < 4 ? SHORT : { text: b.join('.'), json: b.join('.') }),
  encode: (text) => ip4(text),
}

/** A range of ports in one int: low half the least, high half the most; 0 leaves it to the sysctl. */
export const portRange: Codec = {
  type: 'port range',
  size: 4,
  decode: (b) => (b.length < 4 ? SHORT : { text: u32le(b, 0) === 0 ? '0-0 (the sysctl)' : `${u16le(b, 0)}-${u16le(b, 2)}`, json: [u16le(b, 0), u16le(b, 2)] }),
  encode: (text) => {
    const match = /^(\d+)-(\d+)$/.exec(text)
    if (match === null) throw new UserError(`${text}: not a range of ports (give LEAST-MOST, 0-0 to clear)`, 2)
    return le32(integer(match[1]!, [0, 65535]) | (integer(match[2]!, [0, 65535]) << 16))
  },
}

/** struct sock_txtime: which clock, and flags. */
export const txtime: Codec = { ...counters('sock_txtime', ['clockid', 'flags']) }

const TIMESTAMPING = {
  0x1: 'tx_hardware', 0x2: 'tx_software', 0x4: 'rx_hardware', 0x8: 'rx_software', 0x10: 'software', 0x20: 'sys_hardware', 0x40: 'raw_hardware',
  0x80: 'opt_id', 0x100: 'tx_sched', 0x200: 'tx_ack', 0x400: 'opt_cmsg', 0x800: 'opt_tsonly', 0x1000: 'opt_stats', 0x2000: 'opt_pktinfo',
  0x4000: 'opt_tx_swhw', 0x8000: 'bind_phc', 0x10000: 'opt_id_tcp', 0x20000: 'opt_rx_filter', 0x40000: 'tx_completion',
}
export const timestamping: Codec = { ...bitSet(TIMESTAMPING, 8), type: 'so_timestamping' }

/** A BPF program: 8 bytes an instruction. The length that comes back counts instructions, not bytes. */
export const filterProgram: Codec = structure('sock_filter[]', 32768)

export const sockaddr: Codec = {
  type: 'sockaddr',
  size: 128,
  decode: (b) => ({ text: plainAddress(decodeSockaddr(b)), json: plainAddress(decodeSockaddr(b)) }),
}

const plainAddress = (a: SocketAddress): string =>
  a.family === 'inet' ? `${a.address.join('.')}:${a.port}` : a.family === 'unix' ? `${a.kind === 'abstract' ? '@' : ''}${Buffer.from(a.name).toString()}` : a.family === 'inet6' ? `[${hex(a.address)}]:${a.port}` : a.family

/** struct ip6_mtuinfo: only its MTU is of interest. */
export const mtuInfo: Codec = { type: 'ip6_mtuinfo', size: 32, decode: (b) => (b.length < 32 ? SHORT : plain(u32le(b, 28))) }

/** Bit i of the words means group i + 1. */
export const groupBits: Codec = {
  type: 'group list',
  size: 128,
  decode: (b) => {
    const groups = words(b).flatMap((word, w) => Array.from({ length: 32 }, (_, bit) => bit).filter((bit) => (word >>> bit) & 1).map((bit) => w * 32 + bit + 1))
    return { text: groups.length === 0 ? '(none)' : groups.join(' '), json: groups }
  },
}

export const meminfo: Codec = counters('meminfo', ['rmem_alloc', 'rcvbuf', 'wmem_alloc', 'sndbuf', 'fwd_alloc', 'wmem_queued', 'optmem', 'backlog', 'drops'])

const STATES = ['', 'ESTABLISHED', 'SYN_SENT', 'SYN_RECV', 'FIN_WAIT1', 'FIN_WAIT2', 'TIME_WAIT', 'CLOSE', 'CLOSE_WAIT', 'LAST_ACK', 'LISTEN', 'CLOSING', 'NEW_SYN_RECV']

export const tcpInfoCodec: Codec = {
  type: 'tcp_info',
  size: 512,
  decode: (b) => {
    const info = tcpInfo(b)
    const n = (field: string): number => Number(info.get(field) ?? 0)
    return {
      text: `${STATES[n('state')] || n('state')}, rtt ${n('rtt') / 1000}/${n('rttvar') / 1000} ms, cwnd ${n('snd_cwnd')}, mss ${n('snd_mss')}, rto ${n('rto') / 1000} ms, retrans ${n('retrans')}/${n('total_retrans')}`,
      json: Object.fromEntries([...info].map(([field, value]) => [field, jsonNumber(value)])),
      parts: TCP_INFO_FIELDS.filter(({ name }) => info.has(name)).map(({ name, unit }) => [name, `${info.get(name)}${unit === '' || unit === 'bits' ? '' : ` ${unit}`}`]),
    }
  },
}

/** struct mptcp_info (<linux/mptcp.h>); it grows as tcp_info does. */
export const mptcpInfo: Codec = {
  type: 'mptcp_info',
  size: 256,
  decode: (b) => {
    const list: [string, number | bigint][] = ['subflows', 'add_addr_signal', 'add_addr_accepted', 'subflows_max', 'add_addr_signal_max', 'add_addr_accepted_max']
      .flatMap((part, i): [string, number][] => (i < b.length ? [[part, b[i]!]] : []))
    for (const [part, at] of [['flags', 8], ['token', 12]] as const) if (at + 4 <= b.length) list.push([part, u32le(b, at)])
    for (const [part, at] of [['write_seq', 16], ['snd_una', 24], ['rcv_nxt', 32]] as const) if (at + 8 <= b.length) list.push([part, u64le(b, at)])
    return parts(list)
  },
}
