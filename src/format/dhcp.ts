/** BOOTP and DHCP — RFC 951, RFC 2131, options RFC 2132 and later — as tcpdump prints them. */
import { u16, u32 } from '../bytes.js'
import { writeHex } from './dump.js'
import { ENDED, type Printer } from './printer.js'
import { bits, tableOf, textEnd, word, writeVisible } from './tables.js'

const Op = { REQUEST: 1, REPLY: 2 } as const
/** Offsets of the fields. */
const Field = { SECS: 8, FLAGS: 10, CLIENT: 12, YOURS: 16, SERVER: 20, GATEWAY: 24, HARDWARE: 28, SNAME: 44, FILE: 108, VENDOR: 236 } as const
const SNAME_LENGTH = 64
const FILE_LENGTH = 128
const ETHERNET = 1
const COOKIE = 0x63825363
/** `CMU\0`: the vendor area before RFC 1048. */
const CMU_COOKIE = 0x434d5500
/** In the CMU area's flags: the subnet mask is sure. */
const CMU_MASK_VALID = 1
const FLAGS = [[0x8000, 'Broadcast']] as const
const ADDRESSES = [
  ['Client-IP', Field.CLIENT], ['Your-IP', Field.YOURS], ['Server-IP', Field.SERVER], ['Gateway-IP', Field.GATEWAY],
] as const
/** Name and offset in the vendor area. */
const CMU_ADDRESSES = [['DG', 12], ['SM', 8], ['NS1', 16], ['NS2', 20], ['IEN1', 24], ['IEN2', 28], ['TS1', 32], ['TS2', 36]] as const

const Tag = {
  PAD: 0, END: 255, NETBIOS_NODE: 46, OVERLOAD: 52, MESSAGE: 53, PARAMETERS: 55, CLIENT_ID: 61, USER_CLASS: 77, FQDN: 81, AGENT: 82, ROUTES: 121,
  ROUTES_MICROSOFT: 249,
} as const

/** How an option's data is written. */
type Kind = 'addresses' | 'address pairs' | 'longs' | 'signed longs' | 'shorts' | 'bytes' | 'booleans' | 'text' | 'its own'

const OPTIONS = new Map<number, { readonly name: string; readonly kind: Kind }>()
const NAMES: ReadonlyArray<readonly [Kind, Readonly<Record<number, string>>]> = [
  ['addresses', {
    1: 'Subnet-Mask', 3: 'Default-Gateway', 4: 'Time-Server', 5: 'IEN-Name-Server', 6: 'Domain-Name-Server', 7: 'LOG', 8: 'CS', 9: 'LPR-Server',
    10: 'IM', 11: 'RL', 16: 'SS', 28: 'BR', 32: 'RSA', 41: 'YS', 42: 'NTP', 44: 'Netbios-Name-Server', 45: 'WDD', 48: 'XFS', 49: 'XDM',
    50: 'Requested-IP', 54: 'Server-ID', 65: 'N+S', 68: 'MH', 69: 'SMTP', 70: 'POP3', 71: 'NNTP', 72: 'WWW', 73: 'FG', 74: 'IRC', 75: 'STS',
    76: 'STDA', 92: 'Associated-IP', 112: 'NI', 118: 'SUBNET', 150: 'TFTP-Server-Address',
  }],
  ['address pairs', { 21: 'PF', 33: 'Static-Route' }],
  ['longs', { 24: 'MTU-Timeout', 35: 'AT', 38: 'KI', 51: 'Lease-Time', 58: 'RN', 59: 'RB' }],
  ['signed longs', { 2: 'Time-Zone', 91: 'Last-Transaction-Time' }],
  ['shorts', { 13: 'BS', 22: 'RSZ', 25: 'MTU-Table', 26: 'MTU', 57: 'MSZ', 64: 'N+D', 93: 'ARCH', 117: 'NSSEARCH' }],
  ['bytes', {
    23: 'TTL', 37: 'TT', 43: 'Vendor-Option', 53: 'DHCP-Message', 78: 'SLP-DA', 79: 'SLP-SCOPE', 83: 'ARMT', 89: 'FQDNS', 90: 'AUTH', 94: 'NDI',
    97: 'GUID',
  }],
  ['booleans', {
    19: 'IPF', 20: 'SRT', 27: 'LSN', 29: 'MD', 30: 'MS', 31: 'Router-Discovery', 34: 'UT', 36: 'IE', 39: 'KG', 116: 'NOAUTO',
  }],
  ['text', {
    12: 'Hostname', 14: 'DP', 15: 'Domain-Name', 17: 'RP', 18: 'EP', 40: 'YD', 47: 'Netbios-Scope', 56: 'MSG', 60: 'Vendor-Class', 66: 'TFTP', 67: 'BF',
    80: 'SLP-NA', 88: 'TZSTR', 95: 'LDAP', 98: 'UAP', 100: 'POSIX-TZ', 101: 'TZ-Name', 113: 'NITAG', 114: 'URL', 161: 'MUD-URL',
  }],
  ['its own', {
    0: 'PAD', 46: 'Netbios-Node', 52: 'OO', 55: 'Parameter-Request', 61: 'Client-ID', 77: 'User-Class', 81: 'FQDN', 82: 'Agent-Information',
    121: 'Classless-Static-Route', 249: 'Classless-Static-Route-Microsoft', 255: 'END',
  }],
]
for (const [kind, names] of NAMES) for (const [tag, name] of Object.entries(names)) OPTIONS.set(Number(tag), { name, kind })

