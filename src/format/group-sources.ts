/** The sources of a group query: IGMP version 3 (RFC 3376 §4.1) and MLD version 2 (RFC 3810 §5.1) print alike. */
import type { Printer } from './printer.js'

/** ` { a b }`: `count` addresses of `size` bytes at `at`. */
export function writeSources(p: Printer, at: number, count: number, size: 4 | 16): void {
  const { out } = p
  out.text(' {')
  for (let n = 0; n < count; n++) {
    p.need(at + n * size, size)
    out.byte(32)
    if (size === 4) p.ip4(at + n * size)
    else p.ip6(at + n * size)
  }
  out.text(' }')
}
