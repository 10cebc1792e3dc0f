/**
 * ICMPv6 messages — RFC 4443; neighbour discovery RFC 4861; multicast listeners RFC 2710, RFC 3810; mobility RFC 6275
 * §6.5. `at` is the message's first byte.
 */

/** Bytes before the body of most messages. */
export const HEADER = 8

/** Message types — IANA "ICMPv6 Type Numbers". */
export const Type = {
  UNREACHABLE: 1,
  TOO_BIG: 2,
  TIME_EXCEEDED: 3,
  PARAMETER_PROBLEM: 4,
  ECHO: 128,
  ECHO_REPLY: 129,
  LISTENER_QUERY: 130,
  LISTENER_REPORT: 131,
  LISTENER_DONE: 132,
  ROUTER_SOLICITATION: 133,
  ROUTER_ADVERTISEMENT: 134,
  NEIGHBOR_SOLICITATION: 135,
  NEIGHBOR_ADVERTISEMENT: 136,
  REDIRECT: 137,
  /** RFC 2894 */
  RENUMBERING: 138,
  /** RFC 4620 */
  NODE_QUERY: 139,
  NODE_REPLY: 140,
  /** RFC 3122 */
  INVERSE_SOLICITATION: 141,
  INVERSE_ADVERTISEMENT: 142,
  LISTENER_REPORT_2: 143,
  HOME_AGENT_REQUEST: 144,
  HOME_AGENT_REPLY: 145,
  MOBILE_SOLICITATION: 146,
  MOBILE_ADVERTISEMENT: 147,
  /** RFC 6550 */
  RPL: 155,
} as const

/** Codes of UNREACHABLE. */
export const Unreachable = { NO_ROUTE: 0, PROHIBITED: 1, SCOPE: 2, ADDRESS: 3, PORT: 4 } as const

/** Neighbour discovery options — RFC 4861 §4.6, RFC 6275 §7, RFC 4191, RFC 8106. */
export const Option = {
  SOURCE_LINK: 1,
  TARGET_LINK: 2,
  PREFIX: 3,
  REDIRECTED: 4,
  MTU: 5,
  ADVERTISEMENT_INTERVAL: 7,
  HOME_AGENT: 8,
  ROUTE: 24,
  RDNSS: 25,
  DNSSL: 31,
} as const

/** A 16-bit floating point figure of MLDv2, milliseconds — RFC 3810 §5.1.3. */
export const responseDelay = (code: number): number => (code < 0x8000 ? code : ((code & 0xfff) | 0x1000) << (((code >> 12) & 7) + 3))
/** An 8-bit one, seconds — RFC 3810 §5.1.9. */
export const queryInterval = (code: number): number => (code < 0x80 ? code : ((code & 15) | 16) << (((code >> 4) & 7) + 3))
