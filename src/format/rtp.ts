/** Voice and video as tcpdump prints them with -T vat, rtp and rtcp — RFC 3550, draft-ietf-avt-rtp-04, and what vat spoke before. */
import type { Printer } from './printer.js'

export function printVat(p: Printer, at: number, length: number): void {
  const { out } = p
  p.protocol = 'vat'
  if (length < 2) {
    out.text('udp/va/vat, length ').dec(length).text(' < 2')
    return
  }
  const first = p.u16(at)
  if ((first & 0xf060) !== 0) {
    out.text('udp/vt ').dec(length).byte(32).dec(first & 0x3ff).text(' / ').dec(first >> 10)
    return
  }
  if (length < 8) {
    out.text('udp/vat, length ').dec(length).text(' < 8')
    return
  }
  const word = p.u32(at)
  const time = p.u32(at + 4)
  out.text('udp/vat ').dec(length - 8).text(' c').dec(word & 0xffff).byte(32).dec(time).text(word & 0x800000 ? '*' : '')
  if (word & 0x1f0000) out.text(' f').dec((word >>> 16) & 0x1f)
  if (word & 0x3f000000) out.text(' s').dec((word >>> 24) & 0x3f)
}

const EXTENSION = 0x10000000
const OPTIONS_1 = 0x800000
const H261 = 0x1f

export function printRtp(p: Printer, at: number, length: number): void {
  const { out } = p
  p.protocol = 'rtp'
  if (length < 8) {
    out.text('udp/rtp, length ').dec(length).text(' < 8')
    return
  }
  const word = p.u32(at)
  const time = p.u32(at + 4)
  const isFirstVersion = word >>> 30 === 1
  const header = isFirstVersion ? 8 : 12
  if (length < header) {
    out.text('udp/rtp, length ').dec(length).text(' < 12')
    return
  }
  const hasOptions = isFirstVersion && (word & OPTIONS_1) !== 0
  const hasExtension = !isFirstVersion && (word & EXTENSION) !== 0
  const type = (word >>> 16) & (isFirstVersion ? 0x3f : 0x7f)
  const isMarked = (word & (isFirstVersion ? 0x400000 : 0x800000)) !== 0
  out.text(isFirstVersion ? 'udp/rtpv1 ' : 'udp/rtp ').dec(length - header).text(' c').dec(type).byte(32)
  out.text(hasOptions || hasExtension ? '+' : '').text(isMarked ? '*' : '').byte(32).dec(word & 0xffff).byte(32).dec(time)
  if (p.options.verbose === 0) return
  const source = p.u32(at + 8)
  out.byte(32).dec(source)
  let here = at + header
  let words = (length >> 2) - header / 4
  if (hasOptions) {
    for (let last = false; !last; ) {
      const option = p.u32(here)
      const size = (option >>> 16) & 0xff
      if (size === 0 || size > words) {
        out.text(' !opt')
        return
      }
      here += 4 * size
      words -= size
      last = (option | 0) < 0
    }
  }
  if (hasExtension) {
    const size = (p.u32(here) & 0xffff) + 1
    if (size > words) {
      out.text(' !ext')
      return
    }
    here += 4 * size
  }
  if (type === H261) {
    const video = p.u32(here)
    out.text(' 0x').hex(video >>> 16, 4)
  }
}

const Report = { SENDER: 200, RECEIVER: 201, DESCRIPTION: 202, BYE: 203 } as const
const HEADER = 8
const SENDER = 20
const BLOCK = 24

/** Reports, one behind the other, to the end of the capture. */
export function printRtcp(p: Printer, at: number): void {
  p.protocol = 'rtcp'
  while (at < p.end) {
    const next = printReport(p, at)
    if (next === undefined) return p.truncated()
    at = next
  }
}

/** One report; where the next begins, or undefined where it is cut. */
function printReport(p: Printer, at: number): number | undefined {
  const { out, options } = p
  if (!p.has(at, HEADER)) return undefined
  const flags = p.u16(at)
  const size = (p.u16(at + 2) + 1) * 4
  const type = flags & 0xff
  let count = type === Report.SENDER || type === Report.RECEIVER ? (flags >> 8) & 0x1f : 0
  let block = at + HEADER
  const isSender = type === Report.SENDER
  if (isSender || type === Report.RECEIVER) {
    out.text(isSender ? ' sr' : ' rr')
    if (size !== count * BLOCK + (isSender ? SENDER : 0) + HEADER) out.text(' [').dec(size).byte(93)
  } else if (type === Report.DESCRIPTION) out.text(' sdes ').dec(size)
  else if (type === Report.BYE) out.text(' bye ').dec(size)
  else out.text(' type-0x').hex(type).byte(32).dec(size)
  if (options.verbose > 0 && type >= Report.SENDER && type <= Report.BYE) out.byte(32).dec(p.u32(at + 4))
  if (isSender) {
    if (!p.has(block, SENDER)) return undefined
    const time = p.u32(block) + p.u32(block + 4) / 2 ** 32
    out.text(` @${hundredths(time)} ${p.u32(block + 8)} ${p.u32(block + 12)}p ${p.u32(block + 16)}b`)
    block += SENDER
  }
  if (count > 1) out.text(' c').dec(count)
  // tcpdump prints the first block for each
  for (; count > 0; count--) {
    if (!p.has(block, BLOCK)) return undefined
    if (options.verbose > 0) out.byte(32).dec(p.u32(block))
    out.text(` ${p.u32(block + 4) & 0xffffff}l ${p.u32(block + 8)}s ${p.u32(block + 12)}j`)
    out.text(` @${hundredths(p.u32(block + 16) / 65536)}+${hundredths(p.u32(block + 20) / 65536)}`)
  }
  return at + size
}

/** C's %.2f of a number that is a multiple of 2⁻³²: exact halves go to the even side. */
function hundredths(n: number): string {
  const scaled = BigInt(n * 2 ** 32) * 100n
  const rest = scaled & 0xffffffffn
  let whole = scaled >> 32n
  if (rest > 0x80000000n || (rest === 0x80000000n && (whole & 1n) === 1n)) whole++
  return `${whole / 100n}.${String(whole % 100n).padStart(2, '0')}`
}
