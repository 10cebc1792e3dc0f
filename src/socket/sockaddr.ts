/**
 * Socket addresses, to and from the bytes of struct sockaddr_*. Sources: <linux/in.h>, <linux/in6.h>, unix(7), netlink(7), packet(7),
 * vsock(7). The family and, where the man page says so, other fields are in the host's byte order (little-endian here: libc.ts refuses others).
 */
import { isIPv4, isIPv6 } from 'node:net'
import { u16, u16le, u32le } from '../bytes.js'
import { UserError } from '../errors.js'
import { Family } from './constants.js'

export type SocketAddress =
  | { readonly family: 'inet'; readonly address: Uint8Array; readonly port: number }
  | { readonly family: 'inet6'; readonly address: Uint8Array; readonly port: number; readonly flowInfo: number; readonly scopeId: number }
  /** `name`: the path without its NUL, or the abstract name without its leading NUL, NULs inside it kept. */
  | { readonly family: 'unix'; readonly kind: 'path' | 'abstract' | 'unnamed'; readonly name: Uint8Array }
  | { readonly family: 'netlink'; readonly portId: number; readonly groups: number }
  | {
      readonly family: 'packet'
      /** an EtherType */
      readonly protocol: number
      readonly interfaceIndex: number
      /** ARPHRD_* */
      readonly hardwareType: number
      /** PACKET_HOST… */
      readonly packetType: number
      readonly hardwareAddress: Uint8Array
    }
  | { readonly family: 'vsock'; readonly cid: number; readonly port: number }
  /** A family that is not decoded here, or bytes too short for theirs. */
  | { readonly family: 'other'; readonly number: number; readonly bytes: Uint8Array }

/** Bytes of struct sockaddr_storage: no address is longer. */
export const MAX_ADDRESS = 128
/** Bytes of sun_path. */
export const UNIX_PATH_MAX = 108

const text = new TextEncoder()

/** A copy that shares nothing: on a Buffer, slice() would be a window into bytes that the next call overwrites. */
export const copy = (b: Uint8Array, at: number, end = b.length): Uint8Array => new Uint8Array(b.subarray(at, end))

/** Decodes the `length` bytes that the kernel says an address has; it may say more than fitted into `b`. */
export function decodeSockaddr(b: Uint8Array, length = b.length): SocketAddress {
  const end = Math.min(length, b.length)
  if (end < 2) return { family: 'other', number: Family.UNSPEC, bytes: copy(b, 0, Math.max(end, 0)) }
  const family = u16le(b, 0)
  switch (family) {
    case Family.INET:
      if (end >= 8) return { family: 'inet', port: u16(b, 2), address: copy(b, 4, 8) }
      break
    case Family.INET6:
      // 24 bytes without sin6_scope_id is the size of RFC 2133's structure
      if (end >= 24) return { family: 'inet6', port: u16(b, 2), flowInfo: u16(b, 4) * 65536 + u16(b, 6), address: copy(b, 8, 24), scopeId: end >= 28 ? u32le(b, 24) : 0 }
      break
    case Family.UNIX:
      return decodeUnix(b, end)
    case Family.NETLINK:
      if (end >= 12) return { family: 'netlink', portId: u32le(b, 4), groups: u32le(b, 8) }
      break
    case Family.PACKET:
      if (end >= 12) {
        return {
          family: 'packet', protocol: u16(b, 2), interfaceIndex: u32le(b, 4), hardwareType: u16le(b, 8), packetType: b[10]!,
          hardwareAddress: copy(b, 12, Math.min(12 + b[11]!, end)),
        }
      }
      break
    case Family.VSOCK:
      if (end >= 12) return { family: 'vsock', port: u32le(b, 4), cid: u32le(b, 8) }
      break
  }
  return { family: 'other', number: family, bytes: copy(b, 0, end) }
}

/** unix(7): the length decides; a path may or may not count its NUL, an abstract name is all the bytes after its first NUL. */
function decodeUnix(b: Uint8Array, end: number): SocketAddress {
  if (end === 2) return { family: 'unix', kind: 'unnamed', name: new Uint8Array(0) }
  if (b[2] === 0) return { family: 'unix', kind: 'abstract', name: copy(b, 3, end) }
  const nul = b.indexOf(0, 2)
  return { family: 'unix', kind: 'path', name: copy(b, 2, nul < 0 || nul > end ? end : nul) }
}

