/** DCCP as tcpdump prints it — RFC 4340. */
import { u16, u32, u8 } from '../bytes.js'
import * as checksum from '../decode/checksum.js'
import * as dccp from '../decode/dccp.js'
import { Type } from '../decode/dccp.js'
import { Protocol } from '../decode/ip-protocol.js'
import { writeNumberedPorts } from './port-numbers.js'
import type { Printer } from './printer.js'
import { tableOf, word } from './tables.js'

const TYPES = tableOf({
  0: 'DCCP-Request', 1: 'DCCP-Response', 2: 'DCCP-Data', 3: 'DCCP-Ack', 4: 'DCCP-DataAck', 5: 'DCCP-CloseReq', 6: 'DCCP-Close', 7: 'DCCP-Reset',
  8: 'DCCP-Sync', 9: 'DCCP-SyncAck',
})
/** Bytes of what follows the header: the acknowledged number and more, as wide as with long sequence numbers. */
const extension = (type: number): number => {
  if (type === Type.DATA || type > Type.SYNC_ACK) return 0
  if (type === Type.REQUEST) return 4
  return type === Type.RESPONSE || type === Type.RESET ? 12 : 8
}
const RESETS = [
  'unspecified', 'closed', 'aborted', 'no_connection', 'packet_error', 'option_error', 'mandatory_error', 'connection_refused',
  'bad_service_code', 'too_busy', 'bad_init_cookie', 'aggression_penalty',
] as const
const OPTIONS = tableOf({
  0: 'nop', 1: 'mandatory', 2: 'slowreceiver', 32: 'change_l', 33: 'confirm_l', 34: 'change_r', 35: 'confirm_r', 36: 'initcookie', 37: 'ndp_count',
  38: 'ack_vector0', 39: 'ack_vector1', 40: 'data_dropped', 41: 'timestamp', 42: 'timestamp_echo', 43: 'elapsed_time', 44: 'data_checksum',
})
const FEATURES = [
  'reserved', 'ccid', 'allow_short_seqno', 'sequence_window', 'ecn_incapable', 'ack_ratio', 'send_ack_vector', 'send_ndp_count',
  'minimum checksum coverage', 'check data checksum',
] as const

/** `a.1 > b.2: DCCP …`; `length` bytes at `at`, in the packet at `ip`. */
export function printDccp(p: Printer, at: number, length: number, ip: number): void {
  const { out, b, options } = p
  p.protocol = 'dccp'
  if (!p.has(at, dccp.SHORT_HEADER)) return p.truncated()
  const isLong = dccp.isLong(b, at)
  const header = isLong ? dccp.LONG_HEADER : dccp.SHORT_HEADER
  if (length < header) {
    out.text('truncated-dccp - ').dec(header - length).text(' bytes missing!')
    return
  }
  if (!p.has(at, header)) return p.truncated()
  writeNumberedPorts(p, ip, dccp.sourcePort(b, at), dccp.destinationPort(b, at))
  out.text('DCCP ')
  if (options.quiet > 0) {
    const size = dccp.dataOffset(b, at)
    out.dec((length - size) >>> 0)
    if (size > length) out.text(' [bad hdr length ').dec(size).text(' - too long, > ').dec(length).byte(93)
    return
  }
  if (options.verbose > 0) {
    out.text('(CCVal ').dec(dccp.ccval(b, at)).text(', CsCov ').dec(dccp.coverage(b, at))
    if (at + length <= p.end) writeChecksum(p, at, length, ip)
    out.text(') ')
  }
  const type = dccp.type(b, at)
  const name = TYPES.get(type)
  const more = extension(type)
  if (name !== undefined && length < header + more) {
    out.text('truncated-').text(name).text(' - ').dec(header + more - length).text(' bytes missing!')
    return
  }
  const here = at + header
  if (type === Type.REQUEST) {
    if (!p.has(here, 4)) return p.truncated()
    out.text(name!).text(' (service=').dec(u32(b, here)).text(') ')
  } else if (type === Type.RESPONSE) {
    if (!p.has(here, more)) return p.truncated()
    out.text(name!).text(' (service=').dec(u32(b, here + more - 4)).text(') ')
  } else if (type === Type.RESET) {
    if (!p.has(here, more)) return p.truncated()
    out.text(name!).text(' (code=').text(RESETS[u8(b, here + more - 4)] ?? 'invalid').text(') ')
  } else out.text(word(TYPES, type, 'unknown-type-%')).byte(32)
  if (type !== Type.REQUEST && type !== Type.DATA) {
    p.need(here, isLong ? 8 : 4)
    out.text('(ack=').big(dccp.acknowledged(b, at)).text(') ')
  }
  if (options.verbose < 2) return
  out.text('seq ').big(dccp.sequence(b, at))
  printOptions(p, here + more, at + dccp.dataOffset(b, at))
}

