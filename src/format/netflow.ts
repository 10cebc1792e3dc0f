/** Cisco NetFlow versions 1, 5 and 6 as tcpdump prints them with -T cnfp. */
import { u16, u32, u8 } from '../bytes.js'
import { Protocol } from '../decode/ip-protocol.js'
import { protocolKeyword } from './ip-protocol.js'
import type { Printer } from './printer.js'

/** Header and record of each version, in bytes. */
const SIZES: Readonly<Record<number, readonly [header: number, record: number]>> = { 1: [16, 48], 5: [24, 52], 6: [24, 52] }
const FLAG_LETTERS = 'FSRPAU'

export function printNetflow(p: Printer, at: number): void {
  const { out } = p
  p.protocol = 'cnfp'
  const version = p.u16(at)
  const sizes = SIZES[version]
  if (sizes === undefined) {
    out.text('NetFlow v').hex(version)
    return
  }
  const [header, record] = sizes
  if (!p.has(at, header)) return p.truncated()
  const { b } = p
  const uptime = u32(b, at + 4)
  out.text('NetFlow v').hex(version).text(`, ${millis(uptime)} uptime, ${u32(b, at + 8)}.${String(u32(b, at + 12)).padStart(9, '0')}, `)
  if (version !== 1) out.byte(35).dec(u32(b, at + 16)).text(', ')
  // tcpdump reads the count with the half word behind it, and goes on until the capture ends
  const count = u32(b, at + 2)
  out.decPad(count, 2).text(' recs')
  for (let i = 0, here = at + header; i < count; i++, here += record) {
    if (!p.has(here, record)) return p.truncated()
    printRecord(p, here, version)
  }
}

const millis = (n: number): string => `${Math.floor(n / 1000)}.${String(n % 1000).padStart(3, '0')}`

function printRecord(p: Printer, at: number, version: number): void {
  const { out, b } = p
  out.text(`\n  started ${millis(u32(b, at + 24))}, last ${millis(u32(b, at + 28))}\n    `)
  const end = (address: number, port: number, mask: number, as: number): void => {
    out.ip4(b, at + address)
    if (version !== 1) out.byte(47).dec(u8(b, at + mask)).byte(58).dec(u16(b, at + as))
    out.byte(58).dec(u16(b, at + port)).byte(32)
  }
  end(0, 32, 44, 40)
  out.text('> ')
  end(4, 34, 45, 42)
  out.text('>> ').ip4(b, at + 8).text('\n    ')
  const protocol = u8(b, at + 38)
  const name = p.options.numeric ? undefined : protocolKeyword(protocol)
  out.text(name ?? String(protocol)).byte(32)
  const flags = u8(b, at + (version === 1 ? 40 : 37))
  if (protocol === Protocol.TCP && flags !== 0) {
    for (const [bit, letter] of Array.from(FLAG_LETTERS).entries()) if ((flags >> bit) & 1) out.text(letter)
    out.byte(32)
  }
  out.text(`tos ${u8(b, at + 39)}, ${u32(b, at + 16)} (${u32(b, at + 20)} octets) `)
  if (version === 6) out.text(`(${u8(b, at + 46)}<>${u8(b, at + 47)} encaps)`)
}
