/** IKE as tcpdump prints it: ISAKMP (RFC 2408) with IKEv1 (RFC 2409), IKEv2 (RFC 4306), and both and ESP in UDP (RFC 3948). */
import * as ip4 from '../decode/ip4.js'
import * as ip6 from '../decode/ip6.js'
import { printEsp } from './esp.js'
import { payloadName } from './isakmp-names.js'
import { printChain } from './isakmp-payload.js'
import type { Printer } from './printer.js'

const HEADER = 28
const COOKIE = 8
const Flag = { ENCRYPTED: 0x01, COMMIT: 0x02, INITIATOR: 0x08, VERSION: 0x10, RESPONSE: 0x20 } as const
const EXCHANGES_1 = ['none', 'base', 'ident', 'auth', 'agg', 'inf']
const EXCHANGES_2 = ['oakley-quick', 'oakley-newgroup', 'ikev2_init', 'ikev2_auth', 'child_sa', 'inf2']
const FIRST_EXCHANGE_2 = 32

/** `length` bytes at `at` behind the UDP header, by the header's figure; `ip`: the IP header. */
export function printIsakmp(p: Printer, at: number, length: number, ip: number): void {
  const { out, b, options } = p
  p.protocol = 'isakmp'
  if (!p.has(at, HEADER)) return p.truncated()
  const version = p.u8(at + 17)
  out.text('isakmp')
  if (options.verbose > 0) out.byte(32).dec(version >> 4).byte(46).dec(version & 0xf).text(' msgid ').hexBytes(b, at + 20, at + 24)
  if (options.verbose > 1) out.text(' cookie ').hexBytes(b, at, at + COOKIE).text('->').hexBytes(b, at + COOKIE, at + 2 * COOKIE)
  out.byte(58)
  const major = version >> 4
  if (major === 1) printHeader1(p, at, ip)
  else if (major === 2) printHeader2(p, at)
  else return
  if (options.verbose === 0) return
  printPayloads(p, at, major)
  const stated = p.u32(at + 24)
  if (stated !== length) out.text(' (len mismatch: isakmp ').dec(stated).text('/ip ').dec(length).byte(41)
}

const exchangeName = (type: number): string => EXCHANGES_1[type] ?? EXCHANGES_2[type - FIRST_EXCHANGE_2] ?? `#${type}`
const isFirstPhase = (p: Printer, at: number): boolean => p.u32(at + 20) === 0

function printHeader1(p: Printer, at: number, ip: number): void {
  const { out } = p
  out.text(isFirstPhase(p, at) ? ' phase 1' : ' phase 2/others')
  out.byte(32).text(sideOf(p, at, ip)).byte(32).text(exchangeName(p.u8(at + 18)))
  const flags = p.u8(at + 19)
  if (flags !== 0) out.byte(91).text(flags & Flag.ENCRYPTED ? 'E' : '').text(flags & Flag.COMMIT ? 'C' : '').byte(93)
}

function printHeader2(p: Printer, at: number): void {
  const { out } = p
  out.text(isFirstPhase(p, at) ? ' parent_sa ' : ' child_sa  ').text(exchangeName(p.u8(at + 18)))
  const flags = p.u8(at + 19)
  if (flags === 0) return
  out.byte(91).text(flags & Flag.INITIATOR ? 'I' : '').text(flags & Flag.VERSION ? 'V' : '').text(flags & Flag.RESPONSE ? 'R' : '').byte(93)
}

function printPayloads(p: Printer, at: number, major: number): void {
  const first = p.u8(at + 16)
  const flags = p.u8(at + 19)
  p.out.byte(58)
  if (flags & Flag.ENCRYPTED) {
    p.out.text(' [encrypted ').text(payloadName(first)).byte(93)
    return
  }
  const cookies = p.b.slice(at, at + 2 * COOKIE)
  const message = major === 2 ? { fromInitiator: (flags & Flag.INITIATOR) !== 0, cookies } : undefined
  printChain(p, first, at + HEADER, { protocol: 0, depth: 0, message })
}

/** An exchange seen before: its initiator's cookie, and who began it. */
interface Exchange {
  readonly cookie: string
  readonly version: number
  readonly initiator: string
  readonly responder: string
}
/** As many are kept as tcpdump keeps: the oldest goes first. */
const EXCHANGES = 20
const NOBODY: Exchange = { cookie: '\0'.repeat(COOKIE), version: 0, initiator: '', responder: '' }
interface Exchanges {
  readonly seen: Exchange[]
  next: number
}

/** I or R: who sends this, as far as its exchange has been seen from the start; `?` if not. */
function sideOf(p: Printer, at: number, ip: number): 'I' | 'R' | '?' {
  const exchanges = exchangesOf(p)
  const cookie = latin1(p, at, COOKIE)
  const version = ip4.version(p.b, ip)
  const exchange = exchanges.seen.find((each) => each.cookie === cookie)
  if (exchange === undefined) {
    if (latin1(p, at + COOKIE, COOKIE) !== NOBODY.cookie) return '?'
    if (version !== 4 && version !== 6) return 'I'
    exchanges.seen[exchanges.next] = { cookie, version, initiator: addressOf(p, ip, false), responder: addressOf(p, ip, true) }
    exchanges.next = (exchanges.next + 1) % EXCHANGES
    return 'I'
  }
  if (exchange.version !== version) return '?'
  const sender = addressOf(p, ip, false)
  if (sender === exchange.initiator) return 'I'
  return sender === exchange.responder ? 'R' : '?'
}

function exchangesOf(p: Printer): Exchanges {
  let exchanges = p.memory.get('isakmp') as Exchanges | undefined
  if (exchanges === undefined) {
    exchanges = { seen: Array.from({ length: EXCHANGES }, () => NOBODY), next: 0 }
    p.memory.set('isakmp', exchanges)
  }
  return exchanges
}

const latin1 = (p: Printer, at: number, length: number): string => Buffer.from(p.b.buffer, p.b.byteOffset + at, length).toString('latin1')

/** Source or destination, as bytes in a string. */
function addressOf(p: Printer, ip: number, ofDestination: boolean): string {
  if (ip4.version(p.b, ip) === 4) return latin1(p, ip + (ofDestination ? ip4.DESTINATION_AT : ip4.SOURCE_AT), 4)
  return latin1(p, ip + (ofDestination ? ip6.DESTINATION_AT : ip6.SOURCE_AT), 16)
}

/** Four bytes of zero in place of an SPI: IKE, not ESP — RFC 3948 §2. */
const NON_ESP_MARKER = 4
const KEEP_ALIVE = 0xff

/** Port 4500: a keep-alive, IKE, or ESP. */
export function printNatTraversal(p: Printer, at: number, length: number, ip: number, fragmented: boolean): void {
  const { out } = p
  p.protocol = 'isakmp_rfc3948'
  if (length === 1 && p.u8(at) === KEEP_ALIVE) {
    out.text('isakmp-nat-keep-alive')
    return
  }
  if (length < NON_ESP_MARKER) return p.truncated()
  if (p.u32(at) === 0) {
    out.text('NONESP-encap: ')
    return printIsakmp(p, at + NON_ESP_MARKER, length - NON_ESP_MARKER, ip)
  }
  out.text('UDP-encap: ')
  printEsp(p, at, length, ip, fragmented)
}
