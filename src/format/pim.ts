/** PIM version 2 as tcpdump prints it — RFC 7761 §4.9, RFC 5059 (bootstrap), RFC 3973 (state refresh), RFC 5015 (DF election). */
import { u16, u32, u8 } from '../bytes.js'
import * as checksum from '../decode/checksum.js'
import * as ip4 from '../decode/ip4.js'
import { Protocol } from '../decode/ip-protocol.js'
import { writeHex } from './dump.js'
import { writeDuration } from './duration.js'
import { printIp4 } from './ip4.js'
import { printIp6 } from './ip6.js'
import { ENDED, type Printer } from './printer.js'
import { tableOf, word } from './tables.js'

const HEADER = 4
const Type = {
  HELLO: 0, REGISTER: 1, REGISTER_STOP: 2, JOIN_PRUNE: 3, BOOTSTRAP: 4, ASSERT: 5, GRAFT: 6, GRAFT_ACK: 7, CANDIDATE: 8, REFRESH: 9, DF_ELECTION: 10,
} as const
const TYPES = tableOf({
  0: 'Hello', 1: 'Register', 2: 'Register Stop', 3: 'Join / Prune', 4: 'Bootstrap', 5: 'Assert', 6: 'Graft', 7: 'Graft Acknowledgement',
  8: 'Candidate RP Advertisement', 9: 'Prune Refresh', 10: 'DF Election', 11: 'ECMP Redirect',
})
const Hello = { HOLD_TIME: 1, LAN_PRUNE_DELAY: 2, PRIORITY_OLD: 18, PRIORITY: 19, GENERATION: 20, REFRESH: 21, BIDIRECTIONAL: 22, ADDRESSES: 24, ADDRESSES_OLD: 65001 } as const
const OPTIONS = tableOf({
  1: 'Hold Time', 2: 'LAN Prune Delay', 18: 'DR Priority (Old)', 19: 'DR Priority', 20: 'Generation ID', 21: 'State Refresh Capability',
  22: 'Bi-Directional Capability', 24: 'Address List', 65001: 'Address List (Old)',
})
const ELECTIONS = tableOf({ 1: 'Offer', 2: 'Winner', 3: 'Backoff', 4: 'Pass' })

/** `length` bytes at `at`, in the packet at `ip`. */
export function printPim(p: Printer, at: number, length: number, ip: number): void {
  const { out, b } = p
  p.protocol = 'pim'
  p.need(at, 1)
  const version = u8(b, at) >> 4
  out.text('PIMv').dec(version)
  if (version !== 2) {
    out.text(', length ').dec(length)
    return
  }
  const type = u8(b, at) & 15
  if (p.options.verbose === 0) {
    out.text(', ').text(word(TYPES, type, 'Unknown Type')).text(', length ').dec(length)
    return
  }
  out.text(', length ').dec(length).text('\n\t').text(word(TYPES, type, 'Unknown Type'))
  p.protocol = 'pimv2'
  if (length < 2) return writeTooShort(p, length, 2)
  // RFC 2117 had the addresses' length here; a DF election has its kind in the upper half.
  const width = p.u8(at + 1) & 15
  if (width !== 0) out.text(', RFC2117-encoding')
  if (length < HEADER) return writeTooShort(p, length, HEADER)
  p.need(at, HEADER)
  writeChecksum(p, at, length, ip, type)
  printBody(p, at, length, type, { width, end: at + length })
}

function writeTooShort(p: Printer, length: number, least: number): void {
  p.out.text('[length ').dec(length).text(' < ').dec(least).byte(93)
  p.invalid()
}

function writeChecksum(p: Printer, at: number, length: number, ip: number, type: number): void {
  const { out, b } = p
  const field = u16(b, at + 2)
  out.text(', cksum 0x').hex(field, 4).byte(32)
  if (field === 0) {
    out.text('(unverified)')
    return
  }
  const judge = (bytes: number): string => {
    if (at + bytes > p.end) return '(unverified)'
    const pseudo = ip4.version(b, ip) === 6 ? checksum.pseudo(b, ip, Protocol.PIM, at, bytes) : 0
    return checksum.finish(checksum.sum(b, at, at + bytes, pseudo)) === 0 ? '(correct)' : '(incorrect)'
  }
  // RFC 7761 §4.9.3: that of a register covers its first eight bytes; some cover all.
  let verdict = judge(type === Type.REGISTER ? 8 : length)
  if (type === Type.REGISTER && verdict === '(incorrect)') verdict = judge(length)
  out.text(verdict)
}

