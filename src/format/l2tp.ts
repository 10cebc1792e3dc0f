/** L2TP as tcpdump prints it — RFC 2661; of L2F (RFC 2341) only the name. */
import { printPpp } from './ppp.js'
import type { Printer } from './printer.js'
import { writeVisible } from './tables.js'

const Version = { L2F: 1, L2TP: 2 } as const
const Flag = { CONTROL: 0x8000, LENGTH: 0x4000, SEQUENCE: 0x0800, OFFSET: 0x0200, PRIORITY: 0x0100 } as const
const FLAG_LETTERS = [[Flag.CONTROL, 'T'], [Flag.LENGTH, 'L'], [Flag.SEQUENCE, 'S'], [Flag.OFFSET, 'O'], [Flag.PRIORITY, 'P']] as const

/** Attribute-value pairs — RFC 2661 §4.1. */
const AVP_HEADER = 6
const AvpFlag = { MANDATORY: 0x8000, HIDDEN: 0x4000, LENGTH: 0x03ff } as const
const MESSAGES: readonly (string | undefined)[] = [
  undefined, 'SCCRQ', 'SCCRP', 'SCCCN', 'StopCCN', undefined, 'HELLO', 'OCRQ', 'OCRP', 'OCCN', 'ICRQ', 'ICRP', 'ICCN', undefined, 'CDN', 'WEN', 'SLI',
]
const ATTRIBUTES: readonly string[] = [
  'MSGTYPE', 'RESULT_CODE', 'PROTO_VER', 'FRAMING_CAP', 'BEARER_CAP', 'TIE_BREAKER', 'FIRM_VER', 'HOST_NAME', 'VENDOR_NAME', 'ASSND_TUN_ID',
  'RECV_WIN_SIZE', 'CHALLENGE', 'Q931_CC', 'CHALLENGE_RESP', 'ASSND_SESS_ID', 'CALL_SER_NUM', 'MINIMUM_BPS', 'MAXIMUM_BPS', 'BEARER_TYPE',
  'FRAMING_TYPE', 'PACKET_PROC_DELAY', 'CALLED_NUMBER', 'CALLING_NUMBER', 'SUB_ADDRESS', 'TX_CONN_SPEED', 'PHY_CHANNEL_ID', 'INI_RECV_LCP',
  'LAST_SENT_LCP', 'LAST_RECV_LCP', 'PROXY_AUTH_TYPE', 'PROXY_AUTH_NAME', 'PROXY_AUTH_CHAL', 'PROXY_AUTH_ID', 'PROXY_AUTH_RESP', 'CALL_ERRORS',
  'ACCM', 'RANDOM_VECTOR', 'PRIVATE_GRP_ID', 'RX_CONN_SPEED', 'SEQ_REQUIRED',
]
const PPP_DISCONNECT = 46
const AUTHENTICATIONS = ['Reserved', 'Textual', 'CHAP', 'PAP', 'No Auth', 'MS-CHAPv1']
const CALL_ERRORS = ['CRCErr', 'FrameErr', 'HardOver', 'BufOver', 'Timeout', 'AlignErr']
/** RFC 3145 §2.1 */
const DIRECTIONS = ['global error', 'at peer', 'at local']

export function printL2tp(p: Printer, at: number, length: number): void {
  const { out } = p
  p.protocol = 'l2tp'
  const flags = p.u16(at)
  const version = flags & 0xf
  if (version !== Version.L2TP) {
    out.text(version === Version.L2F ? ' l2f:' : ' Unknown Version, neither L2F(1) nor L2TP(2)')
    return
  }
  out.text(' l2tp:[')
  for (const [flag, letter] of FLAG_LETTERS) if (flags & flag) out.text(letter)
  out.byte(93)
  let here = at + 2
  let stated = 0
  if (flags & Flag.LENGTH) {
    stated = p.u16(here)
    here += 2
  }
  const tunnel = p.u16(here)
  out.byte(40).dec(tunnel).byte(47)
  const session = p.u16(here + 2)
  out.dec(session).byte(41)
  here += 4
  if (flags & Flag.SEQUENCE) {
    const sent = p.u16(here)
    out.text('Ns=').dec(sent).byte(44)
    const received = p.u16(here + 2)
    out.text('Nr=').dec(received)
    here += 4
  }
  if (flags & Flag.OFFSET) {
    const padding = p.u16(here)
    if (!p.has(here + 2, padding)) return p.truncated()
    here += 2 + padding
  }
  if (flags & Flag.LENGTH) {
    if (length < stated) {
      out.text(' Length ').dec(stated).text(' larger than packet')
      return
    }
    length = stated
  }
  const rest = length - (here - at)
  if (rest < 0) {
    out.text(' Length ').dec(length).text(' smaller than header length')
    return
  }
  if ((flags & Flag.CONTROL) === 0) {
    out.text(' {')
    printPpp(p, here, rest)
    out.byte(125)
  } else if ((flags & Flag.LENGTH) === 0) out.text(' No length')
  else if (rest === 0) out.text(' ZLB')
  else printPairs(p, here, rest)
}

function printPairs(p: Printer, at: number, length: number): void {
  while (length > 0) {
    p.out.byte(32)
    const size = p.u16(at) & AvpFlag.LENGTH
    if (size < AVP_HEADER || size > length || !p.has(at, size)) return p.truncated()
    printPair(p, at, size)
    at += size
    length -= size
  }
}

