/** Cisco's Auto-RP as tcpdump prints it: rendezvous points of PIM, and the groups that they serve. */
import { writeDuration } from './duration.js'
import type { Printer } from './printer.js'

const HEADER = 8
const TYPES: Readonly<Record<number, string>> = { 0x11: 'candidate-advert', 0x12: 'mapping' }
const VERSIONS = ['PIMv?', 'PIMv1', 'PIMv2', 'PIMv1+2']
const GROUP = 6

export function printAutoRp(p: Printer, at: number, length: number): void {
  const { out } = p
  p.protocol = 'cisco_autorp'
  if (length < HEADER) return p.truncated()
  out.text(' auto-rp ')
  const type = p.u8(at)
  out.text(TYPES[type] ?? `type-0x${type.toString(16).padStart(2, '0')}`)
  const points = p.u8(at + 1)
  out.text(' Hold ')
  const hold = p.u16(at + 2)
  if (hold === 0) out.text('FOREVER')
  else writeDuration(out, hold)
  const end = at + length
  let here: number | undefined = at + HEADER
  for (let i = 0; i < points && here !== undefined; i++) here = printPoint(p, here, end)
  if (here === undefined) p.truncated()
}

/** Returns where the next one begins, undefined where the message ends too early. */
function printPoint(p: Printer, at: number, end: number): number | undefined {
  const { out } = p
  if (end - at < 4) return undefined
  p.need(at, 4)
  out.text(' RP ')
  p.ip4(at)
  if (end - at < 5) return undefined
  const flags = p.u8(at + 4)
  out.byte(32).text(VERSIONS[flags & 3]!)
  writeReserved(p, ' ', flags)
  if (end - at < 6) return undefined
  const groups = p.u8(at + 5)
  let here = at + 6
  for (let i = 0; i < groups; i++, here += GROUP) {
    if (end - here < GROUP) return undefined
    p.need(here, GROUP)
    const bits = p.u8(here)
    out.byte(i === 0 ? 32 : 44).text(bits & 1 ? '!' : '')
    p.ip4(here + 2)
    out.byte(47).dec(p.u8(here + 1)).text(bits & 2 ? ' bidir' : '')
    writeReserved(p, '', bits)
  }
  return here
}

function writeReserved(p: Printer, lead: string, flags: number): void {
  if (flags & 0xfc) p.out.text(lead).text('[rsvd=0x').hex(flags & 0xfc, 2).byte(93)
}
