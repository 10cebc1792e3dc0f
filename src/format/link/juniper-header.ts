/** The header that Juniper routers put before a captured frame, as tcpdump prints it: extensions, and the cookie of an interface card. */
import { printIp4 } from '../ip4.js'
import { printIp6 } from '../ip6.js'
import type { Printer } from '../printer.js'
import { bits } from '../tables.js'
import { ENCAPSULATIONS, EXTENSIONS, MEDIA } from './juniper-names.js'

const MAGIC = 0x4d4743
const FIXED = 4
const Flag = { IN: 0x01, NO_LINK: 0x02, EXTENDED: 0x80 } as const
const FLAGS = [[0x80, 'Ext'], [0x40, 'Filter'], [0x04, 'IIF'], [0x02, 'no-L2'], [0x01, 'In']] as const
/** First byte of a cookie of the link services and adaptive services cards. */
const LINK_SERVICES = 0x54
const ADAPTIVE_SERVICES = 0x47
const ADAPTIVE_COOKIE = 8
const MAX_COOKIE = 8
/** Begin and end of a fragment: a frame of a bundle's link, which has no cookie. */
const WHOLE_FRAGMENT = 0xc0

export type Pic = 'ATM1' | 'ATM2' | 'MLPPP' | 'MLFR' | 'MFR' | 'PPPoE' | 'PPPoE ATM' | 'GGSN' | 'MONITOR' | 'AS' | 'ES'

/** Bytes of the cookie of each card. */
const COOKIES: Readonly<Record<Pic, number>> = {
  ATM1: 4, ATM2: 8, MLPPP: 2, MLFR: 2, MFR: 4, PPPoE: 0, 'PPPoE ATM': 0, GGSN: 8, MONITOR: 8, AS: 8, ES: 0,
}

/** What is known of a frame once its header is read. */
export interface JuniperFrame {
  /** Where the frame starts, and its bytes on the wire. */
  readonly at: number
  readonly length: number
  readonly isIncoming: boolean
  /** Padded with zeros. */
  readonly cookie: Uint8Array
  readonly cookieLength: number
  readonly bundle: number
  readonly protocol: number
}

/** Prints the header; a number instead of a frame: that many bytes of it, and there is no more to print. */
export function printJuniperHeader(p: Printer, at: number, length: number, pic: Pic | undefined): JuniperFrame | number {
  const { b, out, options } = p
  const flags = p.u8(at + 3)
  if (p.u24(at) !== MAGIC) {
    out.text('no magic-number found!')
    return 0
  }
  const isIncoming = (flags & Flag.IN) !== 0
  if (options.link) out.text(isIncoming ? ' In ' : 'Out ')
  if (options.verbose > 1) out.text('\n\tJuniper PCAP Flags [').text(bits(FLAGS, flags, 'none')).byte(93)
  let here = at + FIXED
  if (flags & Flag.EXTENDED) {
    const size = p.u16(here)
    if (!printExtensions(p, here + 2, size)) return 0
    here += 2 + size
  }
  if (flags & Flag.NO_LINK) {
    if (options.link) out.text('no-L2-hdr, ')
    p.need(here + 4, 1)
    if (!printGuessedIp(p, here + 4, length - (here + 4 - at))) out.text('no IP-hdr found!')
    return here + 4 - at
  }
  const cookie = new Uint8Array(MAX_COOKIE)
  let cookieLength = 0
  let kind = 0
  let protocol = 0
  if (pic !== undefined) {
    kind = p.u8(here)
    cookieLength = COOKIES[pic]
    if (kind === LINK_SERVICES) cookieLength += 2
    else if (kind === ADAPTIVE_SERVICES) cookieLength = ADAPTIVE_COOKIE
    if (pic === 'MFR' && (kind & WHOLE_FRAGMENT) === WHOLE_FRAGMENT) cookieLength = 0
    if (options.link) out.text(pic).text('-PIC, cookie-len ').dec(cookieLength)
    if (cookieLength > MAX_COOKIE) {
      p.invalid()
      return here - at + cookieLength
    }
    p.need(here, cookieLength)
    cookie.set(b.subarray(here, here + cookieLength))
    if (options.link && cookieLength > 0) out.text(', cookie 0x').hexBytes(b, here, here + cookieLength)
    if (options.link) out.text(': ')
    here += cookieLength
    protocol = p.u16(here)
  }
  return printCardHeader(p, pic, { at: here, length: length - (here - at), isIncoming, cookie, cookieLength, bundle: cookie[0]!, protocol }, kind, here - at)
}

