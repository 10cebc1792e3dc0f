/** EAP over LAN as tcpdump prints it — IEEE 802.1X §11, RFC 3748. */
import { printTextToZero } from './packet-text.js'
import type { Printer } from './printer.js'
import { bits, tableOf, word } from './tables.js'

const HEADER = 4
const PACKET = 0
const FRAMES = tableOf({ 0: 'EAP packet', 1: 'EAPOL start', 2: 'EAPOL logoff', 3: 'EAPOL key', 4: 'Encapsulated ASF alert' })
const CODES = tableOf({ 1: 'Request', 2: 'Response', 3: 'Success', 4: 'Failure' })
const REQUEST = 1
const RESPONSE = 2
const Type = { IDENTITY: 1, NOTIFICATION: 2, NAK: 3, TLS: 13, SIM: 18, TTLS: 21, AKA: 23, FAST: 43 } as const
const TYPES = tableOf({
  0: 'No proposed', 1: 'Identity', 2: 'Notification', 3: 'Nak', 4: 'MD5-challenge', 5: 'OTP', 6: 'GTC', 13: 'TLS', 18: 'SIM', 21: 'TTLS', 23: 'AKA',
  43: 'FAST', 254: 'Expanded types', 255: 'Experimental',
})
/** RFC 5216 §3.1; TTLS and FAST keep a version in the low bits. */
const TLS_FLAGS = [
  [0x80, 'L bit'],
  [0x40, 'More fragments bit'],
  [0x20, 'Start bit'],
] as const
const HAS_LENGTH = 0x80
/** RFC 4187 §11 */
const SUBTYPES = tableOf({
  1: 'Challenge', 2: 'Auth reject', 4: 'Sync failure', 5: 'Identity', 10: 'Start', 11: 'Challenge', 12: 'Notification', 13: 'Reauth', 14: 'Client error',
})

export function printEapol(p: Printer, at: number): void {
  const { out } = p
  p.protocol = 'eap'
  if (!p.has(at, HEADER)) return p.truncated()
  const type = p.u8(at + 1)
  const size = p.u16(at + 2)
  out.text(word(FRAMES, type, 'unknown')).text(' (').dec(type).text(') v').dec(p.u8(at)).text(', len ').dec(size)
  if (p.options.verbose === 0 || type !== PACKET) return
  if (size === 0) return p.truncated()
  out.text(', ')
  printEap(p, at + HEADER, size)
}

/** RFC 3748 §4; the caller has named the protocol. */
export function printEap(p: Printer, at: number, length: number): void {
  const { out } = p
  const code = p.u8(at)
  const size = p.u16(at + 2)
  if (size !== length) {
    out.text('EAP fragment?')
    return
  }
  out.text(word(CODES, code, 'unknown')).text(' (').dec(code).text('), id ').dec(p.u8(at + 1)).text(', len ').dec(size)
  if (size < HEADER) {
    out.text(' (too short for EAP header)')
    return
  }
  if (!p.has(at, size)) return p.truncated()
  if (code !== REQUEST && code !== RESPONSE) return
  if (size < HEADER + 1) {
    out.text(' (too short for EAP request/response)')
    return
  }
  const type = p.u8(at + HEADER)
  out.text('\n\t\t Type ').text(word(TYPES, type, 'unknown')).text(' (').dec(type).byte(41)
  printType(p, type, at + HEADER + 1, size - HEADER - 1)
}

/** What follows the type, captured. */
function printType(p: Printer, type: number, at: number, length: number): void {
  const { out } = p
  switch (type) {
    case Type.IDENTITY:
      if (length === 0) return
      out.text(', Identity: ')
      return printTextToZero(p, at, length)
    case Type.NOTIFICATION:
      if (length === 0) return writeTooShort(p, 'Notification')
      out.text(', Notification: ')
      return printTextToZero(p, at, length)
    case Type.NAK:
      if (length === 0) return writeTooShort(p, 'Legacy NAK')
      for (let i = 0; i < length; i++) {
        const proposed = p.u8(at + i)
        if (i > 0) out.byte(44)
        out.byte(32).text(word(TYPES, proposed, 'unknown')).text(' (').dec(proposed).byte(41)
      }
      return
    case Type.TLS:
    case Type.TTLS:
      return printTls(p, type, at, length, 'TLS/TTLS')
    case Type.FAST:
      return printTls(p, type, at, length, 'FAST')
    case Type.SIM:
    case Type.AKA: {
      if (length === 0) return writeTooShort(p, 'SIM/AKA')
      const subtype = p.u8(at)
      out.text(' subtype [').text(word(SUBTYPES, subtype, 'unknown')).text('] 0x').hex(subtype, 2)
      return
    }
    default:
  }
}

function printTls(p: Printer, type: number, at: number, length: number, name: string): void {
  const { out } = p
  if (length === 0) return writeTooShort(p, name)
  const flags = p.u8(at)
  if (type !== Type.TLS) out.text(type === Type.TTLS ? ' TTLSv' : ' FASTv').dec(flags & 7)
  out.text(' flags [').text(bits(TLS_FLAGS, flags, 'none')).text('] 0x').hex(flags, 2)
  if ((flags & HAS_LENGTH) === 0) return
  if (length < 5) return writeTooShort(p, name, ' with length')
  out.text(', len ').dec(p.u32(at + 1))
}

function writeTooShort(p: Printer, name: string, rest = ''): void {
  p.out.text(` (too short for EAP ${name} request/response${rest})`)
}
