/**
 * DNS message — RFC 1035 §4, with the header bits of RFC 4035 (AD, CD), the option record of RFC 6891 and the label types of
 * RFC 2673. `b` is the captured frame, `at` the header's first byte; `end` is one past the last captured byte.
 */
import { u16, u8 } from '../bytes.js'

export const HEADER = 12
/** Bytes of a resource record between its name and its data: type, class, TTL, length. */
export const RECORD = 10

export const Flag = { QR: 0x8000, AA: 0x0400, TC: 0x0200, RD: 0x0100, RA: 0x0080, Z: 0x0040, AD: 0x0020, CD: 0x0010 } as const

export const Opcode = { QUERY: 0, IQUERY: 1 } as const

export const Type = {
  A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, MX: 15, TXT: 16, AAAA: 28, SRV: 33, A6: 38, DNAME: 39, OPT: 41, UNSPECA: 104, TSIG: 250, URI: 256,
} as const

export const Class = { IN: 1 } as const
/** Multicast DNS: in a question a wish for a unicast answer, in a record "forget the others" — RFC 6762 §5.4, §10.2. */
export const MDNS_BIT = 0x8000

/** Option codes of an OPT record — IANA, DNS EDNS0 Option Codes. */
export const Edns = {
  LLQ: 1, UL: 2, NSID: 3, DAU: 5, DHU: 6, N3U: 7, CLIENT_SUBNET: 8, EXPIRE: 9, COOKIE: 10, KEEPALIVE: 11, PADDING: 12, CHAIN: 13, KEY_TAG: 14,
  CLIENT_TAG: 16, SERVER_TAG: 17,
} as const

export const id = (b: Uint8Array, at: number): number => u16(b, at)
export const flags = (b: Uint8Array, at: number): number => u16(b, at + 2)
export const opcode = (b: Uint8Array, at: number): number => (u8(b, at + 2) >> 3) & 15
export const questions = (b: Uint8Array, at: number): number => u16(b, at + 4)
export const answers = (b: Uint8Array, at: number): number => u16(b, at + 6)
export const authorities = (b: Uint8Array, at: number): number => u16(b, at + 8)
export const additionals = (b: Uint8Array, at: number): number => u16(b, at + 10)

/** The two top bits of a label's first byte. */
export const LABEL_TYPE = 0xc0
export const POINTER = 0xc0
/** Extended label types; the only one ever given out is 1, the bit string of RFC 2673. */
export const EXTENDED = 0x40
export const BIT_STRING = 1

/** Bits in a bit-string label: 0 stands for 256. */
export const bitCount = (n: number): number => (n === 0 ? 256 : n)

/** Offset behind the name at `at`, a pointer not followed; -1 where it is cut short or of a label type that nobody knows. */
export function nameEnd(b: Uint8Array, at: number, end: number): number {
  for (;;) {
    if (at >= end) return -1
    const first = u8(b, at++)
    if (first === 0) return at
    const type = first & LABEL_TYPE
    if (type === POINTER) return at + 1
    if (type === EXTENDED) {
      if ((first & 0x3f) !== BIT_STRING || at >= end) return -1
      at += 1 + ((bitCount(u8(b, at)) + 7) >> 3)
    } else if (type === 0) at += first
    else return -1
  }
}

/**
 * Response code of twelve bits: the header's four, and above them the eight of the first OPT record among the additional
 * records — RFC 6891 §6.1.3. A message that is cut before it has the header's four.
 */
export function responseCode(b: Uint8Array, at: number, end: number): number {
  const low = flags(b, at) & 15
  let to = at + HEADER
  for (let n = questions(b, at); n > 0; n--) {
    to = nameEnd(b, to, end)
    if (to < 0) return low
    to += 4
  }
  const before = answers(b, at) + authorities(b, at)
  for (let n = 0, all = before + additionals(b, at); n < all; n++) {
    to = nameEnd(b, to, end)
    if (to < 0 || to + 2 > end) return low
    if (n >= before && u16(b, to) === Type.OPT) return to + 5 > end ? low : low | (u8(b, to + 4) << 4)
    if (to + RECORD > end) return low
    to += RECORD + u16(b, to + 8)
  }
  return low
}

/** Bytes of a name, lengths included — RFC 1035 §2.3.4; and the labels and pointers in a row that none of that length needs more of. */
const MAX_NAME = 255, MAX_POINTERS = 128

/** Labels of the name at `at` of the message at `message`, pointers followed (backwards only, so that it ends); undefined where the name is cut, too long or not such. */
export function labels(b: Uint8Array, message: number, at: number, end: number): Uint8Array[] | undefined {
  const all: Uint8Array[] = []
  for (let bytes = 0, pointers = 0, before = at; ; ) {
    if (at >= end) return undefined
    const first = u8(b, at)
    if (first === 0) return all
    if ((first & LABEL_TYPE) === POINTER) {
      if (at + 2 > end) return undefined
      const to = message + (u16(b, at) & 0x3fff)
      if (to >= before || ++pointers > MAX_POINTERS) return undefined
      at = before = to
      continue
    }
    bytes += 1 + first
    if ((first & LABEL_TYPE) !== 0 || bytes > MAX_NAME || at + 1 + first > end) return undefined
    all.push(b.subarray(at + 1, at + 1 + first))
    at += 1 + first
  }
}
