/** DECnet Network Services Protocol — "DNA Phase IV NSP Functional Specification" (1983) — as tcpdump prints it. Fields are little-endian. */
import { hex, named, say } from './fields.js'
import type { Printer } from './printer.js'

const HEADER = 5
const Type = { DATA: 0x00, ACK: 0x04, CONTROL: 0x08 } as const
const Data = { MIDDLE: 0x00, LINK_SERVICE: 0x10, BEGINNING: 0x20, INTERRUPT: 0x30, END: 0x40, WHOLE: 0x60 } as const
const Ack = { DATA: 0x00, OTHER: 0x10, CONNECT: 0x20 } as const
const Control = { CONNECT: 0x10, CONFIRM: 0x20, DISCONNECT: 0x30, DISCONNECTED: 0x40, RETRANSMITTED_CONNECT: 0x60 } as const
/** Header with all three sequence fields. */
const SEGMENT = 11
const LINK_SERVICE = SEGMENT + 2
const ACK = 9
const CONNECT = 9
const CONFIRM = 10
const DISCONNECT = 8
const VERSIONS = ['ver 3.2 ', 'ver 3.1 ', 'ver 4.0 ', 'ver 4.1 ']
const MODIFIERS = ['', 'donotsend-data ', 'send-data ']
const REASONS = {
  0: 'object rejected connect', 1: 'insufficient resources', 2: 'unrecognized node name', 3: 'node is shutting down', 4: 'unrecognized object',
  5: 'invalid object name format', 6: 'object too busy', 7: 'protocol error discovered', 8: 'third party abort', 9: 'user abort',
  10: 'invalid node name format', 11: 'local node shutting down', 32: 'insufficient local resources', 33: 'insufficient remote user resources',
  34: 'invalid access control information', 36: 'bad ACCOUNT information', 38: 'no response from object', 39: 'node unreachable', 41: 'no link terminate',
  42: 'disconnect complete', 43: 'bad image data in connect', 54: 'cryptographic service mismatch',
}

const le16 = (p: Printer, at: number): number => {
  const word = p.u16(at)
  return (word >> 8) | ((word & 0xff) << 8)
}

/** False where it is invalid; so do the next. */
export function printNsp(p: Printer, at: number, length: number): boolean {
  if (length < HEADER) {
    say(p, ` (nsplen ${length} < ${HEADER})`)
    return false
  }
  const flags = p.u8(at)
  const destination = le16(p, at + 1)
  const source = le16(p, at + 3)
  const links = `${source}>${destination} `
  const odd = (what: string): true => {
    say(p, `reserved-${what}? ${hex(flags)} ${source} > ${destination}`)
    return true
  }
  const subtype = flags & 0x70
  switch (flags & 0x0c) {
    case Type.DATA:
      switch (subtype) {
        case Data.MIDDLE:
        case Data.BEGINNING:
        case Data.END:
        case Data.WHOLE:
          say(p, `data ${links}`)
          return printSegment(p, at, length, 'oack', 'onak')
        case Data.INTERRUPT:
          say(p, 'intr ')
          return printSegment(p, at, length, 'ackdat', 'nakdat')
        case Data.LINK_SERVICE:
          say(p, `link-service ${links}`)
          return printLinkService(p, at, length)
        default:
          return odd('subtype')
      }
    case Type.ACK:
      switch (subtype) {
        case Ack.DATA:
          say(p, `data-ack ${links}`)
          return printAck(p, at, length, 'oack', 'onak')
        case Ack.OTHER:
          say(p, `ils-ack ${links}`)
          return printAck(p, at, length, 'ackdat', 'nakdat')
        case Ack.CONNECT:
          say(p, `conn-ack ${destination}`)
          return true
        default:
          return odd('acktype')
      }
    case Type.CONTROL:
      switch (subtype) {
        case Control.CONNECT:
          say(p, `conn-initiate ${links}`)
          return printConnect(p, at, length, CONNECT)
        case Control.RETRANSMITTED_CONNECT:
          say(p, `retrans-conn-initiate ${links}`)
          return printConnect(p, at, length, CONNECT)
        case Control.CONFIRM:
          say(p, `conn-confirm ${links}`)
          return printConnect(p, at, length, CONFIRM)
        case Control.DISCONNECT:
          say(p, `disconn-initiate ${links}`)
          return printDisconnect(p, at, length)
        case Control.DISCONNECTED:
          say(p, `disconn-confirm ${links}`)
          writeReason(p, at)
          return true
        default:
          return odd('ctltype')
      }
    default:
      return odd('type')
  }
}

