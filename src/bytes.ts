/**
 * Reading unsigned integers out of bytes: network (big-endian) order for packets, `le` for little-endian file headers.
 * Nothing here checks a bound: a read past the end is NaN or a quiet wrong number, so check first.
 */

/** One byte. */
export const u8 = (b: Uint8Array, at: number): number => b[at]!

/** 16 bits, network order. */
export const u16 = (b: Uint8Array, at: number): number => (b[at]! << 8) | b[at + 1]!

/** 24 bits, network order. */
export const u24 = (b: Uint8Array, at: number): number => (b[at]! << 16) | (b[at + 1]! << 8) | b[at + 2]!

/** 32 bits, network order, 0 to 4294967295. */
export const u32 = (b: Uint8Array, at: number): number =>
  ((b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!) >>> 0

/** 32 bits, network order, signed: unlike `u32` it never puts a number on the heap. */
export const i32 = (b: Uint8Array, at: number): number => (b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!

/** 64 bits, network order. */
export const u64 = (b: Uint8Array, at: number): bigint => (BigInt(u32(b, at)) << 32n) | BigInt(u32(b, at + 4))

/** 16 bits, little-endian. */
export const u16le = (b: Uint8Array, at: number): number => b[at]! | (b[at + 1]! << 8)

/** 32 bits, little-endian, 0 to 4294967295. */
export const u32le = (b: Uint8Array, at: number): number =>
  (b[at]! | (b[at + 1]! << 8) | (b[at + 2]! << 16) | (b[at + 3]! << 24)) >>> 0

/** 32 bits with a sign, little-endian. */
export const i32le = (b: Uint8Array, at: number): number => b[at]! | (b[at + 1]! << 8) | (b[at + 2]! << 16) | (b[at + 3]! << 24)

/** 64 bits, little-endian. */
export const u64le = (b: Uint8Array, at: number): bigint => (BigInt(u32le(b, at + 4)) << 32n) | BigInt(u32le(b, at))
