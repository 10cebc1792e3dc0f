/** Cisco VLAN Trunking Protocol as tcpdump prints it — Cisco "Understanding VLAN Trunk Protocol". */
import { writeHex } from './dump.js'
import { printInvalid, printTextToZero } from './packet-text.js'
import type { Printer } from './printer.js'
import { tableOf, word } from './tables.js'

/** Version, type, two bytes by type, and a domain name of 32 bytes. */
const HEADER = 36
const DOMAIN = 32
const Type = { SUMMARY: 1, SUBSET: 2, REQUEST: 3 } as const
const TYPES = tableOf({ 1: 'Summary advertisement', 2: 'Subset advertisement', 3: 'Advertisement request', 4: 'Join message' })
/** What the third byte is, by type. */
const THIRD = tableOf({ 1: 'Followers', 2: 'Seq number', 3: 'Rsvd', 4: 'Rsvd' })
const VLAN_HEADER = 12
const VLAN_TYPES = tableOf({ 1: 'Ethernet', 2: 'FDDI', 3: 'TrCRF', 4: 'FDDI-net', 5: 'TrBRF' })
const STATES = tableOf({ 0: 'Operational', 1: 'Suspended' })

const Tlv = { STP_TYPE: 3, PRUNING: 6, BRIDGE_TYPE: 7, STE_HOPS: 9, BACKUP_CRF: 10 } as const
const TLVS = tableOf({
  1: 'Source-Routing Ring Number TLV', 2: 'Source-Routing Bridge Number TLV', 3: 'STP type TLV', 4: 'Parent VLAN TLV',
  5: 'Translationally bridged VLANs TLV', 6: 'Pruning TLV', 7: 'Bridge Type TLV', 8: 'Max ARP Hop Count TLV', 9: 'Max STE Hop Count TLV',
  10: 'Backup CRF Mode TLV',
})
const STP_TYPES = tableOf({ 1: 'SRT', 2: 'SRB', 3: 'Auto' })
/** Every TLV here has one word of value. */
const TLV_LENGTH = 4

export function printVtp(p: Printer, at: number, length: number): void {
  const { out } = p
  p.protocol = 'vtp'
  const end = at + length
  if (length < HEADER) return printInvalid(p, end)
  p.need(at, HEADER)
  const type = p.u8(at + 1)
  out.text('VTPv').dec(p.u8(at)).text(', Message ').text(word(TYPES, type, 'Unknown message type')).text(' (0x').hex(type, 2)
  out.text('), length ').dec(length)
  if (p.options.verbose === 0) return p.need(at, length)
  const domain = p.u8(at + 3)
  out.text('\n\tDomain name: ')
  if (domain < 1 || domain > DOMAIN) {
    out.text(' [invalid MgmtD Len ').dec(domain).byte(93)
    return printInvalid(p, end)
  }
  printTextToZero(p, at + 4, domain)
  out.text(', ').text(word(THIRD, type, 'Unknown')).text(': ').dec(p.u8(at + 2))
  at += HEADER
  switch (type) {
    case Type.SUMMARY:
      return printSummary(p, at)
    case Type.SUBSET:
      return printSubset(p, at, end)
    case Type.REQUEST: {
      const start = p.u32(at)
      out.text('\n\tStart value: ').dec(start)
      return
    }
    default:
  }
}

function printSummary(p: Printer, at: number): void {
  const { out, b } = p
  p.need(at, 8)
  out.text('\n\t  Config Rev ').hex(p.u32(at)).text(', Updater ')
  p.ip4(at + 4)
  p.need(at + 8, 12)
  out.text(', Timestamp 0x').hex(p.u32(at + 8), 8).text(' 0x').hex(p.u32(at + 12), 8).text(' 0x').hex(p.u32(at + 16), 8)
  p.need(at + 20, 16)
  out.text(', MD5 digest: ').hexBytes(b, at + 20, at + 36)
}

/** VLANs, one after the other. */
function printSubset(p: Printer, at: number, end: number): void {
  const { out } = p
  const revision = p.u32(at)
  out.text(', Config Rev ').hex(revision)
  for (at += 4; at < end; ) {
    const size = p.u8(at)
    if (size === 0) return
    p.need(at, size)
    if (size < VLAN_HEADER || !printVlan(p, at, size)) return printInvalid(p, end)
    at += size
  }
}

/** One VLAN of `size` bytes, captured; false when it does not hold what it says. */
function printVlan(p: Printer, at: number, size: number): boolean {
  const { out } = p
  const nameLength = p.u8(at + 3)
  out.text('\n\tVLAN info status ').text(word(STATES, p.u8(at + 1), 'Unknown')).text(', type ').text(word(VLAN_TYPES, p.u8(at + 2), 'Unknown'))
  out.text(', VLAN-id ').dec(p.u16(at + 4)).text(', MTU ').dec(p.u16(at + 6)).text(', SAID 0x').hex(p.u32(at + 8), 8).text(', Name ')
  let left = size - VLAN_HEADER
  at += VLAN_HEADER
  const padded = (nameLength + 3) & ~3
  if (left < padded) return false
  printTextToZero(p, at, nameLength)
  at += padded
  left -= padded
  while (left > 0) {
    if (left < 2) return false
    const type = p.u8(at)
    const words = p.u8(at + 1)
    out.text('\n\t\t').text(word(TLVS, type, 'Unknown')).text(' (0x').hex(type, 4).text(') TLV')
    if (left < words * 2 + 2) {
      out.text(' (TLV goes past the end of the packet)')
      return false
    }
    if (words !== 1) {
      out.text(' (invalid TLV length ').dec(words).text(' != 1)')
      return false
    }
    printTlv(p, type, at)
    at += TLV_LENGTH
    left -= TLV_LENGTH
  }
  return true
}

/** The value of a TLV, captured. */
function printTlv(p: Printer, type: number, at: number): void {
  const { out } = p
  const value = p.u16(at + 2)
  switch (type) {
    case Tlv.STE_HOPS:
      out.text(', ').dec(value)
      return
    case Tlv.PRUNING:
      return writeChoice(p, value === 1 ? 'Enabled' : 'Disabled', value)
    case Tlv.STP_TYPE:
      return writeChoice(p, word(STP_TYPES, value, 'Unknown'), value)
    case Tlv.BRIDGE_TYPE:
      return writeChoice(p, value === 1 ? 'SRB' : 'SRT', value)
    case Tlv.BACKUP_CRF:
      return writeChoice(p, value === 1 ? 'Backup' : 'Not backup', value)
    default:
      writeHex(out, p.b, at, at + TLV_LENGTH, '\n\t\t  ')
  }
}

function writeChoice(p: Printer, name: string, value: number): void {
  p.out.text(', ').text(name).text(' (').dec(value).byte(41)
}