const MESSAGES = tableOf({
  1: 'Discover', 2: 'Offer', 3: 'Request', 4: 'Decline', 5: 'ACK', 6: 'NACK', 7: 'Release', 8: 'Inform', 10: 'LeaseQuery', 11: 'LeaseUnassigned',
  12: 'LeaseUnknown', 13: 'LeaseActive',
})
const NODES = tableOf({ 1: 'b-node', 2: 'p-node', 4: 'm-node', 8: 'h-node' })
const OVERLOADS = tableOf({ 1: 'file', 2: 'sname', 3: 'file+sname' })
const HARDWARE = tableOf({ 1: 'ether', 6: 'ieee802', 7: 'arcnet', 15: 'frelay', 23: 'strip', 24: 'ieee1394' })
const FQDN_FLAGS = [[0x01, 'S'], [0x02, 'O'], [0x04, 'E'], [0x08, 'N']] as const
/** The agent's suboptions that are text. */
const AGENT_TEXTS = tableOf({ 1: 'Circuit-ID', 2: 'Remote-ID', 6: 'Subscriber-ID' })

export function printDhcp(p: Printer, at: number, length: number): void {
  const { b, out, options } = p
  p.protocol = 'bootp'
  const op = p.u8(at)
  out.text('BOOTP/DHCP, ').text(op === Op.REQUEST ? 'Request' : op === Op.REPLY ? 'Reply' : 'unknown (0x')
  if (op !== Op.REQUEST && op !== Op.REPLY) out.hex(op, 2).byte(41)
  const hardware = p.u8(at + 1)
  const hardwareLength = p.u8(at + 2)
  const isEthernet = hardware === ETHERNET && hardwareLength === 6
  if (isEthernet && op === Op.REQUEST) {
    p.need(at + Field.HARDWARE, 6)
    out.text(' from ')
    p.mac(at + Field.HARDWARE)
  }
  out.text(', length ').dec(length)
  if (options.verbose === 0) return
  p.want(at + Field.SECS, 2)
  if (hardware !== ETHERNET) out.text(', htype ').dec(hardware)
  if (hardware !== ETHERNET || hardwareLength !== 6) out.text(', hlen ').dec(hardwareLength)
  if (b[at + 3] !== 0) out.text(', hops ').dec(b[at + 3]!)
  if (u32(b, at + 4) !== 0) out.text(', xid 0x').hex(u32(b, at + 4))
  if (u16(b, at + Field.SECS) !== 0) out.text(', secs ').dec(u16(b, at + Field.SECS))
  const flags = p.u16(at + Field.FLAGS)
  out.text(', Flags [').text(bits(FLAGS, flags, 'none')).byte(93)
  if (options.verbose > 1) out.text(' (0x').hex(flags, 4).byte(41)
  for (const [name, offset] of ADDRESSES) {
    if (p.u32(at + offset) === 0) continue
    out.text('\n\t  ').text(name).byte(32)
    p.ip4(at + offset)
  }
  if (isEthernet) {
    p.need(at + Field.HARDWARE, 6)
    out.text('\n\t  Client-Ethernet-Address ')
    p.mac(at + Field.HARDWARE)
  }
  printName(p, 'sname', at + Field.SNAME, SNAME_LENGTH)
  printName(p, 'file', at + Field.FILE, FILE_LENGTH)
  const vendor = at + Field.VENDOR
  p.want(vendor, 4)
  const cookie = u32(b, vendor)
  if (cookie === COOKIE) printOptions(p, vendor)
  else if (cookie === CMU_COOKIE) printCmu(p, vendor)
  else if (cookie !== 0) out.text('\n\t  Vendor-#0x').hex(cookie)
}

