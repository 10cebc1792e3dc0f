/** Cisco HDLC frames as tcpdump prints them — RFC 1547 §4.3.1, and SLARP in them. */
import { u16 } from '../../bytes.js'
import { writeUnknownData } from '../fields.js'
import { writeEtherType } from '../ethertype.js'
import { printIp4 } from '../ip4.js'
import { printIp6 } from '../ip6.js'
import { printIsoClns } from '../iso-clns.js'
import { printMpls } from '../mpls.js'
import type { Printer } from '../printer.js'

const HEADER = 4
const UNICAST = 0x0f
const BROADCAST = 0x8f

export function printChdlc(p: Printer, at: number, length: number): number {
  const { out, b, options } = p
  p.protocol = 'chdlc'
  if (length < HEADER) {
    p.truncated()
    return p.end - at
  }
  p.need(at, HEADER)
  const protocol = u16(b, at + 2)
  if (options.link) {
    const address = b[at]!
    if (address === UNICAST) out.text('unicast')
    else if (address === BROADCAST) out.text('bcast')
    else out.text('0x').hex(address, 2)
    out.text(', ')
    writeEtherType(p, protocol)
    out.text(', length ').dec(length).text(': ')
  }
  const inside = at + HEADER
  length -= HEADER
  switch (protocol) {
    case 0x0800:
      printIp4(p, inside, length)
      break
    case 0x86dd:
      printIp6(p, inside, length)
      break
    case 0x8035:
      printSlarp(p, inside, length)
      break
    case 0x8847:
    case 0x8848:
      printMpls(p, inside, length)
      break
    case 0xfefe:
      if (length < 2) {
        p.truncated()
        return p.end - at
      }
      printClns(p, inside, length)
      break
    default:
      if (!options.link) out.text('unknown CHDLC protocol (0x').hex(protocol, 4).byte(41)
  }
  return HEADER
}

/** Some senders put a zero byte before the OSI packet. */
function printClns(p: Printer, at: number, length: number): void {
  const pad = p.u8(at + 1) === 0x81 || p.u8(at + 1) === 0x82 || p.u8(at + 1) === 0x83
  if (pad) printIsoClns(p, at + 1, length - 1)
  else printIsoClns(p, at, length)
}

const SLARP_MIN = 14
const SLARP_UPTIME = 18
const Slarp = { REQUEST: 0, REPLY: 1, KEEPALIVE: 2 } as const

/** Cisco's Serial Line Address Resolution Protocol. */
function printSlarp(p: Printer, at: number, length: number): void {
  const { out, options } = p
  p.protocol = 'chdlc_slarp'
  out.text('SLARP (length: ').dec(length).text('), ')
  if (length < SLARP_MIN || !p.has(at, SLARP_MIN)) return p.truncated()
  const code = p.u32(at)
  let dumped = at + 4
  switch (code) {
    case Slarp.REQUEST:
      out.text('request')
      break
    case Slarp.REPLY:
      out.text('reply ')
      p.ip4(at + 4)
      out.byte(47)
      p.ip4(at + 8)
      break
    case Slarp.KEEPALIVE: {
      out.text('keepalive: mineseen=0x').hex(p.u32(at + 4), 8).text(', yourseen=0x').hex(p.u32(at + 8), 8)
      out.text(', reliability=0x').hex(p.u16(at + 12), 4)
      if (length < SLARP_UPTIME) break
      writeUptime(p, p.u32(at + SLARP_MIN))
      // from there tcpdump counts four bytes on
      dumped += SLARP_MIN
      break
    }
    default:
      out.text('0x').hex(code, 2).text(' unknown')
      if (options.verbose <= 1) writeUnknownData(p, dumped, '\n\t', length - 4)
  }
  if (length > SLARP_UPTIME && options.verbose > 0) out.text(', (trailing junk: ').dec(length - SLARP_UPTIME).text(' bytes)')
  if (options.verbose > 1) writeUnknownData(p, dumped, '\n\t', length - 4)
}

/** `, link uptime=0d0h1m6s` of milliseconds. */
function writeUptime(p: Printer, millis: number): void {
  const seconds = Math.floor(millis / 1000)
  p.out.text(', link uptime=').dec(Math.floor(seconds / 86400)).text('d').dec(Math.floor(seconds / 3600) % 24).text('h')
  p.out.dec(Math.floor(seconds / 60) % 60).text('m').dec(seconds % 60).text('s')
}
