/** IGMP as tcpdump prints it — RFC 2236, RFC 3376; DVMRP inside it: draft-ietf-idmr-dvmrp-v3; mtrace. */
import { u16, u8 } from '../bytes.js'
import * as checksum from '../decode/checksum.js'
import { printDvmrp } from './dvmrp.js'
import { writeDuration } from './duration.js'
import { printPim1 } from './pim1.js'
import { writeSources } from './group-sources.js'
import type { Printer } from './printer.js'
import { tableOf, word } from './tables.js'

const Type = { QUERY: 0x11, REPORT_1: 0x12, DVMRP: 0x13, PIM: 0x14, REPORT_2: 0x16, LEAVE: 0x17, TRACE_REPLY: 0x1e, TRACE: 0x1f, REPORT_3: 0x22 } as const
const RECORDS = tableOf({ 1: 'is_in', 2: 'is_ex', 3: 'to_in', 4: 'to_ex', 5: 'allow', 6: 'block' })

const QUERY_3 = 12
const RECORD = 8
/** Bytes of a trace message — and of the first version of an IGMP message, when it is no longer than that. */
const TRACE = 24

/** `length` bytes at `at`. */
export function printIgmp(p: Printer, at: number, length: number): void {
  const { out, b } = p
  p.protocol = 'igmp'
  if (p.options.quiet > 0) {
    out.text('igmp')
    return
  }
  const type = p.u8(at)
  switch (type) {
    case Type.QUERY:
      printQuery(p, at, length)
      break
    case Type.REPORT_1:
      p.need(at + 4, 4)
      out.text('igmp v1 report ')
      p.ip4(at + 4)
      if (length !== 8) out.text(' [len ').dec(length).byte(93)
      break
    case Type.REPORT_2:
      p.need(at + 4, 4)
      out.text('igmp v2 report ')
      p.ip4(at + 4)
      break
    case Type.REPORT_3:
      printReport3(p, at, length)
      break
    case Type.LEAVE:
      p.need(at + 4, 4)
      out.text('igmp leave ')
      p.ip4(at + 4)
      break
    case Type.DVMRP:
      out.text('igmp dvmrp')
      if (length < 8) out.text(' [len ').dec(length).byte(93)
      else printDvmrp(p, at, length)
      p.protocol = 'igmp'
      break
    case Type.PIM:
      out.text('igmp pimv1')
      printPim1(p, at, length)
      p.protocol = 'igmp'
      break
    case Type.TRACE:
    case Type.TRACE_REPLY:
      printTrace(p, at, length, type === Type.TRACE ? 'mtrace' : 'mresp')
      break
    default:
      out.text('igmp-').dec(type)
  }
  if (p.options.verbose > 0 && length >= 4 && at + length <= p.end) {
    const result = checksum.finish(checksum.sum(b, at, at + length))
    if (result !== 0) {
      const field = p.u16(at + 2)
      out.text(' bad igmp cksum ').hex(field).byte(33)
    }
  }
}

/** Whether it is version 1, 2 or 3 is told by the length and by the response time: RFC 3376 §7.1. */
function printQuery(p: Printer, at: number, length: number): void {
  const { out, b } = p
  out.text('igmp query')
  if (length >= QUERY_3) return printQuery3(p, at, length)
  const delay = p.u8(at + 1)
  if (delay > 0) {
    out.text(' v2')
    if (delay !== 100) out.text(' [max resp time ').dec(delay).byte(93)
  } else out.text(' v1')
  p.need(at + 4, 4)
  if (!isAny(b, at + 4)) {
    out.text(' [gaddr ')
    p.ip4(at + 4)
    out.byte(93)
  }
  if (length !== 8) out.text(' [len ').dec(length).byte(93)
}

const isAny = (b: Uint8Array, at: number): boolean => (b[at]! | b[at + 1]! | b[at + 2]! | b[at + 3]!) === 0

function printQuery3(p: Printer, at: number, length: number): void {
  const { out, b } = p
  out.text(' v3')
  if (length % 4 !== 0) {
    out.text(' [invalid len ').dec(length).byte(93)
    return
  }
  const code = p.u8(at + 1)
  // Tenths of seconds, floating from 128 on: RFC 3376 §4.1.1.
  const delay = code < 128 ? code : ((code & 15) | 16) << (((code >> 4) & 7) + 3)
  if (delay !== 100) {
    out.text(' [max resp time ')
    if (delay < 600) out.dec(Math.floor(delay / 10)).byte(46).dec(delay % 10).byte(115)
    else writeDuration(out, Math.floor(delay / 10))
    out.byte(93)
  }
  p.need(at + 4, 4)
  if (isAny(b, at + 4)) return
  out.text(' [gaddr ')
  p.ip4(at + 4)
  const count = p.u16(at + 10)
  if (count > 0) {
    if (length < QUERY_3 + count * 4) out.text(' [invalid number of sources]')
    else if (p.options.verbose > 1) writeSources(p, at + QUERY_3, count, 4)
    else out.text(', ').dec(count).text(' source(s)')
  }
  out.byte(93)
}

function printReport3(p: Printer, at: number, length: number): void {
  const { out, b } = p
  out.text('igmp v3 report')
  if (length < 8 + RECORD || length % 4 !== 0) {
    out.text(' [invalid len ').dec(length).byte(93)
    return
  }
  const count = p.u16(at + 6)
  out.text(', ').dec(count).text(' group record(s)')
  if (p.options.verbose === 0) return
  for (let i = 0, group = 8; i < count; i++) {
    if (length < group + RECORD) {
      out.text(' [invalid number of groups]')
      return
    }
    p.need(at + group + 4, 4)
    out.text(' [gaddr ')
    p.ip4(at + group + 4)
    out.byte(32).text(word(RECORDS, u8(b, at + group), ' [v3-report-#%]'))
    const sources = u16(b, at + group + 2)
    if (length < group + RECORD + sources * 4) {
      out.text(' [invalid number of sources ').dec(sources).byte(93)
      return
    }
    if (p.options.verbose === 1) out.text(', ').dec(sources).text(' source(s)')
    else writeSources(p, at + group + RECORD, sources, 4)
    // tcpdump does not step over auxiliary data.
    group += RECORD + sources * 4
    out.byte(93)
  }
}

/** draft-ietf-idmr-traceroute-ipm §4. */
function printTrace(p: Printer, at: number, length: number, name: string): void {
  const { out, b } = p
  if (length < TRACE) {
    out.text(' [invalid len ').dec(length).byte(93)
    return
  }
  p.need(at, TRACE)
  out.text(name).byte(32).dec(((u8(b, at + 21) << 16) | u16(b, at + 22)) >>> 0).text(': ')
  p.ip4(at + 8)
  out.text(' to ')
  p.ip4(at + 12)
  out.text(' reply-to ')
  p.ip4(at + 16)
  // Only a multicast answer is limited.
  if (u8(b, at + 16) >> 4 === 14) out.text(' with-ttl ').dec(u8(b, at + 20))
}
