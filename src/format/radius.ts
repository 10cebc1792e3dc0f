/** RADIUS as tcpdump prints it — RFC 2865, RFC 2866 and their successors; attributes with -v. */
import { u16, u64, u8 } from '../bytes.js'
import { writeIp6 } from './address.js'
import { writeHex, writeHexAndText } from './dump.js'
import { printEap } from './eap.js'
import { enterpriseName } from './enterprise.js'
import { writeStamp } from './ntp.js'
import type { Printer } from './printer.js'
import { Attribute, attributeOf, valueName } from './radius-attributes.js'
import { bits, tableOf, word, writeVisible } from './tables.js'
import { systemTimeZone, type TimeZone } from './time-zone.js'

const HEADER = 20
const CODES = tableOf({
  1: 'Access-Request', 2: 'Access-Accept', 3: 'Access-Reject', 4: 'Accounting-Request', 5: 'Accounting-Response', 11: 'Access-Challenge',
  12: 'Status-Server', 13: 'Status-Client', 40: 'Disconnect-Request', 41: 'Disconnect-ACK', 42: 'Disconnect-NAK', 43: 'CoA-Request', 44: 'CoA-ACK',
  45: 'CoA-NAK', 255: 'Reserved',
})
/** A tag that groups attributes of one tunnel is not above this — RFC 2868 §3. */
const MAX_TAG = 0x1f
/** RFC 4675 §2.1 */
const TAGGING = tableOf({ 0x31: 'Tagged', 0x32: 'Untagged' })

export function printRadius(p: Printer, at: number, length: number): void {
  const { out, b } = p
  p.protocol = 'radius'
  if (!p.has(at, HEADER)) return p.truncated()
  const stated = u16(b, at + 2)
  if (stated < HEADER) return p.truncated()
  const size = Math.min(stated, length)
  const code = u8(b, at)
  const brief = p.options.verbose === 0
  out.text('RADIUS, ')
  if (!brief) out.text('length: ').dec(size).text('\n\t')
  out.text(word(CODES, code, 'Unknown Command')).text(' (').dec(code).text('), id: 0x').hex(u8(b, at + 1), 2)
  if (brief) {
    out.text(' length: ').dec(size)
    return
  }
  out.text(', Authenticator: ').hexBytes(b, at + 4, at + HEADER)
  printAttributes(p, at + HEADER, size - HEADER)
}

function printAttributes(p: Printer, at: number, length: number): void {
  const { out, b, options } = p
  while (length > 0) {
    if (length < 2 || !p.has(at, 2)) return p.truncated()
    const type = u8(b, at)
    const size = u8(b, at + 1)
    const attribute = attributeOf(type)
    out.text('\n\t  ').text(attribute?.name ?? 'Unknown').text(' Attribute (').dec(type).text('), length: ').dec(size)
    if (size < 2) {
      out.text(' (bogus, must be >= 2)')
      return
    }
    if (size > length) {
      out.text(' (bogus, goes past end of packet)')
      return
    }
    out.text(', Value: ')
    if (size > 2 && attribute !== undefined) printValue(p, type, attribute.form, at + 2, size - 2)
    if (options.verbose > 1) writeHex(out, b, at + 2, Math.min(at + size, p.end), '\n\t    ')
    at += size
    length -= size
  }
}

/** `form` is a letter of the table of attributes; `length` is not 0. */
function printValue(p: Printer, type: number, form: string, at: number, length: number): void {
  switch (form) {
    case 's': return printString(p, type, at, length)
    case 'n': return hasLength(p, length, 4) ? printNumber(p, type, at) : undefined
    case '4': return hasLength(p, length, 4) ? printAddress(p, type, at) : undefined
    case '6': return hasLength(p, length, 16) ? p.ip6(at) : undefined
    case 't': return hasLength(p, length, 4) ? printTime(p, at) : undefined
    case 'f': return hasLength(p, length, 8) ? printFeatures(p, at) : undefined
    case 'v': return printVendor(p, at, length)
    case 'p': return printPrefix(p, at, length)
    case 'h': return hasLength(p, length, 17) ? printHomePrefix(p, at) : undefined
    case 'o': return printOperator(p, at, length)
    case 'i': return printLocation(p, at, length)
    case 'd': return printLocationData(p, at, length)
    case 'r': return printLocationRules(p, at, length)
    case 'P': return hasLength(p, length, 16) ? printArapPassword(p, at) : undefined
    case 'F': return hasLength(p, length, 14) ? printArapFeatures(p, at) : undefined
    case 'C': return length < 8 ? writeWrongLength(p, length, 8) : writeHexCapitals(p, at, 8)
    case 'E': return printErrorCause(p, at, length)
    default:
  }
}

