/** Encrypted packets as tcpdump prints them — RFC 4303 §2; with -E and the right secret, what they hold too. */
import { u32, u8 } from '../bytes.js'
import * as ip4 from '../decode/ip4.js'
import * as ip6 from '../decode/ip6.js'
import { writeIp4, writeIp6 } from './address.js'
import { parseEspSecrets, type EspSecret } from './esp-secrets.js'
import { printIpPayload } from './ip-payload.js'
import { LineWriter } from './line.js'
import { TRUNCATED, type Printer } from './printer.js'

/** Bytes before the initialization vector: SPI and sequence number. */
const HEADER = 8

/** `ESP(spi=0x…,seq=0x…), length N`; `ip`: the IP header before it. */
export function printEsp(p: Printer, at: number, length: number, ip: number, fragmented: boolean): void {
  const { out, b } = p
  p.protocol = 'esp'
  // tcpdump wants a byte of what is encrypted.
  p.need(at, HEADER + 1)
  out.text('ESP(spi=0x').hex(u32(b, at), 8).text(',seq=0x').hex(u32(b, at + 4)).byte(41)
  out.text(', length ').dec(length)
  if (p.options.espSecrets !== undefined && p.crypto !== undefined) printDecrypted(p, at, length, ip, fragmented)
}

function printDecrypted(p: Printer, at: number, length: number, ip: number, fragmented: boolean): void {
  const secret = secretFor(p, at, ip)
  if (secret === undefined) return
  const { block } = secret
  const start = at + HEADER + block
  const end = Math.min(at + length, p.end) - secret.checkLength
  if (end <= start) throw TRUNCATED
  if ((end - start) % block !== 0) return
  // The frame anew, its text plain: what is inside may ask for the IP header before it.
  const former = p.b
  const formerEnd = p.end
  const decipher = p.crypto!.createDecipheriv(secret.cipher, secret.key, former.subarray(at + HEADER, start)).setAutoPadding(false)
  const plain = former.slice(0, end)
  plain.set(decipher.update(former.subarray(start, end)), start)
  // Behind the payload: padding, its length, the protocol — RFC 4303 §2.4 to §2.6.
  const padding = u8(plain, end - 2)
  const protocol = u8(plain, end - 1)
  const payloadEnd = end - 2 - padding
  if (payloadEnd < start) throw TRUNCATED
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

function secretFor(p: Printer, at: number, ip: number): EspSecret | undefined {
  let secrets = p.memory.get('esp') as readonly EspSecret[] | undefined
  if (secrets === undefined) {
    secrets = parseEspSecrets(p.options.espSecrets!)
    p.memory.set('esp', secrets)
  }
  const spi = u32(p.b, at)
  const address = addressOf(p.b, ip)
  return secrets.find((secret) => secret.spi === spi && secret.address === address) ?? secrets.find((secret) => secret.spi === undefined)
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
