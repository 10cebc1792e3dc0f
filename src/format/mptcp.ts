/** The MPTCP option as tcpdump prints it — RFC 8684 §3, RFC 6824 §3. */
import { u16, u32, u64, u8 } from '../bytes.js'
import * as mptcp from '../decode/mptcp.js'
import { Dss, Subtype } from '../decode/mptcp.js'
import { Flag } from '../decode/tcp.js'
import { writeIp4, writeIp6 } from './address.js'
import type { Printer } from './printer.js'

const NAMES = ['capable', 'join', 'dss', 'add-addr', 'rem-addr', 'prio', 'fail', 'fast-close'] as const

/** Writes the option of `length` bytes at `at` (its kind byte), all captured; false when it is malformed (`[bad opt]`). */
export function writeMptcp(p: Printer, at: number, length: number, flags: number): boolean {
  const { out, b } = p
  p.protocol = 'mptcp'
  if (length < 3) return false
  const subtype = mptcp.subtype(b, at)
  out.byte(32).dec(length).byte(32).text(NAMES[subtype] ?? 'unknown')
  switch (subtype) {
    case Subtype.CAPABLE:
      return writeCapable(p, at, length, flags)
    case Subtype.JOIN:
      return writeJoin(p, at, length, flags)
    case Subtype.DSS:
      return writeDss(p, at, length, flags)
    case Subtype.ADD_ADDR:
      return writeAddAddress(p, at, length)
    case Subtype.REMOVE_ADDR:
      if (length < 4) return false
      out.text(' id')
      for (let n = 3; n < length; n++) out.byte(32).dec(u8(b, at + n))
      return true
    case Subtype.PRIO:
      if (length !== 3 && length !== 4) return false
      out.text(mptcp.low(b, at) & mptcp.BACKUP ? ' backup' : ' non-backup')
      if (length === 4) out.text(' id ').dec(u8(b, at + 3))
      return true
    case Subtype.FAIL:
      if (length !== 12) return false
      out.text(' seq ').big(u64(b, at + 4))
      return true
    case Subtype.FAST_CLOSE:
      if (length !== 12) return false
      out.text(' key ')
      writeHex64(p, at + 4)
      return true
    default:
      return true
  }
}

/** `0x5060708090a0b0c`: no leading zeros. */
function writeHex64(p: Printer, at: number): void {
  const high = u32(p.b, at)
  const low = u32(p.b, at + 4)
  p.out.text('0x')
  if (high === 0) p.out.hex(low)
  else p.out.hex(high).hex(low, 8)
}

/** A SYN has no key (version 1) or the sender's; an ACK both, and with data (version 1) its length. */
function writeCapable(p: Printer, at: number, length: number, flags: number): boolean {
  const { out, b } = p
  const syn = (flags & Flag.SYN) !== 0
  const ack = (flags & Flag.ACK) !== 0
  if (!(syn && (length === 4 || length === 12)) && !(ack && !syn && (length === 20 || length === 22))) return false
  const version = mptcp.low(b, at)
  if (version > 1) {
    out.text(' Unknown Version (').dec(version).byte(41)
    return true
  }
  out.text(' v').dec(version)
  if (u8(b, at + 3) & mptcp.CHECKSUM) out.text(' csum')
  if (length >= 12) {
    out.text(' {')
    writeHex64(p, at + 4)
    if (length >= 20) {
      out.byte(44)
      writeHex64(p, at + 12)
    }
    out.byte(125)
  }
  return true
}

function writeJoin(p: Printer, at: number, length: number, flags: number): boolean {
  const { out, b } = p
  const syn = (flags & Flag.SYN) !== 0
  const ack = (flags & Flag.ACK) !== 0
  if (!(syn && length === 12) && !(syn && ack && length === 16) && !(ack && length === 24)) return false
  if (length !== 24) {
    if (mptcp.low(b, at) & mptcp.BACKUP) out.text(' backup')
    out.text(' id ').dec(u8(b, at + 3))
  }
  if (length === 12) out.text(' token 0x').hex(u32(b, at + 4)).text(' nonce 0x').hex(u32(b, at + 8))
  else if (length === 16) {
    out.text(' hmac ')
    writeHex64(p, at + 4)
    out.text(' nonce 0x').hex(u32(b, at + 12))
  } else out.text(' hmac 0x').hexBytes(b, at + 4, at + 24)
  return true
}

function writeDss(p: Printer, at: number, length: number, flags: number): boolean {
  const { out, b } = p
  if (length < 4 || (flags & Flag.SYN) !== 0) return false
  const bits = u8(b, at + 3)
  const end = at + length
  let here = at + 4
  if (bits & Dss.FIN) out.text(' fin')
  if (bits & Dss.ACK) {
    out.text(' ack ')
    const size = bits & Dss.ACK_8 ? 8 : 4
    if (here + size > end) return false
    writeNumber(p, here, size)
    here += size
  }
  if (bits & Dss.MAP) {
    out.text(' seq ')
    const size = bits & Dss.SEQ_8 ? 8 : 4
    if (here + size > end) return false
    writeNumber(p, here, size)
    here += size
    if (here + 4 > end) return false
    out.text(' subseq ').dec(u32(b, here))
    here += 4
    if (here + 2 > end) return false
    out.text(' len ').dec(u16(b, here))
    here += 2
    if (here + 2 <= end) {
      out.text(' csum 0x').hex(u16(b, here))
      here += 2
    }
  }
  return here === end
}

function writeNumber(p: Printer, at: number, size: number): void {
  if (size === 8) p.out.big(u64(p.b, at))
  else p.out.dec(u32(p.b, at))
}

/** Version 1 has the echo flag here, version 0 the IP version. */
function writeAddAddress(p: Printer, at: number, length: number): boolean {
  const { out, b } = p
  // An address of either kind, with or without a port, with or without a HMAC.
  const isIp4 = length === 8 || length === 10 || length === 16 || length === 18
  if (!isIp4 && length !== 20 && length !== 22 && length !== 28 && length !== 30) return false
  const low = mptcp.low(b, at)
  out.text(low === 0 ? ' v1' : low === 1 ? ' v1-echo' : low === 4 ? ' v0-ip4' : low === 6 ? ' v0-ip6' : ' [bad version/echo]')
  out.text(' id ').dec(u8(b, at + 3)).byte(32)
  let here = at + 4
  if (isIp4) writeIp4(out, b, here)
  else writeIp6(out, b, here)
  here += isIp4 ? 4 : 16
  const left = at + length - here
  if (left === 2 || left === 10) {
    out.byte(58).dec(u16(b, here))
    here += 2
  }
  if (left >= 8) {
    out.text(' hmac ')
    writeHex64(p, here)
  }
  return true
}
