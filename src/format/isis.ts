/** Intermediate System to Intermediate System routing — ISO/IEC 10589, RFC 1195 — as tcpdump prints it: the headers. */
import { u16, u32, u8 } from '../bytes.js'
import { writeUnknownData } from './fields.js'
import { printIsIsTlvs } from './isis-tlv.js'
import { writeSystemId } from './isis-id.js'
import { writeOsiVerdict } from './osi.js'
import type { Printer } from './printer.js'
import { tableOf } from './tables.js'

const COMMON = 8
const VERSION = 1
const SYSTEM_ID = 6
const NODE_ID = 7
const LSP_ID = 8
/** Bytes behind the common header. */
const Size = { LAN_HELLO: 19, POINT_TO_POINT_HELLO: 12, LSP: 19, CSNP: 25, PSNP: 9 } as const

const PDUS = tableOf({
  15: 'L1 Lan IIH', 16: 'L2 Lan IIH', 17: 'p2p IIH', 18: 'L1 LSP', 20: 'L2 LSP', 24: 'L1 CSNP', 25: 'L2 CSNP', 26: 'L1 PSNP', 27: 'L2 PSNP',
})
const CIRCUITS = tableOf({ 1: 'Level 1 only', 2: 'Level 2 only', 3: 'Level 1, Level 2' })
const IS_TYPES = ['Unused 0x0 (invalid)', 'L1 IS', 'Unused 0x2 (invalid)', 'L2 IS'] as const

/** A kind of PDU: `at` is its first byte behind the common header, `length` that of the packet. */
interface Kind {
  readonly size: number
  /** Where the field with the PDU's length stands. */
  readonly lengthAt: number
  /** What is said of a header of another size. */
  readonly bogus: string
  /** Without -v. */
  readonly brief: (p: Printer, at: number) => void
  /** With -v; `length` is the smaller of the packet's and the PDU's. */
  readonly full: (p: Printer, at: number, length: number) => void
}

const wrongSize = (size: number): string => ` should be ${size}`

const LAN_HELLO: Kind = {
  size: Size.LAN_HELLO,
  lengthAt: 9,
  bogus: wrongSize(COMMON + Size.LAN_HELLO),
  brief: (p, at) => {
    p.out.text(', src-id ')
    writeSystemId(p, at + 1, SYSTEM_ID)
    p.out.text(', lan-id ')
    writeSystemId(p, at + 12, NODE_ID)
    p.out.text(', prio ').dec(u8(p.b, at + 11))
  },
  full: (p, at) => {
    p.out.text('\n\t  source-id: ')
    writeSystemId(p, at + 1, SYSTEM_ID)
    writeHold(p, at, ',  ')
    p.out.text('\n\t  lan-id:    ')
    writeSystemId(p, at + 12, NODE_ID)
    p.out.text(', Priority: ').dec(u8(p.b, at + 11) & 0x7f).text(', PDU length: ').dec(u16(p.b, at + 9))
  },
}

const POINT_TO_POINT_HELLO: Kind = {
  size: Size.POINT_TO_POINT_HELLO,
  lengthAt: 9,
  bogus: wrongSize(COMMON + Size.POINT_TO_POINT_HELLO),
  brief: (p, at) => {
    p.out.text(', src-id ')
    writeSystemId(p, at + 1, SYSTEM_ID)
  },
  full: (p, at) => {
    p.out.text('\n\t  source-id: ')
    writeSystemId(p, at + 1, SYSTEM_ID)
    writeHold(p, at, ', ')
    p.out.text('\n\t  circuit-id: 0x').hex(u8(p.b, at + 11), 2).text(', PDU length: ').dec(u16(p.b, at + 9))
  },
}

/** Holding time and circuit type of a hello. */
function writeHold(p: Printer, at: number, separator: string): void {
  const circuit = u8(p.b, at)
  p.out.text(separator).text('holding time: ').dec(u16(p.b, at + 7)).text('s, Flags: [')
  const name = CIRCUITS.get(circuit)
  if (name === undefined) p.out.text('unknown circuit type 0x').hex(circuit, 2)
  else p.out.text(name)
  p.out.byte(93)
}

const LSP: Kind = {
  size: Size.LSP,
  lengthAt: 0,
  // tcpdump 4.99.3 names the size without the common header here
  bogus: wrongSize(Size.LSP),
  brief: (p, at) => {
    p.out.text(', lsp-id ')
    writeSystemId(p, at + 4, LSP_ID)
    p.out.text(', seq 0x').hex(u32(p.b, at + 12), 8).text(', lifetime ').decPad(u16(p.b, at + 2), 5).byte(115)
  },
  full: (p, at, length) => {
    const { b, out } = p
    const checksum = u16(b, at + 16)
    out.text('\n\t  lsp-id: ')
    writeSystemId(p, at + 4, LSP_ID)
    out.text(', seq: 0x').hex(u32(b, at + 12), 8).text(', lifetime: ').decPad(u16(b, at + 2), 5).text('s\n\t  chksum: 0x').hex(checksum, 4)
    // §7.3.11: of all behind the remaining lifetime, which changes on the way
    writeOsiVerdict(p, at + 4, checksum, 12, length < 12 ? Infinity : length - 12)
    const flags = u8(b, at + 18)
    out.text(', PDU length: ').dec(u16(b, at)).text(', Flags: [ ').text(flags & 4 ? 'Overload bit set, ' : '')
    if (flags & 0x78) {
      out.text(flags & 0x08 ? 'default ' : '').text(flags & 0x10 ? 'delay ' : '').text(flags & 0x20 ? 'expense ' : '').text(flags & 0x40 ? 'error ' : '')
      out.text('ATT bit set, ')
    }
    out.text(flags & 0x80 ? 'P bit set, ' : '').text(IS_TYPES[flags & 3]!).text(' ]')
  },
}

