/** ARP packets — RFC 826, RFC 903 (reverse), RFC 2390 (inverse), RFC 2225 (ATM). `at` is the packet's first byte. */
import { u16, u8 } from '../bytes.js'

/** Bytes before the addresses. */
export const HEADER = 8

/** Hardware types that change how a packet is read — IANA "Hardware Types". */
export const Hardware = { ETHERNET: 1, FRAME_RELAY: 15, ATM: 19 } as const

/** Operation codes — IANA "Operation Codes". */
export const Operation = { REQUEST: 1, REPLY: 2, REVERSE_REQUEST: 3, REVERSE_REPLY: 4, INVERSE_REQUEST: 8, INVERSE_REPLY: 9, NACK: 10 } as const

export const hardware = (b: Uint8Array, at: number): number => u16(b, at)
/** An EtherType. */
export const protocol = (b: Uint8Array, at: number): number => u16(b, at + 2)
/** Bytes of a hardware address. */
export const hardwareLength = (b: Uint8Array, at: number): number => u8(b, at + 4)
/** Bytes of a protocol address. */
export const protocolLength = (b: Uint8Array, at: number): number => u8(b, at + 5)
export const operation = (b: Uint8Array, at: number): number => u16(b, at + 6)
/** Where the four addresses stand. */
export const senderHardware = (at: number): number => at + HEADER
export const senderProtocol = (b: Uint8Array, at: number): number => at + HEADER + hardwareLength(b, at)
export const targetHardware = (b: Uint8Array, at: number): number => senderProtocol(b, at) + protocolLength(b, at)
export const targetProtocol = (b: Uint8Array, at: number): number => targetHardware(b, at) + hardwareLength(b, at)
/** One past the last address. */
export const end = (b: Uint8Array, at: number): number => targetProtocol(b, at) + protocolLength(b, at)

/** ATM ARP has its own header: type and length of both hardware addresses and subaddresses — RFC 2225 §8.7. */
export const Atm = {
  HEADER: 12,
  senderLength: (b: Uint8Array, at: number): number => u8(b, at + 4) & 0x3f,
  senderSubLength: (b: Uint8Array, at: number): number => u8(b, at + 5) & 0x3f,
  senderProtocolLength: (b: Uint8Array, at: number): number => u8(b, at + 8),
  targetLength: (b: Uint8Array, at: number): number => u8(b, at + 9) & 0x3f,
  targetSubLength: (b: Uint8Array, at: number): number => u8(b, at + 10) & 0x3f,
  targetProtocolLength: (b: Uint8Array, at: number): number => u8(b, at + 11),
} as const
