/** Label Distribution Protocol as tcpdump prints it — RFC 5036; pseudowires RFC 4906; fault tolerance RFC 3479; MTU RFC 3988. */
import { FAMILIES, Family } from './address-family.js'
import { hex, ip4, ip6, named, say, writeUnknownData, type Words } from './fields.js'
import { PSEUDOWIRES } from './l2vpn.js'
import { BAD_LENGTH, readPrefix, TOO_LITTLE } from './prefix.js'
import { TRUNCATED, type Printer } from './printer.js'
import { bits, writeVisible } from './tables.js'

const VERSION = 1
/** Of a PDU, and of a message in it. */
const HEADER = 10
const MESSAGE_HEADER = 8
/** Bytes of the header that a length counts: what stands behind the length. */
const PDU_COUNTED = HEADER - 4
const MESSAGE_COUNTED = MESSAGE_HEADER - 4

const Message = { LABEL_REQUEST: 0x0401, LABEL_RELEASE: 0x0403, LABEL_ABORT: 0x0404 } as const
const MESSAGES: Words = {
  0x0001: 'Notification', 0x0100: 'Hello', 0x0200: 'Initialization', 0x0201: 'Keepalive', 0x0300: 'Address', 0x0301: 'Address Withdraw',
  0x0400: 'Label Mapping', 0x0401: 'Label Request', 0x0402: 'Label Withdraw', 0x0403: 'Label Release', 0x0404: 'Label Abort Request',
}

export function printLdp(p: Printer, at: number, length: number): void {
  p.protocol = 'ldp'
  while (length > HEADER + MESSAGE_HEADER) {
    const size = printPdu(p, at)
    if (size === 0) return
    if (length < size) {
      say(p, ` [remaining length ${length} < ${size}]`)
      return p.invalid()
    }
    at += size
    length -= size
  }
}

/** Returns its bytes, 0 where nothing behind it is printed. */
function printPdu(p: Printer, at: number): number {
  p.need(at, HEADER)
  const lead = p.options.verbose === 0 ? 'LDP' : '\n\tLDP'
  const version = p.u16(at)
  const length = p.u16(at + 2)
  if (version !== VERSION) {
    say(p, `${lead} version ${version} packet not supported`)
    return 0
  }
  if (length < PDU_COUNTED) {
    say(p, `${lead}, pdu-length: ${length} (too short, < ${PDU_COUNTED})`)
    return 0
  }
  say(p, `${lead}, Label-Space-ID: ${ip4(p, at + 4)}:${p.u16(at + 8)}, pdu-length: ${length}`)
  if (p.options.verbose === 0) return 0
  let here = at + HEADER
  // tcpdump counts in 16 bits: behind a message longer than the PDU it goes on until the capture ends.
  for (let left = length - PDU_COUNTED; left > 0; ) {
    const size = printMessage(p, here)
    if (size === 0) return 0
    here += size
    left = (left - size) & 0xffff
  }
  return length + 4
}

/** Returns its bytes, 0 where it is too short to be one. */
function printMessage(p: Printer, at: number): number {
  p.need(at, MESSAGE_HEADER)
  const length = p.u16(at + 2)
  const type = p.u16(at) & 0x7fff
  const lead = `\n\t  ${named(MESSAGES, type, 'Unknown')} Message (0x${hex(type, 4)}), length: ${length}`
  if (length < MESSAGE_COUNTED) {
    say(p, `${lead} (too short, < ${MESSAGE_COUNTED})`)
    return 0
  }
  say(p, `${lead}, Message ID: 0x${hex(p.u32(at + 4), 8)}, Flags: [${p.u16(at) & 0x8000 ? 'continue processing' : 'ignore'} if unknown]`)
  p.need(at, length)
  const body = at + MESSAGE_HEADER
  const isPrinted = MESSAGES[type] !== undefined && type !== Message.LABEL_REQUEST && type !== Message.LABEL_RELEASE && type !== Message.LABEL_ABORT
  if (isPrinted) printTlvs(p, body, length - MESSAGE_COUNTED)
  else if (p.options.verbose <= 1) writeUnknownData(p, body, '\n\t  ', length - MESSAGE_COUNTED)
  if (p.options.verbose > 1) writeUnknownData(p, body, '\n\t  ', length)
  return length + 4
}

