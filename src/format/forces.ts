/** ForCES messages (RFC 5810), carried by SCTP (RFC 5811), as tcpdump prints them: header and top level. */
import { hex, say } from './fields.js'
import { fails, forcesDump, padded, TLV_HEADER, tlvFault, topTlvName } from './forces-fields.js'
import { printAssociation, printLfbSelect, printRedirect } from './forces-tlv.js'
import type { Printer } from './printer.js'

/** Ports of the channels of high, medium and low priority, and the payload protocols that say the same. */
const CHANNELS: Readonly<Record<number, string>> = { 6704: 'ForCES HP', 6705: 'ForCES MP', 6706: 'ForCES LP' }
export const forcesChannel = (port: number): string | undefined => CHANNELS[port]
export const isForcesPayload = (protocol: number): boolean => protocol >= 21 && protocol <= 23

const HEADER = 24
/** How deep the first TLV of a message is set in, with -vvv. */
const INDENT = 9

/** A kind of message: how many top-level TLVs, which operations inside them (bit n - 1 for operation n), and what prints one. */
interface Kind {
  readonly name: string
  readonly tlvs: 'none' | 'some' | 'any'
  readonly most: number
  readonly print?: (p: Printer, at: number, length: number) => boolean
}

const operations = (...numbers: number[]): number => numbers.reduce((mask, n) => mask | (1 << (n - 1)), 0)
const lfb = (...numbers: number[]) => (p: Printer, at: number, length: number): boolean => printLfbSelect(p, at, length, operations(...numbers), INDENT)
const SEVERAL = 15

function kindOf(type: number): Kind | undefined {
  switch (type) {
    case 0x01:
      return { name: 'Association Setup', tlvs: 'any', most: 2, print: lfb(11) }
    case 0x02:
      return { name: 'Association TearDown', tlvs: 'some', most: 1, print: (p, at, length) => printAssociation(p, at, length, true, INDENT) }
    case 0x03:
      return { name: 'Config', tlvs: 'some', most: SEVERAL, print: lfb(1, 2, 5, 12, 14) }
    case 0x04:
      return { name: 'Query', tlvs: 'some', most: SEVERAL, print: lfb(7, 8) }
    case 0x05:
      return { name: 'Event Notification', tlvs: 'some', most: 1, print: lfb(11) }
    case 0x06:
      return { name: 'Packet Redirect', tlvs: 'some', most: SEVERAL, print: (p, at, length) => printRedirect(p, at, length, INDENT) }
    case 0x0f:
      return { name: 'HeartBeat', tlvs: 'none', most: 0 }
    case 0x11:
      return { name: 'Association Response', tlvs: 'some', most: 1, print: (p, at, length) => printAssociation(p, at, length, false, INDENT) }
    case 0x13:
      return { name: 'Config Response', tlvs: 'some', most: SEVERAL, print: lfb(3, 4, 6, 13) }
    case 0x14:
      return { name: 'Query Response', tlvs: 'some', most: SEVERAL, print: lfb(9, 10) }
    default:
      return undefined
  }
}

/** Numbers that a message may have, though nobody has defined it. */
const isValid = (type: number): boolean => (type > 0 && type < 7) || type === 0x0f || (type > 0x10 && type <= 0x14)

export function printForces(p: Printer, at: number, length: number): void {
  p.protocol = 'forces'
  if (!p.has(at, HEADER)) return p.truncated()
  if (!printMessage(p, at, length)) {
    forcesDump(p, '\n\t[', at, length)
    say(p, '\n\t]')
  } else if (p.options.verbose > 3) {
    say(p, '\n\t  Raw ForCES message\n\t [')
    forcesDump(p, '\n\t ', at, length)
    say(p, '\n\t ]')
  }
}