function hasLength(p: Printer, length: number, wanted: number): boolean {
  if (length !== wanted) writeWrongLength(p, length, wanted)
  return length === wanted
}

function writeWrongLength(p: Printer, length: number, wanted: number): void {
  p.out.text('ERROR: length ').dec(length).text(' != ').dec(wanted)
}

/** False, and ` [|radius]`, unless the value is captured. */
function isCaptured(p: Printer, at: number, length: number): boolean {
  if (!p.has(at, length)) p.truncated()
  return p.has(at, length)
}

function writeTag(p: Printer, tag: number): void {
  if (tag === 0) p.out.text('Tag[Unused] ')
  else p.out.text('Tag[').dec(tag).text('] ')
}

/** Text up to a zero byte, a dot for each byte that is not printable. */
function writeDotted(p: Printer, at: number, length: number, toZero: boolean): void {
  for (let i = at; i < at + length; i++) {
    const c = p.b[i]!
    if (toZero && c === 0) return
    p.out.byte(c >= 0x20 && c < 0x7f ? c : 46)
  }
}

function printString(p: Printer, type: number, at: number, length: number): void {
  const { out, b } = p
  if (!isCaptured(p, at, length)) return
  const first = u8(b, at)
  let skipped = 0
  switch (type) {
    case Attribute.EAP_MESSAGE:
      return printEap(p, at, length)
    case Attribute.TUNNEL_PASSWORD:
      if (length < 3) return p.truncated()
      writeTag(p, first <= MAX_TAG ? first : 0)
      out.text('Salt ').dec(u16(b, at + 1)).byte(32)
      skipped = 3
      break
    case Attribute.TUNNEL_CLIENT_ENDPOINT:
    case Attribute.TUNNEL_SERVER_ENDPOINT:
    case Attribute.TUNNEL_PRIVATE_GROUP:
    case Attribute.TUNNEL_ASSIGNMENT:
    case Attribute.TUNNEL_CLIENT_AUTH:
    case Attribute.TUNNEL_SERVER_AUTH:
      if (first > MAX_TAG) break
      writeTag(p, first)
      skipped = 1
      break
    case Attribute.EGRESS_VLAN_NAME:
      writeTagging(p, first)
      skipped = 1
      break
    default:
  }
  writeDotted(p, at + skipped, length - skipped, true)
}

function writeTagging(p: Printer, tag: number): void {
  p.out.text(word(TAGGING, tag, 'Unknown tag')).text(' (0x').hex(tag, 2).text(') ')
}

function printNumber(p: Printer, type: number, at: number): void {
  const { out } = p
  switch (type) {
    case Attribute.TUNNEL_TYPE:
    case Attribute.TUNNEL_MEDIUM:
    case Attribute.TUNNEL_PREFERENCE:
      writeTag(p, p.u8(at))
      out.text(valueName(type, p.u24(at + 1)) ?? String(p.u24(at + 1)))
      return
    case Attribute.EGRESS_VLAN_ID:
      writeTagging(p, p.u8(at))
      out.dec(p.u24(at + 1))
      return
    default:
  }
  const n = p.u32(at)
  switch (type) {
    case Attribute.SESSION_TIMEOUT:
    case Attribute.IDLE_TIMEOUT:
    case Attribute.ACCT_DELAY:
    case Attribute.ACCT_SESSION_TIME:
    case Attribute.ACCT_INTERIM_INTERVAL:
      return writeSpan(p, n)
    case Attribute.FRAMED_IPX:
      if (n === 0xfffffffe) out.text('NAS Select')
      else out.dec(n)
      return
    case Attribute.APPLETALK_LINK:
      if (n === 0) out.text('Unnumbered')
      else out.dec(n)
      return
    case Attribute.APPLETALK_NETWORK:
      if (n === 0) out.text('NAS assigned')
      else out.dec(n)
      return
    default:
  }
  const name = valueName(type, n)
  if (name === undefined) out.dec(n)
  else out.text(name)
}

/** `05 secs`, `02:05 min`, `01:02:05 hours` */
function writeSpan(p: Printer, seconds: number): void {
  const { out } = p
  if (seconds >= 3600) out.decZero(Math.floor(seconds / 3600), 2).byte(58)
  if (seconds >= 60) out.dec2(Math.floor((seconds % 3600) / 60)).byte(58)
  out.dec2(seconds % 60).text(seconds < 60 ? ' secs' : seconds < 3600 ? ' min' : ' hours')
}