/** `ack 5 `, of this channel or the other. */
function writeNumber(p: Printer, word: number, ack: string, nak: string): void {
  say(p, `${(word & 0x9000) === 0x9000 ? nak : ack} ${word & 0xfff} `)
}

function writeOtherNumber(p: Printer, word: number, ack: string, nak: string): void {
  say(p, `${(word & 0xb000) === 0xb000 ? nak : ack} ${word & 0xfff} `)
}

/** Up to two acknowledgements, then the number of the segment; `length` is that of the message, all of which they must lie in. */
function printSegment(p: Printer, at: number, length: number, otherAck: string, otherNak: string): boolean {
  let here = at + HEADER
  const end = at + length
  if (here + 2 > end) return false
  let word = le16(p, here)
  if (word & 0x8000) {
    writeNumber(p, word, 'ack', 'nak')
    here += 2
    if (here + 2 > end) return false
    word = le16(p, here)
    if (word & 0xa000) {
      writeOtherNumber(p, word, otherAck, otherNak)
      here += 2
      if (here + 2 > end) return false
      word = le16(p, here)
    }
  }
  say(p, `seg ${word & 0xfff} `)
  return true
}

function printLinkService(p: Printer, at: number, length: number): boolean {
  if (length < LINK_SERVICE) return false
  printSegment(p, at, length, 'ackdat', 'nakdat')
  const flags = p.u8(at + SEGMENT)
  const value = p.u8(at + SEGMENT + 1)
  switch (flags & 0x0c) {
    case 0x00:
      say(p, `dat seg count ${value} ${MODIFIERS[flags & 3] ?? `reserved-fcmod? ${hex(flags)}`}`)
      return true
    case 0x04:
      say(p, `intr req count ${value} `)
      return true
    default:
      say(p, `reserved-fcval-int? ${hex(flags)}`)
      return true
  }
}

function printAck(p: Printer, at: number, length: number, otherAck: string, otherNak: string): boolean {
  if (length < ACK) return false
  p.need(at, ACK)
  const word = le16(p, at + HEADER)
  if ((word & 0x8000) === 0) return true
  writeNumber(p, word, 'ack', 'nak')
  const other = le16(p, at + HEADER + 2)
  if (other & 0xa000) writeOtherNumber(p, other, otherAck, otherNak)
  return true
}

function printConnect(p: Printer, at: number, length: number, size: number): boolean {
  if (length < size) return false
  p.need(at, size)
  const services = p.u8(at + 5) & 0x0c
  say(p, services === 0x04 ? 'seg ' : services === 0x08 ? 'msg ' : '')
  say(p, `${VERSIONS[p.u8(at + 6) & 3]!}segsize ${le16(p, at + 7)} `)
  if (size === CONFIRM) writeOptional(p, p.u8(at + 9))
  return true
}

function printDisconnect(p: Printer, at: number, length: number): boolean {
  if (length < DISCONNECT) return false
  p.need(at, DISCONNECT)
  writeReason(p, at)
  writeOptional(p, p.u8(at + 7))
  return true
}

function writeReason(p: Printer, at: number): void {
  say(p, `${named(REASONS, le16(p, at + 5), 'reason-%')} `)
}

function writeOptional(p: Printer, length: number): void {
  if (length > 0) say(p, `optlen ${length} `)
}
