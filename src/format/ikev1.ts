/** Payloads of IKE version 1 — RFC 2408 §3, RFC 2407 §4.6. Each printer returns where the next payload begins, or STOP. */
import { u16, u32, u8 } from '../bytes.js'
import { protocolKeyword } from './ip-protocol.js'
import { DH_GROUPS, ESP_TRANSFORMS, HEADER, payloadName, protocolName, STOP, Type, wordOf, type Payload } from './isakmp-names.js'
import { cutPayload, printAttributes, printChain, writeContents, writeRaw, writeSome, type Attributes } from './isakmp-payload.js'
import type { Printer } from './printer.js'
import { writeVisible } from './tables.js'

const IPSEC = 1
/** Protocols of a proposal. */
const Protocol = { ISAKMP: 1, AH: 2, ESP: 3, IPCOMP: 4 } as const
const IDENTITY_ONLY = 1
const SITUATIONS = ['identity', 'secrecy', 'integrity']

const AH_TRANSFORMS = [undefined, '(reserved)', 'md5', 'sha', '1des', 'sha2-256', 'sha2-384', 'sha2-512']
const IPCOMP_TRANSFORMS = [undefined, 'oui', 'deflate', 'lzs']
const GROUPS: readonly [string, readonly (string | undefined)[]] = ['group desc', DH_GROUPS.slice(0, 18)]
const LIFE_TYPES: readonly [string, readonly (string | undefined)[]] = ['lifetype', [undefined, 'sec', 'kb']]
const IPSEC_ATTRIBUTES: Attributes = [
  undefined, LIFE_TYPES, ['life'], GROUPS, ['enc mode', [undefined, 'tunnel', 'transport']],
  ['auth', [undefined, 'hmac-md5', 'hmac-sha1', '1des-mac', 'keyed']], ['keylen'], ['rounds'], ['dictsize'], ['privalg'],
]
const OAKLEY_ATTRIBUTES: Attributes = [
  undefined, ['enc', [undefined, '1des', 'idea', 'blowfish', 'rc5', '3des', 'cast', 'aes']],
  ['hash', [undefined, 'md5', 'sha1', 'tiger', 'sha2-256', 'sha2-384', 'sha2-512']],
  ['auth', [undefined, 'preshared', 'dss', 'rsa sig', 'rsa enc', 'rsa enc revised']],
  GROUPS, ['group type', [undefined, 'MODP', 'ECP', 'EC2N']], ['group prime'], ['group gen1'], ['group gen2'], ['group curve A'], ['group curve B'],
  LIFE_TYPES, ['lifeduration'], ['prf'], ['keylen'], ['field'], ['order'],
]

const CERTIFICATES = ['none', 'pkcs7', 'pgp', 'dns', 'x509sign', 'x509ke', 'kerberos', 'crl', 'arl', 'spki', 'x509attr']

const begin = (p: Printer, type: number): void => {
  p.out.text(payloadName(type)).byte(58)
}

export function printSa1(p: Printer, { type, at, context }: Payload): number {
  const { out, b } = p
  begin(p, type)
  if (!p.has(at, 12)) return cutPayload(p, type)
  const doi = u32(b, at + 4)
  const situation = u32(b, at + 8)
  if (doi !== IPSEC) {
    out.text(' doi=').dec(doi).text(' situation=').dec(situation)
    return at + 12
  }
  out.text(' doi=ipsec situation=').text(SITUATIONS.filter((_word, bit) => (situation >> bit) & 1).join('+'))
  let proposals = at + 12
  if (situation !== IDENTITY_ONLY) {
    // tcpdump prints the domain of interpretation once more for it
    out.text(' ident=').dec(doi)
    proposals += 4
  }
  if (!p.has(proposals, HEADER)) return cutPayload(p, type)
  return printChain(p, Type.PROPOSAL, proposals, { ...context, message: undefined })
}

export function printProposal1(p: Printer, { type, at, context }: Payload): number {
  const { out, b } = p
  begin(p, type)
  if (!p.has(at, 8)) return cutPayload(p, type)
  const protocol = u8(b, at + 5)
  const spi = u8(b, at + 6)
  out.text(' #').dec(u8(b, at + 4)).text(' protoid=').text(protocolName(protocol)).text(' transform=').dec(u8(b, at + 7))
  if (!writeSpi(p, at + 8, spi) || !p.has(at + 8 + spi, HEADER)) return cutPayload(p, type)
  return printChain(p, Type.TRANSFORM, at + 8 + spi, { ...context, protocol, message: undefined })
}

/** ` spi=0123…`, nothing when it is empty; false where it is cut. */
function writeSpi(p: Printer, at: number, length: number): boolean {
  if (length === 0) return true
  p.out.text(' spi=')
  return writeRaw(p, at, length)
}