const Tlv = {
  FEC: 0x0100, ADDRESSES: 0x0101, LABEL: 0x0200, STATUS: 0x0300, HELLO: 0x0400, TRANSPORT4: 0x0401, SEQUENCE: 0x0402, TRANSPORT6: 0x0403, SESSION: 0x0500,
  FAULT_TOLERANCE: 0x0503, MTU: 0x0601,
} as const
const TLVS: Words = {
  0x0100: 'FEC', 0x0101: 'Address List', 0x0103: 'Hop Count', 0x0104: 'Path Vector', 0x0200: 'Generic Label', 0x0201: 'ATM Label',
  0x0202: 'Frame-Relay Label', 0x0300: 'Status', 0x0301: 'Extended Status', 0x0302: 'Returned PDU', 0x0303: 'Returned Message',
  0x0400: 'Common Hello Parameters', 0x0401: 'IPv4 Transport Address', 0x0402: 'Configuration Sequence Number', 0x0403: 'IPv6 Transport Address',
  0x0500: 'Common Session Parameters', 0x0501: 'ATM Session Parameters', 0x0502: 'Frame-Relay Session Parameters',
  0x0503: 'Fault-Tolerant Session Parameters', 0x0600: 'Label Request Message ID', 0x0601: 'MTU',
}
/** Bytes that a TLV must have. */
const MIN_LENGTHS: Readonly<Record<number, number>> = {
  0x0100: 1, 0x0101: 2, 0x0200: 4, 0x0300: 8, 0x0400: 4, 0x0401: 4, 0x0402: 4, 0x0403: 16, 0x0500: 8, 0x0503: 12, 0x0601: 2,
}

function printTlvs(p: Printer, at: number, left: number): void {
  while (left >= 4) {
    p.need(at, 4)
    const length = p.u16(at + 2)
    if (length + 4 > left) return say(p, '\n\t\t TLV contents go past end of message')
    const flags = p.u16(at)
    const type = flags & 0x3fff
    const ifUnknown = `${flags & 0x8000 ? 'continue processing' : 'ignore'} and ${flags & 0x4000 ? 'do' : "don't"} forward if unknown`
    say(p, `\n\t    ${named(TLVS, type, 'Unknown')} TLV (0x${hex(type, 4)}), length: ${length}, Flags: [${ifUnknown}]`)
    if (hasLength(p, length, MIN_LENGTHS[type] ?? 0)) printTlv(p, type, at + 4, length)
    at += length + 4
    left -= length + 4
  }
}

/** Whether `length` bytes hold `least`; says so where they do not. */
function hasLength(p: Printer, length: number, least: number): boolean {
  if (length >= least) return true
  say(p, ` [tlv length ${length} < ${least}]`)
  p.invalid()
  return false
}

function printTlv(p: Printer, type: number, at: number, length: number): void {
  const lead = '\n\t      '
  switch (type) {
    case Tlv.HELLO: {
      const flags = p.u16(at + 2)
      return say(p, `${lead}Hold Time: ${p.u16(at)}s, Flags: [${flags & 0x8000 ? 'Targeted' : 'Link'} Hello${flags & 0x4000 ? ', Request for targeted Hellos' : ''}]`)
    }
    case Tlv.TRANSPORT4:
      return say(p, `${lead}IPv4 Transport Address: ${ip4(p, at)}`)
    case Tlv.TRANSPORT6:
      return say(p, `${lead}IPv6 Transport Address: ${ip6(p, at)}`)
    case Tlv.SEQUENCE:
      return say(p, `${lead}Sequence Number: ${p.u32(at)}`)
    case Tlv.ADDRESSES:
      return printAddresses(p, at, length)
    case Tlv.SESSION: {
      const flags = p.u16(at + 6)
      say(p, `${lead}Version: ${p.u16(at)}, Keepalive: ${p.u16(at + 2)}s, Flags: [Downstream ${flags & 0x8000 ? 'On Demand' : 'Unsolicited'}, Loop Detection ${flags & 0x4000 ? 'Enabled' : 'Disabled'}]`)
      return
    }
    case Tlv.FEC:
      return printFec(p, at, length)
    case Tlv.LABEL:
      return say(p, `${lead}Label: ${p.u32(at) & 0xfffff}`)
    case Tlv.STATUS: {
      const status = p.u32(at)
      const flags = `${status & 0x80000000 ? 'Fatal error' : 'Advisory Notification'} and ${status & 0x40000000 ? 'do' : "don't"} forward`
      say(p, `${lead}Status: 0x${hex(status & 0x3fffffff, 2)}, Flags: [${flags}]`)
      const cause = p.u32(at + 4)
      if (cause !== 0) say(p, `, causing Message ID: 0x${hex(cause, 8)}`)
      return
    }
    case Tlv.FAULT_TOLERANCE:
      return printFaultTolerance(p, at)
    case Tlv.MTU:
      return say(p, `${lead}MTU: ${p.u16(at)}`)
  }
  if (p.options.verbose <= 1) writeUnknownData(p, at, lead, length)
}

function printAddresses(p: Printer, at: number, length: number): void {
  const family = p.u16(at)
  say(p, `\n\t      Address Family: ${named(FAMILIES, family, 'Unknown (%)')}, addresses`)
  const size = family === Family.IPV4 ? 4 : family === Family.IPV6 ? 16 : 0
  if (size === 0) return
  for (let here = at + 2; here + size <= at + length; here += size) say(p, ` ${size === 4 ? ip4(p, here) : ip6(p, here)}`)
}

