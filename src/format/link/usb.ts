/** USB transfers of Linux's usbmon as tcpdump prints them — Documentation/usb/usbmon.rst. In the order of the capturing machine: little-endian to us. */
import { u16le } from '../../bytes.js'
import type { Printer } from '../printer.js'

const HEADER = 48
const MAPPED_HEADER = 64
const IN = { EVENT: 8, TRANSFER: 9, ENDPOINT: 10, DEVICE: 11, BUS: 12 } as const
const TRANSFERS = ['ISOCHRONOUS', 'INTERRUPT', 'CONTROL', 'BULK'] as const
const INTERRUPT = 1
const SUBMIT = 0x53
const COMPLETE = 0x43
const ERROR = 0x45

export function printUsb(p: Printer, at: number): number {
  return printHeader(p, at, HEADER, 'usb_linux_48_byte')
}

export function printUsbMapped(p: Printer, at: number): number {
  return printHeader(p, at, MAPPED_HEADER, 'usb_linux_64_byte')
}

/** `USB CONTROL SUBMIT to 1:3:0` */
function printHeader(p: Printer, at: number, size: number, protocol: string): number {
  const { b, out } = p
  p.protocol = protocol
  p.need(at, size)
  out.text('USB')
  if (p.options.quiet > 0) return size
  const transfer = b[at + IN.TRANSFER]!
  const event = b[at + IN.EVENT]!
  out.byte(32).text(TRANSFERS[transfer] ?? ' ?')
  const isEnd = event === COMPLETE || event === ERROR
  out.text(event === SUBMIT ? ' SUBMIT' : event === COMPLETE ? ' COMPLETE' : event === ERROR ? ' ERROR' : ' ?')
  // a host asks a device for its interrupts: there the directions are turned
  if (transfer < TRANSFERS.length && (isEnd || event === SUBMIT)) out.text(isEnd === (transfer !== INTERRUPT) ? ' from' : ' to')
  out.byte(32).dec(u16le(b, at + IN.BUS)).byte(58).dec(b[at + IN.DEVICE]!).byte(58).dec(b[at + IN.ENDPOINT]! & 0x7f)
  return size
}
