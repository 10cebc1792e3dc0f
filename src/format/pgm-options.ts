/** Options of Pragmatic General Multicast — RFC 3208 §9 — as tcpdump prints them. */
import { u16, u32, u8 } from '../bytes.js'
import { writeIp4, writeIp6 } from './address.js'
import type { Printer } from './printer.js'
import type { NumberTable } from './tables.js'

/** Address families — IANA "Address Family Numbers". */
const AFI_IP4 = 1
const AFI_IP6 = 2
const MIN = 4
const LAST = 0x80
const Option = {
  LENGTH: 0x00, FRAGMENT: 0x01, NAK_LIST: 0x02, JOIN: 0x03, BACKOFF_INTERVAL: 0x04, BACKOFF_RANGE: 0x05, REDIRECT: 0x07, PARITY: 0x08,
  PARITY_GROUP: 0x09, GROUP_SIZE: 0x0a, UNREACHABLE: 0x0b, PATH: 0x0c, SYN: 0x0d, FIN: 0x0e, RST: 0x0f, CR: 0x10, CRQST: 0x11, CC_DATA: 0x12,
  CC_FEEDBACK: 0x13,
} as const

/** Options that are a label and words of 32 bits behind two reserved bytes. */
const FIXED: ReadonlyMap<number, { readonly name: string; readonly labels: readonly string[] }> = new Map([
  [Option.FRAGMENT, { name: 'FRAGMENT', labels: [' FRAG seq ', ' off ', ' len '] }],
  [Option.JOIN, { name: 'JOIN', labels: [' JOIN '] }],
  [Option.BACKOFF_INTERVAL, { name: 'NAK_BO_IVL', labels: [' BACKOFF ivl ', ' ivlseq '] }],
  [Option.BACKOFF_RANGE, { name: 'NAK_BO_RNG', labels: [' BACKOFF max ', ' min '] }],
  [Option.PARITY, { name: 'PARITY_PRM', labels: [' PARITY MAXTGS '] }],
  [Option.PARITY_GROUP, { name: 'PARITY_GRP', labels: [' PARITY GROUP '] }],
  [Option.GROUP_SIZE, { name: 'CURR_TGSIZE', labels: [' PARITY ATGS '] }],
])
/** Options that are a label alone. */
const FLAGS: NumberTable = new Map([
  [Option.UNREACHABLE, 'NBR_UNREACH'], [Option.SYN, 'SYN'], [Option.FIN, 'FIN'], [Option.RST, 'RST'], [Option.CRQST, 'CRQST'],
])

/** Returns the offset behind them, -1 when nothing more is to be said of the packet. */
export function printPgmOptions(p: Printer, at: number): number {
  const { b, out } = p
  if (!p.has(at, MIN)) return cut(p)
  const type = u8(b, at) & 0x7f
  const total = u16(b, at + 2)
  if (type !== Option.LENGTH) return bad(p, '[First option bad, should be PGM_OPT_LENGTH, is ', type, ']')
  if (u8(b, at + 1) !== 4) return bad(p, '[Bad OPT_LENGTH option, length ', u8(b, at + 1), ' != 4]')
  if (total < MIN) return bad(p, '[Bad total option length ', total, ' < 4]')
  out.text(' OPTS LEN ').dec(total)
  let here = at + MIN
  for (let rest = total - MIN; rest > 0; ) {
    if (rest < MIN) return noRoom(p)
    const option = p.u8(here)
    const length = p.u8(here + 1)
    if (length < MIN) {
      out.text('[Bad option, length ').dec(length).text(' < ').dec(MIN).byte(93)
      return here + 2
    }
    if (rest < length) return noRoom(p)
    if (!p.has(here + 2, length - 2)) return cut(p)
    const taken = printOption(p, here, option, length)
    if (taken === undefined) return -1
    here += taken.read
    rest -= taken.counted
    if (option & LAST) break
  }
  return here
}

function cut(p: Printer): -1 {
  p.truncated()
  return -1
}

function bad(p: Printer, before: string, n: number, after: string): -1 {
  p.out.text(before).dec(n).text(after)
  return -1
}

function noRoom(p: Printer): -1 {
  p.out.text('[Total option length leaves no room for final option]')
  return -1
}

/** Bytes passed over, and bytes taken from the total: in tcpdump 4.99.3 not always the same. */
interface Taken {
  readonly read: number
  readonly counted: number
}

