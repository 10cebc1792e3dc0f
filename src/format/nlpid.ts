/** Network layer protocol identifiers — ISO/IEC TR 9577, RFC 2427 §4. */
import { tableOf } from './tables.js'

export const Nlpid = {
  Q933: 0x08, SNAP: 0x80, CLNP: 0x81, ES_IS: 0x82, IS_IS: 0x83, IP6: 0x8e, FRF15: 0xb1, IP: 0xcc, PPP: 0xcf,
} as const

/** As tcpdump names them. */
export const NLPID_NAMES = tableOf({
  0x00: 'NULL', 0x08: 'Q.933', 0x09: 'LMI', 0x80: 'SNAP', 0x81: 'CLNP', 0x82: 'ES-IS', 0x83: 'IS-IS', 0x84: 'CONS', 0x85: 'IDRP', 0x8a: 'X25 ES-IS',
  0x8e: 'IPv6', 0xb1: 'FRF.15', 0xc1: 'ISIS_SPB', 0xcc: 'IPv4', 0xcf: 'PPP',
})
