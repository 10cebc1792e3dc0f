/** LISP's control messages as tcpdump prints them — RFC 6830 §6.1: Map-Register and Map-Notify, of others the name. */
import { u16, u32, u64, u8 } from '../bytes.js'
import { writeHex, writeHexOrCut } from './dump.js'
import type { Printer } from './printer.js'
import { bits, tableOf, word } from './tables.js'

const Type = { REGISTER: 3, NOTIFY: 4 } as const
const TYPES = tableOf({
  0: 'LISP-Reserved', 1: 'LISP-Map-Request', 2: 'LISP-Map-Reply', 3: 'LISP-Map-Register', 4: 'LISP-Map-Notify', 8: 'LISP-Encapsulated-Contol-Message',
})
const REGISTER_FLAGS = [
  [0x08000000, 'P-Proxy-Map-Reply'], [0x04000000, 'S-LISP-SEC-Capable'], [0x02000000, 'I-xTR-ID-Present'], [0x01000000, 'R-Build-For-RTR'],
  [0x00000100, 'M-Want-Map-Notify'],
] as const
const NOTIFY_FLAGS = [[0x08000000, 'I-xTR-ID-Present'], [0x04000000, 'R-Build-For-RTR']] as const
/** In the first byte: an identifier of the router stands at the end. */
const HAS_ROUTER = { [Type.REGISTER]: 0x02, [Type.NOTIFY]: 0x08 } as const
const AUTHENTICATIONS = ['None', 'SHA1', 'SHA256']
const ACTIONS = ['No-Action', 'Natively-Forward', 'Send-Map-Request', 'Drop']
const LOCATOR_FLAGS = [[0x0004, 'Local-Locator'], [0x0002, 'RLoc-Probed'], [0x0001, 'Reachable']] as const

const HEADER = 16
const RECORD = 12
const LOCATOR = 8
const ROUTER = 24
/** Address families; the size of an address. */
const SIZES: Readonly<Record<number, 4 | 16 | undefined>> = { 1: 4, 2: 16 }

export function printLisp(p: Printer, at: number, length: number): void {
  const { out, b, options } = p
  p.protocol = 'lisp'
  if (!p.has(at, HEADER)) return p.truncated()
  const first = u8(b, at)
  const type = first >> 4
  out.text(word(TYPES, type, 'unknown-type-%')).byte(44)
  if (type !== Type.REGISTER && type !== Type.NOTIFY) return
  const records = u8(b, at + 3)
  const secretLength = u16(b, at + 14)
  if (options.verbose === 0) out.byte(32).dec(records).text(' record(s),')
  else {
    out.text(' flags [').text(bits(type === Type.REGISTER ? REGISTER_FLAGS : NOTIFY_FLAGS, u32(b, at), 'none')).text('],')
    out.text('\n    ').dec(records).text(' record(s), Authentication ').text(AUTHENTICATIONS[u16(b, at + 12)] ?? 'unknown-type').byte(44)
    writeHexOrCut(p, at + HEADER, secretLength, '\n    Authentication-Data: ')
  }
  if (records === 0) return p.invalid()
  // tcpdump counts its way through the message in 16 bits
  const rest = printRecords(p, at, length, records, (HEADER + secretLength) & 0xffff)
  if (rest === undefined) return
  if ((first & HAS_ROUTER[type]) !== 0) printRouter(p, at + rest)
  else if (at + rest < p.end) writeHex(out, b, at + rest, p.end, '\n    Data: ')
}

/** Records from `offset` on; the offset behind them, or undefined when the message is over. */
function printRecords(p: Printer, at: number, length: number, count: number, offset: number): number | undefined {
  const { out, b, options } = p
  for (; count > 0 && length > offset; count--) {
    const record = at + offset
    if (!p.has(record, RECORD)) {
      p.truncated()
      return undefined
    }
    out.byte(10)
    offset = (offset + RECORD) & 0xffff
    if (options.verbose > 0) {
      const action = u8(b, record + 6)
      out.text('      Record TTL ').dec(u32(b, record)).text(action & 0x10 ? ', Authoritative, ' : ', Non-Authoritative, ')
      out.text(ACTIONS[action >> 5] ?? 'unknown').text(', Map Version: ').dec(u16(b, record + 8) & 0xfff).byte(44)
    }
    const size = SIZES[u16(b, record + 10)]
    if (size === undefined) return undefined
    p.need(at + offset, size)
    out.text(' EID ')
    writeAddress(p, at + offset, size)
    out.byte(47).dec(u8(b, record + 5)).byte(44)
    offset = (offset + size) & 0xffff
    const locators = u8(b, record + 4)
    out.byte(32).dec(locators).text(' locator(s)')
    for (let i = 0; i < locators; i++) {
      const used = printLocator(p, at + offset)
      if (used === undefined) return undefined
      offset = (offset + used) & 0xffff
    }
  }
  return offset
}

function writeAddress(p: Printer, at: number, size: 4 | 16): void {
  if (size === 4) p.ip4(at)
  else p.ip6(at)
}

/** One locator; its size, or undefined where it is cut. */
function printLocator(p: Printer, at: number): number | undefined {
  const { out, b, options } = p
  const size = p.has(at, LOCATOR) ? (SIZES[u16(b, at + 6)] ?? 0) : 0
  const verbose = options.verbose > 0
  if (p.has(at, LOCATOR) && verbose) out.text('\n       ')
  if (!p.has(at, LOCATOR + size)) {
    p.truncated()
    return undefined
  }
  if (size > 0) {
    out.text(' LOC ')
    writeAddress(p, at + LOCATOR, size as 4 | 16)
  }
  if (verbose) {
    out.text(`\n          Priority/Weight ${u8(b, at)}/${u8(b, at + 1)}, Multicast Priority/Weight ${u8(b, at + 2)}/${u8(b, at + 3)},`)
    out.text(' flags [').text(bits(LOCATOR_FLAGS, u16(b, at + 4), 'none')).text('],')
  }
  return LOCATOR + size
}

/** Identifiers of the router and its site, at the end. */
function printRouter(p: Printer, at: number): void {
  if (!p.has(at, ROUTER)) return p.invalid()
  writeHex(p.out, p.b, at, at + 16, '\n    xTR-ID: ')
  p.out.text('\n    SITE-ID: ').big(u64(p.b, at + 16))
}