const CSNP: Kind = {
  size: Size.CSNP,
  lengthAt: 0,
  bogus: wrongSize(COMMON + Size.CSNP),
  brief: writeSource,
  full: (p, at) => {
    writeFullSource(p, at)
    p.out.text('\n\t  start lsp-id: ')
    writeSystemId(p, at + 9, LSP_ID)
    p.out.text('\n\t  end lsp-id:   ')
    writeSystemId(p, at + 17, LSP_ID)
  },
}

const PSNP: Kind = { size: Size.PSNP, lengthAt: 0, bogus: wrongSize(COMMON + Size.PSNP), brief: writeSource, full: writeFullSource }

function writeSource(p: Printer, at: number): void {
  p.out.text(', src-id ')
  writeSystemId(p, at + 2, NODE_ID)
}

function writeFullSource(p: Printer, at: number): void {
  p.out.text('\n\t  source-id:    ')
  writeSystemId(p, at + 2, NODE_ID)
  p.out.text(', PDU length: ').dec(u16(p.b, at))
}

function kindOf(type: number): Kind | undefined {
  switch (type) {
    case 15:
    case 16:
      return LAN_HELLO
    case 17:
      return POINT_TO_POINT_HELLO
    case 18:
    case 20:
      return LSP
    case 24:
    case 25:
      return CSNP
    case 26:
    case 27:
      return PSNP
    default:
      return undefined
  }
}

/** False when the packet cannot be read on: the caller dumps it. */
export function printIsIs(p: Printer, at: number, length: number): boolean {
  const { b, out, options } = p
  p.protocol = 'isis'
  if (!p.has(at, COMMON) || length < COMMON) return cut(p)
  if (!options.link) out.text('IS-IS')
  const fault = faultOf(b, at, length)
  if (fault !== undefined) {
    out.text(fault)
    return false
  }
  const type = u8(b, at + 4)
  const name = PDUS.get(type)
  if (!options.link) out.text(', ')
  if (options.verbose === 0) out.text(name ?? `unknown PDU-Type ${type}`)
  else {
    writeCommon(p, at, length, name ?? `unknown, type ${type}`)
    if (options.verbose > 1) writeUnknownData(p, at, '\n\t', COMMON)
  }
  const kind = kindOf(type)
  const body = at + COMMON
  if (kind === undefined) {
    if (options.verbose > 0) {
      writeUnknownData(p, body, '\n\t  ', length)
      return false
    }
    out.text(', length ').dec(length)
    return true
  }
  const fixed = u8(b, at + 1)
  if (fixed !== COMMON + kind.size) {
    out.text(kind === PSNP ? '- ' : ', ').text('bogus fixed header length ').dec(fixed).text(kind.bogus)
    return false
  }
  if (!p.has(body, kind.size)) return cut(p)
  if (options.verbose === 0) {
    kind.brief(p, body)
    out.text(', length ').dec(length)
    return true
  }
  // Padding of the link may follow.
  const present = Math.min(length, u16(b, body + kind.lengthAt))
  kind.full(p, body, present)
  if (options.verbose > 1) writeUnknownData(p, body, '\n\t  ', kind.size)
  if (present < fixed) {
    out.text(' [packet length ').dec(present).text(' < ').dec(fixed).byte(93)
    p.invalid()
    return true
  }
  return printIsIsTlvs(p, { start: at, length: present }, at + fixed)
}

function cut(p: Printer): true {
  p.truncated()
  return true
}

/** What is wrong with the common header. */
function faultOf(b: Uint8Array, at: number, length: number): string | undefined {
  const fixed = u8(b, at + 1)
  const idLength = u8(b, at + 3)
  if (u8(b, at + 2) !== VERSION) return `version ${u8(b, at + 2)} packet not supported`
  // 0 says 6
  if (idLength !== SYSTEM_ID && idLength !== 0) return `system ID length of ${idLength} is not supported`
  if (u8(b, at + 5) !== VERSION) return `version ${u8(b, at + 5)} packet not supported`
  if (length < fixed) return `fixed header length ${fixed} > packet length ${length}`
  if (fixed < COMMON) return `fixed header length ${fixed} < minimum header size ${COMMON}`
  return u8(b, at + 7) === 255 ? 'bad packet -- 255 areas' : undefined
}

function writeCommon(p: Printer, at: number, length: number, name: string): void {
  const { b, out } = p
  const areas = u8(b, at + 7)
  out.text('length ').dec(length).text('\n\t').text(name).text(', hlen: ').dec(u8(b, at + 1)).text(', v: ').dec(u8(b, at + 2))
  out.text(', pdu-v: ').dec(u8(b, at + 5)).text(', sys-id-len: ').dec(SYSTEM_ID).text(' (').dec(u8(b, at + 3))
  // 0 says 3
  out.text('), max-area: ').dec(areas === 0 ? 3 : areas).text(' (').dec(areas).byte(41)
}
