/** TCP options as JSON: `"options":{…}` by name, and `"option_kinds":[…]` in the order they stand. docs/json.md names them. */
import { u16, u32, u8 } from '../bytes.js'
import { Fault } from '../decode/layout.js'
import * as options from '../decode/tcp-options.js'
import { BAD, CUT, Option, optionEnd } from '../decode/tcp-options.js'
import type { LineWriter } from './line.js'

const QUOTE = 34
const COMMA = 44
const OPEN = 123
const CLOSE_ARRAY = 93
const CLOSE = 125

/** Where an option is written: by its own name, or in a list, because there may be several. */
const Place = { NONE: 0, NAMED: 1, MPTCP: 2, EXPERIMENTAL: 4, UNKNOWN: 8, REPEATED: 16, MALFORMED: 32 } as const
const LISTS: ReadonlyArray<readonly [place: number, name: string]> = [
  [Place.MPTCP, '"mptcp":['],
  [Place.EXPERIMENTAL, '"experimental":['],
  [Place.UNKNOWN, '"unknown":['],
  [Place.REPEATED, '"repeated":['],
  [Place.MALFORMED, '"malformed":['],
]

/** Magic number of TCP Fast Open in an experimental option — RFC 7413 appendix A. */
const FAST_OPEN_MAGIC = 0xf989
/** MPTCP subtypes — RFC 8684 §3, IANA. */
const MPTCP_NAMES = ['mp_capable', 'mp_join', 'dss', 'add_addr', 'remove_addr', 'mp_prio', 'mp_fail', 'mp_fastclose', 'mp_tcprst'] as const

/**
 * Writes the options at `from`, which end at `headerEnd`; `end` is one past the last captured byte.
 * @param sackBase what SACK edges count from; -1: they have no relative form
 * @returns bits of Fault
 */
export function writeJsonOptions(out: LineWriter, b: Uint8Array, from: number, headerEnd: number, end: number, sackBase: number): number {
  // Nearly every segment of a connection: two nops and a timestamp.
  if (headerEnd - from === 12 && headerEnd <= end && u32(b, from) === 0x0101080a) {
    out.text(',"options":{"timestamps":{"value":').dec(u32(b, from + 4)).text(',"echo_reply":').dec(u32(b, from + 8)).text('}},"option_kinds":[1,1,8]')
    return 0
  }
  out.text(',"options":{')
  const start = out.length
  let faults = 0
  let places = 0
  let seen = 0
  let at = from
  for (let next; at < headerEnd; at = next) {
    next = optionEnd(b, at, headerEnd, end)
    if (next === CUT) {
      faults |= Fault.TCP_OPTIONS_TRUNCATED
      break
    }
    const place = next === BAD ? Place.MALFORMED : placeOf(b, at, next, seen)
    places |= place
    if (place === Place.MALFORMED) faults |= Fault.TCP_BAD_OPTION
    if (next === BAD) break
    if (place === Place.NAMED) {
      seen |= bitOf(u8(b, at))
      if (out.length > start) out.byte(COMMA)
      writeNamed(out, b, at, next, sackBase)
    }
    if (u8(b, at) === Option.EOL) break
  }
  const stop = at
  for (const [place, name] of LISTS) {
    if ((places & place) === 0) continue
    if (out.length > start) out.byte(COMMA)
    out.text(name)
    writeList(out, b, from, headerEnd, end, place)
    out.byte(CLOSE_ARRAY)
  }
  out.text('},"option_kinds":[')
  for (at = from; at <= stop && at < headerEnd && at < end; ) {
    if (at > from) out.byte(COMMA)
    out.dec(u8(b, at))
    const next = optionEnd(b, at, headerEnd, end)
    if (next < 0) break
    at = next
  }
  out.byte(CLOSE_ARRAY)
  return faults
}