/** The bytes that bind(), connect() and sendto() take. */
export function encodeSockaddr(address: SocketAddress): Uint8Array {
  switch (address.family) {
    case 'inet': {
      const b = header(16, Family.INET)
      port(b, address.port)
      b.set(exactly(address.address, 4, 'an IPv4 address'), 4)
      return b
    }
    case 'inet6': {
      const b = header(28, Family.INET6)
      port(b, address.port)
      b.writeUInt32BE(u32In(address.flowInfo, 'flow information'), 4)
      b.set(exactly(address.address, 16, 'an IPv6 address'), 8)
      b.writeUInt32LE(u32In(address.scopeId, 'a scope'), 24)
      return b
    }
    case 'unix':
      return encodeUnix(address.kind, address.name)
    case 'netlink': {
      const b = header(12, Family.NETLINK)
      b.writeUInt32LE(u32In(address.portId, 'a port id'), 4)
      b.writeUInt32LE(u32In(address.groups, 'a group mask'), 8)
      return b
    }
    case 'packet': {
      const b = header(20, Family.PACKET)
      if (address.hardwareAddress.length > 8) throw new RangeError('a hardware address is longer than 8 bytes')
      b.writeUInt16BE(address.protocol, 2)
      b.writeInt32LE(address.interfaceIndex, 4)
      b.writeUInt16LE(address.hardwareType, 8)
      b[10] = address.packetType
      b[11] = address.hardwareAddress.length
      b.set(address.hardwareAddress, 12)
      return b
    }
    case 'vsock': {
      const b = header(16, Family.VSOCK)
      b.writeUInt32LE(u32In(address.port, 'a port'), 4)
      b.writeUInt32LE(u32In(address.cid, 'a context id'), 8)
      return b
    }
    case 'other':
      return address.bytes
  }
}

function encodeUnix(kind: 'path' | 'abstract' | 'unnamed', name: Uint8Array): Uint8Array {
  if (kind === 'unnamed') return header(2, Family.UNIX)
  if (name.length > UNIX_PATH_MAX - 1) throw new UserError(`unix name: ${name.length} bytes (at most ${UNIX_PATH_MAX - 1})`)
  if (kind === 'path' && (name.length === 0 || name.includes(0))) throw new UserError('unix path: empty, or with a NUL in it')
  const b = header(3 + name.length, Family.UNIX) // a path ends with a NUL, an abstract name begins with one
  b.set(name, kind === 'path' ? 2 : 3)
  return b
}

function header(length: number, family: number): Buffer {
  const b = Buffer.alloc(length)
  b.writeUInt16LE(family, 0)
  return b
}

function port(b: Buffer, number: number): void {
  if (!Number.isInteger(number) || number < 0 || number > 65535) throw new RangeError(`port ${number} is not 0…65535`)
  b.writeUInt16BE(number, 2)
}

function exactly(bytes: Uint8Array, length: number, what: string): Uint8Array {
  if (bytes.length !== length) throw new RangeError(`${what} has ${length} bytes, not ${bytes.length}`)
  return bytes
}

function u32In(n: number, what: string): number {
  if (!Number.isInteger(n) || n < 0 || n > 0xffffffff) throw new RangeError(`${what} of ${n} does not fit 32 bits`)
  return n
}

/** The bytes of an address in text, IPv4 or IPv6 (without a scope). */
export function parseIp(address: string): Uint8Array | undefined {
  if (isIPv4(address)) return Uint8Array.from(address.split('.'), Number)
  if (!isIPv6(address) || address.includes('%')) return undefined
  const b = new Uint8Array(16)
  const [head = '', tail] = address.split('::')
  const front = groups(head)
  const back = tail === undefined ? [] : groups(tail)
  b.set(front, 0)
  b.set(back, 16 - back.length)
  return b
}

/** Bytes of colon-separated groups, the last of which may be a dotted IPv4 address. */
function groups(part: string): number[] {
  if (part === '') return []
  return part.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number)
    const n = Number.parseInt(group, 16)
    return [n >> 8, n & 0xff]
  })
}

/** `10.0.0.1` from its four bytes. */
export const ip4 = (address: string): Uint8Array => {
  const bytes = parseIp(address)
  if (bytes?.length !== 4) throw new UserError(`${address}: not an IPv4 address`)
  return bytes
}

/** A unix address from text: `@name` is abstract, as people and netstat write it. */
export const unixAddress = (name: string): SocketAddress =>
  name.startsWith('@') ? { family: 'unix', kind: 'abstract', name: text.encode(name.slice(1)) } : { family: 'unix', kind: 'path', name: text.encode(name) }