function writeChecksum(p: Printer, at: number, length: number, ip: number): void {
  const { out, b } = p
  const field = dccp.checksum(b, at)
  const coverage = dccp.coverage(b, at)
  const covered = coverage === 0 ? length : Math.min(length, dccp.dataOffset(b, at) + (coverage - 1) * 4)
  const result = checksum.finish(checksum.sum(b, at, at + covered, checksum.pseudo(b, ip, Protocol.DCCP, at, length)))
  out.text(', cksum 0x').hex(field, 4)
  if (result === 0) out.text(' (correct)')
  else out.text(' (incorrect -> 0x').hex(checksum.shouldBe(field, result), 4).byte(41)
}

function printOptions(p: Printer, at: number, end: number): void {
  const { out } = p
  if (end <= at) return
  out.text(' <')
  for (let here = at; here < end; ) {
    if (here > at) out.text(', ')
    const size = printOption(p, here, end)
    if (size === 0) break
    here += size
  }
  out.byte(62)
}

/** Writes one option and returns its bytes, 0 when its length cannot be or it was cut. */
function printOption(p: Printer, at: number, end: number): number {
  const { out, b } = p
  const kind = p.u8(at)
  if (kind < 32) {
    out.text(word(OPTIONS, kind, 'Option %'))
    return 1
  }
  const size = p.u8(at + 1)
  const name = kind >= 128 ? `CCID option ${kind}` : word(OPTIONS, kind, 'Option %')
  if (size < 2 || at + size > end) {
    out.text(name).text(size < 2 ? ' optlen too short' : ' optlen goes past header length')
    return 0
  }
  if (!p.has(at, size)) {
    p.truncated()
    return 0
  }
  out.text(name)
  if (kind >= 128) {
    if (size === 4) out.byte(32).dec(u16(b, at + 2))
    else if (size === 6) out.byte(32).dec(u32(b, at + 2))
    return size
  }
  switch (kind) {
    case 32:
    case 33:
    case 34:
    case 35: {
      if (size < 3) {
        out.text(' optlen too short')
        break
      }
      const feature = FEATURES[u8(b, at + 2)]
      if (feature === undefined) break
      out.byte(32).text(feature)
      for (let n = 3; n < size; n++) out.byte(32).dec(u8(b, at + n))
      break
    }
    case 36:
    case 38:
    case 39:
    case 40:
      if (size > 2) out.text(' 0x').hexBytes(b, at + 2, at + size)
      break
    case 37:
      for (let n = 2; n < size; n++) out.byte(32).dec(u8(b, at + n))
      break
    case 41:
      if (size === 6) out.byte(32).dec(u32(b, at + 2))
      else out.text(' [optlen != 6]')
      break
    case 42:
      if (size !== 6 && size !== 8 && size !== 10) {
        out.text(' [optlen != 6 or 8 or 10]')
        break
      }
      out.byte(32).dec(u32(b, at + 2))
      if (size > 6) out.text(' (elapsed time ').dec(size === 8 ? u16(b, at + 6) : u32(b, at + 6)).byte(41)
      break
    case 43:
      if (size === 4) out.byte(32).dec(u16(b, at + 2))
      else if (size === 6) out.byte(32).dec(u32(b, at + 2))
      else out.text(' [optlen != 4 or 6]')
      break
    case 44:
      if (size > 2) out.byte(32).hexBytes(b, at + 2, at + size)
  }
  return size
}