/** Where the whole option `b[at] … b[next - 1]` is written; `seen` has the bits of those written by name before. */
function placeOf(b: Uint8Array, at: number, next: number, seen: number): number {
  const kind = u8(b, at)
  const length = next - at
  switch (kind) {
    case Option.EOL:
    case Option.NOP:
      return Place.NONE
    case Option.MPTCP:
      return length >= 3 ? Place.MPTCP : Place.MALFORMED
    case Option.EXPERIMENT_1:
    case Option.EXPERIMENT_2:
      return length >= 4 ? Place.EXPERIMENTAL : Place.MALFORMED
    default:
  }
  if (bitOf(kind) === 0) return Place.UNKNOWN
  if (!hasRightLength(kind, length)) return Place.MALFORMED
  return (seen & bitOf(kind)) === 0 ? Place.NAMED : Place.REPEATED
}

/** A bit for each kind that is written by name; 0 for others. */
function bitOf(kind: number): number {
  switch (kind) {
    case Option.FAST_OPEN:
      return 1
    case Option.MSS:
    case Option.WINDOW_SCALE:
    case Option.SACK_PERMITTED:
    case Option.SACK:
    case Option.ECHO:
    case Option.ECHO_REPLY:
    case Option.TIMESTAMPS:
    case Option.CC:
    case Option.CC_NEW:
    case Option.CC_ECHO:
    case Option.MD5:
    case Option.SCPS:
    case Option.USER_TIMEOUT:
    case Option.TCP_AO:
      return 1 << kind
    default:
      return 0
  }
}

function hasRightLength(kind: number, length: number): boolean {
  switch (kind) {
    case Option.SACK_PERMITTED:
      return length === 2
    case Option.WINDOW_SCALE:
      return length === 3
    case Option.MSS:
    case Option.SCPS:
    case Option.USER_TIMEOUT:
      return length === 4
    case Option.SACK:
      return length > 2 && length % 8 === 2
    case Option.TIMESTAMPS:
      return length === 10
    case Option.MD5:
      return length === 18
    case Option.TCP_AO:
      return length >= 4
    case Option.FAST_OPEN:
      return isCookieLength(length - 2)
    default: // echo and connection count, RFC 1072 and RFC 1644
      return length === 6
  }
}

/** A cookie or the request for one — RFC 7413 §4.1.1: even, 4 to 16 bytes. */
const isCookieLength = (length: number): boolean => length === 0 || (length % 2 === 0 && length >= 4 && length <= 16)

/** `"mss":1460` */
function writeNamed(out: LineWriter, b: Uint8Array, at: number, next: number, sackBase: number): void {
  const value = at + 2
  switch (u8(b, at)) {
    case Option.MSS:
      out.text('"mss":').dec(options.mss(b, at))
      return
    case Option.WINDOW_SCALE:
      out.text('"window_scale":').dec(options.windowScale(b, at))
      return
    case Option.SACK_PERMITTED:
      out.text('"sack_permitted":true')
      return
    case Option.SACK:
      return writeSack(out, b, at, (next - at - 2) / 8, sackBase)
    case Option.TIMESTAMPS:
      out.text('"timestamps":{"value":').dec(options.timestampValue(b, at)).text(',"echo_reply":').dec(options.timestampEcho(b, at)).byte(CLOSE)
      return
    case Option.ECHO:
      out.text('"echo":').dec(u32(b, value))
      return
    case Option.ECHO_REPLY:
      out.text('"echo_reply":').dec(u32(b, value))
      return
    case Option.CC:
      out.text('"cc":').dec(u32(b, value))
      return
    case Option.CC_NEW:
      out.text('"cc_new":').dec(u32(b, value))
      return
    case Option.CC_ECHO:
      out.text('"cc_echo":').dec(u32(b, value))
      return
    case Option.MD5:
      out.text('"md5":"').hexBytes(b, value, next).byte(QUOTE)
      return
    case Option.SCPS:
      out.text('"scps":{"capabilities":').dec(u8(b, value)).text(',"connection_id":').dec(u8(b, value + 1)).byte(CLOSE)
      return
    case Option.USER_TIMEOUT:
      out.text('"user_timeout_seconds":').dec(options.userTimeoutSeconds(b, at))
      return
    case Option.TCP_AO:
      out.text('"tcp_ao":{"key_id":').dec(u8(b, value)).text(',"r_next_key_id":').dec(u8(b, value + 1)).text(',"mac":"').hexBytes(b, value + 2, next).text('"}')
      return
    default:
      writeCookie(out, b, value, next)
  }
}

