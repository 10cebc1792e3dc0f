/** Ethernet frames as tcpdump prints them, with their VLAN tags. */
import { u16 } from '../../bytes.js'
import * as ethernet from '../../decode/link/ethernet.js'
import { writeUnknown } from '../packet.js'
import { printEtherType, writeEtherType } from '../ethertype.js'
import { printLlc } from '../llc.js'
import type { Printer } from '../printer.js'

const TAG = 4

/** The frame at `at`, of `length` bytes on the wire; returns the bytes of its link-layer header. */
export function printEthernet(p: Printer, at: number, length: number): number {
  const { out, b, options } = p
  p.protocol = 'ether'
  const source = at + ethernet.SOURCE_AT
  const destination = at + ethernet.DESTINATION_AT
  const captured = p.end - at
  if (captured < ethernet.HEADER) {
    p.truncated()
    return captured
  }
  const frameLength = length
  let lengthShown = false
  const writeHeader = (): void => {
    p.mac(source)
    out.text(' > ')
    p.mac(destination)
    out.text(', ')
  }
  if (options.link) writeHeader()
  let type = u16(b, at + ethernet.TYPE_AT)
  let here = at + ethernet.HEADER
  length -= ethernet.HEADER
  while (ethernet.isVlan(type)) {
    if (here + TAG > p.end) {
      p.protocol = 'vlan'
      p.truncated()
      return p.end - at
    }
    if (length < TAG) {
      p.protocol = 'vlan'
      p.truncated()
      return here - at + length
    }
    if (options.link) {
      writeEtherType(p, type)
      if (lengthShown) out.text(', ')
      else out.text(', length ').dec(frameLength).text(': ')
      lengthShown = true
      writeTag(p, u16(b, here))
    }
    type = u16(b, here + 2)
    here += TAG
    length -= TAG
  }
  const headerLength = here - at
  if (type <= ethernet.MAX_LENGTH) {
    const former = p.end
    if (type < length) {
      length = type
      p.narrow(here + length)
    }
    if (options.link) {
      out.text('802.3')
      if (!lengthShown) out.text(', length ').dec(frameLength)
      out.text(': ')
    }
    const llc = printLlc(p, here, length, source, destination)
    if (llc < 0) writeUnknown(p, here, Math.min(p.end, here + length))
    p.end = former
    return headerLength + Math.abs(llc)
  }
  if (options.link) {
    writeEtherType(p, type)
    if (lengthShown) out.text(', ')
    else out.text(', length ').dec(frameLength).text(': ')
  }
  p.linkHeader = headerLength
  if (!printEtherType(p, type, here, length, source, destination)) {
    if (!options.link) {
      writeHeader()
      writeEtherType(p, type)
      out.text(', length ').dec(frameLength).text(': ')
    }
    writeUnknown(p, here, p.end)
  }
  return headerLength
}

/** `vlan 100, p 5, DEI, ` — IEEE 802.1Q §9.6: priority 3 bits, drop eligible 1, VLAN 12. */
function writeTag(p: Printer, tag: number): void {
  const { out } = p
  out.text('vlan ').dec(tag & 0xfff).text(', p ').dec(tag >> 13)
  if (tag & 0x1000) out.text(', DEI')
  out.text(', ')
}

