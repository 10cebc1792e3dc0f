/** The radiotap header before an 802.11 frame as tcpdump prints it — radiotap.org "defined fields". Little-endian. */
import { u16le, u32le, u64le } from '../../bytes.js'
import type { Printer } from '../printer.js'
import { printFrame } from './ieee80211.js'

const HEADER = 8
/** Bits of each presence word that say how to go on. */
/** In a presence word: what the next words count; bits below are fields. */
const RADIOTAP_SPACE = 1 << 29
const VENDOR_SPACE = 1 << 30
const FIELD_BITS = 29
/** Bytes of a vendor's number and of a part of its own, before the length of its fields. */
const VENDOR = 4
const Field = {
  TSFT: 0, FLAGS: 1, RATE: 2, CHANNEL: 3, FHSS: 4, SIGNAL: 5, NOISE: 6, LOCK: 7, ATTENUATION: 8, ATTENUATION_DB: 9, POWER: 10, ANTENNA: 11,
  SIGNAL_DB: 12, NOISE_DB: 13, RX_FLAGS: 14, XCHANNEL: 18, MCS: 19, AMPDU: 20, VHT: 21,
} as const
/** Alignment and size of each field. */
const SIZES: ReadonlyMap<number, readonly [align: number, size: number]> = new Map<number, readonly [number, number]>([
  [Field.TSFT, [8, 8]], [Field.FLAGS, [1, 1]], [Field.RATE, [1, 1]], [Field.CHANNEL, [2, 4]], [Field.FHSS, [1, 2]], [Field.SIGNAL, [1, 1]],
  [Field.NOISE, [1, 1]], [Field.LOCK, [2, 2]], [Field.ATTENUATION, [2, 2]], [Field.ATTENUATION_DB, [1, 1]], [Field.POWER, [1, 1]],
  [Field.ANTENNA, [1, 1]], [Field.SIGNAL_DB, [1, 1]], [Field.NOISE_DB, [1, 1]], [Field.RX_FLAGS, [2, 2]], [Field.XCHANNEL, [4, 8]],
  [Field.MCS, [1, 3]], [Field.AMPDU, [4, 8]], [Field.VHT, [2, 12]],
])

const Flag = { CFP: 0x01, SHORT_PREAMBLE: 0x02, WEP: 0x04, FRAGMENTED: 0x08, FCS: 0x10, PADDED: 0x20, BAD_FCS: 0x40 } as const
const FCS = 4

export function printRadiotap(p: Printer, at: number, length: number): number {
  const { b } = p
  p.protocol = '802.11_radio'
  const captured = p.end - at
  if (captured < HEADER) {
    p.truncated()
    return captured
  }
  const size = u16le(b, at + 2)
  if (size < HEADER) {
    p.truncated()
    return captured
  }
  if (captured < size) {
    p.truncated()
    return captured
  }
  let words = at + HEADER
  while ((u32le(b, words - 4) & 0x80000000) !== 0) {
    words += 4
    if (words > at + size) {
      p.truncated()
      return captured
    }
  }
  const flags = printFields(p, at, at + HEADER - 4, words, at + size)
  const isPadded = (flags & Flag.PADDED) !== 0
  return size + printFrame(p, at + size, length - size, captured - size, isPadded, flags & Flag.FCS ? FCS : 0)
}

/** The fields of the presence words from `word` to `fields`, which stand from there to `end`; returns the flags field. */
function printFields(p: Printer, start: number, word: number, fields: number, end: number): number {
  const { b, out } = p
  let at = fields
  let flags = 0
  let base = 0
  let isRadiotap = true
  for (; word < fields; word += 4) {
    const present = u32le(b, word)
    for (let bit = 0; bit < FIELD_BITS && isRadiotap; bit++) {
      if ((present & (1 << bit)) === 0) continue
      const known = base === 0 ? SIZES.get(bit) : undefined
      if (known === undefined) {
        // its size is unknown, and so is where the next one stands
        out.text('[bit ').dec(base + bit).text('] ')
        return flags
      }
      const [align, size] = known
      at = start + Math.ceil((at - start) / align) * align
      if (at + size > end) {
        out.text(' [|802.11_radio]')
        return flags
      }
      if (bit === Field.FLAGS) flags = b[at]!
      writeField(p, bit, at, present)
      at += size
    }
    switch (present & (RADIOTAP_SPACE | VENDOR_SPACE)) {
      case 0:
        base += 32
        continue
      case RADIOTAP_SPACE:
        isRadiotap = true
        base = 0
        continue
      case VENDOR_SPACE:
        isRadiotap = false
        base = 0
        break
      default: // both: all goes on as it was, bits are even counted as in this word
        continue
    }
    const length = vendorLength(b, start, at, end)
    if (length >= 0) {
      at += length
      if (at > end) return flags
      continue
    }
    out.text(' [|802.11_radio]')
    // tcpdump goes on behind the bytes of it that it has read
    at = vendorRead(start, at, end)
  }
  return flags
}

