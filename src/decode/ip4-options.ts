/** IPv4 options — RFC 791 §3.1. A kind byte, and for all but EOL and NOP a length byte that covers both. */

/** Option kinds — IANA "IP Option Numbers". */
export const Option = { EOL: 0, NOP: 1, RR: 7, TIMESTAMP: 68, LSRR: 131, SSRR: 137, ROUTER_ALERT: 148 } as const

/** What a timestamp option records: the low four bits of its fourth byte — RFC 781. */
export const Timestamp = { ONLY: 0, WITH_ADDRESS: 1, PRESPECIFIED: 3 } as const
