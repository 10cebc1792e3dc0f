/** What tcpdump says of the TCP MD5 signature — RFC 2385. */
import * as ip4 from '../decode/ip4.js'
import { Protocol } from '../decode/ip-protocol.js'
import * as tcp from '../decode/tcp.js'
import type { Crypto, Printer } from './printer.js'

const SIGNATURE = 16

/** ` shared secret not supplied with -M, can't check - <hex>`, ` valid`, or ` (invalid)`, for the signature at `at`. */
export function writeMd5Verdict(p: Printer, at: number, segment: number, payload: number, ip: number): void {
  const { out, b } = p
  out.byte(32)
  const secret = p.options.secret
  const headerLength = tcp.headerLength(b, segment)
  const end = segment + headerLength + payload
  if (end > p.end) out.text("snaplen too short, can't check - ")
  else if (secret === undefined || p.crypto === undefined) out.text("shared secret not supplied with -M, can't check - ")
  else {
    const signature = sign(p.crypto, b, segment, headerLength, end, ip, secret)
    if (Buffer.compare(signature, b.subarray(at, at + SIGNATURE)) === 0) out.text('valid')
    else p.invalid()
    return
  }
  out.hexBytes(b, at, at + SIGNATURE)
}

/** RFC 2385 §2.0: pseudoheader, header without options and with a checksum of zero, data, key. */
function sign({ createHash }: Crypto, b: Uint8Array, segment: number, headerLength: number, end: number, ip: number, secret: string): Buffer {
  const hash = createHash('md5')
  const length = end - segment
  if (ip4.version(b, ip) === 4) {
    hash.update(b.subarray(ip + ip4.SOURCE_AT, ip + ip4.SOURCE_AT + 8))
    hash.update(Uint8Array.of(0, Protocol.TCP, length >> 8, length & 0xff))
  } else {
    hash.update(b.subarray(ip + 8, ip + 40))
    hash.update(Uint8Array.of(length >>> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff, 0, 0, 0, Protocol.TCP))
  }
  hash.update(b.subarray(segment, segment + 16)).update(Uint8Array.of(0, 0)).update(b.subarray(segment + 18, segment + tcp.MIN_HEADER))
  hash.update(b.subarray(segment + headerLength, end))
  return hash.update(secret, 'latin1').digest()
}
