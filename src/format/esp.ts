/** Encrypted packets as tcpdump prints them without their key — RFC 4303 §2. */
import { u32 } from '../bytes.js'
import type { Printer } from './printer.js'

/** `ESP(spi=0x…,seq=0x…), length N`. */
export function printEsp(p: Printer, at: number, length: number): void {
  const { out, b } = p
  p.protocol = 'esp'
  // tcpdump wants a byte of what is encrypted.
  p.need(at, 9)
  out.text('ESP(spi=0x').hex(u32(b, at), 8).text(',seq=0x').hex(u32(b, at + 4)).byte(41)
  out.text(', length ').dec(length)
}