function printAddress(p: Printer, type: number, at: number): void {
  const n = p.u32(at)
  const mayChoose = type === Attribute.FRAMED_ADDRESS || type === Attribute.LOGIN_HOST
  if (mayChoose && n === 0xffffffff) p.out.text('User Selected')
  else if (mayChoose && n === 0xfffffffe) p.out.text('NAS Select')
  else p.ip4(at)
}

/** The form of ctime(3), in local time. */
function printTime(p: Printer, at: number): void {
  const seconds = p.u32(at)
  let zone = p.memory.get('zone') as TimeZone | undefined
  if (zone === undefined) {
    zone = systemTimeZone()
    p.memory.set('zone', zone)
  }
  zone.look(seconds)
  const [day, date, month, year, time] = new Date((seconds + zone.offset) * 1000).toUTCString().replace(',', '').split(' ')
  p.out.text(`${day!} ${month!} ${String(Number(date)).padStart(2, ' ')} ${time!} ${year!}`)
}

/** RFC 5447 §4.2.5 and successors, lowest bit first; undefined: nobody's. */
const FEATURES: ReadonlyArray<readonly [bit: number, name: string]> = [
  [0, 'MIP6_INTEGRATED'], [1, 'LOCAL_HOME_AGENT_ASSIGNMENT'], [40, 'PMIP6_SUPPORTED'], [41, 'IP4_HOA_SUPPORTED'], [42, 'LOCAL_MAG_ROUTING_SUPPORTED'],
  [43, 'ASSIGN_LOCAL_IP'], [44, 'MIP4_SUPPORTED'], [45, 'OPTIMIZED_IDLE_MODE_MOBILITY'], [46, 'GTPv2_SUPPORTED'], [47, 'IP4_TRANSPORT_SUPPORTED'],
  [48, 'IP4_HOA_ONLY_SUPPORTED'], [49, 'INTER_MAG_ROUTING_SUPPORTED'],
]

function printFeatures(p: Printer, at: number): void {
  p.out.byte(91)
  p.need(at, 8)
  const value = u64(p.b, at)
  p.out.text(FEATURES.filter(([bit]) => (value >> BigInt(bit)) & 1n).map(([, name]) => name).join(', ')).byte(93)
}

function printVendor(p: Printer, at: number, length: number): void {
  const { out } = p
  if (length < 4) return p.truncated()
  const vendor = p.u32(at)
  out.text('Vendor: ').text(enterpriseName(vendor) ?? 'Unknown').text(' (').dec(vendor).byte(41)
  let here = at + 4
  for (let left = length - 4; left >= 2; ) {
    const type = p.u8(here)
    const size = p.u8(here + 1)
    const isBad = size < 2 || size > left
    if (!isBad && !isCaptured(p, here + 2, size - 2)) return
    out.text('\n\t    Vendor Attribute: ').dec(type).text(', Length: ').dec(isBad ? size : size - 2)
    if (isBad) {
      out.text(size < 2 ? ' (bogus, must be >= 2)' : ' (bogus, goes past end of vendor-specific attribute)')
      return
    }
    out.text(', Value: ')
    writeDotted(p, here + 2, size - 2, false)
    here += size
    left -= size
  }
}

function printPrefix(p: Printer, at: number, length: number): void {
  const { out, b } = p
  if (length < 2 || length > 18) {
    out.text('ERROR: length ').dec(length).text(' not in range (2..18)')
    return
  }
  if (!isCaptured(p, at, length)) return
  const bitsOfPrefix = u8(b, at + 1)
  if (bitsOfPrefix > 128) return writeWrongMask(p, bitsOfPrefix)
  const address = new Uint8Array(16)
  address.set(b.subarray(at + 2, at + length))
  writeIp6(out, address, 0)
  out.byte(47).dec(bitsOfPrefix)
  if (bitsOfPrefix > 8 * (length - 2)) out.text(' (inconsistent prefix length)')
}

function writeWrongMask(p: Printer, mask: number): void {
  p.out.text('ERROR: netmask ').dec(mask).text(' not in range (0..128)')
}

function printHomePrefix(p: Printer, at: number): void {
  if (!isCaptured(p, at, 17)) return
  const mask = u8(p.b, at)
  if (mask > 128) return writeWrongMask(p, mask)
  p.ip6(at + 1)
  p.out.byte(47).dec(mask)
}

/** RFC 5580 §4.1 */
const NAMESPACES = tableOf({ 0x30: 'TADIG', 0x31: 'REALM', 0x32: 'E212', 0x33: 'ICC' })

