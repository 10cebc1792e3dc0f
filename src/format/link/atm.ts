/** LLC frames over ATM as tcpdump prints them — RFC 1483 (now RFC 2684) — Linux Classical IP over ATM, and frames of a circuit. */
import { u24, u32 } from '../../bytes.js'
import { printAtmOam } from '../atm-oam.js'
import { printDataUnlessQuiet } from '../data.js'
import { printIp4 } from '../ip4.js'
import { printIsoClns } from '../iso-clns.js'
import { printLlc } from '../llc.js'
import type { Printer } from '../printer.js'
import { printSnmp } from '../snmp.js'
import { tableOf } from '../tables.js'
import { printLane } from './lane.js'

const SNAP = 0xaaaa03
const OSI = 0xfefe03
const IP = 0x060603
/** Some machines put this many bytes before the LLC header. */
const EXTRA = 20
/** Cisco's framing: an NLPID behind one byte of control. */
const UI = 0x03

export function printAtm(p: Printer, at: number, length: number): number {
  const { out } = p
  p.protocol = 'atm'
  if (p.u8(at) === UI) {
    if (p.options.link) out.text('CNLPID ')
    printIsoClns(p, at + 1, length - 1)
    return 1
  }
  const start = p.u24(at)
  if (start === SNAP || start === OSI || start === IP) return printInside(p, at, length)
  if (p.options.link) {
    p.need(at, 16)
    for (let i = 0; i < 16; i += 8) out.hex(u32(p.b, at + i), 8).hex(u32(p.b, at + i + 4), 8).byte(32)
  }
  p.need(at, EXTRA)
  return EXTRA + printInside(p, at + EXTRA, length - EXTRA)
}

/** An LLC frame; a dump where nothing is known of it. */
function printInside(p: Printer, at: number, length: number): number {
  const llc = printLlc(p, at, length, -1, -1)
  if (llc < 0) printDataUnlessQuiet(p, at, p.end - at)
  return Math.abs(llc)
}

/** AA AA 03 00 00 00: with it a LLC frame, without it an IP packet — RFC 2225 §5.1. */
const isRouted = (b: Uint8Array, at: number): boolean => u24(b, at) === SNAP && u24(b, at + 3) === 0

export function printCip(p: Printer, at: number, length: number): number {
  p.protocol = 'cip'
  if (p.options.link) p.out.dec(length).text(': ')
  p.need(at, 6)
  if (isRouted(p.b, at)) return printInside(p, at, length)
  printIp4(p, at, length)
  return 0
}

/** Circuits of path 0 that are used for one thing — ATM Forum UNI 3.1. */
const Circuit = { META: 1, BROADCAST: 2, SEGMENT_OAM: 3, END_OAM: 4, SIGNALLING: 5, ILMI: 16 } as const

/** A frame of path `path` and circuit `circuit`, LAN emulation or LLC. */
export function printAtmFrame(p: Printer, path: number, circuit: number, isLane: boolean, at: number, length: number): void {
  const { out } = p
  p.protocol = 'atm'
  if (p.options.link) out.text('VPI:').dec(path).text(' VCI:').dec(circuit).byte(32)
  switch (path === 0 ? circuit : -1) {
    case Circuit.SIGNALLING:
      return printSignalling(p, at)
    case Circuit.BROADCAST:
      out.text('broadcast sig: ')
      return
    case Circuit.SEGMENT_OAM:
    case Circuit.END_OAM:
      return printAtmOam(p, at, length, 1)
    case Circuit.META:
      out.text('meta: ')
      return
    case Circuit.ILMI:
      out.text('ilmi: ')
      return printSnmp(p, at, length)
    default:
  }
  if (isLane) printLane(p, at, length)
  else printInside(p, at, length)
}

const Q2931 = 9
const MESSAGES = tableOf({
  0x02: 'Call_proceeding', 0x05: 'Setup', 0x07: 'Connect', 0x0f: 'Connect_ack', 0x46: 'Restart', 0x4d: 'Release', 0x4e: 'Restart_ack',
  0x5a: 'Release_complete', 0x75: 'Status_enquiry', 0x7d: 'Status', 0x80: 'Add_party', 0x81: 'Add_party_ack', 0x82: 'Add_party_reject',
  0x83: 'Drop_party', 0x84: 'Drop_party_ack',
})

/** Call signalling — ITU-T Q.2931 §4. */
function printSignalling(p: Printer, at: number): void {
  const { out } = p
  const protocol = p.u8(at)
  if (protocol !== Q2931) {
    out.text('SSCOP, proto ').dec(protocol).byte(32)
    return
  }
  out.text('Q.2931')
  const type = p.u8(at + 5)
  out.byte(58).text(MESSAGES.get(type) ?? `msgtype#${type}`).text(' CALL_REF:0x').hex(p.u24(at + 2), 6)
}
