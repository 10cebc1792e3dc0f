/** ARP packets as tcpdump prints them — RFC 826, RFC 903, RFC 2390, RFC 2225. */
import { u16, u8 } from '../bytes.js'
import * as arp from '../decode/arp.js'
import { writeLinkAddress } from './address.js'
import { writeHexAndText } from './dump.js'
import { etherTypeName } from './ethertype.js'
import { TRUNCATED, type Printer } from './printer.js'
import { tableOf, word } from './tables.js'

const IPV4 = 0x0800
const TRAILERS = 0x1000
const HARDWARE = tableOf({ 1: 'Ethernet', 6: 'TokenRing', 7: 'ArcNet', 15: 'FrameRelay', 23: 'Strip', 24: 'IEEE 1394', 32: 'InfiniBand', 19: 'ATM' })
const OPERATIONS = tableOf({
  1: 'Request', 2: 'Reply', 3: 'Reverse Request', 4: 'Reverse Reply', 8: 'Inverse Request', 9: 'Inverse Reply', 10: 'NACK Reply',
})

/** `length`: bytes at `at` on the wire, padding included. */
export function printArp(p: Printer, at: number, length: number): void {
  const { out, b, options } = p
  p.protocol = 'arp'
  p.need(at, arp.HEADER)
  if (arp.hardware(b, at) === arp.Hardware.ATM) return printAtmArp(p, at, length)
  if (arp.end(b, at) > p.end) throw TRUNCATED
  if (!options.link) out.text('ARP, ')
  const protocolLength = arp.protocolLength(b, at)
  const isIp = isIp4(arp.protocol(b, at)) && protocolLength === 4 && arp.hardwareLength(b, at) !== 0
  if (options.verbose > 0 || !isIp) {
    out.text(word(HARDWARE, arp.hardware(b, at), 'Unknown Hardware (%)')).text(' (len ').dec(arp.hardwareLength(b, at)).text('), ')
    writeProtocol(p, arp.protocol(b, at))
    out.text(' (len ').dec(protocolLength).byte(41)
    if (options.verbose === 0) return writeLength(p, length)
    out.text(', ')
  }
  const operation = arp.operation(b, at)
  out.text(word(OPERATIONS, operation, 'Unknown (%)')).byte(32)
  const hardware = (address: number): void => writeHardware(p, arp.hardware(b, at), address, arp.hardwareLength(b, at))
  const protocol = (address: number): void => writeProtocolAddress(p, arp.protocol(b, at), protocolLength, address, '<wrong len>')
  const senderHardware = arp.senderHardware(at)
  const senderProtocol = arp.senderProtocol(b, at)
  const targetHardware = arp.targetHardware(b, at)
  const targetProtocol = arp.targetProtocol(b, at)
  switch (operation) {
    case arp.Operation.REQUEST:
      out.text('who-has ')
      protocol(targetProtocol)
      if (b.subarray(targetHardware, targetProtocol).some((byte) => byte !== 0)) {
        out.text(' (')
        hardware(targetHardware)
        out.byte(41)
      }
      out.text(' tell ')
      protocol(senderProtocol)
      break
    case arp.Operation.REPLY:
      protocol(senderProtocol)
      out.text(' is-at ')
      hardware(senderHardware)
      break
    case arp.Operation.REVERSE_REQUEST:
    case arp.Operation.INVERSE_REQUEST:
      out.text('who-is ')
      hardware(targetHardware)
      out.text(' tell ')
      hardware(senderHardware)
      break
    case arp.Operation.REVERSE_REPLY:
      hardware(targetHardware)
      out.text(' at ')
      protocol(targetProtocol)
      break
    case arp.Operation.INVERSE_REPLY:
      hardware(senderHardware)
      out.text(' at ')
      protocol(senderProtocol)
      break
    default:
      writeHexAndText(out, b, at, p.end)
      return
  }
  writeLength(p, length)
}

const isIp4 = (protocol: number): boolean => protocol === IPV4 || protocol === TRAILERS

function writeLength(p: Printer, length: number): void {
  p.out.text(', length ').dec(length)
}

function writeProtocol(p: Printer, protocol: number): void {
  const name = etherTypeName(protocol)
  if (name === undefined) p.out.text('Unknown Protocol (0x').hex(protocol, 4).byte(41)
  else p.out.text(name)
}

