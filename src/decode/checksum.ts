/** The Internet checksum — RFC 1071: the 16-bit one's complement of the one's complement sum, network order. */
import { u8 } from '../bytes.js'
import { checksumDestination4 } from './ip4-options.js'
import { HEADER, SOURCE_AT } from './ip6.js'
import { checksumDestination } from './ip6-extension.js'

/** The bytes last summed, and a view of them: a capture's frames come in one buffer, and a view reads four bytes at once. */
let bytes: Uint8Array = new Uint8Array(0)
let view = new DataView(bytes.buffer)

/**
 * Adds the 16-bit words of `b[at] … b[end - 1]` to a running sum; an odd last byte counts as the high byte of a word.
 * The sum may reach 2^53: it is folded only by `finish`, so bytes of any packet fit. No byte past `end` is read.
 */
export function sum(b: Uint8Array, at: number, end: number, running = 0): number {
  if (end - at >= 16) {
    if (b !== bytes) {
      bytes = b
      view = new DataView(b.buffer, b.byteOffset, b.byteLength)
    }
    for (const full = end - 16; at <= full; at += 16) {
      const w0 = view.getUint32(at), w1 = view.getUint32(at + 4), w2 = view.getUint32(at + 8), w3 = view.getUint32(at + 12)
      running += (w0 >>> 16) + (w1 >>> 16) + (w2 >>> 16) + (w3 >>> 16) + (w0 & 0xffff) + (w1 & 0xffff) + (w2 & 0xffff) + (w3 & 0xffff)
    }
  }
  for (const even = end - 1; at < even; at += 2) running += (b[at]! << 8) | b[at + 1]!
  return at < end ? running + (u8(b, at) << 8) : running
}

/** The checksum of a running sum: 0 when the summed bytes held a right checksum. */
export function finish(running: number): number {
  while (running > 0xffff) running = (running & 0xffff) + Math.floor(running / 0x10000)
  return ~running & 0xffff
}

/** Running sum of the IPv4 pseudoheader for the packet whose header is at `ip` — RFC 9293 §3.1. `length`: transport header and payload, bytes. */
export function pseudo4(b: Uint8Array, ip: number, protocol: number, length: number): number {
  if (u8(b, ip) === NO_OPTIONS) return sum(b, ip + 12, ip + 20, protocol + length)
  const destination = checksumDestination4(b, ip)
  return sum(b, destination, destination + 4, sum(b, ip + 12, ip + 16, protocol + length))
}

/** Version 4, header of five words. */
const NO_OPTIONS = 0x45

/** Running sum of the IPv6 pseudoheader — RFC 8200 §8.1. */
export const pseudo6 = (b: Uint8Array, ip: number, protocol: number, length: number): number =>
  sum(b, ip + 8, ip + 40, protocol + (length & 0xffff) + (length >>> 16))

/** Running sum of the pseudoheader for the transport header at `at`, `length` bytes of it, in the packet of either version at `ip`. */
export function pseudo(b: Uint8Array, ip: number, protocol: number, at: number, length: number): number {
  if (u8(b, ip) >> 4 === 4) return pseudo4(b, ip, protocol, length)
  if (at === ip + HEADER) return pseudo6(b, ip, protocol, length)
  const destination = checksumDestination(b, ip, at, at + length)
  const addresses = sum(b, destination, destination + 16, sum(b, ip + SOURCE_AT, ip + SOURCE_AT + 16))
  return addresses + protocol + (length & 0xffff) + (length >>> 16)
}

/** What the checksum field should have held, from what it holds and the checksum over everything (`finish`), which is not 0. */
export function shouldBe(field: number, result: number): number {
  let total = field + result
  while (total > 0xffff) total = (total & 0xffff) + (total >>> 16)
  return total
}
