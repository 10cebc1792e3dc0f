/** Ethernet frames as tcpdump prints them, with their VLAN tags. */
import { u16 } from '../../bytes.js'
import * as ethernet from '../../decode/link/ethernet.js'
import * as macsec from './macsec.js'
import { writeUnlessQuiet } from '../packet.js'
import { etherTypeName, printEtherType, writeEtherType } from '../ethertype.js'
import { printLlc } from '../llc.js'
import { printArista } from './arista.js'
import type { Printer } from '../printer.js'

const TAG = 4
const MACSEC = 0x88e5
/** A frame longer than a length can say: LLC follows. */
const JUMBO = 0x8870
const ARISTA = 0xd28b

/** Writes what a switch put between the addresses and the type, in short or, with -e, in full. */
export type WriteSwitchTag = (p: Printer, at: number) => void

/**
 * The frame at `at`, of `length` bytes on the wire; returns the bytes of its link-layer header.
 * @param lead what a link that carries Ethernet has to say before the frame
 */
export function printEthernet(p: Printer, at: number, length: number, lead = ''): number {
  return printSwitched(p, at, length, 0, undefined, 'ether', lead)
}

/** An Ethernet frame with `tagLength` bytes of a switch between its addresses and its type. */
export function printSwitched(
  p: Printer, at: number, length: number, tagLength: number, writeSwitchTag: WriteSwitchTag | undefined, protocol: string, lead = '',
): number {
  const { out, options } = p
  p.protocol = protocol
  const captured = p.end - at
  if (length < captured) {
    out.text('[length ').dec(length).text(' < caplen ').dec(captured).byte(93)
    p.invalid()
    return length
  }
  const here = at + ethernet.HEADER + tagLength
  if (here > p.end) {
    p.truncated()
    return captured
  }
  if (lead !== '') out.text(lead)
  if (options.link) writeAddresses(p, at)
  if (writeSwitchTag !== undefined) writeSwitchTag(p, at + ethernet.TYPE_AT)
  return printTyped(p, at, here, length - ethernet.HEADER - tagLength, length, protocol)
}

/**
 * What the frame at `at` of `frameLength` bytes has behind the type that ends at `here`, `length` bytes on the wire: tags, more types, and
 * the packet.
 */
function printTyped(p: Printer, at: number, here: number, length: number, frameLength: number, protocol: string): number {
  const { out, b, options } = p
  const source = at + ethernet.SOURCE_AT
  const destination = at + ethernet.DESTINATION_AT
  const whole = p.end
  const captured = whole - at
  let lengthShown = false
  let type = u16(b, here - 2)
  if (type === MACSEC) {
    if (options.link) {
      writeType(p, type)
      out.text(', length ').dec(frameLength).text(': ')
      lengthShown = true
    }
    const inside = macsec.printMacsec(p, at, here, length)
    if (inside === undefined) return captured
    length = inside.length
    here = inside.at
    if (inside.isEncrypted) {
      writeUnlessQuiet(p, here, here + length)
      return here - at
    }
    p.protocol = protocol
    p.narrow(p.end - macsec.CHECK)
    p.need(here, 2)
    if (length < 2) {
      out.text(' [caplen ').dec(length).text(' < 2]')
      p.end = whole
      return here - at
    }
    type = u16(b, here)
    here += 2
    length -= 2
  }
  while (ethernet.isVlan(type)) {
    if (here + TAG > p.end || length < TAG) {
      p.protocol = 'vlan'
      p.truncated()
      const rest = here - at + length
      return rest < captured ? rest : captured
    }
    if (options.link) {
      writeType(p, type)
      if (lengthShown) out.text(', ')
      else out.text(', length ').dec(frameLength).text(': ')
      lengthShown = true
      writeTag(p, u16(b, here))
      out.text(', ')
    }
    type = u16(b, here + 2)
    here += TAG
    length -= TAG
  }
  if (type === ARISTA) {
    const inside = printAristaTag(p, at, here, frameLength)
    return inside < 0 ? -inside - at : printTyped(p, at, inside + 2, length - (inside + 2 - here), frameLength, protocol)
  }
  const headerLength = here - at
  if (type <= ethernet.MAX_LENGTH) {
    const former = p.end
    if (type < length) length = type
    p.narrow(here + length)
    if (options.link) {
      out.text('802.3')
      if (!lengthShown) out.text(', length ').dec(length).text(': ')
    }
    const llc = printLlc(p, here, length, source, destination)
    if (llc < 0) writeUnlessQuiet(p, here, here + length)
    p.end = former
    return headerLength + Math.abs(llc)
  }
  if (type === JUMBO) {
    const llc = printLlc(p, here, length, source, destination)
    if (llc < 0) writeUnlessQuiet(p, here, p.end)
    p.end = whole
    return headerLength + Math.abs(llc)
  }
  if (options.link) {
    writeType(p, type)
    if (lengthShown) out.text(', ')
    else out.text(', length ').dec(frameLength).text(': ')
  }
  if (!printEtherType(p, type, here, length, source, destination)) {
    if (!options.link) {
      writeAddresses(p, at)
      writeType(p, type)
      out.text(', length ').dec(frameLength).text(': ')
    }
    writeUnlessQuiet(p, here, here + length)
  }
  p.end = whole
  return headerLength
}

/** Tags of Arista's switches one behind the other, from `here` on; where the next type stands; negated, where the frame ends when a tag is cut or unknown. */
function printAristaTag(p: Printer, at: number, here: number, frameLength: number): number {
  const { out } = p
  do {
    if (!p.has(here, 2)) {
      out.text('[|arista]')
      return -p.end
    }
    writeType(p, ARISTA)
    out.text(', length ').dec(frameLength).text(': ')
    const size = printArista(p, here)
    if (size < 0) {
      if (!p.options.link) {
        writeAddresses(p, at)
        writeType(p, ARISTA)
        out.text(', length ').dec(frameLength).text(': ')
      }
      writeUnlessQuiet(p, here, p.end)
      return -here
    }
    here += size + 2
  } while (p.u16(here - 2) === ARISTA)
  return here - 2
}

/** `02:… > 02:…, ` */
function writeAddresses(p: Printer, at: number): void {
  p.mac(at + ethernet.SOURCE_AT)
  p.out.text(' > ')
  p.mac(at + ethernet.DESTINATION_AT)
  p.out.text(', ')
}

/** `ethertype IPv4 (0x0800)`; with -q `IPv4`, or `Unknown Ethertype (0x1234)`. */
function writeType(p: Printer, type: number): void {
  if (p.options.quiet === 0) return writeEtherType(p, type)
  const name = etherTypeName(type)
  if (name === undefined) p.out.text('Unknown Ethertype (0x').hex(type, 4).byte(41)
  else p.out.text(name)
}

/** `vlan 100, p 5, DEI` — IEEE 802.1Q §9.6: priority 3 bits, drop eligible 1, VLAN 12. */
export function writeTag(p: Printer, tag: number): void {
  const { out } = p
  out.text('vlan ').dec(tag & 0xfff).text(', p ').dec(tag >> 13)
  if (tag & 0x1000) out.text(', DEI')
}