/** `"tfo":{"cookie":"0102…"}`, null for the request of one. */
function writeCookie(out: LineWriter, b: Uint8Array, at: number, end: number): void {
  if (at === end) out.text('"tfo":{"cookie":null}')
  else out.text('"tfo":{"cookie":"').hexBytes(b, at, end).text('"}')
}

function writeSack(out: LineWriter, b: Uint8Array, at: number, count: number, base: number): void {
  out.text('"sack":[')
  for (let i = 0; i < count; i++) {
    const left = options.sackLeft(b, at, i)
    const right = options.sackRight(b, at, i)
    out.text(i > 0 ? ',{"left":' : '{"left":').dec(left).text(',"right":').dec(right)
    if (base >= 0) out.text(',"left_relative":').dec((left - base) >>> 0).text(',"right_relative":').dec((right - base) >>> 0)
    out.byte(CLOSE)
  }
  out.byte(CLOSE_ARRAY)
}

/** The elements of the list that `wanted` names: a second walk over the options, as the first. */
function writeList(out: LineWriter, b: Uint8Array, from: number, headerEnd: number, end: number, wanted: number): void {
  let seen = 0
  let first = true
  for (let at = from, next; at < headerEnd; at = next) {
    next = optionEnd(b, at, headerEnd, end)
    if (next === CUT) return
    const place = next === BAD ? Place.MALFORMED : placeOf(b, at, next, seen)
    if (place === Place.NAMED) seen |= bitOf(u8(b, at))
    if (place === wanted) {
      if (!first) out.byte(COMMA)
      first = false
      out.byte(OPEN)
      if (next === BAD) writeBroken(out, b, at, headerEnd)
      else if (place === Place.MPTCP) writeMptcp(out, b, at, next)
      else if (place === Place.EXPERIMENTAL) writeExperiment(out, b, at, next)
      else out.text('"kind":').dec(u8(b, at)).text(',"length":').dec(next - at).text(',"data":"').hexBytes(b, at + 2, next).byte(QUOTE)
      out.byte(CLOSE)
    }
    if (next === BAD || u8(b, at) === Option.EOL) return
  }
}

/** An option whose length byte cannot be right (or is beyond the header: no `length`): its data is not known. */
function writeBroken(out: LineWriter, b: Uint8Array, at: number, headerEnd: number): void {
  out.text('"kind":').dec(u8(b, at))
  if (at + 1 < headerEnd) out.text(',"length":').dec(u8(b, at + 1))
}

/** `"experiment_id":…`: two bytes, RFC 6994 §3. */
function writeExperiment(out: LineWriter, b: Uint8Array, at: number, next: number): void {
  const id = u16(b, at + 2)
  out.text('"kind":').dec(u8(b, at)).text(',"experiment_id":').dec(id).text(',"data":"').hexBytes(b, at + 4, next).byte(QUOTE)
  if (id === FAST_OPEN_MAGIC && isCookieLength(next - at - 4)) writeCookie(out.byte(COMMA), b, at + 4, next)
}

/** Subtype and name; `data` begins with the byte that holds the subtype. */
function writeMptcp(out: LineWriter, b: Uint8Array, at: number, next: number): void {
  const subtype = u8(b, at + 2) >> 4
  const name = MPTCP_NAMES[subtype]
  out.text('"subtype":').dec(subtype)
  if (name !== undefined) out.text(',"name":"').text(name).byte(QUOTE)
  out.text(',"data":"').hexBytes(b, at + 2, next).byte(QUOTE)
}
