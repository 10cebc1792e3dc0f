/** ASN.1 values in BER (X.690), as far as SNMP uses them and tcpdump reads them: each fault is written where it is found. */
import type { Printer } from './printer.js'

/** Thrown, always this one object, when a value cannot be read: what was wrong has been written. */
export const UNREADABLE: { readonly unreadable: true } = { unreadable: true }

/** What a value is, by class, form and tag. */
export const Kind = {
  OTHER: 0, INTEGER: 1, STRING: 2, NULL: 3, OBJECT: 4, SEQUENCE: 5, ADDRESS: 6, UNSIGNED: 7, UNSIGNED64: 8, PDU: 9, EXCEPTION: 10, UNKNOWN: 11,
} as const
export type Kind = (typeof Kind)[keyof typeof Kind]

export interface Value {
  readonly kind: Kind
  readonly tag: number
  /** Of the contents. */
  readonly at: number
  readonly length: number
  /** Contents and all that stands before them. */
  readonly size: number
}

/** Tags by class: universal, application (RFC 2578), context (RFC 3416), private. */
const TAGS: ReadonlyArray<readonly string[]> = [
  [
    'U-0', 'Boolean', 'Integer', 'Bitstring', 'String', 'Null', 'ObjID', 'ObjectDes', 'U-8', 'U-9', 'U-10', 'U-11', 'U-12', 'U-13', 'U-14', 'U-15',
    'Sequence', 'Set',
  ],
  ['IpAddress', 'Counter', 'Gauge', 'TimeTicks', 'Opaque', 'C-5', 'Counter64'],
  ['GetRequest', 'GetNextRequest', 'GetResponse', 'SetRequest', 'Trap', 'GetBulk', 'Inform', 'V2Trap', 'Report'],
  ['P-0'],
]
/** How a class is told: in most places tcpdump has one word for all of them. */
const LETTERS: readonly string[] = ['U', 'A', 'x', 'x']
const ANY_CLASS = 'x'
/** Values of class and tag that have a meaning of their own: RFC 2578 §7.1, RFC 3416 §3. */
const PRIMITIVE: ReadonlyArray<Readonly<Record<number, Kind>>> = [
  { 2: Kind.INTEGER, 4: Kind.STRING, 5: Kind.NULL, 6: Kind.OBJECT },
  { 0: Kind.ADDRESS, 1: Kind.UNSIGNED, 2: Kind.UNSIGNED, 3: Kind.UNSIGNED, 6: Kind.UNSIGNED64 },
  { 0: Kind.EXCEPTION, 1: Kind.EXCEPTION, 2: Kind.EXCEPTION },
  {},
]
const Class = { UNIVERSAL: 0, APPLICATION: 1, CONTEXT: 2 } as const
const SEQUENCE_TAG = 16
const LONG = 0x80
const LONG_TAG = 0x1f
const CONSTRUCTED = 0x20

export const pduName = (tag: number): string => TAGS[Class.CONTEXT]![tag] ?? ''

/** The value at `at`, of which `length` bytes at most are left. */
export function readValue(p: Printer, at: number, length: number): Value {
  const first = length < 1 ? fail(p, '[nothing to parse]') : p.u8(at)
  const classOf = first >> 6
  const constructed = (first & CONSTRUCTED) !== 0
  let here = at + 1
  let left = length - 1
  let tag = first & LONG_TAG
  if (tag === LONG_TAG) {
    tag = 0
    for (;;) {
      const more = (p.u8(here) & LONG) !== 0
      if (left < 1) fail(p, '[Xtagfield?]')
      // tcpdump keeps eight bits of it
      tag = ((tag << 7) | (p.u8(here) & 0x7f)) & 0xff
      here++
      left--
      if (!more) break
    }
  }
  if (left < 1) fail(p, '[no asnlen]')
  let size = p.u8(here++)
  left--
  if (size & LONG) {
    const octets = size & 0x7f
    if (left < octets) fail(p, `[asnlen? ${left}<${octets}]`)
    if (!p.has(here, octets)) cut(p)
    size = 0
    for (let i = 0; i < octets; i++) size = ((size << 8) | p.b[here + i]!) >>> 0
    here += octets
    left -= octets
  }
  if (left < size) fail(p, `[len${left}<asnlen${size}]`)
  if (tag >= TAGS[classOf]!.length) fail(p, `[id?${constructed ? 'C' : 'P'}/${ANY_CLASS}/${tag}]`)
  if (!p.has(here, size)) cut(p)
  const kind = constructed ? constructedKind(p, classOf, tag) : primitiveKind(p, classOf, tag)
  if (kind === Kind.INTEGER && size === 0) fail(p, '[asnlen=0]')
  return { kind, tag, at: here, length: size, size: here - at + size }
}

function primitiveKind(p: Printer, classOf: number, tag: number): Kind {
  const known = PRIMITIVE[classOf]![tag]
  if (known !== undefined) return known
  if (classOf === Class.CONTEXT) return Kind.UNKNOWN
  p.out.text(`[P/${LETTERS[classOf]!}/${TAGS[classOf]![tag]!}]`)
  return Kind.OTHER
}

function constructedKind(p: Printer, classOf: number, tag: number): Kind {
  if (classOf === Class.CONTEXT) return Kind.PDU
  if (classOf === Class.UNIVERSAL && tag === SEQUENCE_TAG) return Kind.SEQUENCE
  p.out.text(`C/${classOf === Class.UNIVERSAL ? 'U' : ANY_CLASS}/${TAGS[classOf]![tag]!}`)
  return Kind.OTHER
}

/** Contents of an INTEGER; of more than four bytes the last four count. */
export function integerOf(p: Printer, { at, length }: Value): number {
  let n = length > 0 && p.b[at]! & 0x80 ? -1 : 0
  for (let i = 0; i < length; i++) n = (n << 8) | p.b[at + i]!
  return n
}

/** The same, unsigned and of up to 64 bits. */
export function unsignedOf(p: Printer, { at, length }: Value): bigint {
  let n = 0n
  for (let i = Math.max(0, length - 8); i < length; i++) n = (n << 8n) | BigInt(p.b[at + i]!)
  return n
}

function fail(p: Printer, what: string): never {
  p.out.text(what)
  throw UNREADABLE
}

function cut(p: Printer): never {
  p.truncated()
  throw UNREADABLE
}
