/** Payloads of IKE version 2 — RFC 4306 §3. Each printer returns where the next payload begins, or STOP. */
import { u16, u8 } from '../bytes.js'
import { decryptIkev2 } from './esp.js'
import {
  CRITICAL, DH_GROUPS, ESP_TRANSFORMS, HEADER, payloadName, protocolName, STOP, Type, wordOf, type Message, type Payload,
} from './isakmp-names.js'
import { cutPayload, openPayload, printAttributes, printChain, writeContents, writeRaw, writeSome, type Attributes } from './isakmp-payload.js'
import type { Printer } from './printer.js'

const TRANSFORM_TYPES = [undefined, 'encr', 'prf', 'integ', 'dh', 'esn']
const TRANSFORMS: ReadonlyArray<ReadonlyArray<string | undefined> | undefined> = [
  undefined, ESP_TRANSFORMS, [undefined, 'hmac-md5', 'hmac-sha', 'hmac-tiger', 'aes128_xcbc'],
  [undefined, 'hmac-md5', 'hmac-sha', 'dec-mac', 'kpdk-md5', 'aes-xcbc'], DH_GROUPS, ['no-esn', 'esn'],
]
const ENCRYPTION = 1
/** Only the key's length, 14, is known. */
const ENCRYPTION_ATTRIBUTES: Attributes = [...Array.from({ length: 14 }, () => undefined), ['keylen']]
const isPrintable = (c: number): boolean => c >= 0x20 && c < 0x7f

/** `v2ke[C]:` — [C] when who does not know it must reject the message. */
function begin(p: Printer, name: string, at: number): void {
  p.out.text(name).text(u8(p.b, at + 1) & CRITICAL ? '[C]:' : ':')
}

/** Those of which only the length is shown. */
export function printGeneric2(p: Printer, { type, at, size }: Payload): number {
  begin(p, payloadName(type), at)
  p.out.text(' len=').dec(size - HEADER)
  return writeContents(p, at + HEADER, size - HEADER) ? at + size : cutPayload(p, type)
}

/** Why a list of substructures ended: there are no more, one does not fit what holds it, or the capture or a length is bad. */
type End = 'done' | 'too long' | 'cut'
interface Listed {
  readonly end: End | 'stopped'
  readonly at: number
  readonly left: number
}

/** Proposals in an SA, transforms in a proposal: those of type `wanted` are printed by `print`, others named. */
function printList(p: Printer, at: number, left: number, depth: number, wanted: number, print: (at: number, size: number, count: number) => number): Listed {
  let type = wanted
  for (let count = 1; type !== 0; count++) {
    if (left < HEADER) return { end: 'too long', at, left }
    if (!p.has(at, HEADER)) return { end: 'cut', at, left }
    const size = u16(p.b, at + 2)
    if (size <= HEADER) return { end: 'cut', at, left }
    if (left < size) return { end: 'too long', at, left }
    if (!p.has(at, size)) return { end: 'cut', at, left }
    openPayload(p, depth)
    const next = u8(p.b, at)
    if (type === wanted) {
      const end = print(at, size, count)
      if (end === STOP) return { end: 'stopped', at, left }
      at = end
    } else {
      p.out.text(payloadName(type))
      at += size
    }
    p.out.byte(41)
    left -= size
    type = next
  }
  return { end: 'done', at, left }
}

function endOfList(p: Printer, { end, at, left }: Listed, type: number): number {
  if (end === 'done') return at
  if (end !== 'stopped') cutPayload(p, type)
  return end === 'too long' ? at + left : STOP
}

export function printSa2(p: Printer, { type, at, size, context }: Payload): number {
  begin(p, 'sa', at)
  const length = size - HEADER
  p.out.text(' len=').dec(length)
  const depth = context.depth + 1
  const list = printList(p, at + HEADER, length, depth, Type.PROPOSAL, (proposal, bytes) => printProposal2(p, proposal, bytes, depth))
  return endOfList(p, list, type)
}

