/**
 * TLS ClientHello, as far as the name of the server that is asked for — RFC 8446 §4.1.2, RFC 6066 §3. `b` is the captured frame, `at` the first byte of a record,
 * `end` one past the last captured byte of the segment: a hello that goes on in the next one is read as far as it goes.
 */
import { u16, u8 } from '../bytes.js'

const HANDSHAKE = 22
const CLIENT_HELLO = 1
const SERVER_NAME = 0
const HOST_NAME = 0
/** Record header; handshake header; version and random of the hello. */
const RECORD = 5, MESSAGE = 4, FIXED = 34

/** Whether a record with a ClientHello begins at `at`. */
export const isClientHello = (b: Uint8Array, at: number, end: number): boolean => at + RECORD + MESSAGE <= end && u8(b, at) === HANDSHAKE && u8(b, at + 1) === 3 && u8(b, at + RECORD) === CLIENT_HELLO

/** The host name of the server_name extension; undefined where there is none, or it lies behind `end`. */
export function serverName(b: Uint8Array, at: number, end: number): Uint8Array | undefined {
  if (!isClientHello(b, at, end)) return undefined
  let to = at + RECORD + MESSAGE + FIXED
  if (to >= end) return undefined
  to += 1 + u8(b, to) // session id
  if (to + 2 > end) return undefined
  to += 2 + u16(b, to) // cipher suites
  if (to >= end) return undefined
  to += 1 + u8(b, to) // compression methods
  if (to + 2 > end) return undefined
  const stop = Math.min(end, to + 2 + u16(b, to))
  for (to += 2; to + 4 <= stop; ) {
    const type = u16(b, to), next = to + 4 + u16(b, to + 2)
    if (type === SERVER_NAME) {
      // a list, of which one entry of each type may stand: its length, type, length, name
      if (to + 9 > stop || u8(b, to + 6) !== HOST_NAME) return undefined
      const name = to + 9, nameEnd = name + u16(b, to + 7)
      return nameEnd > stop || nameEnd > next ? undefined : b.subarray(name, nameEnd)
    }
    to = next
  }
  return undefined
}
