/** Ad-Hoc Configuration Protocol — draft-chroboczek-ahcp-00 — as tcpdump prints it. */
import { hex, ip4, ip6, named, say } from './fields.js'
import type { Printer } from './printer.js'

const MAGIC = 43
const VERSION = 1
/** Behind magic and version. */
const HEADER = 22
const BODY = 4
const MESSAGES = { 0: 'Discover', 1: 'Offer', 2: 'Request', 3: 'Ack', 4: 'Nack', 5: 'Release' }
const Option = { PAD: 0, MANDATORY: 1, ORIGIN_TIME: 2, EXPIRES: 3 } as const
const OPTIONS = {
  0: 'Pad', 1: 'Mandatory', 2: 'Origin Time', 3: 'Expires', 4: 'My-IPv6-Address', 5: 'My-IPv4-Address', 6: 'IPv6 Prefix', 7: 'IPv4 Prefix',
  8: 'IPv6 Address', 9: 'IPv4 Address', 10: 'IPv6 Prefix Delegation', 11: 'IPv4 Prefix Delegation', 12: 'Name Server', 13: 'NTP Server',
}

/** A list of items of `size` bytes, the last of which is a prefix's length when there is one more than the address has. */
interface List {
  readonly size: number
  readonly text: (p: Printer, at: number) => string
}
const IP6_LIST: List = { size: 16, text: ip6 }
const IP4_LIST: List = { size: 4, text: ip4 }
const PREFIX6_LIST: List = { size: 17, text: (p, at) => `${ip6(p, at)}/${p.u8(at + 16)}` }
const PREFIX4_LIST: List = { size: 5, text: (p, at) => `${ip4(p, at)}/${p.u8(at + 4)}` }
const LISTS: Readonly<Record<number, List>> = {
  4: IP6_LIST, 5: IP4_LIST, 6: PREFIX6_LIST, 8: IP6_LIST, 9: IP4_LIST, 10: PREFIX6_LIST, 11: PREFIX4_LIST, 12: IP6_LIST, 13: IP6_LIST,
}

export function printAhcp(p: Printer, at: number, length: number): void {
  const end = at + length
  p.protocol = 'ahcp'
  say(p, 'AHCP')
  if (length < 2 || p.u8(at) !== MAGIC) return invalid(p, at, end)
  const version = p.u8(at + 1)
  const header = at + 2
  if (version !== VERSION) {
    say(p, ` Version ${version} (unknown)`)
    p.need(header, end - header)
    return
  }
  say(p, ' Version 1')
  if (end - header < HEADER) return invalid(p, header, end)
  if (p.options.verbose === 0) p.need(header, HEADER)
  else {
    say(p, `\n\tHopcount ${p.u8(header)}`)
    say(p, `, Original Hopcount ${p.u8(header + 1)}`)
    say(p, `, Nonce 0x${hex(p.u32(header + 2), 8)}`)
    say(p, `, Source Id ${idText(p, header + 6)}`)
    say(p, `, Destination Id ${idText(p, header + 14)}`)
  }
  printBody(p, header + HEADER, end)
}

const idText = (p: Printer, at: number): string => Array.from({ length: 8 }, (_, i) => hex(p.u8(at + i), 2)).join(':')

/** ` (invalid)`, behind which all must still be captured. */
function invalid(p: Printer, at: number, end: number): void {
  p.invalid()
  p.need(at, end - at)
}

function printBody(p: Printer, at: number, end: number): void {
  if (end - at < BODY) return invalid(p, at, end)
  const type = p.u8(at)
  const zero = p.u8(at + 1)
  const length = p.u16(at + 2)
  const options = at + BODY
  if (p.options.verbose > 0) say(p, `\n\t${named(MESSAGES, type, 'Unknown-%')}${zero === 0 ? '' : `, MBZ ${zero}`}, Length ${length}`)
  if (length > end - options) return invalid(p, options, end)
  if (p.options.verbose > 1) printOptions(p, options, options + length)
  else p.need(options, length)
}

function printOptions(p: Printer, at: number, end: number): void {
  for (let here = at; here < end; ) {
    const option = p.u8(here++)
    say(p, `\n\t ${named(OPTIONS, option, 'Unknown-%')}`)
    if (option === Option.PAD || option === Option.MANDATORY) continue
    if (here === end) return invalid(p, here, end)
    const length = p.u8(here++)
    if (length > end - here) return invalid(p, here, end)
    printOption(p, here, option, length)
    here += length
  }
}

function printOption(p: Printer, at: number, option: number, length: number): void {
  const list = LISTS[option]
  const end = at + length
  if (list !== undefined) {
    for (let here = at; here < end; here += list.size) {
      if (end - here < list.size) return invalid(p, here, end)
      say(p, `${here === at ? ': ' : ', '}${list.text(p, here)}`)
    }
  } else if (option === Option.ORIGIN_TIME || option === Option.EXPIRES) {
    if (length !== 4) return invalid(p, at, end)
    const seconds = p.u32(at)
    if (option === Option.EXPIRES) say(p, `: ${seconds}s`)
    else say(p, `: ${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`)
  } else {
    say(p, ` (Length ${length})`)
    p.need(at, length)
  }
}