function printBody(p: Printer, at: number, length: number, type: number, form: Form): void {
  const { out, b } = p
  const body = at + HEADER
  const end = at + length
  switch (type) {
    case Type.HELLO:
      return printHello(p, body, end)
    case Type.REGISTER:
      return printRegister(p, body, end)
    case Type.REGISTER_STOP: {
      out.text(' group=')
      const source = writeGroup(p, body, form)
      out.text(' source=')
      writeUnicast(p, source, form)
      return
    }
    case Type.JOIN_PRUNE:
    case Type.GRAFT:
    case Type.GRAFT_ACK:
      return printJoinPrune(p, body, end, type, form)
    case Type.BOOTSTRAP:
      return printBootstrap(p, body, end, form)
    case Type.ASSERT: {
      out.text(' group=')
      let here = writeGroup(p, body, form)
      out.text(' src=')
      here = writeUnicast(p, here, form)
      if (here + 8 > p.end) throw ENDED
      if (u32(b, here) & 0x80000000) out.text(' RPT')
      out.text(' pref=').dec(u32(b, here) & 0x7fffffff).text(' metric=').dec(u32(b, here + 4))
      return
    }
    case Type.CANDIDATE: {
      if (body >= end) throw ENDED
      const count = p.u8(body)
      out.text(' prefix-cnt=').dec(count)
      if (body + 2 > end) throw ENDED
      const priority = p.u8(body + 1)
      out.text(' prio=').dec(priority)
      if (body + 4 > end) throw ENDED
      out.text(' holdtime=')
      writeDuration(out, p.u16(body + 2))
      out.text(' RP=')
      let here = writeUnicast(p, body + 4, form)
      for (let n = 0; n < count && here < end; n++) {
        out.text(' Group').dec(n).byte(61)
        here = writeGroup(p, here, form)
      }
      return
    }
    case Type.REFRESH: {
      out.text(' src=')
      let here = writeUnicast(p, body, form)
      out.text(' grp=')
      here = writeGroup(p, here, form)
      out.text(' forwarder=')
      here = writeUnicast(p, here, form)
      if (here + 2 > end) throw ENDED
      out.text(' TUNR ')
      writeDuration(out, p.u16(here))
      return
    }
    case Type.DF_ELECTION:
      return printElection(p, body, u8(b, at + 1) >> 4, form)
    default:
      out.text(' [type ').dec(type).byte(93)
  }
}

/** How the addresses of a message are encoded, and where it ends. */
interface Form {
  /** Bytes of each address without family and encoding before it (RFC 2117), or 0. */
  readonly width: number
  readonly end: number
}

/** Where an encoded address's bytes begin, and how many there are: family and encoding before them, or neither (RFC 2117). */
function measure(p: Printer, at: number, form: Form): { readonly prefix: number; readonly size: number } {
  if (form.width !== 0) {
    if (form.width !== 4) throw ENDED
    return { prefix: 0, size: form.width }
  }
  if (at + 2 > form.end) throw ENDED
  const family = p.u8(at)
  if ((family !== 1 && family !== 2) || p.u8(at + 1) !== 0) throw ENDED
  return { prefix: 2, size: family === 1 ? 4 : 16 }
}

function writeAddress(p: Printer, at: number, size: number): void {
  p.want(at, size)
  if (size === 4) p.ip4(at)
  else p.ip6(at)
}

/** Returns the offset behind it; the same below. */
function writeUnicast(p: Printer, at: number, form: Form): number {
  const { prefix, size } = measure(p, at, form)
  writeAddress(p, at + prefix, size)
  return at + prefix + size
}

/** An address, its mask's length unless it is all, its flags unless there are none. */
function writeGroup(p: Printer, at: number, form: Form): number {
  const { out, b } = p
  const { prefix, size } = measure(p, at, form)
  const fields = at + prefix
  p.want(fields, 2 + size)
  writeAddress(p, fields + 2, size)
  if (u8(b, fields + 1) !== size * 8) out.byte(47).dec(u8(b, fields + 1))
  if (u8(b, fields) !== 0) out.text('(0x').hex(u8(b, fields), 2).byte(41)
  return fields + 2 + size
}