/** What the attributes of RFC 5580 begin with: captured, and of `least` bytes. */
function hasLeast(p: Printer, at: number, length: number, least: number): boolean {
  if (!isCaptured(p, at, length)) return false
  if (length < least) p.out.text('ERROR: length ').dec(length).text(' < ').dec(least)
  return length >= least
}

function printOperator(p: Printer, at: number, length: number): void {
  if (!hasLeast(p, at, length, 2)) return
  p.out.byte(91).text(word(NAMESPACES, u8(p.b, at), 'unknown namespace %')).text('] ')
  writeVisible(p.out, p.b, at + 1, at + length)
}

/** RFC 5580 §4.2 */
function printLocation(p: Printer, at: number, length: number): void {
  const { out, b } = p
  if (!hasLeast(p, at, length, 21)) return
  const code = u8(b, at + 2)
  const entity = u8(b, at + 3)
  out.text('index ').dec(u16(b, at)).text(', code ').text(['Civic', 'Geospatial'][code] ?? `Unknown (${code})`)
  out.text(', entity ').text(['User', 'RADIUS'][entity] ?? `Unknown (${entity})`).text(', sighting time ')
  writeStamp(p, at + 4)
  out.text(', time to live ')
  writeStamp(p, at + 12)
  out.text(', method "')
  writeVisible(out, b, at + 20, at + length)
  out.byte(34)
}

/** RFC 5580 §4.3 */
function printLocationData(p: Printer, at: number, length: number): void {
  if (!hasLeast(p, at, length, 3)) return
  p.out.text('index ').dec(u16(p.b, at)).text(', location')
  writeHexAndText(p.out, p.b, at + 2, at + length, '\n\t    ')
}

const RULES: ReadonlyArray<readonly [bit: number, name: string]> = [
  ...Array.from({ length: 15 }, (_, i): readonly [number, string] => [1 << i, `MBZ-${15 - i}`]), [0x8000, 'Retransmission Allowed'],
]

/** RFC 5580 §4.4 */
function printLocationRules(p: Printer, at: number, length: number): void {
  const { out, b } = p
  if (!hasLeast(p, at, length, 10)) return
  out.text('flags [').text(bits(RULES, u16(b, at), 'none')).text('], retention expires ')
  writeStamp(p, at + 2)
  if (length === 10) return
  out.text(', note well "')
  writeVisible(out, b, at + 10, at + length)
  out.byte(34)
}

function writeHexCapitals(p: Printer, at: number, length: number): void {
  for (let i = at; i < at + length; i++) p.out.text(p.u8(i).toString(16).toUpperCase().padStart(2, '0'))
}

/** RFC 2869 §5.4 */
function printArapPassword(p: Printer, at: number): void {
  p.out.text('User_challenge (')
  writeHexCapitals(p, at, 8)
  p.out.text(') User_resp(')
  writeHexCapitals(p, at + 8, 8)
  p.out.byte(41)
}

/** RFC 2869 §5.5 */
function printArapFeatures(p: Printer, at: number): void {
  const { out } = p
  out.text(p.u8(at) === 0 ? 'User cannot change password' : 'User can change password')
  out.text(', Min password length: ')
  out.dec(p.u8(at + 1)).text(', created at: ')
  writeHexCapitals(p, at + 2, 4)
  out.text(', expires in: ')
  writeHexCapitals(p, at + 6, 4)
  out.text(', Current Time: ')
  writeHexCapitals(p, at + 10, 4)
}

/** RFC 5176 §3.5 */
const CAUSES = tableOf({
  201: 'Residual Session Context Removed', 202: 'Invalid EAP Packet (Ignored)', 401: 'Unsupported Attribute', 402: 'Missing Attribute',
  403: 'NAS Identification Mismatch', 404: 'Invalid Request', 405: 'Unsupported Service', 406: 'Unsupported Extension', 407: 'Invalid Attribute Value',
  501: 'Administratively Prohibited', 502: 'Request Not Routable (Proxy)', 503: 'Session Context Not Found', 504: 'Session Context Not Removable',
  505: 'Other Proxy Processing Error', 506: 'Resources Unavailable', 507: 'Request Initiated', 508: 'Multiple Session Selection Unsupported',
  509: 'Location Info Required',
})

function printErrorCause(p: Printer, at: number, length: number): void {
  const { out } = p
  if (length !== 4) {
    out.text('Error: length ').dec(length).text(' != 4')
    return
  }
  const cause = p.u32(at)
  out.text('Error cause ').dec(cause).text(': ').text(word(CAUSES, cause, 'Error-Cause % not known'))
}
