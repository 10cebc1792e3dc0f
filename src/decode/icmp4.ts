/** ICMP messages — RFC 792; router discovery RFC 1256; multi-part messages RFC 4884. `at` is the message's first byte. */

/** Bytes before the body of most messages. */
export const HEADER = 8

/** Message types — IANA "ICMP Type Numbers". */
export const Type = {
  ECHO_REPLY: 0,
  UNREACHABLE: 3,
  SOURCE_QUENCH: 4,
  REDIRECT: 5,
  ECHO: 8,
  ROUTER_ADVERTISEMENT: 9,
  ROUTER_SOLICITATION: 10,
  TIME_EXCEEDED: 11,
  PARAMETER_PROBLEM: 12,
  TIMESTAMP: 13,
  TIMESTAMP_REPLY: 14,
  INFORMATION_REQUEST: 15,
  INFORMATION_REPLY: 16,
  MASK_REQUEST: 17,
  MASK_REPLY: 18,
} as const

/** Codes of UNREACHABLE that carry more than a word. */
export const Unreachable = { PROTOCOL: 2, PORT: 3, FRAGMENTATION_NEEDED: 4 } as const

/** The message quotes the packet that caused it. */
export const isError = (type: number): boolean =>
  type === Type.UNREACHABLE || type === Type.SOURCE_QUENCH || type === Type.REDIRECT || type === Type.TIME_EXCEEDED || type === Type.PARAMETER_PROBLEM

/** Messages that may carry extensions behind 128 bytes of the quoted packet. */
export const mayHaveExtensions = (type: number): boolean =>
  type === Type.UNREACHABLE || type === Type.TIME_EXCEEDED || type === Type.PARAMETER_PROBLEM

/** Where the extension structure stands, from the message's first byte, when there is one. */
export const EXTENSIONS_AT = HEADER + 128
