/** AppleTalk ("Inside AppleTalk", 2nd edition) as tcpdump prints it: LLAP, DDP, and over them ATP and NBP. */
import { u16, u32, u8 } from '../bytes.js'
import { printEigrp } from './eigrp.js'
import { named, say } from './fields.js'
import type { Printer } from './printer.js'
import { writeVisibleByte } from './tables.js'

const Lap = { SHORT_DDP: 1, DDP: 2 } as const
const LAP_HEADER = 3
const SHORT_DDP_HEADER = 5
const DDP_HEADER = 13
const Ddp = { NBP: 2, ATP: 3, EIGRP: 88 } as const
const TYPES = { 1: 'rtmp', 4: 'echo', 5: 'rtmpReq', 22: 'IP', 23: 'ARP', 0x4b: 'KLAP' }
const SOCKETS = { 1: 'rtmp', 2: 'nis', 4: 'echo', 6: 'zip' }

/** Who sent a datagram. */
interface Source {
  readonly net: number
  readonly node: number
  readonly socket: number
}

/** `5.3`; `5` where the node is 255, all of the network. */
export const appleTalkAddress = (net: number, node: number): string => (node === 255 ? String(net) : `${net}.${node}`)

const socketName = (p: Printer, socket: number): string => (p.names === undefined ? String(socket) : named(SOCKETS, socket, '%'))

/** LocalTalk frames; returns the bytes of their headers, 0 where the capture stops in them. */
export function printLlap(p: Printer, at: number, length: number): number {
  const { b } = p
  p.protocol = 'llap'
  if (length < LAP_HEADER) return tooShort(p, 'llap', length)
  if (!p.has(at, LAP_HEADER)) {
    p.truncated()
    return 0
  }
  const type = u8(b, at + 2)
  const inside = at + LAP_HEADER
  const rest = length - LAP_HEADER
  if (type === Lap.SHORT_DDP) {
    if (rest < SHORT_DDP_HEADER) return tooShort(p, 'sddp', rest)
    if (!p.has(inside, SHORT_DDP_HEADER)) {
      say(p, ' [|sddp]')
      return 0
    }
    const source = { net: 0, node: u8(b, at + 1), socket: u8(b, inside + 3) }
    writeEnds(p, source, 0, u8(b, at), u8(b, inside + 2), '')
    printDdp(p, inside + SHORT_DDP_HEADER, rest - SHORT_DDP_HEADER, u8(b, inside + 4), source)
    return LAP_HEADER + SHORT_DDP_HEADER
  }
  if (type === Lap.DDP) {
    if (rest < DDP_HEADER) return tooShort(p, 'ddp', rest)
    return printLongDdp(p, inside, rest, '') ? LAP_HEADER + DDP_HEADER : 0
  }
  say(p, `${u8(b, at + 1)} > ${u8(b, at)} at-lap#${type} ${rest}`)
  return LAP_HEADER
}

function tooShort(p: Printer, header: string, length: number): number {
  say(p, ` [|${header} ${length}]`)
  return length
}

/** EtherTalk and its kin: DDP straight on a link. */
export function printAppleTalk(p: Printer, at: number, length: number): void {
  p.protocol = 'atalk'
  if (!p.options.link) say(p, 'AT ')
  if (length < DDP_HEADER) tooShort(p, 'ddp', length)
  else printLongDdp(p, at, length, ' ')
}

/** False where the capture stops in the header. */
function printLongDdp(p: Printer, at: number, length: number, behind: string): boolean {
  const { b } = p
  if (!p.has(at, DDP_HEADER)) {
    say(p, ' [|ddp]')
    return false
  }
  const source = { net: u16(b, at + 6), node: u8(b, at + 9), socket: u8(b, at + 11) }
  writeEnds(p, source, u16(b, at + 4), u8(b, at + 8), u8(b, at + 10), behind)
  printDdp(p, at + DDP_HEADER, length - DDP_HEADER, u8(b, at + 12), source)
  return true
}

function writeEnds(p: Printer, source: Source, net: number, node: number, socket: number, behind: string): void {
  const from = `${appleTalkAddress(source.net, source.node)}.${socketName(p, source.socket)}`
  say(p, `${from} > ${appleTalkAddress(net, node)}.${socketName(p, socket)}:${behind}`)
}

function printDdp(p: Printer, at: number, length: number, type: number, source: Source): void {
  if (type === Ddp.NBP) printNbp(p, at, length, source)
  else if (type === Ddp.ATP) printAtp(p, at, length)
  else if (type === Ddp.EIGRP) printEigrp(p, at, length)
  else say(p, ` at-${named(TYPES, type, '#%')} ${length}`)
}

const ATP_HEADER = 8
const Atp = { REQUEST: 0x40, RESPONSE: 0x80, RELEASE: 0xc0, EXACTLY_ONCE: 0x20, END: 0x10, STATUS: 0x08 } as const

