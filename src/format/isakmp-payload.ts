/** What all payloads of IKE share: their chain, raw bytes and attributes — RFC 2408 §3, RFC 4306 §3. */
import { u16 } from '../bytes.js'
import { printDelete, printCertificate1, printIdentity1, printKey1, printNonce1, printNotify1, printProposal1, printSa1, printSized, printTransform1 } from './ikev1.js'
import {
  printAuthentication2, printEncrypted2, printGeneric2, printIdentity2, printKey2, printNonce2, printNotify2, printSa2, printVendor2,
} from './ikev2.js'
import { HEADER, payloadName, STOP, Type, type Context, type Payload, type PrintPayload } from './isakmp-names.js'
import { TRUNCATED, type Printer } from './printer.js'

/** A chain in a chain: deeper ones are not printed. */
const MAX_DEPTH = 500

/** By type of payload. */
function printerOf(type: number): PrintPayload | undefined {
  switch (payloadName(type)) {
    case 'sa': return printSa1
    case 'p': return printProposal1
    case 't': return printTransform1
    case 'ke': return printKey1
    case 'id': return printIdentity1
    case 'cert':
    case 'cr': return printCertificate1
    case 'hash':
    case 'sig':
    case 'vid': return printSized
    case 'nonce': return printNonce1
    case 'n': return printNotify1
    case 'd': return printDelete
    case 'v2sa': return printSa2
    case 'v2ke': return printKey2
    case 'v2IDi':
    case 'v2IDr': return printIdentity2
    case 'v2auth': return printAuthentication2
    case 'v2nonce': return printNonce2
    case 'v2n': return printNotify2
    case 'v2vid': return printVendor2
    case 'v2cert':
    case 'v2cr':
    case 'v2d':
    case 'v2TSi':
    case 'v2TSr':
    case 'v2cp':
    case 'v2eap': return printGeneric2
    default: return undefined
  }
}

/** The payloads from `at` on, the first of `type`, one a line in brackets. Returns where the last one ends, or STOP. */
export function printChain(p: Printer, type: number, at: number, context: Context): number {
  if (context.depth > MAX_DEPTH) throw TRUNCATED
  let here = at
  while (type !== 0) {
    if (!p.has(here, HEADER) || !p.has(here, u16(p.b, here + 2))) return cutPayload(p, type)
    const next = p.b[here]!
    openPayload(p, context.depth + 1)
    const end = printPayload(p, { type, at: here, size: u16(p.b, here + 2), context: { ...context, depth: context.depth + 1 } })
    p.out.byte(41)
    if (end === STOP) return STOP
    type = next
    here = end
  }
  return here
}

/** `\n    (` */
export function openPayload(p: Printer, depth: number): void {
  p.out.byte(10).blanks(4 * depth).byte(40)
}

function printPayload(p: Printer, payload: Payload): number {
  const { type, at, size, context } = payload
  if (size <= HEADER) return STOP
  if (type === Type.ENCRYPTED_2 && context.message !== undefined) return printEncrypted2(p, payload, context.message)
  const print = printerOf(type)
  if (print !== undefined) return print(p, payload)
  p.out.text(payloadName(type))
  return at + size
}

/** ` [|sa]`: it is cut, or too short for what it should hold. */
export function cutPayload(p: Printer, type: number): typeof STOP {
  p.out.text(' [|').text(payloadName(type)).byte(93)
  return STOP
}

/** Bytes in hexadecimal; false, and nothing, unless all are captured. */
export function writeRaw(p: Printer, at: number, length: number): boolean {
  if (!p.has(at, length)) return false
  p.out.hexBytes(p.b, at, at + length)
  return true
}

/** ` 0123…`: with -vvv, all that stands behind the header. */
export function writeContents(p: Printer, at: number, length: number): boolean {
  if (p.options.verbose < 3 || length <= 0) return true
  p.out.byte(32)
  return writeRaw(p, at, length)
}

/** ` data=(…)`: the first ten bytes, and the last twenty of all that was captured. */
export function writeSome(p: Printer, at: number): boolean {
  const first = Math.min(p.end - at, 10)
  const last = Math.max(p.end - 20, at + first)
  p.out.text(' data=(')
  if (!writeRaw(p, at, first)) return false
  p.out.text('...')
  if (!writeRaw(p, last, p.end - last)) return false
  p.out.byte(41)
  return true
}

/** What an attribute is called, and its values — RFC 2407 §4.5, RFC 2409 appendix A. */
export type Attributes = ReadonlyArray<readonly [name: string, values?: ReadonlyArray<string | undefined>] | undefined>

/** Attribute format bit: the value stands in the header. */
const SHORT_FORM = 0x80

/** Attributes in brackets from `at` to `end`; returns where they end, or STOP. Where one is too long, that is one past `end`. */
export function printAttributes(p: Printer, at: number, end: number, names: Attributes | undefined): number {
  const { out } = p
  while (at < p.end && at < end) {
    const isShort = (p.u8(at) & SHORT_FORM) !== 0
    const size = isShort ? 4 : 4 + p.u16(at + 2)
    if (at + size > end) {
      out.text('[|attr]')
      return end + 1
    }
    const type = p.u16(at) & 0x7fff
    const name = names?.[type]
    out.text('(type=').text(name?.[0] ?? `#${type}`).byte(32)
    const word = isShort && p.has(at + 2, 2) ? name?.[1]?.[u16(p.b, at + 2)] : undefined
    let whole = true
    if (isShort) {
      out.text('value=')
      if (word !== undefined) out.text(word)
      else whole = writeRaw(p, at + 2, 2)
    } else {
      out.text('len=').dec(size - 4).text(' value=')
      whole = writeRaw(p, at + 4, size - 4)
    }
    out.byte(41)
    if (!whole) return STOP
    at += size
  }
  return at
}