function printName(p: Printer, title: string, at: number, length: number): void {
  const { b, out } = p
  if (p.u8(at) === 0) return
  out.text('\n\t  ').text(title).text(' "')
  const end = textEnd(b, at, Math.min(at + length, p.end))
  writeVisible(out, b, at, end)
  out.byte(34)
  // One that fills its field has no zero to end it: tcpdump takes it for cut.
  if (end >= p.end || end === at + length) throw ENDED
}

function printCmu(p: Printer, vendor: number): void {
  p.out.text(' vend-cmu')
  const flags = p.u8(vendor + 4)
  if ((flags & ~CMU_MASK_VALID) !== 0) p.out.text(' F:0x').hex(flags)
  for (const [name, offset] of CMU_ADDRESSES) {
    if (p.u32(vendor + offset) === 0) continue
    p.out.byte(32).text(name).text(name === 'SM' && !(flags & CMU_MASK_VALID) ? '*:' : ':')
    p.ip4(vendor + offset)
  }
}

function printOptions(p: Printer, vendor: number): void {
  const { out, options } = p
  out.text('\n\t  Vendor-rfc1048 Extensions\n\t    Magic Cookie 0x').hex(u32(p.b, vendor), 8)
  let at = vendor + 4
  while (at < p.end) {
    const tag = p.u8(at++)
    if (tag === Tag.PAD && options.verbose < 3) continue
    if (tag === Tag.END && options.verbose < 3) return
    const option = OPTIONS.get(tag)
    let length = 0
    let pads = 1
    if (tag === Tag.PAD) {
      while (at < p.end && p.b[at] === Tag.PAD) {
        pads++
        at++
      }
    } else if (tag !== Tag.END) length = p.u8(at++)
    out.text('\n\t    ').text(option?.name ?? 'Unknown').text(' (').dec(tag).text('), length ').dec(length)
    if (tag === Tag.PAD && pads > 1) out.text(', occurs ').dec(pads)
    if (tag === Tag.PAD || tag === Tag.END) continue
    if (length > 0) out.text(': ')
    p.want(at, length)
    printOption(p, tag, option?.kind ?? kindOfUnknown(length), at, length)
    at += length
  }
}

/** What is not known is taken as numbers as wide as its length allows. */
const kindOfUnknown = (length: number): Kind => (length % 4 === 0 ? 'longs' : length % 2 === 0 ? 'shorts' : 'bytes')

/** Data of `length` bytes, all captured. */
function printOption(p: Printer, tag: number, kind: Kind, at: number, length: number): void {
  const { b, out } = p
  const end = at + length
  if (tag === Tag.MESSAGE && length === 1) {
    out.text(word(MESSAGES, b[at]!, 'Unknown (%)'))
    return
  }
  switch (kind) {
    case 'text':
      out.byte(34)
      writeVisible(out, b, at, end)
      out.byte(34)
      return
    case 'addresses':
      return printList(p, at, end, 4, 44, (i) => p.ip4(i))
    case 'address pairs':
      return printList(p, at, end, 8, 44, (i) => {
        out.byte(40)
        p.ip4(i)
        out.byte(58)
        p.ip4(i + 4)
        out.byte(41)
      })
    case 'longs':
      return printList(p, at, end, 4, 44, (i) => void out.dec(u32(b, i)))
    case 'signed longs':
      return printList(p, at, end, 4, 44, (i) => void out.int(u32(b, i) | 0))
    case 'shorts':
      return printList(p, at, end, 2, 44, (i) => void out.dec(u16(b, i)))
    case 'bytes':
      return printList(p, at, end, 1, 46, (i) => void out.dec(b[i]!))
    case 'booleans':
      return printList(p, at, end, 1, 44, (i) => {
        if (b[i]! > 1) out.dec(b[i]!).byte(63)
        else out.byte(b[i] === 1 ? 89 : 78)
      })
    case 'its own':
      printSpecial(p, tag, at, end)
  }
}

/** Items of `size` bytes, and what is left. */
function printList(p: Printer, at: number, end: number, size: number, separator: number, print: (at: number) => void): void {
  for (let first = true; at + size <= end; at += size) {
    if (!first) p.out.byte(separator)
    first = false
    print(at)
  }
  printTrailing(p, at, end)
}

function printTrailing(p: Printer, at: number, end: number): void {
  if (at < end) p.out.text('\n\t  trailing data length ').dec(end - at)
}

