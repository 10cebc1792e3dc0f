/** Prefixes of routing protocols: a length in bits, and as many bytes as hold them. */
import { hostOf4, hostOf6 } from './fields.js'
import type { Printer } from './printer.js'

/** `size`: bytes in the packet, or below 0 what is wrong. */
export interface Item {
  readonly size: number
  readonly text: string
}

/** The prefix is longer than an address. */
export const BAD_LENGTH: Item = { size: -1, text: '' }
/** What is left of the message does not hold it. */
export const TOO_LITTLE: Item = { size: -2, text: '' }

/** The first `length` bits of what stands at `at`, in `size` bytes, the rest nought. */
export function prefixBytes(p: Printer, at: number, length: number, size: number): Uint8Array {
  const bytes = Math.ceil(length / 8)
  p.need(at, bytes)
  const address = new Uint8Array(size)
  address.set(p.b.subarray(at, at + bytes))
  if (length % 8 !== 0) address[bytes - 1]! &= 0xff00 >> (length % 8)
  return address
}

/** `10.0.0.0/8` or `2001:db8::/32`: an address of `size` bytes is IPv4 or IPv6. */
export function prefixText(p: Printer, at: number, length: number, size: 4 | 16): string {
  const address = prefixBytes(p, at, length, size)
  return `${size === 4 ? hostOf4(p, address) : hostOf6(p, address)}/${length}`
}

/** The prefix at `at`, its length first; `left`: bytes of the message that may belong to it. */
export function readPrefix(p: Printer, at: number, left: number, size: 4 | 16): Item {
  if (left < 1) return TOO_LITTLE
  const length = p.u8(at)
  if (length > size * 8) return BAD_LENGTH
  if (left - 1 < Math.ceil(length / 8)) return TOO_LITTLE
  return { size: 1 + Math.ceil(length / 8), text: prefixText(p, at + 1, length, size) }
}