function transformOf(protocol: number, id: number): [word: string, attributes: Attributes | undefined] {
  switch (protocol) {
    case Protocol.ISAKMP: return [wordOf([undefined, 'ike'], id), OAKLEY_ATTRIBUTES]
    case Protocol.AH: return [wordOf(AH_TRANSFORMS, id), IPSEC_ATTRIBUTES]
    case Protocol.ESP: return [wordOf(ESP_TRANSFORMS, id), IPSEC_ATTRIBUTES]
    case Protocol.IPCOMP: return [wordOf(IPCOMP_TRANSFORMS, id), IPSEC_ATTRIBUTES]
    default: return [String(id), undefined]
  }
}

export function printTransform1(p: Printer, { type, at, size, context }: Payload): number {
  const { out, b } = p
  begin(p, type)
  if (!p.has(at, 8)) return cutPayload(p, type)
  const [word, attributes] = transformOf(context.protocol, u8(b, at + 5))
  out.text(' #').dec(u8(b, at + 4)).text(' id=').text(word).byte(32)
  const end = printAttributes(p, at + 8, at + size, attributes)
  if (end === STOP) return cutPayload(p, type)
  if (p.end < at + size) out.text('...')
  return end
}

export function printKey1(p: Printer, { type, at, size }: Payload): number {
  begin(p, type)
  p.out.text(' key len=').dec(size - HEADER)
  return writeContents(p, at + HEADER, size - HEADER) ? at + size : cutPayload(p, type)
}

/** Hash, signature, vendor: only how long they are. */
export function printSized(p: Printer, { type, at, size }: Payload): number {
  begin(p, type)
  p.out.text(' len=').dec(size - HEADER)
  return writeContents(p, at + HEADER, size - HEADER) ? at + size : cutPayload(p, type)
}

/** A certificate, or a request for one. */
export function printCertificate1(p: Printer, { type, at, size }: Payload): number {
  begin(p, type)
  if (!p.has(at, 6)) return cutPayload(p, type)
  p.out.text(' len=').dec(size - HEADER).text(' type=').text(wordOf(CERTIFICATES, u8(p.b, at + 4)))
  return writeContents(p, at + HEADER, size - HEADER) ? at + size : cutPayload(p, type)
}

export function printNonce1(p: Printer, { type, at, size }: Payload): number {
  begin(p, type)
  p.out.text(' n len=').dec(size - HEADER)
  if (p.options.verbose === 2) {
    p.out.byte(32)
    return writeSome(p, at + HEADER) ? at + size : cutPayload(p, type)
  }
  return writeContents(p, at + HEADER, size - HEADER) ? at + size : cutPayload(p, type)
}

const IDENTITIES = [
  undefined, 'IPv4', 'FQDN', 'user FQDN', 'IPv4net', 'IPv6', 'IPv6net', 'IPv4range', 'IPv6range', 'ASN1 DN', 'ASN1 GN', 'keyid',
]
/** Bytes that the data of an identity must have, by type. */
const IDENTITY_SIZES: Readonly<Record<number, number>> = { 1: 4, 4: 8, 5: 16, 6: 32, 7: 8, 8: 32 }

export function printIdentity1(p: Printer, { type, at, size }: Payload): number {
  const { out, b } = p
  begin(p, type)
  if (!p.has(at, 8)) return cutPayload(p, type)
  const kind = u8(b, at + 4)
  const protocol = u8(b, at + 5)
  const name = p.options.numeric || protocol === 0 ? undefined : protocolKeyword(protocol)
  out.text(' idtype=').text(wordOf(IDENTITIES, kind)).text(' protoid=').text(name ?? String(protocol)).text(' port=').dec(u16(b, at + 6))
  const data = at + 8
  const length = size - 8
  if (length <= 0) return at + size
  if (!p.has(data, length)) return cutPayload(p, type)
  out.text(' len=').dec(length)
  const least = IDENTITY_SIZES[kind]
  if (least !== undefined) {
    if (length < least) out.text(' [bad: < ').dec(least).byte(93)
    else writeIdentity(p, kind, data)
  } else if (kind === 2 || kind === 3) {
    out.byte(32)
    writeVisible(out, b, data, data + length)
  } else if (!writeContents(p, data, length)) return cutPayload(p, type)
  return at + size
}

/** Addresses, with a mask or up to another one. */
function writeIdentity(p: Printer, kind: number, at: number): void {
  const { out, b } = p
  out.byte(32)
  switch (kind) {
    case 1:
      return p.ip4(at)
    case 4:
      p.ip4(at)
      out.byte(47).ip4(b, at + 4)
      return
    case 5:
      return p.ip6(at)
    case 6:
      p.ip6(at)
      out.text('/0x').hexBytes(b, at + 16, at + 32)
      return
    case 7:
      p.ip4(at)
      out.byte(45)
      return p.ip4(at + 4)
    default:
      p.ip6(at)
      out.byte(45)
      p.ip6(at + 16)
  }
}

