/** LWAPP as tcpdump prints it — RFC 5412: control messages by their type, data as a dump. */
import { u16, u32, u8 } from '../bytes.js'
import { writeHex } from './dump.js'
import type { Printer } from './printer.js'
import { bits, tableOf, word } from './tables.js'

const TRANSPORT = 6
const CONTROL = 8
/** Before what is sent to an access controller: the address of the access point. */
const IDENTITY = 6
const FLAGS = [[0x01, 'Last Fragment Bit'], [0x02, 'Fragment Bit'], [0x04, 'Control Bit']] as const
const CONTROL_BIT = 0x04
const MESSAGES = tableOf({
  1: 'Discovery req', 2: 'Discovery resp', 3: 'Join req', 4: 'Join resp', 5: 'Join ack', 6: 'Join confirm', 10: 'Configure req', 11: 'Configure resp',
  12: 'Update req', 13: 'Update resp', 14: 'WTP event req', 15: 'WTP event resp', 16: 'Change state event req', 17: 'Change state event resp',
  22: 'Echo req', 23: 'Echo resp', 24: 'Image data req', 25: 'Image data resp', 26: 'Channel status req', 27: 'Channel status resp',
  30: 'Key update req', 31: 'Key update resp', 32: 'Primary discovery req', 33: 'Primary discovery resp', 34: 'Data transfer req',
  35: 'Data transfer resp', 36: 'Clear config ind', 37: 'Wlan config req', 38: 'Wlan config resp', 39: 'Mobile config req', 40: 'Mobile config resp',
})

/** Port 12223: to a controller with the access point's address before it, from one without. */
export function printLwappControl(p: Printer, at: number, length: number, _sport: number, dport: number): void {
  const hasIdentity = dport === CONTROL_PORT
  const { out, b } = p
  p.protocol = 'lwapp_control'
  const header = hasIdentity ? at + IDENTITY : at
  if (!p.has(at, header - at + TRANSPORT)) return p.truncated()
  if (!printHeader(p, header, length)) return
  let left = u16(b, header + 2)
  writeSummary(p, header, ' ', left)
  if (hasIdentity) {
    out.text('\n\tAP identity: ')
    p.mac(at)
  }
  for (let here = header + TRANSPORT; left !== 0; ) {
    if (!p.has(here, CONTROL)) return p.truncated()
    const size = u16(b, here + 2)
    if (left < CONTROL + size) {
      out.text('\n\t  Msg goes past end of PDU')
      return
    }
    const type = u8(b, here)
    out.text(`\n\t  Msg type: ${word(MESSAGES, type, 'Unknown')} (${type}), Seqnum: ${u8(b, here + 1)}, Msg len: ${size}, Session: 0x`)
    out.hex(u32(b, here + 4), 8)
    if (!p.has(here, size)) return p.truncated()
    here += CONTROL + size
    left -= CONTROL + size
  }
}

export const CONTROL_PORT = 12223

/** Port 12222 */
export function printLwappData(p: Printer, at: number, length: number): void {
  p.protocol = 'lwapp_data'
  if (!p.has(at, TRANSPORT)) return p.truncated()
  if (!printHeader(p, at, length)) return
  const size = u16(p.b, at + 2)
  writeSummary(p, at, '  ', size)
  if (size >= TRANSPORT) writeHex(p.out, p.b, at + TRANSPORT, Math.min(at + size, p.end))
  else p.out.text(' < transport header length')
}

/** All there is to say without -v, or of another version: false when it has been said. */
function printHeader(p: Printer, at: number, length: number): boolean {
  const { out } = p
  const first = u8(p.b, at)
  if (first >> 6 !== 0) {
    out.text('LWAPP version ').dec(first >> 6).text(' packet not supported')
    return false
  }
  if (p.options.verbose > 0) return true
  out.text(`LWAPPv0, ${frameKind(first)} frame, Flags [${bits(FLAGS, first & 7, 'none')}], length ${length}`)
  return false
}

const frameKind = (first: number): string => (first & CONTROL_BIT ? 'Control' : 'Data')

/** tcpdump has two blanks before the numbers of data, and no fragment where the length is too short. */
function writeSummary(p: Printer, at: number, blanks: string, size: number): void {
  const first = u8(p.b, at)
  const isShort = blanks.length > 1 && size < TRANSPORT
  const fragment = isShort ? '' : `, Frag-id${blanks}${u8(p.b, at + 1)}`
  p.out.text(`LWAPPv0, ${frameKind(first)} frame, Radio-id${blanks}${(first >> 3) & 7}, Flags [${bits(FLAGS, first & 7, 'none')}]${fragment}, length ${size}`)
}
