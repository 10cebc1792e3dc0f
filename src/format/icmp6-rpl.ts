/** RPL, the routing protocol of lossy networks, as tcpdump prints it — RFC 6550 §6. */
import { u16, u8 } from '../bytes.js'
import { writeHex } from './dump.js'
import { ENDED, type Printer } from './printer.js'
import { tableOf, word } from './tables.js'

const Code = { SOLICITATION: 0, INFORMATION: 1, ADVERTISEMENT: 2, ACK: 3, SECURE: 0x80 } as const
const CODES = tableOf({ 0: 'DODAG Information Solicitation', 1: 'DODAG Information Object', 2: 'Destination Advertisement Object', 3: 'Destination Advertisement Object Ack' })
const MODES = ['nonstoring', 'storing', 'nonstoring-multicast', 'storing-multicast', 'mop4', 'mop5', 'mop6', 'mop7'] as const
const OPTIONS = tableOf({
  0: 'pad1', 1: 'padN', 2: 'metrics', 3: 'routinginfo', 4: 'config', 5: 'rpltarget', 6: 'transitinfo', 8: 'destprefix', 9: 'rpltargetdesc',
})

/** The message, of `length` bytes at `at`, behind `RPL`. */
export function printRpl(p: Printer, at: number, length: number): void {
  const { out } = p
  const verbose = p.options.verbose
  const code = p.u8(at + 1)
  out.text(', ')
  if (code & Code.SECURE) {
    out.text('(SEC) [worktodo]')
    return
  }
  out.text('(CLR)').text(word(CODES, code, 'RPL message, unknown code %'))
  if (verbose === 0) return
  const body = at + 4
  const left = length - 4
  if (code === Code.INFORMATION) printInformation(p, body, left)
  else if (code === Code.ADVERTISEMENT) printAdvertisement(p, body, left)
  else if (code === Code.ACK) printAck(p, body, left)
}

function printInformation(p: Printer, at: number, length: number): void {
  const { out, b } = p
  if (length < 24) {
    out.text(' [length ').dec(length).text(' < 24]')
    return p.invalid()
  }
  p.need(at, 24)
  const bits = u8(b, at + 4)
  out.text(' [dagid:')
  p.ip6(at + 8)
  out.text(',seq:').dec(u8(b, at + 5)).text(',instance:').dec(u8(b, at)).text(',rank:').dec(u16(b, at + 2)).byte(44)
  if (bits & 0x80) out.text('grounded,')
  out.text('mop:').text(MODES[(bits >> 3) & 7]!).text(',prf:').dec(bits & 7).byte(93)
  if (p.options.verbose > 1) printOptions(p, at + 24, length - 24)
}

/** Bits of a destination advertisement: an answer is wanted, the graph is named. */
const WANTS_ACK = 0x80
const NAMES_GRAPH = 0x40

function printAdvertisement(p: Printer, at: number, length: number): void {
  const { out, b } = p
  p.want(at, 20)
  const bits = u8(b, at + 1)
  const fixed = bits & NAMES_GRAPH ? 20 : 4
  if (length < fixed) throw ENDED
  p.want(at, fixed)
  writeGraph(p, at, fixed)
  out.text(',seq:').dec(u8(b, at + 3)).text(',instance:').dec(u8(b, at))
  if (bits & WANTS_ACK) out.text(',acK')
  if (bits & NAMES_GRAPH) out.text(',Dagid')
  out.byte(44).hex(bits, 2).byte(93)
  if (p.options.verbose > 1) printOptions(p, at + fixed, length - fixed)
}

function printAck(p: Printer, at: number, length: number): void {
  const { out, b } = p
  if (length < 4) throw ENDED
  p.want(at, 4)
  const fixed = u8(b, at + 1) & 0x80 ? 20 : 4
  if (length < fixed) throw ENDED
  p.want(at, fixed)
  writeGraph(p, at, fixed)
  out.text(',seq:').dec(u8(b, at + 2)).text(',instance:').dec(u8(b, at)).text(',status:').dec(u8(b, at + 3)).byte(93)
  if (p.options.verbose > 1) printOptions(p, at + fixed, length - fixed)
}

function writeGraph(p: Printer, at: number, fixed: number): void {
  p.out.text(' [dagid:')
  if (fixed === 4) p.out.text('<elided>')
  else p.ip6(at + 4)
}

function printOptions(p: Printer, at: number, length: number): void {
  const { out, b } = p
  for (let n = 0; n < length; ) {
    const kind = p.u8(at + n)
    if (kind === 0) {
      out.text(' opt:pad1')
      n++
      continue
    }
    if (length < n + 2) throw ENDED
    const size = p.u8(at + n + 1) + 2
    out.text(' opt:').text(word(OPTIONS, kind, 'subopt:%')).text(' len:').dec(size).byte(32)
    if (n + size > length) throw ENDED
    p.want(at + n, size)
    if (p.options.verbose > 2) writeHex(out, b, at + n + 2, at + n + size, ' ')
    n += size
  }
}
