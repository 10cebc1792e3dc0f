/** Builds capture files in memory. All numbers in the byte order asked for; times in the file's own unit. */

import { gzipSync } from 'node:zlib'

const join = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))

export type Order = 'little' | 'big'

/** Numbers as bytes: `[size, value]` pairs, sizes 1, 2, 4 and 8. */
export function numbers(order: Order, ...fields: readonly (readonly [size: 1 | 2 | 4 | 8, value: number | bigint])[]): Uint8Array {
  return join(
    fields.map(([size, value]) => {
      const b = new Uint8Array(size)
      let rest = BigInt.asUintN(size * 8, BigInt(value))
      for (let i = 0; i < size; i++, rest >>= 8n) b[order === 'little' ? i : size - 1 - i] = Number(rest & 0xffn)
      return b
    }),
  )
}

/** `length` bytes 0, 1, 2 … */
export const payload = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i & 0xff)

export interface PcapOptions {
  order?: Order
  magic?: number
  version?: readonly [number, number]
  snapLength?: number
  linkType?: number
}

export const pcapHeader = ({ order = 'little', magic = 0xa1b2c3d4, version = [2, 4], snapLength = 262_144, linkType = 1 }: PcapOptions = {}): Uint8Array =>
  numbers(order, [4, magic], [2, version[0]], [2, version[1]], [4, 0], [4, 0], [4, snapLength], [4, linkType])

/** A record; `first` and `second` are the two length fields as they stand. */
export const record = (data: Uint8Array, { order = 'little' as Order, seconds = 1, fraction = 2, first = data.length, second = data.length, extra = 0 } = {}): Uint8Array =>
  join([numbers(order, [4, seconds], [4, fraction], [4, first], [4, second]), new Uint8Array(extra), data])

export const pcap = (options: PcapOptions, ...records: readonly Uint8Array[]): Uint8Array => join([pcapHeader(options), ...records])

export function block(order: Order, type: number, ...body: readonly Uint8Array[]): Uint8Array {
  const bytes = join(body), padding = -bytes.length & 3, length = bytes.length + padding + 12
  return join([numbers(order, [4, type], [4, length]), bytes, new Uint8Array(padding), numbers(order, [4, length])])
}

export const section = (order: Order = 'little', major = 1, minor = 0): Uint8Array =>
  block(order, 0x0a0d0d0a, numbers(order, [4, 0x1a2b3c4d], [2, major], [2, minor], [8, -1]))

export const option = (order: Order, code: number, value: Uint8Array): Uint8Array =>
  join([numbers(order, [2, code], [2, value.length]), value, new Uint8Array(-value.length & 3)])

export const networkInterface = ({ order = 'little' as Order, linkType = 1, snapLength = 0, options = [] as Uint8Array[] } = {}): Uint8Array =>
  block(order, 1, numbers(order, [2, linkType], [2, 0], [4, snapLength]), ...options)

export const enhanced = (data: Uint8Array, { order = 'little' as Order, id = 0, time = 1_000_002n, captured = data.length, wire = data.length, options = [] as Uint8Array[] } = {}): Uint8Array =>
  block(order, 6, numbers(order, [4, id], [4, time >> 32n], [4, time & 0xffff_ffffn], [4, captured], [4, wire]), data, new Uint8Array(-data.length & 3), ...options)

export const simple = (data: Uint8Array, { order = 'little' as Order, wire = data.length } = {}): Uint8Array => block(order, 3, numbers(order, [4, wire]), data)

export const oldPacket = (data: Uint8Array, { order = 'little' as Order, id = 0, drops = 7, time = 1_000_002n } = {}): Uint8Array =>
  block(order, 2, numbers(order, [2, id], [2, drops], [4, time >> 32n], [4, time & 0xffff_ffffn], [4, data.length], [4, data.length]), data)

export const gzip = (bytes: Uint8Array): Uint8Array => new Uint8Array(gzipSync(bytes))
export { join }
