/** Ad hoc On-Demand Distance Vector routing — RFC 3561, and its IPv6 drafts — as tcpdump prints it. */
import { version } from '../decode/ip4.js'
import { hex, ip4, ip6, say } from './fields.js'
import type { Printer } from './printer.js'

const Type = { RREQ: 1, RREP: 2, RERR: 3, RREP_ACK: 4, DRAFT_RREQ: 16, DRAFT_RREP: 17, DRAFT_RERR: 18, DRAFT_RREP_ACK: 19 } as const

/** `ip`: the IP header, whose version is that of the addresses inside. */
export function printAodv(p: Printer, at: number, length: number, _sport: number, _dport: number, ip: number): void {
  p.protocol = 'aodv'
  const type = p.u8(at)
  const isIp6 = version(p.b, ip) === 6
  say(p, ' aodv')
  switch (type) {
    case Type.RREQ:
      return isIp6 ? printRequest6(p, at, length) : printRequest(p, at, length)
    case Type.DRAFT_RREQ:
      return printRequestDraft(p, at, length)
    case Type.RREP:
      return isIp6 ? printReply6(p, at, length) : printReply(p, at, length)
    case Type.DRAFT_RREP:
      return printReplyDraft(p, at, length)
    case Type.RERR:
      return printError(p, at, length, isIp6)
    case Type.DRAFT_RERR:
      return printError(p, at, length, true)
    case Type.RREP_ACK:
    case Type.DRAFT_RREP_ACK:
      say(p, ` rrep-ack ${length}`)
      return
    default:
      say(p, ` type ${type} ${length}`)
  }
}

/** Where the captured packet, or its length, ends before `size`: ` [|aodv]`. */
function isCut(p: Printer, at: number, length: number, size: number): boolean {
  if (p.has(at, size) && length >= size) return false
  p.truncated()
  return true
}

/** tcpdump 4.99.3 takes the flags of a request from its type. */
function requestHead(p: Printer, at: number, length: number): string {
  const flags = p.u8(at) & 0x10 ? '[D]' : ''
  return ` rreq ${length} ${flags} hops ${p.u8(at + 3)} id 0x${hex(p.u32(at + 4), 8)}`
}

function printRequest(p: Printer, at: number, length: number): void {
  if (isCut(p, at, length, 24)) return
  say(p, `${requestHead(p, at, length)}\n\tdst ${ip4(p, at + 8)} seq ${p.u32(at + 12)} src ${ip4(p, at + 16)} seq ${p.u32(at + 20)}`)
  printExtension(p, at + 24, length - 24)
}

function printRequest6(p: Printer, at: number, length: number): void {
  if (isCut(p, at, length, 48)) return
  say(p, ` v6${requestHead(p, at, length)}\n\tdst ${ip6(p, at + 8)} seq ${p.u32(at + 24)} src ${ip6(p, at + 28)} seq ${p.u32(at + 44)}`)
  printExtension(p, at + 48, length - 48)
}

function printRequestDraft(p: Printer, at: number, length: number): void {
  if (isCut(p, at, length, 48)) return
  say(p, `${requestHead(p, at, length)}\n\tdst ${ip6(p, at + 16)} seq ${p.u32(at + 8)} src ${ip6(p, at + 32)} seq ${p.u32(at + 12)}`)
  printExtension(p, at + 48, length - 48)
}

const replyHead = (p: Printer, at: number, length: number): string => ` rrep ${length}  prefix ${p.u8(at + 2) & 0x1f} hops ${p.u8(at + 3)}`

function printReply(p: Printer, at: number, length: number): void {
  if (isCut(p, at, length, 20)) return
  say(p, `${replyHead(p, at, length)}\n\tdst ${ip4(p, at + 4)} dseq ${p.u32(at + 8)} src ${ip4(p, at + 12)} ${p.u32(at + 16)} ms`)
  printExtension(p, at + 20, length - 20)
}

function printReply6(p: Printer, at: number, length: number): void {
  if (isCut(p, at, length, 44)) return
  say(p, `${replyHead(p, at, length)}\n\tdst ${ip6(p, at + 4)} dseq ${p.u32(at + 20)} src ${ip6(p, at + 24)} ${p.u32(at + 40)} ms`)
  printExtension(p, at + 44, length - 44)
}

function printReplyDraft(p: Printer, at: number, length: number): void {
  if (isCut(p, at, length, 44)) return
  say(p, `${replyHead(p, at, length)}\n\tdst ${ip6(p, at + 8)} dseq ${p.u32(at + 4)} src ${ip6(p, at + 24)} ${p.u32(at + 40)} ms`)
  printExtension(p, at + 44, length - 44)
}

function printError(p: Printer, at: number, length: number, isIp6: boolean): void {
  if (isCut(p, at, length, 4)) return
  const count = p.u8(at + 3)
  say(p, ` rerr ${p.u8(at + 1) & 0x80 ? '[D]' : ''} [items ${count}] [${length}]:`)
  const size = isIp6 ? 20 : 8
  for (let n = 0, here = at + 4; n < count; n++, here += size) {
    if (isCut(p, here, at + length - here, size)) return
    say(p, ` {${isIp6 ? ip6(p, here) : ip4(p, here)}}(${p.u32(here + size - 4)})`)
  }
}

const HELLO = 1
const HELLO_SIZE = 6

/** RFC 3561 §6.9. */
function printExtension(p: Printer, at: number, length: number): void {
  if (length < 2) return
  if (!p.has(at, 2)) return p.truncated()
  const type = p.u8(at)
  const size = p.u8(at + 1)
  if (type !== HELLO) say(p, `\n\text ${type} ${size}`)
  else if (isCut(p, at, length, HELLO_SIZE)) return
  else say(p, size < 4 ? `\n\text HELLO - bad length ${size}` : `\n\text HELLO ${p.u32(at + 2)} ms`)
}
