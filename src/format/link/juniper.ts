/** Frames captured on Juniper routers as tcpdump prints them: one link type for each interface card, all behind the same header. */
import { u16, u32 } from '../../bytes.js'
import { printAtmOam } from '../atm-oam.js'
import { printEtherType } from '../ethertype.js'
import { printIp4 } from '../ip4.js'
import { printIp6 } from '../ip6.js'
import { printIsoClns } from '../iso-clns.js'
import { printLlc } from '../llc.js'
import { printMpls } from '../mpls.js'
import { printPpp } from '../ppp.js'
import type { Printer } from '../printer.js'
import { printChdlc } from './chdlc.js'
import { printEthernet } from './ethernet.js'
import { printFrameRelay } from './frame-relay.js'
import { CELL_MASK, printGuessedIp, printJuniperHeader, type JuniperFrame, type Pic } from './juniper-header.js'
import { printMfr } from './mfr.js'

type Inside = (p: Printer, frame: JuniperFrame) => number | void

/** A printer of a link type: the header, then the frame. What `inside` returns is header as well. */
const juniper = (protocol: string, pic: Pic | undefined, inside: Inside) => (p: Printer, at: number, length: number): number => {
  p.protocol = protocol
  const frame = printJuniperHeader(p, at, length, pic)
  if (typeof frame === 'number') return frame
  return frame.at - at + (inside(p, frame) ?? 0)
}

/** What an adaptive services cookie says comes next. */
const Layer3 = { IP4: 0x00, IP6: 0x10, MPLS: 0x20, ISO: 0x30 } as const
/** To or from the routing engine. */
const ROUTING_ENGINE = 0x0c
/** Control field and NLPID of Frame Relay. */
const NlpidFrame = { Q933: 0x0308, IP: 0x03cc, IP6: 0x038e } as const
const UI = 0x03
const OSI_LLC = 0xfefe
const PPP_OSI = 0x0023
const PPP_HEADER = 0xff03

export const printJuniperEther = juniper('juniper_ether', undefined, (p, { at, length }) => printEthernet(p, at, length))
export const printJuniperPppoe = juniper('juniper_pppoe', 'PPPoE', (p, { at, length }) => void printEthernet(p, at, length))
export const printJuniperPpp = juniper('juniper_ppp', undefined, (p, { at, length }) => void printPpp(p, at, length))
export const printJuniperFrameRelay = juniper('juniper_frelay', undefined, (p, { at, length }) => void printFrameRelay(p, at, length))
export const printJuniperChdlc = juniper('juniper_chdlc', undefined, (p, { at, length }) => void printChdlc(p, at, length))

export const printJuniperPppoeAtm = juniper('juniper_pppoe_atm', 'PPPoE ATM', (p, { at, length }) => {
  const type = p.u16(at)
  if (!printEtherType(p, type, at + 2, length - 2, -1, -1)) p.out.text('unknown ethertype 0x').hex(type, 4)
})

export const printJuniperGgsn = juniper('juniper_ggsn', 'GGSN', (p, { at, length, cookie }) => {
  const { out, options } = p
  const protocol = cookie[2]!
  if (options.link) {
    out.text('proto ').text(protocol === 1 ? 'Null' : protocol === 2 ? 'IPv4' : protocol === 6 ? 'IPv6' : 'Unknown')
    out.text(' (').dec(protocol).text('), vlan ').dec(u16(cookie, 4)).text(': ')
  }
  if (protocol === 2) printIp4(p, at, length)
  else if (protocol === 6) printIp6(p, at, length)
  else if (!options.link) out.text('unknown GGSN proto (').dec(protocol).byte(41)
})

const SECURITY_HEADER = 16
const SECURITY_TYPES = ['', 'ESP ENCR-AUTH', 'ESP ENCR-AH AUTH', 'ESP AUTH', 'AH AUTH', 'ESP ENCR'] as const

/** The encryption card: the association's header, which stays before the packet for types 1 and 2. */
export const printJuniperEs = juniper('juniper_es', 'ES', (p, { at, length }) => {
  const { b, out } = p
  p.need(at, SECURITY_HEADER)
  const type = b[at + 3]!
  if (type < 1 || type > 5) {
    out.text('ES Invalid type ').dec(type).text(', length ').dec(length)
    return
  }
  const isTunnel = type > 2
  const inside = isTunnel ? at + SECURITY_HEADER : at
  const rest = isTunnel ? length - SECURITY_HEADER : length
  if (p.options.link) {
    out.text('ES SA, index ').dec(u16(b, at)).text(', ttl ').dec(b[at + 2]!).text(' type ').text(SECURITY_TYPES[type]!).text(' (').dec(type).byte(41)
    if (isTunnel) {
      out.text(', spi ').dec(u32(b, at + 4)).text(', Tunnel ')
      p.ip4(at + 8)
      out.text(' > ')
      p.ip4(at + 12)
    }
    out.text(', length ').dec(rest).text('\n')
  }
  printIp4(p, inside, rest)
})

export const printJuniperMonitor = juniper('juniper_monitor', 'MONITOR', (p, { at, length }) => {
  p.need(at, 8)
  if (p.options.link) {
    p.out.text('service-id ').dec(u32(p.b, at + 4)).text(', iif ').dec(u16(p.b, at + 2)).text(', pkt-type ').dec(p.b[at]!).text(': ')
  }
  printGuessedIp(p, at, length)
})