/** `10.0.0.2/24(SWR)`: sparse, wildcard, RP tree, and what else is set. */
function writeSource(p: Printer, at: number, form: Form): number {
  const { out, b } = p
  const { prefix, size } = measure(p, at, form)
  const fields = at + prefix
  p.want(fields, 2 + size)
  writeAddress(p, fields + 2, size)
  if (u8(b, fields + 1) !== size * 8) out.byte(47).dec(u8(b, fields + 1))
  const flags = u8(b, fields)
  if (flags !== 0) {
    out.byte(40)
    if (flags & 4) out.byte(83)
    if (flags & 2) out.byte(87)
    if (flags & 1) out.byte(82)
    if (flags & 0xf8) out.text('+0x').hex(flags & 0xf8, 2)
    out.byte(41)
  }
  return fields + 2 + size
}

function printHello(p: Printer, at: number, end: number): void {
  const { out, b } = p
  for (let here = at; here < end; ) {
    if (here + 4 > end) throw ENDED
    p.need(here, 4)
    const kind = u16(b, here)
    const size = u16(b, here + 2)
    out.text('\n\t  ').text(word(OPTIONS, kind, 'Unknown')).text(' Option (').dec(kind).text('), length ').dec(size).text(', Value: ')
    here += 4
    p.want(here, size)
    if (!printHelloOption(p, here, kind, size)) return p.invalid()
    if (p.options.verbose > 1) writeHex(out, b, here, here + size, '\n\t    ')
    here += size
  }
}

/** False where the option's length is wrong, which is said. */
function printHelloOption(p: Printer, at: number, kind: number, size: number): boolean {
  const { out, b } = p
  const is = (wanted: number): boolean => {
    if (size === wanted) return true
    out.text('[option length ').dec(size).text(' != ').dec(wanted).byte(93)
    return false
  }
  switch (kind) {
    case Hello.HOLD_TIME:
      if (!is(2)) return false
      writeDuration(out, u16(b, at))
      return true
    case Hello.LAN_PRUNE_DELAY:
      if (!is(4)) return false
      out.text('\n\t    T-bit=').dec(u16(b, at) >> 15).text(', LAN delay ').dec(u16(b, at) & 0x7fff).text('ms, Override interval ').dec(u16(b, at + 2)).text('ms')
      return true
    case Hello.PRIORITY_OLD:
    case Hello.PRIORITY:
      if (size === 0) {
        out.text('Bi-Directional Capability (Old)')
        return true
      }
      if (!is(4)) return false
      out.dec(u32(b, at))
      return true
    case Hello.GENERATION:
      if (!is(4)) return false
      out.text('0x').hex(u32(b, at), 8)
      return true
    case Hello.REFRESH:
      if (!is(4)) return false
      out.byte(118).dec(u8(b, at))
      if (u8(b, at + 1) !== 0) {
        out.text(', interval ')
        writeDuration(out, u8(b, at + 1))
      }
      if (u16(b, at + 2) !== 0) out.text(' ?0x').hex(u16(b, at + 2), 4).byte(63)
      return true
    case Hello.BIDIRECTIONAL:
      return true
    case Hello.ADDRESSES:
    case Hello.ADDRESSES_OLD:
      if (p.options.verbose < 2) return true
      for (let here = at; here < at + size; ) {
        out.text('\n\t    ')
        here = writeUnicast(p, here, { width: 0, end: at + size })
      }
      return true
    default:
      if (p.options.verbose < 2) writeHex(out, b, at, at + size, '\n\t    ')
      return true
  }
}

function printRegister(p: Printer, at: number, end: number): void {
  const { out, b } = p
  p.want(at, 4)
  const flags = u32(b, at)
  out.text(', Flags [ ').text(flags === 0x80000000 ? 'Border' : flags === 0x40000000 ? 'Null' : 'none').text(' ]\n\t')
  const inner = at + 4
  if (inner >= end) throw ENDED
  p.need(inner, 1)
  const version = u8(b, inner) >> 4
  if (version === 0) {
    p.need(inner, ip4.MIN_HEADER)
    out.text('IP-Null-header ')
    p.ip4(inner + ip4.SOURCE_AT)
    out.text(' > ')
    p.ip4(inner + ip4.DESTINATION_AT)
  } else if (version === 4) printIp4(p, inner, end - inner)
  else if (version === 6) printIp6(p, inner, end - inner)
  else out.text('IP ver ').dec(version)
}