/** One attribute-value pair, all of it captured. */
function printPair(p: Printer, at: number, size: number): void {
  const { out } = p
  const flags = p.u16(at)
  if (flags & AvpFlag.MANDATORY) out.byte(42)
  if (flags & AvpFlag.HIDDEN) out.byte(63)
  const vendor = p.u16(at + 2)
  const attribute = p.u16(at + 4)
  if (vendor !== 0) out.text('VENDOR').hex(vendor, 4).text(':ATTR').hex(attribute, 4)
  else out.text(attribute === PPP_DISCONNECT ? 'PPP_DISCON_CC' : (ATTRIBUTES[attribute] ?? `AVP-#${attribute}`))
  out.byte(40)
  const value = at + AVP_HEADER
  const length = size - AVP_HEADER
  if (vendor !== 0) out.hexBytes(p.b, value, value + length)
  else if (flags & AvpFlag.HIDDEN) out.text('???')
  else if (!printValue(p, attribute, value, length)) out.text('AVP too short')
  out.byte(41)
}

/** False when the value is too short for its attribute. */
function printValue(p: Printer, attribute: number, at: number, length: number): boolean {
  const { out, b } = p
  switch (ATTRIBUTES[attribute] ?? attribute) {
    case 'MSGTYPE':
      return withU16(p, at, length, (type) => out.text(MESSAGES[type] ?? `MSGTYPE-#${type}`))
    case 'RESULT_CODE':
      return printResult(p, at, length)
    case 'PROTO_VER':
      return withU16(p, at, length, (n) => out.dec(n >> 8).byte(46).dec(n & 0xff))
    case 'FRAMING_CAP':
    case 'FRAMING_TYPE':
      return withU32(p, at, length, (n) => out.text(n & 2 ? 'A' : '').text(n & 1 ? 'S' : ''))
    case 'BEARER_CAP':
    case 'BEARER_TYPE':
      return withU32(p, at, length, (n) => out.text(n & 2 ? 'A' : '').text(n & 1 ? 'D' : ''))
    case 'TIE_BREAKER':
      if (length < 8) return false
      out.hexBytes(b, at, at + 8)
      return true
    case 'CHALLENGE_RESP':
      if (length < 16) return false
      out.hexBytes(b, at, at + 16)
      return true
    case 'FIRM_VER':
    case 'ASSND_TUN_ID':
    case 'RECV_WIN_SIZE':
    case 'ASSND_SESS_ID':
      return withU16(p, at, length, (n) => out.dec(n))
    case 'CALL_SER_NUM':
    case 'MINIMUM_BPS':
    case 'MAXIMUM_BPS':
    case 'TX_CONN_SPEED':
    case 'PHY_CHANNEL_ID':
    case 'RX_CONN_SPEED':
      return withU32(p, at, length, (n) => out.dec(n))
    case 'HOST_NAME':
    case 'VENDOR_NAME':
    case 'CALLING_NUMBER':
    case 'CALLED_NUMBER':
    case 'SUB_ADDRESS':
    case 'PROXY_AUTH_NAME':
    case 'PRIVATE_GRP_ID':
      writeVisible(out, b, at, at + length)
      return true
    case 'CHALLENGE':
    case 'INI_RECV_LCP':
    case 'LAST_SENT_LCP':
    case 'LAST_RECV_LCP':
    case 'PROXY_AUTH_CHAL':
    case 'PROXY_AUTH_RESP':
    case 'RANDOM_VECTOR':
      out.hexBytes(b, at, at + length)
      return true
    case 'Q931_CC':
      if (length < 3) return false
      out.dec(p.u16(at)).text(', ').hex(p.u8(at + 2), 2)
      writeMessage(p, at + 3, length - 3)
      return true
    case 'PACKET_PROC_DELAY':
      out.text('obsolete')
      return true
    case 'PROXY_AUTH_TYPE':
      return withU16(p, at, length, (n) => out.text(AUTHENTICATIONS[n] ?? `AuthType-#${n}`))
    case 'PROXY_AUTH_ID':
      return withU16(p, at, length, (n) => out.dec(n & 0xff))
    case 'CALL_ERRORS':
      return printWords(p, at, length, CALL_ERRORS.length, (n, i) => out.text(CALL_ERRORS[i]!).byte(61).dec(n).byte(32))
    case 'ACCM':
      return printWords(p, at, length, 2, (n, i) => out.text(i === 0 ? 'send=' : 'recv=').hex(n, 8).byte(32))
    case PPP_DISCONNECT:
      if (length < 5) return false
      out.hex(p.u16(at), 4).text(', ').hex(p.u16(at + 2), 4).byte(32).text(DIRECTIONS[p.u8(at + 4)] ?? `Direction-#${p.u8(at + 4)}`)
      writeMessage(p, at + 5, length - 5)
      return true
    default:
      return true
  }
}

function withU16(p: Printer, at: number, length: number, write: (n: number) => void): boolean {
  if (length < 2) return false
  write(p.u16(at))
  return true
}

function withU32(p: Printer, at: number, length: number, write: (n: number) => void): boolean {
  if (length < 4) return false
  write(p.u32(at))
  return true
}

/** Two reserved bytes, then `count` words, as many of them as there are. */
function printWords(p: Printer, at: number, length: number, count: number, write: (n: number, i: number) => void): boolean {
  for (let i = 0; i < count; i++) {
    if (length < 2 + 4 * (i + 1)) return false
    write(p.u32(at + 2 + 4 * i), i)
  }
  return true
}

/** Text that may stand behind a cause. */
function writeMessage(p: Printer, at: number, length: number): void {
  if (length === 0) return
  p.out.byte(32)
  writeVisible(p.out, p.b, at, at + length)
}

/** Result code, and error code and message where there are any — RFC 2661 §4.4.2. */
function printResult(p: Printer, at: number, length: number): boolean {
  const { out } = p
  if (length < 2) return false
  out.dec(p.u16(at))
  if (length === 2) return true
  if (length < 4) {
    out.byte(32)
    return false
  }
  out.byte(47).dec(p.u16(at + 2))
  writeMessage(p, at + 4, length - 4)
  return true
}