const whole = (length: number): Taken => ({ read: length, counted: length })

/** undefined: nothing more is to be said of the packet. */
function printOption(p: Printer, at: number, option: number, length: number): Taken | undefined {
  const { b, out } = p
  const type = option & 0x7f
  const fixed = FIXED.get(type)
  if (fixed !== undefined) {
    if (isWrong(p, fixed.name, length, MIN + 4 * fixed.labels.length)) return undefined
    for (const [i, label] of fixed.labels.entries()) out.text(label).dec(u32(b, at + MIN + 4 * i))
    return whole(length)
  }
  const flag = FLAGS.get(type)
  if (flag !== undefined) {
    if (isWrong(p, flag, length, MIN)) return undefined
    out.byte(32).text(flag)
    return whole(length)
  }
  switch (type) {
    case Option.LENGTH:
      if (isWrong(p, 'LENGTH', length, MIN)) return undefined
      out.text(' OPTS LEN (extra?) ').dec(u16(b, at + 2))
      return whole(length)
    case Option.NAK_LIST:
      return printNakList(p, at, length)
    case Option.REDIRECT:
      return printLocated(p, at, length, 8, 'REDIRECT', 'OPT_REDIRECT', ' REDIRECT ')
    case Option.CC_DATA:
      return printLocated(p, at, length, 12, 'PGMCC_DATA', 'OPT_PGMCC_DATA', ' PGMCC DATA ')
    case Option.CC_FEEDBACK:
      return printLocated(p, at, length, 12, 'PGMCC_FEEDBACK', 'PGM_OPT_PGMCC_FEEDBACK', ' PGMCC FEEDBACK ')
    case Option.PATH:
      out.text(' PATH_NLA [').dec(length).byte(93)
      return { read: length + 2, counted: length }
    case Option.CR:
      out.text(' CR')
      return { read: length + 2, counted: length }
    default:
      out.text(' OPT_').text(option.toString(16).toUpperCase().padStart(2, '0')).text(' [').dec(length).text('] ')
      return { read: length + 2, counted: length }
  }
}

function isWrong(p: Printer, name: string, length: number, wanted: number): boolean {
  if (length === wanted) return false
  p.out.text('[Bad OPT_').text(name).text(' option, length ').dec(length).text(' != ').dec(wanted).byte(93)
  return true
}

function printNakList(p: Printer, at: number, length: number): Taken | undefined {
  const { b, out } = p
  const size = length - MIN
  out.text(' NAK LIST')
  for (let i = 0; i + 4 <= size; i += 4) out.byte(32).dec(u32(b, at + MIN + i))
  if (size % 4 !== 0) {
    out.text('[Option length not a multiple of 4]')
    return undefined
  }
  return { read: length, counted: size }
}

/** An address behind `fixed` bytes, its family in the last four of these; where there are twelve, a word stands before. */
function printLocated(p: Printer, at: number, length: number, fixed: 8 | 12, name: string, shortName: string, label: string): Taken | undefined {
  const { b, out } = p
  if (length < fixed) {
    out.text('[Bad ').text(shortName).text(' option, length ').dec(length).text(' < ').dec(fixed).byte(93)
    return undefined
  }
  const family = u16(b, at + fixed - 4)
  const size = family === 1 ? 4 : family === 2 ? 16 : undefined
  if (size !== undefined && length !== fixed + size) {
    out.text('[Bad OPT_').text(name).text(' option, length ').dec(length).text(' != ').dec(fixed).text(' + address size]')
    return undefined
  }
  const end = addressEnd(p, at + fixed, family)
  if (end < 0) {
    p.truncated()
    return undefined
  }
  out.text(label)
  if (fixed === 12) out.dec(u32(b, at + MIN)).byte(32)
  writeAddress(p, at + fixed, end)
  return whole(length)
}

/** The end of an address of this family at `at`; -1 when the family is another or the address was not captured. */
export function addressEnd(p: Printer, at: number, family: number): number {
  const size = family === AFI_IP4 ? 4 : family === AFI_IP6 ? 16 : -1
  return p.has(at, size) ? at + size : -1
}

/** Never by name. */
export function writeAddress(p: Printer, at: number, end: number): void {
  if (end - at === 4) writeIp4(p.out, p.b, at)
  else writeIp6(p.out, p.b, at)
}
