/** Mobility header of Mobile IPv6 — RFC 6275 §6.1. `at` is its first byte. */
import { u8 } from '../bytes.js'

/** Bytes before the message data. */
export const HEADER = 6

/** Message types. */
export const Type = { REFRESH: 0, HOME_INIT: 1, CARE_OF_INIT: 2, HOME_TEST: 3, CARE_OF_TEST: 4, UPDATE: 5, ACK: 6, ERROR: 7 } as const

/** Bytes of each type's header up to its options. */
export const FIXED: readonly number[] = [8, 16, 16, 24, 24, 12, 12, 24]

/** Options — RFC 6275 §6.2. */
export const Option = { PAD1: 0, PADN: 1, REFRESH: 2, ALTERNATE_CARE_OF: 3, NONCE_INDICES: 4, AUTHORIZATION: 5 } as const

/** Flags of a binding update (ninth byte) — RFC 6275 §6.1.7. */
export const Update = { ACK: 0x80, HOME: 0x40, LINK_LOCAL: 0x20, KEY: 0x10 } as const

export const headerLength = (b: Uint8Array, at: number): number => (u8(b, at + 1) + 1) * 8
export const type = (b: Uint8Array, at: number): number => u8(b, at + 2)
