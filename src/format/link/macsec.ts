/** MACsec tags inside Ethernet frames as tcpdump prints them — IEEE 802.1AE §9.3. */
import { DESTINATION_AT, SOURCE_AT } from '../../decode/link/ethernet.js'
import type { Printer } from '../printer.js'
import { bits } from '../tables.js'

const TAG = 6
const CHANNEL = 8
/** Bytes of integrity check behind the data. */
export const CHECK = 16
/** Tag control information, the upper six bits of the first byte; the lower two are the association. */
const Control = { VERSION: 0x80, END_STATION: 0x40, CHANNEL: 0x20, BROADCAST: 0x10, ENCRYPTED: 0x08, CHANGED: 0x04 } as const
const FLAGS = [
  [Control.ENCRYPTED, 'E'], [Control.CHANGED, 'C'], [Control.END_STATION, 'S'], [Control.BROADCAST, 'B'], [Control.CHANNEL, 'I'],
] as const
/** The lower six bits of the second byte: bytes of data in a frame that is padded. */
const SHORT_LENGTH = 0x3f

/** Where the data of a frame stands, and its bytes without the check. */
export interface Secured {
  readonly at: number
  readonly length: number
  /** It is not as it was: it cannot be printed. */
  readonly isEncrypted: boolean
}

/**
 * The tag at `at` of the Ethernet frame at `frame`, which is printed with -e and before data that is encrypted.
 * @param length bytes at `at` on the wire
 * @returns undefined when the frame is cut or the tag wrong, which was said
 */
export function printMacsec(p: Printer, frame: number, at: number, length: number): Secured | undefined {
  const { b, out, options } = p
  p.protocol = 'macsec'
  const control = p.has(at, 1) ? b[at]! : 0
  const tag = TAG + (length >= TAG && p.has(at, TAG) && control & Control.CHANNEL ? CHANNEL : 0)
  if (length < tag || !p.has(at, tag)) return cut(p)
  const short = b[at + 1]! & SHORT_LENGTH
  if (short !== b[at + 1]! || control & Control.VERSION) {
    p.invalid()
    return undefined
  }
  const isEncrypted = (control & (Control.ENCRYPTED | Control.CHANGED)) !== 0
  if (isEncrypted && !options.link) {
    p.linkAddress(frame + SOURCE_AT)
    out.text(' > ')
    p.linkAddress(frame + DESTINATION_AT)
    out.text(' 802.1AE MACsec, ')
  }
  if (isEncrypted || options.link) writeTag(p, at, control, short)
  if (isEncrypted) return { at: at + tag, length: length - tag, isEncrypted }
  const rest = length - tag - CHECK
  if (rest < 0 || !p.has(at + tag, CHECK) || short > rest || !p.has(at + tag, CHECK + short)) return cut(p)
  return { at: at + tag, length: short === 0 ? rest : short, isEncrypted }
}

function cut(p: Printer): undefined {
  p.truncated()
}

/** `an 0, pn 66, flags I, sl 34, sci caf9df4f509a0064, ` */
function writeTag(p: Printer, at: number, control: number, short: number): void {
  const { out, b } = p
  out.text('an ').dec(control & 3).text(', pn ').dec(p.u32(at + 2)).text(', flags ').text(bits(FLAGS, control, 'none', '')).text(', ')
  if (short !== 0) out.text('sl ').dec(short).text(', ')
  if (control & Control.CHANNEL) out.text('sci ').hexBytes(b, at + TAG, at + TAG + CHANNEL).text(', ')
}
