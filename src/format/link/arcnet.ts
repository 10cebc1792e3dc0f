/** ARCNET frames as tcpdump prints them — RFC 1201, RFC 1051; as BSD and as Linux capture them (pcap-linktype(7)). */
import { u16 } from '../../bytes.js'
import { printAppleTalk } from '../appletalk.js'
import { printArp } from '../arp.js'
import { printData } from '../data.js'
import { printIp4 } from '../ip4.js'
import { printIp6 } from '../ip6.js'
import { printIpx } from '../ipx.js'
import { TRUNCATED, type Printer } from '../printer.js'
import { tableOf } from '../tables.js'

const TYPE_AT = 2
const LINUX_TYPE_AT = 4
const HEADER = 3
/** With flag and sequence number, which all but the old types have. */
const LONG_HEADER = 6
/** A flag of 255 is followed by the real one. */
const EXCEPTION = 0xff
const EXCEPTION_HEADER = 10
const LINUX_HEADER = 5
const LINUX_LONG_HEADER = 8
const Type = { DIAGNOSE: 0x80, IP6: 0xc4, IP: 212, ARP: 213, REVERSE_ARP: 214, APPLETALK: 221, OLD_IP: 240, OLD_ARP: 241, IPX: 250 } as const
const TYPES = tableOf({
  0x80: 'diag', 0xc4: 'ipv6', 212: 'ip', 213: 'arp', 214: 'rarp', 221: 'atalk', 240: 'oldip', 241: 'oldarp', 247: 'banyan', 250: 'ipx',
})
const isOld = (type: number): boolean => type === Type.OLD_IP || type === Type.OLD_ARP || type === Type.DIAGNOSE

export function printArcnet(p: Printer, at: number, length: number): number {
  const { b, out, options } = p
  p.protocol = 'arcnet'
  p.need(at, HEADER)
  const type = b[at + TYPE_AT]!
  let header = HEADER
  let fragment: Fragment | undefined
  if (!isOld(type)) {
    header = LONG_HEADER
    const isException = p.has(at, LONG_HEADER) && b[at + HEADER] === EXCEPTION
    if (isException) header = EXCEPTION_HEADER
    if (!p.has(at, header)) {
      writeHeader(p, at, length, undefined)
      out.text(' phds')
      if (isException) out.text(' extended')
      throw TRUNCATED
    }
    fragment = { flag: b[at + header - 3]!, sequence: u16(b, at + header - 2) }
  }
  if (options.link) writeHeader(p, at, length, fragment)
  // fragments but the first have an even flag
  if (fragment !== undefined && fragment.flag !== 0 && (fragment.flag & 1) === 0) return header
  printInside(p, type, at + header, length - header)
  return header
}

export function printLinuxArcnet(p: Printer, at: number, length: number): number {
  p.protocol = 'arcnet_linux'
  p.need(at, LINUX_HEADER)
  const type = p.b[at + LINUX_TYPE_AT]!
  const header = isOld(type) ? LINUX_HEADER : LINUX_LONG_HEADER
  p.need(at, header)
  if (p.options.link) writeHeader(p, at, length, undefined)
  printInside(p, type, at + header, length - header)
  return header
}

interface Fragment {
  readonly flag: number
  readonly sequence: number
}

/** `01 02 ip seqid 0005 (first of 2 fragments) 60: `. The type is looked for where BSD has it. */
function writeHeader(p: Printer, at: number, length: number, fragment: Fragment | undefined): void {
  const { out, b } = p
  p.protocol = 'arcnet'
  out.hex2(b[at]!).byte(32).hex2(b[at + 1]!).byte(32)
  if (p.options.quiet === 0) {
    const type = b[at + TYPE_AT]!
    const name = TYPES.get(type)
    if (name === undefined) out.hex2(type)
    else out.text(name)
    out.byte(32)
    if (fragment !== undefined) writeFragment(p, fragment)
  }
  out.dec(length).text(': ')
}

function writeFragment(p: Printer, { flag, sequence }: Fragment): void {
  const { out } = p
  out.text('seqid ').hex(sequence, 4).byte(32)
  if (flag & 1) out.text('(first of ').dec((flag + 3) >> 1).text(' fragments) ')
  else if (flag !== 0) out.text('(fragment ').dec((flag >> 1) + 1).text(') ')
}

function printInside(p: Printer, type: number, at: number, length: number): void {
  switch (type) {
    case Type.IP:
    case Type.OLD_IP:
      return printIp4(p, at, length)
    case Type.IP6:
      return printIp6(p, at, length)
    case Type.ARP:
    case Type.OLD_ARP:
    case Type.REVERSE_ARP:
      return printArp(p, at, length)
    case Type.APPLETALK:
      if (p.options.verbose > 0) p.out.text('et1 ')
      return printAppleTalk(p, at, length)
    case Type.IPX:
      return printIpx(p, at, length)
    default:
      printData(p, at, p.end - at)
  }
}
