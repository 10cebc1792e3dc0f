/** Shortest Path Bridging in IS-IS packets — RFC 6329 — as tcpdump prints it. */
import { u16, u24, u32, u8 } from '../bytes.js'
import type { Printer } from './printer.js'
import { type NumberTable, tableOf, textEnd, writeVisible } from './tables.js'

const Port = { MCID: 4, DIGEST: 5, BASE_VID: 6 } as const
const PORT_FIELDS = tableOf({ 4: 'SPB MCID', 5: 'SPB Digest', 6: 'SPB BVID' })
const MCID = 51
const DIGEST = 33
const BASE_VID = 6

const Capability = { INSTANCE: 1, SERVICE: 3 } as const
const CAPABILITY_FIELDS = tableOf({ 1: 'SPB Instance', 3: 'SPBM Service Identifier and Unicast Address' })
const INSTANCE = 19
const TREE = 8
const SERVICE = 8

type PrintField = (p: Printer, type: number, at: number, length: number) => boolean

/** The field of topology-aware ports, behind its first word. */
export const printSpbPort = (p: Printer, at: number, length: number): void => printFields(p, at, length, '\n\t       ', PORT_FIELDS, printPortField)

/** The field of topology capabilities, behind its first word. */
export const printSpbCapability = (p: Printer, at: number, length: number): void =>
  printFields(p, at, length, '\n\t      ', CAPABILITY_FIELDS, printCapabilityField)

function printFields(p: Printer, at: number, length: number, lead: string, names: NumberTable, print: PrintField): void {
  const { out } = p
  for (let here = at; at + length - here > 2; ) {
    const type = p.u8(here)
    const size = p.u8(here + 1)
    here += 2
    out.text(lead).text(names.get(type) ?? 'unknown').text(' subTLV #').dec(type).text(', length: ').dec(size)
    if (here + size > at + length) {
      out.text(' (> containing TLV length)')
      return
    }
    if (!p.has(here, size)) return p.truncated()
    if (!print(p, type, here, size)) return
    here += size
  }
}

function isTooShort(p: Printer, length: number, wanted: number): boolean {
  if (length >= wanted) return false
  p.out.text(' (too short)')
  return true
}

/** All of it is captured. False when it ends the field. */
function printPortField(p: Printer, type: number, at: number, length: number): boolean {
  const { b, out } = p
  switch (type) {
    case Port.MCID:
      if (isTooShort(p, length, 2 * MCID)) return false
      out.text('\n\t         MCID: ')
      printMcid(p, at)
      out.text('\n\t         AUX-MCID: ')
      printMcid(p, at + MCID)
      return true
    case Port.DIGEST: {
      if (isTooShort(p, length, DIGEST)) return false
      const flags = u8(b, at)
      out.text('\n\t        RES: ').dec(flags >> 5).text(' V: ').dec((flags >> 4) & 1).text(' A: ').dec((flags >> 2) & 3).text(' D: ').dec(flags & 3)
      out.text('\n\t         Digest: ')
      for (let i = 0; i < 8; i++) {
        if (i === 4) out.text('\n\t                 ')
        out.hex(u32(b, at + 1 + 4 * i), 8).byte(32)
      }
      return true
    }
    case Port.BASE_VID:
      for (let here = at; here < at + length; here += BASE_VID) {
        const rest = at + length - here
        if (isTooShort(p, rest, 4)) return false
        out.text('\n\t           ECT: ').hex(u32(b, here), 8)
        if (isTooShort(p, rest, BASE_VID)) return false
        const word = u16(b, here + 4)
        out.text(' BVID: ').dec(word >> 4).text(', U:').dec((word >> 3) & 1).text(' M:').dec((word >> 2) & 1).byte(32)
      }
      return true
    default:
      return true
  }
}

/** Multiple spanning tree configuration identifier — IEEE 802.1Q §13.8. */
function printMcid(p: Printer, at: number): void {
  const { b, out } = p
  out.text('ID: ').dec(u8(b, at)).text(', Name: ')
  writeVisible(out, b, at + 1, textEnd(b, at + 1, at + 33))
  out.text('\n\t              Lvl: ').dec(u16(b, at + 33)).text(', Digest: ')
  for (let i = 0; i < 16; i++) out.hex2(u8(b, at + 35 + i)).byte(32)
}

/** All of it is captured. False when it ends the field. */
function printCapabilityField(p: Printer, type: number, at: number, length: number): boolean {
  if (type === Capability.INSTANCE) return !isTooShort(p, length, INSTANCE) && printInstance(p, at, length)
  if (type === Capability.SERVICE) return printService(p, at, length)
  return true
}

function printInstance(p: Printer, at: number, length: number): boolean {
  const { b, out } = p
  out.text('\n\t        CIST Root-ID: ').hex(u32(b, at), 8).byte(32).hex(u32(b, at + 4), 8).text(', Path Cost: ').hex(u32(b, at + 8), 8)
  const word = u16(b, at + 14)
  out.text(', Prio: ').dec(u16(b, at + 12)).text('\n\t        RES: ').dec(word >> 5).text(', V: ').dec((word >> 4) & 1)
  const trees = u8(b, at + 18)
  out.text(', SPSource-ID: ').dec(u32(b, at + 14) & 0xfffff).text(', No of Trees: ').hex(trees)
  for (let i = 0, here = at + INSTANCE; i < trees; i++, here += TREE) {
    if (here + TREE > at + length) {
      p.truncated()
      return false
    }
    const flags = u8(b, here)
    const vids = u24(b, here + 5)
    out.text('\n\t         U:').dec(flags >> 7).text(', M:').dec((flags >> 6) & 1).text(', A:').dec((flags >> 5) & 1).text(', RES:').dec(flags & 31)
    out.text(', ECT: ').hex(u32(b, here + 1), 8).text(', BVID: ').dec(vids >> 12).text(', SPVID: ').dec(vids & 0xfff)
  }
  return true
}

function printService(p: Printer, at: number, length: number): boolean {
  const { b, out } = p
  if (length < SERVICE) {
    p.truncated()
    return false
  }
  const vid = u16(b, at + 6)
  out.text('\n\t        BMAC: ').hex(u32(b, at), 8).hex(u16(b, at + 4), 4).text(', RES: ').dec(vid >> 12).text(', VID: ').dec(vid & 0xfff)
  for (let here = at + SERVICE; here + 4 <= at + length; here += 4) {
    const word = u32(b, here)
    out.text('\n\t        T: ').dec(word >>> 31).text(', R: ').dec((word >>> 30) & 1).text(', RES: ').dec((word >>> 24) & 63).text(', ISID: ').dec(word & 0xffffff)
  }
  return true
}
