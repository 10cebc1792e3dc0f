/** Information elements of IEEE 802.15.4 frames as tcpdump prints them — IEEE 802.15.4-2015 §7.4; what they hold shows with -vvvv. */
import type { Printer } from '../printer.js'
import { printNestedElements } from './ieee802154-mlme.js'
import { headerElement, payloadElement } from './ieee802154-names.js'
import { printPending, printSuperframe } from './ieee802154-parts.js'

const ELEMENT_HEADER = 2
/** The last header element; the first of the two says that elements of the payload follow. */
const TERMINATION_1 = 0x7e
const TERMINATION_2 = 0x7f

/** `01 02 03 `: `n` bytes at `at`, read one by one. */
export function writeBytes(p: Printer, at: number, n: number): void {
  for (let i = 0; i < n; i++) p.out.hex2(p.u8(at + i)).byte(32)
}

function writeContent(p: Printer, at: number, n: number): void {
  p.out.text('IE Data = ')
  writeBytes(p, at, n)
}

/** The bytes of the list and whether payload elements follow; undefined when it is cut. */
export function printHeaderElements(p: Printer, at: number, left: number): { readonly size: number; readonly hasPayloadElements: boolean } | undefined {
  const { out } = p
  let here = at
  do {
    if (left < ELEMENT_HEADER) {
      out.text('[ERROR: Truncated header IE]')
      return undefined
    }
    const element = p.u16le(here)
    if (element & 0x8000) out.text('[ERROR: Header IE with type 1] ')
    const size = element & 0x7f
    const id = (element >> 7) & 0xff
    if (id > 0x7f) out.text('Reserved Element ID ').hex2(id).text(', length = ').dec(size).byte(32)
    else writeTitle(p, headerElement(id), size)
    if (left < ELEMENT_HEADER + size) {
      out.text('[ERROR: Truncated IE data]')
      return undefined
    }
    here += ELEMENT_HEADER
    if (size > 0) {
      if (p.options.verbose > 3) printHeaderElement(p, id, here, size)
      else writeContent(p, here, size)
    }
    out.text('] ')
    here += size
    left -= ELEMENT_HEADER + size
    if (id === TERMINATION_1) return { size: here - at, hasPayloadElements: true }
    if (id === TERMINATION_2) break
  } while (left !== 0)
  return { size: here - at, hasPayloadElements: false }
}

/** `NAME [ length = 5, ` */
function writeTitle(p: Printer, name: string, size: number): void {
  p.out.text('\n\t').text(name).text(' [')
  if (size > 0) p.out.text(' length = ').dec(size).text(', ')
}

function printHeaderElement(p: Printer, id: number, at: number, size: number): void {
  const { out } = p
  switch (id) {
    case 0x00:
      return printVendor(p, at, size)
    case 0x1a:
      return printSampledListening(p, at, size)
    case 0x1b:
      if (size < 4) out.text('[ERROR: Truncated RIT IE]')
      else {
        out.text('Time to First Listen = ').dec(p.u8(at)).text(', # of Repeat Listen = ').dec(p.u8(at + 1))
        out.text(', Repeat Listen Interval = ').dec(p.u16le(at + 2))
      }
      return
    case 0x1c:
    case 0x21:
      if (size < 2) out.text('[ERROR: Truncated DSME PAN IE]')
      else printNetworkDescriptor(p, at, size, id === 0x21)
      return
    case 0x1d:
      if (size !== 4) out.text('[ERROR: Length != 2]')
      else out.text('Rendezvous time = ').dec(p.u16le(at)).text(', Wake-up Interval = ').dec(p.u16le(at + 2))
      return
    case 0x1e:
      if (size !== 2) out.text('[ERROR: Length != 2]')
      else printTimeCorrection(p, p.u16le(at))
      return
    default:
      writeContent(p, at, size)
  }
}

/** An organisation and what it makes of it. */
export function printVendor(p: Printer, at: number, size: number): void {
  const { out } = p
  if (size < 3) {
    out.text('[ERROR: Vendor OUI missing]')
    return
  }
  p.need(at, 3)
  out.text('OUI = 0x').hexBytes(p.b, at, at + 3).text(', Data = ')
  writeBytes(p, at + 3, size - 3)
}