const even = (start: number, at: number): number => at + ((at - start) & 1)

/** Bytes of a vendor's fields, from their header at `at` on: its number, a part of its own, and the length of what follows; -1 where the header is cut. */
function vendorLength(b: Uint8Array, start: number, at: number, end: number): number {
  const length = even(start, at + VENDOR)
  return length + 2 > end ? -1 : length + 2 - at + u16le(b, length)
}

/** Where one is in a vendor's header that is cut: two bytes are wanted before any is read. */
const vendorRead = (start: number, at: number, end: number): number => (even(start, at) + 2 > end ? at : Math.min(at + VENDOR, end))

const signed8 = (n: number): number => (n << 24) >> 24

function writeField(p: Printer, field: number, at: number, present: number): void {
  const { b, out } = p
  switch (field) {
    case Field.TSFT:
      out.big(u64le(b, at)).text('us tsft ')
      return
    case Field.FLAGS:
      return writeFlags(p, b[at]!)
    case Field.RATE:
      return writeRate(p, b[at]!)
    case Field.CHANNEL:
      // the extended field says the same better
      if ((present & (1 << Field.XCHANNEL)) === 0) writeChannel(p, u16le(b, at), u16le(b, at + 2), (present & (1 << Field.MCS)) !== 0)
      return
    case Field.FHSS:
      out.text('fhset ').dec(b[at]!).text(' fhpat ').dec(b[at + 1]!).byte(32)
      return
    case Field.SIGNAL:
      out.int(signed8(b[at]!)).text('dBm signal ')
      return
    case Field.NOISE:
      out.int(signed8(b[at]!)).text('dBm noise ')
      return
    case Field.LOCK:
      out.dec(u16le(b, at)).text(' sq ')
      return
    case Field.ATTENUATION:
      out.int(-((u16le(b, at) << 16) >> 16)).text(' tx power ')
      return
    case Field.ATTENUATION_DB:
      out.int(-signed8(b[at]!)).text('dB tx attenuation ')
      return
    case Field.POWER:
      out.int(signed8(b[at]!)).text('dBm tx power ')
      return
    case Field.ANTENNA:
      out.text('antenna ').dec(b[at]!).byte(32)
      return
    case Field.SIGNAL_DB:
      out.dec(b[at]!).text('dB signal ')
      return
    case Field.NOISE_DB:
      out.dec(b[at]!).text('dB noise ')
      return
    case Field.XCHANNEL:
      return writeChannel(p, u16le(b, at + 4), u32le(b, at), (present & (1 << Field.MCS)) !== 0)
    case Field.MCS:
      return writeMcs(p, b[at]!, b[at + 1]!, b[at + 2]!)
    case Field.VHT:
      return writeVht(p, at)
    default:
  }
}

function writeFlags(p: Printer, flags: number): void {
  const { out } = p
  if (flags & Flag.CFP) out.text('cfp ')
  if (flags & Flag.SHORT_PREAMBLE) out.text('short preamble ')
  if (flags & Flag.WEP) out.text('wep ')
  if (flags & Flag.FRAGMENTED) out.text('fragmented ')
  if (flags & Flag.BAD_FCS) out.text('bad-fcs ')
}

/** In units of 500 kb/s; some drivers put an MCS index with the top bit set here. */
function writeRate(p: Printer, rate: number): void {
  const { out } = p
  if (rate >= 0x80 && rate <= 0x8f) out.text('MCS ').dec(rate & 0x7f).byte(32)
  else out.dec(rate >> 1).text(rate & 1 ? '.5' : '.0').text(' Mb/s ')
}

const Channel = { TURBO: 0x10, CCK: 0x20, OFDM: 0x40, GHZ_2: 0x80, GHZ_5: 0x100, DYNAMIC: 0x400, GFSK: 0x800, HALF: 0x4000, QUARTER: 0x8000 } as const
const Wide = { HT20: 0x10000, HT40_UP: 0x20000, HT40_DOWN: 0x40000 } as const

/** `2412 MHz 11g ht/20 `; the frame has an MCS index: 11n. */
function writeChannel(p: Printer, frequency: number, flags: number, isHt: boolean): void {
  const { out } = p
  const has = (wanted: number): boolean => (flags & wanted) === wanted
  out.dec(frequency).text(' MHz')
  const width = has(Channel.HALF) ? '/10Mhz' : has(Channel.QUARTER) ? '/5Mhz' : ''
  if (isHt) out.text(' 11n')
  else {
    if (has(Channel.GHZ_2 | Channel.GFSK)) out.text(' FHSS')
    if (has(Channel.GHZ_5 | Channel.OFDM)) out.text(' 11a').text(width)
    if (has(Channel.GHZ_2 | Channel.DYNAMIC) || has(Channel.GHZ_2 | Channel.OFDM)) out.text(' 11g').text(width)
    else if (has(Channel.GHZ_2 | Channel.CCK)) out.text(' 11b')
    if (has(Channel.TURBO)) out.text(' Turbo')
  }
  if (has(Wide.HT20)) out.text(' ht/20')
  else if (has(Wide.HT40_DOWN)) out.text(' ht/40-')
  else if (has(Wide.HT40_UP)) out.text(' ht/40+')
  out.byte(32)
}

