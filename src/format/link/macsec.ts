/** MACsec tags inside Ethernet frames as tcpdump prints them — IEEE 802.1AE §9.3. */
import type { Printer } from '../printer.js'
import { bits } from '../tables.js'

const TAG = 6
const CHANNEL = 8
/** Bytes of integrity check behind the data. */
export const CHECK = 16
/** Tag control information, the upper six bits of the first byte; the lower two are the association. */
const Control = { VERSION: 0x80, END_STATION: 0x40, CHANNEL: 0x20, BROADCAST: 0x10, ENCRYPTED: 0x08, CHANGED: 0x04 } as const
const FLAGS = [
  [Control.ENCRYPTED, 'E'], [Control.CHANGED, 'C'], [Control.END_STATION, 'S'], [Control.CHANNEL, 'I'], [Control.BROADCAST, 'B'],
] as const
/** Frames of 48 bytes and more do not give their length. */
const MAX_SHORT_LENGTH = 47

/** Bytes of the tag behind the type at `at`, with its channel. */
export const tagLength = (p: Printer, at: number): number => TAG + (p.b[at]! & Control.CHANNEL ? CHANNEL : 0)
/** The data is not as it was: it cannot be printed. */
export const isEncrypted = (p: Printer, at: number): boolean => (p.b[at]! & (Control.ENCRYPTED | Control.CHANGED)) !== 0
/** Bytes of data in a frame that is padded, 0 for one that is not. */
export const shortLength = (p: Printer, at: number): number => p.b[at + 1]! & 0x3f
export const isCaptured = (p: Printer, at: number, length: number): boolean =>
  p.has(at, TAG) && length >= TAG && p.has(at, tagLength(p, at)) && length >= tagLength(p, at)
export const isValid = (p: Printer, at: number): boolean =>
  (p.b[at]! & Control.VERSION) === 0 && (p.b[at + 1]! & 0xc0) === 0 && shortLength(p, at) <= MAX_SHORT_LENGTH

/** `an 0, pn 66, flags I, sl 34, sci caf9df4f509a0064, ` */
export function writeMacsec(p: Printer, at: number): void {
  const { out, b } = p
  const control = b[at]!
  out.text('an ').dec(control & 3).text(', pn ').dec(p.u32(at + 2)).text(', flags ').text(bits(FLAGS, control, 'none', '')).text(', ')
  if (shortLength(p, at) !== 0) out.text('sl ').dec(shortLength(p, at)).text(', ')
  if (control & Control.CHANNEL) out.text('sci ').hexBytes(b, at + TAG, at + TAG + CHANNEL).text(', ')
}