function writeProtocolAddress(p: Printer, protocol: number, length: number, address: number, wrongLength: string): void {
  if (!isIp4(protocol)) p.out.text('<wrong proto type>')
  else if (length !== 4) p.out.text(wrongLength)
  else p.ip4(address)
}

function writeHardware(p: Printer, type: number, address: number, length: number): void {
  const { out, b } = p
  if (length === 0) {
    out.text('<empty>')
    return
  }
  if (type === arp.Hardware.FRAME_RELAY) return writeDlci(p, address, length)
  if (length === 6) p.mac(address)
  else writeLinkAddress(out, b, address, length)
}

/** `DLCI 100`: the Q.922 address of 2, 3 or 4 bytes; the last has its lowest bit set. */
function writeDlci(p: Printer, address: number, length: number): void {
  const { out, b } = p
  const first = u8(b, address)
  let size = 2
  while (size < 4 && size <= length && (u8(b, address + size - 1) & 1) === 0) size++
  if ((first & 1) !== 0 || (size <= length && (u8(b, address + size - 1) & 1) === 0)) {
    out.text('<Invalid DLCI>')
    return
  }
  if (size > length) {
    out.text('<Truncated>')
    return
  }
  let dlci = ((first & 0xfc) << 2) | ((u8(b, address + 1) & 0xf0) >> 4)
  if (size === 3) dlci = (dlci << 6) | (u8(b, address + 2) >> 2)
  if (size === 4) dlci = (dlci << 13) | (u8(b, address + 2) >> 1 << 6) | (u8(b, address + 3) >> 2)
  out.text('DLCI ').dec(dlci)
}

function printAtmArp(p: Printer, at: number, length: number): void {
  const { out, b, options } = p
  p.need(at, arp.Atm.HEADER)
  const sha = at + arp.Atm.HEADER
  const ssa = sha + arp.Atm.senderLength(b, at)
  const spa = ssa + arp.Atm.senderSubLength(b, at)
  const tha = spa + arp.Atm.senderProtocolLength(b, at)
  const tsa = tha + arp.Atm.targetLength(b, at)
  const tpa = tsa + arp.Atm.targetSubLength(b, at)
  if (tpa + arp.Atm.targetProtocolLength(b, at) > p.end) throw TRUNCATED
  const spl = arp.Atm.senderProtocolLength(b, at)
  const tpl = arp.Atm.targetProtocolLength(b, at)
  const protocol = u16(b, at + 2)
  if (!options.link) out.text('ARP, ')
  if (options.verbose > 0 || !isIp4(protocol) || spl !== 4 || tpl !== 4) {
    out.text('ATM, ')
    writeProtocol(p, protocol)
    out.text(' (len ').dec(spl).byte(47).dec(tpl).byte(41)
    if (options.verbose === 0) return writeLength(p, length)
    out.text(', ')
  }
  const operation = arp.operation(b, at)
  out.text(word(OPERATIONS, operation, 'Unknown (%)')).byte(32)
  const sender = (): void => writeAtmAddress(p, sha, ssa, spa)
  const target = (): void => writeAtmAddress(p, tha, tsa, tpa)
  const senderIp = (): void => writeProtocolAddress(p, protocol, spl, spa, '<wrong splen>')
  switch (operation) {
    case arp.Operation.REQUEST:
      out.text('who-has ')
      writeProtocolAddress(p, protocol, tpl, tpa, '<wrong tplen>')
      if (tsa > tha) {
        out.text(' (')
        target()
        out.byte(41)
      }
      out.text(' tell ')
      senderIp()
      break
    case arp.Operation.REPLY:
      senderIp()
      out.text(' is-at ')
      sender()
      break
    case arp.Operation.INVERSE_REQUEST:
      out.text('who-is ')
      target()
      out.text(' tell ')
      sender()
      break
    case arp.Operation.INVERSE_REPLY:
      sender()
      out.text('at ')
      senderIp()
      break
    case arp.Operation.NACK:
      out.text('for ')
      senderIp()
      break
    default:
      writeHexAndText(out, b, at, p.end)
      return
  }
  writeLength(p, length)
}

/** Hardware address, and the subaddress behind a comma. */
function writeAtmAddress(p: Printer, address: number, sub: number, end: number): void {
  if (sub === address) {
    p.out.text('<No address>')
    return
  }
  writeLinkAddress(p.out, p.b, address, sub - address)
  if (end > sub) {
    p.out.byte(44)
    writeLinkAddress(p.out, p.b, sub, end - sub)
  }
}
