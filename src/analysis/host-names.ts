/**
 * Names that a capture itself gives to the hosts of its connections: of name resolution blocks, DNS answers, TLS server names and HTTP Host fields. Nobody is asked.
 * They are claims of strangers, so each keeps where it comes from. Bounded by the addresses that are wanted, and few names for each.
 */
import { u16 } from '../bytes.js'
import * as dns from '../decode/dns.js'
import { escapeBytes } from '../escape.js'

/** Where a name comes from, the surest first. */
export const NAME_SOURCES = ['name resolution block', 'DNS', 'TLS', 'HTTP'] as const
export type NameSource = (typeof NAME_SOURCES)[number]

export interface HostName {
  /** Safe text: controls are escaped. */
  readonly name: string
  readonly source: NameSource
  /** The packet that said so; 0 for a name resolution block. */
  readonly packet: number
}

/** Names kept of one address, and bytes of a name: RFC 1035 allows 255. */
const MOST_NAMES = 4
const MOST_BYTES = 255
/** Records of a message that are looked at. */
const MOST_RECORDS = 256

const keyOf = (b: Uint8Array, at: number, length: number): string => String.fromCharCode(...b.subarray(at, at + length))

export class HostNames {
  readonly #names = new Map<string, HostName[]>()

  /** @param wanted addresses, 4 or 16 bytes: names of others are passed over */
  constructor(wanted: Iterable<Uint8Array>) {
    for (const address of wanted) this.#names.set(keyOf(address, 0, address.length), [])
  }

  /** The address stands at `at` in `b`, `length` bytes of it. */
  add(b: Uint8Array, at: number, length: number, name: Uint8Array, source: NameSource, packet: number): void {
    const names = this.#names.get(keyOf(b, at, length))
    if (names !== undefined) keep(names, escapeBytes(name.subarray(0, MOST_BYTES)), source, packet)
  }

  /** Takes the answers of a DNS or mDNS message: addresses of the name that was asked for (mDNS: of the record's own), and names of PTR records. */
  takeDns(b: Uint8Array, message: number, end: number, packet: number): void {
    if (message < 0 || message + dns.HEADER > end || (dns.flags(b, message) & (dns.Flag.QR | 15)) !== dns.Flag.QR) return
    let at = message + dns.HEADER, asked: Uint8Array[] | undefined
    for (let n = Math.min(dns.questions(b, message), MOST_RECORDS); n > 0; n--) {
      asked ??= dns.labels(b, message, at, end)
      at = dns.nameEnd(b, at, end)
      if (at < 0) return
      at += 4
    }
    for (let n = Math.min(dns.answers(b, message), MOST_RECORDS); n > 0; n--) {
      const owner = at
      at = dns.nameEnd(b, at, end)
      if (at < 0 || at + dns.RECORD > end) return
      const type = u16(b, at), data = at + dns.RECORD, length = u16(b, at + 8)
      at = data + length
      if (at > end) return
      if ((type === dns.Type.A && length === 4) || (type === dns.Type.AAAA && length === 16)) {
        const names = this.#names.get(keyOf(b, data, length))
        const labels = names === undefined ? undefined : (asked ?? dns.labels(b, message, owner, end))
        if (labels !== undefined) keep(names!, dotted(labels), 'DNS', packet)
      } else if (type === dns.Type.PTR) {
        const address = reverseAddress(dns.labels(b, message, owner, end) ?? []), labels = dns.labels(b, message, data, end)
        const names = address === undefined ? undefined : this.#names.get(keyOf(address, 0, address.length))
        if (names !== undefined && labels !== undefined) keep(names, dotted(labels), 'DNS', packet)
      }
    }
  }

  /** Names of an address, the surest first. */
  of(address: Uint8Array): readonly HostName[] {
    return this.#names.get(keyOf(address, 0, address.length)) ?? []
  }
}

/** Keeps a name once, by its surest source, in the order of the sources. */
function keep(names: HostName[], name: string, source: NameSource, packet: number): void {
  if (name === '') return
  const rank = NAME_SOURCES.indexOf(source), known = names.findIndex((one) => one.name === name)
  if (known >= 0) {
    if (NAME_SOURCES.indexOf(names[known]!.source) <= rank) return
    names.splice(known, 1)
  }
  const place = names.findIndex((one) => NAME_SOURCES.indexOf(one.source) > rank)
  names.splice(place < 0 ? names.length : place, 0, { name, source, packet })
  names.length = Math.min(names.length, MOST_NAMES)
}

/** `www.example.com`; a dot inside a label has a backslash (RFC 1035 §5.1). */
const dotted = (labels: readonly Uint8Array[]): string => labels.map((label) => escapeBytes(label).replaceAll('.', '\\.')).join('.')

/** The address of a name under in-addr.arpa or ip6.arpa — RFC 1035 §3.5, RFC 3596 §2.5. */
function reverseAddress(labels: readonly Uint8Array[]): Uint8Array | undefined {
  const words = labels.map((label) => Buffer.from(label).toString('latin1').toLowerCase())
  const kind = words.splice(-2).join('.')
  words.reverse()
  if (kind === 'in-addr.arpa' && words.length === 4 && words.every((word) => /^\d{1,3}$/.test(word) && Number(word) < 256)) return Uint8Array.from(words, Number)
  if (kind !== 'ip6.arpa' || words.length !== 32 || !words.every((word) => /^[\da-f]$/.test(word))) return undefined
  return Uint8Array.from({ length: 16 }, (_, i) => parseInt(`${words[i * 2]!}${words[i * 2 + 1]!}`, 16))
}
