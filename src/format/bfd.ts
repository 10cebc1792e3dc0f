/** Bidirectional Forwarding Detection — RFC 5880, and version 0 of its drafts — as tcpdump prints it. */
import { u32, u8 } from '../bytes.js'
import { writeHex } from './dump.js'
import { TRUNCATED, type Printer } from './printer.js'
import { bits, tableOf, word, writeVisible } from './tables.js'

export const Port = { CONTROL: 3784, ECHO: 3785, MULTIHOP: 4784, LAG: 6784 } as const
/** Bytes without authentication. */
const HEADER = 24
const KINDS = tableOf({ 3784: 'Control', 4784: 'Multihop', 6784: 'Lag' })

const STATES: readonly string[] = ['AdminDown', 'Down', 'Init', 'Up']
const FLAGS = [
  [0x20, 'Poll'], [0x10, 'Final'], [0x08, 'Control Plane Independent'], [0x04, 'Authentication Present'], [0x02, 'Demand'], [0x01, 'Multipoint'],
] as const
const FLAGS_0 = [
  [0x80, 'I Hear You'], [0x40, 'Demand'], [0x20, 'Poll'], [0x10, 'Final'], [0x08, 'Control Plane Independent'], [0x04, 'Authentication Present'],
  [0x02, 'Reserved'], [0x01, 'Reserved'],
] as const
const AUTHENTICATED = 0x04
const DIAGNOSTICS = tableOf({
  0: 'No Diagnostic', 1: 'Control Detection Time Expired', 2: 'Echo Function Failed', 3: 'Neighbor Signaled Session Down', 4: 'Forwarding Plane Reset',
  5: 'Path Down', 6: 'Concatenated Path Down', 7: 'Administratively Down', 8: 'Reverse Concatenated Path Down',
})
const AUTHENTICATIONS = tableOf({
  1: 'Simple Password', 2: 'Keyed MD5', 3: 'Meticulous Keyed MD5', 4: 'Keyed SHA1', 5: 'Meticulous Keyed SHA1',
})
const Auth = { PASSWORD: 1, MD5: 2, MD5_METICULOUS: 3, SHA1: 4, SHA1_METICULOUS: 5 } as const
const MAX_PASSWORD = 16
const MD5_LENGTH = 24
const SHA1_LENGTH = 28

export const printBfdEcho = (p: Printer, at: number, length: number): void => {
  p.protocol = 'bfd'
  p.out.text('BFD, Echo, length: ').dec(length)
  if (p.options.verbose > 0) writeHex(p.out, p.b, at, Math.min(at + length, p.end))
}

export function printBfd(p: Printer, at: number, length: number, _sport: number, dport: number): void {
  const { b, out, options } = p
  p.protocol = 'bfd'
  p.need(at, HEADER)
  const version = u8(b, at) >> 5
  const flags = u8(b, at + 1)
  // Other versions are not told apart by port.
  const kind = version === 1 ? word(KINDS, dport, '') : 'Control'
  if (version > 1) {
    out.text('BFDv').dec(version).text(', ').text(kind).text(', length: ').dec(length)
    if (options.verbose > 0) writeHex(out, b, at, Math.min(at + length, p.end))
    return
  }
  const state = version === 1 ? `, State ${STATES[flags >> 6]!}` : ''
  const flagText = version === 1 ? bits(FLAGS, flags & 0x3f, 'none') : bits(FLAGS_0, flags, 'none')
  out.text('BFDv').dec(version)
  if (options.verbose === 0) {
    out.text(', ').text(kind).text(state).text(', Flags: [').text(flagText).text('], length: ').dec(length)
    return
  }
  const diagnostic = u8(b, at) & 0x1f
  out.text(', length: ').dec(length).text('\n\t').text(kind).text(state).text(', Flags: [').text(flagText).text('], Diagnostic: ')
  out.text(word(DIAGNOSTICS, diagnostic, 'unknown')).text(' (0x').hex(diagnostic, 2).byte(41)
  const multiplier = u8(b, at + 2)
  const transmit = u32(b, at + 12)
  out.text('\n\tDetection Timer Multiplier: ').dec(multiplier).text(' (').dec(Math.floor((Math.imul(multiplier, transmit) >>> 0) / 1000))
  out.text(' ms Detection time), BFD Length: ').dec(u8(b, at + 3))
  out.text('\n\tMy Discriminator: 0x').hex(u32(b, at + 4), 8)
  const theirs = u32(b, at + 8)
  out.text(', Your Discriminator: 0x').hex(theirs, 8)
  out.text('\n\t  Desired min Tx Interval:    ').decPad(Math.floor(transmit / 1000), 4).text(' ms')
  const receive = u32(b, at + 16)
  out.text('\n\t  Required min Rx Interval:   ').decPad(Math.floor(receive / 1000), 4).text(' ms')
  const echo = u32(b, at + 20)
  out.text('\n\t  Required min Echo Interval: ').decPad(Math.floor(echo / 1000), 4).text(' ms')
  if (flags & AUTHENTICATED) printAuthentication(p, at + HEADER, length - HEADER)
}

function printAuthentication(p: Printer, at: number, length: number): void {
  const { b, out } = p
  if (length < 2) throw TRUNCATED
  p.need(at, 4)
  const type = p.u8(at)
  const size = p.u8(at + 1)
  out.text('\n\tAuthentication: ').text(word(AUTHENTICATIONS, type, 'Unknown')).text(' (').dec(type).text('), length: ').dec(size)
  const key = p.u8(at + 2)
  out.text('\n\t  Auth Key ID: ').dec(key)
  if (type === Auth.PASSWORD) {
    const password = size - 3
    if (password < 1 || password > MAX_PASSWORD) return writeBadLength(p, size)
    out.text(', Password: ')
    writeVisible(out, b, at + 3, Math.min(at + size, p.end))
    if (at + size > p.end) throw TRUNCATED
    return
  }
  const isMd5 = type === Auth.MD5 || type === Auth.MD5_METICULOUS
  if (!isMd5 && type !== Auth.SHA1 && type !== Auth.SHA1_METICULOUS) return
  if (size !== (isMd5 ? MD5_LENGTH : SHA1_LENGTH)) return writeBadLength(p, size)
  const sequence = p.u32(at + 4)
  out.text(', Sequence Number: 0x').hex(sequence, 8)
  p.need(at + 8, size - 8)
  out.text(isMd5 ? '\n\t  Digest: ' : '\n\t  Hash: ').hexBytes(b, at + 8, at + size)
}

function writeBadLength(p: Printer, size: number): void {
  p.out.text('[invalid length ').dec(size).byte(93)
}
