/** Kerberos as tcpdump prints it: version 4 (Athena Technical Plan E.2.1), of others the version. */
import type { Printer } from './printer.js'
import { writeVisibleByte } from './tables.js'

const LITTLE_ENDIAN = 1
/** By the type's upper seven bits. */
const TYPES: Readonly<Record<number, string>> = {
  1: 'KDC_REQUEST', 2: 'KDC_REPLY', 3: 'APPL_REQUEST', 4: 'APPL_REQUEST_MUTUAL', 5: 'ERR_REPLY', 6: 'PRIVATE', 7: 'SAFE', 8: 'APPL_ERR', 63: 'DIE',
}
const ERRORS = [
  'OK', 'NAME_EXP', 'SERVICE_EXP', 'AUTH_EXP', 'PKT_VER', 'NAME_MAST_KEY_VER', 'SERV_MAST_KEY_VER', 'BYTE_ORDER', 'PRINCIPAL_UNKNOWN',
  'PRINCIPAL_NOT_UNIQUE', 'NULL_KEY',
]
/** The life of a ticket is counted in these. */
const MINUTES = 5
/** Where a string's end was not captured. */
const CUT = -1

export function printKerberos(p: Printer, at: number): void {
  const { out } = p
  p.protocol = 'krb'
  if (at >= p.end) return p.truncated()
  const version = p.u8(at)
  if (version >= 1 && version <= 4) out.text(' v').dec(version)
  else if (version === 106 || version === 107) out.text(' v5')
  if (version === 4 && printVersion4(p, at) === CUT) p.truncated()
}

function printVersion4(p: Printer, at: number): number {
  const { out } = p
  const first = p.u8(at + 1)
  const isLittle = (first & LITTLE_ENDIAN) !== 0
  const type = TYPES[first >> 1]
  const u16 = (i: number): number => (isLittle ? ((p.u16(i) & 0xff) << 8) | (p.u16(i) >> 8) : p.u16(i))
  out.text(isLittle ? ' le ' : ' be ').text(type ?? `#${first & 0xfe}`).text(': ')
  switch (type) {
    case 'KDC_REQUEST': {
      let here = writePrincipal(p, at + 2)
      if (here === CUT) return CUT
      const life = p.u8(here + 4)
      out.byte(32).dec(life * MINUTES).text('min ')
      here = writeString(p, here + 5)
      if (here === CUT) return CUT
      out.byte(46)
      return writeString(p, here)
    }
    case 'APPL_REQUEST': {
      const version = p.u8(at + 2)
      out.byte(118).dec(version).byte(32)
      const here = writeString(p, at + 3)
      if (here === CUT) return CUT
      const ticket = p.u8(here)
      out.text(' (').dec(ticket).byte(41)
      const authenticator = p.u8(here + 1)
      out.text(' (').dec(authenticator).byte(41)
      return here
    }
    case 'KDC_REPLY': {
      const here = writePrincipal(p, at + 2)
      if (here === CUT) return CUT
      const length = u16(here + 10)
      out.text(' (').dec(length).byte(41)
      return here
    }
    case 'ERR_REPLY': {
      const here = writePrincipal(p, at + 2)
      if (here === CUT) return CUT
      const code = u16(here + 4)
      out.byte(32).text(ERRORS[code] ?? `#${code}`).byte(32)
      return writeString(p, here + 8)
    }
    default:
      out.text('(unknown)')
      return at
  }
}

/** `name.instance@realm` */
function writePrincipal(p: Printer, at: number): number {
  for (const separator of ['.', '@', '']) {
    at = writeString(p, at)
    if (at === CUT) return CUT
    p.out.text(separator)
  }
  return at
}

/** Text up to a zero byte; where what is behind it begins, or CUT. */
function writeString(p: Printer, at: number): number {
  for (; at < p.end; at++) {
    const c = p.b[at]!
    if (c === 0) return at + 1
    writeVisibleByte(p.out, c)
  }
  return CUT
}
