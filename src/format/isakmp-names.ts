/** Names and shapes that all printers of IKE payloads share — RFC 2408 §3.1, RFC 2407 §4.4, RFC 4306 §3. */
import type { Printer } from './printer.js'

/** One payload of a chain, and where it stands. */
export interface Payload {
  readonly type: number
  readonly at: number
  /** Its own header included; more than 4, and captured. */
  readonly size: number
  readonly context: Context
}

export interface Context {
  /** Of proposals in transforms, as the proposal before says. */
  readonly protocol: number
  readonly depth: number
  /** What decides how an encrypted payload of version 2 is decrypted. */
  readonly message: Message | undefined
}

export interface Message {
  readonly fromInitiator: boolean
  /** SPIs of initiator and responder, eight bytes each. */
  readonly cookies: Uint8Array
}

/** Prints a payload and tells where the next begins; STOP ends the chain and those around it. */
export type PrintPayload = (p: Printer, payload: Payload) => number
export const STOP = -1

/** Generic header: next payload, flags, length. */
export const HEADER = 4
export const CRITICAL = 0x80
export const Type = { SA: 1, PROPOSAL: 2, TRANSFORM: 3, ENCRYPTED_2: 46 } as const

const NAMES_1 = ['none', 'sa', 'p', 't', 'ke', 'id', 'cert', 'cr', 'hash', 'sig', 'nonce', 'n', 'd', 'vid']
const FIRST_2 = 33
const NAMES_2 = ['sa', 'ke', 'IDi', 'IDr', 'cert', 'cr', 'auth', 'nonce', 'n', 'd', 'vid', 'TSi', 'TSr', 'e', 'cp', 'eap']

export function payloadName(type: number): string {
  if (type < NAMES_1.length) return NAMES_1[type]!
  if (type < FIRST_2) return `pay${type}`
  return type - FIRST_2 < NAMES_2.length ? `v2${NAMES_2[type - FIRST_2]!}` : `#${type}`
}

/** A word of a table, or `#number`. */
export const wordOf = (table: ReadonlyArray<string | undefined>, n: number): string => table[n] ?? `#${n}`

const PROTOCOLS = [undefined, 'isakmp', 'ipsec-ah', 'ipsec-esp', 'ipcomp']
export const protocolName = (n: number): string => wordOf(PROTOCOLS, n)

export const DH_GROUPS = [
  undefined, 'modp768', 'modp1024', 'EC2N 2^155', 'EC2N 2^185', 'modp1536', 'iana-grp06', 'iana-grp07', 'iana-grp08', 'iana-grp09', 'iana-grp10',
  'iana-grp11', 'iana-grp12', 'iana-grp13', 'modp2048', 'modp3072', 'modp4096', 'modp6144', 'modp8192',
]

export const ESP_TRANSFORMS = [
  undefined, '1des-iv64', '1des', '3des', 'rc5', 'idea', 'cast', 'blowfish', '3idea', '1des-iv32', 'rc4', 'null', 'aes',
]
