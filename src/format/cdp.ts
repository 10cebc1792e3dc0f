/** Cisco Discovery Protocol as tcpdump prints it. */
import { writeIp4, writeIp6 } from './address.js'
import { writeHex } from './dump.js'
import { printInvalid, printText } from './packet-text.js'
import type { Printer } from './printer.js'
import { bits, tableOf } from './tables.js'

const HEADER = 4
const TLV_HEADER = 4
const Tlv = {
  DEVICE_ID: 0x01, ADDRESSES: 0x02, PORT_ID: 0x03, CAPABILITIES: 0x04, VERSION: 0x05, PLATFORM: 0x06, PREFIXES: 0x07, VTP_DOMAIN: 0x09,
  NATIVE_VLAN: 0x0a, DUPLEX: 0x0b, VOICE_VLAN: 0x0e, VOICE_REQUEST: 0x0f, POWER: 0x10, MTU: 0x11, TRUST: 0x12, UNTRUSTED: 0x13, SYSTEM_NAME: 0x14,
  MANAGEMENT: 0x16, LOCATION: 0x17,
} as const
const NAMES = tableOf({
  0x01: 'Device-ID', 0x02: 'Address', 0x03: 'Port-ID', 0x04: 'Capability', 0x05: 'Version String', 0x06: 'Platform', 0x07: 'Prefixes',
  0x08: 'Protocol-Hello option', 0x09: 'VTP Management Domain', 0x0a: 'Native VLAN ID', 0x0b: 'Duplex', 0x0e: 'ATA-186 VoIP VLAN assignment',
  0x0f: 'ATA-186 VoIP VLAN request', 0x10: 'power consumption', 0x11: 'MTU', 0x12: 'AVVID trust bitmap', 0x13: 'AVVID untrusted ports CoS',
  0x14: 'System Name', 0x15: 'System Object ID (not decoded)', 0x16: 'Management Addresses', 0x17: 'Physical Location',
})
/** Bytes of value: least and most. */
const LENGTHS: ReadonlyMap<number, readonly [least: number, most: number]> = new Map<number, readonly [number, number]>([
  [Tlv.CAPABILITIES, [4, 4]], [Tlv.NATIVE_VLAN, [2, 2]], [Tlv.DUPLEX, [1, 1]], [Tlv.VOICE_VLAN, [3, 3]], [Tlv.VOICE_REQUEST, [2, 3]],
  [Tlv.POWER, [1, 3]], [Tlv.MTU, [4, 4]], [Tlv.TRUST, [1, 1]], [Tlv.UNTRUSTED, [1, 1]], [Tlv.MANAGEMENT, [4, Infinity]], [Tlv.LOCATION, [1, Infinity]],
])
const CAPABILITIES = [
  [0x01, 'Router'], [0x02, 'Transparent Bridge'], [0x04, 'Source Route Bridge'], [0x08, 'L2 Switch'], [0x10, 'L3 capable'], [0x20, 'IGMP snooping'],
  [0x40, 'L1 capable'],
] as const
/** Types above are unknown and dumped; the unknown ones below are not. */
const LAST = 0x17