function printSpecial(p: Printer, tag: number, at: number, end: number): void {
  const { b, out } = p
  switch (tag) {
    case Tag.NETBIOS_NODE:
    case Tag.OVERLOAD:
      if (at >= end) return writeTooShort(p, 1)
      out.text(word(tag === Tag.OVERLOAD ? OVERLOADS : NODES, b[at]!, '#%'))
      return printTrailing(p, at + 1, end)
    case Tag.PARAMETERS:
      for (let n = 0; at < end; n++, at++) {
        out.text(n % 4 === 0 ? '\n\t      ' : ', ')
        out.text(OPTIONS.get(b[at]!)?.name ?? 'Unknown').text(' (').dec(b[at]!).byte(41)
      }
      return
    case Tag.CLIENT_ID:
      return printClientId(p, at, end)
    case Tag.USER_CLASS:
      return printUserClass(p, at, end)
    case Tag.FQDN:
      return printFqdn(p, at, end)
    case Tag.AGENT:
      return printAgent(p, at, end)
    default:
      return printRoutes(p, at, end)
  }
}

function writeTooShort(p: Printer, need: number): void {
  p.out.text('[ERROR: length < ').dec(need).text(' bytes]')
}

/** RFC 2132 §9.14: a hardware type and address, or text behind a nought. */
function printClientId(p: Printer, at: number, end: number): void {
  const { b, out } = p
  if (at >= end) return writeTooShort(p, 1)
  const type = b[at++]!
  if (type === 0) {
    out.byte(34)
    writeVisible(out, b, at, end)
    out.byte(34)
    return
  }
  out.text(word(HARDWARE, type, 'hardware-type %'))
  if (!HARDWARE.has(type)) out.byte(44)
  out.byte(32)
  for (let i = at; i < end; i++) {
    if (i > at) out.byte(58)
    out.hex(b[i]!, 2)
  }
}

/** RFC 3004: counted strings. */
function printUserClass(p: Printer, at: number, end: number): void {
  const { b, out } = p
  if (end - at < 2) return writeTooShort(p, 2)
  for (let n = 1; at < end; n++) {
    const length = b[at++]!
    out.text('\n\t      instance#').dec(n).text(': ')
    if (length === 0) {
      out.text('[ERROR: suboption length must be non-zero]')
      return
    }
    if (at + length > end) {
      out.text('[ERROR: invalid option]')
      return
    }
    out.byte(34)
    writeVisible(out, b, at, at + length)
    out.text('", length ').dec(length)
    at += length
  }
}

/** RFC 4702: flags, two old response codes, and a name. */
function printFqdn(p: Printer, at: number, end: number): void {
  const { b, out } = p
  if (end - at < 3) return writeTooShort(p, 3)
  const flags = b[at]!
  if (flags & 0xf0) out.text('[ERROR: MBZ nibble 0x').hex(flags >> 4).text(' != 0] ')
  if (flags & 0x0f) out.byte(91).text(bits(FQDN_FLAGS, flags & 0x0f, '', '')).text('] ')
  if (b[at + 1] !== 0 || b[at + 2] !== 0) out.dec(b[at + 1]!).byte(47).dec(b[at + 2]!).byte(32)
  out.byte(34)
  writeVisible(out, b, at + 3, end)
  out.byte(34)
}

/** RFC 3046: what a relay adds. */
function printAgent(p: Printer, at: number, end: number): void {
  const { b, out } = p
  while (end - at >= 2) {
    const type = b[at]!
    const length = b[at + 1]!
    at += 2
    out.text('\n\t      ').text(word(AGENT_TEXTS, type, 'Unknown')).text(' SubOption ').dec(type).text(', length ').dec(length).text(': ')
    if (at + length > end) {
      out.text('length goes past end of option')
      return
    }
    if (AGENT_TEXTS.has(type)) writeVisible(out, b, at, at + length)
    else writeHex(out, b, at, at + length, '\n\t\t')
    at += length
  }
  printTrailing(p, at, end)
}

/** RFC 3442: the width of a mask, as many bytes of the destination as it covers, and the router. */
function printRoutes(p: Printer, at: number, end: number): void {
  const { b, out } = p
  if (end - at < 5) return writeTooShort(p, 5)
  for (let first = true; at < end; first = false) {
    if (!first) out.byte(44)
    const width = b[at++]!
    if (width > 32) {
      out.text('[ERROR: Mask width (').dec(width).text(') > 32]')
      return
    }
    const bytes = (width + 7) >> 3
    if (end - at < bytes + 4) {
      out.text('[ERROR: Remaining length (').dec(end - at).text(') < ').dec(bytes + 4).text(' bytes]')
      return
    }
    out.byte(40)
    if (width === 0) out.text('default')
    else {
      for (let i = 0; i < 4; i++) {
        if (i > 0) out.byte(46)
        out.dec(i < bytes ? b[at + i]! : 0)
      }
      out.byte(47).dec(width)
    }
    out.byte(58)
    at += bytes
    p.ip4(at)
    out.byte(41)
    at += 4
  }
}
