/** Encrypted packets as tcpdump prints them — RFC 4303 §2; with -E and the right secret, what they hold too. */
import { u16, u32, u8 } from '../bytes.js'
import * as ip4 from '../decode/ip4.js'
import * as ip6 from '../decode/ip6.js'
import { writeIp4, writeIp6 } from './address.js'
import { parseEspSecrets, type EspSecret, type Secret, type Secrets } from './esp-secrets.js'
import { printIpPayload } from './ip-payload.js'
import type { Message } from './isakmp-names.js'
import { LineWriter } from './line.js'
import type { Printer } from './printer.js'

/** Bytes before the initialization vector: SPI and sequence number. */
const HEADER = 8
/** Behind the payload: padding, its length, the protocol — RFC 4303 §2.4 to §2.6. */
const TRAILER = 2

/** `ESP(spi=0x…,seq=0x…), length N`; `ip`: the IP header before it. */
export function printEsp(p: Printer, at: number, length: number, ip: number, fragmented: boolean): void {
  const { out, b } = p
  p.protocol = 'esp'
  // tcpdump wants a byte of what is encrypted.
  if (!p.has(at, HEADER + 1)) return p.truncated()
  out.text('ESP(spi=0x').hex(u32(b, at), 8).text(',seq=0x').hex(u32(b, at + 4)).byte(41)
  out.text(', length ').dec(length)
  const secret = secretFor(p, at, ip, fragmented)
  if (secret !== undefined) printDecrypted(p, at, secret, ip, fragmented)
}

function printDecrypted(p: Printer, at: number, secret: Secret, ip: number, fragmented: boolean): void {
  const start = at + HEADER + secret.ivLength
  const end = p.end - secret.checkLength
  if (end < start) return p.truncated()
  const decrypted = decrypt(p, secret, at + HEADER, end)
  if (decrypted === undefined) return
  if (decrypted.length < TRAILER || decrypted[decrypted.length - TRAILER]! + TRAILER > decrypted.length) return p.truncated()
  // The frame anew, its text plain: what is inside may ask for the IP header before it.
  const former = p.b
  const formerEnd = p.end
  const plain = former.slice(0, end)
  plain.set(decrypted, start)
  const protocol = u8(plain, end - 1)
  const payloadEnd = end - TRAILER - u8(plain, end - 2)
  p.out.text(': ')
  p.b = plain
  p.end = payloadEnd
  try {
    printIpPayload(p, start, payloadEnd - start, protocol, ip, fragmented)
  } finally {
    p.b = former
    p.end = formerEnd
  }
}

/** What stands between the initialization vector at `at` and `end`; undefined when the cipher cannot decrypt it. */
function decrypt(p: Printer, { cipher, key, ivLength, block }: Secret, at: number, end: number): Uint8Array | undefined {
  if ((end - at - ivLength) % block !== 0) return undefined
  try {
    const iv = ivLength === 0 ? null : p.b.subarray(at, at + ivLength)
    const decipher = p.crypto!.createDecipheriv(cipher, key, iv)
    decipher.setAutoPadding(false)
    return decipher.update(p.b.subarray(at + ivLength, end))
  } catch {
    // A cipher that this OpenSSL knows but does not offer (DES, Blowfish), or one of another mode: it stays encrypted.
    return undefined
  }
}

function secretsOf(p: Printer): Secrets | undefined {
  if (p.options.espSecrets === undefined || p.crypto === undefined) return undefined
  let secrets = p.memory.get('esp') as Secrets | undefined
  if (secrets === undefined) {
    secrets = parseEspSecrets(p.crypto, p.options.espSecrets)
    p.memory.set('esp', secrets)
  }
  return secrets
}

function secretFor(p: Printer, at: number, ip: number, fragmented: boolean): EspSecret | undefined {
  const secrets = secretsOf(p)
  if (secrets === undefined) return undefined
  // The trailer is in the last fragment; the length of a jumbogram stands elsewhere.
  if (ip4.version(p.b, ip) === 4 ? fragmented : u16(p.b, ip + 4) === 0) return undefined
  const spi = u32(p.b, at)
  const address = addressOf(p.b, ip)
  return secrets.esp.find((secret) => secret.spi === spi && secret.address === address) ?? secrets.esp.find((secret) => secret.spi === undefined)
}

/** What the encrypted payload of an IKEv2 message holds, or undefined when no secret is for it. */
export function decryptIkev2(p: Printer, { fromInitiator, cookies }: Message, at: number, end: number): Uint8Array | undefined {
  const wanted = Buffer.from(cookies).toString('hex')
  const secret = secretsOf(p)?.ike.find((each) => each.fromInitiator === fromInitiator && each.cookies === wanted)
  if (secret === undefined) return undefined
  const textEnd = end - secret.checkLength
  return textEnd <= at + secret.ivLength ? undefined : decrypt(p, secret, at, textEnd)
}

/** The destination as text. */
function addressOf(b: Uint8Array, ip: number): string {
  let text = ''
  const out = new LineWriter((chunk) => { text = Buffer.from(chunk).toString('latin1') })
  if (ip4.version(b, ip) === 4) writeIp4(out, b, ip + ip4.DESTINATION_AT)
  else writeIp6(out, b, ip + ip6.DESTINATION_AT)
  out.flush()
  return text
}
