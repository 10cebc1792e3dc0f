/** GRE — RFC 1701, RFC 2784, RFC 2890; version 1 of PPTP: RFC 2637 §4.1. */

/** Bits of the first word; its lowest three are the version. */
export const Flag = { CHECKSUM: 0x8000, ROUTING: 0x4000, KEY: 0x2000, SEQUENCE: 0x1000, STRICT: 0x0800, ACK: 0x0080, VERSION: 0x0007 } as const

/** What it carries, where that is no EtherType in use elsewhere. */
export const Protocol = { OSI: 0x00fe, IP4: 0x0800, APPLETALK: 0x809b, BRIDGED: 0x6558, IP6: 0x86dd, PPP: 0x880b, MPLS: 0x8847, IPX: 0x8137 } as const
