/** Spanning tree BPDUs as tcpdump prints them: STP and RSTP (IEEE 802.1D §9.3), MSTP (802.1Q §14), SPB (802.1aq §14). */
import { writeLinkAddress } from './address.js'
import type { Printer } from './printer.js'
import { bits, tableOf, writeVisibleByte } from './tables.js'

const Version = { STP: 0, RSTP: 2, MSTP: 3, SPB: 4 } as const
const VERSIONS = tableOf({ 0: '802.1d', 2: '802.1w', 3: '802.1s', 4: '802.1aq' })
const Type = { CONFIG: 0x00, RSTP: 0x02, TOPOLOGY_CHANGE: 0x80 } as const
const TYPES = tableOf({ 0x00: 'Config', 0x02: 'Rapid STP', 0x80: 'Topology Change' })
const FLAGS = [
  [0x01, 'Topology change'],
  [0x02, 'Proposal'],
  [0x10, 'Learn'],
  [0x20, 'Forward'],
  [0x40, 'Agreement'],
  [0x80, 'Topology change ACK'],
] as const
const PORT_ROLES = ['Unknown', 'Alternate', 'Root', 'Designated'] as const

/** Bytes of a topology change, of a configuration BPDU, and of a rapid one, which adds its version 1 length. */
const MIN_LENGTH = 4
const CONFIG_LENGTH = 35
const RSTP_LENGTH = 36
/** An MSTP BPDU up to its hops, and each instance behind it. */
const MSTP_LENGTH = 102
const MSTI_LENGTH = 16
/** What the version 3 length counts before the instances. */
const MST_CONFIGURATION = 64
/** Where the version 3 length begins to count. */
const VERSION_3 = 38
/** Bytes of version 4 behind its length: the auxiliary configuration identifier and the agreement. */
const VERSION_4_MIN = 85

export function printStp(p: Printer, at: number, length: number): void {
  const { out } = p
  p.protocol = 'stp'
  if (length < MIN_LENGTH) return p.invalid()
  const protocol = p.u16(at)
  if (protocol !== 0) {
    out.text('unknown STP version, length ').dec(length)
    return
  }
  const version = p.u8(at + 2)
  const versionName = VERSIONS.get(version)
  out.text('STP ')
  if (versionName === undefined) {
    out.text('Unknown STP protocol (0x').hex(version, 2).byte(41)
    return
  }
  out.text(versionName)
  const type = p.u8(at + 3)
  out.text(', ')
  const typeName = TYPES.get(type)
  if (typeName === undefined) {
    out.text('Unknown BPDU Type (0x').hex(type, 2).byte(41)
    return
  }
  out.text(typeName)
  if (type === Type.TOPOLOGY_CHANGE) return
  if (type === Type.CONFIG) {
    if (length < CONFIG_LENGTH) return p.invalid()
    return printConfiguration(p, at, length, version === Version.RSTP)
  }
  switch (version) {
    case Version.RSTP:
      if (length < RSTP_LENGTH) return p.invalid()
      return printConfiguration(p, at, length, true)
    case Version.MSTP:
    case Version.SPB:
      // its version 1 part is empty, its version 3 part within the packet
      if (length < MSTP_LENGTH || p.u8(at + 35) !== 0 || length < VERSION_3 + p.u16(at + 36)) return p.invalid()
      return printMst(p, at, length, version === Version.SPB)
    default:
  }
}

/** `8001.00:19:06:ea:b8:80`: priority and address; `at` is checked. */
function writeBridge(p: Printer, at: number): void {
  p.out.hex(p.u16(at), 4).byte(46)
  writeLinkAddress(p.out, p.b, at + 2)
}

function writeFlags(p: Printer, flags: number): void {
  p.out.text('Flags [').text(bits(FLAGS, flags, 'none')).byte(93)
}

const portRole = (flags: number): string => PORT_ROLES[(flags >> 2) & 3]!

/** `2.00s` of a time in 256ths of a second; halves of a hundredth go to the even one, as in C. */
function writeTime(p: Printer, name: string, time: number): void {
  const rest = (time * 100) % 256
  let hundredths = (time * 100 - rest) / 256
  if (rest > 128 || (rest === 128 && hundredths % 2 === 1)) hundredths++
  p.out.text(name).dec(Math.floor(hundredths / 100)).byte(46).dec2(hundredths % 100).byte(115)
}

/** `message-age 0.00s, max-age 20.00s, …`; the four times at `at` are checked. */
function writeTimes(p: Printer, at: number): void {
  writeTime(p, '\n\tmessage-age ', p.u16(at))
  writeTime(p, ', max-age ', p.u16(at + 2))
  writeTime(p, ', hello-time ', p.u16(at + 4))
  writeTime(p, ', forwarding-delay ', p.u16(at + 6))
}