const Known = { BANDWIDTH: 0x01, INDEX: 0x02, GUARD: 0x04, FORMAT: 0x08, FEC: 0x10, STBC: 0x20 } as const
const BANDWIDTHS = ['20 MHz', '40 MHz', '20 MHz (L)', '20 MHz (U)'] as const
/** Data bits of the equal-modulation indexes of one stream in a symbol at 20 MHz and 40 MHz — IEEE 802.11 §19.5. */
const BITS_20 = [26, 52, 78, 104, 156, 208, 234, 260] as const
/** Of the unequal ones, 33 to 76. */
const UNEQUAL_20 = [
  156, 208, 260, 234, 312, 390, 208, 260, 260, 312, 364, 364, 416, 312, 390, 390, 468, 546, 546, 624, 260, 312, 364, 312, 364, 416, 468, 416, 468,
  520, 520, 572, 390, 468, 546, 468, 546, 624, 702, 624, 702, 780, 780, 858,
] as const
/** Index 32: one stream on both halves of 40 MHz. */
const DUPLICATE = 32
const DUPLICATE_BITS = 24

/** Tenths of a megabit a second; 0 where the index has none. */
function htRate(index: number, is40: boolean, isShort: boolean): number {
  let bits = index < DUPLICATE ? BITS_20[index % 8]! * (Math.floor(index / 8) + 1) : (UNEQUAL_20[index - DUPLICATE - 1] ?? 0)
  if (is40) bits = (bits * 27) / 13
  if (index === DUPLICATE) bits = is40 ? DUPLICATE_BITS : 0
  return Math.round((bits / (isShort ? 3.6 : 4)) * 10)
}

/** `65.0 Mb/s MCS 7 20 MHz long GI mixed BCC FEC RX-STBC0 ` */
function writeMcs(p: Printer, known: number, flags: number, index: number): void {
  const { out } = p
  const isShort = (flags & 0x04) !== 0
  if (known & Known.INDEX) {
    // either of the two is enough for tcpdump
    const tenths = known & (Known.GUARD | Known.BANDWIDTH) ? htRate(index, (flags & 3) === 1, isShort) : 0
    if (tenths > 0) out.dec(Math.floor(tenths / 10)).byte(46).dec(tenths % 10).text(' Mb/s MCS ')
    else out.text('MCS ')
    out.dec(index).byte(32)
  }
  if (known & Known.BANDWIDTH) out.text(BANDWIDTHS[flags & 3]!).byte(32)
  if (known & Known.GUARD) out.text(isShort ? 'short GI ' : 'long GI ')
  if (known & Known.FORMAT) out.text(flags & 0x08 ? 'greenfield ' : 'mixed ')
  if (known & Known.FEC) out.text(flags & 0x10 ? 'LDPC FEC ' : 'BCC FEC ')
  if (known & Known.STBC) out.text('RX-STBC').dec((flags >> 5) & 3).byte(32)
}

const VhtKnown = { GUARD: 0x0004, BANDWIDTH: 0x0040 } as const
/** By the bandwidth field, 0 to 25; the twenty-second as tcpdump has it, not 802.11. */
const VHT_BANDWIDTHS = [
  '20 MHz', '40 MHz', '20 MHz (L)', '20 MHz (U)', '80 MHz', '80 MHz (L)', '80 MHz (U)', '80 MHz (LL)', '80 MHz (LU)', '80 MHz (UL)', '80 MHz (UU)',
  '160 MHz', '160 MHz (L)', '160 MHz (U)', '160 MHz (LL)', '160 MHz (LU)', '160 MHz (UL)', '160 MHz (UU)', '160 MHz (LLL)', '160 MHz (LLU)',
  '160 MHz (LUL)', '160 MHz (UUU)', '160 MHz (ULL)', '160 MHz (ULU)', '160 MHz (UUL)', '160 MHz (UUU)',
] as const

function writeVht(p: Printer, at: number): void {
  const { b, out } = p
  const known = u16le(b, at)
  for (let user = 0; user < 4; user++) {
    const streams = b[at + 4 + user]!
    if ((streams & 0x0f) === 0) continue
    out.text('User ').dec(user).text(' MCS ').dec(streams >> 4).byte(32)
    out.text(b[at + 8]! & (1 << user) ? 'LDPC' : 'BCC').text(' FEC ')
  }
  if (known & VhtKnown.BANDWIDTH) out.text(VHT_BANDWIDTHS[b[at + 3]! & 0x1f] ?? `unknown (${b[at + 3]! & 0x1f})`).byte(32)
  if (known & VhtKnown.GUARD) out.text(b[at + 2]! & 0x04 ? 'short GI ' : 'long GI ')
}