function printSampledListening(p: Printer, at: number, size: number): void {
  const { out } = p
  if (size < 4) {
    out.text('[ERROR: Truncated CSL IE]')
    return
  }
  out.text('CSL Phase = ').dec(p.u16le(at)).text(', CSL Period = ').dec(p.u16le(at + 2))
  if (size >= 6) out.text(', Rendezvous time = ').dec(p.u16le(at + 4))
  if (size !== 4 && size !== 6) out.text(' [ERROR: CSL IE length wrong]')
}

/** Twelve bits with a sign; the top bit of the word says that the frame was not understood. */
function printTimeCorrection(p: Printer, value: number): void {
  if (value & 0x8000) p.out.text('Negative ')
  p.out.text('Ack time correction = ').int(((value & 0xfff) << 20) >> 20).text(', ')
}

/** §7.4.2.5 and §7.4.2.10 */
function printNetworkDescriptor(p: Printer, at: number, size: number, isExtended: boolean): void {
  const { out } = p
  printSuperframe(p, p.u16le(at))
  let here = at + 2
  const end = at + size
  if (here >= end) {
    out.text('[ERROR: Truncated before pending addresses field]')
    return
  }
  const pending = printPending(p, here, end - here)
  if (pending < 0) return
  here += pending
  const bytes = isExtended ? 2 : 1
  if (here + bytes > end) {
    out.text('[ERROR: Truncated before DSME Superframe Specification]')
    return
  }
  const hasSequence = printMultiSuperframe(p, isExtended ? p.u16le(here) : p.u8(here), isExtended)
  here += bytes
  if (here + 8 > end) {
    out.text(' [ERROR: Truncated before Time synchronization specification]')
    return
  }
  out.text('Beacon timestamp = ').text(String(p.u32le(here) + p.u16le(here + 4) * 2 ** 32)).text(', offset = ').dec(p.u16le(here + 6))
  printBitmaps(p, here + 8, end, hasSequence)
}

function printMultiSuperframe(p: Printer, value: number, isExtended: boolean): boolean {
  const { out } = p
  const flags = isExtended ? value >> 8 : value >> 4
  out.text('Multi-superframe Order = ').dec(isExtended ? value & 0xff : value & 15)
  out.text(flags & 1 ? ', Channel hopping mode' : ', Channel adaptation mode')
  if (flags & 4) out.text(', CAP reduction enabled')
  if (flags & 8) out.text(', Deferred beacon enabled')
  const hasSequence = isExtended && (flags & 16) !== 0
  if (hasSequence) out.text(', Hopping Sequence Present')
  return hasSequence
}

function printBitmaps(p: Printer, here: number, end: number, hasSequence: boolean): void {
  const { out } = p
  if (here + 4 > end) {
    out.text(' [ERROR: Truncated before Beacon Bitmap]')
    return
  }
  const beacons = p.u16le(here + 2)
  out.text('SD Index = ').dec(p.u16le(here)).text(', Bitmap len = ').dec(beacons).text(', ')
  here += 4
  if (here + beacons > end) {
    out.text(' [ERROR: Truncated in SD bitmap]')
    return
  }
  out.text(' SD Bitmap = ')
  writeBytes(p, here, beacons)
  here += beacons
  if (here + 5 > end) {
    out.text(' [ERROR: Truncated before Channel hopping specification]')
    return
  }
  const channels = p.u16le(here + 4)
  out.text('Hopping Seq ID = ').dec(p.u8(here)).text(', PAN Coordinator BSN = ').dec(p.u8(here + 1)).text(', Channel offset = ').dec(p.u16le(here + 2))
  out.text(', Bitmap length = ').dec(channels).text(', ')
  here += 5
  if (here + channels > end) {
    out.text(' [ERROR: Truncated in Channel offset bitmap]')
    return
  }
  out.text(' Channel offset bitmap = ')
  writeBytes(p, here, channels)
  if (hasSequence) printHoppingSequence(p, here + channels, end)
}

