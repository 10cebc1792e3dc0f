/** Addresses as text: IPv4 dotted, IPv6 as inet_ntop(3) writes it (RFC 5952 with the dotted tail of mapped ones), link-layer in hexadecimal. */
import type { LineWriter } from './line.js'

/** `10.0.0.1` from the four bytes at `b[at]`. */
export function writeIp4(out: LineWriter, b: Uint8Array, at: number): void {
  out.ip4(b, at)
}

/** `fe80::1` from the sixteen bytes at `b[at]`: the longest run of two or more zero groups (the first of equals) becomes `::`. */
export function writeIp6(out: LineWriter, b: Uint8Array, at: number): void {
  let runAt = -1
  let runLength = 1
  for (let group = 0; group < 8; ) {
    let length = 0
    while (group + length < 8 && (b[at + (group + length) * 2]! | b[at + (group + length) * 2 + 1]!) === 0) length++
    if (length > runLength) {
      runAt = group
      runLength = length
    }
    group += length + 1
  }
  for (let group = 0; group < 8; group++) {
    if (group === runAt) {
      out.text('::')
      group += runLength - 1
      continue
    }
    if (group > 0 && group !== runAt + runLength) out.byte(58)
    // ::ffff:1.2.3.4, and the deprecated ::1.2.3.4
    if (group === 6 && runAt === 0 && (runLength === 6 || (runLength === 5 && b[at + 10] === 0xff && b[at + 11] === 0xff))) {
      writeIp4(out, b, at + 12)
      return
    }
    out.hex((b[at + group * 2]! << 8) | b[at + group * 2 + 1]!)
  }
}

/** `02:00:00:00:00:01` from `length` bytes at `b[at]`. */
export function writeLinkAddress(out: LineWriter, b: Uint8Array, at: number, length = 6): void {
  for (let i = 0; i < length; i++) {
    if (i > 0) out.byte(58)
    out.hex(b[at + i]!, 2)
  }
}