function printConfiguration(p: Printer, at: number, length: number, isRapid: boolean): void {
  const { out } = p
  const flags = p.u8(at + 4)
  out.text(', ')
  writeFlags(p, flags)
  p.need(at + 17, 10)
  out.text(', bridge-id ')
  writeBridge(p, at + 17)
  out.byte(46).hex(p.u16(at + 25), 4).text(', length ').dec(length)
  if (p.options.verbose === 0) return
  p.need(at + 27, 8)
  writeTimes(p, at + 27)
  out.text('\n\troot-id ')
  writeBridge(p, at + 5)
  out.text(', root-pathcost ').dec(p.u32(at + 13))
  if (isRapid) out.text(', port-role ').text(portRole(flags))
}

function printMst(p: Printer, at: number, length: number, isSpb: boolean): void {
  const { out } = p
  p.need(at, VERSION_3)
  const flags = p.u8(at + 4)
  out.text(', CIST ')
  writeFlags(p, flags)
  out.text(', length ').dec(length)
  const version3 = p.u16(at + 36)
  if (p.options.verbose > 0) writeMst(p, at, length, flags, version3)
  if (isSpb) printVersion4(p, at + VERSION_3 + version3, length - VERSION_3 - version3)
}

function writeMst(p: Printer, at: number, length: number, flags: number, version3: number): void {
  const { out, b } = p
  out.text('\n\tport-role ').text(portRole(flags)).text(', CIST root-id ')
  writeBridge(p, at + 5)
  out.text(', CIST ext-pathcost ').dec(p.u32(at + 13)).text('\n\tCIST regional-root-id ')
  writeBridge(p, at + 17)
  out.text(', CIST port-id ').hex(p.u16(at + 25), 4).byte(44)
  writeTimes(p, at + 27)
  out.text('\n\tv3len ').dec(version3).text(', MCID Name ')
  writeName(p, at + 39)
  p.need(at + 71, 18)
  out.text(', rev ').dec(p.u16(at + 71)).text(',\n\t\tdigest ').hexBytes(b, at + 73, at + 89).text(', ')
  p.need(at + 89, 4)
  out.text('CIST int-root-pathcost ').dec(p.u32(at + 89)).byte(44)
  p.need(at + 93, 8)
  out.text('\n\tCIST bridge-id ')
  writeBridge(p, at + 93)
  out.text(', ')
  const hops = p.u8(at + 101)
  out.text('CIST remaining-hops ').dec(hops)
  let here = at + MSTP_LENGTH
  let left = length - MSTP_LENGTH
  for (let instances = version3 - MST_CONFIGURATION; left >= MSTI_LENGTH && instances >= MSTI_LENGTH; instances -= MSTI_LENGTH) {
    writeInstance(p, here)
    here += MSTI_LENGTH
    left -= MSTI_LENGTH
  }
}

/** A name of 32 bytes, ended by a zero byte. */
function writeName(p: Printer, at: number): void {
  for (let i = 0; i < 32; i++) {
    const c = p.u8(at + i)
    if (c === 0) return
    writeVisibleByte(p.out, c)
  }
}

/** One spanning tree of several. */
function writeInstance(p: Printer, at: number): void {
  const { out } = p
  p.need(at, 3)
  const flags = p.u8(at)
  out.text('\n\tMSTI ').dec(p.u16(at + 1) & 0xfff).text(', ')
  writeFlags(p, flags)
  out.text(', port-role ').text(portRole(flags))
  p.need(at, 13)
  out.text('\n\t\tMSTI regional-root-id ')
  writeBridge(p, at + 1)
  out.text(', pathcost ').dec(p.u32(at + 9))
  p.need(at, MSTI_LENGTH)
  out.text('\n\t\tMSTI bridge-prio ').dec(p.u8(at + 13) >> 4).text(', port-prio ').dec(p.u8(at + 14) >> 4).text(', hops ').dec(p.u8(at + 15))
}

/** What shortest path bridging adds: a second configuration identifier, and the agreement on the topology. */
function printVersion4(p: Printer, at: number, length: number): void {
  const { out, b } = p
  const size = p.u16(at)
  if (size < VERSION_4_MIN || size + 2 > length) return p.invalid()
  if (p.options.verbose === 0) return
  out.text('\n\tv4len ').dec(size).text(', AUXMCID Name ')
  writeName(p, at + 3)
  p.need(at + 35, 18)
  out.text(', Rev ').dec(p.u16(at + 35)).text(',\n\t\tdigest ').hexBytes(b, at + 37, at + 53)
  p.need(at + 53, 34)
  const agreement = p.u8(at + 53)
  out.text('\n\tAgreement num ').dec(agreement >> 6).text(', Discarded Agreement num ').dec((agreement >> 4) & 3)
  out.text(', Agreement valid-flag ').dec((agreement >> 3) & 1).text(',\n\tRestricted role-flag: ').dec((agreement >> 2) & 1)
  const format = p.u8(at + 55)
  const convention = p.u8(at + 56)
  out.text(', Format id ').dec(format >> 4).text(' cap ').dec(format)
  out.text(', Convention id ').dec(convention >> 4).text(' cap ').dec(convention)
  const edges = p.u16(at + 57)
  out.text(',\n\tEdge count ').dec(edges).text(', Agreement digest ')
  out.hexBytes(b, at + 67, at + 87)
}