function printFaultTolerance(p: Printer, at: number): void {
  const flags = p.u16(at)
  const unless = (bit: number, word: string): string => (flags & bit ? '' : word)
  const checkpoint = flags & 2 ? 'Sequence Numbered Label' : 'All Labels'
  say(p, `\n\t      Flags: [${unless(0x8000, 'No ')}Reconnect, ${unless(8, "Don't ")}Save State, ${unless(4, 'No ')}All-Label Protection, ${checkpoint} Checkpoint, ${unless(1, "Don't ")}Re-Learn State]`)
  const reconnect = p.u32(at + 4)
  if (reconnect !== 0) say(p, `, Reconnect Timeout: ${reconnect}ms`)
  const recovery = p.u32(at + 8)
  if (recovery !== 0) say(p, `, Recovery Time: ${recovery}ms`)
}

const Fec = { PREFIX: 0x02, PSEUDOWIRE: 0x80 } as const
const FECS: Words = { 0x01: 'Wildcard', 0x02: 'Prefix', 0x03: 'Host address', 0x80: 'Martini VC' }
/** Longer text of a prefix is cut off, as tcpdump's buffer does. */
const MAX_TEXT = 99

/** The first element; others are not printed. */
function printFec(p: Printer, at: number, length: number): void {
  const type = p.u8(at)
  say(p, `\n\t      ${named(FECS, type, 'Unknown')} FEC (0x${hex(type, 2)})`)
  if (type === Fec.PSEUDOWIRE) return printPseudowire(p, at + 1, length - 1)
  if (type !== Fec.PREFIX || !hasLength(p, length - 1, 2)) return
  const family = p.u16(at + 1)
  if (family !== Family.IPV4 && family !== Family.IPV6) return say(p, `: Address family ${family} prefix`)
  const { size, text } = readPrefix(p, at + 3, length - 3, family === Family.IPV4 ? 4 : 16)
  if (size === TOO_LITTLE.size) throw TRUNCATED
  const name = family === Family.IPV4 ? 'IPv4' : 'IPv6'
  say(p, size === BAD_LENGTH.size ? `: ${name} prefix (invalid length)` : `: ${name} prefix ${text.slice(0, MAX_TEXT)}`)
}

const Parameter = { MTU: 0x01, DESCRIPTION: 0x03, VERIFICATION: 0x0c } as const
const PARAMETERS: Words = { 0x01: 'MTU', 0x03: 'Description', 0x0c: 'VCCV' }
const CHANNELS = [[0x01, 'PWE3 control word'], [0x02, 'MPLS Router Alert Label'], [0x04, 'MPLS inner label TTL = 1']] as const
const VERIFICATIONS = [[0x01, 'ICMP Ping'], [0x02, 'LSP Ping'], [0x04, 'BFD']] as const

function printPseudowire(p: Printer, at: number, length: number): void {
  if (!hasLength(p, length, 7)) return
  const info = p.u8(at + 2)
  if (info !== 0 && !hasLength(p, length, 11)) return
  const type = p.u16(at)
  const group = `${named(PSEUDOWIRES, type & 0x7fff, 'Unknown')}, ${type & 0x8000 ? '' : 'no '}control word, group-ID ${p.u32(at + 3)}`
  if (info === 0) return say(p, `: ${group}, VC-info-length: ${info}`)
  say(p, `: ${group}, VC-ID ${p.u32(at + 7)}, VC-info-length: ${info}`)
  if (info < 4) return say(p, ' (invalid, < 4')
  if (hasLength(p, length - 11, info - 4)) printParameters(p, at + 11, info - 4)
}

function printParameters(p: Printer, at: number, left: number): void {
  while (left > 2) {
    const type = p.u8(at)
    const length = p.u8(at + 1)
    if (length < 2 || left < length) return
    say(p, `\n\t\tInterface Parameter: ${named(PARAMETERS, type, 'Unknown')} (0x${hex(type, 2)}), len ${length}`)
    const value = at + 2
    if (type === Parameter.MTU) say(p, `: ${p.u16(value)}`)
    else if (type === Parameter.DESCRIPTION) {
      say(p, ': ')
      writeVisible(p.out, p.b, value, Math.min(at + length, p.end))
      p.need(value, length - 2)
    } else if (type === Parameter.VERIFICATION) {
      say(p, `\n\t\t  Control Channels (0x${hex(p.u8(value), 2)}) = [${bits(CHANNELS, p.u8(value), 'none')}]`)
      say(p, `\n\t\t  CV Types (0x${hex(p.u8(value + 1), 2)}) = [${bits(VERIFICATIONS, p.u8(value + 1), 'none')}]`)
    } else writeUnknownData(p, value, '\n\t\t  ', length - 2)
    at += length
    left -= length
  }
}
