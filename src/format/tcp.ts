/** TCP segments as tcpdump prints them. The hot path: nothing here allocates. */
import * as checksum from '../decode/checksum.js'
import * as ip4 from '../decode/ip4.js'
import * as ip6 from '../decode/ip6.js'
import { Protocol } from '../decode/ip-protocol.js'
import * as tcp from '../decode/tcp.js'
import { writeClassicSegment } from './classic.js'
import { printAddresses4 } from './ip4.js'
import { printAddresses6 } from './ip6.js'
import { token, type Token } from './line.js'
import { TRUNCATED, type Printer } from './printer.js'
import { writeVisible } from './tables.js'
import { OptionsEnd, writeTcpOptions } from './tcp-options.js'
import { printTcpPayload } from './tcp-payload.js'

/** The letters of a segment's eight printed flags, lowest bit first; AE is not shown. */
const FLAG_LETTERS = 'FSRP.UEW'
/** `Flags [S.]` for each value of the flag byte, made when it is first met. */
const FLAG_TEXT: Array<Token | undefined> = Array.from({ length: 256 })

function flagText(flags: number): Token {
  const letters = FLAG_LETTERS.split('').filter((_letter, bit) => (flags >> bit) & 1).join('')
  return (FLAG_TEXT[flags] = token(`Flags [${letters === '' ? 'none' : letters}]`))
}

const SEQ = token(', seq ')
const TO_SEQ = token(':')
const ACK = token(', ack ')
const WIN = token(', win ')
const OPTIONS = token(', options [')
const CHECKSUM = token(', cksum 0x')
const CORRECT = token(' (correct)')
const LENGTH = token(', length ')
const TO = token(' > ')
const COLON = token(': ')

/** `a.1 > b.2: Flags …`; `length`: bytes of header and payload as the IP header at `ip` says. */
export function printTcp(p: Printer, at: number, length: number, ip: number, fragmented: boolean): void {
  const { out, b, options } = p
  const isIp4 = ip4.version(b, ip) === 4
  p.protocol = 'tcp'
  if (at + 4 > p.end) {
    if (isIp4) printAddresses4(p, ip)
    else printAddresses6(p, ip)
    out.byte(58)
    return p.truncated()
  }
  const sport = tcp.sourcePort(b, at)
  const dport = tcp.destinationPort(b, at)
  printPorts(p, ip, isIp4, sport, dport)
  if (options.style === 'classic' && options.quiet === 0) return writeClassicSegment(p, at, length, ip, isIp4, fragmented)
  const verdict = tcp.check(b, at, p.end)
  if (verdict === 'truncated') return p.truncated()
  const headerLength = tcp.headerLength(b, at)
  if (verdict === 'malformed') {
    out.text(' tcp ').dec((length - headerLength) >>> 0).text(' [bad hdr length ').dec(headerLength).text(' - too short, < 20]')
    return
  }
  if (options.quiet > 0) {
    out.text('tcp ').dec((length - headerLength) >>> 0)
    if (headerLength > length) writeTooLong(p, headerLength, length)
    return
  }
  const flags = tcp.flags(b, at)
  // Signed: they are reckoned modulo 2^32, and a larger number would be put on the heap.
  let seq = tcp.signedSeq(b, at)
  let ack = tcp.signedAck(b, at)
  let sackBase = 0
  out.put(FLAG_TEXT[flags & 0xff] ?? flagText(flags & 0xff))
  if ((flags & tcp.Flag.ACK) !== 0 && !options.absolute && !p.rehearsing) {
    const flows = isIp4 ? p.flows4 : p.flows6
    flows.look(b, ip + (isIp4 ? ip4.SOURCE_AT : ip6.SOURCE_AT), ip + (isIp4 ? ip4.DESTINATION_AT : ip6.DESTINATION_AT), sport, dport, seq, ack, (flags & tcp.Flag.SYN) !== 0)
    seq = flows.seq | 0
    ack = flows.ack | 0
    sackBase = flows.sackBase | 0
  }
  if (headerLength > length) return writeTooLong(p, headerLength, length)
  if (options.verbose > 0 && options.checksums && !fragmented) writeChecksum(p, at, length, ip)
  const payload = length - headerLength
  if (payload > 0 || (flags & (tcp.Flag.SYN | tcp.Flag.FIN | tcp.Flag.RST)) !== 0 || options.verbose > 1) {
    out.field(SEQ, seq)
    if (payload > 0) out.field(TO_SEQ, (seq + payload) | 0)
  }
  if ((flags & tcp.Flag.ACK) !== 0) out.field(ACK, ack)
  out.field(WIN, tcp.window(b, at))
  if ((flags & tcp.Flag.URG) !== 0) out.text(', urg ').dec(tcp.urgent(b, at))
  if (headerLength > tcp.MIN_HEADER) {
    out.put(OPTIONS)
    if (writeTcpOptions(p, at, headerLength, flags, sackBase, payload, ip) !== OptionsEnd.WHOLE) return
    out.byte(93)
  }
  out.field(LENGTH, payload)
  if (payload > 0) printPayload(p, at, headerLength, payload, sport, dport, flags, ip)
}