export function printCdp(p: Printer, at: number, length: number): void {
  const { out, options } = p
  p.protocol = 'cdp'
  const end = at + length
  if (length < HEADER) {
    out.text(' (packet length ').dec(length).text(' < 4)')
    return printInvalid(p, end)
  }
  const version = p.u8(at)
  const ttl = p.u8(at + 1)
  out.text('CDPv').dec(version).text(', ttl: ').dec(ttl).byte(115)
  if (options.verbose > 0) {
    const checksum = p.u16(at + 2)
    out.text(', checksum: 0x').hex(checksum, 4).text(' (unverified), length ').dec(length)
  }
  let left = length - HEADER
  at += HEADER
  while (left > 0) {
    if (left < TLV_HEADER) {
      out.text(' (remaining packet length ').dec(left).text(' < 4)')
      return printInvalid(p, end)
    }
    const type = p.u16(at)
    const size = p.u16(at + 2)
    const name = NAMES.get(type)
    if (size < TLV_HEADER) {
      if (options.verbose > 0) {
        out.text('\n\t').text(name ?? 'unknown field type').text(' (0x').hex(type, 2).text('), TLV length: ').dec(size)
        out.text(size === 1 ? ' byte (too short)' : ' bytes (too short)')
      } else out.text(', ').text(name ?? 'unknown field type').text(' TLV length ').dec(size).text(' too short')
      return printInvalid(p, end)
    }
    if (size > left) {
      out.text(' (TLV length ').dec(size).text(' > ').dec(left).byte(41)
      return printInvalid(p, end)
    }
    const value = size - TLV_HEADER
    at += TLV_HEADER
    left -= TLV_HEADER
    if (options.verbose > 0 || type === Tlv.DEVICE_ID) {
      if (options.verbose > 0) {
        out.text('\n\t').text(name ?? 'unknown field type').text(' (0x').hex(type, 2).text('), value length: ').dec(value)
        out.text(value === 1 ? ' byte: ' : ' bytes: ')
      } else out.text(', ').text(name!).byte(32)
    }
    printTlv(p, type, at, value)
    at += value
    left -= value
  }
  if (options.verbose === 0) out.text(', length ').dec(length)
}

function writeDump(p: Printer, at: number, length: number): void {
  if (length === 0) return
  p.need(at, length)
  writeHex(p.out, p.b, at, at + length, '\n\t  ')
}

function printTlv(p: Printer, type: number, at: number, length: number): void {
  const { out, options } = p
  const lengths = LENGTHS.get(type)
  if (lengths !== undefined && (length < lengths[0] || length > lengths[1])) {
    out.text(' (malformed TLV)')
    return writeDump(p, at, length)
  }
  if (type === Tlv.DEVICE_ID) return writeQuoted(p, at, length)
  if (options.verbose === 0) return writeDump(p, at, length)
  switch (type) {
    case Tlv.PORT_ID:
    case Tlv.PLATFORM:
    case Tlv.VTP_DOMAIN:
    case Tlv.SYSTEM_NAME:
      return writeQuoted(p, at, length)
    case Tlv.ADDRESSES:
    case Tlv.MANAGEMENT:
      return printAddresses(p, at, length)
    case Tlv.CAPABILITIES: {
      const value = p.u32(at)
      out.text('(0x').hex(value, 8).text('): ').text(bits(CAPABILITIES, value, 'none'))
      return
    }
    case Tlv.VERSION:
      return printVersion(p, at, length)
    case Tlv.PREFIXES:
      return printPrefixes(p, at, length)
    case Tlv.NATIVE_VLAN: {
      const vlan = p.u16(at)
      out.dec(vlan)
      return
    }
    case Tlv.DUPLEX: {
      const duplex = p.u8(at)
      out.text(duplex === 0 ? 'half' : 'full')
      return
    }
    case Tlv.VOICE_VLAN:
    case Tlv.VOICE_REQUEST: {
      if (length === 2) {
        const word = p.u16(at)
        out.text('unknown 0x').hex(word, 4)
        return
      }
      p.need(at, 3)
      out.text('app ').dec(p.u8(at)).text(', vlan ').dec(p.u16(at + 1))
      return
    }
    case Tlv.POWER: {
      const milliwatts = length === 1 ? p.u8(at) : length === 2 ? p.u16(at) : p.u24(at)
      // As C's printf rounds the double: an eighth of a watt exactly, which is a tie, to even.
      const watts = milliwatts % 500 === 125 ? (milliwatts - 5) / 1000 : milliwatts / 1000
      out.text(watts.toFixed(2)).byte(87)
      return
    }
    case Tlv.MTU: {
      const mtu = p.u32(at)
      out.dec(mtu).text(' bytes')
      return
    }
    case Tlv.TRUST:
    case Tlv.UNTRUSTED: {
      const value = p.u8(at)
      out.text('0x').hex(value, 2)
      return
    }
    case Tlv.LOCATION: {
      const kind = p.u8(at)
      out.text('0x').hex(kind, 2)
      if (length > 1) {
        out.byte(47)
        printText(p, at + 1, length - 1)
      }
      return
    }
    default:
      if (type > LAST) writeDump(p, at, length)
  }
}