/** What some cards have behind the cookie. `header`: bytes before the frame so far. */
function printCardHeader(p: Printer, pic: Pic | undefined, frame: JuniperFrame, kind: number, header: number): JuniperFrame {
  const { cookie } = frame
  let { at, length, bundle, protocol } = frame
  if (pic === 'MLPPP' || pic === 'MLFR' || pic === 'MFR') {
    if (kind === LINK_SERVICES) bundle = cookie[1]!
    else if (kind === ADAPTIVE_SERVICES) {
      bundle = (((cookie[6]! << 8) | cookie[7]!) >> 3) & 0xfff
      protocol = cookie[5]! & PROTOCOL_MASK
    }
    // the control field of Frame Relay
    if ((kind === LINK_SERVICES && pic !== 'MLPPP') || (pic === 'MLFR' && kind !== ADAPTIVE_SERVICES)) {
      if (kind === LINK_SERVICES) protocol = p.u16(at)
      at += 2
      length -= 2
    }
  } else if (pic === 'ATM2') {
    p.need(at, 4)
    if (cookie[7]! & CELL_MASK) {
      const word = p.u32(at)
      // tcpdump takes the word for header without making the frame shorter
      if (word === 0 || word === 0x08000000 || word === 0x08380000) at += 4
      if (p.options.link) p.out.text('control-word 0x').hex(word, 8).byte(32)
    }
  }
  if (p.options.link) p.out.text('hlen ').dec(header + at - frame.at).text(', proto 0x').hex(protocol, 4).text(', ')
  return { ...frame, at, length, bundle, protocol }
}

/** Where a cookie of the adaptive services card has the protocol. */
const PROTOCOL_MASK = 0x70
/** The packet type in a cookie of the ATM2 card: not 0 for cells. */
export const CELL_MASK = 0x70

/** TLVs, little-endian below type 128; false when one is longer than the list. */
function printExtensions(p: Printer, at: number, size: number): boolean {
  const { out } = p
  const isVerbose = p.options.verbose > 1
  if (isVerbose) out.text(', PCAP Extension(s) total length ').dec(size)
  p.need(at, size)
  while (size > 2) {
    const type = p.u8(at)
    const length = p.u8(at + 1)
    if (type === 0 || length === 0) break
    if (size < length + 2) {
      out.text(' [extension_length ').dec(size).text(' < ').dec(length + 2).byte(93)
      p.invalid()
      return false
    }
    if (isVerbose) {
      out.text('\n\t  ').text(EXTENSIONS.get(type) ?? 'Unknown').text(' Extension TLV #').dec(type).text(', length ').dec(length).text(', value ')
      writeValue(p, type, readValue(p, type, at + 2, length))
    }
    at += 2 + length
    size -= 2 + length
  }
  if (isVerbose) out.text('\n\t-----original packet-----\n\t')
  return true
}

/** A number of up to four bytes; undefined when it is none, or 4294967295, which tcpdump takes for none. */
function readValue(p: Printer, type: number, at: number, length: number): number | undefined {
  if (length > 4) return undefined
  let value = 0
  for (let i = 0; i < length; i++) value = value * 256 + p.u8(at + (type < 128 ? length - 1 - i : i))
  return value === 0xffffffff ? undefined : value
}

const Extension = { DEVICE_NAME: 2, MEDIA: 3, ENCAPSULATION: 6, DERIVED_MEDIA: 7, DERIVED_ENCAPSULATION: 8 } as const

function writeValue(p: Printer, type: number, value: number | undefined): void {
  const { out } = p
  if (value === undefined || type === Extension.DEVICE_NAME) return
  const names = type === Extension.MEDIA || type === Extension.DERIVED_MEDIA ? MEDIA
    : type === Extension.ENCAPSULATION || type === Extension.DERIVED_ENCAPSULATION ? ENCAPSULATIONS : undefined
  if (names === undefined) out.dec(value)
  else out.text(names.get(value) ?? 'Unknown').text(' (').dec(value).byte(41)
}

/** An IP packet by its first byte; false when it is none. */
export function printGuessedIp(p: Printer, at: number, length: number): boolean {
  const first = p.u8(at)
  if (first >= 0x45 && first <= 0x4f) printIp4(p, at, length)
  else if (first >> 4 === 6) printIp6(p, at, length)
  else return false
  return true
}