function printJoinPrune(p: Printer, at: number, end: number, type: number, form: Form): void {
  const { out, b } = p
  let here = at
  if (type !== Type.GRAFT_ACK) {
    out.text(', upstream-neighbor: ')
    here = writeUnicast(p, here, form)
  }
  if (here + 4 > end) throw ENDED
  p.want(here, 4)
  const groups = u8(b, here + 1)
  const seconds = u16(b, here + 2)
  out.text('\n\t  ').dec(groups).text(' group(s)')
  if (type !== Type.GRAFT_ACK) {
    out.text(', holdtime: ')
    if (seconds === 0xffff) out.text('infinite')
    else writeDuration(out, seconds)
  }
  here += 4
  for (let n = 1; n <= groups; n++) {
    out.text('\n\t    group #').dec(n).text(': ')
    here = writeGroup(p, here, form)
    p.want(here, 4)
    const joined = u16(b, here)
    const pruned = u16(b, here + 2)
    out.text(', joined sources: ').dec(joined).text(', pruned sources: ').dec(pruned)
    here += 4
    for (let i = 1; i <= joined; i++) {
      out.text('\n\t      joined source #').dec(i).text(': ')
      here = writeSource(p, here, form)
    }
    for (let i = 1; i <= pruned; i++) {
      out.text('\n\t      pruned source #').dec(i).text(': ')
      here = writeSource(p, here, form)
    }
  }
}

function printBootstrap(p: Printer, at: number, end: number, form: Form): void {
  const { out } = p
  if (at + 2 > end) throw ENDED
  const tag = p.u16(at)
  out.text(' tag=').hex(tag)
  if (at + 3 > end) throw ENDED
  const hash = p.u8(at + 2)
  out.text(' hashmlen=').dec(hash)
  p.want(at + 4, 1)
  out.text(' BSRprio=').dec(p.u8(at + 3)).text(' BSR=')
  let here = writeUnicast(p, at + 4, form)
  for (let n = 0; here < end; n++) {
    out.text(' (group').dec(n).text(': ')
    here = writeGroup(p, here, form)
    if (here >= end) throw ENDED
    const count = p.u8(here)
    out.text(' RPcnt=').dec(count)
    if (here + 2 > end) throw ENDED
    const fragment = p.u8(here + 1)
    out.text(' FRPcnt=').dec(fragment)
    if (here + 4 > end) throw ENDED
    here += 4
    for (let i = 0; i < fragment && here < end; i++) {
      out.text(' RP').dec(i).byte(61)
      here = writeUnicast(p, here, form)
      if (here + 2 > end) throw ENDED
      out.text(',holdtime=')
      writeDuration(out, p.u16(here))
      if (here + 3 > end) throw ENDED
      const priority = p.u8(here + 2)
      out.text(',prio=').dec(priority)
      if (here + 4 > end) throw ENDED
      here += 4
    }
    out.byte(41)
  }
}

function printElection(p: Printer, at: number, kind: number, form: Form): void {
  const { out } = p
  out.text('\n\t  ').text(word(ELECTIONS, kind, 'Unknown')).text(', rpa=')
  let here = writeUnicast(p, at, form)
  here = writePreference(p, here, ' sender')
  if (kind !== 3 && kind !== 4) return
  out.text(kind === 3 ? '\n\t  offer addr=' : '\n\t  new winner addr=')
  here = writeUnicast(p, here, form)
  here = writePreference(p, here, kind === 3 ? ' offer' : ' new winner')
  if (kind !== 3) return
  const interval = p.u16(here)
  out.text(' interval ').dec(interval).text('ms')
}

function writePreference(p: Printer, at: number, whose: string): number {
  const { out } = p
  const preference = p.u32(at)
  out.text(whose).text(' pref=').dec(preference)
  const metric = p.u32(at + 4)
  out.text(whose).text(' metric=').dec(metric)
  return at + 8
}
