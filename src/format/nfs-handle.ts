/**
 * NFS file handles as tcpdump prints them. A handle means something to its server only; by the habits of old servers it is guessed
 * which of them made it, and where device and inode stand in it.
 */
import { CUT, type Xdr } from './nfs-names.js'
import type { Printer } from './printer.js'
import { writeVisible } from './tables.js'

/** Bytes of a handle of version 2. */
const HANDLE_2 = 32
/** Bytes of a handle that are shown when it is not understood, and letters of a device's name. */
const MAX_SHOWN = 32
const MAX_NAME = 64
/** Minor number that stands for a handle not understood. */
const NOT_UNDERSTOOD = 257

export function printHandle(xdr: Xdr, isVersion3: boolean): void {
  const { p } = xdr
  const words = isVersion3 ? Math.floor(xdr.u32() / 4) : HANDLE_2 / 4
  if (!p.has(xdr.at, words * 4)) throw CUT
  if (p.options.rawNfsHandles) writeRaw(p, xdr.at, words)
  else writeGuess(p, xdr.at, words)
  xdr.at += words * 4
}

function writeRaw(p: Printer, at: number, words: number): void {
  p.out.text(' fh[')
  for (let i = 0; i < words; i++) p.out.text(i === 0 ? '' : ':').hex(p.u32(at + 4 * i))
  p.out.byte(93)
}

/** Where the parts of a handle stand. */
interface Handle {
  readonly major: number
  readonly minor: number
  readonly inode: number
}

function writeGuess(p: Printer, at: number, words: number): void {
  const { out, b } = p
  const server = serverOf(b, at, words)
  if (server === 'unknown') {
    out.text(' fh ').text('Unknown'.slice(0, words)).byte(47)
    for (let i = at; i < at + Math.min(words * 4, MAX_SHOWN); i++) out.text(b[i]!.toString(16).toUpperCase().padStart(2, '0'))
    return
  }
  if (server === 'ucx') {
    out.text(' fh ')
    let end = at + 1
    while (end < at + 1 + Math.min(words, MAX_NAME) && b[end] !== 0 && b[end] !== 0x20) end++
    writeVisible(out, b, at + 1, end)
    out.byte(47).dec(((b[at + 26]! << 24) | (b[at + 27]! << 16) | (b[at + 23]! << 8) | b[at + 22]!) >>> 0)
    return
  }
  const { major, minor, inode } = partsOf(p, at, server)
  out.text(' fh ').dec(major).byte(44).dec(minor).byte(47)
  if (minor !== NOT_UNDERSTOOD) out.dec(inode)
}

type Server = 'auspex' | 'bsd44' | 'osf' | 'irix4' | 'sunos4' | 'sunos5' | 'ultrix' | 'hpux9' | 'ucx' | 'unknown'

/** The guess, from which bytes are zero. */
function serverOf(b: Uint8Array, at: number, words: number): Server {
  const c = (i: number): number => b[at + i]!
  if (words < 4) return 'unknown'
  const isZero = (from: number, to: number): boolean => b.subarray(at + from, at + to).every((byte) => byte === 0)
  if (isZero(0, 2)) {
    if (isZero(2, 4)) return 'auspex'
    if (c(4) !== 0 && c(5) === 0 && c(8) === 12 && c(9) === 0) return 'osf'
    return c(4) === 0 && c(5) === 8 && isZero(6, 8) ? 'irix4' : 'sunos4'
  }
  if (isZero(2, 4)) {
    if (isZero(6, 8)) return 'bsd44'
    if (words >= 6 && c(21) === 0 && c(23) === 0) return 'ultrix'
    return c(9) === 10 ? 'sunos5' : 'unknown'
  }
  if (c(8) === 12 && c(9) === 0) return 'osf'
  if (c(8) === 0 && c(9) === 10) return isZero(4, 8) ? 'hpux9' : 'sunos5'
  return isUcx(b, at, words) ? 'ucx' : 'unknown'
}

/** VMS: a device's name, zeros behind it. */
function isUcx(b: Uint8Array, at: number, words: number): boolean {
  if (words < 7) return false
  let ended = false
  for (let i = at + 1; i < at + 14; i++) {
    const c = b[i]!
    if (c === 0) ended = true
    else if (ended || c < 0x20 || c > 0x7e) return false
  }
  return true
}

const littleEndian = (b: Uint8Array, at: number): number => (b[at]! | (b[at + 1]! << 8) | (b[at + 2]! << 16) | (b[at + 3]! << 24)) >>> 0

function partsOf(p: Printer, at: number, server: Exclude<Server, 'ucx' | 'unknown'>): Handle {
  const { b } = p
  switch (server) {
    case 'auspex':
      return { major: b[at + 6]!, minor: b[at + 7]!, inode: p.u32(at + 12) }
    case 'bsd44':
      return { major: b[at + 1]!, minor: b[at]!, inode: littleEndian(b, at + 12) }
    case 'osf':
      return { major: littleEndian(b, at) >>> 20, minor: littleEndian(b, at) & 0xfffff, inode: littleEndian(b, at + 12) }
    case 'irix4':
      return { major: b[at + 2]!, minor: b[at + 3]!, inode: p.u32(at + 8) }
    case 'sunos4':
      return { major: b[at + 2]!, minor: b[at + 3]!, inode: p.u32(at + 12) }
    case 'sunos5':
      return { major: p.u16(at) >> 2, minor: p.u24(at + 1) & 0x3ffff, inode: p.u32(at + 12) }
    case 'ultrix':
      return { major: b[at + 1]!, minor: b[at]!, inode: littleEndian(b, at + 4) }
    case 'hpux9':
      return { major: b[at]!, minor: p.u24(at + 1), inode: p.u32(at + 12) }
  }
}