/** AppleTalk Transaction Protocol. */
function printAtp(p: Printer, at: number, length: number): void {
  const { b } = p
  if (!p.has(at, ATP_HEADER)) return p.truncated()
  if (length < ATP_HEADER) {
    tooShort(p, 'atp', length)
    return
  }
  const rest = length - ATP_HEADER
  const control = u8(b, at)
  const bitmap = u8(b, at + 1)
  const id = u16(b, at + 2)
  const user = u32(b, at + 4)
  const once = control & Atp.EXACTLY_ONCE ? ['XO'] : []
  const end = control & Atp.END ? ['EOM'] : []
  const status = control & Atp.STATUS ? ['STS'] : []
  switch (control & 0xc0) {
    case Atp.REQUEST:
      say(p, ` atp-req${once.length > 0 ? ' ' : '*'} ${id}${bitmapText(bitmap)}${rest > 0 ? ` [len=${rest}]` : ''}${flagText(' ', [...end, ...status])}`)
      break
    case Atp.RESPONSE:
      say(p, ` atp-resp${end.length > 0 ? '*' : ' '}${id}:${bitmap} (${rest})${flagText(' ', [...once, ...status])}`)
      break
    case Atp.RELEASE:
      say(p, ` atp-rel  ${id}${bitmapText(bitmap)}${rest > 0 ? ` [len=${rest}]` : ''}${flagText('', [...once, ...end, ...status])}`)
      break
    default:
      say(p, ` atp-0x${control.toString(16)}  ${id} (${rest})`)
  }
  if (user !== 0) say(p, ` 0x${user.toString(16)}`)
}

const flagText = (before: string, flags: readonly string[]): string => (flags.length > 0 ? `${before}[${flags.join(',')}]` : '')

/** `<0-7>` when the bits set are the lowest ones, else each: `<0,3>`. */
function bitmapText(bitmap: number): string {
  const set: number[] = []
  for (let bit = 0; bit < 8; bit++) if (bitmap & (1 << bit)) set.push(bit)
  if ((bitmap + 1) & bitmap) return `<${set.join(',')}>`
  return set.length > 1 ? `<0-${set.length - 1}>` : '<0>'
}

const NBP_HEADER = 2
const TUPLE = 5
const MIN_TUPLE = 8
const MAX_NAME = 32
const Nbp = { BROADCAST_REQUEST: 0x10, LOOKUP: 0x20, REPLY: 0x30 } as const

/** Name Binding Protocol. */
function printNbp(p: Printer, at: number, length: number, source: Source): void {
  const { b } = p
  if (length < NBP_HEADER + MIN_TUPLE) {
    say(p, ` truncated-nbp ${length}`)
    return
  }
  if (!p.has(at, NBP_HEADER)) return p.truncated()
  const control = u8(b, at)
  const id = u8(b, at + 1)
  const count = control & 15
  const first = at + NBP_HEADER
  switch (control & 0xf0) {
    case Nbp.BROADCAST_REQUEST:
    case Nbp.LOOKUP: {
      say(p, (control & 0xf0) === Nbp.LOOKUP ? ` nbp-lkup ${id}:` : ` nbp-brRq ${id}:`)
      if (!p.has(first, TUPLE)) return p.truncated()
      writeNames(p, first + TUPLE)
      // one tuple, of the sender, and no enumerator: what is otherwise is said
      if (count !== 1) say(p, ` [ntup=${count}]`)
      if (u8(b, first + 4) !== 0) say(p, ` [enum=${u8(b, first + 4)}]`)
      const { net, node, socket } = tuple(b, first)
      if (net !== source.net || node !== source.node || socket !== source.socket) say(p, ` [addr=${appleTalkAddress(net, node)}.${socket}]`)
      return
    }
    case Nbp.REPLY:
      say(p, ` nbp-reply ${id}:`)
      for (let n = 0, here = first; n < count && here >= 0; n++) here = printReplyTuple(p, here, source)
      return
    default:
      say(p, ` nbp-0x${control.toString(16)}  ${id} (${length - NBP_HEADER})`)
  }
}

const tuple = (b: Uint8Array, at: number): Source => ({ net: u16(b, at), node: u8(b, at + 2), socket: u8(b, at + 3) })

/** Returns the offset behind it, -1 where it cannot be read to its end; so does the next. */
function printReplyTuple(p: Printer, at: number, source: Source): number {
  const { b } = p
  if (!p.has(at, TUPLE)) {
    p.truncated()
    return -1
  }
  const end = writeNames(p, at + TUPLE)
  const { net, node, socket } = tuple(b, at)
  if (u8(b, at + 4) !== 1) say(p, `(${u8(b, at + 4)})`)
  if (socket !== source.socket) say(p, ` ${socket}`)
  if (net !== source.net || node !== source.node) say(p, ` [addr=${appleTalkAddress(net, node)}]`)
  return end
}

/** ` "object:type@zone"` */
function writeNames(p: Printer, at: number): number {
  let here = at
  for (const before of [' "', ':', '@']) {
    say(p, before)
    here = writeName(p, here)
    if (here < 0) return -1
  }
  say(p, '"')
  return here
}

function writeName(p: Printer, at: number): number {
  if (!p.has(at, 1)) {
    p.truncated()
    return -1
  }
  const length = u8(p.b, at)
  if (length > MAX_NAME) {
    say(p, `[len=${length}]`)
    return -1
  }
  for (let i = 1; i <= length; i++) {
    if (!p.has(at + i, 1)) {
      p.truncated()
      return -1
    }
    writeVisibleByte(p.out, u8(p.b, at + i))
  }
  return at + 1 + length
}