export const printJuniperServices = juniper('juniper_services', 'AS', (p, { at, length }) => {
  const { b, out } = p
  p.need(at, 8)
  if (p.options.link) {
    out.text('service-id ').dec(b[at]!).text(' flags 0x').hex2(b[at + 1]!).text(' service-set-id 0x').hex(u16(b, at + 2), 4)
    out.text(' iif ').dec(u32(b, at + 4) & 0xffffff).text(': ')
  }
  printGuessedIp(p, at, length)
})

/** A packet of the network layer by the number in an adaptive services cookie; false when it says nothing. */
function printLayer3(p: Printer, { at, length, protocol }: JuniperFrame): boolean {
  switch (protocol) {
    case Layer3.IP4:
      printIp4(p, at, length)
      return true
    case Layer3.IP6:
      printIp6(p, at, length)
      return true
    case Layer3.MPLS:
      printMpls(p, at, length)
      return true
    case Layer3.ISO:
      printIsoClns(p, at, length)
      return true
    default:
      return false
  }
}

export const printJuniperMlppp = juniper('juniper_mlppp', 'MLPPP', (p, frame) => {
  const { at, length, cookie, bundle, protocol } = frame
  const start = u16(cookie, 0)
  // a frame of a bundle's link has no cookie, but PPP where it would be
  if (p.options.link && start !== PPP_OSI && start !== PPP_HEADER) p.out.text('Bundle-ID ').dec(bundle).text(': ')
  if (protocol === Layer3.IP4 && cookie[4] === ROUTING_ENGINE) {
    printPpp(p, at, length)
    return
  }
  if (printLayer3(p, frame)) return
  if (start === PPP_OSI) printPpp(p, at - 2, length + 2)
  else printPpp(p, at, length)
})

function writeBundle(p: Printer, { cookie, bundle }: JuniperFrame): void {
  if (p.options.link && u32(cookie, 0) !== 1) p.out.text('Bundle-ID ').dec(bundle).text(', ')
}

function writeUnknownProtocol(p: Printer, { protocol, length }: JuniperFrame): void {
  p.out.text('unknown protocol 0x').hex(protocol, 4).text(', length ').dec(length)
}

const isNlpidFrame = (protocol: number): boolean => protocol === NlpidFrame.Q933 || protocol === NlpidFrame.IP || protocol === NlpidFrame.IP6

export const printJuniperMfr = juniper('juniper_mfr', 'MFR', (p, frame) => {
  const { at, length, cookieLength, protocol } = frame
  if (cookieLength === 0) {
    printMfr(p, at, length)
    return
  }
  if (cookieLength === 8) {
    printLayer3(p, frame)
    return
  }
  writeBundle(p, frame)
  if (protocol === OSI_LLC) {
    p.need(at, 1)
    printIsoClns(p, at + 1, length - 1)
  } else if (isNlpidFrame(protocol)) printIsoClns(p, at - 1, length + 1)
  else writeUnknownProtocol(p, frame)
})

export const printJuniperMlfr = juniper('juniper_mlfr', 'MLFR', (p, frame) => {
  const { at, length, protocol } = frame
  writeBundle(p, frame)
  if (protocol === UI || protocol === UI << 8) printIsoClns(p, at, length)
  else if (isNlpidFrame(protocol)) printIsoClns(p, at - 1, length + 1)
  else writeUnknownProtocol(p, frame)
})

const OSI = 0xfefe03
const SNAP = 0xaaaa03

/** LLC behind an ATM card's cookie; false when it is none, or when nothing is known of what it holds. */
function printAtmLlc(p: Printer, at: number, length: number): boolean {
  const start = p.u24(at)
  return (start === OSI || start === SNAP) && printLlc(p, at, length, -1, -1) > 0
}

/** Cisco's NLPID framing; false when it is none. */
function printCiscoNlpid(p: Printer, at: number, length: number): boolean {
  if (p.u8(at) !== UI) return false
  printIsoClns(p, at + 1, length - 1)
  return true
}

export const printJuniperAtm1 = juniper('juniper_atm1', 'ATM1', (p, { at, length, cookie }) => {
  if (cookie[0] === 0x80) return printAtmOam(p, at, length, 0)
  if (printAtmLlc(p, at, length) || printCiscoNlpid(p, at, length)) return
  printGuessedIp(p, at, length)
})

/** PPP protocols that a router knows, with which a frame without any header may start. */
const PPP_PROTOCOLS: ReadonlySet<number> = new Set([
  0x0021, 0x0023, 0x0281, 0x0283, 0x8021, 0x8023, 0x8281, 0xc021, 0xc023, 0xc223, 0x003d, 0x0057, 0x8057,
])
const GAP_MASK = 0x3f

export const printJuniperAtm2 = juniper('juniper_atm2', 'ATM2', (p, { at, length, isIncoming, cookie }) => {
  if (cookie[7]! & CELL_MASK) return printAtmOam(p, at, length, 0)
  if (printAtmLlc(p, at, length)) return
  if (!isIncoming && cookie[3]! & GAP_MASK) {
    printEthernet(p, at, length)
    return
  }
  if (printCiscoNlpid(p, at, length)) return
  if (PPP_PROTOCOLS.has(p.u16(at))) {
    printPpp(p, at, length)
    return
  }
  printGuessedIp(p, at, length)
})
