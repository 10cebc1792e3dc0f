/** TCP options as tcpdump prints them: `mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7`. */
import { i32, u16, u32, u8 } from '../bytes.js'
import * as tcp from '../decode/tcp.js'
import { Option, isSingle } from '../decode/tcp-options.js'
import { writeMptcp } from './mptcp.js'
import { token } from './line.js'
import type { Printer } from './printer.js'
import { writeMd5Verdict } from './tcp-md5.js'
import type { NumberTable } from './tables.js'

/** How the options of a segment ended: only after WHOLE does the line go on. */
export const OptionsEnd = { WHOLE: 0, ENDED: 1 } as const

const NAMES: NumberTable = new Map([
  [Option.EOL, 'eol'], [Option.NOP, 'nop'], [Option.MSS, 'mss'], [Option.WINDOW_SCALE, 'wscale'], [Option.SACK_PERMITTED, 'sackOK'],
  [Option.SACK, 'sack'], [Option.ECHO, 'echo'], [Option.ECHO_REPLY, 'echoreply'], [Option.TIMESTAMPS, 'TS'], [Option.CC, 'cc'],
  [Option.CC_NEW, 'ccnew'], [Option.CC_ECHO, ''], [Option.MD5, 'md5'], [Option.SCPS, 'scps'], [Option.USER_TIMEOUT, 'uto'],
  [Option.TCP_AO, 'tcp-ao'], [Option.MPTCP, 'mptcp'], [Option.FAST_OPEN, 'tfo'], [Option.EXPERIMENT_2, 'exp'],
])

/** Magic number of TCP Fast Open in an experimental option — RFC 6994, RFC 7413 appendix A. */
const FAST_OPEN_MAGIC = 0xf989

const TIMESTAMP = token('nop,nop,TS val ')
const ECHO = token(' ecr ')

/** What a reader of one option found. */
const Read = { OK: 0, BAD: -1, CUT: -2 } as const

/**
 * Writes the options of the segment at `at`, which end at its header's end.
 * @param sackBase SACK edges are printed relative to it
 * @returns ENDED when the line has ended here, `[bad opt]` or ` [|tcp]` written
 */
export function writeTcpOptions(p: Printer, at: number, headerLength: number, flags: number, sackBase: number, payload: number, ip: number): number {
  const { out, b } = p
  let here = at + tcp.MIN_HEADER
  const headerEnd = at + headerLength
  // Nearly every segment of a connection: two nops and a timestamp.
  if (headerLength === 32 && headerEnd <= p.end && i32(b, here) === 0x0101080a) {
    out.field(TIMESTAMP, i32(b, here + 4)).field(ECHO, i32(b, here + 8))
    return OptionsEnd.WHOLE
  }
  for (let first = true; here < headerEnd; first = false) {
    if (!first) out.byte(44)
    const kind = p.u8(here)
    const single = isSingle(kind)
    const length = single ? 1 : p.u8(here + 1)
    if (!single && (length < 2 || here + length > headerEnd)) return badOption(p, first)
    out.text(NAMES.get(kind) ?? `unknown-${kind}`)
    const used = single ? 0 : writeValue(p, here, kind, length, headerEnd, flags, sackBase, payload, at, ip)
    if (used === Read.BAD) return badOption(p, first)
    if (used === Read.CUT) {
      p.truncated()
      if (!first) out.byte(62)
      return OptionsEnd.ENDED
    }
    const read = single ? 1 : used + 2
    if (read !== length) out.text('[len ').dec(length).byte(93)
    if (kind === Option.EOL) break
    here += read
  }
  return OptionsEnd.WHOLE
}

function badOption(p: Printer, first: boolean): number {
  p.out.text('[bad opt]')
  if (!first) p.out.byte(p.options.style === 'classic' ? 62 : 93)
  return OptionsEnd.ENDED
}

