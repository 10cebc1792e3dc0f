/** Mobile IPv6's mobility header as tcpdump prints it — RFC 6275 §6.1. */
import { u16, u32, u8 } from '../bytes.js'
import * as mobility from '../decode/mobility.js'
import { Option, Type, Update } from '../decode/mobility.js'
import { ENDED, type Printer } from './printer.js'

export function printMobility(p: Printer, at: number): void {
  p.protocol = 'mobility'
  try {
    printMessage(p, at)
  } catch (thrown) {
    p.endBy(thrown)
  }
}

function printMessage(p: Printer, at: number): void {
  const { out, b } = p
  p.want(at, 2)
  const length = mobility.headerLength(b, at)
  p.need(at, 3)
  const type = mobility.type(b, at)
  const fixed = mobility.FIXED[type]
  if (fixed !== undefined && length < fixed) {
    out.text('(header length ').dec(length).text(' is too small for type ').dec(type).byte(41)
    throw ENDED
  }
  out.text('mobility: ')
  switch (type) {
    case Type.REFRESH:
      out.text('BRR')
      break
    case Type.HOME_INIT:
    case Type.CARE_OF_INIT:
      out.text(type === Type.HOME_INIT ? 'HoTI' : 'CoTI')
      writePair(p, at + 8, type === Type.HOME_INIT ? ' Home Init Cookie=' : ' Care-of Init Cookie=')
      break
    case Type.HOME_TEST:
    case Type.CARE_OF_TEST:
      out.text(type === Type.HOME_TEST ? 'HoT' : 'CoT')
      p.need(at + 6, 2)
      out.text(' nonce id=0x').hex(u16(b, at + 6))
      writePair(p, at + 8, type === Type.HOME_TEST ? ' Home Init Cookie=' : ' Care-of Init Cookie=')
      writePair(p, at + 16, type === Type.HOME_TEST ? ' Home Keygen Token=' : ' Care-of Keygen Token=')
      break
    case Type.UPDATE:
      printUpdate(p, at)
      break
    case Type.ACK:
      out.text('BA')
      p.need(at + 6, 1)
      out.text(' status=').dec(u8(b, at + 6))
      if (p.u8(at + 7) & 0x80) out.text(' K')
      p.need(at + 8, 2)
      out.text(' seq#=').dec(u16(b, at + 8))
      p.need(at + 10, 2)
      out.text(' lifetime=').dec(u16(b, at + 10) * 4)
      break
    case Type.ERROR:
      out.text('BE')
      p.need(at + 6, 1)
      out.text(' status=').dec(u8(b, at + 6))
      p.need(at + 8, 16)
      out.text(' homeaddr ')
      p.ip6(at + 8)
      break
    default:
      out.text('type-#').dec(type).text(' len=').dec(u8(b, at + 1))
      return
  }
  if (p.options.verbose > 0) printOptions(p, at + fixed!, length - fixed!)
}

/** Two words, at -v. */
function writePair(p: Printer, at: number, title: string): void {
  if (p.options.verbose === 0) return
  const { out } = p
  p.need(at, 8)
  out.text(title).hex(u32(p.b, at), 8).byte(58).hex(u32(p.b, at + 4), 8)
}

function printUpdate(p: Printer, at: number): void {
  const { out } = p
  out.text('BU')
  p.need(at + 6, 2)
  out.text(' seq#=').dec(u16(p.b, at + 6))
  p.want(at + 8, 2)
  const bits = p.u8(at + 8)
  if (bits & 0xf0) out.byte(32)
  if (bits & Update.ACK) out.byte(65)
  if (bits & Update.HOME) out.byte(72)
  if (bits & Update.LINK_LOCAL) out.byte(76)
  if (bits & Update.KEY) out.byte(75)
  p.need(at + 10, 2)
  out.text(' lifetime=').dec(u16(p.b, at + 10) * 4)
}

/** Fewest bytes that tcpdump takes for an option, by its kind. */
const MINIMUM = [1, 2, 4, 18, 6, 12] as const
const TOO_SHORT = ['(pad1: trunc)', '(padn: trunc)', '(refresh: trunc)', '(altcoa: trunc)', '(ni: trunc)', '(auth: trunc)'] as const

/** An option with no byte captured behind it is taken for one that is cut, as tcpdump takes it. */
function printOptions(p: Printer, at: number, length: number): void {
  const { out, b } = p
  for (let n = 0; n < length; ) {
    const kind = p.u8(at + n)
    if (kind !== Option.PAD1 && n + 1 >= length) throw ENDED
    const size = kind === Option.PAD1 ? 1 : p.u8(at + n + 1) + 2
    if (n + size > length) throw ENDED
    p.want(at + n, size + 1)
    const minimum = MINIMUM[kind]
    if (minimum !== undefined && length - n < minimum) {
      out.text(TOO_SHORT[kind]!)
      throw ENDED
    }
    switch (kind) {
      case Option.PAD1:
        out.text('(pad1)')
        break
      case Option.PADN:
        out.text('(padn)')
        break
      case Option.REFRESH:
        p.need(at + n + 2, 2)
        out.text('(refresh: ').dec(u16(b, at + n + 2) * 4).byte(41)
        break
      case Option.ALTERNATE_CARE_OF:
        p.need(at + n + 2, 16)
        out.text('(alt-CoA: ')
        p.ip6(at + n + 2)
        out.byte(41)
        break
      case Option.NONCE_INDICES:
        p.need(at + n + 2, 4)
        out.text('(ni: ho=0x').hex(u16(b, at + n + 2), 4).text(' co=0x').hex(u16(b, at + n + 4), 4).byte(41)
        break
      case Option.AUTHORIZATION:
        out.text('(auth)')
        break
      default:
        out.text('(type-0x').hex(kind, 2).text(': len=').dec(u8(b, at + n + 1)).byte(41)
    }
    n += size
  }
}