function writeQuoted(p: Printer, at: number, length: number): void {
  p.out.byte(39)
  printText(p, at, length)
  p.out.byte(39)
}

/** Text of several lines. */
function printVersion(p: Printer, at: number, length: number): void {
  p.out.text('\n\t  ')
  for (let start = at; ; ) {
    let stop = start
    while (stop < at + length && stop < p.end && p.b[stop] !== 10) stop++
    if (stop === p.end && stop < at + length) stop++
    printText(p, start, stop - start)
    if (stop >= at + length) return
    p.out.text('\n\t  ')
    start = stop + 1
  }
}

const NLPID = 1
const IEEE_802_2 = 2
const IP_NLPID = 0xcc

function printAddresses(p: Printer, at: number, length: number): void {
  const { out, b } = p
  if (length < 4) {
    out.text(' (not enough space for num)')
    return
  }
  let count = p.u32(at)
  at += 4
  let left = length - 4
  for (; count > 0; count--) {
    if (left < 2) {
      out.text(' (not enough space for PT+PL)')
      return
    }
    const type = p.u8(at)
    const protocolLength = p.u8(at + 1)
    at += 2
    left -= 2
    if (left < protocolLength + 2) {
      out.text(' (not enough space for P+AL)')
      return
    }
    p.need(at, protocolLength + 2)
    const addressLength = p.u16(at + protocolLength)
    const address = at + protocolLength + 2
    if (type === NLPID && protocolLength === 1 && b[at] === IP_NLPID && addressLength === 4) {
      if (left < protocolLength + 2 + 4) {
        out.text(' (not enough space for A)')
        return
      }
      p.need(address, 4)
      out.text('IPv4 (').dec(count).text(') ')
      writeIp4(out, b, address)
    } else if (type === IEEE_802_2 && protocolLength === 8 && isIp6Snap(b, at) && addressLength === 16) {
      if (left < protocolLength + 2 + 16) {
        out.text(' (not enough space for A)')
        return
      }
      p.need(address, 16)
      out.text('IPv6 (').dec(count).text(') ')
      writeIp6(out, b, address)
    } else {
      out.text('pt=0x').hex(type, 2).text(', pl=').dec(protocolLength).text(', pb=')
      for (let i = 0; i < protocolLength; i++) out.byte(32).hex(b[at + i]!, 2)
      out.text(', al=').dec(addressLength).text(', a=')
      if (left < protocolLength + 2 + addressLength) {
        out.text(' (not enough space for A)')
        return
      }
      for (let i = 0; i < addressLength; i++) {
        const c = p.u8(address + i)
        out.byte(32).hex(c, 2)
      }
    }
    at = address + addressLength
    left -= protocolLength + 2 + addressLength
    if (count > 1) out.byte(32)
  }
  if (left > 0) out.text(' (').dec(left).text(' bytes of stray data)')
}

/** AA AA 03 00 00 00 86 DD */
function isIp6Snap(b: Uint8Array, at: number): boolean {
  return b[at] === 0xaa && b[at + 1] === 0xaa && b[at + 2] === 3 && b[at + 3] === 0 && b[at + 4] === 0 && b[at + 5] === 0 && b[at + 6] === 0x86 && b[at + 7] === 0xdd
}

function printPrefixes(p: Printer, at: number, length: number): void {
  const { out, b } = p
  if (length % 5 !== 0) {
    out.text(' [length ').dec(length).text(' is not a multiple of 5]')
    p.need(at, length)
    return
  }
  out.text(' IPv4 Prefixes (').dec(length / 5).text('):')
  for (const end = at + length; at < end; at += 5) {
    p.need(at, 5)
    out.byte(32)
    writeIp4(out, b, at)
    out.byte(47).dec(b[at + 4]!)
  }
}