/** Writes the value of the option at `at`; the bytes of value it stands for, or Read.BAD or Read.CUT. */
function writeValue(p: Printer, at: number, kind: number, length: number, headerEnd: number, flags: number, sackBase: number, payload: number, segment: number, ip: number): number {
  const { out, b } = p
  const value = at + 2
  const fits = (n: number): number => (value + n > headerEnd ? Read.BAD : value + n > p.end ? Read.CUT : Read.OK)
  const rest = length - 2
  switch (kind) {
    case Option.SACK_PERMITTED:
      return 0
    case Option.MSS:
      if (fits(2) !== Read.OK) return fits(2)
      out.byte(32).dec(u16(b, value))
      return 2
    case Option.WINDOW_SCALE:
      if (fits(1) !== Read.OK) return fits(1)
      out.byte(32).dec(u8(b, value))
      return 1
    case Option.TIMESTAMPS:
      if (fits(8) !== Read.OK) return fits(8)
      out.text(' val ').dec(u32(b, value)).text(' ecr ').dec(u32(b, value + 4))
      return 8
    case Option.ECHO:
    case Option.ECHO_REPLY:
    case Option.CC:
    case Option.CC_NEW:
    case Option.CC_ECHO:
      if (fits(4) !== Read.OK) return fits(4)
      out.byte(32).dec(u32(b, value))
      return 4
    case Option.SACK:
      if (rest % 8 !== 0) {
        out.text(' invalid sack')
        return rest
      }
      out.byte(32).dec(rest / 8).byte(32)
      for (let i = 0; i < rest; i += 8) {
        if (value + i + 4 > p.end) return Read.CUT
        if (fits(i + 8) !== Read.OK) return fits(i + 8)
        out.byte(123).dec((u32(b, value + i) - sackBase) >>> 0).byte(58).dec((u32(b, value + i + 4) - sackBase) >>> 0).byte(125)
      }
      return rest
    case Option.MD5:
      if (fits(16) !== Read.OK) return fits(16)
      writeMd5Verdict(p, value, segment, payload, ip)
      return 16
    case Option.SCPS:
      if (fits(2) !== Read.OK) return fits(2)
      out.text(' cap ').hex(u8(b, value), 2).text(' id ').dec(u8(b, value + 1))
      return 2
    case Option.TCP_AO:
      if (rest < 2) {
        p.invalid()
        return rest
      }
      if (fits(1) !== Read.OK) return fits(1)
      out.text(' keyid ').dec(u8(b, value))
      if (fits(2) !== Read.OK) return fits(2)
      out.text(' rnextkeyid ').dec(u8(b, value + 1))
      if (rest > 2) {
        out.text(' mac 0x')
        for (let i = 2; i < rest; i++) {
          if (fits(i + 1) !== Read.OK) return fits(i + 1)
          out.hex(u8(b, value + i), 2)
        }
      }
      return rest
    case Option.USER_TIMEOUT: {
      if (fits(2) !== Read.OK) return fits(2)
      // tcpdump takes the lowest bit for the unit, where RFC 5482 has the highest: its figure is kept here.
      const field = u16(b, value)
      out.text(' 0x').hex(field).byte(32).dec(field & 1 ? (field >> 1) * 60 : field >> 1)
      return 2
    }
    case Option.MPTCP:
      if (fits(rest) !== Read.OK) return fits(rest)
      return writeMptcp(p, at, length, flags) ? rest : Read.BAD
    case Option.FAST_OPEN:
      if (fits(rest) !== Read.OK) return fits(rest)
      out.byte(32)
      writeFastOpen(p, value, rest, false)
      return rest
    case Option.EXPERIMENT_2: {
      if (fits(rest) !== Read.OK) return fits(rest)
      if (rest < 2) return Read.BAD
      out.byte(45)
      const magic = u16(b, value)
      if (magic === FAST_OPEN_MAGIC) writeFastOpen(p, value + 2, rest - 2, true)
      else out.hex(magic, 4)
      return rest
    }
    default:
      for (let i = 0; i < rest; i++) {
        if (i === 0) out.text(' 0x')
        if (fits(i + 1) !== Read.OK) return fits(i + 1)
        out.hex(u8(b, value + i), 2)
      }
      return rest
  }
}

/** A cookie or the request for one — RFC 7413 §4.1.1: even, 4 to 16 bytes. */
function writeFastOpen(p: Printer, at: number, length: number, experimental: boolean): void {
  const { out, b } = p
  if (experimental) out.text('tfo')
  if (length === 0) out.text(' cookiereq')
  else if (length % 2 !== 0 || length < 4 || length > 16) p.invalid()
  else out.text(' cookie ').hexBytes(b, at, at + length)
}
