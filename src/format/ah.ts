/** The authentication header as tcpdump prints it — RFC 4302 §2. */
import type { Printer } from './printer.js'

/** `AH(spi=…,seq=…,icv=…): `; returns the bytes of the header. */
export function printAh(p: Printer, at: number): number {
  const { out } = p
  p.protocol = 'ah'
  p.need(at, 1)
  out.text('AH')
  const words = p.u8(at + 1)
  const length = (words + 2) * 4
  out.byte(40)
  if (p.options.verbose > 0) out.text('length=').dec(words).byte(40).dec(length).text('-bytes),')
  const reserved = p.u16(at + 2)
  if (reserved !== 0) out.text('reserved=0x').hex(reserved).text('[MustBeZero],')
  const spi = p.u32(at + 4)
  out.text('spi=0x').hex(spi, 8).byte(44)
  const seq = p.u32(at + 8)
  out.text('seq=0x').hex(seq).text(',icv=0x')
  for (let n = 12; n < length; n++) {
    const byte = p.u8(at + n)
    out.hex(byte, 2)
  }
  out.text('): ')
  return length
}