function printProposal2(p: Printer, at: number, size: number, depth: number): number {
  const { out, b } = p
  if (!p.has(at, 8)) return cutPayload(p, Type.PROPOSAL)
  begin(p, payloadName(Type.PROPOSAL), at)
  out.text(' #').dec(u8(b, at + 4)).text(' protoid=').text(protocolName(u8(b, at + 5))).text(' transform=').dec(u8(b, at + 7)).text(' len=').dec(size)
  // tcpdump counts the proposal's own four bytes as room for transforms
  let left = size - HEADER
  let here = at + 8
  const spi = u8(b, at + 6)
  if (spi > 0) {
    if (left < spi) return endOfList(p, { end: 'too long', at: here, left }, Type.PROPOSAL)
    out.text(' spi=')
    if (!writeRaw(p, here, spi)) return cutPayload(p, Type.PROPOSAL)
    here += spi
    left -= spi
  }
  const list = printList(p, here, left, depth + 1, Type.TRANSFORM, (transform, bytes, count) => printTransform2(p, transform, bytes, count))
  return endOfList(p, list, Type.PROPOSAL)
}

function printTransform2(p: Printer, at: number, size: number, count: number): number {
  const { out, b } = p
  if (!p.has(at, 8)) return cutPayload(p, Type.TRANSFORM)
  begin(p, payloadName(Type.TRANSFORM), at)
  const type = u8(b, at + 4)
  const id = u16(b, at + 6)
  const names = TRANSFORMS[type]
  out.text(' #').dec(count).text(' type=').text(wordOf(TRANSFORM_TYPES, type)).text(' id=')
  out.text(names === undefined ? String(id) : wordOf(names, id)).byte(32)
  const end = printAttributes(p, at + 8, at + size, type === ENCRYPTION ? ENCRYPTION_ATTRIBUTES : undefined)
  if (end === STOP) return cutPayload(p, Type.TRANSFORM)
  if (p.end < at + size) out.text('...')
  return end
}

export function printKey2(p: Printer, { type, at, size }: Payload): number {
  if (!p.has(at, 8)) return cutPayload(p, type)
  begin(p, payloadName(type), at)
  if (size < 8) {
    p.out.text(' len=').dec(size).text(' < 8')
    return at + size
  }
  p.out.text(' len=').dec(size - 8).text(' group=').text(wordOf(DH_GROUPS, u16(p.b, at + 4)))
  return writeContents(p, at + 8, size - 8) ? at + size : cutPayload(p, type)
}

/** RFC 4306 §3.5: text for names, hexadecimal for all else. */
const IDENTITIES: Readonly<Record<number, readonly [word: string, isText: boolean]>> = {
  1: ['ipv4', false], 2: ['fqdn', true], 3: ['rfc822', true], 5: ['ipv6', false], 9: ['dn', false], 10: ['gn', false], 11: ['keyid', false],
}

export function printIdentity2(p: Printer, { type, at, size }: Payload): number {
  if (!p.has(at, 8)) return cutPayload(p, type)
  begin(p, payloadName(type), at)
  p.out.text(' len=').dec(size - HEADER)
  if (!writeContents(p, at + HEADER, size - HEADER)) return cutPayload(p, type)
  const identity = IDENTITIES[u8(p.b, at + 4)]
  if (identity === undefined) return at + size
  const [word, isText] = identity
  p.out.byte(32).text(word).byte(58)
  if (!p.has(at + 8, size - 8)) return cutPayload(p, type)
  if (isText) writeDotted(p, at + 8, size - 8)
  else p.out.hexBytes(p.b, at + 8, at + size)
  return at + size
}

/** Text, a dot for each byte that is none. */
function writeDotted(p: Printer, at: number, length: number): void {
  for (let i = at; i < at + length; i++) p.out.byte(isPrintable(p.b[i]!) ? p.b[i]! : 46)
}

const METHODS = ['invalid', 'rsasig', 'shared-secret', 'dsssig']

export function printAuthentication2(p: Printer, { type, at, size }: Payload): number {
  const { out, options } = p
  if (!p.has(at, 8)) return cutPayload(p, type)
  begin(p, payloadName(type), at)
  out.text(' len=').dec(size - HEADER).text(' method=').text(wordOf(METHODS, u8(p.b, at + 4)))
  if (options.verbose > 1) {
    out.text(' authdata=(')
    if (!writeRaw(p, at + 8, size - 8)) return cutPayload(p, type)
    out.text(') ')
  } else if (options.verbose > 0 && !writeSome(p, at + 8)) return cutPayload(p, type)
  return at + size
}