/** What follows `length N` for a segment with data. */
function printPayload(p: Printer, at: number, headerLength: number, payload: number, sport: number, dport: number, flags: number, ip: number): void {
  if (at + headerLength > p.end) {
    p.out.text(' [remaining caplen(').dec(p.end - at).text(') < header length(').dec(headerLength).text(')]')
    throw TRUNCATED
  }
  if ((flags & tcp.Flag.RST) !== 0 && p.options.verbose > 0) return writeResetData(p, at + headerLength, payload)
  printTcpPayload(p, at + headerLength, payload, sport, dport, flags, ip)
}

/** More of a reset's reason is not shown. */
const MAX_RESET_DATA = 30

/** ` [RST reason]` — RFC 9293 §3.5.3: a reset may carry text that explains it; `+` when there is more, `!` when it was cut. */
function writeResetData(p: Printer, at: number, length: number): void {
  const shown = Math.min(length, MAX_RESET_DATA)
  const end = Math.min(at + shown, p.end)
  p.out.text(at + length > p.end ? ' [!RST' : ' [RST').text(length > MAX_RESET_DATA ? '+ ' : ' ')
  writeVisible(p.out, p.b, at, end)
  p.out.byte(93)
}

/** `a.1 > b.2: `; behind IPv6 extension headers, and wherever the IP header does not name TCP itself, ports alone. */
function printPorts(p: Printer, ip: number, isIp4: boolean, sport: number, dport: number): void {
  const { out, b } = p
  if (isIp4 && p.names === undefined && ip4.protocol(b, ip) === Protocol.TCP) {
    // The captured part holds both addresses: the ports behind them are.
    out.ip4Port(b, ip + ip4.SOURCE_AT, sport).put(TO).ip4Port(b, ip + ip4.DESTINATION_AT, dport).put(COLON)
    return
  }
  const direct = (isIp4 ? ip4.protocol(b, ip) : ip6.nextHeader(b, ip)) === Protocol.TCP
  if (direct) {
    if (isIp4) p.ip4(ip + ip4.SOURCE_AT)
    else p.ip6(ip + ip6.SOURCE_AT)
    out.byte(46)
  }
  p.tcpPort(sport)
  out.put(TO)
  if (direct) {
    if (isIp4) p.ip4(ip + ip4.DESTINATION_AT)
    else p.ip6(ip + ip6.DESTINATION_AT)
    out.byte(46)
  }
  p.tcpPort(dport)
  out.put(COLON)
}

function writeTooLong(p: Printer, headerLength: number, length: number): void {
  p.out.text(' [bad hdr length ').dec(headerLength).text(' - too long, > ').dec(length).byte(93)
}

function writeChecksum(p: Printer, at: number, length: number, ip: number): void {
  if (at + length > p.end) return
  const { out, b } = p
  const result = checksum.finish(checksum.sum(b, at, at + length, checksum.pseudo(b, ip, Protocol.TCP, at, length)))
  const field = tcp.checksum(b, at)
  out.put(CHECKSUM).hex4(field)
  if (result === 0) out.put(CORRECT)
  else out.text(' (incorrect -> 0x').hex(checksum.shouldBe(field, result), 4).byte(41)
}