/** False when all of it is to be dumped; so do the next. */
function printMessage(p: Printer, at: number, length: number): boolean {
  const type = p.u8(at + 1)
  if (!isValid(type)) return fails(p, `Invalid ForCES message type ${type}\n`)
  const kind = kindOf(type)
  if (kind === undefined) return fails(p, `\n\tUnknown ForCES message type=0x${hex(type)}`)
  // counted in words
  const size = p.u16(at + 2) * 4
  say(p, `\n\tForCES ${kind.name} `)
  if (length < HEADER || size !== length) {
    return fails(p, `Illegal ForCES pkt len - min ${HEADER}, total recvd ${length}, advertised ${size} `)
  }
  if (p.options.verbose > 0) writeHeader(p, at, size)
  if (p.options.verbose > 1) writeFlags(p, p.u32(at + 20))
  return printTop(p, at + HEADER, size - HEADER, kind)
}

/** Whether an identifier is of a forwarding or control element, or of many. */
function nodeName(id: number): string {
  if (id <= 0x3fffffff) return 'FE'
  if (id <= 0x7fffffff) return 'CE'
  if (id >= 0xc0000000 && id <= 0xffffffef) return 'AllMulticast'
  const NAMES: Readonly<Record<number, string>> = { 0xfffffffd: 'AllCEsBroadcast', 0xfffffffe: 'AllFEsBroadcast', 0xffffffff: 'AllBroadcast' }
  return NAMES[id] ?? 'ForCESreserved'
}

function writeHeader(p: Printer, at: number, size: number): void {
  const source = p.u32(at + 4)
  const destination = p.u32(at + 8)
  say(p, `\n\tForCES Version ${p.u8(at) >> 4} len ${size}B flags 0x${hex(p.u32(at + 20), 8)} `)
  const ends = `SrcID 0x${hex(source)}(${nodeName(source)}) DstID 0x${hex(destination)}(${nodeName(destination)})`
  say(p, `\n\t${ends} Correlator 0x${p.u64(at + 12).toString(16)}`)
}

function writeFlags(p: Printer, flags: number): void {
  const ACKS = ['NoACK', 'SuccessACK', 'FailureACK', 'AlwaysACK']
  const EXECUTIONS = ['EMReserved', 'execute-all-or-none', 'execute-until-failure', 'continue-execute-on-failure']
  const ATOMICITY = ['Standalone', '2PCtransaction']
  const PHASES = ['StartofTransaction', 'MiddleofTransaction', 'EndofTransaction', 'abort']
  const field = (names: readonly string[], n: number): string => `${names[n]!}(0x${hex(n)})`
  say(p, `\n\tForCES flags:\n\t  ${field(ACKS, flags >>> 30)}, prio=${(flags >>> 27) & 7}, ${field(EXECUTIONS, (flags >>> 22) & 3)},` +
    `\n\t  ${field(ATOMICITY, (flags >>> 21) & 1)}, ${field(PHASES, (flags >>> 19) & 3)}\n`)
  say(p, `\t  Extra flags: rsv(b5-7) 0x${hex((flags >>> 24) & 7)} rsv(b13-31) 0x${hex(flags & 0x7ffff)}\n`)
}

/** How tcpdump writes what a kind may carry, where it does not. */
const NO_TLVS = '<0x1>Illegal Top level TLV!\n'

/** The TLVs right behind the header. */
function printTop(p: Printer, at: number, length: number, kind: Kind): boolean {
  if (length > TLV_HEADER) {
    if (kind.tlvs === 'none') return fails(p, NO_TLVS)
  } else {
    if (kind.tlvs === 'some') return fails(p, '\tTop level TLV Data missing!\n')
    return true
  }
  let here = at
  let left = length
  for (let n = 0; left > 0 && n < kind.most; n++) {
    const type = p.u16(here)
    const size = p.u16(here + 2)
    if (tlvFault(size, left) !== undefined) break
    const name = topTlvName(type)
    if (name === undefined) return fails(p, `\n\tInvalid ForCES Top TLV type=0x${hex(type)}`)
    if (p.options.verbose > 2) say(p, `\t${name}, length ${size} (data length ${size - TLV_HEADER} Bytes)`)
    if (!kind.print!(p, here + TLV_HEADER, size)) return false
    here += padded(size)
    left -= padded(size)
  }
  return left === 0 || fails(p, `\tMess TopTLV header: min ${TLV_HEADER}, total ${left} advertised ${p.u16(here + 2)} `)
}
