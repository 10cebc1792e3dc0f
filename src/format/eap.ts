/** EAP over LAN as tcpdump prints it — IEEE 802.1X §11, RFC 3748. */
import { printTextToZero } from './packet-text.js'
import { TRUNCATED, type Printer } from './printer.js'
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
  if (p.options.verbose === 0) return
  if (type !== PACKET) return
  if (size === 0) throw TRUNCATED
  out.text(', ')
  printEap(p, at + HEADER, size)
}

/** RFC 3748 §4. */
function printEap(p: Printer, at: number, length: number): void {
  const { out } = p
  p.need(at, HEADER)
  const code = p.u8(at)
  const size = p.u16(at + 2)
  if (size !== length) {
    out.text('EAP fragment?')
    return
  }
  out.text(word(CODES, code, 'unknown')).text(' (').dec(code).text('), id ').dec(p.u8(at + 1)).text(', len ').dec(size)
  p.need(at, size)
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
    case Type.NOTIFICATION:
      if (length === 0) return
      out.text(type === Type.IDENTITY ? ', Identity: ' : ', Notification: ')
      printTextToZero(p, at, length)
      return
    case Type.NAK:
      for (let i = 0; i < length; i++) {
        const proposed = p.u8(at + i)
        if (i > 0) out.byte(44)
        out.byte(32).text(word(TYPES, proposed, 'unknown')).text(' (').dec(proposed).byte(41)
      }
      return
    case Type.TLS:
    case Type.TTLS:
    case Type.FAST: {
      if (length < 1) return
      const flags = p.u8(at)
      if (type !== Type.TLS) out.text(type === Type.TTLS ? ' TTLSv' : ' FASTv').dec(flags & 7)
      out.text(' flags [').text(bits(TLS_FLAGS, flags, 'none')).text('] 0x').hex(flags, 2)
      if ((flags & HAS_LENGTH) !== 0 && length >= 5) out.text(', len ').dec(p.u32(at + 1))
      return
    }
    case Type.SIM:
    case Type.AKA: {
      if (length < 1) return
      const subtype = p.u8(at)
      out.text(' subtype [').text(word(SUBTYPES, subtype, 'unknown')).text('] 0x').hex(subtype, 2)
      return
    }
    default:
  }
}
