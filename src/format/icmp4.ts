/** ICMP messages as tcpdump prints them — RFC 792, RFC 1256, RFC 4884, RFC 4950. */
import * as checksum from '../decode/checksum.js'
import * as icmp from '../decode/icmp4.js'
import * as ip4 from '../decode/ip4.js'
import { Protocol } from '../decode/ip-protocol.js'
import { printIcmpExtensions } from './icmp-extensions.js'
import { printIp4 } from './ip4.js'
import { TRUNCATED, type Printer } from './printer.js'
import { tableOf, word } from './tables.js'

const WORDS = tableOf({
  4: 'source quench', 10: 'router solicitation', 15: 'information request', 16: 'information reply', 17: 'address mask request',
})
/** What stands before and behind the address of an unreachable host or net, by code. */
const UNREACHABLE: ReadonlyMap<number, readonly [before: string, behind: string]> = new Map([
  [0, ['net ', ' unreachable']],
  [1, ['host ', ' unreachable']],
  [5, ['', ' unreachable - source route failed']],
  [6, ['net ', ' unreachable - unknown']],
  [7, ['host ', ' unreachable - unknown']],
  [8, ['', ' unreachable - source host isolated']],
  [9, ['net ', ' unreachable - admin prohibited']],
  [10, ['host ', ' unreachable - admin prohibited']],
  [11, ['net ', ' unreachable - tos prohibited']],
  [12, ['host ', ' unreachable - tos prohibited']],
  [13, ['host ', ' unreachable - admin prohibited filter']],
  [14, ['host ', ' unreachable - host precedence violation']],
  [15, ['host ', ' unreachable - precedence cutoff']],
])
/** A redirect's words, by code. */
const REDIRECT: ReadonlyMap<number, readonly [before: string, between: string]> = new Map([
  [0, ['redirect ', ' to net ']],
  [1, ['redirect ', ' to host ']],
  [2, ['redirect-tos ', ' to net ']],
  [3, ['redirect-tos ', ' to host ']],
])

/** Thrown, always this one object, where a cut message ends itself, not the frame: -x and -A go on to leave the link header out. */
const CUT: { readonly cut: true } = { cut: true }

function check(p: Printer, at: number, bytes: number): void {
  if (!p.has(at, bytes)) throw CUT
}

/** More text than this of a message tcpdump does not show: `ICMP ` and 163 characters. */
const MAX_TEXT = 168

/** `ICMP echo request, id 1, seq 2, length 64`; `length`: bytes of the message as the IP header says. */
export function printIcmp4(p: Printer, at: number, length: number, ip: number, fragmented: boolean): void {
  const { out, b, options } = p
  p.protocol = 'icmp'
  void ip
  const type = p.u8(at)
  const start = out.length
  try {
    writeMessage(p, at, type, p.u8(at + 1))
  } catch (thrown) {
    // tcpdump makes the whole text before it prints any of it
    if (thrown !== TRUNCATED && thrown !== CUT) throw thrown
    out.rewind(start)
    if (thrown === TRUNCATED) throw thrown
    return p.truncated()
  }
  if (out.length > start + MAX_TEXT) out.rewind(start + MAX_TEXT)
  out.text(', length ').dec(length)
  if (options.verbose > 0 && !fragmented && length >= 0 && at + length <= p.end) {
    const result = checksum.finish(checksum.sum(b, at, at + length))
    if (result !== 0) {
      const field = p.u16(at + 2)
      out.text(' (wrong icmp cksum ').hex(field).text(' (->').hex(checksum.shouldBe(field, result)).text(')!)')
    }
  }
  if (options.verbose === 0) return
  if (icmp.isError(type)) {
    const quoted = at + icmp.HEADER
    out.text('\n\t')
    const quotedLength = p.u16(quoted + 2)
    const former = p.narrow(quoted + quotedLength)
    p.need(quoted, 4)
    printIp4(p, quoted, quotedLength)
    p.end = former
    p.protocol = 'icmp'
  }
  if (length <= icmp.EXTENSIONS_AT || !icmp.mayHaveExtensions(type)) return
  printIcmpExtensions(p, at + icmp.EXTENSIONS_AT, length - icmp.EXTENSIONS_AT, p.u8(at + 5) !== 0)
}