export function printNonce2(p: Printer, { type, at, size }: Payload): number {
  const { out, options } = p
  begin(p, 'nonce', at)
  out.text(' len=').dec(size - HEADER)
  if (options.verbose > 1) {
    out.text(' nonce=(')
    if (!writeRaw(p, at + HEADER, size - HEADER)) return cutPayload(p, type)
    out.text(') ')
  } else if (options.verbose > 0 && !writeSome(p, at + HEADER)) return cutPayload(p, type)
  return at + size
}

/** RFC 4306 §3.10.1; false: its SPI is not shown. */
const NOTIFICATIONS: Readonly<Record<number, readonly [name: string, showsSpi: boolean]>> = {
  1: ['unsupported_critical_payload', false], 4: ['invalid_ike_spi', true], 5: ['invalid_major_version', false], 7: ['invalid_syntax', true],
  9: ['invalid_message_id', true], 11: ['invalid_spi', true], 14: ['no_protocol_chosen', true], 17: ['invalid_ke_payload', true],
  24: ['authentication_failed', true], 34: ['single_pair_required', true], 35: ['no_additional_sas', false], 36: ['internal_address_failure', false],
  37: ['failed:cp_required', false], 39: ['invalid_selectors', false], 16384: ['initial_contact', false], 16385: ['set_window_size', false],
  16386: ['additional_ts_possible', false], 16387: ['ipcomp_supported', false], 16388: ['nat_detection_source_ip', true],
  16389: ['nat_detection_destination_ip', true], 16390: ['cookie', true], 16391: ['use_transport_mode', false],
  16392: ['http_cert_lookup_supported', false], 16393: ['rekey_sa', true], 16394: ['tfc_padding_not_supported', false],
  16395: ['non_first_fragment_also', false],
}
const COOKIE = 16390

function notifyRange(type: number): string {
  if (type < 8192) return 'error'
  if (type < 16384) return 'private-error'
  return type < 40960 ? 'status' : 'private-status'
}

export function printNotify2(p: Printer, { at, size }: Payload): number {
  const { out, b } = p
  const type = 11
  if (!p.has(at, 8)) return cutPayload(p, type)
  begin(p, payloadName(type), at)
  const notify = u16(b, at + 6)
  const [name, showsSpi] = NOTIFICATIONS[notify] ?? [notifyRange(notify), true]
  out.text(' prot_id=').text(protocolName(u8(b, at + 4))).text(' type=').dec(notify).byte(40).text(name).byte(41)
  const spi = u8(b, at + 5)
  if (showsSpi && spi > 0) {
    out.text(' spi=')
    if (!writeRaw(p, at + 8, spi)) return cutPayload(p, type)
  }
  const data = at + 8 + spi
  const isAll = p.options.verbose > 3
  if ((notify !== COOKIE && !isAll) || data >= p.end) return at + size
  if (p.end - data >= 30 && !isAll) return writeSome(p, data) ? at + size : cutPayload(p, type)
  out.text(' data=(').hexBytes(b, data, p.end).byte(41)
  return at + size
}

export function printVendor2(p: Printer, { type, at, size }: Payload): number {
  const length = size - HEADER
  begin(p, payloadName(type), at)
  p.out.text(' len=').dec(length).text(' vid=')
  writeDotted(p, at + HEADER, length)
  if (length > 4) writeContents(p, at + HEADER, length)
  return at + size
}

/** The encrypted payload is the last of a message; what is in it is printed when -E gives the secret. */
export function printEncrypted2(p: Printer, { type, at, size, context }: Payload, message: Message): number {
  begin(p, payloadName(type), at)
  const length = size - HEADER
  p.out.text(' len=').dec(length)
  if (length > 4) writeContents(p, at + HEADER, length)
  const plain = decryptIkev2(p, message, at + HEADER, at + size)
  if (plain === undefined) return STOP
  const next = u8(p.b, at)
  const former = p.b
  const formerEnd = p.end
  p.b = plain
  p.end = plain.length
  try {
    printChain(p, next, 0, { ...context, depth: context.depth + 1 })
  } finally {
    p.b = former
    p.end = formerEnd
  }
  return STOP
}
