/**
 * The secrets of -E, one a line — tcpdump(1): `spi@address algorithm:key`, `algorithm:key` for all else, and for IKEv2
 * `ikev2 I|R initiator-spi responder-spi authentication:key algorithm:key`.
 */
import { isIP } from 'node:net'
import type { Crypto } from './printer.js'

export interface Secret {
  /** A name of node:crypto. */
  readonly cipher: string
  readonly key: Buffer
  /** Bytes of the initialization vector. */
  readonly ivLength: number
  /** Bytes of which the encrypted text must be a multiple. */
  readonly block: number
  /** Bytes of the check value at the end. */
  readonly checkLength: number
}

export interface EspSecret extends Secret {
  /** undefined: for packets that no other secret is for. */
  readonly spi: number | undefined
  /** Destination in its usual form. */
  readonly address: string
}

export interface IkeSecret extends Secret {
  readonly fromInitiator: boolean
  /** SPIs of initiator and responder in hexadecimal. */
  readonly cookies: string
}

export interface Secrets {
  readonly esp: readonly EspSecret[]
  readonly ike: readonly IkeSecret[]
}

/** What cannot be understood, or names a cipher that is not there, is passed over: such packets print as encrypted ones do. */
export function parseEspSecrets(crypto: Crypto, lines: string): Secrets {
  const esp: EspSecret[] = []
  const ike: IkeSecret[] = []
  for (const line of lines.split('\n')) {
    const blank = line.search(/[ \t]/)
    const first = blank < 0 ? line : line.slice(0, blank)
    const rest = blank < 0 ? undefined : line.slice(blank + 1)
    if (first.toLowerCase() === 'ikev2' && rest !== undefined) {
      const secret = parseIke(crypto, rest)
      if (secret !== undefined) ike.push(secret)
      continue
    }
    const secret = parseSecret(crypto, (rest ?? first).replace(/^[ \t\r\n]+/, ''))
    if (secret === undefined) continue
    if (rest === undefined) esp.push({ ...secret, spi: undefined, address: '' })
    else {
      const target = /^(?<spi>0x[0-9a-f]+|\d+)[^@]*@(?<address>.*)$/i.exec(first)?.groups
      if (target !== undefined && isIP(target['address']!) !== 0) esp.push({ ...secret, spi: numberOf(target['spi']!), address: canonical(target['address']!) })
    }
  }
  // The last one given for a packet is the one that counts.
  return { esp: esp.reverse(), ike: ike.reverse() }
}

/** As strtoul(3) reads it: hexadecimal, octal or decimal. */
const numberOf = (text: string): number => (/^0[0-7]+$/.test(text) ? parseInt(text, 8) : Number(text)) >>> 0

/** An address as it is printed: IPv6 has many forms. */
const canonical = (address: string): string => (isIP(address) === 6 ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address)

/** `3des-cbc-hmac96:0x…` or `aes128-cbc:text` */
function parseSecret(crypto: Crypto, text: string): Secret | undefined {
  const colon = text.indexOf(':')
  if (colon < 0) return undefined
  let algorithm = text.slice(0, colon)
  const hasCheck = /.-hmac96$/.test(algorithm)
  if (hasCheck) algorithm = algorithm.slice(0, -'-hmac96'.length)
  if (/.-cbc$/.test(algorithm)) algorithm = algorithm.slice(0, -'-cbc'.length)
  const cipher = algorithm === '3des' ? 'des-ede3-cbc' : algorithm
  const info = crypto.getCipherInfo(cipher)
  if (info === undefined) return undefined
  const padded = Buffer.alloc(info.keyLength)
  const key = text.slice(colon + 1)
  const bytes = Buffer.from(key.startsWith('0x') ? key.slice(2) : key, key.startsWith('0x') ? 'hex' : 'latin1')
  if (bytes.length === 0 && key.startsWith('0x')) return undefined
  bytes.copy(padded)
  return { cipher, key: padded, ivLength: info.ivLength ?? 0, block: info.blockSize ?? 1, checkLength: hasCheck ? CHECK : 0 }
}

/** Bytes of HMAC-MD5-96 and HMAC-SHA-1-96. */
const CHECK = 12

function parseIke(crypto: Crypto, line: string): IkeSecret | undefined {
  const [side, initiator, responder, authentication, algorithm] = line.split(/[ \t]/)
  const spis = /^0x([0-9a-f]{16}) 0x([0-9a-f]{16})$/i.exec(`${initiator} ${responder}`)
  if (side === undefined || !/^[IR]/.test(side) || spis === null || authentication === undefined || algorithm === undefined) return undefined
  const secret = parseSecret(crypto, algorithm)
  if (secret === undefined || !authentication.includes(':')) return undefined
  return {
    ...secret,
    checkLength: /^(?:sha1|md5):/i.test(authentication) ? CHECK : secret.checkLength,
    fromInitiator: side.startsWith('I'),
    cookies: `${spis[1]!}${spis[2]!}`.toLowerCase(),
  }
}