const ERRORS = [
  undefined, 'INVALID-PAYLOAD-TYPE', 'DOI-NOT-SUPPORTED', 'SITUATION-NOT-SUPPORTED', 'INVALID-COOKIE', 'INVALID-MAJOR-VERSION', 'INVALID-MINOR-VERSION',
  'INVALID-EXCHANGE-TYPE', 'INVALID-FLAGS', 'INVALID-MESSAGE-ID', 'INVALID-PROTOCOL-ID', 'INVALID-SPI', 'INVALID-TRANSFORM-ID',
  'ATTRIBUTES-NOT-SUPPORTED', 'NO-PROPOSAL-CHOSEN', 'BAD-PROPOSAL-SYNTAX', 'PAYLOAD-MALFORMED', 'INVALID-KEY-INFORMATION', 'INVALID-ID-INFORMATION',
  'INVALID-CERT-ENCODING', 'INVALID-CERTIFICATE', 'CERT-TYPE-UNSUPPORTED', 'INVALID-CERT-AUTHORITY', 'INVALID-HASH-INFORMATION',
  'AUTHENTICATION-FAILED', 'INVALID-SIGNATURE', 'ADDRESS-NOTIFICATION', 'NOTIFY-SA-LIFETIME', 'CERTIFICATE-UNAVAILABLE', 'UNSUPPORTED-EXCHANGE-TYPE',
  'UNEQUAL-PAYLOAD-LENGTHS',
]
/** Where each range of notify types begins, and what is known of it; those of IPsec stand apart — RFC 2408 §3.14.1, RFC 2407 §4.6.3. */
const ERROR_END = 8192
const IPSEC_ERROR_END = 16384
const STATUS_END = 24576
const IPSEC_STATUS_END = 32768
const IPSEC_STATUS = ['RESPONDER-LIFETIME', 'REPLAY-STATUS', 'INITIAL-CONTACT']
const Notify = { RESPONDER_LIFETIME: 24576, REPLAY_STATUS: 24577 } as const

/** A word; `#n` counts from where the type's range begins. */
function notifyName(type: number, ofIpsec: boolean): string {
  if (type < ERROR_END) return wordOf(ERRORS, type)
  if (type < IPSEC_ERROR_END) return ofIpsec ? wordOf(['RESERVED'], type - ERROR_END) : `#${type}`
  if (type < STATUS_END) return wordOf(['CONNECTED'], type - IPSEC_ERROR_END)
  if (type < IPSEC_STATUS_END && ofIpsec) return wordOf(IPSEC_STATUS, type - STATUS_END)
  return `#${type}`
}

export function printNotify1(p: Printer, { type, at, size }: Payload): number {
  const { out, b } = p
  begin(p, type)
  if (!p.has(at, 12)) return cutPayload(p, type)
  const ofIpsec = writeDomain(p, at)
  const notify = u16(b, at + 10)
  out.text(' type=').text(notifyName(notify, ofIpsec))
  const data = at + 12 + u8(b, at + 9)
  if (!writeSpi(p, at + 12, u8(b, at + 9))) return cutPayload(p, type)
  if (!ofIpsec) return data
  if (data < p.end && !writeNotifyData(p, notify, data, at + size)) return cutPayload(p, type)
  return at + size
}

/** ` doi=ipsec proto=isakmp`, or both as numbers; true for IPsec. */
function writeDomain(p: Printer, at: number): boolean {
  const { out, b } = p
  const doi = u32(b, at + 4)
  const protocol = u8(b, at + 8)
  if (doi === IPSEC) out.text(' doi=ipsec proto=').text(protocolName(protocol))
  else out.text(' doi=').dec(doi).text(' proto=').dec(protocol)
  return doi === IPSEC
}

function writeNotifyData(p: Printer, notify: number, at: number, end: number): boolean {
  const { out } = p
  if (notify === Notify.RESPONDER_LIFETIME) {
    out.text(' attrs=(')
    const stopped = printAttributes(p, at, end, OAKLEY_ATTRIBUTES) === STOP
    out.byte(41)
    return !stopped
  }
  if (notify === Notify.REPLAY_STATUS) {
    out.text(' status=(')
    const status = p.u32(at)
    out.text(status === 0 ? 'replay detection disabled)' : 'replay detection enabled)')
    return true
  }
  if (p.options.verbose < 4) return writeSome(p, at)
  out.text(' data=(').hexBytes(p.b, at, p.end).byte(41)
  return true
}

export function printDelete(p: Printer, { type, at }: Payload): number {
  const { out, b } = p
  begin(p, type)
  if (!p.has(at, 12)) return cutPayload(p, type)
  writeDomain(p, at)
  const size = u8(b, at + 9)
  const count = u16(b, at + 10)
  out.text(' spilen=').dec(size).text(' nspi=').dec(count).text(' spi=')
  let spi = at + 12
  for (let i = 0; i < count; i++) {
    if (i > 0) out.byte(44)
    if (!writeRaw(p, spi, size)) return cutPayload(p, type)
    spi += size
  }
  return spi
}