function printHoppingSequence(p: Printer, here: number, end: number): void {
  const { out } = p
  if (here >= end) {
    out.text(' [ERROR: Truncated in Hopping Sequence length]')
    return
  }
  const count = p.u8(here++)
  out.text('Hopping Seq length = ').dec(count).text(' [ ')
  if (here + 2 * count > end) {
    out.text(' [ERROR: Truncated in Channel offset bitmap]')
    return
  }
  for (let i = 0; i < count; i++) out.hex(p.u16le(here + 2 * i), 2).byte(32)
  out.byte(93)
}

const LAST_PAYLOAD_ELEMENT = 0x0f

/** Returns the bytes of the list, negative when it is cut. */
export function printPayloadElements(p: Printer, at: number, left: number): number {
  const { out } = p
  let here = at
  do {
    if (left < ELEMENT_HEADER) {
      out.text('[ERROR: Truncated header IE]')
      return -1
    }
    const element = p.u16le(here)
    if ((element & 0x8000) === 0) out.text('[ERROR: Payload IE with type 0] ')
    const size = element & 0x3ff
    const group = (element >> 11) & 15
    writeTitle(p, payloadElement(group), size)
    if (left < ELEMENT_HEADER + size) {
      out.text('[ERROR: Truncated IE data]')
      return -1
    }
    here += ELEMENT_HEADER
    if (size > 0) {
      if (p.options.verbose > 3) printPayloadElement(p, group, here, size)
      else writeContent(p, here, size)
    }
    out.text(']\n\t')
    here += size
    left -= ELEMENT_HEADER + size
    if (group === LAST_PAYLOAD_ELEMENT) break
  } while (left > 0)
  return here - at
}

function printPayloadElement(p: Printer, group: number, at: number, size: number): void {
  switch (group) {
    case 1:
      return printNestedElements(p, at, size)
    case 2:
      return printVendor(p, at, size)
    case 3:
      return printMultiplexed(p, at, size)
    case 5:
      p.out.text('Subtype ID = 0x').hex2(p.u8(at)).text(', Subtype content = ')
      return writeBytes(p, at + 1, size - 1)
    default:
      writeContent(p, at, size)
  }
}

/** Frames of other protocols, whole or in parts — IEEE 802.15.9 §4. */
function printMultiplexed(p: Printer, at: number, size: number): void {
  const { out } = p
  const control = p.u8(at)
  const transaction = control >> 3
  let data = 1
  const tid = (): void => {
    out.text(', tid = 0x').hex2(transaction)
  }
  switch (control & 7) {
    case 0:
      out.text('Type = Full upper layer fragment')
      if (size < 3) {
        out.text(', [ERROR: Multiplex ID missing]')
        return
      }
      tid()
      out.text(', Multiplex ID = 0x').hex(p.u16le(at + 1), 4)
      data = 3
      break
    case 1:
      out.text('Type = Full upper layer fragment with small Multiplex ID, Multiplex ID = 0x').hex(transaction, 4)
      break
    case 2:
    case 4: {
      if (size < 2) {
        out.text('[ERROR: fragment number missing]')
        return
      }
      const fragment = p.u8(at + 1)
      out.text('Type = ').text((control & 7) === 4 ? 'Last fragment' : fragment === 0 ? 'First fragment' : 'Middle fragment')
      tid()
      out.text(', fragment = 0x').hex2(fragment)
      data = 2
      if (fragment !== 0) break
      if (size < 6) {
        out.text(', [ERROR: Total upper layer size or multiplex ID missing]')
        return
      }
      out.text(', Total upper layer size = 0x').hex(p.u16le(at + 2), 4).text(', Multiplex ID = 0x').hex(p.u16le(at + 4), 4)
      data = 6
      break
    }
    case 6:
      out.text('Type = Abort')
      tid()
      if (size === 1) out.text(', no max size given')
      else if (size === 3) out.text(', max size = 0x').hex(p.u16le(at + 1), 4)
      else {
        out.text(', invalid length = ').dec(size).text(' (not 1 or 3)Abort data = ')
        writeBytes(p, at + 1, size - 1)
      }
      return
    default:
      out.text('Type = ').dec(control & 7).text(' (Reserved)')
      tid()
  }
  out.text(', Upper layer data = ')
  writeBytes(p, at + data, size - data)
}
