/** The address field of Frame Relay — ITU-T Q.922 §3.3: two to four bytes, each but the last with its lowest bit clear. */
import type { Printer } from './printer.js'

/** An address, or why there is none. */
export type Q922 = { readonly dlci: number; readonly size: number; readonly flags: number } | 'invalid' | 'cut'

/** Bits of `flags`. */
export const Q922Flag = { COMMAND: 1, DISCARD: 2, BACKWARD: 4, FORWARD: 8, CONTROL: 16 } as const

export function readQ922(p: Printer, at: number, length: number): Q922 {
  const { b } = p
  const has = (n: number): boolean => p.has(at, n) && length >= n
  if (!has(1)) return 'cut'
  if (b[at]! & 1) return 'invalid'
  if (!has(2)) return 'cut'
  let dlci = ((b[at]! >> 2) << 4) | (b[at + 1]! >> 4)
  let flags = (b[at]! & 2 ? Q922Flag.COMMAND : 0) | (b[at + 1]! & 0x0e)
  if (b[at + 1]! & 1) return { dlci, size: 2, flags }
  let size = 3
  if (!has(size)) return 'cut'
  if ((b[at + 2]! & 1) === 0) {
    dlci = (dlci << 7) | (b[at + 2]! >> 1)
    size = 4
  }
  if (!has(size)) return 'cut'
  const last = b[at + size - 1]!
  if ((last & 1) === 0) return 'invalid'
  if (last & 2) flags |= Q922Flag.CONTROL
  dlci = (dlci << 6) | (last >> 2)
  return { dlci, size, flags }
}

/** `DLCI 100`, or what is wrong with it. */
export function q922Text(p: Printer, at: number, length: number): string {
  const address = readQ922(p, at, length)
  if (address === 'invalid') return '<Invalid DLCI>'
  return address === 'cut' ? '<Truncated>' : `DLCI ${address.dlci}`
}
