/** Data frames of IEEE 802.11 (§9.3.2 of the standard's 2020 edition) that are not encrypted, and what stands before them in captures: radiotap, Prism, AVS — pcap-linktype(7). */
import { u16, u16le, u32, u8 } from '../../bytes.js'
import { Kind, type Step } from './step.js'

const DATA = 2
const Control = { TO_DS: 0x01, FROM_DS: 0x02, PROTECTED: 0x40, ORDER: 0x80 } as const
/** Bits of a data frame's subtype. */
const Subtype = { NULL: 0x4, QOS: 0x8 } as const
const HEADER = 24
const ADDRESS = 6
const AGGREGATE = 0x80
const SUBFRAME_HEADER = 14
/** Bits of `Step.type`: the frame control field may have its bytes the other way round; the header is padded to words. */
export const Order = { SWAPPED: 1, PADDED: 2 } as const

/** The first byte of the frame control field says data: of version 0, with or without quality of service. */
const isData = (first: number): boolean => (first & 0x7f) === 0x08

/** What of an aggregate is found is its first frame. Of a fragment LLC tells whether it is the first. */
export function stepIeee80211(s: Step, b: Uint8Array): void {
  if (!s.has(HEADER)) return
  const isSwapped = (s.type & Order.SWAPPED) !== 0 && (isData(u8(b, s.at + 1)) || !isData(u8(b, s.at))), isPadded = (s.type & Order.PADDED) !== 0
  const first = u8(b, isSwapped ? s.at + 1 : s.at), flags = u8(b, isSwapped ? s.at : s.at + 1), subtype = first >> 4
  if (((first >> 2) & 3) !== DATA || (first & 3) !== 0 || subtype & Subtype.NULL || flags & Control.PROTECTED) return
  let header = HEADER + ((flags & Control.TO_DS) !== 0 && (flags & Control.FROM_DS) !== 0 ? ADDRESS : 0)
  let isAggregate = false
  if (subtype & Subtype.QOS) {
    if (!s.has(header + 2)) return
    isAggregate = (u8(b, s.at + header) & AGGREGATE) !== 0
    header += 2
    if (flags & Control.ORDER) header += 4
  }
  if (isPadded) header = (header + 3) & ~3
  if (!isAggregate) return s.to(Kind.LLC, header)
  if (!s.has(header + SUBFRAME_HEADER)) return
  const length = u16(b, s.at + header + 12)
  s.to(Kind.LLC, header + SUBFRAME_HEADER)
  s.narrow(length)
}

/** Little-endian; of the fields only the flags are read, before which the timestamp may stand. */
export function stepRadiotap(s: Step, b: Uint8Array): void {
  if (!s.has(8)) return
  const length = u16le(b, s.at + 2)
  if (length < 8 || !s.has(length)) return
  s.to(Kind.IEEE80211, length, isPadded(s, b, length) ? Order.PADDED : 0)
}

const TSFT = 0x01
const FLAGS = 0x02
const MORE_WORDS = 0x80
const DATA_PAD = 0x20

function isPadded(s: Step, b: Uint8Array, length: number): boolean {
  const present = u8(b, s.at + 4)
  if ((present & FLAGS) === 0) return false
  let at = 8
  for (let word = s.at + 4; u8(b, word + 3) & MORE_WORDS; word += 4) {
    if (at + 4 > length) return false
    at += 4
  }
  // the timestamp has 64 bits, and is aligned to them
  if (present & TSFT) at = ((at + 7) & ~7) + 8
  return at < length && (u8(b, s.at + at) & DATA_PAD) !== 0
}

const PRISM_HEADER = 144
const isAvs = (cookie: number): boolean => cookie === 0x80211001 || cookie === 0x80211002

export function stepPrism(s: Step, b: Uint8Array): void {
  if (!s.has(8)) return
  if (isAvs(u32(b, s.at))) return s.to(Kind.AVS, 0)
  if (s.has(PRISM_HEADER)) s.to(Kind.IEEE80211, PRISM_HEADER)
}

/** The version, then the header's length. */
export function stepAvs(s: Step, b: Uint8Array): void {
  if (!s.has(8)) return
  const length = u32(b, s.at + 4)
  if (length >= 8 && s.has(length)) s.to(Kind.IEEE80211, length)
}