function writeMessage(p: Printer, at: number, type: number, code: number): void {
  const { out } = p
  out.text('ICMP ')
  switch (type) {
    case icmp.Type.ECHO:
    case icmp.Type.ECHO_REPLY:
      out.text(type === icmp.Type.ECHO ? 'echo request, id ' : 'echo reply, id ').dec(p.u16(at + 4)).text(', seq ').dec(p.u16(at + 6))
      return
    case icmp.Type.UNREACHABLE:
      return writeUnreachable(p, at, code)
    case icmp.Type.REDIRECT: {
      const words = REDIRECT.get(code) ?? [`redirect-#${code} `, ' to ']
      out.text(words[0])
      p.ip4(at + icmp.HEADER + ip4.DESTINATION_AT)
      out.text(words[1])
      p.ip4(at + 4)
      return
    }
    case icmp.Type.ROUTER_ADVERTISEMENT:
      return writeRouters(p, at)
    case icmp.Type.TIME_EXCEEDED:
      check(p, at + icmp.HEADER + ip4.DESTINATION_AT, 4)
      out.text(code === 0 ? 'time exceeded in-transit' : code === 1 ? 'ip reassembly time exceeded' : `time exceeded-#${code}`)
      return
    case icmp.Type.PARAMETER_PROBLEM:
      if (code === 0) out.text('parameter problem - octet ').dec(p.u8(at + 4))
      else out.text('parameter problem - code ').dec(code)
      return
    case icmp.Type.MASK_REPLY:
      out.text('address mask is 0x').hex(p.u32(at + 8), 8)
      return
    case icmp.Type.TIMESTAMP:
      out.text('time stamp query id ').dec(p.u16(at + 4)).text(' seq ').dec(p.u16(at + 6))
      return
    case icmp.Type.TIMESTAMP_REPLY:
      check(p, at + 16, 4)
      out.text('time stamp reply id ').dec(p.u16(at + 4)).text(' seq ').dec(p.u16(at + 6)).text(': org ')
      writeMillis(p, p.u32(at + 8))
      out.text(', recv ')
      writeMillis(p, p.u32(at + 12))
      out.text(', xmit ')
      writeMillis(p, p.u32(at + 16))
      return
    default:
      out.text(word(WORDS, type, 'type-#%'))
  }
}

function writeUnreachable(p: Printer, at: number, code: number): void {
  const { out } = p
  const quoted = at + icmp.HEADER
  const destination = quoted + ip4.DESTINATION_AT
  const words = UNREACHABLE.get(code)
  if (words !== undefined) {
    out.text(words[0])
    p.ip4(destination)
    out.text(words[1])
    return
  }
  if (code === icmp.Unreachable.PROTOCOL) {
    const protocol = p.u8(quoted + 9)
    p.ip4(destination)
    out.text(' protocol ').dec(protocol).text(' unreachable')
    return
  }
  if (code === icmp.Unreachable.PORT) {
    check(p, quoted + 9, 1)
    const protocol = p.u8(quoted + 9)
    const port = p.u16(quoted + (p.u8(quoted) & 15) * 4 + 2)
    p.ip4(destination)
    if (protocol === Protocol.TCP) {
      out.text(' tcp port ')
      p.tcpPort(port)
    } else if (protocol === Protocol.UDP) {
      out.text(' udp port ')
      p.udpPort(port)
    } else out.text(' protocol ').dec(protocol).text(' port ').dec(port)
    out.text(' unreachable')
    return
  }
  p.ip4(destination)
  if (code !== icmp.Unreachable.FRAGMENTATION_NEEDED) {
    out.text(' unreachable - #').dec(code)
    return
  }
  const mtu = p.u16(at + 6)
  out.text(' unreachable - need to frag')
  if (mtu !== 0) out.text(' (mtu ').dec(mtu).byte(41)
}

/** RFC 1256 §3: addresses with preference levels, and how long they hold. */
function writeRouters(p: Printer, at: number): void {
  const { out } = p
  out.text('router advertisement lifetime ')
  check(p, at + 4, 4)
  const count = p.u8(at + 4)
  const size = p.u8(at + 5)
  const lifetime = p.u16(at + 6)
  if (lifetime < 60) out.dec(lifetime)
  else if (lifetime < 3600) out.dec(Math.floor(lifetime / 60)).byte(58).dec2(lifetime % 60)
  else out.dec(Math.floor(lifetime / 3600)).byte(58).dec2(Math.floor(lifetime / 60) % 60).byte(58).dec2(lifetime % 60)
  out.byte(32).dec(count).byte(58)
  if (size !== 2) {
    out.text(' [size ').dec(size).byte(93)
    return
  }
  for (let n = 0; n < count; n++) {
    check(p, at + 8 + n * 8, 8)
    out.text(' {')
    p.ip4(at + 8 + n * 8)
    out.byte(32).dec(p.u32(at + 12 + n * 8)).byte(125)
  }
}

/** Milliseconds since midnight as `00:01:06.051`. */
function writeMillis(p: Printer, millis: number): void {
  const seconds = Math.floor(millis / 1000)
  p.out.decZero(Math.floor(seconds / 3600), 2).byte(58).dec2(Math.floor(seconds / 60) % 60).byte(58).dec2(seconds % 60).byte(46).decZero(millis % 1000, 3)
}
